package liandong.escalation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import liandong.calendar.Limit;
import liandong.decision.CaseChecks;
import liandong.decision.DecisionMoment;
import liandong.incident.Body;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.CaseEvents;
import liandong.incident.HandledStage;
import liandong.incident.StageCourse;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import org.jspecify.annotations.Nullable;

/** What no single field of a case in progress shows: facts that contradict each other. */
final class EscalationChecks {
    private static final int MOST_STAGES_SHOWN = 20;
    private static final RequestPointer ROOT = new RequestPointer("");
    private static final RequestPointer STAGES = ROOT.member("stages");
    private static final RequestPointer EVENTS = ROOT.member("events");

    private EscalationChecks() {}

    /**
     * Tells what is wrong with the facts together.
     *
     * @param excludes whether what a person has taken out counts for nothing, as in policies of the present format: only then
     *     does it matter on whose behalf
     */
    static void check(EscalationFacts asked, boolean excludes, DecisionMoment moment, Consumer<Problem> problems) {
        CaseChecks.incident(asked.incident(), moment, problems);
        CaseChecks.between(
                asked.incident().reportedAt(), asked.assignedAt(), moment, ROOT.member("assignedAt"), problems);
        Map<String, HandledStage> stages = stages(asked, moment, problems);
        var told = new HashSet<CaseEvent>();
        List<Integer> ordered = CaseEvents.order(asked.events()).stream()
                .filter(i -> told.add(asked.events().get(i)))
                .toList();
        ordered.stream().sorted().forEach(i -> event(asked, i, stages, excludes, moment, problems));
        inTurn(asked, ordered, stages, problems);
    }

    private static Map<String, HandledStage> stages(
            EscalationFacts asked, DecisionMoment moment, Consumer<Problem> problems) {
        var stages = new HashMap<String, HandledStage>();
        for (int i = 0; i < asked.stages().size(); i++) {
            HandledStage stage = asked.stages().get(i);
            RequestPointer at = STAGES.member(String.valueOf(i));
            if (stages.put(stage.name(), stage) != null) {
                problems.accept(Problem.of(Code.NAMED_TWICE, at.member("name"), stage.name()));
            }
            if (stage.limit() != null && Limit.parse(stage.limit()) == null) {
                problems.accept(Problem.of(Code.BAD_LIMIT, at.member("limit"), stage.limit()));
            }
            if (stage.start() != null && stage.due().isBefore(stage.start())) {
                problems.accept(Problem.of(Code.TOO_EARLY, at.member("due"), stage.due(), stage.start()));
            }
            CaseChecks.between(asked.incident().reportedAt(), stage.doneAt(), moment, at.member("doneAt"), problems);
        }
        return stages;
    }

    /** What is wrong with one event by itself. */
    private static void event(
            EscalationFacts asked,
            int number,
            Map<String, HandledStage> stages,
            boolean excludes,
            DecisionMoment moment,
            Consumer<Problem> problems) {
        CaseEvent event = asked.events().get(number);
        CaseEventKind kind = event.kind();
        RequestPointer at = EVENTS.member(String.valueOf(number));
        OffsetDateTime earliest =
                kind.needsAssignment() ? asked.assignedAt() : asked.incident().reportedAt();
        if (event.at().isBefore(earliest)) {
            problems.accept(Problem.of(Code.EVENT_TOO_EARLY, at.member("at"), kind.label(), event.at(), earliest));
        }
        moment.notInFuture(at.member("at"), event.at(), problems);
        if (kind.isOfStage() && event.stage() == null) {
            problems.accept(Problem.of(Code.MISSING_FIELD, at.member("stage"), "stage", ""));
        }
        if (event.stage() != null
                && !stages.containsKey(event.stage())
                && !CaseEvents.isBeforeRoutedAgain(event, asked.events())) {
            problems.accept(Problem.of(Code.UNKNOWN_STAGE, at.member("stage"), event.stage(), names(asked)));
        }
        if (kind == CaseEventKind.RETURNED && event.reason() == null) {
            problems.accept(Problem.of(Code.MISSING_FIELD, at.member("reason"), "reason", "退单理由"));
        }
        // As in closure and scoring: nobody finds itself not at fault.
        if (excludes) {
            CaseChecks.exclusion(
                    event.excluded(),
                    event.by(),
                    event.body() == null ? asked.lead() : event.body(),
                    at.member("excluded"),
                    "by",
                    problems);
        }
        boolean moves = OpenCase.moves(event) || kind == CaseEventKind.RETURNED;
        if (moves && event.body() == null) {
            problems.accept(Problem.of(Code.MISSING_FIELD, at.member("body"), "body", ""));
        }
        if (kind == CaseEventKind.EXTENSION_GRANTED && event.until() == null) {
            problems.accept(Problem.of(Code.MISSING_FIELD, at.member("until"), "until", ""));
        }
    }

    private static String names(EscalationFacts asked) {
        String names = asked.stages().stream()
                .limit(MOST_STAGES_SHOWN)
                .map(HandledStage::name)
                .collect(Collectors.joining("、"));
        return asked.stages().size() > MOST_STAGES_SHOWN ? names + "…" : names;
    }

    /** What is wrong with the events together, gone through in the order of their times. */
    private static void inTurn(
            EscalationFacts asked, List<Integer> order, Map<String, HandledStage> stages, Consumer<Problem> problems) {
        boolean paused = false;
        Set<String> requested = new HashSet<>();
        CaseEvent lastMove = null;
        var before = new Before(asked.lead());
        // Of what was done twice, the time that the stage gives is one of the two.
        Set<String> again = asked.events().stream()
                .map(event -> StageCourse.openedAgain(event, asked.stages()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        for (int place : order) {
            CaseEvent event = asked.events().get(place);
            RequestPointer at = EVENTS.member(String.valueOf(place));
            String stage = String.valueOf(event.stage());
            before.openedAgain(StageCourse.openedAgain(event, asked.stages()));
            CaseEventKind contradicted = before.contradicted(event);
            if (contradicted == CaseEventKind.STAGE_DONE) {
                // Done twice, it had to be done again in between.
                problems.accept(Problem.of(
                        Code.EVENT_OUT_OF_TURN, at, event.kind().label() + " ×2", CaseEventKind.REDO.label()));
            } else if (contradicted != null) {
                problems.accept(Problem.of(
                        Code.CONTRADICTION,
                        at,
                        contradicted.label(),
                        event.kind().label()));
            }
            switch (event.kind()) {
                case PAUSED -> {
                    if (paused) {
                        problems.accept(Problem.of(
                                Code.EVENT_OUT_OF_TURN, at, event.kind().label(), CaseEventKind.RESUMED.label()));
                    }
                    paused = true;
                }
                case RESUMED -> {
                    if (!paused) {
                        problems.accept(Problem.of(
                                Code.EVENT_OUT_OF_TURN, at, event.kind().label(), CaseEventKind.PAUSED.label()));
                    }
                    paused = false;
                }
                case EXTENSION_REQUESTED -> requested.add(stage);
                case EXTENSION_GRANTED, EXTENSION_REFUSED -> {
                    if (!requested.remove(stage)) {
                        problems.accept(Problem.of(
                                Code.EVENT_OUT_OF_TURN,
                                at,
                                event.kind().label(),
                                CaseEventKind.EXTENSION_REQUESTED.label()));
                    }
                }
                case STAGE_DONE -> {
                    HandledStage done = stages.get(stage);
                    if (!again.contains(stage)
                            && done != null
                            && done.doneAt() != null
                            && !done.doneAt().isEqual(event.at())) {
                        problems.accept(Problem.of(
                                Code.CONTRADICTION,
                                at.member("at"),
                                event.kind().label() + " " + event.at(),
                                "doneAt " + done.doneAt()));
                    }
                }
                case REASSIGNED, LEVEL_LOWERED -> lastMove = event;
                default -> {
                    // happens when it happens
                }
            }
        }
        if (lastMove != null && lastMove.body() != null && !lastMove.body().equals(asked.lead())) {
            problems.accept(Problem.of(
                    Code.CONTRADICTION,
                    ROOT.member("lead"),
                    lastMove.kind().label() + " " + lastMove.body().label(),
                    asked.lead().label()));
        }
    }

    /** The events that have been gone through, found again by what another of them would contradict. */
    private static final class Before {
        private final Set<Object> seen = new HashSet<>();

        /** Something of one kind for a stage at a moment. */
        private record OfKind(CaseEventKind kind, @Nullable String stage, Instant at) {}

        /** The same of one body: told otherwise a second time it would count twice. */
        private record OfBody(OfKind what, @Nullable Body body) {}

        /**
         * Who has said of a stage that it is done: each once, until it has to be done again. That two bodies say so is no
         * contradiction: a table says whose word counts.
         */
        private final Map<String, Set<Body>> done = new HashMap<>();

        private final Body lead;

        Before(Body lead) {
            this.lead = lead;
        }

        void openedAgain(@Nullable String stage) {
            if (stage != null) {
                done.remove(stage);
            }
        }

        /** The kind of an earlier event that cannot be true if this one is; null for none. Remembers this one. */
        @Nullable
        CaseEventKind contradicted(CaseEvent event) {
            CaseEventKind kind = event.kind();
            CaseEventKind opposite = kind.opposite();
            Instant at = event.at().toInstant();
            var same = new OfKind(kind, event.stage(), at);
            boolean again = !seen.add(new OfBody(same, event.body()));
            if (kind == CaseEventKind.STAGE_DONE) {
                again |= !done.computeIfAbsent(String.valueOf(event.stage()), stage -> new HashSet<>())
                        .add(event.body() == null ? lead : event.body());
            }
            seen.add(same);
            if (again) {
                return kind;
            }
            return opposite != null && seen.contains(new OfKind(opposite, event.stage(), at)) ? opposite : null;
        }
    }
}
