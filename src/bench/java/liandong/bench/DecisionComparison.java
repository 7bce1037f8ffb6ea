package liandong.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import liandong.Decide;
import liandong.decision.DecisionService;
import liandong.journal.Archive;
import liandong.journal.DecisionQuery;
import liandong.journal.Entry;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import liandong.journal.Personal;
import liandong.replay.Replay;
import liandong.stock.Reports;
import liandong.stock.Stock;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.BadRequestException;
import liandong.wire.JournalReceipt;
import liandong.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/** Decisions of the stock policy without a server, in a process of its own: request text to answer text, what is kept of them, and replay. */
final class DecisionComparison {
    private static final int REPORTS = 2_000;

    private DecisionComparison() {}

    /** @param args how many rounds warm it up; prints a line each: a name, microseconds of CPU and bytes allocated */
    public static void main(String... args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        var known = new ArrayList<String>();
        var worded = new ArrayList<String>();
        for (int i = 0; i < REPORTS; i++) {
            ObjectNode report = Reports.report(i);
            worded.add(Json.write(report));
            ((ObjectNode) report.get("incident")).remove("text");
            known.add(Json.write(report));
        }
        var desk = new DecisionService(Stock::shangcheng, Clock.systemUTC());
        for (int round = 0; round < rounds; round++) {
            ask(desk, known, null);
        }
        ask(desk, known, "known");
        for (int round = 0; round < rounds; round++) {
            ask(desk, worded, null);
        }
        ask(desk, worded, "words");
        replay(desk, worded, rounds);
    }

    private static ThreadMXBean threads() {
        return (ThreadMXBean) ManagementFactory.getThreadMXBean();
    }

    private static void ask(DecisionService desk, List<String> requests, String name) throws BadRequestException {
        long cpu = threads().getCurrentThreadCpuTime();
        long bytes = threads().getCurrentThreadAllocatedBytes();
        Journal off = Journal.off();
        long length = 0;
        for (String request : requests) {
            length += off.keep(desk.decide(Decide.ROUTING, Json.read(request)), "bench")
                    .json()
                    .length();
        }
        if (name != null && length > 0) {
            print(name, cpu, bytes, requests.size());
        }
    }

    private static void print(String name, long cpu, long bytes, int count) {
        System.out.printf(
                Locale.ROOT,
                "%s %.1f %d%n",
                name,
                (threads().getCurrentThreadCpuTime() - cpu) / 1e3 / count,
                (threads().getCurrentThreadAllocatedBytes() - bytes) / count);
    }

    private static long size(Database database, String file) throws IOException {
        database.sql().sql("PRAGMA wal_checkpoint(TRUNCATE)").query().listOfRows();
        return Files.size(Path.of(file));
    }

    /** What was kept, read and decided again by one thread. */
    private static void replay(DecisionService desk, List<String> requests, int rounds) throws Exception {
        String file = Stores.SQLITE.fresh();
        try (Database database = Database.open(file, null, null)) {
            long empty = size(database, file);
            try (Journal journal =
                    Journal.in(database, Keeping.REQUIRED, Personal.kept(), Clock.systemUTC(), "bench")) {
                var receipts = new ArrayDeque<JournalReceipt>();
                for (String request : requests) {
                    receipts.add(journal.keep(desk.decide(Decide.ROUTING, Json.read(request)), "bench")
                            .receipt());
                }
                receipts.forEach(JournalReceipt::await);
            }
            System.out.printf(Locale.ROOT, "kept 0 %d%n", (size(database, file) - empty) / requests.size());
            var archive = new Archive(database);
            var replay = new Replay(version -> Stock.shangcheng(), Personal.kept());
            for (int round = 0; round <= rounds / 2; round++) {
                long cpu = threads().getCurrentThreadCpuTime();
                long bytes = threads().getCurrentThreadAllocatedBytes();
                int count = 0;
                Archive.Found page = archive.oldest(DecisionQuery.ALL, null, Archive.MOST);
                while (page != null) {
                    for (Entry entry : page.entries()) {
                        replay.of(entry);
                        count++;
                    }
                    page = page.next() == null ? null : archive.oldest(DecisionQuery.ALL, page.next(), Archive.MOST);
                }
                if (round == rounds / 2) {
                    print("replay", cpu, bytes, count);
                }
            }
        }
    }
}
