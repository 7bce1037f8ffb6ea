package liandong.routing;

import java.util.List;
import liandong.incident.Body;
import liandong.table.RowRef;
import org.jspecify.annotations.Nullable;

/**
 * Whether a matter may go down to a sub-district or community, by the list of its duties (履职事项清单).
 *
 * @param kept whether the policy keeps such lists; where it does not, everything may go down
 * @param row the row of the list that has the matter; null when it is not on the list
 */
public record Listing(boolean kept, @Nullable DutyListRow row) {
    /** For policies that keep no lists. */
    static final Listing NONE = new Listing(false, null);

    /** Whether a sub-district or community may lead. */
    public boolean mayLead() {
        return !kept || (row != null && row.listed() == ListedDuty.BASIC);
    }

    /** Whether a sub-district or community may assist. */
    public boolean mayAssist() {
        return mayLead() || (row != null && row.listed() == ListedDuty.SUPPORTING);
    }

    /** Whether a body may assist: one that stands for no territory always may. */
    boolean mayAssist(Body body) {
        return mayAssist() || !body.standsForTerritory();
    }

    /** The row as a reason; empty when there is none. */
    List<RowRef> rows() {
        return row == null ? List.of() : List.of(row.ref());
    }
}
