package liandong.quality;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import liandong.decision.Trouble;
import liandong.journal.Entry;
import liandong.quality.RowText.Kind;

/** What came of one case, as a whole and for each row and rule behind it. Not safe for use by many threads. */
final class Judged {
    private final String incident;
    private final Map<Trouble, Outcome> whole = new EnumMap<>(Trouble.class);
    private final Map<RowText, Of> rows = new LinkedHashMap<>();

    /**
     * What came of a case as far as one row or rule goes.
     *
     * @param row the row with its place
     * @param last the last decision that it had a part in
     */
    record Of(RowText row, Entry last, Map<Trouble, Outcome> outcomes) {}

    Judged(String incident) {
        this.incident = incident;
    }

    String incident() {
        return incident;
    }

    /** What came of the case as a whole. */
    Map<Trouble, Outcome> whole() {
        return whole;
    }

    /** What came of it for each row and rule. */
    Collection<Of> rows() {
        return rows.values();
    }

    /**
     * Adds an assignment.
     *
     * @param outcomes what came of it
     * @param ofStages what came of its stages, by the ids of their rows
     * @param stageRows the ids of all rows of its stages, which answer for no other's delay
     */
    void add(
            Entry entry,
            List<RowText> reasons,
            Map<Trouble, Outcome> outcomes,
            Map<String, Outcome> ofStages,
            Collection<String> stageRows) {
        merge(whole, outcomes);
        for (RowText row : reasons) {
            Map<Trouble, Outcome> own = new EnumMap<>(Trouble.class);
            merge(own, outcomes);
            if (row.kind() == Kind.ROW && stageRows.contains(row.id())) {
                own.remove(Trouble.LATE);
                Outcome late = ofStages.get(row.id());
                if (late != null) {
                    own.put(Trouble.LATE, late);
                }
            }
            Of before = rows.get(row.anywhere());
            if (before != null) {
                merge(own, before.outcomes());
            }
            rows.put(row.anywhere(), new Of(row, entry, own));
        }
    }

    private static void merge(Map<Trouble, Outcome> into, Map<Trouble, Outcome> from) {
        from.forEach((trouble, outcome) ->
                into.computeIfAbsent(trouble, each -> new Outcome()).merge(outcome));
    }
}
