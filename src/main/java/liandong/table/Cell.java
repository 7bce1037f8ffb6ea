package liandong.table;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One cell as it stands in the file, trimmed but not yet understood.
 *
 * @param text what a person sees, without leading and trailing blanks; empty for an empty cell
 * @param number the number it holds; null when it holds none
 * @param date the date it holds; null unless the cell is formatted as a date
 * @param error whether it shows a formula error such as {@code #REF!}
 */
record Cell(
        String text, @Nullable BigDecimal number, @Nullable LocalDate date, boolean error) {
    static final Cell EMPTY = new Cell("", null, null, false);

    boolean isEmpty() {
        return text.isEmpty();
    }
}
