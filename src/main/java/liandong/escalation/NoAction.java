package liandong.escalation;

import java.util.List;
import liandong.table.RowRef;

/**
 * There is no reason to do anything for now.
 *
 * @param reason why
 */
public record NoAction(NoActionReason reason) implements EscalationFinding {
    @Override
    public List<RowRef> rows() {
        return List.of();
    }
}
