package liandong.escalation;

import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * To how many bodies a matter may be sent before the centre decides (流转上限).
 *
 * @param most how many, the first included
 * @param ref the row
 */
@Sheet(value = "流转上限", about = OpenCase.class)
public record CirculationRow(
        @Column("最多单位数 Most bodies") @Bounds(min = 1, max = 100)
        int most,

        @Override RowRef ref) implements EscalationRow {}
