package liandong.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.sheet.Cell;
import liandong.sheet.SheetData;
import org.jspecify.annotations.Nullable;

/**
 * A sheet whose columns are whatever its header row names: a title row, a header row, then data.
 *
 * @param sheet the sheet
 * @param header the row of its header, from 1
 * @param headings its columns that have a header
 * @param entries its rows of data, in their order
 */
public record FreeColumnSheet(SheetData sheet, int header, List<Heading> headings, List<Entry> entries) {
    /**
     * A column.
     *
     * @param text the header as it stands
     * @param name the part of it that counts: up to the first space
     * @param column where it stands, from 0
     */
    public record Heading(String text, String name, int column) {}

    /** One row of data. */
    public static final class Entry {
        private final SheetData.Line line;

        Entry(SheetData.Line line) {
            this.line = line;
        }

        /** The row as the spreadsheet program numbers it, from 1. */
        public int row() {
            return line.number();
        }

        /** What stands in a column, from 0. */
        public Cell cell(int column) {
            return line.cell(column);
        }
    }

    /**
     * Reads a sheet.
     *
     * @param known the columns there can be
     * @param needed those that the sheet cannot do without
     * @param problems gets a header row that stands elsewhere, columns without header or named twice, gaps, hidden rows and
     *     merged cells
     * @return the sheet; null where no row names its columns, which has been told
     */
    public static @Nullable FreeColumnSheet read(
            SheetData sheet, Collection<String> known, List<String> needed, Consumer<Problem> problems) {
        var names = new HashMap<String, String>();
        known.forEach(name -> names.put(name, ""));
        HeaderRow header = HeaderRow.of(sheet, names, needed, problems);
        return header.isLost() ? null : read(sheet, header, problems);
    }

    /** Reads a sheet whose header is where it should be, of which nothing is told any more. */
    public static FreeColumnSheet read(SheetData sheet) {
        return read(sheet, HeaderRow.second(sheet), problem -> {});
    }

    private static FreeColumnSheet read(SheetData sheet, HeaderRow header, Consumer<Problem> problems) {
        List<SheetData.Line> data = SheetReader.data(sheet, header, problems);
        int width = data.stream().mapToInt(line -> line.cells().size()).max().orElse(0);
        var headings = new ArrayList<Heading>();
        var names = new ArrayList<String>();
        for (int column = 0; column < Math.max(width, header.line().cells().size()); column++) {
            String text = header.cell(column).text();
            int at = column;
            if (text.isEmpty()) {
                if (data.stream().anyMatch(line -> !line.cell(at).isEmpty())) {
                    problems.accept(Problem.of(
                            Code.MISSING_HEADER,
                            sheet.at(header.number(), column),
                            sheet.at(header.number(), column).toString().replaceFirst(".*!([A-Z]+)\\d+$", "$1"),
                            ""));
                }
                continue;
            }
            String name = Attribute.chinese(text);
            if (names.contains(name)) {
                problems.accept(Problem.of(Code.DUPLICATE_COLUMN, sheet.at(header.number(), column), text));
            } else {
                names.add(name);
                headings.add(new Heading(text, name, column));
            }
        }
        return new FreeColumnSheet(
                sheet,
                header.number(),
                List.copyOf(headings),
                data.stream().map(Entry::new).toList());
    }

    /** The place of a header. */
    public CellRef at(Heading heading) {
        return sheet.at(header, heading.column());
    }
}
