package liandong.escalation;

import java.util.List;
import liandong.calendar.Limit;
import liandong.incident.Body;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done because of what has happened to a case (升级条件).
 *
 * @param step what it calls for
 * @param concerned whom it concerns
 * @param copied who gets a copy; empty for nobody
 * @param within how soon the body must have answered it; null when not said
 * @param ref the row
 */
@Sheet(value = "升级条件", about = OpenCase.class)
public record ConditionActionRow(
        @Column("措施 Action") TriggerableAction step,
        @Column("对象 Concerned") Concerned concerned,
        @Column(value = "抄送 Copy", optional = true) List<Body> copied,

        @Column(value = "限期 Within", optional = true) @Nullable
        Limit within,

        @Override RowRef ref)
        implements EscalationRow, ActionTrigger {}
