package liandong.closure;

import liandong.calendar.Limit;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * How soon a handling must be done again, and how often at most (重办).
 *
 * @param limit how long it may take
 * @param most redos after which the centre decides
 * @param ref the row
 */
@Sheet(
        value = "重办",
        about = Closing.class,
        known = {"事项", "等级", "紧急程度"})
public record RedoRow(
        @Column("时限 Limit") Limit limit,
        @Column("最多次数 Most redos") @Bounds(max = 100) int most,
        @Override RowRef ref) implements ClosureRow {}
