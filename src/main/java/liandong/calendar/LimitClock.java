package liandong.calendar;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The clock that a limit is counted on. */
public enum LimitClock {
    /** Counts only while offices are open. (工作时) */
    WORKING_HOUR("工作时"),
    /** Counts working days from the next day on (次日起) and ends at the close of business. (工作日) */
    WORKING_DAY("工作日"),
    /** Counts elapsed time, day and night. */
    HOUR("小时"),
    /** The same in minutes, of which ten are no decimal number of hours. */
    MINUTE("分钟"),
    /** Counts calendar days, working or not, and ends at the same time of day. */
    DAY("天"),
    /**
     * Counts calendar months and ends on the same day of the month at the same time of day; in a month without such a day,
     * with that month (《民法典》第二百零二条).
     */
    MONTH("个月");

    private final String label;

    LimitClock(String label) {
        this.label = label;
    }

    /** The word that staff write in a cell, e.g. {@code "工作时"}. */
    public String label() {
        return label;
    }

    /** How many seconds one unit takes while the clock runs; null where that is not always the same. */
    @Nullable
    BigDecimal secondsOfUnit() {
        return switch (this) {
            case WORKING_HOUR, HOUR -> BigDecimal.valueOf(3600);
            case MINUTE -> BigDecimal.valueOf(60);
            case WORKING_DAY, DAY, MONTH -> null;
        };
    }
}
