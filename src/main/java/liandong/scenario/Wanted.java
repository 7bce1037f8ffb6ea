package liandong.scenario;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import liandong.decision.Decision;
import liandong.incident.Body;
import liandong.incident.Nearest;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Location;
import liandong.problem.Problem;
import liandong.wire.FactReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What somebody would have an answer say: a value of one of its parts, or that a row or a rule is among its reasons.
 *
 * @param part the part
 * @param name what the part is called there: its member, its Chinese name, {@code row} or {@code rule}
 * @param value as it is compared: a code, a plain number, a moment, a text
 * @param label the value as staff write it
 * @param term the value as a word of the vocabulary; null when it is none
 */
public record Wanted(
        Part part,
        String name,
        String value,
        String label,
        @Nullable Term term) {
    private static final String ROW = "row";
    private static final String RULE = "rule";
    private static final Map<String, String> REASONS = Map.of("行", ROW, "规则", RULE, ROW, ROW, RULE, RULE);

    /**
     * Understands what somebody would have an answer say.
     *
     * @param text a name, {@code =} and a value, such as {@code lead=区城市管理局}, {@code 结果=交办}, {@code row=DUTY-0047}
     * @param at where that is said
     * @return null when it cannot be understood, which has been told
     */
    public static @Nullable Wanted of(
            Decision<?, ?> decision, Policy policy, String text, Location at, Consumer<Problem> problems) {
        int sign = text.indexOf('=');
        String name = sign < 0 ? text.strip() : text.substring(0, sign).strip();
        String value = sign < 0 ? "" : text.substring(sign + 1).strip();
        Map<String, Part> named = names(decision);
        Part part = named.get(name);
        if (REASONS.containsKey(name)) {
            return value.isEmpty() ? unknown(decision, text, at, problems) : reason(policy, name, value, at, problems);
        }
        if (part == null || value.isEmpty()) {
            return unknown(decision, part == null ? name : text, at, problems);
        }
        return of(part, name, value, policy, at, problems);
    }

    /** The parts by each name they go by; of several that a name may mean, the one nearest to the root with the plainest name. */
    private static Map<String, Part> names(Decision<?, ?> decision) {
        var named = new LinkedHashMap<>(Part.of(decision));
        named.values().removeIf(part -> part.equals(Part.REFUSED));
        named.values().stream()
                .distinct()
                .sorted(Comparator.<Part>comparingLong(Wanted::depth)
                        .thenComparingInt(part -> part.name().length()))
                .toList()
                .forEach(part -> part.paths().forEach(path -> named.putIfAbsent(member(path), part)));
        return named;
    }

    /** What may be asked for of the answers of a decision, by its member, with its Chinese name; a row and a rule last. */
    public static Map<String, String> choices(Decision<?, ?> decision) {
        var choices = new LinkedHashMap<String, String>();
        Part.recorded(decision)
                .forEach(part -> choices.putIfAbsent(member(part.paths().get(0)), part.name()));
        choices.put(ROW, "行");
        choices.put(RULE, "规则");
        return choices;
    }

    private static long depth(Part part) {
        return part.paths().stream()
                .mapToLong(path -> path.chars().filter(c -> c == '.').count())
                .min()
                .orElse(0);
    }

    private static String member(String path) {
        return path.substring(path.lastIndexOf('.') + 1).replace("[]", "");
    }

    private static @Nullable Wanted unknown(
            Decision<?, ?> decision, String given, Location at, Consumer<Problem> problems) {
        var known = new LinkedHashSet<String>();
        Part.recorded(decision).forEach(part -> known.add(member(part.paths().get(0))));
        known.add(ROW);
        known.add(RULE);
        String near = Nearest.of(given, known);
        problems.accept(Problem.of(
                Code.UNKNOWN_CHOICE,
                at,
                FactReader.shortened(given),
                (near == null ? "" : near + "=…? ") + String.join("=…, ", known) + "=…"));
        return null;
    }

    private static @Nullable Wanted reason(
            Policy policy, String name, String id, Location at, Consumer<Problem> problems) {
        var ids = new TreeSet<String>();
        boolean row = ROW.equals(REASONS.get(name));
        if (row) {
            policy.tables()
                    .forEach(table ->
                            table.rows().forEach(each -> ids.add(each.ref().id())));
        } else {
            policy.rules().refs().forEach(rule -> ids.add(rule.code()));
        }
        if (!ids.contains(id)) {
            String near = Nearest.of(id, ids);
            problems.accept(Problem.of(Code.UNKNOWN_ROW, at, FactReader.shortened(id), near == null ? "–" : near));
            return null;
        }
        return new Wanted(Part.FIRED, name, id, id, null);
    }

    @SuppressWarnings("unchecked") // just found to be a set of terms
    private static @Nullable Wanted of(
            Part part, String name, String value, Policy policy, Location at, Consumer<Problem> problems) {
        Vocabulary vocabulary = policy.vocabulary();
        Class<?> type = part.type();
        if (Term.class.isAssignableFrom(type)) {
            var set = (Class<? extends Term>) type;
            Term term = vocabulary.find(set, value);
            if (term == null && type == Body.class) {
                term = vocabulary.territory(value);
            }
            if (term == null) {
                problems.accept(Problem.of(
                        Code.UNKNOWN_CODE,
                        at,
                        FactReader.shortened(value),
                        part.name(),
                        FactReader.nearest(vocabulary, set, value) + FactReader.allowed(vocabulary, set),
                        part.name()));
                return null;
            }
            return new Wanted(part, name, term.code(), term.label(), term);
        }
        String compared = value;
        try {
            if (type == BigDecimal.class) {
                compared = Expectation.plain(new BigDecimal(value));
            } else if (type == OffsetDateTime.class) {
                boolean offset = value.matches(".*\\d(?:Z|[+-]\\d\\d:\\d\\d)");
                compared = (offset
                                ? OffsetDateTime.parse(value)
                                : LocalDateTime.parse(value.replace(' ', 'T'))
                                        .atZone(policy.calendar().zone())
                                        .toOffsetDateTime())
                        .toInstant()
                        .toString();
            } else if (type == Boolean.class) {
                compared = value.equals("是") ? "true" : value.equals("否") ? "false" : value;
            }
        } catch (NumberFormatException e) {
            problems.accept(Problem.of(Code.NOT_A_NUMBER, at, FactReader.shortened(value), part.name()));
            return null;
        } catch (DateTimeParseException e) {
            problems.accept(Problem.of(Code.BAD_TIME, at, FactReader.shortened(value), part.name()));
            return null;
        }
        return new Wanted(part, name, compared, value, null);
    }

    /** Whether it is asked for a row or a rule. */
    boolean isReason() {
        return part.equals(Part.FIRED);
    }

    /** Whether an answer says so. */
    boolean holds(JsonNode answer) {
        return part.in(answer).stream()
                .anyMatch(node -> Expectation.comparable(part.type(), node).equals(value));
    }
}
