package liandong.routing;

import java.util.List;
import liandong.incident.Body;
import liandong.table.RowRef;

/**
 * The report goes to an emergency line at once (紧急转接).
 *
 * @param to the line
 * @param row the row that says so
 */
public record Relayed(Body to, RowRef row) implements RoutingFinding, Ending {
    @Override
    public List<RowRef> rows() {
        return List.of(row);
    }
}
