package liandong.escalation;

import liandong.calendar.Limit;
import liandong.incident.Body;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a body gets the time it asks for (延期审批).
 *
 * @param granted whether it may have it
 * @param by how much, counted from when the stage is due; null for nothing
 * @param ownHead whether the head of the body itself has to grant it, as some laws say; null for no
 * @param decider the body that has to grant it, as it assigned the matter; null for the centre, at once
 * @param ref the row
 */
@Sheet(value = "延期审批", about = ExtensionRequest.class)
public record ExtensionRow(
        @Column("同意 Granted") boolean granted,

        @Column(value = "延长 By", optional = true) @Nullable Limit by,

        @Column(value = "本机关批准 By own head", optional = true, mayBeAbsent = true) @Nullable
        Boolean ownHead,

        @Column(value = "批准单位 Decided by", optional = true, mayBeAbsent = true) @Nullable
        Body decider,

        @Override RowRef ref)
        implements EscalationRow {
    /** Whether the centre says yes, and by how much. */
    public boolean grants() {
        return granted && by != null && !refers();
    }

    /** Whether somebody else has to say yes: until then the limit runs on. */
    public boolean refers() {
        return granted && by != null && (decider != null || Boolean.TRUE.equals(ownHead));
    }

    /** Whether nobody may say yes. */
    public boolean refuses() {
        return !granted || by == null;
    }

    /** Who has to say yes where that is not the centre at once. */
    public Body decider(OpenCase open) {
        return decider == null ? open.lead() : decider.in(open.matter().report().area());
    }
}
