package liandong.routing;

import java.util.List;
import liandong.table.RowRef;

/**
 * The text tells of nothing that is left to do (归档).
 *
 * @param row the row that says that such a text is filed
 */
public record Filed(FilingRow row) implements RoutingFinding, Ending {
    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
