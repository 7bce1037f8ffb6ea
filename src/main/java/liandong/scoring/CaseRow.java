package liandong.scoring;

import java.math.BigDecimal;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * What an event adds to the score of its case, or takes from it (个案加减分).
 *
 * @param points points added; negative when taken
 * @param ref the row
 */
@Sheet(value = "个案加减分", about = EventOfCase.class)
public record CaseRow(
        @Column("加减分 Points") BigDecimal points, @Override RowRef ref) implements ScoringRow {}
