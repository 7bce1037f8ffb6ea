package liandong.scoring;

import java.util.List;
import liandong.table.RowRef;

/**
 * A body had so few cases that it cannot be compared with others (样本过少).
 *
 * @param measured the rate that says so
 * @param row the row that says how few are too few
 */
public record TooFew(Measured measured, SmallNumberRow row) implements ScoringFinding {
    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
