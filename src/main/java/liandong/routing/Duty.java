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
 */
public record Duty(RoutingPath route, Body lead, List<Body> assisting, DutyRow row, Area area)
        implements RoutingFinding, Ending {
    /**
     * A body leads, with the row's assisting bodies; those that stand for a territory become the one the area lies in.
     */
    static Duty of(RoutingPath route, Body lead, DutyRow row, Area area) {
        return new Duty(route, lead.in(area), List.of(), row, area).assistedBy(row.assisting());
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

    private Duty assistedBy(List<Body> bodies) {
        var distinct = new LinkedHashSet<Body>();
        bodies.forEach(body -> distinct.add(body.in(area)));
        distinct.remove(lead);
        return new Duty(route, lead, List.copyOf(distinct), row, area);
    }

    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
