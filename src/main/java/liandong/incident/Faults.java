package liandong.incident;

/**
 * What went wrong with the cases of a period, counted.
 *
 * @param failedChecks checks that found a case not done
 * @param casesWithThreeFailedChecks cases that failed three checks or more
 * @param fraud cases reported as done that were not
 * @param shirked cases refused or passed on without cause
 */
public record Faults(
        @Bounds(max = 10_000_000) int failedChecks,
        @Bounds(max = 10_000_000) int casesWithThreeFailedChecks,
        @Bounds(max = 10_000_000) int fraud,
        @Bounds(max = 10_000_000) int shirked) {
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
