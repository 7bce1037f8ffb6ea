package liandong.journal;

import static liandong.journal.Answers.MORNING;
import static liandong.journal.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import liandong.store.Database;
import liandong.store.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Decisions that get too old are taken away by a timer, without anybody calling. */
class RetentionTimerTest {
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final String OLD = answer(0).id();
    private static final String NEW = answer(1).id();

    /** Two days after the first morning; asked once in each run, which fails when it does. */
    private static final class Asked extends Clock {
        private final AtomicInteger runs = new AtomicInteger();
        private final int failing;

        Asked(int failing) {
            this.failing = failing;
        }

        @Override
        public Instant instant() {
            if (runs.incrementAndGet() <= failing) {
                throw new IllegalStateException("no time");
            }
            return MORNING.plus(Duration.ofDays(2));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** One kept two days ago, and one kept half a day ago. */
    private static void keep(Database database) {
        Clock clock = Clock.fixed(MORNING, ZoneOffset.UTC);
        try (Journal journal = Journal.in(database, Keeping.REQUIRED, Personal.kept(), clock, "liandong test")) {
            journal.keep(answer(0, MORNING)).await();
            journal.keep(answer(1, MORNING.plus(Duration.ofHours(36)))).await();
        }
    }

    private static List<String> kept(Database database) {
        return new Archive(database)
                .oldest(DecisionQuery.ALL, null, 10).entries().stream()
                        .map(Entry::id)
                        .toList();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_too_old_disappears_and_the_rest_is_as_it_was(Stores kind) throws Exception {
        try (Database database = kind.open()) {
            keep(database);
            var clock = new Asked(0);
            Retention timer = Retention.every(OFTEN, OFTEN, database, 1, clock);
            try {
                await(() -> kept(database).equals(List.of(NEW)));
                int runs = clock.runs.get();
                await(() -> clock.runs.get() > runs + 1);
                assertThat(kept(database)).containsExactly(NEW);
            } finally {
                timer.close();
            }
            assertThat(Verification.of(database, Map.of(), read -> {}).faults()).isEmpty();
        }
    }

    @Test
    void a_run_that_fails_whatever_it_is_does_not_stop_the_next() throws Exception {
        try (Database database = Stores.SQLITE.open()) {
            keep(database);
            Retention timer = Retention.every(OFTEN, OFTEN, database, 1, new Asked(2));
            try {
                await(() -> kept(database).equals(List.of(NEW)));
            } finally {
                timer.close();
            }
        }
    }

    @Test
    void while_the_store_cannot_be_written_nothing_is_taken_away_and_afterwards_it_is() throws Exception {
        String file = Stores.SQLITE.fresh();
        try (Database database = Database.open(file, null, null)) {
            keep(database);
            var clock = new Asked(0);
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    var statement = other.createStatement()) {
                statement.execute("BEGIN EXCLUSIVE");
                Retention timer = Retention.every(OFTEN, OFTEN, database, 1, clock);
                try {
                    await(() -> clock.runs.get() > 1); // the first has failed: the second has begun
                    assertThat(kept(database)).containsExactly(OLD, NEW);

                    statement.execute("ROLLBACK");
                    await(() -> kept(database).equals(List.of(NEW)));
                } finally {
                    timer.close();
                }
            }
        }
    }
}
