package liandong.incident;

import java.time.DayOfWeek;

/** The days of the week as staff write them (星期). */
public enum Weekday implements Term {
    MONDAY("周一"),
    TUESDAY("周二"),
    WEDNESDAY("周三"),
    THURSDAY("周四"),
    FRIDAY("周五"),
    SATURDAY("周六"),
    SUNDAY("周日");

    private final String label;

    Weekday(String label) {
        this.label = label;
    }

    /** The weekday of Java's. */
    public static Weekday of(DayOfWeek day) {
        return valueOf(day.name());
    }

    @Override
    public String code() {
        return name();
    }

    @Override
    public String label() {
        return label;
    }
}
