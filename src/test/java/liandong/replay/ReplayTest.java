package liandong.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import liandong.District;
import liandong.Seeds;
import liandong.decision.Decision;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.journal.Archive;
import liandong.journal.Archive.Cursor;
import liandong.journal.DecisionQuery;
import liandong.journal.Entry;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import liandong.journal.Personal;
import liandong.journal.PlainEntries;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.replay.ReplayBlocker.Why;
import liandong.replay.Replayed.Result;
import liandong.scenario.Scenario;
import liandong.scenario.ScenarioReader;
import liandong.store.Database;
import liandong.store.StoreException;
import liandong.store.Stores;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

@Tag("slow") // answers a whole journal again and again
class ReplayTest {
    private static final int DECISIONS = 300;

    private static ReplayCount replayed(Database database, Replay replay) {
        var count = new ReplayCount();
        boolean all = JournalScan.oldestFirst(new Archive(database), DecisionQuery.ALL, 3)
                .run(
                        null,
                        replay::of,
                        (entry, result) -> count.add(entry, result, Locale.ENGLISH),
                        cursor -> {},
                        () -> false);
        assertThat(all).isTrue();
        return count;
    }

    @ParameterizedTest
    @EnumSource
    void every_decision_over_two_policies_comes_out_the_same_byte_for_byte(Stores kind) throws Exception {
        try (Database database = kind.open()) {
            Routed.keep(database, DECISIONS, 1, Personal.kept());

            ReplayCount count = replayed(database, new Replay(Routed::policy, Personal.kept()));

            assertThat(count.json().toString())
                    .isEqualTo(("{'looked':300,'same':300,'different':0,'impossible':{},'policiesMissing':{},"
                                    + "'examples':[]}")
                            .replace('\'', '"'));
            assertThat(count.good()).isTrue();
        }
    }

    @Test
    void every_kind_of_decision_can_be_run_again() throws Exception {
        Policy stock = District.policy();
        try (Database database = Stores.SQLITE.open()) {
            Map<Decision<?, ?>, Integer> kept = new HashMap<>();
            try (Journal journal = Journal.in(
                    database,
                    Keeping.REQUIRED,
                    Personal.kept(),
                    Clock.fixed(Routed.MORNING, ZoneOffset.UTC),
                    "liandong test")) {
                for (Scenario scenario :
                        ScenarioReader.read(stock, stock.files().scenarios()).cases()) {
                    try {
                        journal.keep(
                                        new DecisionService(() -> stock, Clock.systemUTC())
                                                .decide(scenario.kind(), scenario.request()),
                                        "tester")
                                .receipt()
                                .await();
                        kept.merge(scenario.kind(), 1, Integer::sum);
                    } catch (BadRequestException e) {
                        // some scenarios expect just that
                    }
                }
            }

            ReplayCount count = replayed(database, new Replay(version -> stock, Personal.kept()));

            assertThat(kept.keySet())
                    .contains(
                            Decisions.named("ROUTING"),
                            Decisions.named("ESCALATION"),
                            Decisions.named("CLOSURE"),
                            Decisions.named("SCORING"),
                            Decisions.named("PERIOD"));
            assertThat(count.same())
                    .isEqualTo(
                            kept.values().stream().mapToInt(Integer::intValue).sum())
                    .isGreaterThan(500);
            assertThat(count.looked()).isEqualTo(count.same());
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_that_was_tampered_with_is_shown_at_its_place(Stores kind) throws Exception {
        try (Database database = kind.open()) {
            Routed.keep(database, 60, 2, Personal.kept());
            List<Entry> entries = Routed.all(database);
            Entry assigned = entries.stream()
                    .filter(entry -> entry.answer().contains("\"lead\":{\"code\":\"LEAD\",\"label\":\"主办局\"}"))
                    .findFirst()
                    .orElseThrow();
            tamper(
                    database,
                    assigned,
                    assigned.answer()
                            .replace(
                                    "\"lead\":{\"code\":\"LEAD\",\"label\":\"主办局\"}",
                                    "\"lead\":{\"code\":\"HELPER\",\"label\":\"协办局\"}"));
            Entry spaced = entries.get(entries.indexOf(assigned) == 3 ? 4 : 3);
            tamper(database, spaced, spaced.answer() + " ");
            Entry broken = entries.get(entries.indexOf(assigned) == 5 ? 6 : 5);
            tamper(database, broken, "gone");
            var replay = new Replay(Routed::policy, Personal.kept());
            var archive = new Archive(database);

            Replayed lead = replay.of(archive.decision(assigned.id()).get(0));
            assertThat(lead.result()).isEqualTo(Result.DIFFERENT);
            assertThat(lead.difference())
                    .isEqualTo(new Difference.All(
                            List.of(
                                    new Difference("/assignment/lead/code", "\"HELPER\"", "\"LEAD\""),
                                    new Difference("/assignment/lead/label", "\"协办局\"", "\"主办局\"")),
                            0));
            assertThat(replay.of(archive.decision(spaced.id()).get(0)).difference())
                    .isEqualTo(new Difference.All(List.of(new Difference("", " ", "")), 0));
            Difference gone = Objects.requireNonNull(
                            replay.of(archive.decision(broken.id()).get(0)).difference())
                    .first()
                    .get(0);
            assertThat(gone.before()).isEqualTo("gone");
            assertThat(gone.after()).startsWith("{\"decisionId\":\"").hasSizeLessThanOrEqualTo(Difference.LONGEST + 1);
            ReplayCount count = replayed(database, replay);
            assertThat(count.different()).isEqualTo(3);
            assertThat(count.same()).isEqualTo(57);
            assertThat(count.good()).isFalse();
            assertThat(count.examples())
                    .extracting(each -> each.path("decisionId").stringValue())
                    .containsExactlyInAnyOrder(assigned.id(), spaced.id(), broken.id());
        }
    }

    private static void tamper(Database database, Entry entry, String answer) {
        PlainEntries.of(database);
        database.sql()
                .sql("UPDATE decision SET answer = ? WHERE no = ?")
                .params(answer, entry.no())
                .update();
    }

    @ParameterizedTest
    @EnumSource
    void what_cannot_be_run_again_is_counted_by_its_reason(Stores kind) throws Exception {
        byte[] key = new byte[32];
        try (Database database = kind.open()) {
            Routed.keep(database, 40, 3, Personal.masked(Personal.FIELDS));
            Routed.keep(database, 40, 4, Personal.encrypted(Personal.FIELDS, key));
            Routed.keep(database, 40, 5, Personal.kept());
            Entry unread = Routed.all(database).stream()
                    .filter(entry -> entry.personal() == Personal.How.KEPT
                            && entry.policy().equals(Routed.FIRST.version()))
                    .findFirst()
                    .orElseThrow();
            PlainEntries.of(database);
            database.sql()
                    .sql("UPDATE decision SET request = ? WHERE no = ?")
                    .params(unread.request().replace("\"GRID\"", "\"PIGEON\""), unread.no())
                    .update();

            ReplayCount count = replayed(
                    database,
                    new Replay(
                            version -> version.equals(Routed.SECOND.version()) ? null : Routed.FIRST, Personal.kept()));

            assertThat(count.same()).isEqualTo(19);
            assertThat(count.obstacles())
                    .isEqualTo(Map.of(Why.MASKED, 40L, Why.SEALED, 40L, Why.NO_POLICY, 20L, Why.NOT_UNDERSTOOD, 1L));
            assertThat(count.policiesMissing()).isEqualTo(Map.of(Routed.SECOND.version(), 20L));
            assertThat(count.examples()).hasSize(1);
            assertThat(count.examples().get(0).path("problems").get(0).toString())
                    .contains("/incident/source", "PIGEON");

            ReplayCount opened = replayed(database, new Replay(Routed::policy, Personal.opened(Personal.FIELDS, key)));
            assertThat(opened.same()).isEqualTo(79);
            assertThat(opened.obstacles()).isEqualTo(Map.of(Why.MASKED, 40L, Why.NOT_UNDERSTOOD, 1L));
        }
    }

    @Test
    void a_masked_decision_is_no_cause_for_alarm() throws Exception {
        try (Database database = Stores.SQLITE.open()) {
            Routed.keep(database, 10, 3, Personal.masked(Personal.FIELDS));

            assertThat(replayed(database, new Replay(Routed::policy, Personal.kept()))
                            .good())
                    .isTrue();
            Routed.keep(database, 10, 3, Personal.kept());
            assertThat(replayed(database, new Replay(version -> null, Personal.kept()))
                            .good())
                    .isFalse();
        }
    }

    @Test
    void a_policy_is_made_once_and_one_that_cannot_be_made_is_told_of() throws Exception {
        var made = new AtomicInteger();
        try (Database database = Stores.SQLITE.open()) {
            Routed.keep(database, 100, 6, Personal.kept());

            ReplayCount count = replayed(
                    database,
                    new Replay(
                            version -> {
                                made.incrementAndGet();
                                if (version.equals(Routed.SECOND.version())) {
                                    throw store(Code.CORRUPTED_POLICY);
                                }
                                return Routed.FIRST;
                            },
                            Personal.kept()));

            assertThat(made).hasValue(2);
            assertThat(count.same()).isEqualTo(50);
            assertThat(count.obstacles()).isEqualTo(Map.of(Why.UNUSABLE_POLICY, 50L));
        }
    }

    @Test
    void a_store_that_goes_is_no_result() throws Exception {
        try (Database database = Stores.SQLITE.open()) {
            Routed.keep(database, 100, 6, Personal.kept());

            assertThatThrownBy(() -> replayed(
                            database,
                            new Replay(
                                    version -> {
                                        throw store(Code.STORE_UNREACHABLE);
                                    },
                                    Personal.kept())))
                    .isInstanceOf(StoreException.class);
        }
    }

    private static StoreException store(Code code) {
        return new StoreException(Problem.of(code, new FileRef("store"), "test"), new IllegalStateException());
    }

    @ParameterizedTest
    @EnumSource
    void stopped_anywhere_and_gone_on_with_it_comes_to_the_same(Stores kind, @TempDir Path folder) throws Exception {
        long seed = Seeds.SEED;
        var random = new Random(seed);
        Path file = folder.resolve("checkpoint");
        try (Database database = kind.open()) {
            Routed.keep(database, DECISIONS, 7, Personal.kept());
            for (Entry entry : Routed.all(database)) {
                if (random.nextInt(10) == 0) {
                    tamper(database, entry, entry.answer().replaceFirst("decidedAt", "decidedOn"));
                }
            }
            var replay = new Replay(Routed::policy, Personal.kept());
            ReplayCount whole = replayed(database, replay);
            List<String> order = Routed.all(database).stream().map(Entry::id).toList();

            for (int round = 0; round < 6; round++) {
                var seen = new ArrayList<String>();
                ReplayCount count = new ReplayCount();
                Cursor at = null;
                boolean all = false;
                int runs = 0;
                while (!all) {
                    runs++;
                    var stopAfter = new AtomicInteger(random.nextInt(15));
                    ReplayCount sofar = count;
                    Kept kept = new Kept(file, sofar);
                    all = JournalScan.oldestFirst(new Archive(database), DecisionQuery.ALL, 1 + random.nextInt(3))
                            .inStepsOf(7 + random.nextInt(60), 5 + random.nextInt(20))
                            .run(
                                    at,
                                    replay::of,
                                    (entry, result) -> {
                                        seen.add(entry.id());
                                        sofar.add(entry, result, Locale.ENGLISH);
                                    },
                                    kept::reached,
                                    () -> stopAfter.getAndDecrement() == 0);
                    Checkpoint checkpoint = kept.last == null ? null : Checkpoint.read(file);
                    if (checkpoint != null) {
                        at = checkpoint.at();
                        count = ReplayCount.of(checkpoint.progress());
                    }
                }
                assertThat(count.json().toString())
                        .as("seed %d, round %d, %d runs", seed, round, runs)
                        .isEqualTo(whole.json().toString());
                assertThat(seen).as("seed %d, round %d", seed, round).isEqualTo(order);
            }
        }
    }

    /** Keeps a checkpoint whenever a place is reached. */
    private static final class Kept {
        private final Path file;
        private final Progress progress;
        private @Nullable Cursor last;

        Kept(Path file, Progress progress) {
            this.file = file;
            this.progress = progress;
        }

        void reached(Cursor cursor) {
            last = cursor;
            try {
                new Checkpoint(Json.object().put("command", "replay"), cursor, 0, progress.json()).write(file);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Test
    void differences_are_named_up_to_a_number() throws Exception {
        ObjectNode before = (ObjectNode) Json.read("{\"a\":[1,2,3],\"b\":{\"c\":null},\"d\":1.0}");
        ObjectNode after = (ObjectNode) Json.read("{\"a\":[1,3],\"b\":{\"e/f\":true},\"d\":1.00}");

        assertThat(Difference.between(before, after, 3))
                .isEqualTo(new Difference.All(
                        List.of(
                                new Difference("/a/1", "2", "3"),
                                new Difference("/a/2", "3", null),
                                new Difference("/b/c", "null", null)),
                        2));
        assertThat(Difference.between(before, before, 3).first()).isEmpty();
    }
}
