package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.Docs;
import liandong.openapi.CurlExample;
import liandong.policy.Policy;
import liandong.policy.PolicyHistory;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.server.PathContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests in documents get the answers in the documents, over a real socket. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(DocsWebTest.Given.class)
class DocsWebTest {
    private static final Policy POLICY = Docs.policy();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern SENT = Pattern.compile("-d '(\\{.+})'", Pattern.DOTALL);
    private static final Pattern CURL = Pattern.compile("^curl .*?'?(?:http://)?localhost:8080(/[^\\s'?]*)");
    private static final int WIDTH = 100;

    /** Said of an answer that a document shows without what later questions are sent. */
    private static final String LEFT_OUT = " but next";

    @TestConfiguration(proxyBeanMethods = false)
    static class Given {
        @Bean
        PolicyHistory policy() {
            return new OnePolicy(() -> POLICY);
        }

        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2026-11-20T08:30:00Z"), ZoneOffset.UTC);
        }

        @Bean
        Database database() {
            return Stores.SQLITE.open();
        }
    }

    @LocalServerPort
    private int port;

    static List<Path> documents() {
        return Docs.all();
    }

    static List<Path> documentsThatAsk() {
        return Docs.all().stream()
                .filter(document -> Docs.blocks(document).stream()
                        .anyMatch(block -> block.role().equals("asks")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documentsThatAsk")
    void every_request_in_a_document_gets_the_answer_in_the_document(Path document) {
        List<Docs.Block> blocks = Docs.blocks(document).stream()
                .filter(block -> block.role().equals("asks") || block.role().equals("answers"))
                .toList();
        assertThat(blocks.size() % 2).as("a request without an answer").isZero();
        for (int i = 0; i < blocks.size(); i += 2) {
            Docs.Block asked = blocks.get(i);
            Docs.Block answered = blocks.get(i + 1);
            assertThat(List.of(asked.role(), answered.role()))
                    .as(asked.toString())
                    .containsExactly("asks", "answers");
            HttpResponse<String> response = ask(asked);
            assertThat(response.statusCode())
                    .as("%s%n%s", asked, response.body())
                    .isEqualTo(Integer.parseInt(answered.detail().split(" ", 2)[0]));
            JsonNode came = unversioned(response.body());
            if (answered.detail().endsWith(LEFT_OUT) && came instanceof ObjectNode whole) {
                assertThat(whole.remove("next")).as(answered.toString()).isNotNull();
            }
            if (Docs.RENEW) {
                Docs.renew(answered, pretty(came));
            } else {
                assertThat(unversioned(answered.text())).as(asked.toString()).isEqualTo(came);
            }
        }
    }

    /** Of every operation, the command that its page in the console offers to be copied; those that send files have none here. */
    @Test
    void every_example_of_the_interface_runs_as_it_is_copied() throws IOException, InterruptedException {
        assumeTrue(isInstalled("curl"), "curl is not installed");
        JsonNode document = Contract.document();
        var example = new CurlExample(document, POLICY.vocabulary());
        var wrong = new ArrayList<String>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String curl =
                        example.curl(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue());
                if (curl.contains("=@") || curl.contains("--data-binary")) {
                    continue;
                }
                int status = status(curl);
                boolean decides = path.getKey().matches("/v1/(routing|escalation|closure)");
                // What is not there, wants a name, or needs more than a schema can say: 401, 404, 422. What cannot
                // be read is the example's fault; Open311 has 400 for what we have 422 for.
                boolean other = path.getKey().startsWith(GeoReport.PATH);
                if (decides
                        ? status != 200
                        : status < 200
                                || status >= 500
                                || List.of(405, 406, 415).contains(status)
                                || (status == 400 && !other)) {
                    wrong.add(status + " " + curl);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private int status(String curl) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", "-c", curl + " -o /dev/null -w '%{http_code}'");
        builder.environment().put("LIANDONG", "http://127.0.0.1:" + port);
        builder.environment().put("KEY", "ld_key");
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed.matches("\\d+") ? Integer.parseInt(printed) : 0;
    }

    private static boolean isInstalled(String program) {
        boolean installed = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
        if (!installed) {
            System.err.println("SKIPPED: " + program + " is not installed, so nobody knows whether examples run.");
        }
        return installed;
    }

    static Stream<Docs.Block> programs() {
        return Docs.all().stream()
                .flatMap(document -> Docs.blocks(document).stream())
                .filter(block -> block.role().equals("came"));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void a_program_that_asks_about_a_whole_case_prints_what_the_document_shows(Docs.Block block, @TempDir Path folder)
            throws IOException, InterruptedException {
        assumeTrue(isInstalled("python3"), "python3 is not installed");
        Path printed = folder.resolve("printed");
        var builder = new ProcessBuilder("python3", block.detail(), "http://127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        Process program = builder.start();

        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        String came =
                Files.readString(printed).lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
        assertThat(program.exitValue()).as(came).isZero();
        if (Docs.RENEW) {
            Docs.renew(block, came);
        } else {
            assertThat(came).isEqualTo(block.text());
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void the_glue_of_a_whole_case_is_fifteen_lines_at_most(Docs.Block block) throws IOException {
        String[] parts = Files.readString(Path.of(block.detail())).split("# ————.*————\n", -1);
        List<String> glue = parts[1].lines().filter(line -> !line.isBlank()).toList();

        assertThat(glue).hasSizeLessThanOrEqualTo(15);
        // What is left are questions with their facts: what happened, and when.
        assertThat(parts[2].lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith(" "))
                        .toList())
                .allMatch(line -> line.matches("(case|case\\[.*\\]) \\+?= .*")
                        || line.matches("(\\w+ = )?(carry_out\\()?ask\\(\"(routing|escalation|closure|scoring)\", .*")
                        || line.matches("handling = \\{.*"));
        for (String question : List.of("routing", "escalation", "closure", "scoring")) {
            assertThat(parts[2]).contains("ask(\"" + question + "\"");
        }
        assertThat(parts).hasSize(3);
    }

    private HttpResponse<String> ask(Docs.Block block) {
        Matcher sent = SENT.matcher(block.text());
        String[] route = block.detail().split(" ", -1);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + route[1]))
                .header("Content-Type", "application/json")
                .header("Accept-Language", block.document().toString().contains("zh-CN") ? "zh-CN" : "en")
                .method(route[0], BodyPublishers.ofString(sent.find() ? sent.group(1) : block.text()))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** An answer without what changes with every edit of any table. */
    private static JsonNode unversioned(String json) {
        JsonNode node = read(json);
        if (node.has("decisionId")) {
            ((ObjectNode) node).put("decisionId", "…");
            ((ObjectNode) node.get("policy")).put("version", "…");
        }
        return node;
    }

    /** Numbers keep their decimals: 80.00 is not 80. */
    private static JsonNode read(String json) {
        try {
            return Json.read(json);
        } catch (BadRequestException e) {
            throw new AssertionError(json, e);
        }
    }

    /** An answer for people: what is short or flat stands on one line. */
    private static String pretty(JsonNode node) {
        var text = new StringBuilder();
        pretty(node, "", text);
        return text.toString();
    }

    private static void pretty(JsonNode node, String indent, StringBuilder text) {
        boolean flat = true;
        for (JsonNode each : node) {
            flat &= !each.isContainer();
        }
        String line = node.toString();
        if (!indent.isEmpty() && (flat || line.length() <= WIDTH)) {
            text.append(spaced(node));
            return;
        }
        text.append(node.isObject() ? "{" : "[");
        String before = "";
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                text.append(before).append('\n').append(indent).append("  ");
                text.append('"').append(member.getKey()).append("\": ");
                pretty(member.getValue(), indent + "  ", text);
                before = ",";
            }
        } else {
            for (JsonNode each : node) {
                text.append(before).append('\n').append(indent).append("  ");
                pretty(each, indent + "  ", text);
                before = ",";
            }
        }
        text.append('\n').append(indent).append(node.isObject() ? "}" : "]");
    }

    private static String spaced(JsonNode node) {
        var parts = new ArrayList<String>();
        if (node.isObject()) {
            node.properties().forEach(member -> parts.add("\"" + member.getKey() + "\": " + spaced(member.getValue())));
            return "{" + String.join(", ", parts) + "}";
        }
        if (node.isArray()) {
            node.forEach(each -> parts.add(spaced(each)));
            return "[" + String.join(", ", parts) + "]";
        }
        return node.toString();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_address_that_is_called_in_a_document_is_one(Path document) {
        for (Docs.Block block : Docs.blocks(document)) {
            for (String command : Docs.commands(block)) {
                Matcher curl = CURL.matcher(command);
                if (curl.find()) {
                    assertThat(Routes.ALL)
                            .as("%s: %s", document, command)
                            .anyMatch(route -> route.pattern().matches(PathContainer.parsePath(curl.group(1))));
                }
            }
        }
    }
}
