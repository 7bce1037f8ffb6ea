package liandong.scoring;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import liandong.decision.Decision;
import liandong.decision.DecisionMoment;
import liandong.decision.DecisionRecord;
import liandong.decision.ParsedRequest;
import liandong.decision.PeriodOfCases;
import liandong.engine.Engine;
import liandong.engine.Engine.Globals;
import liandong.engine.EngineResult;
import liandong.engine.Evidence;
import liandong.engine.Finding;
import liandong.explain.Phrases;
import liandong.incident.Body;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.scoring.PeriodDecision.PeriodScore;
import liandong.table.NearMiss;
import liandong.wire.FactReader;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives what bodies did in a period its scores and ranking (期间考核). */
public final class PeriodScoring extends Decision<PeriodFacts, PeriodDecision> {
    /**
     * The format of policies since which bodies are put into bands and ranked only when asked, and what is wrong with one of
     * several periods costs that body its score and no other: before, all of them were refused.
     */
    private static final int BANDED_SINCE = 3;

    private static final String PERIODS = "periods";
    private static final String BODY = "body";

    /** Made once, by the registry. */
    public PeriodScoring() {
        super(
                new Name(
                        "PERIOD",
                        "期间考核",
                        "scoring/period",
                        50,
                        "what bodies score for a period, in bands of their kind"),
                PeriodFacts.class,
                PeriodDecision.class,
                Scoring.PART);
    }

    @Override
    public boolean isAboutIncident() {
        return false;
    }

    /**
     * Of several periods one that cannot be read costs its body the score and no other: of it nothing but the body is taken, and
     * {@link #evaluate} says what is wrong with it. Not so in policies of earlier formats.
     */
    @Override
    public @Nullable PeriodFacts read(FactReader reader, JsonNode shaped, String... besides) {
        JsonNode periods = shaped.path(PERIODS);
        if (reader.format() < BANDED_SINCE
                || !periods.isArray()
                || periods.size() < 2
                || periods.size() > FactReader.MOST_ELEMENTS) {
            return super.read(reader, shaped, besides);
        }
        FactReader silent = reader.silent();
        var legible = (ObjectNode) shaped.deepCopy();
        ArrayNode each = legible.putArray(PERIODS);
        for (JsonNode period : periods) {
            if (silent.read(Period.class, period, ROOT) != null) {
                each.add(period.deepCopy());
            } else {
                ObjectNode body = Json.object();
                body.set(BODY, period.path(BODY).deepCopy());
                each.add(silent.read(Period.class, body, ROOT) == null ? Json.object() : body);
            }
        }
        return super.read(reader, legible, besides);
    }

    /** What is wrong with one of several periods: as it was sent, or as it was read. */
    private static List<Problem> faults(int place, Set<Body> twice, ParsedRequest<PeriodFacts> request, Policy policy) {
        var found = new ArrayList<Problem>();
        RequestPointer at = ROOT.member(PERIODS).member(String.valueOf(place));
        var reader = new FactReader(policy.vocabulary(), policy.calendar().zone(), problem -> {
            if (problem.code().isError()) {
                found.add(problem);
            }
        });
        JsonNode sent = request.request().path(PERIODS).path(place);
        boolean legible = sent.isMissingNode() // facts that came by no JSON, which are as they are
                || reader.read(Period.class, sent, at) != null;
        return legible
                ? PeriodChecks.faults(request.facts().periods().get(place), place, twice, request.now())
                : List.copyOf(found);
    }

    @Override
    public void check(PeriodFacts asked, DecisionMoment moment, Consumer<Problem> problems) {
        PeriodChecks.check(asked, true, moment, problems);
    }

    @Override
    public void check(PeriodFacts asked, Policy policy, DecisionMoment moment, Consumer<Problem> problems) {
        PeriodChecks.check(asked, policy.vocabulary().format() >= BANDED_SINCE, moment, problems);
    }

    @Override
    public PeriodOfCases ofCases() {
        return new ScoredCases();
    }

    @Override
    public boolean recognises(JsonNode request) {
        return request.has("periods");
    }

    @Override
    public String subject(PeriodFacts asked) {
        return asked.periods().stream()
                .map(period -> period.body() == null ? "" : period.body().label())
                .collect(Collectors.joining("、"));
    }

    /** Scores each period in a session of its own, and puts the bodies of a kind into bands, or ranks them. */
    @Override
    public EngineResult<PeriodDecision> evaluate(Engine engine, Policy policy, ParsedRequest<PeriodFacts> request) {
        var scores = new ArrayList<PeriodScore>();
        var evidence = new ArrayList<Evidence<Finding>>();
        var nearMisses = new LinkedHashSet<NearMiss>();
        List<Period> periods = request.facts().periods();
        Set<Body> twice = PeriodChecks.namedTwice(periods);
        for (int i = 0; i < periods.size(); i++) {
            Period period = periods.get(i);
            List<Problem> problems = periods.size() == 1 ? List.of() : faults(i, twice, request, policy);
            if (!problems.isEmpty()) {
                scores.add(PeriodDecision.notScored(period, problems));
                continue;
            }
            EngineResult<PeriodScore> result = engine.decide(
                    policy,
                    period,
                    request.now(),
                    request.explain(),
                    Globals.NONE,
                    findings -> PeriodDecision.of(period, findings));
            scores.add(appealed(engine, policy, request, result.decision()));
            evidence.addAll(result.evidence());
            nearMisses.addAll(result.nearMisses());
        }
        PeriodDecision decision = policy.vocabulary().format() >= BANDED_SINCE
                ? PeriodDecision.banded(scores, request.facts().ranking())
                : PeriodDecision.ranked(scores);
        return new EngineResult<>(decision, List.copyOf(evidence), List.copyOf(nearMisses));
    }

    /** A score with what it would be if every appeal were upheld; the same when nothing is contested, or all is. */
    private static PeriodScore appealed(
            Engine engine, Policy policy, ParsedRequest<PeriodFacts> request, PeriodScore score) {
        Period upheld = score.period().ifAppealsAreUpheld();
        if (!score.period().contested() || upheld.counted().toClose() == 0) {
            return score;
        }
        ScoringDecision result = engine.decide(policy, upheld, request.now(), false, Globals.NONE, ScoringDecision::of)
                .decision();
        return new PeriodScore(
                score.period(),
                score.rank(),
                score.items(),
                score.measures(),
                score.result().appealed(result),
                score.tooFew(),
                score.problems());
    }

    @Override
    public String page(DecisionRecord<PeriodFacts, PeriodDecision> record, Phrases say) {
        return ScoringPage.ofPeriods(record, say);
    }
}
