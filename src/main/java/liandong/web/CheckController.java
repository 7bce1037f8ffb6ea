package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import liandong.check.CheckResult;
import liandong.check.PolicyCheck;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.policy.SentPolicy;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.wire.BadRequestException;
import liandong.wire.CheckJson;
import liandong.wire.Json;
import liandong.workbook.Annotated;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * {@code POST /v1/check}: what is wrong with a workbook, or a policy, that somebody means to serve.
 *
 * <p>Rules are code, so none are taken from a caller: what is sent is checked with those of the policy that is served.
 */
@RestController
class CheckController {
    static final String PART = "file";
    static final int MAX_FILE = 16 << 20;
    /** Tells, in a zip of marked copies, of the workbooks that could not be marked. */
    private static final String TABLES = "decision-tables/";

    static final String UNMARKED = "unmarked.txt";

    private static final MediaType WORKBOOK =
            MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    private static final MediaType ZIP = MediaType.parseMediaType("application/zip");
    private static final int LONGEST_NAME = 100;

    private final Supplier<Policy> policy;
    private final Clock clock;
    private final HeavyWork heavyWork;
    private final LaterAnswers later;
    private final KeyedChanges keyed;
    private volatile @Nullable LastCheck lastCheck;

    CheckController(Supplier<Policy> policy, Clock clock, HeavyWork heavyWork, LaterAnswers later, KeyedChanges keyed) {
        this.keyed = keyed;
        this.later = later;
        this.policy = policy;
        this.clock = clock;
        this.heavyWork = heavyWork;
    }

    @Heavy
    @PostMapping(path = "/v1/check", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<byte[]> check(
            @RequestParam(PART) MultipartFile file,
            @RequestParam(name = "annotated", defaultValue = "false") boolean annotated,
            HttpServletRequest request)
            throws IOException, BadRequestException, NotThereException {
        QueryInterceptor.demandParts(request);
        Sent sent = sent(name(file.getOriginalFilename()), file.getBytes());
        boolean marked = annotated || accepts(request, WORKBOOK);
        Locale locale = Locales.of(request);
        KeyedChanges.Asked asked = KeyedChanges.asked(
                request,
                String.valueOf(file.getOriginalFilename()).getBytes(StandardCharsets.UTF_8),
                file.getBytes(),
                new byte[] {(byte) (marked ? 1 : 0)});
        return later.answer(
                request,
                asked,
                watch -> keyed.answer(asked, along -> heavyWork.run(watch, () -> checked(sent, marked, locale))));
    }

    private ResponseEntity<byte[]> checked(Sent sent, boolean annotated, Locale locale)
            throws IOException, BadRequestException {
        CheckResult checked = PolicyCheck.of(sent.files(), clock.instant());
        if (annotated) {
            List<Problem> findings = findings(sent, checked);
            return sent.workbook() == null
                    ? zip(sent, findings, locale)
                    : workbook(sent, sent.workbook(), findings, locale);
        }
        String json = Json.write(json(sent, checked, locale));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Problem> findings(Sent sent, CheckResult checked) {
        var findings = new ArrayList<>(checked.problems());
        findings.addAll(sent.problems());
        findings.sort(Problem.BY_PLACE);
        return findings;
    }

    private static CheckJson json(Sent sent, CheckResult checked, Locale locale) {
        return CheckJson.of(sent.files(), findings(sent, checked), checked.policy() != null, locale);
    }

    /** What is wrong with a workbook, in the place of its like in the policy that is served. */
    CheckJson found(String name, byte[] bytes, Locale locale) throws BadRequestException {
        Sent sent = sent(name, bytes);
        return json(sent, PolicyCheck.of(sent.files(), clock.instant()), locale);
    }

    /**
     * What was found in the policy that was served.
     *
     * @param content the hash of the policy
     * @param day the day it was looked at, as rows begin and end
     */
    private record LastCheck(String content, LocalDate day, List<Problem> problems, boolean usable) {}

    /** What is wrong with the policy that is served. Looked at once a day: it takes up to a minute. */
    CheckJson served(Locale locale) {
        Policy live = policy.get();
        PolicyFiles files = live.files();
        String content = files.content();
        LocalDate day = live.day(clock.instant());
        LastCheck last = lastCheck;
        if (last == null || !last.content().equals(content) || !last.day().equals(day)) {
            CheckResult result = PolicyCheck.of(files, clock.instant());
            last = new LastCheck(content, day, result.problems(), result.policy() != null);
            lastCheck = last;
        }
        return CheckJson.of(files, last.problems(), last.usable(), locale);
    }

    private static boolean accepts(HttpServletRequest request, MediaType type) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains(type.toString());
    }

    /** The file's own name; whatever else a caller may have put into it stays out of answers. */
    static String name(@Nullable String sent) {
        String name = sent == null ? "" : sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        String plain = name.replaceAll("[\\p{Cc}\\p{Cf}\"<>|:*?]", "").strip();
        return plain.isEmpty() ? "workbook.xlsx" : plain.substring(Math.max(0, plain.length() - LONGEST_NAME));
    }

    /**
     * What a caller sent.
     *
     * @param files the policy to check
     * @param workbook the path of the one workbook within the policy; null when a whole policy was sent
     * @param problems what is wrong with the sending itself
     */
    private record Sent(PolicyFiles files, @Nullable String workbook, List<Problem> problems) {}

    private Sent sent(String name, byte[] bytes) throws BadRequestException {
        PolicyFiles served = policy.get().files();
        var problems = new ArrayList<Problem>();
        if (PolicyFiles.isRule(name)) {
            problems.add(Problem.of(Code.RULES_NOT_CHECKED, new FileRef("rules/" + name), name));
            throw new BadRequestException(true, problems);
        }
        String workbook = PolicyFiles.plain(name);
        SentPolicy sent = SentPolicy.of(workbook, bytes, problems::add);
        if (sent == null) {
            throw new BadRequestException(true, problems);
        }
        PolicyFiles files = sent.whole();
        if (files == null) {
            PolicyFiles onto = sent.onto(served, problems::add);
            if (onto == null) {
                throw new BadRequestException(true, problems);
            }
            String path = onto.files().entrySet().stream()
                    .filter(each -> each.getValue() == bytes)
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow();
            return new Sent(onto, path, List.of());
        }
        files.rules().forEach((rule, content) -> {
            if (!Arrays.equals(content, served.rules().get(rule))) {
                problems.add(Problem.of(Code.RULES_NOT_CHECKED, new FileRef("rules/" + rule), rule));
            }
        });
        return new Sent(files.withRulesOf(served), null, problems);
    }

    private static ResponseEntity<byte[]> workbook(Sent sent, String path, List<Problem> findings, Locale locale)
            throws BadRequestException {
        var problems = new ArrayList<Problem>();
        String name = path.substring(path.lastIndexOf('/') + 1);
        byte[] copy = annotated(sent.files(), path, findings, locale, problems);
        if (copy == null) {
            problems.removeIf(each -> !each.code().isError());
            throw new BadRequestException(true, problems);
        }
        return attachment(name, WORKBOOK, copy);
    }

    /** All of the policy's workbooks, those with findings marked; one that cannot be marked as it was sent, and told. */
    private static ResponseEntity<byte[]> zip(Sent sent, List<Problem> findings, Locale locale) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var problems = new ArrayList<Problem>();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> each : sent.files().tables().entrySet()) {
                boolean marked = findings.stream().anyMatch(finding -> isIn(each.getKey(), finding));
                byte[] copy = marked
                        ? annotated(sent.files(), TABLES + each.getKey(), findings, locale, problems)
                        : each.getValue();
                zip.putNextEntry(new ZipEntry(TABLES + each.getKey()));
                zip.write(copy == null ? each.getValue() : copy);
            }
            problems.removeIf(each -> !each.code().isError()); // the rest is listed in the copies
            if (!problems.isEmpty()) {
                zip.putNextEntry(new ZipEntry(UNMARKED));
                for (Problem problem : problems) {
                    zip.write((problem.line(locale) + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return attachment(sent.files().label(), ZIP, bytes.toByteArray());
    }

    private static byte @Nullable [] annotated(
            PolicyFiles files, String path, List<Problem> findings, Locale locale, List<Problem> problems) {
        Map<String, byte[]> workbooks = files.tables();
        String name = path.substring(path.lastIndexOf('/') + 1);
        // A scenario workbook may have the name of a table's: what is found in that is none of its.
        boolean table = path.equals(TABLES + name);
        List<Problem> own = findings.stream()
                .filter(each -> (table && isIn(name, each))
                        || workbooks.keySet().stream().noneMatch(other -> isIn(other, each)))
                .toList();
        byte[] workbook = Objects.requireNonNull(files.files().get(path));
        return Annotated.copy(name, workbook, own, locale, problems::add);
    }

    private static boolean isIn(String file, Problem problem) {
        return problem.at().file().equals(file);
    }

    private static ResponseEntity<byte[]> attachment(String name, MediaType type, byte[] content) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(content);
    }
}
