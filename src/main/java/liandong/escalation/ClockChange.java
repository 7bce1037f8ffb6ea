package liandong.escalation;

import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.Column;
import liandong.incident.PauseGround;
import org.jspecify.annotations.Nullable;

/**
 * Something that would give a body more time: a pause, a granted extension, an explanation (时限变动).
 *
 * @param of the case as it stood before
 * @param event what was told
 * @param time which one of its kind it is, counting those before that counted: 1 for the first
 */
public record ClockChange(
        OpenCase of,
        CaseEvent event,
        @Column("第几次 Which time") int time) {
    /** Why the limits are to stand still; null when not told. */
    @Column("暂停事由 Ground")
    public @Nullable PauseGround ground() {
        return event.kind() == CaseEventKind.PAUSED ? event.ground() : null;
    }

    /** What kind of body decided it; null when not told. */
    @Column("决定单位类别 Decided by")
    public @Nullable BodyKind decidedBy() {
        return event.by() == null ? null : event.by().kind();
    }

    /** Which body decided it; null when not told. */
    @Column("决定机关 Deciding body")
    public @Nullable Body decider() {
        return event.by();
    }

    /** Whether a body that has, or had, the case in hand decided it for itself; null when nobody has told who did. */
    @Column("自行决定 By itself")
    public @Nullable Boolean byItself() {
        Body by = event.by();
        if (by == null) {
            return null;
        }
        return of.holders().stream().anyMatch(by::isOneWith)
                || of.assisting().stream().anyMatch(by::isOneWith);
    }
}
