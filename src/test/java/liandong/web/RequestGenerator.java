package liandong.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes requests of what an OpenAPI document says: as it says, and with some things as nobody should send them. */
final class RequestGenerator {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant NOW = Instant.parse("2026-11-20T08:30:00Z");
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final int DEEPEST = 6;
    private static final int MOST_LINES = 12;

    /** Texts that have been somebody's undoing. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "\u200B\u200B",
            "\uD800",
            "\uFEFF甲",
            "👨‍👩‍👧‍👦",
            "e\u0301",
            "\u202Eabc",
            "null",
            "../../etc/passwd",
            "'; DROP TABLE decision; --",
            "=1+1",
            "a/b\\c;d%e.f",
            "２０２６－１１－２０",
            "字".repeat(20_001),
            "x".repeat(65),
            "<script>",
            "{\"a\":1}",
            "\n\r\t");

    /** Numbers and other tokens as they may stand in JSON, or nearly. */
    private static final List<String> TOKENS = List.of(
            "1e-10000000",
            "1e10000000",
            "1E400",
            "-0",
            "-1",
            "0.1",
            "1.0",
            "99999999999999999999999999",
            "2147483648",
            "9223372036854775808",
            "NaN",
            "01",
            "1e",
            "true",
            "null",
            "[]",
            "{}",
            "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]",
            "\"\\uD800\"",
            "\"\\u0000\"",
            "'x'");

    private static final List<String> TIMES = List.of(
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999+18:00",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00+18:00",
            "2026-02-30T00:00:00+08:00",
            "2026-11-20T24:00:00+08:00",
            "2026-11-20T16:30:00",
            "2026-11-20",
            "1969-12-31T23:59:59-12:00",
            "2262-04-12T00:00:00Z");

    private final JsonNode document;
    private final Random random;
    /** Every operation by its method and path. */
    private final Map<String, JsonNode> operations = new LinkedHashMap<>();
    /** Ids and versions that answers have named, so that some are asked for that exist. */
    private final List<String> known = new ArrayList<>(List.of("A-1", "1", "2"));

    private final List<Sent.Upload> uploads;
    private int raw;
    private boolean asSaid;

    /**
     * A request.
     *
     * @param path with its query
     * @param headers their names and values in turn
     * @param body null when it has none
     * @param asSaid whether the body is as the document says
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sent(String method, String path, List<String> headers, byte @Nullable [] body, boolean asSaid) {
        /** A file to send in a form. */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Upload(String name, byte[] content) {}

        /** The request as a person may send it again. */
        String curl(String service, String file) {
            var command = new StringBuilder("curl -sS -i -X " + method);
            for (int i = 0; i < headers.size(); i += 2) {
                command.append(" -H ").append(quoted(headers.get(i) + ": " + headers.get(i + 1)));
            }
            return command + (body == null ? "" : " --data-binary @" + file) + " " + quoted(service + path);
        }

        private static String quoted(String text) {
            return "'" + text.replace("'", "'\\''") + "'";
        }
    }

    RequestGenerator(JsonNode document, Random random, List<Sent.Upload> uploads) {
        this.document = document;
        this.random = random;
        this.uploads = uploads;
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(each -> operations.put(
                                each.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), each.getValue())));
    }

    /** Remembers what an answer names. */
    void learn(JsonNode answer) {
        for (String member : List.of("decisionId", "incidentId", "id", "n", "version")) {
            JsonNode value = answer.path(member);
            if (value.isValueNode() && known.size() < 200 && !value.asString("").isEmpty()) {
                known.add(value.asString(""));
            }
        }
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** The next request: half of them ask for decisions. */
    Sent next() {
        List<String> names = List.copyOf(operations.keySet());
        String name = any(names);
        for (int i = 0; i < 3 && chance(isLong(name) ? 0.9 : 0.5) && !isDecision(name); i++) {
            name = any(names);
        }
        JsonNode operation = Objects.requireNonNull(operations.get(name));
        String method = name.substring(0, name.indexOf(' '));
        if (chance(0.02)) {
            method = any(List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"));
        }
        var headers = new ArrayList<String>();
        var query = new ArrayList<String>();
        for (JsonNode each : operation.path("parameters")) {
            JsonNode parameter = resolved(each);
            String called = parameter.path("name").asString("");
            String in = parameter.path("in").asString("");
            boolean required = parameter.path("required").asBoolean(false);
            if (in.equals("query") && chance(required ? 0.95 : 0.3)) {
                query.add(encoded(called) + "=" + encoded(parameterText(parameter)));
            } else if (in.equals("header") && chance(required ? 0.95 : 0.5)) {
                headers.addAll(List.of(called, headerText(parameter)));
            }
        }
        if (chance(0.03)) {
            query.add(
                    any(List.of("x=1", "limit", "=", "limit=1&limit=2", "%E7%94%B2=1", "annotated=maybe", "page=-1")));
        }
        if (chance(0.3)) {
            headers.addAll(
                    List.of("Accept-Language", any(List.of("en", "zh", "de", "*;q=0", "zh-CN,en;q=0.5", "x;y=z"))));
        }
        if (chance(0.1)) {
            headers.addAll(List.of(
                    "Accept",
                    any(List.of("*/*", "application/json", "text/html", "application/x-ndjson", "x", "image/png"))));
        }
        asSaid = true;
        byte[] body = body(operation, headers);
        String path = path(name.substring(name.indexOf(' ') + 1));
        return new Sent(
                method,
                path + (query.isEmpty() ? "" : "?" + String.join("&", query)),
                headers,
                body,
                asSaid && method.equals(name.substring(0, name.indexOf(' '))));
    }

    /** Whether a whole policy is looked through, which takes as long as hundreds of decisions. */
    private static boolean isLong(String name) {
        return name.matches("(POST|PUT) /v1/(check|test|policies.*)");
    }

    private static boolean isDecision(String name) {
        return name.matches("POST /v1/(routing|escalation|closure|scoring|scoring/period)");
    }

    private String path(String template) {
        return PARAMETER.matcher(template).replaceAll(parameter -> {
            String text = parameter.group(1).equals("n") && chance(0.8)
                    ? String.valueOf(1 + random.nextInt(4))
                    : chance(0.7) ? any(known) : any(TEXTS);
            String encoded = encoded(text.length() > 300 ? text.substring(0, 300) : text);
            return Matcher.quoteReplacement(encoded.isEmpty() ? "%20" : encoded.equals("..") ? "%2E%2E" : encoded);
        });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private int keys;

    private String parameterText(JsonNode parameter) {
        if (chance(0.2)) {
            String text = any(TEXTS);
            return text.length() > 300 ? text.substring(0, 300) : text;
        }
        JsonNode value = valid(parameter.path("schema"), 0);
        return value.isValueNode() ? value.asString("") : any(known);
    }

    private String headerText(JsonNode parameter) {
        if (parameter.path("name").asString("").equals("Idempotency-Key") && chance(0.8)) {
            return "key " + ++keys; // else nearly all would be refused for having been sent with another request
        }
        String text = parameterText(parameter).replaceAll("[^ -~]", "");
        return text.isBlank() ? "x" : text.strip();
    }

    private byte @Nullable [] body(JsonNode operation, List<String> headers) {
        JsonNode content = operation.path("requestBody").path("content");
        if (content.isEmpty()) {
            return chance(0.03) ? "{}".getBytes(StandardCharsets.UTF_8) : null;
        }
        String type = any(List.copyOf(content.propertyNames()));
        JsonNode schema = content.path(type).path("schema");
        if (type.startsWith("multipart/")) {
            headers.addAll(List.of("Content-Type", "multipart/form-data; boundary=x7x"));
            return form(resolved(schema));
        }
        if (type.endsWith("urlencoded")) {
            headers.addAll(List.of("Content-Type", type));
            return damaged(fields(resolved(schema)));
        }
        if (!type.endsWith("json")) {
            headers.addAll(List.of("Content-Type", type));
            return damaged(any(uploads).content());
        }
        headers.addAll(
                List.of("Content-Type", chance(0.02) ? any(List.of("text/plain", "application/xml", "x")) : type));
        if (chance(0.01)) {
            headers.addAll(List.of("Content-Encoding", "gzip"));
        }
        int lines = type.endsWith("ndjson") ? 1 + random.nextInt(MOST_LINES) : 1;
        var text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append(json(schema)).append(type.endsWith("ndjson") ? any(List.of("\n", "\n", "\r\n", "\n\n")) : "");
        }
        return damaged((chance(0.02) ? "\uFEFF" + text : text.toString()).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] damaged(byte[] bytes) {
        byte[] damaged = bytes.clone();
        if (bytes.length > 0 && chance(0.04)) {
            damaged[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            asSaid = false;
        } else if (chance(0.02)) {
            damaged = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            asSaid = false;
        }
        return damaged;
    }

    /** A form, most of whose fields are as the examples have them. */
    private byte[] fields(JsonNode schema) {
        var fields = new ArrayList<String>();
        schema.path("properties").properties().forEach(part -> {
            if (chance(0.5) || part.getKey().equals("service_code")) {
                JsonNode of = resolved(part.getValue());
                String example = of.path("examples").path(0).asString("");
                String text = chance(0.7) ? example : chance(0.8) ? valid(of, 0).asString("") : any(TEXTS);
                String name = part.getKey().equals("attribute") ? "attribute[source]" : part.getKey();
                fields.add(URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(
                                name.equals("attribute[source]") && chance(0.9) ? "GRID" : text,
                                StandardCharsets.UTF_8));
            }
        });
        return String.join("&", fields).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] form(JsonNode schema) {
        var body = new java.io.ByteArrayOutputStream();
        schema.path("properties").properties().forEach(part -> {
            if (chance(0.95)) {
                JsonNode of = resolved(part.getValue());
                boolean file = of.has("contentMediaType")
                        || of.path("format").asString("").equals("binary")
                        || part.getKey().equals("file");
                Sent.Upload upload = any(uploads);
                String text = chance(0.8) ? valid(of, 0).asString("") : any(TEXTS);
                body.writeBytes(("--x7x\r\nContent-Disposition: form-data; name=\"" + part.getKey() + "\""
                                + (file ? "; filename=\"" + upload.name() + "\"" : "") + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
                body.writeBytes(file ? damaged(upload.content()) : text.getBytes(StandardCharsets.UTF_8));
                body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
            }
        });
        body.writeBytes((chance(0.98) ? "--x7x--\r\n" : "").getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    /** A text of JSON for a schema: two of five as it says. */
    private String json(JsonNode schema) {
        JsonNode whole = valid(schema, 0);
        var tokens = new LinkedHashMap<String, String>();
        int changes = chance(0.4) ? 0 : 1 + random.nextInt(3);
        asSaid &= changes == 0;
        for (int i = 0; i < changes; i++) {
            whole = changed(whole, tokens);
        }
        String text = whole.toString();
        for (var token : tokens.entrySet()) {
            text = text.replace('"' + token.getKey() + '"', token.getValue());
        }
        if (chance(0.03) && text.startsWith("{\"")) { // the first member twice
            text = "{\"" + text.substring(2, text.indexOf('"', 2)) + "\":1," + text.substring(1);
            asSaid = false;
        }
        if (chance(0.01)) {
            text += any(List.of("}", "{}", ",", "\u0000"));
            asSaid = false;
        }
        return text;
    }

    /** A tree with one change somewhere in it. */
    private JsonNode changed(JsonNode tree, Map<String, String> tokens) {
        var holders = new ArrayList<JsonNode>();
        collect(tree, holders);
        if (holders.isEmpty()) {
            return hostile(tokens);
        }
        JsonNode holder = any(holders);
        if (holder instanceof ObjectNode object) {
            List<String> names = List.copyOf(object.propertyNames());
            if (names.isEmpty() || chance(0.1)) {
                object.set(any(TEXTS.subList(1, 15)), hostile(tokens));
            } else if (chance(0.2)) {
                object.remove(any(names));
            } else {
                object.set(any(names), hostile(tokens));
            }
        } else if (holder instanceof ArrayNode array) {
            if (array.isEmpty() || chance(0.4)) {
                array.add(hostile(tokens));
            } else {
                JsonNode one = array.get(random.nextInt(array.size()));
                int times = chance(0.1) ? 1_100 : 1 + random.nextInt(3);
                for (int i = 0; i < times; i++) {
                    array.add(one.deepCopy());
                }
            }
        }
        return tree;
    }

    private static void collect(JsonNode node, List<JsonNode> holders) {
        if (node.isContainer()) {
            holders.add(node);
            node.forEach(each -> collect(each, holders));
        }
    }

    private JsonNode hostile(Map<String, String> tokens) {
        int kind = random.nextInt(10);
        if (kind < 4) {
            String name = "@" + raw++ + "@";
            tokens.put(name, any(TOKENS));
            return JSON.stringNode(name);
        }
        return JSON.stringNode(kind < 6 ? any(TIMES) : any(TEXTS));
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : resolved(document.at(reference.substring(1)));
    }

    /** A value that a schema allows, as far as the schema can say. */
    private JsonNode valid(JsonNode unresolved, int depth) {
        JsonNode schema = resolved(unresolved);
        for (String several : List.of("oneOf", "anyOf")) {
            if (!schema.path(several).isEmpty()) {
                return valid(
                        schema.path(several)
                                .get(random.nextInt(schema.path(several).size())),
                        depth);
            }
        }
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (!schema.path("enum").isEmpty()) {
            return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
        }
        boolean plain = !schema.has("properties") && !schema.has("items");
        if (plain && !schema.path("examples").isEmpty() && chance(0.7)) {
            return schema.path("examples")
                    .get(random.nextInt(schema.path("examples").size()));
        }
        JsonNode type = schema.path("type");
        String name = type.isArray() ? type.get(0).asString("") : type.asString("object");
        return switch (name) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "boolean" -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case "integer", "number" ->
                JSON.getNodeFactory()
                        .numberNode(schema.path("minimum").asInt(0) + random.nextInt(chance(0.8) ? 5 : 100_000));
            case "string" -> JSON.stringNode(string(schema));
            default -> JSON.getNodeFactory().nullNode();
        };
    }

    private JsonNode object(JsonNode schema, int depth) {
        ObjectNode object = Json.object();
        var required = new ArrayList<String>();
        schema.path("required").forEach(each -> required.add(each.asString("")));
        schema.path("properties").properties().forEach(each -> {
            if (required.contains(each.getKey()) || (depth < DEEPEST && chance(0.35))) {
                object.set(each.getKey(), valid(each.getValue(), depth + 1));
            }
        });
        return object;
    }

    private JsonNode array(JsonNode schema, int depth) {
        ArrayNode array = JSON.createArrayNode();
        int least = schema.path("minItems").asInt(0);
        int size = depth >= DEEPEST ? least : least + random.nextInt(4);
        for (int i = 0; i < size; i++) {
            array.add(valid(schema.path("items"), depth + 1));
        }
        return array;
    }

    private String string(JsonNode schema) {
        String format = schema.path("format").asString("");
        if (format.equals("date-time")) {
            Instant moment = NOW.plus(random.nextInt(4_000) - 3_000, ChronoUnit.MINUTES);
            return moment.atOffset(ZoneOffset.ofHours(8)).toString();
        }
        if (format.equals("date")) {
            return "2026-1" + random.nextInt(3) + "-1" + random.nextInt(10);
        }
        return chance(0.5)
                ? any(known)
                : any(List.of("A-" + random.nextInt(50), "路灯不亮", "楼上漏水，与邻居争执", "修复", "330102001051"));
    }
}
