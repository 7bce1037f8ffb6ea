package liandong.wire;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import liandong.calendar.Limit;
import liandong.incident.Member;
import liandong.incident.Presented;
import liandong.incident.Term;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON as it is read and written everywhere. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /**
     * Reads one document.
     *
     * @throws BadRequestException if it is not JSON; says where
     */
    public static JsonNode read(String text) throws BadRequestException {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw notJson("empty");
            }
            return node;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw notJson(at == null ? "?" : at.getLineNr() + ":" + at.getColumnNr());
        }
    }

    private static BadRequestException notJson(String where) {
        return new BadRequestException(false, List.of(Problem.of(Code.BAD_JSON, new RequestPointer(""), where)));
    }

    /** Writes a document on one line, the members in their order. */
    public static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /** Writes a document for people to read. */
    public static String writeIndented(JsonNode node) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }

    /** An object without members. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * A value as JSON: records become objects of their members as {@link Member} describes them, terms of open sets
     * {@code {code, label}}, closed sets their code, times ISO 8601 with offset; what is null is left out of objects.
     */
    public static JsonNode of(@Nullable Object value) {
        if (value == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (value instanceof Enum<?> constant) {
            return text(constant.name());
        }
        if (value instanceof Term term) {
            return object().put("code", term.code()).put("label", term.label());
        }
        if (value instanceof Limit limit) {
            return text(limit.label());
        }
        if (value instanceof OffsetDateTime time) {
            return text(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
        }
        if (value instanceof Boolean yes) {
            return JsonNodeFactory.instance.booleanNode(yes);
        }
        if (value instanceof Integer number) {
            return JsonNodeFactory.instance.numberNode(number);
        }
        if (value instanceof BigDecimal number) {
            return JsonNodeFactory.instance.numberNode(number);
        }
        if (value instanceof Presented presented) {
            return object(presented.presented());
        }
        if (value instanceof Collection<?> values) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            values.forEach(each -> array.add(of(each)));
            return array;
        }
        return value instanceof Record record ? object(record) : text(value.toString());
    }

    /** A record as an object of its members. */
    public static ObjectNode object(Record record) {
        ObjectNode object = object();
        members(record, object);
        return object;
    }

    private static void members(Record record, ObjectNode object) {
        for (RecordType.Component component : RecordType.of(record.getClass()).components()) {
            if (component.shared()) {
                continue;
            }
            Object value = component.of(record);
            if (value instanceof Presented presented) {
                value = presented.presented();
            }
            if (value == null || (component.leftOutWhenEmpty() && value.equals(List.of()))) {
                continue;
            }
            if (component.flattened()) {
                members((Record) value, object);
            } else {
                object.set(component.json(), of(value));
            }
        }
    }

    /** A text. */
    public static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }
}
