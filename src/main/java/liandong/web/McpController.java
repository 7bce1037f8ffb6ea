package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import liandong.access.Caller;
import liandong.access.Role;
import liandong.problem.BusyException;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.web.McpMessages.Outcome;
import liandong.web.McpTool.Answer;
import liandong.web.McpTool.Call;
import liandong.web.McpTool.Effort;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * {@code POST /mcp}: tools for assistants, by the Model Context Protocol (Streamable HTTP). Nothing is there unless the service
 * was told to.
 */
@RestController
class McpController {
    static final String PATH = "/mcp";
    /** The largest file that a tool is given; in Base64 it has room in {@link #MOST_BYTES} beside the rest. */
    static final String MOST_FILE = "5.9 MiB";

    static final String REVISION = "MCP-Protocol-Version";

    private static final int MOST_BYTES = 8 << 20;
    /** Whoever sends more has a file, whose place is taken before it is read. */
    private static final int USUAL_BYTES = 1 << 20;
    /** How long an answer may be: as much as an assistant can read at once, and more. */
    private static final int MOST_ANSWER = 256 << 10;

    /** How long an id, and the name of a method, may be: both come back in the answer, or are looked up. */
    private static final int LONGEST_ID = 256;

    private static final int LONGEST_METHOD = 128;
    /** How many messages may come as a list, which the first revision alone has. */
    private static final int MOST_MESSAGES = 16;

    private static final RequestPointer ROOT = new RequestPointer("");

    private final boolean on;
    private final McpTools tools;
    private final HeavyWork heavyWork;
    private final ProblemAdvice advice;
    private @Nullable McpMessages messages;

    McpController(
            @Value("${liandong.mcp:false}") boolean on, McpTools tools, HeavyWork heavyWork, ProblemAdvice advice) {
        this.on = on;
        this.tools = tools;
        this.heavyWork = heavyWork;
        this.advice = advice;
    }

    /** Made when somebody first asks: a service that no assistant asks does not load the library. */
    private synchronized McpMessages messages() {
        if (messages == null) {
            messages = new McpMessages(tools.all());
        }
        return messages;
    }

    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE)
    void message(HttpServletRequest request, HttpServletResponse response)
            throws IOException, BadRequestException, NotThereException {
        if (!on) {
            throw new NotThereException();
        }
        String elsewhere = elsewhere(request);
        if (elsewhere != null) {
            ErrorResponses.write(request, response, HttpStatus.FORBIDDEN, Code.FOREIGN_ORIGIN, elsewhere);
            return;
        }
        String revision = request.getHeader(REVISION);
        if (revision != null && !McpMessages.REVISIONS.contains(revision)) {
            throw bad(Problem.of(
                    Code.UNKNOWN_REVISION,
                    ROOT,
                    FactReader.shortened(revision),
                    String.join(", ", McpMessages.REVISIONS)));
        }
        long length = request.getContentLengthLong();
        var placed = new AtomicBoolean(length < 0 || length > USUAL_BYTES);
        if (placed.get()) {
            enter();
        }
        try {
            JsonNode message = Json.read(Ndjson.decoded(Bodies.read(request, MOST_BYTES, "8 MiB")));
            if (message.isArray() && (revision == null || revision.equals(McpMessages.WITH_LISTS))) {
                answerAll(message, placed, request, response);
            } else {
                byte[] answer = answer(message, placed, request);
                if (answer == null) {
                    response.setStatus(HttpStatus.ACCEPTED.value());
                } else {
                    write(response, answer);
                }
            }
        } finally {
            if (placed.get()) {
                heavyWork.leave();
            }
        }
    }

    private void enter() {
        if (!heavyWork.enter()) {
            throw new BusyException();
        }
    }

    /** The page of another site that asks; null when none does. A proxy before us may speak https. */
    private static @Nullable String elsewhere(HttpServletRequest request) {
        String host = String.valueOf(request.getHeader(HttpHeaders.HOST));
        String plain = LocalRequests.otherSite(request, "http://" + host);
        return plain == null || LocalRequests.otherSite(request, "https://" + host) == null ? null : plain;
    }

    private static BadRequestException bad(Problem problem) {
        return new BadRequestException(false, List.of(problem));
    }

    /**
     * Answers a list of messages, as the revision of March 2025 demands and none since has: each by itself, one after the other. Who
     * names no revision is taken to speak that one.
     */
    private void answerAll(
            JsonNode messages, AtomicBoolean placed, HttpServletRequest request, HttpServletResponse response)
            throws IOException, BadRequestException {
        if (messages.isEmpty()) {
            write(response, invalid(NullNode.getInstance(), Problem.of(Code.BAD_MESSAGE, ROOT), request));
            return;
        }
        if (messages.size() > MOST_MESSAGES) {
            Problem problem = Problem.of(Code.TOO_MANY_MESSAGES, ROOT, messages.size(), MOST_MESSAGES);
            write(response, invalid(NullNode.getInstance(), problem, request));
            return;
        }
        var answers = new ArrayList<String>();
        for (JsonNode message : messages) {
            byte[] answer;
            if (!isMessage(message) || message.path("method").stringValue().equals("initialize")) {
                // The revision has no list with an initialize in it.
                answer = invalid(NullNode.getInstance(), Problem.of(Code.BAD_MESSAGE, ROOT), request);
            } else {
                answer = answer(message, placed, request);
            }
            if (answer != null) {
                answers.add(new String(answer, StandardCharsets.UTF_8));
            }
        }
        if (answers.isEmpty()) {
            response.setStatus(HttpStatus.ACCEPTED.value());
        } else {
            write(response, ("[" + String.join(",", answers) + "]").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static boolean isMessage(JsonNode message) {
        JsonNode id = message.path("id");
        JsonNode params = message.path("params");
        return message.path("jsonrpc").asString("").equals("2.0")
                && message.path("method").isString()
                && (id.isMissingNode() || id.isString() || id.isIntegralNumber())
                && (params.isMissingNode() || params.isObject());
    }

    /** What a request is refused with that is longer than any can be. */
    private byte[] invalid(JsonNode id, Problem problem, HttpServletRequest request) throws IOException {
        var refused = new BadRequestException(true, List.of(problem));
        return messages().invalid(id, problem.message(Locales.of(request)), told(refused, request));
    }

    /** The answer to one message; null where it needs none. */
    private byte @Nullable [] answer(JsonNode message, AtomicBoolean placed, HttpServletRequest request)
            throws IOException, BadRequestException {
        if (!isMessage(message)) {
            throw bad(Problem.of(Code.BAD_MESSAGE, ROOT));
        }
        JsonNode id = message.path("id");
        JsonNode params = message.path("params");
        int length = id.asString("").length();
        if (length > LONGEST_ID) {
            Problem problem = Problem.of(Code.TOO_LONG, ROOT.member("id"), length, LONGEST_ID);
            return invalid(NullNode.getInstance(), problem, request);
        }
        int method = message.path("method").stringValue().length();
        if (method > LONGEST_METHOD) {
            Problem problem = Problem.of(Code.TOO_LONG, ROOT.member("method"), method, LONGEST_METHOD);
            return id.isMissingNode() ? null : invalid(id, problem, request);
        }
        if (id.isMissingNode()) {
            messages().note(message);
            return null;
        }
        Caller caller = Callers.of(request);
        List<McpTool> visible =
                tools.all().stream().filter(tool -> tool.isFor(caller)).toList();
        if (message.path("method").stringValue().equals("tools/call") && !isTool(params.path("name"))) {
            Problem problem = Problem.of(
                    Code.UNKNOWN_TOOL,
                    ROOT.member("params").member("name"),
                    FactReader.shortened(params.path("name").asString("")),
                    visible.stream().map(McpTool::name).collect(Collectors.joining(", ")));
            var refused = new BadRequestException(true, List.of(problem));
            return messages().refused(id, problem.message(Locales.of(request)), told(refused, request));
        }
        JsonNode arguments = params.path("arguments").isMissingNode() ? Json.object() : params.path("arguments");
        return messages().answer(message, visible, tool -> outcome(tool, Call.of(request, arguments), placed, request));
    }

    private boolean isTool(JsonNode name) {
        return name.isString()
                && tools.all().stream().anyMatch(tool -> tool.name().equals(name.stringValue()));
    }

    /** What a route would tell of what went wrong, as JSON. */
    private String told(Exception e, HttpServletRequest request) {
        return new String(Objects.requireNonNull(advice.told(e, request).getBody()), StandardCharsets.UTF_8);
    }

    private static void write(HttpServletResponse response, byte[] json) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    /** What came of a tool. What goes wrong is told as a route would tell it: the same problems, logged alike. */
    private Outcome outcome(McpTool tool, Call call, AtomicBoolean placed, HttpServletRequest request) {
        try {
            if (!tool.isFor(call.caller())) {
                throw new BadRequestException(
                        true,
                        List.of(Problem.of(Code.NOT_ALLOWED, ROOT, call.caller().name(), Role.typed(tool.roles()))));
            }
            Answer answer = done(tool, call, placed);
            String json = Json.write(answer.json());
            int kib = json.length() >> 10;
            if (json.length() > MOST_ANSWER) {
                throw new BadRequestException(
                        true,
                        List.of(Problem.of(
                                Code.TOOL_ANSWER_TOO_LONG, ROOT, kib, MOST_ANSWER >> 10, answer.narrower())));
            }
            return new Outcome(answer.page().isEmpty() ? List.of(json) : List.of(answer.page(), json), json);
        } catch (Exception e) {
            return new Outcome(List.of(told(e, request)), null);
        }
    }

    private Answer done(McpTool tool, Call call, AtomicBoolean placed) throws IOException, BadRequestException {
        Effort effort = tool.effort().apply(call.arguments());
        if (effort == Effort.LIGHT) {
            return tool.work().done(call);
        }
        if (!placed.get()) {
            enter();
            placed.set(true);
        }
        return effort == Effort.HEAVY
                ? heavyWork.run(() -> tool.work().done(call))
                : heavyWork.runLong(() -> tool.work().done(call));
    }
}
