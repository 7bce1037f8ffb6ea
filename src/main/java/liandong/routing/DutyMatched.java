package liandong.routing;

import java.util.List;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.Matter;
import liandong.table.RowRef;
import org.jspecify.annotations.Nullable;

/**
 * A matter and the row of the duty catalogue that covers it (目录所列).
 *
 * @param matter the matter, graded
 * @param row the row
 */
public record DutyMatched(Matter matter, DutyRow row) implements RoutingFinding {
    /** What kind of body the row's lead is; null when it names none. */
    public @Nullable BodyKind leadKind() {
        return row.lead() == null ? null : row.lead().kind();
    }

    /** The route of a matter that the row's lead takes without regard to territory. */
    public RoutingPath routeOfLead() {
        if (!row.assisting().isEmpty()) {
            return RoutingPath.LEAD_AND_ASSIST;
        }
        return leadKind() == BodyKind.PLATFORM ? RoutingPath.PLATFORM : RoutingPath.DEPARTMENT;
    }

    /** A body leads, by a route, with the row's assisting bodies. */
    public Duty ledBy(Body lead, RoutingPath route) {
        return Duty.of(route, lead, row, matter.report().area());
    }

    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
