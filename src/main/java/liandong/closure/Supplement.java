package liandong.closure;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.table.RowRef;

/**
 * Proofs that are missing have to be handed in; the work itself is done (补正).
 *
 * @param number ordinal of this supplement, starting at 1
 * @param row the row that says how soon
 * @param due when they must be there at the latest
 */
public record Supplement(int number, SupplementRow row, OffsetDateTime due) implements ClosureFinding {
    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
