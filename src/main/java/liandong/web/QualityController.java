package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import liandong.journal.Archive;
import liandong.journal.DecisionQuery;
import liandong.journal.DecisionQueryParser;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.quality.Quality;
import liandong.quality.QualityReport;
import liandong.quality.QualityWorkbook;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/quality}: which rows are to be mended, by what came of the cases that they decided. */
@RestController
class QualityController {
    /** So many cases are looked at for one request: more take longer than a caller waits. */
    static final int MOST_CASES = 100_000;

    static final int MOST_ROWS = 10_000;
    static final int USUAL_ROWS = 50;

    private static final MediaType WORKBOOK =
            MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final Archive archive;
    private final Supplier<Policy> policy;
    private final Clock clock;
    private final HeavyWork heavyWork;
    private final LaterAnswers later;

    QualityController(Archive archive, Supplier<Policy> policy, Clock clock, HeavyWork heavyWork, LaterAnswers later) {
        this.later = later;
        this.archive = archive;
        this.policy = policy;
        this.clock = clock;
        this.heavyWork = heavyWork;
    }

    @Heavy
    @GetMapping("/v1/quality")
    ResponseEntity<byte[]> quality(@RequestParam Map<String, String> given, HttpServletRequest request)
            throws IOException, BadRequestException, NotThereException {
        var problems = new ArrayList<Problem>();
        Policy by = policy.get();
        DecisionQuery period = new DecisionQueryParser(by.calendar().zone(), problems::add).read(given);
        String format = QueryValues.one(given, "format", List.of("json", "xlsx"), problems);
        int most = QueryValues.number(given, "most", MOST_ROWS, USUAL_ROWS, problems);
        if (!problems.isEmpty()) {
            throw new BadRequestException(true, problems);
        }
        Instant to = period.to() == null ? clock.instant() : period.to();
        return later.answer(
                request,
                watch -> heavyWork.run(watch, () -> {
                    Quality found = Quality.of(archive, period.from(), to, MOST_CASES, cases -> watch.goOn(cases, 0));
                    return format.equals("xlsx") ? workbook(found.report(by, MOST_ROWS)) : json(found.report(by, most));
                }));
    }

    private static ResponseEntity<byte[]> json(QualityReport report) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.write(report).getBytes(StandardCharsets.UTF_8));
    }

    private static ResponseEntity<byte[]> workbook(QualityReport report) throws IOException {
        var bytes = new ByteArrayOutputStream();
        QualityWorkbook.write(report, bytes);
        return ResponseEntity.ok()
                .contentType(WORKBOOK)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("quality.xlsx")
                                .build()
                                .toString())
                .body(bytes.toByteArray());
    }
}
