package liandong.replay;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import liandong.Decide;
import liandong.decision.DecisionService;
import liandong.journal.Archive;
import liandong.journal.DecisionQuery;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import liandong.journal.Personal;
import liandong.stock.Reports;
import liandong.stock.Stock;
import liandong.store.Database;
import liandong.wire.JournalReceipt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How fast decisions are run again, and whether that stays so, and the memory it takes, as they become more. Run by
 * {@code mvn test -Dexcluded.tags=fuzz -Dtest=ReplayMeasurement}; a million takes a quarter of an hour and 6 GB of disk,
 * {@code -Dreplay.decisions=100000} less. With {@code -Dreplay.store=FILE} the decisions stay there, for {@code replay
 * --store FILE} and for another run of this.
 */
@Tag("measure")
class ReplayMeasurement {
    private static final int DECISIONS = Integer.getInteger("replay.decisions", 1_000_000);
    private static final int WAITING = 2_000;

    @Test
    void decisions_run_again_a_second() throws Exception {
        String file = System.getProperty("replay.store");
        Path folder = Files.createTempDirectory("replay");
        try (Database database =
                Database.open(file == null ? folder.resolve("liandong.db").toString() : file, null, null)) {
            var archive = new Archive(database);
            if (archive.count(DecisionQuery.ALL) < DECISIONS) {
                keep(database);
            }
            sweep(archive, 5_000, 2, "warm-up");
            for (int decisions = 10_000; decisions <= DECISIONS; decisions *= 10) {
                sweep(archive, decisions, Runtime.getRuntime().availableProcessors(), "all cores");
            }
            for (int decisions = 10_000; decisions <= Math.min(DECISIONS, 100_000); decisions *= 10) {
                sweep(archive, decisions, 1, "one core");
            }
        } finally {
            Files.deleteIfExists(folder.resolve("liandong.db"));
            Files.deleteIfExists(folder);
        }
    }

    private static void keep(Database database) throws Exception {
        var desk = new DecisionService(Stock::shangcheng, Clock.systemUTC());
        long start = System.nanoTime();
        try (Journal journal = Journal.in(database, Keeping.REQUIRED, Personal.kept(), Clock.systemUTC(), "measure")) {
            var waiting = new ArrayDeque<JournalReceipt>();
            for (int n = 0; n < DECISIONS; n++) {
                waiting.add(journal.keep(desk.decide(Decide.ROUTING, Reports.report(n)), "measure")
                        .receipt());
                if (waiting.size() > WAITING) {
                    waiting.remove().await();
                }
            }
            waiting.forEach(JournalReceipt::await);
        }
        System.out.printf(Locale.ROOT, "%d decisions kept in %.0f s%n", DECISIONS, (System.nanoTime() - start) / 1e9);
    }

    private static void sweep(Archive archive, int decisions, int threads, String name) {
        var replay = new Replay(version -> Stock.shangcheng(), Personal.kept());
        var count = new AtomicLong();
        var others = new AtomicLong();
        var heap = new AtomicLong();
        long cpu = cpu();
        long start = System.nanoTime();
        JournalScan.oldestFirst(archive, DecisionQuery.ALL, threads)
                .run(
                        null,
                        replay::of,
                        (entry, replayed) -> {
                            count.incrementAndGet();
                            if (!replayed.equals(Replayed.SAME)) {
                                others.incrementAndGet();
                            }
                        },
                        cursor -> heap.accumulateAndGet(heapAfterCollection(), Math::max),
                        () -> count.get() >= decisions);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%-9s %,9d decisions: %6.0f a second and core, %.0f µs of CPU each, %d otherwise,"
                        + " %d MB of memory in use after a collection at most%n",
                name,
                count.get(),
                count.get() / seconds / threads,
                (cpu() - cpu) / 1e3 / count.get(),
                others.get(),
                heap.get() >> 20);
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** What the last collection has left, garbage of older generations and all. */
    private static long heapAfterCollection() {
        long left = 0;
        for (GarbageCollectorMXBean each : ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class)) {
            GcInfo last = each.getLastGcInfo();
            if (last != null) {
                left = Math.max(
                        left,
                        last.getMemoryUsageAfterGc().values().stream()
                                .mapToLong(MemoryUsage::getUsed)
                                .sum());
            }
        }
        return left;
    }
}
