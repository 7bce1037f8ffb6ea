package liandong.praise;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.engine.Finding;
import liandong.table.RowRef;

/**
 * A row says that the worker is praised.
 *
 * @param row the row
 * @param due by when
 */
public record Praised(PraiseRow.Reward row, OffsetDateTime due) implements Finding {
    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
