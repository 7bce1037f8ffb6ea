package liandong.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.calendar.CalendarEndedException;
import liandong.decision.Reason;
import liandong.decision.Row;
import liandong.decision.Sheet;
import liandong.engine.Answer;
import liandong.policy.Policy;
import liandong.policy.PolicyHistory;
import liandong.problem.Code;
import liandong.problem.Pointer;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes requests for one kind of decision as JSON and gives their answers as JSON.
 *
 * <p>A request is an object with the members of its facts, and {@code now} and {@code options}. Safe for use by many
 * threads. The same request, with its {@code now}, under the same policy gives the same answer, byte for byte.
 *
 * @param <F> the facts it is asked about
 * @param <D> the decision it makes
 */
public abstract class Desk<F extends Record, D extends Record> {
    /** The longest request that is read, in bytes or characters, whichever is counted: 1 MiB. */
    public static final int MAX_LENGTH = 1 << 20;

    static final Pointer ROOT = new Pointer("");
    private static final String NOW = "now";
    private static final String OPTIONS = "options";
    private static final String AS_OF = "asOf";

    private final DecisionKind kind;
    private final Class<F> facts;
    private final Class<? extends Row> tables;
    private final Supplier<Policy> policy;
    private final Clock clock;

    /**
     * A desk.
     *
     * @param kind the decision it is for
     * @param facts the type of its facts, whose components are the request's members
     * @param tables the rows of the tables it needs
     * @param policy gives the policy to decide by, anew for each request; a {@link PolicyHistory} can be asked for those
     *     of other times too
     * @param clock gives the time of requests that name none
     */
    Desk(DecisionKind kind, Class<F> facts, Class<? extends Row> tables, Supplier<Policy> policy, Clock clock) {
        this.kind = kind;
        this.facts = facts;
        this.tables = tables;
        this.policy = policy;
        this.clock = clock;
    }

    /** What of a request says that it cannot be understood before its facts are, as JSON; nothing unless overridden. */
    void precheck(JsonNode request, List<Problem> problems) {}

    /** What no single field shows: facts that contradict each other. */
    abstract void check(F asked, Instant now, List<Problem> problems);

    /** Whether a request looks like one of this desk, so that whoever has only the request knows whom to ask. */
    public abstract boolean isFor(JsonNode request);

    /** The incident or body that the facts are about, as callers know it. */
    public abstract String subject(F asked);

    /** Has the engine decide. */
    abstract Answer<D> decided(Policy current, Asked<F> asked);

    /** Writes what is particular to this kind of decision. */
    abstract void write(D decision, F asked, ObjectNode json);

    /** The decision's reasons. */
    public abstract List<Reason> because(D decision);

    /** Ids of the rows among the reasons whose source is not confirmed. */
    public abstract List<String> unconfirmed(D decision);

    /**
     * Answers a request as it was sent.
     *
     * @throws BadRequestException if it is not JSON, or says what cannot be
     */
    public final ObjectNode answer(String text) throws BadRequestException {
        if (text.length() > MAX_LENGTH) {
            throw new BadRequestException(false, List.of(Problem.of(Code.TOO_LARGE, ROOT, text.length(), MAX_LENGTH)));
        }
        return answer(Json.read(text));
    }

    /** Answers a request; see {@link #answer(String)}. */
    public final ObjectNode answer(JsonNode request) throws BadRequestException {
        return answered(request).answer();
    }

    /**
     * Answers a request, and tells what an answer rests on.
     *
     * @throws BadRequestException if the request says what cannot be
     */
    public final Answered answered(JsonNode request) throws BadRequestException {
        Policy current = policy(request);
        Asked<F> asked = read(current, request);
        ObjectNode answer = written(current, asked, decide(current, asked));
        return new Answered(kind, subject(asked.facts()), current.version(), asked.request(), answer);
    }

    /**
     * Answers a request under a policy of the caller's choice.
     *
     * @throws BadRequestException if the request says what cannot be, for that policy
     */
    public final ObjectNode answer(Policy policy, JsonNode request) throws BadRequestException {
        Asked<F> asked = read(policy, request);
        return written(policy, asked, decide(policy, asked));
    }

    /** The policy that a request is to be decided by. */
    private Policy policy(JsonNode request) throws BadRequestException {
        Pointer at = ROOT.member(OPTIONS).member(AS_OF);
        Instant asOf = asOf(request.path(OPTIONS).get(AS_OF), new ArrayList<>());
        if (asOf == null) {
            return policy.get(); // what cannot be understood is told of with all the rest
        }
        if (!(policy instanceof PolicyHistory history)) {
            throw new BadRequestException(true, List.of(Problem.of(Code.NO_HISTORY, at)));
        }
        Policy then = history.asOf(asOf);
        if (then == null) {
            throw new BadRequestException(true, List.of(Problem.of(Code.NO_POLICY_THEN, at, asOf)));
        }
        return then;
    }

    private static @Nullable Instant asOf(@Nullable JsonNode node, List<Problem> problems) {
        if (node == null || node.isNull()) {
            return null;
        }
        Pointer at = ROOT.member(OPTIONS).member(AS_OF);
        if (!node.isString()) {
            problems.add(Problem.of(Code.WRONG_JSON_TYPE, at, FactReader.quoted(node), "\"…\""));
            return null;
        }
        String text = node.stringValue();
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            problems.add(Problem.of(Code.MISSING_OFFSET, at, FactReader.shortened(text)));
            return null;
        }
    }

    /**
     * Decides a request.
     *
     * @throws BadRequestException if a due time lies beyond the calendar
     */
    public final Answer<D> decide(Policy current, Asked<F> asked) throws BadRequestException {
        try {
            return decided(current, asked);
        } catch (CalendarEndedException e) {
            throw new BadRequestException(
                    true, List.of(Problem.of(Code.CALENDAR_ENDED, ROOT.member(NOW), e.date(), e.first(), e.last())));
        }
    }

    /**
     * Reads a request.
     *
     * @throws BadRequestException if anything about it is wrong
     */
    public final Asked<F> read(Policy current, JsonNode request) throws BadRequestException {
        var problems = new ArrayList<Problem>();
        if (!current.decides(tables)) {
            String sheets = Stream.of(tables.getPermittedSubclasses())
                    .map(row -> row.getAnnotation(Sheet.class).value())
                    .collect(Collectors.joining("、"));
            throw new BadRequestException(true, List.of(Problem.of(Code.NOT_DECIDED, ROOT, sheets, current.label())));
        }
        if (!(request instanceof ObjectNode object)) {
            problems.add(Problem.of(Code.WRONG_JSON_TYPE, ROOT, FactReader.quoted(request), "{…}"));
            throw new BadRequestException(true, problems);
        }
        var reader = new FactReader(current.vocabulary(), current.calendar().zone(), problems::add);
        precheck(request, problems);
        F read = reader.read(facts, request, ROOT, NOW, OPTIONS);
        OffsetDateTime now = now(request.get(NOW), reader, problems);
        boolean explain = explain(request.get(OPTIONS), reader, problems);
        Instant asOf = asOf(request.path(OPTIONS).get(AS_OF), problems);
        Instant moment = now != null ? now.toInstant() : asOf != null ? asOf : clock.instant();
        if (read != null) {
            check(read, moment, problems);
        }
        if (read == null || !problems.isEmpty()) {
            throw new BadRequestException(true, problems);
        }
        ObjectNode dated = object.deepCopy();
        dated.set(NOW, time(current, moment));
        return new Asked<>(read, moment, explain, dated);
    }

    private static @Nullable OffsetDateTime now(@Nullable JsonNode node, FactReader facts, List<Problem> problems) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (node.isString()) {
            return facts.time(node.stringValue(), ROOT.member(NOW));
        }
        problems.add(Problem.of(Code.WRONG_JSON_TYPE, ROOT.member(NOW), FactReader.quoted(node), "\"…\""));
        return null;
    }

    private static boolean explain(@Nullable JsonNode options, FactReader facts, List<Problem> problems) {
        Pointer at = ROOT.member(OPTIONS);
        if (options == null || options.isNull()) {
            return false;
        }
        if (!options.isObject()) {
            problems.add(Problem.of(Code.WRONG_JSON_TYPE, at, FactReader.quoted(options), "{…}"));
            return false;
        }
        facts.known(options, List.of("explain", AS_OF), at);
        JsonNode explain = options.get("explain");
        if (explain == null || explain.isNull()) {
            return false;
        }
        String how = explain.isString() ? explain.stringValue() : "";
        if (!how.equals("full") && !how.equals("brief")) {
            String sent = explain.isString() ? FactReader.shortened(how) : FactReader.quoted(explain);
            problems.add(Problem.of(Code.UNKNOWN_CHOICE, at.member("explain"), sent, "brief, full"));
        }
        return how.equals("full");
    }

    /** Writes an answer as JSON. */
    public final ObjectNode written(Policy current, Asked<F> asked, Answer<D> answer) {
        ObjectNode json = Json.object();
        json.put("decisionId", id(current, asked).toString());
        write(answer.decision(), asked.facts(), json);
        json.set("policy", Json.object().put("version", current.version()).put("label", current.label()));
        json.set("decidedAt", time(current, asked.now()));
        json.set("because", Json.of(because(answer.decision())));
        json.set("unconfirmed", Json.of(unconfirmed(answer.decision())));
        if (asked.explain()) {
            json.set("nearMisses", Json.of(answer.nearMisses()));
        }
        return json;
    }

    private static JsonNode time(Policy current, Instant moment) {
        return Json.of(moment.atZone(current.calendar().zone()).toOffsetDateTime());
    }

    /**
     * An id by the moment of the decision (RFC 9562, version 7) whose remaining bits are made from what was asked and under
     * which policy, not drawn: asked again, it is the same, today and by the program of another year.
     */
    private static UUID id(Policy current, Asked<?> asked) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            String asking = current.version() + Spelling.of(asked.facts()) + asked.explain();
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(asking.getBytes(StandardCharsets.UTF_8)));
            long high = (asked.now().toEpochMilli() << 16) | 0x7000L | (hash.getLong() & 0x0FFFL);
            long low = (hash.getLong() & ~(3L << 62)) | (2L << 62);
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
