package liandong.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import liandong.cloudevents.CloudEvent;
import liandong.decision.Decision;
import liandong.engine.DecisionFailedException;
import liandong.keyed.KeyedDecisions;
import liandong.problem.Code;
import liandong.problem.KeyInUseException;
import liandong.problem.KeySpentException;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.problem.UnavailableException;
import liandong.wire.BadRequestException;
import liandong.wire.ProblemJson;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.core.MicrometerProducerListener;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent.Reason;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultAfterRollbackProcessor;
import org.springframework.kafka.transaction.KafkaTransactionManager;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Answers events of one topic by events of another.
 *
 * <p>What is read, what is answered and how far was read are one transaction of Kafka, committed after the decisions are in
 * the journal. Where that fails, the same events come again; the journal knows them by their id and source and gives the same
 * answers. So each event has one decision in the journal and, for who reads what is committed, one answer.
 *
 * <p>Whatever ends its consumers but {@link #stop}, they begin again after a rest.
 */
public final class DecisionStream implements SmartLifecycle, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DecisionStream.class.getName());

    /** So many events are decided before answers are sent: one write of the journal keeps them all. */
    private static final int MOST_AT_ONCE = 256;

    /** So many bytes of them are read at once; a single one may be longer. */
    private static final int MOST_BYTES = 8 << 20;

    private static final Duration FIRST_REST = Duration.ofMillis(500);
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);
    private static final Duration STOPPING = Duration.ofSeconds(20);
    private static final int TRIES = 10;
    private static final int MOST_DOUBLED = 6;

    private final KafkaSettings settings;
    private final KeyedDecisions keyed;
    private final Locale locale;
    private final Counter decided;
    private final Counter again;
    private final Counter dead;
    private final DefaultKafkaProducerFactory<byte[], byte[]> producers;
    private final KafkaTemplate<byte[], byte[]> template;
    private final ConcurrentMessageListenerContainer<byte[], byte[]> container;
    private final ScheduledExecutorService restarts;
    private final AtomicBoolean restarting = new AtomicBoolean();
    private volatile int ended;
    private volatile boolean wanted;

    /**
     * A stream that does not run yet.
     *
     * @param locale the language of what is said about dead letters
     */
    public DecisionStream(KafkaSettings settings, KeyedDecisions keyed, MeterRegistry meters, Locale locale) {
        this.settings = settings;
        this.keyed = keyed;
        this.locale = locale;
        this.decided = counter(meters, "decided");
        this.again = counter(meters, "again");
        this.dead = counter(meters, "dead");
        this.producers = new DefaultKafkaProducerFactory<>(
                producing(settings), new ByteArraySerializer(), new ByteArraySerializer());
        // A process of its own each: what fences one that was taken for dead is the group, not the name.
        producers.setTransactionIdPrefix(settings.group() + "-" + UUID.randomUUID() + "-");
        producers.addListener(new MicrometerProducerListener<>(meters));
        this.template = new KafkaTemplate<>(producers);
        var consumers = new DefaultKafkaConsumerFactory<>(
                consuming(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumers.addListener(new MicrometerConsumerListener<>(meters));
        var properties = new ContainerProperties(settings.requests());
        properties.setKafkaAwareTransactionManager(new KafkaTransactionManager<>(producers));
        properties.setMessageListener((BatchMessageListener<byte[], byte[]>) this::answer);
        properties.setShutdownTimeout(STOPPING.toMillis());
        // Who may read may change while this runs, and a password may be renewed at the broker first.
        properties.setAuthExceptionRetryInterval(LONGEST_REST);
        this.container = new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setBeanName("decisions");
        container.setConcurrency(settings.threads());
        var rest = new ExponentialBackOff(FIRST_REST.toMillis(), 2);
        rest.setMaxInterval(LONGEST_REST.toMillis());
        container.setAfterRollbackProcessor(new DefaultAfterRollbackProcessor<>(rest));
        this.restarts = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "kafka-restart");
            thread.setDaemon(true);
            return thread;
        });
        container.setApplicationEventPublisher(event -> {
            if (event instanceof ConsumerStoppedEvent stopped && stopped.getReason() != Reason.NORMAL) {
                restart(stopped.getReason());
            }
        });
        Gauge.builder("liandong.kafka.consumers", container, DecisionStream::running)
                .description("Consumers of Kafka that run in this process")
                .register(meters);
    }

    private static long running(ConcurrentMessageListenerContainer<byte[], byte[]> container) {
        return container.isRunning()
                ? container.getContainers().stream()
                        .filter(each -> each.isRunning())
                        .count()
                : 0;
    }

    /** Begins again after a rest, which is longer each time that nothing was answered in between. */
    private void restart(Reason reason) {
        if (!wanted || !restarting.compareAndSet(false, true)) {
            return;
        }
        long rest = Math.min(LONGEST_REST.toMillis(), FIRST_REST.toMillis() << Math.min(ended, MOST_DOUBLED));
        ended = Math.min(ended + 1, MOST_DOUBLED);
        LOG.log(
                System.Logger.Level.ERROR,
                "events of Kafka are not answered: a consumer ended (" + reason + "); all begin again in " + rest
                        + " ms");
        ScheduledFuture<?> unused = restarts.schedule(this::beginAgain, rest, TimeUnit.MILLISECONDS);
    }

    private void beginAgain() {
        restarting.set(false);
        try {
            container.stop(); // the others, if any, so that all are there again
            synchronized (this) {
                if (wanted) {
                    container.start();
                }
            }
        } catch (RuntimeException e) { // the broker may be away
            LOG.log(System.Logger.Level.ERROR, "consumers of Kafka cannot begin", e);
            restart(Reason.ERROR);
        }
    }

    private static Counter counter(MeterRegistry meters, String result) {
        return Counter.builder("liandong.kafka.events")
                .description("Events of Kafka, by what became of them: decided, answered again, or a dead letter")
                .tag("result", result)
                .register(meters);
    }

    private static Map<String, Object> producing(KafkaSettings settings) {
        var client = new HashMap<String, Object>(settings.client());
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.servers());
        client.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        client.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * KafkaEvents.LONGEST);
        return client;
    }

    private static Map<String, Object> consuming(KafkaSettings settings) {
        var client = new HashMap<String, Object>(settings.client());
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.servers());
        client.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
        client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        client.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_AT_ONCE);
        client.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MOST_BYTES);
        client.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return client;
    }

    /**
     * What becomes of a record.
     *
     * @param asked null when it is to be a dead letter
     */
    private record Reply(
            ConsumerRecord<byte[], byte[]> record,
            @Nullable Asked asked,
            @Nullable ProblemJson problem) {}

    private record Asked(CloudEvent event, Decision<?, ?> decision, KeyedDecisions.Answered answered) {}

    /** Answers what was read, in its order; all of it, or what is thrown has all of it read again. */
    private void answer(List<ConsumerRecord<byte[], byte[]>> records) {
        var replies = new ArrayList<Reply>(records.size());
        records.forEach(record -> replies.add(reply(record, replies)));
        var sent = new ArrayList<ProducerRecord<byte[], byte[]>>(records.size());
        int letters = 0;
        int repeated = 0;
        for (Reply each : replies) {
            Reply kept = kept(each);
            ProducerRecord<byte[], byte[]> message = message(kept);
            sent.add(message);
            boolean letter = message.topic().equals(settings.deadLetters());
            letters += letter ? 1 : 0;
            repeated +=
                    !letter && kept.asked() != null && kept.asked().answered().again() ? 1 : 0;
        }
        // One that cannot be sent has the transaction rolled back.
        CompletableFuture.allOf(sent.stream().map(template::send).toArray(CompletableFuture[]::new))
                .join();
        ended = 0;
        dead.increment(letters);
        again.increment(repeated);
        decided.increment((double) records.size() - letters - repeated);
    }

    private ProducerRecord<byte[], byte[]> message(Reply reply) {
        Asked asked = reply.asked();
        if (asked == null) {
            return KafkaEvents.deadLetter(
                    settings.deadLetters(), reply.record(), Objects.requireNonNull(reply.problem()));
        }
        try {
            ProducerRecord<byte[], byte[]> answer = KafkaEvents.answer(
                    settings.answers(),
                    asked.decision(),
                    asked.event(),
                    reply.record().key(),
                    asked.answered().response().json());
            return answer.value().length <= KafkaEvents.LONGEST
                    ? answer
                    : KafkaEvents.deadLetter(
                            settings.deadLetters(),
                            reply.record(),
                            ProblemJson.of(413, List.of(KafkaEvents.tooLarge()), locale));
        } catch (BadRequestException e) {
            throw new IllegalStateException("an answer is JSON", e);
        }
    }

    /**
     * Decides a record.
     *
     * @param before what was decided before it in the same batch: where one asks the same, it is waited for
     */
    private Reply reply(ConsumerRecord<byte[], byte[]> record, List<Reply> before) {
        for (int tries = 1; ; tries++) {
            try {
                CloudEvent event = KafkaEvents.event(record);
                Decision<?, ?> decision = KafkaEvents.decision(event);
                return new Reply(
                        record,
                        new Asked(event, decision, keyed.answer(decision, event, settings.caller(), () -> {})),
                        null);
            } catch (KeyInUseException e) {
                if (tries == TRIES) {
                    throw e;
                }
                before.forEach(DecisionStream::settle);
                rest();
            } catch (BadRequestException e) {
                return refused(record, e.isReadable() ? 422 : 400, e.problems());
            } catch (DecisionFailedException e) {
                LOG.log(System.Logger.Level.ERROR, at(record) + "no decision: " + e.told());
                return refused(record, 500, List.of(e.problem()));
            } catch (KeySpentException e) {
                return refused(record, e.status(), List.of(e.told()));
            } catch (UnavailableException e) {
                throw e; // nothing is wrong with the record: it is read again when it can be answered
            } catch (RuntimeException | StackOverflowError e) {
                LOG.log(System.Logger.Level.ERROR, at(record) + "failed", e);
                return refused(record, 500, List.of(Problem.of(Code.INTERNAL, new RequestPointer(""))));
            }
        }
    }

    private static String at(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset() + ": ";
    }

    private Reply refused(ConsumerRecord<byte[], byte[]> record, int status, List<Problem> problems) {
        return new Reply(record, null, ProblemJson.of(status, problems, locale));
    }

    /** Waits until what was decided is in the journal; another process may have been first with the same. */
    private Reply kept(Reply reply) {
        Reply waiting = reply;
        for (int tries = 1; ; tries++) {
            Asked asked = waiting.asked();
            if (asked == null) {
                return waiting;
            }
            try {
                asked.answered().response().receipt().await();
                return waiting;
            } catch (KeyInUseException e) {
                if (tries == TRIES) {
                    throw e;
                }
                rest();
                waiting = reply(reply.record(), List.of());
            }
        }
    }

    /** Lets what was decided before be written, however that ends: it is asked about later. */
    private static void settle(Reply reply) {
        Asked asked = reply.asked();
        if (asked != null) {
            try {
                asked.answered().response().receipt().await();
            } catch (UnavailableException e) {
                LOG.log(System.Logger.Level.DEBUG, "not kept", e); // told when its turn comes
            }
        }
    }

    private static void rest() {
        try {
            Thread.sleep(FIRST_REST.toMillis() / TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeyInUseException();
        }
    }

    /** Not with the context: the service is warm first. */
    @Override
    public boolean isAutoStartup() {
        return false;
    }

    @Override
    public synchronized void start() {
        wanted = true;
        container.start();
    }

    /** Ends after what was read is answered. */
    @Override
    public synchronized void stop() {
        wanted = false;
        container.stop();
    }

    @Override
    public boolean isRunning() {
        return wanted || container.isRunning(); // between an end and the next beginning, too: it is to be stopped
    }

    @Override
    public void close() {
        stop();
        restarts.shutdownNow();
        producers.destroy();
    }
}
