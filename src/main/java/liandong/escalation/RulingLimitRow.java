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
 * By when the centre must have ruled on what is left to it, and what is to be done when it has not (裁定限期).
 *
 * @param within how soon, from when the ruling was called for
 * @param share how soon at most, as percent of the limit of the first stage that is open; null for no more than
 *     {@code within}
 * @param late what is to be done when that time is over; null for nothing
 * @param every how often again, counted from then; null for once
 * @param copied who gets a copy; empty for nobody
 * @param ref the row
 */
@Sheet(value = RulingLimitRow.SHEET, about = OpenCase.class, since = 3, optional = true)
public record RulingLimitRow(
        @Override @Column("限期 Within") Limit within,

        @Column(value = "限期比例 Share of limit", optional = true) @Bounds(min = 1, max = 100) @Nullable
        Integer share,

        @Override @Column(value = "逾期措施 When late", optional = true) @Nullable
        TriggerableAction late,

        @Column(value = "每隔 Every", optional = true) @Nullable
        Limit every,

        @Override @Column(value = "抄送 Copy", optional = true)
        List<Body> copied,

        @Override RowRef ref)
        implements EscalationRow, LateTrigger {
    static final String SHEET = "裁定限期";

    /** Whether something is to be done when the centre is late: more than that it should rule. */
    public boolean presses() {
        return late != null && late != TriggerableAction.CENTRE_DECIDES;
    }

    /** The centre: it is late. */
    @Override
    public Concerned concerned() {
        return Concerned.CENTRE;
    }
}
