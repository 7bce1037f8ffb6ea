package liandong.workbook;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.table.SheetSchema;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.PaneInformation;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/** How sheets look: headers, widths, dates. */
final class Looks {
    private static final String DATE_FORMAT = "yyyy-mm-dd";
    private static final Pattern DATE = Pattern.compile("(\\d{4})(?:-|/|\\.|年)(\\d{1,2})(?:-|/|\\.|月)(\\d{1,2})日?");
    private static final int LEAST_WIDTH = 8;
    private static final int MOST_WIDTH = 48;
    private static final int MARGIN = 3; // of the arrow of a drop-down
    private static final int UNIT = 256; // of a column's width: a 256th of a character
    private static final int FIRST_WIDE = 0x2E80; // from here on, characters are as wide as high
    private static final int MOST_MEASURED = 2_000;

    private final XSSFWorkbook workbook;
    private final DataFormatter formatter = new DataFormatter();
    private final Map<Integer, XSSFCellStyle> dated = new HashMap<>();
    private @Nullable XSSFCellStyle header;

    Looks(XSSFWorkbook workbook) {
        this.workbook = workbook;
    }

    /** Styles headers that have no style; how many. */
    int header(Formatted.Page page) {
        int styled = 0;
        XSSFRow row = page.sheet().getRow(Formatted.HEADER_ROW);
        for (int column = 0; column < page.headers().size(); column++) {
            XSSFCell cell = row.getCell(column);
            if (!page.headers().get(column).isEmpty()
                    && cell.getCellStyle().getFillPattern() == FillPatternType.NO_FILL
                    && !cell.getCellStyle().getFont().getBold()) {
                cell.setCellStyle(header());
                styled++;
            }
        }
        return styled;
    }

    private XSSFCellStyle header() {
        if (header == null) {
            XSSFFont font = workbook.createFont();
            font.setBold(true);
            font.setColor(new XSSFColor(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF}, null));
            header = workbook.createCellStyle();
            header.setFont(font);
            header.setWrapText(true);
            header.setVerticalAlignment(VerticalAlignment.CENTER);
            header.setFillPattern(FillPatternType.SOLID_FOREGROUND);
            header.setFillForegroundColor(new XSSFColor(new byte[] {0x1F, 0x38, 0x64}, null));
        }
        return header;
    }

    /** Freezes the title, the header and the ids. */
    int freeze(Formatted.Page page) {
        PaneInformation pane = page.sheet().getPaneInformation();
        if (pane != null && pane.isFreezePane() && pane.getHorizontalSplitPosition() == Formatted.HEADER_ROW + 1) {
            return 0;
        }
        page.sheet().createFreezePane(1, Formatted.HEADER_ROW + 1);
        return 1;
    }

    /** Puts filter buttons into the header; how many sheets had none. */
    int filter(Formatted.Page page) {
        XSSFSheet sheet = page.sheet();
        if (sheet.getCTWorksheet().isSetAutoFilter() || !sheet.getTables().isEmpty()) {
            return 0;
        }
        int last = Math.max(Formatted.HEADER_ROW, sheet.getLastRowNum());
        sheet.setAutoFilter(new CellRangeAddress(
                Formatted.HEADER_ROW, last, 0, page.headers().size() - 1));
        return 1;
    }

    /** Widens columns whose width nobody has set; how many. */
    int widen(Formatted.Page page) {
        XSSFSheet sheet = page.sheet();
        int widened = 0;
        for (int column = 0; column < page.headers().size(); column++) {
            var set = sheet.getColumnHelper().getColumn(column, false);
            if (page.headers().get(column).isEmpty() || (set != null && set.getCustomWidth())) {
                continue;
            }
            int needed = width(page.headers().get(column));
            for (XSSFRow row : page.rows().stream().limit(MOST_MEASURED).toList()) {
                XSSFCell cell = row.getCell(column);
                needed = Math.max(needed, cell == null ? 0 : width(formatter.formatCellValue(cell)));
            }
            sheet.setColumnWidth(column, Math.min(Math.max(needed + MARGIN, LEAST_WIDTH), MOST_WIDTH) * UNIT);
            widened++;
        }
        return widened;
    }

    /** How many half-width characters the longest line of a text takes. */
    static int width(String text) {
        return text.lines()
                .mapToInt(line ->
                        line.codePoints().map(c -> c >= FIRST_WIDE ? 2 : 1).sum())
                .max()
                .orElse(0);
    }

    /** Makes dates of texts that are dates; how many. */
    int dates(Formatted.Page page) {
        int made = 0;
        for (int column : page.columns(SheetSchema.Kind.DATE)) {
            for (XSSFRow row : page.rows()) {
                XSSFCell cell = row.getCell(column);
                LocalDate date =
                        cell == null || cell.getCellType() != CellType.STRING ? null : date(Formatted.text(cell));
                if (cell != null && date != null) {
                    cell.setCellStyle(dated(cell.getCellStyle()));
                    Editable.emptied(cell).setCellValue(date);
                    made++;
                }
            }
        }
        return made;
    }

    private static @Nullable LocalDate date(String text) {
        Matcher date = DATE.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC));
        try {
            return date.matches()
                    ? LocalDate.of(
                            Integer.parseInt(date.group(1)),
                            Integer.parseInt(date.group(2)),
                            Integer.parseInt(date.group(3)))
                    : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private XSSFCellStyle dated(XSSFCellStyle before) {
        if (before.getDataFormatString().equals(DATE_FORMAT)) {
            return before;
        }
        return dated.computeIfAbsent((int) before.getIndex(), index -> {
            XSSFCellStyle style = workbook.createCellStyle();
            style.cloneStyleFrom(before);
            style.setDataFormat(workbook.createDataFormat().getFormat(DATE_FORMAT));
            return style;
        });
    }
}
