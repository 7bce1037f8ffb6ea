package liandong.table;

import java.util.List;

/**
 * The rows that count for a fact, as one thing: rules that need all of them at once ask for this.
 *
 * <p>Not a record: the session keeps what it is given by its hash, and hashing every row would cost more than finding it.
 */
public final class MatchedRows {
    private final List<? extends Row> rows;

    MatchedRows(List<? extends Row> rows) {
        this.rows = rows;
    }

    /** The rows in the order of their sheet; empty for none. */
    public List<? extends Row> getRows() {
        return rows;
    }

    /** How many there are. */
    public int getSize() {
        return rows.size();
    }
}
