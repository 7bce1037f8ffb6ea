package liandong.problem;

/**
 * A cell of a workbook.
 *
 * @param file the workbook's name, e.g. {@code "routing.xlsx"}
 * @param sheet the sheet's name
 * @param row the row as the spreadsheet program numbers it, from 1
 * @param column the column, from 0
 */
public record CellRef(String file, String sheet, int row, int column) implements Location {
    /** The cell as spreadsheet programs write it, e.g. {@code "D14"}. */
    public String cell() {
        var letters = new StringBuilder();
        for (int rest = column; rest >= 0; rest = rest / 26 - 1) {
            letters.insert(0, (char) ('A' + rest % 26));
        }
        return letters.append(row).toString();
    }

    @Override
    public String section() {
        return file + " " + sheet;
    }

    @Override
    public String inFile() {
        return sheet + "!" + cell();
    }

    @Override
    public String toString() {
        return file + " " + inFile();
    }
}
