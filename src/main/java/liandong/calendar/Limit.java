package liandong.calendar;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.calendar.WorkingCalendar.Shift;
import org.jspecify.annotations.Nullable;

/**
 * How long a stage may take, and on which clock. (时限)
 *
 * <p>Equal by value: {@code 4.0 工作时} equals {@code 4 工作时}, because the amount drops its trailing zeros.
 *
 * @param amount 0–10,000; whole in days and months, at most 9 decimals in hours and minutes
 * @param clock  what one unit of the amount is
 * @param daily  the hours of each day, holidays and weekends too, within which hours and minutes count (服务时间); null for
 *     day and night, and with every other clock
 */
public record Limit(
        BigDecimal amount, LimitClock clock, @Nullable Shift daily) {
    /** The longest limit that anybody can mean, in years. */
    public static final int MOST_YEARS = 3;

    private static final double DAYS_OF_YEAR = 365.25;
    private static final double HOURS_OF_DAY = 24;
    private static final BigDecimal MOST = BigDecimal.valueOf(10_000);
    private static final String END_OF_DAY = "24:00";
    private static final int DECIMALS = 9; // so that every limit is a whole number of nanoseconds
    private static final Pattern WRITTEN = Pattern.compile(
            "(\\d{1,5}(?:\\.\\d{1,9})?) ?([^\\d ]+)(?: ?(\\d{1,2}:\\d{2})[~～—–-]{1,2}(\\d{1,2}:\\d{2}))?");

    /**
     * @throws IllegalArgumentException if the amount is negative, above 10,000 or too fine for its clock, or if hours of the
     *     day are given to a clock other than hours and minutes
     */
    public Limit {
        String fault = fault(amount, clock);
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
        if (daily != null && !hasDaily(clock)) {
            throw new IllegalArgumentException("Only hours and minutes count within hours of the day, not " + clock);
        }
        BigDecimal shortest = amount.stripTrailingZeros();
        amount = shortest.setScale(Math.max(shortest.scale(), 0)); // 100, not 1E+2
    }

    /** A limit that counts day and night, or by the office hours. */
    public Limit(BigDecimal amount, LimitClock clock) {
        this(amount, clock, null);
    }

    /** Whether there are hours of a week in which it does not run. */
    public boolean standsStill() {
        return daily != null || clock == LimitClock.WORKING_HOUR || clock == LimitClock.WORKING_DAY;
    }

    /**
     * About how many days pass until it is over, weekends included; in office hours as if they were eight hours on five days of
     * a week, because only a calendar knows better.
     */
    public double aboutDays() {
        double number = amount.doubleValue();
        double hoursOfDay = daily == null ? HOURS_OF_DAY : daily.length().toMinutes() / 60.0;
        return switch (clock) {
            case MINUTE -> number / 60 / hoursOfDay;
            case HOUR -> number / hoursOfDay;
            case DAY -> number;
            case MONTH -> number * DAYS_OF_YEAR / 12;
            case WORKING_HOUR -> number / 8 * 7 / 5;
            case WORKING_DAY -> number * 7 / 5;
        };
    }

    /** So many percent of it, on the same clock: brought up to whole days and months, and to whole seconds of hours. */
    public Limit share(int percent) {
        BigDecimal exact = amount.multiply(BigDecimal.valueOf(percent)).movePointLeft(2);
        BigDecimal seconds = clock.secondsOfUnit();
        BigDecimal part = seconds == null
                ? exact.setScale(0, RoundingMode.CEILING)
                : exact.multiply(seconds)
                        .setScale(0, RoundingMode.CEILING)
                        .divide(seconds, DECIMALS, RoundingMode.CEILING);
        return new Limit(part.min(MOST), clock, daily);
    }

    /** Whether it takes more than {@value #MOST_YEARS} years, longer than any law gives a body for such a matter. */
    public boolean takesYears() {
        return aboutDays() > MOST_YEARS * DAYS_OF_YEAR;
    }

    private static boolean hasDaily(LimitClock clock) {
        return clock == LimitClock.HOUR || clock == LimitClock.MINUTE;
    }

    /**
     * Reads a limit as staff write it.
     *
     * <p>Strict: full-width digits and surrounding blanks are the table grammar's to clean up.
     *
     * @param text e.g. {@code "4 工作时"}, {@code "4工作时"}, {@code "0.5 小时"} or {@code "2 小时 07:00~22:00"}; {@code 24:00} is the end of
     *     the day
     * @return the limit; null when the text is anything else, or its amount is one that no limit may have
     */
    public static @Nullable Limit parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return null;
        }
        for (LimitClock clock : LimitClock.values()) {
            if (clock.label().equals(written.group(2))) {
                BigDecimal amount = new BigDecimal(written.group(1));
                boolean within = written.group(3) != null;
                Shift daily = within ? daily(written.group(3), written.group(4)) : null;
                boolean fits = !within || (daily != null && hasDaily(clock));
                return fits && fault(amount, clock) == null ? new Limit(amount, clock, daily) : null;
            }
        }
        return null;
    }

    private static @Nullable Shift daily(String opens, String closes) {
        try {
            LocalTime from = LocalTime.parse(opens.length() == 4 ? "0" + opens : opens);
            if (closes.equals(END_OF_DAY)) {
                return from.equals(LocalTime.MIDNIGHT) ? null : new Shift(from, LocalTime.MIDNIGHT);
            }
            LocalTime to = LocalTime.parse(closes.length() == 4 ? "0" + closes : closes);
            return Shift.isPossible(from, to) ? new Shift(from, to) : null;
        } catch (DateTimeException e) {
            return null; // 25:00 is no time of day
        }
    }

    /** The limit as staff write it, e.g. {@code "4 工作时"}; {@link #parse} reads it back. */
    public String label() {
        String plain = amount.toPlainString() + " " + clock.label();
        if (daily == null) {
            return plain;
        }
        boolean toTheEnd = daily.closes().equals(LocalTime.MIDNIGHT);
        return String.format(Locale.ROOT, "%s %s~%s", plain, daily.opens(), toTheEnd ? END_OF_DAY : daily.closes());
    }

    private static @Nullable String fault(BigDecimal amount, LimitClock clock) {
        if (amount.signum() < 0 || amount.compareTo(MOST) > 0) {
            return "A limit is 0 to 10000, not " + amount;
        }
        boolean whole = clock == LimitClock.WORKING_DAY || clock == LimitClock.DAY || clock == LimitClock.MONTH;
        if (amount.stripTrailingZeros().scale() > (whole ? 0 : DECIMALS)) {
            String unit = clock == LimitClock.MONTH ? "months" : "days";
            return whole
                    ? "A limit in " + unit + " is whole, not " + amount
                    : "A limit has at most 9 decimals, not " + amount;
        }
        return null;
    }
}
