package liandong.scoring;

import liandong.incident.Term;
import org.jspecify.annotations.Nullable;

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
    SHIRKED("推诿", false),
    /** Appeals answered in time. */
    RESPONSE_RATE("响应率", true),
    /** Appeals solved. */
    RESOLUTION_RATE("解决率", true),
    /** Citizens satisfied, of those asked. */
    SATISFACTION_RATE("满意率", true),
    /** Cases closed without redo or reopening. */
    FIRST_TIME_RIGHT_RATE("一次办结率", true),
    /** Cases closed on time counted from the report. */
    CITIZEN_ON_TIME_RATE("群众按期率", true),
    /** Checks that found a case not done, of all checks. */
    FAILED_CHECK_RATE("核查不合格率", true),
    /** Cases reported as done that were not, in proportion. */
    FRAUD_RATE("弄虚作假率", true),
    /** Cases refused or passed on without cause, in proportion. */
    SHIRKED_RATE("推诿率", true);

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

    /** Whether it is a share in percent; otherwise a number. */
    public boolean isRate() {
        return rate;
    }

    /** Whether one wants little of it: of any number, and of a share of what went wrong. */
    public boolean isBad() {
        return switch (this) {
            case FAILED_CHECK_RATE, FRAUD_RATE, SHIRKED_RATE -> true;
            default -> !rate;
        };
    }

    /** The rate that is measured in the place of a number where it is known; null when there is none. */
    @Nullable
    Measure inProportion() {
        return switch (this) {
            case FAILED_CHECKS, CASES_WITH_THREE_FAILED_CHECKS -> FAILED_CHECK_RATE;
            case FRAUD -> FRAUD_RATE;
            case SHIRKED -> SHIRKED_RATE;
            default -> null;
        };
    }
}
