package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import liandong.access.Caller;
import liandong.access.Role;
import liandong.decision.Decision;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.explain.Phrases;
import liandong.incident.EventType;
import liandong.journal.Archive;
import liandong.journal.Entry;
import liandong.journal.Journal;
import liandong.journal.Personal;
import liandong.keyed.IdempotencyKey;
import liandong.keyed.KeyedDecisions;
import liandong.open311.Discovery;
import liandong.open311.Given;
import liandong.open311.ServiceDefinition;
import liandong.open311.ServiceList;
import liandong.open311.ServiceRequest;
import liandong.open311.ServiceRequests;
import liandong.open311.Spark;
import liandong.open311.Submission;
import liandong.policy.Policy;
import liandong.policy.PolicyHistory;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.publication.LivePolicy;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import liandong.wire.Json;
import liandong.wire.Moments;
import liandong.wire.PendingResponse;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Open311 GeoReport v2: what applications for citizens know how to speak.
 *
 * <p>A request that is sent is a report to route, like any other: decided by the same service, kept in the same journal. What
 * is answered about it comes from there.
 */
@RestController
class Open311Controller {
    private static final Set<String> FORMATS = Set.of("xml", "json");
    private static final String CODE = "service_code";

    private final PolicyHistory policy;
    private final DecisionService service;
    private final Journal journal;
    private final KeyedDecisions keyed;
    private final Archive archive;
    private final Personal personal;
    private final HeavyWork heavyWork;
    private final Clock clock;
    private final String address;
    private final Instant started;

    Open311Controller(
            PolicyHistory policy,
            DecisionService service,
            Journal journal,
            KeyedDecisions keyed,
            Archive archive,
            Personal personal,
            HeavyWork heavyWork,
            Clock clock,
            @Value("${liandong.public-address:}") String address) {
        this.policy = policy;
        this.service = service;
        this.journal = journal;
        this.keyed = keyed;
        this.archive = archive;
        this.personal = personal;
        this.heavyWork = heavyWork;
        this.clock = clock;
        this.address = address.replaceFirst("/+$", "");
        this.started = clock.instant();
    }

    /**
     * What every request is answered from.
     *
     * @param given what the request says
     * @param now the moment it is answered at
     */
    private record Asked(
            HttpServletRequest request, Given given, Policy policy, ServiceList services, OffsetDateTime now) {
        Phrases say() {
            return new Phrases(Locales.of(request));
        }

        ResponseEntity<byte[]> answer(Spark document) {
            return answer(document, false);
        }

        ResponseEntity<byte[]> answer(Spark document, boolean again) {
            GeoReport.Answer answer = GeoReport.answer(request, 200, document);
            ResponseEntity.BodyBuilder ok = ResponseEntity.status(answer.status());
            if (again) {
                ok.header(IdempotencyKey.REPLAYED, "true");
            }
            return ok.header(HttpHeaders.CONTENT_TYPE, answer.mediaType()).body(answer.body());
        }

        /**
         * What a service code means.
         *
         * @throws NotThereException if there is no such service
         */
        EventType type(String code) throws NotThereException {
            EventType type = services.type(code);
            if (type == null) {
                throw unknown(code);
            }
            return type;
        }

        static NotThereException unknown(String code) {
            return new NotThereException(
                    Problem.of(Code.UNKNOWN_SERVICE, new FileRef(CODE), FactReader.shortened(code)));
        }
    }

    /** @throws NotThereException if it is in a format that there is not, or for another jurisdiction */
    private Asked asked(HttpServletRequest request, String format)
            throws NotThereException, IOException, BadRequestException {
        if (!FORMATS.contains(format)) {
            throw new NotThereException();
        }
        Policy live = policy.get();
        OffsetDateTime now = clock.instant()
                .truncatedTo(ChronoUnit.MILLIS)
                .atZone(live.calendar().zone())
                .toOffsetDateTime();
        Given given = GeoReport.given(request);
        var asked = new Asked(request, given, live, ServiceList.of(live, now.toLocalDate()), now);
        String jurisdiction = given.first("jurisdiction_id");
        if (jurisdiction != null && !asked.services().isJurisdiction(jurisdiction)) {
            throw new NotThereException(Problem.of(
                    Code.UNKNOWN_JURISDICTION,
                    new FileRef("jurisdiction_id"),
                    FactReader.shortened(jurisdiction),
                    asked.services().jurisdictionNames()));
        }
        return asked;
    }

    /** Where this is spoken, and since when the services are as they are. */
    @GetMapping(GeoReport.PATH + "discovery.{format}")
    ResponseEntity<byte[]> discovery(@PathVariable("format") String format, HttpServletRequest request)
            throws NotThereException, IOException, BadRequestException {
        Asked asked = asked(request, format);
        Instant since = policy instanceof LivePolicy live ? live.state().since() : started;
        String changeset = Moments.text(since.truncatedTo(ChronoUnit.SECONDS)
                .atZone(asked.policy().calendar().zone())
                .toOffsetDateTime());
        String asIs = request.getRequestURL().toString().replaceFirst("/discovery\\.[a-z]+$", "");
        // Behind a proxy the address that was asked for is not the one to ask for, and whoever asks writes it.
        String url = address.isEmpty() ? asIs : address + GeoReport.PATH.replaceFirst("/$", "");
        return asked.answer(Spark.of(
                "discovery",
                Discovery.of(
                        url,
                        changeset,
                        asked.say().of("open311.contact"),
                        asked.say().of("open311.key"))));
    }

    /** The services. */
    @GetMapping(GeoReport.PATH + "services.{format}")
    ResponseEntity<byte[]> services(@PathVariable("format") String format, HttpServletRequest request)
            throws NotThereException, IOException, BadRequestException {
        Asked asked = asked(request, format);
        return asked.answer(Spark.of("services", asked.services().all(asked.say())));
    }

    /** What a request for a service may say besides. */
    @GetMapping(GeoReport.PATH + "services/{code}.{format}")
    ResponseEntity<byte[]> definition(
            @PathVariable("code") String code, @PathVariable("format") String format, HttpServletRequest request)
            throws NotThereException, IOException, BadRequestException {
        Asked asked = asked(request, format);
        ServiceDefinition definition = asked.services().definition(code, asked.say());
        if (definition == null) {
            throw Asked.unknown(code);
        }
        return asked.answer(Spark.of("service_definition", definition));
    }

    /** Requests that meet every condition. */
    @GetMapping(GeoReport.PATH + "requests.{format}")
    @Heavy
    ResponseEntity<byte[]> search(@PathVariable("format") String format, HttpServletRequest request)
            throws NotThereException, IOException, BadRequestException {
        Asked asked = asked(request, format);
        // Looks through thousands of decisions, so a few at once at most.
        return heavyWork.run(() -> asked.answer(Spark.of(
                "service_requests",
                requests(asked).search(asked.given(), asked.now().toInstant()))));
    }

    /** One request; a list of one, as GeoReport has it. */
    @GetMapping(GeoReport.PATH + "requests/{id}.{format}")
    ResponseEntity<byte[]> request(
            @PathVariable("id") String id, @PathVariable("format") String format, HttpServletRequest request)
            throws NotThereException, IOException, BadRequestException {
        Asked asked = asked(request, format);
        ServiceRequest found = requests(asked).of(id);
        if (found == null) {
            throw new NotThereException(
                    Problem.of(Code.NOTHING_DECIDED, new FileRef("service_request_id"), FactReader.shortened(id)));
        }
        return asked.answer(Spark.of("service_requests", List.of(found)));
    }

    private ServiceRequests requests(Asked asked) {
        Caller caller = Callers.of(asked.request());
        return new ServiceRequests(
                archive,
                personal,
                asked.policy(),
                asked.services(),
                asked.say(),
                caller.roles().contains(Role.AUDITOR) ? null : caller.name());
    }

    /** A new request: a report to route. */
    @PostMapping(GeoReport.PATH + "requests.{format}")
    ResponseEntity<byte[]> send(@PathVariable("format") String format, HttpServletRequest request)
            throws NotThereException, IOException, BadRequestException {
        Asked asked = asked(request, format);
        Given form = asked.given();
        String code = form.first(CODE);
        if (code == null && !GeoReport.isForm(request)) {
            throw new BadRequestException(
                    false,
                    List.of(Problem.of(
                            Code.UNSUPPORTED_MEDIA_TYPE,
                            new FileRef(HttpHeaders.CONTENT_TYPE),
                            FactReader.shortened(String.valueOf(request.getContentType())),
                            MediaType.APPLICATION_FORM_URLENCODED_VALUE)));
        }
        if (code == null) {
            throw new BadRequestException(
                    true,
                    List.of(Problem.of(Code.MISSING_FIELD, new FileRef(CODE), CODE, GeoReport.PATH + "services")));
        }
        EventType type = asked.type(code);
        var problems = new ArrayList<Problem>();
        ObjectNode report = Submission.request(
                form,
                asked.policy(),
                asked.services(),
                type,
                Submission.newId(asked.now()),
                asked.now(),
                problems::add);
        if (!problems.isEmpty()) {
            throw new BadRequestException(true, problems);
        }
        Decision<?, ?> decision = Decisions.recognise(report);
        IdempotencyKey key = SentKey.of(request);
        PendingResponse pending;
        boolean again = false;
        if (key == null) {
            pending = journal.keep(
                    service.decide(decision, report), Callers.of(request).name());
        } else {
            byte[] said = form.keyless().spelled().getBytes(StandardCharsets.UTF_8);
            // A report gets its id and time here, so what was answered is read, not decided again.
            var answered = keyed.answer(
                    decision,
                    new KeyedDecisions.Question(() -> report, Entry::answer),
                    Callers.of(request).name(),
                    SentKey.asking(key, request, List.of(said)),
                    () -> {});
            pending = answered.response();
            again = answered.again();
        }
        JsonNode answer = Json.read(pending.json());
        pending.receipt().await();
        return asked.answer(Spark.of("service_requests", List.of(accepted(decision, report, answer, asked))), again);
    }

    private static ServiceRequest.Accepted accepted(
            Decision<?, ?> decision, ObjectNode report, JsonNode answer, Asked asked) {
        return new ServiceRequest.Accepted(
                answer.path("incidentId").asString(""),
                decision.standing(report, answer, asked.say()).notice(),
                Submission.account(asked.given()));
    }
}
