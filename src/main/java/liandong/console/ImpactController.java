package liandong.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import liandong.access.Caller;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.explain.Phrases;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.journal.Archive;
import liandong.journal.DecisionQuery;
import liandong.journal.Personal;
import liandong.policy.Policy;
import liandong.policy.PolicyHistory;
import liandong.publication.PolicyLifecycle;
import liandong.publication.Proposal;
import liandong.publication.Proposal.State;
import liandong.replay.Effect.Count;
import liandong.replay.Effect.Result;
import liandong.replay.Effect.Word;
import liandong.replay.Impact;
import liandong.replay.ImpactReport;
import liandong.replay.ImpactReport.Example;
import liandong.replay.LatestDecisions;
import liandong.web.Callers;
import liandong.web.Job;
import liandong.wire.AnswerShape;
import liandong.wire.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What a change would have changed about the decisions that were kept (影响): a piece of its page, which grows while it is
 * counted.
 */
@Controller
class ImpactController {
    /** How many of the latest decisions one may ask about. */
    private static final List<Long> MOST = List.of(1_000L, 10_000L, 100_000L);

    private static final long USUAL = 10_000;
    /** From how many days on; 0 for all. */
    private static final List<Integer> DAYS = List.of(0, 7, 30, 90, 365);

    private static final int LINES = 10;
    private static final int BODIES = 20;
    private static final int LONGEST = 60;
    /** What has come so far is copied for the page, so not for every few decisions. */
    private static final long BETWEEN_NANOS = Duration.ofMillis(300).toNanos();

    private static final List<Count> SHOWN = List.of(
            Count.OUTCOMES,
            Count.LEADS,
            Count.UNROUTABLE,
            Count.DUES,
            Count.EVENT_TYPES,
            Count.REFUSED,
            Count.UNEXPLAINED,
            Count.ROWS,
            Count.RULES,
            Count.NOT_COMPARABLE);

    private final PolicyLifecycle life;
    private final PolicyHistory policy;
    private final Drafts drafts;
    private final Archive archive;
    private final Personal personal;
    private final Jobs jobs;
    private final Clock clock;

    ImpactController(
            PolicyLifecycle life,
            PolicyHistory policy,
            Drafts drafts,
            Archive archive,
            Personal personal,
            Jobs jobs,
            Clock clock) {
        this.life = life;
        this.policy = policy;
        this.drafts = drafts;
        this.archive = archive;
        this.personal = personal;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * What was counted, or has been so far.
     *
     * @param content the hash of what is in the change that was asked
     * @param live the version that it was compared with
     * @param report nobody adds to it any more
     */
    private record Counted(String content, String live, boolean stopped, ImpactReport report) {}

    /** How a count goes, or went. */
    record Progress(String by, String begun, String ended, int percent, List<RefusedController.Told> problems) {}

    /** A number with its share of what could be compared. */
    record Figure(String result, String name, long count, String share) {}

    /**
     * What a body gets more to lead, and less.
     *
     * @param fewerWidth its bar, 0 to 50
     * @param moreWidth its bar, 0 to 50
     */
    record Load(String body, long more, long fewer, String net, long fewerWidth, long moreWidth) {}

    /** What decisions are counted by; {@code more} lines are not shown. */
    record Group(String title, List<Line> lines, int more) {}

    /** From what to what, or what, how often, and which decisions for example. */
    record Line(String name, long count, long width, List<Shown> examples) {}

    /**
     * A decision for example.
     *
     * @param link to its place in the archive; empty for who may not open that
     * @param name the incident for who may, else the id of the decision
     */
    record Shown(String link, String name, List<Changed> changed, int more) {}

    /** What an answer says in a place now, and would say. */
    record Changed(String where, String before, String after) {}

    private static String kind(long no) {
        return "impact " + no;
    }

    @GetMapping(ConsoleRoutes.IMPACT)
    String impact(@PathVariable("n") String n, HttpServletRequest request, Model model) {
        Proposal proposal = life.get(ChangeController.number(n));
        if (mayCount(proposal, Callers.of(request)) && jobs.last(kind(proposal.no())) == null) {
            drafts.prepare(proposal.no(), this::askOnce);
        }
        return piece(proposal, request, model);
    }

    /** What a policy makes when it is first asked, it makes before somebody waits for it. */
    private void askOnce(Policy draft) {
        Impact impact = Impact.over(policy.get(), draft, personal);
        archive.newest(DecisionQuery.ALL, null, 1).entries().forEach(impact::of);
    }

    /** Begins to count; what is counted already is not counted twice at once. */
    @PostMapping(ConsoleRoutes.IMPACT)
    String begin(
            @PathVariable("n") String n,
            @RequestParam(name = "most", defaultValue = "10000") long most,
            @RequestParam(name = "days", defaultValue = "0") int days,
            @RequestHeader(name = "HX-Request", defaultValue = "") String htmx,
            HttpServletRequest request,
            Model model) {
        Proposal proposal = life.get(ChangeController.number(n));
        if (mayCount(proposal, Callers.of(request))) {
            Instant from = days > 0 && DAYS.contains(days) ? clock.instant().minus(Duration.ofDays(days)) : null;
            var latest = new LatestDecisions(archive, from, null, MOST.contains(most) ? most : USUAL);
            jobs.begin(
                    kind(proposal.no()),
                    Callers.of(request).name(),
                    latest.count(),
                    watch -> counted(proposal, latest, watch));
        }
        return htmx.isEmpty() ? "redirect:/console/changes/" + proposal.no() : piece(proposal, request, model);
    }

    @PostMapping(ConsoleRoutes.IMPACT_STOP)
    String stop(
            @PathVariable("n") String n,
            @RequestHeader(name = "HX-Request", defaultValue = "") String htmx,
            HttpServletRequest request,
            Model model) {
        Proposal proposal = life.get(ChangeController.number(n));
        Job job = jobs.last(kind(proposal.no()));
        if (job != null) {
            job.stop();
        }
        return htmx.isEmpty() ? "redirect:/console/changes/" + proposal.no() : piece(proposal, request, model);
    }

    private Counted counted(Proposal proposal, LatestDecisions latest, Job watch) throws BadRequestException {
        Policy live = policy.get();
        Policy draft = drafts.policy(proposal.no());
        // Who asks for decisions meanwhile shall not wait for this.
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        ImpactReport report = latest.under(
                Impact.over(live, draft, personal), threads, telling(proposal, live, watch), watch::stopped);
        return new Counted(draft.files().content(), live.version(), watch.stopped(), report);
    }

    private static Consumer<ImpactReport> telling(Proposal proposal, Policy live, Job watch) {
        return new Consumer<>() {
            private long last = System.nanoTime() - BETWEEN_NANOS;

            @Override
            public void accept(ImpactReport report) {
                if (System.nanoTime() - last >= BETWEEN_NANOS) {
                    watch.done(
                            report.looked(),
                            new Counted(proposal.content(), live.version(), false, ImpactReport.of(report.json())));
                    last = System.nanoTime();
                }
            }
        };
    }

    private static boolean mayCount(Proposal proposal, Caller caller) {
        return !List.of(State.LIVE, State.RETIRED, State.WITHDRAWN).contains(proposal.state())
                && caller.roles().stream().anyMatch(ConsoleRoutes.WORKERS::contains);
    }

    private String piece(Proposal proposal, HttpServletRequest request, Model model) {
        Caller caller = Callers.of(request);
        Job job = jobs.last(kind(proposal.no()));
        Counted counted = job != null && job.result() instanceof Counted some ? some : null;
        model.addAttribute("n", proposal.no());
        model.addAttribute("mayCount", mayCount(proposal, caller));
        model.addAttribute("mosts", MOST);
        model.addAttribute("usual", USUAL);
        model.addAttribute("days", DAYS);
        model.addAttribute("job", job == null ? null : progress(job));
        model.addAttribute("cancelled", job != null && job.cancelled());
        model.addAttribute("counted", counted != null);
        if (counted != null) {
            model.addAttribute("stopped", counted.stopped());
            model.addAttribute(
                    "older",
                    !counted.content().equals(proposal.content())
                            || !counted.live().equals(policy.get().version()));
            new Page(counted.report(), ConsoleRoutes.mayOpen(caller, ConsoleRoutes.ARCHIVE_INCIDENT)).fill(model);
        }
        return "impact";
    }

    private Progress progress(Job job) {
        ZoneId zone = policy.get().calendar().zone();
        Instant ended = job.ended();
        return new Progress(
                job.by(),
                Times.minute(job.begun(), zone),
                ended == null ? "" : Times.minute(ended, zone),
                job.percent(),
                job.problems().stream().map(RefusedController.Told::of).toList());
    }

    /** A report in the words of a reader. */
    private final class Page {
        private final ImpactReport report;
        private final boolean opens;
        private final Phrases say = new Phrases(LocaleContextHolder.getLocale());
        private final Vocabulary vocabulary = policy.get().vocabulary();

        Page(ImpactReport report, boolean opens) {
            this.report = report;
            this.opens = opens;
        }

        void fill(Model model) {
            model.addAttribute("looked", report.looked());
            model.addAttribute("compared", report.compared());
            model.addAttribute("changed", report.changed());
            model.addAttribute("share", Phrases.percent(report.changed(), report.compared()));
            model.addAttribute(
                    "figures",
                    Stream.of(Result.values())
                            .filter(result -> report.of(result) > 0)
                            .map(result -> new Figure(
                                    result.name(),
                                    say.word(result),
                                    report.of(result),
                                    result == Result.NOT_COMPARABLE
                                            ? ""
                                            : Phrases.percent(report.of(result), report.compared())))
                            .toList());
            List<ImpactReport.Load> loads = report.loads();
            long most = loads.stream()
                    .mapToLong(load -> Math.max(load.more(), load.fewer()))
                    .max()
                    .orElse(1);
            model.addAttribute(
                    "loads",
                    loads.stream().limit(BODIES).map(load -> load(load, most)).toList());
            model.addAttribute("moreLoads", Math.max(0, loads.size() - BODIES));
            model.addAttribute(
                    "groups",
                    SHOWN.stream()
                            .filter(count -> !report.sorted(count).isEmpty())
                            .map(this::group)
                            .toList());
        }

        private Load load(ImpactReport.Load load, long most) {
            return new Load(
                    named(word(load.body(), false)),
                    load.more(),
                    load.fewer(),
                    load.net() > 0 ? "+" + load.net() : String.valueOf(load.net()),
                    50 * load.fewer() / most,
                    50 * load.more() / most);
        }

        private Group group(Count count) {
            List<ImpactReport.Line> lines = report.sorted(count);
            long most = lines.get(0).count();
            return new Group(
                    say.of("impact.count." + count.name()),
                    lines.stream()
                            .limit(LINES)
                            .map(line -> new Line(
                                    name(count, line),
                                    line.count(),
                                    100 * line.count() / most,
                                    line.examples().stream().map(this::shown).toList()))
                            .toList(),
                    Math.max(0, lines.size() - LINES));
        }

        private String name(Count count, ImpactReport.Line line) {
            String first = word(line.first(), count.firstIsOurs());
            String second = word(line.second(), count.secondIsOurs());
            if (count == Count.ROWS) {
                first = line.first().code() + "  " + first;
            }
            if (!count.isOfMoves()) {
                return second.isEmpty() ? first : first + "  " + second;
            }
            return first.equals(second) ? named(first) : named(first) + " → " + named(second);
        }

        private String named(String word) {
            return word.isEmpty() ? say.of("impact.nobody") : word;
        }

        /** What belongs to the city by its label, what belongs to the program in words. */
        private String word(Word word, boolean ours) {
            return ours && !say.chinese()
                    ? word.code().toLowerCase(Locale.ROOT).replace('_', ' ')
                    : word.label().isEmpty() ? word.code() : word.label();
        }

        private Shown shown(String id) {
            Example example = report.example(id);
            Decision<?, ?> kind = Objects.requireNonNull(Decisions.of(example.kind()));
            List<Changed> changed = example.differences().first().stream()
                    .map(difference -> changed(kind, difference.at(), difference.before(), difference.after()))
                    .toList();
            return new Shown(
                    opens
                            ? ConsoleRoutes.ARCHIVE_INCIDENT + "?id=" + ArchiveController.encoded(example.subject())
                                    + "#d-" + id
                            : "",
                    opens ? example.subject() : id,
                    changed,
                    example.differences().more());
        }

        /** A place by the labels of the members that lead to it; its values by their labels, if they have such. */
        private Changed changed(Decision<?, ?> kind, String pointer, @Nullable String before, @Nullable String after) {
            var labels = new ArrayList<String>();
            @Nullable AnswerShape shape = kind.shape();
            @Nullable Class<? extends Term> type = null;
            for (String member : pointer.split("/", -1)) {
                AnswerShape.Node node = shape == null ? null : shape.member(member);
                if (node != null) {
                    String label = node.component().label();
                    if (!label.isEmpty()) {
                        labels.add(say.half(label));
                    }
                    Class<?> value = node.component().value();
                    type = Term.class.isAssignableFrom(value) ? value.asSubclass(Term.class) : type;
                    shape = node.within();
                } else if (member.matches("[0-9]+")) {
                    labels.add(String.valueOf(Integer.parseInt(member) + 1));
                }
            }
            return new Changed(
                    labels.isEmpty() ? pointer : String.join(" ", labels), value(type, before), value(type, after));
        }

        private String value(@Nullable Class<? extends Term> type, @Nullable String json) {
            if (json == null) {
                return say.of("impact.nothing");
            }
            String text = json.length() > 1 && json.startsWith("\"") && json.endsWith("\"")
                    ? json.substring(1, json.length() - 1)
                    : json;
            Term term = type == null ? null : vocabulary.find(type, text);
            if (term != null) {
                return term.getClass().isEnum() ? say.word(term) : term.label();
            }
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        }
    }
}
