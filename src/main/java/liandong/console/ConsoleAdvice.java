package liandong.console;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import liandong.engine.DecisionFailedException;
import liandong.problem.BusyException;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.publication.LifecycleException;
import liandong.store.StoreException;
import liandong.wire.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.ModelAndView;

/** Whatever goes wrong with a page is told on a page; for what a script has asked for, in its notice. */
@ControllerAdvice(basePackageClasses = ConsoleAdvice.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConsoleAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleAdvice.class);
    private static final RequestPointer ROOT = new RequestPointer("");
    private static final int MOST_MIB = 16;

    @ExceptionHandler
    ModelAndView refused(RefusedException e, HttpServletRequest request, HttpServletResponse response) {
        return RefusedController.page(e.refusal(), request, response);
    }

    @ExceptionHandler
    ModelAndView bad(BadRequestException e, HttpServletRequest request, HttpServletResponse response) {
        return told(HttpStatus.UNPROCESSABLE_CONTENT, e.problems(), request, response);
    }

    @ExceptionHandler
    ModelAndView step(LifecycleException e, HttpServletRequest request, HttpServletResponse response) {
        HttpStatus status = switch (e.why()) {
            case UNKNOWN -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case NOT_ALLOWED -> HttpStatus.FORBIDDEN;
            case BAD -> HttpStatus.UNPROCESSABLE_CONTENT;
        };
        return told(status, e.problems(), request, response);
    }

    @ExceptionHandler
    ModelAndView store(StoreException e, HttpServletRequest request, HttpServletResponse response) {
        LOG.error("the store: {}", e.problem().line(Locale.ENGLISH));
        return told(
                e.isPassing() ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.INTERNAL_SERVER_ERROR,
                List.of(e.told()),
                request,
                response);
    }

    @ExceptionHandler
    ModelAndView failed(DecisionFailedException e, HttpServletRequest request, HttpServletResponse response) {
        LOG.error("no decision: {}", e.problem().line(Locale.ENGLISH));
        return told(HttpStatus.INTERNAL_SERVER_ERROR, List.of(e.problem()), request, response);
    }

    @ExceptionHandler
    ModelAndView busy(BusyException e, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(BusyException.SECONDS));
        return told(HttpStatus.SERVICE_UNAVAILABLE, List.of(e.told()), request, response);
    }

    @ExceptionHandler
    ModelAndView tooLarge(MaxUploadSizeExceededException e, HttpServletRequest request, HttpServletResponse response) {
        return told(
                HttpStatus.CONTENT_TOO_LARGE,
                List.of(Problem.of(Code.TOO_LARGE, ROOT, "file", MOST_MIB + " MiB")),
                request,
                response);
    }

    /** An address or a field that only somebody who typed it by hand can have made. */
    @ExceptionHandler
    ModelAndView typed(
            MethodArgumentTypeMismatchException e, HttpServletRequest request, HttpServletResponse response) {
        return told(
                HttpStatus.NOT_FOUND,
                List.of(Problem.of(Code.NOT_FOUND, ROOT, request.getRequestURI())),
                request,
                response);
    }

    /** A form or an address that the server cannot read: too long, too many fields, or badly encoded. */
    @ExceptionHandler
    ModelAndView unreadable(InvalidParameterException e, HttpServletRequest request, HttpServletResponse response) {
        return e.getErrorCode() == HttpStatus.CONTENT_TOO_LARGE.value()
                ? told(
                        HttpStatus.CONTENT_TOO_LARGE,
                        List.of(Problem.of(Code.TOO_LARGE, ROOT, "file", MOST_MIB + " MiB")),
                        request,
                        response)
                : told(HttpStatus.BAD_REQUEST, List.of(Problem.of(Code.BAD_REQUEST, ROOT)), request, response);
    }

    /** A request that no page of ours sends. */
    @ExceptionHandler
    ModelAndView strange(ServletException e, HttpServletRequest request, HttpServletResponse response) {
        return told(HttpStatus.BAD_REQUEST, List.of(Problem.of(Code.BAD_REQUEST, ROOT)), request, response);
    }

    /** A browser that hangs up is nobody's fault and can be told nothing. */
    @ExceptionHandler
    void gone(IOException e) {
        LOG.debug("the browser hung up", e);
    }

    @ExceptionHandler
    ModelAndView unexpected(RuntimeException e, HttpServletRequest request, HttpServletResponse response) {
        LOG.error("unexpected", e);
        return told(HttpStatus.INTERNAL_SERVER_ERROR, List.of(Problem.of(Code.INTERNAL, ROOT)), request, response);
    }

    private static ModelAndView told(
            HttpStatus status, List<Problem> problems, HttpServletRequest request, HttpServletResponse response) {
        return RefusedController.page(new Refusal(status, problems, false), request, response);
    }
}
