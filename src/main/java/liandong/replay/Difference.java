package liandong.replay;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import liandong.incident.Member;
import liandong.problem.RequestPointer;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One place where two documents differ.
 *
 * @param at where, as a JSON pointer; empty for the whole document
 * @param before what stood there, as JSON, long values cut; null when nothing did
 * @param after what stands there now; null when nothing does
 */
public record Difference(
        @Member(meaning = "where, as a JSON pointer; empty for the whole answer", example = "\"/assignment/lead/code\"")
        String at,

        @Member(
                meaning = "what stood there, as JSON, long values cut; absent when nothing did",
                example = "\"\\\"URBAN_MANAGEMENT\\\"\"")
        @Nullable
        String before,

        @Member(
                meaning = "what stands there now, likewise; absent when nothing does",
                example = "\"\\\"WATER_COMPANY\\\"\"")
        @Nullable
        String after) {
    /** A value longer than this is cut: it is to be recognised, not to be read. */
    static final int LONGEST = 200;

    /**
     * What is different, in the order of the documents.
     *
     * @param first the first ones
     * @param more how many there are besides
     */
    public record All(List<Difference> first, int more) {}

    /**
     * Compares two documents.
     *
     * @param most how many differences are named one by one
     */
    static All between(JsonNode before, JsonNode after, int most) {
        var all = new ArrayList<Difference>();
        walk(new RequestPointer(""), before, after, all);
        return new All(List.copyOf(all.subList(0, Math.min(most, all.size()))), Math.max(0, all.size() - most));
    }

    /** Compares two texts that are no documents, or the same document otherwise written. */
    static All between(String before, String after) {
        int same = 0;
        while (same < Math.min(before.length(), after.length()) && before.charAt(same) == after.charAt(same)) {
            same++;
        }
        return new All(List.of(new Difference("", cut(before.substring(same)), cut(after.substring(same)))), 0);
    }

    private static void walk(
            RequestPointer at, @Nullable JsonNode before, @Nullable JsonNode after, List<Difference> differences) {
        if (before instanceof ObjectNode one && after instanceof ObjectNode other) {
            Set<String> names = new LinkedHashSet<>(one.propertyNames());
            names.addAll(other.propertyNames());
            names.forEach(name -> walk(at.member(name), one.get(name), other.get(name), differences));
        } else if (before != null && after != null && before.isArray() && after.isArray()) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                walk(at.member(String.valueOf(i)), before.get(i), after.get(i), differences);
            }
        } else {
            String was = text(before);
            String is = text(after);
            if (!Objects.equals(was, is)) {
                differences.add(new Difference(at.pointer(), cut(was), cut(is)));
            }
        }
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null ? null : Json.write(node);
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, LONGEST))) + "…";
    }

    static Difference of(JsonNode json) {
        return new Difference(
                json.path("at").stringValue(""),
                json.path("before").stringValue(null),
                json.path("after").stringValue(null));
    }
}
