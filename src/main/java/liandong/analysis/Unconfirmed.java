package liandong.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import liandong.policy.Policy;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.table.Row;
import liandong.table.RowRef;
import liandong.table.RowStatus;
import liandong.table.SheetReader;
import liandong.table.Table;

/**
 * The rows that the district has not approved, one note for each workbook that has any; of policies of formats 1 and 2 the rows that
 * nobody has confirmed (待确认), one note for each sheet.
 *
 * <p>A starting policy rests on thousands of such rows; a note for each would hide everything else.
 */
public final class Unconfirmed {
    /** Beyond this, the runs of rows are cut off: a message is read by a person. */
    private static final int RUNS_SHOWN = 8;

    private Unconfirmed() {}

    public static List<Problem> of(Policy policy) {
        if (policy.vocabulary().format() >= RowStatus.THREE_WORDS_SINCE) {
            return unapproved(policy);
        }
        var notes = new ArrayList<Problem>();
        for (Table<? extends Row> table : policy.tables()) {
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

    /** At the first table of a workbook, so that the note keeps its place while its rows are approved one after the other. */
    private static List<Problem> unapproved(Policy policy) {
        var books = new LinkedHashMap<String, List<Table<? extends Row>>>();
        policy.tables()
                .forEach(table -> books.computeIfAbsent(table.file(), file -> new ArrayList<>())
                        .add(table));
        var notes = new ArrayList<Problem>();
        for (List<Table<? extends Row>> tables : books.values()) {
            long rows = tables.stream().mapToLong(table -> table.rows().size()).sum();
            long approved = count(tables, RowStatus.APPROVED);
            if (approved < rows) {
                notes.add(Problem.of(
                        Code.UNAPPROVED_ROWS,
                        tables.get(0).header(SheetReader.ID),
                        approved,
                        rows,
                        count(tables, RowStatus.SOURCED),
                        count(tables, RowStatus.ASSUMED),
                        tables.stream()
                                .map(table -> table.sheet() + " " + count(List.of(table), RowStatus.APPROVED) + "/"
                                        + table.rows().size())
                                .collect(Collectors.joining("、"))));
            }
        }
        return notes;
    }

    private static long count(List<Table<? extends Row>> tables, RowStatus status) {
        return tables.stream()
                .flatMap(table -> table.rows().stream())
                .filter(row -> row.ref().status() == status)
                .count();
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
