package liandong.escalation;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Year;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import liandong.calendar.CalendarEndedException;
import liandong.calendar.Limit;
import liandong.calendar.LimitClock;
import liandong.engine.Timetable;
import liandong.incident.Body;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.HandledStage;
import liandong.table.Tables;
import org.jspecify.annotations.Nullable;

/** How time runs for a case in progress: which stages are open, what has become due, what is counted from the start (办件计时). */
public final class CaseClock {
    private static final int MOST_DAYS_AHEAD = 30;

    /** What calls anew for what was done about the same before. */
    private static final List<CaseEventKind> RENEWED =
            List.of(CaseEventKind.HARM, CaseEventKind.FRAUD, CaseEventKind.SHIRKED);

    private final Timetable timetable;

    /** The clock of the decision that this one asks. */
    public CaseClock(Timetable timetable) {
        this.timetable = timetable;
    }

    /**
     * Since when a row of 时限督办 calls for its action.
     *
     * @return the moment, the latest when the row repeats it; empty when it has not come, or while the limits are stopped
     */
    public List<OffsetDateTime> reached(OpenStage open, OverdueActionRow row) {
        OffsetDateTime used = timetable.beforeEnd(() -> clock(open).used(row.used(), open.due()));
        if (used == null) {
            return List.of();
        }
        Limit then = row.thenOf(open);
        return timetable.latest(
                then == null ? used : timetable.beforeEnd(() -> timetable.after(used, then)), row.everyOf(open));
    }

    /** Since when a row of 等候督办 calls for its action; see {@link #reached(OpenStage, OverdueActionRow)}. */
    public List<OffsetDateTime> reached(OpenCase open, WaitingActionRow row) {
        OffsetDateTime began = row.since().began(open);
        return began == null
                ? List.of()
                : timetable.latest(timetable.beforeEnd(() -> timetable.after(began, row.after())), row.every());
    }

    /**
     * Since when a row of 升级条件 calls for its action.
     *
     * <p>What settles a row about harm, fraud, shirking or a pause that does not count is done after the last of it. Of who is
     * hurt or in danger, as the report tells, no time is known: what is done about it settles it for as long as the row gives to
     * answer; then, as long as the row still covers the case, it calls again. Where somebody only may be in danger, whoever has
     * routed it again has looked at it: that it is less urgent is their decision, and stands until harm is told.
     *
     * @return one moment; empty when the row does not cover the case as it stands
     */
    public List<OffsetDateTime> reached(OpenCase open, ConditionActionRow row, Tables tables) {
        OffsetDateTime since = null;
        for (OffsetDateTime covered : tables.since(row, open)) {
            since = covered;
        }
        if (since == null) {
            return List.of();
        }
        for (CaseEventKind kind : RENEWED) {
            CaseEvent last = open.lastCounted(kind);
            if (last != null && last.at().isAfter(since) && !tables.covers(row, open.without(kind))) {
                since = last.at();
            }
        }
        OffsetDateTime refused = open.lastRefusedPause();
        if (refused != null && refused.isAfter(since) && !tables.covers(row, open.withoutRefusedPauses())) {
            since = refused;
        }
        OffsetDateTime done = tellsOfHarm(open, row, tables) ? open.lastDone(row) : null;
        Limit within = row.within();
        OffsetDateTime again =
                done == null || within == null ? null : timetable.beforeEnd(() -> timetable.after(done, within));
        return List.of(again != null && again.isAfter(since) && hasCome(again) ? again : since);
    }

    /**
     * The same of a case of which every stage is done: empty but for rows about harm that came after that, about who is hurt or
     * in danger, as the report tells, and about danger that is over: what is left of the matter has still to be graded.
     */
    public List<OffsetDateTime> reachedOnceDone(OpenCase open, ConditionActionRow row, Tables tables) {
        boolean grave = tellsOfHarm(open, row, tables)
                || (open.harmed() && !tables.covers(row, open.without(CaseEventKind.HARM)))
                || (open.dangerOver() && !tables.covers(row, open.without(CaseEventKind.DANGER_OVER)));
        return grave ? reached(open, row, tables) : List.of();
    }

    private static boolean tellsOfHarm(OpenCase open, ConditionActionRow row, Tables tables) {
        return !tables.covers(row, open.unharmed());
    }

    /** Since when a row of 总时限 calls for its action: when the citizen has waited that long, no matter which body has it. */
    public List<OffsetDateTime> reached(OpenCase open, CitizenLimitRow row) {
        return timetable.latest(timetable.beforeEnd(() -> lastDay(open, row)), row.every());
    }

    /**
     * By when a matter must be settled for the citizen.
     *
     * @throws CalendarEndedException if a working limit runs beyond the calendar
     */
    public OffsetDateTime lastDay(OpenCase open, CitizenLimitRow row) {
        OffsetDateTime first = timetable.after(open.matter().report().reportedAt(), row.limit());
        Limit reopened = row.reopened();
        CaseEvent again = reopened == null ? null : open.reopenedWhenDone();
        if (reopened == null || again == null) {
            return first;
        }
        OffsetDateTime second = timetable.after(again.at(), reopened);
        return second.isAfter(first) ? second : first;
    }

    /** The same as a conclusion; empty when it lies beyond the calendar, where nobody can say. */
    public List<CitizenLimit> citizenLimit(OpenCase open, CitizenLimitRow row) {
        try {
            OffsetDateTime due = lastDay(open, row);
            return List.of(new CitizenLimit(due, hasCome(due), row));
        } catch (CalendarEndedException e) {
            return List.of();
        }
    }

    private boolean hasCome(OffsetDateTime moment) {
        return !timetable.latest(moment, null).isEmpty();
    }

    /**
     * By when the centre must have ruled, as a row of 裁定限期 says; empty when that lies beyond the calendar.
     *
     * @param ruling that it has to
     */
    public List<Awaited> awaited(OpenCase open, Action ruling, RulingLimitRow row) {
        OffsetDateTime due = timetable.beforeEnd(() -> ruledBy(open, ruling.since(), row));
        if (due == null) {
            return List.of();
        }
        boolean late = hasCome(due);
        OffsetDateTime now = timetable.now().toOffsetDateTime();
        OffsetDateTime answerBy = late ? timetable.beforeEnd(() -> ruledBy(open, now, row)) : due;
        return List.of(
                new Awaited(Awaited.Kind.RULING, ruling.to(), ruling.since(), due, late, answerBy, List.of(row.ref())));
    }

    /** The same, of a conference that the body of its row convenes, whoever returned the case: as rules of earlier formats have it. */
    public List<Awaited> awaited(OpenCase open, ConferenceRow row) {
        return awaited(open, row, List.of());
    }

    /**
     * By when a joint conference that has taken a case up must have decided; empty when its row does not say.
     *
     * @param centre who convenes it where the body of its row has returned the case; empty for nobody
     */
    public List<Awaited> awaited(OpenCase open, ConferenceRow row, List<Body> centre) {
        CaseEvent taken = open.last(CaseEventKind.CONFERENCE_ACTIVATED);
        OffsetDateTime due = taken == null ? null : timetable.beforeEnd(() -> decidedBy(open, taken.at(), row));
        return taken == null || due == null
                ? List.of()
                : List.of(new Awaited(
                        Awaited.Kind.CONFERENCE,
                        List.of(row.convener(open, centre)),
                        taken.at(),
                        due,
                        hasCome(due),
                        due,
                        List.of(row.ref())));
    }

    /** Since when a row of 裁定限期 calls for its action; see {@link #reached(OpenStage, OverdueActionRow)}. */
    public List<OffsetDateTime> reached(OpenCase open, Action ruling, RulingLimitRow row) {
        return timetable.latest(timetable.beforeEnd(() -> ruledBy(open, ruling.since(), row)), row.every());
    }

    /**
     * Since when a row that calls again and again has called without an answer: the first of its calls that neither the centre nor
     * a conference has decided since, and that nobody has done.
     */
    OffsetDateTime calledFirst(OpenCase open, TriggeredAction called) {
        OffsetDateTime first = timetable.beforeEnd(() -> firstCall(open, called));
        Limit every = every(open, called);
        CaseEventKind done = called.action().done();
        OffsetDateTime settled = open.events().stream()
                .filter(event -> event.kind() == CaseEventKind.CENTRE_DECIDED
                        || event.kind() == CaseEventKind.CONFERENCE_DECIDED
                        || event.kind() == done)
                .map(CaseEvent::at)
                .max(OffsetDateTime.timeLineOrder())
                .orElse(null);
        while (first != null && every != null && settled != null && !first.isAfter(settled)) {
            OffsetDateTime from = first;
            OffsetDateTime next = timetable.beforeEnd(() -> timetable.after(from, every));
            first = next != null && next.isAfter(from) ? next : null;
        }
        return first == null || first.isAfter(called.since()) ? called.since() : first;
    }

    private OffsetDateTime firstCall(OpenCase open, TriggeredAction called) {
        ActionTrigger trigger = called.row();
        OffsetDateTime first = null;
        if (trigger instanceof CitizenLimitRow row) {
            first = lastDay(open, row);
        } else if (trigger instanceof WaitingActionRow row) {
            OffsetDateTime began = row.since().began(open);
            first = began == null ? null : timetable.after(began, row.after());
        } else if (trigger instanceof OverdueActionRow row) {
            for (OpenStage stage : open(open)) {
                OffsetDateTime used =
                        stage.name().equals(called.stage()) ? clock(stage).used(row.used(), stage.due()) : null;
                Limit then = row.thenOf(stage);
                first = used == null ? first : then == null ? used : timetable.after(used, then);
            }
        }
        return first == null ? called.since() : first;
    }

    private @Nullable Limit every(OpenCase open, TriggeredAction called) {
        ActionTrigger trigger = called.row();
        if (trigger instanceof CitizenLimitRow row) {
            return row.every();
        }
        if (trigger instanceof WaitingActionRow row) {
            return row.every();
        }
        return trigger instanceof OverdueActionRow row
                ? open(open).stream()
                        .filter(stage -> stage.name().equals(called.stage()))
                        .findFirst()
                        .map(row::everyOf)
                        .orElse(row.every())
                : null;
    }

    /**
     * Since when a row of 联席会议 calls for what is to be done when the conference that has taken a case up is late; see {@link
     * #reached(OpenStage, OverdueActionRow)}.
     */
    public List<OffsetDateTime> reached(OpenCase open, ConferenceRow row) {
        CaseEvent taken = open.last(CaseEventKind.CONFERENCE_ACTIVATED);
        return taken == null
                ? List.of()
                : timetable.latest(timetable.beforeEnd(() -> decidedBy(open, taken.at(), row)), everyOf(open, row));
    }

    private @Nullable Limit everyOf(OpenCase open, ConferenceRow row) {
        return row.everyOf(current(open).stream().findFirst().orElse(null));
    }

    /**
     * By when a joint conference that is called for must have decided: counted from when it was or, once that is over, from now.
     *
     * @return null when its row does not say, and when what counts from now lies beyond the calendar
     */
    public @Nullable OffsetDateTime decideBy(OpenCase open, OffsetDateTime from, ConferenceRow row) {
        OffsetDateTime due = decidedBy(open, from, row);
        OffsetDateTime now = timetable.now().toOffsetDateTime();
        return due != null && due.isBefore(now) ? timetable.beforeEnd(() -> decidedBy(open, now, row)) : due;
    }

    private @Nullable OffsetDateTime decidedBy(OpenCase open, OffsetDateTime from, ConferenceRow row) {
        OffsetDateTime due = timetable.due(from, row.within());
        return due == null ? null : soonest(open, from, due, row.share());
    }

    private OffsetDateTime ruledBy(OpenCase open, OffsetDateTime from, RulingLimitRow row) {
        return soonest(open, from, timetable.after(from, row.within()), row.share());
    }

    /** A moment, or when a share of the limit of the first stage that is open is over, if that comes first. */
    private OffsetDateTime soonest(OpenCase open, OffsetDateTime from, OffsetDateTime due, @Nullable Integer share) {
        List<OpenStage> stages = share == null ? List.of() : current(open);
        if (share == null || stages.isEmpty()) {
            return due;
        }
        StageClock first = clock(stages.get(0));
        OffsetDateTime soon = first.share(from, share);
        note(first, from, soon);
        return soon.isBefore(due) ? soon : due;
    }

    /**
     * Whether the body returned the case in time: within the row's limit and, of a stage that is short, within the row's share
     * of it.
     */
    public boolean inTime(OpenCase open, CaseEvent returned, ReturnRow row) {
        return timetable.within(open.inHandSince(), row.within(), returned.at())
                && withinShare(open, returned, row.share());
    }

    private boolean withinShare(OpenCase open, CaseEvent returned, @Nullable Integer share) {
        List<OpenStage> stages = share == null ? List.of() : current(open.asOf(returned.at()));
        if (share == null || stages.isEmpty()) {
            return true;
        }
        OpenStage first = stages.get(0);
        OffsetDateTime end = timetable.beforeEnd(() -> clock(first).share(open.inHandSince(), share));
        return end == null || !returned.at().isAfter(end);
    }

    /**
     * By when a body must have answered what a row calls for: counted from when it was called for or, once that is over, from
     * now, so that nothing is due in the past.
     *
     * @return null when the row does not say, and when what counts from now lies beyond the calendar
     */
    public @Nullable OffsetDateTime answerBy(TriggeredAction called, OpenCase open) {
        if (called.row() instanceof ConferenceRow row) {
            return decideBy(open, called.since(), row);
        }
        Limit within = called.row().within();
        if (within == null) {
            return null;
        }
        OffsetDateTime due = answerBy(called, open, within, called.since());
        OffsetDateTime now = timetable.now().toOffsetDateTime();
        return due.isBefore(now) ? timetable.beforeEnd(() -> answerBy(called, open, within, now)) : due;
    }

    private OffsetDateTime answerBy(TriggeredAction called, OpenCase open, Limit within, OffsetDateTime from) {
        OffsetDateTime due = timetable.after(from, within);
        Integer share = called.row().withinShare();
        OffsetDateTime soon = null;
        for (OpenStage stage : share == null ? List.<OpenStage>of() : open(open)) {
            if (share != null && stage.name().equals(called.stage())) {
                soon = clock(stage).share(from, share);
                note(clock(stage), from, soon);
            }
        }
        return soon != null && soon.isBefore(due) ? soon : due;
    }

    /** When a limit that counts from a moment is over or, when that has passed, that counts from now. */
    public @Nullable OffsetDateTime ahead(OffsetDateTime from, @Nullable Limit limit) {
        OffsetDateTime due = timetable.due(from, limit);
        OffsetDateTime now = timetable.now().toOffsetDateTime();
        return due != null && due.isBefore(now) ? timetable.beforeEnd(() -> timetable.due(now, limit)) : due;
    }

    private StageClock clock(OpenStage open) {
        return new StageClock(timetable.calendar(), open.of(), open.stage(), open.start());
    }

    /** The stages of a case that are not done although they are due, in their order. */
    public List<OpenStage> late(OpenCase open) {
        return open(open).stream().filter(stage -> hasCome(stage.due())).toList();
    }

    /** The stages of a case that are not done, with when they are due after extensions and pauses, in their order. */
    public List<OpenStage> open(OpenCase open) {
        return all(open).stream()
                .filter(stage -> open.doneAt(stage.stage()) == null)
                .toList();
    }

    /** The same without those of the assignment before routing was asked again. */
    private List<OpenStage> current(OpenCase open) {
        return open(open).stream().filter(stage -> !stage.stage().isFormer()).toList();
    }

    /** All stages of a case, done or not, with when they are, or were, due after extensions and pauses, in their order. */
    List<OpenStage> all(OpenCase open) {
        var stages = new ArrayList<OpenStage>();
        var moved =
                new HashMap<Instant, OffsetDateTime>(); // what a stage that begins when another is due begins at now
        for (HandledStage stage : open.stages()) {
            OffsetDateTime assigned = stage.start() == null ? open.assignedAt() : stage.start();
            OffsetDateTime first = moved.getOrDefault(assigned.toInstant(), assigned);
            CaseEvent again = open.openedAgain(stage);
            OffsetDateTime start = again == null ? first : again.at();
            StageClock clock = new StageClock(timetable.calendar(), open, stage, start);
            OffsetDateTime due = again == null
                    ? clock.due(start.isEqual(assigned) ? stage.due() : clock.fullLimit())
                    : clock.dueAgain(again);
            moved.put(stage.due().toInstant(), due);
            boolean provisional = note(clock, start, due);
            if (stage.provisional() && !provisional) {
                // Whoever gave it has not asked again since the year was announced.
                timetable.note(due, new TreeSet<>(List.of(Year.of(due.getYear()))));
                provisional = true;
            }
            stages.add(new OpenStage(open, stage, stage.name(), start, due, provisional));
        }
        return List.copyOf(stages);
    }

    /** Remembers what a due time rests on; whether that is provisional. */
    private boolean note(StageClock clock, OffsetDateTime start, OffsetDateTime due) {
        timetable.note(due, timetable.unannounced(start));
        timetable.note(due, clock.unannounced(due));
        return timetable.isProvisional(due);
    }

    /** The requests for more time that nobody has answered, in the order of the stages. */
    public List<ExtensionRequest> requests(OpenCase open) {
        var requests = new ArrayList<ExtensionRequest>();
        for (OpenStage stage : open(open)) {
            CaseEvent pending = pending(open, stage);
            if (pending != null) {
                Body asker = open.concerned(pending);
                requests.add(new ExtensionRequest(
                        stage,
                        pending.at(),
                        daysAhead(pending.at(), stage.due()),
                        asker,
                        pending.until(),
                        open.isHolder(asker)));
            }
        }
        return List.copyOf(requests);
    }

    private static @Nullable CaseEvent pending(OpenCase open, OpenStage stage) {
        CaseEvent pending = null;
        CaseEvent again = open.openedAgain(stage.stage());
        for (CaseEvent event : open.events()) {
            boolean before = again != null && event.at().isBefore(again.at());
            if (!before && stage.name().equals(event.stage())) {
                pending = switch (event.kind()) {
                    // What a bystander asks for does not take the place of what the body itself has asked for.
                    case EXTENSION_REQUESTED ->
                        pending == null || open.isHolder(open.concerned(event)) ? event : pending;
                    case EXTENSION_GRANTED, EXTENSION_REFUSED -> null;
                    default -> pending;
                };
            }
        }
        return pending;
    }

    /**
     * When a stage is due instead once more time is granted: never later than was asked for, and never before it is due anyhow.
     *
     * @return null when that lies beyond the calendar
     */
    public @Nullable OffsetDateTime granted(ExtensionRequest request, @Nullable Limit by) {
        OffsetDateTime due = request.stage().due();
        OffsetDateTime most = ahead(due, by);
        OffsetDateTime asked = request.until();
        boolean less = most != null && asked != null && asked.isAfter(due) && asked.isBefore(most) && !hasCome(asked);
        return less ? asked : most;
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
            return !timetable.after(from, limit).isAfter(due);
        } catch (CalendarEndedException e) {
            return false;
        }
    }

    /** What is still to be done, counted from the start from a moment or, once that has passed, from now. */
    public List<HandledStage> ahead(OpenCase open, OffsetDateTime from) {
        OffsetDateTime now = timetable.now().toOffsetDateTime();
        if (from.isBefore(now)) {
            try {
                return restarted(open, now);
            } catch (CalendarEndedException e) {
                return restarted(open, from); // where the calendar ends, a time that has passed is better than none
            }
        }
        return restarted(open, from);
    }

    /**
     * What is still to be done, counted from the start from a moment: a stage that counted from the assignment counts from then, one
     * that began later from when those before it are due.
     *
     * @throws CalendarEndedException if a working limit runs beyond the calendar
     */
    public List<HandledStage> restarted(OpenCase open, OffsetDateTime from) {
        var stages = new ArrayList<HandledStage>();
        OffsetDateTime latest = from;
        for (OpenStage each : current(open)) {
            HandledStage old = each.stage();
            boolean later = old.start() != null && old.start().isAfter(open.inHandSince());
            OffsetDateTime start = later ? latest : from;
            StageClock clock = new StageClock(timetable.calendar(), open, old, start);
            OffsetDateTime due = clock.fullLimit();
            boolean provisional = note(clock, start, due);
            latest = due.isAfter(latest) ? due : latest;
            stages.add(new HandledStage(
                    old.order(), old.name(), old.limit(), start, due, old.row(), null, old.procedure(), provisional));
        }
        return List.copyOf(stages);
    }
}
