package liandong.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import liandong.store.Database;

/**
 * How many decisions have a term, in a span of time (态势). Safe for use by many threads.
 *
 * <p>Only the index is read, and of that only the span: what a question costs depends on how much was decided in it, and not
 * on how long the journal is.
 */
public final class Tallies {
    /** Terms in one statement; databases take some thousand values. */
    private static final int AT_ONCE = 500;

    private final Database database;

    /** Tallies of the decisions in a store. */
    public Tallies(Database database) {
        this.database = database;
    }

    /**
     * A span of time.
     *
     * @param from its beginning, included
     * @param to its end, excluded
     */
    public record Span(Instant from, Instant to) {}

    /** How many decisions of a span have each of several terms; terms that none has are not in it. */
    public Map<String, Long> of(Collection<String> terms, Span span) {
        TermIndex.complete(database);
        var counts = new HashMap<String, Long>();
        List<String> all = terms.stream().distinct().toList();
        for (int i = 0; i < all.size(); i += AT_ONCE) {
            List<String> some = all.subList(i, Math.min(all.size(), i + AT_ONCE));
            database.ask(() -> database.sql()
                    .sql("SELECT t.name, count(*) AS many FROM term t CROSS JOIN decision_term a WHERE t.name IN ("
                            + "?, ".repeat(some.size() - 1)
                            + "?) AND a.term = t.no AND a.kept_at >= ? AND a.kept_at < ? GROUP BY t.name")
                    .params(some)
                    .param(span.from().toEpochMilli())
                    .param(span.to().toEpochMilli())
                    .query((row, number) -> counts.put(row.getString("name"), row.getLong("many")))
                    .list());
        }
        return counts;
    }

    /** Of the decisions of a span that have a term, how many have each of several others besides. */
    public Map<String, Long> of(String term, Collection<String> others, Span span) {
        TermIndex.complete(database);
        var counts = new HashMap<String, Long>();
        List<String> all = others.stream().distinct().toList();
        for (int i = 0; i < all.size(); i += AT_ONCE) {
            List<String> some = all.subList(i, Math.min(all.size(), i + AT_ONCE));
            database.ask(() -> database.sql()
                    .sql("SELECT t.name, count(*) AS many FROM decision_term o CROSS JOIN term t"
                            + " CROSS JOIN decision_term a WHERE o.term = " + IndexTerm.NUMBER
                            + " AND o.kept_at >= ? AND o.kept_at < ? AND t.name IN ("
                            + "?, ".repeat(some.size() - 1)
                            + "?) AND a.term = t.no AND a.kept_at = o.kept_at AND a.no = o.no GROUP BY t.name")
                    .param(term)
                    .param(span.from().toEpochMilli())
                    .param(span.to().toEpochMilli())
                    .params(some)
                    .query((row, number) -> counts.put(row.getString("name"), row.getLong("many")))
                    .list());
        }
        return counts;
    }

    /**
     * How many decisions of a span have a term, hour by hour or day by day.
     *
     * @param step an hour or a day
     * @param zone whose hours and days
     * @return by the beginning of each step in which there are any
     */
    public SortedMap<Instant, Long> of(String term, Span span, Duration step, ZoneId zone) {
        long offset = zone.getRules().getOffset(span.from()).getTotalSeconds() * 1_000L;
        long length = step.toMillis();
        TermIndex.complete(database);
        var counts = new TreeMap<Instant, Long>();
        database.ask(() -> database.sql()
                .sql("SELECT (kept_at + " + offset + ") / " + length + " AS step, count(*) AS many FROM decision_term"
                        + " WHERE term = " + IndexTerm.NUMBER + " AND kept_at >= ? AND kept_at < ? GROUP BY (kept_at + "
                        + offset + ") / "
                        + length)
                .params(term, span.from().toEpochMilli(), span.to().toEpochMilli())
                .query((row, number) ->
                        counts.put(Instant.ofEpochMilli(row.getLong("step") * length - offset), row.getLong("many")))
                .list());
        return counts;
    }
}
