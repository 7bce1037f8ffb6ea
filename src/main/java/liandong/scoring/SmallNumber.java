package liandong.scoring;

import java.util.List;
import liandong.table.RowRef;

/**
 * A rate is one of so few that it says little (小样本).
 *
 * @param measured the rate
 * @param row the row that says so
 */
public record SmallNumber(Measured measured, SmallNumberRow row) implements ScoringFinding {
    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
