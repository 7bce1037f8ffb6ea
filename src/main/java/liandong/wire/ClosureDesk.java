package liandong.wire;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import liandong.decision.ClosureDecision;
import liandong.decision.ClosureRow;
import liandong.decision.FollowUpPlan;
import liandong.decision.Reason;
import liandong.decision.Redo;
import liandong.decision.Sampling;
import liandong.engine.Answer;
import liandong.engine.Engine;
import liandong.incident.Closing;
import liandong.incident.FollowUp;
import liandong.incident.HandledStage;
import liandong.incident.Satisfaction;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Pointer;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes what bodies and citizens say at the end of a case and says whether that is the end (办结回访). */
public final class ClosureDesk extends Desk<ClosureFacts, ClosureDecision> {
    private static final Pointer STAGES = ROOT.member("stages");
    private static final Pointer CONCLUDED = ROOT.member("handling").member("concludedAt");
    private static final Pointer FOLLOW_UP = ROOT.member("followUp");

    private final Engine engine;

    /**
     * A desk.
     *
     * @param policy gives the policy to decide by, anew for each request
     * @param clock gives the time of requests that name none
     */
    public ClosureDesk(Engine engine, Supplier<Policy> policy, Clock clock) {
        super(DecisionKind.CLOSURE, ClosureFacts.class, ClosureRow.class, policy, clock);
        this.engine = engine;
    }

    /** Tells of an incident whose event type is open: what has been done must be known by now. */
    @Override
    void precheck(JsonNode request, List<Problem> problems) {
        precheckHandled(request, problems);
    }

    /** Tells of an incident whose event type is open, or that has no stages, though it has been assigned. */
    static void precheckHandled(JsonNode request, List<Problem> problems) {
        JsonNode incident = request.path("incident");
        if (incident.isObject() && !incident.hasNonNull("eventType")) {
            problems.add(Problem.of(Code.MISSING_FIELD, ROOT.member("incident").member("eventType"), "eventType", ""));
        }
        JsonNode stages = request.path("stages");
        if (stages.isMissingNode() || stages.isNull() || (stages.isArray() && stages.isEmpty())) {
            problems.add(Problem.of(Code.MISSING_FIELD, STAGES, "stages", ""));
        }
    }

    @Override
    void check(ClosureFacts asked, Instant now, List<Problem> problems) {
        RoutingDesk.check(asked.incident(), now, problems);
        OffsetDateTime reported = asked.incident().reportedAt();
        OffsetDateTime concluded = asked.handling().concludedAt();
        between(reported, concluded, now, CONCLUDED, problems);
        var names = new HashSet<String>();
        for (int i = 0; i < asked.stages().size(); i++) {
            HandledStage stage = asked.stages().get(i);
            Pointer at = STAGES.member(String.valueOf(i));
            if (!names.add(stage.name())) {
                problems.add(Problem.of(Code.NAMED_TWICE, at.member("name"), stage.name()));
            }
            between(reported, stage.doneAt(), now, at.member("doneAt"), problems);
        }
        FollowUp followUp = asked.followUp();
        if (followUp != null) {
            between(concluded, followUp.at(), now, FOLLOW_UP.member("at"), problems);
            Satisfaction said = followUp.satisfaction();
            if (followUp.cause() != null && (said == Satisfaction.SATISFIED || said == Satisfaction.UNREACHABLE)) {
                problems.add(Problem.of(
                        Code.CONTRADICTION,
                        FOLLOW_UP.member("cause"),
                        followUp.cause().label(),
                        said.label()));
            }
        }
    }

    /** Tells of a time before another, or after now. */
    static void between(
            OffsetDateTime earliest, @Nullable OffsetDateTime time, Instant now, Pointer at, List<Problem> problems) {
        if (time == null) {
            return;
        }
        if (time.isBefore(earliest)) {
            problems.add(Problem.of(Code.TOO_EARLY, at, time, earliest));
        }
        if (time.toInstant().isAfter(now)) {
            problems.add(Problem.of(
                    Code.IN_FUTURE, at, time, now.atZone(time.getOffset()).toOffsetDateTime()));
        }
    }

    @Override
    public boolean isFor(JsonNode request) {
        return request.has("handling") || request.has("followUp");
    }

    @Override
    public String subject(ClosureFacts asked) {
        return asked.incident().id();
    }

    @Override
    Answer<ClosureDecision> decided(Policy current, Asked<ClosureFacts> asked) {
        Closing closing = asked.facts().closing();
        return engine.decide(
                current, closing, asked.now(), asked.explain(), findings -> ClosureDecision.of(closing, findings));
    }

    @Override
    void write(ClosureDecision decision, ClosureFacts asked, ObjectNode json) {
        json.put("incidentId", asked.incident().id());
        json.put("stage", decision.stage().code());
        json.put("outcome", decision.outcome().code());
        json.put("reason", decision.reason().code());
        if (!decision.undone().isEmpty() || !decision.missing().isEmpty()) {
            ObjectNode missing = json.putObject("missing");
            missing.set("stages", Json.of(decision.undone()));
            missing.set("proofs", Json.of(decision.missing()));
        }
        Redo redo = decision.redo();
        if (redo != null) {
            ObjectNode order = json.putObject("redo").put("number", redo.number());
            order.set("by", Json.of(asked.lead()));
            order.set("limit", Json.of(redo.row().limit()));
            order.set("due", Json.of(redo.due()));
            order.put("row", redo.row().ref().id());
        }
        if (decision.warned() != null) {
            json.set("warned", Json.of(decision.warned()));
        }
        Sampling sampling = decision.sampling();
        if (sampling != null) {
            json.putObject("sampling")
                    .put("rate", sampling.row().rate())
                    .put("lot", sampling.lot())
                    .put("taken", sampling.taken())
                    .put("row", sampling.row().ref().id());
        }
        FollowUpPlan plan = decision.followUp();
        if (plan != null) {
            ObjectNode order = json.putObject("followUp");
            order.set("by", Json.of(plan.by()));
            order.set("how", Json.of(plan.row().how()));
            order.set("limit", Json.of(plan.row().limit()));
            order.set("due", Json.of(plan.due()));
            order.put("row", plan.row().ref().id());
        }
        if (decision.archive() != null) {
            json.putObject("archive")
                    .put("class", decision.archive().archiveClass())
                    .put("row", decision.archive().ref().id());
        }
        if (decision.nextReviewAt() != null) {
            json.set("nextReviewAt", Json.of(decision.nextReviewAt()));
        }
    }

    @Override
    public List<Reason> because(ClosureDecision decision) {
        return decision.because();
    }

    @Override
    public List<String> unconfirmed(ClosureDecision decision) {
        return decision.unconfirmed();
    }
}
