package liandong.web;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import liandong.engine.DecisionFailedException;
import liandong.problem.BusyException;
import liandong.problem.Code;
import liandong.problem.KeyInUseException;
import liandong.problem.KeySpentException;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.problem.UnavailableException;
import liandong.publication.LifecycleException;
import liandong.store.StoreException;
import liandong.wire.BadRequestException;
import liandong.wire.NotKeptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpStatus;

/**
 * What is answered where something was thrown.
 *
 * @param status of HTTP
 * @param problems at least one
 * @param retryAfter after how many seconds it is worth while to ask again; null when it is not
 */
record Refusal(
        HttpStatus status, List<Problem> problems, @Nullable Integer retryAfter) {
    private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);
    private static final RequestPointer ROOT = new RequestPointer("");
    private static final Set<Code> FORBIDDEN = Set.of(Code.RULES_NOT_TAKEN, Code.NOT_ALLOWED);
    private static final Set<Code> UNSUPPORTED = Set.of(Code.CONTENT_ENCODING, Code.UNSUPPORTED_CHARSET);

    /** What is answered; what the operator should know of it is logged. */
    static Refusal of(Throwable thrown) {
        if (thrown instanceof BadRequestException e) {
            return bad(e);
        }
        if (thrown instanceof LifecycleException e) {
            HttpStatus status = switch (e.why()) {
                case UNKNOWN -> HttpStatus.NOT_FOUND;
                case CONFLICT -> HttpStatus.CONFLICT;
                case NOT_ALLOWED -> HttpStatus.FORBIDDEN;
                case BAD -> HttpStatus.UNPROCESSABLE_CONTENT;
            };
            return new Refusal(status, e.problems(), null);
        }
        if (thrown instanceof StoreException e) {
            LOG.error("the store: {}", e.problem().line(Locale.ENGLISH));
            return e.isPassing()
                    ? unavailable(e.told(), 1)
                    : new Refusal(HttpStatus.INTERNAL_SERVER_ERROR, List.of(e.told()), null);
        }
        if (thrown instanceof DecisionFailedException e) {
            LOG.error("no decision: {}", e.told());
            LOG.debug("no decision", e);
            return new Refusal(HttpStatus.INTERNAL_SERVER_ERROR, List.of(e.problem()), null);
        }
        if (thrown instanceof NotKeptException e) {
            LOG.error("not kept: {}", cause(e));
            return unavailable(e.told(), 1);
        }
        if (thrown instanceof BusyException e) {
            return unavailable(e.told(), BusyException.SECONDS);
        }
        if (thrown instanceof KeyInUseException e) {
            return new Refusal(HttpStatus.CONFLICT, List.of(e.told()), KeyInUseException.SECONDS);
        }
        if (thrown instanceof KeySpentException e) {
            return new Refusal(HttpStatus.CONFLICT, List.of(e.told()), null);
        }
        if (thrown instanceof NotThereException e && e.problem() != null) {
            return new Refusal(HttpStatus.NOT_FOUND, List.of(e.problem()), null);
        }
        LOG.error("unexpected", thrown);
        return new Refusal(HttpStatus.INTERNAL_SERVER_ERROR, List.of(Problem.of(Code.INTERNAL, ROOT)), null);
    }

    private static Refusal bad(BadRequestException e) {
        HttpStatus status = e.isReadable() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.BAD_REQUEST;
        if (e.problems().get(0).code() == Code.TOO_LARGE) {
            status = HttpStatus.CONTENT_TOO_LARGE;
        } else if (FORBIDDEN.contains(e.problems().get(0).code())) {
            status = HttpStatus.FORBIDDEN;
        } else if (UNSUPPORTED.contains(e.problems().get(0).code())) {
            status = HttpStatus.UNSUPPORTED_MEDIA_TYPE;
        }
        return new Refusal(status, e.problems(), null);
    }

    private static Refusal unavailable(Problem problem, int seconds) {
        return new Refusal(HttpStatus.SERVICE_UNAVAILABLE, List.of(problem), seconds);
    }

    /** What it came from, in a line: a store that is gone is told of hundreds of times a second. */
    private static String cause(Throwable thrown) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(thrown);
        return cause instanceof UnavailableException unavailable
                ? unavailable.problem().line(Locale.ENGLISH)
                : cause.toString();
    }
}
