package liandong.escalation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import liandong.engine.Timetable;
import liandong.incident.Body;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.policy.Policy;
import liandong.table.Tables;
import org.jspecify.annotations.Nullable;

/**
 * What bodies were late with beside stages (逾期核算): that they returned a case after they might have, that they were not in touch
 * with the citizen in time. Each body that had it in hand answers for its own time only.
 */
public final class Delays {
    /** So many returns, and bodies one after the other, are looked at: no policy lets a matter go round as often. */
    private static final int MOST = 100;

    private final OpenCase open;
    private final Tables tables;
    private final CaseClock clock;
    private final Timetable timetable;
    private final List<CaseEvent> found = new ArrayList<>();

    private Delays(OpenCase told, Policy policy, Instant now) {
        ZonedDateTime local = now.atZone(policy.calendar().zone());
        this.tables = policy.tables(local.toLocalDate());
        this.timetable = new Timetable(policy.calendar(), local);
        this.clock = new CaseClock(timetable);
        this.open = CountedEvents.of(told, tables, timetable);
    }

    /** The delays as events, each with the body that answers for it; what a person has taken out is held against nobody. */
    public static List<CaseEvent> of(EscalationFacts asked, Policy policy, Instant now) {
        var delays = new Delays(asked.once().open().judged(), policy, now);
        delays.returns();
        delays.contacts();
        return List.copyOf(delays.found);
    }

    private void returns() {
        List<CaseEvent> returned = open.events().stream()
                .filter(event -> event.kind() == CaseEventKind.RETURNED && event.excluded() == null)
                .limit(MOST)
                .toList();
        for (CaseEvent event : returned) {
            Body body = event.body();
            if (body == null) {
                continue;
            }
            OpenCase then = open.asOf(event.at()).ledBy(body);
            boolean late =
                    tables.match(ReturnRow.class, then).stream().anyMatch(row -> !clock.inTime(then, event, row));
            if (late) {
                found.add(delay(CaseEventKind.RETURNED_LATE, event.at(), body));
            }
        }
    }

    /** Goes through the times in which one body after the other had the case in hand. */
    private void contacts() {
        OffsetDateTime from = open.assignedAt();
        for (CaseEvent event :
                open.events().stream().filter(OpenCase::moves).limit(MOST).toList()) {
            contact(from, event.at());
            from = event.at();
        }
        OffsetDateTime done = !open.done()
                ? null
                : open.stages().stream()
                        .map(open::doneAt)
                        .filter(Objects::nonNull)
                        .max(OffsetDateTime.timeLineOrder())
                        .orElse(null);
        contact(from, done == null ? timetable.now().toOffsetDateTime() : done);
    }

    /** Who had the case in hand from one moment to another, and was not in touch with the citizen by when a row says. */
    private void contact(OffsetDateTime from, OffsetDateTime to) {
        Body holder = open.concerned(nothing(CaseEventKind.ACCEPTED, from));
        if (holder == null) {
            return;
        }
        OpenCase then = open.asOf(from).ledBy(holder);
        OpenCase silent = then.without(CaseEventKind.CONTACTED);
        for (WaitingActionRow row : tables.match(WaitingActionRow.class, silent)) {
            OffsetDateTime due = row.since() != Waiting.ASSIGNMENT
                    ? null
                    : timetable.beforeEnd(() -> timetable.after(from, row.after()));
            if (due == null || !due.isBefore(to) || !isEndedByContact(row, silent, from)) {
                continue;
            }
            OpenCase by = open.asOf(due).ledBy(holder);
            if (!by.contacted() && !by.paused() && !by.onLedger() && !by.returnOpen()) {
                found.add(delay(CaseEventKind.CONTACT_LATE, due, holder));
                return;
            }
        }
    }

    /** Whether a row waits for nothing but that somebody is in touch with the citizen. */
    private boolean isEndedByContact(WaitingActionRow row, OpenCase silent, OffsetDateTime from) {
        var events = new ArrayList<>(silent.events());
        events.add(nothing(CaseEventKind.CONTACTED, from));
        return tables.match(WaitingActionRow.class, silent.with(events)).stream()
                .noneMatch(each -> each.ref().equals(row.ref()));
    }

    private static CaseEvent nothing(CaseEventKind kind, OffsetDateTime at) {
        return new CaseEvent(kind, at, null, null, false, null, null);
    }

    private static CaseEvent delay(CaseEventKind kind, OffsetDateTime at, @Nullable Body body) {
        return new CaseEvent(kind, at, null, body, false, null, null);
    }
}
