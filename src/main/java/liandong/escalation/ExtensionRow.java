package liandong.escalation;

import liandong.calendar.Limit;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a body gets the time it asks for (延期审批).
 *
 * @param granted whether it does
 * @param by how much, counted from when the stage is due; null for nothing
 * @param ref the row
 */
@Sheet(value = "延期审批", about = ExtensionRequest.class)
public record ExtensionRow(
        @Column("同意 Granted") boolean granted,

        @Column(value = "延长 By", optional = true) @Nullable Limit by,

        @Override RowRef ref)
        implements EscalationRow {
    /** Whether it says yes, and by how much. */
    public boolean grants() {
        return granted && by != null;
    }
}
