package liandong.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import liandong.store.Database;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code decision_term}, by which decisions are found; it may have been tampered with.
 *
 * @param term a text; in SQLite, anything can be in any column
 * @param keptAt a whole number, or anything
 * @param no a whole number, or anything
 */
record IndexTerm(Object term, Object keptAt, Object no) {
    static final String INSERT =
            "INSERT INTO decision_term (term, kept_at, no) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";

    static final String DELETE = "DELETE FROM decision_term WHERE term = ? AND kept_at = ? AND no = ?";

    private static final int PAGE = 10_000;

    /**
     * Values for {@link #INSERT} or {@link #DELETE}, of many entries.
     *
     * <p>In the order of the key, so that they go into the tree side by side.
     */
    static final class Batch {
        private final List<Object[]> rows = new ArrayList<>();

        void add(long no, long keptAt, List<String> terms) {
            terms.forEach(term -> rows.add(new Object[] {term, keptAt, no}));
        }

        List<Object[]> rows() {
            rows.sort(Comparator.comparing(row -> (String) row[0])); // the rest is in order already
            return rows;
        }
    }

    /** The terms in the column {@code marks} of an entry, each once. */
    static List<String> terms(String lines) {
        return Stream.of(lines.split("\n"))
                .filter(term -> !term.isEmpty())
                .distinct()
                .toList();
    }

    /**
     * The next rows in their order.
     *
     * @param after the last one of those before; null to begin
     */
    static List<IndexTerm> page(Database database, @Nullable IndexTerm after) {
        String behind = after == null ? "" : "WHERE (term, kept_at, no) > (?, ?, ?) ";
        return database.ask(() -> database.sql()
                .sql("SELECT term, kept_at, no FROM decision_term " + behind + "ORDER BY term, kept_at, no LIMIT "
                        + PAGE)
                .params(after == null ? List.of() : List.of(after.key()))
                .query((row, number) -> new IndexTerm(row.getObject(1), row.getObject(2), row.getObject(3)))
                .list());
    }

    /** Values for {@link #DELETE}. */
    Object[] key() {
        return new Object[] {term, keptAt, no};
    }

    /** Whether there could be an entry that has this term. */
    boolean isPossible() {
        return term instanceof String && isWhole(keptAt) && isWhole(no);
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
}
