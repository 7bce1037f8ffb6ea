package liandong.scoring;

import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * How good a score is (等次).
 *
 * @param grade the grade
 * @param ref the row
 */
@Sheet(value = "等次", about = Total.class)
public record GradeRow(
        @Column("等次 Grade") Grade grade, @Override RowRef ref) implements ScoringRow {}
