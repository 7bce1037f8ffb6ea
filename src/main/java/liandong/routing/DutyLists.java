package liandong.routing;

import java.util.List;
import liandong.incident.Matter;
import liandong.table.Asks;
import liandong.table.Tables;

/** The lists of duties of the sub-districts (履职事项清单), as rules consult them. */
@Asks(DutyListRow.class)
public final class DutyLists {
    private final Tables tables;

    DutyLists(Tables tables) {
        this.tables = tables;
    }

    /** How the list of the sub-district in which a matter lies has it. */
    public Listing of(Matter matter) {
        if (!tables.has(DutyListRow.class)) {
            return Listing.NONE;
        }
        List<DutyListRow> rows = tables.match(DutyListRow.class, matter);
        return new Listing(true, rows.isEmpty() ? null : rows.get(0));
    }
}
