package liandong.scoring;

import java.math.BigDecimal;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * What a period's item is worth (期间项目).
 *
 * @param item the item
 * @param full its full mark, which it starts from unless a person gives its points, and cannot exceed
 * @param floor the least it can be
 * @param ref the row
 */
@Sheet(value = "期间项目", about = Period.class)
public record ItemRow(
        @Column("项目 Item") PeriodItem item,
        @Column("满分 Full mark") @Bounds(max = 10_000) BigDecimal full,
        @Column("下限 Floor") BigDecimal floor,
        @Override RowRef ref)
        implements ScoringRow {
    /** Whether a person gives its points. */
    public boolean isGivenByHand() {
        return item.isGivenByHand();
    }
}
