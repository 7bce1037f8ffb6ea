package liandong.escalation;

import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.CaseEvent;
import liandong.incident.Column;
import liandong.incident.Matter;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of the work: that a stage is done, that the danger is over (申报).
 *
 * @param matter what the case is about
 * @param event what was told
 * @param holder who had the case in hand then
 */
public record Reported(Matter matter, CaseEvent event, Body holder) {
    /** Who tells it: who had the case in hand, where nobody is named. */
    private Body teller() {
        Body named = event.body();
        return named == null ? holder : named;
    }

    /** Whether the body tells it that had the case in hand, under whatever name. */
    @Column("承办单位申报 Told by holder")
    public boolean byHolder() {
        Area area = matter.report().area();
        return teller().in(area).isOneWith(holder.in(area));
    }

    /** What kind of body tells it. */
    @Column("申报单位类别 Told by")
    public BodyKind toldBy() {
        return teller().kind();
    }

    /** What kind of body confirmed it; null when not told. */
    @Column("决定单位类别 Decided by")
    public @Nullable BodyKind decidedBy() {
        return event.by() == null ? null : event.by().kind();
    }
}
