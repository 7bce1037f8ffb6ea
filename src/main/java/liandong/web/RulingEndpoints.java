package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import liandong.decision.Decision;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.decision.RuledRow;
import liandong.engine.Concluded;
import liandong.keyed.KeyedDecisions;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /v1/…} where what a person ruled in a request becomes a row of the policy's workbook, for every decision that
 * has such rows. The policy is not touched, and nothing is kept but, with a key, the answer.
 */
@Component
class RulingEndpoints {
    static final List<String> FORMATS = List.of("json", "xlsx");

    /** Whether the row is for every area: no unless asked. */
    static final List<String> EVERYWHERE = List.of("false", "true");

    private static final List<String> PARAMETERS = List.of("format", "everywhere");

    private static final RequestPointer AS_OF =
            new RequestPointer("").member("options").member("asOf");

    private final DecisionService service;
    private final HeavyWork heavyWork;
    private final KeyedChanges keyed;
    private final Clock clock;

    RulingEndpoints(
            DecisionService service,
            Clock clock,
            HeavyWork heavyWork,
            KeyedChanges keyed,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.service = service.untold();
        this.heavyWork = heavyWork;
        this.keyed = keyed;
        this.clock = clock;
        for (Decision<?, ?> decision : Decisions.all()) {
            if (decision.rulingPath() != null) {
                map(mappings, decision);
            }
        }
    }

    /** The path where rulings of a decision become rows. */
    static String path(Decision<?, ?> decision) {
        return KeyedDecisions.path(decision) + "/" + decision.rulingPath();
    }

    private <F extends Record, D extends Record & Concluded> void map(
            RequestMappingHandlerMapping mappings, Decision<F, D> decision) {
        Method method = ReflectionUtils.findMethod(Endpoint.class, "made", HttpServletRequest.class);
        if (method == null) {
            throw new IllegalStateException("an endpoint has made");
        }
        mappings.registerMapping(
                RequestMappingInfo.paths(path(decision))
                        .methods(RequestMethod.POST)
                        .consumes(MediaType.APPLICATION_JSON_VALUE)
                        .options(mappings.getBuilderConfiguration())
                        .build(),
                new Endpoint<>(decision),
                method);
    }

    /**
     * Where rulings of one decision become rows.
     *
     * @param <F> its facts
     * @param <D> what is decided
     */
    final class Endpoint<F extends Record, D extends Record & Concluded> {
        private final Decision<F, D> decision;

        Endpoint(Decision<F, D> decision) {
            this.decision = decision;
        }

        /** What the row is, or the workbook with it. */
        @Heavy
        public ResponseEntity<byte[]> made(HttpServletRequest request)
                throws IOException, BadRequestException, NotThereException {
            var problems = new ArrayList<Problem>();
            var given = new HashMap<String, String>();
            for (String name : PARAMETERS) {
                String asked = request.getParameter(name);
                if (asked != null) {
                    given.put(name, asked);
                }
            }
            boolean everywhere =
                    QueryValues.one(given, "everywhere", EVERYWHERE, problems).equals("true");
            String format = QueryValues.one(given, "format", FORMATS, problems);
            if (!problems.isEmpty()) {
                throw new BadRequestException(true, problems);
            }
            byte[] body = Bodies.read(request, Ndjson.MAX_LENGTH, "1 MiB");
            String text = Ndjson.decoded(body);
            return keyed.answer(
                    request,
                    along -> answer(
                            made(text, everywhere), format.equals("xlsx")), // nothing is changed along which to keep it
                    body);
        }

        private RuledRow made(String text, boolean everywhere) throws IOException, BadRequestException {
            var problems = new ArrayList<Problem>();
            return heavyWork.run(() -> {
                JsonNode sent = Json.read(text);
                if (sent.path("options").hasNonNull("asOf")) {
                    // The workbook of an old policy, once put, would undo what has changed since.
                    throw new BadRequestException(
                            true, List.of(Problem.of(Code.CONTRADICTION, AS_OF, "asOf", "duty-row")));
                }
                RuledRow made =
                        decision.ruled(service.decide(decision, sent), everywhere, clock.instant(), problems::add);
                if (made == null) {
                    throw new BadRequestException(true, problems);
                }
                return made;
            });
        }

        private static ResponseEntity<byte[]> answer(RuledRow ruled, boolean workbook) {
            if (!workbook) {
                return ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(Json.write(ruled.told()).getBytes(StandardCharsets.UTF_8));
            }
            return ResponseEntity.ok()
                    .contentType(MediaType.parseMediaType(Operations.XLSX))
                    .header(
                            HttpHeaders.CONTENT_DISPOSITION,
                            ContentDisposition.attachment()
                                    .filename(ruled.file())
                                    .build()
                                    .toString())
                    .body(ruled.workbook());
        }
    }
}
