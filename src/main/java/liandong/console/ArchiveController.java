package liandong.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import liandong.access.Caller;
import liandong.access.Role;
import liandong.decision.AnswerWarning;
import liandong.decision.Decision;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.engine.DecisionFailedException;
import liandong.explain.Phrases;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.Category;
import liandong.incident.EventType;
import liandong.journal.Archive;
import liandong.journal.Archive.Cursor;
import liandong.journal.Archive.Found;
import liandong.journal.DecisionJson;
import liandong.journal.DecisionQueryParser;
import liandong.journal.Entry;
import liandong.journal.Personal;
import liandong.journal.SearchWords;
import liandong.journal.Verification;
import liandong.policy.Policy;
import liandong.policy.PolicyHistory;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.replay.Difference;
import liandong.replay.Replay;
import liandong.replay.Replayed;
import liandong.scenario.RecordedCase;
import liandong.scenario.ScenarioBook;
import liandong.scenario.TestReport;
import liandong.store.Database;
import liandong.store.StoreException;
import liandong.web.Callers;
import liandong.web.Heavy;
import liandong.web.HeavyWork;
import liandong.web.Job;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /console/archive}: what was decided, found again; an incident's trail as a story; a decision run again; the journal
 * verified (档案).
 *
 * <p>Auditors and officers find everything, callers what they asked for themselves.
 */
@Controller
class ArchiveController {
    private static final int TO_A_PAGE = 50;

    /** More than these are listed in a trail by their outcome alone. */
    private static final int STORIES = 30;

    private static final int MOST_FAULTS = 100;
    private static final String VERIFY = "verify";
    private static final Pattern DECISION = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}");

    /** What may be looked for, in the order of the form. */
    private static final List<String> FIELDS = List.of(
            "kind",
            "outcome",
            "eventType",
            "category",
            "body",
            "area",
            "caller",
            "row",
            "rule",
            "policy",
            "event",
            "desk");

    private final Archive archive;
    private final Personal personal;
    private final PolicyHistory policy;
    private final DecisionService service;
    private final Replay replay;
    private final HeavyWork heavyWork;
    private final Database database;
    private final Jobs jobs;

    ArchiveController(
            Archive archive,
            Personal personal,
            PolicyHistory policy,
            DecisionService service,
            HeavyWork heavyWork,
            Database database,
            Jobs jobs) {
        this.archive = archive;
        this.personal = personal;
        this.policy = policy;
        this.service = service.untold();
        this.replay = new Replay(policy::version, personal);
        this.heavyWork = heavyWork;
        this.database = database;
        this.jobs = jobs;
    }

    @GetMapping(ConsoleRoutes.ARCHIVE)
    String search(@RequestParam Map<String, String> given, HttpServletRequest request, Model model) {
        String wanted = given.getOrDefault("q", "").strip();
        Caller caller = Callers.of(request);
        if (!wanted.isEmpty()) {
            List<Entry> decision =
                    DECISION.matcher(wanted).matches() ? archive.decision(wanted, onlyOf(caller)) : List.of();
            String incident = decision.isEmpty() ? wanted : decision.get(0).subject();
            if (!archive.trail(incident, onlyOf(caller), null).entries().isEmpty()) {
                return "redirect:" + ConsoleRoutes.ARCHIVE_INCIDENT + "?id=" + encoded(incident);
            }
        }
        ZoneId zone = zone();
        var problems = new ArrayList<Problem>();
        var asked = new TreeMap<>(given);
        asked.remove("incident");
        Policy live = policy.get();
        var query = new DecisionQueryParser(zone, new SearchWords(archive, live.vocabulary()), problems::add)
                .read(asked)
                .askedBy(onlyOf(caller));
        String after = given.getOrDefault("cursor", "");
        Cursor cursor = after.isEmpty() ? null : Cursor.parse(after);
        Found found = problems.isEmpty() && wanted.isEmpty()
                ? archive.newest(query, cursor, TO_A_PAGE)
                : new Found(List.of(), null);
        Cursor next = found.next();
        Locale locale = LocaleContextHolder.getLocale();
        model.addAttribute(
                "lines",
                found.entries().stream()
                        .map(entry -> ArchiveLine.of(entry, zone))
                        .toList());
        model.addAttribute("next", next == null ? "" : link(given, next.text()));
        model.addAttribute(
                "problems", problems.stream().map(RefusedController.Told::of).toList());
        model.addAttribute("given", given);
        model.addAttribute("notFound", wanted);
        model.addAttribute(
                "narrowed",
                FIELDS.stream().anyMatch(name -> !given.getOrDefault(name, "").isBlank()));
        model.addAttribute("kinds", Decisions.all());
        model.addAttribute("outcomes", Outcomes.all(locale));
        model.addAttribute("bodies", live.vocabulary().all(Body.class));
        model.addAttribute("types", live.vocabulary().all(EventType.class));
        model.addAttribute("categories", live.vocabulary().all(Category.class));
        model.addAttribute("areas", live.vocabulary().all(Area.class));
        model.addAttribute("auditor", caller.roles().contains(Role.AUDITOR));
        return "archive";
    }

    private static String link(Map<String, String> given, String cursor) {
        var link = new StringBuilder(ConsoleRoutes.ARCHIVE).append('?');
        var all = new TreeMap<>(given);
        all.put("cursor", cursor);
        all.forEach((name, value) -> {
            if (!value.isBlank()) {
                link.append(encoded(name)).append('=').append(encoded(value)).append('&');
            }
        });
        return link.substring(0, link.length() - 1);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private ZoneId zone() {
        return policy.get().calendar().zone();
    }

    /** Whose decisions alone may be seen; null when all may. */
    private static @Nullable String onlyOf(Caller caller) {
        return caller.roles().contains(Role.AUDITOR) || caller.roles().contains(Role.OFFICER) ? null : caller.name();
    }

    /**
     * A decision of a trail.
     *
     * @param story what was decided and why, in words; empty when only the line is shown
     * @param asIs whether the story is what the stored answer says, as the decision cannot be made again here
     * @param because why a person judged so; empty for nothing
     * @param request what was asked, as JSON
     * @param answer what was answered, as JSON
     */
    record Chapter(
            ArchiveLine line,
            String policy,
            String story,
            boolean asIs,
            String because,
            String settles,
            String request,
            String answer) {}

    @GetMapping(ConsoleRoutes.ARCHIVE_INCIDENT)
    String incident(@RequestParam(name = "id", defaultValue = "") String id, HttpServletRequest request, Model model) {
        Caller caller = Callers.of(request);
        Found trail = archive.trail(id, onlyOf(caller), null);
        if (trail.entries().isEmpty()) {
            throw missing();
        }
        List<Entry> entries = trail.entries();
        var chapters = new ArrayList<Chapter>();
        for (Entry entry : entries.subList(0, Math.min(entries.size(), STORIES))) {
            chapters.add(chapter(entry));
        }
        Entry first = entries.get(0);
        String text = "";
        JsonNode asked = json(DecisionJson.request(first, personal));
        if (first.kind().handwork() != null) {
            text = Desk.withAddress(first.kind().handwork().text(asked), asked);
        }
        List<FactList.Fact> facts = FactList.of(
                policy.get(),
                first.kind(),
                asked,
                json(personal.answer(first)),
                new Phrases(LocaleContextHolder.getLocale()));
        boolean chinese = new Phrases(LocaleContextHolder.getLocale()).chinese();
        model.addAttribute("id", id);
        model.addAttribute("text", text);
        model.addAttribute("facts", facts);
        model.addAttribute("chapters", chapters);
        long all = trail.next() == null ? entries.size() : archive.countTrail(id, onlyOf(caller));
        model.addAttribute("more", all - chapters.size());
        model.addAttribute(
                "warnings",
                DecisionJson.trail(id, trail, personal).warnings().stream()
                        .map(warning -> told(warning, chinese))
                        .toList());
        model.addAttribute("auditor", caller.roles().contains(Role.AUDITOR));
        model.addAttribute("version", policy.get().label());
        return "archive-incident";
    }

    private static String told(AnswerWarning warning, boolean chinese) {
        return chinese ? warning.message() : warning.messageEn();
    }

    private static RefusedException missing() {
        return new RefusedException(Refusal.of(
                HttpStatus.NOT_FOUND, Problem.of(Code.NOT_FOUND, new RequestPointer(""), ConsoleRoutes.ARCHIVE)));
    }

    private Chapter chapter(Entry entry) {
        JsonNode asked = json(DecisionJson.request(entry, personal));
        String answer = personal.answer(entry);
        String story = told(entry, asked, answer);
        JsonNode given = json(answer);
        return new Chapter(
                ArchiveLine.of(entry, zone()),
                given.path("policy").path("label").stringValue(""),
                story == null ? TestReport.reasons(given) : story,
                story == null,
                asked.path("options").path("because").stringValue(""),
                asked.path("options").path("settles").stringValue(""),
                Json.writeIndented(asked),
                Json.writeIndented(given));
    }

    /** The story of a decision, if making it again gives what was given; else null. */
    private @Nullable String told(Entry entry, JsonNode asked, String answer) {
        try {
            Policy then = policy.version(entry.policy());
            if (then == null) {
                return null;
            }
            DecisionRecord<?, ?> record = decide(entry.kind(), then, asked);
            return Json.write(record.answer()).equals(answer) ? Stories.whole(record) : null;
        } catch (BadRequestException | DecisionFailedException | StoreException e) {
            return null; // replay says why
        }
    }

    private DecisionRecord<?, ?> decide(Decision<?, ?> kind, Policy then, JsonNode asked) throws BadRequestException {
        return service.decide(kind, then, asked);
    }

    private static JsonNode json(String text) {
        try {
            return Json.read(text);
        } catch (BadRequestException e) {
            return Json.object(); // the store was tampered with; verification tells of that
        }
    }

    /** A decision as a row of a scenario workbook, for a tester to tick or correct. */
    @GetMapping(ConsoleRoutes.ARCHIVE_SCENARIO)
    void scenario(
            @RequestParam(name = "id", defaultValue = "") String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, BadRequestException {
        List<Entry> given = archive.decision(id, onlyOf(Callers.of(request)));
        if (given.isEmpty()) {
            throw missing();
        }
        Entry entry = given.get(0);
        Policy live = policy.get();
        var problems = new ArrayList<Problem>();
        byte[] book = ScenarioBook.with(
                "scenario.xlsx",
                null,
                List.of(RecordedCase.of(
                        live,
                        entry.kind(),
                        withoutJudging(DecisionJson.request(entry, personal)),
                        json(personal.answer(entry)))),
                live.vocabulary(),
                Set.of(),
                number -> {},
                problems::add);
        if (book == null) {
            throw new BadRequestException(true, problems);
        }
        response.setContentType(DeskController.XLSX);
        response.setHeader("Content-Disposition", "attachment; filename=\"scenario.xlsx\"");
        response.getOutputStream().write(book);
    }

    /** A request without what a person said of it: that is no fact, and another decision would have to be there. */
    private static JsonNode withoutJudging(String request) {
        JsonNode json = json(request);
        if (json.path("options") instanceof ObjectNode options) {
            options.remove(List.of("settles", "because"));
        }
        return json;
    }

    /**
     * What came of running a decision again.
     *
     * @param result {@code SAME}, {@code DIFFERENT} or {@code IMPOSSIBLE}
     */
    record Again(String result, String at, List<Difference> differences, String obstacle) {}

    @Heavy
    @PostMapping(ConsoleRoutes.ARCHIVE_REPLAY)
    String replay(@RequestParam(name = "id", defaultValue = "") String id, Model model)
            throws IOException, BadRequestException {
        List<Entry> given = archive.decision(id);
        if (given.isEmpty()) {
            throw missing();
        }
        var phrases = new Phrases(LocaleContextHolder.getLocale());
        List<Again> again = heavyWork.run(
                () -> given.stream().map(entry -> again(entry, phrases)).toList());
        model.addAttribute("replays", again);
        return "archive-incident :: replayed";
    }

    private Again again(Entry entry, Phrases phrases) {
        Replayed replayed = replay.of(entry);
        return new Again(
                replayed.result().name(),
                Times.minute(entry.keptAt(), zone()),
                replayed.difference() == null
                        ? List.of()
                        : replayed.difference().first(),
                replayed.obstacle() == null
                        ? ""
                        : phrases.word(replayed.obstacle().why()));
    }

    /**
     * A verification as a page tells it.
     *
     * @param percent how far it has got
     */
    record Progress(
            String by,
            String begun,
            String ended,
            int percent,
            @Nullable Verified verified,
            List<RefusedController.Told> problems) {}

    /** What came of a verification. */
    record Verified(boolean good, long entries, int chains, List<Fault> faults, int more, List<Head> heads) {}

    /** Something that is not as it was written. */
    record Fault(String what, long chain, long place, String decision) {}

    /** How far a chain has got: to be written down, and compared another time. */
    record Head(long chain, long length, String hash) {}

    @GetMapping(ConsoleRoutes.ARCHIVE_VERIFY)
    String verification(Model model) {
        model.addAttribute("job", progress());
        return "archive-verify";
    }

    @GetMapping(ConsoleRoutes.ARCHIVE_VERIFY_PROGRESS)
    String progress(Model model) {
        model.addAttribute("job", progress());
        return "archive-verify :: progress";
    }

    @PostMapping(ConsoleRoutes.ARCHIVE_VERIFY)
    String verify(HttpServletRequest request) {
        jobs.begin(VERIFY, Callers.of(request).name(), Verification.rows(database), this::verified);
        return "redirect:" + ConsoleRoutes.ARCHIVE_VERIFY;
    }

    private Object verified(Job watch) {
        return Verification.of(database, Map.of(), watch::done);
    }

    private @Nullable Progress progress() {
        Job job = jobs.last(VERIFY);
        if (job == null) {
            return null;
        }
        return new Progress(
                job.by(),
                Times.minute(job.begun(), zone()),
                job.ended() == null ? "" : Times.minute(job.ended(), zone()),
                job.percent(),
                job.result() instanceof Verification done ? verified(done) : null,
                job.problems().stream().map(RefusedController.Told::of).toList());
    }

    private static Verified verified(Verification done) {
        Locale locale = LocaleContextHolder.getLocale();
        var faults = new ArrayList<Fault>();
        done.faults()
                .forEach(fault -> faults.add(new Fault(
                        Say.of(locale, "verify." + fault.what()),
                        fault.chain(),
                        fault.place(),
                        fault.decision() == null ? "" : fault.decision())));
        done.audit()
                .faults()
                .forEach(fault -> faults.add(new Fault(Say.of(locale, "verify.AUDIT"), 0, 0, fault.toString())));
        return new Verified(
                done.good(),
                done.entries(),
                done.chains().size(),
                List.copyOf(faults.subList(0, Math.min(faults.size(), MOST_FAULTS))),
                Math.max(0, faults.size() - MOST_FAULTS),
                done.chains().stream()
                        .map(head -> new Head(head.chain(), head.length(), head.hash()))
                        .toList());
    }
}
