package liandong.cloudevents;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer as an event (CloudEvents 1.0).
 *
 * @param attributes its attributes besides the media type of its data, in their order
 * @param contentType the media type of its data
 * @param data what is answered, as JSON, byte for byte as it would be answered alone
 */
public record AnswerEvent(Map<String, String> attributes, String contentType, String data) {
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    /**
     * The answer of a decision. Its id is that of the decision: the same is told with the same id.
     *
     * @param path where it was asked for, e.g. {@code "/v1/routing"}: the source of the event
     * @param kind what was decided, e.g. {@code "routing"}
     * @param asked the event that asked
     * @param json the answer
     * @param answer the same, read
     */
    public static AnswerEvent of(String path, String kind, CloudEvent asked, String json, JsonNode answer) {
        return of(path, kind, asked.id(), json, answer);
    }

    /** The same of a decision that no event asked for, or whose event is not known any more. */
    public static AnswerEvent of(String path, String kind, String json, JsonNode answer) {
        return of(path, kind, "", json, answer);
    }

    private static AnswerEvent of(String path, String kind, String asked, String json, JsonNode answer) {
        return new AnswerEvent(
                attributes(
                        answer.path("decisionId").stringValue(""),
                        path,
                        "liandong." + kind.replace('/', '.') + ".decided",
                        answer.path("incidentId").stringValue(""),
                        answer.path("decidedAt").stringValue(""),
                        asked),
                JSON,
                json);
    }

    /**
     * What is wrong with an event of a batch.
     *
     * @param asked its id; empty when it has none
     */
    public static AnswerEvent problem(String path, String asked, String json) {
        return new AnswerEvent(
                attributes(UUID.randomUUID().toString(), path, "liandong.problem", "", "", asked), PROBLEM, json);
    }

    private static Map<String, String> attributes(
            String id, String source, String type, String subject, String time, String cause) {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("specversion", "1.0");
        attributes.put("id", id);
        attributes.put("source", source);
        attributes.put("type", type);
        put(attributes, "subject", subject);
        put(attributes, "time", time);
        put(attributes, "causationid", cause);
        return attributes;
    }

    private static void put(Map<String, String> attributes, String name, @Nullable String value) {
        if (value != null && !value.isEmpty() && EventReader.isText(value)) {
            attributes.put(name, value);
        }
    }

    /** The event in the JSON format. */
    public ObjectNode structured() {
        ObjectNode event = Json.object();
        attributes.forEach(event::put);
        event.put("datacontenttype", contentType);
        event.set("data", Json.raw(data));
        return event;
    }

    /** The headers of the event in the binary mode of HTTP. */
    public Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        attributes.forEach((name, value) -> headers.put(EventReader.HEADER + name, encoded(value)));
        return headers;
    }

    /** Percent-encoded: blanks, quotation marks, percent signs, and all that is not printable ASCII. */
    static String encoded(String value) {
        var encoded = new StringBuilder();
        for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
            if (each > ' ' && each <= '~' && each != '"' && each != '%') {
                encoded.append((char) each);
            } else {
                encoded.append('%').append(HEX[(each >> 4) & 0xF]).append(HEX[each & 0xF]);
            }
        }
        return encoded.toString();
    }
}
