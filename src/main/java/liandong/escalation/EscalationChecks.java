package liandong.escalation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import liandong.calendar.Limit;
import liandong.decision.CaseChecks;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.HandledStage;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;

/** What no single field of a case in progress shows: facts that contradict each other. */
final class EscalationChecks {
    private static final RequestPointer ROOT = new RequestPointer("");
    private static final RequestPointer STAGES = ROOT.member("stages");
    private static final RequestPointer EVENTS = ROOT.member("events");

    private EscalationChecks() {}

    /** Tells what is wrong with the facts together. */
    static void check(EscalationFacts asked, Instant now, List<Problem> problems) {
        CaseChecks.incident(asked.incident(), now, problems);
        CaseChecks.between(asked.incident().reportedAt(), asked.assignedAt(), now, ROOT.member("assignedAt"), problems);
        Map<String, HandledStage> stages = stages(asked, now, problems);
        var ordered = new ArrayList<Integer>();
        for (int i = 0; i < asked.events().size(); i++) {
            event(asked, i, stages, now, problems);
            ordered.add(i);
        }
        ordered.sort(Comparator.comparing(i -> asked.events().get(i).at(), OffsetDateTime.timeLineOrder()));
        inTurn(asked, ordered, stages, problems);
    }

    private static Map<String, HandledStage> stages(EscalationFacts asked, Instant now, List<Problem> problems) {
        var stages = new HashMap<String, HandledStage>();
        for (int i = 0; i < asked.stages().size(); i++) {
            HandledStage stage = asked.stages().get(i);
            RequestPointer at = STAGES.member(String.valueOf(i));
            if (stages.put(stage.name(), stage) != null) {
                problems.add(Problem.of(Code.NAMED_TWICE, at.member("name"), stage.name()));
            }
            if (stage.limit() != null && Limit.parse(stage.limit()) == null) {
                problems.add(Problem.of(Code.BAD_LIMIT, at.member("limit"), stage.limit()));
            }
            if (stage.start() != null && stage.due().isBefore(stage.start())) {
                problems.add(Problem.of(Code.TOO_EARLY, at.member("due"), stage.due(), stage.start()));
            }
            CaseChecks.between(asked.incident().reportedAt(), stage.doneAt(), now, at.member("doneAt"), problems);
        }
        return stages;
    }

    /** What is wrong with one event by itself. */
    private static void event(
            EscalationFacts asked, int number, Map<String, HandledStage> stages, Instant now, List<Problem> problems) {
        CaseEvent event = asked.events().get(number);
        CaseEventKind kind = event.kind();
        RequestPointer at = EVENTS.member(String.valueOf(number));
        OffsetDateTime earliest =
                kind.needsAssignment() ? asked.assignedAt() : asked.incident().reportedAt();
        if (event.at().isBefore(earliest)) {
            problems.add(Problem.of(Code.EVENT_TOO_EARLY, at.member("at"), kind.label(), event.at(), earliest));
        }
        CaseChecks.notInFuture(at.member("at"), event.at(), now, problems);
        if (kind.isOfStage() && event.stage() == null) {
            problems.add(Problem.of(Code.MISSING_FIELD, at.member("stage"), "stage", ""));
        }
        if (event.stage() != null && !stages.containsKey(event.stage())) {
            problems.add(
                    Problem.of(Code.UNKNOWN_STAGE, at.member("stage"), event.stage(), String.join("、", names(asked))));
        }
        if (kind == CaseEventKind.RETURNED && event.reason() == null) {
            problems.add(Problem.of(Code.MISSING_FIELD, at.member("reason"), "reason", "退单理由"));
        }
        boolean moves = kind == CaseEventKind.REASSIGNED || kind == CaseEventKind.RETURNED;
        if (moves && event.body() == null) {
            problems.add(Problem.of(Code.MISSING_FIELD, at.member("body"), "body", ""));
        }
        if (kind == CaseEventKind.EXTENSION_GRANTED && event.until() == null) {
            problems.add(Problem.of(Code.MISSING_FIELD, at.member("until"), "until", ""));
        }
    }

    private static List<String> names(EscalationFacts asked) {
        return asked.stages().stream().map(HandledStage::name).toList();
    }

    /** What is wrong with the events together, gone through in the order of their times. */
    private static void inTurn(
            EscalationFacts asked, List<Integer> order, Map<String, HandledStage> stages, List<Problem> problems) {
        boolean paused = false;
        Set<String> requested = new HashSet<>();
        CaseEvent lastMove = null;
        for (int i = 0; i < order.size(); i++) {
            CaseEvent event = asked.events().get(order.get(i));
            RequestPointer at = EVENTS.member(String.valueOf(order.get(i)));
            String stage = String.valueOf(event.stage());
            for (int before : order.subList(0, i)) {
                if (contradict(asked.events().get(before), event)) {
                    problems.add(contradiction(at, asked.events().get(before), event));
                }
            }
            switch (event.kind()) {
                case PAUSED -> {
                    if (paused) {
                        problems.add(Problem.of(
                                Code.EVENT_OUT_OF_TURN, at, event.kind().label(), CaseEventKind.RESUMED.label()));
                    }
                    paused = true;
                }
                case RESUMED -> {
                    if (!paused) {
                        problems.add(Problem.of(
                                Code.EVENT_OUT_OF_TURN, at, event.kind().label(), CaseEventKind.PAUSED.label()));
                    }
                    paused = false;
                }
                case EXTENSION_REQUESTED -> requested.add(stage);
                case EXTENSION_GRANTED, EXTENSION_REFUSED -> {
                    if (!requested.remove(stage)) {
                        problems.add(Problem.of(
                                Code.EVENT_OUT_OF_TURN,
                                at,
                                event.kind().label(),
                                CaseEventKind.EXTENSION_REQUESTED.label()));
                    }
                }
                case STAGE_DONE -> {
                    HandledStage done = stages.get(stage);
                    if (done != null && done.doneAt() != null && !done.doneAt().isEqual(event.at())) {
                        problems.add(Problem.of(
                                Code.CONTRADICTION,
                                at.member("at"),
                                event.kind().label() + " " + event.at(),
                                "doneAt " + done.doneAt()));
                    }
                }
                case REASSIGNED -> lastMove = event;
                default -> {
                    // happens when it happens
                }
            }
        }
        if (lastMove != null && lastMove.body() != null && !lastMove.body().equals(asked.lead())) {
            problems.add(Problem.of(
                    Code.CONTRADICTION,
                    ROOT.member("lead"),
                    lastMove.kind().label() + " " + lastMove.body().label(),
                    asked.lead().label()));
        }
    }

    private static Problem contradiction(RequestPointer at, CaseEvent one, CaseEvent other) {
        return Problem.of(
                Code.CONTRADICTION, at, one.kind().label(), other.kind().label());
    }

    /** Whether two events cannot both be true, or are the same one twice, which would count twice. */
    private static boolean contradict(CaseEvent one, CaseEvent other) {
        boolean sameMoment = one.at().isEqual(other.at());
        boolean sameStage = Objects.equals(one.stage(), other.stage());
        boolean sameBody = Objects.equals(one.body(), other.body());
        if (one.kind() == CaseEventKind.STAGE_DONE && other.kind() == one.kind() && sameStage) {
            return true;
        }
        return sameMoment
                && sameStage
                && (one.kind() == other.kind() ? sameBody : one.kind().contradicts(other.kind()));
    }
}
