package liandong.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /console/scenarios}: the scenarios and stories of the live policy, listed and run (情景、故事). */
@Controller
class ScenarioController {
    private static final String RUN = "scenarios";
    private static final int TO_A_PAGE = 50;

    private final Supplier<Policy> policy;
    private final Jobs jobs;
    private volatile @Nullable Read read;

    ScenarioController(Supplier<Policy> policy, Jobs jobs) {
        this.policy = policy;
        this.jobs = jobs;
    }

    /** The scenarios of a policy, read once as long as it is live. */
    private record Read(Policy policy, Scenarios scenarios) {}

    /** What came of a scenario or story, without its answers: thousands are remembered. */
    private record Outcome(boolean passed, List<Difference> wrong, List<Problem> problems) {}

    /** An expectation that did not hold. */
    record Difference(String header, String expected, String actual) {}

    /** What came of a run, by the ids of the scenarios. */
    private record Ran(Policy policy, Map<String, Outcome> outcomes) {
        long failed() {
            return outcomes.values().stream().filter(each -> !each.passed()).count();
        }
    }

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

    private Scenarios scenarios(Policy live) {
        Read known = read;
        if (known == null || known.policy() != live) {
            known = new Read(live, ScenarioReader.read(live, live.files().scenarios()));
            read = known;
        }
        return known.scenarios();
    }

    private @Nullable Ran ran(Policy live) {
        Job job = jobs.last(RUN);
        return job != null && job.result() instanceof Ran ran && ran.policy() == live ? ran : null;
    }

    private @Nullable Progress progress(Policy live) {
        Job job = jobs.last(RUN);
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
                ran == null ? 0 : ran.outcomes().size(),
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
        Scenarios scenarios = scenarios(live);
        Ran ran = ran(live);
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
        Outcome outcome = ran == null ? null : ran.outcomes().get(scenario.id());
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
        Outcome outcome = ran == null ? null : ran.outcomes().get(story.id());
        return new Line(
                story.id(),
                story.title(),
                ScenarioReader.STORIES,
                story.at().toString(),
                story.confirmed(),
                state(outcome),
                told(outcome));
    }

    private static String state(@Nullable Outcome outcome) {
        return outcome == null ? "OPEN" : outcome.passed() ? "PASSED" : "FAILED";
    }

    @GetMapping(ConsoleRoutes.SCENARIOS_PROGRESS)
    String progress(Model model) {
        model.addAttribute("job", progress(policy.get()));
        return "scenarios :: progress";
    }

    /** Runs all of them, or those that failed last; the outcomes of the others stay. */
    @PostMapping(ConsoleRoutes.SCENARIOS_RUN)
    String run(@RequestParam(name = "which", defaultValue = "all") String which, HttpServletRequest request) {
        Policy live = policy.get();
        Ran before = ran(live);
        Map<String, Outcome> known =
                which.equals("failed") && before != null ? before.outcomes() : Map.<String, Outcome>of();
        Predicate<String> open = id -> {
            Outcome outcome = known.get(id);
            return outcome == null || !outcome.passed();
        };
        Scenarios all = scenarios(live);
        var chosen = new Scenarios(
                all.cases().stream().filter(each -> open.test(each.id())).toList(),
                all.stories().stream().filter(each -> open.test(each.id())).toList(),
                List.of(),
                List.of());
        jobs.begin(RUN, Callers.of(request).name(), chosen.size(), watch -> ran(live, chosen, known, watch));
        return "redirect:" + ConsoleRoutes.SCENARIOS;
    }

    private static Object ran(Policy live, Scenarios chosen, Map<String, Outcome> known, Job watch) {
        var outcomes = new LinkedHashMap<>(known);
        long count = 0;
        for (Scenario each : chosen.cases()) {
            Result result = Cases.run(live, each);
            outcomes.put(each.id(), new Outcome(result.passed(), wrong(result), result.problems()));
            watch.done(++count);
        }
        for (CaseStory each : chosen.stories()) {
            Result failed = Cases.run(live, each).failed();
            outcomes.put(
                    each.id(),
                    failed == null
                            ? new Outcome(true, List.of(), List.of())
                            : new Outcome(false, wrong(failed), failed.problems()));
            watch.done(++count);
        }
        return new Ran(live, outcomes);
    }

    private static List<Difference> wrong(Result result) {
        return result.checks().stream()
                .filter(check -> !check.held())
                .map(check -> new Difference(
                        check.expectation().header(), check.expectation().text(), check.actual()))
                .toList();
    }

    private static List<Difference> told(@Nullable Outcome outcome) {
        if (outcome == null) {
            return List.of();
        }
        var told = new ArrayList<>(outcome.wrong());
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
        for (CaseStory story : scenarios(live).stories()) {
            if (story.id().equals(id)) {
                return story(live, story, model);
            }
        }
        Scenario scenario = scenarios(live).cases().stream()
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
