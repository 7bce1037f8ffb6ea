package liandong.openapi;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liandong.incident.Area;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Examples made of an OpenAPI document: a command of curl for an operation, with the least that its schema demands. */
public final class CurlExample {
    private static final String SCHEMAS = "#/components/schemas/";
    private static final Pattern HOLE = Pattern.compile("\\{([^}]+)}");
    /** What a case is about, which a schema cannot demand, as one or the other will do, or only some decisions ask for it. */
    private static final List<String> MEANT = List.of("text", "eventType", "stages");
    /** What refers to itself ends here. */
    private static final int DEEPEST = 8;

    private final JsonNode document;
    /** A word of each open set, by the schema of what names one. */
    private final Map<String, String> words = new TreeMap<>();

    /**
     * Examples.
     *
     * @param vocabulary the words that the service knows: those of the document are anybody's
     */
    public CurlExample(JsonNode document, Vocabulary vocabulary) {
        this.document = document;
        // Of areas, the finest: what lies in no sub-district has nobody to go to.
        vocabulary
                .sets()
                .forEach(set -> vocabulary.all(set).stream()
                        .map(Term::code)
                        .reduce((best, code) -> set == Area.class && code.length() > best.length() ? code : best)
                        .ifPresent(code -> words.put(set.getSimpleName() + "Input", code)));
    }

    /**
     * The command, for a shell that has the service's address in {@code LIANDONG} and a key in {@code KEY}.
     *
     * @param method as in a request
     * @param path with its parameters in braces
     */
    public String curl(String method, String path, JsonNode operation) {
        var lines = new ArrayList<String>();
        String begin = method.equals("GET") ? "curl -s " : "curl -s -X " + method + " ";
        lines.add(begin + "\"$LIANDONG" + filled(path, operation) + query(operation) + "\"");
        if (!operation.path("security").isEmpty()
                && operation.path("security").get(0).has("key")) {
            lines.add("-H \"Authorization: Bearer $KEY\"");
        }
        var contents =
                operation.path("requestBody").path("content").properties().iterator();
        if (contents.hasNext()) {
            var content = contents.next();
            body(content.getKey(), content.getValue().path("schema"), lines);
        }
        return String.join(" \\\n  ", lines);
    }

    private void body(String mediaType, JsonNode schema, List<String> lines) {
        switch (mediaType) {
            case "application/json" -> {
                lines.add("-H 'Content-Type: application/json'");
                lines.add("-d " + quoted(Json.write(example(schema, 0))));
            }
            case "multipart/form-data" ->
                resolved(schema)
                        .path("properties")
                        .properties()
                        .forEach(part -> lines.add("-F " + part.getKey() + "=@" + part.getKey() + ".xlsx"));
            case "application/x-www-form-urlencoded" ->
                example(schema, 0)
                        .properties()
                        .forEach(field -> lines.add("--data-urlencode "
                                + quoted(field.getKey() + "=" + field.getValue().asString(""))));
            default -> {
                lines.add("-H 'Content-Type: " + mediaType + "'");
                lines.add("--data-binary @workbook.xlsx");
            }
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private String filled(String path, JsonNode operation) {
        return HOLE.matcher(path)
                .replaceAll(hole -> operation
                        .path("parameters")
                        .valueStream()
                        .filter(each -> each.path("name").asString("").equals(hole.group(1)))
                        .map(each -> encoded(example(each.path("schema"), 0)))
                        .findFirst()
                        .orElse("…"));
    }

    private String query(JsonNode operation) {
        String query = operation
                .path("parameters")
                .valueStream()
                .filter(each -> each.path("in").asString("").equals("query")
                        && each.path("required").asBoolean(false))
                .map(each -> each.path("name").asString("") + "=" + encoded(example(each.path("schema"), 0)))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private static String encoded(JsonNode value) {
        return URLEncoder.encode(value.asString(""), StandardCharsets.UTF_8);
    }

    /** What a schema refers to, or itself. */
    private JsonNode resolved(JsonNode schema) {
        String to = schema.path("$ref").asString("");
        return to.isEmpty()
                ? schema
                : document.path("components").path("schemas").path(to.substring(SCHEMAS.length()));
    }

    /** The least that a schema takes. */
    private JsonNode example(JsonNode given, int depth) {
        String word = words.get(given.path("$ref").asString("").replace(SCHEMAS, ""));
        if (word != null) {
            return Json.object().put("word", word).path("word");
        }
        JsonNode schema = resolved(given);
        for (String ways : List.of("anyOf", "oneOf")) {
            if (schema.has(ways)) {
                return example(schema.path(ways).get(0), depth + 1);
            }
        }
        return switch (schema.path("type").asString("")) {
            case "object" -> object(schema, depth);
            case "array" -> {
                ArrayNode list = Json.object().putArray("list");
                if (depth < DEEPEST) {
                    list.add(example(schema.path("items"), depth + 1));
                }
                yield list;
            }
            default -> leaf(given.has("examples") ? given : schema);
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = Json.object();
        JsonNode members = schema.path("properties");
        var names = new LinkedHashSet<String>();
        schema.path("required").valueStream().forEach(name -> names.add(name.stringValue()));
        MEANT.stream()
                .filter(name ->
                        members.path(name).has("type") || members.path(name).has("$ref"))
                .forEach(names::add);
        if (depth < DEEPEST) {
            names.forEach(name -> object.set(name, example(members.path(name), depth + 1)));
        }
        return object;
    }

    private static JsonNode leaf(JsonNode schema) {
        if (!schema.path("examples").isEmpty()) {
            return schema.path("examples").get(0);
        }
        if (!schema.path("enum").isEmpty()) {
            return schema.path("enum").get(0);
        }
        return switch (schema.path("type").asString("")) {
            case "integer", "number" ->
                Json.object().put("n", schema.path("minimum").asInt(0)).path("n");
            case "boolean" -> Json.object().put("b", true).path("b");
            default -> Json.object().put("s", "…").path("s");
        };
    }
}
