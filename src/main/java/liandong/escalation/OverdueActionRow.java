package liandong.escalation;

import java.util.List;
import liandong.calendar.Limit;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done when so much of a stage's limit has been used (时限督办).
 *
 * @param used percent of the limit: 100 is when it is due, 200 when as much time again has passed
 * @param then how long after that; null for at once
 * @param thenShare how long after that at most, as percent of the stage's limit, so that short matters do not wait for days;
 *     null for no more than {@code then}
 * @param every how often again, counted from then, until the stage is done; null for once
 * @param everyShare how long at most until again, as percent of the stage's limit; null for no more than {@code every}
 * @param atLeast how long at least until again, whatever the share: nobody is urged day and night; null for no least
 * @param step what it calls for
 * @param concerned whom it concerns
 * @param copied who gets a copy; empty for nobody
 * @param within how soon the body must have answered it; null when not said
 * @param withinShare how soon at most, as percent of the stage's limit, so that short matters are answered soon; null for no
 *     more than {@code within}
 * @param ref the row
 */
@Sheet(value = "时限督办", about = OpenStage.class)
public record OverdueActionRow(
        @Column("已用时限 Used") @Bounds(max = 10_000) int used,

        @Column(value = "再过 Then", optional = true) @Nullable
        Limit then,

        @Column(value = "再过比例 Then share", optional = true, mayBeAbsent = true) @Bounds(min = 1, max = 1_000) @Nullable
        Integer thenShare,

        @Column(value = "每隔 Every", optional = true) @Nullable
        Limit every,

        @Column(value = "每隔比例 Every share", optional = true, mayBeAbsent = true) @Bounds(min = 1, max = 1_000) @Nullable
        Integer everyShare,

        @Column(value = "至少隔 At least", optional = true, mayBeAbsent = true) @Nullable
        Limit atLeast,

        @Column("措施 Action") TriggerableAction step,
        @Column("对象 Concerned") Concerned concerned,
        @Column(value = "抄送 Copy", optional = true) List<Body> copied,

        @Column(value = "限期 Within", optional = true) @Nullable
        Limit within,

        @Override
        @Column(value = "限期比例 Within share", optional = true, mayBeAbsent = true)
        @Bounds(min = 1, max = 100)
        @Nullable
        Integer withinShare,

        @Override RowRef ref)
        implements EscalationRow, ActionTrigger {
    /** How long after the share of a stage's limit has been used; null for at once. */
    @Nullable
    Limit thenOf(OpenStage stage) {
        return StageShare.noMoreThan(thenShare, then, stage);
    }

    /** How often again for a stage; null for once. */
    @Nullable
    Limit everyOf(OpenStage stage) {
        return StageShare.often(every, everyShare, atLeast, stage);
    }
}
