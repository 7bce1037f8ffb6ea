package liandong.journal;

import java.util.List;
import liandong.store.Database;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code decision_mark} as it stands there, whatever somebody may have made of it.
 *
 * @param mark a text; in SQLite, anything can be in any column
 * @param keptAt a whole number, or anything
 * @param no a whole number, or anything
 * @param distances see {@link Postings}
 */
record IndexRow(Object mark, Object keptAt, Object no, String distances) {
    private static final int PAGE = 1_000;

    /**
     * The next rows in their order.
     *
     * @param after the last one of those before; null to begin
     */
    static List<IndexRow> page(Database database, @Nullable IndexRow after) {
        String behind = after == null ? "" : "WHERE (mark, kept_at, no) > (?, ?, ?) ";
        return database.ask(() -> database.sql()
                .sql("SELECT mark, kept_at, no, entries FROM decision_mark " + behind
                        + "ORDER BY mark, kept_at, no LIMIT " + PAGE)
                .params(after == null ? List.of() : after.key())
                .query((row, number) -> new IndexRow(
                        row.getObject(1), row.getObject(2), row.getObject(3), String.valueOf(row.getString(4))))
                .list());
    }

    /** What tells it from all others. */
    List<Object> key() {
        return List.of(mark, keptAt, no);
    }

    /** Whether there could be an entry that has its mark. */
    boolean isPossible() {
        return mark instanceof String && isWhole(keptAt) && isWhole(no);
    }

    private static boolean isWhole(Object value) {
        return value instanceof Long || value instanceof Integer;
    }

    long moment() {
        return keptAt instanceof Number number ? number.longValue() : 0;
    }

    long number() {
        return no instanceof Number number ? number.longValue() : 0;
    }

    long chain() {
        return number() >> Entry.CHAIN_BITS;
    }

    /** The entries it speaks of; none when no journal writes such a row. */
    List<Long> entries() {
        return isPossible() ? Postings.entries(number(), distances) : List.of();
    }
}
