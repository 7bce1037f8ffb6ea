package liandong.closure;

import java.util.List;
import liandong.table.RowRef;

/**
 * A person at the centre has to decide (指挥中心裁定).
 *
 * @param reason why
 * @param rows the rows it rests on; empty when the rule alone says so
 */
public record Referred(ClosureReason reason, @Override List<RowRef> rows) implements ClosureFinding {
    /** By the rule alone. */
    public Referred(ClosureReason reason) {
        this(reason, List.of());
    }
}
