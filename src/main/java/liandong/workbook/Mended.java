package liandong.workbook;

import java.util.Optional;
import java.util.function.Consumer;
import liandong.problem.CellRef;
import liandong.problem.Mend;
import liandong.problem.Problem;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/** A workbook in which one cell was mended; everything else in it stays as it is. */
public final class Mended {
    private Mended() {}

    /**
     * What was done to a cell.
     *
     * @param bytes the workbook
     * @param from what stood in the cell
     * @param to what stands there now
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    public record Result(byte[] bytes, String from, String to) {}

    /**
     * Writes a mend into its cell.
     *
     * @param workbook the .xlsx file
     * @param problems gets a file that cannot be edited
     * @return null when it cannot be edited, or the cell holds a formula, or no more what was to be mended
     */
    public static @Nullable Result of(byte[] workbook, CellRef at, Mend mend, Consumer<Problem> problems) {
        Optional<Result> made = Editable.edit(at.file(), workbook, problems, open -> {
            XSSFCell cell = cell(open, at);
            String from = cell == null ? null : text(cell);
            String to = from == null ? null : mend.in(from);
            if (cell == null || from == null || to == null) {
                return Optional.<Result>empty();
            }
            Editable.text(cell, to);
            return Optional.of(new Result(Editable.bytes(open), from, to));
        });
        return made == null ? null : made.orElse(null);
    }

    private static @Nullable XSSFCell cell(XSSFWorkbook workbook, CellRef at) {
        XSSFSheet sheet = workbook.getSheet(at.sheet());
        XSSFRow row = sheet == null ? null : sheet.getRow(at.row() - 1);
        return row == null ? null : row.getCell(at.column());
    }

    /** What a reader sees in it; null when that is made by a formula, or is no text and no number. */
    private static @Nullable String text(XSSFCell cell) {
        return switch (cell.getCellType()) {
            case STRING -> cell.getStringCellValue();
            case NUMERIC -> cell.getRawValue();
            default -> null;
        };
    }
}
