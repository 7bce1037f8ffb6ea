package liandong.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import liandong.MovableClock;
import liandong.journal.Answers;
import liandong.journal.Archive.Place;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import liandong.journal.Personal;
import liandong.journal.Retention;
import liandong.outbox.Outbox.Event;
import liandong.outbox.Outbox.Status;
import liandong.outbox.Sender.Pace;
import liandong.store.Database;
import liandong.store.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is decided, sent to real receivers that take it, fail, stall and want no more, on both stores. */
class WebhooksTest {
    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Pace QUICK = new Pace(Duration.ofSeconds(2), Duration.ofMillis(10), Duration.ofMillis(1));

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-20T08:30:00Z"));
    private final MeterRegistry meters = new SimpleMeterRegistry();

    private static WebhookKey key() {
        return Objects.requireNonNull(WebhookKey.of(KEY));
    }

    private Webhooks sending(Database database, Pace pace, Map<String, TestReceiver> receivers) {
        List<Receiver> named = receivers.entrySet().stream()
                .map(each -> new Receiver(each.getKey(), each.getValue().url(), List.of(key())))
                .toList();
        var webhooks = new Webhooks(named, database, Personal.kept(), clock, new SimpleMeterRegistry(), pace);
        webhooks.start();
        return webhooks;
    }

    private static Journal journal(Database database) {
        return Journal.in(database, Keeping.REQUIRED, Personal.kept(), Clock.systemUTC(), "test");
    }

    private static void keep(Journal journal, int from, int to) {
        IntStream.range(from, to).forEach(n -> Answers.keep(journal, n));
    }

    private static void await(BooleanSupplier what) throws InterruptedException {
        for (int tries = 0; tries < 2_000; tries++) {
            if (what.getAsBoolean()) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("it does not come");
    }

    private static Status status(Database database) {
        return Objects.requireNonNull(new Outbox(database).status("platform"));
    }

    private static List<String> decisions(List<TestReceiver.Event> events) {
        return events.stream().map(TestReceiver.Event::decision).toList();
    }

    /** The decisions of each incident in the order in which they were taken: three of each in these tests. */
    private static Map<String, List<String>> byIncident(List<TestReceiver.Event> events) {
        Map<String, List<String>> incidents = new HashMap<>();
        decisions(events)
                .forEach(each -> incidents
                        .computeIfAbsent("SC-" + Integer.parseInt(each) / 3, subject -> new ArrayList<>())
                        .add(each));
        return incidents;
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toList();
    }

    @Test
    void an_event_is_signed_as_standard_webhooks_says() {
        assertThat(WebhookKey.signature(
                        List.of(key()),
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1614265330,
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(WebhookKey.of("whsec_c2hvcnQ=")).isNull();
        assertThat(WebhookKey.of("no Base64")).isNull();
        assertThat(WebhookKey.of("A".repeat(88))).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void every_decision_from_then_on_is_sent_once_signed_and_in_the_order_of_its_incident(Stores kind)
            throws Exception {
        try (Database database = kind.open();
                var receiver = new TestReceiver();
                Journal journal = journal(database)) {
            keep(journal, 0, 6);
            try (Webhooks sending = sending(database, QUICK, Map.of("platform", receiver))) {
                keep(journal, 6, 206);
                await(() -> receiver.taken().size() >= 200 && status(database).backlog() == 0);

                assertThat(sending).isNotNull();
                assertThat(decisions(receiver.events())).containsExactlyInAnyOrderElementsOf(numbers(6, 206));
                byIncident(receiver.events())
                        .values()
                        .forEach(each -> assertThat(each)
                                .isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b)));
                TestReceiver.Event first = receiver.events().stream()
                        .filter(each -> each.decision().equals("6"))
                        .findFirst()
                        .orElseThrow();
                assertThat(first.path()).isEqualTo("/events");
                assertThat(first.contentType()).isEqualTo("application/cloudevents+json; charset=utf-8");
                assertThat(first.body())
                        .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"6\",\"source\":\"/v1/routing\","
                                + "\"type\":\"liandong.routing.decided\",\"datacontenttype\":\"application/json\","
                                + "\"data\":{\"decisionId\":\"6\"}}");
                assertThat(first.timestamp())
                        .isEqualTo(String.valueOf(clock.instant().getEpochSecond()));
                assertThat(first.signature())
                        .isEqualTo(WebhookKey.signature(
                                List.of(key()),
                                first.id(),
                                clock.instant().getEpochSecond(),
                                first.body().getBytes(StandardCharsets.UTF_8)));
                assertThat(status(database).delivered()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_not_taken_holds_up_its_incident_only_is_given_up_at_last_and_sent_again_when_wanted(Stores kind)
            throws Exception {
        try (Database database = kind.open();
                var receiver = new TestReceiver();
                Journal journal = journal(database)) {
            var mended = new AtomicBoolean();
            receiver.answers(event -> event.decision().equals("4") && !mended.get() ? 422 : 200);
            try (Webhooks sending = sending(database, QUICK, Map.of("platform", receiver))) {
                keep(journal, 0, 12);
                await(() -> receiver.taken().size() == 10 && status(database).backlog() == 2);
                assertThat(decisions(receiver.taken()))
                        .containsExactlyInAnyOrder("0", "1", "2", "3", "6", "7", "8", "9", "10", "11");

                // Each wait is longer than the one before; none is over before its time.
                for (int tries = 1; tries <= Sender.WAITS_OF_REFUSED; tries++) {
                    int times = tries;
                    await(() -> status(database).failed() == times);
                    Instant now = clock.instant();
                    clock.set(now.plusMillis(Sender.WAITS.get(tries - 1).toMillis() * 8 / 10));
                    Thread.sleep(50);
                    assertThat(status(database).failed()).isEqualTo(times);
                    clock.set(now.plusMillis(Sender.WAITS.get(tries - 1).toMillis() * 12 / 10));
                }
                await(() -> status(database).dead() == 1 && status(database).backlog() == 0);
                List<Event> dead = new Outbox(database).dead("platform", 10);
                assertThat(dead).hasSize(1);
                assertThat(dead.get(0).subject()).isEqualTo("SC-1");
                assertThat(dead.get(0).tries()).isEqualTo(Sender.WAITS_OF_REFUSED + 1);
                assertThat(dead.get(0).fault()).isEqualTo("HTTP 422");
                assertThat(byIncident(receiver.taken()).get("SC-1")).containsExactly("3", "5");

                mended.set(true);
                assertThat(new Outbox(database).again("platform", clock.instant()))
                        .isEqualTo(1);
                await(() -> receiver.taken().size() == 12);
                await(() -> status(database).dead() == 0);
                assertThat(byIncident(receiver.taken()).get("SC-1")).containsExactly("3", "5", "4");
                assertThat(sending).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_receiver_that_is_down_gets_everything_in_order_once_it_is_back(Stores kind) throws Exception {
        try (Database database = kind.open();
                var receiver = new TestReceiver();
                Journal journal = journal(database)) {
            var down = new AtomicBoolean(true);
            receiver.answers(event -> down.get() ? 503 : 200);
            try (Webhooks sending = sending(database, QUICK, Map.of("platform", receiver))) {
                keep(journal, 0, 150);
                await(() -> status(database).failed() >= 3);
                Thread.sleep(100);
                // It is left alone meanwhile: the clock stands still.
                assertThat(receiver.events()).hasSizeLessThan(20);
                assertThat(status(database).fault()).isEqualTo("HTTP 503");
                assertThat(status(database).backlog()).isEqualTo(150);
                assertThat(status(database).oldest()).isEqualTo(Instant.parse("2026-11-20T00:30:00Z"));
                down.set(false);
                await(() -> {
                    clock.set(clock.instant().plusSeconds(10));
                    return status(database).backlog() == 0;
                });

                assertThat(decisions(receiver.taken())).containsExactlyInAnyOrderElementsOf(numbers(0, 150));
                byIncident(receiver.taken())
                        .values()
                        .forEach(each -> assertThat(each)
                                .isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b)));
                assertThat(status(database).fault()).isEmpty();
                assertThat(sending).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void decisions_that_wait_for_a_receiver_are_not_given_up_however_long_it_is_down(Stores kind) throws Exception {
        try (Database database = kind.open();
                var receiver = new TestReceiver();
                Journal journal = journal(database)) {
            var down = new AtomicBoolean(true);
            receiver.answers(event -> down.get() ? 503 : 200);
            try (Webhooks sending = sending(database, QUICK, Map.of("platform", receiver))) {
                keep(journal, 0, 30);
                await(() -> status(database).failed() >= 3);
                for (int days = 0; days < 2 * Sender.WAITS.size(); days++) {
                    long before = status(database).failed();
                    clock.set(clock.instant().plus(Duration.ofDays(1)));
                    await(() -> status(database).failed() > before);
                    Thread.sleep(30);
                    // One shows whether it is back, not as many as are sent at once.
                    assertThat(status(database).failed()).isEqualTo(before + 1);
                }
                assertThat(status(database).dead()).isZero();
                assertThat(status(database).backlog()).isEqualTo(30);
                down.set(false);
                await(() -> {
                    clock.set(clock.instant().plusSeconds(10));
                    return status(database).backlog() == 0;
                });
                assertThat(decisions(receiver.taken())).containsExactlyInAnyOrderElementsOf(numbers(0, 30));
                byIncident(receiver.taken())
                        .values()
                        .forEach(each -> assertThat(each)
                                .isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b)));
                assertThat(sending).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void however_much_a_receiver_refuses_for_itself_it_is_sent_what_is_new(Stores kind) throws Exception {
        try (Database database = kind.open();
                var receiver = new TestReceiver();
                Journal journal = journal(database)) {
            var outbox = new Outbox(database);
            outbox.add("platform", receiver.url().toString(), clock.instant());
            assertThat(outbox.hold("platform", "before", clock.instant())).isTrue();
            Instant later = clock.instant().plus(Duration.ofHours(1));
            // Of each incident the first is refused, and the second waits behind it.
            List<Event> refused = IntStream.range(0, 2 * Sender.MOST_WAITING)
                    .mapToObj(n -> new Event(
                            (1L << 50) + n,
                            clock.instant(),
                            "W-" + n / 2,
                            1,
                            later,
                            n % 2 == 0 ? "HTTP 422" : "",
                            null))
                    .toList();
            outbox.write(
                    "platform",
                    "before",
                    new Outbox.Turn(List.of(), refused, List.of(), 0, 1, "HTTP 422", false),
                    clock.instant());
            outbox.letGo("platform", "before");
            assertThat(outbox.heldUp("platform")).isZero();
            keep(journal, 0, 9);
            try (Webhooks sending = sending(database, QUICK, Map.of("platform", receiver))) {
                await(() -> receiver.taken().size() == 9);
                assertThat(sending).isNotNull();
            }
        }
    }

    @Test
    void a_receiver_that_wants_to_be_left_alone_is_and_that_is_no_try_of_a_decision() throws Exception {
        try (Database database = Stores.SQLITE.open();
                var receiver = new TestReceiver();
                Journal journal = journal(database)) {
            receiver.answers(event -> 429);
            receiver.retryAfter(3_600);
            try (Webhooks sending = sending(database, QUICK, Map.of("platform", receiver))) {
                keep(journal, 0, 1);
                await(() -> status(database).failed() == 1);
                keep(journal, 1, 30);
                clock.set(clock.instant().plusSeconds(3_599));
                Thread.sleep(100);
                assertThat(receiver.events()).hasSize(1);

                receiver.answers(event -> 200);
                clock.set(clock.instant().plusSeconds(2));
                await(() -> receiver.taken().size() == 30);
                assertThat(sending).isNotNull();
            }
        }
    }

    @Test
    void a_fault_of_the_store_in_a_turn_loses_nothing_of_what_was_sent_in_it() throws Exception {
        try (Database database = Stores.SQLITE.open();
                var receiver = new TestReceiver();
                Journal journal = journal(database)) {
            var outbox = new Outbox(database);
            outbox.add("platform", receiver.url().toString(), clock.instant());
            keep(journal, 0, 6);
            assertThat(outbox.hold("platform", "before", clock.instant())).isTrue();
            List<Event> waiting = outbox.next("platform", 10).stream()
                    .map(each -> new Event(
                            each.no(),
                            each.keptAt(),
                            Objects.requireNonNull(each.entry()).subject(),
                            1,
                            clock.instant(),
                            "HTTP 500",
                            null))
                    .toList();
            outbox.write(
                    "platform",
                    "before",
                    new Outbox.Turn(outbox.next("platform", 10), waiting, List.of(), 0, 1, "HTTP 500", false),
                    clock.instant());
            outbox.letGo("platform", "before");
            // The first cannot be read while the other is on its way.
            byte[] packed = database.sql()
                    .sql("SELECT packed FROM decision WHERE no = ?")
                    .param(waiting.get(0).no())
                    .query(byte[].class)
                    .single();
            pack(database, waiting.get(0).no(), "no deflated text".getBytes(StandardCharsets.UTF_8));
            receiver.answers(event -> {
                Thread.sleep(500);
                return 200;
            });
            try (Webhooks sending = sending(database, QUICK, Map.of("platform", receiver))) {
                await(() -> status(database).delivered() > 0);
                pack(database, waiting.get(0).no(), packed);
                clock.set(clock.instant().plus(Duration.ofMinutes(10)));
                await(() -> status(database).backlog() == 0);
                assertThat(receiver.events()).hasSizeLessThanOrEqualTo(6).doesNotHaveDuplicates();
                assertThat(decisions(receiver.events())).contains("3");
                assertThat(sending).isNotNull();
            }
        }
    }

    private static void pack(Database database, long no, byte[] packed) {
        database.transact(() -> database.sql()
                .sql("UPDATE decision SET packed = ? WHERE no = ?")
                .params(packed, no)
                .update());
    }

    @Test
    void the_longest_turn_ends_well_before_the_lease_with_which_it_is_begun() {
        assertThat(Sender.LONGEST_TURN.plus(Pace.USUAL.patience()).plusSeconds(20))
                .isLessThan(Sender.LEAST_LEFT);
    }

    @ParameterizedTest
    @EnumSource
    void a_receiver_that_answers_410_is_sent_nothing_more_until_it_is_resumed(Stores kind) throws Exception {
        try (Database database = kind.open();
                var receiver = new TestReceiver();
                Journal journal = journal(database)) {
            var gone = new AtomicBoolean(true);
            receiver.answers(event -> gone.get() ? 410 : 200);
            try (Webhooks sending = sending(database, QUICK, Map.of("platform", receiver))) {
                keep(journal, 0, 3);
                await(() -> status(database).endedAt() != null);
                int sent = receiver.events().size();
                keep(journal, 3, 30);
                clock.set(clock.instant().plus(Duration.ofDays(2)));
                Thread.sleep(200);
                assertThat(receiver.events()).hasSize(sent);
                assertThat(status(database).backlog()).isEqualTo(30);

                gone.set(false);
                assertThat(new Outbox(database).resume("platform")).isTrue();
                await(() -> status(database).backlog() == 0);
                assertThat(decisions(receiver.taken())).containsExactlyInAnyOrderElementsOf(numbers(0, 30));
                assertThat(new Outbox(database).resume("platform")).isFalse();
                assertThat(sending).isNotNull();
            }
        }
    }

    @Test
    void a_receiver_that_stalls_or_redirects_costs_nobody_else_anything() throws Exception {
        try (Database database = Stores.SQLITE.open();
                var good = new TestReceiver();
                var stalling = new TestReceiver();
                var redirecting = new TestReceiver();
                Journal journal = journal(database)) {
            var end = new CountDownLatch(1);
            stalling.answers(event -> end.await(1, TimeUnit.MINUTES) ? 200 : 500);
            redirecting.answers(event -> 302);
            try (Webhooks sending = sending(
                    database,
                    new Pace(Duration.ofMillis(300), Duration.ofMillis(10), Duration.ofMillis(1)),
                    Map.of("platform", good, "stalling", stalling, "redirecting", redirecting))) {
                keep(journal, 0, 90);
                await(() -> good.taken().size() == 90);
                Outbox outbox = new Outbox(database);
                await(() -> Objects.requireNonNull(outbox.status("stalling"))
                                .fault()
                                .equals("TIMEOUT")
                        && Objects.requireNonNull(outbox.status("redirecting"))
                                .fault()
                                .equals("HTTP 302"));

                assertThat(redirecting.events()).allMatch(each -> each.path().equals("/events"));
                assertThat(Objects.requireNonNull(outbox.status("stalling")).backlog())
                        .isEqualTo(90);
                assertThat(sending).isNotNull();
            } finally {
                end.countDown();
            }
        }
    }

    @Test
    void of_an_address_the_query_is_used_and_neither_kept_nor_shown() throws Exception {
        try (Database database = Stores.SQLITE.open();
                var receiver = new TestReceiver();
                Journal journal = journal(database)) {
            var secret =
                    new Receiver("platform", URI.create(receiver.url() + "?access_token=s3cret&a=?"), List.of(key()));
            try (var webhooks =
                    new Webhooks(List.of(secret), database, Personal.kept(), clock, new SimpleMeterRegistry(), QUICK)) {
                webhooks.start();
                keep(journal, 0, 1);
                await(() -> status(database).delivered() == 1);
                assertThat(receiver.events())
                        .extracting(TestReceiver.Event::path)
                        .containsExactly("/events");
                assertThat(status(database).url()).isEqualTo(receiver.url().toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_two_processes_one_sends_and_the_other_goes_on_when_it_ends(Stores kind) throws Exception {
        String at = kind.fresh();
        try (Database one = Database.open(at, null, null);
                Database other = Database.open(at, null, null);
                var receiver = new TestReceiver();
                Journal journal = journal(one);
                Journal journalOfOther = journal(other)) {
            Webhooks first = sending(one, QUICK, Map.of("platform", receiver));
            try (Webhooks second = sending(other, QUICK, Map.of("platform", receiver))) {
                for (int n = 0; n < 60; n += 2) {
                    Answers.keep(journal, n);
                    Answers.keep(journalOfOther, n + 1);
                }
                await(() -> receiver.taken().size() >= 60 && status(one).backlog() == 0);
                assertThat(decisions(receiver.taken())).containsExactlyInAnyOrderElementsOf(numbers(0, 60));
                first.close();
                keep(journal, 60, 90);
                await(() -> receiver.taken().size() >= 90 && status(one).backlog() == 0);
                assertThat(decisions(receiver.taken())).containsExactlyInAnyOrderElementsOf(numbers(0, 90));
                assertThat(second).isNotNull();
            } finally {
                first.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_process_that_has_lost_its_turn_writes_nothing_and_a_lease_runs_out(Stores kind) throws Exception {
        try (Database database = kind.open()) {
            var outbox = new Outbox(database);
            Instant now = clock.instant();
            outbox.add("platform", "http://127.0.0.1:1/", now);
            assertThat(outbox.hold("platform", "a", now)).isTrue();
            assertThat(outbox.hold("platform", "b", now.plus(Outbox.LEASE))).isFalse();
            assertThat(outbox.hold("platform", "b", now.plus(Outbox.LEASE).plusMillis(1)))
                    .isTrue();
            var turn = new Outbox.Turn(List.of(), List.of(), List.of(), 1, 0, "", false);
            assertThatThrownBy(() -> outbox.write("platform", "a", turn, now)).isInstanceOf(Outbox.LostException.class);
            assertThat(status(database).delivered()).isZero();
            // Elsewhere it is asked again, though it had said that it wants no more.
            outbox.write(
                    "platform", "b", new Outbox.Turn(List.of(), List.of(), List.of(), 0, 1, "HTTP 410", true), now);
            outbox.add("platform", "http://127.0.0.1:1/", now);
            assertThat(status(database).endedAt()).isEqualTo(now);
            outbox.add("platform", "http://127.0.0.1:2/", now);
            assertThat(status(database).endedAt()).isNull();
            // Not while somebody sends to it.
            assertThat(outbox.forget("platform", now.plus(Outbox.LEASE))).isFalse();
            assertThat(outbox.heldUntil("platform", now)).isEqualTo(now.plus(Outbox.LEASE));
            assertThat(status(database).url()).isEqualTo("http://127.0.0.1:2/");
            outbox.letGo("platform", "b");
            assertThat(outbox.heldUntil("platform", now)).isNull();
            assertThat(outbox.forget("platform", now)).isTrue();
            assertThat(outbox.status("platform")).isNull();
            assertThat(outbox.hold("platform", "b", now)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_retention_has_deleted_is_not_sent_and_what_follows_is(Stores kind) throws Exception {
        try (Database database = kind.open();
                var receiver = new TestReceiver();
                Journal journal = journal(database)) {
            new Outbox(database).add("platform", receiver.url().toString(), clock.instant());
            keep(journal, 0, 30);
            Retention.prune(database, Instant.parse("2026-11-20T00:30:10Z"), Clock.systemUTC(), "test", count -> {});
            assertThat(status(database).backlog()).isEqualTo(20);
            try (Webhooks sending = sending(database, QUICK, Map.of("platform", receiver))) {
                await(() -> status(database).backlog() == 0 && receiver.taken().size() == 20);
                assertThat(decisions(receiver.taken())).containsExactlyInAnyOrderElementsOf(numbers(10, 30));
                assertThat(sending).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_what_retention_has_deleted_no_incident_is_left_among_what_was_given_up(Stores kind) throws Exception {
        try (Database database = kind.open();
                Journal journal = journal(database)) {
            var outbox = new Outbox(database);
            outbox.add("platform", "http://127.0.0.1:1/", clock.instant());
            keep(journal, 0, 30);
            assertThat(outbox.hold("platform", "a", clock.instant())).isTrue();
            List<Place> next = outbox.next("platform", 30);
            List<Event> dead = next.stream()
                    .map(each -> new Event(
                            each.no(),
                            each.keptAt(),
                            Objects.requireNonNull(each.entry()).subject(),
                            6,
                            clock.instant(),
                            "HTTP 422",
                            each.place() % 2 == 0 ? clock.instant() : null))
                    .toList();
            outbox.write(
                    "platform", "a", new Outbox.Turn(next, dead, List.of(), 0, 30, "HTTP 422", false), clock.instant());
            Retention.prune(database, Instant.parse("2026-11-20T00:30:10Z"), Clock.systemUTC(), "test", count -> {});
            assertThat(status(database).dead()).isEqualTo(10);
            assertThat(status(database).backlog()).isEqualTo(10);
            assertThat(outbox.dead("platform", 30)).extracting(Event::subject).doesNotContain("SC-0", "SC-1", "SC-2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_store_of_format_11_is_brought_to_this_one_and_what_it_had_is_not_sent(Stores kind) {
        String at = kind.fresh();
        try (Database database = Database.open(at, null, null);
                Journal journal = journal(database)) {
            keep(journal, 0, 5);
            Stores.asOfFormat11(database);
        }
        try (Database database = Database.open(at, null, null);
                Journal journal = journal(database)) {
            var outbox = new Outbox(database);
            outbox.add("platform", "http://127.0.0.1:1/", clock.instant());
            assertThat(outbox.next("platform", 10)).isEmpty();
            keep(journal, 5, 8);
            assertThat(outbox.next("platform", 10).stream()
                            .map(place -> Objects.requireNonNull(place.entry()).answer()))
                    .containsExactly("{\"decisionId\":\"5\"}", "{\"decisionId\":\"6\"}", "{\"decisionId\":\"7\"}");
        }
    }

    @Test
    void an_operator_sees_how_much_waits_in_the_metrics() throws Exception {
        try (Database database = Stores.SQLITE.open();
                Journal journal = journal(database);
                var receiver = new TestReceiver()) {
            receiver.answers(event -> 500);
            var webhooks = new Webhooks(
                    List.of(new Receiver("platform", receiver.url(), List.of(key()))),
                    database,
                    Personal.kept(),
                    clock,
                    meters,
                    QUICK);
            keep(journal, 0, 3);
            webhooks.start();
            await(() -> meters.get("liandong.webhook.backlog").gauge().value() == 3
                    && meters.get("liandong.webhook.failed").functionCounter().count() == 1);
            assertThat(meters.get("liandong.webhook.oldest.seconds").gauge().value())
                    .isEqualTo(8 * 3_600.0);
            assertThat(meters.get("liandong.webhook.dead").gauge().value()).isZero();
            assertThat(meters.get("liandong.webhook.ended").gauge().value()).isZero();
            assertThat(meters.get("liandong.webhook.delivered")
                            .functionCounter()
                            .count())
                    .isZero();
            webhooks.close();
        }
    }
}
