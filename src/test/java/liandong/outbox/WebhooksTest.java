package liandong.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
                for (int tries = 1; tries <= Sender.WAITS.size(); tries++) {
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
                assertThat(dead.get(0).tries()).isEqualTo(Sender.WAITS.size() + 1);
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
            assertThat(outbox.forget("platform")).isTrue();
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
