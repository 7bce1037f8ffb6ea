package liandong.web;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import liandong.openapi.Content;
import liandong.openapi.StandaloneSchema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * The messages of the Model Context Protocol, understood and answered by its own library. Each stands by itself: there is no
 * session, so any of several services on one store answers any of them, and who asks is asked anew each time.
 *
 * <p>The library's own servlet is not used: it writes what went wrong with the names of its classes. Its schema validator is
 * not either: tools read what they are given as routes read requests, and say how to mend it.
 */
final class McpMessages implements McpStatelessServerTransport {
    /** The revisions of the protocol that are spoken, the newest last. Before these, messages came another way. */
    static final List<String> REVISIONS =
            List.of(ProtocolVersions.MCP_2025_03_26, ProtocolVersions.MCP_2025_06_18, ProtocolVersions.MCP_2025_11_25);

    /** The one in which messages may come as a list, and which is spoken by who names none. */
    static final String WITH_LISTS = ProtocolVersions.MCP_2025_03_26;

    private static final String INSTRUCTIONS =
            "Liandong (联动) decides what is to be done with an incident in a district: who takes it, by when and why. Everything"
                    + " here only reads and tries out: no answer of these tools is kept as a decision, and nothing is changed,"
                    + " approved or published. Look up words with search_vocabulary before you make a request. Every answer names"
                    + " the rules and rows behind it in `because`; quote their ids, and say so when a row is not confirmed. When a"
                    + " tool refuses, its problems name the place (`pointer`), what is wrong and how to mend it (`help`). Messages"
                    + " are Chinese unless the header Accept-Language asks for English.";

    private static final Logger LOG = LoggerFactory.getLogger(McpMessages.class);

    private static final String CALLED = "called";
    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    private final JsonMapper json = new JsonMapper();
    private final JacksonMcpJsonMapper mapper = new JacksonMcpJsonMapper(json);
    private @Nullable McpStatelessServerHandler handler;

    /**
     * What came of a tool.
     *
     * @param texts what assistants read
     * @param json what programs read, as it is written; null when it failed
     */
    record Outcome(List<String> texts, @Nullable String json) {}

    /** Does what a call asks of a tool. */
    @FunctionalInterface
    interface ToolCall {
        Outcome of(McpTool tool);
    }

    McpMessages(List<McpTool> tools) {
        Map<String, McpTool> byName = tools.stream().collect(Collectors.toMap(McpTool::name, Function.identity()));
        McpServer.sync(this)
                .jsonMapper(mapper)
                .jsonSchemaValidator((schema, content) -> ValidationResponse.asValid(""))
                .validateToolInputs(false)
                .serverInfo("liandong", "v1")
                .instructions(INSTRUCTIONS)
                .capabilities(ServerCapabilities.builder().tools(false).build())
                // On the thread of the request, for which turns and places were taken.
                .immediateExecution(true)
                .tools(tools.stream()
                        .map(tool -> new SyncToolSpecification(
                                described(tool),
                                (context, call) -> result(called(context).of(tool))))
                        .toList())
                .addToolFilter((context, tool) -> context.get(McpTool.class.getName()) instanceof List<?> visible
                        && visible.contains(byName.get(tool.name())))
                .build();
    }

    private Tool described(McpTool tool) {
        return Tool.builder(tool.name(), schema(tool.takes()))
                .title(tool.title())
                .description(tool.description())
                .outputSchema(schema(tool.answers()))
                .annotations(ToolAnnotations.builder()
                        .title(tool.title())
                        .readOnlyHint(true)
                        .destructiveHint(false)
                        .idempotentHint(true)
                        .openWorldHint(false)
                        .build())
                .build();
    }

    private Map<String, Object> schema(Content content) {
        return json.convertValue(StandaloneSchema.of(content), MEMBERS);
    }

    private static ToolCall called(McpTransportContext context) {
        return (ToolCall) Objects.requireNonNull(context.get(CALLED));
    }

    private static CallToolResult result(Outcome outcome) {
        var result = CallToolResult.builder().textContent(outcome.texts()).isError(outcome.json() == null);
        return outcome.json() == null
                ? result.build()
                : result.structuredContent(new RawValue(outcome.json())).build();
    }

    @Override
    public void setMcpHandler(McpStatelessServerHandler given) {
        handler = given;
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    @Override
    public List<String> protocolVersions() {
        return REVISIONS;
    }

    /**
     * Answers a request.
     *
     * @param visible the tools that the caller may use
     * @param called does what it asks of a tool
     */
    byte[] answer(JsonNode message, List<McpTool> visible, ToolCall called) throws IOException {
        Object id = json.convertValue(message.get("id"), Object.class);
        var request = new JSONRPCRequest(
                McpSchema.JSONRPC_VERSION, message.path("method").stringValue(), id, params(message));
        JSONRPCResponse answer = null;
        JSONRPCError error = null;
        try {
            answer = handler().handleRequest(context(visible, called), request).block();
            error = answer == null ? null : answer.error();
        } catch (IllegalArgumentException e) { // params, or what is in them, of another JSON type
            // Its message may quote what was sent, which belongs into no log.
            error = new JSONRPCError(McpSchema.ErrorCodes.INTERNAL_ERROR, "params of another JSON type");
        }
        if (answer == null || (error != null && error.code() == McpSchema.ErrorCodes.INTERNAL_ERROR)) {
            // Tools do not fail, so it could not be read; the library tells that with the names of its classes, which
            // is for us.
            if (error != null) {
                LOG.warn(
                        "A message of the Model Context Protocol could not be read: {}",
                        String.valueOf(error.message()).replaceAll("\\p{Cntrl}+", " "));
            }
            answer = JSONRPCResponse.error(
                    id,
                    new JSONRPCError(McpSchema.ErrorCodes.INVALID_PARAMS, "The params are not those of this method"));
        }
        return mapper.writeValueAsBytes(answer);
    }

    /**
     * The answer to a request that asks for what is not there.
     *
     * @param problem the same as JSON, with how to mend it
     */
    byte[] refused(JsonNode id, String words, String problem) throws IOException {
        return error(id, McpSchema.ErrorCodes.INVALID_PARAMS, words, problem);
    }

    /**
     * The answer to what is no request.
     *
     * @param id null where it cannot be told
     * @param problem the same as JSON, with how to mend it
     */
    byte[] invalid(JsonNode id, String words, String problem) throws IOException {
        return error(id, McpSchema.ErrorCodes.INVALID_REQUEST, words, problem);
    }

    private byte[] error(JsonNode id, int code, String words, String problem) throws IOException {
        // By hand: the library leaves out an id that is null, which JSON-RPC demands.
        ObjectNode error = json.createObjectNode().put("code", code).put("message", words);
        error.set("data", json.readTree(problem));
        ObjectNode answer = json.createObjectNode().put("jsonrpc", McpSchema.JSONRPC_VERSION);
        answer.set("id", id);
        answer.set("error", error);
        return json.writeValueAsBytes(answer);
    }

    /** Takes note of what needs no answer. */
    void note(JsonNode message) {
        handler()
                .handleNotification(
                        McpTransportContext.EMPTY,
                        new JSONRPCNotification(message.path("method").stringValue(), params(message)))
                .block();
    }

    private McpStatelessServerHandler handler() {
        return Objects.requireNonNull(handler, "the library sets it when the server is made");
    }

    private static McpTransportContext context(List<McpTool> visible, ToolCall called) {
        return McpTransportContext.create(Map.of(McpTool.class.getName(), visible, CALLED, called));
    }

    private Map<String, Object> params(JsonNode message) {
        JsonNode params = message.path("params");
        return params.isObject() ? json.convertValue(params, MEMBERS) : Map.of();
    }
}
