package liandong.publication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import liandong.incident.Member;
import liandong.policy.PolicyFiles;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.publication.SheetDiff.Change;
import liandong.sheet.WorkbookReader;
import liandong.table.RowStatus;
import liandong.table.SheetReader;

/**
 * What a policy has and another one, that is to take its place, has not: who agrees to the other one must be told, as what is
 * not there shows nowhere else. A policy that brings only the scenarios that it passes proves nothing.
 *
 * @param tables the sheets of decision tables and words, by name
 * @param scenarios the ids of the scenarios, sorted
 * @param sourced the ids of the rows for which there was a source and that are gone, or for which there is none any more, sorted
 */
public record TakenOut(
        @Member(meaning = "the sheets of tables and words that are gone", leftOutWhenEmpty = true, example = "\"关键词\"")
        List<String> tables,

        @Member(meaning = "the ids of the scenarios that are gone", leftOutWhenEmpty = true, example = "\"R-101\"")
        List<String> scenarios,

        @Member(
                meaning = "the ids of the rows with a source that are gone, or have none any more",
                leftOutWhenEmpty = true,
                example = "\"DUTY-0086\"")
        List<String> sourced) {
    static final TakenOut NOTHING = new TakenOut(List.of(), List.of(), List.of());

    private static final String STATUS = "状态";

    private static final int SHOWN = 10;

    /** Compares what is served with what is to take its place. */
    static TakenOut between(PolicyFiles from, PolicyFiles to) {
        return new TakenOut(
                gone(from.tables(), to.tables(), TakenOut::sheets),
                gone(from.scenarios(), to.scenarios(), TakenOut::ids),
                unsourced(from.tables(), to.tables()));
    }

    /** A row that went into another workbook, or is there with a source all the same, is not taken out. */
    private static List<String> unsourced(SortedMap<String, byte[]> from, SortedMap<String, byte[]> to) {
        var lost = new TreeSet<String>();
        var there = new HashSet<String>();
        var files = new TreeSet<>(from.keySet());
        files.addAll(to.keySet());
        for (String file : files) {
            if (!Arrays.equals(from.get(file), to.get(file))) {
                for (SheetDiff sheet : SheetDiff.between(file, from.get(file), to.get(file))) {
                    for (SheetDiff.RowDiff row : sheet.rows()) {
                        row.cells().stream()
                                .filter(cell -> cell.column().startsWith(STATUS)
                                        && !row.row().isEmpty())
                                .forEach(cell -> {
                                    if (hasSource(cell.to())) {
                                        there.add(row.row());
                                    } else if (hasSource(cell.from())) {
                                        lost.add(row.row());
                                    }
                                });
                    }
                }
            }
        }
        lost.removeAll(there);
        return List.copyOf(lost);
    }

    private static boolean hasSource(String status) {
        return Stream.of(RowStatus.values())
                .anyMatch(each -> each.hasSource() && each.label().equals(status.strip()));
    }

    /** Lists the names that a workbook has. */
    @FunctionalInterface
    private interface Names {
        Set<String> of(byte[] workbook);
    }

    private static List<String> gone(SortedMap<String, byte[]> from, SortedMap<String, byte[]> to, Names names) {
        var changed = new TreeMap<>(from);
        changed.entrySet().removeIf(each -> Arrays.equals(each.getValue(), to.get(each.getKey())));
        if (changed.isEmpty()) {
            return List.of();
        }
        var gone = new TreeSet<String>();
        changed.values().forEach(workbook -> gone.addAll(names.of(workbook)));
        to.values().forEach(workbook -> gone.removeAll(names.of(workbook)));
        return List.copyOf(gone);
    }

    private static Set<String> sheets(byte[] workbook) {
        var sheets = new HashSet<String>();
        WorkbookReader.read("", workbook, problem -> {}).forEach(sheet -> sheets.add(sheet.name()));
        return sheets;
    }

    private static Set<String> ids(byte[] workbook) {
        var ids = new HashSet<String>();
        for (SheetDiff sheet : SheetDiff.between("", null, workbook)) {
            sheet.rows().stream()
                    .filter(row -> row.change() == Change.ADDED && row.at().row() > SheetReader.HEADER_ROW)
                    .map(SheetDiff.RowDiff::row)
                    .filter(id -> !id.isEmpty())
                    .forEach(ids::add);
        }
        return ids;
    }

    /** Whether nothing is. */
    public boolean isEmpty() {
        return tables.isEmpty() && scenarios.isEmpty() && sourced.isEmpty();
    }

    /** What is taken out, as warnings. */
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        add(Code.TABLES_TAKEN_OUT, "decision-tables", tables, problems);
        add(Code.SCENARIOS_TAKEN_OUT, "decision-tables/scenarios", scenarios, problems);
        add(Code.SOURCED_ROWS_TAKEN_OUT, "decision-tables", sourced, problems);
        return problems;
    }

    private static void add(Code code, String folder, List<String> names, List<Problem> problems) {
        if (!names.isEmpty()) {
            String shown = String.join("、", names.subList(0, Math.min(SHOWN, names.size())));
            problems.add(
                    Problem.of(code, new FileRef(folder), names.size(), names.size() > SHOWN ? shown + " …" : shown));
        }
    }
}
