package liandong.sheet;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Set;
import liandong.problem.Code;
import org.jspecify.annotations.Nullable;

/**
 * One cell as it stands in the file, trimmed but not yet understood.
 *
 * @param text what a person sees, without leading and trailing blanks; empty for an empty cell
 * @param number the number it holds, of one that is shown as a percentage the number before the sign; null when it holds none
 * @param date the date it holds; null unless the cell is formatted as a date
 * @param error whether it shows a formula error such as {@code #REF!}, or holds a formula that nobody has computed yet,
 *     which then is its text, with {@code =} before it
 * @param untrimmed its text with the blanks around it; null when there are none
 * @param percent whether its number is shown as a percentage
 */
public record Cell(
        String text,
        @Nullable BigDecimal number,
        @Nullable LocalDate date,
        boolean error,
        @Nullable String untrimmed,
        boolean percent) {
    private static final Set<String> ERRORS =
            Set.of("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!");

    /** The empty cell. */
    public static final Cell EMPTY = new Cell("", null, null, false);

    /** A cell without blanks around its text. */
    public Cell(String text, @Nullable BigDecimal number, @Nullable LocalDate date, boolean error) {
        this(text, number, date, error, null, false);
    }

    /** A cell whose number is shown as a percentage. */
    static Cell ofPercent(BigDecimal beforeTheSign) {
        return new Cell(beforeTheSign.toPlainString(), beforeTheSign, null, false, null, true);
    }

    /** The same, as if what is shown had been typed as a text: for columns in which there can be no percentage. */
    public Cell asShown() {
        return percent ? ofText(text + "%") : this;
    }

    /** A cell that holds a text. */
    static Cell ofText(String typed) {
        String text = trimmed(typed);
        if (text.isEmpty()) {
            return EMPTY;
        }
        boolean error = text.charAt(0) == '#' && ERRORS.contains(text);
        return new Cell(text, null, null, error, text.length() == typed.length() ? null : typed, false);
    }

    /** Whether nothing stands in it. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** The date and time of day it holds, to the second; null unless the cell is formatted as a date. */
    public @Nullable LocalDateTime moment() {
        if (date == null || number == null) {
            return null;
        }
        BigDecimal day = number.remainder(BigDecimal.ONE);
        return date.atStartOfDay().plusSeconds(Math.round(day.doubleValue() * 86_400));
    }

    /** What is wrong with a cell that is in {@link #error}. */
    public Code fault() {
        return text.startsWith("=") ? Code.UNCOMPUTED_FORMULA : Code.FORMULA_ERROR;
    }

    /** A text without the blanks around it: those of other scripts and those that do not break a line included. */
    static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
