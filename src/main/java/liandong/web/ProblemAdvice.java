package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import liandong.engine.DecisionFailedException;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.problem.UnavailableException;
import liandong.publication.LifecycleException;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import liandong.wire.Json;
import liandong.wire.ProblemJson;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Whatever goes wrong is answered as a problem (RFC 9457), in words that name no class. */
@RestControllerAdvice
class ProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final RequestPointer ROOT = new RequestPointer("");

    @ExceptionHandler({
        BadRequestException.class,
        LifecycleException.class,
        DecisionFailedException.class,
        UnavailableException.class,
        RuntimeException.class
    })
    ResponseEntity<byte[]> refused(Exception e, HttpServletRequest request) {
        Refusal refusal = Refusal.of(e);
        ResponseEntity<byte[]> answer = problem(refusal.status(), refusal.problems(), request);
        return refusal.retryAfter() == null
                ? answer
                : ResponseEntity.status(answer.getStatusCode())
                        .headers(answer.getHeaders())
                        .header(HttpHeaders.RETRY_AFTER, String.valueOf(refusal.retryAfter()))
                        .body(answer.getBody());
    }

    @ExceptionHandler
    ResponseEntity<byte[]> notThere(NotThereException e, HttpServletRequest request) {
        return e.problem() == null ? notFound(request) : problem(HttpStatus.NOT_FOUND, List.of(e.problem()), request);
    }

    @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
    ResponseEntity<byte[]> notFound(HttpServletRequest request) {
        return problem(
                HttpStatus.NOT_FOUND, List.of(Problem.of(Code.NOT_FOUND, ROOT, request.getRequestURI())), request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> method(HttpRequestMethodNotSupportedException e, HttpServletRequest request) {
        String[] supported = e.getSupportedMethods();
        String possible = supported == null ? "" : String.join(", ", supported);
        return problem(
                HttpStatus.METHOD_NOT_ALLOWED,
                List.of(Problem.of(Code.METHOD_NOT_ALLOWED, ROOT, e.getMethod(), possible)),
                request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> mediaType(HttpMediaTypeNotSupportedException e, HttpServletRequest request) {
        String sent = request.getContentType();
        String charset = BodyInterceptor.otherCharset(sent);
        Problem problem;
        if (sent == null || sent.isBlank()) {
            problem = Problem.of(Code.MISSING_MEDIA_TYPE, ROOT);
        } else if (charset != null) {
            problem = Problem.of(Code.UNSUPPORTED_CHARSET, ROOT, FactReader.shortened(charset));
        } else {
            problem = Problem.of(
                    Code.UNSUPPORTED_MEDIA_TYPE,
                    ROOT,
                    header(request, HttpHeaders.CONTENT_TYPE),
                    types(e.getSupportedMediaTypes()));
        }
        return problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, List.of(problem), request);
    }

    /** Of all parameters only {@code annotated} is of a type that not every text has. */
    @ExceptionHandler
    ResponseEntity<byte[]> parameter(MethodArgumentTypeMismatchException e, HttpServletRequest request) {
        String sent = FactReader.shortened(String.valueOf(e.getValue()));
        return problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                List.of(Problem.of(Code.UNKNOWN_CHOICE, new FileRef(e.getName()), sent, "true, false")),
                request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> tooLarge(MaxUploadSizeExceededException e, HttpServletRequest request) {
        return problem(
                HttpStatus.CONTENT_TOO_LARGE,
                List.of(Problem.of(
                        Code.TOO_LARGE, ROOT, CheckController.PART, (CheckController.MAX_FILE >> 20) + " MiB")),
                request);
    }

    @ExceptionHandler({MissingServletRequestPartException.class, MultipartException.class})
    ResponseEntity<byte[]> part(HttpServletRequest request) {
        return problem(
                HttpStatus.BAD_REQUEST, List.of(Problem.of(Code.MISSING_PART, ROOT, CheckController.PART)), request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> accept(HttpMediaTypeNotAcceptableException e, HttpServletRequest request) {
        return problem(
                HttpStatus.NOT_ACCEPTABLE,
                List.of(Problem.of(
                        Code.UNSUPPORTED_MEDIA_TYPE,
                        ROOT,
                        header(request, HttpHeaders.ACCEPT),
                        types(e.getSupportedMediaTypes()))),
                request);
    }

    /** A header as it was sent, e.g. {@code Content-Type: text/plain}, or that it was not. */
    private static String header(HttpServletRequest request, String name) {
        return name + ": " + FactReader.shortened(Objects.requireNonNullElse(request.getHeader(name), "–"));
    }

    private static String types(List<MediaType> types) {
        return types.stream().map(MediaType::toString).distinct().collect(Collectors.joining(", "));
    }

    /** What stands behind the question mark of an address, and cannot be decoded. */
    @ExceptionHandler
    ResponseEntity<byte[]> undecodable(InvalidParameterException e, HttpServletRequest request) {
        return problem(HttpStatus.BAD_REQUEST, List.of(Problem.of(ServerValve.unreadable(request), ROOT)), request);
    }

    /** A caller who hangs up is nobody's fault and can be told nothing; one who stopped sending may still listen. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<byte[]> gone(IOException e, HttpServletRequest request) {
        LOG.debug("the caller hung up", e);
        return SlowCallers.brokeOff(request)
                ? problem(HttpStatus.BAD_REQUEST, List.of(Problem.of(Code.BODY_BROKEN_OFF, ROOT)), request)
                : null;
    }

    /** What a route would answer to the same, for those who answer it by another protocol. */
    ResponseEntity<byte[]> told(Exception e, HttpServletRequest request) {
        return refused(e, request);
    }

    private static ResponseEntity<byte[]> problem(
            HttpStatus status, List<Problem> problems, HttpServletRequest request) {
        if (GeoReport.isFor(request)) {
            GeoReport.Answer told = GeoReport.refusal(request, status.value(), problems);
            ResponseEntity.BodyBuilder answer = ResponseEntity.status(told.status());
            ErrorResponses.close(request, answer::header);
            return answer.header(HttpHeaders.CONTENT_TYPE, told.mediaType()).body(told.body());
        }
        String json = Json.write(ProblemJson.of(status.value(), problems, Locales.of(request)));
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        ErrorResponses.close(request, answer::header);
        return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(json.getBytes(StandardCharsets.UTF_8));
    }
}
