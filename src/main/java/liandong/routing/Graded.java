package liandong.routing;

import java.util.List;
import liandong.incident.Body;
import liandong.incident.Matter;
import liandong.table.RowRef;

/**
 * How grave and how urgent a matter is (定级).
 *
 * @param matter the matter with severity and urgency
 * @param informed who is told because of it; empty for nobody
 * @param rows the rows that say so
 */
public record Graded(Matter matter, List<Body> informed, List<RowRef> rows) implements RoutingFinding {
    /** The matter graded by a row of each table. */
    public Graded(Matter matter, SeverityRow severity, UrgencyRow urgency) {
        this(
                matter.graded(severity.severity()).urgent(urgency.urgency()),
                severity.informed(),
                List.of(severity.ref(), urgency.ref()));
    }
}
