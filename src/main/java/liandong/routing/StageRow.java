package liandong.routing;

import liandong.calendar.Limit;
import liandong.decision.AnswersFor;
import liandong.decision.Trouble;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Matter;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * One stage of handling and its limit (阶段时限).
 *
 * @param order its place among the stages, from 1
 * @param stage what is done in it, e.g. {@code "抢修"}
 * @param limit how long it may take, and by which clock
 * @param countsFrom what the limit is counted from
 * @param procedure whether the law prescribes what is done in it and how long that takes, so that days alone say nothing
 *     about the body that does it (法定程序)
 * @param ref the row
 */
@AnswersFor(Trouble.LATE)
@Sheet(
        value = "阶段时限",
        about = Matter.class,
        known = {"事项", "等级", "紧急程度"})
public record StageRow(
        @Column("序 Order") @Bounds(min = 1, max = 99) int order,
        @Column("阶段 Stage") String stage,
        @Column("时限 Limit") Limit limit,
        @Column("起算 Counts from") StageStart countsFrom,

        @Column(value = "法定程序 Procedure", optional = true, mayBeAbsent = true) @Nullable
        Boolean procedure,

        @Override RowRef ref)
        implements RoutingRow {}
