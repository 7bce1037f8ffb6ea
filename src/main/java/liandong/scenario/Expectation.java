package liandong.scenario;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.problem.CellRef;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a cell of a scenario expects of a part of the answer.
 *
 * @param part the part
 * @param header the column's name
 * @param text the cell as the tester wrote it
 * @param at the cell
 * @param how how the answer is compared with the values
 * @param values codes, numbers, times or texts, in the order of the cell
 * @param bounds what a number must lie within; null unless {@code how} is about that
 */
public record Expectation(
        Part part,
        String header,
        String text,
        CellRef at,
        How how,
        List<String> values,
        @Nullable Predicate<BigDecimal> bounds) {
    /** How an answer is compared. */
    public enum How {
        /** {@code A、B}: exactly these, in this order. */
        EXACTLY,
        /** {@code 含 A、B}: these, and perhaps others. */
        INCLUDING,
        /** {@code 非 A、B}: none of these. */
        EXCLUDING,
        /** {@code ≥5}: a number within bounds. */
        WITHIN,
        /** {@code 无}: nothing. */
        NOTHING,
        /** {@code 有}: anything. */
        ANYTHING
    }

    /** Whether an answer is as expected. */
    boolean holds(JsonNode answer) {
        List<JsonNode> found = part.in(answer);
        List<String> values =
                found.stream().map(node -> comparable(part.type(), node)).toList();
        return switch (how) {
            case EXACTLY -> values.equals(this.values);
            case INCLUDING -> values.containsAll(this.values);
            case EXCLUDING -> this.values.stream().noneMatch(values::contains);
            case WITHIN ->
                found.size() == 1
                        && found.get(0).isNumber()
                        && bounds != null
                        && bounds.test(found.get(0).decimalValue());
            case NOTHING -> found.isEmpty();
            case ANYTHING -> !found.isEmpty();
        };
    }

    /** A value of an answer as it is compared: a code, a plain number, a moment, a text. */
    static String comparable(Class<?> type, JsonNode node) {
        if (node.isObject()) {
            return node.path("code").asString("");
        }
        if (node.isNumber()) {
            return plain(node.decimalValue());
        }
        if (type == OffsetDateTime.class && node.isString()) {
            return OffsetDateTime.parse(node.stringValue()).toInstant().toString();
        }
        return node.asString("");
    }

    /** A number as it is compared. */
    static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** What an answer has instead, as a tester would write it. */
    String actual(JsonNode answer, Vocabulary vocabulary, ZoneId zone) {
        return shown(part, answer, vocabulary, zone);
    }

    /** What an answer has of a part, as a tester would write it; {@code 无} for nothing. */
    static String shown(Part part, JsonNode answer, Vocabulary vocabulary, ZoneId zone) {
        List<JsonNode> found = part.in(answer);
        return found.isEmpty()
                ? "无"
                : found.stream()
                        .map(node -> shown(part.type(), node, vocabulary, zone))
                        .collect(Collectors.joining("、"));
    }

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /** A value of an answer as a tester would write it. */
    @SuppressWarnings("unchecked") // just found to be a set of terms
    static String shown(Class<?> type, JsonNode node, Vocabulary vocabulary, ZoneId zone) {
        if (node.isObject()) {
            return node.path("label").asString("");
        }
        if (node.isBoolean()) {
            return node.booleanValue() ? "是" : "否";
        }
        if (node.isNumber()) {
            return plain(node.decimalValue());
        }
        String text = node.asString("");
        if (type == OffsetDateTime.class) {
            return shown(OffsetDateTime.parse(text), zone);
        }
        Term term = Term.class.isAssignableFrom(type) ? vocabulary.find((Class<? extends Term>) type, text) : null;
        return term == null ? text : term.label();
    }

    /** A moment as a tester would write it. */
    static String shown(OffsetDateTime time, ZoneId zone) {
        var local = time.atZoneSameInstant(zone);
        if (local.getNano() != 0) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local);
        }
        return (local.getSecond() == 0 ? MINUTE : SECOND).format(local);
    }
}
