package liandong.escalation;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.table.RowRef;
import org.jspecify.annotations.Nullable;

/**
 * Something calls for an action and nobody has taken it yet.
 *
 * @param row the row that calls for it
 * @param stage the stage it is about; null when about the case as a whole
 * @param since since when
 */
public record TriggeredAction(ActionTrigger row, @Nullable String stage, OffsetDateTime since)
        implements EscalationFinding {
    /** What it calls for. */
    public ActionKind action() {
        return row.step().action();
    }

    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
