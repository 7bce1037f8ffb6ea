package liandong.closure;

import java.util.List;
import liandong.table.RowRef;

/**
 * Nothing more is asked of anybody (结案).
 *
 * @param reason why
 */
public record Closed(ClosureReason reason) implements ClosureFinding {
    @Override
    public List<RowRef> rows() {
        return List.of();
    }
}
