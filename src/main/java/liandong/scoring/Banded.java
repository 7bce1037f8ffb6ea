package liandong.scoring;

import java.util.List;
import liandong.table.RowRef;

/**
 * A rate lies in a band (分档).
 *
 * @param measured the rate
 * @param row the row that says so
 */
public record Banded(Measured measured, BandRow row) implements ScoringFinding {
    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
