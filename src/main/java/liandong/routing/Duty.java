package liandong.routing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.table.RowRef;
import org.jspecify.annotations.Nullable;

/**
 * Who takes a matter (交办).
 *
 * @param route the way it takes
 * @param lead the body that leads
 * @param assisting the bodies that assist, in their order, without the lead; empty for none
 * @param row the row of the duty catalogue that says so
 * @param area where the matter lies
 * @param listing whether sub-districts and communities may be given it
 */
public record Duty(RoutingPath route, Body lead, List<Body> assisting, DutyRow row, Area area, Listing listing)
        implements RoutingFinding, Ending {
    /** The same in a policy that keeps no lists of duties. */
    public Duty(RoutingPath route, Body lead, List<Body> assisting, DutyRow row, Area area) {
        this(route, lead, assisting, row, area, Listing.NONE);
    }

    /**
     * A body leads, with the row's assisting bodies; those that stand for a territory become the one the area lies in.
     */
    static Duty of(RoutingPath route, Body lead, DutyRow row, Area area, Listing listing) {
        return new Duty(route, lead.in(area), List.of(), row, area, listing).assistedBy(row.assisting());
    }

    /** The same with a body that assists before those it has; none when it is null. */
    public Duty firstAssistedBy(@Nullable Body body) {
        var bodies = new ArrayList<Body>();
        if (body != null) {
            bodies.add(body);
        }
        bodies.addAll(assisting);
        return assistedBy(bodies);
    }

    /** The same with a body that assists after those it has. */
    public Duty lastAssistedBy(Body body) {
        var bodies = new ArrayList<>(assisting);
        bodies.add(body);
        return assistedBy(bodies);
    }

    /** A body that is the lead, or a part of it, does not assist it; nor does a territory that may not be given the matter. */
    private Duty assistedBy(List<Body> bodies) {
        var distinct = new LinkedHashSet<Body>();
        bodies.forEach(body -> distinct.add(body.in(area)));
        distinct.removeIf(body -> body.isOneWith(lead) || !listing.mayAssist(body));
        return new Duty(route, lead, List.copyOf(distinct), row, area, listing);
    }

    @Override
    public List<RowRef> rows() {
        var rows = new ArrayList<RowRef>();
        rows.add(row.ref());
        rows.addAll(listing.rows());
        return List.copyOf(rows);
    }
}
