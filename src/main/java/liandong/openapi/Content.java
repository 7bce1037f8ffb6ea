package liandong.openapi;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import liandong.decision.Decision;
import liandong.wire.Json;
import liandong.wire.ProblemJson;
import tools.jackson.databind.node.ObjectNode;

/**
 * A body, as it is sent or answered in one media type.
 *
 * @param mediaType its media type
 * @param schema what it may be; of a stream, each of its lines
 * @param parts of a form, the names of its parts; empty of anything else
 */
public record Content(String mediaType, Parameter.Shape schema, List<String> parts) {
    private static final String JSON = "application/json";
    private static final String FIELDS = "application/x-www-form-urlencoded";
    private static final String LINES = "application/x-ndjson";

    private Content(String mediaType, Parameter.Shape schema) {
        this(mediaType, schema, List.of());
    }

    /** What is answered as JSON. */
    public static Content json(Class<? extends Record> type) {
        return new Content(JSON, schemas -> schemas.answered(type));
    }

    /** What is answered as JSON of some media type. */
    public static Content json(String mediaType, Class<? extends Record> type) {
        return new Content(mediaType, schemas -> schemas.answered(type));
    }

    /** What is answered as a stream, a line each. */
    public static Content lines(Class<? extends Record> type) {
        return new Content(LINES, schemas -> schemas.answered(type));
    }

    /** A list that is answered as JSON. */
    public static Content list(Class<? extends Record> type) {
        return new Content(JSON, schemas -> {
            ObjectNode list = Json.object().put("type", "array");
            list.set("items", schemas.answered(type));
            return list;
        });
    }

    /** What is sent as the fields of a form, those of maps as {@code name[key]}. */
    public static Content fields(Class<? extends Record> type) {
        return new Content(FIELDS, schemas -> schemas.sent(type));
    }

    /** What is sent as JSON. */
    public static Content sent(Class<? extends Record> type) {
        return new Content(JSON, schemas -> schemas.sent(type));
    }

    /** What is sent as the parts of a form. */
    public static Content form(Class<? extends Record> type) {
        return new Content(
                "multipart/form-data",
                schemas -> schemas.sent(type),
                Stream.of(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
    }

    /** Any JSON object. */
    public static Content object() {
        return new Content(JSON, schemas -> Json.object().put("type", "object").put("additionalProperties", true));
    }

    /** A text. */
    public static Content text(String mediaType) {
        return new Content(mediaType, schemas -> Json.object().put("type", "string"));
    }

    /** Bytes. */
    public static Content bytes(String mediaType) {
        return new Content(
                mediaType, schemas -> Json.object().put("type", "string").put("contentMediaType", mediaType));
    }

    /** A request for a decision. */
    public static Content request(Decision<?, ?> decision) {
        return new Content(JSON, schemas -> schemas.request(decision));
    }

    /** Requests for a decision, a line each. */
    public static Content requests(Decision<?, ?> decision) {
        return new Content(LINES, schemas -> schemas.request(decision));
    }

    /** The answer of a decision. */
    public static Content answer(Decision<?, ?> decision) {
        return new Content(JSON, schemas -> schemas.answer(decision));
    }

    /** The answers of a decision, a line each; where a request was not good, its problems. */
    public static Content answers(Decision<?, ?> decision) {
        return new Content(LINES, schemas -> {
            ObjectNode schema = Json.object();
            schema.putArray("oneOf").add(schemas.answer(decision)).add(schemas.answered(ProblemJson.class));
            return schema;
        });
    }

    /** An event in the JSON format of CloudEvents, whose data is what stands in this content. */
    public Content event(String mediaType) {
        return new Content(mediaType, schemas -> event(schemas));
    }

    /** Several of them. */
    public Content events(String mediaType) {
        return new Content(mediaType, schemas -> {
            ObjectNode list = Json.object().put("type", "array");
            list.set("items", event(schemas));
            return list;
        });
    }

    private ObjectNode event(Schemas schemas) {
        ObjectNode event = Json.object().put("type", "object");
        event.putArray("required").add("specversion").add("id").add("source").add("type");
        ObjectNode attributes = event.putObject("properties");
        attribute(attributes, "specversion", "The version of CloudEvents", "1.0")
                .putArray("enum")
                .add("1.0");
        attribute(
                        attributes,
                        "id",
                        "With the source, nobody else's; of an answer, the decision's",
                        "019e2f3c-1a00-7b0e-9f3c-2d1e4f5a6b7c")
                .put("minLength", 1);
        attribute(attributes, "source", "Where it comes from; of an answer, the address that was asked", "/hotline")
                .put("minLength", 1)
                .put("format", "uri-reference");
        attribute(
                        attributes,
                        "type",
                        "What has happened; of an answer, `liandong.` with what was decided and `.decided`,"
                                + " or `liandong.problem`",
                        "city.hotline.reported")
                .put("minLength", 1);
        attribute(attributes, "subject", "Of an answer, the incident", "SC-2026-000123")
                .put("minLength", 1);
        attribute(
                        attributes,
                        "time",
                        "When; of an answer, the moment that was decided for",
                        "2026-11-20T16:30:00+08:00")
                .put("format", "date-time");
        attribute(
                        attributes,
                        "causationid",
                        "Of an answer, the id of the event that asked",
                        "8e03978e-40d5-43dd-bc93-6894a57f9324")
                .put("minLength", 1);
        attribute(attributes, "datacontenttype", "The media type of the data; JSON when left out", "application/json");
        ObjectNode data = attributes.putObject("data");
        data.put("description", "As it would stand in the body alone");
        data.setAll(schema.schema(schemas));
        return event;
    }

    private static ObjectNode attribute(ObjectNode attributes, String name, String meaning, String example) {
        ObjectNode attribute =
                attributes.putObject(name).put("description", meaning).put("type", "string");
        attribute.putArray("examples").add(example);
        return attribute;
    }

    ObjectNode json(Schemas schemas) {
        ObjectNode json = Json.object();
        json.set("schema", schema.schema(schemas));
        if (mediaType.equals(FIELDS)) {
            json.putObject("encoding")
                    .putObject("attribute")
                    .put("style", "deepObject")
                    .put("explode", true);
        }
        return json;
    }
}
