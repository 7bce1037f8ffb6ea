package liandong.routing;

import java.util.List;
import liandong.table.RowRef;

/**
 * Who would judge, should it be left to a person (研判安排).
 *
 * @param places for each row that covers the report, in the order of the sheet, the desk with its due time
 */
public record DeskPlan(List<Place> places) implements RoutingFinding {
    /**
     * A desk.
     *
     * @param row the row that names it
     * @param desk what the answer says of it
     */
    public record Place(DeskRow row, TriageDesk desk) {}

    @Override
    public List<RowRef> rows() {
        return places.stream().map(place -> place.row().ref()).toList();
    }
}
