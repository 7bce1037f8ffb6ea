package liandong.escalation;

import liandong.incident.Body;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * Who is the level below, which takes a matter back (降级对象).
 *
 * @param to the body that has it in hand from then on; null for the one that leads, which the level above has helped
 * @param ref the row
 */
@Sheet(value = "降级对象", about = OpenCase.class, since = 3, optional = true)
public record LowerBodyRow(
        @Column(value = "降至 To", optional = true) @Nullable Body to,

        @Override RowRef ref) implements EscalationRow {
    /** Whether it gives a case to a body that does not have it alone already. */
    public boolean lowers(OpenCase open) {
        return to == null ? open.raised() : !open.isLedBy(to);
    }
}
