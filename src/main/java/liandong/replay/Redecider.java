package liandong.replay;

import java.time.Clock;
import java.util.List;
import liandong.decision.Decision;
import liandong.decision.DecisionMoment;
import liandong.decision.DecisionService;
import liandong.engine.DecisionFailedException;
import liandong.journal.Entry;
import liandong.journal.Personal;
import liandong.policy.Policy;
import liandong.replay.ReplayBlocker.Why;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Decides what was kept again, as the service does. Safe for use by many threads. */
final class Redecider {
    private final Personal personal;
    /** What was decided already was taken with the tolerance of its service, whatever that was. */
    private final DecisionService service =
            new DecisionService(Redecider::noPolicy, Clock.systemUTC()).tolerating(DecisionMoment.MOST_TOLERANCE);

    Redecider(Personal personal) {
        this.personal = personal;
    }

    private static Policy noPolicy() {
        throw new IllegalStateException("the policy is named with each request");
    }

    /**
     * A request as it was asked, with the moment it was decided for.
     *
     * @throws ReplayBlockedException if it is not known any more
     */
    ObjectNode request(Entry entry) throws ReplayBlockedException {
        ObjectNode shown = personal.shown(entry, kept(entry));
        if (shown == null) {
            throw new ReplayBlockedException(
                    ReplayBlocker.of(entry.personal() == Personal.How.MASKED ? Why.MASKED : Why.SEALED));
        }
        return shown;
    }

    /**
     * A request that is sent again, with the moment that it was decided for the first time.
     *
     * @throws ReplayBlockedException if that is not known
     */
    ObjectNode asKept(Entry entry, JsonNode sent) throws ReplayBlockedException {
        JsonNode now = kept(entry).path("now");
        if (!(sent.deepCopy() instanceof ObjectNode again)) {
            throw new ReplayBlockedException(ReplayBlocker.of(Why.NOT_UNDERSTOOD));
        }
        again.set("now", now);
        return again;
    }

    private static ObjectNode kept(Entry entry) throws ReplayBlockedException {
        JsonNode kept;
        try {
            kept = Json.read(entry.request());
        } catch (BadRequestException e) {
            throw new ReplayBlockedException(new ReplayBlocker(Why.NOT_UNDERSTOOD, e.problems()));
        }
        if (!(kept instanceof ObjectNode object) || !object.path("now").isString()) {
            // Without its moment it would be decided for the present one.
            throw new ReplayBlockedException(ReplayBlocker.of(Why.NOT_UNDERSTOOD));
        }
        return object;
    }

    /** The answer that was given, byte for byte. */
    String given(Entry entry) {
        return personal.answer(entry);
    }

    /**
     * The answer to a request under a policy.
     *
     * @throws ReplayBlockedException if there is none
     */
    ObjectNode answer(Decision<?, ?> decision, ObjectNode request, Policy policy) throws ReplayBlockedException {
        try {
            return service.decide(decision, policy, request).answer();
        } catch (BadRequestException e) {
            throw new ReplayBlockedException(new ReplayBlocker(Why.NOT_UNDERSTOOD, e.problems()));
        } catch (DecisionFailedException e) {
            throw new ReplayBlockedException(new ReplayBlocker(Why.FAILED, List.of(e.problem())));
        }
    }
}
