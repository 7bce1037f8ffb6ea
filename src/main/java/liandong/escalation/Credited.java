package liandong.escalation;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.incident.Body;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import liandong.incident.Presented;
import liandong.table.RowRef;
import org.jspecify.annotations.Nullable;

/**
 * Something that gave a body more time and counts, or counted: a pause, an extension, an explanation (作数).
 *
 * @param event what was told
 * @param until until when it counted, or counts; null for a pause that goes on without an end, and for an explanation that is
 *     never spent
 * @param rows the row that allows it
 */
public record Credited(
        CaseEvent event,
        @Nullable OffsetDateTime until,
        @Override List<RowRef> rows) implements EscalationFinding, Presented {
    /** As callers get it. */
    record Told(
            @Member(label = "作数 Credited", meaning = "what was told")
            CaseEventKind kind,

            @Member(meaning = "when it happened") OffsetDateTime at,

            @Member(meaning = "the stage it is about; absent when about none", example = "\"抢修\"") @Nullable
            String stage,

            @Member(
                    label = "作数至 Credited until",
                    meaning = "until when it counted, or counts at the latest; absent when that is open")
            @Nullable
            OffsetDateTime until,

            @Member(label = "作数决定单位 Credited by", meaning = "who decided it; absent when nobody was named") @Nullable
            Body by,

            @Member(meaning = "id of the row that allows it", role = Role.ROW)
            String row) {}

    @Override
    public Told presented() {
        return new Told(
                event.kind(),
                event.at(),
                event.stage(),
                until,
                event.by(),
                rows.get(0).id());
    }
}
