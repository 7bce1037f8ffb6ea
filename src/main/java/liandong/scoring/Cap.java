package liandong.scoring;

import java.util.List;
import liandong.incident.CaseEvent;
import liandong.table.RowRef;

/**
 * A case cannot score more than a row allows for what happened to it (封顶).
 *
 * @param event what happened
 * @param row the row, which has a cap
 */
public record Cap(CaseEvent event, CaseRow row) implements ScoringFinding {
    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
