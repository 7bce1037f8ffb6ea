package liandong.publication;

import java.util.List;
import liandong.problem.Problem;
import liandong.scenario.TestReport;
import org.jspecify.annotations.Nullable;

/**
 * What came of checking a policy.
 *
 * @param proposal the policy afterwards
 * @param good whether it has no errors and every scenario passed
 * @param problems everything found in it, by place
 * @param test what came of its scenarios; null when errors kept it from being asked
 */
public record CheckOutcome(
        Proposal proposal,
        boolean good,
        List<Problem> problems,
        @Nullable TestReport test) {
    /** Told how far a check has come. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Told after each scenario.
         *
         * @param done how many are done
         * @param of how many there are
         */
        void at(int done, int of);
    }
}
