package liandong.routing;

import liandong.decision.AnswersFor;
import liandong.decision.Trouble;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Matter;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * How sure the keywords must be before they decide (分拣门槛).
 *
 * @param minimumPoints points the leading topic needs
 * @param minimumLead by how many percent of its points it must lead the next topic, 0–100
 * @param specificPoints points a specific event type needs to be taken instead of its topic's general one
 * @param ref the row
 */
@AnswersFor(Trouble.OVERRULED)
@Sheet(value = "分拣门槛", about = Matter.class, until = 2)
public record ThresholdRow(
        @Column("最低票数 Minimum points") @Bounds(max = 10_000) int minimumPoints,
        @Column("最低领先 Minimum lead") @Bounds(max = 100) int minimumLead,

        @Column("具体票数 Specific points") @Bounds(max = 10_000)
        int specificPoints,

        @Override RowRef ref)
        implements RoutingRow {}
