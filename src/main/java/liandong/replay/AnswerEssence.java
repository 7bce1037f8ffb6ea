package liandong.replay;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import liandong.decision.Decision;
import liandong.incident.Member.Role;
import liandong.wire.AnswerShape;
import liandong.wire.AnswerShape.Node;
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
public record AnswerEssence(JsonNode done, Set<Because> reasons, Map<String, OffsetDateTime> dues) {
    /** What says why, or what something is called: another value of it is no other decision. */
    private static final Set<Role> SAYS_WHY = EnumSet.of(Role.WHY, Role.ROW, Role.NAME);

    private static final String CODE = "code";
    private static final String LABEL = "label";

    /**
     * A reason.
     *
     * @param rule the rule
     * @param row the row; null when the rule judged by itself
     * @param says what the row said; null without one
     * @param at where the row stands; null without one
     */
    public record Because(
            String rule,
            @Nullable String row,
            @Nullable String says,
            @Nullable String at) {
        /** The same reason wherever its row stands: one inserted above it changes nothing. */
        public Because anywhere() {
            return new Because(rule, row, says, null);
        }
    }

    /** An answer to a decision, taken apart. */
    public static AnswerEssence of(Decision<?, ?> decision, JsonNode answer) {
        var reasons = new LinkedHashSet<Because>();
        for (JsonNode reason : answer.path("because")) {
            reasons.add(new Because(
                    reason.path("rule").stringValue(""),
                    reason.path("row").stringValue(null),
                    reason.path("says").stringValue(null),
                    reason.path("at").stringValue(null)));
        }
        var dues = new LinkedHashMap<String, OffsetDateTime>();
        dues(answer, decision.shape(), "", dues);
        return new AnswerEssence(done(answer, decision.shape()), reasons, dues);
    }

    /** What of it another answer must say too to be the same decision; what a shape does not know must be the same. */
    private static JsonNode done(JsonNode node, @Nullable AnswerShape shape) {
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(each -> array.add(done(each, shape)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = Json.object();
            node.properties().forEach(each -> {
                Node known = shape == null ? null : shape.member(each.getKey());
                if (known == null || !SAYS_WHY.contains(known.role())) {
                    object.set(each.getKey(), done(each.getValue(), known == null ? null : known.within()));
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
    private static void dues(
            JsonNode node, @Nullable AnswerShape shape, String member, Map<String, OffsetDateTime> dues) {
        if (node.isArray()) {
            node.forEach(each -> dues(each, shape, member, dues));
        }
        if (node.isObject() && shape != null) {
            node.properties().forEach(each -> {
                Node known = shape.member(each.getKey());
                OffsetDateTime due = known != null && known.role() == Role.DUE
                        ? time(each.getValue().stringValue(null))
                        : null;
                if (due != null) {
                    String name = named(node, member);
                    int twin = 1;
                    while (dues.putIfAbsent(twin == 1 ? name : name + " " + twin, due) != null) {
                        twin++;
                    }
                }
            });
            node.properties().forEach(each -> {
                Node known = shape.member(each.getKey());
                dues(each.getValue(), known == null ? null : known.within(), each.getKey(), dues);
            });
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
