package liandong.console;

import jakarta.servlet.http.HttpServletRequest;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liandong.access.Caller;
import liandong.decision.Decision;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.decision.PeriodOfCases;
import liandong.decision.PeriodOfCases.CaseOfBody;
import liandong.explain.Phrases;
import liandong.incident.Term;
import liandong.journal.Archive;
import liandong.journal.Archive.Cursor;
import liandong.journal.Archive.Found;
import liandong.journal.DecisionQuery;
import liandong.journal.Entry;
import liandong.journal.Personal;
import liandong.policy.Policy;
import liandong.policy.PolicyHistory;
import liandong.web.Callers;
import liandong.web.Job;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /console/watch/scores}: what bodies score for a month or a quarter by the cases that were kept, every point with its row
 * and the cases behind it (期间考核). Nobody is ranked unless somebody asks.
 */
@Controller
class ScoresController {
    private static final int MONTHS = 12;
    private static final int QUARTERS = 4;
    private static final int TO_A_QUARTER = 3;
    private static final int READ = 500;
    private static final int MOST_CASES_SHOWN = 50;
    private static final Pattern QUARTER = Pattern.compile("(\\d{4})-Q([1-4])");

    private final Archive archive;
    private final Personal personal;
    private final PolicyHistory policy;
    private final DecisionService service;
    private final Jobs jobs;
    private final Clock clock;

    ScoresController(
            Archive archive, Personal personal, PolicyHistory policy, DecisionService service, Jobs jobs, Clock clock) {
        this.archive = archive;
        this.personal = personal;
        this.policy = policy;
        this.service = service.untold();
        this.jobs = jobs;
        this.clock = clock;
    }

    /** A month or a quarter. */
    record Span(String name, YearMonth first, int months) {
        Instant from(ZoneId zone) {
            return first.atDay(1).atStartOfDay(zone).toInstant();
        }

        Instant to(ZoneId zone) {
            return first.plusMonths(months).atDay(1).atStartOfDay(zone).toInstant();
        }
    }

    /** What was counted. */
    private record Counted(
            String policy,
            long cases,
            long unread,
            List<String> beyond,
            Map<String, List<CaseOfBody>> of,
            JsonNode answer) {}

    /** How a count goes, or went. */
    record Progress(String by, String begun, String ended, int percent, List<RefusedController.Told> problems) {}

    /** Bodies of one kind. */
    record Peers(String kind, List<Band> bands) {}

    /** Bodies of one grade, which are before or after nobody of the same. */
    record Band(String grade, List<Score> scores) {}

    /** The score of a body. */
    record Score(
            String code,
            String body,
            @Nullable Integer rank,
            String score,
            String outOf,
            long cases,
            List<Measure> measures,
            List<Item> items,
            String notGiven,
            String appealed,
            List<String> faults) {}

    /** A measure; an interval where it is one of few. */
    record Measure(String name, String value, String of, boolean small, String interval, String band) {}

    /** An item with every point. */
    record Item(String name, String points, List<Point> lines) {}

    /** Points gained or lost, by which row, and because of which cases; {@code more} of them are not shown. */
    record Point(
            String what,
            String points,
            String row,
            String says,
            String source,
            boolean confirmed,
            List<Case> cases,
            int more) {}

    /** A case; the link is empty for who may not open the archive. */
    record Case(String id, String link) {}

    @GetMapping(ConsoleRoutes.SCORES)
    String scores(
            @RequestParam(name = "period", defaultValue = "") String name,
            @RequestParam(name = "ranking", defaultValue = "") String ranking,
            @RequestHeader(name = "HX-Request", defaultValue = "") String htmx,
            HttpServletRequest request,
            Model model) {
        Span span = span(name);
        fill(span, !ranking.isEmpty(), request, model);
        return htmx.isEmpty() ? "scores" : "scores :: counted";
    }

    /** Begins to count; the same that is counted already is not counted twice at once. */
    @PostMapping(ConsoleRoutes.SCORES)
    String begin(
            @RequestParam(name = "period", defaultValue = "") String name,
            @RequestParam(name = "ranking", defaultValue = "") String ranking,
            HttpServletRequest request) {
        Span span = span(name);
        boolean ranked = !ranking.isEmpty();
        Decision<?, ?> decision = decision();
        if (decision != null) {
            jobs.begin(kind(span, ranked), Callers.of(request).name(), 0, job -> counted(decision, span, ranked, job));
        }
        return "redirect:" + ConsoleRoutes.SCORES + "?period=" + span.name() + (ranked ? "&ranking=yes" : "");
    }

    private static String kind(Span span, boolean ranking) {
        return "scores " + span.name() + (ranking ? " ranked" : "");
    }

    /** The decision about periods; null when the policy makes none. */
    private @Nullable Decision<?, ?> decision() {
        return Decisions.all().stream()
                .filter(each -> each.ofCases() != null && policy.get().decides(each.part()))
                .findFirst()
                .orElse(null);
    }

    private ZoneId zone() {
        return policy.get().calendar().zone();
    }

    private Span span(String name) {
        Matcher quarter = QUARTER.matcher(name);
        try {
            return quarter.matches()
                    ? new Span(
                            name,
                            YearMonth.of(
                                    Integer.parseInt(quarter.group(1)),
                                    TO_A_QUARTER * (Integer.parseInt(quarter.group(2)) - 1) + 1),
                            TO_A_QUARTER)
                    : month(YearMonth.parse(name));
        } catch (DateTimeException e) {
            return month(present());
        }
    }

    private YearMonth present() {
        return YearMonth.from(clock.instant().atZone(zone()));
    }

    private static Span month(YearMonth month) {
        return new Span(month.toString(), month, 1);
    }

    /** The periods to choose from, the latest first. */
    private List<Span> spans() {
        YearMonth present = present();
        var spans = new ArrayList<Span>();
        for (int i = 0; i < MONTHS; i++) {
            spans.add(month(present.minusMonths(i)));
        }
        for (int i = 0; i < QUARTERS; i++) {
            YearMonth within = present.minusMonths((long) i * TO_A_QUARTER);
            int quarter = (within.getMonthValue() - 1) / TO_A_QUARTER;
            spans.add(span(within.getYear() + "-Q" + (quarter + 1)));
        }
        return spans;
    }

    private Counted counted(Decision<?, ?> decision, Span span, boolean ranking, Job job) throws BadRequestException {
        Policy live = policy.get();
        ZoneId zone = zone();
        PeriodOfCases maker = Objects.requireNonNull(decision.ofCases());
        var query = new DecisionQuery(span.from(zone), span.to(zone), null, List.of("kind " + maker.cases()));
        long total = archive.count(query);
        var seen = new HashSet<String>();
        var of = new TreeMap<String, List<CaseOfBody>>();
        var beyond = new ArrayList<String>();
        long looked = 0;
        long unread = 0;
        Cursor next = null;
        do {
            // The newest first: of a case that was scored again, the last score counts.
            Found found = archive.newest(query, next, READ);
            for (Entry entry : found.entries()) {
                job.goOn(looked++, total);
                CaseOfBody one = read(entry, maker, live);
                if (one == null) {
                    unread++;
                } else if (seen.add(one.body() + " " + one.id())) {
                    List<CaseOfBody> own = of.computeIfAbsent(one.body(), body -> new ArrayList<>());
                    if (own.size() < FactReader.MOST_ELEMENTS) {
                        own.add(one);
                    } else if (!beyond.contains(one.label())) {
                        beyond.add(one.label());
                    }
                }
            }
            next = found.next();
        } while (next != null);
        JsonNode answer = of.isEmpty()
                ? Json.object()
                : service.decide(
                                decision,
                                live,
                                maker.request(
                                        of,
                                        OffsetDateTime.ofInstant(span.from(zone), zone),
                                        OffsetDateTime.ofInstant(span.to(zone), zone),
                                        OffsetDateTime.ofInstant(clock.instant(), zone),
                                        ranking))
                        .answer();
        return new Counted(
                live.version(), of.values().stream().mapToLong(List::size).sum(), unread, beyond, of, answer);
    }

    private @Nullable CaseOfBody read(Entry entry, PeriodOfCases maker, Policy live) {
        try {
            ObjectNode kept = Json.read(entry.request()) instanceof ObjectNode object ? object : null;
            ObjectNode shown = kept == null ? null : personal.shown(entry, kept);
            // What is hidden is a text, by which no case is counted.
            return kept == null
                    ? null
                    : maker.of(shown == null ? kept : shown, Json.read(personal.answer(entry)), live);
        } catch (BadRequestException e) {
            return null;
        }
    }

    private void fill(Span span, boolean ranking, HttpServletRequest request, Model model) {
        Caller caller = Callers.of(request);
        Decision<?, ?> decision = decision();
        Job job = jobs.last(kind(span, ranking));
        Counted counted = job != null && job.result() instanceof Counted some ? some : null;
        model.addAttribute("decides", decision != null);
        model.addAttribute("spans", spans());
        model.addAttribute("span", span);
        model.addAttribute("ranking", ranking);
        model.addAttribute("from", Times.minute(span.from(zone()), zone()));
        model.addAttribute("to", Times.minute(span.to(zone()), zone()));
        model.addAttribute("job", job == null ? null : progress(job));
        model.addAttribute("counted", counted);
        model.addAttribute(
                "older",
                counted != null && !counted.policy().equals(policy.get().version()));
        if (counted != null && decision != null) {
            boolean opens = ConsoleRoutes.mayOpen(caller, ConsoleRoutes.ARCHIVE_INCIDENT);
            model.addAttribute("peers", new Shown(decision, counted, opens).peers());
            model.addAttribute("rows", ConsoleRoutes.mayOpen(caller, "/console/policy/search"));
        }
    }

    private Progress progress(Job job) {
        Instant ended = job.ended();
        return new Progress(
                job.by(),
                Times.minute(job.begun(), zone()),
                ended == null ? "" : Times.minute(ended, zone()),
                job.percent(),
                job.problems().stream().map(RefusedController.Told::of).toList());
    }

    /** An answer in the words of a reader. */
    private static final class Shown {
        private final Phrases say = new Phrases(LocaleContextHolder.getLocale());
        private final Map<String, Map<String, Term>> terms = new HashMap<>();
        private final PeriodOfCases maker;
        private final Counted counted;
        private final boolean opens;

        Shown(Decision<?, ?> decision, Counted counted, boolean opens) {
            this.maker = Objects.requireNonNull(decision.ofCases());
            this.counted = counted;
            this.opens = opens;
            decision.shape().fields().forEach(field -> {
                Class<?> type = field.component().value();
                if (type.isEnum() && Term.class.isAssignableFrom(type)) {
                    Map<String, Term> all =
                            terms.computeIfAbsent(field.component().json(), name -> new HashMap<>());
                    Stream.of(type.getEnumConstants())
                            .map(Term.class::cast)
                            .forEach(each -> all.put(each.code(), each));
                }
            });
        }

        /** What an answer says in a member, in the reader's language. */
        private String word(String member, JsonNode said) {
            if (said.isObject()) {
                return said.path("label").asString(said.path("code").asString(""));
            }
            Term term = terms.getOrDefault(member, Map.of()).get(said.asString(""));
            return term == null ? said.asString("") : say.word(term);
        }

        /** By kind, and of a kind by grade; one body alone, or under a policy that ranks, as it comes. */
        List<Peers> peers() {
            var scores = new LinkedHashMap<String, Score>();
            var grades = new HashMap<String, String>();
            for (JsonNode each : counted.answer().path("scores")) {
                Score score = score(each);
                scores.put(score.code(), score);
                grades.put(score.code(), word("grade", each.path("grade")));
            }
            var peers = new ArrayList<Peers>();
            Set<String> placed = new HashSet<>();
            for (JsonNode kind : counted.answer().path("peers")) {
                var bands = new ArrayList<Band>();
                for (JsonNode band : kind.path("bands")) {
                    bands.add(new Band(word("grade", band.path("grade")), of(band.path("bodies"), scores, placed)));
                }
                List<Score> none = of(kind.path("notScored"), scores, placed);
                if (!none.isEmpty()) {
                    bands.add(new Band("", none));
                }
                peers.add(new Peers(word("kind", kind.path("kind")), bands));
            }
            var rest = new ArrayList<Band>();
            scores.forEach((code, score) -> {
                if (placed.add(code)) {
                    rest.add(new Band(grades.getOrDefault(code, ""), List.of(score)));
                }
            });
            if (!rest.isEmpty()) {
                peers.add(new Peers("", rest));
            }
            return peers;
        }

        private static List<Score> of(JsonNode bodies, Map<String, Score> scores, Set<String> placed) {
            var own = new ArrayList<String>();
            bodies.forEach(body -> own.add(body.path("code").asString("")));
            placed.addAll(own);
            // In the order of the answer: by code, or by rank where somebody asked for one.
            return scores.values().stream()
                    .filter(score -> own.contains(score.code()))
                    .toList();
        }

        private Score score(JsonNode one) {
            String code = one.path("body").path("code").asString("");
            List<CaseOfBody> cases = counted.of().getOrDefault(code, List.of());
            var measures = new ArrayList<Measure>();
            one.path("measures").forEach(each -> {
                if (each.path("count").asInt(0) > 0 || each.path("of").asInt(0) > 0) {
                    measures.add(measure(each));
                }
            });
            var items = new ArrayList<Item>();
            one.path("items")
                    .forEach(each -> items.add(new Item(
                            word("item", each.path("item")),
                            points(each.path("points")),
                            lines(each.path("lines"), cases))));
            if (!one.path("caps").isEmpty()) {
                items.add(new Item("", "", lines(one.path("caps"), cases)));
            }
            var notGiven = new ArrayList<String>();
            one.path("notGiven").forEach(each -> notGiven.add(word("notGiven", each)));
            var faults = new ArrayList<String>();
            one.path("faults")
                    .forEach(each -> faults.add(
                            each.path(say.chinese() ? "message" : "messageEn").asString("")));
            return new Score(
                    code,
                    word("body", one.path("body")),
                    one.has("rank") ? one.path("rank").asInt() : null,
                    points(one.path("score")),
                    points(one.path("outOf")),
                    cases.size(),
                    measures,
                    items,
                    say.list(notGiven),
                    points(one.path("ifAppealsAreUpheld").path("score")),
                    faults);
        }

        private static String points(JsonNode number) {
            return number.isNumber()
                    ? number.decimalValue().setScale(2, RoundingMode.HALF_UP).toPlainString()
                    : "";
        }

        private String name(JsonNode measure) {
            String name = word("measure", measure.path("measure"));
            return measure.path("leaderOrMedia").asBoolean(false)
                    ? name + " · " + Say.of(LocaleContextHolder.getLocale(), "scores.leaderOrMedia")
                    : name;
        }

        private Measure measure(JsonNode one) {
            JsonNode interval = one.path("interval");
            return new Measure(
                    name(one),
                    one.has("rate")
                            ? points(one.path("rate")) + " %"
                            : one.path("count").asString(""),
                    one.has("of")
                            ? one.path("count").asString("") + " / "
                                    + one.path("of").asString("")
                            : "",
                    one.path("small").asBoolean(false),
                    interval.isMissingNode()
                            ? ""
                            : points(interval.path("low")) + " – " + points(interval.path("high")) + " %",
                    one.path("band").asString(""));
        }

        private List<Point> lines(JsonNode lines, List<CaseOfBody> cases) {
            var points = new ArrayList<Point>();
            for (JsonNode line : lines) {
                String measure = line.path("measure").asString("");
                Boolean leaderOrMedia =
                        line.has("leaderOrMedia") ? line.path("leaderOrMedia").asBoolean() : null;
                List<CaseOfBody> behind = measure.isEmpty()
                        ? List.of()
                        : cases.stream()
                                .filter(one -> maker.isBehind(measure, leaderOrMedia, one.facts()))
                                .toList();
                points.add(new Point(
                        measure.isEmpty() ? word("for", line.path("for")) : name(line),
                        points(line.path("points")),
                        line.path("row").asString(""),
                        line.path("says").asString(""),
                        line.path("source").asString(""),
                        line.path("confirmed").asBoolean(false),
                        behind.stream()
                                .limit(MOST_CASES_SHOWN)
                                .map(one -> new Case(
                                        one.id(),
                                        opens
                                                ? ConsoleRoutes.ARCHIVE_INCIDENT + "?id="
                                                        + ArchiveController.encoded(one.id())
                                                : ""))
                                .toList(),
                        Math.max(0, behind.size() - MOST_CASES_SHOWN)));
            }
            return points;
        }
    }
}
