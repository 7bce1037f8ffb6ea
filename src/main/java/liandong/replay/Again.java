package liandong.replay;

import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import liandong.engine.DecisionFailedException;
import liandong.engine.Engine;
import liandong.journal.Entry;
import liandong.journal.Personal;
import liandong.policy.Policy;
import liandong.replay.Obstacle.Why;
import liandong.wire.BadRequestException;
import liandong.wire.DecisionKind;
import liandong.wire.Desk;
import liandong.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Decides what was kept again, as the service does. Safe for use by many threads. */
final class Again {
    private final Personal personal;
    private final Map<DecisionKind, Desk<?, ?>> desks = new EnumMap<>(DecisionKind.class);

    Again(Personal personal) {
        this.personal = personal;
        var engine = new Engine();
        for (DecisionKind kind : DecisionKind.values()) {
            desks.put(kind, kind.desk(engine, Again::noPolicy, Clock.systemUTC()));
        }
    }

    private static Policy noPolicy() {
        throw new IllegalStateException("the policy is named with each request");
    }

    /**
     * A request as it was asked, with the moment it was decided for.
     *
     * @throws ObstacleException if it is not known any more
     */
    ObjectNode request(Entry entry) throws ObstacleException {
        JsonNode kept;
        try {
            kept = Json.read(entry.request());
        } catch (BadRequestException e) {
            throw new ObstacleException(new Obstacle(Why.NOT_UNDERSTOOD, e.problems()));
        }
        if (!(kept instanceof ObjectNode object) || !object.path("now").isString()) {
            // Without its moment it would be decided for the present one.
            throw new ObstacleException(Obstacle.of(Why.NOT_UNDERSTOOD));
        }
        ObjectNode shown = personal.shown(entry, object);
        if (shown == null) {
            throw new ObstacleException(Obstacle.of(entry.personal() == Personal.How.MASKED ? Why.MASKED : Why.SEALED));
        }
        return shown;
    }

    /**
     * The answer to a request under a policy.
     *
     * @throws ObstacleException if there is none
     */
    ObjectNode answer(DecisionKind kind, ObjectNode request, Policy policy) throws ObstacleException {
        Desk<?, ?> desk = desks.get(kind);
        if (desk == null) {
            throw new IllegalStateException(kind + " has no desk");
        }
        try {
            return desk.answer(policy, request);
        } catch (BadRequestException e) {
            throw new ObstacleException(new Obstacle(Why.NOT_UNDERSTOOD, e.problems()));
        } catch (DecisionFailedException e) {
            throw new ObstacleException(new Obstacle(Why.FAILED, List.of(e.problem())));
        }
    }
}
