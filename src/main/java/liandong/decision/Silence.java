package liandong.decision;

import java.util.List;

/**
 * There is no reason to do anything for now.
 *
 * @param reason why
 */
public record Silence(Quiet reason) implements EscalationFinding {
    @Override
    public List<RowRef> rows() {
        return List.of();
    }
}
