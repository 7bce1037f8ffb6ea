package liandong.wire;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liandong.calendar.Limit;
import liandong.incident.Member;
import liandong.incident.Presented;
import liandong.incident.Term;
import liandong.problem.Code;
import liandong.problem.Location;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** JSON as it is read and written everywhere. */
public final class Json {
    /** The deepest nesting that is read; requests have less than ten levels. */
    static final int DEEPEST = 64;

    /** The longest number that is read, in characters. */
    static final int LONGEST_NUMBER = 200;

    /** The longest name of a member that is read. */
    static final int LONGEST_NAME = 1_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxNameLength(LONGEST_NAME)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final JsonMapper LENIENT = MAPPER.rebuild()
            .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Most answers are shorter, in characters. */
    private static final int USUAL_LENGTH = 1 << 13;

    private static final RequestPointer ROOT = new RequestPointer("");

    private Json() {}

    /** A text without the mark that some programs put before UTF-8; it says nothing here. */
    public static String unmarked(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /**
     * Reads one document.
     *
     * @throws BadRequestException if it is not JSON, or beyond a limit, or gives a member twice; says where
     */
    public static JsonNode read(String text) throws BadRequestException {
        String json = unmarked(text);
        try (JsonParser parser = MAPPER.createParser(json)) {
            try {
                JsonNode node = MAPPER.readTree(parser);
                if (node == null || node.isMissingNode()) {
                    throw refused(false, Problem.of(Code.BAD_JSON, ROOT, "empty"));
                }
                if (parser.nextToken() != null) {
                    throw refused(false, Problem.of(Code.BAD_JSON, ROOT, place(parser.currentTokenLocation())));
                }
                return node;
            } catch (StreamConstraintsException e) {
                throw refused(false, beyond(String.valueOf(e.getMessage()), place(parser.currentLocation())));
            } catch (JacksonException e) {
                List<Problem> twice = twice(json);
                throw twice.isEmpty()
                        ? refused(false, Problem.of(Code.BAD_JSON, ROOT, place(e.getLocation())))
                        : new BadRequestException(true, twice);
            } catch (NumberFormatException e) { // of an exponent beyond what a number can have; no JacksonException
                throw refused(
                        false,
                        Problem.of(Code.NUMBER_TOO_LONG, ROOT, place(parser.currentTokenLocation()), LONGEST_NUMBER));
            }
        }
    }

    private static String place(@Nullable TokenStreamLocation at) {
        return at == null ? "?" : at.getLineNr() + ":" + at.getColumnNr();
    }

    private static BadRequestException refused(boolean readable, Problem problem) {
        return new BadRequestException(readable, List.of(problem));
    }

    /** Which limit it was only the words of the exception say. */
    private static Problem beyond(String message, String where) {
        if (message.contains("depth")) {
            return Problem.of(Code.JSON_TOO_DEEP, ROOT, where, DEEPEST);
        }
        return message.contains("Number")
                ? Problem.of(Code.NUMBER_TOO_LONG, ROOT, where, LONGEST_NUMBER)
                : Problem.of(Code.NAME_TOO_LONG, ROOT, where, LONGEST_NAME);
    }

    /** The members that a document gives twice; empty when it gives none twice, or is no JSON beyond that. */
    private static List<Problem> twice(String json) {
        var twice = new RequestProblems();
        try (JsonParser parser = LENIENT.createParser(json)) {
            var names = new ArrayDeque<Set<String>>();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT -> names.push(new HashSet<>());
                    case END_OBJECT -> names.pop();
                    case PROPERTY_NAME -> {
                        String name = parser.currentName();
                        if (!names.element().add(name)) {
                            String at =
                                    parser.streamReadContext().pathAsPointer().toString();
                            twice.accept(Problem.of(
                                    Code.DUPLICATE_FIELD, new RequestPointer(at), FactReader.shortened(name)));
                        }
                    }
                    default -> {
                        // a value
                    }
                }
            }
            return twice.errors();
        } catch (JacksonException e) {
            return List.of(); // what is no JSON is told as that
        }
    }

    /** Writes a document on one line, the members in their order. */
    public static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /** Writes a document for people to read. */
    public static String writeIndented(JsonNode node) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }

    /** Writes a record, as {@link #of} has it, on one line: the same text, without the tree. */
    public static String write(Record record) {
        var text = new StringWriter(USUAL_LENGTH);
        try (JsonGenerator to = MAPPER.createGenerator(text)) {
            object(record, to);
        }
        return text.toString();
    }

    /** Writes a record, as {@link #of} has it, for people to read. */
    public static String writeIndented(Record record) {
        return writeIndented(object(record));
    }

    /** An object without members. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * A value as JSON: records become objects of their members as {@link Member} describes them, terms of open sets
     * {@code {code, label}}, closed sets their code, times ISO 8601 with offset, places one line of text, maps objects of their
     * entries; what is JSON already stays as it is, what is null is left out of objects.
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
            return text(Moments.text(time));
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
        if (value instanceof Long number) {
            return JsonNodeFactory.instance.numberNode(number);
        }
        if (value instanceof JsonNode json) {
            return json;
        }
        if (value instanceof Location at) {
            return text(at.toString());
        }
        if (value instanceof Presented presented) {
            return object(presented.presented());
        }
        if (value instanceof Collection<?> values) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            values.forEach(each -> array.add(of(each)));
            return array;
        }
        if (value instanceof Map<?, ?> entries) {
            ObjectNode object = object();
            entries(entries, object);
            return object;
        }
        return value instanceof Record record ? object(record) : text(value.toString());
    }

    private static void entries(Map<?, ?> entries, ObjectNode object) {
        entries.forEach((name, each) -> object.set(String.valueOf(name), of(each)));
    }

    /** A document that is written already, to stand byte for byte within another. */
    public static JsonNode raw(String json) {
        return JsonNodeFactory.instance.rawValueNode(new RawValue(json));
    }

    /** A record as an object of its members. */
    public static ObjectNode object(Record record) {
        ObjectNode object = object();
        members(record, object);
        return object;
    }

    /** What a record has of a member; null when it is left out. */
    private static @Nullable Object said(RecordType.Component component, Record record) {
        if (component.shared()) {
            return null;
        }
        Object value = component.of(record);
        if (value instanceof Presented presented) {
            value = presented.presented();
        }
        return value == null
                        || (component.leftOutWhenEmpty()
                                && (value.equals(List.of()) || value.equals("") || value.equals(false)))
                ? null
                : value;
    }

    private static void members(Record record, ObjectNode object) {
        for (RecordType.Component component : RecordType.of(record.getClass()).components()) {
            Object value = said(component, record);
            if (value == null) {
                continue;
            }
            if (component.flattened() && value instanceof Map<?, ?> entries) {
                entries(entries, object);
            } else if (component.flattened()) {
                members((Record) value, object);
            } else {
                object.set(component.json(), of(value));
            }
        }
    }

    /** Writes what {@link #of} would make of a value. */
    private static void write(@Nullable Object value, JsonGenerator to) {
        if (value instanceof String text) {
            to.writeString(text);
        } else if (value instanceof Enum<?> constant) {
            to.writeString(constant.name());
        } else if (value instanceof Term term) {
            to.writeStartObject();
            to.writeStringProperty("code", term.code());
            to.writeStringProperty("label", term.label());
            to.writeEndObject();
        } else if (value instanceof Integer number) {
            to.writeNumber(number.intValue());
        } else if (value instanceof Boolean yes) {
            to.writeBoolean(yes);
        } else if (value instanceof OffsetDateTime time) {
            to.writeString(Moments.text(time));
        } else if (value instanceof Collection<?> values) {
            to.writeStartArray();
            values.forEach(each -> write(each, to));
            to.writeEndArray();
        } else if (value instanceof Map<?, ?> entries) {
            to.writeStartObject();
            entries(entries, to);
            to.writeEndObject();
        } else if (value instanceof Presented presented) {
            object(presented.presented(), to);
        } else if (value instanceof Record record && AnswerShape.isObject(record.getClass())) {
            object(record, to);
        } else {
            MAPPER.writeTree(to, of(value));
        }
    }

    private static void entries(Map<?, ?> entries, JsonGenerator to) {
        entries.forEach((name, each) -> {
            to.writeName(String.valueOf(name));
            write(each, to);
        });
    }

    private static void object(Record record, JsonGenerator to) {
        to.writeStartObject();
        members(record, to);
        to.writeEndObject();
    }

    private static void members(Record record, JsonGenerator to) {
        for (RecordType.Component component : RecordType.of(record.getClass()).components()) {
            Object value = said(component, record);
            if (value == null) {
                continue;
            }
            if (component.flattened() && value instanceof Map<?, ?> entries) {
                entries(entries, to);
            } else if (component.flattened()) {
                members((Record) value, to);
            } else {
                to.writeName(component.json());
                write(value, to);
            }
        }
    }

    /** A text. */
    public static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }
}
