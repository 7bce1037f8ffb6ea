package liandong.escalation;

import java.util.List;
import liandong.calendar.Limit;
import liandong.incident.Body;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * How long a citizen waits at most, no matter which body has it (总时限).
 *
 * <p>Counts from the report, day and night or in office hours as the limit says; no return, pause or extension moves it. A
 * matter that had been done and is opened again may have some time from then on.
 *
 * @param limit how long
 * @param reopened how long at most from when it was opened again after all of it had been done; null for no more than
 *     {@code limit}
 * @param every how often what it calls for is called for again; null for once
 * @param step what it calls for when that time is over
 * @param concerned whom that concerns
 * @param copied who gets a copy; empty for nobody
 * @param within how soon the body must have answered; null when not said
 * @param ref the row
 */
@Sheet(value = "总时限", about = OpenCase.class, optional = true)
public record CitizenLimitRow(
        @Column("时限 Limit") Limit limit,

        @Column(value = "重开时限 Once reopened", optional = true, mayBeAbsent = true) @Nullable
        Limit reopened,

        @Column(value = "每隔 Every", optional = true) @Nullable
        Limit every,

        @Column("措施 Action") TriggerableAction step,
        @Column("对象 Concerned") Concerned concerned,
        @Column(value = "抄送 Copy", optional = true) List<Body> copied,

        @Column(value = "限期 Within", optional = true) @Nullable
        Limit within,

        @Override RowRef ref)
        implements EscalationRow, ActionTrigger {}
