package liandong.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import liandong.policy.PolicyFiles;
import liandong.store.Database;
import liandong.store.Stores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two services, each a process of its own, serve what is live in one PostgreSQL. */
@Tag("slow")
class TwoServicesTest {
    /** A second to look, and the time to make a policy in a process that has hardly run yet, on a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private final PolicyFiles first = Drafts.deciding("first");
    private final Map<String, String> versions = new ConcurrentHashMap<>(Map.of("first", first.version()));

    private static void await(Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(SOON);
        while (!condition.call()) {
            assertThat(Instant.now()).as("within " + SOON).isBefore(end);
            Thread.sleep(50);
        }
    }

    /** Takes a policy that differs from the first in one table to its approval; its number. */
    private long approved(RunningService service, String label) throws Exception {
        byte[] routing = Objects.requireNonNull(Drafts.deciding(label).tables().get("routing.xlsx"));
        versions.put(
                label,
                Objects.requireNonNull(first.replacing(Map.of("routing.xlsx", routing), problem -> {}))
                        .version());
        return service.approved("routing.xlsx", routing, label);
    }

    /** The label of the policy that an answer is by; each has its label in a row that decides, too. */
    private String label(JsonNode answer) {
        String label = answer.at("/policy/label").stringValue();
        assertThat(answer.at("/policy/version").stringValue())
                .as(answer.toString())
                .isEqualTo(versions.get(label));
        assertThat(answer.get("because").toString()).contains("\"source\":\"" + label + "\"");
        return label;
    }

    private static String report(int number) {
        return "{\"incident\": {\"id\": \"A-" + number + "\", \"reportedAt\": \"2026-03-02T10:00:00+08:00\","
                + " \"source\": \"GRID\", \"area\": \"330102001001\", \"text\": \"路面有坑洞\"},"
                + " \"now\": \"2026-03-02T10:00:00+08:00\"}";
    }

    /** Asks a service without a pause until the end; which policies answered, one after the other. */
    private List<String> asked(RunningService service, AtomicBoolean end) throws Exception {
        var labels = new ArrayList<String>();
        for (int number = 0; !end.get(); number++) {
            String label = label(service.decided(report(number)));
            if (labels.isEmpty() || !labels.get(labels.size() - 1).equals(label)) {
                labels.add(label);
            }
        }
        return labels;
    }

    /** Puts other bytes in the place of the routing tables of a policy that is kept; those that were there. */
    private static byte[] replaced(Database database, String content, byte[] bytes) {
        String blob = database.sql()
                .sql("SELECT blob FROM policy_file WHERE content = ? AND path = 'decision-tables/routing.xlsx'")
                .param(content)
                .query(String.class)
                .single();
        byte[] before = database.sql()
                .sql("SELECT bytes FROM policy_blob WHERE hash = ?")
                .param(blob)
                .query(byte[].class)
                .single();
        database.sql()
                .sql("UPDATE policy_blob SET bytes = ? WHERE hash = ?")
                .params(bytes, blob)
                .update();
        return before;
    }

    @Test
    void what_one_publishes_the_other_serves_and_one_that_cannot_serves_on_what_it_has() throws Exception {
        String store = Stores.POSTGRES.fresh();
        try (Database database = Database.open(store, null, null)) {
            var life = new PolicyLifecycle(database, Clock.systemUTC(), Gate.OPEN);
            life.begin(first);
            try (RunningService one = RunningService.on(store);
                    RunningService other = RunningService.on(store)) {
                converge(one, other);
                keepOn(one, other, life, database);
            }
        }
    }

    private void converge(RunningService one, RunningService other) throws Exception {
        var callers = Executors.newFixedThreadPool(2);
        var end = new AtomicBoolean();
        Future<List<String>> here = callers.submit(() -> asked(one, end));
        Future<List<String>> there = callers.submit(() -> asked(other, end));
        long second = approved(one, "second");

        assertThat(one.published(second)).isEqualTo(versions.get("second"));
        Instant published = Instant.now();
        try {
            await(() -> label(one.decided(report(0))).equals("second")
                    && label(other.decided(report(0))).equals("second"));
            System.out.printf(
                    "both services answer by what was published after %d ms%n",
                    Duration.between(published, Instant.now()).toMillis());
        } finally {
            end.set(true);
            callers.shutdown();
        }

        assertThat(here.get(30, TimeUnit.SECONDS)).containsExactly("first", "second");
        assertThat(there.get(30, TimeUnit.SECONDS)).containsExactly("first", "second");
        assertThat(List.of(one.health(), other.health())).containsExactly("UP", "UP");
        assertThat(one.metric("liandong_policy_publication")).isEqualTo(2);
        assertThat(other.metric("liandong_policy_publication")).isEqualTo(2);
    }

    private void keepOn(RunningService one, RunningService other, PolicyLifecycle life, Database database)
            throws Exception {
        long third = approved(one, "third");
        other.pause(); // so that it finds the policy damaged when it looks, and the first one whole
        one.published(third);
        await(() -> label(one.decided(report(0))).equals("third"));
        byte[] whole = replaced(database, life.get(third).content(), new byte[] {1, 2, 3});
        other.resume();
        await(() -> other.health().equals("STALE"));

        assertThat(label(other.decided(report(1)))).isEqualTo("second");
        assertThat(other.metric("liandong_policy_stale")).isEqualTo(1);
        assertThat(other.metric("liandong_policy_failures_total")).isPositive();
        assertThat(other.metric("liandong_policy_publication")).isEqualTo(2);
        assertThat(one.health()).isEqualTo("UP");
        assertThat(one.metric("liandong_policy_stale")).isZero();
        assertThat(label(one.decided(report(1)))).isEqualTo("third");

        replaced(database, life.get(third).content(), whole);
        await(() -> label(other.decided(report(2))).equals("third"));
        assertThat(other.health()).isEqualTo("UP");
        assertThat(other.metric("liandong_policy_stale")).isZero();
    }
}
