package liandong.closure;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import liandong.analysis.AnalysedTable;
import liandong.decision.CaseChecks;
import liandong.decision.CaseCourse;
import liandong.decision.CommandText;
import liandong.decision.Decision;
import liandong.decision.DecisionMoment;
import liandong.decision.DecisionRecord;
import liandong.decision.ParsedRequest;
import liandong.decision.Standing;
import liandong.decision.Trouble;
import liandong.engine.Engine;
import liandong.engine.Engine.Globals;
import liandong.engine.EngineResult;
import liandong.escalation.ReportedWork;
import liandong.explain.Phrases;
import liandong.incident.BodyKind;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.CaseEvents;
import liandong.incident.Danger;
import liandong.incident.HandledStage;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.policy.PolicyPart;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.routing.TextReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Says whether what bodies and citizens report at the end of a case is the end (办结回访). */
public final class Closure extends Decision<ClosureFacts, ClosureDecision> {
    private static final int MOST_STAGES_SHOWN = 20;

    /** The format of policies since which an answer has the events that it comes to. */
    private static final int HANDED_OVER_SINCE = 3;

    private static final RequestPointer STAGES = ROOT.member("stages");
    private static final RequestPointer CONCLUDED = ROOT.member("handling").member("concludedAt");
    private static final RequestPointer FOLLOW_UP = ROOT.member("followUp");

    private static final PolicyPart PART = part(
            ClosureRow.class,
            false,
            List.of(
                    Accepted.class,
                    Cause.class,
                    Channel.class,
                    Closed.class,
                    Closing.class,
                    ClosureFinding.class,
                    ClosureOutcome.class,
                    ClosureReason.class,
                    ClosureStage.class,
                    Fault.class,
                    Filing.class,
                    FollowUp.class,
                    FollowUpPlan.class,
                    Handling.class,
                    Ongoing.class,
                    Proof.class,
                    Redo.class,
                    Referred.class,
                    Sampling.class,
                    Satisfaction.class,
                    Supplement.class,
                    Uncounted.class,
                    Warning.class),
            Map.of(),
            Map.of());

    /** Made once, by the registry. */
    public Closure() {
        super(
                new Name("CLOSURE", "办结回访", "closure", 30, "whether what is said to be done is, and what follows"),
                ClosureFacts.class,
                ClosureDecision.class,
                PART);
    }

    @Override
    public Map<String, Class<? extends Term>> words() {
        var words = new LinkedHashMap<String, Class<? extends Term>>();
        words.put("closureOutcomes", ClosureOutcome.class);
        words.put("closureReasons", ClosureReason.class);
        words.put("proofs", Proof.class);
        words.put("channels", Channel.class);
        words.put("satisfactions", Satisfaction.class);
        words.put("causes", Cause.class);
        return words;
    }

    @Override
    public CommandText command() {
        return new CommandText(
                "close",
                List.of(
                        "Says of each case of a file whether it is done: accepted, to be supplemented or redone, followed up or"
                                + " closed.",
                        "Reads NDJSON, one request a line: the incident with its eventType; severity, urgency, lead and"
                                + " stages as the routing answer had them, each stage with its doneAt; handling"
                                + " (concludedAt, proofs, redos, supplements); and, once the citizen has been asked, followUp (at, by,"
                                + " how, satisfaction, cause, triesBefore); excluded, where a person has found"
                                + " that it cannot be done.",
                        "Whether a case is followed up is drawn from its id: asked again, it gets the same answer."),
                List.of(
                        "close cases.ndjson > answers.ndjson",
                        "close cases.ndjson --explain --now 2026-12-02T09:00:00+08:00"));
    }

    /** Tells of an incident whose event type is open: what has been done must be known by now. */
    @Override
    public void precheck(JsonNode request, Consumer<Problem> problems) {
        CaseChecks.concluded(request, problems);
    }

    @Override
    public void check(ClosureFacts asked, DecisionMoment moment, Consumer<Problem> problems) {
        CaseChecks.incident(asked.incident(), moment, problems);
        OffsetDateTime reported = asked.incident().reportedAt();
        OffsetDateTime concluded = asked.handling().concludedAt();
        CaseChecks.between(reported, concluded, moment, CONCLUDED, problems);
        var names = new HashSet<String>();
        for (int i = 0; i < asked.stages().size(); i++) {
            HandledStage stage = asked.stages().get(i);
            RequestPointer at = STAGES.member(String.valueOf(i));
            if (!names.add(stage.name())) {
                problems.accept(Problem.of(Code.NAMED_TWICE, at.member("name"), stage.name()));
            }
            CaseChecks.between(reported, stage.doneAt(), moment, at.member("doneAt"), problems);
        }
        events(asked, names, moment, problems);
        CaseChecks.exclusion(
                asked.excluded(), asked.excludedBy(), asked.lead(), ROOT.member("excluded"), "excludedBy", problems);
        FollowUp followUp = asked.followUp();
        if (followUp != null) {
            CaseChecks.between(concluded, followUp.at(), moment, FOLLOW_UP.member("at"), problems);
            Satisfaction said = followUp.satisfaction();
            if (followUp.cause() != null && (said == Satisfaction.SATISFIED || said == Satisfaction.UNREACHABLE)) {
                problems.accept(Problem.of(
                        Code.CONTRADICTION,
                        FOLLOW_UP.member("cause"),
                        followUp.cause().label(),
                        said.label()));
            }
            if (asked.excluded() != null && followUp.cause() == Cause.SUBJECTIVE) {
                problems.accept(Problem.of(
                        Code.CONTRADICTION,
                        ROOT.member("excluded"),
                        ClosureReason.EXCLUDED.label(),
                        followUp.cause().label()));
            }
        }
    }

    private static void events(
            ClosureFacts asked, Set<String> stages, DecisionMoment moment, Consumer<Problem> problems) {
        for (int i = 0; i < asked.events().size(); i++) {
            CaseEvent event = asked.events().get(i);
            RequestPointer at = ROOT.member("events").member(String.valueOf(i));
            CaseChecks.between(asked.incident().reportedAt(), event.at(), moment, at.member("at"), problems);
            if (event.kind() == CaseEventKind.FRAUD
                    || event.kind() == CaseEventKind.SHIRKED
                    || event.kind() == CaseEventKind.CITIZEN_COMPLAINED) {
                CaseChecks.exclusion(event.excluded(), event.by(), asked.lead(), at.member("excluded"), "by", problems);
            }
            if (event.kind().isOfStage() && event.stage() == null) {
                problems.accept(Problem.of(Code.MISSING_FIELD, at.member("stage"), "stage", ""));
            } else if (event.stage() != null
                    && !stages.contains(event.stage())
                    && !CaseEvents.isBeforeRoutedAgain(event, asked.events())) {
                String known = asked.stages().stream()
                        .limit(MOST_STAGES_SHOWN)
                        .map(HandledStage::name)
                        .collect(Collectors.joining("、"));
                problems.accept(Problem.of(Code.UNKNOWN_STAGE, at.member("stage"), event.stage(), known));
            }
        }
    }

    @Override
    public ClosureFacts once(ClosureFacts facts) {
        return facts.once();
    }

    @Override
    public boolean recognises(JsonNode request) {
        return request.has("handling") || request.has("followUp");
    }

    @Override
    public String subject(ClosureFacts asked) {
        return asked.incident().id();
    }

    @Override
    public EngineResult<ClosureDecision> evaluate(Engine engine, Policy policy, ParsedRequest<ClosureFacts> request) {
        Closing closing = read(counted(request.facts(), policy, request.now()), policy, request.now());
        return engine.decide(policy, closing, request.now(), request.explain(), Globals.NONE, (findings, clock) -> {
            ClosureDecision decision = ClosureDecision.of(closing, findings)
                    .ruled(
                            closing,
                            policy.tables(clock.now().toLocalDate()),
                            clock,
                            policy.vocabulary().bodies(BodyKind.CENTRE));
            return policy.vocabulary().format() >= HANDED_OVER_SINCE
                    ? decision.asOrdered(closing)
                            .marked(clock)
                            .handedOver(closing, clock.now().toOffsetDateTime())
                    : decision.marked(clock);
        });
    }

    /** A case with what counts of what was told of its stages, as escalation has it, and when it is asked about. */
    private static Closing counted(ClosureFacts facts, Policy policy, Instant now) {
        if (policy.vocabulary().format() < HANDED_OVER_SINCE) {
            return facts.closing();
        }
        OffsetDateTime moment = now.atZone(policy.calendar().zone()).toOffsetDateTime();
        ReportedWork work = ReportedWork.of(
                facts.closing().matter(),
                CaseEvents.inOrder(facts.events()),
                facts.lead(),
                policy.tables(moment.toLocalDate()));
        return facts.with(work.events())
                .closing()
                .askedAt(
                        moment,
                        work.disregarded().stream()
                                .map(each -> new Uncounted(each.event(), each.row()))
                                .toList());
    }

    /** A case with what its text tells of danger, as escalation has it: how soon it must be done again may hang on that. */
    private static Closing read(Closing told, Policy policy, Instant now) {
        boolean reads = policy.vocabulary().format() >= HANDED_OVER_SINCE
                && !told.matter().report().text().isBlank();
        Danger danger = reads ? TextReader.danger(policy, now, told.matter()) : null;
        return danger == null ? told : told.endangered(danger);
    }

    @Override
    public CaseCourse course(JsonNode request, JsonNode answer) {
        var told = new ArrayList<CaseCourse.Told>();
        ClosureOutcome outcome = CaseCourse.word(ClosureOutcome.values(), answer.path("outcome"));
        ClosureReason reason = CaseCourse.word(ClosureReason.values(), answer.path("reason"));
        OffsetDateTime decided = CaseCourse.time(answer.path("decidedAt"));
        if (outcome != null && decided != null) {
            boolean again = outcome == ClosureOutcome.REDO;
            String why = again && reason != null ? reason.label() : "";
            told.add(new CaseCourse.Told(Trouble.REDONE, again, "CLOSURE " + decided.toInstant(), decided, why));
        }
        JsonNode followUp = request.path("followUp");
        OffsetDateTime asked = CaseCourse.time(followUp.path("at"));
        Satisfaction said = CaseCourse.word(Satisfaction.values(), followUp.path("satisfaction"));
        if (asked != null && said != null && said != Satisfaction.UNREACHABLE && !request.hasNonNull("excluded")) {
            Cause cause = CaseCourse.word(Cause.values(), followUp.path("cause"));
            boolean bad = said != Satisfaction.SATISFIED;
            String why = !bad ? "" : cause == null ? said.label() : cause.label();
            told.add(new CaseCourse.Told(Trouble.DISSATISFIED, bad, "FOLLOW_UP " + asked.toInstant(), asked, why));
        }
        return new CaseCourse(
                null, List.copyOf(told), CaseCourse.stages(request.path("stages"), MissingNode.getInstance()));
    }

    /** It is at its end once it is filed. */
    @Override
    public Standing standing(JsonNode request, JsonNode answer, Phrases say) {
        ClosureOutcome outcome = CaseCourse.word(ClosureOutcome.values(), answer.path("outcome"));
        if (outcome == null) {
            return Standing.NOTHING;
        }
        String lead = CaseCourse.text(request.path("lead"));
        if (answer.hasNonNull("archive")) {
            return new Standing(true, lead, "", null, say.of("standing.closed"));
        }
        return switch (outcome) {
            case REDO -> ordered(answer.path("redo"), "standing.redo", say);
            case SUPPLEMENT -> ordered(answer.path("supplement"), "standing.supplement", say);
            case NOT_YET ->
                new Standing(
                        false,
                        lead,
                        "",
                        CaseCourse.time(answer.path("nextReviewAt")),
                        say.of(
                                answer.path("reason").stringValue("").equals(ClosureReason.STAGES_OPEN.name())
                                        ? "standing.early"
                                        : "standing.procedure",
                                lead));
            case CENTRE_DECIDES -> new Standing(false, lead, "", null, say.of("standing.centre"));
            case ACCEPT, FOLLOW_UP, WARN, CLOSE -> new Standing(false, lead, "", null, say.of("standing.reported"));
        };
    }

    /** What a body has been told to do, and until when. */
    private static Standing ordered(JsonNode order, String key, Phrases say) {
        String by = CaseCourse.text(order.path("by"));
        return new Standing(false, by, "", CaseCourse.time(order.path("due")), say.of(key, by));
    }

    @Override
    public void analyse(Policy policy, List<AnalysedTable> tables, LocalDate today, Consumer<Problem> problems) {
        new ClosureAnalysis(policy, tables, problems).tell();
    }

    @Override
    public String page(DecisionRecord<ClosureFacts, ClosureDecision> record, Phrases say) {
        return ClosurePage.of(record, say);
    }
}
