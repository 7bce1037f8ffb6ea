package liandong.scoring;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import liandong.decision.Decision;
import liandong.decision.DecisionMoment;
import liandong.decision.DecisionRecord;
import liandong.decision.ParsedRequest;
import liandong.engine.Engine;
import liandong.engine.Engine.Globals;
import liandong.engine.EngineResult;
import liandong.engine.Evidence;
import liandong.engine.Finding;
import liandong.explain.Phrases;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.scoring.PeriodDecision.PeriodScore;
import liandong.table.NearMiss;
import tools.jackson.databind.JsonNode;

/** Gives what bodies did in a period its scores and ranking (期间考核). */
public final class PeriodScoring extends Decision<PeriodFacts, PeriodDecision> {
    /** The format of policies since which bodies are put into bands and ranked only when asked. */
    private static final int BANDED_SINCE = 3;

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

    @Override
    public void check(PeriodFacts asked, DecisionMoment moment, Consumer<Problem> problems) {
        PeriodChecks.check(asked, moment, problems);
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
        for (int i = 0; i < periods.size(); i++) {
            Period period = periods.get(i);
            List<Problem> problems = periods.size() == 1 ? List.of() : PeriodChecks.faults(period, i);
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
                score.problems());
    }

    @Override
    public String page(DecisionRecord<PeriodFacts, PeriodDecision> record, Phrases say) {
        return ScoringPage.ofPeriods(record, say);
    }
}
