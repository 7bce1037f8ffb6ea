package liandong.replay;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer, taken apart into what is to be done and why.
 *
 * @param done what is to be done, without reasons, ids of rows, and words that stand beside a code
 * @param reasons the reasons
 * @param dues when things are due, by what they are called
 */
record Conclusion(JsonNode done, Set<Because> reasons, Map<String, OffsetDateTime> dues) {
    /** What says why, or what an answer is called, wherever it stands. */
    private static final Set<String> WHY = Set.of(
            "because",
            "unconfirmed",
            "nearMisses",
            "candidates",
            "row",
            "rows",
            "says",
            "source",
            "title",
            "confirmed");

    private static final Set<String> NAME = Set.of("decisionId", "policy");
    private static final String CODE = "code";
    private static final String LABEL = "label";
    private static final String DUE = "due";

    /**
     * A reason.
     *
     * @param rule the rule
     * @param row the row; null when the rule judged by itself
     * @param says what the row said; null without one
     * @param at where the row stands; null without one
     */
    record Because(
            String rule,
            @Nullable String row,
            @Nullable String says,
            @Nullable String at) {
        /** The same reason wherever its row stands: one inserted above it changes nothing. */
        Because anywhere() {
            return new Because(rule, row, says, null);
        }
    }

    static Conclusion of(JsonNode answer) {
        var reasons = new LinkedHashSet<Because>();
        for (JsonNode reason : answer.path("because")) {
            reasons.add(new Because(
                    reason.path("rule").stringValue(""),
                    reason.path("row").stringValue(null),
                    reason.path("says").stringValue(null),
                    reason.path("at").stringValue(null)));
        }
        JsonNode done = done(answer);
        if (done instanceof ObjectNode object) {
            NAME.forEach(object::remove);
        }
        var dues = new LinkedHashMap<String, OffsetDateTime>();
        dues(answer, "", dues);
        return new Conclusion(done, reasons, dues);
    }

    private static JsonNode done(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(each -> array.add(done(each)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = Json.object();
            node.properties().forEach(each -> {
                if (!WHY.contains(each.getKey())) {
                    object.set(each.getKey(), done(each.getValue()));
                }
            });
            if (object.has(CODE) && object.has(LABEL)) {
                object.remove(LABEL);
            }
            return object;
        }
        return node;
    }

    /** Collects what is due, wherever it stands. */
    private static void dues(JsonNode node, String member, Map<String, OffsetDateTime> dues) {
        if (node.isArray()) {
            node.forEach(each -> dues(each, member, dues));
        }
        if (node.isObject()) {
            OffsetDateTime due = time(node.path(DUE).stringValue(null));
            if (due != null) {
                String name = named(node, member);
                int twin = 1;
                while (dues.putIfAbsent(twin == 1 ? name : name + " " + twin, due) != null) {
                    twin++;
                }
            }
            node.properties().forEach(each -> dues(each.getValue(), each.getKey(), dues));
        }
    }

    private static @Nullable OffsetDateTime time(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            return null; // no answer of ours, but whoever tampered with it is found by a replay
        }
    }

    /** A stage is called by its name, an action by its label and its stage, all else by the member it stands in. */
    private static String named(JsonNode node, String member) {
        String name = node.path("name").stringValue(null);
        if (name != null) {
            return name;
        }
        String label = node.path(LABEL).stringValue(null);
        String stage = node.path("stage").stringValue(null);
        return (label == null ? member : label) + (stage == null ? "" : " " + stage);
    }
}
