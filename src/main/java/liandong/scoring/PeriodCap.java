package liandong.scoring;

import java.util.List;
import liandong.table.RowRef;

/**
 * A period cannot score more than a row allows for what was measured in it (封顶).
 *
 * @param measured what was measured; it misses the row's threshold
 * @param row the row, which has a cap
 */
public record PeriodCap(Measured measured, DeductionRow row) implements ScoringFinding {
    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
