package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import liandong.access.Caller;
import liandong.access.Role;
import liandong.incident.Member;
import liandong.journal.Archive;
import liandong.journal.Archive.Cursor;
import liandong.journal.Archive.Found;
import liandong.journal.DecisionJson;
import liandong.journal.DecisionJson.Brief;
import liandong.journal.DecisionQuery;
import liandong.journal.DecisionQueryParser;
import liandong.journal.Entry;
import liandong.journal.Export;
import liandong.journal.Personal;
import liandong.journal.SearchWords;
import liandong.policy.Policy;
import liandong.policy.PolicyHistory;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.replay.Replay;
import liandong.replay.Replayed;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /v1/decisions…} and {@code GET /v1/incidents/…}: what was decided, found again.
 *
 * <p>Auditors find everything. Callers find what they asked for themselves, by the name that their key was made out to: so a
 * system learns what came of a request whose answer it never got, and nothing of what others were told.
 */
@RestController
class DecisionController {
    static final int USUAL = 50;
    private static final int MOST_BYTES = 1_000_000;
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final Archive archive;
    private final Personal personal;
    private final Supplier<Policy> policy;
    private final Replay replay;
    private final LaterAnswers later;

    DecisionController(Archive archive, Personal personal, PolicyHistory policy, Replay replay, LaterAnswers later) {
        this.later = later;
        this.archive = archive;
        this.personal = personal;
        this.policy = policy;
        this.replay = replay;
    }

    /** A page of decisions that were found. */
    record Page(
            @Member(meaning = "what was found") List<Brief> decisions,

            @Member(
                    meaning = "the cursor of the next page; absent when there is none",
                    example = "\"1769140800000.42\"")
            @Nullable
            String next) {}

    /** A decision, run again each time it was given. */
    record Replays(
            @Member(meaning = "the decision's id (UUIDv7)", example = "\"019e2f3c-1a00-7b0e-9f3c-2d1e4f5a6b7c\"")
            String decisionId,

            @Member(meaning = "what came of it, for every time it was given; never empty")
            List<Replayed.Report> replays) {}

    /**
     * A search, understood.
     *
     * @param text what tells it from others, for its cursors
     */
    private record Search(
            DecisionQuery query,
            String text,
            boolean oldestFirst,
            int limit,
            @Nullable Cursor cursor) {}

    private Search read(Map<String, String> given, Caller caller, List<Problem> problems) {
        Policy live = policy.get();
        DecisionQuery query = new DecisionQueryParser(
                        live.calendar().zone(), new SearchWords(archive, live.vocabulary()), problems::add)
                .read(given)
                .askedBy(onlyOf(caller));
        String order = QueryValues.one(given, "order", List.of("newest", "oldest"), problems);
        int limit = QueryValues.number(given, "limit", Archive.MOST, USUAL, problems);
        var conditions = new TreeMap<>(given);
        conditions.keySet().removeAll(List.of("cursor", "limit", "order", "format"));
        String text = String.join("\n", "decisions", order, whose(caller), conditions.toString());
        return new Search(query, text, order.equals("oldest"), limit, cursor(given.get("cursor"), text, problems));
    }

    /** Decisions that meet every condition, page by page, or all of them as a stream. */
    @GetMapping("/v1/decisions")
    void search(@RequestParam Map<String, String> given, HttpServletRequest request, HttpServletResponse response)
            throws IOException, BadRequestException {
        var problems = new ArrayList<Problem>();
        Search search = read(given, Callers.of(request), problems);
        String format = QueryValues.one(given, "format", List.of("json", "ndjson", "csv"), problems);
        if (!problems.isEmpty()) {
            throw new BadRequestException(true, problems);
        }
        var export = new Export(archive, personal);
        switch (format) {
            case "ndjson" -> {
                response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
                export.ndjson(search.query(), response.getOutputStream(), written -> {});
            }
            case "csv" -> {
                response.setContentType(CSV.toString());
                response.setHeader("Content-Disposition", "attachment; filename=\"decisions.csv\"");
                export.csv(search.query(), response.getOutputStream(), written -> {});
            }
            default -> {
                byte[] bytes = Json.write(page(search)).getBytes(StandardCharsets.UTF_8);
                response.setContentType(MediaType.APPLICATION_JSON_VALUE);
                response.getOutputStream().write(bytes);
            }
        }
    }

    /**
     * A page of the decisions that a caller may see.
     *
     * @param given conditions by name, {@code order}, {@code limit} and {@code cursor}
     */
    Page page(Map<String, String> given, Caller caller) throws BadRequestException {
        var problems = new ArrayList<Problem>();
        Search search = read(given, caller, problems);
        if (!problems.isEmpty()) {
            throw new BadRequestException(true, problems);
        }
        return page(search);
    }

    private Page page(Search search) {
        return page(
                search.oldestFirst()
                        ? archive.oldest(search.query(), search.cursor(), search.limit())
                        : archive.newest(search.query(), search.cursor(), search.limit()),
                search.text());
    }

    /** A page of what was found: all, or the first of them when they would make a longer answer than callers are given. */
    private static Page page(Found found, String search) {
        var listed = new ArrayList<Brief>();
        Cursor next = found.next();
        int bytes = 0;
        for (Entry entry : found.entries()) {
            Brief brief = Brief.of(entry);
            bytes += Json.write(brief).getBytes(StandardCharsets.UTF_8).length + 1;
            if (bytes > MOST_BYTES && !listed.isEmpty()) {
                next = Cursor.of(found.entries().get(listed.size() - 1));
                break;
            }
            listed.add(brief);
        }
        return new Page(List.copyOf(listed), next == null ? null : next.text(search));
    }

    private static @Nullable Cursor cursor(@Nullable String text, String search, List<Problem> problems) {
        Cursor cursor = text == null ? null : Cursor.parse(text, search);
        if (text != null && cursor == null) {
            problems.add(Problem.of(Code.BAD_CURSOR, new FileRef("cursor"), FactReader.shortened(text)));
        }
        return cursor;
    }

    /** One decision, with every time that it was given. */
    @GetMapping("/v1/decisions/{id}")
    ResponseEntity<byte[]> decision(@PathVariable("id") String id, HttpServletRequest request)
            throws NotThereException {
        DecisionJson.Whole whole = whole(id, Callers.of(request));
        if (whole == null) {
            throw nothing(id);
        }
        return json(whole);
    }

    /** A decision that a caller may see; null when there is none such. */
    DecisionJson.@Nullable Whole whole(String id, Caller caller) {
        List<Entry> given = archive.decision(id, onlyOf(caller));
        return given.isEmpty()
                ? null
                : DecisionJson.whole(given.get(0), personal).given(given);
    }

    /** Runs a decision again: same facts, same policy, same moment; each time it was given, for each was kept by itself. */
    @PostMapping("/v1/decisions/{id}/replay")
    ResponseEntity<byte[]> replay(@PathVariable("id") String id, HttpServletRequest request)
            throws IOException, BadRequestException, NotThereException {
        List<Entry> given = archive.decision(id);
        if (given.isEmpty()) {
            throw nothing(id);
        }
        Locale locale = Locales.of(request);
        return later.answer(request, watch -> {
            var replays = new ArrayList<Replayed.Report>();
            for (Entry entry : given) {
                replays.add(replay.of(entry).told(entry, locale));
                watch.goOn(replays.size(), given.size());
            }
            return json(new Replays(id, replays));
        });
    }

    /** Everything that was decided of an incident, the oldest first (一案一档); of a long one as much as an answer holds. */
    @GetMapping("/v1/incidents/{id}")
    ResponseEntity<byte[]> incident(
            @PathVariable("id") String id,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            HttpServletRequest request)
            throws NotThereException, BadRequestException {
        var problems = new ArrayList<Problem>();
        String of = String.join("\n", "trail", whose(Callers.of(request)), id);
        Cursor after = cursor(cursor, of, problems);
        if (!problems.isEmpty()) {
            throw new BadRequestException(true, problems);
        }
        Found trail = archive.trail(id, onlyOf(Callers.of(request)), after);
        if (trail.entries().isEmpty()) {
            throw nothing(id);
        }
        return json(DecisionJson.trail(id, archive.told(id, onlyOf(Callers.of(request)), after), trail, of, personal));
    }

    private static NotThereException nothing(String id) {
        return new NotThereException(Problem.of(Code.NOTHING_DECIDED, new FileRef("id"), FactReader.shortened(id)));
    }

    /** Whose decisions alone may be seen; null when all may. */
    private static @Nullable String onlyOf(Caller caller) {
        return caller.roles().contains(Role.AUDITOR) ? null : caller.name();
    }

    /** The same as a word of a cursor. */
    private static String whose(Caller caller) {
        String name = onlyOf(caller);
        return name == null ? "" : "of " + name;
    }

    private static ResponseEntity<byte[]> json(Record json) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.write(json).getBytes(StandardCharsets.UTF_8));
    }
}
