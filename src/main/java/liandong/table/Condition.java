package liandong.table;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a cell asks of an attribute. Closed: there is no other way to state a condition. */
public sealed interface Condition {
    /** Empty cell: anything, even nothing known. */
    record Any() implements Condition {}

    /** {@code A、B}: one of these; of a text, that it contains one of these. */
    record OneOf(List<Object> values) implements Condition {}

    /** {@code 非 A、B}: something else than these; of a text, that it contains none of these. */
    record NoneOf(List<Object> values) implements Condition {}

    /**
     * {@code 5}, {@code ≥5}, {@code 3~9}…: a number, or a date as days since 1970, within bounds.
     *
     * @param from lower bound; null for none
     * @param fromIncluded whether the lower bound itself counts
     * @param to upper bound; null for none
     * @param toIncluded whether the upper bound itself counts
     */
    record Within(
            @Nullable BigDecimal from,
            boolean fromIncluded,
            @Nullable BigDecimal to,
            boolean toIncluded) implements Condition {
        /** Whether a value lies within the bounds. */
        public boolean holds(BigDecimal value) {
            int low = from == null ? 1 : value.compareTo(from);
            int high = to == null ? -1 : value.compareTo(to);
            return (low > 0 || (low == 0 && fromIncluded)) && (high < 0 || (high == 0 && toIncluded));
        }
    }

    /** The empty cell. */
    Condition ANY = new Any();
}
