package liandong.routing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import liandong.analysis.AnalysedTable;
import liandong.decision.CaseChecks;
import liandong.decision.CaseCourse;
import liandong.decision.Decision;
import liandong.decision.DecisionMoment;
import liandong.decision.DecisionRecord;
import liandong.decision.FactMaker;
import liandong.decision.Handwork;
import liandong.decision.ParsedRequest;
import liandong.decision.RuledRow;
import liandong.decision.Standing;
import liandong.engine.Engine;
import liandong.engine.Engine.Globals;
import liandong.engine.EngineResult;
import liandong.engine.Evidence;
import liandong.engine.Finding;
import liandong.engine.Timetable;
import liandong.explain.Phrases;
import liandong.explain.Story;
import liandong.incident.BodyKind;
import liandong.incident.Choice;
import liandong.incident.Danger;
import liandong.incident.Matter;
import liandong.incident.MatterKind;
import liandong.incident.Report;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.policy.PolicyPart;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Says who takes a report, by when and why (研判交办). */
public final class Routing extends Decision<RoutingFacts, RoutingDecision> {
    /** The format of policies since which an answer has what later questions are sent. */
    private static final int HANDED_OVER_SINCE = 3;

    private static final RequestPointer INCIDENT = ROOT.member("incident");

    private static final Globals GLOBALS = (policy, tables, timetable) -> Map.of(
            "stagePlan",
            new StagePlan(timetable),
            "reader",
            new TextReader(TextIndex.of(policy), tables),
            "dutyLists",
            new DutyLists(tables));

    private static final Handwork HANDWORK = new RoutingHandwork();

    private static final PolicyPart PART = part(
            RoutingRow.class,
            true,
            List.of(
                    Alarmed.class,
                    Answered.class,
                    Archived.class,
                    Filed.class,
                    Chosen.class,
                    Assignment.class,
                    Classification.class,
                    Classified.class,
                    ClassifiedBy.class,
                    CueRole.class,
                    DeskPlan.class,
                    Duty.class,
                    DutyLists.class,
                    DutyMatched.class,
                    Ending.class,
                    Graded.class,
                    KeywordCandidate.class,
                    ListedDuty.class,
                    Listing.class,
                    Merged.class,
                    PlannedStage.class,
                    Reading.class,
                    Redirected.class,
                    Relayed.class,
                    RoutingFinding.class,
                    RoutingOutcome.class,
                    RoutingPath.class,
                    Schedule.class,
                    StageStart.class,
                    Tally.class,
                    Triage.class,
                    TriageReason.class),
            Map.of("stagePlan", StagePlan.class, "reader", TextReader.class, "dutyLists", DutyLists.class),
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
        words.put("dangers", Danger.class);
        words.put("routes", RoutingPath.class);
        words.put("classifiedBy", ClassifiedBy.class);
        words.put("matterKinds", MatterKind.class);
        words.put("bodyKinds", BodyKind.class);
        return words;
    }

    /** Tells of a report that says nothing: neither in words nor by its event type, nor is it settled. */
    @Override
    public void precheck(JsonNode request, Consumer<Problem> problems) {
        JsonNode incident = request.path("incident");
        JsonNode text = incident.path("text");
        boolean wordless = text.isMissingNode()
                || text.isNull()
                || (text.isString() && text.stringValue().isBlank());
        if (incident.isObject()
                && wordless
                && !incident.hasNonNull("eventType")
                && !incident.path("settled").asBoolean(false)) {
            problems.accept(Problem.of(Code.MISSING_FIELD, INCIDENT.member("text"), "text", "text | eventType"));
        }
    }

    @Override
    public void check(RoutingFacts asked, DecisionMoment moment, Consumer<Problem> problems) {
        CaseChecks.incident(asked.incident(), moment, problems);
        Choice choice = asked.incident().choice();
        if (choice == null) {
            return;
        }
        RequestPointer at = INCIDENT.member("choice");
        boolean named = choice.eventType() != null;
        if (!named && asked.incident().eventType() == null) {
            problems.accept(Problem.of(Code.MISSING_FIELD, at.member("eventType"), "eventType", ""));
        }
        if (choice.lead() == null && (!named || !choice.assisting().isEmpty())) {
            problems.accept(Problem.of(Code.MISSING_FIELD, at.member("lead"), "lead", ""));
        }
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
        Report report = request.facts().incident();
        Choice choice = report.choice();
        Report judged = choice == null ? report : report.settled(choice.eventType(), null);
        EngineResult<RoutingDecision> result = decide(engine, policy, judged, request.now(), request.explain());
        RoutingDecision decision = result.decision();
        if (choice != null && choice.lead() != null && result.finding(Chosen.class) == null) {
            decision = decision.warning(Problem.of(
                    Code.CHOICE_PASSED_OVER,
                    INCIDENT.member("choice"),
                    choice.lead().label(),
                    decision.outcome().label()));
        }
        if (policy.vocabulary().format() >= HANDED_OVER_SINCE) {
            decision = decision.handedOver(
                    request.now().atZone(policy.calendar().zone()).toOffsetDateTime());
        }
        return new EngineResult<>(decision, result.evidence(), result.nearMisses());
    }

    private static EngineResult<RoutingDecision> decide(
            Engine engine, Policy policy, Report report, Instant now, boolean explain) {
        EngineResult<RoutingDecision> whole = engine.decide(policy, report, now, explain, GLOBALS, Routing::decision);
        if (report.eventType() != null || whole.finding(Reading.class) == null) {
            return whole;
        }
        var reader = new TextReader(TextIndex.of(policy), policy.tables(policy.day(now)));
        return SeveralMatters.of(
                whole,
                report,
                reader.parts(Matter.of(report)),
                part -> engine.decide(policy, part, now, false, GLOBALS, Routing::decision));
    }

    private static RoutingDecision decision(List<Evidence<Finding>> findings, Timetable clock) {
        return RoutingDecision.of(findings).marked(clock);
    }

    @Override
    public CaseCourse course(JsonNode request, JsonNode answer) {
        JsonNode outcome = answer.path("outcome");
        RoutingOutcome ended = CaseCourse.word(RoutingOutcome.values(), outcome);
        TriageReason reason = CaseCourse.word(TriageReason.values(), answer.path("reason"));
        JsonNode lead = answer.path("assignment").path("lead");
        String result = ended == null ? CaseCourse.text(outcome) : ended.label();
        if (lead.isObject()) {
            result = CaseCourse.text(lead);
        } else if (reason != null) {
            result = reason.label();
        }
        var stages = new LinkedHashMap<String, String>();
        answer.path("assignment")
                .path("stages")
                .forEach(stage -> stages.put(
                        stage.path("name").stringValue(""), stage.path("row").stringValue("")));
        List<String> names = lead.isObject()
                ? List.of(lead.path("code").stringValue(""), lead.path("label").stringValue(""))
                : List.of();
        boolean left = ended != null && ended.leftToPerson();
        return new CaseCourse(new CaseCourse.Assigned(result, names, left, stages), List.of(), List.of());
    }

    @Override
    public Standing standing(JsonNode request, JsonNode answer, Phrases say) {
        return RoutingStanding.of(request, answer, say);
    }

    @Override
    public String rulingPath() {
        return "duty-row";
    }

    @Override
    public @Nullable RuledRow ruled(
            DecisionRecord<RoutingFacts, RoutingDecision> record,
            boolean everywhere,
            Instant made,
            Consumer<Problem> problems) {
        return new DutyRuling(record).row(everywhere, made, problems);
    }

    @Override
    public Handwork handwork() {
        return HANDWORK;
    }

    @Override
    public String page(DecisionRecord<RoutingFacts, RoutingDecision> record, Phrases say) {
        return RoutingPage.of(record, say);
    }

    @Override
    public Story story(DecisionRecord<RoutingFacts, RoutingDecision> record, Phrases say) {
        return RoutingStory.of(record, say);
    }

    @Override
    public void analyse(Policy policy, List<AnalysedTable> tables, LocalDate today, Consumer<Problem> problems) {
        tables.stream()
                .filter(each -> each.table().type() == KeywordRow.class)
                .forEach(each -> KeywordAnalysis.tell(policy, each, today, problems));
        new WordAnalysis(policy, tables, problems).tell();
        new DutyListAnalysis(policy, tables).tell(problems);
        Set<ChainAnalysis.Degrees> turned = new ChainAnalysis(policy, tables, today, problems).tell();
        new HarmAnalysis(policy, tables, today, turned, problems).tell();
        AreaAnalysis.tell(policy, problems);
        TextAnalysis.tell(policy, tables, today, problems);
    }

    @Override
    public FactMaker<RoutingFacts> factMaker(Policy before, Policy after) {
        return new ReportMaker(before, after);
    }

    /** Where a policy sends a report; see {@link Engine#decide}. */
    public static RoutingDecision route(Engine engine, Policy policy, Report report, Instant now) {
        return engine.decide(policy, report, now, false, GLOBALS, Routing::decision)
                .decision();
    }
}
