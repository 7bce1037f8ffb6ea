package liandong.closure;

import java.util.List;
import liandong.incident.Body;
import liandong.table.RowRef;

/**
 * The body is warned that the citizen tends to dissatisfaction (预警).
 *
 * @param to the body
 */
public record Warning(Body to) implements ClosureFinding {
    @Override
    public List<RowRef> rows() {
        return List.of();
    }
}
