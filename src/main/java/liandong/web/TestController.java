package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.scenario.Coverage;
import liandong.scenario.ScenarioReader;
import liandong.scenario.Scenarios;
import liandong.scenario.TestReport;
import liandong.scenario.TestReportJson;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/test}: runs scenarios against the policy that is served. */
@RestController
class TestController {
    private static final int MOST_BYTES = 16 << 20;
    private static final List<MediaType> TAKEN =
            List.of(MediaType.parseMediaType(Operations.XLSX), MediaType.APPLICATION_OCTET_STREAM);

    private final Supplier<Policy> policy;
    private final HeavyWork heavyWork;
    private final LaterAnswers later;
    private final KeyedChanges keyed;

    TestController(Supplier<Policy> policy, HeavyWork heavyWork, LaterAnswers later, KeyedChanges keyed) {
        this.later = later;
        this.keyed = keyed;
        this.policy = policy;
        this.heavyWork = heavyWork;
    }

    /**
     * The body is one scenario workbook; none for the scenarios of the policy itself. A workbook is taken whatever it is said
     * to be, as some programs call every body a form; of anything else it is said what is taken.
     */
    @Heavy
    @PostMapping("/v1/test")
    ResponseEntity<byte[]> test(HttpServletRequest request)
            throws IOException, BadRequestException, NotThereException, HttpMediaTypeNotSupportedException {
        byte[] body = Bodies.read(request, MOST_BYTES, "16 MiB");
        String type = request.getContentType();
        boolean zipped = body.length > 1 && body[0] == 'P' && body[1] == 'K';
        if (body.length > 0
                && !zipped
                && type != null
                && TAKEN.stream().noneMatch(each -> type.strip().startsWith(each.toString()))) {
            throw new HttpMediaTypeNotSupportedException(type, TAKEN);
        }
        Locale locale = Locales.of(request);
        KeyedChanges.Asked asked = KeyedChanges.asked(request, body);
        return later.answer(
                request,
                asked,
                watch -> keyed.answer(asked, along -> heavyWork.run(watch, () -> tested(body, locale, watch))));
    }

    private ResponseEntity<byte[]> tested(byte[] body, Locale locale, Watch watch) throws BadRequestException {
        byte[] json = Json.write(report(body, locale, watch)).getBytes(StandardCharsets.UTF_8);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json);
    }

    /** What came of the scenarios in a workbook; of those of the policy itself when it is empty. */
    TestReportJson report(byte[] body, Locale locale, Watch watch) throws BadRequestException {
        Policy current = policy.get();
        SortedMap<String, byte[]> workbooks =
                body.length == 0 ? current.files().scenarios() : new TreeMap<>(Map.of("scenarios.xlsx", body));
        Scenarios scenarios = ScenarioReader.read(current, workbooks);
        if (body.length > 0 && scenarios.isEmpty()) {
            throw new BadRequestException(
                    true,
                    scenarios.problems().isEmpty()
                            ? List.of(Problem.of(Code.NO_SCENARIO, new RequestPointer("")))
                            : scenarios.problems());
        }
        var coverage = new Coverage(current);
        var done = new AtomicLong();
        TestReport report = coverage.run(scenarios, () -> watch.goOn(done.incrementAndGet(), scenarios.size()));
        return TestReportJson.of(report, coverage, locale);
    }
}
