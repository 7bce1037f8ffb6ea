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
