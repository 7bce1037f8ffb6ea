package liandong.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import liandong.store.AuditLog;
import liandong.store.Database;
import liandong.store.StoreException;
import liandong.store.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");
    private static final String HERE = "127.0.0.1";
    private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);

    @ParameterizedTest
    @EnumSource
    void a_key_is_its_owners_until_it_is_revoked(Stores kind) {
        try (Database database = kind.open()) {
            var keys = new Keys(database, clock);
            assertThat(keys.configured()).isFalse();

            String secret = keys.add("张三", Set.of(Role.EDITOR, Role.TESTER), "运维");
            Caller caller = Objects.requireNonNull(keys.caller(secret, HERE));

            assertThat(caller.name()).isEqualTo("张三");
            assertThat(caller.roles()).containsExactlyInAnyOrder(Role.EDITOR, Role.TESTER);
            assertThat(keys.configured()).isTrue();
            assertThat(keys.revoke(Objects.requireNonNull(caller.keyId()), "运维"))
                    .isTrue();
            assertThat(keys.revoke(caller.keyId(), "运维")).isFalse();
            assertThat(keys.caller(secret, HERE)).isNull();
            // Revoking the last does not open the door again.
            assertThat(keys.configured()).isTrue();
            assertThat(keys.list())
                    .extracting(Key::name, Key::created, Key::revoked)
                    .containsExactly(tuple("张三", NOON, NOON));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_key_counts_until_it_expires_and_from_its_addresses_only(Stores kind) {
        try (Database database = kind.open()) {
            Instant end = NOON.plus(Duration.ofDays(30));
            var terms = new Keys.Terms(end, List.of("10.2.0.0/16", "10.3.0.7", "2001:db8::/32"));
            String secret = new Keys(database, clock).add("信访系统", Set.of(Role.CALLER), terms, "运维");

            var before = new Keys(database, Clock.fixed(end.minusMillis(1), ZoneOffset.UTC));
            for (String from : List.of("10.2.255.1", "10.3.0.7", "2001:db8:0:1::5")) {
                assertThat(before.caller(secret, from)).as(from).isNotNull();
            }
            for (String from : List.of("10.1.255.1", "10.3.0.8", "2001:db9::5", HERE)) {
                assertThat(before.caller(secret, from)).as(from).isNull();
            }
            Caller caller = Objects.requireNonNull(before.caller(secret, "10.3.0.7"));
            var after = new Keys(database, Clock.fixed(end, ZoneOffset.UTC));
            assertThat(after.caller(secret, "10.3.0.7")).isNull();
            assertThat(before.isStillGood(caller)).isTrue();
            assertThat(after.isStillGood(caller)).isFalse();
            assertThat(after.list())
                    .extracting(Key::expires, Key::addresses, key -> key.counts(end))
                    .containsExactly(tuple(end, terms.addresses(), false));
            assertThat(new AuditLog(database).verify(null).faults()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_key_and_its_successor_count_together_until_the_overlap_ends(Stores kind) {
        try (Database database = kind.open()) {
            var keys = new Keys(database, clock);
            var terms = new Keys.Terms(null, List.of("10.2.0.0/16"));
            String former = keys.add("热线平台", Set.of(Role.CALLER, Role.TESTER), terms, "运维");
            String id = former.substring(3, 11);

            Instant end = NOON.plus(Duration.ofDays(7));
            Keys.Rotated rotated = Objects.requireNonNull(keys.rotate(id, Duration.ofDays(7), null, "李四"));
            String next = rotated.secret();
            assertThat(rotated.end()).isEqualTo(end);

            var during = new Keys(database, Clock.fixed(end.minusSeconds(1), ZoneOffset.UTC));
            var later = new Keys(database, Clock.fixed(end, ZoneOffset.UTC));
            assertThat(during.caller(former, "10.2.0.1")).isNotNull();
            assertThat(later.caller(former, "10.2.0.1")).isNull();
            Caller successor = Objects.requireNonNull(later.caller(next, "10.2.0.1"));
            assertThat(successor.name()).isEqualTo("热线平台");
            assertThat(successor.roles()).containsExactlyInAnyOrder(Role.CALLER, Role.TESTER);
            assertThat(later.caller(next, HERE)).isNull();
            // One that has expired, is revoked, or never was, has no successor.
            assertThat(later.rotate(id, Duration.ofDays(7), null, "李四")).isNull();
            assertThat(later.rotate("00000000", Duration.ofDays(7), null, "李四")).isNull();
            assertThat(new AuditLog(database).since(0))
                    .extracting(AuditLog.Entry::person, AuditLog.Entry::what, AuditLog.Entry::subject)
                    .containsExactly(
                            tuple("liandong", "BEGUN", "audit log"),
                            tuple("运维", "KEY_MADE", "key " + id),
                            tuple("运维", "KEY_BOUND", "terms of key " + id),
                            tuple("李四", "KEY_EXPIRES", "terms of key " + id),
                            tuple("李四", "KEY_MADE", "key " + successor.keyId()),
                            tuple("李四", "KEY_BOUND", "terms of key " + successor.keyId()));
            assertThat(new AuditLog(database).verify(null).faults()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_successor_never_lengthens_the_life_of_the_key_before(Stores kind) {
        try (Database database = kind.open()) {
            var keys = new Keys(database, clock);
            Instant end = NOON.plus(Duration.ofDays(2));
            String former = keys.add("热线平台", Set.of(Role.CALLER), new Keys.Terms(end, List.of()), "运维");

            Keys.Rotated rotated =
                    keys.rotate(former.substring(3, 11), Duration.ofDays(7), NOON.plus(Duration.ofDays(365)), "运维");
            assertThat(Objects.requireNonNull(rotated).end()).isEqualTo(end);
            // Without a term of its own, the next one counts as long as the one before was to.
            keys.rotate(rotated.secret().substring(3, 11), Duration.ofDays(1), null, "运维");

            assertThat(keys.list())
                    .extracting(Key::expires)
                    .containsExactlyInAnyOrder(end, NOON.plus(Duration.ofDays(1)), NOON.plus(Duration.ofDays(365)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.2.0.0/33",
                "10.2.0",
                "999.1.1.1",
                "2001:db8::/129",
                "fe80",
                "10.2.0.0/",
                "a b"
            })
    void what_is_no_address_is_refused(String text) {
        assertThat(Keys.isAddress(text)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_no_key_opens_nothing(Stores kind) {
        try (Database database = kind.open()) {
            var keys = new Keys(database, clock);
            String secret = keys.add("张三", Set.of(Role.CALLER), "运维");

            assertThat(keys.caller("", HERE)).isNull();
            assertThat(keys.caller(secret + "A", HERE)).isNull();
            assertThat(keys.caller(secret.substring(0, secret.length() - 1) + (secret.endsWith("A") ? "B" : "A"), HERE))
                    .isNull();
            assertThat(keys.caller("ld_00000000_" + "A".repeat(43), HERE)).isNull();
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
            Caller caller = Objects.requireNonNull(there.caller(secret, HERE));
            here.revoke(Objects.requireNonNull(caller.keyId()), "运维");
            Thread.sleep(Duration.ofSeconds(2).toMillis());
            assertThat(there.caller(secret, HERE)).isNull();
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void while_the_store_keeps_one_waiting_the_others_do_not_wait_too() throws Exception {
        try (Database database = Stores.POSTGRES.open()) {
            var keys = new Keys(database, clock);
            String secret = keys.add("张三", Set.of(Role.CALLER), "运维");
            assertThat(keys.caller(secret, HERE)).isNotNull();
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
            var waiting = new Thread(() -> keys.caller(secret, HERE));
            waiting.start();
            Thread.sleep(100);

            assertThat(keys.caller(secret, HERE)).isNotNull();
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

            Caller caller = Objects.requireNonNull(keys.caller(keys.add("张三", Set.of(Role.CALLER), "运维"), HERE));

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
        assertThat(keys.caller(secret, HERE)).isNotNull();
        var stranger = new Keys(database, clock);
        database.close();
        Thread.sleep(Duration.ofSeconds(2).toMillis());

        assertThat(keys.caller(secret, HERE)).isNotNull();
        assertThat(keys.caller("ld_00000000_" + "A".repeat(43), HERE)).isNull();
        assertThatThrownBy(stranger::configured).isInstanceOf(StoreException.class);
    }
}
