package liandong.routing;

import java.util.List;
import liandong.table.RowRef;

/**
 * What a report says asks nothing of anybody: it is filed.
 *
 * @param row the row that says so
 */
public record Filed(FilingRow row) implements RoutingFinding, Ending {
    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
