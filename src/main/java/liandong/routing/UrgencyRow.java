package liandong.routing;

import liandong.incident.Column;
import liandong.incident.Matter;
import liandong.incident.Urgency;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * How soon a matter must be taken in hand (紧急程度).
 *
 * @param urgency the degree
 * @param ref the row
 */
@Sheet(
        value = "紧急程度",
        about = Matter.class,
        known = {"事项", "等级"})
public record UrgencyRow(
        @Column("紧急程度 Urgency") Urgency urgency, @Override RowRef ref) implements RoutingRow {}
