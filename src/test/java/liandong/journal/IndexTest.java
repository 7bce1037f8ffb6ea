package liandong.journal;

import static liandong.journal.Answers.MORNING;
import static liandong.journal.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import liandong.journal.Verification.Fault;
import liandong.journal.Verification.What;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.JournalReceipt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What decisions are found by: that it is what they say, and how it is made so again. */
@Tag("slow") // writes thousands of entries to both stores
class IndexTest {
    private static final Clock CLOCK = Clock.fixed(MORNING, ZoneOffset.UTC);

    /** A row of the first chain. */
    private static final String ONE = "(term, kept_at, no) IN (SELECT term, kept_at, no FROM decision_term"
            + " WHERE no < " + (2L << Entry.CHAIN_BITS) + " ORDER BY no DESC, term LIMIT 1)";

    private static List<Fault> faults(Database database) {
        return Verification.of(database, Map.of(), read -> {}).faults();
    }

    private static Fault changed(long chain) {
        return new Fault(What.INDEX_CHANGED, chain, 0, null);
    }

    private static long rows(Database database) {
        return database.sql()
                .sql("SELECT count(*) FROM decision_term")
                .query(Long.class)
                .single();
    }

    @ParameterizedTest
    @EnumSource
    void whatever_is_done_to_the_index_is_found_and_mended(Stores kind) {
        String another = "INSERT INTO decision_term (term, kept_at, no) SELECT … FROM decision_term WHERE " + ONE;
        List<String> changes = new ArrayList<>(List.of(
                "DELETE FROM decision_term WHERE " + ONE,
                "DELETE FROM decision_term WHERE no < " + (2L << Entry.CHAIN_BITS),
                "UPDATE decision_term SET term = (SELECT no FROM term WHERE name = 'row DUTY-1') + 1000 WHERE " + ONE,
                "UPDATE indexed SET place = 90000 WHERE chain = 1 AND 1 IN (SELECT 1 FROM decision_term WHERE " + ONE
                        + ")",
                "UPDATE decision_term SET kept_at = kept_at + 1 WHERE " + ONE,
                "UPDATE decision_term SET no = no + 1 WHERE " + ONE,
                another.replace("…", "term + 1000, kept_at, no"),
                another.replace("…", "term, kept_at - 1, no"),
                // of an entry that the chain does not have yet
                another.replace("…", "term, kept_at, " + Entry.no(1, 5_000))));
        if (kind == Stores.SQLITE) { // keeps anything in any column
            changes.add("UPDATE decision_term SET kept_at = kept_at + 0.5 WHERE " + ONE);
            changes.add("UPDATE decision_term SET kept_at = 'x' WHERE " + ONE);
            changes.add("UPDATE decision_term SET no = no + 0.5 WHERE " + ONE);
            changes.add("UPDATE decision_term SET term = CAST(term AS BLOB) WHERE " + ONE);
        }
        try (Database database = ArchiveTest.kept(kind)) {
            Retention.prune(database, MORNING.plusSeconds(3), CLOCK, "运维", count -> {});
            assertThat(faults(database)).isEmpty();
            for (String change : changes) {
                assertThat(database.sql().sql(change).update()).as(change).isPositive();
                assertThat(faults(database)).as(change).containsExactly(changed(1));

                Reindexing made = Reindexing.of(database, rows -> {});

                assertThat(made.entries()).isEqualTo(ArchiveTest.ALL - 30);
                assertThat(faults(database)).as(change).isEmpty();
            }
            ArchiveTest.searches(database);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_term_that_was_renamed_or_deleted_is_found_in_every_chain_and_mended(Stores kind) {
        String one = " WHERE no = (SELECT term FROM decision_term WHERE " + ONE + ")";
        try (Database database = ArchiveTest.kept(kind)) {
            for (String change : List.of("UPDATE term SET name = 'row OTHER'" + one, "DELETE FROM term" + one)) {
                assertThat(database.sql().sql(change).update()).as(change).isEqualTo(1);
                assertThat(faults(database)).as(change).containsExactly(changed(1), changed(2));

                Reindexing.of(database, rows -> {});

                assertThat(faults(database)).as(change).isEmpty();
                ArchiveTest.searches(database);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void rows_of_a_chain_that_never_was_are_found_and_taken_away(Stores kind) {
        try (Database database = ArchiveTest.kept(kind)) {
            long before = rows(database);
            database.sql()
                    .sql("INSERT INTO decision_term (term, kept_at, no) VALUES (7, 0, ?)")
                    .param(Entry.no(77, 1))
                    .update();
            assertThat(faults(database)).containsExactly(changed(77));

            assertThat(Reindexing.of(database, rows -> {}).strays()).isEqualTo(1);

            assertThat(faults(database)).isEmpty();
            assertThat(rows(database)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_index_that_was_deleted_whole_is_rebuilt_as_it_was(Stores kind) {
        try (Database database = kind.open()) {
            try (Journal journal = Journal.in(database, Keeping.REQUIRED, Personal.kept(), CLOCK, "liandong test")) {
                // More of one moment than are made anew in one step.
                keep(journal, 0, 1_300, MORNING);
                keep(journal, 1_300, 2_000, MORNING.plusSeconds(1));
            }
            long before = rows(database);
            database.sql().sql("DELETE FROM decision_term").update();
            assertThat(faults(database)).containsExactly(changed(1));

            assertThat(Reindexing.of(database, rows -> {})).isEqualTo(new Reindexing(2_000, 0));

            assertThat(faults(database)).isEmpty();
            assertThat(rows(database)).isEqualTo(before);
            assertThat(new Archive(database).count(new DecisionQuery(null, null, null, List.of("kind ROUTING"))))
                    .isEqualTo(2_000);
            assertThat(new Archive(database).count(new DecisionQuery(null, null, null, List.of("row DUTY-3"))))
                    .isEqualTo(400);
        }
    }

    private static void keep(Journal journal, int from, int to, Instant keptAt) {
        var waiting = new ArrayList<JournalReceipt>();
        for (int n = from; n < to; n++) {
            waiting.add(journal.keep(answer(n, keptAt)));
        }
        waiting.forEach(JournalReceipt::await);
    }

    @ParameterizedTest
    @EnumSource
    void what_was_stopped_half_way_is_begun_again(Stores kind) {
        try (Database database = kind.open()) {
            try (Journal journal = Journal.in(database, Keeping.REQUIRED, Personal.kept(), CLOCK, "liandong test")) {
                keep(journal, 0, 1_200, MORNING);
            }
            database.sql()
                    .sql("UPDATE term SET name = 'former ' || name WHERE name LIKE 'rule%'")
                    .update();

            assertThatThrownBy(() -> Reindexing.of(database, rows -> {
                        throw new IllegalStateException("stopped after the first step");
                    }))
                    .hasMessage("stopped after the first step");
            assertThat(faults(database)).containsExactly(changed(1));

            Reindexing.of(database, rows -> {});
            assertThat(faults(database)).isEmpty();
            assertThat(new Archive(database).count(new DecisionQuery(null, null, null, List.of("rule RTE-03"))))
                    .isEqualTo(171);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_index_follows_the_decisions_whatever_somebody_made_of_them(Stores kind) {
        try (Database database = ArchiveTest.kept(kind)) {
            PlainEntries.of(database);
            database.sql()
                    .sql("UPDATE decision SET marks = 'row OTHER', kind = 'x' WHERE no = ?")
                    .param(Entry.no(1, 17))
                    .update();
            database.sql()
                    .sql("DELETE FROM decision WHERE no = ?")
                    .param(Entry.no(2, 5))
                    .update();
            List<Fault> before = faults(database);
            assertThat(before)
                    .extracting(Fault::what)
                    .containsExactly(What.CHANGED, What.MISSING, What.INDEX_CHANGED, What.INDEX_CHANGED);

            Reindexing.of(database, rows -> {});

            assertThat(faults(database)).isEqualTo(before.subList(0, 2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_store_of_format_4_is_brought_to_this_one_and_finds_all_it_found(Stores kind) {
        String at = kind.fresh();
        try (Database database = ArchiveTest.kept(at)) {
            // As format 4 left it; its index is made anew, whatever stands in it.
            database.batches().execute("DROP TABLE decision_term");
            database.batches().execute("DROP TABLE term");
            database.batches().execute("DROP TABLE indexed");
            database.batches()
                    .execute("CREATE TABLE decision_mark (mark TEXT NOT NULL, kept_at BIGINT NOT NULL,"
                            + " no BIGINT NOT NULL, entries TEXT NOT NULL, PRIMARY KEY (mark, kept_at, no))");
            database.sql()
                    .sql("INSERT INTO decision_mark VALUES ('kind ROUTING', 5, ?, '0,x')")
                    .param(Entry.no(1, 1))
                    .update();
            PlainEntries.of(database);
            database.batches().execute("ALTER TABLE decision DROP COLUMN packed");
            database.batches().execute("DROP TABLE decision_text");
            database.batches().execute("DROP TABLE audit_entry");
            database.batches().execute("DROP TABLE audit_head");
            database.batches().execute("DROP TABLE personal_key");
            database.batches().execute("DROP TABLE key_terms");
            Stores.asOfFormat11(database);
            database.batches().execute("DROP TABLE request_key");
            database.sql()
                    .sql("DELETE FROM flyway_schema_history WHERE version IN ('5', '6', '7', '8', '9', '10', '11')")
                    .update();
        }

        try (Database database = Database.open(at, null, null)) {
            assertThat(faults(database)).isEmpty();
            assertThat(rows(database)).isEqualTo(4L * ArchiveTest.ALL);
            ArchiveTest.searches(database);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_store_of_format_9_is_brought_to_this_one_and_finds_all_it_found(Stores kind) {
        String at = kind.fresh();
        try (Database database = ArchiveTest.kept(at)) {
            database.batches().execute("ALTER TABLE decision_term RENAME TO numbered");
            database.batches()
                    .execute("CREATE TABLE decision_term (term TEXT NOT NULL, kept_at BIGINT NOT NULL,"
                            + " no BIGINT NOT NULL, PRIMARY KEY (term, kept_at, no))");
            database.sql()
                    .sql("INSERT INTO decision_term SELECT t.name, d.kept_at, d.no FROM numbered d"
                            + " JOIN term t ON t.no = d.term")
                    .update();
            database.batches().execute("DROP TABLE numbered");
            database.batches().execute("DROP TABLE term");
            database.batches().execute("DROP TABLE indexed");
            Stores.asOfFormat11(database);
            database.batches().execute("DROP TABLE request_key");
            database.sql()
                    .sql("DELETE FROM flyway_schema_history WHERE version IN ('10', '11')")
                    .update();
        }

        try (Database database = Database.open(at, null, null)) {
            assertThat(faults(database)).isEmpty();
            assertThat(rows(database)).isEqualTo(4L * ArchiveTest.ALL);
            ArchiveTest.searches(database);
            try (Journal journal = Journal.in(database, Keeping.REQUIRED, Personal.kept(), CLOCK, "liandong test")) {
                keep(journal, 0, 10, MORNING.plusSeconds(40));
            }
            assertThat(faults(database)).isEmpty();
            ArchiveTest.searches(database);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_kept_is_found_at_once_though_the_index_is_written_behind_it(Stores kind) {
        try (Database database = kind.open();
                Journal journal = Journal.in(database, Keeping.REQUIRED, Personal.kept(), CLOCK, "liandong test")) {
            var archive = new Archive(database);
            for (int n = 0; n < 40; n++) {
                journal.keep(answer(n, MORNING)).await();

                assertThat(archive.count(new DecisionQuery(null, null, null, List.of("kind ROUTING"))))
                        .isEqualTo(n + 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_a_process_that_was_killed_left_behind_is_found_and_no_fault(Stores kind) {
        try (Database database = ArchiveTest.kept(kind)) {
            // As if both processes had ended before their entries were put into the index.
            for (String statement : List.of(
                    "DELETE FROM decision_term WHERE no > " + Entry.no(1, 10) + " AND no < " + Entry.no(2, 0),
                    "UPDATE indexed SET place = 10 WHERE chain = 1",
                    "DELETE FROM decision_term WHERE no > " + Entry.no(2, 0),
                    "DELETE FROM indexed WHERE chain = 2")) {
                assertThat(database.sql().sql(statement).update()).as(statement).isPositive();
            }

            assertThat(faults(database)).isEmpty();
            assertThat(rows(database)).isEqualTo(4L * ArchiveTest.ALL);
            ArchiveTest.searches(database);
        }
    }

    @ParameterizedTest
    @EnumSource
    void retention_before_the_index_has_been_written_leaves_no_row_of_what_is_gone(Stores kind) {
        try (Database database = ArchiveTest.kept(kind)) {
            database.sql().sql("DELETE FROM decision_term").update();
            database.sql().sql("UPDATE indexed SET place = 0").update();

            Retention.prune(database, MORNING.plusSeconds(3), CLOCK, "运维", count -> {});

            ArchiveTest.searches(database);
            assertThat(faults(database)).isEmpty();
            assertThat(rows(database)).isEqualTo(4L * (ArchiveTest.ALL - 30));
        }
    }

    /** Runs something over and over while answers are kept and old ones taken away. */
    private static void meanwhile(Database database, Runnable check) throws Exception {
        var on = new AtomicBoolean(true);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try (Journal journal = Journal.in(database, Keeping.REQUIRED, Personal.kept(), CLOCK, "liandong test")) {
            Future<Integer> written = pool.submit(() -> {
                int n = 0;
                while (on.get()) {
                    keep(journal, n, n + 30, MORNING.plusSeconds(1_000 + n));
                    n += 30;
                    Thread.sleep(10);
                }
                return n;
            });
            Future<Long> pruned = pool.submit(() -> {
                long all = 0;
                while (on.get()) {
                    long kept = new Archive(database).count(DecisionQuery.ALL);
                    all += Retention.prune(
                            database, MORNING.plusSeconds(700 + all + kept / 2), CLOCK, "运维", count -> {});
                    Thread.sleep(10);
                }
                return all;
            });
            long until = System.nanoTime() + 2_000_000_000L;
            for (int run = 0; run < 5 || System.nanoTime() < until; run++) {
                check.run();
            }
            on.set(false);
            assertThat(written.get()).isPositive();
            assertThat(pruned.get()).isPositive();
        } finally {
            on.set(false);
            pool.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource
    void verifying_while_answers_are_kept_and_taken_away_finds_nothing(Stores kind) throws Exception {
        try (Database database = ArchiveTest.kept(kind)) {
            meanwhile(database, () -> assertThat(faults(database)).isEmpty());

            assertThat(faults(database)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void making_the_index_anew_while_answers_are_kept_and_taken_away_disturbs_neither(Stores kind) throws Exception {
        try (Database database = ArchiveTest.kept(kind)) {
            meanwhile(database, () -> Reindexing.of(database, rows -> {}));

            assertThat(faults(database)).isEmpty();
            assertThat(rows(database)).isPositive();
            ArchiveTest.searches(database);
        }
    }
}
