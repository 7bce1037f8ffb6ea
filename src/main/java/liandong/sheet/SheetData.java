package liandong.sheet;

import java.util.List;
import java.util.Set;
import liandong.problem.CellRef;

/**
 * One sheet as it stands in its file.
 *
 * @param file the workbook's name
 * @param name the sheet's name
 * @param hidden whether the sheet itself is hidden
 * @param lines its rows that hold anything, in their order
 * @param merged its merged blocks of cells
 * @param filtered its blocks of cells that a filter shows only in part
 * @param hiddenColumns its columns that are hidden, from 0
 */
public record SheetData(
        String file,
        String name,
        boolean hidden,
        List<Line> lines,
        List<Block> merged,
        List<Block> filtered,
        Set<Integer> hiddenColumns) {
    /**
     * One row.
     *
     * @param number as the spreadsheet program numbers it, from 1
     * @param hidden whether it is hidden or filtered away
     * @param struck whether most of its cells are struck through
     * @param cells its cells from column A on
     */
    public record Line(int number, boolean hidden, boolean struck, List<Cell> cells) {
        /** A row that is not struck through. */
        public Line(int number, boolean hidden, List<Cell> cells) {
            this(number, hidden, false, cells);
        }

        public Cell cell(int column) {
            return column < cells.size() ? cells.get(column) : Cell.EMPTY;
        }
    }

    /**
     * A block of cells.
     *
     * @param row its first row, from 1
     * @param column its first column, from 0
     * @param lastRow its last row
     * @param lastColumn its last column
     */
    public record Block(int row, int column, int lastRow, int lastColumn) {}

    /** Whether a filter hides a row, rather than a hand. */
    public boolean filters(Line line) {
        return line.hidden()
                && filtered.stream().anyMatch(block -> block.row() < line.number() && line.number() <= block.lastRow());
    }

    /** The cells of a block as spreadsheet programs write them, e.g. {@code "B3:B5"}. */
    public String range(Block block) {
        return at(block.row(), block.column()).cell() + ":"
                + at(block.lastRow(), block.lastColumn()).cell();
    }

    /** The place of a cell: row from 1, column from 0. */
    public CellRef at(int row, int column) {
        return new CellRef(file, name, row, column);
    }
}
