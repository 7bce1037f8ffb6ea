package liandong.open311;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import liandong.decision.CaseCourse;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.decision.Standing;
import liandong.explain.Phrases;
import liandong.journal.Archive;
import liandong.journal.Archive.Cursor;
import liandong.journal.Archive.Found;
import liandong.journal.DecisionQuery;
import liandong.journal.Entry;
import liandong.journal.Personal;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import liandong.wire.Json;
import liandong.wire.Moments;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reports found again in the journal, as service requests.
 *
 * <p>Every report that was routed is one, whichever way it came. Where it stands the latest decisions about it say.
 */
public final class ServiceRequests {
    /** As GeoReport has it: a search spans so many days at most. */
    public static final int DAYS = 90;

    /** As GeoReport has it: the first so many are answered. */
    static final int MOST = 1_000;

    /** So many may be asked for by their ids at once. */
    static final int MOST_IDS = 100;

    /** So many decisions are looked through for them, and so many at a time. */
    private static final int LOOKED_THROUGH = 10_000;

    private static final int PAGE = 200;

    /** The latest decisions about a report: what stands there says where it stands. */
    private static final int LATEST = 20;

    private static final String OPEN = "open";
    private static final String CLOSED = "closed";

    private final Archive archive;
    private final Personal personal;
    private final Policy policy;
    private final ServiceList services;
    private final Phrases say;
    private final @Nullable String caller;

    /**
     * Those that somebody may see.
     *
     * @param caller whose requests; null for everybody's
     */
    public ServiceRequests(
            Archive archive,
            Personal personal,
            Policy policy,
            ServiceList services,
            Phrases say,
            @Nullable String caller) {
        this.archive = archive;
        this.personal = personal;
        this.policy = policy;
        this.services = services;
        this.say = say;
        this.caller = caller;
    }

    /** The decision by which a report becomes a request: that of one of which nothing is known besides. */
    private static Decision<?, ?> first() {
        return Decisions.all().get(0);
    }

    /** The request of an id; null when there is none, or none to be seen. */
    public @Nullable ServiceRequest of(String id) {
        if (id.indexOf('\0') >= 0) {
            return null;
        }
        Found begun = archive.oldest(query(null, null, id, true), null, 1);
        return begun.entries().isEmpty() ? null : told(begun.entries().get(0));
    }

    private DecisionQuery query(@Nullable Instant from, @Nullable Instant to, @Nullable String id, boolean routed) {
        List<String> marks = routed ? List.of("kind " + first().code()) : List.of();
        return new DecisionQuery(from, to, id, marks).askedBy(caller);
    }

    /**
     * Those that meet a search, the newest first.
     *
     * @param now the end of a search that names none
     * @throws BadRequestException if the search says what cannot be
     */
    public List<ServiceRequest> search(Given given, Instant now) throws BadRequestException {
        var problems = new ArrayList<Problem>();
        List<String> ids = given.listed("service_request_id");
        if (ids.size() > MOST_IDS) {
            problems.add(Problem.of(Code.OUT_OF_RANGE, new FileRef("service_request_id"), ids.size(), 1, MOST_IDS));
            throw new BadRequestException(true, problems);
        }
        if (!ids.isEmpty()) {
            return ids.stream().map(this::of).filter(Objects::nonNull).toList();
        }
        Set<String> codes = codes(given, problems::add);
        Set<String> statuses = statuses(given, problems::add);
        Window window = window(given, now, problems::add);
        if (window == null || !problems.isEmpty()) {
            throw new BadRequestException(true, problems);
        }
        return search(window, codes, statuses);
    }

    private List<ServiceRequest> search(Window window, Set<String> codes, Set<String> statuses) {
        DecisionQuery query = query(window.from(), window.to(), null, true);
        var seen = new HashSet<String>();
        var found = new ArrayList<ServiceRequest>();
        Cursor next = null;
        for (int looked = 0; looked < LOOKED_THROUGH && found.size() < MOST; looked += PAGE) {
            Found page = archive.newest(query, next, PAGE);
            for (Entry entry : page.entries()) {
                if (found.size() < MOST && seen.add(entry.subject())) {
                    ServiceRequest request = of(entry.subject());
                    if (request != null
                            && !request.requested().toInstant().isBefore(window.from())
                            && (codes.isEmpty() || codes.contains(request.serviceCode()))
                            && (statuses.isEmpty() || statuses.contains(request.status()))) {
                        found.add(request);
                    }
                }
            }
            next = page.next();
            if (next == null) {
                break;
            }
        }
        return found;
    }

    private Set<String> codes(Given given, Consumer<Problem> problems) {
        var codes = new HashSet<>(given.listed("service_code"));
        codes.stream()
                .filter(code -> services.type(code) == null)
                .sorted()
                .forEach(code -> problems.accept(
                        Problem.of(Code.UNKNOWN_SERVICE, new FileRef("service_code"), FactReader.shortened(code))));
        return codes;
    }

    private static Set<String> statuses(Given given, Consumer<Problem> problems) {
        var statuses = new HashSet<>(given.listed("status"));
        statuses.stream()
                .filter(status -> !status.equals(OPEN) && !status.equals(CLOSED))
                .sorted()
                .forEach(status -> problems.accept(Problem.of(
                        Code.UNKNOWN_CHOICE,
                        new FileRef("status"),
                        FactReader.shortened(status),
                        OPEN + ", " + CLOSED)));
        return statuses;
    }

    /**
     * The time that is searched.
     *
     * @param to the first moment behind it
     */
    private record Window(Instant from, Instant to) {}

    private static @Nullable Window window(Given given, Instant now, Consumer<Problem> problems) {
        var wrong = new ArrayList<Problem>();
        Instant from = moment(given, "start_date", wrong::add);
        Instant to = moment(given, "end_date", wrong::add);
        wrong.forEach(problems);
        if (!wrong.isEmpty()) {
            return null;
        }
        Duration most = Duration.ofDays(DAYS);
        if (from == null) {
            Instant end = to == null ? now : to;
            from = end.minus(most);
            to = end;
        } else if (to == null) {
            to = from.plus(most);
        }
        if (to.isBefore(from)) {
            problems.accept(Problem.of(Code.ENDS_BEFORE_IT_BEGINS, new FileRef("end_date"), from, to));
            return null;
        }
        if (Duration.between(from, to).compareTo(most) > 0) {
            problems.accept(Problem.of(Code.SPAN_TOO_LONG, new FileRef("end_date"), from, to, DAYS));
            return null;
        }
        return new Window(
                from.truncatedTo(ChronoUnit.SECONDS),
                to.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
    }

    private static @Nullable Instant moment(Given given, String field, Consumer<Problem> problems) {
        String text = given.first(field);
        if (text == null) {
            return null;
        }
        // A plus sign that nobody encoded is a blank.
        OffsetDateTime moment = Moments.read(text.replace(' ', '+'), new FileRef(field), problems);
        return moment == null ? null : moment.toInstant();
    }

    /** What is told of the report that was first routed so. */
    private ServiceRequest told(Entry begun) {
        List<Entry> latest = archive.newest(query(null, null, begun.subject(), false), null, LATEST)
                .entries();
        var progress = new Progress();
        for (Entry entry : latest.isEmpty() ? List.of(begun) : latest) {
            JsonNode request = json(entry.request());
            progress.add(entry, entry.kind().standing(request, json(entry.answer()), say));
        }
        JsonNode asked = shown(begun);
        JsonNode outside = asked.path("options").path(Submission.OUTSIDE);
        String address = text(outside, Submission.ADDRESS);
        String words = Submission.words(text(asked.path("incident"), "text"), address);
        boolean closed = Boolean.TRUE.equals(progress.closed);
        String code = services.code(progress.about, text(outside, Submission.CODE));
        return new ServiceRequest(
                begun.subject(),
                closed ? CLOSED : OPEN,
                !closed && progress.note.equals(progress.notice) ? null : none(progress.note),
                services.name(code, progress.about),
                code,
                none(words),
                none(Submission.label(policy.vocabulary(), progress.by)),
                none(progress.notice),
                time(begun.keptAt()),
                time(progress.updated == null ? begun.keptAt() : progress.updated),
                closed ? null : progress.due,
                none(address),
                none(text(outside, "address_id")),
                degrees(outside, "lat"),
                degrees(outside, "long"),
                none(text(outside, "media_url")));
    }

    /** Where a report stands, of its decisions, the latest first. */
    private static final class Progress {
        private @Nullable Boolean closed;
        private String by = "";
        private String about = "";
        private String note = "";
        private String notice = "";
        private @Nullable OffsetDateTime due;
        private @Nullable Instant updated;

        void add(Entry entry, Standing said) {
            if (updated == null) {
                updated = entry.keptAt();
            }
            if (closed == null && said.closed() != null) {
                closed = said.closed();
                note = said.notice();
                if (closed) {
                    updated = entry.keptAt();
                }
            }
            by = by.isEmpty() ? said.by() : by;
            about = about.isEmpty() ? said.about() : about;
            due = due == null ? said.due() : due;
            // What happens with it the routing says; what became of that, whatever came last.
            notice = notice.isEmpty() && entry.kind() == first() ? said.notice() : notice;
        }
    }

    /** What was asked, as far as it may be known here. */
    private JsonNode shown(Entry entry) {
        ObjectNode shown = json(entry.request()) instanceof ObjectNode request ? personal.shown(entry, request) : null;
        return shown == null ? Json.object() : shown;
    }

    private static JsonNode json(String kept) {
        try {
            return Json.read(kept);
        } catch (BadRequestException e) {
            return Json.object(); // verification reports it
        }
    }

    private static String text(JsonNode object, String name) {
        return CaseCourse.text(object.path(name));
    }

    private static @Nullable String none(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable BigDecimal degrees(JsonNode object, String name) {
        try {
            return object.path(name).isString()
                    ? new BigDecimal(object.path(name).stringValue())
                    : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private OffsetDateTime time(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS)
                .atZone(policy.calendar().zone())
                .toOffsetDateTime();
    }
}
