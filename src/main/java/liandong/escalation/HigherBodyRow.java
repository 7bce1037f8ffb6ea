package liandong.escalation;

import liandong.incident.Body;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * Who is the level above (提级对象).
 *
 * @param to the body that takes it up
 * @param ref the row
 */
@Sheet(value = "提级对象", about = OpenCase.class)
public record HigherBodyRow(
        @Column("提至 To") Body to, @Override RowRef ref) implements EscalationRow {}
