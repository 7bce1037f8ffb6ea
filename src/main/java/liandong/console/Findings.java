package liandong.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import liandong.policy.PolicyFiles;
import liandong.problem.CellRef;
import liandong.problem.Mend;
import liandong.problem.Problem;
import liandong.problem.ProblemSeverity;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import liandong.table.SheetReader;
import org.jspecify.annotations.Nullable;

/** What was found in a policy, each drawn as the piece of its sheet with the cell framed. */
final class Findings {
    /** So many are drawn; the rest is counted, and stands in the marked copy. */
    static final int MOST = 100;

    private static final int BEFORE = 3;
    private static final int AFTER = 4;
    private static final int LONGEST = 60;

    private final PolicyFiles files;
    private final Locale locale;
    private final Map<String, List<SheetData>> read = new HashMap<>();

    private Findings(PolicyFiles files, Locale locale) {
        this.files = files;
        this.locale = locale;
    }

    /**
     * Something that was found.
     *
     * @param severity {@code error}, {@code warning} or {@code note}
     * @param code the kind of problem
     * @param place where it is
     * @param file the workbook it is in; empty when in none
     * @param message what is wrong
     * @param help how to mend it; may be empty
     * @param mended what its cell is to hold, where that can be said word for word; empty otherwise
     * @param letters the letters of the columns that are drawn; empty when no sheet is
     * @param rows the rows that are drawn
     */
    record Finding(
            String severity,
            String code,
            String place,
            String file,
            String message,
            String help,
            String mended,
            List<String> letters,
            List<Line> rows) {}

    /** A row of a sheet: its number, whether it is the header, and its cells. */
    record Line(int number, boolean header, List<Box> cells) {}

    /** A cell: what stands in it, and whether it is the one that is meant. */
    record Box(String text, boolean framed) {}

    /** The first of some problems, the gravest first. */
    static List<Finding> of(PolicyFiles files, List<Problem> problems, Locale locale) {
        var findings = new Findings(files, locale);
        return problems.stream()
                .sorted(Comparator.<Problem, ProblemSeverity>comparing(
                                problem -> problem.code().severity())
                        .thenComparing(Problem.BY_PLACE))
                .limit(MOST)
                .map(findings::finding)
                .toList();
    }

    private Finding finding(Problem problem) {
        var letters = new ArrayList<String>();
        var rows = new ArrayList<Line>();
        if (problem.at() instanceof CellRef cell) {
            draw(cell, letters, rows);
        }
        return new Finding(
                problem.code().severity().name().toLowerCase(Locale.ROOT),
                problem.code().name(),
                problem.at().toString(),
                problem.at() instanceof CellRef cell && workbook(cell.file()) != null ? cell.file() : "",
                problem.message(locale),
                problem.help(locale),
                mended(problem),
                letters,
                rows);
    }

    /** What the cell of a problem is to hold, where that can be said word for word; empty otherwise. */
    static String mended(PolicyFiles files, Problem problem) {
        return new Findings(files, Locale.ROOT).mended(problem);
    }

    private byte @Nullable [] workbook(String name) {
        return workbook(files, name);
    }

    /** A workbook of a policy; null when there is none of the name. */
    static byte @Nullable [] workbook(PolicyFiles files, String name) {
        byte[] table = files.tables().get(name);
        return table == null ? files.scenarios().get(name) : table;
    }

    private @Nullable SheetData sheet(CellRef cell) {
        byte[] workbook = workbook(cell.file());
        return workbook == null
                ? null
                : read.computeIfAbsent(cell.file(), name -> WorkbookReader.read(name, workbook, problem -> {})).stream()
                        .filter(each -> each.name().equals(cell.sheet()))
                        .findFirst()
                        .orElse(null);
    }

    private String mended(Problem problem) {
        Mend mend = Mend.of(problem);
        SheetData sheet = mend != null && problem.at() instanceof CellRef cell ? sheet(cell) : null;
        if (mend == null || sheet == null || !(problem.at() instanceof CellRef cell)) {
            return "";
        }
        return sheet.lines().stream()
                .filter(line -> line.number() == cell.row())
                .map(line -> mend.in(line.cell(cell.column()).text()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private void draw(CellRef cell, List<String> letters, List<Line> rows) {
        SheetData sheet = sheet(cell);
        if (sheet == null) {
            return;
        }
        int from = Math.max(0, cell.column() - BEFORE);
        int to = cell.column() + AFTER;
        for (int column = from; column <= to; column++) {
            letters.add(new CellRef("", "", 1, column).cell().replaceAll("[0-9]", ""));
        }
        for (SheetData.Line line : sheet.lines()) {
            boolean near = Math.abs(line.number() - cell.row()) <= 1;
            if (line.number() == SheetReader.HEADER_ROW || near) {
                var boxes = new ArrayList<Box>();
                for (int column = from; column <= to; column++) {
                    String text = line.cell(column).text();
                    boxes.add(new Box(
                            text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…",
                            line.number() == cell.row() && column == cell.column()));
                }
                rows.add(new Line(line.number(), line.number() == SheetReader.HEADER_ROW, boxes));
            }
        }
    }
}
