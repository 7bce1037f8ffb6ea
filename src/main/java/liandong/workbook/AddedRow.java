package liandong.workbook;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.problem.Problem;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * A workbook with one more row of a table, above those that it takes the place of, which end (加一行).
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
     * @param key the header of the column by which it is known which rows it takes the place of
     * @param conditions the headers of the other columns that must be empty in a row for it to end
     * @param cells what stands in it, by header; ids follow those of the sheet
     * @param day the last day of the rows that end
     */
    public record NewRow(String sheet, String key, Set<String> conditions, Map<String, String> cells, LocalDate day) {}

    /**
     * The workbook with the row.
     *
     * @param file the name to report
     * @param problems gets a file that cannot be edited
     * @return null when it cannot be edited, or has no such sheet
     */
    public static byte @Nullable [] of(String file, byte[] bytes, NewRow row, Consumer<Problem> problems) {
        byte[] made = Editable.edit(file, bytes, problems, workbook -> {
            XSSFSheet sheet = workbook.getSheet(row.sheet());
            return sheet == null ? new byte[0] : added(workbook, sheet, row);
        });
        return made == null || made.length == 0 ? null : made;
    }

    private static byte[] added(XSSFWorkbook workbook, XSSFSheet sheet, NewRow row) {
        Map<String, Integer> columns = columns(sheet);
        var ended = new HashSet<Integer>();
        int at = sheet.getLastRowNum() + 1;
        String id = "";
        for (int i = FIRST_ROW; i <= sheet.getLastRowNum(); i++) {
            id = later(id, text(sheet.getRow(i), 0));
            if (!text(sheet.getRow(i), columns.getOrDefault(row.key(), 0))
                    .equals(row.cells().get(row.key()))) {
                continue;
            }
            at = Math.min(at, i);
            XSSFRow old = sheet.getRow(i);
            if (row.conditions().stream()
                            .allMatch(name ->
                                    text(old, columns.getOrDefault(name, -1)).isEmpty())
                    && text(old, columns.getOrDefault(UNTIL, -1)).isEmpty()) {
                ended.add(i);
            }
        }
        Integer until = columns.get(UNTIL);
        if (until != null) {
            ended.forEach(
                    i -> Editable.text(cell(sheet.getRow(i), until), row.day().toString()));
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
        Editable.text(cell(added, 0), next(id));
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
