package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import liandong.access.Caller;
import liandong.access.Role;
import liandong.keyed.IdempotencyKey;
import liandong.problem.KeyInUseException;
import liandong.problem.KeySpentException;
import liandong.store.Database;
import liandong.store.RequestKeys;
import liandong.store.Stores;
import liandong.web.KeyedChanges.Work;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;

/** Changes that are asked for again under their keys, on both stores: by who waits, by another process, after a death. */
class KeyedChangesTest {
    private static final Instant MORNING = Instant.parse("2026-03-02T02:00:00Z");
    private static final Instant LATER = MORNING.plus(RequestKeys.LEASE).plus(Duration.ofSeconds(1));

    private static KeyedChanges at(Database database, Instant now) {
        return new KeyedChanges(database, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static MockHttpServletRequest request(String key) {
        var request = new MockHttpServletRequest("POST", "/v1/policies/7/publish");
        request.addHeader("Idempotency-Key", key);
        Callers.put(request, new Caller("li", null, Role.ALL));
        return request;
    }

    private static ResponseEntity<byte[]> said(String what) {
        return ResponseEntity.status(201)
                .contentType(MediaType.APPLICATION_JSON)
                .body(what.getBytes(StandardCharsets.UTF_8));
    }

    private static String told(ResponseEntity<byte[]> answer) {
        return answer.getStatusCode().value() + " " + answer.getHeaders().getContentType() + " "
                + new String(Objects.requireNonNull(answer.getBody()), StandardCharsets.UTF_8)
                + (answer.getHeaders().containsHeader(IdempotencyKey.REPLAYED) ? " again" : "");
    }

    /** Adds a row in one transaction with that it was done. */
    private static Work adding(Database database, String row) {
        return along -> {
            database.transact(() -> {
                database.sql()
                        .sql("INSERT INTO term (name) VALUES (?)")
                        .param(row)
                        .update();
                along.run();
                return true;
            });
            return said(row);
        };
    }

    private static long rows(Database database) {
        return database.sql().sql("SELECT count(*) FROM term").query(Long.class).single();
    }

    @ParameterizedTest
    @EnumSource
    void what_was_done_is_told_again_and_not_done_again(Stores kind) throws Exception {
        String at = kind.fresh();
        try (Database database = Database.open(at, null, null)) {
            assertThat(told(at(database, MORNING).answer(request("a"), adding(database, "one"))))
                    .isEqualTo("201 application/json one");
        }
        try (Database database = Database.open(at, null, null)) {
            assertThat(told(at(database, LATER).answer(request("a"), adding(database, "two"))))
                    .isEqualTo("201 application/json one again");
            assertThat(rows(database)).isEqualTo(1);
            assertThat(database.sql()
                            .sql("SELECT answer FROM request_key")
                            .query(String.class)
                            .single())
                    .as("sealed")
                    .doesNotContain("one");
        }
    }

    @ParameterizedTest
    @EnumSource
    void without_a_key_everything_is_done_as_often_as_it_is_asked_for(Stores kind) throws Exception {
        try (Database database = kind.open()) {
            var request = new MockHttpServletRequest("POST", "/v1/policies/7/publish");
            at(database, MORNING).answer(request, adding(database, "one"));
            at(database, MORNING).answer(request, adding(database, "two"));

            assertThat(rows(database)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void another_request_is_refused_be_it_another_body_query_or_language(Stores kind) throws Exception {
        try (Database database = kind.open()) {
            byte[] body = {1};
            KeyedChanges keyed = at(database, MORNING);
            keyed.answer(request("a"), adding(database, "one"), body);
            var query = request("a");
            query.setQueryString("label=x");
            var language = request("a");
            language.addHeader("Accept-Language", "en");

            assertThatThrownBy(() -> keyed.answer(request("a"), adding(database, "two"), new byte[] {2}))
                    .hasMessageContaining("KEY_REUSED");
            assertThatThrownBy(() -> keyed.answer(query, adding(database, "two"), body))
                    .hasMessageContaining("KEY_REUSED");
            assertThatThrownBy(() -> keyed.answer(language, adding(database, "two"), body))
                    .hasMessageContaining("KEY_REUSED");
            assertThat(told(keyed.answer(request("a"), adding(database, "two"), body)))
                    .endsWith("one again");
            assertThat(rows(database)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_refused_gives_its_key_back(Stores kind) throws Exception {
        try (Database database = kind.open()) {
            KeyedChanges keyed = at(database, MORNING);
            assertThatThrownBy(() -> keyed.answer(request("a"), along -> {
                        throw new NotThereException();
                    }))
                    .isInstanceOf(NotThereException.class);
            assertThatThrownBy(() -> keyed.answer(request("a"), along -> {
                        database.transact(() -> {
                            along.run();
                            throw new IllegalStateException("undone");
                        });
                        return said("never");
                    }))
                    .hasMessage("undone");

            assertThat(told(keyed.answer(request("a"), adding(database, "one"))))
                    .endsWith(" one");
        }
    }

    @ParameterizedTest
    @EnumSource
    void while_somebody_is_at_it_in_whichever_process_others_are_told_to_wait(Stores kind) throws Exception {
        String at = kind.fresh();
        try (Database here = Database.open(at, null, null);
                Database there = Database.open(at, null, null)) {
            var done = new AtomicInteger();
            at(here, MORNING).answer(request("a"), along -> {
                done.incrementAndGet();
                assertThatThrownBy(() -> at(there, MORNING).answer(request("a"), adding(there, "two")))
                        .isInstanceOf(KeyInUseException.class);
                return adding(here, "one").done(along);
            });

            assertThat(told(at(there, MORNING).answer(request("a"), adding(there, "two"))))
                    .endsWith("one again");
            assertThat(done).hasValue(1);
            assertThat(rows(here)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_process_that_dies_locks_its_key_no_longer_than_the_lease_and_one_that_is_late_does_nothing(Stores kind)
            throws Exception {
        try (Database database = kind.open()) {
            assertThatThrownBy(() -> at(database, MORNING).answer(request("a"), along -> {
                        // To all others it is dead: so long has nothing been heard of it.
                        assertThat(told(at(database, LATER).answer(request("a"), adding(database, "two"))))
                                .endsWith(" two");
                        return adding(database, "one").done(along);
                    }))
                    .isInstanceOf(KeyInUseException.class);

            assertThat(database.sql()
                            .sql("SELECT name FROM term")
                            .query(String.class)
                            .list())
                    .containsExactly("two");
            assertThat(told(at(database, LATER).answer(request("a"), adding(database, "three"))))
                    .endsWith("two again");
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_is_still_at_it_keeps_the_key_however_long_it_takes(Stores kind) throws Exception {
        try (Database database = kind.open();
                KeyedChanges alive =
                        new KeyedChanges(database, Clock.fixed(LATER, ZoneOffset.UTC), Duration.ofMillis(10))) {
            assertThat(told(alive.answer(request("a"), along -> {
                        // As if it had begun a lease ago, and not been heard of since.
                        database.transact(() -> database.sql()
                                .sql("UPDATE request_key SET until = ?")
                                .param(MORNING.toEpochMilli())
                                .update());
                        awaited(database, LATER.plus(RequestKeys.LEASE).toEpochMilli());
                        assertThatThrownBy(() -> at(database, LATER).answer(request("a"), adding(database, "two")))
                                .isInstanceOf(KeyInUseException.class);
                        return adding(database, "one").done(along);
                    })))
                    .isEqualTo("201 application/json one");

            assertThat(told(at(database, LATER).answer(request("a"), adding(database, "three"))))
                    .endsWith("one again");
            assertThat(rows(database)).isEqualTo(1);
        }
    }

    private static void awaited(Database database, long until) {
        long tries = 500;
        while (database.sql()
                        .sql("SELECT until FROM request_key")
                        .query(Long.class)
                        .single()
                != until) {
            assertThat(tries--).as("tries left").isPositive();
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_done_by_a_process_that_died_before_it_could_say_so_is_never_done_again(Stores kind) throws Exception {
        try (Database database = kind.open()) {
            at(database, MORNING).answer(request("a"), adding(database, "one"));
            // As if the process had been killed between the change and its answer.
            database.sql()
                    .sql("UPDATE request_key SET status = NULL, answer = NULL")
                    .update();

            assertThatThrownBy(() -> at(database, MORNING).answer(request("a"), adding(database, "two")))
                    .isInstanceOf(KeyInUseException.class);
            assertThatThrownBy(() -> at(database, LATER).answer(request("a"), adding(database, "two")))
                    .isInstanceOf(KeySpentException.class);
            assertThat(rows(database)).isEqualTo(1);
        }
    }
}
