package liandong.journal;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import liandong.Decide;
import liandong.decision.DecisionService;
import liandong.incident.Area;
import liandong.stock.Stock;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.BadRequestException;
import liandong.wire.JournalReceipt;
import liandong.wire.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * How many bytes of a SQLite file a decision takes, all indexes included: everyday reports in words, first by a store that
 * has none yet, then as many again. Run by
 * {@code mvn test -Dexcluded.tags=fuzz -Dtest=JournalSizeMeasurement}; takes a minute and prints.
 */
@Tag("measure")
class JournalSizeMeasurement {
    private static final Path FOLDER = Path.of("src/test/resources/everyday");
    private static final int DECISIONS = 2_000;
    private static final int BATCH = 50;

    @Test
    void bytes_a_decision() throws Exception {
        var desk = new DecisionService(Stock::shangcheng, Clock.systemUTC());
        List<ObjectNode> requests = requests();
        String file = Stores.SQLITE.fresh();
        try (Database database = Database.open(file, null, null)) {
            long before = size(database, file);
            for (int round = 1; round <= 3; round++) {
                try (Journal journal =
                        Journal.in(database, Keeping.REQUIRED, Personal.kept(), Clock.systemUTC(), "measure")) {
                    for (int from = 0; from < requests.size(); from += BATCH) {
                        var receipts = new ArrayList<JournalReceipt>();
                        for (ObjectNode request : requests.subList(from, Math.min(requests.size(), from + BATCH))) {
                            receipts.add(journal.keep(desk.decide(Decide.ROUTING, request), "centre-12345")
                                    .receipt());
                        }
                        receipts.forEach(JournalReceipt::await);
                    }
                }
                long after = size(database, file);
                System.out.printf(
                        Locale.ROOT,
                        "%d decisions, round %d: %.0f bytes each%n",
                        requests.size(),
                        round,
                        (after - before) / (double) requests.size());
                before = after;
            }
            database.sql()
                    .sql("SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 10")
                    .query((row, number) -> String.format(
                            Locale.ROOT, "  %-20s %6.0f", row.getString(1), row.getLong(2) / (double) requests.size()))
                    .list()
                    .forEach(System.out::println);
        }
    }

    private static long size(Database database, String file) throws IOException {
        database.sql().sql("PRAGMA wal_checkpoint(TRUNCATE)").query().listOfRows();
        return Files.size(Path.of(file));
    }

    /** Reports of all files, with areas and moments as they come in a month. */
    private static List<ObjectNode> requests() throws IOException, BadRequestException {
        List<Area> areas = Stock.shangcheng().vocabulary().all(Area.class);
        Instant first = Instant.parse("2026-11-01T00:00:00Z");
        var requests = new ArrayList<ObjectNode>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".csv"))
                    .sorted()
                    .toList()) {
                try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
                    for (NamedCsvRecord row : rows) {
                        int n = requests.size();
                        ObjectNode request = Json.object();
                        request.putObject("incident")
                                .put("id", "SC-202611-" + n)
                                .put("reportedAt", first.plusSeconds(n * 1_000L).toString())
                                .put("source", row.getField("source"))
                                .put("area", areas.get(n * 7 % areas.size()).code())
                                .put("text", row.getField("text"));
                        requests.add(request);
                    }
                }
            }
        }
        return requests.subList(0, Math.min(DECISIONS, requests.size()));
    }
}
