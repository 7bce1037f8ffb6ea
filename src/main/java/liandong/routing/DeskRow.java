package liandong.routing;

import liandong.calendar.Limit;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Matter;
import liandong.incident.Urgency;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * Who judges what is left to a person, and by when (研判分派).
 *
 * @param because the reason it is left to a person that the row is for; null for any
 * @param queue the queue it is put in
 * @param by the body whose people judge
 * @param urgency how urgent the judging is
 * @param limit by when they judge
 * @param ref the row
 */
@Sheet(
        value = "研判分派",
        about = Matter.class,
        since = 3,
        absent = "nobody is named who judges",
        absentChinese = "不指明由谁研判")
public record DeskRow(
        @Column(value = "原因 Reason", optional = true) @Nullable
        TriageReason because,

        @Column("队列 Queue") @Bounds(max = 40) String queue,
        @Column("研判单位 Judged by") Body by,
        @Column("紧急程度 Urgency") Urgency urgency,
        @Column("时限 Limit") Limit limit,
        @Override RowRef ref)
        implements RoutingRow {}
