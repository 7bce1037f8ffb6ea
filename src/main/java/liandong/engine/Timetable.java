package liandong.engine;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import liandong.calendar.CalendarEndedException;
import liandong.calendar.WorkingCalendar;
import liandong.decision.Limit;
import liandong.decision.LimitClock;
import liandong.decision.LimitRow;
import liandong.decision.RowRef;
import liandong.decision.Schedule;
import liandong.decision.Stage;
import liandong.decision.StageRow;
import liandong.decision.StageStart;
import liandong.decision.WaitRow;
import liandong.incident.CaseEvent;
import liandong.incident.ExtensionRequest;
import liandong.incident.HandledStage;
import liandong.incident.OpenCase;
import liandong.incident.OpenStage;
import org.jspecify.annotations.Nullable;

/**
 * The clock of one decision: when it is made, when what it orders falls due, and which moments have come.
 *
 * <p>Rules know the time from nowhere else. It remembers the moments it was asked about that have not come yet, so that
 * before the first of them the same question has the same answer. Belongs to one decision and one thread.
 */
public final class Timetable {
    private static final int MOST_REPEATS = 10_000;
    private static final int MOST_DAYS_AHEAD = 30;

    private final WorkingCalendar calendar;
    private final ZonedDateTime now;
    private final TreeSet<OffsetDateTime> upcoming = new TreeSet<>(OffsetDateTime.timeLineOrder());

    /**
     * A clock.
     *
     * @param calendar when offices are open
     * @param now the moment of the decision
     */
    public Timetable(WorkingCalendar calendar, ZonedDateTime now) {
        this.calendar = calendar;
        this.now = now;
    }

    /** The first moment it was asked about that is still to come; null when there is none. */
    @Nullable
    OffsetDateTime upcoming() {
        return upcoming.isEmpty() ? null : upcoming.first();
    }

    /**
     * When a limit that counts from now falls due.
     *
     * @throws CalendarEndedException if a working limit runs beyond the calendar
     */
    public OffsetDateTime due(Limit limit) {
        return calendar.due(now, limit).toOffsetDateTime();
    }

    /**
     * When a limit that counts from a moment falls due.
     *
     * @param limit null for none
     * @return null when there is no limit
     * @throws CalendarEndedException if a working limit runs beyond the calendar
     */
    public @Nullable OffsetDateTime due(OffsetDateTime from, @Nullable Limit limit) {
        return limit == null ? null : after(from, limit);
    }

    private OffsetDateTime after(OffsetDateTime from, Limit limit) {
        return calendar.due(from.atZoneSameInstant(now.getZone()), limit).toOffsetDateTime();
    }

    /** Whether something happened before a limit that counts from a moment was over; always when there is no limit. */
    public boolean within(OffsetDateTime from, @Nullable Limit limit, OffsetDateTime happened) {
        if (limit == null) {
            return true;
        }
        OffsetDateTime due = beforeEnd(() -> after(from, limit));
        return due == null || !happened.isAfter(due);
    }

    /**
     * Since when a row of 时限督办 calls for its action.
     *
     * @return the moment, the latest when the row repeats it; empty when it has not come, or while the limits are stopped
     */
    public List<OffsetDateTime> reached(OpenStage open, LimitRow row) {
        StageClock clock = new StageClock(calendar, open.of(), open.stage(), open.start());
        OffsetDateTime used = beforeEnd(() -> clock.used(row.used(), open.due()));
        if (used == null) {
            return List.of();
        }
        Limit then = row.then();
        return reached(then == null ? used : beforeEnd(() -> after(used, then)), row.every());
    }

    /** Since when a row of 等候督办 calls for its action; see {@link #reached(OpenStage, LimitRow)}. */
    public List<OffsetDateTime> reached(OpenCase open, WaitRow row) {
        OffsetDateTime began = row.since().began(open);
        return began == null ? List.of() : reached(beforeEnd(() -> after(began, row.after())), row.every());
    }

    private List<OffsetDateTime> reached(@Nullable OffsetDateTime first, @Nullable Limit every) {
        if (first == null || !hasCome(first)) {
            return List.of();
        }
        OffsetDateTime latest = first;
        for (int i = 0; every != null && i < MOST_REPEATS; i++) {
            OffsetDateTime from = latest;
            OffsetDateTime next = beforeEnd(() -> wholeSecond(after(from, every)));
            if (next == null || !next.isAfter(latest) || !hasCome(next)) {
                break;
            }
            latest = next;
        }
        return List.of(latest);
    }

    private boolean hasCome(OffsetDateTime moment) {
        if (!wholeSecond(moment).toInstant().isAfter(now.toInstant())) {
            return true;
        }
        upcoming.add(wholeSecond(moment));
        return false;
    }

    /** Moments are brought up to whole seconds, so that whoever sets a timer by them comes neither early nor late. */
    private static OffsetDateTime wholeSecond(OffsetDateTime moment) {
        return moment.getNano() == 0
                ? moment
                : moment.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    }

    /** A moment; null when it lies beyond the calendar, whose end is then the next moment to come. */
    private @Nullable OffsetDateTime beforeEnd(Supplier<@Nullable OffsetDateTime> moment) {
        try {
            return moment.get();
        } catch (CalendarEndedException e) {
            OffsetDateTime end =
                    e.last().plusYears(1).atDay(1).atStartOfDay(now.getZone()).toOffsetDateTime();
            if (e.date().getYear() < e.first().getValue() || !end.toInstant().isAfter(now.toInstant())) {
                throw e;
            }
            upcoming.add(end);
            return null;
        }
    }

    /** The stages of a case that are not done, with when they are due after extensions and pauses, in their order. */
    public List<OpenStage> open(OpenCase open) {
        var stages = new ArrayList<OpenStage>();
        var moved =
                new HashMap<Instant, OffsetDateTime>(); // what a stage that begins when another is due begins at now
        for (HandledStage stage : open.stages()) {
            OffsetDateTime assigned = stage.start() == null ? open.assignedAt() : stage.start();
            OffsetDateTime start = moved.getOrDefault(assigned.toInstant(), assigned);
            StageClock clock = new StageClock(calendar, open, stage, start);
            OffsetDateTime due = clock.due(start.isEqual(assigned) ? stage.due() : clock.fullLimit());
            moved.put(stage.due().toInstant(), due);
            if (open.doneAt(stage) == null) {
                stages.add(new OpenStage(open, stage, stage.name(), start, due));
            }
        }
        return List.copyOf(stages);
    }

    /** The requests for more time that nobody has answered, in the order of the stages. */
    public List<ExtensionRequest> requests(OpenCase open) {
        var requests = new ArrayList<ExtensionRequest>();
        for (OpenStage stage : open(open)) {
            CaseEvent pending = null;
            for (CaseEvent event : open.events()) {
                if (stage.name().equals(event.stage())) {
                    pending = switch (event.kind()) {
                        case EXTENSION_REQUESTED -> event;
                        case EXTENSION_GRANTED, EXTENSION_REFUSED -> null;
                        default -> pending;
                    };
                }
            }
            if (pending != null) {
                requests.add(new ExtensionRequest(stage, pending.at(), daysAhead(pending.at(), stage.due())));
            }
        }
        return List.copyOf(requests);
    }

    private int daysAhead(OffsetDateTime requested, OffsetDateTime due) {
        int days = 0;
        while (days < MOST_DAYS_AHEAD && endsBy(requested, days + 1, due)) {
            days++;
        }
        return days;
    }

    private boolean endsBy(OffsetDateTime from, int workingDays, OffsetDateTime due) {
        var limit = new Limit(BigDecimal.valueOf(workingDays), LimitClock.WORKING_DAY);
        try {
            return !after(from, limit).isAfter(due);
        } catch (CalendarEndedException e) {
            return false;
        }
    }

    /**
     * What is still to be done, counted anew from a moment: a stage that counted from the assignment counts from then, one
     * that began later from when those before it are due.
     *
     * @throws CalendarEndedException if a working limit runs beyond the calendar
     */
    public List<HandledStage> restarted(OpenCase open, OffsetDateTime from) {
        var stages = new ArrayList<HandledStage>();
        OffsetDateTime latest = from;
        for (OpenStage each : open(open)) {
            HandledStage old = each.stage();
            boolean later = old.start() != null && old.start().isAfter(open.inHandSince());
            OffsetDateTime start = later ? latest : from;
            OffsetDateTime due = new StageClock(calendar, open, old, start).fullLimit();
            latest = due.isAfter(latest) ? due : latest;
            stages.add(new HandledStage(old.order(), old.name(), old.limit(), start, due, old.row(), null));
        }
        return List.copyOf(stages);
    }

    /**
     * Gives each stage its times: counted from now, or from when the stages before it are due.
     *
     * @param stageRows rows of the stage table, in any order; at least one
     * @throws CalendarEndedException if a working limit runs beyond the calendar
     */
    public Schedule schedule(Collection<?> stageRows) {
        List<StageRow> rows = stageRows.stream()
                .map(StageRow.class::cast)
                .sorted(Comparator.comparingInt(StageRow::order)
                        .thenComparing(row -> row.ref().id()))
                .toList();
        var stages = new ArrayList<Stage>();
        var refs = new ArrayList<RowRef>();
        for (StageRow row : rows) {
            ZonedDateTime start = now;
            if (row.countsFrom() == StageStart.PREVIOUS_STAGE) {
                for (Stage before : stages) {
                    ZonedDateTime due = before.due().atZoneSameInstant(now.getZone());
                    if (before.order() < row.order() && due.isAfter(start)) {
                        start = due;
                    }
                }
            }
            ZonedDateTime due = calendar.due(start, row.limit());
            stages.add(new Stage(
                    row.order(),
                    row.stage(),
                    row.limit(),
                    start.toOffsetDateTime(),
                    due.toOffsetDateTime(),
                    row.ref().id()));
            refs.add(row.ref());
        }
        return new Schedule(List.copyOf(stages), List.copyOf(refs));
    }
}
