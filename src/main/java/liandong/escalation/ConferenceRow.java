package liandong.escalation;

import java.util.List;
import java.util.Objects;
import liandong.calendar.Limit;
import liandong.incident.Body;
import liandong.incident.CaseEventKind;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * Which joint conference takes a matter up, and who sits in it (联席会议).
 *
 * @param conference the conference
 * @param lead who convenes it
 * @param members who else sits in it; empty for nobody
 * @param agenda what it has to settle; null when not said
 * @param within by when it must have decided, from when it was called for; null when not said
 * @param ref the row
 */
@Sheet(value = "联席会议", about = OpenCase.class)
public record ConferenceRow(
        @Column("联席会议 Conference") Body conference,
        @Column("召集 Convened by") Body lead,
        @Column(value = "成员 Members", optional = true) List<Body> members,

        @Column(value = "议题 Agenda", optional = true, mayBeAbsent = true) @Nullable
        String agenda,

        @Column(value = "议定限期 Decide within", optional = true, mayBeAbsent = true) @Nullable
        Limit within,

        @Override RowRef ref)
        implements EscalationRow {
    /**
     * Who convenes it about a case: the body that the row names, unless that has returned the case itself, or refused it without
     * cause; then the centre, as nobody judges in a dispute of their own.
     *
     * @param centre who decides at the centre; empty when the policy names nobody
     */
    Body convener(OpenCase open, List<Body> centre) {
        boolean disputes = open.events().stream()
                .filter(event -> event.kind() == CaseEventKind.RETURNED || event.kind() == CaseEventKind.SHIRKED)
                .map(open::concerned)
                .filter(Objects::nonNull)
                .anyMatch(lead::isOneWith);
        return disputes && !centre.isEmpty() ? centre.get(0) : lead;
    }
}
