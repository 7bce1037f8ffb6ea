package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/jobs/…}: what was asked for and is answered later. Nobody sees a job but who began it. */
@RestController
class JobController {
    private final LaterAnswers later;

    JobController(LaterAnswers later) {
        this.later = later;
    }

    @GetMapping(LaterAnswers.PATH + "{id}")
    ResponseEntity<byte[]> state(@PathVariable("id") String id, HttpServletRequest request) throws NotThereException {
        return later.state(id, Callers.of(request));
    }

    @GetMapping(LaterAnswers.PATH + "{id}/result")
    ResponseEntity<byte[]> result(@PathVariable("id") String id, HttpServletRequest request) throws NotThereException {
        return later.result(id, Callers.of(request), Locales.of(request));
    }

    @DeleteMapping(LaterAnswers.PATH + "{id}")
    ResponseEntity<byte[]> cancel(@PathVariable("id") String id, HttpServletRequest request) throws NotThereException {
        return later.cancel(id, Callers.of(request));
    }
}
