package liandong.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import liandong.Decide;
import liandong.decision.DecisionService;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.problem.Code;
import liandong.publication.Drafts.Hands;
import liandong.store.Database;
import liandong.store.StoreException;
import liandong.store.Stores;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Tag("slow") // waits for other processes to notice
class LivePolicyTest {
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final String REPORT = """
            {"incident": {"id": "A-1", "reportedAt": "2026-03-02T10:00:00+08:00", "source": "GRID",
             "area": "330102001001", "text": "路面有坑洞"}, "now": "2026-03-02T10:00:00+08:00"}
            """;

    private final Hands clock = new Hands();

    private static void await(Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(SOON);
        while (!condition.call()) {
            assertThat(Instant.now()).as("within " + SOON).isBefore(end);
            Thread.sleep(20);
        }
    }

    private static void corrupt(Database database, String content, String path) {
        int changed = database.sql()
                .sql("UPDATE policy_blob SET bytes = ? WHERE hash = (SELECT blob FROM policy_file"
                        + " WHERE content = ? AND path = ?)")
                .params(new byte[] {1, 2, 3}, content, path)
                .update();
        assertThat(changed).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void processes_on_one_store_converge_within_three_seconds(Stores kind) throws Exception {
        String at = kind.fresh();
        try (Database one = Database.open(at, null, null);
                Database other = Database.open(at, null, null)) {
            PolicyLifecycle life = Drafts.begun(one, Clock.systemUTC());
            try (LivePolicy here = LivePolicy.open(one, Clock.systemUTC());
                    LivePolicy there = LivePolicy.open(other, Clock.systemUTC())) {
                assertThat(List.of(here.get().label(), there.get().label())).containsExactly("first", "first");

                Drafts.published(life, Drafts.policy("second"));
                await(() -> here.get().label().equals("second")
                        && there.get().label().equals("second"));

                life.rollback(null, "值班");
                await(() -> here.get().label().equals("first")
                        && there.get().label().equals("first"));
                assertThat(there.state().publication().kind()).isEqualTo(Publication.Kind.ROLLBACK);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_scheduled_is_live_from_its_moment_on_and_a_clock_set_back_does_not_undo_it(Stores kind) {
        try (Database database = kind.open()) {
            PolicyLifecycle life = Drafts.begun(database, clock);
            Instant evening = Drafts.NOON.plus(Duration.ofHours(6));
            life.publish(Drafts.approved(life, Drafts.policy("second")), evening, null, "发布", "");
            try (LivePolicy live = LivePolicy.open(database, clock)) {
                clock.set(evening.minusMillis(1));
                live.converge();
                assertThat(live.get().label()).isEqualTo("first");

                clock.set(evening);
                live.converge();
                assertThat(live.get().label()).isEqualTo("second");

                clock.set(Drafts.NOON.minus(Duration.ofHours(1)));
                live.converge();
                assertThat(live.get().label()).isEqualTo("second");
                try (LivePolicy restarted = LivePolicy.open(database, clock)) {
                    assertThat(restarted.get().label()).isEqualTo("second");
                }

                // What is published by that clock is live at once, and not before what was live already.
                Publication third = Drafts.published(life, Drafts.policy("third"));
                live.converge();
                assertThat(live.get().label()).isEqualTo("third");
                assertThat(third.effectiveAt()).isEqualTo(evening);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_policy_of_a_moment_is_the_one_that_was_live_then(Stores kind) {
        try (Database database = kind.open()) {
            PolicyLifecycle life = Drafts.begun(database, clock);
            Publication first = Objects.requireNonNull(life.live());
            clock.forward(Duration.ofHours(1));
            Publication second = Drafts.published(life, Drafts.policy("second"));
            Instant tomorrow = Drafts.NOON.plus(Duration.ofDays(1));
            life.publish(Drafts.approved(life, Drafts.policy("third")), tomorrow, null, "发布", "");
            try (LivePolicy live = LivePolicy.open(database, clock)) {
                assertThat(live.asOf(Drafts.NOON.minusMillis(1))).isNull();
                assertThat(label(live.asOf(Drafts.NOON))).isEqualTo("first");
                assertThat(live.asOf(second.effectiveAt())).isSameAs(live.get());
                assertThat(label(live.asOf(tomorrow))).isEqualTo("third");
                assertThat(label(live.version(first.version()))).isEqualTo("first");
                assertThat(live.version("0".repeat(64))).isNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_goes_through_many_publications_makes_each_once(Stores kind) {
        try (Database database = kind.open()) {
            PolicyLifecycle life = Drafts.begun(database, clock);
            var moments = new ArrayList<Instant>();
            for (int i = 0; i < 7; i++) {
                moments.add(clock.instant());
                clock.forward(Duration.ofHours(1));
                Drafts.published(life, Drafts.policy("policy " + i));
            }
            try (LivePolicy live = LivePolicy.open(database, clock)) {
                List<Policy> first = moments.stream()
                        .map(each -> Objects.requireNonNull(live.asOf(each)))
                        .toList();

                for (int i = 0; i < moments.size(); i++) {
                    assertThat(live.asOf(moments.get(i))).isSameAs(first.get(i));
                }
                assertThat(first).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void while_one_policy_is_being_made_only_those_who_ask_for_it_wait() throws Exception {
        try (Database database = Stores.POSTGRES.open()) {
            PolicyLifecycle life = Drafts.begun(database, clock);
            Publication first = Objects.requireNonNull(life.live());
            clock.forward(Duration.ofHours(1));
            Publication second = Drafts.published(life, Drafts.policy("second"));
            clock.forward(Duration.ofHours(1));
            Drafts.published(life, Drafts.policy("third"));
            var threads = Executors.newFixedThreadPool(3);
            try (LivePolicy live = LivePolicy.open(database, clock)) {
                Policy known = live.version(second.version());
                var held = new CountDownLatch(1);
                var release = new CountDownLatch(1);
                Future<Boolean> holder = threads.submit(() -> database.transact(() -> {
                    database.sql()
                            .sql("LOCK TABLE policy_blob IN ACCESS EXCLUSIVE MODE")
                            .update();
                    held.countDown();
                    try {
                        return release.await(30, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        return false;
                    }
                }));
                held.await();
                Future<Policy> one = threads.submit(() -> live.version(first.version()));
                Future<Policy> other = threads.submit(() -> live.version(first.version()));
                Thread.sleep(200);

                assertThat(live.version(second.version())).isSameAs(known);
                live.converge();
                assertThat(live.get().label()).isEqualTo("third");
                assertThat(one.isDone() || other.isDone()).isFalse();
                release.countDown();
                assertThat(holder.get()).isTrue();
                assertThat(label(one.get())).isEqualTo("first");
                assertThat(one.get()).isSameAs(other.get());
            } finally {
                threads.shutdown();
            }
        }
    }

    private static String label(@Nullable Policy policy) {
        return Objects.requireNonNull(policy).label();
    }

    @ParameterizedTest
    @EnumSource
    void a_process_that_cannot_make_what_is_live_keeps_what_it_has_and_says_so(Stores kind) throws Exception {
        try (Database database = kind.open()) {
            PolicyLifecycle life = Drafts.begun(database, Clock.systemUTC());
            try (LivePolicy live = LivePolicy.open(database, Clock.systemUTC())) {
                long no = Drafts.approved(life, Drafts.policy("second"));
                Publication second = life.publish(no, Instant.now().plusMillis(700), null, "发布", "");
                corrupt(database, second.content(), "decision-tables/calendar.xlsx");
                corrupt(database, second.content(), "decision-tables/routing.xlsx");
                await(() -> live.state().trouble() != null);

                assertThat(live.get().label()).isEqualTo("first");
                var trouble = Objects.requireNonNull(live.state().trouble());
                assertThat(Objects.requireNonNull(trouble.publication()).no()).isEqualTo(second.no());
                assertThat(trouble.problem().code()).isEqualTo(Code.CORRUPTED_POLICY);
                assertThat(live.state().failures()).isPositive();

                // What is published next is tried at once, and the trouble is over. (The calendar is shared by all.)
                database.sql()
                        .sql("DELETE FROM policy_blob WHERE length(bytes) = 3")
                        .update();
                Drafts.published(life, Drafts.policy("third"));
                await(() -> live.get().label().equals("third"));
                assertThat(live.state().trouble()).isNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_process_does_not_start_with_a_policy_that_is_not_as_it_was(Stores kind) {
        try (Database database = kind.open()) {
            PolicyLifecycle life = Drafts.begun(database, clock);
            corrupt(database, Objects.requireNonNull(life.live()).content(), "rules/test.drl");

            assertThatThrownBy(() -> LivePolicy.open(database, clock))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            thrown -> assertThat(thrown.problem().at() + " "
                                            + thrown.problem().code())
                                    .isEqualTo("rules/test.drl CORRUPTED_POLICY"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void while_the_store_is_gone_the_last_policy_stays_and_afterwards_all_is_well(Stores kind) {
        Database database = kind.open();
        Drafts.begun(database, clock);
        try (LivePolicy live = LivePolicy.open(database, clock)) {
            database.close();
            live.converge();

            assertThat(live.get().label()).isEqualTo("first");
            assertThat(Objects.requireNonNull(live.state().trouble()).problem().code())
                    .isEqualTo(Code.STORE_UNREACHABLE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_line_that_needs_a_store_that_is_gone_gets_its_own_problem_and_the_rest_go_on(Stores kind) throws Exception {
        try (Database database = kind.open()) {
            PolicyLifecycle life = Drafts.begun(database, clock);
            Publication first = Objects.requireNonNull(life.live());
            clock.forward(Duration.ofHours(1));
            Drafts.published(life, Drafts.policy("second"));
            String now = REPORT.replaceAll("\\s+", " ");
            String then = now.replaceFirst("}\\s*$", ",\"options\":{\"asOf\":\"" + Drafts.NOON + "\"}}");
            try (LivePolicy live = LivePolicy.open(database, clock)) {
                corrupt(database, first.content(), "decision-tables/routing.xlsx");
                List<JsonNode> corrupted = answers(live, now, then, now);
                database.sql().sql("ALTER TABLE publication RENAME TO gone").update();
                List<JsonNode> gone = answers(live, now, then, then, now);

                assertThat(corrupted)
                        .extracting(LivePolicyTest::told)
                        .containsExactly(
                                "MANUAL_TRIAGE",
                                "2 500 decision-tables/routing.xlsx CORRUPTED_POLICY",
                                "MANUAL_TRIAGE");
                assertThat(gone)
                        .extracting(LivePolicyTest::told)
                        .containsExactly("MANUAL_TRIAGE", "2 503  STORE_GONE", "3 503  STORE_GONE", "MANUAL_TRIAGE");
                assertThat(gone.get(1).at("/problems/0/message").stringValue())
                        .isEqualTo("The service cannot reach its store.");
            }
        }
    }

    private static List<JsonNode> answers(LivePolicy live, String... lines) throws Exception {
        var desk = new DecisionService(live, Clock.systemUTC());
        var out = new ByteArrayOutputStream();
        new Ndjson(text -> desk.decide(Decide.ROUTING, Json.read(text)).answer(), Locale.ENGLISH)
                .answer(
                        new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)),
                        out,
                        (bytes, good) -> {});
        var answers = new ArrayList<JsonNode>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            answers.add(Json.read(line));
        }
        return answers;
    }

    private static String told(JsonNode line) {
        JsonNode problem = line.at("/problems/0");
        return problem.isMissingNode()
                ? line.path("outcome").stringValue()
                : line.path("line").intValue() + " " + line.path("status").intValue() + " "
                        + problem.path("pointer").stringValue("")
                        + problem.path("at").stringValue("") + " "
                        + problem.path("code").stringValue();
    }

    @ParameterizedTest
    @EnumSource
    void a_hundred_publications_in_a_row_disturb_nobody_who_asks(Stores kind) throws Exception {
        try (Database database = kind.open()) {
            var versions = new ConcurrentHashMap<String, String>();
            PolicyFiles first = Drafts.deciding("policy first");
            versions.put(first.label(), first.version());
            var life = new PolicyLifecycle(database, Clock.systemUTC(), Gate.OPEN);
            life.begin(first);
            try (LivePolicy live = LivePolicy.open(database, Clock.systemUTC())) {
                var desk = new DecisionService(live, Clock.systemUTC());
                var done = new AtomicBoolean();
                var callers = Executors.newFixedThreadPool(4);
                var answers = new ArrayList<Future<Integer>>();
                for (int i = 0; i < 4; i++) {
                    answers.add(callers.submit(() -> {
                        int count = 0;
                        while (!done.get()) {
                            ObjectNode answer = desk.decide(Decide.ROUTING, Json.read(REPORT))
                                    .answer();
                            String label = answer.at("/policy/label").stringValue();
                            // Each policy has its label in a row that decides, too: all of an answer is of one policy.
                            assertThat(answer.at("/policy/version").stringValue())
                                    .isEqualTo(versions.get(label));
                            assertThat(answer.get("because").toString()).contains("\"source\":\"" + label + "\"");
                            count++;
                        }
                        return count;
                    }));
                }
                for (int i = 0; i < 100; i++) {
                    PolicyFiles files = Drafts.deciding("policy " + i);
                    versions.put(files.label(), files.version());
                    Drafts.published(life, files);
                    live.ring();
                }
                await(() -> live.get().label().equals("policy 99"));
                done.set(true);
                for (Future<Integer> each : answers) {
                    assertThat(each.get(10, TimeUnit.SECONDS)).isPositive();
                }
                callers.shutdown();
                assertThat(live.state().failures()).isZero();
            }
        }
    }
}
