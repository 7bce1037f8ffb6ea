package liandong;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.IntegerInRange;
import liandong.explain.Phrases;
import liandong.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a service reads and writes events in Kafka; nowhere, unless brokers are named. */
final class KafkaOptions {
    @Option(
            names = "--kafka-servers",
            paramLabel = "HOST:PORT,…",
            defaultValue = "${env:LIANDONG_KAFKA_SERVERS:-}",
            description = {
                "Answer events of Kafka too, besides requests over HTTP: the brokers to begin with. What the environment says"
                        + " in LIANDONG_KAFKA_SERVERS unless given; without either, nothing of Kafka is touched.",
                "Events are CloudEvents whose type says what is asked, such as liandong.routing.requested."
            })
    private String servers = "";

    @Option(
            names = "--kafka-requests",
            paramLabel = "TOPIC",
            defaultValue = "liandong.requests",
            description = "The topic of events that ask, ${DEFAULT-VALUE} unless given; key them by incident.")
    private String requests = "";

    @Option(
            names = "--kafka-answers",
            paramLabel = "TOPIC",
            defaultValue = "liandong.decisions",
            description = "The topic of events that answer, ${DEFAULT-VALUE} unless given.")
    private String answers = "";

    @Option(
            names = "--kafka-dead-letters",
            paramLabel = "TOPIC",
            defaultValue = "liandong.dead-letters",
            description =
                    "The topic of what could not be answered, as it came, with the reason in a header, ${DEFAULT-VALUE} unless"
                            + " given.")
    private String deadLetters = "";

    @Option(
            names = "--kafka-group",
            paramLabel = "NAME",
            defaultValue = "liandong",
            description =
                    "The consumer group, ${DEFAULT-VALUE} unless given: the processes of one group share the work, and take over"
                            + " from one that ends.")
    private String group = "";

    @Option(
            names = "--kafka-caller",
            paramLabel = "NAME",
            defaultValue = "kafka",
            description = "Who asked, as the journal says it of events of Kafka, ${DEFAULT-VALUE} unless given.")
    private String caller = "";

    @Option(
            names = "--kafka-threads",
            paramLabel = "N",
            defaultValue = "1",
            converter = Threads.class,
            description =
                    "How many threads read events, ${DEFAULT-VALUE} unless given; more than the topic has partitions are idle.")
    private int threads;

    @Option(
            names = "--kafka-properties",
            paramLabel = "FILE",
            description =
                    "What else the clients of Kafka are told, such as how to sign in (security.protocol, sasl.jaas.config …): a"
                            + " properties file in UTF-8.")
    private @Nullable Path properties;

    private static final class Threads extends IntegerInRange {
        private static final int MOST = 64;

        Threads() {
            super(1, MOST);
        }
    }

    /**
     * Where events are read and written; null when Kafka is not wanted.
     *
     * @throws CommandFailure if the file cannot be read
     */
    @Nullable
    KafkaSettings settings(Phrases say) throws CommandFailure {
        return servers.isBlank()
                ? null
                : new KafkaSettings(servers, requests, answers, deadLetters, group, caller, threads, client(say));
    }

    private Map<String, String> client(Phrases say) throws CommandFailure {
        if (properties == null) {
            return Map.of();
        }
        var read = new Properties();
        try (Reader reader = Files.newBufferedReader(properties)) {
            read.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("input.unreadable", properties.toString())));
        }
        return read.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, read::getProperty));
    }
}
