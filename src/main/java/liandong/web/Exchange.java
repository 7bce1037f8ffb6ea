package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import liandong.problem.Code;
import liandong.problem.Pointer;
import liandong.problem.Problem;
import liandong.wire.BadRequestException;
import liandong.wire.Desk;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import org.springframework.http.MediaType;

/** Carries requests to a desk and answers back, the same for every kind of decision. */
final class Exchange {
    private Exchange() {}

    /** One request, one answer. */
    static void one(HttpServletRequest request, HttpServletResponse response, Desk<?, ?> desk)
            throws IOException, BadRequestException {
        byte[] body = request.getInputStream().readNBytes(Desk.MAX_LENGTH + 1);
        Pointer root = new Pointer("");
        if (body.length > Desk.MAX_LENGTH) {
            throw new BadRequestException(false, List.of(Problem.of(Code.TOO_LARGE, root, "> 1 MiB", Desk.MAX_LENGTH)));
        }
        String text = Ndjson.decoded(body);
        if (text == null) {
            throw new BadRequestException(false, List.of(Problem.of(Code.BAD_JSON, root, "UTF-8")));
        }
        byte[] answer = Json.write(desk.answer(text)).getBytes(StandardCharsets.UTF_8);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(answer.length);
        response.getOutputStream().write(answer);
    }

    /** A stream of requests, one a line, each answered as it comes. */
    static void many(HttpServletRequest request, HttpServletResponse response, Desk<?, ?> desk) throws IOException {
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        new Ndjson(desk::answer, Locales.of(request))
                .answer(request.getInputStream(), response.getOutputStream(), (bytes, good) -> {});
    }
}
