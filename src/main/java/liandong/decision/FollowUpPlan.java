package liandong.decision;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.incident.Body;
import liandong.incident.Closing;

/**
 * The citizen is to be asked (回访计划).
 *
 * @param by who asks
 * @param row the row that says who, how and how soon
 * @param due when it must be done at the latest
 */
public record FollowUpPlan(Body by, FollowUpRow row, OffsetDateTime due) implements ClosureFinding {
    /** As a row says, by the body of the territory the matter lies in where the row means one. */
    public static FollowUpPlan of(Closing closing, FollowUpRow row, OffsetDateTime due) {
        return new FollowUpPlan(row.by().in(closing.matter().report().area()), row, due);
    }

    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
