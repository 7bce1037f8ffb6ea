package liandong.console;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.access.Caller;
import liandong.access.Role;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyHistory;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Mend;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.publication.CheckOutcome;
import liandong.publication.LivePolicy;
import liandong.publication.PolicyDiff;
import liandong.publication.PolicyLifecycle;
import liandong.publication.Proposal;
import liandong.publication.Proposal.State;
import liandong.publication.Proposal.What;
import liandong.publication.Publication;
import liandong.scenario.Cases.Result;
import liandong.web.Callers;
import liandong.web.Heavy;
import liandong.web.HeavyWork;
import liandong.web.Uploads;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import liandong.workbook.Annotated;
import liandong.workbook.Mended;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/**
 * {@code /console/changes}: a policy's way from workbooks that somebody drops here to what is live: findings at their cells,
 * what differs, scenarios, agreement by somebody else, publication, and back.
 */
@Controller
class ChangeController {
    private static final MediaType WORKBOOK =
            MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    private static final int MOST_FAILED = 100;
    private static final int MOST_ROWS = 50;

    private final PolicyLifecycle life;
    private final PolicyHistory history;
    private final Supplier<Policy> policy;
    private final Uploads uploads;
    private final Checks checks;
    private final HeavyWork heavyWork;

    ChangeController(PolicyLifecycle life, PolicyHistory history, Uploads uploads, Checks checks, HeavyWork heavyWork) {
        this.life = life;
        this.history = history;
        this.policy = history;
        this.uploads = uploads;
        this.checks = checks;
        this.heavyWork = heavyWork;
    }

    /** What a person may do with a policy as it stands. */
    record May(
            boolean put,
            boolean check,
            boolean approve,
            boolean publish,
            boolean withdraw,
            boolean back,
            boolean remark) {}

    /** A step of a policy's life, with what was said about it. */
    record Happened(String what, String person, Instant at, String note) {}

    /** A scenario that was answered otherwise than expected. */
    record Failed(String id, String title, String at, List<String> lines) {}

    @GetMapping("/console/changes")
    String list(HttpServletRequest request, Model model) {
        Caller caller = Callers.of(request);
        model.addAttribute("proposals", life.list());
        model.addAttribute("zone", zone());
        model.addAttribute("edits", caller.roles().contains(Role.EDITOR));
        return "changes";
    }

    private ZoneId zone() {
        return policy.get().calendar().zone();
    }

    /** Workbooks, or a zip, become a proposal. */
    @Heavy
    @PostMapping("/console/changes")
    String propose(
            @RequestParam(name = "files", required = false) @Nullable List<MultipartFile> files,
            @RequestParam(name = "label", defaultValue = "") String label,
            @RequestParam(name = "reason", defaultValue = "") String reason,
            HttpServletRequest request)
            throws IOException, BadRequestException {
        Map<String, byte[]> sent = sent(files);
        String person = Callers.of(request).name();
        long no = heavyWork.run(() -> life.propose(
                        uploads.sent(sent, life.liveFiles(), label).files(), person, reason)
                .no());
        return "redirect:/console/changes/" + no;
    }

    /** More workbooks are put into a proposal. */
    @Heavy
    @PostMapping("/console/changes/{n}/put")
    String put(
            @PathVariable("n") String n,
            @RequestParam(name = "files", required = false) @Nullable List<MultipartFile> files,
            @RequestParam(name = "content", defaultValue = "") String seen,
            HttpServletRequest request)
            throws IOException, BadRequestException {
        long no = number(n);
        Map<String, byte[]> sent = sent(files);
        String person = Callers.of(request).name();
        heavyWork.run(() -> {
            PolicyFiles draft = life.files(no);
            return life.put(
                    no,
                    uploads.sent(sent, draft, draft.label()).files(),
                    draft.content(),
                    seen.isEmpty() ? null : seen,
                    person);
        });
        return "redirect:/console/changes/" + no;
    }

    private static Map<String, byte[]> sent(@Nullable List<MultipartFile> files)
            throws IOException, BadRequestException {
        var sent = new LinkedHashMap<String, byte[]>();
        for (MultipartFile file : files == null ? List.<MultipartFile>of() : files) {
            String name = file.getOriginalFilename();
            if (name != null && !name.isEmpty() && !file.isEmpty()) {
                sent.put(name, file.getBytes());
            }
        }
        if (sent.isEmpty()) {
            throw new BadRequestException(
                    true, List.of(Problem.of(Code.MISSING_PART, new RequestPointer(""), "files")));
        }
        return sent;
    }

    @GetMapping("/console/changes/{n}")
    String one(@PathVariable("n") String n, HttpServletRequest request, Model model) {
        Proposal proposal = life.get(number(n));
        fill(model, proposal, Callers.of(request));
        return "change";
    }

    private void fill(Model model, Proposal proposal, Caller caller) {
        model.addAttribute("proposal", proposal);
        model.addAttribute("zone", zone());
        model.addAttribute("may", may(proposal, caller));
        model.addAttribute("own", proposal.authors().contains(caller.name()));
        model.addAttribute(
                "agreed",
                proposal.approvals().stream().anyMatch(each -> each.person().equals(caller.name())));
        model.addAttribute(
                "log", proposal.log().stream().map(ChangeController::happened).toList());
        CheckOutcome outcome = checks.outcome(proposal.content());
        model.addAttribute("outcome", outcome);
        model.addAttribute("failed", outcome == null ? List.of() : failed(outcome));
        model.addAttribute("last", proposal.publication());
        model.addAttribute("meanwhile", life.meanwhile(proposal.no()));
    }

    private static Happened happened(Proposal.Entry entry) {
        boolean counts = entry.what() == What.CHECKED || entry.what() == What.FAILED;
        return new Happened(
                entry.what().name(), entry.person(), entry.at(), counts ? counted(entry.note()) : entry.note());
    }

    /** What a check counted, in words: {@code "ERROR 1, NOTE 2"}. */
    private static String counted(String note) {
        Locale locale = LocaleContextHolder.getLocale();
        return Stream.of(note.split(", ", -1))
                .map(each -> each.split(" ", 2))
                .filter(each -> each.length == 2)
                .map(each -> Say.of(locale, "count." + each[0], each[1]))
                .collect(Collectors.joining(locale.getLanguage().equals("zh") ? "，" : ", "));
    }

    private static May may(Proposal proposal, Caller caller) {
        State state = proposal.state();
        boolean open = state == State.DRAFT || state == State.CHECKED || state == State.APPROVED;
        boolean edits = caller.roles().contains(Role.EDITOR);
        boolean approves = caller.roles().contains(Role.APPROVER);
        boolean works = edits || approves || caller.roles().contains(Role.TESTER);
        return new May(
                open && edits,
                open && works,
                (state == State.CHECKED || state == State.APPROVED) && approves,
                state == State.APPROVED && approves,
                (open || state == State.SCHEDULED) && (edits || approves),
                state == State.RETIRED && approves,
                (open || state == State.SCHEDULED) && works);
    }

    private static List<Failed> failed(CheckOutcome outcome) {
        var test = outcome.test();
        return test == null
                ? List.of()
                : test.asked().stream()
                        .filter(result -> !result.passed())
                        .limit(MOST_FAILED)
                        .map(ChangeController::failed)
                        .toList();
    }

    private static Failed failed(Result result) {
        var lines = new ArrayList<String>();
        result.checks().stream()
                .filter(check -> !check.held())
                .forEach(check -> lines.add(check.expectation().header() + "："
                        + check.expectation().text() + " → "
                        + (check.actual().isEmpty() ? "—" : check.actual())));
        result.problems().forEach(problem -> lines.add(problem.line(LocaleContextHolder.getLocale())));
        return new Failed(
                result.scenario().id(),
                result.scenario().title(),
                result.scenario().at().toString(),
                lines);
    }

    /** What was found in a proposal, each at its cell; a piece of its page. */
    @Heavy
    @GetMapping("/console/changes/{n}/findings")
    String findings(@PathVariable("n") String n, HttpServletRequest request, Model model)
            throws IOException, BadRequestException {
        Proposal proposal = life.get(number(n));
        PolicyFiles files = life.files(proposal.no());
        model.addAttribute("content", files.content());
        model.addAttribute("mends", may(proposal, Callers.of(request)).put());
        List<Problem> problems = checks.problems(files);
        Map<String, byte[]> tables = files.tables();
        model.addAttribute("n", n);
        model.addAttribute("total", problems.size());
        model.addAttribute(
                "errors",
                problems.stream().filter(each -> each.code().isError()).count());
        model.addAttribute("most", Findings.MOST);
        List<Findings.Finding> found = Findings.of(files, problems, LocaleContextHolder.getLocale());
        model.addAttribute("found", found);
        model.addAttribute(
                "notes",
                found.stream().filter(each -> each.severity().equals("note")).count());
        model.addAttribute(
                "marked",
                problems.stream()
                        .map(problem -> problem.at().file())
                        .filter(tables::containsKey)
                        .distinct()
                        .sorted()
                        .toList());
        return "findings";
    }

    /** What a finding says should stand in its cell is written there: what the button said, and nothing else. */
    @Heavy
    @PostMapping("/console/changes/{n}/mend")
    String mend(
            @PathVariable("n") String n,
            @RequestParam(name = "at", defaultValue = "") String at,
            @RequestParam(name = "code", defaultValue = "") String code,
            @RequestParam(name = "mended", defaultValue = "") String wanted,
            @RequestParam(name = "content", defaultValue = "") String seen,
            HttpServletRequest request)
            throws IOException, BadRequestException {
        long no = number(n);
        String person = Callers.of(request).name();
        PolicyFiles draft = life.files(no);
        // One cell may have several findings of a kind, such as two mistyped words: each has a mend of its own.
        List<Problem> found = checks.problems(draft).stream()
                .filter(each ->
                        each.code().name().equals(code) && each.at().toString().equals(at))
                .toList();
        Problem problem = found.stream()
                .filter(each -> wanted.equals(Findings.mended(draft, each)))
                .findFirst()
                .orElseThrow(() -> found.isEmpty() ? missing(at) : missing(at + " → " + wanted));
        heavyWork.run(() -> {
            Mended.Result mended = mended(draft, problem);
            return life.put(
                    no,
                    uploads.sent(Map.of(problem.at().file(), mended.bytes()), draft, draft.label())
                            .files(),
                    draft.content(),
                    seen,
                    person,
                    problem.at() + ": " + mended.from() + " → " + mended.to());
        });
        return "redirect:/console/changes/" + no;
    }

    /** The workbook of a finding with its mend in it. */
    private static Mended.Result mended(PolicyFiles draft, Problem problem) throws BadRequestException {
        var problems = new ArrayList<Problem>();
        byte[] workbook = Findings.workbook(draft, problem.at().file());
        Mend mend = Mend.of(problem);
        Mended.Result mended = workbook != null && mend != null && problem.at() instanceof CellRef cell
                ? Mended.of(workbook, cell, mend, problems::add)
                : null;
        if (mended == null) {
            // It is still what it was, and now for a person to mend.
            throw new BadRequestException(true, problems.isEmpty() ? List.of(problem) : problems);
        }
        return mended;
    }

    /** What a proposal would change, by row and cell; a piece of its page. */
    @Heavy
    @GetMapping("/console/changes/{n}/difference")
    String difference(@PathVariable("n") String n, HttpServletRequest request, Model model)
            throws IOException, BadRequestException {
        Proposal proposal = life.get(number(n));
        PolicyDiff diff = heavyWork.run(() -> life.diff(proposal.no(), null));
        model.addAttribute("n", proposal.no());
        model.addAttribute("content", proposal.content());
        model.addAttribute("zone", zone());
        model.addAttribute("mayRemark", may(proposal, Callers.of(request)).remark());
        model.addAttribute(
                "remarks", proposal.remarks().stream().collect(Collectors.groupingBy(Proposal.Remark::place)));
        model.addAttribute("diff", diff);
        model.addAttribute("most", MOST_ROWS);
        return "difference";
    }

    /** What was made live since a proposal was begun, and what comes of bringing both together; a piece of its page. */
    @Heavy
    @GetMapping("/console/changes/{n}/meanwhile")
    String meanwhile(@PathVariable("n") String n, HttpServletRequest request, Model model)
            throws IOException, BadRequestException {
        Proposal proposal = life.get(number(n));
        Publication live = life.meanwhile(proposal.no());
        model.addAttribute("n", proposal.no());
        model.addAttribute("content", proposal.content());
        model.addAttribute("live", live);
        if (live != null) {
            model.addAttribute("zone", zone());
            model.addAttribute("merges", may(proposal, Callers.of(request)).put());
            model.addAttribute("merge", heavyWork.run(() -> life.merge(proposal.no())));
            model.addAttribute("most", MOST_ROWS);
        }
        return "meanwhile";
    }

    @Heavy
    @PostMapping("/console/changes/{n}/merge")
    String merge(
            @PathVariable("n") String n,
            @RequestParam(name = "content", defaultValue = "") String content,
            @RequestParam(name = "over", defaultValue = "0") long over,
            HttpServletRequest request)
            throws IOException, BadRequestException {
        long no = number(n);
        heavyWork.run(() -> life.merge(no, content, over, Callers.of(request).name()));
        return "redirect:/console/changes/" + no;
    }

    /** Somebody says something of a row that differs. */
    @Heavy
    @PostMapping("/console/changes/{n}/remark")
    String remark(
            @PathVariable("n") String n,
            @RequestParam(name = "place", defaultValue = "") String place,
            @RequestParam(name = "text", defaultValue = "") String text,
            @RequestParam(name = "content", defaultValue = "") String content,
            @RequestHeader(name = "HX-Request", defaultValue = "") String htmx,
            HttpServletRequest request,
            Model model)
            throws IOException, BadRequestException {
        if (place.isBlank() || text.isBlank()) {
            throw new BadRequestException(
                    true,
                    List.of(Problem.of(Code.MISSING_PART, new RequestPointer(""), place.isBlank() ? "place" : "text")));
        }
        life.remark(number(n), content, place, text, Callers.of(request).name());
        return htmx.isEmpty() ? "redirect:/console/changes/" + n : difference(n, request, model);
    }

    @PostMapping("/console/changes/{n}/send-back")
    String sendBack(
            @PathVariable("n") String n,
            @RequestParam(name = "content", defaultValue = "") String content,
            @RequestParam(name = "remark", defaultValue = "") String remark,
            HttpServletRequest request) {
        long no = number(n);
        life.sendBack(no, content, Callers.of(request).name(), remark);
        return "redirect:/console/changes/" + no;
    }

    /** A workbook of a proposal with what was found marked in it. */
    @Heavy
    @GetMapping("/console/changes/{n}/marked/{name}")
    ResponseEntity<byte[]> marked(@PathVariable("n") String n, @PathVariable("name") String name)
            throws IOException, BadRequestException {
        PolicyFiles files = life.files(number(n));
        byte[] workbook = files.tables().get(name);
        if (workbook == null) {
            throw missing(name);
        }
        List<Problem> own = checks.problems(files).stream()
                .filter(problem -> problem.at().file().equals(name))
                .toList();
        byte[] copy = heavyWork.run(() -> {
            var problems = new ArrayList<Problem>();
            byte[] made = Annotated.copy(name, workbook, own, LocaleContextHolder.getLocale(), problems::add);
            if (made == null) {
                throw new BadRequestException(true, problems);
            }
            return made;
        });
        return ResponseEntity.ok()
                .contentType(WORKBOOK)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(copy);
    }

    private static RefusedException missing(String what) {
        return new RefusedException(Refusal.of(
                HttpStatus.NOT_FOUND, Problem.of(Code.NOT_FOUND, new RequestPointer(""), FactReader.shortened(what))));
    }

    @Heavy
    @PostMapping("/console/changes/{n}/check")
    String check(@PathVariable("n") String n, HttpServletRequest request) throws IOException, BadRequestException {
        long no = number(n);
        checks.check(no, Callers.of(request).name());
        return "redirect:/console/changes/" + no;
    }

    @PostMapping("/console/changes/{n}/approve")
    String approve(
            @PathVariable("n") String n,
            @RequestParam(name = "content", defaultValue = "") String content,
            @RequestParam(name = "remark", defaultValue = "") String remark,
            HttpServletRequest request) {
        long no = number(n);
        life.approve(no, content, Callers.of(request).name(), remark);
        return "redirect:/console/changes/" + no;
    }

    @PostMapping("/console/changes/{n}/withdraw")
    String withdraw(
            @PathVariable("n") String n,
            @RequestParam(name = "remark", defaultValue = "") String remark,
            HttpServletRequest request) {
        long no = number(n);
        life.withdraw(no, Callers.of(request).name(), remark);
        return "redirect:/console/changes/" + no;
    }

    @Heavy
    @PostMapping("/console/changes/{n}/publish")
    String publish(
            @PathVariable("n") String n,
            @RequestParam(name = "at", defaultValue = "") String at,
            @RequestParam(name = "because", defaultValue = "") String because,
            HttpServletRequest request)
            throws IOException, BadRequestException {
        long no = number(n);
        Instant from = at.isBlank() ? null : moment(at);
        heavyWork.run(() -> life.publish(no, from, null, Callers.of(request).name(), because));
        ring();
        return "redirect:/console/changes/" + no;
    }

    private Instant moment(String typed) throws BadRequestException {
        try {
            return LocalDateTime.parse(typed).atZone(zone()).toInstant();
        } catch (DateTimeParseException e) {
            throw new BadRequestException(
                    true,
                    List.of(Problem.of(
                            Code.IMPOSSIBLE_TIME, new RequestPointer("").member("at"), FactReader.shortened(typed))));
        }
    }

    /** This process need not wait to learn what it has done itself. */
    private void ring() {
        if (history instanceof LivePolicy live) {
            live.ring();
        }
    }

    /** What would follow from going back to a policy that was live. */
    @Heavy
    @GetMapping("/console/changes/{n}/back")
    String consequence(@PathVariable("n") String n, HttpServletRequest request, Model model)
            throws IOException, BadRequestException {
        long no = number(n);
        fill(model, life.get(no), Callers.of(request));
        PolicyDiff diff = heavyWork.run(() -> life.diff(no, null));
        model.addAttribute("diff", diff);
        model.addAttribute("most", MOST_ROWS);
        return "back";
    }

    @PostMapping("/console/changes/{n}/back")
    String back(@PathVariable("n") String n, HttpServletRequest request) {
        long no = number(n);
        life.rollback(no, Callers.of(request).name());
        ring();
        return "redirect:/console/changes/" + no;
    }

    /** The number of a policy; what is no number is no policy's. */
    static long number(String n) {
        if (n.matches("[0-9]{1,9}")) {
            return Long.parseLong(n);
        }
        throw new RefusedException(Refusal.of(
                HttpStatus.NOT_FOUND, Problem.of(Code.UNKNOWN_POLICY, new FileRef("policy"), FactReader.shortened(n))));
    }
}
