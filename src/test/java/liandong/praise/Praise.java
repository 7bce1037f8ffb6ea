package liandong.praise;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import liandong.decision.CommandText;
import liandong.decision.Decision;
import liandong.decision.DecisionMoment;
import liandong.decision.ParsedRequest;
import liandong.engine.Engine;
import liandong.engine.Engine.Globals;
import liandong.engine.EngineResult;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.problem.Problem;
import tools.jackson.databind.JsonNode;

/** Says whether a grid worker is praised (网格员表扬). */
public final class Praise extends Decision<PraiseFacts, PraiseDecision> {
    public Praise() {
        super(
                new Name("PRAISE", "网格员表扬", "praise", 60, "whether a grid worker is praised"),
                PraiseFacts.class,
                PraiseDecision.class,
                part(
                        PraiseRow.class,
                        false,
                        List.of(PraiseFacts.class, Praised.class, NotPraised.class),
                        Map.of(),
                        Map.of()));
    }

    @Override
    public boolean isAboutIncident() {
        return false;
    }

    @Override
    public Map<String, Class<? extends Term>> words() {
        return Map.of("praiseKinds", PraiseKind.class, "praiseOutcomes", PraiseOutcome.class);
    }

    @Override
    public CommandText command() {
        return new CommandText(
                "praise",
                List.of("Says of each grid worker of a file whether the worker is praised."),
                List.of("praise workers.ndjson > praise.ndjson"));
    }

    @Override
    public void check(PraiseFacts asked, DecisionMoment moment, Consumer<Problem> problems) {
        moment.notInFuture(ROOT.member("from"), asked.from(), problems);
    }

    @Override
    public boolean recognises(JsonNode request) {
        return request.has("worker");
    }

    @Override
    public String subject(PraiseFacts asked) {
        return asked.worker();
    }

    @Override
    public EngineResult<PraiseDecision> evaluate(Engine engine, Policy policy, ParsedRequest<PraiseFacts> request) {
        return engine.decide(
                policy, request.facts(), request.now(), request.explain(), Globals.NONE, PraiseDecision::of);
    }
}
