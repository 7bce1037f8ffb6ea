package liandong;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.policy.PolicyFiles;
import liandong.policy.TinyPolicy;
import liandong.publication.LivePolicies;
import liandong.publication.LivePolicy;
import liandong.store.Database;
import liandong.store.StoreException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A service at 80 % of what it can do, with all that goes wrong around it: publications, a slow client, connections that are half
 * open, heavy uploads, a database that is stopped and started twice. {@code mvn -Pload verify}, {@code -Dload.minutes=N}.
 */
@Tag("measure") // takes minutes, and a machine of its own
class LoadMeasurement {
    private static final int CALLERS = 8;
    private static final Duration OUTAGE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_PUBLICATIONS = Duration.ofSeconds(10);
    private static final Pattern HEAP = Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\"[^}]*} (\\S+)$");
    private static final JsonMapper JSON = new JsonMapper();
    // Made once: a workbook that is made again has other bytes, and so another version.
    private static final PolicyFiles ONE = policy("甲方案");
    private static final PolicyFiles OTHER = policy("乙方案");

    @TempDir
    private Path folder;

    private final AtomicBoolean going = new AtomicBoolean(true);
    private final AtomicLong ids = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong again = new AtomicLong();
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    /** The word that only answers of a version have. */
    private final Map<String, String> words = Map.of(ONE.version(), "甲方案", OTHER.version(), "乙方案");

    private static PolicyFiles policy(String source) {
        // Its one rule decides whatever is asked, and names the policy as its source.
        return TinyPolicy.complete()
                .rules(TinyPolicy.ONE_RULE.replace("测试", source))
                .files()
                .labelled(source);
    }

    private static String report(String id) {
        return "{\"incident\":{\"id\":\"" + id + "\",\"reportedAt\":\"2026-03-02T10:00:00+08:00\",\"source\":\"GRID\","
                + "\"area\":\"330102001001\",\"text\":\"路面坑洞\"},\"now\":\"2026-03-02T10:00:00+08:00\"}";
    }

    /** Asks once, again under the same key while the service says that it cannot, and looks at the answer. */
    private void ask(HttpClient http, Served service) throws InterruptedException {
        String id = "L-" + ids.incrementAndGet();
        HttpRequest request = HttpRequest.newBuilder(service.at("/v1/routing"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", id)
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofString(report(id)))
                .build();
        long begun = System.nanoTime();
        for (int tries = 1; ; tries++) {
            try {
                HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    if (tries == 1) {
                        nanos.add(System.nanoTime() - begun);
                    }
                    look(id, answer.body());
                    answered.incrementAndGet();
                    return;
                }
                if (answer.statusCode() != 503 && answer.statusCode() != 409) {
                    wrong.add(id + ": " + answer.statusCode() + " " + answer.body());
                    return;
                }
            } catch (IOException e) {
                wrong.add(id + ": " + e); // the service itself was there all the time
                return;
            }
            again.incrementAndGet();
            Thread.sleep(200);
        }
    }

    private void look(String id, String body) {
        JsonNode answer = JSON.readTree(body);
        String word = words.get(answer.at("/policy/version").asString(""));
        String other = word == null ? "" : word.equals("甲方案") ? "乙方案" : "甲方案";
        if (word == null || !body.contains(word) || body.contains(other) || !body.contains(id)) {
            wrong.add(id + ": mixed: " + body);
        }
    }

    /** So many callers ask for some time; how many answers there were in a second. */
    private double asked(Served service, int callers, double aSecond, Duration howLong) throws InterruptedException {
        long before = answered.get();
        long begun = System.nanoTime();
        long end = begun + howLong.toNanos();
        var turn = new AtomicLong();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < callers; i++) {
            HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            threads.add(new Thread(() -> {
                try {
                    while (System.nanoTime() < end) {
                        if (aSecond > 0) {
                            long at = begun + (long) (turn.getAndIncrement() * 1e9 / aSecond);
                            LockSupport.parkNanos(at - System.nanoTime());
                        }
                        ask(http, service);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread each : threads) {
            each.join();
        }
        return (answered.get() - before) * 1e9 / (System.nanoTime() - begun);
    }

    private double p99() {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        nanos.clear();
        return sorted[(int) (sorted.length * 0.99)] / 1e6;
    }

    /** Something that goes wrong again and again until the end. */
    private interface Trouble {
        void once() throws IOException, InterruptedException;
    }

    private Thread trouble(String name, Trouble trouble) {
        var thread = new Thread(
                () -> {
                    try {
                        while (going.get()) {
                            trouble.once();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (IOException | RuntimeException e) {
                        wrong.add(name + ": " + e);
                    }
                },
                name);
        thread.start();
        return thread;
    }

    private static Socket begun(Served service, String head) throws IOException {
        var socket =
                new Socket(InetAddress.getLoopbackAddress(), service.at("/").getPort());
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void pause(Duration howLong) throws InterruptedException {
        long end = System.nanoTime() + howLong.toNanos();
        while (going.get() && System.nanoTime() < end) {
            Thread.sleep(100);
        }
    }

    private void slow(Served service) throws IOException, InterruptedException {
        String head = "POST /v1/routing HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 1000\r\n\r\n{";
        try (Socket socket = begun(service, head)) {
            for (int i = 0; going.get() && i < 30; i++) {
                socket.getOutputStream().write(' ');
                Thread.sleep(1_000);
            }
        }
    }

    private void halfOpen(Served service) throws IOException, InterruptedException {
        var sockets = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 50; i++) {
                sockets.add(begun(service, "POST /v1/routing HTTP/1.1\r\nHost: local"));
            }
            pause(Duration.ofSeconds(15));
        } finally {
            for (Socket each : sockets) {
                each.close();
            }
        }
    }

    private void upload(HttpClient http, Served service, byte[] scenarios) throws IOException, InterruptedException {
        HttpResponse<String> tested = http.send(
                HttpRequest.newBuilder(service.at("/v1/test"))
                        .POST(BodyPublishers.ofByteArray(scenarios))
                        .build(),
                BodyHandlers.ofString());
        if (!List.of(200, 503).contains(tested.statusCode())) {
            wrong.add("upload: " + tested.statusCode() + " " + tested.body());
        }
        pause(Duration.ofSeconds(1));
    }

    private static long heap(HttpClient http, Served service) throws IOException, InterruptedException {
        String metrics = http.send(
                        HttpRequest.newBuilder(service.at("/actuator/prometheus"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        Matcher used = HEAP.matcher(metrics);
        double sum = 0;
        while (used.find()) {
            sum += Double.parseDouble(used.group(1));
        }
        return (long) sum;
    }

    private EmbeddedPostgres server(Path data, int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("max_connections", "100");
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    @Test
    void at_four_fifths_of_the_limit_nothing_is_wrong_lost_or_mixed_whatever_goes_wrong_around_it() throws Exception {
        Duration howLong =
                Duration.ofSeconds((long) (Double.parseDouble(System.getProperty("load.minutes", "10")) * 60));
        Path data = Files.createDirectory(folder.resolve("data"));
        EmbeddedPostgres server = server(data, 0);
        int port = server.getPort();
        var servers = new CopyOnWriteArrayList<>(List.of(server));
        String store = server.getJdbcUrl("postgres", "postgres");
        byte[] scenarios = Files.readAllBytes(Path.of("decision-tables/scenarios/routing.xlsx"));
        var clock = Clock.systemUTC();
        try (Database database = Database.open(store, null, null);
                LivePolicy first = LivePolicies.beginning(ONE, database);
                Served service = Served.measured(store, "--warm-up", "0")) {
            HttpClient http = HttpClient.newHttpClient();
            double limit =
                    asked(service, CALLERS, 0, Duration.ofSeconds(20)); // the first seconds are to get up to speed
            limit = Math.max(limit, asked(service, CALLERS, 0, Duration.ofSeconds(10)));
            nanos.clear();
            asked(service, 1, 0, Duration.ofSeconds(10));
            double idle = p99();

            var heap = new ArrayList<Long>();
            var troubles = List.of(
                    trouble("slow client", () -> slow(service)),
                    trouble("half open", () -> halfOpen(service)),
                    trouble("uploads", () -> upload(http, service, scenarios)),
                    trouble("memory", () -> {
                        heap.add(heap(http, service));
                        pause(Duration.ofSeconds(1));
                    }),
                    trouble("publications", () -> {
                        pause(BETWEEN_PUBLICATIONS);
                        try {
                            String live = words.get(first.get().version());
                            LivePolicies.publish(database, "甲方案".equals(live) ? OTHER : ONE, clock);
                        } catch (StoreException e) {
                            // The database is stopped; the next one comes in ten seconds.
                        }
                    }));
            var outages = new Thread(() -> {
                try {
                    for (int i = 0; i < 2; i++) {
                        Thread.sleep(howLong.toMillis() / 3);
                        servers.get(servers.size() - 1).close();
                        Thread.sleep(OUTAGE.toMillis());
                        servers.add(server(data, port));
                    }
                } catch (IOException e) {
                    wrong.add("database: " + e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            outages.start();
            double reached = asked(service, CALLERS, limit * 0.8, howLong);
            outages.join();
            going.set(false);
            for (Thread each : troubles) {
                each.join();
            }
            double loaded = p99();
            long[] begin = heap.subList(heap.size() / 10, heap.size() / 3).stream()
                    .mapToLong(Long::longValue)
                    .toArray();
            long[] end = heap.subList(heap.size() * 2 / 3, heap.size()).stream()
                    .mapToLong(Long::longValue)
                    .toArray();
            long lowBefore = Arrays.stream(begin).min().orElseThrow() >> 20;
            long lowAfter = Arrays.stream(end).min().orElseThrow() >> 20;
            System.out.printf(
                    "limit %.0f/s, %.0f/s for %d s: %d answers, %d asked again, %d wrong; p99 %.1f ms, idle %.1f ms;"
                            + " lowest heap %d MiB at first, %d MiB at last; %d publications%n",
                    limit,
                    reached,
                    howLong.toSeconds(),
                    answered.get(),
                    again.get(),
                    wrong.size(),
                    loaded,
                    idle,
                    lowBefore,
                    lowAfter,
                    first.state().publication().no());

            assertThat(wrong).isEmpty();
            assertThat(database.sql()
                            .sql("SELECT count(*) FROM decision")
                            .query(Long.class)
                            .single())
                    .isEqualTo(answered.get());
            assertThat(database.sql()
                            .sql("SELECT count(DISTINCT subject) FROM decision")
                            .query(Long.class)
                            .single())
                    .isEqualTo(answered.get());
            assertThat(lowAfter).isLessThan(lowBefore + lowBefore / 4 + 32);
            assertThat(loaded).isLessThanOrEqualTo(3 * idle);
        } finally {
            servers.get(servers.size() - 1).close();
        }
    }
}
