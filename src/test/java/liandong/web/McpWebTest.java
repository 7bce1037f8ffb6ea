package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.jackson3.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import liandong.District;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.journal.Archive;
import liandong.journal.DecisionQuery;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyHistory;
import liandong.publication.LivePolicies;
import liandong.publication.PolicyLifecycle;
import liandong.store.Database;
import liandong.store.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tools for assistants, used as each role by the protocol's own client, which holds what it is answered against the tool's
 * schema.
 */
@SpringBootTest(
        classes = WebConfiguration.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "liandong.mcp=true")
@Import(McpWebTest.Given.class)
@DirtiesContext // keys stay for ever
class McpWebTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NOW = "2026-11-20T16:30:00+08:00";
    private static final Map<String, Object> REPORT = Map.of(
            "incident",
            Map.of("id", "TRY-1", "reportedAt", NOW, "source", "GRID", "area", "330102001051", "text", "路灯不亮"),
            "now",
            NOW);

    @TestConfiguration(proxyBeanMethods = false)
    static class Given {
        @Bean
        Database database() {
            return Stores.SQLITE.open();
        }

        @Bean
        PolicyHistory policy(Database database) {
            return LivePolicies.beginning(District.files(), database);
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    @Autowired
    private Archive archive;

    @Autowired
    private PolicyLifecycle life;

    private final Map<Role, String> secrets = new EnumMap<>(Role.class);

    @BeforeEach
    void everybody_has_a_key() {
        for (Role role : Role.values()) {
            secrets.put(role, keys.add("助手" + role.typed(), Set.of(role), "运维"));
        }
    }

    private McpSyncClient as(Role role) {
        var transport = HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + port)
                .requestBuilder(HttpRequest.newBuilder()
                        .header("Authorization", "Bearer " + secrets.get(role))
                        .header("Accept-Language", "en"))
                .jsonMapper(new JacksonMcpJsonMapper(JSON))
                .build();
        McpSyncClient client = McpClient.sync(transport)
                .requestTimeout(Duration.ofMinutes(5))
                .jsonSchemaValidator(new DefaultJsonSchemaValidator())
                .enableCallToolSchemaCaching(true)
                .build();
        client.initialize();
        return client;
    }

    private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private CallToolResult call(Role role, String tool, Map<String, Object> arguments) {
        try (McpSyncClient client = as(role)) {
            return call(client, tool, arguments);
        }
    }

    private static String text(CallToolResult result, int i) {
        return ((TextContent) result.content().get(i)).text();
    }

    private static JsonNode answer(CallToolResult result) {
        assertThat(result.isError()).as(text(result, 0)).isFalse();
        JsonNode structured = JSON.valueToTree(result.structuredContent());
        assertThat(JSON.readTree(text(result, result.content().size() - 1))).isEqualTo(structured);
        return structured;
    }

    /** The problems of a call that was refused, each as its place, code and mend. */
    private static List<String> problems(CallToolResult result) {
        assertThat(result.isError()).isTrue();
        return JSON.readTree(text(result, 0))
                .get("problems")
                .valueStream()
                .map(each -> each.path("pointer").asString(each.path("at").asString("")) + " "
                        + each.path("code").stringValue() + " "
                        + each.path("help").asString(""))
                .toList();
    }

    private long kept() {
        return archive.count(DecisionQuery.ALL);
    }

    @Test
    void each_role_is_shown_the_tools_that_it_may_use_and_all_of_them_only_read() {
        var shown = new EnumMap<Role, List<String>>(Role.class);
        for (Role role : Role.values()) {
            try (McpSyncClient client = as(role)) {
                List<Tool> tools = client.listTools().tools();
                shown.put(role, tools.stream().map(Tool::name).toList());
                assertThat(tools).allSatisfy(tool -> {
                    assertThat(tool.annotations().readOnlyHint()).isTrue();
                    assertThat(tool.annotations().destructiveHint()).isFalse();
                    assertThat(tool.description()).isNotBlank();
                    assertThat(tool.inputSchema()).containsEntry("type", "object");
                    assertThat(Objects.requireNonNull(tool.outputSchema())).containsEntry("type", "object");
                });
            }
        }

        List<String> worker =
                List.of("explain", "route", "why_not", "check", "test", "diff", "impact", "search_vocabulary");
        assertThat(shown)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Role.CALLER, List.of("search_vocabulary", "find_decisions"),
                        Role.TESTER, worker,
                        Role.EDITOR, worker,
                        Role.APPROVER, worker,
                        Role.AUDITOR, List.of("explain", "route", "diff", "search_vocabulary", "find_decisions"),
                        Role.OFFICER, List.of("search_vocabulary"),
                        Role.METRICS, List.of("search_vocabulary")));
    }

    @Test
    void who_connects_is_told_what_this_is_and_in_which_revision_it_is_spoken() {
        try (McpSyncClient client = as(Role.TESTER)) {
            InitializeResult told = client.getCurrentInitializationResult();

            assertThat(told.protocolVersion()).isEqualTo("2025-11-25");
            assertThat(told.serverInfo().name()).isEqualTo("liandong");
            assertThat(told.instructions()).contains("nothing is changed, approved or published");
            assertThat(told.capabilities().prompts()).isNull();
            assertThat(client.ping()).isNotNull();
        }
    }

    @Test
    void a_report_is_routed_as_a_caller_would_be_answered_and_nothing_is_kept() throws Exception {
        JsonNode tried = answer(call(Role.TESTER, "route", REPORT));

        // No other test asks for what is kept.
        assertThat(kept()).isZero();
        HttpResponse<String> asked = HttpClient.newHttpClient()
                .send(
                        request("/v1/routing", Role.CALLER, JSON.writeValueAsString(REPORT))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(tried).isEqualTo(JSON.readTree(asked.body()));
        assertThat(kept()).isOne();

        String id = tried.path("decisionId").stringValue();
        assertThat(answer(call(Role.CALLER, "find_decisions", Map.of()))
                        .at("/decisions/0/decisionId")
                        .stringValue())
                .isEqualTo(id);
        JsonNode whole = answer(call(Role.AUDITOR, "find_decisions", Map.of("id", id)));
        assertThat(whole.at("/decision/answer")).isEqualTo(tried);
        secrets.put(Role.CALLER, keys.add("第三个系统", Set.of(Role.CALLER), "运维"));
        assertThat(answer(call(Role.CALLER, "find_decisions", Map.of())).path("decisions"))
                .isEmpty();
        assertThat(problems(call(Role.CALLER, "find_decisions", Map.of("id", id))))
                .containsExactly(
                        "/id NOTHING_DECIDED A caller sees what was asked for with its own key; an auditor sees"
                                + " everything. What was pruned is gone.");
        JsonNode impact = answer(call(Role.EDITOR, "impact", Map.of("policy", 1)));
        assertThat(impact.path("looked").intValue()).isOne();
        assertThat(impact.at("/results/SAME").intValue()).isOne();
        assertThat(impact.path("complete").booleanValue()).isTrue();
    }

    @Test
    void a_decision_is_explained_in_words_and_in_full() {
        long before = kept();
        CallToolResult result = call(Role.AUDITOR, "explain", Map.of("request", REPORT));

        assertThat(text(result, 0)).startsWith("Outcome  Assigned: ").contains("What led to it", "nearly applied");
        assertThat(answer(result).path("decision").stringValue()).isEqualTo("ROUTING");
        assertThat(answer(result).path("answer").has("nearMisses")).isTrue();
        JsonNode scored = answer(call(
                Role.AUDITOR,
                "explain",
                Map.of(
                        "decision",
                        "PERIOD",
                        "request",
                        Map.of(
                                "now",
                                NOW,
                                "periods",
                                List.of(Map.of(
                                        "body", "JUSTICE", "counts", Map.of("due", 9, "closed", 9, "onTime", 8)))))));
        assertThat(scored.at("/answer/scores/0/outcome").stringValue()).isEqualTo("SCORED");
        assertThat(kept()).isEqualTo(before);
    }

    @Test
    void it_is_told_why_an_answer_is_not_another() {
        JsonNode told = answer(call(Role.TESTER, "why_not", Map.of("request", REPORT, "want", "urgency=URGENT")));

        assertThat(told.path("given").booleanValue()).isFalse();
        assertThat(told.path("rows")).isNotEmpty();
    }

    @Test
    void a_workbook_is_checked_and_scenarios_are_run() {
        String workbook = Base64.getEncoder()
                .encodeToString(Objects.requireNonNull(District.files().tables().get("scoring.xlsx")));
        JsonNode checked = answer(call(Role.EDITOR, "check", Map.of("workbook", workbook, "name", "scoring.xlsx")));
        JsonNode tested = answer(call(
                Role.TESTER,
                "test",
                Map.of(
                        "workbook",
                        Base64.getEncoder()
                                .encodeToString(District.files()
                                        .scenarios()
                                        .values()
                                        .iterator()
                                        .next()))));

        assertThat(checked.path("usable").booleanValue()).isTrue();
        assertThat(checked.path("problems").size()).isLessThanOrEqualTo(McpShapes.MOST_FINDINGS);
        // Scenarios of release 0.1 under today's rules: many expect what is decided otherwise by now.
        JsonNode report = tested.path("report");
        int failed = report.path("failed").intValue();
        assertThat(report.path("passed").intValue()
                        + failed
                        + report.path("broken").intValue())
                .isEqualTo(report.path("cases").intValue());
        assertThat(report.path("results")).hasSize(Math.min(failed, McpShapes.MOST_CASES));
        assertThat(report.at("/results/0/verdict").stringValue()).isEqualTo("FAILED");
        assertThat(tested.path("more").intValue()).isEqualTo(failed - McpShapes.MOST_CASES);
    }

    @Test
    void two_policies_are_compared_and_a_file_of_them_alone() {
        var files = new TreeMap<>(District.files().files());
        List<String> byLength = files.entrySet().stream()
                .filter(each -> each.getKey().contains("scenarios"))
                .sorted(Comparator.comparing(each -> each.getValue().length))
                .map(Map.Entry::getKey)
                .toList();
        String smallest = byLength.get(0);
        String largest = byLength.get(byLength.size() - 1);
        files.remove(smallest);
        long no = life.propose(new PolicyFiles("mine", files), "编辑").no();
        files.remove(largest);
        long less = life.propose(new PolicyFiles("less", files), "编辑").no();

        JsonNode all = answer(call(Role.AUDITOR, "diff", Map.of("policy", no)));

        assertThat(all.at("/files/0/path").stringValue()).isEqualTo(smallest);
        assertThat(all.path("files")).hasSize(1);
        assertThat(answer(call(Role.AUDITOR, "diff", Map.of("policy", less, "file", smallest)))
                        .path("files"))
                .isEqualTo(all.path("files"));
        assertThat(problems(call(Role.AUDITOR, "diff", Map.of("policy", no, "file", "x"))))
                .containsExactly("/file UNKNOWN_CHOICE Possible: " + smallest + ".");
        assertThat(problems(call(Role.AUDITOR, "diff", Map.of("policy", less))))
                .singleElement()
                .asString()
                .startsWith(" TOOL_ANSWER_TOO_LONG Ask for less: file, one of decision-tables/")
                .contains(smallest, largest);
        assertThat(problems(call(Role.AUDITOR, "diff", Map.of("policy", 99))))
                .containsExactly("policy 99 UNKNOWN_POLICY policy list shows those there are.");
    }

    @Test
    void words_are_found_by_a_part_of_them_and_a_slip_is_told_the_nearest() {
        JsonNode found = answer(call(Role.METRICS, "search_vocabulary", Map.of("query", "路灯")));

        assertThat(found.at("/words/0/code").stringValue()).isEqualTo("STREET_LIGHT");
        assertThat(found.at("/words/0/set").stringValue()).isEqualTo("eventTypes");
        assertThat(answer(call(Role.METRICS, "search_vocabulary", Map.of("query", "路登故障")))
                        .path("nearest")
                        .stringValue())
                .isEqualTo("路灯故障");
        assertThat(answer(call(Role.METRICS, "search_vocabulary", Map.of())).path("sets"))
                .isNotEmpty();
        JsonNode some = answer(call(Role.METRICS, "search_vocabulary", Map.of("set", "eventTypes", "limit", 2)));
        assertThat(some.path("words")).hasSize(2);
        assertThat(some.path("more").intValue()).isPositive();
    }

    @Test
    void what_is_wrong_is_told_at_its_place_with_how_to_mend_it() {
        try (McpSyncClient client = as(Role.TESTER)) {
            assertThat(problems(call(client, "route", Map.of("incident", Map.of("id", "A"), "colour", "red"))))
                    .anyMatch(each -> each.startsWith("/colour UNKNOWN_FIELD"))
                    .anyMatch(each -> each.startsWith("/incident/area MISSING_FIELD"));
            assertThat(problems(call(client, "explain", Map.of("request", Map.of("incident", Map.of("id", "A"))))))
                    .anyMatch(each -> each.startsWith("/request/incident/area MISSING_FIELD"));
            assertThat(problems(call(client, "explain", Map.of("decision", "LUNCH"))))
                    .anyMatch(each -> each.equals("/request MISSING_FIELD {…}"))
                    .anyMatch(each -> each.startsWith("/decision UNKNOWN_CHOICE Possible: ROUTING, ESCALATION"));
            assertThat(problems(call(client, "check", Map.of("workbook", "%"))))
                    .containsExactly("/workbook NOT_BASE64 Send the bytes of the .xlsx file in Base64 (RFC 4648, with"
                            + " padding, without line breaks).");
            assertThat(problems(call(client, "impact", Map.of("policy", 1, "limit", 1_000_000))))
                    .containsExactly("/limit OUT_OF_RANGE Write a number within that.");
        }
    }

    @Test
    void a_tool_of_others_is_refused_with_the_roles_that_it_takes_and_one_that_is_not_there_by_the_protocol() {
        assertThat(problems(call(Role.CALLER, "route", REPORT)))
                .containsExactly(
                        " NOT_ALLOWED It takes one of these roles: tester,editor,approver,auditor. The operator"
                                + " of the service gives them with a new key; to a token, its issuer does.");
        try (McpSyncClient client = as(Role.CALLER)) {
            assertThatThrownBy(() -> call(client, "publish", Map.of()))
                    .isInstanceOf(McpError.class)
                    .hasMessageContaining("There is no tool publish.");
        }
    }

    private HttpRequest.Builder request(String path, Role role, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .header("Accept-Language", "en")
                .header("Authorization", "Bearer " + secrets.get(role))
                .POST(BodyPublishers.ofString(body));
    }

    private String refused(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = new DocumentedHttp().send(request.build(), BodyHandlers.ofString());
        return response.statusCode() + " "
                + (response.body().isEmpty()
                        ? ""
                        : JSON.readTree(response.body()).path("title").asString(response.body()));
    }

    @Test
    void messages_that_are_none_and_pages_of_other_sites_are_refused_as_everywhere() throws Exception {
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

        assertThat(refused(request("/mcp", Role.CALLER, ping))).startsWith("200 ");
        assertThat(refused(
                        request("/mcp", Role.CALLER, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")))
                .isEqualTo("202 ");
        assertThat(refused(request("/mcp", Role.CALLER, "[" + ping + "]").header("MCP-Protocol-Version", "2025-06-18")))
                .isEqualTo("400 BAD_MESSAGE");
        assertThat(refused(request("/mcp", Role.CALLER, "{\"id\":1}"))).isEqualTo("400 BAD_MESSAGE");
        assertThat(refused(request("/mcp", Role.CALLER, "{"))).isEqualTo("400 BAD_JSON");
        assertThat(refused(request("/mcp", Role.CALLER, ping).header("MCP-Protocol-Version", "1999-01-01")))
                .isEqualTo("400 UNKNOWN_REVISION");
        assertThat(refused(request("/mcp", Role.CALLER, ping).header("MCP-Protocol-Version", "2025-06-18")))
                .startsWith("200 ");
        assertThat(refused(request("/mcp", Role.CALLER, ping).header("Origin", "https://elsewhere.example")))
                .isEqualTo("403 FOREIGN_ORIGIN");
        assertThat(refused(request("/mcp", Role.CALLER, ping).header("Origin", "http://127.0.0.1:" + port)))
                .startsWith("200 ");
        assertThat(refused(request("/mcp", Role.CALLER, ping).setHeader("Authorization", "Bearer nobody's")))
                .isEqualTo("401 UNKNOWN_KEY");
        assertThat(refused(request("/mcp", Role.CALLER, " ".repeat((8 << 20) + 1))))
                .isEqualTo("413 TOO_LARGE");
        assertThat(refused(request("/mcp", Role.CALLER, ping).GET())).isEqualTo("405 METHOD_NOT_ALLOWED");
    }

    private String answered(String body) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        request("/mcp", Role.CALLER, body)
                                .header("Accept-Language", "en")
                                .build(),
                        BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private static String ping(String id) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}";
    }

    @Test
    void a_list_of_messages_is_answered_one_by_one_in_the_revision_that_has_lists() throws Exception {
        String note = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
        String pong = "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{}}";
        String none = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,";

        assertThat(answered("[" + ping("1") + "," + note + "," + ping("\"b\"") + "]"))
                .isEqualTo("200 [" + pong.formatted("1") + "," + pong.formatted("\"b\"") + "]");
        assertThat(answered("[" + note + "]")).isEqualTo("202 ");
        assertThat(answered("[]")).startsWith("200 " + none);
        assertThat(answered("[7," + ping("2") + "]"))
                .startsWith("200 [" + none)
                .endsWith("," + pong.formatted("2") + "]");
        assertThat(answered("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}]"))
                .startsWith("200 [" + none);
        assertThat(answered("[" + String.join(",", Collections.nCopies(17, ping("1"))) + "]"))
                .startsWith("200 " + none + "\"message\":\"The list has 17 messages; 16 are taken at once.\"");
    }

    @Test
    void an_id_or_a_method_that_is_longer_than_any_is_no_request() throws Exception {
        String none = "200 {\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32600,\"message\":\"The text has %d"
                + " characters; %d are allowed.\"";

        assertThat(answered(ping("\"" + "x".repeat(256) + "\""))).endsWith("\",\"result\":{}}");
        assertThat(answered(ping("\"" + "x".repeat(257) + "\""))).startsWith(none.formatted("null", 257, 256));
        assertThat(answered("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + "m".repeat(129) + "\"}"))
                .startsWith(none.formatted("7", 129, 128));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"initialize\",\"params\":{\"protocolVersion\":{}}",
                "\"tools/call\",\"params\":{\"name\":\"search_vocabulary\",\"arguments\":\"{}\"}",
                "\"tools/call\",\"params\":{\"name\":\"search_vocabulary\",\"arguments\":[]}",
                "\"tools/call\",\"params\":{\"name\":\"search_vocabulary\",\"arguments\":{},\"_meta\":5}"
            })
    void params_that_cannot_be_read_are_told_without_the_name_of_a_class(String method) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        request("/mcp", Role.TESTER, "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":" + method + "}")
                                .build(),
                        BodyHandlers.ofString());

        assertThat(response.body())
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"error\":{\"code\":-32602,\"message\":\"The params are not"
                                + " those of this method\"}}");
    }
}
