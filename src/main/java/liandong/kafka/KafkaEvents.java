package liandong.kafka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liandong.cloudevents.AnswerEvent;
import liandong.cloudevents.CloudEvent;
import liandong.cloudevents.EventReader;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.keyed.KeyedDecisions;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import liandong.wire.ProblemJson;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Records of Kafka as events, and answers as records (the Kafka Protocol Binding for CloudEvents 1.0.2). */
final class KafkaEvents {
    /** What cannot be read or answered is told in this header of a dead letter, as RFC 9457 has it. */
    static final String PROBLEM = "liandong_problem";

    /** Where a dead letter stood: topic, partition and offset, as {@code topic-partition@offset}. */
    static final String ORIGIN = "liandong_origin";

    /** The longest value that is sent on, in bytes: with its headers it is still within what brokers take, 1 MiB. */
    static final int LONGEST = 800_000;

    /** So many bytes of headers are sent on with it. */
    private static final int MOST_OF_HEADERS = 100_000;

    private static final String CONTENT_TYPE = "content-type";
    private static final String JSON = "application/json";
    private static final Pattern STRUCTURED = Pattern.compile("(?i)application/cloudevents\\+json\\s*(;.*)?");

    /** The decisions by the type of the event that asks for one, e.g. {@code liandong.routing.requested}. */
    private static final Map<String, Decision<?, ?>> BY_TYPE = byType();

    private KafkaEvents() {}

    private static Map<String, Decision<?, ?>> byType() {
        var types = new LinkedHashMap<String, Decision<?, ?>>();
        Decisions.all().forEach(each -> types.put("liandong." + each.path().replace('/', '.') + ".requested", each));
        return types;
    }

    /**
     * The event of a record: structured, if its content type says so, else binary.
     *
     * @throws BadRequestException if it is none
     */
    static CloudEvent event(ConsumerRecord<byte[], byte[]> record) throws BadRequestException {
        byte[] value = record.value();
        if (value == null || value.length > Ndjson.MAX_LENGTH) {
            throw new BadRequestException(
                    false,
                    List.of(
                            value == null
                                    ? Problem.of(Code.MISSING_FIELD, new RequestPointer(""), "data", "")
                                    : tooLarge()));
        }
        boolean structured = false;
        var headers = new LinkedHashMap<String, List<byte[]>>();
        for (Header header : record.headers()) {
            byte[] sent = header.value() == null ? new byte[0] : header.value();
            if (header.key().startsWith(EventReader.KAFKA_HEADER)) {
                String name = header.key().substring(EventReader.KAFKA_HEADER.length());
                headers.computeIfAbsent(name, key -> new ArrayList<>()).add(sent);
            } else if (header.key().equalsIgnoreCase(CONTENT_TYPE)) {
                structured = STRUCTURED
                        .matcher(new String(sent, StandardCharsets.UTF_8))
                        .matches();
            }
        }
        var read = Json.read(Ndjson.decoded(value));
        return structured ? EventReader.structured(read) : EventReader.kafka(headers, read);
    }

    /** What is said of a value that is too long to be read, or sent on. */
    static Problem tooLarge() {
        return Problem.of(Code.TOO_LARGE, new RequestPointer(""), "> 1 MiB", "1 MiB");
    }

    /**
     * Which decision an event asks for, by its type.
     *
     * @throws BadRequestException if it asks for none
     */
    static Decision<?, ?> decision(CloudEvent event) throws BadRequestException {
        Decision<?, ?> decision = BY_TYPE.get(event.type());
        if (decision == null) {
            throw new BadRequestException(
                    true,
                    List.of(Problem.of(
                            Code.NO_DECISION_ASKED,
                            event.binary()
                                    ? new FileRef(EventReader.KAFKA_HEADER + "type")
                                    : new RequestPointer("/type"),
                            FactReader.shortened(event.type()),
                            BY_TYPE.keySet().stream().collect(Collectors.joining(", ")))));
        }
        return decision;
    }

    /** An answer, in binary mode, under its incident: what is said of one incident stays in its order. */
    static ProducerRecord<byte[], byte[]> answer(
            String topic, Decision<?, ?> decision, CloudEvent asked, byte @Nullable [] key, String json)
            throws BadRequestException {
        AnswerEvent event =
                AnswerEvent.of(KeyedDecisions.path(decision), decision.path(), asked, json, Json.read(json));
        String incident = event.attributes().get("subject");
        byte[] by = incident == null ? key : incident.getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<>(topic, by, json.getBytes(StandardCharsets.UTF_8));
        event.attributes().forEach((name, value) -> add(record, EventReader.KAFKA_HEADER + name, value));
        add(record, CONTENT_TYPE, JSON);
        return record;
    }

    /**
     * What could not be answered, as it came, with the reason and where it stood. A value that is too long to be sent on
     * stays where it stood.
     */
    static ProducerRecord<byte[], byte[]> deadLetter(
            String topic, ConsumerRecord<byte[], byte[]> record, ProblemJson problem) {
        byte[] value = record.value();
        var letter = new ProducerRecord<>(
                topic, record.key(), value == null || value.length > LONGEST ? new byte[0] : value);
        int headers = 0;
        for (Header header : record.headers()) {
            headers += header.key().length() + (header.value() == null ? 0 : header.value().length);
            if (headers <= MOST_OF_HEADERS) {
                letter.headers().add(header);
            }
        }
        add(letter, PROBLEM, Json.write(Json.object(problem)));
        add(letter, ORIGIN, record.topic() + "-" + record.partition() + "@" + record.offset());
        return letter;
    }

    private static void add(ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
