package liandong.escalation;

import java.util.List;
import liandong.table.RowRef;

/**
 * There is no reason to do anything for now.
 *
 * @param reason why
 * @param rows the rows that say so; empty when the rule alone does
 */
public record NoAction(NoActionReason reason, @Override List<RowRef> rows) implements EscalationFinding {
    /** There is none, as a rule alone says. */
    public NoAction(NoActionReason reason) {
        this(reason, List.of());
    }
}
