package liandong.routing;

import java.util.List;
import liandong.table.RowRef;

/**
 * A person at the centre has to judge (人工研判).
 *
 * @param reason why
 * @param rows the rows that leave it open; empty when there are none
 */
public record Triage(TriageReason reason, List<RowRef> rows) implements RoutingFinding, Ending {
    /** A person has to judge because no row speaks. */
    public Triage(TriageReason reason) {
        this(reason, List.of());
    }
}
