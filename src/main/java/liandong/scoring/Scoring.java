package liandong.scoring;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import liandong.analysis.AnalysedTable;
import liandong.analysis.LivingRows;
import liandong.calendar.CalendarEndedException;
import liandong.decision.CaseChecks;
import liandong.decision.CaseCourse;
import liandong.decision.Decision;
import liandong.decision.DecisionMoment;
import liandong.decision.DecisionRecord;
import liandong.decision.ParsedRequest;
import liandong.decision.Trouble;
import liandong.engine.Engine;
import liandong.engine.Engine.Globals;
import liandong.engine.EngineResult;
import liandong.escalation.Delays;
import liandong.escalation.Escalation;
import liandong.escalation.EscalationFacts;
import liandong.escalation.Lateness;
import liandong.explain.Phrases;
import liandong.incident.Body;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.FalseReports;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.policy.PolicyPart;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives closed cases their scores, every point of them accounted for (个案考核). */
public final class Scoring extends Decision<ScoringFacts, ScoringDecision> {
    private static final RequestPointer INCIDENT = ROOT.member("incident");
    private static final RequestPointer HANDLED = ROOT.member("handled");
    private static final Escalation ESCALATION = new Escalation();

    static final PolicyPart PART = part(
            ScoringRow.class,
            false,
            List.of(
                    Appeal.class,
                    Banded.class,
                    Cap.class,
                    Counts.class,
                    EventOfCase.class,
                    Faults.class,
                    Grade.class,
                    GradeAwarded.class,
                    Measure.class,
                    Measured.class,
                    Period.class,
                    PeriodCap.class,
                    PeriodCase.class,
                    PeriodItem.class,
                    Rounding.class,
                    ScoredCase.class,
                    ScoreLine.class,
                    ScoreLineKind.class,
                    ScoreSubject.class,
                    ScoringFinding.class,
                    SmallNumber.class,
                    TooFew.class,
                    ScoringOutcome.class,
                    Total.class),
            Map.of(),
            Map.of(
                    "Happening", "EventOfCase",
                    "Awarded", "GradeAwarded",
                    "LineOf", "ScoreLineKind",
                    "ScoreOf", "ScoreSubject"));

    /** Made once, by the registry. */
    public Scoring() {
        super(
                new Name("SCORING", "个案考核", "scoring", 40, "what a case scores, every point accounted for"),
                ScoringFacts.class,
                CaseScore.class,
                PART);
    }

    @Override
    public Map<String, Class<? extends Term>> words() {
        var words = new LinkedHashMap<String, Class<? extends Term>>();
        words.put("measures", Measure.class);
        words.put("periodItems", PeriodItem.class);
        words.put("scoringOutcomes", ScoringOutcome.class);
        words.put("lineOfs", ScoreLineKind.class);
        words.put("grades", Grade.class);
        return words;
    }

    @Override
    public JsonNode shaped(ObjectNode request) {
        return WholeCase.scored(request);
    }

    @Override
    public String placed(ObjectNode request, String pointer) {
        return WholeCase.placed(request, pointer);
    }

    @Override
    public void check(ScoringFacts asked, DecisionMoment moment, Consumer<Problem> problems) {
        ScoredCase scored = asked.incident();
        moment.notInFuture(INCIDENT.member("reportedAt"), scored.reportedAt(), problems);
        OffsetDateTime assigned = scored.events().stream()
                .filter(event -> event.kind() == CaseEventKind.ASSIGNED)
                .map(CaseEvent::at)
                .min(OffsetDateTime.timeLineOrder())
                .orElse(null);
        var before = new Before();
        for (int i = 0; i < scored.events().size(); i++) {
            CaseEvent event = scored.named(scored.events().get(i));
            if (!before.isNew(event)) {
                continue;
            }
            RequestPointer at = INCIDENT.member("events").member(String.valueOf(i));
            moment.notInFuture(at.member("at"), event.at(), problems);
            CaseChecks.exclusion(event.excluded(), event.by(), scored.body(), at.member("excluded"), "by", problems);
            OffsetDateTime earliest = earliest(scored, event, assigned);
            if (event.at().isBefore(earliest)) {
                problems.accept(Problem.of(
                        Code.EVENT_TOO_EARLY, at.member("at"), event.kind().label(), event.at(), earliest));
            }
            if (event.kind().isOfStage() && event.stage() == null) {
                problems.accept(Problem.of(Code.MISSING_FIELD, at.member("stage"), "stage", ""));
            }
            CaseEventKind contradicted = before.contradicted(event);
            if (contradicted != null) {
                problems.accept(Problem.of(
                        Code.CONTRADICTION,
                        at,
                        contradicted.label(),
                        event.kind().label()));
            }
        }
    }

    @Override
    public ScoringFacts once(ScoringFacts facts) {
        return new ScoringFacts(facts.incident().once(), facts.handled());
    }

    @Override
    public void check(ScoringFacts asked, Policy policy, DecisionMoment moment, Consumer<Problem> problems) {
        EscalationFacts handled = asked.handled();
        if (handled == null) {
            check(asked, moment, problems);
            return;
        }
        var found = new ArrayList<Problem>();
        check(asked, moment, found::add);
        if (!handled.incident().id().equals(asked.incident().id())) {
            found.add(Problem.of(
                    Code.CONTRADICTION,
                    HANDLED.member("incident").member("id"),
                    asked.incident().id(),
                    handled.incident().id()));
        }
        ESCALATION.check(handled, policy, moment, problem -> found.add(within(problem)));
        if (found.stream().noneMatch(problem -> problem.code().isError())) {
            try {
                contradictions(asked.incident(), Lateness.of(handled, policy, moment.now()), found::add);
            } catch (CalendarEndedException e) {
                found.add(Problem.of(Code.CALENDAR_ENDED, HANDLED, e.date(), e.first(), e.last()));
            }
        }
        found.forEach(problems);
    }

    /** A problem of the case as escalation was asked about it, where it stands in this request. */
    private static Problem within(Problem problem) {
        return problem.at() instanceof RequestPointer at
                ? new Problem(problem.code(), new RequestPointer(HANDLED.pointer() + at.pointer()), problem.args())
                : problem;
    }

    /** Tells of events that say otherwise than the clocks how a stage ended. */
    private static void contradictions(ScoredCase scored, Lateness lateness, Consumer<Problem> problems) {
        FalseReports falsely = scored.falseReports();
        for (int i = 0; i < scored.events().size(); i++) {
            CaseEvent event = scored.events().get(i);
            if (!event.kind().isStageVerdict() || falsely.have(event)) {
                continue;
            }
            RequestPointer at = INCIDENT.member("events").member(String.valueOf(i));
            lateness.stages().stream()
                    .filter(stage -> stage.stage().equals(event.stage()))
                    .filter(stage -> stage.isKnown() && stage.late() != (event.kind() == CaseEventKind.STAGE_LATE))
                    .forEach(stage -> problems.accept(Problem.of(
                            Code.CONTRADICTION,
                            at,
                            event.kind().label(),
                            stage.stage() + " " + stage.at() + " / " + stage.due())));
        }
    }

    /**
     * A case with how its stages ended, as the clocks say, where no event says so already. That a procedure of the law took longer
     * than it should is nobody's delay, also where an event says so.
     *
     * @param scored the case, perhaps without what is contested
     * @param told all that was told of it: of a stage whose end is told and contested, the clocks are not asked
     */
    private static ScoredCase judged(ScoredCase scored, ScoredCase told, EscalationFacts handled, Lateness lateness) {
        FalseReports falsely = scored.falseReports();
        Set<String> ended = told.events().stream()
                .filter(event -> event.kind().isStageVerdict() && !falsely.have(event))
                .map(CaseEvent::stage)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Set<String> procedures = lateness.stages().stream()
                .filter(Lateness.OfStage::procedure)
                .map(Lateness.OfStage::stage)
                .collect(Collectors.toSet());
        return scored.withoutDelayOf(procedures)
                .with(lateness.stages().stream()
                        .filter(Lateness.OfStage::isKnown)
                        .filter(stage -> !stage.late() || stage.isHeldAgainst())
                        .filter(stage -> !ended.contains(stage.stage()))
                        .map(stage -> new CaseEvent(
                                stage.late() ? CaseEventKind.STAGE_LATE : CaseEventKind.STAGE_ON_TIME,
                                stage.at(),
                                stage.stage(),
                                handled.lead(),
                                false,
                                null,
                                null))
                        .toList());
    }

    /** The case if every appeal is upheld: its stages ended as the clocks say without what is contested. */
    private static ScoredCase upheld(ScoringFacts asked, Policy policy, Instant now) {
        ScoredCase told = asked.incident();
        EscalationFacts handled = asked.handled();
        ScoredCase upheld = told.ifAppealsAreUpheld();
        if (handled == null) {
            return upheld;
        }
        Set<List<Object>> contested = told.events().stream()
                .filter(CaseEvent::contested)
                .map(Scoring::what)
                .collect(Collectors.toSet());
        EscalationFacts without = handled.with(handled.events().stream()
                .filter(event -> !event.contested() && !contested.contains(what(event)))
                .toList());
        return delayed(judged(upheld, told, without, Lateness.of(without, policy, now)), told, without, policy, now);
    }

    /** A case with what its bodies were late with beside stages, where no event says so already. */
    private static ScoredCase delayed(
            ScoredCase judged, ScoredCase told, EscalationFacts handled, Policy policy, Instant now) {
        var left = new ArrayList<>(told.events());
        return judged.with(Delays.of(handled, policy, now).stream()
                .filter(delay -> !left.remove(left.stream()
                        .filter(event -> event.kind() == delay.kind()
                                && (event.body() == null ? told.body() : event.body()).equals(delay.body()))
                        .findFirst()
                        .orElse(null)))
                .toList());
    }

    /** What the case as it was handled and as it is scored both tell of an event. */
    private static List<Object> what(CaseEvent event) {
        return List.of(event.kind(), event.at().toInstant());
    }

    private static OffsetDateTime earliest(ScoredCase scored, CaseEvent event, @Nullable OffsetDateTime assigned) {
        return assigned != null && event.kind().needsAssignment() && assigned.isAfter(scored.reportedAt())
                ? assigned
                : scored.reportedAt();
    }

    /** The events that have been gone through, found again by what another of them would contradict. */
    private static final class Before {
        private final Set<Object> seen = new HashSet<>();

        /**
         * Something of one kind for a stage and a body.
         *
         * @param at when; null where it can only be true or not, whenever that was
         */
        private record OfKind(
                CaseEventKind kind,
                @Nullable String stage,
                @Nullable Body body,
                @Nullable Instant at) {
            static OfKind of(CaseEventKind kind, CaseEvent event, boolean whenever) {
                return new OfKind(
                        kind,
                        event.stage(),
                        event.body(),
                        whenever ? null : event.at().toInstant());
            }
        }

        /** Whether an event has not been told before, word for word. Remembers it. */
        boolean isNew(CaseEvent event) {
            return seen.add(event);
        }

        /** The kind of an earlier event that cannot be true if this one is; null for none. Remembers this one. */
        @Nullable
        CaseEventKind contradicted(CaseEvent event) {
            CaseEventKind kind = event.kind();
            CaseEventKind opposite = kind.opposite();
            boolean again = !seen.add(OfKind.of(kind, event, false));
            seen.add(OfKind.of(kind, event, true));
            if (again) {
                return kind;
            }
            return opposite != null && seen.contains(OfKind.of(opposite, event, kind.isStageVerdict()))
                    ? opposite
                    : null;
        }
    }

    @Override
    public boolean recognises(JsonNode request) {
        return request.path("incident").has("events")
                || request.path("incident").has("body");
    }

    @Override
    public String subject(ScoringFacts asked) {
        return asked.incident().id();
    }

    @Override
    public EngineResult<ScoringDecision> evaluate(Engine engine, Policy policy, ParsedRequest<ScoringFacts> request) {
        EscalationFacts handled = request.facts().handled();
        Lateness lateness = handled == null ? null : Lateness.of(handled, policy, request.now());
        ScoredCase told = request.facts().incident();
        ScoredCase scored = handled == null || lateness == null
                ? told
                : delayed(judged(told, told, handled, lateness), told, handled, policy, request.now());
        EngineResult<ScoringDecision> result = score(engine, policy, scored, request.now(), request.explain());
        if (lateness != null) {
            result = new EngineResult<>(result.decision().late(lateness), result.evidence(), result.nearMisses());
        }
        if (!scored.contested()) {
            return result;
        }
        ScoringDecision upheld = score(
                        engine, policy, upheld(request.facts(), policy, request.now()), request.now(), false)
                .decision();
        return new EngineResult<>(result.decision().appealed(upheld), result.evidence(), result.nearMisses());
    }

    private static EngineResult<ScoringDecision> score(
            Engine engine, Policy policy, ScoredCase scored, Instant now, boolean explain) {
        return engine.decide(policy, scored, now, explain, Globals.NONE, ScoringDecision::of);
    }

    @Override
    public CaseScore answer(ScoringDecision decision, ScoringFacts asked) {
        return new CaseScore(asked.incident().body(), decision);
    }

    @Override
    public CaseCourse course(JsonNode request, JsonNode answer) {
        JsonNode incident = request.path("incident");
        JsonNode events = incident.path("events");
        var told = new ArrayList<>(CaseCourse.told(events, incident.path("body")));
        OffsetDateTime decided = CaseCourse.time(answer.path("decidedAt"));
        if (decided != null) { // what was done again is among the events
            told.add(new CaseCourse.Told(Trouble.REDONE, false, "SCORING " + decided.toInstant(), decided, ""));
        }
        var stages = new ArrayList<>(CaseCourse.stages(request.path("handled").path("stages"), events));
        for (JsonNode stage : answer.path("lateness").path("stages")) {
            OffsetDateTime done = CaseCourse.time(stage.path("doneAt"));
            boolean late = stage.path("late").asBoolean(false);
            boolean procedure = stage.path("procedure").asBoolean(false);
            stages.add(new CaseCourse.StageTold(
                    CaseCourse.text(stage.path("stage")),
                    CaseCourse.time(stage.path("due")),
                    true,
                    done,
                    null,
                    ((done == null && !late) || (late && procedure)) ? null : late));
        }
        return new CaseCourse(null, List.copyOf(told), List.copyOf(stages));
    }

    @Override
    public void analyse(Policy policy, List<AnalysedTable> tables, LocalDate today, Consumer<Problem> problems) {
        LivingRows<GradeRow> grades = LivingRows.of(GradeRow.class, policy, tables);
        if (grades != null) {
            grades.tellNever("等次", List.of(Grade.values()), GradeRow::grade, problems);
        }
        new ScoringAnalysis(policy, tables, today, problems).tell();
    }

    @Override
    public String page(DecisionRecord<ScoringFacts, ScoringDecision> record, Phrases say) {
        return ScoringPage.of(record, say);
    }
}
