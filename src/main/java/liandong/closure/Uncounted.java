package liandong.closure;

import java.util.List;
import liandong.incident.CaseEvent;
import liandong.table.RowRef;

/**
 * That a stage is done, or the danger over, as somebody told whose word does not count (不作数).
 *
 * @param event what was told
 * @param row the row that says so
 */
public record Uncounted(CaseEvent event, RowRef row) implements ClosureFinding {
    @Override
    public List<RowRef> rows() {
        return List.of(row);
    }
}
