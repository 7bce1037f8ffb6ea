package liandong.decision;

import java.util.LinkedHashMap;
import java.util.Map;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.EventType;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.wire.Json;
import liandong.wire.SetNames;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The words of a policy as JSON, so that a calling system can offer and check them. */
public final class VocabularyJson {
    private VocabularyJson() {}

    /** Every set, by its name in the plural, each word with code and label and what else it has. */
    public static ObjectNode of(Policy policy) {
        ObjectNode json = Json.object();
        json.set("policy", Json.object().put("version", policy.version()).put("label", policy.label()));
        Map<String, Class<? extends Term>> sets = new LinkedHashMap<>();
        policy.vocabulary().sets().forEach(set -> sets.put(SetNames.of(set), set));
        Decisions.all().forEach(decision -> sets.putAll(decision.words()));
        sets.forEach((name, set) -> {
            ArrayNode words = json.putArray(name);
            policy.vocabulary().all(set).forEach(term -> words.add(word(term)));
        });
        return json;
    }

    private static ObjectNode word(Term term) {
        ObjectNode word = Json.object().put("code", term.code()).put("label", term.label());
        if (term instanceof EventType type) {
            word.put("category", type.category().code());
            word.put("class", type.eventClass().code());
            word.put("topic", type.topic().code());
            word.put("kind", type.kind().code());
            word.put("general", type.general());
        } else if (term instanceof Area area) {
            word.put("level", area.level().code());
            if (area.parent() != null) {
                word.put("parent", area.parent().code());
            }
        } else if (term instanceof Body body) {
            word.put("kind", body.kind().code());
        }
        return word;
    }
}
