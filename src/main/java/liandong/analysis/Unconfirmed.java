package liandong.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import liandong.policy.Policy;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.table.Row;
import liandong.table.RowRef;
import liandong.table.RowStatus;
import liandong.table.Table;

/**
 * The rows that nobody has confirmed (待确认), or that the district has not approved, one note for each sheet that has any.
 *
 * <p>A starting policy rests on thousands of such rows; a note for each would hide everything else.
 */
public final class Unconfirmed {
    /** Beyond this, the runs of rows are cut off: a message is read by a person. */
    private static final int RUNS_SHOWN = 8;

    private Unconfirmed() {}

    public static List<Problem> of(Policy policy) {
        var notes = new ArrayList<Problem>();
        for (Table<? extends Row> table : policy.tables()) {
            if (policy.vocabulary().format() >= RowStatus.THREE_WORDS_SINCE) {
                unapproved(table, notes);
                continue;
            }
            List<Integer> rows = table.rows().stream()
                    .map(Row::ref)
                    .filter(ref -> !ref.confirmed())
                    .map(RowRef::row)
                    .toList();
            if (!rows.isEmpty()) {
                notes.add(Problem.of(
                        Code.UNCONFIRMED_ROWS,
                        new CellRef(table.file(), table.sheet(), rows.get(0), 0),
                        runs(rows),
                        rows.size()));
            }
        }
        return notes;
    }

    private static void unapproved(Table<? extends Row> table, List<Problem> notes) {
        List<RowRef> rows = table.rows().stream().map(Row::ref).toList();
        List<RowRef> open =
                rows.stream().filter(ref -> ref.status() != RowStatus.APPROVED).toList();
        List<Integer> assumed = open.stream()
                .filter(ref -> ref.status() == RowStatus.ASSUMED)
                .map(RowRef::row)
                .toList();
        if (!open.isEmpty()) {
            notes.add(Problem.of(
                    Code.UNAPPROVED_ROWS,
                    new CellRef(table.file(), table.sheet(), open.get(0).row(), 0),
                    rows.size() - open.size(),
                    rows.size(),
                    open.size() - assumed.size(),
                    assumed.size(),
                    assumed.isEmpty() ? "" : " " + runs(assumed)));
        }
    }

    /** Row numbers as a person would list them, e.g. {@code "3–5, 8"}. */
    static String runs(List<Integer> rows) {
        var runs = new ArrayList<String>();
        for (int i = 0; i < rows.size(); ) {
            int from = i;
            while (++i < rows.size() && rows.get(i) == rows.get(i - 1) + 1) {}
            runs.add(i - from == 1 ? rows.get(from) + "" : rows.get(from) + "–" + rows.get(i - 1));
        }
        String shown = runs.stream().limit(RUNS_SHOWN).collect(Collectors.joining(", "));
        return runs.size() > RUNS_SHOWN ? shown + ", …" : shown;
    }
}
