package liandong.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.problem.CellRef;
import liandong.problem.Problem;
import liandong.scenario.Cases.Check;
import liandong.scenario.Cases.Result;
import liandong.workbook.Editable;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * Scenario workbooks in which some cases expect what came of them, since a change of policy was meant to alter it. The note of
 * each says what it expected before, and why it does no longer.
 *
 * @param workbooks those that are changed, by name
 * @param changes what is changed, case by case
 */
public record Accepted(SortedMap<String, byte[]> workbooks, List<Change> changes) {
    private static final int HEADER = 1;

    /** A case that expects something else. */
    public record Change(String id, CellRef at, String from, String to) {}

    /**
     * Takes what came for what is expected.
     *
     * @param workbooks scenario workbooks by name
     * @param results of the cases to change; those that pass stay as they are
     * @param note why, with the day and whoever says so
     * @param problems gets workbooks that cannot be edited
     * @return null when there is such a workbook
     */
    public static @Nullable Accepted of(
            SortedMap<String, byte[]> workbooks, List<Result> results, String note, Consumer<Problem> problems) {
        var changed = new TreeMap<String, byte[]>();
        var changes = new ArrayList<Change>();
        boolean whole = true;
        for (String file : workbooks.keySet()) {
            List<Result> own = results.stream()
                    .filter(result ->
                            !result.passed() && result.scenario().at().file().equals(file))
                    .toList();
            byte[] bytes = own.isEmpty() ? null : workbooks.get(file);
            if (bytes != null) {
                byte[] edited = Editable.edit(file, bytes, problems, open -> {
                    own.forEach(result -> changes.addAll(accept(open, result, note)));
                    return Editable.bytes(open);
                });
                whole &= edited != null;
                if (edited != null) {
                    changed.put(file, edited);
                }
            }
        }
        return whole ? new Accepted(changed, List.copyOf(changes)) : null;
    }

    private static List<Change> accept(XSSFWorkbook workbook, Result result, String note) {
        CellRef at = result.scenario().at();
        XSSFSheet sheet = workbook.getSheet(at.sheet());
        XSSFRow row = sheet.getRow(at.row() - 1);
        var changes = new ArrayList<Change>();
        var notes = new StringBuilder();
        for (Check check : result.checks()) {
            if (!check.held()) {
                Expectation expected = check.expectation();
                String accepted = accepted(check);
                Editable.text(cell(row, expected.at().column()), accepted);
                changes.add(new Change(result.scenario().id(), expected.at(), expected.text(), accepted));
                notes.append(expected.header())
                        .append("由“")
                        .append(expected.text())
                        .append("”改为“")
                        .append(accepted)
                        .append("”；");
            }
        }
        XSSFCell noted = cell(row, noteColumn(sheet));
        String before = noted.toString().strip();
        Editable.text(noted, (before.isEmpty() ? "" : before + "\n") + notes + note);
        return changes;
    }

    /** What is expected from now on: what came or, of what must not fire, what did not. */
    private static String accepted(Check check) {
        if (!check.expectation().header().equals(ScenarioReader.FIRES_NOT)) {
            return check.actual();
        }
        Set<String> fired = Set.of(check.actual().split("[、\n]", -1));
        return Stream.of(check.expectation().text().split("[、\n]", -1))
                .filter(id -> !fired.contains(id.strip()))
                .collect(Collectors.joining("、"));
    }

    private static XSSFCell cell(XSSFRow row, int column) {
        XSSFCell cell = row.getCell(column);
        return cell == null ? row.createCell(column) : cell;
    }

    /** The column of notes, which is added where there is none. */
    private static int noteColumn(XSSFSheet sheet) {
        XSSFRow header = sheet.getRow(HEADER);
        int width = header.getLastCellNum();
        for (int column = 0; column < width; column++) {
            XSSFCell cell = header.getCell(column);
            if (cell != null && cell.toString().strip().startsWith(ScenarioReader.NOTE)) {
                return column;
            }
        }
        Editable.text(header.createCell(width), ScenarioReader.NOTE + " Note");
        return width;
    }
}
