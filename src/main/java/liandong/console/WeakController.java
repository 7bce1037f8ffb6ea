package liandong.console;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import liandong.access.Role;
import liandong.console.ScenarioRuns.Ran;
import liandong.console.ScenarioRuns.Shown;
import liandong.explain.Phrases;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.publication.PolicyLifecycle;
import liandong.publication.Proposal;
import liandong.scenario.Coverage.RowState;
import liandong.scenario.CoverageGoal;
import liandong.scenario.RecordedCase;
import liandong.scenario.ScenarioBook;
import liandong.scenario.ScenarioReader;
import liandong.scenario.Scenarios;
import liandong.scenario.Suggestions;
import liandong.scenario.Suggestions.Suggestion;
import liandong.scenario.Suggestions.Unreached;
import liandong.table.Row;
import liandong.table.RowRef;
import liandong.table.Table;
import liandong.web.Callers;
import liandong.web.Heavy;
import liandong.web.HeavyWork;
import liandong.web.Job;
import liandong.web.Uploads;
import liandong.wire.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * {@code /console/scenarios/weak}: rows that no scenario proves (薄弱的行), and cases that would, proposed with today's answer for
 * a person to tick.
 */
@Controller
class WeakController {
    private static final String LOOK = "weak rows";
    private static final MediaType WORKBOOK =
            MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    private static final int MOST_ROWS = 200;
    private static final int TRIES = 600;
    /** So long is looked for cases of one table. */
    private static final long SECONDS = 120;

    private final Supplier<Policy> policy;
    private final PolicyLifecycle life;
    private final ScenarioRuns runs;
    private final Jobs jobs;
    private final Uploads uploads;
    private final HeavyWork heavyWork;

    WeakController(
            Supplier<Policy> policy,
            PolicyLifecycle life,
            ScenarioRuns runs,
            Jobs jobs,
            Uploads uploads,
            HeavyWork heavyWork) {
        this.policy = policy;
        this.life = life;
        this.runs = runs;
        this.jobs = jobs;
        this.uploads = uploads;
        this.heavyWork = heavyWork;
    }

    /**
     * What was found.
     *
     * @param sheet the table that cases were looked for
     * @param conditions whether also for conditions that nothing has shown to make the difference
     */
    private record Looked(
            Policy policy, String sheet, boolean conditions, List<Suggestion> cases, List<Unreached> unreached) {}

    /** A table with what no scenario proves of it. */
    record OfTable(String sheet, int rows, long never, long lost, long untested) {
        /** Whether anything is left to be proven. */
        public boolean weak() {
            return never + lost + untested > 0;
        }
    }

    /** A row that no scenario proves. */
    record WeakRow(RowRef ref, Shown shown) {}

    /**
     * A case that is proposed.
     *
     * @param no its place among them
     * @param title what it shows
     * @param facts what is asked, by name
     * @param says what is answered today, by name
     * @param file the scenario workbook it would go into
     */
    record Proposed(int no, String title, Map<String, String> facts, Map<String, String> says, String file) {}

    /** Why no case was found for some of what was looked for. */
    record NotFound(String why, List<String> rows) {}

    /** A policy on its way that cases may be put into. */
    record Draft(long no, String label) {}

    /** How the search goes, or went. */
    record Progress(String sheet, boolean ended, int percent, List<RefusedController.Told> problems) {}

    @GetMapping(ConsoleRoutes.WEAK)
    String weak(
            @RequestParam(name = "sheet", defaultValue = "") String sheet, HttpServletRequest request, Model model) {
        Policy live = policy.get();
        Ran ran = runs.ran(live);
        Job job = jobs.last(LOOK);
        Looked looked = job != null && job.result() instanceof Looked some && some.policy() == live ? some : null;
        Map<String, Shown> shown = ran == null ? Map.of() : ran.rows();
        model.addAttribute("ran", ran != null);
        model.addAttribute("sheet", sheet);
        model.addAttribute(
                "tables",
                live.tables().stream()
                        .map(table -> of(table, shown))
                        .filter(OfTable::weak)
                        .toList());
        List<WeakRow> rows = live.tables().stream()
                .filter(table -> table.sheet().equals(sheet))
                .flatMap(table -> table.rows().stream())
                .map(Row::ref)
                .filter(ref -> shown.containsKey(ref.id()))
                .map(ref -> new WeakRow(ref, Objects.requireNonNull(shown.get(ref.id()))))
                .filter(row ->
                        row.shown().state() != RowState.DECIDED || row.shown().untested() > 0)
                .sorted((one, other) ->
                        other.shown().state().compareTo(one.shown().state()))
                .toList();
        model.addAttribute("rows", rows.subList(0, Math.min(MOST_ROWS, rows.size())));
        model.addAttribute("count", rows.size());
        model.addAttribute(
                "job",
                job == null
                        ? null
                        : new Progress(
                                looked == null ? "" : looked.sheet(),
                                job.ended() != null,
                                job.percent(),
                                job.problems().stream()
                                        .map(RefusedController.Told::of)
                                        .toList()));
        boolean own = looked != null && (sheet.isEmpty() || looked.sheet().equals(sheet));
        model.addAttribute("looked", own);
        model.addAttribute("found", job == null ? "" : job.begun().toString());
        if (own && looked != null) {
            found(looked, model);
        }
        boolean edits = Callers.of(request).roles().contains(Role.EDITOR);
        model.addAttribute("edits", edits);
        model.addAttribute(
                "drafts",
                life.list().stream()
                        .filter(each -> switch (each.state()) {
                            case DRAFT, CHECKED, APPROVED -> true;
                            case SCHEDULED, LIVE, RETIRED, WITHDRAWN -> false;
                        })
                        .map(WeakController::draft)
                        .toList());
        return "weak";
    }

    private static Draft draft(Proposal proposal) {
        return new Draft(proposal.no(), proposal.label());
    }

    private static OfTable of(Table<? extends Row> table, Map<String, Shown> shown) {
        List<Shown> rows = table.rows().stream()
                .map(row -> shown.get(row.ref().id()))
                .filter(Objects::nonNull)
                .toList();
        return new OfTable(
                table.sheet(),
                table.rows().size(),
                rows.stream().filter(row -> row.state() == RowState.NEVER).count(),
                rows.stream().filter(row -> row.state() == RowState.LOST).count(),
                rows.stream().mapToLong(Shown::untested).sum());
    }

    private static void found(Looked looked, Model model) {
        var say = new Phrases(LocaleContextHolder.getLocale());
        model.addAttribute("of", looked.sheet());
        model.addAttribute(
                "cases",
                IntStream.range(0, looked.cases().size())
                        .mapToObj(no -> proposed(no, looked.cases().get(no), say))
                        .toList());
        var why = new LinkedHashMap<Suggestions.Why, List<String>>();
        looked.unreached()
                .forEach(each -> why.computeIfAbsent(each.why(), some -> new ArrayList<>())
                        .add(each.line(say)));
        model.addAttribute(
                "unreached",
                why.entrySet().stream()
                        .map(each -> new NotFound(
                                say.of(
                                        "suggest.why." + each.getKey(),
                                        each.getValue().size()),
                                each.getValue()))
                        .toList());
    }

    private static Proposed proposed(int no, Suggestion suggestion, Phrases say) {
        CoverageGoal aim = suggestion.aim();
        return new Proposed(
                no,
                aim.line(say, List.of()),
                named(suggestion.row().given(), say),
                suggestion.row().expected(),
                suggestion.file());
    }

    private static Map<String, String> named(Map<String, String> given, Phrases say) {
        var named = new LinkedHashMap<String, String>();
        given.forEach((header, text) -> named.put(say.half(header), text));
        return named;
    }

    /** Looks for cases for what no scenario proves of a table. */
    @PostMapping(ConsoleRoutes.WEAK)
    String look(
            @RequestParam(name = "sheet", defaultValue = "") String sheet,
            @RequestParam(name = "conditions", defaultValue = "") String conditions,
            HttpServletRequest request) {
        Policy live = policy.get();
        boolean also = !conditions.isEmpty();
        if (live.tables().stream().noneMatch(table -> table.sheet().equals(sheet))) {
            return "redirect:" + ConsoleRoutes.WEAK;
        }
        Scenarios scenarios = runs.of(live);
        jobs.begin(LOOK, Callers.of(request).name(), 0, watch -> {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            Suggestions.Outcome outcome = Suggestions.find(
                    live,
                    scenarios.cases(),
                    aim -> aim.table().sheet().equals(sheet) && (also || aim.shows() == CoverageGoal.Shows.DECIDES),
                    TRIES,
                    () -> System.nanoTime() < end && !watch.stopped(),
                    (number, of) -> watch.goOn(number, of));
            return new Looked(live, sheet, also, outcome.cases(), outcome.unreached());
        });
        return "redirect:" + ConsoleRoutes.WEAK + "?sheet=" + ArchiveController.encoded(sheet);
    }

    /**
     * What was ticked of the cases that were found; refused when nothing was, or when somebody has looked anew or the policy is
     * another by now: the cases at these places are others then.
     *
     * @param found when the search began whose cases were shown
     */
    private List<Suggestion> ticked(@Nullable List<String> ticks, String found) throws BadRequestException {
        Job job = jobs.last(LOOK);
        if (job == null
                || !job.begun().toString().equals(found)
                || !(job.result() instanceof Looked looked)
                || looked.policy() != policy.get()) {
            throw new BadRequestException(true, List.of(Problem.of(Code.FOUND_ANEW, new RequestPointer(""))));
        }
        List<Suggestion> ticked = ticks == null
                ? List.of()
                : ticks.stream()
                        .filter(each -> each.matches("[0-9]{1,6}"))
                        .map(Integer::parseInt)
                        .filter(no -> no < looked.cases().size())
                        .distinct()
                        .map(no -> looked.cases().get(no))
                        .toList();
        if (ticked.isEmpty()) {
            throw new BadRequestException(true, List.of(Problem.of(Code.MISSING_PART, new RequestPointer(""), "case")));
        }
        return ticked;
    }

    /** What was ticked, as a scenario workbook of its own. */
    @Heavy
    @PostMapping(ConsoleRoutes.WEAK_CASES)
    ResponseEntity<byte[]> cases(
            @RequestParam(name = "case", required = false) @Nullable List<String> ticks,
            @RequestParam(name = "found", defaultValue = "") String found)
            throws IOException, BadRequestException {
        List<RecordedCase> rows =
                ticked(ticks, found).stream().map(Suggestion::row).toList();
        byte[] book = heavyWork.run(() -> filled("cases.xlsx", null, rows, new HashSet<>()));
        return ResponseEntity.ok()
                .contentType(WORKBOOK)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("cases.xlsx", StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(book);
    }

    /** A workbook with cases added, whose ids are taken from then on. */
    private byte[] filled(String file, byte @Nullable [] workbook, List<RecordedCase> rows, Set<String> taken)
            throws BadRequestException {
        var problems = new ArrayList<Problem>();
        byte[] book =
                ScenarioBook.with(file, workbook, rows, policy.get().vocabulary(), taken, taken::add, problems::add);
        if (book == null) {
            throw new BadRequestException(true, problems);
        }
        return book;
    }

    /** What was ticked goes into the scenario workbooks of a draft, or of a new one. */
    @Heavy
    @PostMapping(ConsoleRoutes.WEAK_TAKE)
    String take(
            @RequestParam(name = "case", required = false) @Nullable List<String> ticks,
            @RequestParam(name = "found", defaultValue = "") String found,
            @RequestParam(name = "draft", defaultValue = "") String draft,
            @RequestParam(name = "label", defaultValue = "") String label,
            HttpServletRequest request)
            throws IOException, BadRequestException {
        List<Suggestion> ticked = ticked(ticks, found);
        String person = Callers.of(request).name();
        String note = ticked.stream()
                .map(each -> each.aim().of().ref().id())
                .distinct()
                .collect(Collectors.joining("、"));
        long no = heavyWork.run(() -> {
            if (draft.isEmpty()) {
                PolicyFiles files = with(life.liveFiles(), ticked);
                return life.propose(label.isBlank() ? files : files.labelled(label.strip()), person, note)
                        .no();
            }
            long into = ChangeController.number(draft);
            PolicyFiles before = life.files(into);
            life.put(into, with(before, ticked), before.content(), null, person, note);
            return into;
        });
        return "redirect:/console/changes/" + no;
    }

    private PolicyFiles with(PolicyFiles files, List<Suggestion> ticked) throws BadRequestException {
        Policy live = policy.get();
        Scenarios there = ScenarioReader.read(live, files.scenarios());
        var taken = new HashSet<String>();
        there.cases().forEach(each -> taken.add(each.id()));
        there.stories().forEach(each -> taken.add(each.id()));
        there.broken().forEach(each -> taken.add(each.id()));
        Map<String, List<RecordedCase>> byFile = ticked.stream()
                .collect(Collectors.groupingBy(
                        Suggestion::file,
                        LinkedHashMap::new,
                        Collectors.mapping(Suggestion::row, Collectors.toList())));
        var sent = new LinkedHashMap<String, byte[]>();
        for (Map.Entry<String, List<RecordedCase>> each : byFile.entrySet()) {
            String file = each.getKey();
            sent.put(file, filled(file, files.scenarios().get(file), each.getValue(), taken));
        }
        return uploads.sent(sent, files, files.label()).files();
    }
}
