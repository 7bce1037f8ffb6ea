package liandong.console;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import liandong.decision.Decisions;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.publication.PolicyLifecycle;
import liandong.wire.BadRequestException;
import org.springframework.stereotype.Component;

/** Policies on their way, ready to be asked; those asked for last are kept. Safe for use by many threads. */
@Component
class Drafts {
    /** Each takes some tens of megabytes. */
    private static final int KEPT = 3;

    private final PolicyLifecycle life;
    private final Clock clock;
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
     * A policy by its number.
     *
     * @throws BadRequestException if it has faults that keep it from being asked
     */
    synchronized Policy policy(long no) throws BadRequestException {
        PolicyFiles files = life.files(no);
        String key = files.content() + " " + files.label();
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
