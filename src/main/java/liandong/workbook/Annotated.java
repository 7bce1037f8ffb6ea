package liandong.workbook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import liandong.problem.CellRef;
import liandong.problem.Phrasebook;
import liandong.problem.Problem;
import liandong.problem.ProblemSeverity;
import liandong.sheet.GeneratedSheets;
import org.apache.poi.common.usermodel.HyperlinkType;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a workbook that shows what was found: cells coloured by severity, a comment on each, and a first sheet that
 * lists all findings with links to their cells.
 *
 * <p>Everything else stays as it was. Annotating an annotated copy replaces what the earlier check has put on.
 */
public final class Annotated {
    private static final Phrasebook PHRASES = new Phrasebook("liandong.workbook.messages");
    private static final int MAX_LISTED = 10_000;
    private static final int HEADER_ROW = 3;
    private static final int UNIT = 256; // of a column's width: a 256th of a character
    private static final List<String> HEADERS = List.of("severity", "place", "code", "message", "help");
    private static final int[] WIDTHS = {9, 26, 26, 64, 64};
    private static final int TITLE_POINTS = 30;
    private static final int LINE_POINTS = 17;
    private static final String LETTERS = "微软雅黑";

    private Annotated() {}

    /**
     * Marks findings in a workbook.
     *
     * @param file the workbook's name, as the findings' places have it
     * @param workbook the .xlsx file
     * @param findings those about this workbook, and others that its reader should see; only cells of this workbook are
     *     marked
     * @param locale the language of messages
     * @param problems gets a file that cannot be read, or is too large to edit
     * @return the copy; null when there is none
     */
    public static byte @Nullable [] copy(
            String file, byte[] workbook, List<Problem> findings, Locale locale, Consumer<Problem> problems) {
        return Editable.edit(file, workbook, problems, copy -> {
            clean(copy);
            var bySheet = new LinkedHashMap<String, Map<CellAddress, List<Problem>>>();
            for (Problem finding : findings) {
                if (finding.at() instanceof CellRef cell && isIn(copy, file, cell)) {
                    bySheet.computeIfAbsent(cell.sheet(), sheet -> new TreeMap<>())
                            .computeIfAbsent(new CellAddress(cell.row() - 1, cell.column()), at -> new ArrayList<>())
                            .add(finding);
                }
            }
            bySheet.forEach((sheet, cells) -> mark(copy.getSheet(sheet), cells, locale));
            list(copy, file, findings, locale);
            return Editable.bytes(copy);
        });
    }

    /** Takes off what an earlier check has put on. */
    static boolean clean(XSSFWorkbook workbook) {
        int old = workbook.getSheetIndex(GeneratedSheets.FINDINGS);
        if (old < 0) {
            return false;
        }
        workbook.removeSheetAt(old);
        workbook.sheetIterator().forEachRemaining(sheet -> new CellHighlights((XSSFSheet) sheet).takeOff());
        return true;
    }

    private static boolean isIn(XSSFWorkbook workbook, String file, CellRef cell) {
        return cell.file().equals(file) && workbook.getSheet(cell.sheet()) != null;
    }

    private static void mark(XSSFSheet sheet, Map<CellAddress, List<Problem>> cells, Locale locale) {
        var marks = new CellHighlights(sheet);
        var worst = new LinkedHashMap<CellAddress, ProblemSeverity>();
        var texts = new LinkedHashMap<CellAddress, String>();
        cells.forEach((at, found) -> {
            worst.put(
                    at,
                    found.stream()
                            .map(each -> each.code().severity())
                            .sorted()
                            .toList()
                            .get(0));
            var text = new StringBuilder();
            found.forEach(problem -> {
                String help = problem.help(locale);
                text.append(text.isEmpty() ? "" : "\n")
                        .append(problem.message(locale))
                        .append(help.isEmpty() ? "" : "\n→ " + help);
            });
            texts.put(at, text.toString());
        });
        marks.colour(worst);
        marks.comment(texts);
    }

    private static void list(XSSFWorkbook workbook, String file, List<Problem> findings, Locale locale) {
        XSSFSheet sheet = workbook.createSheet(GeneratedSheets.FINDINGS);
        var styles = new Styles(workbook);
        for (int i = 0; i < WIDTHS.length; i++) {
            sheet.setColumnWidth(i, WIDTHS[i] * UNIT);
        }
        var counts = new EnumMap<ProblemSeverity, Integer>(ProblemSeverity.class);
        findings.forEach(each -> counts.merge(each.code().severity(), 1, Integer::sum));
        XSSFRow title = sheet.createRow(0);
        title.setHeightInPoints(TITLE_POINTS);
        text(
                title,
                0,
                say(
                        "title",
                        locale,
                        counts.getOrDefault(ProblemSeverity.ERROR, 0),
                        counts.getOrDefault(ProblemSeverity.WARNING, 0),
                        counts.getOrDefault(ProblemSeverity.NOTE, 0)),
                styles.title);
        text(sheet.createRow(1), 0, say("hint", locale), styles.hint);
        if (findings.size() > MAX_LISTED) {
            text(sheet.createRow(2), 0, say("more", locale, MAX_LISTED), styles.hint);
        }
        XSSFRow header = sheet.createRow(HEADER_ROW);
        for (int i = 0; i < HEADERS.size(); i++) {
            text(header, i, say(HEADERS.get(i), locale), styles.header);
        }
        int next = HEADER_ROW + 1;
        for (Problem finding : findings.subList(0, Math.min(findings.size(), MAX_LISTED))) {
            XSSFRow row = sheet.createRow(next++);
            ProblemSeverity severity = finding.code().severity();
            text(row, 0, say(severity.name(), locale), styles.severity(severity));
            boolean linked = finding.at() instanceof CellRef cell && isIn(workbook, file, cell);
            XSSFCell place = text(row, 1, finding.at().toString(), linked ? styles.link : styles.text);
            if (linked && finding.at() instanceof CellRef cell) {
                var link = workbook.getCreationHelper().createHyperlink(HyperlinkType.DOCUMENT);
                link.setAddress("'" + cell.sheet().replace("'", "''") + "'!" + cell.cell());
                place.setHyperlink(link);
            }
            text(row, 2, finding.code().name(), styles.text);
            text(row, 3, finding.message(locale), styles.text);
            text(row, 4, finding.help(locale), styles.text);
            int lines = 1;
            for (int i = 1; i < WIDTHS.length; i++) {
                lines = Math.max(lines, 1 + Looks.width(row.getCell(i).getStringCellValue()) / WIDTHS[i]);
            }
            row.setHeightInPoints(lines * LINE_POINTS);
        }
        sheet.createFreezePane(0, HEADER_ROW + 1);
        sheet.setDisplayGridlines(false);
        Printing.setUp(sheet, HEADER_ROW);
        open(workbook);
    }

    /** Puts the list in front and shows it; of several selected sheets an edit would go into all. */
    private static void open(XSSFWorkbook workbook) {
        workbook.setSheetOrder(GeneratedSheets.FINDINGS, 0);
        workbook.sheetIterator().forEachRemaining(sheet -> sheet.setSelected(false));
        workbook.setActiveSheet(0);
        workbook.setFirstVisibleTab(0);
        workbook.getSheetAt(0).setSelected(true);
    }

    private static XSSFCell text(XSSFRow row, int column, String text, XSSFCellStyle style) {
        XSSFCell cell = row.createCell(column);
        Editable.text(cell, text);
        cell.setCellStyle(style);
        return cell;
    }

    private static String say(String key, Locale locale, Object... args) {
        return PHRASES.text(
                key, locale, Arrays.stream(args).map(String::valueOf).toList());
    }

    /** How the list looks. */
    private static final class Styles {
        private final XSSFWorkbook workbook;
        private final XSSFCellStyle title;
        private final XSSFCellStyle hint;
        private final XSSFCellStyle header;
        private final XSSFCellStyle text;
        private final XSSFCellStyle link;
        private final Map<ProblemSeverity, XSSFCellStyle> severities = new EnumMap<>(ProblemSeverity.class);

        Styles(XSSFWorkbook workbook) {
            this.workbook = workbook;
            title = style(font(16, true, 0x1F3864));
            hint = style(font(10, false, 0x595959));
            header = boxed(style(font(11, true, 0xFFFFFF)));
            fill(header, new XSSFColor(new byte[] {0x1F, 0x38, 0x64}, null));
            text = boxed(style(font(11, false, 0x000000)));
            XSSFFont blue = font(11, false, 0x0563C1);
            blue.setUnderline(XSSFFont.U_SINGLE);
            link = boxed(style(blue));
        }

        XSSFCellStyle severity(ProblemSeverity severity) {
            return severities.computeIfAbsent(severity, each -> {
                XSSFCellStyle style = boxed(style(font(11, true, 0x000000)));
                fill(style, CellHighlights.colour(each));
                return style;
            });
        }

        private XSSFFont font(int points, boolean bold, int rgb) {
            XSSFFont font = workbook.createFont();
            font.setFontName(LETTERS);
            font.setFontHeightInPoints((short) points);
            font.setBold(bold);
            font.setColor(new XSSFColor(new byte[] {(byte) (rgb >> 16), (byte) (rgb >> 8), (byte) rgb}, null));
            return font;
        }

        private XSSFCellStyle style(XSSFFont font) {
            XSSFCellStyle style = workbook.createCellStyle();
            style.setFont(font);
            style.setVerticalAlignment(VerticalAlignment.TOP);
            return style;
        }

        private static XSSFCellStyle boxed(XSSFCellStyle style) {
            style.setWrapText(true);
            style.setBorderBottom(BorderStyle.THIN);
            style.setBottomBorderColor(new XSSFColor(new byte[] {(byte) 0xD9, (byte) 0xD9, (byte) 0xD9}, null));
            return style;
        }

        private static void fill(XSSFCellStyle style, XSSFColor colour) {
            style.setFillForegroundColor(colour);
            style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
        }
    }
}
