package liandong.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/** Reads the sheets of a workbook as they stand, understanding nothing yet. */
public final class WorkbookReader {
    private static final int MAX_CELLS = 4_000_000;
    private static final int MAX_COLUMNS = 256;

    private WorkbookReader() {}

    /**
     * Reads every sheet of a workbook.
     *
     * @param file the name to report
     * @param bytes the .xlsx file
     * @param problems told of a file that cannot be read or is too large
     * @return its sheets in their order; empty when the file cannot be read
     */
    public static List<SheetData> read(String file, byte[] bytes, Consumer<Problem> problems) {
        var sheets = new ArrayList<SheetData>();
        var options = new ReadingOptions(true, true);
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(bytes), options)) {
            int cells = 0;
            Map<String, List<MergedCells.Block>> merged = MergedCells.bySheet(bytes);
            for (Sheet sheet : workbook.getSheets().toList()) {
                var lines = new ArrayList<SheetData.Line>();
                try (Stream<Row> rows = sheet.openStream()) {
                    for (Row row : (Iterable<Row>) rows::iterator) {
                        SheetData.Line line = line(row);
                        cells += line.cells().size();
                        if (cells > MAX_CELLS || row.getCellCount() > MAX_COLUMNS) {
                            problems.accept(Problem.of(
                                    Code.TOO_LARGE,
                                    new FileRef(file),
                                    sheet.getName() + ", " + row.getRowNum(),
                                    MAX_CELLS + " × " + MAX_COLUMNS));
                            return List.of();
                        }
                        if (!line.isBlank()) {
                            lines.add(line);
                        }
                    }
                }
                sheets.add(new SheetData(
                        file, sheet.getName(), List.copyOf(lines), merged.getOrDefault(sheet.getId(), List.of())));
            }
        } catch (IOException | RuntimeException e) { // the XML reader throws what it likes at damaged content
            problems.accept(Problem.of(Code.UNREADABLE_WORKBOOK, new FileRef(file), file));
            return List.of();
        }
        if (sheets.isEmpty()) { // a damaged list of sheets reads as an empty one
            problems.accept(Problem.of(Code.UNREADABLE_WORKBOOK, new FileRef(file), file));
        }
        return List.copyOf(sheets);
    }

    private static SheetData.Line line(Row row) {
        var cells = new ArrayList<Cell>();
        int columns = Math.min(row.getCellCount(), MAX_COLUMNS);
        for (int i = 0; i < columns; i++) {
            org.dhatim.fastexcel.reader.Cell cell = row.hasCell(i) ? row.getCell(i) : null;
            cells.add(cell == null ? Cell.EMPTY : cell(cell));
        }
        while (!cells.isEmpty() && cells.get(cells.size() - 1).isEmpty()) {
            cells.remove(cells.size() - 1);
        }
        return new SheetData.Line(row.getRowNum(), row.isHidden(), cells);
    }

    private static Cell cell(org.dhatim.fastexcel.reader.Cell cell) {
        Object value = cell.getValue();
        if (cell.getType() == CellType.ERROR || value == null) {
            String raw = cell.getRawValue();
            if (cell.getType() == CellType.ERROR) {
                return new Cell(raw == null ? "#" : raw, null, null, true);
            }
            // A program other than a spreadsheet wrote the formula, and nobody has computed it yet.
            return cell.getFormula() == null ? Cell.EMPTY : new Cell("=" + cell.getFormula(), null, null, true);
        }
        if (value instanceof BigDecimal number) {
            if (isDate(cell)) {
                LocalDate date = cell.asDate().toLocalDate();
                return new Cell(date.toString(), number, date, false);
            }
            // Binary fractions are stored as 0.10000000000000001; people see, and mean, 15 digits.
            BigDecimal seen = number.round(new java.math.MathContext(15)).stripTrailingZeros();
            return new Cell(seen.toPlainString(), seen, null, false);
        }
        if (value instanceof Boolean yes) {
            return new Cell(yes ? "是" : "否", null, null, false);
        }
        String text = value.toString().strip();
        return new Cell(text, null, null, text.startsWith("#") && ERRORS.contains(text));
    }

    private static final List<String> ERRORS =
            List.of("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!");

    /** Ids of the date formats every spreadsheet program has, the East Asian ones included (ECMA-376, 18.8.30). */
    private static final Set<Integer> BUILT_IN_DATES =
            Set.of(14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58);

    private static boolean isDate(org.dhatim.fastexcel.reader.Cell cell) {
        Integer id = cell.getDataFormatId();
        if (id != null && BUILT_IN_DATES.contains(id)) {
            return true;
        }
        String format = cell.getDataFormatString();
        if (format == null) {
            return false;
        }
        String letters = format.toLowerCase(Locale.ROOT).replaceAll("\"[^\"]*\"|\\[[^]]*]|\\\\.", "");
        return letters.contains("y") || (letters.contains("d") && letters.contains("m"));
    }
}
