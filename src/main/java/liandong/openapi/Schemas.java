package liandong.openapi;

import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import liandong.calendar.Limit;
import liandong.decision.Decision;
import liandong.decision.DecisionAnswer;
import liandong.decision.Decisions;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.Member;
import liandong.incident.Term;
import liandong.problem.Code;
import liandong.problem.Location;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import liandong.wire.Json;
import liandong.wire.RecordType;
import liandong.wire.RecordType.Component;
import liandong.wire.SetNames;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON schemas of records, as {@link Json} writes them and {@link FactReader} reads them. What has members of its own, and
 * each set of words, stands once under its name and is referred to.
 */
public final class Schemas {
    private static final String TIME = "2026-11-20T16:30:00+08:00";
    private static final String INSTANT = "2026-11-20T08:30:00Z";
    private static final String ROW = "\"DUTY-0086\"";

    private final List<Decision<?, ?>> decisions;
    private final Map<String, JsonNode> named = new TreeMap<>();
    private final Map<String, Object> owners = new LinkedHashMap<>();

    /** Which way a record goes. */
    private enum Way {
        /** It is sent to the service, which refuses members it does not know. */
        SENT,
        /** The service answers it. */
        ANSWERED
    }

    Schemas(List<Decision<?, ?>> decisions) {
        this.decisions = List.copyOf(decisions);
    }

    /** Every schema that is referred to, by name. */
    Map<String, JsonNode> named() {
        return named;
    }

    /** What is answered as a type. */
    ObjectNode answered(Class<? extends Record> type) {
        return schema(type, Way.ANSWERED, null);
    }

    /** What is sent as a type. */
    ObjectNode sent(Class<? extends Record> type) {
        return schema(type, Way.SENT, null);
    }

    /** A request for a decision. */
    ObjectNode request(Decision<?, ?> decision) {
        return named(name(decision) + "Request", decision, () -> {
            ObjectNode schema = object(decision.facts(), Way.SENT, Record.class);
            schema.put("description", capital("what is asked: " + decision.meaning()) + " (" + decision.label() + ")");
            ObjectNode properties = (ObjectNode) schema.path("properties");
            properties.set(
                    "now", described("The moment to decide for; that of the service's clock when left out", time()));
            ObjectNode options = properties.putObject("options");
            options.put("description", "How to answer").put("type", "object");
            ObjectNode choices = options.putObject("properties");
            choices.set(
                    "explain",
                    described(
                            "Whether rows that nearly applied are listed: full lists them",
                            allowed(List.of("brief", "full"))));
            choices.set(
                    "asOf",
                    described(
                            "The policy that was live at this moment decides, or will be, by what is settled today; now is"
                                    + " this moment too unless given",
                            time()));
            choices.set(
                    "settles",
                    described(
                            "The decisionId of the decision that left it to a person, who has judged now; kept, and no part"
                                    + " of the answer",
                            string(64, "019e2f3c-1a00-7b0e-9f3c-2d1e4f5a6b7c")));
            choices.set(
                    "because",
                    described("Why the person judged so; kept, and no part of the answer", string(500, "已电话核实，是路灯不亮")));
            ObjectNode outside = choices.putObject("outside");
            outside.put(
                    "description",
                    "What came with the report by another protocol, such as its street address, at most ten texts; kept,"
                            + " and no part of the answer");
            outside.put("type", "object").put("maxProperties", 10);
            outside.putObject("additionalProperties").put("type", "string").put("maxLength", 2_000);
            options.put("additionalProperties", false);
            Decisions.passedOver(decision)
                    .forEach(member -> properties
                            .putObject(member)
                            .put(
                                    "description",
                                    "As other questions about the case have it; plays no part in this one"));
            return schema;
        });
    }

    /** The answer of a decision. */
    ObjectNode answer(Decision<?, ?> decision) {
        return named(name(decision) + "Answer", decision, () -> {
            ObjectNode schema = object(DecisionAnswer.class, Way.ANSWERED, decision.answerType());
            schema.put("description", capital(decision.meaning()) + " (" + decision.label() + ")");
            if (!decision.isAboutIncident()) {
                ((ObjectNode) schema.path("properties")).remove("incidentId");
            } else {
                ((ArrayNode) schema.path("required")).insert(1, "incidentId");
            }
            return schema;
        });
    }

    /** The codes of all decisions. */
    ObjectNode kinds() {
        return named(
                "DecisionKind",
                Decision.class,
                () -> enumeration(
                        "Which decision",
                        decisions.stream()
                                .collect(Collectors.toMap(
                                        Decision::code, Decision::label, (one, other) -> one, LinkedHashMap::new))));
    }

    private static ObjectNode string(int longest, String example) {
        ObjectNode schema = Json.object().put("type", "string").put("maxLength", longest);
        schema.putArray("examples").add(example);
        return schema;
    }

    private static ObjectNode time() {
        return leaf(OffsetDateTime.class, null);
    }

    private static ObjectNode described(String meaning, ObjectNode schema) {
        ObjectNode described = Json.object().put("description", meaning);
        described.setAll(schema);
        return described;
    }

    private static String name(Decision<?, ?> decision) {
        return decision.getClass().getSimpleName();
    }

    /** Makes a schema that others refer to, once. */
    private ObjectNode named(String name, Object owner, java.util.function.Supplier<ObjectNode> made) {
        Object before = owners.putIfAbsent(name, owner);
        if (before == null) {
            named.put(name, Json.object()); // so that what refers to itself comes to an end
            named.put(name, made.get());
        } else if (!before.equals(owner)) {
            throw new IllegalStateException("two schemas would be called " + name + ": " + before + ", " + owner);
        }
        return Json.object().put("$ref", "#/components/schemas/" + name);
    }

    private ObjectNode object(Class<?> record, Way way, Class<? extends Record> inner) {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putArray("required");
        schema.putObject("properties");
        members(schema, record, way, inner, false);
        if (way == Way.SENT) {
            schema.put("additionalProperties", false);
        }
        if (schema.path("required").isEmpty()) {
            schema.remove("required");
        }
        return schema;
    }

    private void members(ObjectNode schema, Class<?> record, Way way, Class<? extends Record> inner, boolean optional) {
        RecordType.of(record).components().forEach(each -> member(schema, each, way, inner, optional));
    }

    private void member(
            ObjectNode schema, Component component, Way way, Class<? extends Record> inner, boolean optional) {
        if (component.shared()) {
            return;
        }
        Type type = component.accessor().getGenericReturnType();
        boolean flattened = way == Way.ANSWERED && component.flattened();
        if (flattened && component.type() == Map.class) {
            ObjectNode entries = schema(((ParameterizedType) type).getActualTypeArguments()[1], way, null);
            entries.put("description", describe(component));
            schema.set("additionalProperties", entries);
        } else if (flattened) {
            Class<?> written = component.written() == Record.class ? inner : component.written();
            members(schema, written, way, inner, optional || component.nullable());
        } else {
            ObjectNode value = described(describe(component), schema(type, way, component.bounds()));
            example(component, value);
            if (way == Way.SENT) {
                Object missing = FactReader.missing(component);
                if (missing != null) {
                    value.set("default", Json.of(missing));
                }
            }
            ((ObjectNode) schema.path("properties")).set(component.json(), value);
            if (!optional && required(component, way)) {
                ((ArrayNode) schema.path("required")).add(component.json());
            }
        }
    }

    private static boolean required(Component component, Way way) {
        return way == Way.SENT
                ? !component.nullable() && FactReader.missing(component) == null
                : !component.nullable() && !component.leftOutWhenEmpty();
    }

    private static String describe(Component component) {
        Member member = component.member();
        if (member == null) {
            throw new IllegalStateException("nothing says what " + component.accessor() + " means");
        }
        String unit = member.unit().isEmpty() ? "" : " (" + member.unit() + ")";
        String label = component.label().isEmpty() ? "" : " · " + component.label();
        return capital(member.meaning()) + unit + label;
    }

    private static String capital(String phrase) {
        return phrase.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + phrase.substring(1);
    }

    private static void example(Component component, ObjectNode value) {
        Member member = component.member();
        String given = member == null ? "" : member.example();
        String shown = given.isEmpty() && component.role() == Member.Role.ROW ? ROW : given;
        if (shown.isEmpty()) {
            return;
        }
        try {
            JsonNode example = Json.read(shown);
            // Of a list, the examples are of its elements.
            boolean list = component.element() != null;
            ObjectNode leaf = list ? (ObjectNode) value.path("items") : value;
            ArrayNode examples = Json.object().putArray("examples");
            if (list && example.isArray()) {
                example.forEach(examples::add);
            } else {
                examples.add(example);
            }
            leaf.set("examples", examples);
        } catch (BadRequestException e) {
            throw new IllegalStateException("the example of " + component.accessor() + " is not JSON", e);
        }
    }

    private ObjectNode schema(Type type, Way way, @Nullable Bounds bounds) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            ObjectNode list = Json.object().put("type", "array");
            if (way == Way.SENT) {
                list.put("maxItems", FactReader.mostElements(bounds));
            }
            list.set("items", schema(generic.getActualTypeArguments()[0], way, null));
            return list;
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            ObjectNode entries = Json.object().put("type", "object");
            entries.set("additionalProperties", schema(generic.getActualTypeArguments()[1], way, null));
            return entries;
        }
        Class<?> of = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
        if (of == Decision.class) {
            return kinds();
        }
        if (of == Code.class) {
            return named(
                    "ProblemCode",
                    of,
                    () -> enumeration(
                            "What kind of problem; a code is never reused for another meaning", constants(of)));
        }
        if (Term.class.isAssignableFrom(of)) {
            return words(of.asSubclass(Term.class), way);
        }
        if (of.isEnum()) {
            return allowed(constants(of).keySet().stream().toList());
        }
        return of.isRecord() && of != Limit.class && !Location.class.isAssignableFrom(of)
                ? record(of, way)
                : leaf(of, bounds);
    }

    private ObjectNode record(Class<?> type, Way way) {
        String name = name(type) + (way == Way.SENT ? "Input" : "");
        return named(name, type, () -> object(RecordType.presented(type), way, Record.class));
    }

    /** What a type is called: of one within another, with that one's name before it. */
    private static String name(Class<?> type) {
        Class<?> around = type.getEnclosingClass();
        String own = type.getSimpleName();
        if (around == null) {
            return own.endsWith("Json") ? own.substring(0, own.length() - "Json".length()) : own;
        }
        String outer = name(around).replaceFirst("(?<=.)(Decision|Controller)$|^Operations$", "");
        return own.startsWith(outer) ? own : outer + own;
    }

    private static Map<String, String> constants(Class<?> type) {
        var labels = new LinkedHashMap<String, String>();
        for (Object each : type.getEnumConstants()) {
            labels.put(((Enum<?>) each).name(), each instanceof Term term ? term.label() : "");
        }
        return labels;
    }

    private static ObjectNode allowed(List<String> codes) {
        ObjectNode schema = Json.object().put("type", "string");
        ArrayNode list = schema.putArray("enum");
        codes.forEach(list::add);
        schema.putArray("examples").add(codes.get(0));
        return schema;
    }

    private static ObjectNode enumeration(String meaning, Map<String, String> labels) {
        String words = labels.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .map(each -> "`" + each.getKey() + "` " + each.getValue())
                .collect(Collectors.joining(", "));
        ObjectNode schema = Json.object().put("description", words.isEmpty() ? meaning : meaning + ": " + words);
        schema.setAll(allowed(labels.keySet().stream().toList()));
        return schema;
    }

    /** A word: of a closed set its code, of an open one an object; sent, whatever names it. */
    private ObjectNode words(Class<? extends Term> set, Way way) {
        String name = name(set);
        if (set.isEnum()) {
            return named(
                    name,
                    set,
                    () -> enumeration(
                            "Its code; in requests its label will do too, or an object with its `code`",
                            constants(set)));
        }
        if (way == Way.ANSWERED) {
            return named(name, set, () -> {
                ObjectNode schema = word(set);
                ((ArrayNode) schema.path("required")).add("label");
                return schema;
            });
        }
        return named(name + "Input", set, () -> {
            String territory = set == Body.class
                    ? ", or the area of the territory that it answers for"
                    : set == Area.class ? ", or a point on the map, whose area the policy's sheet 区域范围 tells" : "";
            ObjectNode schema = Json.object()
                    .put(
                            "description",
                            "A word of the set `" + SetNames.of(set) + "` (GET /v1/vocabulary): its code or its label"
                                    + territory + "; or the object that answers have for it");
            ObjectNode word = word(set);
            ArrayNode ways = schema.putArray("anyOf");
            ways.addObject()
                    .put("type", "string")
                    .set(
                            "examples",
                            word.path("properties")
                                    .path("code")
                                    .path("examples")
                                    .deepCopy());
            ways.add(word);
            if (set == Area.class) {
                ways.add(record(FactReader.GivenPoint.class, way));
            }
            return schema;
        });
    }

    private ObjectNode word(Class<? extends Term> set) {
        ObjectNode schema = Json.object()
                .put("description", "A word of the set `" + SetNames.of(set) + "` (GET /v1/vocabulary)")
                .put("type", "object");
        schema.putArray("required").add("code");
        ObjectNode properties = schema.putObject("properties");
        for (Component component : RecordType.of(set).components()) {
            if (component.name().equals("code") || component.name().equals("label")) {
                ObjectNode value = properties.putObject(component.name());
                value.put(
                        "description",
                        component.name().equals("code") ? "What programs call it" : "What people call it");
                value.put("type", "string");
                example(component, value);
            }
        }
        return schema;
    }

    private static ObjectNode leaf(Class<?> type, @Nullable Bounds bounds) {
        ObjectNode schema = Json.object();
        if (type == boolean.class || type == Boolean.class) {
            schema.put("type", "boolean").putArray("examples").add(true);
        } else if (type == OffsetDateTime.class || type == Instant.class) {
            schema.put("type", "string").put("format", "date-time");
            schema.putArray("examples").add(type == Instant.class ? INSTANT : TIME);
        } else if (type == BigDecimal.class) {
            numbers(schema.put("type", "number"), bounds).putArray("examples").add(new BigDecimal("1.5"));
        } else if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            numbers(schema.put("type", "integer"), bounds).putArray("examples").add(1);
        } else if (JsonNode.class.isAssignableFrom(type)) {
            schema.put("type", "object").put("additionalProperties", true);
        } else if (type == InputStream.class) {
            schema.put("type", "string").put("contentMediaType", "application/octet-stream");
        } else {
            schema.put("type", "string");
            if (bounds != null && bounds.min() > 0) {
                schema.put("minLength", bounds.min());
            }
            if (bounds != null) {
                schema.put("maxLength", bounds.max());
            }
        }
        return schema;
    }

    private static ObjectNode numbers(ObjectNode schema, @Nullable Bounds bounds) {
        return bounds == null ? schema : schema.put("minimum", bounds.min()).put("maximum", bounds.max());
    }
}
