package liandong.routing;

import liandong.decision.AnswersFor;
import liandong.decision.Trouble;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.EventType;
import liandong.incident.Matter;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * Words in the text that speak for an event type (关键词).
 *
 * @param eventType what they speak for
 * @param points how much, 1–100
 * @param ref the row
 */
@AnswersFor({Trouble.RETURNED, Trouble.OVERRULED})
@Sheet(value = "关键词", about = Matter.class, until = 2, ofText = true)
public record KeywordRow(
        @Column("事项 Event type") EventType eventType,
        @Column("分值 Points") @Bounds(min = 1, max = 100) int points,
        @Override RowRef ref)
        implements RoutingRow {}
