package liandong.web;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import liandong.decision.Decisions;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whether responses are as the OpenAPI document says: path, status, media type, body, and nothing in it besides. */
final class DocumentedResponses {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PROBLEM = "application/problem+json";
    private static final JsonNode DOCUMENT = strict(Routes.document(Decisions.all()));
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<JsonNode, Schema> KNOWN = new ConcurrentHashMap<>();

    private DocumentedResponses() {}

    /** What a caller must pass over, a test must not: an answer has no members that the document does not name. */
    private static JsonNode strict(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.forEach(DocumentedResponses::strict);
            if (object.path("type").asString("").equals("object")
                    && object.has("properties")
                    && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
        } else {
            node.forEach(DocumentedResponses::strict);
        }
        return node;
    }

    /** Fails when a response is not as the document says. */
    static void check(HttpResponse<?> response) {
        String body = response.body() instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : String.valueOf(response.body());
        var wrong = check(
                response.request().method(),
                response.uri().getRawPath(),
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                body);
        if (!wrong.isEmpty()) {
            String told = body.length() > 2_000 ? body.substring(0, 2_000) + "…" : body;
            throw new AssertionError(response.request().method() + " " + response.uri() + " was answered with "
                    + response.statusCode() + ", and not as the OpenAPI document says:\n  "
                    + String.join("\n  ", wrong) + "\n" + told);
        }
    }

    /** What is not as the document says; empty when all is. */
    static List<String> check(String method, String path, int status, String contentType, String body) {
        String type = contentType.replaceFirst(";.*", "").strip();
        JsonNode item = item(path);
        boolean head = method.equals("HEAD");
        if (item == null) {
            return problem(List.of(400, 401, 403, 404, 503), path, status, type, body, head);
        }
        JsonNode operation = item.get(head ? "get" : method.toLowerCase(Locale.ROOT));
        if (operation == null) {
            return problem(
                    List.of(400, 401, 403, 404, 405, 503),
                    path,
                    status,
                    type,
                    body, // 404: what a path names may not be there
                    head);
        }
        JsonNode said = resolved(operation.path("responses").path(String.valueOf(status)));
        if (said.isMissingNode()) {
            return List.of("the document names no such status");
        }
        JsonNode content = said.path("content");
        if (content.isEmpty() || head) {
            return body.isEmpty() ? List.of() : List.of("the document names no body");
        }
        if (!content.has(type)) {
            return List.of("the document names no body of the type '" + type + "'");
        }
        return body(said, content.path(type).path("schema"), type, body);
    }

    private static List<String> body(JsonNode said, JsonNode schema, String type, String body) {
        if (type.endsWith("ndjson")) {
            return body.lines()
                    .flatMap(line -> faults(schema, JSON.readTree(line)).stream())
                    .toList();
        }
        if (!type.endsWith("json")) {
            return List.of();
        }
        JsonNode answer = JSON.readTree(body);
        var wrong = new ArrayList<>(faults(schema, answer));
        JsonNode codes = said.path("x-problem-codes");
        String title = answer.path("title").asString("");
        if (type.equals(PROBLEM)
                && codes.isArray()
                && !JSON.convertValue(codes, List.class).contains(title)) {
            wrong.add("the document does not name the problem " + title);
        }
        return wrong;
    }

    /** What the document knows nothing of is answered with a problem; of Open311, with an error. */
    private static List<String> problem(
            List<Integer> possible, String path, int status, String type, String body, boolean head) {
        if (path.startsWith(GeoReport.PATH)) {
            return status >= 400 && List.of("text/xml", "application/json").contains(type)
                    ? List.of()
                    : List.of("an error of Open311 is XML or JSON, not '" + type + "' " + status);
        }
        if (!possible.contains(status)) {
            return List.of("the document knows nothing of this, so " + possible + " were possible");
        }
        if (body.isEmpty() && type.equals(PROBLEM)) {
            return head ? List.of() : List.of("a problem without a body");
        }
        return type.equals(PROBLEM)
                ? faults(JSON.createObjectNode().put("$ref", "#/components/schemas/Problem"), JSON.readTree(body))
                : List.of("a problem is of the type " + PROBLEM + ", not '" + type + "'");
    }

    /** What the document says of a path; the one with the fewest parameters when several would do. */
    private static @Nullable JsonNode item(String path) {
        return DOCUMENT.path("paths").properties().stream()
                .filter(each ->
                        Pattern.matches(each.getKey().replace(".", "\\.").replaceAll("\\{[^}]*}", "[^/]*"), path))
                .min(Comparator.comparingInt(each -> each.getKey().split("\\{", -1).length))
                .map(Map.Entry::getValue)
                .orElse(null);
    }

    private static JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : DOCUMENT.at(reference.substring(1));
    }

    private static List<String> faults(JsonNode schema, JsonNode body) {
        Schema known = KNOWN.computeIfAbsent(schema, key -> {
            ObjectNode whole = Json.object();
            whole.putArray("allOf").add(key);
            whole.set("components", DOCUMENT.path("components"));
            return SCHEMAS.getSchema(whole);
        });
        return known
                .validate(body, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }
}
