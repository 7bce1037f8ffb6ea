package liandong.escalation;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import liandong.incident.Body;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.CaseEvents;
import liandong.incident.Matter;
import liandong.table.RowRef;
import liandong.table.Tables;
import org.jspecify.annotations.Nullable;

/**
 * What was told of the work, as far as it counts: who may say that a stage is done or that the danger is over, the table 申报认定
 * says (申报核定).
 *
 * @param events the events that count, in the order of their times; that the danger is over ends the stage that it names
 * @param credited that the danger is over, where it counts, with the row that says so
 * @param disregarded those that do not, with the row that says so
 */
public record ReportedWork(List<CaseEvent> events, List<Told> credited, List<Told> disregarded) {
    /**
     * Something told of the work.
     *
     * @param event what was told
     * @param row the row that says so
     */
    public record Told(CaseEvent event, RowRef row) {}

    /**
     * What counts of what was told.
     *
     * @param told what was told, in the order of its times
     * @param lead who has the case in hand now
     */
    public static ReportedWork of(Matter matter, List<CaseEvent> told, Body lead, Tables tables) {
        if (!tables.has(ReportedRow.class)) {
            return new ReportedWork(told, List.of(), List.of());
        }
        var events = new ArrayList<CaseEvent>();
        var credited = new ArrayList<Told>();
        var disregarded = new ArrayList<Told>();
        List<CaseEvent> taken = taken(told);
        Body beginner = beginner(told, taken, lead);
        int had = 0;
        for (CaseEvent event : told) {
            while (had < taken.size() && !taken.get(had).at().isAfter(event.at())) {
                had++;
            }
            boolean over = event.kind() == CaseEventKind.DANGER_OVER;
            if (!over && event.kind() != CaseEventKind.STAGE_DONE) {
                events.add(event);
                continue;
            }
            Body holder =
                    had == taken.size() ? lead : had > 0 ? taken.get(had - 1).body() : beginner;
            // Where the first body is not known, the one that reports is taken for it.
            Body teller = event.body() == null ? lead : event.body();
            List<ReportedRow> rows =
                    tables.match(ReportedRow.class, new Reported(matter, event, holder == null ? teller : holder));
            if (!rows.isEmpty() && !rows.get(0).counts()) {
                disregarded.add(new Told(event, rows.get(0).ref()));
                continue;
            }
            events.add(event);
            if (over && !rows.isEmpty()) {
                credited.add(new Told(event, rows.get(0).ref()));
            }
            if (over && event.stage() != null) {
                events.add(stageDone(event.stage(), event.at()));
            }
        }
        return new ReportedWork(List.copyOf(events), List.copyOf(credited), List.copyOf(disregarded));
    }

    /** Who came to have the case in hand: though the level above has taken it up, the body below goes on with the work. */
    private static List<CaseEvent> taken(List<CaseEvent> told) {
        return told.stream()
                .filter(event -> event.body() != null)
                .filter(event -> event.kind() == CaseEventKind.ASSIGNED || CaseEvents.moves(event))
                .toList();
    }

    /** The body that had the case before the first assignment or reassignment that was told: the one that returned it; null when not known. */
    private static @Nullable Body beginner(List<CaseEvent> told, List<CaseEvent> taken, Body lead) {
        return taken.isEmpty()
                ? lead
                : told.stream()
                        .filter(event -> event.kind() == CaseEventKind.RETURNED
                                && !event.at().isAfter(taken.get(0).at()))
                        .map(CaseEvent::body)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private static CaseEvent stageDone(String stage, OffsetDateTime at) {
        return new CaseEvent(CaseEventKind.STAGE_DONE, at, stage, null, false, null, null);
    }
}
