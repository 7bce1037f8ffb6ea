package liandong.routing;

import liandong.decision.AnswersFor;
import liandong.decision.Trouble;
import liandong.incident.Body;
import liandong.incident.Column;
import liandong.incident.Matter;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * When a report is passed to an emergency line at once (转接).
 *
 * @param relayTo the line
 * @param ref the row
 */
@AnswersFor(Trouble.OVERRULED)
@Sheet(value = "转接", about = Matter.class)
public record RelayRow(
        @Column("转接单位 Relay to") Body relayTo, @Override RowRef ref) implements RoutingRow {}
