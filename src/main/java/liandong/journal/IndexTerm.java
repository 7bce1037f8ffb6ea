package liandong.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import liandong.store.Database;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code decision_term}, by which decisions are found; it may have been tampered with.
 *
 * @param name the text that its number stands for; null when it stands for none
 * @param term a whole number; in SQLite, anything can be in any column
 * @param keptAt a whole number, or anything
 * @param no a whole number, or anything
 */
record IndexTerm(@Nullable Object name, Object term, Object keptAt, Object no) {
    /** The number of a term, as a value within a statement; null when no decision has it. */
    static final String NUMBER = "(SELECT no FROM term WHERE name = ?)";

    private static final String INSERT =
            "INSERT INTO decision_term (term, kept_at, no) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";

    private static final String DELETE = "DELETE FROM decision_term WHERE term = ? AND kept_at = ? AND no = ?";

    private static final int PAGE = 10_000;

    /** Names in one statement; databases take some thousand values. */
    private static final int AT_ONCE = 1_000;

    /** Adds the rows of entries, within a transaction. */
    static void add(Database database, List<Indexed> entries) {
        SortedSet<String> names = names(entries);
        Map<String, Long> numbers = numbers(database, names);
        // In their order, so that two that add the same names wait for each other, and never both (deadlock).
        List<Object[]> added = names.stream()
                .filter(name -> !numbers.containsKey(name))
                .map(name -> new Object[] {name})
                .toList();
        if (!added.isEmpty()) {
            database.batches().batchUpdate("INSERT INTO term (name) VALUES (?) ON CONFLICT DO NOTHING", added);
            numbers.putAll(numbers(
                    database,
                    added.stream().map(name -> String.valueOf(name[0])).toList()));
        }
        database.batches().batchUpdate(INSERT, rows(entries, numbers));
    }

    /** Takes the rows of entries away, within a transaction. */
    static void delete(Database database, List<Indexed> entries) {
        database.batches().batchUpdate(DELETE, rows(entries, numbers(database, names(entries))));
    }

    /** Takes rows away. */
    static void deleteRows(Database database, List<IndexTerm> rows) {
        List<Object[]> keys = rows.stream().map(IndexTerm::key).toList();
        database.transact(() -> database.batches().batchUpdate(DELETE, keys));
    }

    private static SortedSet<String> names(List<Indexed> entries) {
        var names = new TreeSet<String>();
        entries.forEach(entry -> names.addAll(entry.terms()));
        return names;
    }

    /** The numbers of terms that have one. */
    private static Map<String, Long> numbers(Database database, Iterable<String> names) {
        var numbers = new HashMap<String, Long>();
        var some = new ArrayList<String>();
        for (String name : names) {
            some.add(name);
            if (some.size() == AT_ONCE) {
                look(database, some, numbers);
                some.clear();
            }
        }
        if (!some.isEmpty()) {
            look(database, some, numbers);
        }
        return numbers;
    }

    private static void look(Database database, List<String> names, Map<String, Long> numbers) {
        database.sql()
                .sql("SELECT no, name FROM term WHERE name IN (:names)")
                .param("names", List.copyOf(names))
                .query((row, number) -> numbers.put(row.getString("name"), row.getLong("no")))
                .list();
    }

    /** In the order of the key, so that they go into the tree side by side. */
    private static List<Object[]> rows(List<Indexed> entries, Map<String, Long> numbers) {
        var rows = new ArrayList<Object[]>();
        for (Indexed entry : entries) {
            for (String term : entry.terms()) {
                Long number = numbers.get(term);
                if (number != null) {
                    rows.add(new Object[] {number, entry.keptAt(), entry.no()});
                }
            }
        }
        rows.sort(Comparator.<Object[]>comparingLong(row -> (Long) row[0])
                .thenComparingLong(row -> (Long) row[1])
                .thenComparingLong(row -> (Long) row[2]));
        return rows;
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
        String behind = after == null ? "" : "WHERE (d.term, d.kept_at, d.no) > (?, ?, ?) ";
        return database.ask(() -> database.sql()
                .sql("SELECT t.name, d.term, d.kept_at, d.no FROM decision_term d LEFT JOIN term t ON t.no = d.term "
                        + behind + "ORDER BY d.term, d.kept_at, d.no LIMIT " + PAGE)
                .params(after == null ? List.of() : List.of(after.key()))
                .query((row, number) ->
                        new IndexTerm(row.getObject(1), row.getObject(2), row.getObject(3), row.getObject(4)))
                .list());
    }

    private Object[] key() {
        return new Object[] {term, keptAt, no};
    }

    /** Whether there could be an entry that has this term. */
    boolean isPossible() {
        return name instanceof String && isWhole(term) && isWhole(keptAt) && isWhole(no);
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
