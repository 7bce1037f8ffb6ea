package liandong.console;

import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import liandong.check.PolicyCheck;
import liandong.policy.PolicyFiles;
import liandong.problem.Problem;
import liandong.publication.CheckOutcome;
import liandong.publication.PolicyLifecycle;
import liandong.web.HeavyWork;
import liandong.wire.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What checks of policies came to, so that author and approver see the same without waiting twice; the latest are kept, by
 * content. Safe for use by many threads.
 */
@Component
class Checks {
    private static final int KEPT = 8;

    private final PolicyLifecycle life;
    private final HeavyWork heavyWork;
    private final Clock clock;
    /** Guarded by itself. */
    private final Map<String, List<Problem>> found = new Latest<>();
    /** Guarded by itself. */
    private final Map<String, CheckOutcome> outcomes = new Latest<>();

    private static final class Latest<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1L;

        Latest() {
            super(KEPT, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > KEPT;
        }
    }

    Checks(PolicyLifecycle life, HeavyWork heavyWork, Clock clock) {
        this.life = life;
        this.heavyWork = heavyWork;
        this.clock = clock;
    }

    /** Everything found in a policy, without its scenarios. */
    List<Problem> problems(PolicyFiles files) throws IOException, BadRequestException {
        CheckOutcome outcome = outcome(files.content());
        if (outcome != null) {
            return outcome.problems();
        }
        synchronized (found) {
            List<Problem> known = found.get(files.content());
            if (known != null) {
                return known;
            }
        }
        List<Problem> problems = heavyWork.run(
                () -> List.copyOf(PolicyCheck.of(files, clock.instant()).problems()));
        synchronized (found) {
            found.put(files.content(), problems);
        }
        return problems;
    }

    /** What the last check of a content came to, its scenarios included; null when this process has not seen one. */
    @Nullable
    CheckOutcome outcome(String content) {
        synchronized (outcomes) {
            return outcomes.get(content);
        }
    }

    /** Checks a policy with its scenarios; see {@link PolicyLifecycle#check}. */
    CheckOutcome check(long no, String person) throws IOException, BadRequestException {
        CheckOutcome outcome = heavyWork.runLong(() -> life.check(no, person, (done, of) -> {}));
        synchronized (outcomes) {
            outcomes.put(outcome.proposal().content(), outcome);
        }
        return outcome;
    }
}
