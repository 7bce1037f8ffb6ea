package liandong.decision;

import java.util.List;

/** Nothing is left to do: the report is filed (归档). */
public record Archived() implements RoutingFinding, Ending {
    @Override
    public List<RowRef> rows() {
        return List.of();
    }
}
