package liandong.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import liandong.Decide;
import liandong.decision.DecisionService;
import liandong.journal.Archive;
import liandong.journal.DecisionQuery;
import liandong.journal.Entry;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import liandong.journal.Personal;
import liandong.journal.Retention;
import liandong.journal.Verification;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.problem.KeyInUseException;
import liandong.problem.KeySpentException;
import liandong.replay.Replay;
import liandong.store.Database;
import liandong.store.RequestKey;
import liandong.store.RequestKeys;
import liandong.store.StoreException;
import liandong.store.Stores;
import liandong.wire.BadRequestException;
import liandong.wire.NotKeptException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Decisions that are asked for again under their keys, on both stores, by one process and by two. */
class KeyedDecisionsTest {
    private static final Instant MORNING = Instant.parse("2026-03-02T02:00:00Z");
    private static final Policy FIRST = TinyPolicy.withOneRule().load();
    private static final Policy SECOND =
            TinyPolicy.withOneRule().cell("routing.xlsx 派单目录!G3", "新方案").load();

    /** A process that decides, at a time and by a policy that may change. */
    private static final class Service implements AutoCloseable {
        private final Database database;
        private final Journal journal;
        private final KeyedDecisions keyed;
        private volatile Policy policy = FIRST;
        private volatile Instant now = MORNING;

        Service(Database database, Keeping keeping, Personal personal) {
            this.database = database;
            Clock clock = new Clock() {
                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            };
            this.journal = Journal.in(database, keeping, personal, clock, "liandong test");
            var replay = new Replay(this::version, personal);
            this.keyed = new KeyedDecisions(
                    new DecisionService(() -> policy, clock), journal, new Archive(database), replay, database);
        }

        private @Nullable Policy version(String version) {
            return List.of(FIRST, SECOND).stream()
                    .filter(each -> each.version().equals(version))
                    .findFirst()
                    .orElse(null);
        }

        private KeyedDecisions.Answered answered(String caller, String key, String text) throws BadRequestException {
            return keyed.answer(Decide.ROUTING, text, caller, asking(caller, key, text), () -> {});
        }

        /** What is answered, with {@code again} before it when it was given before. */
        String asked(String caller, String key, String text) throws BadRequestException {
            KeyedDecisions.Answered answered = answered(caller, key, text);
            answered.response().receipt().await();
            return (answered.again() ? "again " : "") + answered.response().json();
        }

        String asked(String key, String text) throws BadRequestException {
            return asked("热线平台", key, text);
        }

        List<Entry> kept() {
            return new Archive(database)
                    .oldest(DecisionQuery.ALL, null, Archive.MOST)
                    .entries();
        }

        @Override
        public void close() {
            keyed.close();
            journal.close();
        }
    }

    private static Service process(Database database) {
        return new Service(database, Keeping.REQUIRED, Personal.kept());
    }

    /** A report that names no time of its own, so that it is decided for the moment at which it comes. */
    private static String report(String id) {
        return "{\"incident\":{\"id\":\"" + id + "\",\"reportedAt\":\"2026-03-02T09:00:00+08:00\","
                + "\"source\":\"GRID\",\"area\":\"330102001001\",\"text\":\"路面有坑洞\"}}";
    }

    private static long keys(Database database) {
        return database.sql()
                .sql("SELECT count(*) FROM request_key")
                .query(Long.class)
                .single();
    }

    @ParameterizedTest
    @EnumSource
    void the_same_request_gets_its_answer_again_whatever_has_changed_since_and_nothing_is_kept_twice(Stores kind)
            throws Exception {
        String at = kind.fresh();
        String first;
        try (Database database = Database.open(at, null, null);
                Service process = process(database)) {
            first = process.asked("a", report("A-1"));
            process.now = MORNING.plusSeconds(3_600);
            process.policy = SECOND;

            assertThat(process.asked("a", report("A-1"))).isEqualTo("again " + first);
            assertThat(process.asked("b", report("A-1"))).isNotEqualTo(first).doesNotStartWith("again");
            assertThat(process.kept()).hasSize(2);
        }
        try (Database database = Database.open(at, null, null);
                Service restarted = process(database)) {
            assertThat(restarted.asked("a", report("A-1"))).isEqualTo("again " + first);
            assertThat(restarted.kept()).hasSize(2);
            assertThat(Verification.of(database, Map.of(), read -> {}).faults()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void another_request_under_a_key_is_refused_and_the_key_of_another_caller_is_another_key(Stores kind)
            throws Exception {
        try (Database database = kind.open();
                Service process = process(database)) {
            String first = process.asked("a", report("A-1"));

            assertThatThrownBy(() -> process.asked("a", report("A-2")))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("KEY_REUSED");
            assertThat(process.asked("信访系统", "a", report("A-2"))).doesNotStartWith("again");
            assertThat(process.asked("a", report("A-1"))).isEqualTo("again " + first);
            assertThat(process.kept()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_refused_or_could_not_be_kept_leaves_its_key_free_to_be_sent_with_what_was_mended(Stores kind)
            throws Exception {
        try (Database database = kind.open();
                Service process = process(database)) {
            assertThatThrownBy(() -> process.asked("a", "{")).hasMessageContaining("BAD_JSON");
            assertThatThrownBy(() -> process.asked("a", report(""))).hasMessageContaining("TOO_SHORT");
            database.batches().execute("ALTER TABLE decision RENAME TO gone");
            assertThatThrownBy(() -> process.asked("a", report("A-1"))).isInstanceOf(NotKeptException.class);
            assertThat(keys(database)).isZero();
            database.batches().execute("ALTER TABLE gone RENAME TO decision");

            assertThat(process.asked("a", report("A-2"))).contains("\"incidentId\":\"A-2\"");
            assertThat(keys(database)).isEqualTo(1);
            assertThat(process.kept()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void while_the_first_is_being_answered_a_second_is_told_to_wait(Stores kind) throws Exception {
        try (Database database = kind.open();
                Service process = process(database)) {
            process.asked("before", report("A-0")); // so that the journal has begun
            KeyedDecisions.Answered first = database.transact(() -> {
                if (kind == Stores.POSTGRES) {
                    database.batches().execute("LOCK TABLE decision IN EXCLUSIVE MODE");
                }
                try {
                    KeyedDecisions.Answered waits = process.answered("热线平台", "a", report("A-1"));
                    assertThatThrownBy(() -> process.answered("热线平台", "a", report("A-1")))
                            .isInstanceOf(KeyInUseException.class);
                    return waits;
                } catch (BadRequestException e) {
                    throw new AssertionError(e);
                }
            });
            first.response().receipt().await();

            assertThat(process.asked("a", report("A-1")))
                    .isEqualTo("again " + first.response().json());
        }
    }

    @Test
    void of_two_processes_that_get_the_same_at_once_one_keeps_it() throws Exception {
        String at = Stores.POSTGRES.fresh();
        int keys = 40;
        try (Database here = Database.open(at, null, null);
                Database there = Database.open(at, null, null);
                Service one = process(here);
                Service other = process(there)) {
            other.now = MORNING.plusSeconds(60); // so that each would answer otherwise
            var callers = Executors.newFixedThreadPool(8);
            var work = new ArrayList<Callable<String>>();
            IntStream.range(0, 4 * keys)
                    .forEach(n -> work.add(() -> {
                        Service process = n % 2 == 0 ? one : other;
                        String key = "key " + n / 4;
                        while (true) {
                            try {
                                return process.asked(key, report("A-" + n / 4)).replaceFirst("^again ", "");
                            } catch (KeyInUseException e) {
                                Thread.sleep(1); // as its caller would
                            }
                        }
                    }));
            List<Future<String>> answers = callers.invokeAll(work);
            callers.shutdown();

            for (int n = 0; n < 4 * keys; n++) {
                assertThat(answers.get(n).get())
                        .isEqualTo(answers.get(n / 4 * 4).get())
                        .contains("\"incidentId\":\"A-" + n / 4 + "\"");
            }
            assertThat(one.kept()).hasSize(keys);
            assertThat(keys(here)).isEqualTo(keys);
            assertThat(Verification.of(here, Map.of(), read -> {}).faults()).isEmpty();
        }
    }

    @Test
    void a_stranger_in_a_batch_loses_its_place_and_the_others_keep_theirs() throws Exception {
        String at = Stores.POSTGRES.fresh();
        try (Database here = Database.open(at, null, null);
                Database there = Database.open(at, null, null);
                Service one = process(here)) {
            one.asked("before", report("A-0"));
            var waiting = new ArrayList<KeyedDecisions.Answered>();
            there.transact(() -> {
                // Nobody sees it yet; the journal finds out when it writes.
                RequestKeys.keep(there, MORNING, Map.of(new RequestKey(id("key 3"), "another"), 77L));
                for (int n = 1; n <= 5; n++) {
                    try {
                        waiting.add(one.answered("热线平台", "key " + n, report("A-" + n)));
                    } catch (BadRequestException e) {
                        throw new AssertionError(e);
                    }
                }
                return true;
            });

            for (int n = 1; n <= 5; n++) {
                var receipt = waiting.get(n - 1).response().receipt();
                if (n == 3) {
                    assertThatThrownBy(receipt::await).isInstanceOf(KeyInUseException.class);
                } else {
                    receipt.await();
                }
            }
            assertThat(one.kept()).extracting(Entry::subject).contains("A-1", "A-2", "A-4", "A-5");
            assertThat(Verification.of(here, Map.of(), read -> {}).faults()).isEmpty();
        }
    }

    private static String id(String key) {
        return asking("热线平台", key, "").id();
    }

    private static RequestKey asking(String caller, String key, String text) {
        return new IdempotencyKey(caller, key)
                .asking("POST", "/v1/routing", "", 0, List.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @EnumSource
    void where_the_words_of_the_report_are_hidden_the_answer_comes_again_to_the_byte(Stores kind) throws Exception {
        for (Personal personal :
                List.of(Personal.masked(Personal.FIELDS), Personal.encrypted(Personal.FIELDS, new byte[32]))) {
            try (Database database = kind.open();
                    Service process = new Service(database, Keeping.REQUIRED, personal)) {
                String first = process.asked("a", report("A-1"));
                process.now = MORNING.plusSeconds(3_600);
                process.policy = SECOND;

                assertThat(process.kept().get(0).request()).doesNotContain("路面有坑洞");
                assertThat(process.asked("a", report("A-1"))).isEqualTo("again " + first);
                assertThat(process.kept()).hasSize(1);
                assertThat(database.sql()
                                .sql("SELECT id || request FROM request_key")
                                .query(String.class)
                                .single())
                        .matches("[0-9a-f]{128}");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_that_cannot_be_told_again_is_not_made_anew(Stores kind) throws Exception {
        try (Database database = kind.open();
                Service process = new Service(database, Keeping.REQUIRED, Personal.masked(Personal.FIELDS))) {
            process.policy = TinyPolicy.withOneRule()
                    .cell("routing.xlsx 派单目录!G3", "无人保存的方案")
                    .load();
            process.asked("a", report("A-1"));

            assertThatThrownBy(() -> process.asked("a", report("A-1"))).isInstanceOf(KeySpentException.class);
            assertThat(process.kept()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keys_are_forgotten_when_they_are_old_and_those_of_decisions_that_are_gone_count_no_more(Stores kind)
            throws Exception {
        try (Database database = kind.open();
                Service process = process(database)) {
            for (int n = 0; n < 3; n++) {
                process.now = MORNING.plusSeconds(n);
                process.asked("key " + n, report("A-" + n));
            }

            assertThat(new RequestKeys(database).forget(MORNING.plusSeconds(1))).isEqualTo(1);
            assertThat(process.asked("key 0", report("A-0"))).doesNotStartWith("again");
            assertThat(process.asked("key 1", report("A-1"))).startsWith("again");
            Retention.prune(
                    database, MORNING.plusSeconds(2), Clock.fixed(process.now, ZoneOffset.UTC), "test", count -> {});
            assertThat(process.asked("key 1", report("A-1"))).doesNotStartWith("again");
            assertThat(process.asked("key 1", report("A-1"))).startsWith("again");
            assertThat(process.asked("key 2", report("A-2"))).startsWith("again");
        }
    }

    @Test
    void where_answers_are_given_though_they_cannot_be_kept_a_key_waits_for_no_store_that_is_gone() throws Exception {
        Database database = Stores.SQLITE.open();
        try (Service process = new Service(database, Keeping.BEST_EFFORT, Personal.kept())) {
            process.asked("a", report("A-1"));
            database.close();

            int asked = 20;
            Instant before = Instant.now();
            for (int n = 0; n < asked; n++) {
                assertThat(process.asked("a", report("A-1"))).startsWith("{").contains("\"incidentId\":\"A-1\"");
            }
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
            while (process.journal.waiting() > 0 || process.journal.notKept() < asked) {
                assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
                Thread.sleep(10);
            }
            assertThat(process.journal.kept()).isEqualTo(1);
        }
        Database gone = Stores.SQLITE.open();
        try (Service process = process(gone)) {
            gone.close();
            assertThatThrownBy(() -> process.asked("a", report("A-1"))).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void where_answers_are_given_though_they_cannot_be_kept_a_key_does_not_wait_for_a_store_that_hangs()
            throws Exception {
        try (Database database = Stores.POSTGRES.open();
                Service process = new Service(database, Keeping.BEST_EFFORT, Personal.kept())) {
            String first = process.asked("a", report("A-1"));
            database.transact(() -> {
                database.batches().execute("LOCK TABLE request_key IN ACCESS EXCLUSIVE MODE");
                Instant before = Instant.now();
                try {
                    assertThat(process.asked("a", report("A-1"))).startsWith("{");
                } catch (BadRequestException e) {
                    throw new AssertionError(e);
                }
                assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
                return true;
            });

            assertThat(process.asked("a", report("A-1"))).isEqualTo("again " + first);
        }
    }

    @Test
    void what_is_given_though_it_cannot_be_kept_is_given_and_what_keeps_nothing_takes_no_key() throws Exception {
        try (Database database = Stores.SQLITE.open()) {
            try (Service process = new Service(database, Keeping.BEST_EFFORT, Personal.kept())) {
                String first = process.asked("a", report("A-1"));
                assertThat(process.asked("a", report("A-1"))).isEqualTo("again " + first);
                database.batches().execute("ALTER TABLE decision RENAME TO gone");
                assertThat(process.asked("b", report("A-2"))).contains("\"incidentId\":\"A-2\"");
                assertThat(process.asked("b", report("A-2"))).doesNotStartWith("again");
                assertThat(process.journal.notKept()).isPositive();
                database.batches().execute("ALTER TABLE gone RENAME TO decision");
            }
            try (Service process = new Service(database, Keeping.OFF, Personal.kept())) {
                assertThatThrownBy(() -> process.asked("c", report("A-1"))).hasMessageContaining("KEYS_NOT_KEPT");
            }
        }
    }
}
