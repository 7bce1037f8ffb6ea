package liandong.policy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Location;
import liandong.problem.Problem;
import liandong.sheet.PlainPackage;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.usermodel.WorkbookFactory;
import org.apache.poi.ss.util.CellReference;
import org.drools.decisiontable.SpreadsheetCompiler;
import org.jspecify.annotations.Nullable;

/**
 * One sheet of a decision table of Drools ({@code *.drl.xlsx}), which is code.
 *
 * <p>Drools makes a rule of each row and reports what is wrong with that rule; this finds the way back to the cell.
 */
final class RuleSheet implements RuleSource {
    /** What the name of such a workbook ends in. */
    static final String SUFFIX = ".drl.xlsx";

    private static final Pattern MADE_FROM =
            Pattern.compile("// rule values at [A-Z]+(\\d+), header at ([A-Z]+)(\\d+)");
    private static final Pattern NAMED_CELL = Pattern.compile("cells? \\[?([A-Z]{1,3})(\\d+)");
    private static final Pattern OFFSET = Pattern.compile("Line \\d+:(\\d+)");
    private static final Pattern WORD = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]+");

    /** Rows of a rule table, below the cell that begins it. */
    private static final int CODE_ROW = 3;

    private static final int FIRST_DATA_ROW = 5;

    /** How far behind what is wrong the compiler may have come before it sees it, the indent of the line included. */
    private static final int MARGIN = 3;

    private final String file;
    private final String sheet;
    private final String name;
    private final String drl;
    /** The texts of its cells by row and column, both from 0; blank ones are left out. */
    private final Map<Integer, Map<Integer, String>> cells;

    private RuleSheet(String file, String sheet, int number, String drl, Map<Integer, Map<Integer, String>> cells) {
        this.file = file;
        this.sheet = sheet;
        this.name = file.substring(0, file.length() - SUFFIX.length()) + "." + number + ".xlsx.drl";
        this.drl = drl;
        this.cells = cells;
    }

    /**
     * The sheets of a workbook that hold rule tables; Drools by itself would take the first alone.
     *
     * @param file its name in {@code rules/}
     * @param sent the workbook
     * @param problems gets what Drools cannot read as a rule table, and of rows it would pass over
     */
    static List<RuleSheet> of(String file, byte[] sent, Consumer<Problem> problems) {
        var sheets = new TreeMap<Integer, Map<Integer, Map<Integer, String>>>();
        var names = new ArrayList<String>();
        var hidden = new HashSet<Integer>();
        byte[] bytes = plain(file, sent);
        double ratio = ZipSecureFile.getMinInflateRatio();
        try (Workbook workbook = WorkbookFactory.create(new ByteArrayInputStream(bytes))) {
            for (Sheet sheet : workbook) {
                sheets.put(names.size(), texts(sheet));
                if (workbook.getSheetVisibility(names.size()) != SheetVisibility.VISIBLE) {
                    hidden.add(names.size());
                }
                tellDates(file, sheet, sheets.get(names.size()), problems);
                names.add(sheet.getSheetName());
            }
        } catch (IOException | RuntimeException e) { // POI may throw any RuntimeException on malformed input
            problems.accept(Problem.of(Code.UNREADABLE_WORKBOOK, new FileRef(FOLDER + file), file));
            return List.of();
        }
        var found = new ArrayList<RuleSheet>();
        boolean any = false;
        try {
            for (var sheet : sheets.entrySet()) {
                if (tables(sheet.getValue()).isEmpty()) {
                    continue; // a guide, for people
                }
                any = true;
                if (hidden.contains(sheet.getKey())) {
                    String name = names.get(sheet.getKey());
                    int[] table = tables(sheet.getValue()).get(0);
                    problems.accept(Problem.of(Code.HIDDEN_RULE_TABLE, place(file, name, table[0], table[1]), name));
                }
                RuleSheet read =
                        read(file, names.get(sheet.getKey()), sheet.getKey(), bytes, sheet.getValue(), problems);
                if (read != null) {
                    read.lost(problems);
                    found.add(read);
                }
            }
        } finally {
            // Drools sets it anew, for the whole program, each time it reads a workbook.
            ZipSecureFile.setMinInflateRatio(ratio);
        }
        if (!any) {
            problems.accept(Problem.of(Code.BAD_RULE_TABLE, new FileRef(FOLDER + file), "no cell says RuleTable."));
        }
        return found;
    }

    /** A workbook as POI can open it, where it would not open it as it is. */
    private static byte[] plain(String file, byte[] workbook) {
        try {
            return PlainPackage.of(file, workbook);
        } catch (IOException | RuntimeException e) { // which POI tells of
            return workbook;
        }
    }

    private static @Nullable RuleSheet read(
            String file,
            String sheet,
            int number,
            byte[] bytes,
            Map<Integer, Map<Integer, String>> cells,
            Consumer<Problem> problems) {
        try {
            String drl = new SpreadsheetCompiler().compile(new ByteArrayInputStream(bytes), sheet);
            return new RuleSheet(file, sheet, number, drl, cells);
        } catch (RuntimeException e) { // of several kinds, all of them about a cell
            String message = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
            Matcher cell = NAMED_CELL.matcher(message);
            CellRef at = cell.find()
                    ? place(file, sheet, Integer.parseInt(cell.group(2)) - 1, column(cell.group(1)))
                    : place(file, sheet, tables(cells).get(0)[0], tables(cells).get(0)[1]);
            problems.accept(Problem.of(Code.BAD_RULE_TABLE, at, message));
            return null;
        }
    }

    /** Tells of dates among the rows of rule tables: Drools would write them into the rule as they are shown. */
    private static void tellDates(
            String file, Sheet sheet, Map<Integer, Map<Integer, String>> cells, Consumer<Problem> problems) {
        List<int[]> tables = tables(cells);
        for (int i = 0; i < tables.size(); i++) {
            int first = tables.get(i)[0] + FIRST_DATA_ROW;
            int end = i + 1 < tables.size() ? tables.get(i + 1)[0] : Integer.MAX_VALUE;
            Set<Integer> headed =
                    cells.getOrDefault(tables.get(i)[0] + 1, Map.of()).keySet();
            for (Row row : sheet) {
                for (Cell cell : row) {
                    if (row.getRowNum() >= first
                            && row.getRowNum() < end
                            && headed.contains(cell.getColumnIndex())
                            && isDate(cell)) {
                        problems.accept(Problem.of(
                                Code.DATE_IN_RULE_TABLE,
                                place(file, sheet.getSheetName(), row.getRowNum(), cell.getColumnIndex())));
                    }
                }
            }
        }
    }

    private static boolean isDate(Cell cell) {
        CellType type = cell.getCellType() == CellType.FORMULA ? cell.getCachedFormulaResultType() : cell.getCellType();
        return type == CellType.NUMERIC && DateUtil.isCellDateFormatted(cell);
    }

    private static Map<Integer, Map<Integer, String>> texts(Sheet sheet) {
        var formatter = new DataFormatter(Locale.ENGLISH);
        formatter.setUseCachedValuesForFormulaCells(true);
        var texts = new TreeMap<Integer, Map<Integer, String>>();
        for (Row row : sheet) {
            for (Cell cell : row) {
                String text = formatter.formatCellValue(cell).strip();
                if (!text.isEmpty()) {
                    texts.computeIfAbsent(row.getRowNum(), number -> new TreeMap<>())
                            .put(cell.getColumnIndex(), text);
                }
            }
        }
        return texts;
    }

    /** The row and column of each cell that begins a rule table. */
    private static List<int[]> tables(Map<Integer, Map<Integer, String>> cells) {
        var tables = new ArrayList<int[]>();
        cells.forEach((row, texts) -> texts.forEach((column, text) -> {
            String lower = text.toLowerCase(Locale.ROOT);
            if (lower.equals("ruletable") || lower.startsWith("ruletable ")) {
                tables.add(new int[] {row, column});
            }
        }));
        return tables;
    }

    /** Tells of rows below a blank one, where for Drools the table has ended. */
    private void lost(Consumer<Problem> problems) {
        List<int[]> tables = tables(cells);
        for (int i = 0; i < tables.size(); i++) {
            int start = tables.get(i)[1];
            int end = i + 1 < tables.size() ? tables.get(i + 1)[0] : Integer.MAX_VALUE;
            int expected = tables.get(i)[0] + FIRST_DATA_ROW;
            for (int row : cells.keySet()) {
                if (row < expected || row >= end || !isData(row, start)) {
                    continue;
                }
                if (row > expected) {
                    problems.accept(Problem.of(Code.ROWS_LOST, place(file, sheet, row, start), expected + 1));
                    break;
                }
                expected++;
            }
        }
    }

    private boolean isData(int row, int start) {
        return cells.getOrDefault(row, Map.of()).keySet().stream().anyMatch(column -> column >= start);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String drl() {
        return drl;
    }

    @Override
    public Location at(int line, String message) {
        List<String> lines = drl.lines().toList();
        String text = line > 0 && line <= lines.size() ? lines.get(line - 1).strip() : "";
        // A message about a rule as a whole names the line that says "rule", just below the comment.
        for (int i = Math.min(line, lines.size()) - 1; i >= 0; i--) {
            Matcher made = MADE_FROM.matcher(lines.get(i));
            if (made.find()) {
                int row = Integer.parseInt(made.group(1)) - 1;
                int code = Integer.parseInt(made.group(3)) - 1 + CODE_ROW;
                return inRule(row, code, column(made.group(2)), text, message);
            }
        }
        return above(text, message);
    }

    /** The cell of a row whose code a message is about; its first cell when that cannot be seen. */
    private Location inRule(int row, int code, int start, String line, String message) {
        var candidates = new TreeMap<Integer, String>();
        cells.getOrDefault(row, Map.of()).forEach((column, cell) -> {
            if (column >= start) {
                String template = cells.getOrDefault(code, Map.of()).getOrDefault(column, "");
                candidates.put(column, template.isEmpty() ? cell : template.replace("$param", cell));
            }
        });
        // The compiler names the rule it is about; that says nothing of the cell, unless it is all it says.
        String about = message.replaceAll("in rule \"[^\"]*\"", "");
        Matcher offset = OFFSET.matcher(message);
        int column = offset.find() ? Integer.parseInt(offset.group(1)) : -1;
        int best = start;
        long most = 0;
        for (var candidate : candidates.entrySet()) {
            String snippet = candidate.getValue();
            int from = line.indexOf(snippet);
            boolean spans = from >= 0 && column >= from && column <= from + snippet.length() + MARGIN;
            long score = (spans ? 100_000 : 0)
                    + (squeezed(about).contains(squeezed(snippet)) ? 10_000 : 0)
                    + (!line.startsWith("rule ") && squeezed(line).contains(squeezed(snippet)) ? 100 : 0)
                    + words(about).stream()
                            .filter(word -> words(snippet).contains(word))
                            .mapToLong(word -> 1_000
                                    / candidates.values().stream()
                                            .filter(other -> words(other).contains(word))
                                            .count())
                            .sum();
            if (score > most) {
                best = candidate.getKey();
                most = score;
            }
        }
        return place(file, sheet, row, best);
    }

    /** The cell above the rule tables that holds a line, or else most of the words of a message. */
    private Location above(String line, String message) {
        int[] table = tables(cells).get(0);
        String sought = line.replaceFirst("^import ", "").replaceFirst(";$", "");
        CellRef best = place(file, sheet, table[0], table[1]);
        long most = 0;
        for (var row : cells.entrySet()) {
            for (var cell : row.getValue().entrySet()) {
                if (row.getKey() < table[0]) {
                    long score = (!sought.isEmpty() && cell.getValue().contains(sought) ? 1_000 : 0)
                            + words(message).stream()
                                    .filter(word -> words(cell.getValue()).contains(word))
                                    .count();
                    if (score > most) {
                        best = place(file, sheet, row.getKey(), cell.getKey());
                        most = score;
                    }
                }
            }
        }
        return best;
    }

    private static List<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).distinct().toList();
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }

    private static int column(String letters) {
        return CellReference.convertColStringToIndex(letters);
    }

    /** A cell by row and column, both from 0. */
    private static CellRef place(String file, String sheet, int row, int column) {
        return new CellRef(FOLDER + file, sheet, row + 1, column);
    }
}
