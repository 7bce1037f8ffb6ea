package liandong.routing;

import java.util.List;
import liandong.incident.Body;
import liandong.incident.Column;
import liandong.incident.Matter;
import liandong.incident.Severity;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * How grave a matter is, and who is told because of it (分级).
 *
 * @param severity the grade
 * @param informed who is told; empty for nobody
 * @param ref the row
 */
@Sheet(
        value = "分级",
        about = Matter.class,
        known = {"事项"})
public record SeverityRow(
        @Column("等级 Severity") Severity severity,
        @Column(value = "知会 Notify", optional = true) List<Body> informed,
        @Override RowRef ref)
        implements RoutingRow {}
