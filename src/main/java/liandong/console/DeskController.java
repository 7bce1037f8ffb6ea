package liandong.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import liandong.decision.DecisionRecord;
import liandong.decision.Handwork;
import liandong.decision.Handwork.Choice;
import liandong.decision.Handwork.Way;
import liandong.explain.Phrases;
import liandong.explain.PolicyRows;
import liandong.incident.Body;
import liandong.incident.EventType;
import liandong.incident.Nature;
import liandong.incident.Term;
import liandong.journal.Entry;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.table.Row;
import liandong.web.Callers;
import liandong.wire.BadRequestException;
import liandong.workbook.ReportBook;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** {@code /console/desk}: the duty desk (研判台), see {@link Desk}. */
@Controller
class DeskController {
    static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /** What was judged before that is not proposed any more. */
    private static final Duration LEARNED_FROM = Duration.ofDays(90);

    private static final int SHOWN_OF_TEXT = 120;
    private static final int SPARE_PARTS = 3;

    private final Desk desk;
    private final Supplier<Policy> policy;
    private final Clock clock;

    DeskController(Desk desk, Supplier<Policy> policy, Clock clock) {
        this.desk = desk;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * A line of the list.
     *
     * @param waits how long it has waited, in words
     * @param due when it must be judged; empty when nothing says
     * @param reader who else has it before them; empty for nobody
     */
    record Line(
            String id,
            String subject,
            String text,
            boolean danger,
            boolean undecided,
            String reason,
            String queue,
            String by,
            String urgency,
            String due,
            boolean late,
            String waits,
            String likeliest,
            String reader) {}

    /** Something it may be about, with what speaks for it. */
    record Candidate(String code, String label, int points, int share, List<Voice> rows) {}

    /** A row that speaks for something. */
    record Voice(String id, String says, boolean confirmed) {}

    /** A reason of the answer that left it. */
    record Because(String rule, String title, String row, String says) {}

    /** What somebody found, as the form has it. */
    record Form(List<String> parts) {}

    @GetMapping(ConsoleRoutes.DESK)
    String list(
            @RequestParam(name = "queue", defaultValue = "") String queue,
            @RequestParam(name = "done", defaultValue = "") String done,
            HttpServletRequest request,
            Model model) {
        fill(queue, request, model);
        Entry judged = done.isEmpty() ? null : desk.entry(done);
        model.addAttribute("done", judged == null ? null : ArchiveLine.of(judged, zone()));
        return "desk";
    }

    /** The list alone, which the page asks for again and again. */
    @GetMapping(ConsoleRoutes.DESK_ROWS)
    String rows(
            @RequestParam(name = "queue", defaultValue = "") String queue, HttpServletRequest request, Model model) {
        fill(queue, request, model);
        return "desk :: rows";
    }

    private void fill(String queue, HttpServletRequest request, Model model) {
        List<Desk.Open> all = desk.open(Callers.of(request).name());
        List<Line> shown = all.stream()
                .filter(open -> queue.isEmpty() || open.left().queue().equals(queue))
                .map(this::line)
                .toList();
        model.addAttribute("lines", shown);
        model.addAttribute("queue", queue);
        model.addAttribute(
                "queues",
                Stream.concat(all.stream().map(open -> open.left().queue()), Stream.of(queue))
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .sorted()
                        .toList());
        model.addAttribute("late", shown.stream().filter(Line::late).count());
        model.addAttribute("danger", shown.stream().filter(Line::danger).count());
        model.addAttribute("at", Times.minute(clock.instant(), zone()));
    }

    private Line line(Desk.Open open) {
        Locale locale = LocaleContextHolder.getLocale();
        Handwork.Left left = open.left();
        String text = open.text();
        Desk.Reader reader = open.reader();
        return new Line(
                open.entry().id(),
                open.entry().subject(),
                text.length() > SHOWN_OF_TEXT ? text.substring(0, SHOWN_OF_TEXT) + "…" : text,
                left.danger(),
                left.undecided(),
                word(left.reason(), locale),
                left.queue(),
                left.by(),
                left.urgency(),
                left.due() == null ? "" : Times.minute(left.due().toInstant(), zone()),
                open.late(),
                Times.length(Duration.between(open.entry().keptAt(), clock.instant()), locale),
                left.candidates().isEmpty() ? "" : left.candidates().get(0).label(),
                reader == null ? "" : reader.name());
    }

    private static String word(@Nullable Term term, Locale locale) {
        return term == null ? "" : new Phrases(locale).word(term);
    }

    private ZoneId zone() {
        return policy.get().calendar().zone();
    }

    private Entry entry(String id) {
        Entry entry = desk.entry(id);
        if (entry == null) {
            throw new RefusedException(Refusal.of(
                    HttpStatus.NOT_FOUND, Problem.of(Code.NOT_FOUND, new RequestPointer(""), ConsoleRoutes.DESK)));
        }
        return entry;
    }

    @GetMapping(ConsoleRoutes.DESK_REPORT)
    String report(@PathVariable("id") String id, HttpServletRequest request, Model model) {
        Entry entry = entry(id);
        String viewer = Callers.of(request).name();
        Entry after = desk.after(entry);
        Desk.Open open = desk.open(entry, viewer);
        if (open == null) {
            throw new RefusedException(Refusal.of(
                    HttpStatus.NOT_FOUND, Problem.of(Code.NOT_FOUND, new RequestPointer(""), ConsoleRoutes.DESK)));
        }
        if (after == null) {
            desk.read(entry, viewer);
        }
        Policy live = policy.get();
        JsonNode asked = desk.request(entry);
        model.addAttribute("line", line(open));
        model.addAttribute("left", open.left());
        model.addAttribute("text", Desk.withAddress(open.text(), asked));
        model.addAttribute("seen", entry.no());
        model.addAttribute("keptAt", Times.minute(entry.keptAt(), zone()));
        model.addAttribute("caller", entry.caller());
        model.addAttribute(
                "facts",
                FactList.of(
                        live, entry.kind(), asked, desk.answer(entry), new Phrases(LocaleContextHolder.getLocale())));
        model.addAttribute("because", because(desk.answer(entry)));
        model.addAttribute("candidates", candidates(open.left().candidates(), live));
        model.addAttribute("types", live.vocabulary().all(EventType.class));
        model.addAttribute("bodies", live.vocabulary().all(Body.class));
        model.addAttribute("natures", live.vocabulary().all(Nature.class));
        model.addAttribute("after", after == null ? null : ArchiveLine.of(after, zone()));
        var parts = new ArrayList<String>(open.left().parts());
        if (parts.isEmpty()) {
            parts.add(open.text());
        }
        while (parts.size() < SPARE_PARTS) {
            parts.add("");
        }
        model.addAttribute("form", new Form(parts));
        return "desk-report";
    }

    private static List<Because> because(JsonNode answer) {
        return answer.path("because")
                .valueStream()
                .map(each -> new Because(
                        each.path("rule").stringValue(""),
                        each.path("title").stringValue(""),
                        each.path("row").stringValue(""),
                        each.path("says").stringValue("")))
                .toList();
    }

    private static List<Candidate> candidates(List<Handwork.Candidate> candidates, Policy policy) {
        var rows = new PolicyRows(policy);
        int most =
                candidates.stream().mapToInt(Handwork.Candidate::points).max().orElse(1);
        return candidates.stream()
                .map(each -> new Candidate(
                        each.code(),
                        each.label(),
                        each.points(),
                        Math.max(2, each.points() * 100 / Math.max(1, most)),
                        each.rows().stream().map(id -> voice(id, rows)).toList()))
                .toList();
    }

    private static Voice voice(String id, PolicyRows rows) {
        Row row = rows.row(id);
        return row == null
                ? new Voice(id, "", true)
                : new Voice(id, row.ref().says(), row.ref().confirmed());
    }

    /** What would come of a choice, while somebody makes it. */
    @PostMapping(ConsoleRoutes.DESK_PREVIEW)
    String preview(@PathVariable("id") String id, HttpServletRequest request, Model model) throws BadRequestException {
        Entry entry = entry(id);
        Choice choice = choice(request);
        boolean said = switch (choice.way()) {
            case CHOOSE -> !(choice.eventType() + choice.nature() + choice.lead()).isEmpty();
            case MERGE -> !choice.into().isEmpty();
            case SPLIT -> choice.parts().size() > 1;
            default -> true;
        };
        model.addAttribute("outcomes", said ? told(desk.preview(entry, choice)) : List.of());
        return "desk-report :: preview";
    }

    /**
     * What comes of a choice.
     *
     * @param undecided whether it would still be left to a person
     * @param warnings what one should know though it is decided, such as that the answer does not go by the chosen lead
     */
    record Outcome(String subject, String text, boolean undecided, List<String> warnings) {}

    private static List<Outcome> told(List<DecisionRecord<?, ?>> records) {
        return records.stream().map(DeskController::outcome).toList();
    }

    private static Outcome outcome(DecisionRecord<?, ?> record) {
        Handwork handwork = record.decision().handwork();
        Handwork.Left left = handwork == null ? null : handwork.left(record.answer(), record.policy());
        String told = new Phrases(LocaleContextHolder.getLocale()).chinese() ? "message" : "messageEn";
        return new Outcome(
                record.subject(),
                Stories.outcome(record),
                left != null && left.undecided(),
                record.answer()
                        .path("warnings")
                        .valueStream()
                        .map(warning -> warning.path(told).stringValue(""))
                        .toList());
    }

    @PostMapping(ConsoleRoutes.DESK_JUDGE)
    String judge(
            @PathVariable("id") String id,
            @RequestParam(name = "seen", defaultValue = "0") long seen,
            @RequestParam(name = "candidate", defaultValue = "") String candidate,
            @RequestParam(name = "because", defaultValue = "") String because,
            HttpServletRequest request)
            throws BadRequestException {
        Entry entry = entry(id);
        Choice choice = candidate.isEmpty() ? choice(request) : taken(candidate, because);
        List<DecisionRecord<?, ?>> records =
                desk.judge(entry, seen, choice, Callers.of(request).name());
        return "redirect:" + ConsoleRoutes.DESK + "?done="
                + records.get(0).answer().path("decisionId").stringValue("");
    }

    /** What one click on a candidate says. */
    private static Choice taken(String candidate, String because) {
        return new Choice(
                Way.CHOOSE,
                candidate,
                "",
                "",
                "",
                List.of(),
                because.isBlank() ? Say.of(LocaleContextHolder.getLocale(), "desk.byCandidate") : because);
    }

    private static Choice choice(HttpServletRequest request) {
        String[] parts = request.getParameterValues("part");
        return new Choice(
                Stream.of(Way.values())
                        .filter(way -> way.name().equals(request.getParameter("way")))
                        .findFirst()
                        .orElse(Way.CHOOSE),
                given(request, "eventType"),
                given(request, "nature"),
                given(request, "lead"),
                given(request, "into"),
                parts == null
                        ? List.of()
                        : Stream.of(parts)
                                .map(String::strip)
                                .filter(part -> !part.isEmpty())
                                .toList(),
                given(request, "because"));
    }

    private static String given(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value.strip();
    }

    /** Rows that would have had the policy find by itself what persons found, as a workbook. */
    @GetMapping(ConsoleRoutes.DESK_LEARNED)
    void learned(HttpServletResponse response) throws IOException {
        Instant since = clock.instant().minus(LEARNED_FROM);
        Handwork.Rows rows = desk.learned(since);
        response.setContentType(XLSX);
        response.setHeader("Content-Disposition", "attachment; filename=\"desk-examples.xlsx\"");
        try (var book = new ReportBook()) {
            var page = book.page(
                    rows.sheet(),
                    rows.widths().stream().mapToInt(Integer::intValue).toArray());
            page.title(rows.title());
            page.header(rows.header().toArray(String[]::new));
            rows.rows().forEach(row -> page.row(row.toArray()));
            book.write(response.getOutputStream());
        }
    }
}
