package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.wire.Json;
import liandong.wire.ProblemJson;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Says no to requests that no controller gets to see, in the words that controllers use. */
final class ErrorResponses {
    /** What was shown does not count (RFC 6750). */
    private static final String REFUSED = "Bearer error=\"invalid_token\"";

    private ErrorResponses() {}

    /** Whoever still sends what nobody will read is told that the connection ends here. */
    static void close(HttpServletRequest request, BiConsumer<String, String> header) {
        if (!Bodies.isRead(request)) {
            header.accept(HttpHeaders.CONNECTION, "close");
        }
    }

    static void write(
            HttpServletRequest request, HttpServletResponse response, HttpStatus status, Code code, Object... args)
            throws IOException {
        Problem problem = Problem.of(code, new RequestPointer(""), args);
        if (GeoReport.isFor(request)) {
            GeoReport.Answer answer = GeoReport.refusal(request, status.value(), List.of(problem));
            close(request, response::setHeader);
            write(response, answer.status(), answer.mediaType(), answer.body());
            return;
        }
        byte[] json = Json.write(ProblemJson.of(status.value(), List.of(problem), Locales.of(request)))
                .getBytes(StandardCharsets.UTF_8);
        if (status == HttpStatus.UNAUTHORIZED) {
            response.setHeader(
                    HttpHeaders.WWW_AUTHENTICATE, code == Code.NO_KEY || code == Code.NAMELESS ? "Bearer" : REFUSED);
        }
        close(request, response::setHeader);
        write(response, status.value(), MediaType.APPLICATION_PROBLEM_JSON_VALUE, json);
    }

    private static void write(HttpServletResponse response, int status, String mediaType, byte[] body)
            throws IOException {
        response.setStatus(status);
        response.setContentType(mediaType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
