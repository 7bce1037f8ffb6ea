package liandong.workbook;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import liandong.problem.Problem;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * A workbook with rows changed, added and removed, each found by its id in column A and, where several rows have one id
 * (the steps of a story), by its number among them.
 *
 * <p>Everything else stays as it is: styles, widths, drop-downs, the other rows and sheets.
 */
public final class RowEdits {
    private static final int FIRST_ROW = Formatted.HEADER_ROW + 1;
    private static final String NUMBER = "-?[0-9]{1,15}(\\.[0-9]{1,9})?";

    private RowEdits() {}

    /** What becomes of a row. */
    public enum Kind {
        /** Some of its cells get another text. */
        CHANGE,
        /** It is new. */
        ADD,
        /** It goes. */
        REMOVE
    }

    /**
     * Which row.
     *
     * @param id what stands in column A
     * @param nth its number among the rows with this id, from 1
     */
    public record Row(String id, int nth) {}

    /**
     * What becomes of one row.
     *
     * @param row which one, as the edits before this one have left the sheet
     * @param cells what is to stand in its cells, by the headers of their columns; empty texts empty a cell
     * @param behind of a new row, the rows before it, the nearest first: it comes behind the first that is there, or,
     *     when none is, above all
     */
    public record Edit(String sheet, Kind kind, Row row, Map<String, String> cells, List<Row> behind) {}

    /**
     * The workbook with its rows edited, in the order given.
     *
     * @param file the name to report
     * @param problems gets a file that cannot be edited
     * @return null when it cannot be edited, or lacks a sheet, a row or a column that is named
     */
    public static byte @Nullable [] of(String file, byte[] workbook, List<Edit> edits, Consumer<Problem> problems) {
        Optional<byte[]> made = Editable.edit(file, workbook, problems, open -> {
            for (Edit edit : edits) {
                if (!done(open, edit)) {
                    return Optional.<byte[]>empty();
                }
            }
            return Optional.of(Editable.bytes(open));
        });
        return made == null ? null : made.orElse(null);
    }

    private static boolean done(XSSFWorkbook workbook, Edit edit) {
        XSSFSheet sheet = workbook.getSheet(edit.sheet());
        if (sheet == null) {
            return false;
        }
        Map<String, Integer> columns = columns(sheet);
        if (!columns.keySet().containsAll(edit.cells().keySet())) {
            return false;
        }
        XSSFRow row = edit.kind() == Kind.ADD ? added(sheet, edit.behind()) : row(sheet, edit.row());
        if (row == null) {
            return false;
        }
        if (edit.kind() == Kind.REMOVE) {
            remove(sheet, row);
        } else {
            XSSFRow like = edit.kind() == Kind.ADD ? like(sheet, row.getRowNum()) : null;
            edit.cells().forEach((header, text) -> write(row, columns.getOrDefault(header, 0), text, like));
        }
        return true;
    }

    private static void remove(XSSFSheet sheet, XSSFRow row) {
        int at = row.getRowNum();
        int last = sheet.getLastRowNum();
        sheet.removeRow(row);
        if (at < last) {
            sheet.shiftRows(at + 1, last, -1, true, false);
        }
    }

    private static XSSFRow added(XSSFSheet sheet, List<Row> behind) {
        int at = FIRST_ROW;
        for (Row each : behind) {
            XSSFRow before = row(sheet, each);
            if (before != null) {
                at = before.getRowNum() + 1;
                break;
            }
        }
        if (at <= sheet.getLastRowNum()) {
            sheet.shiftRows(at, sheet.getLastRowNum(), 1, true, false);
        }
        XSSFRow added = sheet.createRow(at);
        XSSFRow like = like(sheet, at);
        if (like != null) {
            added.setHeight(like.getHeight());
            like.forEach(cell -> added.createCell(cell.getColumnIndex()).setCellStyle(cell.getCellStyle()));
        }
        return added;
    }

    /** The row whose looks a new one has. */
    private static @Nullable XSSFRow like(XSSFSheet sheet, int at) {
        return sheet.getRow(at > FIRST_ROW ? at - 1 : at + 1);
    }

    /**
     * Numbers stay numbers, where they were and in new rows; all else is text, as the grammar of cells wants it.
     *
     * @param like of a new row, the row whose looks it has; null for a row that was there
     */
    private static void write(XSSFRow row, int column, String text, @Nullable XSSFRow like) {
        XSSFCell cell = row.getCell(column);
        if (text.isEmpty()) {
            if (cell != null) {
                Editable.emptied(cell);
            }
            return;
        }
        if (cell == null) {
            cell = row.createCell(column);
        }
        if (isNumber(like == null ? cell : like.getCell(column)) && text.matches(NUMBER)) {
            cell.setCellValue(Double.parseDouble(text));
        } else {
            Editable.text(cell, text);
        }
    }

    private static boolean isNumber(@Nullable XSSFCell cell) {
        return cell != null && cell.getCellType() == CellType.NUMERIC && !DateUtil.isCellDateFormatted(cell);
    }

    private static @Nullable XSSFRow row(XSSFSheet sheet, Row wanted) {
        int nth = 0;
        for (int i = FIRST_ROW; i <= sheet.getLastRowNum(); i++) {
            XSSFRow row = sheet.getRow(i);
            if (row != null && Formatted.text(row.getCell(0)).equals(wanted.id()) && ++nth == wanted.nth()) {
                return row;
            }
        }
        return null;
    }

    private static Map<String, Integer> columns(XSSFSheet sheet) {
        var columns = new HashMap<String, Integer>();
        XSSFRow header = sheet.getRow(Formatted.HEADER_ROW);
        if (header != null) {
            for (int column = 0; column < header.getLastCellNum(); column++) {
                String text = Formatted.text(header.getCell(column));
                if (!text.isEmpty()) {
                    columns.putIfAbsent(text, column);
                }
            }
        }
        return columns;
    }
}
