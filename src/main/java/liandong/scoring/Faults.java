package liandong.scoring;

import liandong.incident.Bounds;
import liandong.incident.Member;

/**
 * What went wrong with the cases of a period, counted.
 *
 * @param failedChecks checks that found a case not done
 * @param casesWithThreeFailedChecks cases that failed three checks or more
 * @param fraud cases reported as done that were not
 * @param shirked cases refused or passed on without cause
 */
public record Faults(
        @Member(label = "核查不合格 Failed checks", meaning = "checks that found a case not done") @Bounds(max = 10_000_000)
        int failedChecks,

        @Member(label = "三次不合格 Cases with three failed checks", meaning = "cases that failed three checks or more")
        @Bounds(max = 10_000_000)
        int casesWithThreeFailedChecks,

        @Member(label = "弄虚作假 Fraud", meaning = "cases reported as done that were not") @Bounds(max = 10_000_000)
        int fraud,

        @Member(label = "推诿 Shirked", meaning = "cases refused or passed on without cause") @Bounds(max = 10_000_000)
        int shirked) {
    /** Nothing went wrong. */
    public static final Faults NONE = new Faults(0, 0, 0, 0);

    /** These and those of one more case. */
    Faults and(PeriodCase one) {
        return new Faults(
                failedChecks + one.failedChecks(),
                casesWithThreeFailedChecks + (one.failedChecks() >= 3 ? 1 : 0),
                fraud + (one.fraud() ? 1 : 0),
                shirked + (one.shirked() ? 1 : 0));
    }
}
