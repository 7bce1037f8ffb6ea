package liandong.closure;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.table.RowRef;

/**
 * A handling has to be done again (重办).
 *
 * @param number ordinal of this redo, starting at 1
 * @param row the row that says how soon
 * @param due when it must be done at the latest
 */
public record Redo(int number, RedoRow row, OffsetDateTime due) implements ClosureFinding {
    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
