package liandong.scoring;

import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * Of how few a rate says little (小样本).
 *
 * @param fewer a rate of fewer than this is marked
 * @param unranked a body of which the rate is one of fewer than this is put into no band of its kind, and not ranked; null
 *     where that says nothing of the body
 * @param ref the row
 */
@Sheet(value = "小样本", about = Measured.class, since = 3, optional = true)
public record SmallNumberRow(
        @Column("少于 Fewer than") @Bounds(min = 1, max = 10_000)
        int fewer,

        @Column(value = "不排名少于 Unranked below", optional = true, mayBeAbsent = true)
        @Bounds(min = 1, max = 10_000)
        @Nullable
        Integer unranked,

        @Override RowRef ref)
        implements ScoringRow {
    /** Whether a rate is one of so few that the body cannot be compared with others by it. */
    public boolean leavesUnranked(Measured measured) {
        return unranked != null && measured.of() < unranked;
    }
}
