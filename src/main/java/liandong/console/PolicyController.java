package liandong.console;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import liandong.access.Caller;
import liandong.console.PolicyGraph.Conclusion;
import liandong.console.PolicyGraph.Helper;
import liandong.console.PolicyGraph.Part;
import liandong.console.PolicyGraph.RuleNode;
import liandong.console.PolicyGraph.TableNode;
import liandong.console.ScenarioRuns.Ran;
import liandong.console.TableView.Line;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.publication.PolicyLifecycle;
import liandong.publication.RowHistory;
import liandong.reading.TextForm;
import liandong.web.Callers;
import liandong.web.Heavy;
import liandong.web.HeavyWork;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
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
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /console/policy}: the live policy, its tables row by row, and everything about a word. */
@Controller("policyPages")
class PolicyController {
    private static final MediaType WORKBOOK =
            MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    private static final int PAGE = 50;
    private static final int FOUND_SHOWN = 5;
    private static final int WORDS_SHOWN = 40;
    private static final int LONGEST_QUERY = 200;

    private final Supplier<Policy> policy;
    private final PolicyLifecycle life;
    private final HeavyWork heavyWork;
    private final Clock clock;
    private final ScenarioRuns runs;
    private final RowFates fates;
    private volatile @Nullable Views views;
    private volatile @Nullable Graph graph;

    PolicyController(
            Supplier<Policy> policy,
            PolicyLifecycle life,
            Clock clock,
            HeavyWork heavyWork,
            ScenarioRuns runs,
            RowFates fates) {
        this.runs = runs;
        this.fates = fates;
        this.policy = policy;
        this.life = life;
        this.clock = clock;
        this.heavyWork = heavyWork;
    }

    /** What asks what in a policy. */
    private record Graph(String version, List<Part> parts) {}

    /** What asks what; found when first asked for, and kept until the policy is another. */
    private List<Part> parts() {
        Policy live = policy.get();
        Graph known = graph;
        if (known == null || !known.version().equals(live.version())) {
            known = new Graph(live.version(), PolicyGraph.of(live));
            graph = known;
        }
        return known.parts();
    }

    /** The tables of one policy on one day, as pages show them. */
    private record Views(String version, LocalDate on, List<TableView> tables) {}

    /** The tables as they are now; made when first asked for, and kept until the policy or the day is another. */
    private List<TableView> tables() {
        Policy live = policy.get();
        LocalDate today = live.day(clock.instant());
        Views known = views;
        if (known == null
                || !known.version().equals(live.version())
                || !known.on().equals(today)) {
            known = new Views(
                    live.version(),
                    today,
                    live.tables().stream()
                            .map(table -> TableView.of(table, today))
                            .sorted(Comparator.comparing(TableView::file).thenComparing(TableView::sheet))
                            .toList());
            views = known;
        }
        return known.tables();
    }

    @GetMapping("/console/policy")
    String overview(Model model) {
        Policy live = policy.get();
        var files = new LinkedHashMap<String, List<TableView>>();
        tables().forEach(each ->
                files.computeIfAbsent(each.file(), file -> new ArrayList<>()).add(each));
        model.addAttribute("policy", live);
        model.addAttribute("account", live.account(live.day(clock.instant())));
        model.addAttribute("files", files);
        model.addAttribute("others", others(live, files));
        model.addAttribute("published", life.live());
        model.addAttribute("history", life.list());
        return "policy";
    }

    /** Workbooks without a table: words, the calendar. */
    private static List<String> others(Policy live, Map<String, List<TableView>> files) {
        return live.files().tables().keySet().stream()
                .filter(name -> !files.containsKey(name))
                .toList();
    }

    @GetMapping("/console/policy/files/{name}")
    ResponseEntity<byte[]> file(@PathVariable("name") String name) {
        byte[] bytes = policy.get().files().tables().get(name);
        if (bytes == null) {
            throw missing(name);
        }
        return ResponseEntity.ok()
                .contentType(WORKBOOK)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(bytes);
    }

    private static RefusedException missing(String what) {
        return new RefusedException(Refusal.of(
                HttpStatus.NOT_FOUND, Problem.of(Code.NOT_FOUND, new RequestPointer(""), FactReader.shortened(what))));
    }

    /** A table, filtered and by pages; for a script its rows alone. */
    @GetMapping("/console/policy/table")
    String table(
            @RequestParam(name = "sheet", defaultValue = "") String sheet,
            @RequestParam(name = "q", defaultValue = "") String typed,
            @RequestParam(name = "status", defaultValue = "") String status,
            @RequestParam(name = "page", defaultValue = "1") String number,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String script,
            HttpServletRequest request,
            Model model) {
        TableView view = view(sheet);
        Page shown = page(view, typed, status, number);
        Locale locale = LocaleContextHolder.getLocale();
        model.addAttribute("table", view);
        model.addAttribute(
                "conditions",
                view.conditions().stream()
                        .map(each -> TableView.half(each, locale))
                        .toList());
        model.addAttribute(
                "conclusions",
                view.conclusions().stream()
                        .map(each -> TableView.half(each, locale))
                        .toList());
        model.addAttribute("rules", rulesOf(sheet));
        model.addAttribute("statuses", view.statuses());
        model.addAttribute("q", shown.query());
        model.addAttribute("status", status);
        model.addAttribute("count", shown.count());
        model.addAttribute("page", shown.page());
        model.addAttribute("pages", shown.pages());
        model.addAttribute("lines", shown.lines());
        Ran ran = runs.ran(policy.get());
        model.addAttribute("days", RowFates.DAYS);
        model.addAttribute("ran", ran != null);
        model.addAttribute("shown", ran == null ? Map.of() : ran.rows());
        model.addAttribute("mayRun", ConsoleRoutes.mayOpen(Callers.of(request), ConsoleRoutes.SCENARIOS));
        return script == null ? "table" : "table :: rows";
    }

    private TableView view(String sheet) {
        return tables().stream()
                .filter(each -> each.sheet().equals(sheet))
                .findFirst()
                .orElseThrow(() -> missing(sheet));
    }

    /** Some of the rows that were found. */
    private record Page(String query, int count, int page, int pages, List<Line> lines) {}

    private static Page page(TableView view, String typed, String status, String number) {
        String query = shortened(typed);
        List<Line> found = view.find(query, status);
        int pages = Math.max(1, (found.size() + PAGE - 1) / PAGE);
        int page = number.matches("[0-9]{1,6}") ? Math.max(1, Math.min(pages, Integer.parseInt(number))) : 1;
        return new Page(
                query,
                found.size(),
                page,
                pages,
                found.subList((page - 1) * PAGE, Math.min(found.size(), page * PAGE)));
    }

    /**
     * How a row has fared.
     *
     * @param at its row in the sheet
     * @param decided how many decisions rest on it
     * @param link to the list of them; empty for whoever may not open it
     * @param fate what came of its cases; null when nothing is known yet
     */
    record Fared(int at, long decided, String link, RowFates.@Nullable Fate fate) {}

    /** How the rows that are shown have fared: a piece that the page asks for when it is there. */
    @GetMapping(ConsoleRoutes.FATES)
    String fates(
            @RequestParam(name = "sheet", defaultValue = "") String sheet,
            @RequestParam(name = "q", defaultValue = "") String typed,
            @RequestParam(name = "status", defaultValue = "") String status,
            @RequestParam(name = "page", defaultValue = "1") String number,
            HttpServletRequest request,
            Model model) {
        TableView view = view(sheet);
        Page shown = page(view, typed, status, number);
        Caller caller = Callers.of(request);
        RowFates.Fates counted = fates.counted(caller.name());
        Map<String, Long> decided = fates.decided(
                shown.lines().stream().map(each -> each.ref().id()).toList());
        ZoneId zone = policy.get().calendar().zone();
        boolean opens = ConsoleRoutes.mayOpen(caller, ConsoleRoutes.ARCHIVE);
        String within = ConsoleRoutes.ARCHIVE + "?from="
                + ArchiveController.encoded(
                        fates.span().from().atZone(zone).toOffsetDateTime().toString())
                + "&row=";
        model.addAttribute(
                "fared",
                shown.lines().stream()
                        .map(each -> new Fared(
                                each.ref().row(),
                                decided.getOrDefault(each.ref().id(), 0L),
                                opens
                                        ? within
                                                + ArchiveController.encoded(
                                                        each.ref().id())
                                        : "",
                                counted == null
                                        ? null
                                        : counted.rows().get(each.ref().id())))
                        .toList());
        model.addAttribute("table", view);
        model.addAttribute("q", shown.query());
        model.addAttribute("status", status);
        model.addAttribute("page", shown.page());
        model.addAttribute("days", RowFates.DAYS);
        model.addAttribute("counting", fates.underWay());
        model.addAttribute("counted", counted == null ? "" : Times.minute(counted.at(), zone));
        model.addAttribute("complete", counted == null || counted.complete());
        model.addAttribute("most", RowFates.MOST_CASES);
        return "fates";
    }

    /** What asks what: the tables and the rules of a decision, drawn and listed. */
    @GetMapping("/console/policy/graph")
    String graph(@RequestParam(name = "decision", defaultValue = "") String decision, Model model) {
        Locale locale = LocaleContextHolder.getLocale();
        List<Part> parts = parts();
        Part part = parts.stream()
                .filter(each -> each.code().equals(decision))
                .findFirst()
                .orElse(parts.get(0));
        var anchors = new LinkedHashMap<RuleNode, String>();
        part.rules().forEach(rule -> anchors.put(rule, GraphDrawing.anchor(rule)));
        model.addAttribute("parts", parts);
        model.addAttribute("part", part);
        model.addAttribute("drawing", GraphDrawing.of(part, locale));
        model.addAttribute("anchors", anchors);
        model.addAttribute("halves", new Halves(locale));
        model.addAttribute(
                "helpers",
                named("helper", part.helpers().stream().map(Helper::name).toList(), locale));
        model.addAttribute(
                "names",
                named("gives", part.conclusions().stream().map(Conclusion::name).toList(), locale));
        return "graph";
    }

    private static Map<String, String> named(String kind, List<String> names, Locale locale) {
        var named = new LinkedHashMap<String, String>();
        names.forEach(name -> named.put(name, GraphDrawing.named(kind, name, locale)));
        return named;
    }

    /** What headers are called in a language. */
    record Halves(Locale locale) {
        public String one(String label) {
            return TableView.half(label, locale);
        }

        public List<String> of(List<String> labels) {
            return labels.stream().map(this::one).toList();
        }
    }

    /** A rule that asks a table, and the decision it belongs to. */
    record AskingRule(String decision, String code, String title, String anchor) {}

    private List<AskingRule> rulesOf(String sheet) {
        var rules = new ArrayList<AskingRule>();
        for (Part part : parts()) {
            List<String> helpers = part.tables().stream()
                    .filter(table -> table.sheet().equals(sheet))
                    .map(TableNode::helpers)
                    .flatMap(List::stream)
                    .toList();
            part.rules().stream()
                    .filter(each -> each.sheets().contains(sheet)
                            || each.rule().consults().stream().anyMatch(helpers::contains))
                    .forEach(each -> rules.add(new AskingRule(
                            part.code(), each.rule().code(), each.rule().title(), GraphDrawing.anchor(each))));
        }
        return rules;
    }

    /** Who changed what of a row when, and why. */
    @Heavy
    @GetMapping("/console/policy/row")
    String row(
            @RequestParam(name = "sheet", defaultValue = "") String sheet,
            @RequestParam(name = "row", defaultValue = "") String row,
            Model model)
            throws IOException, BadRequestException {
        TableView view = view(sheet);
        model.addAttribute("table", view);
        model.addAttribute("id", shortened(row));
        model.addAttribute("most", RowHistory.MOST);
        model.addAttribute("zone", policy.get().calendar().zone());
        model.addAttribute(
                "steps", heavyWork.run(() -> life.history("decision-tables/" + view.file(), sheet, shortened(row))));
        return "row";
    }

    private static String shortened(String typed) {
        return typed.substring(0, Math.min(LONGEST_QUERY, typed.length()));
    }

    /** What was found in a table. */
    record Found(TableView table, List<Line> first, int count) {}

    /** A word of the vocabulary that was found. */
    record Word(String sheet, String code, String label, String also) {}

    /** Everything about a word: rows of all tables, and words of the vocabulary. */
    @GetMapping("/console/policy/search")
    String search(@RequestParam(name = "q", defaultValue = "") String typed, Model model) {
        String query = shortened(typed).strip();
        var found = new ArrayList<Found>();
        var words = new ArrayList<Word>();
        if (!query.isEmpty()) {
            for (TableView view : tables()) {
                List<Line> lines = view.find(query, "");
                if (!lines.isEmpty()) {
                    found.add(new Found(view, lines.subList(0, Math.min(FOUND_SHOWN, lines.size())), lines.size()));
                }
            }
            words.addAll(words(policy.get().vocabulary(), query));
        }
        model.addAttribute("q", query);
        model.addAttribute("found", found);
        model.addAttribute("words", words.subList(0, Math.min(WORDS_SHOWN, words.size())));
        model.addAttribute("wordCount", words.size());
        model.addAttribute("count", found.stream().mapToInt(Found::count).sum());
        return "search";
    }

    private static List<Word> words(Vocabulary vocabulary, String query) {
        List<String> sought = TableView.words(query);
        var words = new ArrayList<Word>();
        Vocabulary.sheetsAndSets().forEach((sheet, set) -> {
            for (Term term : vocabulary.all(set)) {
                String also = String.join("、", term.aliases());
                String all = TextForm.of(term.code() + "\n" + term.label() + "\n" + also);
                if (sought.stream().allMatch(all::contains)) {
                    words.add(new Word(sheet, term.code(), term.label(), also));
                }
            }
        });
        return words;
    }
}
