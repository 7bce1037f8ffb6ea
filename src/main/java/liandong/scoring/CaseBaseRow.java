package liandong.scoring;

import java.math.BigDecimal;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * What the score of a case starts from, and how far it may go (个案基准).
 *
 * @param base the points it starts from
 * @param floor the least it can be
 * @param ceiling the most it can be
 * @param ref the row
 */
@Sheet(value = "个案基准", about = ScoredCase.class)
public record CaseBaseRow(
        @Column("基准分 Base") BigDecimal base,
        @Column("下限 Floor") BigDecimal floor,
        @Column("上限 Ceiling") BigDecimal ceiling,
        @Override RowRef ref)
        implements ScoringRow {}
