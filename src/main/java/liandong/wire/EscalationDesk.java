package liandong.wire;

import java.time.Clock;
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
import java.util.function.Supplier;
import liandong.decision.Action;
import liandong.decision.EscalationDecision;
import liandong.decision.EscalationRow;
import liandong.decision.Limit;
import liandong.decision.Reason;
import liandong.decision.RowRef;
import liandong.engine.Answer;
import liandong.engine.Engine;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.HandledStage;
import liandong.incident.OpenStage;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Pointer;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes cases in progress and says what the centre has to do about them, and when to ask again (督办升级). */
public final class EscalationDesk extends Desk<EscalationFacts, EscalationDecision> {
    private static final Pointer STAGES = ROOT.member("stages");
    private static final Pointer EVENTS = ROOT.member("events");

    private final Engine engine;

    /**
     * A desk.
     *
     * @param policy gives the policy to decide by, anew for each request
     * @param clock gives the time of requests that name none
     */
    public EscalationDesk(Engine engine, Supplier<Policy> policy, Clock clock) {
        super(DecisionKind.ESCALATION, EscalationFacts.class, EscalationRow.class, policy, clock);
        this.engine = engine;
    }

    @Override
    void precheck(JsonNode request, List<Problem> problems) {
        ClosureDesk.precheckHandled(request, problems);
    }

    @Override
    void check(EscalationFacts asked, Instant now, List<Problem> problems) {
        RoutingDesk.check(asked.incident(), now, problems);
        ClosureDesk.between(
                asked.incident().reportedAt(), asked.assignedAt(), now, ROOT.member("assignedAt"), problems);
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
            Pointer at = STAGES.member(String.valueOf(i));
            if (stages.put(stage.name(), stage) != null) {
                problems.add(Problem.of(Code.NAMED_TWICE, at.member("name"), stage.name()));
            }
            if (stage.limit() != null && Limit.parse(stage.limit()) == null) {
                problems.add(Problem.of(Code.BAD_LIMIT, at.member("limit"), stage.limit()));
            }
            if (stage.start() != null && stage.due().isBefore(stage.start())) {
                problems.add(Problem.of(Code.TOO_EARLY, at.member("due"), stage.due(), stage.start()));
            }
            ClosureDesk.between(asked.incident().reportedAt(), stage.doneAt(), now, at.member("doneAt"), problems);
        }
        return stages;
    }

    /** What is wrong with one event by itself. */
    private static void event(
            EscalationFacts asked, int number, Map<String, HandledStage> stages, Instant now, List<Problem> problems) {
        CaseEvent event = asked.events().get(number);
        CaseEventKind kind = event.kind();
        Pointer at = EVENTS.member(String.valueOf(number));
        OffsetDateTime earliest =
                kind.needsAssignment() ? asked.assignedAt() : asked.incident().reportedAt();
        if (event.at().isBefore(earliest)) {
            problems.add(Problem.of(Code.EVENT_TOO_EARLY, at.member("at"), kind.label(), event.at(), earliest));
        }
        if (event.at().toInstant().isAfter(now)) {
            problems.add(Problem.of(
                    Code.IN_FUTURE,
                    at.member("at"),
                    event.at(),
                    now.atZone(event.at().getOffset()).toOffsetDateTime()));
        }
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
            Pointer at = EVENTS.member(String.valueOf(order.get(i)));
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

    private static Problem contradiction(Pointer at, CaseEvent one, CaseEvent other) {
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

    @Override
    public boolean isFor(JsonNode request) {
        return request.has("assignedAt") || (request.has("incident") && request.has("events"));
    }

    @Override
    public String subject(EscalationFacts asked) {
        return asked.incident().id();
    }

    @Override
    Answer<EscalationDecision> decided(Policy current, Asked<EscalationFacts> asked) {
        return engine.escalate(current, asked.facts().open(), asked.now(), asked.explain());
    }

    @Override
    void write(EscalationDecision decision, EscalationFacts asked, ObjectNode json) {
        json.put("incidentId", asked.incident().id());
        json.put("outcome", decision.outcome().code());
        if (decision.reason() != null) {
            json.put("reason", decision.reason().code());
        }
        ArrayNode actions = json.putArray("actions");
        decision.actions().forEach(action -> actions.add(action(action)));
        ArrayNode stages = json.putArray("openStages");
        for (OpenStage stage : decision.stages()) {
            ObjectNode open = stages.addObject().put("name", stage.name());
            open.set("due", Json.of(stage.due()));
        }
        if (decision.nextReviewAt() != null) {
            json.set("nextReviewAt", Json.of(decision.nextReviewAt()));
        }
    }

    private static ObjectNode action(Action action) {
        ObjectNode json = Json.object();
        json.put("action", action.kind().code()).put("label", action.kind().label());
        json.set("to", Json.of(action.to()));
        set(json, "stage", action.stage());
        json.set("since", Json.of(action.since()));
        set(json, "due", action.due());
        set(json, "copied", action.copied());
        set(json, "conference", action.conference());
        set(json, "members", action.members());
        set(json, "stages", action.stages());
        set(json, "rows", action.rows().stream().map(RowRef::id).toList());
        return json;
    }

    private static void set(ObjectNode json, String name, @Nullable Object value) {
        if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
            json.set(name, Json.of(value));
        }
    }

    @Override
    public List<Reason> because(EscalationDecision decision) {
        return decision.because();
    }

    @Override
    public List<String> unconfirmed(EscalationDecision decision) {
        return decision.unconfirmed();
    }
}
