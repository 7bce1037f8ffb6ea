package liandong.decision;

import liandong.engine.Concluded;
import liandong.engine.EngineResult;
import liandong.policy.Policy;
import liandong.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request and its answer, and all that it takes to come to it again.
 *
 * @param decision the decision
 * @param policy the policy it was decided by
 * @param request what was asked, understood
 * @param result what was decided, and what of
 * @param whole the answer as it is given, still typed
 * @param <F> its facts
 * @param <D> what is decided
 */
public record DecisionRecord<F extends Record, D extends Record & Concluded>(
        Decision<F, D> decision,
        Policy policy,
        ParsedRequest<F> request,
        EngineResult<D> result,
        DecisionAnswer whole) {
    /** The answer as a tree of JSON, made anew at each call. */
    public ObjectNode answer() {
        return Json.object(whole);
    }

    /** The answer as it is written. */
    public String json() {
        return Json.write(whole);
    }

    /** The incident or body it is about, as callers know it. */
    public String subject() {
        return decision.subject(request.facts());
    }

    /** What the answer says besides what every answer says, still typed. */
    public Record said() {
        return whole.answer();
    }

    /** What was decided. */
    public D decided() {
        return result.decision();
    }
}
