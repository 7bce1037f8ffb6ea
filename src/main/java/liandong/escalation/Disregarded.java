package liandong.escalation;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.GroundProof;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import liandong.incident.Presented;
import liandong.table.RowRef;
import org.jspecify.annotations.Nullable;

/**
 * Something that was told and does not count, or not in full (不作数).
 *
 * @param event what was told
 * @param from since when it does not count: when it happened, or when the longest time was over
 * @param wants what has to be shown for it to count, any one of them; empty unless nothing but that is wanting
 * @param rows the row that says so; empty when no row allows it
 */
public record Disregarded(
        CaseEvent event,
        OffsetDateTime from,
        List<GroundProof> wants,
        @Override List<RowRef> rows) implements EscalationFinding, Presented {
    /** What no proof would make count. */
    public Disregarded(CaseEvent event, OffsetDateTime from, List<RowRef> rows) {
        this(event, from, List.of(), rows);
    }

    /**
     * Whether it is a pause that never counted, as against one that lasted too long. One that a person has taken out, as when it
     * was told by mistake, is held against nobody.
     */
    boolean isRefusedPause() {
        return event.kind() == CaseEventKind.PAUSED && from.isEqual(event.at()) && event.excluded() == null;
    }

    /** As callers get it. */
    record Told(
            @Member(label = "不作数 Disregarded", meaning = "what was told")
            CaseEventKind kind,

            @Member(meaning = "when it was told to have happened")
            OffsetDateTime at,

            @Member(meaning = "the stage it is about; absent when about none", example = "\"抢修\"") @Nullable
            String stage,

            @Member(
                    label = "不作数起 Disregarded from",
                    meaning = "since when it does not count: when it happened, or when the longest time that the row"
                            + " allows was over")
            OffsetDateTime from,

            @Member(
                    label = "须有凭证 Proof required",
                    meaning = "what has to be shown for it to count, any one of them; absent unless nothing but that is"
                            + " wanting",
                    leftOutWhenEmpty = true)
            List<GroundProof> wants,

            @Member(meaning = "id of the row; absent when no row allows it", role = Role.ROW) @Nullable
            String row) {}

    @Override
    public Told presented() {
        return new Told(
                event.kind(),
                event.at(),
                event.stage(),
                from,
                wants,
                rows.isEmpty() ? null : rows.get(0).id());
    }
}
