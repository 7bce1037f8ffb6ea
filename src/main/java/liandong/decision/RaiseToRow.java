package liandong.decision;

import liandong.incident.Body;
import liandong.incident.Column;
import liandong.incident.OpenCase;

/**
 * Who is the level above (提级对象).
 *
 * @param to the body that takes it up
 * @param ref the row
 */
@Sheet(value = "提级对象", about = OpenCase.class)
public record RaiseToRow(@Column("提至 To") Body to, @Override RowRef ref) implements EscalationRow {}
