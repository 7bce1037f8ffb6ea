package liandong.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import liandong.Decide;
import liandong.decision.DecisionService;
import liandong.policy.PolicyFiles;
import liandong.policy.TinyPolicy;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What publishing costs those who ask meanwhile, and what it leaves behind. Run by {@code mvn test -Dexcluded.tags=fuzz
 * -Dtest=PublishingMeasurement}; takes some minutes and prints.
 */
@Tag("measure")
class PublishingMeasurement {
    private static final int CALLERS = 2;
    private static final String REPORT = """
            {"incident": {"id": "A-1", "reportedAt": "2026-03-02T10:00:00+08:00", "source": "GRID",
             "area": "330102001001", "text": "路面有坑洞"}, "now": "2026-03-02T10:00:00+08:00"}
            """;

    private static LivePolicy live(PolicyFiles first, Database database) {
        return LivePolicies.beginning(first, database);
    }

    private static void awaitServed(LivePolicy live, Publication publication) throws InterruptedException {
        live.ring();
        while (live.state().publication().no() != publication.no()) {
            assertThat(live.state().trouble()).isNull();
            Thread.sleep(1);
        }
    }

    private static String memory() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        var metaspace = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .findFirst()
                .orElseThrow();
        return String.format(
                Locale.ROOT,
                "heap %d MB, metaspace %d MB, %d classes",
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
                metaspace.getUsage().getUsed() >> 20,
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
    }

    private static long[] latencies(DecisionService desk, AtomicBoolean done) throws Exception {
        var callers = Executors.newFixedThreadPool(CALLERS);
        var all = new ArrayList<Future<long[]>>();
        for (int i = 0; i < CALLERS; i++) {
            all.add(callers.submit(() -> {
                long[] nanos = new long[1 << 22];
                int count = 0;
                while (!done.get() && count < nanos.length) {
                    long start = System.nanoTime();
                    desk.decide(Decide.ROUTING, Json.read(REPORT)).answer();
                    nanos[count++] = System.nanoTime() - start;
                    Thread.sleep(1); // so that two callers leave two cores some room, as callers of a service do
                }
                return Arrays.copyOf(nanos, count);
            }));
        }
        long[] sorted = new long[0];
        for (Future<long[]> each : all) {
            long[] some = each.get(30, TimeUnit.MINUTES);
            int before = sorted.length;
            sorted = Arrays.copyOf(sorted, before + some.length);
            System.arraycopy(some, 0, sorted, before, some.length);
        }
        callers.shutdown();
        Arrays.sort(sorted);
        return sorted;
    }

    private static void print(String what, long[] sorted) {
        System.out.printf(
                Locale.ROOT,
                "%s: %d decisions, p50 %.3f ms, p99 %.3f ms, p99.9 %.3f ms, longest %.1f ms%n",
                what,
                sorted.length,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                sorted[(int) (sorted.length * 0.999)] / 1e6,
                sorted[sorted.length - 1] / 1e6);
    }

    @Test
    void decisions_while_a_hundred_policies_are_published_in_a_row() throws Exception {
        try (Database database = Stores.SQLITE.open();
                LivePolicy live = live(Drafts.deciding("first"), database)) {
            var life = new PolicyLifecycle(database, Clock.systemUTC(), Gate.OPEN);
            var desk = new DecisionService(live, Clock.systemUTC());
            var approved = new ArrayList<Long>();
            for (int i = 0; i < 100; i++) {
                approved.add(Drafts.approved(life, Drafts.deciding("policy " + i)));
            }
            for (int i = 0; i < 20_000; i++) {
                desk.decide(Decide.ROUTING, Json.read(REPORT)).answer();
            }
            for (boolean publishing : List.of(false, true)) {
                var done = new AtomicBoolean();
                var measured = Executors.newSingleThreadExecutor();
                Future<long[]> latencies = measured.submit(() -> latencies(desk, done));
                long start = System.nanoTime();
                if (publishing) {
                    for (long no : approved) {
                        Long last = live.state().publication().no();
                        awaitServed(live, life.publish(no, null, last, "发布", "换"));
                    }
                } else {
                    Thread.sleep(5_000);
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                done.set(true);
                print(
                        publishing ? "100 published in " + Math.round(seconds * 10) / 10.0 + " s" : "alone",
                        latencies.get());
                measured.shutdown();
            }
            assertThat(live.state().failures()).isZero();
        }
    }

    @Test
    void what_a_thousand_publications_leave_behind() throws Exception {
        try (Database database = Stores.SQLITE.open();
                LivePolicy live = live(Drafts.deciding("first"), database)) {
            var life = new PolicyLifecycle(database, Clock.systemUTC(), Gate.OPEN);
            for (int i = 0; i <= 1_000; i++) {
                if (i % 100 == 0) {
                    System.out.println(i + " published: " + memory());
                }
                awaitServed(live, Drafts.published(life, Drafts.deciding("policy " + i)));
            }
        }
    }

    @Test
    void what_publications_of_other_rules_leave_behind() throws Exception {
        try (Database database = Stores.SQLITE.open();
                LivePolicy live = live(Drafts.policy("first"), database)) {
            var life = new PolicyLifecycle(database, Clock.systemUTC(), Gate.OPEN);
            for (int i = 0; i <= 100; i++) {
                if (i % 10 == 0) {
                    System.out.println(i + " published, rules and all: " + memory());
                }
                PolicyFiles files = TinyPolicy.withOneRule()
                        .rules(TinyPolicy.ONE_RULE.replace("TST-001", "TST-" + (100 + i)))
                        .files()
                        .labelled("policy " + i);
                awaitServed(live, Drafts.published(life, files));
            }
        }
    }
}
