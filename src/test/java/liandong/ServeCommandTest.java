package liandong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import liandong.cli.RootCommand;
import liandong.policy.PolicyFiles;
import liandong.policy.TinyPolicy;
import liandong.publication.Gate;
import liandong.publication.LivePolicies;
import liandong.publication.LivePolicy;
import liandong.publication.PolicyLifecycle;
import liandong.publication.Publication;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.web.DocumentedHttp;
import liandong.wire.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Tag("slow") // starts the program as a process
class ServeCommandTest {
    private final StringWriter said = new StringWriter();

    private int run(String... args) {
        var program = RootCommand.commandLine(new ServeCommand());
        program.setErr(new PrintWriter(said, true));
        program.getSubcommands().values().forEach(command -> command.setErr(new PrintWriter(said, true)));
        String[] withStore = Arrays.copyOf(args, args.length + 2);
        withStore[args.length] = "--store";
        withStore[args.length + 1] = Stores.SQLITE.fresh();
        return program.execute(withStore);
    }

    private static Path written(TinyPolicy policy, Path folder) throws IOException {
        for (var file : policy.files().files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return folder;
    }

    @Test
    void a_faulty_policy_is_not_served_and_every_fault_is_named_at_its_cell(@TempDir Path folder) throws IOException {
        Path bad = written(
                TinyPolicy.withOneRule().cell("routing.xlsx 派单目录!A3", "").cell("vocabulary.xlsx 来源!B3", ""), folder);

        int exitCode = run("serve", "--port", "0", "--policy", bad.toString());

        assertThat(exitCode).isEqualTo(1);
        assertThat(said.toString().lines())
                .anyMatch(line -> line.startsWith("routing.xlsx 派单目录!A3: MISSING_ID: "))
                .anyMatch(line -> line.startsWith("vocabulary.xlsx 来源!B3: MISSING_VALUE: "));
    }

    @Test
    void a_policy_with_an_error_that_shows_only_when_it_is_checked_whole_is_not_served_either(@TempDir Path folder)
            throws IOException {
        Path bad = written(
                TinyPolicy.complete()
                        .row(TinyPolicy.READING, "危险筛查", "X-1", "", "喊救命", "分句", "现在", "", "", "", "试行", "已确认"),
                folder);

        int exitCode = run("serve", "--port", "0", "--policy", bad.toString());

        assertThat(exitCode).isEqualTo(1);
        assertThat(said.toString().lines())
                .anyMatch(line -> line.startsWith("reading.xlsx 危险筛查!F3: DANGER_WITHOUT_RELAY: "));
    }

    @Test
    void a_folder_that_is_not_there_is_a_wrong_call() {
        assertThat(run("serve", "--policy", "/no/such/folder", "--lang", "en")).isEqualTo(2);
        assertThat(said.toString())
                .isEqualTo("/no/such/folder: there is no such policy folder." + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource({
        "--gate-days, soon, is no whole number from 0 to 36500",
        "--gate-days, -1, is no whole number from 0 to 36500",
        "--gate-days, 36501, is no whole number from 0 to 36500",
        "--retain-days, -5, is no whole number from 1 to 36500",
        "--retain-days, 0, is no whole number from 1 to 36500",
        "--retain-days, 36501, is no whole number from 1 to 36500",
        "--retain-days, 99999999999, is no whole number from 1 to 36500",
        "--warm-up, 61, is no whole number from 0 to 60",
        "--warm-up, 1.5, is no whole number from 0 to 60",
        "--port, -1, is no whole number from 0 to 65535",
        "--port, 65536, is no whole number from 0 to 65535",
        "--gate-percent, many, is no number from 0 to 100",
        "--gate-percent, -5, is no number from 0 to 100",
        "--gate-percent, 100.5, is no number from 0 to 100",
        "--gate-percent, NaN, is no number from 0 to 100",
        "--oidc-issuer, http://id.example.org/, 'is no address of HTTPS, nor one of HTTP on this machine, without ? and #'",
    })
    void a_number_that_cannot_be_is_a_wrong_call(String option, String value, String why) {
        assertThat(run("serve", option, value)).isEqualTo(2);
        assertThat(said.toString())
                .startsWith(
                        "Invalid value for option '" + option + "': '" + value + "' " + why + System.lineSeparator());
    }

    @Test
    void others_are_not_let_in_without_keys(@TempDir Path folder) throws IOException {
        Path good = written(TinyPolicy.withOneRule(), folder);

        int exitCode = run("serve", "--port", "0", "--address", "0.0.0.0", "--policy", good.toString());

        assertThat(exitCode).isEqualTo(2);
        assertThat(said.toString())
                .isEqualTo("--address: OPEN_TO_OTHERS: Without keys the service does not listen on 0.0.0.0: anybody who"
                        + " reaches it could change what it serves. Make a key first, with the command: keys add NAME"
                        + " --roles ROLES. Or leave --address out to serve this machine only."
                        + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource({
        "--oidc-issuer, https://id.example.org",
        "--oidc-audience, liandong",
        "--oidc-name-claim, email",
        "--oidc-role, lead=approver",
    })
    void an_issuer_is_named_together_with_what_its_tokens_are_made_out_to(String option, String value) {
        assertThat(run("serve", "--lang", "en", option, value)).isEqualTo(2);
        assertThat(said.toString())
                .startsWith("--oidc-issuer: HALF_AN_ISSUER: --oidc-issuer and --oidc-audience count only together");
    }

    @ParameterizedTest
    @CsvSource({
        "en, 'There are no keys: ', 'Store: ', ': 17 tables, 15 rows: ', 'Port {0} is taken. Name another with --port.'",
        "zh, '还没有密钥：', '存储：', '：17 张表，15 行，', '端口 {0} 已被占用，请用 --port 另选一个。'"
    })
    void what_is_served_where_and_a_port_that_is_taken_are_told_in_the_language_asked_for(
            String language, String open, String store, String account, String port, @TempDir Path folder)
            throws IOException {
        Path good = written(TinyPolicy.withOneRule(), folder);
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String number = String.valueOf(taken.getLocalPort());

            int exitCode = run("serve", "--port", number, "--policy", good.toString(), "--lang", language);

            assertThat(exitCode).isEqualTo(2);
            assertThat(said.toString())
                    .contains(open, store, account)
                    .endsWith(port.replace("{0}", number) + System.lineSeparator());
        }
    }

    @Test
    void the_command_line_counts_before_the_environment_and_a_second_service_is_told_of_the_first(@TempDir Path temp)
            throws Exception {
        String store = temp.resolve("live.db").toString();
        Path good = written(TinyPolicy.withOneRule(), temp.resolve("policy"));
        var environment = Map.of(
                "SERVER_ADDRESS", "0.0.0.0",
                "SERVER_PORT", "1",
                "MANAGEMENT_SERVER_PORT", "1",
                "LIANDONG_RULES_OVER_HTTP", "true",
                "SERVER_FORWARD_HEADERS_STRATEGY", "native",
                "SERVER_TOMCAT_REMOTEIP_REMOTE_IP_HEADER", "X-Mine",
                "KUBERNETES_SERVICE_HOST", "10.0.0.1",
                "KUBERNETES_SERVICE_PORT", "443");
        try (Served first = Served.in(environment, store, "--policy", good.toString(), "--lang", "en")) {
            // It listens to this machine only, on the port that was asked for, and believes no header.
            assertThat(first.at("/").getPort()).isNotEqualTo(1);
            for (String header : List.of("X-Forwarded-For", "X-Mine")) {
                assertThat(asked(first, "/v1/vocabulary", header, "203.0.113.9"))
                        .as(header)
                        .isEqualTo(header.equals("X-Mine") ? 200 : 403);
            }
            var address = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(each -> !each.isLoopbackAddress() && each instanceof Inet4Address)
                    .findFirst();
            if (address.isPresent()) {
                assertThatThrownBy(() -> new Socket(address.get(), first.at("/").getPort()))
                        .isInstanceOf(ConnectException.class);
            }
            try (Served second = Served.on(
                    store,
                    "--policy",
                    good.toString(),
                    "--lang",
                    "en",
                    "--oidc-issuer",
                    "http://127.0.0.1:1/nobody",
                    "--oidc-audience",
                    "liandong")) {
                assertThat(asked(second, "/actuator/health", "X-A", "b")).isEqualTo(200);
                // Where tokens are taken nobody gets in without one, though there be no keys.
                assertThat(asked(second, "/v1/vocabulary", "X-A", "b")).isEqualTo(401);
                assertThat(asked(second, "/v1/vocabulary", "Authorization", "Bearer a.b.c"))
                        .isEqualTo(401);
                assertThat(second.awaitedBefore(
                                Pattern.compile("^Another service \\(process \\d+\\) runs on this SQLite file")))
                        .isTrue();
            }
        }
    }

    @Test
    void scenarios_are_decided_before_it_is_ready_and_nothing_of_it_is_kept_or_counted(@TempDir Path temp)
            throws Exception {
        String store = temp.resolve("warm.db").toString();
        try (Served service = Served.on(store, "--warm-up", "2", "--lang", "en")) {
            assertThat(asked(service, "/actuator/health/readiness", "X-A", "b")).isEqualTo(200);
            assertThat(answered(service, "/v1/decisions")).contains("\"decisions\":[]");
            assertThat(answered(service, "/actuator/prometheus").lines()).contains("liandong_journal_kept_total 0.0");
        }
    }

    @Test
    void a_log_for_a_collector_is_one_json_document_a_line_and_has_nothing_of_what_citizens_say(@TempDir Path temp)
            throws Exception {
        String store = temp.resolve("log.db").toString();
        TinyPolicy failing = TinyPolicy.complete().rules("""
                rule "X-001 读不懂"
                @source("测试")
                when
                    $report : Report()
                then
                    insert( Integer.valueOf( $report.text() ) );
                end
                """);
        Path bad = written(failing, temp.resolve("policy"));
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        try (Served service = Served.on(
                store,
                "--policy",
                bad.toString(),
                "--log-format",
                "ecs",
                "--lang",
                "en",
                "--warm-up",
                "0",
                "--otlp",
                "http://127.0.0.1:1")) { // where no collector is
            for (String body : List.of(
                    report("张三13812345678说漏水", "HOLE"),
                    report("张三13812345678说漏水", "NOBODY_KNOWS"),
                    report("张三13812345678说漏水", "HOLE").substring(1))) {
                for (String type : List.of("application/json", "application/x-ndjson")) {
                    new DocumentedHttp()
                            .send(
                                    HttpRequest.newBuilder(service.at("/v1/routing"))
                                            .header("Content-Type", type)
                                            .header("X-API-Key", "key-13812345678")
                                            .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                                            .POST(HttpRequest.BodyPublishers.ofString(body))
                                            .build(),
                                    BodyHandlers.ofString());
                }
            }
            service.signal("TERM");
            service.ended(Duration.ofSeconds(60));

            // What the Java machine itself says comes before.
            List<String> said = service.said().stream()
                    .dropWhile(line -> !line.startsWith("{"))
                    .toList();
            assertThat(said).isNotEmpty().allSatisfy(line -> {
                JsonNode json = Json.read(line);
                assertThat(json.path("@timestamp").stringValue()).isNotEmpty();
                assertThat(json.path("log").path("level").stringValue()).isIn("INFO", "WARN", "ERROR");
                assertThat(json.path("message").stringValue()).isNotEmpty();
                assertThat(line).doesNotContain("张三", "13812345678", "漏水");
            });
            assertThat(said).anyMatch(line -> line.contains("There are no keys"));
            assertThat(said)
                    .as("a rule that failed, for a request and for a line of a stream")
                    .filteredOn(line -> line.contains("java.lang.NumberFormatException"))
                    .hasSize(2)
                    .allSatisfy(
                            line -> assertThat(Json.read(line).at("/trace/id").stringValue(""))
                                    .isEqualTo(trace));
        }
    }

    private static String report(String text, String type) {
        return "{\"incident\":{\"id\":\"张三-1\",\"reportedAt\":\"2026-03-02T10:00:00+08:00\",\"source\":\"GRID\","
                + "\"area\":\"330102001001\",\"eventType\":\"" + type + "\",\"text\":\"" + text + "\"}}";
    }

    private static String answered(Served service, String path) throws Exception {
        return new DocumentedHttp()
                .send(HttpRequest.newBuilder(service.at(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private static int asked(Served service, String path, String header, String value) throws Exception {
        return new DocumentedHttp()
                .send(
                        HttpRequest.newBuilder(service.at(path))
                                .header(header, value)
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void a_postgres_that_is_started_later_is_waited_for_and_one_that_never_is_is_told(@TempDir Path temp)
            throws Exception {
        Path good = written(TinyPolicy.withOneRule(), temp.resolve("policy"));
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String store = "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
        var program = RootCommand.commandLine(new ServeCommand());
        program.getSubcommands().values().forEach(command -> command.setErr(new PrintWriter(said, true)));
        assertThat(program.execute("serve", "--port", "0", "--store", store, "--store-wait", "5", "--lang", "en"))
                .isEqualTo(2);
        List<String> lines = said.toString().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .startsWith("jdbc:postgresql://localhost:" + port + "/postgres: STORE_UNREACHABLE: ")
                .endsWith(" Waiting for it, at most 5 s (--store-wait).");
        assertThat(lines.get(1)).startsWith("jdbc:postgresql://localhost:" + port + "/postgres: STORE_UNREACHABLE: ");

        var late = new CompletableFuture<EmbeddedPostgres>();
        var starter = new Thread(() -> {
            try {
                Thread.sleep(4_000);
                late.complete(EmbeddedPostgres.builder().setPort(port).start());
            } catch (IOException | InterruptedException e) {
                late.completeExceptionally(e);
            }
        });
        starter.start();
        try (Served service = Served.on(store, "--policy", good.toString(), "--lang", "en")) {
            assertThat(asked(service, "/actuator/health", "X-A", "b")).isEqualTo(200);
            assertThat(service.awaitedBefore(Pattern.compile(" Waiting for it, at most 300 s \\(--store-wait\\)\\.$")))
                    .isTrue();
            assertThat(service.awaitedBefore(Pattern.compile("^The store answers: ")))
                    .isTrue();
        } finally {
            late.get().close();
        }
    }

    @Test
    void whoever_starts_it_reads_where_it_listens_and_what_is_published_in_their_language(@TempDir Path temp)
            throws Exception {
        String store = temp.resolve("live.db").toString();
        PolicyFiles second =
                TinyPolicy.withOneRule().cell("routing.xlsx 派单目录!G3", "新方案").files();
        try (Database database = Database.open(store, null, null);
                LivePolicy first =
                        LivePolicies.beginning(TinyPolicy.withOneRule().files().labelled("第一"), database)) {
            assertThat(first.get().label()).isEqualTo("第一");
            try (Served service = Served.on(store, "--lang", "zh")) {
                assertThat(new DocumentedHttp()
                                .send(
                                        HttpRequest.newBuilder(service.at("/actuator/health"))
                                                .build(),
                                        BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(200);

                var life = new PolicyLifecycle(database, Clock.systemUTC(), Gate.OPEN);
                // A label that would look like another line of the log, and steer the terminal that shows it.
                PolicyFiles labelled = second.labelled("第\u001b[2J\u202e\n\u009b二");
                long no = life.propose(labelled, "张三").no();
                life.check(no, "张三", (done, of) -> {});
                life.approve(no, second.content(), "李四");
                Publication published = life.publish(no, null, null, "李四", "换");

                assertThat(service.awaited(Pattern.compile("现在执行：")))
                        .endsWith("现在执行：第�[2J�二 " + published.version() + "（第 " + published.no() + " 次发布）");
            }
        }
    }
}
