package liandong.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import liandong.Served;
import liandong.stock.Reports;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A service is killed (SIGKILL) while it sends what it has decided; the next one on its store goes on. */
@Tag("slow")
class WebhooksKillTest {
    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final int INCIDENTS = 10;
    private static final int EACH = 6;

    private static String decided(URI at, int incident, int time) throws Exception {
        ObjectNode report = Reports.report(0);
        report.put("now", "2026-03-20T17:0" + time + ":00+08:00");
        ((ObjectNode) report.get("incident")).put("id", "W-" + incident);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(at)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(Json.write(report)))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonMapper().readTree(answer.body()).get("decisionId").stringValue();
    }

    private static Process killable(String store, TestReceiver receiver, int from, int to) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SenderToBeKilled.class.getName(),
                        store,
                        receiver.url().toString(),
                        KEY,
                        String.valueOf(from),
                        String.valueOf(to))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @ParameterizedTest
    @EnumSource
    void a_process_that_is_killed_while_it_sends_loses_nothing_on_either_store(Stores kind) throws Exception {
        String store = kind.fresh();
        try (var receiver = new TestReceiver()) {
            receiver.answers(event -> {
                Thread.sleep(10);
                return 200;
            });
            Process first = killable(store, receiver, 0, 300);
            awaitTaken(receiver, 100);
            first.destroyForcibly().waitFor();
            int kept;
            try (Database database = Database.open(store, null, null)) {
                kept = database.sql()
                        .sql("SELECT count(*) FROM decision")
                        .query(Integer.class)
                        .single();
                // As if the lease had run out: else the next one would wait for a minute and a half.
                database.transact(
                        () -> database.sql().sql("UPDATE webhook SET until = 0").update());
            }
            Process second = killable(store, receiver, 1_000, 1_030);
            awaitTaken(receiver, kept + 30);
            second.destroyForcibly().waitFor();

            Map<String, List<Integer>> taken = new LinkedHashMap<>();
            var known = new LinkedHashSet<Integer>();
            receiver.taken().stream()
                    .map(each -> Integer.parseInt(each.decision()))
                    .filter(known::add)
                    .forEach(n -> taken.computeIfAbsent("SC-" + n / 3, subject -> new ArrayList<>())
                            .add(n));
            assertThat(known).hasSize(kept + 30);
            assertThat(taken.values()).allSatisfy(numbers -> assertThat(numbers).isSorted());
        }
    }

    private static void awaitTaken(TestReceiver receiver, int most) throws InterruptedException {
        for (int tries = 0; tries < 1_200 && ids(receiver).size() < most; tries++) {
            Thread.sleep(100);
        }
        assertThat(ids(receiver)).hasSizeGreaterThanOrEqualTo(most);
    }

    @Test
    void what_a_service_decided_before_its_end_is_sent_after_it_signed_and_in_order(@TempDir Path folder)
            throws Exception {
        Stores kind = Stores.SQLITE;
        Path key = folder.resolve("platform.key");
        Files.writeString(key, KEY + "\n");
        String store = kind.fresh();
        var left = new AtomicInteger(25);
        Map<String, List<String>> decided = new HashMap<>();
        try (var receiver = new TestReceiver()) {
            receiver.answers(event -> {
                Thread.sleep(20);
                return left.decrementAndGet() >= 0 ? 200 : 503;
            });
            String[] options = {
                "--webhook", "platform=" + receiver.url(), "--webhook-key", "platform=" + key, "--warm-up", "0"
            };
            try (Served served = Served.on(store, options)) {
                for (int time = 0; time < EACH; time++) {
                    for (int incident = 0; incident < INCIDENTS; incident++) {
                        decided.computeIfAbsent("W-" + incident, subject -> new ArrayList<>())
                                .add(decided(served.at("/v1/routing"), incident, time));
                    }
                }
            } // killed
            assertThat(receiver.taken()).hasSizeLessThanOrEqualTo(25);
            left.set(Integer.MAX_VALUE);
            try (Served served = Served.on(store, options)) {
                for (int tries = 0; tries < 1_800 && ids(receiver).size() < INCIDENTS * EACH; tries++) {
                    Thread.sleep(100);
                }
                assertThat(served.said()).isNotEmpty();
            }

            assertThat(ids(receiver)).hasSize(INCIDENTS * EACH);
            Map<String, LinkedHashSet<String>> taken = new LinkedHashMap<>();
            receiver.taken()
                    .forEach(each -> taken.computeIfAbsent(
                                    each.json().get("subject").stringValue(), subject -> new LinkedHashSet<>())
                            .add(each.id()));
            // What is sent a second time has the id that it had; the first times are in order.
            decided.forEach((incident, ids) ->
                    assertThat(List.copyOf(taken.get(incident))).as(incident).isEqualTo(ids));
            assertThat(receiver.taken())
                    .allSatisfy(each -> assertThat(each.signature())
                            .isEqualTo(WebhookKey.signature(
                                    List.of(Objects.requireNonNull(WebhookKey.of(KEY))),
                                    each.id(),
                                    Long.parseLong(each.timestamp()),
                                    each.body().getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static Set<String> ids(TestReceiver receiver) {
        var ids = new LinkedHashSet<String>();
        receiver.taken().forEach(each -> ids.add(each.id()));
        return ids;
    }
}
