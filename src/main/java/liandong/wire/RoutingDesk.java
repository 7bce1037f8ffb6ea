package liandong.wire;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import liandong.decision.Reason;
import liandong.decision.RoutingDecision;
import liandong.decision.RoutingRow;
import liandong.engine.Answer;
import liandong.engine.Engine;
import liandong.incident.Report;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Pointer;
import liandong.problem.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes reports and says who takes them (研判交办). */
public final class RoutingDesk extends Desk<RoutingFacts, RoutingDecision> {
    private static final Pointer INCIDENT = ROOT.member("incident");

    private final Engine engine;

    /**
     * A desk.
     *
     * @param policy gives the policy to decide by, anew for each request
     * @param clock gives the time of requests that name none
     */
    public RoutingDesk(Engine engine, Supplier<Policy> policy, Clock clock) {
        super(DecisionKind.ROUTING, RoutingFacts.class, RoutingRow.class, policy, clock);
        this.engine = engine;
    }

    /** Tells of a report that says nothing: neither in words nor by its event type, nor is it settled. */
    @Override
    void precheck(JsonNode request, List<Problem> problems) {
        JsonNode incident = request.path("incident");
        JsonNode text = incident.path("text");
        boolean wordless = text.isMissingNode()
                || text.isNull()
                || (text.isString() && text.stringValue().isBlank());
        if (incident.isObject()
                && wordless
                && !incident.hasNonNull("eventType")
                && !incident.path("settled").asBoolean(false)) {
            problems.add(Problem.of(Code.MISSING_FIELD, INCIDENT.member("text"), "text", "text | eventType"));
        }
    }

    @Override
    void check(RoutingFacts asked, Instant now, List<Problem> problems) {
        check(asked.incident(), now, problems);
    }

    /** What no single field of an incident shows, whatever is asked about it. */
    static void check(Report report, Instant now, List<Problem> problems) {
        if (report.eventType() != null
                && report.category() != null
                && !report.eventType().category().equals(report.category())) {
            problems.add(Problem.of(
                    Code.CONTRADICTION,
                    INCIDENT.member("category"),
                    report.category().label(),
                    report.eventType().label()));
        }
        if (report.id().equals(report.sameAs())) {
            problems.add(Problem.of(Code.CONTRADICTION, INCIDENT.member("sameAs"), "id", "sameAs"));
        }
        if (report.reportedAt().toInstant().isAfter(now)) {
            problems.add(Problem.of(
                    Code.IN_FUTURE,
                    INCIDENT.member("reportedAt"),
                    report.reportedAt(),
                    now.atZone(report.reportedAt().getOffset()).toOffsetDateTime()));
        }
    }

    @Override
    public boolean isFor(JsonNode request) {
        return true; // what nothing else is, is a report
    }

    @Override
    public String subject(RoutingFacts asked) {
        return asked.incident().id();
    }

    @Override
    Answer<RoutingDecision> decided(Policy current, Asked<RoutingFacts> asked) {
        return engine.route(current, asked.facts().incident(), asked.now(), asked.explain());
    }

    @Override
    void write(RoutingDecision decision, RoutingFacts asked, ObjectNode json) {
        json.put("incidentId", asked.incident().id());
        json.put("outcome", decision.outcome().code());
        if (decision.triage() != null) {
            json.put("reason", decision.triage().code());
        }
        if (decision.mergedInto() != null) {
            json.put("mergedInto", decision.mergedInto());
        }
        if (!decision.relayTo().isEmpty()) {
            json.set("relayTo", Json.of(decision.relayTo()));
        }
        ObjectNode classification =
                decision.classification() == null ? Json.object() : (ObjectNode) Json.of(decision.classification());
        if (decision.assignment() != null) {
            json.set("assignment", classification.setAll((ObjectNode) Json.of(decision.assignment())));
        } else if (decision.classification() != null) {
            json.set("classification", classification);
        }
        if (!decision.candidates().isEmpty()) {
            json.set("candidates", Json.of(decision.candidates()));
        }
    }

    @Override
    public List<Reason> because(RoutingDecision decision) {
        return decision.because();
    }

    @Override
    public List<String> unconfirmed(RoutingDecision decision) {
        return decision.unconfirmed();
    }
}
