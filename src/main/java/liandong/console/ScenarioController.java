package liandong.console;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import liandong.console.ScenarioRuns.Ran;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.explain.Phrases;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.scenario.CaseStory;
import liandong.scenario.Cases;
import liandong.scenario.Cases.Result;
import liandong.scenario.HtmlReport;
import liandong.scenario.Scenario;
import liandong.scenario.ScenarioReader;
import liandong.scenario.Scenarios;
import liandong.scenario.StoryRun;
import liandong.scenario.TestReport;
import liandong.web.Callers;
import liandong.web.Heavy;
import liandong.web.Job;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /console/scenarios}: the scenarios and stories of the live policy, listed and run (情景、故事). */
@Controller
class ScenarioController {
    private static final int TO_A_PAGE = 50;
    private static final DateTimeFormatter FILE_TIME = DateTimeFormatter.ofPattern("uuuuMMdd-HHmm", Locale.ROOT);

    private final Supplier<Policy> policy;
    private final ScenarioRuns runs;
    private final Jobs jobs;

    ScenarioController(Supplier<Policy> policy, ScenarioRuns runs, Jobs jobs) {
        this.policy = policy;
        this.runs = runs;
        this.jobs = jobs;
    }

    /** An expectation that did not hold. */
    record Difference(String header, String expected, String actual) {}

    /**
     * A line of the list.
     *
     * @param state {@code PASSED}, {@code FAILED}, {@code BROKEN}, or {@code OPEN} before it was run
     */
    record Line(
            String id, String title, String kind, String at, boolean confirmed, String state, List<Difference> wrong) {}

    /** A run as a page tells it. */
    record Progress(
            String by,
            String begun,
            String ended,
            int percent,
            long ran,
            long failed,
            boolean ofLive,
            List<RefusedController.Told> problems) {}

    private @Nullable Progress progress(Policy live) {
        Job job = jobs.last(ScenarioRuns.RUN);
        if (job == null) {
            return null;
        }
        ZoneId zone = live.calendar().zone();
        Ran ran = job.result() instanceof Ran done ? done : null;
        return new Progress(
                job.by(),
                Times.minute(job.begun(), zone),
                job.ended() == null ? "" : Times.minute(job.ended(), zone),
                job.percent(),
                ran == null
                        ? 0
                        : ran.report().results().size() + ran.report().stories().size(),
                ran == null ? 0 : ran.failed(),
                ran == null || ran.policy() == live,
                job.problems().stream().map(RefusedController.Told::of).toList());
    }

    @GetMapping(ConsoleRoutes.SCENARIOS)
    String list(
            @RequestParam(name = "q", defaultValue = "") String q,
            @RequestParam(name = "kind", defaultValue = "") String kind,
            @RequestParam(name = "state", defaultValue = "") String state,
            @RequestParam(name = "page", defaultValue = "1") int page,
            Model model) {
        Policy live = policy.get();
        Scenarios scenarios = runs.of(live);
        Ran ran = runs.ran(live);
        Predicate<Line> wanted = line -> (kind.isEmpty() || line.kind().equals(kind))
                && (state.isEmpty() || line.state().equals(state) || (state.equals("UNCONFIRMED") && !line.confirmed()))
                && (q.isBlank() || contains(line, q.strip()));
        List<Line> found = Stream.concat(
                        scenarios.broken().stream()
                                .map(each -> new Line(
                                        each.id(),
                                        each.title(),
                                        sheet(each.at().section()),
                                        each.at().toString(),
                                        true,
                                        "BROKEN",
                                        List.of())),
                        Stream.concat(
                                scenarios.stories().stream().map(each -> line(each, ran)),
                                scenarios.cases().stream().map(each -> line(each, ran))))
                .filter(wanted)
                .toList();
        int pages = Math.max(1, (found.size() + TO_A_PAGE - 1) / TO_A_PAGE);
        int shown = Math.max(1, Math.min(page, pages));
        model.addAttribute("lines", found.subList((shown - 1) * TO_A_PAGE, Math.min(found.size(), shown * TO_A_PAGE)));
        model.addAttribute("found", found.size());
        model.addAttribute("all", scenarios.size() + scenarios.broken().size());
        model.addAttribute("page", shown);
        model.addAttribute("pages", pages);
        model.addAttribute("q", q);
        model.addAttribute("kind", kind);
        model.addAttribute("state", state);
        model.addAttribute(
                "kinds",
                Stream.concat(Decisions.all().stream().map(Decision::label), Stream.of(ScenarioReader.STORIES))
                        .toList());
        model.addAttribute("states", List.of("PASSED", "FAILED", "OPEN", "BROKEN", "UNCONFIRMED"));
        model.addAttribute("job", progress(live));
        return "scenarios";
    }

    /** The sheet that a section of a workbook is: it names the file first. */
    private static String sheet(String section) {
        return section.substring(section.lastIndexOf(' ') + 1);
    }

    private static boolean contains(Line line, String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return line.id().toLowerCase(Locale.ROOT).contains(wanted)
                || line.title().toLowerCase(Locale.ROOT).contains(wanted)
                || line.at().toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static Line line(Scenario scenario, @Nullable Ran ran) {
        Result outcome = ran == null ? null : ran.results().get(scenario.id());
        return new Line(
                scenario.id(),
                scenario.title(),
                scenario.kind().label(),
                scenario.at().toString(),
                scenario.confirmed(),
                state(outcome),
                told(outcome));
    }

    private static Line line(CaseStory story, @Nullable Ran ran) {
        Result outcome = ran == null ? null : ran.results().get(story.id());
        return new Line(
                story.id(),
                story.title(),
                ScenarioReader.STORIES,
                story.at().toString(),
                story.confirmed(),
                state(outcome),
                told(outcome));
    }

    private static String state(@Nullable Result outcome) {
        return outcome == null ? "OPEN" : outcome.passed() ? "PASSED" : "FAILED";
    }

    @GetMapping(ConsoleRoutes.SCENARIOS_PROGRESS)
    String progress(Model model) {
        model.addAttribute("job", progress(policy.get()));
        return "scenarios :: progress";
    }

    /** Runs all of them, or those that failed last; what came of the others stays. */
    @PostMapping(ConsoleRoutes.SCENARIOS_RUN)
    String run(@RequestParam(name = "which", defaultValue = "all") String which, HttpServletRequest request) {
        runs.begin(which.equals("failed"), Callers.of(request).name());
        return "redirect:" + ConsoleRoutes.SCENARIOS;
    }

    /** The last run as one HTML file that needs nothing else, to be sent on. */
    @Heavy
    @GetMapping(ConsoleRoutes.SCENARIOS_REPORT)
    ResponseEntity<byte[]> report() {
        Policy live = policy.get();
        Ran ran = runs.ran(live);
        if (ran == null) {
            throw new RefusedException(Refusal.of(
                    HttpStatus.NOT_FOUND,
                    Problem.of(Code.NOT_FOUND, new RequestPointer(""), ConsoleRoutes.SCENARIOS_REPORT)));
        }
        var at = ran.at().atZone(live.calendar().zone()).toOffsetDateTime();
        var say = new Phrases(LocaleContextHolder.getLocale());
        String name = "scenarios-" + FILE_TIME.format(at) + ".html";
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(HtmlReport.of(ran.report(), ran.coverage(), null, at, say).getBytes(StandardCharsets.UTF_8));
    }

    private static List<Difference> wrong(Result result) {
        return result.checks().stream()
                .filter(check -> !check.held())
                .map(check -> new Difference(
                        check.expectation().header(), check.expectation().text(), check.actual()))
                .toList();
    }

    private static List<Difference> told(@Nullable Result outcome) {
        if (outcome == null) {
            return List.of();
        }
        var told = new ArrayList<>(wrong(outcome));
        outcome.problems()
                .forEach(problem -> told.add(new Difference("", "", problem.message(LocaleContextHolder.getLocale()))));
        return told;
    }

    /** An expectation and what came of it, side by side. */
    record Compared(String header, String expected, String actual, boolean held) {}

    /**
     * A question of a story as a page tells it.
     *
     * @param when the moment; empty when it could not be told
     */
    record Told(
            String number,
            String title,
            String kind,
            String when,
            boolean passed,
            List<Compared> compared,
            List<RefusedController.Told> problems,
            String reasons) {}

    private static String story(Policy live, CaseStory story, Model model) {
        StoryRun run = Cases.run(live, story);
        var say = new Phrases(LocaleContextHolder.getLocale());
        model.addAttribute("story", story);
        model.addAttribute("passed", run.passed());
        model.addAttribute("notRun", say.list(run.notRun()));
        model.addAttribute(
                "steps",
                run.results().stream()
                        .map(result -> new Told(
                                TestReport.step(result.scenario()),
                                result.scenario().title(),
                                result.scenario().kind().label(),
                                TestReport.when(result.scenario(), live),
                                result.passed(),
                                compared(result, say),
                                result.problems().stream()
                                        .map(RefusedController.Told::of)
                                        .toList(),
                                TestReport.reasons(result.answer())))
                        .toList());
        return "story";
    }

    private static List<Compared> compared(Result result, Phrases say) {
        return result.checks().stream()
                .map(check -> new Compared(
                        say.half(check.expectation().header()),
                        check.expectation().text(),
                        check.actual(),
                        check.held()))
                .toList();
    }

    @Heavy
    @GetMapping(ConsoleRoutes.SCENARIO)
    String one(@RequestParam(name = "id", defaultValue = "") String id, Model model) {
        Policy live = policy.get();
        for (CaseStory story : runs.of(live).stories()) {
            if (story.id().equals(id)) {
                return story(live, story, model);
            }
        }
        Scenario scenario = runs.of(live).cases().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new RefusedException(Refusal.of(
                        HttpStatus.NOT_FOUND,
                        Problem.of(Code.NOT_FOUND, new RequestPointer(""), ConsoleRoutes.SCENARIOS))));
        Result result = Cases.run(live, scenario);
        var say = new Phrases(LocaleContextHolder.getLocale());
        model.addAttribute("scenario", scenario);
        model.addAttribute("kind", scenario.kind().label());
        model.addAttribute("passed", result.passed());
        model.addAttribute("facts", FactList.of(live, scenario.kind(), scenario.request(), result.answer(), say));
        model.addAttribute("compared", compared(result, say));
        model.addAttribute(
                "problems",
                result.problems().stream().map(RefusedController.Told::of).toList());
        model.addAttribute("reasons", TestReport.reasons(result.answer()));
        return "scenario";
    }
}
