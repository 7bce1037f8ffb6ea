package liandong.decision;

import java.util.List;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.Matter;
import org.jspecify.annotations.Nullable;

/**
 * A matter and the row of the duty catalogue that covers it (目录所列).
 *
 * @param matter the matter, graded
 * @param row the row
 */
public record Listed(Matter matter, DutyRow row) implements RoutingFinding {
    /** What kind of body the row's lead is; null when it names none. */
    public @Nullable BodyKind leadKind() {
        return row.lead() == null ? null : row.lead().kind();
    }

    /** The route of a matter that the row's lead takes without regard to territory. */
    public Route routeOfLead() {
        if (!row.assisting().isEmpty()) {
            return Route.LEAD_AND_ASSIST;
        }
        return leadKind() == BodyKind.PLATFORM ? Route.PLATFORM : Route.DEPARTMENT;
    }

    /** A body leads, by a route, with the row's assisting bodies. */
    public Duty ledBy(Body lead, Route route) {
        return Duty.of(route, lead, row, matter.report().area());
    }

    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
