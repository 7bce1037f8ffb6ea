package liandong.journal;

import liandong.journal.Archive.Found;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Kept decisions as JSON. */
public final class DecisionJson {
    private DecisionJson() {}

    /** What a list tells of a decision. */
    public static ObjectNode brief(Entry entry) {
        ObjectNode json = Json.object()
                .put("decisionId", entry.id())
                .put("kind", entry.kind().code())
                .put("keptAt", entry.keptAt().toString())
                .put("incidentId", entry.subject())
                .put("outcome", entry.outcome())
                .put("policy", entry.policy())
                .put("caller", entry.caller());
        for (String name : DecisionQueryParser.MARKED) {
            if (!json.has(name)) {
                var values = json.putArray(name);
                entry.marks().stream()
                        .filter(mark -> mark.startsWith(name + " "))
                        .forEach(mark -> values.add(mark.substring(name.length() + 1)));
            }
        }
        return json;
    }

    /**
     * All of a decision: what was asked, and the answer byte for byte.
     *
     * @param personal opens personal fields, where it can
     */
    public static ObjectNode whole(Entry entry, Personal personal) {
        ObjectNode json = brief(entry).put("personal", entry.personal().name());
        ObjectNode shown = shown(entry, personal);
        json.putRawValue("request", new RawValue(shown == null ? entry.request() : Json.write(shown)));
        json.putRawValue("answer", new RawValue(entry.answer()));
        return json;
    }

    /** Everything that was decided of an incident, and {@code truncated} when that is not all. */
    public static ObjectNode trail(String incident, Found trail, Personal personal) {
        ObjectNode json = Json.object().put("incidentId", incident);
        if (trail.next() != null) {
            json.put("truncated", true);
        }
        ArrayNode list = json.putArray("decisions");
        trail.entries().forEach(entry -> list.add(whole(entry, personal)));
        return json;
    }

    private static @Nullable ObjectNode shown(Entry entry, Personal personal) {
        if (entry.personal() == Personal.How.KEPT) {
            return null; // it stands there already
        }
        try {
            return Json.read(entry.request()) instanceof ObjectNode request ? personal.shown(entry, request) : null;
        } catch (BadRequestException e) {
            return null; // the stored text was tampered with: show it as it is
        }
    }
}
