package liandong.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import liandong.decision.Decision;
import liandong.problem.Code;
import liandong.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI 3.1 document of the service. The same decisions and routes give the same document, byte for byte.
 *
 * <p>Problems name the codes that may come first in them under {@code x-problem-codes}.
 */
public final class OpenApiDocument {
    /** The security scheme of callers that have a key. */
    public static final String KEY = "key";
    /** The security scheme of people while there are no keys. */
    public static final String PERSON = "person";

    private static final Map<Integer, Refusal> REFUSALS = Map.ofEntries(
            Map.entry(400, new Refusal("BadRequest", "The request could not be read")),
            Map.entry(401, new Refusal("Unauthorized", "Nobody knows who asks")),
            Map.entry(403, new Refusal("Forbidden", "The caller may not do this")),
            Map.entry(404, new Refusal("NotFound", "There is no such thing")),
            Map.entry(406, new Refusal("NotAcceptable", "It is not answered in that media type")),
            Map.entry(408, new Refusal("RequestTimeout", "What was to be sent did not come in time")),
            Map.entry(
                    409,
                    new Refusal(
                            "Conflict",
                            "The state is not the one the caller assumes, or this step cannot be taken yet")),
            Map.entry(413, new Refusal("ContentTooLarge", "Too much was sent")),
            Map.entry(415, new Refusal("UnsupportedMediaType", "What is sent in that media type is not understood")),
            Map.entry(
                    422,
                    new Refusal("UnprocessableContent", "What the request says cannot be; everything wrong is named")),
            Map.entry(429, new Refusal("TooManyRequests", "The caller has made as many requests as one caller may")),
            Map.entry(500, new Refusal("InternalServerError", "Something is wrong with the service or its policy")),
            Map.entry(503, new Refusal("ServiceUnavailable", "Not now; nothing was answered that could not be kept")));

    private final Schemas schemas;
    private final ObjectNode responses = Json.object();
    private final Map<String, String> names = new LinkedHashMap<>();

    /** What a status of a refusal is called, and what it means. */
    private record Refusal(String name, String meaning) {}

    /**
     * A group of operations.
     *
     * @param name in English, then Chinese
     * @param meaning what they are about
     */
    public record Tag(String name, String meaning) {}

    /**
     * A route and its operation.
     *
     * @param method as in a request
     * @param path with its parameters in braces
     * @param security who may take it: each a way of its own; empty for anybody
     */
    public record Path(String method, String path, List<Way> security, Operation operation) {}

    /**
     * A way to be let in.
     *
     * @param scheme what it takes; empty for nothing
     * @param role the role that a key needs; empty for any
     */
    public record Way(String scheme, String role) {}

    private OpenApiDocument(Schemas schemas) {
        this.schemas = schemas;
    }

    /**
     * The document.
     *
     * @param decisions those there are
     * @param paths every route, those of the decisions included
     */
    public static ObjectNode of(List<Decision<?, ?>> decisions, List<Tag> tags, List<Path> paths) {
        return new OpenApiDocument(new Schemas(decisions)).document(tags, paths);
    }

    private ObjectNode document(List<Tag> tags, List<Path> paths) {
        ObjectNode document = Json.object().put("openapi", "3.1.1");
        ObjectNode info = document.putObject("info");
        info.put("title", "Liandong 联动").put("version", "v1");
        info.put("summary", "Decides what is to be done with an incident, by when and why");
        info.put(
                "description",
                "The same request, with its `now`, under the same policy gets the same answer, byte for byte. Problems"
                        + " follow RFC 9457; messages are Chinese unless `Accept-Language` asks for another language, which"
                        + " gets English. Answers may get further members in time: pass over those you do not know.");
        info.putObject("license").put("name", "Apache-2.0").put("identifier", "Apache-2.0");
        document.putArray("servers")
                .addObject()
                .put("url", "/")
                .put("description", "The service that serves this document");
        ArrayNode groups = document.putArray("tags");
        tags.forEach(tag -> groups.addObject().put("name", tag.name()).put("description", tag.meaning()));
        ObjectNode all = document.putObject("paths");
        for (Path path : paths) {
            ObjectNode item = all.get(path.path()) instanceof ObjectNode there ? there : all.putObject(path.path());
            item.set(path.method().toLowerCase(Locale.ROOT), operation(path));
        }
        ObjectNode components = document.putObject("components");
        ObjectNode named = components.putObject("schemas");
        schemas.named().forEach(named::set);
        components.set("responses", responses);
        security(components.putObject("securitySchemes"));
        return document;
    }

    private static void security(ObjectNode schemes) {
        schemes.putObject(KEY)
                .put("type", "http")
                .put("scheme", "bearer")
                .put(
                        "description",
                        "A key made with the command `keys add`; it has one role or several. Where the operators have named an"
                                + " issuer (OpenID Connect), an access token of it does the same. While no key was ever made, the"
                                + " service answers this machine only, and takes everybody on it for all.");
        schemes.putObject(PERSON)
                .put("type", "apiKey")
                .put("in", "header")
                .put("name", "Liandong-Person")
                .put(
                        "description",
                        "While no key was ever made: the name of the person who makes the change (UTF-8, or percent-encoded UTF-8)");
    }

    private ObjectNode operation(Path path) {
        Operation operation = path.operation();
        ObjectNode json = Json.object().put("operationId", operation.id());
        json.putArray("tags").add(operation.tag());
        json.put("summary", operation.summary());
        if (!operation.description().isEmpty()) {
            json.put("description", operation.description());
        }
        if (!operation.parameters().isEmpty()) {
            ArrayNode parameters = json.putArray("parameters");
            operation.parameters().forEach(each -> parameters.add(each.json(schemas)));
        }
        if (!operation.bodies().isEmpty()) {
            ObjectNode body = json.putObject("requestBody").put("required", operation.isBodyRequired());
            content(body, operation.bodies());
        }
        ObjectNode answers = json.putObject("responses");
        operation.answers().forEach((status, answer) -> answers.set(String.valueOf(status), answer(answer)));
        operation
                .refusals()
                .forEach((status, codes) -> answers.set(String.valueOf(status), refusal(status, codes, operation)));
        ArrayNode ways = json.putArray("security");
        for (Way way : path.security()) {
            ObjectNode scheme = ways.addObject();
            if (!way.scheme().isEmpty()) {
                ArrayNode roles = scheme.putArray(way.scheme());
                if (!way.role().isEmpty()) {
                    roles.add(way.role());
                }
            }
        }
        return json;
    }

    private void content(ObjectNode into, List<Content> contents) {
        if (!contents.isEmpty()) {
            ObjectNode content = into.putObject("content");
            contents.forEach(each -> content.set(each.mediaType(), each.json(schemas)));
        }
    }

    private ObjectNode answer(Operation.Answer answer) {
        ObjectNode json = Json.object().put("description", answer.meaning());
        headers(json, answer.headers());
        content(json, answer.contents());
        return json;
    }

    private static void headers(ObjectNode json, Map<String, String> headers) {
        if (!headers.isEmpty()) {
            ObjectNode object = json.putObject("headers");
            headers.forEach((name, meaning) -> object.putObject(name)
                    .put("description", meaning)
                    .putObject("schema")
                    .put("type", "string"));
        }
    }

    /** A refusal for certain codes, which stands once and is referred to. */
    private ObjectNode refusal(int status, SortedSet<Code> codes, Operation operation) {
        Refusal refusal = REFUSALS.get(status);
        if (refusal == null) {
            throw new IllegalStateException("nothing says what the status " + status + " means");
        }
        String list = codes.stream().map(code -> "`" + code + "`").collect(Collectors.joining(", "));
        String of = operation.isRefusedWithProblems() ? refusal.name() : "GeoReport" + refusal.name();
        String name = names.computeIfAbsent(of + list, key -> {
            String free = of;
            for (int i = 2; responses.has(free); i++) {
                free = of + i;
            }
            responses.set(free, response(status, refusal, list, codes, operation.refused()));
            return free;
        });
        return Json.object().put("$ref", "#/components/responses/" + name);
    }

    private JsonNode response(int status, Refusal refusal, String list, SortedSet<Code> codes, List<Content> contents) {
        ObjectNode json = Json.object().put("description", refusal.meaning() + ": " + list);
        headers(
                json,
                switch (status) {
                    case 401 -> Map.of("WWW-Authenticate", "Bearer");
                    case 429 ->
                        new TreeMap<>(Map.of(
                                "RateLimit",
                                        "How many requests are left (`r`), and in how many seconds all are again (`t`)",
                                "RateLimit-Policy",
                                        "How many requests (`q`) in how many seconds (`w`) a caller may make",
                                "Retry-After", "After how many seconds to ask again"));
                    case 503 -> Map.of("Retry-After", "After how many seconds to ask again");
                    case 409 ->
                        codes.contains(Code.KEY_IN_USE)
                                ? Map.of("Retry-After", "With `KEY_IN_USE`, after how many seconds to ask again")
                                : Map.of();
                    default -> Map.of();
                });
        content(json, contents);
        ArrayNode extension = json.putArray("x-problem-codes");
        codes.forEach(code -> extension.add(code.name()));
        return json;
    }

    /** A document as YAML, its members in their order. */
    public static String yaml(JsonNode document) {
        return Yaml.write(document);
    }
}
