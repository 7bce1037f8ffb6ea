package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import liandong.journal.Journal;
import liandong.problem.Code;
import liandong.problem.Pointer;
import liandong.problem.Problem;
import liandong.wire.BadRequestException;
import liandong.wire.Desk;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import liandong.wire.Reply;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Carries requests to a desk, its answers into the journal and then back, the same for every kind of decision. */
@Component
class Exchange {
    private final Journal journal;

    Exchange(Journal journal) {
        this.journal = journal;
    }

    /** One request, one answer. */
    void one(HttpServletRequest request, HttpServletResponse response, Desk<?, ?> desk)
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
        Reply reply = journal.answer(desk, Json.read(text), Callers.of(request).name());
        byte[] answer = reply.json().getBytes(StandardCharsets.UTF_8);
        reply.kept().await();
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(answer.length);
        response.getOutputStream().write(answer);
    }

    /** A stream of requests, one a line, each answered as it comes. */
    void many(HttpServletRequest request, HttpServletResponse response, Desk<?, ?> desk) throws IOException {
        String caller = Callers.of(request).name();
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        new Ndjson(Locales.of(request), text -> journal.answer(desk, Json.read(text), caller))
                .answer(request.getInputStream(), response.getOutputStream(), (bytes, good) -> {});
    }
}
