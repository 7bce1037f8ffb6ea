package liandong.routing;

import java.util.List;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.Choice;
import liandong.incident.Matter;
import liandong.table.RowRef;

/**
 * A person has decided who takes a matter (人工研判定单位).
 *
 * @param matter the matter, graded
 * @param lead the body that leads
 * @param assisting the bodies that assist, without the lead; empty for none
 * @param by the body on whose behalf the person decided
 */
public record Chosen(Matter matter, Body lead, List<Body> assisting, Body by) implements RoutingFinding, Ending {
    /** What the person decided, with bodies that stand for a territory as those of the place; empty when no lead was named. */
    public static List<Chosen> of(Matter matter) {
        Choice choice = matter.report().choice();
        if (choice == null || choice.lead() == null) {
            return List.of();
        }
        Area area = matter.report().area();
        Body lead = choice.lead().in(area);
        List<Body> assisting = choice.assisting().stream()
                .map(body -> body.in(area))
                .filter(body -> !body.isOneWith(lead))
                .distinct()
                .toList();
        return List.of(new Chosen(matter, lead, assisting, choice.by()));
    }

    @Override
    public List<RowRef> rows() {
        return List.of();
    }

    /** The way the matter takes to that lead. */
    RoutingPath route() {
        return switch (lead.kind()) {
            case COMMUNITY, GRID -> RoutingPath.COMMUNITY;
            case SUB_DISTRICT -> RoutingPath.SUB_DISTRICT;
            case CONFERENCE -> RoutingPath.CONFERENCE;
            case EMERGENCY -> RoutingPath.RELAY;
            case PLATFORM -> assisting.isEmpty() ? RoutingPath.PLATFORM : RoutingPath.LEAD_AND_ASSIST;
            default -> assisting.isEmpty() ? RoutingPath.DEPARTMENT : RoutingPath.LEAD_AND_ASSIST;
        };
    }
}
