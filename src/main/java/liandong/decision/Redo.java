package liandong.decision;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * A handling has to be done again (重办).
 *
 * @param number the how-manieth redo of the case it is, from 1
 * @param row the row that says how soon
 * @param due when it must be done at the latest
 */
public record Redo(int number, RedoRow row, OffsetDateTime due) implements ClosureFinding {
    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
