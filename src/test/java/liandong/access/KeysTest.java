package liandong.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import liandong.store.Database;
import liandong.store.StoreException;
import liandong.store.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeysTest {
    private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");
    private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);

    @ParameterizedTest
    @EnumSource
    void a_key_is_its_owners_until_it_is_revoked(Stores kind) {
        try (Database database = kind.open()) {
            var keys = new Keys(database, clock);
            assertThat(keys.configured()).isFalse();

            String secret = keys.add("张三", Set.of(Role.EDITOR, Role.TESTER), "运维");
            Caller caller = Objects.requireNonNull(keys.caller(secret));

            assertThat(caller.name()).isEqualTo("张三");
            assertThat(caller.roles()).containsExactlyInAnyOrder(Role.EDITOR, Role.TESTER);
            assertThat(keys.configured()).isTrue();
            assertThat(keys.revoke(Objects.requireNonNull(caller.keyId()), "运维"))
                    .isTrue();
            assertThat(keys.revoke(caller.keyId(), "运维")).isFalse();
            assertThat(keys.caller(secret)).isNull();
            // Revoking the last does not open the door again.
            assertThat(keys.configured()).isTrue();
            assertThat(keys.list())
                    .extracting(Key::name, Key::created, Key::revoked)
                    .containsExactly(tuple("张三", NOON, NOON));
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_no_key_opens_nothing(Stores kind) {
        try (Database database = kind.open()) {
            var keys = new Keys(database, clock);
            String secret = keys.add("张三", Set.of(Role.CALLER), "运维");

            assertThat(keys.caller("")).isNull();
            assertThat(keys.caller(secret + "A")).isNull();
            assertThat(keys.caller(secret.substring(0, secret.length() - 1) + (secret.endsWith("A") ? "B" : "A")))
                    .isNull();
            assertThat(keys.caller("ld_00000000_" + "A".repeat(43))).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_store_does_not_hold_the_secret(Stores kind) {
        try (Database database = kind.open()) {
            String secret = new Keys(database, clock).add("张三", Set.of(Role.CALLER), "运维");

            String row = database.sql()
                    .sql("SELECT id || name || roles || hash FROM access_key")
                    .query(String.class)
                    .single();
            assertThat(row).doesNotContain(secret.substring(12));
        }
    }

    @ParameterizedTest
    @EnumSource
    void another_process_knows_of_a_change_within_two_seconds(Stores kind) throws Exception {
        String at = kind.fresh();
        try (Database one = Database.open(at, null, null);
                Database other = Database.open(at, null, null)) {
            var here = new Keys(one, clock);
            var there = new Keys(other, clock);
            assertThat(there.configured()).isFalse();
            String secret = here.add("张三", Set.of(Role.CALLER), "运维");
            Thread.sleep(Duration.ofSeconds(2).toMillis());
            Caller caller = Objects.requireNonNull(there.caller(secret));
            here.revoke(Objects.requireNonNull(caller.keyId()), "运维");
            Thread.sleep(Duration.ofSeconds(2).toMillis());
            assertThat(there.caller(secret)).isNull();
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void while_the_store_keeps_one_waiting_the_others_do_not_wait_too() throws Exception {
        try (Database database = Stores.POSTGRES.open()) {
            var keys = new Keys(database, clock);
            String secret = keys.add("张三", Set.of(Role.CALLER), "运维");
            assertThat(keys.caller(secret)).isNotNull();
            Thread.sleep(Duration.ofSeconds(3).toMillis());
            var held = new CountDownLatch(1);
            var release = new CountDownLatch(1);
            var holder = new Thread(() -> database.transact(() -> {
                database.sql()
                        .sql("LOCK TABLE access_key IN ACCESS EXCLUSIVE MODE")
                        .update();
                held.countDown();
                try {
                    return release.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    return false;
                }
            }));
            holder.start();
            held.await();
            var waiting = new Thread(() -> keys.caller(secret));
            waiting.start();
            Thread.sleep(100);

            assertThat(keys.caller(secret)).isNotNull();
            assertThat(waiting.isAlive())
                    .as("the one who asks the store still waits")
                    .isTrue();
            release.countDown();
            waiting.join();
            holder.join();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_caller_is_good_until_the_key_is_revoked_and_one_without_until_there_are_keys(Stores kind) {
        try (Database database = kind.open()) {
            var keys = new Keys(database, clock);
            var nobody = new Caller("", null, Role.ALL);
            assertThat(keys.isStillGood(nobody)).isTrue();

            Caller caller = Objects.requireNonNull(keys.caller(keys.add("张三", Set.of(Role.CALLER), "运维")));

            assertThat(keys.isStillGood(nobody)).isFalse();
            assertThat(keys.isStillGood(caller)).isTrue();
            keys.revoke(Objects.requireNonNull(caller.keyId()), "运维");
            assertThat(keys.isStillGood(caller)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void while_the_store_is_gone_known_keys_go_on_counting_and_nobody_else_gets_in(Stores kind) throws Exception {
        Database database = kind.open();
        var keys = new Keys(database, clock);
        String secret = keys.add("张三", Set.of(Role.CALLER), "运维");
        assertThat(keys.caller(secret)).isNotNull();
        var stranger = new Keys(database, clock);
        database.close();
        Thread.sleep(Duration.ofSeconds(2).toMillis());

        assertThat(keys.caller(secret)).isNotNull();
        assertThat(keys.caller("ld_00000000_" + "A".repeat(43))).isNull();
        assertThatThrownBy(stranger::configured).isInstanceOf(StoreException.class);
    }
}
