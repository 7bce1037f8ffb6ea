package liandong.wire;

import java.util.Collection;
import liandong.decision.ScoreLine;
import liandong.decision.ScoringDecision;
import liandong.incident.CaseEvent;
import liandong.incident.Measured;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Scores and their lines as JSON, the same for a case and a period. */
final class ScoreJson {
    private ScoreJson() {}

    /** How it ended, and with which score. */
    static void result(ScoringDecision decision, ObjectNode json) {
        json.put("outcome", decision.outcome().code());
        if (decision.score() != null) {
            json.put("score", decision.score());
            json.put("outOf", decision.outOf());
        }
        if (decision.grade() != null) {
            json.put("grade", decision.grade().code());
        }
    }

    /** Lines in their order. */
    static ArrayNode lines(Collection<ScoreLine> lines) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        lines.forEach(line -> array.add(line(line)));
        return array;
    }

    private static ObjectNode line(ScoreLine line) {
        ObjectNode json = Json.object().put("for", line.of().code());
        if (line.event() != null) {
            CaseEvent event = line.event();
            json.put("event", event.kind().code());
            json.set("at", Json.of(event.at()));
            if (event.stage() != null) {
                json.put("stage", event.stage());
            }
            if (event.contested()) {
                json.put("contested", true);
            }
        }
        if (line.measured() != null) {
            json.setAll(measured(line.measured()));
        }
        return json.put("points", line.points())
                .put("row", line.row().id())
                .put("says", line.row().says())
                .put("source", line.row().source())
                .put("confirmed", line.row().confirmed());
    }

    /** A measure with its number or rate. */
    static ObjectNode measured(Measured measured) {
        ObjectNode json = Json.object().put("measure", measured.measure().code());
        if (measured.isRate()) {
            json.put("count", measured.count()).put("of", measured.of());
            if (measured.rate() != null) {
                json.put("rate", measured.rate());
            }
            return json;
        }
        return json.put("leaderOrMedia", measured.leaderOrMedia()).put("count", measured.count());
    }
}
