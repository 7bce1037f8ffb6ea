package liandong.journal;

import static liandong.journal.Answers.MORNING;
import static liandong.journal.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import liandong.journal.Verification.Fault;
import liandong.journal.Verification.Head;
import liandong.journal.Verification.What;
import liandong.store.AuditLog;
import liandong.store.Database;
import liandong.store.Stores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class VerificationTest {
    private static final Clock CLOCK = Clock.fixed(MORNING, ZoneOffset.UTC);

    /** A store with two chains of 30 entries. */
    private static Database kept(Stores kind) {
        Database database = kind.open();
        for (int run = 0; run < 2; run++) {
            try (Journal journal = Journal.in(database, Keeping.REQUIRED, Personal.kept(), CLOCK, "liandong test")) {
                for (int n = run * 30; n < run * 30 + 30; n++) {
                    journal.keep(answer(n)).await();
                }
            }
        }
        return database;
    }

    private static List<Fault> faults(Database database) {
        return Verification.of(database, Map.of(), read -> {}).faults();
    }

    private static void change(Database database, String sql) {
        assertThat(database.sql().sql(sql).update()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void a_change_of_any_column_is_found_at_its_entry(Stores kind) {
        List<String> changes =
                new ArrayList<>(List.of("kept_at = kept_at + 1", "kind = 'x'", "personal = 'x'", "packed = NULL"));
        List.of("id", "subject", "outcome", "policy", "caller", "request", "answer", "marks", "hash")
                .forEach(column -> changes.add(column + " = 'x' || " + column));
        try (Database database = kept(kind)) {
            long no = Entry.no(1, 17);
            Entry before = entry(database, no);
            for (String each : changes) {
                database.sql()
                        .sql("CREATE TABLE copy AS SELECT * FROM decision")
                        .update();
                change(database, "UPDATE decision SET " + each + " WHERE no = " + no);

                List<Fault> faults = faults(database);

                assertThat(faults).as(each).isNotEmpty();
                assertThat(faults.get(0)).as(each).satisfies(fault -> {
                    assertThat(fault.what()).isEqualTo(What.CHANGED);
                    assertThat(fault.chain()).isEqualTo(1);
                    assertThat(fault.place()).isEqualTo(17);
                });
                database.sql().sql("DELETE FROM decision").update();
                database.sql().sql("INSERT INTO decision SELECT * FROM copy").update();
                database.sql().sql("DROP TABLE copy").update();
            }
            assertThat(entry(database, no)).isEqualTo(before);
            assertThat(faults(database)).isEmpty();
        }
    }

    private static Entry entry(Database database, long no) {
        return database.sql()
                .sql(Entries.SELECT + "WHERE d.no = ?")
                .param(no)
                .query(new Entries(database)::entry)
                .single();
    }

    @ParameterizedTest
    @EnumSource
    void a_change_of_a_text_that_entries_share_is_found_at_each_of_them(Stores kind) {
        try (Database database = kept(kind)) {
            String mark = "kind ROUTING";
            for (String each : List.of(
                    "UPDATE decision_text SET text = 'kind CLOSURE' WHERE text = '" + mark + "'",
                    "DELETE FROM decision_text WHERE text = 'kind CLOSURE'")) {
                change(database, each);

                List<Fault> faults = faults(database);

                // The first two of a run stand alone: what is met again is shared from then on.
                assertThat(faults)
                        .as(each)
                        .filteredOn(fault -> fault.what() == What.CHANGED)
                        .extracting(Fault::chain, Fault::place)
                        .contains(tuple(1L, 17L), tuple(2L, 30L))
                        .doesNotContain(tuple(1L, 1L), tuple(2L, 1L));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void entries_of_earlier_programs_are_read_and_verified_beside_packed_ones(Stores kind) {
        try (Database database = kept(kind)) {
            List<Entry> before =
                    new Archive(database).oldest(DecisionQuery.ALL, null, 100).entries();
            PlainEntries.of(database);
            try (Journal journal = Journal.in(database, Keeping.REQUIRED, Personal.kept(), CLOCK, "liandong test")) {
                journal.keep(answer(60)).await();
            }

            assertThat(new Archive(database)
                            .oldest(DecisionQuery.ALL, null, 100)
                            .entries())
                    .startsWith(before.toArray(Entry[]::new))
                    .hasSize(61);
            assertThat(faults(database)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_entry_that_was_taken_away_is_missed_wherever_it_stood(Stores kind) {
        for (long place : new long[] {1, 2, 17, 29, 30}) {
            try (Database database = kept(kind)) {
                change(database, "DELETE FROM decision WHERE no = " + Entry.no(2, place));

                assertThat(faults(database))
                        .as("place " + place)
                        .containsExactly(
                                new Fault(What.MISSING, 2, place, null), new Fault(What.INDEX_CHANGED, 2, 0, null));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_entry_that_nobody_wrote_is_found(Stores kind) {
        try (Database database = kept(kind)) {
            change(
                    database,
                    "INSERT INTO decision (no, id, kept_at, kind, subject, outcome, policy, caller, personal, request,"
                            + " answer, marks, hash) SELECT no + 1, 'forged', kept_at, kind, subject, outcome, policy,"
                            + " caller, personal, request, answer, marks, hash FROM decision WHERE no = "
                            + Entry.no(2, 30));

            assertThat(faults(database)).containsExactly(new Fault(What.ADDED, 2, 31, "forged"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_chain_that_was_taken_away_or_changed_is_found(Stores kind) {
        try (Database database = kept(kind)) {
            change(database, "UPDATE chain SET program = 'another' WHERE no = 2");
            assertThat(faults(database)).containsExactly(new Fault(What.CHAIN_CHANGED, 2, 0, null));
        }
        try (Database database = kept(kind)) {
            change(database, "DELETE FROM chain WHERE no = 1");
            assertThat(faults(database))
                    .containsExactlyInAnyOrder(
                            new Fault(What.CHAIN_CHANGED, 2, 0, null), new Fault(What.ADDED, 1, 0, null));
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_makes_all_hashes_anew_is_found_by_the_heads_that_were_kept_elsewhere(Stores kind) {
        try (Database database = kept(kind)) {
            Map<Long, Head> known = Verification.of(database, Map.of(), read -> {}).chains().stream()
                    .collect(Collectors.toMap(Head::chain, Function.identity()));
            assertThat(Verification.of(database, known, read -> {}).faults()).isEmpty();

            // The last entry of the second chain is changed, and its hash and the chain's made to fit.
            Entry last = entry(database, Entry.no(2, 30));
            String before = database.sql()
                    .sql("SELECT hash FROM decision WHERE no = ?")
                    .param(Entry.no(2, 29))
                    .query(String.class)
                    .single();
            var forged = new Entry(
                    last.no(),
                    last.id(),
                    last.keptAt(),
                    last.kind(),
                    last.subject(),
                    "ARCHIVED",
                    last.policy(),
                    last.caller(),
                    last.personal(),
                    last.request(),
                    last.answer(),
                    last.marks());
            String hash = Chain.next(before, Entries.fields(forged));
            change(database, "UPDATE decision SET outcome = 'ARCHIVED', hash = '" + hash + "' WHERE no = " + last.no());
            change(database, "UPDATE chain SET head = '" + hash + "' WHERE no = 2");

            assertThat(faults(database)).isEmpty();
            assertThat(Verification.of(database, known, read -> {}).faults())
                    .containsExactly(new Fault(What.HEAD_LOST, 2, 30, null));
        }
    }

    @ParameterizedTest
    @EnumSource
    void retention_takes_away_what_is_old_and_what_is_left_can_still_be_verified(Stores kind) {
        try (Database database = kept(kind)) {
            Map<Long, Head> known = Verification.of(database, Map.of(), read -> {}).chains().stream()
                    .collect(Collectors.toMap(Head::chain, Function.identity()));

            long pruned = Retention.prune(database, MORNING.plusSeconds(40), CLOCK, "运维", count -> {});

            assertThat(pruned).isEqualTo(40);
            assertThat(new Archive(database)
                            .oldest(DecisionQuery.ALL, null, 100)
                            .entries())
                    .extracting(Entry::id)
                    .containsExactlyElementsOf(java.util.stream.IntStream.range(40, 60)
                            .mapToObj(n -> answer(n).id())
                            .toList());
            assertThat(database.sql()
                            .sql("SELECT count(*) FROM decision_term")
                            .query(Long.class)
                            .single())
                    .isEqualTo(20 * 4);
            // The head of the first chain is gone with all of it; that of the second is still there.
            assertThat(Verification.of(database, known, read -> {}).faults()).isEmpty();
            change(database, "DELETE FROM decision WHERE no = " + Entry.no(2, 11));
            assertThat(faults(database))
                    .containsExactly(new Fault(What.MISSING, 2, 11, null), new Fault(What.INDEX_CHANGED, 2, 0, null));
        }
    }

    @ParameterizedTest
    @EnumSource
    void that_a_kept_head_was_deleted_as_too_old_is_told_for_anybody_can_say_so(Stores kind) {
        try (Database database = kept(kind)) {
            Map<Long, Head> known = Verification.of(database, Map.of(), read -> {}).chains().stream()
                    .collect(Collectors.toMap(
                            Head::chain, head -> new Head(head.chain(), 20, hash(database, head.chain()), 0, null)));
            assertThat(Verification.of(database, known, read -> {}).faults()).isEmpty();

            Retention.prune(database, MORNING.plusSeconds(55), CLOCK, "运维", count -> {});

            assertThat(Verification.of(database, known, read -> {}).faults())
                    .containsExactly(
                            new Fault(What.HEAD_PRUNED, 1, 30, null), new Fault(What.HEAD_PRUNED, 2, 30, null));
            assertThat(faults(database)).isEmpty();
        }
    }

    private static String hash(Database database, long chain) {
        return database.sql()
                .sql("SELECT hash FROM decision WHERE no = ?")
                .param(Entry.no(chain, 20))
                .query(String.class)
                .single();
    }

    @ParameterizedTest
    @EnumSource
    void a_journal_goes_on_after_its_own_beginning_was_taken_away(Stores kind) {
        try (Database database = kind.open();
                Journal journal = Journal.in(database, Keeping.REQUIRED, Personal.kept(), CLOCK, "liandong test")) {
            for (int n = 0; n < 5; n++) {
                journal.keep(answer(n)).await();
            }
            Retention.prune(database, MORNING.plusSeconds(1_000), CLOCK, "运维", count -> {});
            journal.keep(answer(2_000)).await();

            assertThat(faults(database)).isEmpty();
            assertThat(new Archive(database).count(DecisionQuery.ALL)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_moves_what_was_pruned_is_found_by_the_heads_and_a_prune_that_was_done_is_listed(Stores kind) {
        try (Database database = kept(kind)) {
            Verification before = Verification.of(database, Map.of(), read -> {});
            Map<Long, Head> known =
                    before.chains().stream().collect(Collectors.toMap(Head::chain, Function.identity()));

            // Three entries go, and the chain is made to say that they were too old.
            String hash = database.sql()
                    .sql("SELECT hash FROM decision WHERE no = ?")
                    .param(Entry.no(2, 3))
                    .query(String.class)
                    .single();
            change(database, "DELETE FROM decision_term WHERE no > " + Entry.no(2, 0) + " AND no <= " + Entry.no(2, 3));
            change(database, "DELETE FROM decision WHERE no > " + Entry.no(2, 0) + " AND no <= " + Entry.no(2, 3));
            change(database, "UPDATE chain SET pruned = 3, pruned_head = '" + hash + "' WHERE no = 2");

            Verification moved = Verification.of(database, known, before.audit().head(), read -> {});
            assertThat(moved.faults()).containsExactly(new Fault(What.PRUNE_CHANGED, 2, 0, null));
            assertThat(moved.audit().faults())
                    .containsExactly(new AuditLog.Fault(AuditLog.What.ROW_ADDED, "chain 2", null));
            assertThat(moved.good()).isFalse();

            change(database, "UPDATE chain SET pruned = 0, pruned_head = start_hash WHERE no = 2");
            assertThat(Verification.of(database, known, before.audit().head(), read -> {})
                            .faults())
                    .extracting(Fault::what)
                    .containsExactly(What.MISSING);
        }
        try (Database database = kept(kind)) {
            Verification before = Verification.of(database, Map.of(), read -> {});
            Map<Long, Head> known =
                    before.chains().stream().collect(Collectors.toMap(Head::chain, Function.identity()));

            Retention.prune(database, MORNING.plusSeconds(40), CLOCK, "运维", count -> {});

            Verification after = Verification.of(database, known, before.audit().head(), read -> {});
            assertThat(after.good()).isTrue();
            assertThat(after.audit().since())
                    .extracting(AuditLog.Entry::person, AuditLog.Entry::what, AuditLog.Entry::subject)
                    .containsExactly(tuple("运维", "PRUNED", "chain 1"), tuple("运维", "PRUNED", "chain 2"));
            change(database, "UPDATE chain SET pruned_head = 'x' WHERE no = 1");
            assertThat(Verification.of(database, known, read -> {}).audit().faults())
                    .extracting(AuditLog.Fault::what, AuditLog.Fault::subject)
                    .containsExactly(tuple(AuditLog.What.ROW_CHANGED, "chain 1"));
        }
    }
}
