package liandong.open311;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
    /** The conditions of a search that are lists. */
    public static final Set<String> LISTS = Set.of("service_request_id", "service_code", "status");

    /** As GeoReport has it: a search spans so many days at most. */
    public static final int DAYS = 90;

    /** As GeoReport has it: the first so many are answered. */
    static final int MOST = 1_000;

    /** So long is an answer at most, in bytes, unless one request alone is longer. */
    static final int MOST_BYTES = 1_000_000;

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
        return id.indexOf('\0') >= 0 ? null : of(id, latest(List.of(id)).getOrDefault(id, List.of()));
    }

    /** @param latest the decisions about it, as {@link #latest} has them */
    private @Nullable ServiceRequest of(String id, List<Entry> latest) {
        Entry begun = latest.size() > LATEST ? null : begun(latest);
        if (begun == null && !latest.isEmpty()) {
            Found oldest = archive.oldest(query(null, null, id, first()).askedBy(caller), null, 1);
            begun = oldest.entries().isEmpty() ? null : oldest.entries().get(0);
        }
        return begun == null ? null : told(begun, latest);
    }

    /** The oldest of all decisions about a request by which it became one of this caller's. */
    private @Nullable Entry begun(List<Entry> all) {
        return all.stream()
                .filter(entry -> entry.kind() == first())
                .filter(entry -> caller == null || entry.caller().equals(caller))
                .reduce((newer, older) -> older)
                .orElse(null);
    }

    /**
     * The latest decisions about each of some requests, the newest first, of each one more than is looked at if there are more.
     *
     * <p>Where a request stands that was made here anybody's decision says who knows its id: what one system sends another
     * closes. An id of the caller's own making may be that of another caller's report.
     */
    private Map<String, List<Entry>> latest(List<String> ids) {
        Map<Boolean, List<String>> ours = ids.stream().collect(Collectors.partitioningBy(Submission::isOurs));
        var latest = new HashMap<String, List<Entry>>();
        latest.putAll(archive.latest(ours.getOrDefault(true, List.of()), null, LATEST + 1));
        latest.putAll(archive.latest(ours.getOrDefault(false, List.of()), caller, LATEST + 1));
        return latest;
    }

    private static DecisionQuery query(
            @Nullable Instant from, @Nullable Instant to, @Nullable String id, Decision<?, ?> kind) {
        return new DecisionQuery(from, to, id, List.of("kind " + kind.code()));
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
        DecisionQuery query = query(window.from(), window.to(), null, first()).askedBy(caller);
        var seen = new HashSet<String>();
        var found = new ArrayList<ServiceRequest>();
        Cursor next = null;
        long bytes = 0;
        for (int looked = 0; looked < LOOKED_THROUGH && found.size() < MOST; looked += PAGE) {
            Found page = archive.newest(query, next, PAGE);
            List<String> ids = page.entries().stream()
                    .map(Entry::subject)
                    .filter(seen::add)
                    .toList();
            Map<String, List<Entry>> latest = latest(ids);
            for (String id : ids) {
                ServiceRequest request = of(id, latest.getOrDefault(id, List.of()));
                if (request != null
                        && found.size() < MOST
                        && !request.requested().toInstant().isBefore(window.from())
                        && (codes.isEmpty() || codes.contains(request.serviceCode()))
                        && (statuses.isEmpty() || statuses.contains(request.status()))) {
                    bytes += bytes(request);
                    if (bytes > MOST_BYTES && !found.isEmpty()) {
                        return found;
                    }
                    found.add(request);
                }
            }
            next = page.next();
            if (next == null) {
                break;
            }
        }
        return found;
    }

    /** How much of an answer a request is, in the format in which it is more. */
    private static int bytes(ServiceRequest request) {
        Spark alone = Spark.of("service_requests", List.of(request));
        return Math.max(alone.json().length, alone.xml().length);
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
    private ServiceRequest told(Entry begun, List<Entry> latest) {
        var progress = new Progress();
        for (Entry entry : latest.size() > LATEST ? ofEachKind(latest.subList(0, LATEST)) : latest) {
            JsonNode request = json(entry.request());
            progress.add(entry, entry.kind().standing(request, json(entry.answer()), say));
        }
        JsonNode asked = shown(begun);
        JsonNode outside = asked.path("options").path(Submission.OUTSIDE);
        String address = text(outside, Submission.ADDRESS);
        String words = text(asked.path("incident"), "text");
        String url = text(outside, "media_url");
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
                Submission.degrees(text(outside, "lat"), Submission.MOST_LATITUDE),
                Submission.degrees(text(outside, "long"), Submission.MOST_LONGITUDE),
                Submission.isUrl(url) ? url : null);
    }

    /** The same, and the latest of each kind of which none is among them: however often one is asked for, the others still count. */
    private List<Entry> ofEachKind(List<Entry> latest) {
        String id = latest.get(0).subject();
        var all = new ArrayList<>(latest);
        Decisions.all().stream()
                .filter(kind -> latest.stream().noneMatch(entry -> entry.kind() == kind))
                .flatMap(kind -> archive
                        .newest(
                                query(null, null, id, kind).askedBy(Submission.isOurs(id) ? null : caller),
                                null,
                                LATEST)
                        .entries()
                        .stream())
                .sorted(Comparator.comparing(Entry::keptAt)
                        .thenComparingLong(Entry::no)
                        .reversed())
                .forEach(all::add);
        return all;
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

    private OffsetDateTime time(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS)
                .atZone(policy.calendar().zone())
                .toOffsetDateTime();
    }
}
