package liandong.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import liandong.Decide;
import liandong.decision.DecisionService;
import liandong.journal.Archive;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import liandong.journal.Personal;
import liandong.journal.Verification;
import liandong.keyed.KeyedDecisions;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.replay.Replay;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.Json;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Events of a real broker, whatever fails on the way. */
class DecisionStreamTest {
    private static final Clock MORNING = Clock.fixed(Instant.parse("2026-03-02T02:00:00Z"), ZoneOffset.UTC);
    private static final Policy POLICY = TinyPolicy.withOneRule().load();
    private static final String ROUTING = "liandong.routing.requested";
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final int PARTITIONS = 4;
    private static final List<Future<RecordMetadata>> SENT = new ArrayList<>();
    private static KafkaClusterTestKit cluster;
    private static Admin admin;
    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void broker() throws Exception {
        var builder = new KafkaClusterTestKit.Builder(new TestKitNodes.Builder()
                .setNumBrokerNodes(1)
                .setNumControllerNodes(1)
                .build());
        Map.of(
                        "offsets.topic.replication.factor", "1",
                        "offsets.topic.num.partitions", "4",
                        "transaction.state.log.replication.factor", "1",
                        "transaction.state.log.min.isr", "1",
                        "transaction.state.log.num.partitions", "4",
                        "group.initial.rebalance.delay.ms", "0",
                        "auto.create.topics.enable", "false")
                .forEach(builder::setConfigProp);
        cluster = builder.build();
        cluster.format();
        cluster.startup();
        cluster.waitForReadyBrokers();
        admin = cluster.admin();
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        cluster.bootstrapServers(),
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        2 << 20,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "gzip"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void end() throws Exception {
        for (Future<RecordMetadata> each : SENT) {
            each.get(1, TimeUnit.MINUTES);
        }
        producer.close();
        admin.close();
        cluster.close();
    }

    /** The topics of one test. */
    private record Topics(String requests, String answers, String deadLetters) {
        static Topics fresh() throws Exception {
            int no = NEXT.incrementAndGet();
            var topics = new Topics("requests" + no, "answers" + no, "dead" + no);
            admin.createTopics(List.of(topics.requests, topics.answers, topics.deadLetters).stream()
                            .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
            return topics;
        }

        KafkaSettings settings() {
            return new KafkaSettings(
                    cluster.bootstrapServers(), requests, answers, deadLetters, "of-" + requests, "热线平台", 2, Map.of());
        }
    }

    /** One process that answers. */
    private static final class Answering implements AutoCloseable {
        private final Journal journal;
        private final KeyedDecisions keyed;
        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final DecisionStream stream;

        Answering(Database database, Topics topics, Keeping keeping) {
            this(database, topics, keeping, () -> POLICY);
        }

        Answering(Database database, Topics topics, Keeping keeping, Supplier<Policy> policy) {
            journal = Journal.in(database, keeping, Personal.kept(), MORNING, "liandong test");
            keyed = new KeyedDecisions(
                    new DecisionService(policy, MORNING),
                    journal,
                    new Archive(database),
                    new Replay(version -> POLICY, Personal.kept()),
                    database);
            stream = new DecisionStream(topics.settings(), keyed, meters, Locale.ENGLISH);
            stream.start();
        }

        double consumers() {
            return meters.get("liandong.kafka.consumers").gauge().value();
        }

        /** How many events became decisions, answers told again, and dead letters. */
        String counted() {
            return List.of("decided", "again", "dead").stream()
                    .map(result -> "%.0f"
                            .formatted(meters.get("liandong.kafka.events")
                                    .tag("result", result)
                                    .counter()
                                    .count()))
                    .toList()
                    .toString();
        }

        @Override
        public void close() {
            stream.close();
            keyed.close();
            journal.close();
        }
    }

    private static String report(String id) {
        return "{\"incident\":{\"id\":\"" + id + "\",\"reportedAt\":\"2026-03-02T09:00:00+08:00\","
                + "\"source\":\"GRID\",\"area\":\"330102001001\",\"text\":\"路面有坑洞\"}}";
    }

    private static Map<String, String> headers(String id, String type) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id);
        headers.put("ce_source", "/热线");
        headers.put("ce_type", type);
        headers.put("content-type", "application/json");
        return headers;
    }

    private static void send(Topics topics, String key, byte @Nullable [] value, Map<String, String> headers) {
        var record = new ProducerRecord<>(topics.requests(), key.getBytes(UTF_8), value);
        headers.forEach((name, said) -> record.headers().add(name, said.getBytes(UTF_8)));
        SENT.add(producer.send(record));
    }

    private static void ask(Topics topics, String event, String incident) {
        send(topics, incident, report(incident).getBytes(UTF_8), headers(event, ROUTING));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .filter(each -> each.key().equals(name))
                .map(each -> new String(each.value(), UTF_8))
                .reduce("", String::concat);
    }

    /** What is committed in a topic, as soon as there are so many; and nothing more within a moment. */
    private static List<ConsumerRecord<byte[], byte[]>> committed(String topic, int count) {
        var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        cluster.bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            eventually(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
                return found.size() >= count;
            });
            consumer.poll(Duration.ofSeconds(1)).forEach(found::add);
        }
        return found;
    }

    private static void eventually(BooleanSupplier done) {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
        }
    }

    private static long kept(Database database) {
        return database.sql()
                .sql("SELECT count(*) FROM decision")
                .query(Long.class)
                .single();
    }

    private static String alone(String incident) throws Exception {
        return new DecisionService(() -> POLICY, MORNING)
                .decide(Decide.ROUTING, Json.read(report(incident)))
                .json();
    }

    @Test
    void each_event_is_answered_as_over_http_under_its_incident_and_in_its_order() throws Exception {
        Topics topics = Topics.fresh();
        for (int i = 0; i < 30; i++) {
            ask(topics, "e" + i, "A-" + i % 3);
        }
        String inside = "{\"specversion\":\"1.0\",\"id\":\"e30\",\"source\":\"/热线\",\"type\":\"" + ROUTING
                + "\",\"data\":" + report("A-0") + "}";
        send(
                topics,
                "A-0",
                inside.getBytes(UTF_8),
                Map.of("content-type", "application/cloudevents+json; charset=utf-8"));

        try (Database database = Stores.SQLITE.open();
                var process = new Answering(database, topics, Keeping.REQUIRED)) {
            var answers = committed(topics.answers(), 31);

            var order = new HashMap<String, List<String>>();
            for (var answer : answers) {
                String incident = new String(answer.key(), UTF_8);
                assertThat(new String(answer.value(), UTF_8)).isEqualTo(alone(incident));
                order.computeIfAbsent(incident, key -> new ArrayList<>()).add(header(answer, "ce_causationid"));
                assertThat(List.of(
                                header(answer, "ce_specversion"),
                                header(answer, "ce_type"),
                                header(answer, "ce_source"),
                                header(answer, "ce_subject"),
                                header(answer, "ce_id"),
                                header(answer, "content-type")))
                        .containsExactly(
                                "1.0",
                                "liandong.routing.decided",
                                "/v1/routing",
                                incident,
                                Json.read(alone(incident)).path("decisionId").stringValue(""),
                                "application/json");
            }
            var expected = new HashMap<String, List<String>>();
            IntStream.rangeClosed(0, 30)
                    .forEach(i -> expected.computeIfAbsent("A-" + i % 3, key -> new ArrayList<>())
                            .add("e" + i));
            assertThat(order).isEqualTo(expected);
            assertThat(process.counted()).isEqualTo("[31, 0, 0]");
            assertThat(kept(database)).isEqualTo(31);
            assertThat(committed(topics.deadLetters(), 0)).isEmpty();
        }
    }

    @Test
    void what_cannot_be_answered_is_a_dead_letter_with_its_reason_and_the_rest_go_on() throws Exception {
        Topics topics = Topics.fresh();
        var wrong = new LinkedHashMap<String, String>();
        send(topics, "A-1", "{\"incident\":".getBytes(UTF_8), headers("json", ROUTING));
        wrong.put("json", "400 BAD_JSON ");
        send(topics, "A-1", new byte[] {'"', (byte) 0xFF, '"'}, headers("utf8", ROUTING));
        wrong.put("utf8", "400 NOT_UTF_8 ");
        send(topics, "A-1", null, headers("none", ROUTING));
        wrong.put("none", "400 MISSING_FIELD ");
        send(topics, "A-1", report("A-1").getBytes(UTF_8), headers("type", "incident.reported"));
        wrong.put("type", "422 NO_DECISION_ASKED ce_type");
        var sourceless = headers("source", ROUTING);
        sourceless.remove("ce_source");
        send(topics, "A-1", report("A-1").getBytes(UTF_8), sourceless);
        wrong.put("source", "422 MISSING_FIELD ce_source");
        send(topics, "A-1", report("A-1").replace("330102001001", "999999").getBytes(UTF_8), headers("area", ROUTING));
        wrong.put("area", "422 UNKNOWN_CODE /incident/area");
        String large = report("A-1").replace("路面有坑洞", "路".repeat(400_000));
        send(topics, "A-1", large.getBytes(UTF_8), headers("large", ROUTING));
        wrong.put("large", "400 TOO_LARGE ");
        ask(topics, "good", "A-1");
        send(topics, "A-1", report("A-2").getBytes(UTF_8), headers("good", ROUTING));
        wrong.put("good", "422 EVENT_REUSED ce_id");

        try (Database database = Stores.SQLITE.open();
                var process = new Answering(database, topics, Keeping.REQUIRED)) {
            assertThat(committed(topics.answers(), 1))
                    .extracting(answer -> header(answer, "ce_causationid"))
                    .containsExactly("good");
            var told = new LinkedHashMap<String, String>();
            for (var letter : committed(topics.deadLetters(), wrong.size())) {
                var problem = Json.read(header(letter, "liandong_problem"));
                var first = problem.path("problems").get(0);
                told.put(
                        header(letter, "ce_id"),
                        problem.path("status").intValue() + " "
                                + problem.path("title").stringValue("") + " "
                                + first.path("pointer")
                                        .stringValue(first.path("at").stringValue("")));
                assertThat(new String(letter.key(), UTF_8)).isEqualTo("A-1");
                assertThat(header(letter, "liandong_origin")).matches(topics.requests() + "-\\d@\\d+");
                if (header(letter, "ce_id").equals("large")) {
                    assertThat(letter.value()).isEmpty();
                }
                if (header(letter, "ce_id").equals("area")) {
                    assertThat(new String(letter.value(), UTF_8))
                            .isEqualTo(report("A-1").replace("330102001001", "999999"));
                }
            }
            assertThat(told).isEqualTo(wrong);
            assertThat(process.counted()).isEqualTo("[1, 0, " + wrong.size() + "]");
            assertThat(kept(database)).isOne();
        }
    }

    @Test
    void an_event_that_is_sent_again_is_decided_once_and_answered_again() throws Exception {
        Topics topics = Topics.fresh();
        ask(topics, "e1", "A-1");
        ask(topics, "e1", "A-1");
        ask(topics, "e1", "A-1");
        try (Database database = Stores.SQLITE.open();
                var process = new Answering(database, topics, Keeping.REQUIRED)) {
            assertThat(committed(topics.answers(), 3)).hasSize(3);
            ask(topics, "e1", "A-1");
            var answers = committed(topics.answers(), 4);

            assertThat(answers)
                    .extracting(answer -> new String(answer.value(), UTF_8))
                    .containsOnly(alone("A-1"));
            assertThat(answers).hasSize(4);
            assertThat(process.counted()).isEqualTo("[1, 3, 0]");
            assertThat(kept(database)).isOne();
        }
    }

    @Test
    void where_nothing_is_kept_events_are_answered_all_the_same() throws Exception {
        Topics topics = Topics.fresh();
        ask(topics, "e1", "A-1");
        ask(topics, "e1", "A-1");
        try (Database database = Stores.SQLITE.open();
                var process = new Answering(database, topics, Keeping.OFF)) {
            assertThat(committed(topics.answers(), 2)).hasSize(2);
            assertThat(process.counted()).isEqualTo("[2, 0, 0]");
            assertThat(kept(database)).isZero();
        }
    }

    @Test
    void what_cannot_be_kept_is_not_answered_and_another_process_answers_it_once() throws Exception {
        Topics topics = Topics.fresh();
        try (Database database = Stores.SQLITE.open()) {
            try (var broken = new Answering(database, topics, Keeping.REQUIRED)) {
                broken.journal.close(); // writes nothing any more
                IntStream.range(0, 20).forEach(i -> ask(topics, "e" + i, "A-" + i));
                Thread.sleep(3_000);
                assertThat(committed(topics.answers(), 0)).isEmpty();
                assertThat(committed(topics.deadLetters(), 0)).isEmpty();
                assertThat(kept(database)).isZero();
            }
            try (var process = new Answering(database, topics, Keeping.REQUIRED)) {
                assertThat(committed(topics.answers(), 20))
                        .extracting(answer -> header(answer, "ce_causationid"))
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, 20).mapToObj(i -> "e" + i).toList());
                assertThat(process.counted()).isEqualTo("[20, 0, 0]");
                assertThat(kept(database)).isEqualTo(20);
            }
        }
    }

    @Test
    void an_error_that_ends_the_consumers_does_not_end_the_stream() throws Exception {
        Topics topics = Topics.fresh();
        var errors = new AtomicInteger();
        try (Database database = Stores.SQLITE.open();
                var process = new Answering(database, topics, Keeping.REQUIRED, () -> {
                    if (errors.getAndIncrement() < 2) {
                        throw new OutOfMemoryError("of a test");
                    }
                    return POLICY;
                })) {
            eventually(() -> process.consumers() == 2);
            IntStream.range(0, 20).forEach(i -> ask(topics, "e" + i, "A-" + i));

            assertThat(committed(topics.answers(), 20))
                    .extracting(answer -> header(answer, "ce_causationid"))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 20).mapToObj(i -> "e" + i).toList());
            assertThat(errors.get()).isGreaterThan(2);
            assertThat(kept(database)).isEqualTo(20);
            assertThat(committed(topics.deadLetters(), 0)).isEmpty();
            eventually(() -> process.consumers() == 2);
            process.stream.stop();
            assertThat(process.consumers()).isZero();
            assertThat(process.stream.isRunning()).isFalse();
        }
    }

    @Test
    void two_processes_share_the_events_and_when_one_ends_or_the_broker_does_nothing_is_lost_or_told_twice()
            throws Exception {
        Topics topics = Topics.fresh();
        int count = 600;
        try (Database database = Stores.POSTGRES.open();
                var stays = new Answering(database, topics, Keeping.REQUIRED)) {
            try (var ends = new Answering(database, topics, Keeping.REQUIRED)) {
                for (int i = 0; i < count / 3; i++) {
                    ask(topics, "e" + i, "A-" + i);
                }
                eventually(() -> ends.stream.isRunning() && kept(database) > 0);
            }
            for (int i = count / 3; i < 2 * count / 3; i++) {
                ask(topics, "e" + i, "A-" + i);
            }
            producer.flush();
            var server = Objects.requireNonNull(cluster.brokers().get(0));
            server.shutdown();
            server.awaitShutdown();
            server.startup();
            for (int i = 2 * count / 3; i < count; i++) {
                ask(topics, "e" + i, "A-" + i);
            }

            assertThat(committed(topics.answers(), count))
                    .extracting(answer -> header(answer, "ce_causationid"))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, count).mapToObj(i -> "e" + i).toList());
            assertThat(kept(database)).isEqualTo(count);
            assertThat(committed(topics.deadLetters(), 0)).isEmpty();
            assertThat(stays.counted()).endsWith(" 0]");
            assertThat(Verification.of(database, Map.of(), read -> {}).faults()).isEmpty();
        }
    }
}
