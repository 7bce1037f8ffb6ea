package liandong.console;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import liandong.incident.Vocabulary;
import liandong.openapi.CurlExample;
import liandong.problem.Phrasebook;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An OpenAPI document as pages show it: groups of operations, one operation, one object. */
final class ContractPages {
    private static final String SCHEMAS = "#/components/schemas/";
    private static final Phrasebook PROBLEMS = new Phrasebook("liandong.problem.messages");
    /** What of a schema is told beside its meaning, in this order. */
    private static final List<String> BOUNDS =
            List.of("minLength", "maxLength", "minimum", "maximum", "maxItems", "maxProperties", "default");

    private static final int LONGEST_LIST = 24;

    private final JsonNode document;
    /** Method, path and operation by id, in the order of the document. */
    private final Map<String, Found> operations = new LinkedHashMap<>();

    private record Found(String method, String path, JsonNode operation) {}

    /**
     * A piece of a text.
     *
     * @param code whether it is as programs write it
     * @param schema the object it names, which has a page; empty for none
     */
    record Piece(String text, boolean code, String schema) {}

    /** An operation in a list. */
    record Line(String id, String method, String path, String summary, List<String> roles) {}

    /** Operations that belong together. */
    record Group(String name, String meaning, List<Line> lines) {}

    /**
     * A member, or a parameter.
     *
     * @param place where a parameter stands; empty for a member
     * @param bounds what it may be besides, e.g. {@code maxLength 64}
     */
    record Member(
            String name,
            String place,
            List<Piece> type,
            boolean required,
            List<Piece> meaning,
            String bounds,
            String example) {}

    /** What is sent or answered in a media type. */
    record Body(String mediaType, List<Piece> type, List<Member> members) {}

    /** A header of an answer. */
    record Header(String name, List<Piece> meaning) {}

    /** An answer. */
    record Answer(String status, List<Piece> meaning, List<Header> headers, List<Body> bodies) {}

    /** A kind of problem, and its words. */
    record Coded(String code, String words) {}

    /** What is refused under a status. */
    record Refused(String status, String meaning, List<Coded> codes) {}

    /** All of an operation. */
    record Operation(
            Line line,
            List<Piece> description,
            String curl,
            List<Member> parameters,
            List<Body> bodies,
            List<Answer> answers,
            List<Refused> refusals) {}

    /**
     * An object or a set of words.
     *
     * @param users the objects that have it as a member
     */
    record Schema(String name, List<Piece> meaning, List<Piece> type, List<Member> members, Set<String> users) {}

    ContractPages(JsonNode document) {
        this.document = document;
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(each -> operations.put(
                                each.getValue().path("operationId").asString(""),
                                new Found(each.getKey().toUpperCase(Locale.ROOT), path.getKey(), each.getValue()))));
    }

    /** The groups, in the order of the document. */
    List<Group> groups() {
        return document.path("tags")
                .valueStream()
                .map(tag -> new Group(
                        text(tag, "name"),
                        text(tag, "description"),
                        operations.entrySet().stream()
                                .filter(each -> text(each.getValue()
                                                .operation()
                                                .path("tags")
                                                .get(0))
                                        .equals(text(tag, "name")))
                                .map(each -> line(each.getKey(), each.getValue()))
                                .toList()))
                .toList();
    }

    /** The names of all objects and sets of words. */
    List<String> schemas() {
        return document.path("components")
                .path("schemas")
                .propertyStream()
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Line line(String id, Found found) {
        List<String> roles = found.operation()
                .path("security")
                .valueStream()
                .flatMap(way -> way.path("key").valueStream())
                .map(ContractPages::text)
                .toList();
        boolean nobody = found.operation().path("security").isEmpty()
                || found.operation().path("security").get(0).isEmpty();
        return new Line(
                id,
                found.method(),
                found.path(),
                text(found.operation(), "summary"),
                nobody ? List.of("nobody") : roles.isEmpty() ? List.of("anyRole") : roles);
    }

    /**
     * An operation; null when there is none.
     *
     * @param vocabulary has the words of its example
     */
    @Nullable
    Operation operation(String id, Locale language, Vocabulary vocabulary) {
        Found found = operations.get(id);
        if (found == null) {
            return null;
        }
        JsonNode operation = found.operation();
        var answers = new ArrayList<Answer>();
        var refusals = new ArrayList<Refused>();
        operation.path("responses").properties().forEach(each -> {
            JsonNode response = response(each.getValue());
            if (response.has("x-problem-codes")) {
                refusals.add(refused(each.getKey(), response, language));
            } else {
                answers.add(answer(each.getKey(), response));
            }
        });
        return new Operation(
                line(id, found),
                pieces(text(operation, "description")),
                new CurlExample(document, vocabulary).curl(found.method(), found.path(), operation),
                operation
                        .path("parameters")
                        .valueStream()
                        .map(each -> member(
                                text(each, "name"),
                                text(each, "in"),
                                each.path("schema"),
                                text(each, "description"),
                                each.path("required").asBoolean(false)))
                        .toList(),
                bodies(operation.path("requestBody").path("content")),
                answers,
                refusals);
    }

    private JsonNode response(JsonNode given) {
        String to = text(given, "$ref");
        return to.isEmpty()
                ? given
                : document.path("components").path("responses").path(to.substring(to.lastIndexOf('/') + 1));
    }

    private Answer answer(String status, JsonNode response) {
        return new Answer(
                status,
                pieces(text(response, "description")),
                response.path("headers")
                        .propertyStream()
                        .map(each -> new Header(each.getKey(), pieces(text(each.getValue(), "description"))))
                        .toList(),
                bodies(response.path("content")));
    }

    private static Refused refused(String status, JsonNode response, Locale language) {
        return new Refused(
                status,
                text(response, "description").replaceFirst(": `.*", ""),
                response.path("x-problem-codes")
                        .valueStream()
                        .map(ContractPages::text)
                        .map(code -> new Coded(code, PROBLEMS.text(code, language, Collections.nCopies(10, "…"))))
                        .toList());
    }

    private List<Body> bodies(JsonNode content) {
        return content.propertyStream()
                .map(each -> {
                    JsonNode schema = each.getValue().path("schema");
                    // What has a page of its own is told there.
                    return new Body(each.getKey(), type(schema), schema.has("$ref") ? List.of() : members(schema));
                })
                .toList();
    }

    /** An object or a set of words; null when there is none. */
    @Nullable
    Schema schema(String name) {
        JsonNode schema = document.path("components").path("schemas").path(name);
        if (schema.isMissingNode()) {
            return null;
        }
        return new Schema(name, pieces(text(schema, "description")), type(schema), members(schema), users(name));
    }

    private Set<String> users(String name) {
        return document.path("components")
                .path("schemas")
                .propertyStream()
                .filter(each ->
                        each.getValue().findValues("$ref").stream().anyMatch(to -> text(to).equals(SCHEMAS + name)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Member> members(JsonNode schema) {
        var members = new ArrayList<Member>();
        members("", schema, members);
        return members;
    }

    /** The members of an object, those of objects within it, which have no name of their own, behind dots. */
    private void members(String before, JsonNode schema, List<Member> into) {
        var required = new TreeSet<String>();
        schema.path("required").valueStream().forEach(each -> required.add(text(each)));
        schema.path("properties").properties().forEach(each -> {
            JsonNode value = each.getValue();
            String name = before + each.getKey();
            into.add(member(name, "", value, text(value, "description"), required.contains(each.getKey())));
            members(name + ".", value, into);
            members(name + "[].", value.path("items"), into);
        });
        for (String ways : List.of("anyOf", "oneOf")) {
            schema.path(ways).valueStream().forEach(way -> members(before, way, into));
        }
        if (before.isEmpty()) {
            members("[].", schema.path("items"), into);
        }
    }

    private Member member(String name, String place, JsonNode schema, String meaning, boolean required) {
        var bounds = new TreeMap<Integer, String>();
        for (int i = 0; i < BOUNDS.size(); i++) {
            if (schema.has(BOUNDS.get(i))) {
                bounds.put(i, BOUNDS.get(i) + " " + schema.path(BOUNDS.get(i)).toString());
            }
        }
        JsonNode shown = schema.has("examples") ? schema : schema.path("items");
        return new Member(
                name,
                place,
                type(schema),
                required,
                pieces(meaning),
                String.join(", ", bounds.values()),
                shown.path("examples").isEmpty()
                        ? ""
                        : shown.path("examples").get(0).toString());
    }

    private List<Piece> type(JsonNode schema) {
        var pieces = new ArrayList<Piece>();
        type(schema, pieces);
        return pieces;
    }

    private static void type(JsonNode schema, List<Piece> into) {
        String to = text(schema, "$ref");
        if (!to.isEmpty()) {
            String name = to.substring(SCHEMAS.length());
            into.add(new Piece(name, false, name));
            return;
        }
        for (String ways : List.of("anyOf", "oneOf")) {
            boolean first = true;
            for (JsonNode way : schema.path(ways)) {
                if (!first) {
                    into.add(new Piece(" | ", false, ""));
                }
                type(way, into);
                first = false;
            }
        }
        String type = text(schema, "type");
        if (type.equals("array")) {
            into.add(new Piece("array of ", false, ""));
            type(schema.path("items"), into);
        } else if (!schema.path("enum").isEmpty()) {
            List<String> words =
                    schema.path("enum").valueStream().map(ContractPages::text).toList();
            into.add(new Piece(
                    words.stream().limit(LONGEST_LIST).collect(Collectors.joining(", "))
                            + (words.size() > LONGEST_LIST ? ", …" : ""),
                    true,
                    ""));
        } else if (!type.isEmpty()) {
            String format = text(schema, "format");
            into.add(new Piece(format.isEmpty() ? type : type + " (" + format + ")", false, ""));
            if (schema.path("additionalProperties").isObject()) {
                into.add(new Piece(" of ", false, ""));
                type(schema.path("additionalProperties"), into);
            }
        }
    }

    /** A text in which what stands between backticks is code. */
    private static List<Piece> pieces(String text) {
        var pieces = new ArrayList<Piece>();
        boolean code = false;
        for (String part : text.split("`", -1)) {
            if (!part.isEmpty()) {
                pieces.add(new Piece(part, code, ""));
            }
            code = !code;
        }
        return pieces;
    }

    private static String text(JsonNode node, String member) {
        return text(node.path(member));
    }

    private static String text(JsonNode node) {
        return node.asString("");
    }
}
