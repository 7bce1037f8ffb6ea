package liandong.scoring;

import liandong.incident.Term;

/** What the handling of a period's cases is measured by (指标). */
public enum Measure implements Term {
    /** Closed within the limit, of what had to be closed. */
    ON_TIME_RATE("按期结案率", true),
    /** Closed, of what had to be closed. */
    CLOSURE_RATE("结案率", true),
    /** Urgent cases closed, of those that had to be. */
    URGENT_CLOSURE_RATE("紧急结案率", true),
    /** Urgent cases closed within the limit, of those that had to be. */
    URGENT_ON_TIME_RATE("紧急按期结案率", true),
    /** Checks that found a case not done. */
    FAILED_CHECKS("核查不合格", false),
    /** Cases that failed three checks or more. */
    CASES_WITH_THREE_FAILED_CHECKS("三次核查不合格", false),
    /** Cases reported as done that were not. */
    FRAUD("弄虚作假", false),
    /** Cases refused or passed on without cause. */
    SHIRKED("推诿", false);

    private final String label;
    private final boolean rate;

    Measure(String label, boolean rate) {
        this.label = label;
        this.rate = rate;
    }

    @Override
    public String code() {
        return name();
    }

    @Override
    public String label() {
        return label;
    }

    /** Whether it is a share in percent, of which one wants much; otherwise a number, of which one wants little. */
    public boolean isRate() {
        return rate;
    }
}
