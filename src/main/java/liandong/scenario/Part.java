package liandong.scenario;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import liandong.calendar.Limit;
import liandong.decision.Decision;
import liandong.incident.Member;
import liandong.table.Attribute;
import liandong.wire.AnswerShape;
import liandong.wire.RecordType.Component;
import tools.jackson.databind.JsonNode;

/**
 * A part of an answer that a scenario may expect something of.
 *
 * @param name what it is called, in Chinese
 * @param paths where it may stand in the answer: members with dots between, {@code []} after a list; the first that is
 *     there counts
 * @param type what its values are; {@code String} for anything that is only text
 */
public record Part(String name, List<String> paths, Class<?> type) {
    /** What a header begins with whose column expects something. */
    static final String EXPECTED = "预期";

    /** Ids of the rows that are among the reasons, and codes of the rules that have fired. */
    static final Part FIRED = new Part("命中", List.of("fired[]"), String.class);

    /** Codes of the problems with a request that is refused. */
    static final Part REFUSED = new Part("拒收", List.of("problems[].code"), String.class);

    private static final Map<Decision<?, ?>, Map<String, Part>> KNOWN = new ConcurrentHashMap<>();

    /** The parts of the answers of a decision, by name, and by path as in JSON. */
    static Map<String, Part> of(Decision<?, ?> decision) {
        return KNOWN.computeIfAbsent(decision, Part::read);
    }

    private static Map<String, Part> read(Decision<?, ?> decision) {
        var parts = new LinkedHashMap<String, Part>();
        for (AnswerShape.Field field : decision.shape().fields()) {
            if (!field.label().isEmpty()) {
                var part = new Part(Attribute.chinese(field.label()), List.of(field.path()), type(field.component()));
                parts.merge(part.name(), part, Part::or);
            }
        }
        parts.put(REFUSED.name(), REFUSED);
        var byName = new LinkedHashMap<>(parts);
        for (AnswerShape.Field field : decision.shape().fields()) {
            Member member = field.component().member();
            Part part = parts.get(Attribute.chinese(field.label()));
            if (member != null && !member.formerly().isEmpty() && part != null) {
                byName.put(member.formerly(), part);
            }
        }
        parts.values().forEach(part -> part.paths().forEach(path -> byName.put(path, part)));
        return Collections.unmodifiableMap(byName);
    }

    /** The same part where it may also stand elsewhere in the answer. */
    private Part or(Part other) {
        var all = new ArrayList<>(paths);
        all.addAll(other.paths);
        return new Part(name, List.copyOf(all), type);
    }

    /** What a tester writes for values of a component. */
    private static Class<?> type(Component component) {
        Class<?> type = component.value();
        if (type == int.class || type == Integer.class) {
            return BigDecimal.class;
        }
        if (type == boolean.class) {
            return Boolean.class;
        }
        return type == Limit.class ? String.class : type;
    }

    /** The parts of an answer that a recorded case expects: what was decided, not by which steps. */
    static List<Part> recorded(Decision<?, ?> decision) {
        Map<String, Part> parts = of(decision);
        return decision.shape().fields().stream()
                .filter(field -> !field.trace() && !field.label().isEmpty())
                .map(field -> Attribute.chinese(field.label()))
                .distinct()
                .map(parts::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Whether an answer can have several of it. */
    public boolean several() {
        return paths.get(0).contains("[]");
    }

    /** What an answer has of it, in its order; empty for nothing. */
    List<JsonNode> in(JsonNode answer) {
        return paths.stream()
                .map(path -> AnswerShape.at(answer, path))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }
}
