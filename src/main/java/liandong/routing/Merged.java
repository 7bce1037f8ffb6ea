package liandong.routing;

import java.util.List;
import liandong.table.RowRef;

/**
 * The report joins an incident that is open already (并单).
 *
 * @param into that incident's id
 */
public record Merged(String into) implements RoutingFinding, Ending {
    @Override
    public List<RowRef> rows() {
        return List.of();
    }
}
