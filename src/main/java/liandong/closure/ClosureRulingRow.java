package liandong.closure;

import liandong.calendar.Limit;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * By when the centre must have ruled on a case whose end is left to it (办结裁定).
 *
 * @param within how soon, from when the body said that it was done or the citizen was asked
 * @param ref the row
 */
@Sheet(
        value = "办结裁定",
        about = Closing.class,
        since = 3,
        optional = true,
        known = {"事项", "等级", "紧急程度"})
public record ClosureRulingRow(
        @Column("限期 Within") Limit within, @Override RowRef ref) implements ClosureRow {}
