package liandong.routing;

import java.util.List;
import liandong.decision.AnswersFor;
import liandong.decision.Trouble;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Matter;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * Whose duty a matter is (派单目录).
 *
 * @param lead the body that leads or owns the thing; null when no owner is known
 * @param assisting bodies that assist, in their order; empty for none
 * @param route the way it takes
 * @param conference the joint conference that would take it; null for none
 * @param informed who is told; empty for nobody
 * @param contact how to reach the lead, for people; null when not said
 * @param ref the row
 */
@AnswersFor({Trouble.RETURNED, Trouble.OVERRULED, Trouble.REDONE, Trouble.DISSATISFIED})
@Sheet(
        value = "派单目录",
        about = Matter.class,
        known = {"事项", "等级", "紧急程度"})
public record DutyRow(
        @Column(value = "牵头 Lead", optional = true) @Nullable
        Body lead,

        @Column(value = "配合 Assisting", optional = true) List<Body> assisting,
        @Column("路径 Route") RoutingPath route,

        @Column(value = "联席会议 Conference", optional = true) @Nullable
        Body conference,

        @Column(value = "知会 Notify", optional = true) List<Body> informed,

        @Column(value = "联系方式 Contact", optional = true, mayBeAbsent = true) @Bounds(max = 64) @Nullable
        String contact,

        @Override RowRef ref)
        implements RoutingRow {}
