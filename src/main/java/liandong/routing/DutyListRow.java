package liandong.routing;

import liandong.incident.Column;
import liandong.incident.Matter;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * What a sub-district and its communities may be given (履职清单). Where a policy keeps the sheet, nothing that is not on it
 * goes down to them.
 *
 * @param listed how the list has it
 * @param ref the row
 */
@Sheet(
        value = "履职清单",
        about = Matter.class,
        since = 3,
        optional = true,
        known = {"事项"})
public record DutyListRow(
        @Column("清单类别 Listed as") ListedDuty listed,
        @Override RowRef ref) implements RoutingRow {}
