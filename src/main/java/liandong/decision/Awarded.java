package liandong.decision;

import java.util.List;

/**
 * A score has its grade (定等).
 *
 * @param row the row that gives it
 */
public record Awarded(GradeRow row) implements ScoringFinding {
    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
