package liandong.escalation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import liandong.analysis.AnalysedTable;
import liandong.decision.CaseChecks;
import liandong.decision.CaseCourse;
import liandong.decision.CommandText;
import liandong.decision.Decision;
import liandong.decision.DecisionMoment;
import liandong.decision.DecisionRecord;
import liandong.decision.ParsedRequest;
import liandong.decision.Standing;
import liandong.engine.Engine;
import liandong.engine.Engine.Globals;
import liandong.engine.EngineResult;
import liandong.explain.Phrases;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.CaseEventKind;
import liandong.incident.Danger;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.policy.PolicyPart;
import liandong.problem.Problem;
import liandong.routing.TextReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Says what the centre has to do about a case in progress, and when to ask again (督办升级). */
public final class Escalation extends Decision<EscalationFacts, EscalationDecision> {
    /** The format of policies since which an action comes with the event that reports it. */
    private static final int REPORTED_SINCE = 3;

    static final Globals GLOBALS = (policy, tables, timetable) -> Map.of("caseClock", new CaseClock(timetable));

    static final PolicyPart PART = part(
            EscalationRow.class,
            false,
            List.of(
                    Action.class,
                    ActionKind.class,
                    ActionTrigger.class,
                    Awaited.class,
                    CitizenLimit.class,
                    ClockChange.class,
                    Concerned.class,
                    Credited.class,
                    Disregarded.class,
                    EscalationFinding.class,
                    EscalationOutcome.class,
                    ExtensionRequest.class,
                    NoAction.class,
                    NoActionReason.class,
                    OpenCase.class,
                    OpenStage.class,
                    Reported.class,
                    ReturnRuling.class,
                    Similar.class,
                    TriggerableAction.class,
                    TriggeredAction.class,
                    Waiting.class),
            Map.of("caseClock", CaseClock.class),
            former());

    /** Made once, by the registry. */
    public Escalation() {
        super(
                new Name(
                        "ESCALATION",
                        "督办升级",
                        "escalation",
                        20,
                        "what is to be done about a case in progress, and when to ask again"),
                EscalationFacts.class,
                EscalationDecision.class,
                PART);
    }

    private static Map<String, String> former() {
        var former = new LinkedHashMap<String, String>();
        former.put("LimitRow", "OverdueActionRow");
        former.put("WaitRow", "WaitingActionRow");
        former.put("RaiseRow", "ConditionActionRow");
        former.put("RaiseToRow", "HigherBodyRow");
        former.put("Calls", "ActionTrigger");
        former.put("Called", "TriggeredAction");
        former.put("Step", "TriggerableAction");
        former.put("Silence", "NoAction");
        former.put("Quiet", "NoActionReason");
        for (String question : List.of("open", "reached", "requests", "restarted")) {
            former.put("timetable." + question, "caseClock." + question);
        }
        return former;
    }

    @Override
    public Map<String, Class<? extends Term>> words() {
        var words = new LinkedHashMap<String, Class<? extends Term>>();
        words.put("caseEventKinds", CaseEventKind.class);
        words.put("escalationOutcomes", EscalationOutcome.class);
        words.put("quiets", NoActionReason.class);
        words.put("actionKinds", ActionKind.class);
        words.put("awaitedKinds", Awaited.Kind.class);
        return words;
    }

    @Override
    public CommandText command() {
        return new CommandText(
                "escalate",
                List.of(
                        "Says of each case in progress of a file what is to be done about it now, and when to ask again.",
                        "Reads NDJSON, one request a line: the incident with its eventType; severity, urgency, lead,"
                                + " assisting, conference and stages as the routing answer had them; assignedAt; events,"
                                + " each with kind and at, and where it needs them stage, body, reason or until; and,"
                                + " where counted, similar (count, days, area) and noClearLaw.",
                        "An action that the events say has been done is not asked for again. Before nextReviewAt the"
                                + " answer stays as it is unless something happens: one timer a case will do."),
                List.of(
                        "escalate cases.ndjson > actions.ndjson",
                        "escalate cases.ndjson --explain --now 2026-12-02T09:00:00+08:00"));
    }

    @Override
    public void precheck(JsonNode request, Consumer<Problem> problems) {
        CaseChecks.assigned(request, problems);
    }

    @Override
    public void check(EscalationFacts asked, DecisionMoment moment, Consumer<Problem> problems) {
        EscalationChecks.check(asked, true, moment, problems);
    }

    @Override
    public void check(EscalationFacts asked, Policy policy, DecisionMoment moment, Consumer<Problem> problems) {
        EscalationChecks.check(asked, policy.vocabulary().format() >= REPORTED_SINCE, moment, problems);
    }

    @Override
    public EscalationFacts once(EscalationFacts facts) {
        return facts.once();
    }

    @Override
    public boolean recognises(JsonNode request) {
        return request.has("assignedAt") || (request.has("incident") && request.has("events"));
    }

    @Override
    public String subject(EscalationFacts asked) {
        return asked.incident().id();
    }

    @Override
    public EngineResult<EscalationDecision> evaluate(
            Engine engine, Policy policy, ParsedRequest<EscalationFacts> request) {
        OpenCase open = read(request.facts().open(), policy, request.now());
        List<Body> centre = policy.vocabulary().bodies(BodyKind.CENTRE);
        Engine.Outlook<EscalationDecision> outlook = engine.outlook(
                policy,
                (tables, clock) -> CountedEvents.of(open, tables, clock),
                request.now(),
                request.explain(),
                GLOBALS,
                (counted, findings, clock) -> {
                    var caseClock = new CaseClock(clock);
                    return EscalationDecision.of(counted, caseClock.open(counted), centre, findings)
                            .timed(counted, policy.tables(clock.now().toLocalDate()), caseClock, findings)
                            .marked(clock);
                },
                EscalationDecision::sameActions);
        EngineResult<EscalationDecision> result = outlook.result();
        EscalationDecision decision = result.decision().reviewedAt(outlook.changes());
        if (policy.vocabulary().format() < REPORTED_SINCE) {
            return new EngineResult<>(decision, result.evidence(), result.nearMisses());
        }
        OffsetDateTime now = request.now().atZone(policy.calendar().zone()).toOffsetDateTime();
        return new EngineResult<>(
                decision.reported(open, centre, now).reviewedByAnswer(open, now),
                result.evidence(),
                result.nearMisses());
    }

    /**
     * A case as it is judged: without what a person has taken out, with what was late before routing was asked again, and with
     * what its text tells of danger, as the caller gives it now: more may have been told since it was routed.
     */
    private static OpenCase read(OpenCase told, Policy policy, Instant now) {
        if (policy.vocabulary().format() < REPORTED_SINCE) {
            return told.ofEarlierFormat();
        }
        boolean blank = told.matter().report().text().isBlank();
        Danger danger = blank ? null : TextReader.danger(policy, now, told.matter());
        OpenCase judged = told.judged().withLateBefore();
        return danger == null ? judged : judged.endangered(danger);
    }

    @Override
    public CaseCourse course(JsonNode request, JsonNode answer) {
        var stages = new ArrayList<>(CaseCourse.stages(request.path("stages"), request.path("events")));
        OffsetDateTime asked = CaseCourse.time(answer.path("decidedAt"));
        for (JsonNode open : answer.path("openStages")) {
            stages.add(new CaseCourse.StageTold(
                    CaseCourse.text(open.path("name")), CaseCourse.time(open.path("due")), true, null, asked, null));
        }
        return new CaseCourse(
                null, CaseCourse.told(request.path("events"), MissingNode.getInstance()), List.copyOf(stages));
    }

    /** Who has it now. That every stage is done does not close a case, and that it is asked about opens it again. */
    @Override
    public Standing standing(JsonNode request, JsonNode answer, Phrases say) {
        boolean done = answer.path("reason").stringValue("").equals(NoActionReason.DONE.name());
        return new Standing(done ? null : false, CaseCourse.text(request.path("lead")), "", null, "");
    }

    @Override
    public String page(DecisionRecord<EscalationFacts, EscalationDecision> record, Phrases say) {
        return EscalationPage.of(record, say);
    }

    @Override
    public void analyse(Policy policy, List<AnalysedTable> tables, LocalDate today, Consumer<Problem> problems) {
        ReturnPaths.of(policy, today).problems().forEach(problems);
        new FairnessAnalysis(policy, tables, today, problems).tell();
        new ReachAnalysis(policy, tables, today, problems).tell();
    }
}
