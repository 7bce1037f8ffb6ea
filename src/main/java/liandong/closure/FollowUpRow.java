package liandong.closure;

import liandong.calendar.Limit;
import liandong.incident.Body;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * Who asks the citizen, how and by when (回访方式).
 *
 * @param by who asks; a body that stands for a territory becomes the one the matter lies in
 * @param how by which channel
 * @param limit how long it may take
 * @param ref the row
 */
@Sheet(
        value = "回访方式",
        about = Closing.class,
        known = {"事项", "等级", "紧急程度"})
public record FollowUpRow(
        @Column("回访单位 By") Body by,
        @Column("方式 How") Channel how,
        @Column("时限 Limit") Limit limit,
        @Override RowRef ref)
        implements ClosureRow {}
