package liandong.routing;

import java.util.ArrayList;
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
 * @param listing whether it may go down to a sub-district or community
 */
public record DutyMatched(Matter matter, DutyRow row, Listing listing) implements RoutingFinding {
    /** The same in a policy that keeps no lists of duties. */
    public DutyMatched(Matter matter, DutyRow row) {
        this(matter, row, Listing.NONE);
    }

    /** What kind of body the row's lead is; null when it names none. */
    public @Nullable BodyKind leadKind() {
        return row.lead() == null ? null : row.lead().kind();
    }

    /** Whether a sub-district or community may lead. */
    public boolean mayGoDown() {
        return listing.mayLead();
    }

    /** Whether the row names a lead that is neither a sub-district nor a community. */
    public boolean ledAbove() {
        return row.lead() != null && !row.lead().standsForTerritory();
    }

    /** Whether the row names a lead that may lead: one that stands for a territory may only what is on its list. */
    public boolean leadMayLead() {
        return ledAbove() || (row.lead() != null && mayGoDown());
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
        return Duty.of(route, lead, row, matter.report().area(), listing);
    }

    @Override
    public List<RowRef> rows() {
        var rows = new ArrayList<RowRef>();
        rows.add(row.ref());
        rows.addAll(listing.rows());
        return List.copyOf(rows);
    }
}
