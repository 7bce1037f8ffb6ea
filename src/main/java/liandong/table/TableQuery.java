package liandong.table;

import java.time.LocalDate;
import org.roaringbitmap.RoaringBitmap;

/**
 * A question that a table was asked, with which of its conditions hold; see a coverage goal.
 *
 * <p>Immutable as long as nobody changes what it gives out.
 */
public final class TableQuery {
    private final Object fact;
    private final RoaringBitmap[] satisfied;

    /** A question: what the table was asked about, on which day. */
    public TableQuery(Table<? extends Row> table, Object fact, LocalDate on) {
        this.fact = fact;
        this.satisfied = table.satisfied(fact, on);
    }

    /** What the table was asked about. */
    public Object fact() {
        return fact;
    }

    /** The rows that each column holds for, as {@link Table#satisfied} gives them. */
    public RoaringBitmap[] satisfied() {
        return satisfied;
    }
}
