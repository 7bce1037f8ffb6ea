package liandong.console;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import liandong.decision.Decisions;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.publication.PolicyLifecycle;
import liandong.wire.BadRequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Policies on their way, ready to be asked; those asked for last are kept. Safe for use by many threads. */
@Component
class Drafts {
    /** Each takes some tens of megabytes. */
    private static final int KEPT = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Drafts.class);

    private final PolicyLifecycle life;
    private final Clock clock;
    private final AtomicBoolean preparing = new AtomicBoolean();
    private final Map<String, Policy> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Policy> eldest) {
            return size() > KEPT;
        }
    };

    Drafts(PolicyLifecycle life, Clock clock) {
        this.life = life;
        this.clock = clock;
    }

    /**
     * Begins to make a policy ready that somebody looks at, and is likely to ask about next: reading it takes longer than the
     * first answers. What is ready, or being made so, is not begun again; what is wrong with it is told when it is asked for.
     *
     * @param first asked of it when it is ready, so that what it makes when first asked is made, too
     */
    void prepare(long no, Consumer<Policy> first) {
        if (!preparing.compareAndSet(false, true)) {
            return;
        }
        var thread = new Thread(
                () -> {
                    try {
                        if (!isReady(no)) {
                            first.accept(policy(no));
                        }
                    } catch (BadRequestException | RuntimeException e) {
                        LOG.debug("policy {} is not made ready", no, e);
                    } finally {
                        preparing.set(false);
                    }
                },
                "draft " + no);
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized boolean isReady(long no) {
        return kept.containsKey(key(life.files(no)));
    }

    private static String key(PolicyFiles files) {
        return files.content() + " " + files.label();
    }

    /**
     * A policy by its number.
     *
     * @throws BadRequestException if it has faults that keep it from being asked
     */
    synchronized Policy policy(long no) throws BadRequestException {
        PolicyFiles files = life.files(no);
        String key = key(files);
        Policy policy = kept.get(key);
        if (policy == null) {
            try {
                policy = Decisions.policy(files, clock.instant());
            } catch (BadPolicyException e) {
                throw new BadRequestException(true, e.problems());
            }
            kept.put(key, policy);
        }
        return policy;
    }
}
