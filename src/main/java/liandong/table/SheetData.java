package liandong.table;

import java.util.List;
import liandong.problem.CellRef;

/**
 * One sheet as it stands in its file.
 *
 * @param file the workbook's name
 * @param name the sheet's name
 * @param lines its rows that hold anything, in their order
 * @param merged its merged blocks of cells
 */
public record SheetData(String file, String name, List<Line> lines, List<MergedCells.Block> merged) {
    /**
     * One row.
     *
     * @param number as the spreadsheet program numbers it, from 1
     * @param hidden whether it is hidden or filtered away
     * @param cells its cells from column A on
     */
    record Line(int number, boolean hidden, List<Cell> cells) {
        Cell cell(int column) {
            return column < cells.size() ? cells.get(column) : Cell.EMPTY;
        }

        boolean isBlank() {
            return cells.stream().allMatch(Cell::isEmpty);
        }
    }

    /** The place of a cell: row from 1, column from 0. */
    public CellRef at(int row, int column) {
        return new CellRef(file, name, row, column);
    }
}
