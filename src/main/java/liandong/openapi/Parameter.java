package liandong.openapi;

import java.util.List;
import liandong.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A parameter of an operation.
 *
 * @param place where it stands: {@code path}, {@code query} or {@code header}
 * @param schema what its value may be, with an example
 * @param required whether it may not be left out
 */
public record Parameter(String name, String place, String meaning, Shape schema, boolean required) {
    private Parameter(String name, String place, String meaning, Shape schema) {
        this(name, place, meaning, schema, place.equals("path"));
    }

    /** Makes the schema of a value. */
    @FunctionalInterface
    interface Shape {
        ObjectNode schema(Schemas schemas);
    }

    /** A part of the path. */
    public static Parameter path(String name, String meaning, String example) {
        return new Parameter(name, "path", meaning, schemas -> text(example));
    }

    /** One of several words in the path. */
    public static Parameter pathChoice(String name, String meaning, List<String> allowed) {
        return new Parameter(name, "path", meaning, schemas -> {
            ObjectNode schema = Json.object().put("type", "string");
            var list = schema.putArray("enum");
            allowed.forEach(list::add);
            schema.putArray("examples").add(allowed.get(0));
            return schema;
        });
    }

    /** A number in the path. */
    public static Parameter number(String name, String meaning) {
        return new Parameter(name, "path", meaning, schemas -> integer(7).put("minimum", 1));
    }

    /** A part of the query; may be left out. */
    public static Parameter query(String name, String meaning, String example) {
        return new Parameter(name, "query", meaning, schemas -> text(example));
    }

    /** A part of the query without which nothing is asked. */
    public static Parameter needed(String name, String meaning, String example) {
        return new Parameter(name, "query", meaning, schemas -> text(example), true);
    }

    /** A header; may be left out. */
    public static Parameter header(String name, String meaning, String example) {
        return new Parameter(name, "header", meaning, schemas -> text(example));
    }

    /** One of several words in the query; the first when left out. */
    public static Parameter choice(String name, String meaning, List<String> allowed) {
        return new Parameter(name, "query", meaning, schemas -> {
            ObjectNode schema = Json.object().put("type", "string");
            var list = schema.putArray("enum");
            allowed.forEach(list::add);
            schema.put("default", allowed.get(0)).putArray("examples").add(allowed.get(0));
            return schema;
        });
    }

    /** Yes or no in the query; no when left out. */
    public static Parameter flag(String name, String meaning) {
        return new Parameter(name, "query", meaning, schemas -> {
            ObjectNode schema = Json.object().put("type", "boolean").put("default", false);
            schema.putArray("examples").add(true);
            return schema;
        });
    }

    /** A number in the query. */
    public static Parameter number(String name, String meaning, int least, int most, int usual) {
        return new Parameter(
                name,
                "query",
                meaning,
                schemas -> integer(usual)
                        .put("minimum", least)
                        .put("maximum", most)
                        .put("default", usual));
    }

    /** The code of a decision in the query. */
    public static Parameter kind(String name, String meaning) {
        return new Parameter(name, "query", meaning, Schemas::kinds);
    }

    private static ObjectNode text(String example) {
        ObjectNode schema = Json.object().put("type", "string");
        schema.putArray("examples").add(example);
        return schema;
    }

    private static ObjectNode integer(int example) {
        ObjectNode schema = Json.object().put("type", "integer");
        schema.putArray("examples").add(example);
        return schema;
    }

    ObjectNode json(Schemas schemas) {
        ObjectNode json = Json.object().put("name", name).put("in", place).put("description", meaning);
        json.put("required", required);
        json.set("schema", schema.schema(schemas));
        return json;
    }
}
