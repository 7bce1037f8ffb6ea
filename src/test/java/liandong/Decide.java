package liandong;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import liandong.closure.Closure;
import liandong.decision.Decisions;
import liandong.decision.ParsedRequest;
import liandong.engine.Engine;
import liandong.engine.EngineResult;
import liandong.escalation.Escalation;
import liandong.escalation.EscalationDecision;
import liandong.escalation.EscalationFacts;
import liandong.escalation.OpenCase;
import liandong.incident.Report;
import liandong.policy.Policy;
import liandong.routing.Routing;
import liandong.routing.RoutingDecision;
import liandong.routing.RoutingFacts;
import liandong.scoring.Period;
import liandong.scoring.PeriodDecision;
import liandong.scoring.PeriodFacts;
import liandong.scoring.PeriodScoring;
import liandong.scoring.ScoredCase;
import liandong.scoring.Scoring;
import liandong.scoring.ScoringDecision;
import liandong.scoring.ScoringFacts;
import liandong.wire.Json;

/** Decisions about facts that are typed already, as the service makes them of requests. */
public final class Decide {
    public static final Routing ROUTING = (Routing) Decisions.named("ROUTING");
    public static final Escalation ESCALATION = (Escalation) Decisions.named("ESCALATION");
    public static final Closure CLOSURE = (Closure) Decisions.named("CLOSURE");
    public static final Scoring SCORING = (Scoring) Decisions.named("SCORING");
    public static final PeriodScoring PERIOD = (PeriodScoring) Decisions.named("PERIOD");
    private static final Engine ENGINE = new Engine();

    private Decide() {}

    public static EngineResult<RoutingDecision> route(Policy policy, Report report, Instant now, boolean explain) {
        return route(ENGINE, policy, report, now, explain);
    }

    public static EngineResult<RoutingDecision> route(
            Engine engine, Policy policy, Report report, Instant now, boolean explain) {
        return ROUTING.evaluate(engine, policy, request(new RoutingFacts(report), now, explain));
    }

    public static EngineResult<EscalationDecision> escalate(
            Policy policy, OpenCase open, Instant now, boolean explain) {
        var facts = new EscalationFacts(
                open.matter().report(),
                null,
                null,
                requireNonNull(open.matter().severity()),
                requireNonNull(open.matter().urgency()),
                open.assignedAt(),
                open.lead(),
                open.assisting(),
                open.conference(),
                open.stages(),
                open.events(),
                open.similar(),
                open.noClearLaw());
        return ESCALATION.evaluate(ENGINE, policy, request(facts, now, explain));
    }

    public static EngineResult<ScoringDecision> score(Policy policy, ScoredCase scored, Instant now, boolean explain) {
        return SCORING.evaluate(ENGINE, policy, request(new ScoringFacts(scored), now, explain));
    }

    public static EngineResult<PeriodDecision> score(
            Policy policy, List<Period> periods, Instant now, boolean explain) {
        return PERIOD.evaluate(ENGINE, policy, request(new PeriodFacts(periods), now, explain));
    }

    private static <F extends Record> ParsedRequest<F> request(F facts, Instant now, boolean explain) {
        return new ParsedRequest<>(facts, now, explain, Json.object(), List.of());
    }
}
