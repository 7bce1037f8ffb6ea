package liandong.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Workbooks from cells as a person types them, so that a reader of a test sees the bad cell.
 *
 * <p>As in a spreadsheet program, {@code 5} becomes a number, {@code 2026-01-31} a date, {@code =A1} a formula and {@code
 * '5} the text 5. {@code =A1 → 5} is a formula whose last value the program has stored; without one it has stored none.
 */
public final class Workbooks {
    private static final String HIDDEN = "\u0001";
    private static final String STORED = " → ";
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern FORMULA =
            Pattern.compile("<c r=\"(\\w+)\"([^>]*)><f>([^<]*)" + STORED + "([^<]*)</f>(<v>[^<]*</v>)?");

    private Workbooks() {}

    /** A row that is hidden. */
    public static String[] hidden(String... cells) {
        String[] hidden = cells.clone();
        hidden[0] = HIDDEN + hidden[0];
        return hidden;
    }

    /** The .xlsx file with these sheets, in the order of the map. */
    public static byte[] xlsx(Map<String, String[][]> sheets) {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "test", "1.0")) {
            sheets.forEach((name, rows) -> write(workbook.newWorksheet(name), rows));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean stored = sheets.values().stream()
                .flatMap(Arrays::stream)
                .flatMap(Arrays::stream)
                .anyMatch(cell -> cell.startsWith("=") && cell.contains(STORED));
        return stored ? withStoredValues(bytes.toByteArray()) : bytes.toByteArray();
    }

    private static void write(Worksheet sheet, String[][] rows) {
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < rows[row].length; column++) {
                String cell = rows[row][column];
                if (column == 0 && cell.startsWith(HIDDEN)) {
                    sheet.hideRow(row);
                    cell = cell.substring(1);
                }
                write(sheet, row, column, cell);
            }
        }
    }

    private static void write(Worksheet sheet, int row, int column, String cell) {
        if (cell.startsWith("=")) {
            sheet.formula(row, column, cell.substring(1));
            if (cell.contains(STORED) && DATE.matcher(stored(cell)).matches()) {
                sheet.style(row, column).format("yyyy-mm-dd").set();
            }
        } else if (cell.startsWith("'")) {
            sheet.value(row, column, cell.substring(1));
        } else if (NUMBER.matcher(cell).matches()) {
            sheet.value(row, column, new BigDecimal(cell));
        } else if (DATE.matcher(cell).matches()) {
            sheet.value(row, column, LocalDate.parse(cell));
            sheet.style(row, column).format("yyyy-mm-dd").set();
        } else if (cell.equals("TRUE") || cell.equals("FALSE")) {
            sheet.value(row, column, cell.equals("TRUE"));
        } else if (!cell.isEmpty()) {
            sheet.value(row, column, cell);
        }
    }

    private static String stored(String cell) {
        return cell.substring(cell.indexOf(STORED) + STORED.length());
    }

    /** The writer has no way to store the value of a formula; a spreadsheet program does. */
    private static byte[] withStoredValues(byte[] workbook) {
        var bytes = new ByteArrayOutputStream();
        try {
            Path file = Files.createTempFile("workbook", ".xlsx");
            Files.write(file, workbook);
            try (var in = new ZipFile(file.toFile());
                    var out = new ZipOutputStream(bytes)) {
                for (ZipEntry entry : Collections.list(in.entries())) {
                    byte[] content = in.getInputStream(entry).readAllBytes();
                    if (entry.getName().startsWith("xl/worksheets/")) {
                        String xml = new String(content, StandardCharsets.UTF_8);
                        content = FORMULA.matcher(xml)
                                .replaceAll(match -> "<c r=\"$1\"$2" + type(match.group(4)) + "><f>$3</f><v>"
                                        + value(match.group(4)) + "</v>")
                                .getBytes(StandardCharsets.UTF_8);
                    }
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    out.write(content);
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String type(String stored) {
        if (NUMBER.matcher(stored).matches() || DATE.matcher(stored).matches()) {
            return "";
        }
        return stored.startsWith("#") ? " t=\"e\"" : " t=\"str\"";
    }

    private static String value(String stored) {
        if (!DATE.matcher(stored).matches()) {
            return stored;
        }
        // Spreadsheet programs count days from the last of 1899.
        return String.valueOf(LocalDate.parse(stored).toEpochDay()
                - LocalDate.parse("1899-12-30").toEpochDay());
    }
}
