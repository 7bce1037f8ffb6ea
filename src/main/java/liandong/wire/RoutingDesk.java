package liandong.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import liandong.calendar.CalendarEndedException;
import liandong.decision.RoutingDecision;
import liandong.engine.Answer;
import liandong.engine.Engine;
import liandong.incident.Report;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Pointer;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes a routing request as JSON and gives its answer as JSON.
 *
 * <p>Safe for use by many threads. The same request, with its {@code now}, under the same policy gives the same answer,
 * byte for byte.
 */
public final class RoutingDesk {
    /** The longest request that is read, in bytes or characters, whichever is counted: 1 MiB. */
    public static final int MAX_LENGTH = 1 << 20;

    private static final Pointer ROOT = new Pointer("");

    private final Engine engine;
    private final Supplier<Policy> policy;
    private final Clock clock;

    /**
     * A desk.
     *
     * @param policy gives the policy to decide by, anew for each request
     * @param clock gives the time of requests that name none
     */
    public RoutingDesk(Engine engine, Supplier<Policy> policy, Clock clock) {
        this.engine = engine;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * What is asked.
     *
     * @param report the report
     * @param now the moment of the decision
     * @param explain whether near misses are wanted
     */
    public record Request(Report report, Instant now, boolean explain) {}

    /**
     * Answers a request as it was sent.
     *
     * @param text the request
     * @throws BadRequestException if it is not JSON, or says what cannot be
     */
    public ObjectNode answer(String text) throws BadRequestException {
        if (text.length() > MAX_LENGTH) {
            throw new BadRequestException(false, List.of(Problem.of(Code.TOO_LARGE, ROOT, text.length(), MAX_LENGTH)));
        }
        return answer(Json.read(text));
    }

    /** Answers a request; see {@link #answer(String)}. */
    public ObjectNode answer(JsonNode request) throws BadRequestException {
        Policy current = policy.get();
        Request asked = read(current, request);
        return written(current, asked, decide(current, asked));
    }

    /**
     * Decides a request.
     *
     * @throws BadRequestException if a due time lies beyond the calendar
     */
    public Answer decide(Policy current, Request asked) throws BadRequestException {
        try {
            return engine.route(current, asked.report(), asked.now(), asked.explain());
        } catch (CalendarEndedException e) {
            throw new BadRequestException(
                    true, List.of(Problem.of(Code.CALENDAR_ENDED, ROOT.member("now"), e.date(), e.first(), e.last())));
        }
    }

    /**
     * Reads a request.
     *
     * @throws BadRequestException if anything about it is wrong
     */
    public Request read(Policy current, JsonNode request) throws BadRequestException {
        var problems = new ArrayList<Problem>();
        var facts = new FactReader(current.vocabulary(), current.calendar().zone(), problems::add);
        Report report = null;
        boolean explain = false;
        OffsetDateTime now = null;
        if (request.isObject()) {
            facts.known(request, List.of("incident", "now", "options"), ROOT);
            JsonNode incident = request.get("incident");
            if (incident == null) {
                problems.add(Problem.of(Code.MISSING_FIELD, ROOT.member("incident"), "incident", ""));
            } else {
                if (saysNothing(incident)) {
                    Pointer text = ROOT.member("incident").member("text");
                    problems.add(Problem.of(Code.MISSING_FIELD, text, "text", "text | eventType"));
                }
                report = facts.read(Report.class, incident, ROOT.member("incident"));
            }
            now = now(request.get("now"), facts, problems);
            explain = explain(request.get("options"), facts, problems);
        } else {
            problems.add(Problem.of(Code.WRONG_JSON_TYPE, ROOT, FactReader.quoted(request), "{\"incident\": {…}}"));
        }
        Instant moment = now == null ? clock.instant() : now.toInstant();
        if (report != null) {
            check(report, moment, problems);
        }
        if (report == null || !problems.isEmpty()) {
            throw new BadRequestException(true, problems);
        }
        return new Request(report, moment, explain);
    }

    private static @Nullable OffsetDateTime now(@Nullable JsonNode node, FactReader facts, List<Problem> problems) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (node.isString()) {
            return facts.time(node.stringValue(), ROOT.member("now"));
        }
        problems.add(Problem.of(Code.WRONG_JSON_TYPE, ROOT.member("now"), FactReader.quoted(node), "\"…\""));
        return null;
    }

    private static boolean explain(@Nullable JsonNode options, FactReader facts, List<Problem> problems) {
        Pointer at = ROOT.member("options");
        if (options == null || options.isNull()) {
            return false;
        }
        if (!options.isObject()) {
            problems.add(Problem.of(Code.WRONG_JSON_TYPE, at, FactReader.quoted(options), "{…}"));
            return false;
        }
        facts.known(options, List.of("explain"), at);
        JsonNode explain = options.get("explain");
        if (explain == null || explain.isNull()) {
            return false;
        }
        String how = explain.isString() ? explain.stringValue() : "";
        if (!how.equals("full") && !how.equals("brief")) {
            problems.add(Problem.of(
                    Code.UNKNOWN_CODE, at.member("explain"), FactReader.quoted(explain), "explain", "full, brief"));
        }
        return how.equals("full");
    }

    /** Whether nobody could tell what an incident is about: neither in words nor by its event type, nor is it settled. */
    private static boolean saysNothing(JsonNode incident) {
        JsonNode text = incident.path("text");
        return (text.isMissingNode()
                        || text.isNull()
                        || (text.isString() && text.stringValue().isBlank()))
                && !incident.hasNonNull("eventType")
                && !incident.path("settled").asBoolean(false);
    }

    /** What no single field shows: fields that contradict each other. */
    private static void check(Report report, Instant now, List<Problem> problems) {
        Pointer incident = ROOT.member("incident");
        if (report.eventType() != null
                && report.category() != null
                && !report.eventType().category().equals(report.category())) {
            problems.add(Problem.of(
                    Code.CONTRADICTION,
                    incident.member("category"),
                    report.category().label(),
                    report.eventType().label()));
        }
        if (report.id().equals(report.sameAs())) {
            problems.add(Problem.of(Code.CONTRADICTION, incident.member("sameAs"), "id", "sameAs"));
        }
        if (report.reportedAt().toInstant().isAfter(now)) {
            problems.add(Problem.of(
                    Code.IN_FUTURE,
                    incident.member("reportedAt"),
                    report.reportedAt(),
                    now.atZone(report.reportedAt().getOffset()).toOffsetDateTime()));
        }
    }

    private static ObjectNode written(Policy current, Request asked, Answer answer) {
        RoutingDecision decision = answer.decision();
        ObjectNode json = Json.object();
        json.put("decisionId", id(current, asked).toString());
        json.put("incidentId", asked.report().id());
        json.put("outcome", decision.outcome().code());
        if (decision.triage() != null) {
            json.put("reason", decision.triage().code());
        }
        json.set("policy", Json.object().put("version", current.version()).put("label", current.label()));
        json.set(
                "decidedAt",
                Json.of(asked.now().atZone(current.calendar().zone()).toOffsetDateTime()));
        if (decision.mergedInto() != null) {
            json.put("mergedInto", decision.mergedInto());
        }
        if (!decision.relayTo().isEmpty()) {
            json.set("relayTo", Json.of(decision.relayTo()));
        }
        var classification =
                (ObjectNode) Json.of(decision.classification() == null ? new Nothing() : decision.classification());
        if (decision.assignment() != null) {
            json.set("assignment", classification.setAll((ObjectNode) Json.of(decision.assignment())));
        } else if (decision.classification() != null) {
            json.set("classification", classification);
        }
        if (!decision.candidates().isEmpty()) {
            json.set("candidates", Json.of(decision.candidates()));
        }
        json.set("because", Json.of(decision.because()));
        json.set("unconfirmed", Json.of(decision.unconfirmed()));
        if (asked.explain()) {
            json.set("nearMisses", Json.of(answer.nearMisses()));
        }
        return json;
    }

    private record Nothing() {}

    /** An id made from what was asked, under which policy and when (RFC 9562, version 8): asked again, it is the same. */
    private static UUID id(Policy current, Request asked) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest((current.version() + asked).getBytes(StandardCharsets.UTF_8));
            ByteBuffer bytes = ByteBuffer.wrap(hash);
            long high = (bytes.getLong() & ~0xF000L) | 0x8000L;
            long low = (bytes.getLong() & ~(3L << 62)) | (2L << 62);
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
