package liandong.closure;

import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * Which share of handlings is followed up (回访抽样).
 *
 * @param rate in percent, 0–100
 * @param ref the row
 */
@Sheet(
        value = "回访抽样",
        about = Closing.class,
        known = {"事项", "等级", "紧急程度"})
public record SamplingRow(
        @Column("抽样比例 Rate") @Bounds(max = 100) int rate,
        @Override RowRef ref) implements ClosureRow {}
