package liandong.escalation;

import java.util.List;
import java.util.Objects;
import liandong.calendar.Limit;
import liandong.incident.Body;
import liandong.incident.Bounds;
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
 * @param share how soon at most, as percent of the limit of the first stage that is open; null for no more than {@code within}
 * @param late what is to be done, to who convenes it, when that time is over; null for nothing
 * @param every how often again, counted from then; null for once
 * @param everyShare how long at most until again, as percent of the limit of the first stage that is open; null for no more
 *     than {@code every}
 * @param atLeast how long at least until again, whatever the share; null for no least
 * @param copied who gets a copy of that; empty for nobody
 * @param disputing who sits in it too once the matter has been returned; empty for nobody
 * @param ref the row
 */
@Sheet(value = "联席会议", about = OpenCase.class)
public record ConferenceRow(
        @Column("联席会议 Conference") Body conference,
        @Column("召集 Convened by") Body lead,
        @Column(value = "成员 Members", optional = true) List<Body> members,

        @Column(value = "议题 Agenda", optional = true, mayBeAbsent = true) @Nullable
        String agenda,

        @Override @Column(value = "议定限期 Decide within", optional = true, mayBeAbsent = true) @Nullable
        Limit within,

        @Column(value = "限期比例 Share of limit", optional = true, mayBeAbsent = true)
        @Bounds(min = 1, max = 100)
        @Nullable
        Integer share,

        @Override @Column(value = "逾期措施 When late", optional = true, mayBeAbsent = true) @Nullable
        TriggerableAction late,

        @Column(value = "每隔 Every", optional = true, mayBeAbsent = true) @Nullable
        Limit every,

        @Column(value = "每隔比例 Every share", optional = true, mayBeAbsent = true) @Bounds(min = 1, max = 1_000) @Nullable
        Integer everyShare,

        @Column(value = "至少隔 At least", optional = true, mayBeAbsent = true) @Nullable
        Limit atLeast,

        @Override @Column(value = "抄送 Copy", optional = true, mayBeAbsent = true)
        List<Body> copied,

        @Column(value = "争议成员 When disputed", optional = true, mayBeAbsent = true)
        List<Body> disputing,

        @Override RowRef ref)
        implements EscalationRow, LateTrigger {
    /** Whether something is to be done when the conference is late. */
    public boolean presses() {
        return late != null && within != null;
    }

    /** How often again, of a case the first open stage of which is given; null for once. */
    @Nullable
    Limit everyOf(@Nullable OpenStage first) {
        return first == null ? every : StageShare.often(every, everyShare, atLeast, first);
    }

    /** Who convenes it: the conference is late. */
    @Override
    public Concerned concerned() {
        return Concerned.CONVENER;
    }

    /**
     * Who convenes it about a case: the body that the row names, unless that has returned the case itself, or refused it without
     * cause; then the centre, as nobody judges in a dispute of their own.
     *
     * @param centre who decides at the centre; empty when the policy names nobody
     */
    public Body convener(OpenCase open, List<Body> centre) {
        boolean disputes = open.events().stream()
                .filter(event -> event.kind() == CaseEventKind.RETURNED || event.kind() == CaseEventKind.SHIRKED)
                .map(open::concerned)
                .filter(Objects::nonNull)
                .anyMatch(lead::isOneWith);
        return disputes && !centre.isEmpty() ? centre.get(0) : lead;
    }
}
