package liandong.decision;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import liandong.calendar.CalendarEndedException;
import liandong.digest.Sha256;
import liandong.engine.Concluded;
import liandong.engine.Engine;
import liandong.engine.EngineResult;
import liandong.policy.Policy;
import liandong.policy.PolicyHistory;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.wire.BadRequestException;
import liandong.wire.PolicyRef;
import liandong.wire.Spelling;
import tools.jackson.databind.JsonNode;

/**
 * The one way from a request to its answer: the policy is chosen, the request understood, the engine asked, the answer
 * written. Service, commands, scenarios and replay all go it.
 *
 * <p>Safe for use by many threads. The same request, with its {@code now}, under the same policy gives the same answer, byte
 * for byte.
 */
public final class DecisionService {
    private static final Engine ENGINE = new Engine();
    private static final RequestPointer ROOT = new RequestPointer("");

    private final Supplier<Policy> policy;
    private final Clock clock;
    private final Engine engine;
    private final Duration tolerance;
    private final DecisionWatch watch;

    /**
     * A service.
     *
     * @param policy gives the policy to decide by, asked at each request; a {@link PolicyHistory} can be asked for those of
     *     other times too
     * @param clock gives the time of requests that name none
     */
    public DecisionService(Supplier<Policy> policy, Clock clock) {
        this(policy, clock, ENGINE, DecisionMoment.USUAL_TOLERANCE, DecisionWatch.NOBODY);
    }

    /** A service with an engine that has other limits. */
    public DecisionService(Supplier<Policy> policy, Clock clock, Engine engine) {
        this(policy, clock, engine, DecisionMoment.USUAL_TOLERANCE, DecisionWatch.NOBODY);
    }

    private DecisionService(
            Supplier<Policy> policy, Clock clock, Engine engine, Duration tolerance, DecisionWatch watch) {
        this.policy = policy;
        this.clock = clock;
        this.engine = engine;
        this.tolerance = tolerance;
        this.watch = watch;
    }

    /**
     * The same service with another tolerance.
     *
     * @param tolerance how far a time may lie after the moment of the decision, as the clocks of callers differ; 0 to {@link
     *     DecisionMoment#MOST_TOLERANCE}
     */
    public DecisionService tolerating(Duration tolerance) {
        return new DecisionService(policy, clock, engine, tolerance, watch);
    }

    /** The same service with somebody who is told how long it takes. */
    public DecisionService watchedBy(DecisionWatch watch) {
        return new DecisionService(policy, clock, engine, tolerance, watch);
    }

    /** The same service, of which nobody is told: what is only tried is neither counted nor traced. */
    public DecisionService untold() {
        return watchedBy(DecisionWatch.NOBODY);
    }

    /**
     * Decides a request by the policy it asks for, else by the one that is live.
     *
     * @throws BadRequestException if the request says what cannot be
     */
    public <F extends Record, D extends Record & Concluded> DecisionRecord<F, D> decide(
            Decision<F, D> decision, JsonNode request) throws BadRequestException {
        RequestOptions options = RequestOptions.of(request);
        return decide(decision, policy(options.asOf()), request, options);
    }

    /**
     * Decides a request by a policy of the caller's choice.
     *
     * @throws BadRequestException if the request says what cannot be, for that policy
     */
    public <F extends Record, D extends Record & Concluded> DecisionRecord<F, D> decide(
            Decision<F, D> decision, Policy policy, JsonNode request) throws BadRequestException {
        return decide(decision, policy, request, RequestOptions.of(request));
    }

    /**
     * Understands a request without deciding it.
     *
     * @throws BadRequestException if anything about it is wrong
     */
    public <F extends Record> ParsedRequest<F> parse(Decision<F, ?> decision, Policy policy, JsonNode request)
            throws BadRequestException {
        return RequestParser.parse(decision, policy, request, RequestOptions.of(request), clock, tolerance);
    }

    private <F extends Record, D extends Record & Concluded> DecisionRecord<F, D> decide(
            Decision<F, D> decision, Policy policy, JsonNode sent, RequestOptions options) throws BadRequestException {
        ParsedRequest<F> request;
        long begun = System.nanoTime();
        try {
            request = RequestParser.parse(decision, policy, sent, options, clock, tolerance);
        } finally {
            watch.took(decision, DecisionWatch.Part.READ, begun);
        }
        EngineResult<D> result;
        begun = System.nanoTime();
        try {
            result = decision.evaluate(engine, policy, request);
        } catch (CalendarEndedException e) {
            throw new BadRequestException(
                    true, List.of(Problem.of(Code.CALENDAR_ENDED, ROOT.member("now"), e.date(), e.first(), e.last())));
        } finally {
            watch.took(decision, DecisionWatch.Part.DECIDE, begun);
        }
        return new DecisionRecord<>(decision, policy, request, result, answer(decision, policy, request, result));
    }

    /** The policy of a moment; the one that is live when none is named. */
    private Policy policy(RequestOptions.Moment asOf) throws BadRequestException {
        Instant moment = asOf.instant();
        if (moment == null) {
            return policy.get(); // what cannot be understood is reported with all the rest
        }
        if (!(policy instanceof PolicyHistory history)) {
            throw new BadRequestException(true, List.of(Problem.of(Code.NO_HISTORY, RequestOptions.AS_OF)));
        }
        Policy then = history.asOf(moment);
        if (then == null) {
            throw new BadRequestException(true, List.of(Problem.of(Code.NO_POLICY_THEN, RequestOptions.AS_OF, moment)));
        }
        return then;
    }

    private static <F extends Record, D extends Record & Concluded> DecisionAnswer answer(
            Decision<F, D> decision, Policy policy, ParsedRequest<F> request, EngineResult<D> result) {
        return new DecisionAnswer(
                id(policy, request).toString(),
                decision.isAboutIncident() ? decision.subject(request.facts()) : null,
                decision.answer(result.decision(), request.facts()),
                PolicyRef.of(policy),
                time(policy, request.now()),
                result.decision().because(),
                result.decision().unconfirmed(),
                Stream.concat(request.warnings().stream(), result.decision().warnings().stream())
                        .map(AnswerWarning::of)
                        .toList(),
                request.explain() ? result.nearMisses() : null);
    }

    /** A moment in the zone of a policy. */
    static OffsetDateTime time(Policy policy, Instant moment) {
        return moment.atZone(policy.calendar().zone()).toOffsetDateTime();
    }

    /**
     * An id by the moment of the decision (RFC 9562, version 7) whose remaining bits are made from what was asked and under
     * which policy, not drawn: asked again, it is the same, today and by the program of another year.
     */
    private static UUID id(Policy policy, ParsedRequest<?> request) {
        String asking = policy.version() + Spelling.of(request.facts()) + request.explain();
        ByteBuffer hash = ByteBuffer.wrap(Sha256.of(asking.getBytes(StandardCharsets.UTF_8)));
        long high = (request.now().toEpochMilli() << 16) | 0x7000L | (hash.getLong() & 0x0FFFL);
        long low = (hash.getLong() & ~(3L << 62)) | (2L << 62);
        return new UUID(high, low);
    }
}
