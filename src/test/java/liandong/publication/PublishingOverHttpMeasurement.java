package liandong.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import liandong.Served;
import liandong.store.Database;
import liandong.store.Stores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What publishing costs those who ask a service over HTTP meanwhile, every answer being kept: the program in a process of
 * its own, eight callers who ask again as soon as they are answered, policies of a few rows under the stock rules. Run by
 * {@code mvn test -Dexcluded.tags=fuzz -Dtest=PublishingOverHttpMeasurement}; takes some minutes and prints.
 *
 * <p>A hundred policies are published without a gate. Before each publication the gate decides twenty thousand decisions
 * again, which takes longer than all else, so behind it there are five.
 *
 * <p>No answer may fail, and none may be by another policy than one that was live while it was asked for, or be partly by
 * another than it names.
 */
@Tag("measure")
class PublishingOverHttpMeasurement {
    private static final int CALLERS = 8;
    private static final int WARM_UP_SECONDS = 15;
    private static final int ALONE_SECONDS = 20;
    private static final JsonMapper JSON = new JsonMapper();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * What a caller saw.
     *
     * @param start when it asked, and {@code end}, when it had the answer; as {@link System#nanoTime} counts
     * @param version the policy that the answer names; empty when there was no answer
     * @param source what the answer rests on, which each policy here calls by its own label
     */
    private record Seen(long start, long end, String version, String source) {}

    /**
     * A policy that was published.
     *
     * @param label what it is called
     * @param from when publishing it was asked for: no answer can be by it before
     * @param until when the first answer by the next one was there: nobody who asks after that may be answered by it
     */
    private record Reign(String label, long from, long until) {}

    private HttpResponse<String> post(Served service, String path, String person, String json) throws Exception {
        return http.send(
                HttpRequest.newBuilder(service.at(path))
                        .header("Content-Type", "application/json")
                        .header("Liandong-Person", person)
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private Seen ask(Served service) throws Exception {
        long start = System.nanoTime();
        HttpResponse<String> response = post(
                service,
                "/v1/routing",
                "caller",
                "{\"incident\": {\"id\": \"A-" + NEXT.getAndIncrement()
                        + "\", \"reportedAt\": \"2026-03-02T10:00:00+08:00\", \"source\": \"GRID\","
                        + " \"area\": \"330102001001\", \"text\": \"路面有坑洞\"}, \"now\": \"2026-03-02T10:00:00+08:00\"}");
        long end = System.nanoTime();
        if (response.statusCode() != 200) {
            return new Seen(start, end, "", "");
        }
        JsonNode answer = JSON.readTree(response.body());
        String source = "";
        for (JsonNode reason : answer.path("because")) {
            if (reason.path("at").stringValue("").startsWith("routing.xlsx 派单目录!")) {
                source = reason.path("source").stringValue("");
            }
        }
        return new Seen(start, end, answer.path("policy").path("version").stringValue(""), source);
    }

    private List<Seen> asking(Served service, AtomicBoolean done) throws Exception {
        var callers = Executors.newFixedThreadPool(CALLERS);
        var all = new ArrayList<Future<List<Seen>>>();
        for (int i = 0; i < CALLERS; i++) {
            all.add(callers.submit(() -> {
                var own = new ArrayList<Seen>();
                while (!done.get()) {
                    own.add(ask(service));
                }
                return own;
            }));
        }
        var seen = new ArrayList<Seen>();
        for (Future<List<Seen>> each : all) {
            seen.addAll(each.get(30, TimeUnit.MINUTES));
        }
        callers.shutdown();
        return seen;
    }

    /** Publishes one after the other, each as soon as the one before is served; what was live when, by version. */
    private Map<String, Reign> publish(Served service, List<Long> approved, String first, long last) throws Exception {
        var reigns = new HashMap<String, Reign>();
        String before = first;
        String label = "first";
        long from = Long.MIN_VALUE;
        long over = last;
        for (int i = 0; i < approved.size(); i++) {
            long asked = System.nanoTime();
            HttpResponse<String> published = post(
                    service,
                    "/v1/policies/" + approved.get(i) + "/publish",
                    "publisher",
                    "{\"because\": \"换\", \"over\": " + over + "}");
            assertThat(published.statusCode()).as(published.body()).isEqualTo(200);
            JsonNode publication = JSON.readTree(published.body());
            over = publication.get("publication").longValue();
            String version = publication.get("version").stringValue();
            Seen answer = ask(service);
            while (!answer.version().equals(version)) {
                assertThat(answer.version()).isEqualTo(before);
                Thread.sleep(2);
                answer = ask(service);
            }
            reigns.put(before, new Reign(label, from, answer.end()));
            before = version;
            label = "policy " + i;
            from = asked;
        }
        reigns.put(before, new Reign(label, from, Long.MAX_VALUE));
        return reigns;
    }

    private static void judge(String what, List<Seen> seen, Map<String, Reign> reigns, double seconds) {
        long failed = seen.stream().filter(each -> each.version().isEmpty()).count();
        long mixed = seen.stream()
                .filter(each -> !each.version().isEmpty())
                .filter(each -> {
                    Reign reign = reigns.get(each.version());
                    return reign == null
                            || !reign.label().equals(each.source())
                            || each.end() < reign.from()
                            || each.start() > reign.until();
                })
                .count();
        long[] nanos = seen.stream()
                .mapToLong(each -> each.end() - each.start())
                .sorted()
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "%s, %.1f s: %d requests, %d failed, %d mixed, p50 %.2f ms, p99 %.2f ms, longest %.0f ms, load %.1f%n",
                what,
                seconds,
                nanos.length,
                failed,
                mixed,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6,
                nanos[nanos.length - 1] / 1e6,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        assertThat(failed).isZero();
        assertThat(mixed).isZero();
    }

    @ParameterizedTest
    @CsvSource({"SQLITE, 0, 100", "POSTGRES, 0, 100", "SQLITE, 7, 5", "POSTGRES, 7, 5"})
    void callers_while_policies_are_published_in_a_row(Stores kind, String gateDays, int policies) throws Exception {
        String store = kind.fresh();
        var approved = new ArrayList<Long>();
        String first;
        long last;
        try (Database database = Database.open(store, null, null)) {
            var life = new PolicyLifecycle(database, Clock.systemUTC(), Gate.OPEN);
            life.begin(Drafts.deciding("first"));
            Publication live = Objects.requireNonNull(life.live());
            first = live.version();
            last = live.no();
            for (int i = 0; i < policies; i++) {
                approved.add(Drafts.approved(life, Drafts.deciding("policy " + i)));
            }
        }
        try (Served service = Served.measured(store, "--gate-days", gateDays, "--lang", "en")) {
            String what = kind + ", gate of " + gateDays + " days";
            var seen = new ArrayList<Seen>();
            for (int seconds : new int[] {WARM_UP_SECONDS, ALONE_SECONDS}) {
                var done = new AtomicBoolean();
                var measured = Executors.newSingleThreadExecutor();
                Future<List<Seen>> asked = measured.submit(() -> asking(service, done));
                TimeUnit.SECONDS.sleep(seconds);
                done.set(true);
                seen.clear();
                seen.addAll(asked.get());
                measured.shutdown();
            }
            judge(
                    what + ", alone",
                    seen,
                    Map.of(first, new Reign("first", Long.MIN_VALUE, Long.MAX_VALUE)),
                    ALONE_SECONDS);

            var done = new AtomicBoolean();
            var measured = Executors.newSingleThreadExecutor();
            Future<List<Seen>> asked = measured.submit(() -> asking(service, done));
            long start = System.nanoTime();
            Map<String, Reign> reigns = publish(service, approved, first, last);
            double seconds = (System.nanoTime() - start) / 1e9;
            done.set(true);
            judge(what + ", " + policies + " published", asked.get(), reigns, seconds);
            measured.shutdown();
        }
    }
}
