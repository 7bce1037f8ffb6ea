package liandong.openapi;

import java.util.Map;
import java.util.Objects;
import liandong.decision.Decisions;
import liandong.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A JSON schema for readers that have no document around it: what it refers to stands in its own {@code $defs}. */
public final class StandaloneSchema {
    private static final String IN_DOCUMENT = "#/components/schemas/";
    private static final String HERE = "#/$defs/";
    private static final String REFERENCE = "$ref";

    private StandaloneSchema() {}

    /** What a body may be; an object is described at the root, not by a reference. */
    public static ObjectNode of(Content content) {
        var schemas = new Schemas(Decisions.all());
        JsonNode given = content.schema().schema(schemas);
        Map<String, JsonNode> named = schemas.named();
        String root = given.path(REFERENCE).asString("").replace(IN_DOCUMENT, "");
        JsonNode described = root.isEmpty() ? given : Objects.requireNonNull(named.get(root));
        ObjectNode schema = Json.object();
        schema.setAll((ObjectNode) described.deepCopy());
        ObjectNode definitions = Json.object();
        named.forEach((name, each) -> {
            if (!name.equals(root) || refersTo(named, name)) {
                definitions.set(name, each.deepCopy());
            }
        });
        if (!definitions.isEmpty()) {
            schema.set("$defs", definitions);
        }
        relocate(schema);
        return schema;
    }

    private static boolean refersTo(Map<String, JsonNode> named, String name) {
        return named.values().stream()
                .flatMap(each -> each.findValuesAsString(REFERENCE).stream())
                .anyMatch((IN_DOCUMENT + name)::equals);
    }

    private static void relocate(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.path(REFERENCE).isString()) {
                object.put(REFERENCE, object.path(REFERENCE).stringValue().replace(IN_DOCUMENT, HERE));
            }
            object.properties().forEach(each -> relocate(each.getValue()));
        } else if (node instanceof ArrayNode list) {
            list.forEach(StandaloneSchema::relocate);
        }
    }
}
