package liandong.scoring;

import java.math.BigDecimal;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * What an event adds to the score of its case, or takes from it (个案加减分).
 *
 * @param points points added; negative when taken
 * @param cap the most a case with such an event can score, whatever else happened to it; null for no such limit
 * @param ref the row
 */
@Sheet(value = "个案加减分", about = EventOfCase.class)
public record CaseRow(
        @Column("加减分 Points") BigDecimal points,

        @Column(value = "最高 Cap", optional = true, mayBeAbsent = true) @Nullable
        BigDecimal cap,

        @Override RowRef ref)
        implements ScoringRow {
    /** Whether it says anything of the score. */
    public boolean counts() {
        return points.signum() != 0 || cap != null;
    }
}
