package liandong.closure;

import liandong.calendar.Limit;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * How soon proofs that are missing must be handed in, and how often that may be asked (补正).
 *
 * @param limit how long it may take
 * @param most supplements after which missing proofs are a matter of redoing
 * @param ref the row
 */
@Sheet(
        value = "补正",
        about = Closing.class,
        since = 3,
        optional = true,
        known = {"事项", "等级", "紧急程度"})
public record SupplementRow(
        @Column("时限 Limit") Limit limit,
        @Column("最多次数 Most supplements") @Bounds(max = 100) int most,
        @Override RowRef ref)
        implements ClosureRow {
    /** Whether handing in what is missing would mend a handling: nothing but proofs can be at fault, and it may be asked again. */
    public boolean mends(Closing closing) {
        return closing.isSoundButForProofs() && closing.handling().supplements() < most;
    }
}
