package liandong.table;

import java.time.LocalDate;
import liandong.decision.Row;
import org.roaringbitmap.RoaringBitmap;

/**
 * A question that a table was asked, with which of its conditions hold; see {@link Aim}.
 *
 * <p>Immutable as long as nobody changes what it gives out.
 */
public final class Asked {
    private final Object fact;
    private final RoaringBitmap[] satisfied;

    /** A question: what the table was asked about, on which day. */
    public Asked(Table<? extends Row> table, Object fact, LocalDate on) {
        this.fact = fact;
        this.satisfied = table.satisfied(fact, on);
    }

    /** What the table was asked about. */
    public Object fact() {
        return fact;
    }

    /** The rows that each column holds for, as {@link Table#satisfied} gives them. */
    RoaringBitmap[] satisfied() {
        return satisfied;
    }
}
