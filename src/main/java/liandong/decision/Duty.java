package liandong.decision;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import liandong.incident.Area;
import liandong.incident.Body;

/**
 * Who takes a matter (交办).
 *
 * @param route the way it takes
 * @param lead the body that leads
 * @param assisting the bodies that assist, in their order, without the lead; empty for none
 * @param row the row of the duty catalogue that says so
 */
public record Duty(Route route, Body lead, List<Body> assisting, DutyRow row) implements Finding {
    /**
     * A body leads, with the row's assisting bodies; those that stand for a territory become the one the area lies in.
     */
    public static Duty of(Route route, Body lead, DutyRow row, Area area) {
        List<Body> assisting =
                row.assisting().stream().map(body -> body.in(area)).toList();
        return new Duty(route, lead.in(area), List.of(), row).assistedBy(assisting);
    }

    /** The same with bodies that assist before those it has. */
    public Duty firstAssistedBy(Body body, Area area) {
        var bodies = new ArrayList<Body>();
        bodies.add(body.in(area));
        bodies.addAll(assisting);
        return assistedBy(bodies);
    }

    /** The same with a body that assists after those it has. */
    public Duty lastAssistedBy(Body body, Area area) {
        var bodies = new ArrayList<>(assisting);
        bodies.add(body.in(area));
        return assistedBy(bodies);
    }

    private Duty assistedBy(List<Body> bodies) {
        var distinct = new LinkedHashSet<>(bodies);
        distinct.remove(lead);
        return new Duty(route, lead, List.copyOf(distinct), row);
    }

    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
