package liandong.escalation;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.table.RowRef;

/**
 * The last day of a matter for the citizen (总时限到期).
 *
 * @param due by when it must be settled, no matter which body has it
 * @param late whether that moment is over
 * @param row the row that says so
 */
public record CitizenLimit(OffsetDateTime due, boolean late, CitizenLimitRow row) implements EscalationFinding {
    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
