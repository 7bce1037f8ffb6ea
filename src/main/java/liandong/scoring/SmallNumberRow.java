package liandong.scoring;

import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * Of how few a rate says little (小样本).
 *
 * @param fewer a rate of fewer than this is marked
 * @param ref the row
 */
@Sheet(value = "小样本", about = Measured.class, since = 3, optional = true)
public record SmallNumberRow(
        @Column("少于 Fewer than") @Bounds(min = 1, max = 10_000)
        int fewer,

        @Override RowRef ref) implements ScoringRow {}
