package liandong.publication;

import static liandong.publication.Drafts.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.publication.Drafts.Hands;
import liandong.store.AuditLog;
import liandong.store.AuditLog.Entry;
import liandong.store.AuditLog.Fault;
import liandong.store.AuditLog.Head;
import liandong.store.AuditLog.Watched;
import liandong.store.AuditLog.What;
import liandong.store.Database;
import liandong.store.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow") // publishes policies on both stores
class AuditLogTest {
    private final Hands clock = new Hands();

    /** A store in which a policy was published and gone back from, and a key made and revoked. */
    private Database lived(String at) {
        Database database = Database.open(at, null, null);
        PolicyLifecycle life = Drafts.begun(database, clock);
        Drafts.published(life, Drafts.expecting("second", "MANUAL_TRIAGE"));
        life.rollback(null, "值班");
        var keys = new Keys(database, clock);
        String secret = keys.add("热线平台", Set.of(Role.CALLER), "运维");
        keys.revoke(secret.substring(3, 11), "运维二");
        return database;
    }

    private static AuditLog.Verified verified(Database database, @Nullable Head known) {
        return new AuditLog(database).verify(known);
    }

    private static void change(Database database, String sql) {
        assertThat(database.sql().sql(sql).update()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void who_did_what_is_entered_in_its_order_and_verified(Stores kind) {
        try (Database database = lived(kind.fresh())) {
            List<Entry> entries = new AuditLog(database).since(0);

            assertThat(entries)
                    .extracting(
                            Entry::person, Entry::what, entry -> entry.subject().replaceFirst("^key .*", "key"))
                    .containsExactly(
                            tuple("liandong", "BEGUN", "audit log"),
                            tuple("liandong", "FIRST", "publication 1"),
                            tuple("liandong", "STARTED", "fate of publication 1"),
                            tuple("liandong", "PUT", "policy 1 step 1"),
                            tuple("liandong", "PUBLISHED", "policy 1 step 2"),
                            tuple("作者", "PUT", "policy 2 step 1"),
                            tuple("作者", "CHECKED", "policy 2 step 2"),
                            tuple("审批", "APPROVED", "policy 2 step 3"),
                            tuple("发布", "PUBLISH", "publication 2"),
                            tuple("发布", "STARTED", "fate of publication 2"),
                            tuple("发布", "PUBLISHED", "policy 2 step 4"),
                            tuple("值班", "ROLLBACK_ALONE", "publication 3"),
                            tuple("值班", "STARTED", "fate of publication 3"),
                            tuple("值班", "RESTORED", "policy 1 step 3"),
                            tuple("运维", "KEY_MADE", "key"),
                            tuple("运维二", "KEY_REVOKED", "key"));
            assertThat(entries.get(7).at()).isEqualTo(NOON);
            assertThat(verified(database, null).faults()).isEmpty();
            assertThat(verified(database, null).found()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_approval_that_was_changed_deleted_or_never_given_is_named(Stores kind) {
        try (Database database = lived(kind.fresh())) {
            Entry approval = new AuditLog(database).since(0).get(7);

            change(database, "UPDATE policy_event SET person = '另一人' WHERE what = 'APPROVED'");
            assertThat(verified(database, null).faults())
                    .containsExactly(new Fault(What.ROW_CHANGED, "policy 2 step 3", approval));

            change(database, "DELETE FROM policy_event WHERE what = 'APPROVED'");
            assertThat(verified(database, null).faults())
                    .containsExactly(new Fault(What.ROW_MISSING, "policy 2 step 3", approval));
        }
        try (Database database = lived(kind.fresh())) {
            change(
                    database,
                    "INSERT INTO policy_event (policy, seq, at, person, what, content, label, seen, note) SELECT policy,"
                            + " 9, at, '另一人', what, content, label, seen, note FROM policy_event WHERE what = 'APPROVED'");
            assertThat(verified(database, null).faults())
                    .containsExactly(new Fault(What.ROW_ADDED, "policy 2 step 9", null));
        }
    }

    @ParameterizedTest
    @EnumSource
    void publications_their_fates_keys_and_prunes_are_watched_too(Stores kind) {
        try (Database database = lived(kind.fresh())) {
            for (String sql : List.of(
                    "UPDATE publication SET effective_at = effective_at + 1 WHERE no = 3",
                    "DELETE FROM publication_fate WHERE no = 2",
                    "UPDATE access_key SET revoked_at = NULL",
                    "INSERT INTO chain (follows, host, program, started_at, start_hash, length, head, pruned, pruned_head)"
                            + " VALUES (0, 'h', 'p', 1, 's', 9, 'x', 7, 'y')")) {
                change(database, sql);
            }

            assertThat(verified(database, null).faults())
                    .extracting(Fault::what, fault -> fault.subject().replaceFirst("^key .*", "key"))
                    .containsExactlyInAnyOrder(
                            tuple(What.ROW_CHANGED, "publication 3"),
                            tuple(What.ROW_MISSING, "fate of publication 2"),
                            tuple(What.ROW_CHANGED, "key"),
                            tuple(What.ROW_ADDED, "chain 1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_entry_of_the_log_that_was_changed_or_deleted_is_named(Stores kind) {
        for (String column : List.of("person", "what", "subject", "row_hash", "hash")) {
            try (Database database = lived(kind.fresh())) {
                change(database, "UPDATE audit_entry SET " + column + " = 'x' WHERE no = 8");
                assertThat(verified(database, null).faults().get(0)).satisfies(fault -> {
                    assertThat(fault.what()).isEqualTo(What.ENTRY_CHANGED);
                    assertThat(fault.subject()).isEqualTo("audit entry 8");
                });
            }
        }
        try (Database database = lived(kind.fresh())) {
            change(database, "DELETE FROM audit_entry WHERE no IN (1, 16)");
            assertThat(verified(database, null).faults())
                    .extracting(Fault::what, Fault::subject)
                    .startsWith(
                            tuple(What.ENTRY_MISSING, "audit entry 1"), tuple(What.ENTRY_MISSING, "audit entry 16"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_log_that_was_begun_anew_to_hide_something_has_lost_the_head_that_was_kept(Stores kind) {
        String at = kind.fresh();
        Head kept;
        try (Database database = lived(at)) {
            kept = verified(database, null).head();
            change(database, "DELETE FROM policy_event WHERE what = 'APPROVED'");
            change(database, "DELETE FROM audit_entry");
            change(database, "UPDATE audit_head SET length = 0, head = ''");
        }
        try (Database database = Database.open(at, null, null)) {
            AuditLog.Verified now = verified(database, null);
            assertThat(now.faults()).isEmpty();
            assertThat(now.found()).isEqualTo(13); // told: of these nothing shows whether they were changed

            assertThat(verified(database, kept).faults())
                    .containsExactly(new Fault(What.LOG_HEAD_LOST, "audit log", null));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_store_of_format_5_is_brought_to_this_one_and_what_was_in_it_is_entered_once(Stores kind) {
        String at = kind.fresh();
        try (Database database = lived(at)) {
            database.batches().execute("ALTER TABLE decision DROP COLUMN packed");
            database.batches().execute("DROP TABLE decision_text");
            database.batches().execute("DROP TABLE audit_entry");
            database.batches().execute("DROP TABLE audit_head");
            database.batches().execute("DROP TABLE personal_key");
            database.batches().execute("DROP TABLE key_terms");
            database.batches().execute("DROP TABLE decision_term");
            database.batches()
                    .execute("CREATE TABLE decision_term (term TEXT NOT NULL, kept_at BIGINT NOT NULL,"
                            + " no BIGINT NOT NULL, PRIMARY KEY (term, kept_at, no))");
            database.batches().execute("DROP TABLE term");
            database.batches().execute("DROP TABLE indexed");
            Stores.asOfFormat11(database);
            database.batches().execute("DROP TABLE request_key");
            change(database, "DELETE FROM flyway_schema_history WHERE version IN ('6', '7', '8', '9', '10', '11')");
        }
        for (int time = 0; time < 2; time++) {
            try (Database database = Database.open(at, null, null)) {
                AuditLog.Verified found = verified(database, null);
                assertThat(found.faults()).isEmpty();
                assertThat(found.head().length()).isEqualTo(15);
                assertThat(found.found()).isEqualTo(14);
            }
        }
        try (Database database = Database.open(at, null, null)) {
            var life = new PolicyLifecycle(database, clock, Gate.OPEN);
            life.rollback(2L, "值班");
            assertThat(verified(database, null).faults()).isEmpty();
            assertThat(life.get(Objects.requireNonNull(life.live()).policy()).label())
                    .isEqualTo("second");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_done_since_a_head_was_kept_is_listed(Stores kind) {
        try (Database database = lived(kind.fresh())) {
            Head kept = verified(database, null).head();
            assertThat(verified(database, kept).since()).isEmpty();

            new Keys(database, clock).add("另一平台", Set.of(Role.CALLER), "运维");

            assertThat(verified(database, kept).since())
                    .extracting(Entry::no, Entry::person, Entry::what)
                    .containsExactly(tuple(17L, "运维", "KEY_MADE"));
            assertThat(verified(database, kept).faults()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_not_done_cannot_be_entered_and_what_fails_leaves_no_entry(Stores kind) {
        try (Database database = lived(kind.fresh())) {
            var log = new AuditLog(database);
            assertThatThrownBy(() -> log.transact(() -> {
                        log.enter(Watched.KEY, "key 00000000", NOON, "谁", "KEY_MADE");
                        return true;
                    }))
                    .hasMessage("nothing is there of key 00000000");
            assertThat(log.since(16)).isEmpty();
            assertThat(verified(database, null).faults()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void many_who_act_at_once_wait_for_each_other_and_none_is_lost(Stores kind) throws Exception {
        String at = kind.fresh();
        var pool = Executors.newFixedThreadPool(4);
        try (Database one = lived(at);
                Database other = Database.open(at, null, null)) {
            var start = new CountDownLatch(1);
            List<Future<Integer>> all = new ArrayList<>();
            for (int n = 0; n < 4; n++) {
                Database database = n % 2 == 0 ? one : other;
                String name = "人" + n;
                Callable<Integer> work = () -> {
                    start.await();
                    var life = new PolicyLifecycle(database, clock, Gate.OPEN);
                    for (int i = 0; i < 10; i++) {
                        life.propose(Drafts.policy(name + i), name);
                        new Keys(database, clock).add(name, Set.of(Role.CALLER), name);
                    }
                    return 10;
                };
                all.add(pool.submit(work));
            }
            start.countDown();
            for (Future<Integer> each : all) {
                assertThat(each.get()).isEqualTo(10);
            }
            assertThat(verified(one, null).faults()).isEmpty();
            assertThat(verified(one, null).head().length()).isEqualTo(16 + 80);
        } finally {
            pool.shutdownNow();
        }
    }
}
