package liandong.workbook;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.problem.Problem;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * A workbook with one more row of a table, above the one whose place it takes, which may end (加一行).
 *
 * <p>Everything else stays as it is: styles, widths, drop-downs, the other sheets.
 */
public final class AddedRow {
    private static final Pattern ID = Pattern.compile("(.*?)(\\d{1,9})");
    private static final int FIRST_ROW = Formatted.HEADER_ROW + 1;
    private static final String UNTIL = "失效";

    private AddedRow() {}

    /**
     * A row to be added.
     *
     * @param sheet the sheet
     * @param above the row above which it stands, as the spreadsheet program numbers it; 0 for the end of the sheet
     * @param inherited the headers of the columns that it has as that row does
     * @param cells what stands in it, by header; ids follow those of the sheet
     * @param lastDay the last day of the row below it, which ends; null when that one stays
     */
    public record NewRow(
            String sheet,
            int above,
            Set<String> inherited,
            Map<String, String> cells,
            @Nullable LocalDate lastDay) {}

    /**
     * A workbook with one more row.
     *
     * @param bytes the workbook
     * @param id the row's id
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    public record Added(byte[] bytes, String id) {}

    /**
     * The workbook with the row.
     *
     * @param file the name to report
     * @param problems gets a file that cannot be edited
     * @return null when it cannot be edited, or has no such sheet
     */
    public static @Nullable Added of(String file, byte[] bytes, NewRow row, Consumer<Problem> problems) {
        var id = new String[1];
        byte[] made = Editable.edit(file, bytes, problems, workbook -> {
            XSSFSheet sheet = workbook.getSheet(row.sheet());
            return sheet == null ? new byte[0] : added(workbook, sheet, row, id);
        });
        String given = id[0];
        return made == null || given == null ? null : new Added(made, given);
    }

    private static byte[] added(XSSFWorkbook workbook, XSSFSheet sheet, NewRow row, @Nullable String[] given) {
        Map<String, Integer> columns = columns(sheet);
        int at = row.above() == 0 ? sheet.getLastRowNum() + 1 : row.above() - 1;
        String id = "";
        for (int i = FIRST_ROW; i <= sheet.getLastRowNum(); i++) {
            id = later(id, text(sheet.getRow(i), 0));
        }
        XSSFRow below = sheet.getRow(at);
        Integer until = columns.get(UNTIL);
        LocalDate lastDay = row.lastDay();
        if (until != null && below != null && lastDay != null) {
            Editable.text(cell(below, until), lastDay.toString());
        }
        if (at <= sheet.getLastRowNum()) {
            sheet.shiftRows(at, sheet.getLastRowNum(), 1, true, false);
        }
        XSSFRow added = sheet.createRow(at);
        XSSFRow like = sheet.getRow(at < sheet.getLastRowNum() ? at + 1 : at - 1);
        if (like != null && like.getRowNum() >= FIRST_ROW) {
            added.setHeight(like.getHeight());
            like.forEach(cell -> added.createCell(cell.getColumnIndex()).setCellStyle(cell.getCellStyle()));
        }
        String next = next(id);
        given[0] = next;
        Editable.text(cell(added, 0), next);
        for (String header : row.inherited()) {
            Integer column = columns.get(header);
            if (like != null && column != null && !row.cells().containsKey(header)) {
                XSSFCell from = like.getCell(column);
                if (from != null) {
                    value(from, cell(added, column));
                }
            }
        }
        row.cells().forEach((header, value) -> {
            Integer column = columns.get(header);
            if (column != null && !value.isEmpty()) {
                Editable.text(cell(added, column), value);
            }
        });
        return Editable.bytes(workbook);
    }

    private static XSSFCell cell(XSSFRow row, int column) {
        XSSFCell cell = row.getCell(column);
        return cell == null ? row.createCell(column) : cell;
    }

    /** Puts into a cell what another of its style holds: a number and a date as such, of a formula what it came to. */
    private static void value(XSSFCell from, XSSFCell to) {
        CellType type = from.getCellType() == CellType.FORMULA ? from.getCachedFormulaResultType() : from.getCellType();
        if (type == CellType.NUMERIC) {
            to.setCellValue(from.getNumericCellValue());
        } else if (type == CellType.BOOLEAN) {
            to.setCellValue(from.getBooleanCellValue());
        } else if (type == CellType.STRING) {
            Editable.text(to, from.getStringCellValue().strip());
        }
    }

    /** The columns by the Chinese part of their headers. */
    private static Map<String, Integer> columns(XSSFSheet sheet) {
        var columns = new HashMap<String, Integer>();
        XSSFRow header = sheet.getRow(Formatted.HEADER_ROW);
        if (header != null) {
            header.forEach(cell ->
                    columns.putIfAbsent(text(header, cell.getColumnIndex()).split(" ", -1)[0], cell.getColumnIndex()));
        }
        return columns;
    }

    private static String text(@Nullable XSSFRow row, int column) {
        XSSFCell cell = row == null || column < 0 ? null : row.getCell(column);
        return cell == null ? "" : cell.toString().strip();
    }

    /** Of two ids the one with the higher number. */
    private static String later(String one, String other) {
        Matcher first = ID.matcher(one);
        Matcher second = ID.matcher(other);
        boolean later = second.matches()
                && (!first.matches() || Integer.parseInt(second.group(2)) > Integer.parseInt(first.group(2)));
        return later ? other : one;
    }

    private static String next(String id) {
        Matcher last = ID.matcher(id);
        return last.matches()
                ? last.group(1)
                        + String.format("%0" + last.group(2).length() + "d", Integer.parseInt(last.group(2)) + 1)
                : "NEW-0001";
    }
}
