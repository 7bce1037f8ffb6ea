package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import liandong.access.Caller;
import liandong.problem.BusyException;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.web.Routes.Route;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import liandong.wire.Json;
import liandong.wire.ProblemJson;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Long answers for those who would rather fetch them than hold the connection ({@code Prefer: respond-async}, RFC 7240). Safe
 * for use by many threads.
 *
 * <p>A job holds the place among {@link HeavyWork} that its request had, until it ends. So few may be under way, and fewer of one
 * caller, that places are left for requests whatever is begun. It lives in this process only; how many are remembered, for how
 * long and how large, is bounded: what is ended goes first, the oldest first.
 */
@Component
class LaterAnswers {
    /** Where jobs are. */
    static final String PATH = "/v1/jobs/";

    /** So many are remembered. */
    static final int MOST = 100;
    /** So many of one caller, so that nobody's are forgotten for those of another who begins many. */
    static final int MOST_OF_ONE = 16;
    /** So many are under way at once: the other places are for those who hold their connection. */
    static final int UNDER_WAY = 8;
    /** So many of one caller. */
    static final int UNDER_WAY_OF_ONE = 3;
    /** So much of answers is remembered, in MiB; the last answer in any case. */
    static final int MOST_MIB = 64;
    /** For so long an answer is remembered. */
    static final Duration AGE = Duration.ofHours(1);

    /** After how many seconds it is worth while to look again. */
    private static final int SECONDS = 2;

    private static final String PREFER = "Prefer";
    private static final String RESPOND_ASYNC = "respond-async";

    private final HeavyWork heavyWork;
    private final Clock clock;
    /** By their ids, the oldest first. Guarded by itself. */
    private final Map<String, Asked> jobs = new LinkedHashMap<>();

    /** Guarded by the jobs. */
    private boolean stopping;

    LaterAnswers(HeavyWork heavyWork, Clock clock) {
        this.heavyWork = heavyWork;
        this.clock = clock;
    }

    /** What is asked for. It must not touch the request, which may have been answered by then. */
    @FunctionalInterface
    interface Work {
        ResponseEntity<byte[]> done(Watch watch) throws IOException, BadRequestException, NotThereException;
    }

    /**
     * A job, and whose it is.
     *
     * @param request its method and address
     * @param key the key that the request came with, and what it asked for; null for none
     */
    private record Asked(
            String id,
            Caller caller,
            Route route,
            String request,
            @Nullable String key,
            Job job) {
        @Nullable
        ResponseEntity<byte[]> answer() {
            return job.ended() != null && job.result() instanceof ResponseEntity<?> some
                    ? ResponseEntity.status(some.getStatusCode())
                            .headers(some.getHeaders())
                            .body(some.getBody() instanceof byte[] bytes ? bytes : new byte[0])
                    : null;
        }

        long bytes() {
            ResponseEntity<byte[]> answer = answer();
            return answer == null ? 0 : Objects.requireNonNull(answer.getBody()).length;
        }

        JobState state() {
            ResponseEntity<byte[]> answer = answer();
            if (job.ended() == null) {
                return JobState.RUNNING;
            }
            if (answer == null) {
                return job.interrupted()
                        ? JobState.INTERRUPTED
                        : job.cancelled() ? JobState.CANCELLED : JobState.FAILED;
            }
            return answer.getStatusCode().isError() ? JobState.FAILED : JobState.DONE;
        }

        JobStatus json() {
            ResponseEntity<byte[]> answer = answer();
            Long told = job.done() > 0 || job.total() > 0 ? job.done() : null;
            return new JobStatus(
                    id,
                    state(),
                    request,
                    job.begun(),
                    job.ended(),
                    told,
                    job.total() > 0 ? job.total() : null,
                    (job.ended() == null && job.stopped()) ? true : null,
                    answer == null ? null : answer.getStatusCode().value(),
                    answer == null ? null : PATH + id + "/result");
        }
    }

    /** Answers a request, at once or, if its caller prefers that, later. */
    ResponseEntity<byte[]> answer(HttpServletRequest request, Work work)
            throws IOException, BadRequestException, NotThereException {
        return answer(request, KeyedChanges.Asked.NOTHING, work);
    }

    /**
     * The same of what is done once for each key: who asks for it again is told of the same job, while it is being done and for
     * as long as it is remembered as done.
     *
     * @throws BusyException if there is no place for more
     */
    ResponseEntity<byte[]> answer(HttpServletRequest request, KeyedChanges.Asked key, Work work)
            throws IOException, BadRequestException, NotThereException {
        if (!prefersLater(request)) {
            return work.done(Watch.CALLER);
        }
        Asked asked;
        synchronized (jobs) {
            forgetOld();
            Asked same = same(Callers.of(request), key.id());
            if (same != null) {
                return begun(same);
            }
            if (stopping) { // it would be ended at once; another process, or the next, does it
                throw new BusyException();
            }
            refuseMore(Callers.of(request));
            makeRoom(Callers.of(request));
            if (!Admission.handOver(request) && !heavyWork.enter()) {
                throw new BusyException();
            }
            try {
                asked = begin(request, key.id(), work);
            } catch (RuntimeException | Error e) { // there may be no thread for it
                heavyWork.leave();
                throw e;
            }
            jobs.put(asked.id(), asked);
        }
        return begun(asked);
    }

    private Asked begin(HttpServletRequest request, @Nullable String key, Work work) {
        String id = UUID.randomUUID().toString();
        Caller caller = Callers.of(request);
        Locale locale = Locales.of(request);
        Route route = Objects.requireNonNull(Routes.of(request));
        Job job = Job.begin(
                "job " + id, caller.name(), 0, clock, watch -> answered(watch, work, locale), heavyWork::leave);
        return new Asked(id, caller, route, request.getMethod() + " " + request.getRequestURI(), key, job);
    }

    /** The answer that the request would have got. */
    private static ResponseEntity<byte[]> answered(Watch watch, Work work, Locale locale) {
        try {
            watch.goOn(0, 0);
            return work.done(watch);
        } catch (StoppedException e) {
            throw e;
        } catch (Exception | Error e) {
            if (watch.stopped() && watch.patience().isZero()) {
                // The store is closed under it by then, which is no fault of the store.
                throw new StoppedException();
            }
            // Whatever it is, who waits for it must be told.
            Refusal refusal = Refusal.of(e);
            String json = Json.write(ProblemJson.of(refusal.status().value(), refusal.problems(), locale));
            ResponseEntity.BodyBuilder answer =
                    ResponseEntity.status(refusal.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
            if (refusal.retryAfter() != null) {
                answer.header(HttpHeaders.RETRY_AFTER, String.valueOf(refusal.retryAfter()));
            }
            return answer.body(json.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The job of a key that is under way or done. What was refused, or ended before, is asked for anew. */
    private @Nullable Asked same(Caller caller, @Nullable String key) {
        return key == null
                ? null
                : jobs.values().stream()
                        .filter(each -> key.equals(each.key()) && isOf(each, caller))
                        .filter(each -> each.state() == JobState.RUNNING || each.state() == JobState.DONE)
                        .findFirst()
                        .orElse(null);
    }

    /**
     * Ends all jobs where they can end, because the service stops: none of them is waited for, and who asks meanwhile is told. One
     * that is in the middle of a change is done, or undone by the store.
     */
    @EventListener(ContextClosedEvent.class) // told before anything is stopped
    void interrupt() {
        synchronized (jobs) {
            stopping = true;
            jobs.values().forEach(each -> each.job().interrupt());
        }
    }

    /** Forgets what ended too long ago; also asked by a timer, or the last answers would stay where nobody asks any more. */
    void forgetOld() {
        Instant old = clock.instant().minus(AGE);
        synchronized (jobs) {
            jobs.values().removeIf(each -> {
                Instant ended = each.job().ended();
                return ended != null && ended.isBefore(old);
            });
        }
    }

    private void refuseMore(Caller caller) {
        List<Asked> underWay = jobs.values().stream()
                .filter(each -> each.job().ended() == null)
                .toList();
        if (underWay.size() >= UNDER_WAY
                || underWay.stream().filter(each -> isOf(each, caller)).count() >= UNDER_WAY_OF_ONE) {
            heavyWork.refuse();
            throw new BusyException();
        }
    }

    /** Forgets what is ended until one more may be remembered. What is under way is no more than a few. */
    private void makeRoom(Caller caller) {
        long bytes = jobs.values().stream().mapToLong(Asked::bytes).sum();
        long own = jobs.values().stream().filter(each -> isOf(each, caller)).count();
        Iterator<Asked> oldest = jobs.values().iterator();
        while (oldest.hasNext() && (jobs.size() >= MOST || own >= MOST_OF_ONE || bytes > (long) MOST_MIB << 20)) {
            Asked each = oldest.next();
            boolean ofOne = isOf(each, caller);
            boolean tooMany = jobs.size() >= MOST || bytes > (long) MOST_MIB << 20;
            if (each.job().ended() != null && (ofOne || tooMany)) {
                oldest.remove();
                bytes -= each.bytes();
                own -= ofOne ? 1 : 0;
            }
        }
    }

    private static boolean isOf(Asked asked, Caller caller) {
        return asked.caller().name().equals(caller.name());
    }

    private static ResponseEntity<byte[]> begun(Asked asked) {
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .header(HttpHeaders.LOCATION, PATH + asked.id())
                .header("Preference-Applied", RESPOND_ASYNC)
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(SECONDS))
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.write(asked.json()).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a request says so; what else is preferred is passed over, as that may be (RFC 7240). */
    private static boolean prefersLater(HttpServletRequest request) {
        return !HttpMethod.HEAD.matches(request.getMethod())
                && Collections.list(request.getHeaders(PREFER)).stream()
                        .flatMap(header ->
                                List.of(header.replaceAll("\"[^\"]*\"?", "").split(",", -1)).stream())
                        .map(each -> each.split(";", 2)[0].strip())
                        .anyMatch(RESPOND_ASYNC::equalsIgnoreCase);
    }

    /** How a job of a caller stands. */
    ResponseEntity<byte[]> state(String id, Caller caller) throws NotThereException {
        return told(HttpStatus.OK, find(id, caller));
    }

    private static ResponseEntity<byte[]> told(HttpStatus status, Asked asked) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
        JobStatus json = asked.json();
        if (json.state() == JobState.RUNNING) {
            answer.header(HttpHeaders.RETRY_AFTER, String.valueOf(SECONDS));
        }
        return answer.body(Json.write(json).getBytes(StandardCharsets.UTF_8));
    }

    /** The answer of a job; that there is none, as a problem. */
    ResponseEntity<byte[]> result(String id, Caller caller, Locale locale) throws NotThereException {
        Asked asked = find(id, caller);
        ResponseEntity<byte[]> answer = asked.answer();
        if (answer != null) {
            return answer;
        }
        JobState state = asked.state();
        Problem problem = Problem.of(Code.NO_RESULT, new FileRef("id"), state, PATH + id);
        ResponseEntity.BodyBuilder refusal =
                ResponseEntity.status(HttpStatus.CONFLICT).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (state == JobState.RUNNING) {
            refusal.header(HttpHeaders.RETRY_AFTER, String.valueOf(SECONDS));
        }
        return refusal.body(Json.write(ProblemJson.of(HttpStatus.CONFLICT.value(), List.of(problem), locale))
                .getBytes(StandardCharsets.UTF_8));
    }

    /** Has a job end as soon as it can; forgets one that has ended. */
    ResponseEntity<byte[]> cancel(String id, Caller caller) throws NotThereException {
        synchronized (jobs) {
            Asked asked = find(id, caller);
            if (asked.job().ended() != null) {
                jobs.remove(id);
                return ResponseEntity.noContent().build();
            }
            asked.job().stop();
            return told(HttpStatus.ACCEPTED, asked);
        }
    }

    /** A job of a caller, who must still be allowed to ask what it answers. */
    private Asked find(String id, Caller caller) throws NotThereException {
        synchronized (jobs) {
            forgetOld();
            Asked asked = jobs.get(id);
            if (asked == null || !isOf(asked, caller) || !asked.route().isFor(caller)) {
                throw new NotThereException(
                        Problem.of(Code.UNKNOWN_JOB, new FileRef("id"), FactReader.shortened(id), AGE.toMinutes()));
            }
            return asked;
        }
    }
}
