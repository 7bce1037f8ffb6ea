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
import liandong.wire.Json;
import liandong.wire.Ndjson;
import liandong.wire.RoutingDesk;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/routing}: one report, or a stream of them. */
@RestController
class RoutingController {
    private final RoutingDesk desk;

    RoutingController(RoutingDesk desk) {
        this.desk = desk;
    }

    /** Routes one report. */
    @PostMapping(path = "/v1/routing", consumes = MediaType.APPLICATION_JSON_VALUE)
    void one(HttpServletRequest request, HttpServletResponse response) throws IOException, BadRequestException {
        byte[] body = request.getInputStream().readNBytes(RoutingDesk.MAX_LENGTH + 1);
        Pointer root = new Pointer("");
        if (body.length > RoutingDesk.MAX_LENGTH) {
            throw new BadRequestException(
                    false, List.of(Problem.of(Code.TOO_LARGE, root, "> 1 MiB", RoutingDesk.MAX_LENGTH)));
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

    /** Routes a stream of reports, one a line, answering each as it comes. */
    @PostMapping(path = "/v1/routing", consumes = MediaType.APPLICATION_NDJSON_VALUE)
    void many(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        new Ndjson(desk, Locales.of(request))
                .answer(request.getInputStream(), response.getOutputStream(), (bytes, good) -> {});
    }
}
