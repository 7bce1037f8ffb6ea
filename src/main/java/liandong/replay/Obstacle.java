package liandong.replay;

import java.util.List;
import liandong.problem.Problem;

/**
 * Why a decision cannot be run again.
 *
 * @param why what stands in the way
 * @param problems what exactly, where it can be said; empty when {@code why} says all
 */
public record Obstacle(Why why, List<Problem> problems) {
    /** What stands in the way. */
    public enum Why {
        /** Personal fields of the request were masked, so what was asked is not known any more. */
        MASKED,
        /** Personal fields of the request are encrypted, and their key is not here, or it is another. */
        SEALED,
        /** The policy it was decided by is not kept. */
        NO_POLICY,
        /** The policy it was decided by cannot be used by this program. */
        UNUSABLE_POLICY,
        /** This program, or the policy, does not understand the request. */
        NOT_UNDERSTOOD,
        /** The rules came to no decision. */
        FAILED;

        /** Whether it follows from how personal fields are kept, so that nothing is amiss. */
        public boolean isByChoice() {
            return this == MASKED || this == SEALED;
        }
    }

    static Obstacle of(Why why) {
        return new Obstacle(why, List.of());
    }
}
