package liandong.calendar;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a stage may take, and on which clock. (时限)
 *
 * <p>Equal by value: {@code 4.0 工作时} equals {@code 4 工作时}, because the amount drops its trailing zeros.
 *
 * @param amount 0–10,000; whole in days and months, at most 9 decimals in hours and minutes
 * @param clock  what one unit of the amount is
 */
public record Limit(BigDecimal amount, LimitClock clock) {
    private static final BigDecimal MOST = BigDecimal.valueOf(10_000);
    private static final int DECIMALS = 9; // so that every limit is a whole number of nanoseconds
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,5}(?:\\.\\d{1,9})?) ?(\\D+)");

    /** @throws IllegalArgumentException if the amount is negative, above 10,000 or too fine for its clock */
    public Limit {
        String fault = fault(amount, clock);
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
        BigDecimal shortest = amount.stripTrailingZeros();
        amount = shortest.setScale(Math.max(shortest.scale(), 0)); // 100, not 1E+2
    }

    /**
     * Reads a limit as staff write it.
     *
     * <p>Strict: full-width digits and surrounding blanks are the table grammar's to clean up.
     *
     * @param text e.g. {@code "4 工作时"}, {@code "4工作时"} or {@code "0.5 小时"}
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
                return fault(amount, clock) == null ? new Limit(amount, clock) : null;
            }
        }
        return null;
    }

    /** The limit as staff write it, e.g. {@code "4 工作时"}; {@link #parse} reads it back. */
    public String label() {
        return amount.toPlainString() + " " + clock.label();
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
