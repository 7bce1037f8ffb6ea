package liandong.journal;

import static liandong.journal.Answers.MORNING;
import static liandong.journal.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import liandong.Decide;
import liandong.District;
import liandong.decision.Decision;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionService;
import liandong.decision.DecisionWatch;
import liandong.journal.Archive.Found;
import liandong.problem.Code;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.JournalReceipt;
import liandong.wire.Json;
import liandong.wire.NotKeptException;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JournalTest {
    private static final Clock CLOCK = Clock.fixed(MORNING, ZoneOffset.UTC);

    private static Journal journal(Database database) {
        return Journal.in(database, Keeping.REQUIRED, Personal.kept(), CLOCK, "liandong test");
    }

    private static void keep(Journal journal, int from, int to) {
        List<JournalReceipt> kept =
                IntStream.range(from, to).mapToObj(n -> journal.keep(answer(n))).toList();
        kept.forEach(JournalReceipt::await);
    }

    private static Verification verified(Database database) {
        return Verification.of(database, Map.of(), read -> {});
    }

    @ParameterizedTest
    @EnumSource
    void what_was_waited_for_is_there_whole_for_whoever_opens_the_store_next(Stores kind) {
        String at = kind.fresh();
        try (Database database = Database.open(at, null, null);
                Journal journal = journal(database)) {
            keep(journal, 0, 10);
            assertThat(journal.kept()).isEqualTo(10);

            try (Database other = Database.open(at, null, null)) {
                List<Entry> entries =
                        new Archive(other).oldest(DecisionQuery.ALL, null, 100).entries();
                assertThat(entries).hasSize(10);
                for (int n = 0; n < 10; n++) {
                    assertThat(entries.get(n))
                            .usingRecursiveComparison()
                            .ignoringFields("no")
                            .isEqualTo(answer(n));
                    assertThat(entries.get(n).place()).isEqualTo(n + 1);
                }
                assertThat(verified(other).faults()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void many_who_wait_at_once_are_all_kept_each_once_and_in_one_chain(Stores kind) throws Exception {
        int threads = 16;
        int each = 50;
        try (Database database = kind.open();
                Journal journal = journal(database)) {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            List<Callable<Void>> work = IntStream.range(0, threads)
                    .<Callable<Void>>mapToObj(thread -> () -> {
                        for (int i = 0; i < each; i++) {
                            journal.keep(answer(thread * each + i)).await();
                        }
                        return null;
                    })
                    .toList();
            for (Future<Void> done : pool.invokeAll(work)) {
                done.get();
            }
            pool.shutdown();

            Set<String> ids = new HashSet<>();
            Found page = new Archive(database).newest(DecisionQuery.ALL, null, 1_000);
            page.entries().forEach(entry -> ids.add(entry.id()));
            assertThat(page.entries()).hasSize(threads * each);
            assertThat(ids).hasSize(threads * each);
            Verification verification = verified(database);
            assertThat(verification.faults()).isEmpty();
            assertThat(verification.entries()).isEqualTo((long) threads * each);
            assertThat(verification.chains()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_run_has_a_chain_of_its_own_that_follows_the_one_before(Stores kind) {
        String at = kind.fresh();
        for (int run = 0; run < 3; run++) {
            try (Database database = Database.open(at, null, null);
                    Journal journal = journal(database)) {
                keep(journal, run * 10, run * 10 + 10);
            }
        }

        try (Database database = Database.open(at, null, null)) {
            Verification verification = verified(database);
            assertThat(verification.chains())
                    .extracting(Verification.Head::chain, Verification.Head::length)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(1L, 10L),
                            org.assertj.core.groups.Tuple.tuple(2L, 10L),
                            org.assertj.core.groups.Tuple.tuple(3L, 10L));
            assertThat(verification.faults()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void two_processes_on_one_store_write_beside_each_other(Stores kind) {
        String at = kind.fresh();
        try (Database one = Database.open(at, null, null);
                Database other = Database.open(at, null, null);
                Journal first = journal(one);
                Journal second = journal(other)) {
            for (int n = 0; n < 60; n += 20) {
                keep(first, n, n + 10);
                keep(second, n + 10, n + 20);
            }

            assertThat(new Archive(one).oldest(DecisionQuery.ALL, null, 100).entries())
                    .extracting(Entry::id)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 60).mapToObj(n -> answer(n).id()).toList());
            assertThat(verified(one).chains())
                    .extracting(Verification.Head::length)
                    .containsExactly(30L, 30L);
            assertThat(verified(one).faults()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_clock_that_jumps_back_breaks_no_chain(Stores kind) {
        try (Database database = kind.open();
                Journal journal = journal(database)) {
            journal.keep(answer(1, MORNING)).await();
            journal.keep(answer(2, MORNING.minusSeconds(3_600))).await();
            journal.keep(answer(3, MORNING.plusSeconds(1))).await();

            assertThat(verified(database).faults()).isEmpty();
            assertThat(new Archive(database).oldest(DecisionQuery.ALL, null, 10).entries())
                    .extracting(Entry::id)
                    .containsExactly(answer(2).id(), answer(1).id(), answer(3).id());
        }
    }

    /** A store that soon says what it says when the disk is full, until something is taken out of it. */
    private static Database small(Stores kind) {
        String at = kind.fresh();
        if (kind == Stores.SQLITE) {
            // SQLite's own limit gives the very error that a full disk gives (SQLITE_FULL).
            return Database.open("jdbc:sqlite:" + at + "?max_page_count=106", null, null);
        }
        Database database = Database.open(at, null, null);
        database.sql().sql("""
                        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN
                            IF (SELECT count(*) FROM decision) > 150 THEN
                                RAISE EXCEPTION 'could not extend file "base/5/16397": No space left on device'
                                    USING ERRCODE = '53100'; -- disk_full
                            END IF;
                            RETURN NULL;
                        END $$
                        """).update();
        database.sql()
                .sql("CREATE TRIGGER full_disk AFTER INSERT ON decision FOR EACH ROW EXECUTE FUNCTION full_disk()")
                .update();
        return database;
    }

    @ParameterizedTest
    @EnumSource
    void when_the_disk_is_full_nothing_is_answered_and_once_there_is_room_all_goes_on(Stores kind) {
        try (Database database = small(kind);
                Journal journal = journal(database)) {
            Set<String> answered = new LinkedHashSet<>();
            int asked = 0;
            while (journal.notKept() < 20) {
                int from = asked;
                asked += 10;
                Map<String, JournalReceipt> burst = new LinkedHashMap<>();
                IntStream.range(from, asked)
                        .mapToObj(Answers::answer)
                        .forEach(answer -> burst.put(answer.id(), journal.keep(answer)));
                burst.forEach((id, kept) -> {
                    try {
                        kept.await();
                        answered.add(id);
                    } catch (NotKeptException e) {
                        assertThat(e.problem().code()).isEqualTo(Code.JOURNAL_UNWRITABLE);
                        // What a driver says of a batch would bring the words of citizens into the log.
                        assertThat(Throwables.getStackTrace(e)).doesNotContain("路灯不亮");
                    }
                });
            }
            assertThat(answered).hasSizeGreaterThan(100);
            assertThat(journal.isWriting()).isFalse();
            assertThat(journal.kept()).isEqualTo(answered.size());
            assertThat(journal.notKept()).isEqualTo(asked - answered.size());
            assertThat(ids(database)).containsExactlyElementsOf(answered);
            assertThat(verified(database).faults()).isEmpty();

            if (kind == Stores.SQLITE) {
                // Nothing may find what is kept by its terms yet, and there is no room to see to that.
                database.sql().sql("UPDATE indexed SET place = place - 1").update();
                Verification found = verified(database);
                assertThat(found.faults()).isEmpty();
                assertThat(found.entries()).isEqualTo(answered.size());
            }
            Retention.prune(database, MORNING.plusSeconds(50), CLOCK, "运维", count -> {});
            keep(journal, asked, asked + 10);

            assertThat(journal.isWriting()).isTrue();
            answered.removeIf(id -> id.compareTo(answer(50).id()) < 0);
            IntStream.range(asked, asked + 10)
                    .forEach(n -> answered.add(answer(n).id()));
            assertThat(ids(database)).containsExactlyElementsOf(answered);
            assertThat(verified(database).faults()).isEmpty();
        }
    }

    private static List<String> ids(Database database) {
        return new Archive(database)
                .oldest(DecisionQuery.ALL, null, 1_000).entries().stream()
                        .map(Entry::id)
                        .toList();
    }

    @Test
    void while_somebody_else_holds_the_file_nothing_is_answered(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("liandong.db");
        try (Database database = Database.open(file.toString(), null, null);
                Journal journal = journal(database)) {
            keep(journal, 0, 1);
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    var statement = other.createStatement()) {
                statement.execute("BEGIN EXCLUSIVE");

                assertThatThrownBy(() -> keep(journal, 1, 2)).isInstanceOf(NotKeptException.class);

                statement.execute("ROLLBACK");
            }
            keep(journal, 2, 3);

            assertThat(new Archive(database).oldest(DecisionQuery.ALL, null, 10).entries())
                    .extracting(Entry::id)
                    .containsExactly(answer(0).id(), answer(2).id());
            assertThat(verified(database).faults()).isEmpty();
        }
    }

    @Test
    void when_the_server_goes_nothing_is_answered_and_when_it_is_back_all_goes_on(@TempDir Path folder)
            throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
        int port = server.getPort();
        try (Database database = Database.open(server.getJdbcUrl("postgres", "postgres"), null, null);
                Journal journal = journal(database)) {
            keep(journal, 0, 10);
            server.close();

            for (int n = 10; n < 12; n++) {
                int now = n;
                assertThatThrownBy(() -> keep(journal, now, now + 1)).isInstanceOf(NotKeptException.class);
            }
            assertThat(journal.isWriting()).isFalse();

            server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .start();
            // Nobody asks for anything, and yet it finds out.
            while (!journal.isWriting()) {
                Thread.sleep(50);
            }
            keepWhenItIsBack(journal, 19);
            keep(journal, 20, 30);

            assertThat(journal.isWriting()).isTrue();
            assertThat(ids(database))
                    .containsExactlyElementsOf(IntStream.concat(IntStream.range(0, 10), IntStream.range(19, 30))
                            .mapToObj(n -> answer(n).id())
                            .toList());
            assertThat(verified(database).faults()).isEmpty();
        } finally {
            server.close();
        }
    }

    /** The pool tries a server that was gone again every few seconds only. */
    private static void keepWhenItIsBack(Journal journal, int n) {
        Instant end = Instant.now().plusSeconds(20);
        while (true) {
            try {
                journal.keep(answer(n)).await();
                return;
            } catch (NotKeptException e) {
                assertThat(Instant.now()).isBefore(end);
            }
        }
    }

    @Test
    void who_prefers_answers_to_keeping_them_is_told_how_many_were_lost(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("liandong.db");
        try (Database database = Database.open(file.toString(), null, null)) {
            Journal journal = Journal.in(database, Keeping.BEST_EFFORT, Personal.kept(), CLOCK, "liandong test");
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    var statement = other.createStatement()) {
                statement.execute("BEGIN EXCLUSIVE");
                for (int n = 0; n < 7; n++) {
                    journal.keep(answer(n)).await();
                }
                while (journal.notKept() < 1) {
                    Thread.onSpinWait();
                }
                statement.execute("ROLLBACK");
            }
            journal.close();

            assertThat(journal.kept() + journal.notKept()).isEqualTo(7);
            assertThat(new Archive(database).count(DecisionQuery.ALL)).isEqualTo(journal.kept());
        }
    }

    @Test
    void a_journal_that_is_closed_keeps_what_waited_and_takes_no_more() {
        try (Database database = Stores.SQLITE.open()) {
            Journal journal = journal(database);
            List<JournalReceipt> waiting = new ArrayList<>();
            for (int n = 0; n < 300; n++) {
                waiting.add(journal.keep(answer(n)));
            }
            journal.close();

            waiting.forEach(JournalReceipt::await);
            assertThat(new Archive(database).count(DecisionQuery.ALL)).isEqualTo(300);
            NotKeptException thrown = catchThrowableOfType(NotKeptException.class, () -> journal.keep(answer(300)));
            assertThat(thrown.problem().code()).isEqualTo(Code.JOURNAL_UNWRITABLE);
        }
    }

    @Test
    void an_answer_is_told_of_once_it_is_kept_and_one_that_is_not_kept_never() throws Exception {
        var told = new ArrayList<String>();
        var watch = new DecisionWatch() {
            @Override
            public void took(Decision<?, ?> decision, Part part, long begun) {
                told.add(part.code());
            }

            @Override
            public void answered(DecisionRecord<?, ?> decided, String outcome, boolean left, boolean danger) {
                told.add(outcome);
            }
        };
        DecisionRecord<?, ?> decided =
                new DecisionService(District::policy, CLOCK).decide(Decide.ROUTING, Json.read("""
                {"incident": {"id": "T-1", "reportedAt": "2026-03-02T08:00:00+08:00", "source": "GRID",
                  "area": "330102001051", "text": "路灯坏了", "eventType": "STREET_LIGHT"},
                 "now": "2026-03-02T08:30:00+08:00"}"""));
        try (Database database = Stores.SQLITE.open()) {
            Journal journal = journal(database);
            journal.watchedBy(watch);
            JournalReceipt receipt = journal.keep(decided, "c").receipt();
            assertThat(told).isEmpty();
            receipt.await();
            receipt.await();
            assertThat(told).containsExactly("keep", "ASSIGNED", "keep");

            journal.close();
            assertThatThrownBy(() -> journal.keep(decided, "c").receipt().await())
                    .isInstanceOf(NotKeptException.class);
            assertThat(told).containsExactly("keep", "ASSIGNED", "keep");
        }
    }
}
