package liandong.escalation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import liandong.calendar.CalendarEndedException;
import liandong.engine.Timetable;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.Member;
import liandong.policy.Policy;
import liandong.table.Tables;
import org.jspecify.annotations.Nullable;

/**
 * How late a case is, or was (逾期核算): by the limits of the body, which extensions and pauses move, and by that of the citizen,
 * which nothing moves. Counted by the clocks that escalation goes by.
 *
 * @param stages its stages, in their order
 * @param citizenDue by when it had to be settled for the citizen; null when the policy does not say
 * @param settledAt when the last stage was done; null while one is open
 * @param citizenLate whether it was, or is not, settled by then; null when the policy does not say
 */
public record Lateness(
        @Member(meaning = "its stages, in their order", trace = true)
        List<OfStage> stages,

        @Member(
                meaning =
                        "by when it had to be settled for the citizen, no matter which body had it; absent when the policy"
                                + " does not say",
                trace = true)
        @Nullable
        OffsetDateTime citizenDue,

        @Member(meaning = "when the last stage was done; absent while one is open", trace = true) @Nullable
        OffsetDateTime settledAt,

        @Member(
                meaning = "whether it was settled, or is still open, after that; absent when the policy does not say",
                trace = true)
        @Nullable
        Boolean citizenLate) {
    /**
     * How late a stage is, or was.
     *
     * @param stage the stage
     * @param due when it was due, with extensions granted and pauses counted
     * @param doneAt when it was done; null while it is open
     * @param late whether it was done, or is still open, after that
     * @param procedure whether the law prescribes what is done in it and how long that takes (法定程序): its days are not the
     *     body's own
     */
    public record OfStage(
            @Member(meaning = "the stage", example = "\"抢修\"", trace = true)
            String stage,

            @Member(meaning = "when it was due, with extensions granted and pauses counted", trace = true)
            OffsetDateTime due,

            @Member(meaning = "when it was done; absent while it is open", trace = true) @Nullable
            OffsetDateTime doneAt,

            @Member(meaning = "whether it was done, or is still open, after that", trace = true)
            boolean late,

            @Member(
                    meaning =
                            "whether the law prescribes what is done in it and how long that takes: that it is late is not"
                                    + " laid to the body",
                    trace = true,
                    leftOutWhenEmpty = true)
            boolean procedure) {
        /** How late a stage is that is no procedure of the law. */
        public OfStage(String stage, OffsetDateTime due, @Nullable OffsetDateTime doneAt, boolean late) {
            this(stage, due, doneAt, late, false);
        }

        /** Whether it is late and that is the body's own. */
        public boolean isHeldAgainst() {
            return late && !procedure;
        }

        /** Whether anything can be said of it yet: it is done, or its time is over. */
        public boolean isKnown() {
            return doneAt != null || late;
        }

        /** When it ended, or its time did. */
        public OffsetDateTime at() {
            return doneAt == null ? due : doneAt;
        }
    }

    /**
     * How late a case is at a moment.
     *
     * @throws CalendarEndedException if a due time lies beyond the calendar
     */
    public static Lateness of(EscalationFacts asked, Policy policy, Instant now) {
        return of(asked.once().open(), policy, now);
    }

    /**
     * The case as it stood when a stage ended, as escalation saw it then: nothing that came after it counts, and a pause that
     * goes on has lasted until then.
     */
    private static OpenCase asEnded(OpenCase open, OffsetDateTime end) {
        OpenCase then = open.asOf(end);
        if (!then.paused()) {
            return then;
        }
        var events = new ArrayList<>(then.events());
        events.add(new CaseEvent(CaseEventKind.RESUMED, end, null, null, false, null, null));
        return then.with(events);
    }

    /** What was not truly done counts as not done, and stages that routing gave anew wipe out no lateness. */
    static Lateness of(OpenCase said, Policy policy, Instant now) {
        OpenCase told = said.asTrulyDone().withLateBefore();
        ZonedDateTime local = now.atZone(policy.calendar().zone());
        Tables tables = policy.tables(local.toLocalDate());
        var timetable = new Timetable(policy.calendar(), local);
        OpenCase open = CountedEvents.of(told, tables, timetable);
        var clock = new CaseClock(timetable);
        OffsetDateTime moment = local.toOffsetDateTime();
        List<OfStage> stages = open.stages().stream()
                .map(stage -> {
                    OffsetDateTime done = open.doneAt(stage);
                    OffsetDateTime end = done == null ? moment : done;
                    OffsetDateTime due = clock.all(asEnded(open, end)).stream()
                            .filter(each -> each.stage().equals(stage))
                            .map(OpenStage::due)
                            .findFirst()
                            .orElse(stage.due());
                    return new OfStage(stage.name(), due, done, end.isAfter(due), stage.procedure());
                })
                .toList();
        OffsetDateTime settled = !open.done()
                ? null
                : stages.stream()
                        .map(OfStage::at)
                        .max(OffsetDateTime.timeLineOrder())
                        .orElse(null);
        OffsetDateTime citizenDue = !tables.has(CitizenLimitRow.class)
                ? null
                : tables.match(CitizenLimitRow.class, open).stream()
                        .map(row -> clock.lastDay(open, row))
                        .min(OffsetDateTime.timeLineOrder())
                        .orElse(null);
        Boolean citizenLate = citizenDue == null ? null : (settled == null ? moment : settled).isAfter(citizenDue);
        return new Lateness(stages, citizenDue, settled, citizenLate);
    }
}
