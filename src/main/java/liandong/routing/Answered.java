package liandong.routing;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.incident.Body;
import liandong.table.RowRef;
import org.jspecify.annotations.Nullable;

/**
 * The matter is answered at once (直办).
 *
 * @param row the row that says so
 * @param by who answers
 * @param due by when; null beyond the calendar
 */
public record Answered(AnswerRow row, Body by, @Nullable OffsetDateTime due) implements RoutingFinding, Ending {
    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
