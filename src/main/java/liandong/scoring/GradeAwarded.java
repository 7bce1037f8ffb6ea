package liandong.scoring;

import java.util.List;
import liandong.table.RowRef;

/**
 * A score has its grade (定等).
 *
 * @param row the row that gives it
 */
public record GradeAwarded(GradeRow row) implements ScoringFinding {
    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
