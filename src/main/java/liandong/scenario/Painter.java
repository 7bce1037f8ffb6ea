package liandong.scenario;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.problem.CellRef;
import liandong.problem.Problem;
import liandong.scenario.Cases.Check;
import liandong.scenario.Cases.Result;
import liandong.scenario.Coverage.RowState;
import liandong.scenario.TableCoverage.OfCondition;
import liandong.scenario.TableCoverage.OfRow;
import liandong.table.Attribute;
import liandong.workbook.Editable;
import org.apache.poi.ss.usermodel.CellCopyPolicy;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.ClientAnchor;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Paints copies of workbooks with what a test has shown; the workbooks themselves stay as they are. */
public final class Painter {
    private static final int HEADER = 1;
    private static final int COMMENT_COLUMNS = 4;
    private static final int COMMENT_ROWS = 5;

    /** What a colour says. */
    private enum Paint {
        GOOD("C6E0B4"),
        BAD("F8CBAD"),
        PARTLY("FFE699"),
        BROKEN("D9D9D9");

        private final String hex;

        Paint(String hex) {
            this.hex = hex;
        }
    }

    private final XSSFWorkbook workbook;
    private final Map<Paint, Map<CellStyle, CellStyle>> styles = new EnumMap<>(Paint.class);

    private Painter(XSSFWorkbook workbook) {
        this.workbook = workbook;
    }

    /**
     * Copies of scenario workbooks: beside each expected column what came, green where it is so, red where not; grey
     * where the case cannot be understood.
     *
     * @param workbooks scenario workbooks by name
     * @param problems gets those that cannot be marked, which are left out
     */
    public static SortedMap<String, byte[]> annotated(
            SortedMap<String, byte[]> workbooks, TestReport report, Locale locale, Consumer<Problem> problems) {
        return each(workbooks, problems, (file, painter) -> {
            List<String> names = Stream.concat(
                            Decisions.all().stream().map(Decision::label), Stream.of(ScenarioReader.STORIES))
                    .toList();
            for (String name : names) {
                XSSFSheet sheet = painter.workbook.getSheet(name);
                if (sheet != null) {
                    painter.annotate(file, sheet, report, locale);
                }
            }
        });
    }

    /**
     * Copies of a policy's workbooks: of each table's rows the id green where the row decided, yellow where it matched
     * but lost, red where it never matched; conditions green where they have decided, yellow where they only held or
     * failed, red where nothing has been shown of them.
     *
     * @param workbooks the policy's workbooks by name; those without a table are left out
     * @param problems gets those that cannot be marked, which are left out
     */
    public static SortedMap<String, byte[]> painted(
            SortedMap<String, byte[]> workbooks, Coverage coverage, Locale locale, Consumer<Problem> problems) {
        var tables = new TreeMap<String, byte[]>(workbooks);
        Set<String> files =
                coverage.tables().stream().map(table -> table.table().file()).collect(Collectors.toSet());
        tables.keySet().retainAll(files);
        return each(tables, problems, (file, painter) -> {
            for (TableCoverage table : coverage.tables()) {
                XSSFSheet sheet = painter.workbook.getSheet(table.table().sheet());
                if (table.table().file().equals(file) && sheet != null) {
                    painter.paint(sheet, table, coverage, locale);
                }
            }
        });
    }

    private interface Work {
        void on(String file, Painter painter);
    }

    private static SortedMap<String, byte[]> each(
            SortedMap<String, byte[]> workbooks, Consumer<Problem> problems, Work work) {
        var copies = new TreeMap<String, byte[]>();
        workbooks.forEach((file, bytes) -> {
            byte[] copy = Editable.edit(file, bytes, problems, workbook -> {
                work.on(file, new Painter(workbook));
                return Editable.bytes(workbook);
            });
            if (copy != null) {
                copies.put(file, copy);
            }
        });
        return copies;
    }

    private void annotate(String file, XSSFSheet sheet, TestReport report, Locale locale) {
        boolean chinese = locale.getLanguage().equals(Locale.CHINESE.getLanguage());
        List<Result> results = report.asked().stream()
                .filter(result -> isIn(file, sheet, result.scenario().at()))
                .toList();
        Set<Integer> columns = results.stream()
                .flatMap(result -> result.checks().stream())
                .map(check -> check.expectation().at().column())
                .collect(Collectors.toSet());
        int width = sheet.getRow(HEADER) == null ? 0 : sheet.getRow(HEADER).getLastCellNum();
        var moved = new HashMap<Integer, Integer>();
        int more = 0;
        for (int column = 0; column < width; column++) {
            moved.put(column, column + more);
            more += columns.contains(column) ? 1 : 0;
        }
        spread(sheet, moved, columns, width);
        int last = width + more;
        title(sheet, last, ScenarioReader.RESULT + " Result");
        sheet.setColumnWidth(last, 60 * 256);
        for (int column : columns) {
            int at = moved.getOrDefault(column, column) + 1;
            String header = text(sheet, HEADER, at - 1);
            title(sheet, at, ScenarioReader.ACTUAL + Attribute.chinese(header).replaceFirst("^预期", "") + " Actual");
        }
        for (Result result : results) {
            int row = result.scenario().at().row() - 1;
            for (Check check : result.checks()) {
                int at = moved.getOrDefault(check.expectation().at().column(), 0);
                Paint paint = check.held() ? Paint.GOOD : Paint.BAD;
                fill(cell(sheet, row, at), paint);
                XSSFCell actual = cell(sheet, row, at + 1);
                Editable.text(actual, shortened(check.actual()));
                fill(actual, paint);
            }
            XSSFCell verdict = cell(sheet, row, last);
            Editable.text(
                    verdict,
                    result.passed()
                            ? chinese ? "通过" : "passed"
                            : shortened(Stream.concat(
                                            Stream.of(chinese ? "不符" : "failed"),
                                            Stream.concat(
                                                    result.problems().stream().map(problem -> problem.message(locale)),
                                                    TestReport.reasons(result.answer())
                                                            .lines()))
                                    .collect(Collectors.joining("\n"))));
            Paint paint = result.passed() ? Paint.GOOD : Paint.BAD;
            fill(verdict, paint);
            fill(cell(sheet, row, moved.getOrDefault(result.scenario().at().column(), 0)), paint);
        }
        for (StoryRun run : report.stories()) {
            for (StoryStep step : run.story().steps()) {
                if (run.notRun().contains(step.number()) && isIn(file, sheet, step.at())) {
                    XSSFCell verdict = cell(sheet, step.at().row() - 1, last);
                    Editable.text(verdict, chinese ? "未运行" : "not run");
                    fill(verdict, Paint.BROKEN);
                }
            }
        }
        for (Scenarios.Broken broken : report.broken()) {
            if (isIn(file, sheet, broken.at())) {
                int row = broken.at().row() - 1;
                XSSFCell verdict = cell(sheet, row, last);
                Editable.text(
                        verdict,
                        shortened(broken.problems().stream()
                                .map(problem -> problem.message(locale) + problem.help(locale))
                                .collect(Collectors.joining("\n"))));
                fill(verdict, Paint.BROKEN);
            }
        }
        for (Problem problem : report.problems()) {
            if (problem.at() instanceof CellRef at && isIn(file, sheet, at)) {
                XSSFCell cell = cell(sheet, at.row() - 1, moved.getOrDefault(at.column(), at.column()));
                comment(cell, problem.message(locale) + "\n" + problem.help(locale));
                fill(cell, Paint.BROKEN);
            }
        }
    }

    private static boolean isIn(String file, XSSFSheet sheet, CellRef at) {
        return at.file().equals(file) && at.sheet().equals(sheet.getSheetName());
    }

    /** Makes room for a column to the right of some; drop-downs and the filter move along. */
    private void spread(XSSFSheet sheet, Map<Integer, Integer> moved, Set<Integer> columns, int width) {
        lists(sheet, moved);
        filter(sheet, moved, width, columns.size());
        while (sheet.getNumMergedRegions() > 0) {
            sheet.removeMergedRegion(0);
        }
        int[] widths = new int[width];
        for (int column = 0; column < width; column++) {
            widths[column] = sheet.getColumnWidth(column);
        }
        for (Row each : sheet) {
            var row = (XSSFRow) each;
            for (int column = row.getLastCellNum() - 1; column >= 0; column--) {
                int to = moved.getOrDefault(column, column);
                XSSFCell from = row.getCell(column);
                if (to != column && from != null) {
                    XSSFCell target = row.createCell(to);
                    target.copyCellFrom(from, new CellCopyPolicy());
                    if (columns.contains(column) || row.getRowNum() != 0) {
                        row.removeCell(from);
                    }
                }
            }
        }
        for (int column = 0; column < width; column++) {
            int to = moved.getOrDefault(column, column);
            sheet.setColumnWidth(to, widths[column]);
            if (columns.contains(column)) {
                sheet.setColumnWidth(to + 1, widths[column]);
            }
        }
    }

    private static void lists(XSSFSheet sheet, Map<Integer, Integer> moved) {
        var xml = sheet.getCTWorksheet();
        if (xml.isSetDataValidations()) {
            xml.getDataValidations().getDataValidationList().forEach(validation -> {
                List<?> ranges = validation.getSqref();
                validation.setSqref(ranges.stream()
                        .map(range -> CellRangeAddress.valueOf(range.toString()))
                        .flatMap(range -> parts(range, moved))
                        .toList());
            });
        }
    }

    /** What has become of a range: in several parts where columns now stand between. */
    private static Stream<String> parts(CellRangeAddress range, Map<Integer, Integer> moved) {
        var parts = new ArrayList<CellRangeAddress>();
        for (int column = range.getFirstColumn(); column <= range.getLastColumn(); column++) {
            int to = moved.getOrDefault(column, column);
            CellRangeAddress last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
            if (last != null && last.getLastColumn() == to - 1) {
                last.setLastColumn(to);
            } else {
                parts.add(new CellRangeAddress(range.getFirstRow(), range.getLastRow(), to, to));
            }
        }
        return parts.stream().map(CellRangeAddress::formatAsString);
    }

    /** A filter over all columns reaches over the new ones too, the result at the end included; it shows all rows. */
    private static void filter(XSSFSheet sheet, Map<Integer, Integer> moved, int width, int more) {
        var xml = sheet.getCTWorksheet();
        if (!xml.isSetAutoFilter()) {
            return;
        }
        CellRangeAddress range = CellRangeAddress.valueOf(xml.getAutoFilter().getRef());
        int first = range.getFirstColumn();
        int last = range.getLastColumn();
        xml.unsetAutoFilter(); // with what was chosen in it, counted in the columns of before
        sheet.setAutoFilter(new CellRangeAddress(
                range.getFirstRow(),
                range.getLastRow(),
                moved.getOrDefault(first, first),
                last == width - 1 ? width + more : moved.getOrDefault(last, last)));
        for (Row row : sheet) {
            row.setZeroHeight(false);
        }
    }

    private void title(XSSFSheet sheet, int column, String text) {
        XSSFCell cell = cell(sheet, HEADER, column);
        cell.setCellValue(text);
        XSSFCell beside = cell(sheet, HEADER, Math.max(0, column - 1));
        cell.setCellStyle(beside.getCellStyle());
    }

    private void paint(XSSFSheet sheet, TableCoverage table, Coverage coverage, Locale locale) {
        boolean chinese = locale.getLanguage().equals(Locale.CHINESE.getLanguage());
        var columns = new HashMap<String, Integer>();
        XSSFRow header = sheet.getRow(HEADER);
        for (int column = 0; header != null && column < header.getLastCellNum(); column++) {
            columns.putIfAbsent(Attribute.chinese(text(sheet, HEADER, column)), column);
        }
        for (OfRow row : table.rows()) {
            int at = row.row().row() - 1;
            RowState state = coverage.state(row);
            XSSFCell id = cell(sheet, at, columns.getOrDefault(ScenarioReader.ID, 0));
            fill(
                    id,
                    switch (state) {
                        case DECIDED -> Paint.GOOD;
                        case LOST -> Paint.PARTLY;
                        case NEVER -> Paint.BAD;
                    });
            if (state == RowState.LOST) {
                comment(id, chinese ? "有情景符合这一行，但结论出自别的行。" : "Cases matched this row, but others decided.");
            } else if (state == RowState.NEVER) {
                comment(id, chinese ? "没有情景符合这一行。" : "No case matched this row.");
            }
            for (OfCondition condition : row.conditions()) {
                Integer column = columns.get(Attribute.chinese(condition.header()));
                if (column != null) {
                    boolean nothing = !condition.held() && !condition.decided();
                    XSSFCell cell = cell(sheet, at, column);
                    boolean whole = condition.held() && condition.failed() && condition.decided();
                    fill(cell, whole ? Paint.GOOD : nothing ? Paint.BAD : Paint.PARTLY);
                    if (!whole) {
                        comment(cell, missing(condition, chinese));
                    }
                }
            }
        }
    }

    private static String missing(OfCondition condition, boolean chinese) {
        return Stream.of(
                        condition.held() ? "" : chinese ? "没有情景使它成立。" : "No case makes it hold.",
                        condition.failed() ? "" : chinese ? "没有情景使它不成立。" : "No case makes it fail.",
                        condition.decided() ? "" : chinese ? "没有情景只差这一个条件。" : "No case lacks this condition alone.")
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining(chinese ? "" : " "));
    }

    private static String shortened(String text) {
        return text.length() <= 32_000 ? text : text.substring(0, 32_000) + "…";
    }

    private static String text(XSSFSheet sheet, int row, int column) {
        XSSFRow line = sheet.getRow(row);
        XSSFCell cell = line == null ? null : line.getCell(column);
        return cell == null || cell.getCellType() != CellType.STRING ? "" : cell.getStringCellValue();
    }

    private static XSSFCell cell(XSSFSheet sheet, int row, int column) {
        XSSFRow line = sheet.getRow(row) == null ? sheet.createRow(row) : sheet.getRow(row);
        return line.getCell(column, Row.MissingCellPolicy.CREATE_NULL_AS_BLANK);
    }

    private void fill(XSSFCell cell, Paint paint) {
        CellStyle own = cell.getCellStyle();
        cell.setCellStyle(styles.computeIfAbsent(paint, each -> new HashMap<>()).computeIfAbsent(own, like -> {
            var style = workbook.createCellStyle();
            style.cloneStyleFrom(like);
            style.setFillForegroundColor(new XSSFColor(HexFormat.of().parseHex(paint.hex), null));
            style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
            style.setWrapText(true);
            return style;
        }));
    }

    private void comment(XSSFCell cell, String text) {
        XSSFComment before = cell.getCellComment();
        String said = before == null ? "" : before.getString().getString() + "\n";
        if (before != null) {
            cell.removeCellComment();
        }
        ClientAnchor anchor = workbook.getCreationHelper().createClientAnchor();
        anchor.setCol1(cell.getColumnIndex() + 1);
        anchor.setCol2(cell.getColumnIndex() + 1 + COMMENT_COLUMNS);
        anchor.setRow1(cell.getRowIndex());
        anchor.setRow2(cell.getRowIndex() + COMMENT_ROWS);
        var comment = cell.getSheet().createDrawingPatriarch().createCellComment(anchor);
        comment.setString(workbook.getCreationHelper().createRichTextString((said + text).strip()));
        cell.setCellComment(comment);
    }
}
