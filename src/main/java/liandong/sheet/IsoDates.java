package liandong.sheet;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;

/**
 * Dates that a cell holds as texts of ISO 8601, as programs write them that write strict files, into the numbers that
 * other cells hold.
 */
final class IsoDates {
    private static final LocalDate FIRST_DAY = LocalDate.parse("1899-12-30");
    private static final BigDecimal SECONDS = BigDecimal.valueOf(86_400);
    private static final int DATE = "2026-10-01".length();

    private IsoDates() {}

    /** Whether it is a date, with or without a time of day; otherwise it is a time of day. */
    static boolean hasDate(String text) {
        return text.length() >= DATE && text.charAt(4) == '-';
    }

    /**
     * Days since the last of 1899 but one, the time of day as their fraction.
     *
     * @throws DateTimeParseException if the text is none of both
     */
    static BigDecimal number(String text) {
        String date = hasDate(text) ? text.substring(0, DATE) : "";
        String rest = text.substring(date.length());
        String time = (rest.startsWith("T") ? rest.substring(1) : rest).replaceFirst("Z$", "");
        long days = date.isEmpty() ? 0 : LocalDate.parse(date).toEpochDay() - FIRST_DAY.toEpochDay();
        long seconds =
                time.isEmpty() && !date.isEmpty() ? 0 : LocalTime.parse(time).toSecondOfDay();
        return BigDecimal.valueOf(days)
                .add(BigDecimal.valueOf(seconds).divide(SECONDS, MathContext.DECIMAL64))
                .round(new MathContext(15));
    }
}
