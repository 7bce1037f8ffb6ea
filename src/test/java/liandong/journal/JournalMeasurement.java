package liandong.journal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import liandong.Decide;
import liandong.decision.DecisionService;
import liandong.stock.Reports;
import liandong.stock.Stock;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.BadRequestException;
import liandong.wire.JournalReceipt;
import liandong.wire.Json;
import liandong.wire.PendingResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What keeping answers costs those who ask. Run by {@code mvn test -Dexcluded.tags=fuzz -Dtest=JournalMeasurement}; takes
 * some minutes and prints.
 */
@Tag("measure")
class JournalMeasurement {
    private static final int DECISIONS = 20_000;
    private static final DecisionService DESK = new DecisionService(Stock::shangcheng, Clock.systemUTC());

    private static JsonNode report(int n) throws BadRequestException {
        return Json.read(Json.write(Reports.report(n)));
    }

    @Test
    void decisions_a_second_with_the_journal_and_without() throws Exception {
        measure("warm-up", null, 16, DECISIONS);
        for (int round = 0; round < 2; round++) {
            for (int callers : new int[] {1, 16, 64, 256}) {
                int decisions = callers == 1 ? DECISIONS / 10 : DECISIONS;
                measure("off", null, callers, decisions);
                for (Stores kind : Stores.values()) {
                    measure(kind.name(), kind, callers, decisions);
                }
            }
        }
        for (Stores kind : Stores.values()) {
            stream(kind);
        }
    }

    /** Each caller asks, waits until the answer is kept, and asks again. */
    private static void measure(String name, @Nullable Stores kind, int callers, int decisions) throws Exception {
        try (Database database = kind == null ? null : kind.open();
                Journal journal = database == null
                        ? Journal.off()
                        : Journal.in(database, Keeping.REQUIRED, Personal.kept(), Clock.systemUTC(), "measure")) {
            var pool = Executors.newFixedThreadPool(callers);
            var next = new AtomicInteger();
            var nanos = new long[decisions];
            long start = System.nanoTime();
            var working = new ArrayList<Future<?>>();
            for (int caller = 0; caller < callers; caller++) {
                working.add(pool.submit(() -> {
                    for (int n = next.getAndIncrement(); n < decisions; n = next.getAndIncrement()) {
                        long begin = System.nanoTime();
                        ask(journal, n).receipt().await();
                        nanos[n] = System.nanoTime() - begin;
                    }
                }));
            }
            for (Future<?> each : working) {
                each.get();
            }
            pool.shutdown();
            double seconds = (System.nanoTime() - start) / 1e9;
            Arrays.sort(nanos);
            System.out.printf(
                    Locale.ROOT,
                    "%-9s %3d callers: %6.0f decisions/s, p50 %.2f ms, p99 %.2f ms%n",
                    name,
                    callers,
                    decisions / seconds,
                    nanos[decisions / 2] / 1e6,
                    nanos[decisions * 99 / 100] / 1e6);
        }
    }

    /** One caller sends a stream, of which 256 answers at a time wait to be kept. */
    private static void stream(Stores kind) throws Exception {
        try (Database database = kind.open();
                Journal journal =
                        Journal.in(database, Keeping.REQUIRED, Personal.kept(), Clock.systemUTC(), "measure")) {
            long start = System.nanoTime();
            for (int n = 0; n < DECISIONS; n += 256) {
                IntStream.range(n, Math.min(DECISIONS, n + 256))
                        .mapToObj(each -> ask(journal, each).receipt())
                        .toList()
                        .forEach(JournalReceipt::await);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-9s   a stream: %6.0f decisions/s%n",
                    kind,
                    DECISIONS / ((System.nanoTime() - start) / 1e9));
        }
    }

    private static PendingResponse ask(Journal journal, int n) {
        try {
            return journal.keep(DESK.decide(Decide.ROUTING, report(n)), "measure");
        } catch (BadRequestException e) {
            throw new IllegalStateException(e);
        }
    }
}
