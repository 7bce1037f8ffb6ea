package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import liandong.access.Caller;
import liandong.cloudevents.AnswerEvent;
import liandong.cloudevents.CloudEvent;
import liandong.cloudevents.EventReader;
import liandong.decision.Decision;
import liandong.keyed.IdempotencyKey;
import liandong.keyed.KeyedDecisions;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import liandong.wire.JournalReceipt;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import liandong.wire.PendingResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Decisions that are asked for by events (CloudEvents 1.0), and answered by events in the mode in which they came.
 *
 * <p>An event with its source is known again: sent twice, as who sends events may have to, it is decided once.
 */
@Component
class DecisionEvents {
    static final String STRUCTURED = "application/cloudevents+json";
    static final String BATCH = "application/cloudevents-batch+json";

    /** So many events may come at once. */
    static final int MOST = 100;

    /** Any of these makes an event of a request: one that lacks another is told so. */
    private static final List<String> TELLING = Stream.of("specversion", "id", "source", "type")
            .map(name -> EventReader.HEADER + name)
            .toList();

    private final KeyedDecisions keyed;
    private final RateLimits limits;

    DecisionEvents(KeyedDecisions keyed, RateLimits limits) {
        this.keyed = keyed;
        this.limits = limits;
    }

    /** Whether a request with a body of JSON is an event in binary mode. */
    static boolean isBinary(HttpServletRequest request) {
        return TELLING.stream().anyMatch(name -> request.getHeader(name) != null);
    }

    /**
     * Refuses a stream that is sent as if it were one event.
     *
     * @throws BadRequestException if it is
     */
    static void demandNone(HttpServletRequest request) throws BadRequestException {
        for (String name : TELLING) {
            if (request.getHeader(name) != null) {
                throw new BadRequestException(
                        true, List.of(Problem.of(Code.NO_EVENT_OF_LINES, new FileRef(name), name)));
            }
        }
    }

    /** One event in the JSON format. */
    void structured(Decision<?, ?> decision, HttpServletRequest request, HttpServletResponse response)
            throws IOException, BadRequestException {
        CloudEvent event = EventReader.structured(Json.read(text(request)));
        AnswerEvent answer = one(decision, event, request, response);
        write(response, STRUCTURED, Json.write(answer.structured()));
    }

    /** One event in headers, its data the body. */
    void binary(Decision<?, ?> decision, HttpServletRequest request, HttpServletResponse response)
            throws IOException, BadRequestException {
        var headers = new LinkedHashMap<String, List<String>>();
        for (String header : Collections.list(request.getHeaderNames())) {
            String name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith(EventReader.HEADER)) {
                headers.put(name.substring(EventReader.HEADER.length()), Collections.list(request.getHeaders(header)));
            }
        }
        CloudEvent event = EventReader.binary(headers, Json.read(text(request)));
        AnswerEvent answer = one(decision, event, request, response);
        answer.headers().forEach(response::setHeader);
        write(response, MediaType.APPLICATION_JSON_VALUE, answer.data());
    }

    private static String text(HttpServletRequest request) throws IOException, BadRequestException {
        return Ndjson.decoded(Bodies.read(request, Ndjson.MAX_LENGTH, "1 MiB"));
    }

    private static void write(HttpServletResponse response, String mediaType, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        response.setContentType(mediaType);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private AnswerEvent one(
            Decision<?, ?> decision, CloudEvent event, HttpServletRequest request, HttpServletResponse response)
            throws BadRequestException {
        IdempotencyKey key = SentKey.of(request);
        var answered = answer(decision, event, request, key, 0, () -> {});
        if (answered.again()) {
            response.setHeader(IdempotencyKey.REPLAYED, "true");
        }
        answered.response().receipt().await();
        return told(decision, event, answered.response().json());
    }

    private static AnswerEvent told(Decision<?, ?> decision, CloudEvent event, String json) throws BadRequestException {
        return AnswerEvent.of(KeyedDecisions.path(decision), decision.path(), event, json, Json.read(json));
    }

    /**
     * Decides what an event says, unless the same was decided before.
     *
     * @param sent the key that came with the request; null when none did: then the event is its own
     */
    private KeyedDecisions.Answered answer(
            Decision<?, ?> decision,
            CloudEvent event,
            HttpServletRequest request,
            @Nullable IdempotencyKey sent,
            int line,
            Runnable anew)
            throws BadRequestException {
        String caller = Callers.of(request).name();
        if (sent == null) {
            return keyed.answer(decision, event, caller, anew);
        }
        try {
            return keyed.answer(
                    decision,
                    keyed.question(event.data()),
                    caller,
                    SentKey.asking(sent, request, line, Json.write(event.data())),
                    anew);
        } catch (BadRequestException e) {
            Code code = e.problems().get(0).code();
            boolean ofKey = code == Code.KEY_REUSED || code == Code.KEYS_NOT_KEPT;
            throw ofKey ? e : event.located(e);
        }
    }

    /** Several events in the JSON format, each answered by itself, in their order. */
    void batch(Decision<?, ?> decision, HttpServletRequest request, HttpServletResponse response)
            throws IOException, BadRequestException {
        JsonNode sent = Json.read(text(request));
        RequestPointer root = new RequestPointer("");
        if (!(sent instanceof ArrayNode batch)) {
            throw new BadRequestException(
                    true, List.of(Problem.of(Code.WRONG_JSON_TYPE, root, FactReader.quoted(sent), "[…]")));
        }
        if (batch.size() > MOST) {
            throw new BadRequestException(true, List.of(Problem.of(Code.OUT_OF_RANGE, root, batch.size(), 0, MOST)));
        }
        write(response, BATCH, Json.write(answers(decision, batch, request)));
    }

    /** As the lines of a stream are: each is answered, or told what is wrong with it, and the rest go on. */
    private ArrayNode answers(Decision<?, ?> decision, ArrayNode batch, HttpServletRequest request)
            throws IOException, BadRequestException {
        IdempotencyKey key = SentKey.of(request);
        Caller caller = Callers.of(request);
        var events = new HashMap<Integer, CloudEvent>();
        var lines = new StringBuilder();
        batch.forEach(event -> lines.append(Json.write(event)).append('\n'));
        var told = new ByteArrayOutputStream();
        var good = new ArrayList<Boolean>();
        new Ndjson(Locales.of(request), (text, line) -> {
                    CloudEvent event = EventReader.structured(Json.read(text));
                    events.put(line, event);
                    PendingResponse answered = answer(
                                    decision, event, request, key, line, () -> limits.countLine(request, caller))
                            .response();
                    answered.receipt().await(); // kept before the next is looked at, which may be the same
                    return new PendingResponse(answered.json(), JournalReceipt.NOTHING);
                })
                .answer(
                        new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8)),
                        told,
                        (bytes, answered) -> good.add(answered));
        ArrayNode answers = Json.object().putArray("answers");
        List<String> jsons = told.toString(StandardCharsets.UTF_8).lines().toList();
        for (int i = 0; i < good.size(); i++) {
            CloudEvent event = events.get(i + 1);
            AnswerEvent answer = good.get(i) && event != null
                    ? told(decision, event, jsons.get(i))
                    : AnswerEvent.problem(KeyedDecisions.path(decision), EventReader.id(batch.get(i)), jsons.get(i));
            answers.add(answer.structured());
        }
        return answers;
    }
}
