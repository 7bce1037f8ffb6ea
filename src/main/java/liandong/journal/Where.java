package liandong.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import liandong.journal.Archive.Cursor;

/** The conditions of a statement that looks for decisions, as SQL. */
final class Where {
    /** What the columns of the moment and the number begin with: a table's name and a dot, or nothing. */
    private final String of;

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> params = new ArrayList<>();

    Where(String of) {
        this.of = of;
    }

    /** Those of the incident looked for. */
    Where subject(DecisionQuery search) {
        return search.subject() == null ? this : condition("d.subject = ?", search.subject());
    }

    /** Those kept in the time looked for. */
    Where time(DecisionQuery search) {
        if (search.from() != null) {
            condition(of + "kept_at >= ?", millis(search.from()));
        }
        if (search.to() != null) {
            condition(of + "kept_at < ?", millis(search.to()));
        }
        return this;
    }

    /** Those behind a place, in one of both orders. */
    Where after(Cursor place, boolean oldestFirst) {
        String sign = oldestFirst ? ">" : "<";
        return condition("(" + of + "kept_at, " + of + "no) " + sign + " (?, ?)", place.keptAt(), place.no());
    }

    /** Those with a term besides. */
    Where has(String term) {
        return condition(
                "EXISTS (SELECT 1 FROM decision_term o WHERE o.term = " + IndexTerm.NUMBER + " AND o.kept_at = " + of
                        + "kept_at AND o.no = " + of + "no)",
                term);
    }

    /** Those with one of some terms besides. */
    Where hasAny(List<String> terms) {
        String names = String.join(", ", Collections.nCopies(terms.size(), "?"));
        return condition(
                of + "no IN (SELECT o.no FROM decision_term o WHERE o.term IN (SELECT no FROM term WHERE name IN ("
                        + names + ")))",
                terms.toArray());
    }

    Where condition(String text, Object... params) {
        conditions.add(text);
        this.params.addAll(List.of(params));
        return this;
    }

    String text() {
        return conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
    }

    List<Object> params() {
        return params;
    }

    String order(boolean oldestFirst) {
        String way = oldestFirst ? "" : " DESC";
        return " ORDER BY " + of + "kept_at" + way + ", " + of + "no" + way;
    }

    /** A moment before or after all that can be kept is as good as the first or last one. */
    private static long millis(Instant moment) {
        long second = Math.max(-1L << 40, Math.min(1L << 40, moment.getEpochSecond()));
        return second * 1_000 + moment.getNano() / 1_000_000;
    }
}
