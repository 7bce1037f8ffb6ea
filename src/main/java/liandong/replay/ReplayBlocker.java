package liandong.replay;

import java.util.List;
import liandong.incident.Term;
import liandong.problem.Problem;

/**
 * Why a decision cannot be run again.
 *
 * @param why what stands in the way
 * @param problems what exactly, where it can be said; empty when {@code why} says all
 */
public record ReplayBlocker(Why why, List<Problem> problems) {
    /** What stands in the way. */
    public enum Why implements Term {
        /** Personal fields of the request were masked, so what was asked is not known any more. */
        MASKED("个人信息已掩码"),
        /** Personal fields of the request are encrypted, and their key is not here, or it is another. */
        SEALED("个人信息已加密，没有密钥"),
        /** The policy it was decided by is not kept. */
        NO_POLICY("政策没有留存"),
        /** The policy it was decided by cannot be used by this program. */
        UNUSABLE_POLICY("政策不能使用"),
        /** This program, or the policy, does not understand the request. */
        NOT_UNDERSTOOD("请求读不懂"),
        /** The rules came to no decision. */
        FAILED("规则没有得出决定");

        private final String label;

        Why(String label) {
            this.label = label;
        }

        @Override
        public String code() {
            return name();
        }

        @Override
        public String label() {
            return label;
        }

        /** Whether it follows from how personal fields are kept, so that nothing is amiss. */
        public boolean isByChoice() {
            return this == MASKED || this == SEALED;
        }
    }

    static ReplayBlocker of(Why why) {
        return new ReplayBlocker(why, List.of());
    }
}
