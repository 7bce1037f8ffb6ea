package liandong.kafka;

import java.util.Map;

/**
 * Where events come from, and where answers go.
 *
 * @param servers the brokers to begin with, {@code host:port,…}
 * @param requests the topic of events that ask for decisions
 * @param answers the topic of events that answer them
 * @param deadLetters the topic of what could not be decided, each with the reason
 * @param group the consumer group: the processes of one group share the partitions of {@code requests}
 * @param caller who asked, as the journal says it
 * @param threads how many partitions this process reads at once
 * @param client what else the clients of Kafka are told, such as how to sign in
 */
public record KafkaSettings(
        String servers,
        String requests,
        String answers,
        String deadLetters,
        String group,
        String caller,
        int threads,
        Map<String, String> client) {
    public KafkaSettings {
        client = Map.copyOf(client);
    }
}
