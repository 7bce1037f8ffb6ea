package liandong.praise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import liandong.Served;
import liandong.check.PolicyCheck;
import liandong.cli.RootCommand;
import liandong.cli.terminal.Terminal;
import liandong.decision.Decisions;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.policy.TinyPolicy;
import liandong.scenario.Cases;
import liandong.scenario.Coverage;
import liandong.scenario.ScenarioReader;
import liandong.scenario.Scenarios;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A decision that main knows nothing of is made, kept, found, run again, tested and exported like the others. */
class FifthDecisionTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Clock CLOCK =
            Clock.fixed(OffsetDateTime.parse("2026-11-20T16:30:00+08:00").toInstant(), ZoneOffset.UTC);

    private static final String WORKER = "{\"worker\":\"W-2\",\"area\":\"330102001001\",\"from\":"
            + "\"2026-01-05T09:00:00+08:00\",\"settled\":30,\"now\":\"2026-11-20T16:30:00+08:00\"}";

    @TempDir
    private Path folder;

    private static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(FifthDecisionTest.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static TinyPolicy policy() {
        return TinyPolicy.complete()
                .file("rules/praise.drl", resource("praise.drl"))
                .file("decision-tables/praise.xlsx", resource("praise.xlsx"))
                .file("decision-tables/scenarios/praise.xlsx", resource("praise-scenarios.xlsx"));
    }

    private Path written() throws IOException {
        Path root = folder.resolve("policy");
        for (var file : policy().files().files().entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return root;
    }

    @Test
    void it_is_served_kept_found_and_run_again() throws Exception {
        try (Served served = Served.on(
                folder.resolve("store.db").toString(), "--policy", written().toString())) {
            JsonNode answer = Json.read(post(served.at("/v1/praise"), "application/json", WORKER));
            String id = answer.path("decisionId").stringValue();
            String version = answer.path("policy").path("version").stringValue();

            assertThat(answer.toString())
                    .isEqualTo("{\"decisionId\":\"" + id + "\",\"outcome\":\"PRAISED\",\"praise\":\"THANKS\","
                            + "\"bonus\":0,\"by\":{\"code\":\"LEAD\",\"label\":\"主办局\"},"
                            + "\"due\":\"2026-11-24T17:30:00+08:00\",\"row\":\"PR-2\",\"policy\":{\"version\":\""
                            + version + "\",\"label\":\"policy\"},\"decidedAt\":\"2026-11-20T16:30:00+08:00\","
                            + "\"because\":[{\"rule\":\"PRA-010\",\"title\":\"符合表扬表的，按表予以表扬\","
                            + "\"source\":\"网格员管理办法\",\"row\":\"PR-2\",\"at\":\"praise.xlsx 表扬!A4\","
                            + "\"says\":\"就地解决 ≥30，不实上报 0 → 表扬方式 口头表扬，奖金 0，表扬单位 主办局，时限 2 工作日\","
                            + "\"confirmed\":false}],\"unconfirmed\":[\"PR-2\"]}");
            assertThat(post(served.at("/v1/praise"), "application/x-ndjson", WORKER + "\n{\"worker\":7}\n")
                            .lines())
                    .satisfiesExactly(
                            good -> assertThat(good).isEqualTo(answer.toString()),
                            bad -> assertThat(bad).contains("\"status\":422", "\"line\":2", "/worker"));
            assertThat(get(served.at("/v1/vocabulary")))
                    .contains("\"praiseKinds\":[{\"code\":\"THANKS\",\"label\":\"口头表扬\"}");
            JsonNode found = Json.read(get(served.at("/v1/decisions?kind=PRAISE&outcome=PRAISED&body=LEAD&row=PR-2")));
            assertThat(found.path("decisions").size()).isEqualTo(2);
            assertThat(found.path("decisions").get(0).path("incidentId").stringValue())
                    .isEqualTo("W-2");
            assertThat(get(served.at("/v1/incidents/W-2"))).contains("\"answer\":" + answer);
            assertThat(post(served.at("/v1/decisions/" + id + "/replay"), "application/json", ""))
                    .contains("\"result\":\"SAME\"");
        }
    }

    @Test
    void it_has_a_command_an_explanation_and_tables_that_are_exported() throws IOException {
        String policy = written().toString();
        Path file = Files.writeString(folder.resolve("workers.ndjson"), WORKER + "\n");

        Run answered = run("praise", file.toString(), "--policy", policy, "--lang", "en");
        Run explained = run("explain", file.toString(), "--policy", policy, "--lang", "en");
        Run help = run("praise", "--help");
        Run exported = run("export", folder.resolve("drools").toString(), "--policy", policy);

        assertThat(answered.out()).contains("\"outcome\":\"PRAISED\"");
        assertThat(answered.err()).isEqualTo("Answered: 1 (praised 1). Problems: 0.\n");
        assertThat(explained.out())
                .contains(
                        "Outcome: praised",
                        "Praise: thanks",
                        "Bonus: 0",
                        "By: 主办局",
                        "Due: 2026-11-24 17:30",
                        "PRA-010 符合表扬表的，按表予以表扬",
                        "PR-2");
        assertThat(help.out()).contains("Says of each grid worker of a file whether the worker is praised.");
        assertThat(exported.exit()).isZero();
        try (Stream<Path> tables = Files.list(folder.resolve("drools"))) {
            assertThat(tables.map(each -> each.getFileName().toString())).contains("rewards.drl.xlsx");
        }
    }

    @Test
    void its_scenarios_are_run_its_rows_covered_and_its_policy_checked() {
        Policy policy = policy().load();
        Scenarios scenarios = ScenarioReader.read(policy, policy.files().scenarios());
        var coverage = new Coverage(policy);

        assertThat(scenarios.problems()).isEmpty();
        assertThat(scenarios.cases()).hasSize(3).allSatisfy(scenario -> {
            coverage.run(scenario);
            assertThat(Cases.run(policy, scenario).checks()).allMatch(Cases.Check::held);
        });
        assertThat(coverage.tables().stream()
                        .filter(table -> table.table().type() == PraiseRow.Reward.class)
                        .flatMap(table -> table.rows().stream())
                        .map(coverage::state))
                .containsExactly(Coverage.RowState.DECIDED, Coverage.RowState.DECIDED);
        assertThat(PolicyCheck.of(policy.files(), TinyPolicy.TODAY).problems().stream()
                        .map(problem -> problem.line(Locale.ENGLISH))
                        .filter(line -> line.contains("praise")))
                .noneMatch(line -> line.contains("ERROR"));
    }

    @Test
    void a_policy_without_its_sheet_does_not_make_it() throws Exception {
        PolicyFiles without = TinyPolicy.complete().files();
        Policy policy = Decisions.policy(without, TinyPolicy.TODAY);

        assertThat(policy.decides(Decisions.named("PRAISE").part())).isFalse();
        assertThat(policy.decides(Decisions.named("ROUTING").part())).isTrue();
    }

    private record Run(int exit, String out, String err) {}

    private static Run run(String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]),
                out,
                Terminal.writer(err),
                CLOCK,
                files -> Decisions.policy(files, TinyPolicy.TODAY),
                false,
                false);
        int exit = RootCommand.commandLine(terminal).execute(args);
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private static String post(URI uri, String type, String body) throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(uri)
                                .header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
