package liandong.escalation;

import java.util.List;
import liandong.calendar.Limit;
import liandong.incident.CaseEvent;
import liandong.incident.Column;
import liandong.incident.GroundProof;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pause, a granted extension or an explanation counts, and for how long at most (时限变动).
 *
 * <p>What no row allows does not count: the limits run on.
 *
 * @param allowed whether it counts
 * @param longest for how long at most: of a pause until it resumes by itself, of an extension beyond when the stage was due,
 *     of an explanation until it is spent; null for as long as was told
 * @param proofs what has to be shown for it to count, any one of them; empty when nothing has to be
 * @param ref the row
 */
@Sheet(value = "时限变动", about = ClockChange.class, optional = true)
public record ClockChangeRow(
        @Column("准许 Allowed") boolean allowed,

        @Column(value = "最长 At most", optional = true) @Nullable
        Limit longest,

        @Column(value = "须有凭证 Proof required", optional = true)
        List<GroundProof> proofs,

        @Override RowRef ref)
        implements EscalationRow {
    /** Whether nothing has to be shown for it to count, or one of what has to be was. */
    boolean isProved(CaseEvent event) {
        GroundProof shown = event.proof();
        return proofs.isEmpty() || (shown != null && proofs.contains(shown));
    }
}
