package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import liandong.access.Role;
import liandong.journal.Archive;
import liandong.journal.Personal;
import liandong.meaning.Comparison;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyHistory;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.publication.CheckOutcome;
import liandong.publication.LivePolicy;
import liandong.publication.PolicyJson;
import liandong.publication.PolicyLifecycle;
import liandong.publication.Proposal;
import liandong.publication.Publication;
import liandong.replay.Impact;
import liandong.replay.ImpactReport;
import liandong.replay.LatestDecisions;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/policies}: how a policy goes live.
 */
@RestController
class PolicyController {
    private static final int MOST_SECONDS = 60;
    private static final int MAX_BODY = 64 << 10;

    /** Over how many decisions one asks at most what a policy would change, and unless it is said. */
    static final long MOST_DECISIONS = 1_000_000;

    static final long USUAL_DECISIONS = 10_000;

    private final PolicyLifecycle life;
    private final PolicyHistory history;
    private final Uploads uploads;
    private final HeavyWork heavyWork;
    private final Clock clock;
    private final KeyedChanges keyed;
    private final LaterAnswers later;
    private final Archive archive;
    private final Personal personal;

    PolicyController(
            PolicyLifecycle life,
            PolicyHistory history,
            HeavyWork heavyWork,
            Clock clock,
            Uploads uploads,
            KeyedChanges keyed,
            LaterAnswers later,
            Archive archive,
            Personal personal) {
        this.keyed = keyed;
        this.later = later;
        this.archive = archive;
        this.personal = personal;
        this.life = life;
        this.history = history;
        this.heavyWork = heavyWork;
        this.clock = clock;
        this.uploads = uploads;
    }

    @GetMapping(path = "/v1/policies", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> list() {
        return json(HttpStatus.OK, PolicyJson.of(life.list(), life.live(), life.scheduled()));
    }

    @GetMapping(path = "/v1/policies/{n}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> one(@PathVariable("n") String n) throws NotThereException {
        return json(HttpStatus.OK, PolicyJson.of(life.get(number(n))));
    }

    @Heavy
    @PostMapping(path = "/v1/policies", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<byte[]> propose(
            @RequestParam(CheckController.PART) MultipartFile file,
            @RequestParam(name = "label", required = false) @Nullable String label,
            HttpServletRequest request)
            throws IOException, BadRequestException, NotThereException {
        QueryInterceptor.demandParts(request);
        String name = CheckController.name(file.getOriginalFilename());
        byte[] bytes = file.getBytes();
        return keyed.answer(
                request,
                along -> heavyWork.run(() -> {
                    Uploads.Sent sent = uploads.sent(Map.of(name, bytes), life.liveFiles(), label);
                    Proposal proposal = life.along(along)
                            .propose(sent.files(), Callers.of(request).name());
                    return json(HttpStatus.CREATED, proposed(proposal).kept(sent.kept()));
                }),
                bytes(name),
                bytes,
                bytes(label));
    }

    private static byte[] bytes(@Nullable String text) {
        return (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
    }

    /** With what approvers must be told of what is live; of what is or was live that says nothing. */
    private PolicyJson.Proposed proposed(Proposal proposal) {
        PolicyJson.Proposed json = PolicyJson.of(proposal);
        return switch (proposal.state()) {
            case DRAFT, CHECKED, APPROVED, SCHEDULED -> json.takingOut(life.takenOut(proposal.no()));
            case LIVE, RETIRED, WITHDRAWN -> json;
        };
    }

    /**
     * One workbook takes the place of its like in the draft itself, so that several can be sent one after the other.
     */
    @Heavy
    @PutMapping(path = "/v1/policies/{n}", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<byte[]> put(
            @PathVariable("n") String n,
            @RequestParam(CheckController.PART) MultipartFile file,
            @RequestParam(name = "label", required = false) @Nullable String label,
            @RequestParam(name = "over", required = false) @Nullable String over,
            HttpServletRequest request)
            throws IOException, BadRequestException, NotThereException {
        long no = number(n);
        QueryInterceptor.demandParts(request);
        String name = CheckController.name(file.getOriginalFilename());
        byte[] bytes = file.getBytes();
        return keyed.answer(
                request,
                along -> heavyWork.run(() -> {
                    PolicyFiles draft = life.files(no);
                    Uploads.Sent sent = uploads.sent(Map.of(name, bytes), draft, label == null ? draft.label() : label);
                    Proposal proposal = life.along(along)
                            .put(
                                    no,
                                    sent.files(),
                                    draft.content(),
                                    over,
                                    Callers.of(request).name());
                    return json(HttpStatus.OK, proposed(proposal).kept(sent.kept()));
                }),
                bytes(name),
                bytes,
                bytes(label),
                bytes(over));
    }

    @Heavy
    @PostMapping("/v1/policies/{n}/check")
    ResponseEntity<byte[]> check(@PathVariable("n") String n, HttpServletRequest request)
            throws IOException, BadRequestException, NotThereException {
        long no = number(n);
        String person = Callers.of(request).name();
        Locale locale = Locales.of(request);
        KeyedChanges.Asked asked = KeyedChanges.asked(request);
        return later.answer(
                request,
                asked,
                watch -> keyed.answer(
                        asked,
                        along -> heavyWork.runLong(watch, () -> {
                            CheckOutcome checkup = life.along(along).check(no, person, watch::goOn);
                            return json(HttpStatus.OK, PolicyJson.of(checkup, life.files(no), locale));
                        })));
    }

    @Heavy
    @PostMapping("/v1/policies/{n}/approve")
    ResponseEntity<byte[]> approve(@PathVariable("n") String n, HttpServletRequest request)
            throws IOException, BadRequestException, NotThereException {
        var body = new Body(request, "content");
        String content = body.members.text("content", true);
        body.members.demandGood();
        long no = number(n);
        return keyed.answer(
                request,
                along -> heavyWork.run(() -> json(
                        HttpStatus.OK,
                        proposed(life.along(along)
                                .approve(
                                        no,
                                        content == null ? "" : content,
                                        Callers.of(request).name())))),
                body.bytes);
    }

    @PostMapping("/v1/policies/{n}/publish")
    ResponseEntity<byte[]> publish(@PathVariable("n") String n, HttpServletRequest request)
            throws IOException, BadRequestException, NotThereException {
        var body = new Body(request, "effectiveAt", "over", "because");
        Instant effectiveAt = body.members.moment("effectiveAt");
        Long over = body.members.number("over");
        String because = body.members.text("because", false);
        body.members.demandGood();
        long no = number(n);
        String person = Callers.of(request).name();
        KeyedChanges.Asked asked = KeyedChanges.asked(request, body.bytes);
        return later.answer(
                request,
                asked,
                watch -> keyed.answer(
                        asked,
                        along -> published(life.along(along)
                                .publish(no, effectiveAt, over, person, because == null ? "" : because))));
    }

    @PostMapping("/v1/policies/rollback")
    ResponseEntity<byte[]> rollback(HttpServletRequest request)
            throws IOException, BadRequestException, NotThereException {
        var body = new Body(request, "to");
        Long to = body.members.number("to");
        body.members.demandGood();
        return keyed.answer(
                request,
                along -> published(
                        life.along(along).rollback(to, Callers.of(request).name())),
                body.bytes);
    }

    @PostMapping("/v1/policies/{n}/withdraw")
    ResponseEntity<byte[]> withdraw(@PathVariable("n") String n, HttpServletRequest request)
            throws IOException, BadRequestException, NotThereException {
        long no = number(n);
        return keyed.answer(
                request,
                along -> json(
                        HttpStatus.OK,
                        PolicyJson.of(life.along(along)
                                .withdraw(no, Callers.of(request).name()))));
    }

    /** What was published, and what is still to come after it. */
    private ResponseEntity<byte[]> published(Publication publication) {
        if (history instanceof LivePolicy live) {
            live.ring();
        }
        List<Publication> ahead = life.scheduled().stream()
                .filter(each -> each.no() != publication.no())
                .toList();
        return json(HttpStatus.OK, PolicyJson.of(publication).before(ahead));
    }

    @Heavy
    @GetMapping(path = "/v1/policies/{n}/diff", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> diff(
            @PathVariable("n") String n, @RequestParam(name = "against", defaultValue = "live") String against)
            throws IOException, BadRequestException, NotThereException {
        long no = number(n);
        Long other = against.equals("live") ? null : number("against", against);
        return heavyWork.run(() -> json(HttpStatus.OK, life.diff(no, other)));
    }

    /** A comparison takes both processors for seconds: one at a time, and told how long it may take. */
    @Heavy
    @GetMapping(path = "/v1/policies/{n}/meaning", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> meaning(
            @PathVariable("n") String n,
            @RequestParam(name = "against", defaultValue = "live") String against,
            @RequestParam(name = "seconds", defaultValue = "20") String seconds,
            HttpServletRequest request)
            throws IOException, BadRequestException, NotThereException {
        long no = number(n);
        Long other = against.equals("live") ? null : number("against", against);
        if (!seconds.matches("[0-9]{1,2}")
                || Integer.parseInt(seconds) < 1
                || Integer.parseInt(seconds) > MOST_SECONDS) {
            throw new BadRequestException(
                    true,
                    List.of(Problem.of(
                            Code.OUT_OF_RANGE,
                            new FileRef("seconds"),
                            FactReader.shortened(seconds),
                            1,
                            MOST_SECONDS)));
        }
        Duration limit = Duration.ofSeconds(Integer.parseInt(seconds));
        return later.answer(
                request,
                watch -> heavyWork.runLong(watch, () -> {
                    Policy after = life.policy(no);
                    var comparison = Comparison.of(
                            after.day(clock.instant()), limit, (decision, done, of) -> watch.goOn(done, of));
                    return json(HttpStatus.OK, comparison.between(life.policy(other), after));
                }));
    }

    /** What was decided, decided again by a policy: thousands of decisions, so one such question at a time. */
    @Heavy
    @PostMapping("/v1/policies/{n}/impact")
    ResponseEntity<byte[]> impact(@PathVariable("n") String n, HttpServletRequest request)
            throws IOException, BadRequestException, NotThereException {
        var body = new Body(request, "from", "to", "limit");
        Instant from = body.members.moment("from");
        Instant to = body.members.moment("to");
        long limit = body.members.number("limit", 1, MOST_DECISIONS, USUAL_DECISIONS);
        body.members.demandGood();
        long no = number(n);
        // Whose incidents those are that a line names as examples, only readers of the journal may know.
        boolean named = Callers.of(request).roles().contains(Role.AUDITOR);
        KeyedChanges.Asked asked = KeyedChanges.asked(request, body.bytes, new byte[] {(byte) (named ? 1 : 0)});
        return later.answer(
                request,
                asked,
                watch -> keyed.answer(
                        asked,
                        along -> heavyWork.runLong(watch, () -> {
                            Policy draft = life.policy(no);
                            var latest = new LatestDecisions(archive, from, to, limit);
                            long whole = latest.count();
                            // Who asks for decisions meanwhile shall not wait for this.
                            int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
                            ImpactReport report = latest.under(
                                    Impact.on(draft, personal),
                                    threads,
                                    soFar -> watch.done(soFar.looked(), whole),
                                    watch::stopped);
                            watch.goOn(report.looked(), whole);
                            return json(HttpStatus.OK, weighed(draft, from, to, report, named));
                        })));
    }

    private static ObjectNode weighed(
            Policy draft, @Nullable Instant from, @Nullable Instant to, ImpactReport report, boolean named) {
        ObjectNode json = Json.object();
        json.putObject("draft").put("version", draft.version()).put("label", draft.label());
        if (from != null) {
            json.put("from", from.toString());
        }
        if (to != null) {
            json.put("to", to.toString());
        }
        json.setAll(report.report());
        if (!named) {
            json.path("examples").forEach(example -> ((ObjectNode) example).remove("subject"));
        }
        return json;
    }

    @Heavy
    @GetMapping("/v1/policies/{n}/files.zip")
    ResponseEntity<byte[]> files(@PathVariable("n") String n) throws IOException, NotThereException {
        PolicyFiles files = life.files(number(n));
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.files().entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/zip"))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("policy-" + n + ".zip", StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(bytes.toByteArray());
    }

    /** The number of a policy; no policy has what is none. */
    private static long number(String n) throws NotThereException {
        return number("policy", n);
    }

    private static long number(String parameter, String n) throws NotThereException {
        if (n.matches("[0-9]{1,9}")) {
            return Long.parseLong(n);
        }
        throw new NotThereException(Problem.of(Code.UNKNOWN_POLICY, new FileRef(parameter), FactReader.shortened(n)));
    }

    private static ResponseEntity<byte[]> json(HttpStatus status, Record json) {
        return json(status, Json.write(json));
    }

    private static ResponseEntity<byte[]> json(HttpStatus status, ObjectNode json) {
        return json(status, Json.write(json));
    }

    private static ResponseEntity<byte[]> json(HttpStatus status, String json) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The body of a step, and the few members that it may have. */
    private static final class Body {
        private final byte[] bytes;
        private final Members members;

        Body(HttpServletRequest request, String... fields) throws IOException, BadRequestException {
            bytes = Bodies.read(request, MAX_BODY, "64 KiB");
            String text = Json.unmarked(Ndjson.decoded(bytes));
            members = new Members(text.isBlank() ? Json.object() : Json.read(text), List.of(fields));
        }
    }
}
