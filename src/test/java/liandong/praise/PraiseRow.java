package liandong.praise;

import java.math.BigDecimal;
import liandong.calendar.Limit;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.table.Row;
import liandong.table.RowRef;
import liandong.table.Sheet;

/** A row of a table that praise consults. */
public sealed interface PraiseRow extends Row permits PraiseRow.Reward {
    /**
     * Who is praised, and how (表扬).
     *
     * @param kind how
     * @param bonus in yuan
     * @param by who praises
     * @param within by when
     * @param ref the row
     */
    @Sheet(value = "表扬", about = PraiseFacts.class)
    record Reward(
            @Column("表扬方式 Praise") PraiseKind kind,
            @Column("奖金 Bonus") @Bounds(max = 100_000) BigDecimal bonus,
            @Column("表扬单位 By") Body by,
            @Column("时限 Limit") Limit within,
            @Override RowRef ref)
            implements PraiseRow {}
}
