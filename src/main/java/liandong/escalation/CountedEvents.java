package liandong.escalation;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import liandong.calendar.Limit;
import liandong.engine.Timetable;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.table.RowRef;
import liandong.table.Tables;
import org.jspecify.annotations.Nullable;

/**
 * Finds what of the events of a case counts: time is given only as the table 时限变动 says (情形核定).
 *
 * <p>A pause that the table does not allow never stops a limit; one that it allows ends by itself after the longest time. An
 * extension that goes beyond the longest time counts up to it. What has to be proved and is not does not count. A policy without
 * the table counts everything as it was told. Who may say that a stage is done, or that the danger is over, the table 申报认定
 * says.
 */
final class CountedEvents {
    /** So many of what does not count are told, the latest: each is a conclusion of its own. */
    private static final int MOST_TOLD = 100;

    private final OpenCase told;
    private final Tables tables;
    private final Timetable clock;
    private final List<CaseEvent> counted = new ArrayList<>();
    private final List<Disregarded> disregarded = new ArrayList<>();
    private final List<Credited> credited = new ArrayList<>();
    /** How many of a kind counted when they happened, whether or not they are spent by now. */
    private final Map<CaseEventKind, Integer> allowed = new EnumMap<>(CaseEventKind.class);

    /** The pause that goes on and counts, and when it ends by itself. */
    private @Nullable CaseEvent pause;

    private @Nullable OffsetDateTime lapse;
    private List<RowRef> pausedBy = List.of();

    /** Whether a pause goes on that does not count, so that what ends it is passed over too. */
    private boolean passedOver;

    private CountedEvents(OpenCase told, Tables tables, Timetable clock) {
        this.told = told;
        this.tables = tables;
        this.clock = clock;
    }

    /** The case as it counts: with the events that count, and what does not. */
    static OpenCase of(OpenCase told, Tables tables, Timetable clock) {
        ReportedWork work = ReportedWork.of(told.matter(), told.events(), told.lead(), tables);
        List<Disregarded> reports = work.disregarded().stream()
                .map(each -> new Disregarded(each.event(), each.event().at(), List.of(each.row())))
                .toList();
        List<Credited> over = work.credited().stream()
                .map(each -> new Credited(each.event(), null, List.of(each.row())))
                .toList();
        OpenCase reported = work.events().equals(told.events()) ? told : told.with(work.events());
        if (!tables.has(ClockChangeRow.class)) {
            return reports.isEmpty() && over.isEmpty()
                    ? reported
                    : reported.disregarding(latest(reports), latest(over));
        }
        var counting = new CountedEvents(reported, tables, clock);
        counting.count();
        merge(reports, counting.disregarded, Disregarded::event);
        merge(over, counting.credited, Credited::event);
        return counting.before().disregarding(latest(counting.disregarded), latest(counting.credited));
    }

    private void count() {
        for (CaseEvent event : told.events()) {
            lapse(event.at());
            switch (event.kind()) {
                case PAUSED -> pause(event);
                case RESUMED -> resume(event);
                case EXTENSION_GRANTED -> extension(event);
                case EXPLAINED -> explanation(event);
                case HARM -> harm(event);
                default -> counted.add(event);
            }
        }
        if (lapse != null && hasCome(lapse)) {
            lapse(lapse);
        }
    }

    /** Puts each of some before what was told later; the others stay in their order. */
    private static <T> void merge(List<T> some, List<T> into, Function<T, CaseEvent> told) {
        for (T each : some) {
            int at = 0;
            while (at < into.size()
                    && !told.apply(into.get(at)).at().isAfter(told.apply(each).at())) {
                at++;
            }
            into.add(at, each);
        }
    }

    private static <T> List<T> latest(List<T> all) {
        return all.subList(Math.max(0, all.size() - MOST_TOLD), all.size());
    }

    private OpenCase before() {
        return told.with(counted);
    }

    private @Nullable ClockChangeRow row(CaseEvent event) {
        List<ClockChangeRow> rows = tables.match(
                ClockChangeRow.class, new ClockChange(before(), event, 1 + allowed.getOrDefault(event.kind(), 0)));
        return rows.isEmpty() ? null : rows.get(0);
    }

    /** Tells that an event does not count; whether it does. */
    private boolean counts(CaseEvent event, @Nullable ClockChangeRow row) {
        if (row == null || !row.allowed()) {
            disregarded.add(new Disregarded(event, event.at(), row == null ? List.of() : List.of(row.ref())));
            return false;
        }
        if (!row.isProved(event)) {
            disregarded.add(new Disregarded(event, event.at(), row.proofs(), List.of(row.ref())));
            return false;
        }
        allowed.merge(event.kind(), 1, Integer::sum);
        return true;
    }

    private void pause(CaseEvent event) {
        ClockChangeRow row = row(event);
        passedOver = !counts(event, row);
        if (row != null && !passedOver) {
            counted.add(event);
            pause = event;
            pausedBy = List.of(row.ref());
            lapse = earlier(event.until(), end(event.at(), row.longest()));
            if (lapse != null && lapse.isBefore(event.at())) { // told to end before it began: it never lasted
                lapse = event.at();
            }
            credited.add(new Credited(event, lapse, pausedBy));
        }
    }

    private void resume(CaseEvent event) {
        if (!passedOver) {
            counted.add(event);
        }
        CaseEvent ended = pause;
        if (ended != null) {
            credited.replaceAll(
                    each -> each.event().equals(ended) ? new Credited(ended, event.at(), each.rows()) : each);
        }
        passedOver = false;
        pause = null;
        lapse = null;
    }

    /** People were hurt, or came into danger: a pause that the table would not allow any more is over. */
    private void harm(CaseEvent event) {
        counted.add(event);
        CaseEvent lasting = pause;
        if (lasting == null) {
            return;
        }
        List<ClockChangeRow> rows = tables.match(
                ClockChangeRow.class, new ClockChange(before(), lasting, allowed.getOrDefault(lasting.kind(), 1)));
        if (rows.isEmpty() || !rows.get(0).allowed()) {
            pausedBy = rows.stream().map(ClockChangeRow::ref).limit(1).toList();
            lapse = event.at();
            credited.replaceAll(
                    each -> each.event().equals(lasting) ? new Credited(lasting, event.at(), each.rows()) : each);
            lapse(event.at());
        }
    }

    /** Ends the pause that goes on, if by a moment it has lasted as long as it may. */
    private void lapse(OffsetDateTime by) {
        CaseEvent lasting = pause;
        OffsetDateTime end = lapse;
        if (lasting != null && end != null && !end.isAfter(by)) {
            counted.add(new CaseEvent(CaseEventKind.RESUMED, end, null, null, false, null, null));
            disregarded.add(new Disregarded(lasting, end, pausedBy));
            passedOver = true;
            pause = null;
            lapse = null;
        }
    }

    private void extension(CaseEvent event) {
        ClockChangeRow row = row(event);
        if (!counts(event, row) || row == null) {
            // Whoever answered the request answered it wrongly: it is no longer open, or it could still be granted.
            counted.add(
                    new CaseEvent(CaseEventKind.EXTENSION_REFUSED, event.at(), event.stage(), null, false, null, null));
            return;
        }
        OffsetDateTime until = event.until();
        OpenCase before = before();
        OffsetDateTime due = new CaseClock(clock)
                .all(before).stream()
                        .filter(stage -> stage.name().equals(event.stage()))
                        .filter(stage -> isOpen(before.doneAt(stage.stage()), event))
                        .map(OpenStage::due)
                        .findFirst()
                        .orElse(null);
        if (due == null) { // it is done: more time for it would only move what comes after
            disregarded.add(new Disregarded(event, event.at(), List.of(row.ref())));
            return;
        }
        if (until != null && until.isBefore(due)) { // more time never makes less of it
            disregarded.add(new Disregarded(event, event.at(), List.of(row.ref())));
            counted.add(
                    new CaseEvent(CaseEventKind.EXTENSION_REFUSED, event.at(), event.stage(), null, false, null, null));
            return;
        }
        OffsetDateTime most = end(due, row.longest());
        if (most != null && until != null && until.isAfter(most)) {
            disregarded.add(new Disregarded(event, most, List.of(row.ref())));
            counted.add(event.endingAt(most));
            credited.add(new Credited(event, most, List.of(row.ref())));
        } else {
            counted.add(event);
            credited.add(new Credited(event, until, List.of(row.ref())));
        }
    }

    /** Whether a stage that was done at a moment, as it may say itself, was open when something happened. */
    private static boolean isOpen(@Nullable OffsetDateTime doneAt, CaseEvent event) {
        return doneAt == null || doneAt.isAfter(event.at());
    }

    private void explanation(CaseEvent event) {
        ClockChangeRow row = row(event);
        if (!counts(event, row) || row == null) {
            return;
        }
        OffsetDateTime spent = end(event.at(), row.longest());
        if (spent != null && hasCome(spent)) {
            disregarded.add(new Disregarded(event, spent, List.of(row.ref())));
        } else {
            counted.add(event);
        }
        credited.add(new Credited(event, spent, List.of(row.ref())));
    }

    private static @Nullable OffsetDateTime earlier(@Nullable OffsetDateTime one, @Nullable OffsetDateTime other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    private @Nullable OffsetDateTime end(OffsetDateTime from, @Nullable Limit longest) {
        return longest == null ? null : clock.beforeEnd(() -> clock.after(from, longest));
    }

    private boolean hasCome(OffsetDateTime moment) {
        return !clock.latest(moment, null).isEmpty();
    }
}
