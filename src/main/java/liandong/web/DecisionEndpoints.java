package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import liandong.access.Caller;
import liandong.access.Keys;
import liandong.decision.Decision;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.journal.Journal;
import liandong.keyed.IdempotencyKey;
import liandong.keyed.KeyedDecisions;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.problem.UnavailableException;
import liandong.store.RequestKey;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import liandong.wire.PendingResponse;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** {@code POST /v1/…} for every decision there is: one request, or a stream of them. */
@Component
class DecisionEndpoints {
    private final DecisionService service;
    private final Journal journal;
    private final Keys keys;
    private final Draining draining;
    private final KeyedDecisions keyed;
    private final RateLimits limits;
    private final DecisionEvents events;

    DecisionEndpoints(
            DecisionService service,
            Journal journal,
            Keys keys,
            Draining draining,
            KeyedDecisions keyed,
            RateLimits limits,
            DecisionEvents events,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.service = service;
        this.journal = journal;
        this.keys = keys;
        this.draining = draining;
        this.keyed = keyed;
        this.limits = limits;
        this.events = events;
        for (Decision<?, ?> decision : Decisions.all()) {
            var endpoint = new Endpoint(decision);
            map(mappings, decision, MediaType.APPLICATION_JSON_VALUE, endpoint, "one");
            map(mappings, decision, MediaType.APPLICATION_NDJSON_VALUE, endpoint, "many");
            map(mappings, decision, DecisionEvents.STRUCTURED, endpoint, "event");
            map(mappings, decision, DecisionEvents.BATCH, endpoint, "batch");
        }
    }

    private static void map(
            RequestMappingHandlerMapping mappings,
            Decision<?, ?> decision,
            String consumes,
            Endpoint endpoint,
            String name) {
        Method method =
                ReflectionUtils.findMethod(Endpoint.class, name, HttpServletRequest.class, HttpServletResponse.class);
        if (method == null) {
            throw new IllegalStateException("an endpoint has " + name);
        }
        mappings.registerMapping(
                RequestMappingInfo.paths(KeyedDecisions.path(decision))
                        .methods(RequestMethod.POST)
                        .consumes(consumes)
                        .options(mappings.getBuilderConfiguration())
                        .build(),
                endpoint,
                method);
    }

    private PendingResponse answer(Decision<?, ?> decision, String text, String caller) throws BadRequestException {
        return journal.keep(service.decide(decision, Json.read(text)), caller);
    }

    /** Where one decision is asked for. */
    final class Endpoint {
        private final Decision<?, ?> decision;

        Endpoint(Decision<?, ?> decision) {
            this.decision = decision;
        }

        /** One request, one answer. */
        void one(HttpServletRequest request, HttpServletResponse response) throws IOException, BadRequestException {
            if (DecisionEvents.isBinary(request)) {
                events.binary(decision, request, response);
                return;
            }
            String caller = Callers.of(request).name();
            IdempotencyKey key = SentKey.of(request);
            byte[] body = Bodies.read(request, Ndjson.MAX_LENGTH, "1 MiB");
            String text = Ndjson.decoded(body);
            PendingResponse pending;
            if (key == null) {
                pending = answer(decision, text, caller);
            } else {
                var answered = keyed.answer(decision, text, caller, SentKey.asking(key, request, 0, text), () -> {});
                if (answered.again()) {
                    response.setHeader(IdempotencyKey.REPLAYED, "true");
                }
                pending = answered.response();
            }
            byte[] answer = pending.json().getBytes(StandardCharsets.UTF_8);
            pending.receipt().await();
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.setContentLength(answer.length);
            response.getOutputStream().write(answer);
        }

        /** One event, answered by an event. */
        void event(HttpServletRequest request, HttpServletResponse response) throws IOException, BadRequestException {
            events.structured(decision, request, response);
        }

        /** Several events, each answered by an event. */
        void batch(HttpServletRequest request, HttpServletResponse response) throws IOException, BadRequestException {
            events.batch(decision, request, response);
        }

        /**
         * A line of a stream that has a key. What is only told again is not counted: else no stream that is longer than the
         * limit could be completed.
         */
        private PendingResponse keyed(String text, Caller caller, RequestKey asking, HttpServletRequest request)
                throws BadRequestException {
            var counted = new AtomicBoolean();
            Runnable count = () -> {
                if (!counted.getAndSet(true)) {
                    limits.countLine(request, caller);
                }
            };
            try {
                return keyed.answer(decision, text, caller.name(), asking, count)
                        .response();
            } catch (BadRequestException | UnavailableException refused) {
                count.run();
                throw refused;
            }
        }

        /** A stream of requests, one a line, each answered as it comes. */
        void many(HttpServletRequest request, HttpServletResponse response) throws IOException, BadRequestException {
            DecisionEvents.demandNone(request);
            Caller caller = Callers.of(request);
            IdempotencyKey key = SentKey.of(request);
            response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
            // Once a request has failed to come the server would put an answer of its own in the place of ours.
            response.flushBuffer();
            try (var answers = new PatientOutput(response.getOutputStream())) {
                new Ndjson(Locales.of(request), (text, line) -> {
                            // A stream may be open for days, a key for less.
                            if (!keys.isStillGood(caller)) {
                                throw new BadRequestException(
                                        false, List.of(Problem.of(Code.UNKNOWN_KEY, new RequestPointer(""))));
                            }
                            if (key == null) {
                                limits.countLine(request, caller);
                                return answer(decision, text, caller.name());
                            }
                            return keyed(text, caller, SentKey.asking(key, request, line, text), request);
                        })
                        .answer(draining.lines(request), answers, (bytes, good) -> {});
            }
        }
    }
}
