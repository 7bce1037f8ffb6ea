package liandong.quality;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import liandong.District;
import liandong.journal.Archive;
import liandong.journal.DecisionQuery;
import liandong.journal.Personal;
import liandong.store.Database;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long it takes to judge rows by a whole journal, and in how much memory. Run by {@code mvn test -Dexcluded.tags=fuzz
 * -Dtest=QualityMeasurement}; with {@code -Dquality.copies=N} for N times 128 decisions of 32 cases.
 */
@Tag("measure")
class QualityMeasurement {
    private static final int COPIES = Integer.getInteger("quality.copies", 800);

    @Test
    void cases_judged_a_second() throws Exception {
        Path folder = Files.createTempDirectory("quality");
        Path file = folder.resolve("liandong.db");
        try (Database database = Database.open(file.toString(), null, null)) {
            try (var history = new CaseHistory(database, Personal.kept())) {
                history.write();
            }
            database.sql()
                    .sql(
                            "INSERT INTO decision (no, id, kept_at, kind, subject, outcome, policy, caller, personal, request,"
                                    + " answer, marks, packed, hash) WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < ?)"
                                    + " SELECT no + k * 1000000, id, kept_at, kind, subject || '-' || k, outcome, policy, caller,"
                                    + " personal, request, answer, marks, packed, hash FROM decision, n")
                    .param(COPIES - 1)
                    .update();
            var archive = new Archive(database);
            long decisions = archive.count(DecisionQuery.ALL);
            for (int run = 1; run <= 3; run++) {
                long start = System.nanoTime();
                QualityReport report = Quality.of(
                                archive, null, Instant.parse("2026-12-01T00:00:00Z"), Long.MAX_VALUE, cases -> {})
                        .report(District.policy(), 50);
                double seconds = (System.nanoTime() - start) / 1e9;
                Runtime machine = Runtime.getRuntime();
                System.out.printf(
                        Locale.ROOT,
                        "%d cases, %d decisions in %.1f s (%.0f decisions/s), %d rows, heap at most %d MB%n",
                        report.cases(),
                        decisions,
                        seconds,
                        decisions / seconds,
                        report.rows().size() + report.moreRows(),
                        machine.maxMemory() >> 20);
            }
        } finally {
            try (var files = Files.list(folder)) {
                for (Path each : files.toList()) {
                    Files.delete(each);
                }
            }
            Files.delete(folder);
        }
    }
}
