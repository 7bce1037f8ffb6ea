package liandong.routing;

import liandong.calendar.Limit;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Matter;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * One stage of handling and its limit (阶段时限).
 *
 * @param order its place among the stages, from 1
 * @param stage what is done in it, e.g. {@code "抢修"}
 * @param limit how long it may take, and by which clock
 * @param countsFrom what the limit is counted from
 * @param ref the row
 */
@Sheet(
        value = "阶段时限",
        about = Matter.class,
        known = {"事项", "等级", "紧急程度"})
public record StageRow(
        @Column("序 Order") @Bounds(min = 1, max = 99) int order,
        @Column("阶段 Stage") String stage,
        @Column("时限 Limit") Limit limit,
        @Column("起算 Counts from") StageStart countsFrom,
        @Override RowRef ref)
        implements RoutingRow {}
