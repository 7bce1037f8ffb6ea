package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import liandong.decision.Decision;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.keyed.KeyedDecisions;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.scenario.Wanted;
import liandong.scenario.WhyNot;
import liandong.scenario.WhyNotAnswer;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** {@code POST /v1/…/why-not} for every decision: why an answer does not say something else. Nothing is kept. */
@Component
class WhyNotEndpoints {
    /** How many changed requests are decided for one question at most, and unless it says; some seconds' work. */
    static final int MOST = 5_000;

    static final int USUAL = 1_000;

    /** How long one question is looked into: others wait for the turn. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final DecisionService service;
    private final HeavyWork heavyWork;

    WhyNotEndpoints(
            DecisionService service,
            HeavyWork heavyWork,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.service = service.untold();
        this.heavyWork = heavyWork;
        Method method =
                Objects.requireNonNull(ReflectionUtils.findMethod(Endpoint.class, "asked", HttpServletRequest.class));
        for (Decision<?, ?> decision : Decisions.all()) {
            mappings.registerMapping(
                    RequestMappingInfo.paths(path(decision))
                            .methods(RequestMethod.POST)
                            .consumes(MediaType.APPLICATION_JSON_VALUE)
                            .options(mappings.getBuilderConfiguration())
                            .build(),
                    new Endpoint(decision),
                    method);
        }
    }

    /** The path where it is asked about answers of a decision. */
    static String path(Decision<?, ?> decision) {
        return KeyedDecisions.path(decision) + "/why-not";
    }

    /** What an answer of a decision might have been wanted to say, under any policy. */
    static String example(Decision<?, ?> decision) {
        return switch (decision.path()) {
            case "escalation" -> "outcome=ACT";
            case "closure" -> "outcome=CLOSE";
            case "scoring" -> "outcome=SCORED";
            case "scoring/period" -> "outcome=SCORED";
            default -> "outcome=ANSWER";
        };
    }

    /** Where it is asked about answers of one decision. */
    final class Endpoint {
        private final Decision<?, ?> decision;

        Endpoint(Decision<?, ?> decision) {
            this.decision = decision;
        }

        /** The body is a request as the decision takes it; the query says what its answer should say. */
        @Heavy
        public ResponseEntity<byte[]> asked(HttpServletRequest request) throws IOException, BadRequestException {
            var problems = new ArrayList<Problem>();
            Map<String, String> given = new HashMap<>();
            String want = request.getParameter("want");
            String asked = request.getParameter("most");
            if (asked != null) {
                given.put("most", asked);
            }
            int most = QueryValues.number(given, "most", MOST, USUAL, problems);
            String text = Ndjson.decoded(Bodies.read(request, Ndjson.MAX_LENGTH, "1 MiB"));
            return heavyWork.run(() -> {
                DecisionRecord<?, ?> record = service.decide(decision, Json.read(text));
                if (want == null || want.isBlank()) {
                    throw new BadRequestException(
                            true,
                            List.of(Problem.of(
                                    Code.MISSING_FIELD, new FileRef("want"), "want", "want=" + example(decision))));
                }
                Wanted wanted = Wanted.of(decision, record.policy(), want, new FileRef("want"), problems::add);
                if (wanted == null || !problems.isEmpty()) {
                    throw new BadRequestException(true, problems);
                }
                long start = System.nanoTime();
                WhyNotAnswer answer =
                        WhyNot.ask(service, record, wanted, most, () -> System.nanoTime() - start < PATIENCE.toNanos());
                return ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(Json.write(answer).getBytes(StandardCharsets.UTF_8));
            });
        }
    }
}
