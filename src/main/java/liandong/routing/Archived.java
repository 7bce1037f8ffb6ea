package liandong.routing;

import java.util.List;
import liandong.table.RowRef;

/** Nothing is left to do: the report is filed (归档). */
public record Archived() implements RoutingFinding, Ending {
    @Override
    public List<RowRef> rows() {
        return List.of();
    }
}
