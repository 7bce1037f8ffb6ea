package liandong.routing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import liandong.analysis.AnalysedTable;
import liandong.decision.CaseChecks;
import liandong.decision.Decision;
import liandong.decision.DecisionRecord;
import liandong.decision.ParsedRequest;
import liandong.engine.Engine;
import liandong.engine.Engine.Globals;
import liandong.engine.EngineResult;
import liandong.explain.Phrases;
import liandong.incident.BodyKind;
import liandong.incident.MatterKind;
import liandong.incident.Report;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.policy.PolicyPart;
import liandong.problem.Code;
import liandong.problem.Problem;
import tools.jackson.databind.JsonNode;

/** Says who takes a report, by when and why (研判交办). */
public final class Routing extends Decision<RoutingFacts, RoutingDecision> {
    private static final Globals GLOBALS = timetable -> Map.of("stagePlan", new StagePlan(timetable));

    private static final PolicyPart PART = part(
            RoutingRow.class,
            true,
            List.of(
                    Archived.class,
                    Assignment.class,
                    Classification.class,
                    Classified.class,
                    ClassifiedBy.class,
                    Duty.class,
                    DutyMatched.class,
                    Ending.class,
                    Graded.class,
                    KeywordCandidate.class,
                    Merged.class,
                    PlannedStage.class,
                    Relayed.class,
                    RoutingFinding.class,
                    RoutingOutcome.class,
                    RoutingPath.class,
                    Schedule.class,
                    StageStart.class,
                    Tally.class,
                    Triage.class,
                    TriageReason.class),
            Map.of("stagePlan", StagePlan.class),
            Map.of(
                    "Listed", "DutyMatched",
                    "Candidate", "KeywordCandidate",
                    "Outcome", "RoutingOutcome",
                    "Route", "RoutingPath",
                    "Stage", "PlannedStage",
                    "timetable.schedule", "stagePlan.schedule"));

    /** Made once, by the registry. */
    public Routing() {
        super(
                new Name("ROUTING", "研判交办", "routing", 10, "who takes a report, by when and why"),
                RoutingFacts.class,
                RoutingDecision.class,
                PART);
    }

    @Override
    public Map<String, Class<? extends Term>> words() {
        var words = new LinkedHashMap<String, Class<? extends Term>>();
        words.put("outcomes", RoutingOutcome.class);
        words.put("triageReasons", TriageReason.class);
        words.put("routes", RoutingPath.class);
        words.put("classifiedBy", ClassifiedBy.class);
        words.put("matterKinds", MatterKind.class);
        words.put("bodyKinds", BodyKind.class);
        return words;
    }

    /** Tells of a report that says nothing: neither in words nor by its event type, nor is it settled. */
    @Override
    public void precheck(JsonNode request, List<Problem> problems) {
        JsonNode incident = request.path("incident");
        JsonNode text = incident.path("text");
        boolean wordless = text.isMissingNode()
                || text.isNull()
                || (text.isString() && text.stringValue().isBlank());
        if (incident.isObject()
                && wordless
                && !incident.hasNonNull("eventType")
                && !incident.path("settled").asBoolean(false)) {
            problems.add(
                    Problem.of(Code.MISSING_FIELD, ROOT.member("incident").member("text"), "text", "text | eventType"));
        }
    }

    @Override
    public void check(RoutingFacts asked, Instant now, List<Problem> problems) {
        CaseChecks.incident(asked.incident(), now, problems);
    }

    @Override
    public boolean recognises(JsonNode request) {
        return request.has("incident");
    }

    @Override
    public String subject(RoutingFacts asked) {
        return asked.incident().id();
    }

    @Override
    public EngineResult<RoutingDecision> evaluate(Engine engine, Policy policy, ParsedRequest<RoutingFacts> request) {
        return engine.decide(
                policy, request.facts().incident(), request.now(), request.explain(), GLOBALS, RoutingDecision::of);
    }

    @Override
    public String page(DecisionRecord<RoutingFacts, RoutingDecision> record, Phrases say) {
        return RoutingPage.of(record, say);
    }

    @Override
    public void analyse(Policy policy, List<AnalysedTable> tables, LocalDate today, Consumer<Problem> problems) {
        tables.stream()
                .filter(each -> each.table().type() == KeywordRow.class)
                .forEach(each -> KeywordAnalysis.tell(each, problems));
        new WordAnalysis(policy, tables, problems).tell();
    }

    /** Where a policy sends a report; see {@link Engine#decide}. */
    public static RoutingDecision route(Engine engine, Policy policy, Report report, Instant now) {
        return engine.decide(policy, report, now, false, GLOBALS, RoutingDecision::of)
                .decision();
    }
}
