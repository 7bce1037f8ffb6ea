package liandong.escalation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.analysis.LivingRows;
import liandong.calendar.CalendarEndedException;
import liandong.calendar.WorkingCalendar;
import liandong.engine.DecisionFailedException;
import liandong.engine.Engine;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.EventType;
import liandong.incident.HandledStage;
import liandong.incident.Matter;
import liandong.incident.Report;
import liandong.incident.ReturnReason;
import liandong.incident.Severity;
import liandong.incident.Source;
import liandong.incident.Term;
import liandong.incident.Urgency;
import liandong.policy.AllCores;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.routing.Assignment;
import liandong.routing.Classification;
import liandong.routing.DutyRow;
import liandong.routing.Routing;
import liandong.routing.RoutingDecision;
import liandong.table.Attribute;
import liandong.table.Condition;
import liandong.table.Row;
import liandong.table.Sheet;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Walks every way in which bodies can return a matter, to see that none is passed on without end (推来推去).
 *
 * <p>Starts from each event type as routing assigns it, at each severity and urgency that tables ask for, and has whoever holds it return it for
 * each reason, in time or late, over and over, until the centre, a conference or a higher level has it. Limits are left out:
 * that time runs out must not be what ends a loop. Of beginnings that the policy cannot tell apart ({@link ReturnKinds}) one
 * is walked; so are two ways that come to the same body after as many returns, with the same bodies tried. The shortest way is walked first, so
 * that what is told is the shortest.
 */
public final class ReturnPaths {
    /** The returns after which the walk gives up: no policy in earnest lets a matter come back so often. */
    private static final int MOST_RETURNS = 12;

    private static final int MOST_TOLD = 20;

    private static final String ESCALATION = "escalation.xlsx";

    /**
     * The tables that say where a returned matter goes, or what becomes of it because of the returns or of a ruling that is
     * late; the others say who is urged meanwhile.
     */
    private static final Set<Class<? extends Row>> WHITHER = Set.of(
            ReturnRow.class,
            CirculationRow.class,
            ConferenceRow.class,
            HigherBodyRow.class,
            LowerBodyRow.class,
            ConditionActionRow.class,
            RulingLimitRow.class);

    private final Policy policy;
    private final Engine engine = new Engine();
    private final List<Body> centre;
    private final List<Attribute> asked;
    private final List<Attribute> whither;
    /** Whether what becomes of a return may hang on whether the centre has ruled. */
    private final boolean asksForRulings;

    private final Instant start;

    /**
     * What the walk found.
     *
     * @param problems the shortest way that does not end well, one for each event type and kind of fault; empty when all
     *     end well
     * @param steps how many returns were decided
     * @param mostBodies the most bodies one matter was sent to before somebody decided
     */
    public record Walk(List<Problem> problems, int steps, int mostBodies) {}

    private ReturnPaths(Policy policy, Instant start) {
        this.policy = policy;
        this.centre = policy.vocabulary().bodies(BodyKind.CENTRE);
        this.asked = asked(policy, type -> true);
        this.whither = asked(policy, WHITHER::contains);
        this.asksForRulings =
                whither.stream().anyMatch(attribute -> attribute.chinese().equals("已裁定"));
        this.start = start;
    }

    /**
     * Walks all ways.
     *
     * @param today the day on which rows must be in force; half a year before the calendar ends when that is earlier, as
     *     a return takes time
     * @return no problem and no step when the policy does not escalate, or knows no reason for a return
     */
    public static Walk of(Policy policy, LocalDate today) {
        return of(policy, today, new ReturnKinds(policy)::of);
    }

    /** Walks all ways; see the other. Of beginnings to which {@code kind} gives equal values one is walked. */
    static Walk of(Policy policy, LocalDate today, Function<OpenCase, Object> kind) {
        WorkingCalendar calendar = policy.calendar();
        LocalDate latest = calendar.lastYear().atDay(1).plusMonths(6);
        LocalDate day = today.isBefore(latest) ? today : latest;
        var paths =
                new ReturnPaths(policy, day.atTime(9, 0).atZone(calendar.zone()).toInstant());
        return policy.decides(Escalation.PART)
                        && !policy.vocabulary().all(ReturnReason.class).isEmpty()
                ? paths.walk(kind)
                : new Walk(List.of(), 0, 0);
    }

    /**
     * Walks from one beginning of each kind, on all cores, and where something is wrong from all others of that kind as well, or
     * where the calendar has ended: rows that only press a body may end it sooner for one than for another. A row by which a matter is
     * returned without end does so for all of a kind, so that those need not be walked. What is found is told in the order of the
     * beginnings.
     */
    private Walk walk(Function<OpenCase, Object> kindOf) {
        List<OpenCase> beginnings = beginnings();
        var byKind = new LinkedHashMap<Object, List<OpenCase>>();
        beginnings.forEach(beginning -> byKind.computeIfAbsent(kindOf.apply(beginning), kind -> new ArrayList<>())
                .add(beginning));
        IdentityHashMap<OpenCase, Ways> first = walk(byKind.values().stream().map(kind -> kind.get(0)));
        var walked = new IdentityHashMap<OpenCase, Ways>(first);
        walked.putAll(walk(byKind.values().stream().flatMap(kind -> {
            Ways ways = Objects.requireNonNull(first.get(kind.get(0)));
            return kind.stream().skip(1).filter(each -> ways.isForAll() || !ways.isLikewise(each));
        })));
        List<Ways> all =
                beginnings.stream().map(walked::get).filter(Objects::nonNull).toList();
        var problems = new LinkedHashMap<String, Problem>();
        var likewise = new IdentityHashMap<OpenCase, Ways>(walked);
        byKind.values()
                .forEach(kind -> kind.forEach(
                        each -> likewise.putIfAbsent(each, Objects.requireNonNull(first.get(kind.get(0))))));
        Map<Row, Endless> endless = endless(beginnings, likewise);
        int steps = 0;
        int mostBodies = 0;
        for (Ways ways : all) {
            ways.endless.keySet().forEach(row -> {
                if (problems.size() < MOST_TOLD) {
                    problems.putIfAbsent(
                            row.ref().id(),
                            Objects.requireNonNull(endless.get(row)).problem(row));
                }
            });
            ways.problems.forEach((fault, problem) -> {
                if (problems.size() < MOST_TOLD) {
                    problems.putIfAbsent(fault, problem);
                }
            });
            steps += ways.steps;
            mostBodies = Math.max(mostBodies, ways.mostBodies);
        }
        return new Walk(List.copyOf(problems.values()), steps, mostBodies);
    }

    /** What a row lets be returned without end: the shortest way, and of which event types. */
    private final class Endless {
        private final String way;
        private final Set<String> types = new LinkedHashSet<>();

        private Endless(String way) {
            this.way = way;
        }

        /** Told at what the row says becomes of it, with what the row asks for. */
        private Problem problem(Row row) {
            Table<ReturnRow> table = Objects.requireNonNull(policy.table(ReturnRow.class));
            int number = table.rows().indexOf(row);
            String asks = table.columns().stream()
                    .filter(column -> !column.texts().get(number).isEmpty())
                    .map(column ->
                            column.attribute().chinese() + " " + column.texts().get(number))
                    .collect(Collectors.joining("，"));
            return Problem.of(
                    Code.ENDLESS_RETURNS,
                    table.at(row, "处理"),
                    LivingRows.named(types),
                    way,
                    asks.isEmpty() ? "—" : asks);
        }
    }

    /** By row, what it lets be returned without end, in the order of the beginnings. */
    private Map<Row, Endless> endless(List<OpenCase> beginnings, Map<OpenCase, Ways> likewise) {
        Map<Row, Endless> endless = new LinkedHashMap<>();
        for (OpenCase beginning : beginnings) {
            Objects.requireNonNull(likewise.get(beginning))
                    .endless
                    .forEach((row, way) -> endless.computeIfAbsent(row, each -> new Endless(way))
                            .types
                            .add(label(beginning)));
        }
        return endless;
    }

    private static String label(OpenCase open) {
        EventType type = open.matter().eventType();
        return type == null ? "" : type.label();
    }

    private IdentityHashMap<OpenCase, Ways> walk(Stream<OpenCase> from) {
        List<OpenCase> beginnings = from.toList();
        List<Ways> ways = AllCores.map(beginnings, beginning -> new Ways().walk(beginning));
        var walked = new IdentityHashMap<OpenCase, Ways>();
        for (int i = 0; i < ways.size(); i++) {
            walked.put(beginnings.get(i), ways.get(i));
        }
        return walked;
    }

    /** What some of escalation's tables ask of a case in any of their rows. */
    private static List<Attribute> asked(Policy policy, Predicate<Class<? extends Row>> of) {
        var asked = new LinkedHashMap<String, Attribute>();
        for (Table<? extends Row> table : policy.tables()) {
            boolean ofCase = EscalationRow.class.isAssignableFrom(table.type())
                    && of.test(table.type())
                    && table.type().getAnnotation(Sheet.class).about() == OpenCase.class;
            for (int column = 0; ofCase && column < table.attributes().size(); column++) {
                Attribute attribute = table.attributes().get(column);
                for (int row = 0; row < table.rows().size(); row++) {
                    if (table.conditions(row).get(column) != Condition.ANY) {
                        asked.putIfAbsent(attribute.header(), attribute);
                    }
                }
            }
        }
        return List.copyOf(asked.values());
    }

    /** All terms of a set when escalation's tables ask for them, otherwise the one that routing found. */
    private <T extends Term> List<T> each(Class<T> set, @Nullable T routed) {
        boolean matters = asked.stream().anyMatch(attribute -> attribute.type() == set);
        return matters || routed == null ? policy.vocabulary().all(set) : List.of(routed);
    }

    /** All beginnings, in the order of the event types. */
    private List<OpenCase> beginnings() {
        var beginnings = new ArrayList<OpenCase>();
        for (EventType type : policy.vocabulary().all(EventType.class)) {
            for (OpenCase routed : routed(type)) {
                for (Severity severity : each(Severity.class, routed.matter().severity())) {
                    for (Urgency urgency : each(Urgency.class, routed.matter().urgency())) {
                        var matter = new Matter(
                                routed.matter().report(),
                                type,
                                severity,
                                urgency,
                                routed.matter().nature(),
                                null);
                        beginnings.add(with(routed, matter, routed.lead(), List.of()));
                    }
                }
            }
        }
        return beginnings;
    }

    /** An area of the finest level, as the bodies of all of them are the same but for their names. */
    private List<Area> finest() {
        return policy.vocabulary().all(Area.class).stream()
                .max((one, other) ->
                        Integer.compare(one.level().rank(), other.level().rank()))
                .stream()
                .toList();
    }

    /** A case of an event type of each source, where such a table asks for it, otherwise of one, in each area that such a table tells apart. */
    private List<OpenCase> routed(EventType type) {
        var routed = new ArrayList<OpenCase>();
        List<Source> sources = policy.vocabulary().all(Source.class);
        List<Area> areas = areas();
        for (Source source :
                asksFor(Source.class) ? sources : sources.stream().limit(1).toList()) {
            for (Area area : areas) {
                OpenCase one = routed(type, area, source);
                if (one != null) {
                    routed.add(one);
                }
            }
        }
        return routed;
    }

    private boolean asksFor(Class<? extends Term> set) {
        return whither.stream().anyMatch(attribute -> attribute.type() == set);
    }

    /**
     * An area of the finest level for each set of rows of such a table, or of the duty catalogue, whose condition on the area
     * holds there: so many ways does the policy tell areas apart, however many there are.
     */
    private List<Area> areas() {
        List<Area> one = finest();
        var byRows = new LinkedHashMap<List<BitSet>, Area>();
        policy.vocabulary().all(Area.class).stream()
                .filter(area -> area.level().rank() == one.get(0).level().rank())
                .forEach(area -> byRows.putIfAbsent(rowsThatHold(area), area));
        return List.copyOf(byRows.values());
    }

    private List<BitSet> rowsThatHold(Area area) {
        return policy.tables().stream()
                .filter(table -> WHITHER.contains(table.type()) || table.type() == DutyRow.class)
                .flatMap(table -> table.columns().stream())
                .filter(column -> column.attribute().type() == Area.class)
                .map(column -> BitSet.valueOf(column.index().bits(area)))
                .toList();
    }

    private @Nullable OpenCase routed(EventType type, Area area, Source source) {
        OffsetDateTime at = at(0);
        Report report = Report.of("R", at, source, area, "", type);
        RoutingDecision decision;
        try {
            decision = Routing.route(engine, policy, report, start);
        } catch (CalendarEndedException | DecisionFailedException e) {
            return null; // a report that cannot be routed is never returned
        }
        Assignment assignment = decision.assignment();
        Classification classified = decision.about();
        if (assignment == null || classified == null) {
            return null;
        }
        // A limit that runs out could end a loop; it should not have to, so the stage's and the citizen's end
        // late.
        OffsetDateTime late = at.plusMonths(5);
        var stage = new HandledStage(1, "…", null, at, late, null, null);
        Report reported = Report.of("R", late, source, area, "", type);
        return new OpenCase(
                new Matter(reported, type, classified.severity(), classified.urgency(), report.nature(), null),
                assignment.lead(),
                assignment.assisting(),
                assignment.conference(),
                at,
                List.of(stage),
                List.of(),
                null,
                false);
    }

    private OffsetDateTime at(int hours) {
        return start.plus(Duration.ofHours(hours))
                .atZone(policy.calendar().zone())
                .toOffsetDateTime();
    }

    private static OpenCase with(OpenCase open, Matter matter, Body lead, List<CaseEvent> events) {
        return new OpenCase(
                matter,
                lead,
                open.assisting(),
                open.conference(),
                open.assignedAt(),
                open.stages(),
                events,
                open.similar(),
                open.noClearLaw());
    }

    /** What tells two moments of two ways apart. */
    private record Place(Body holder, Set<Body> tried, int returns, boolean decided) {}

    /** A case, and the row that refused its last return; null when none did. */
    private record Held(OpenCase open, @Nullable Row refusedBy) {}

    private static OpenCase then(
            OpenCase open, CaseEventKind kind, OffsetDateTime at, @Nullable Body body, @Nullable ReturnReason reason) {
        var events = new ArrayList<>(open.events());
        events.add(new CaseEvent(kind, at, null, body, false, reason, null));
        return with(open, open.matter(), open.lead(), events);
    }

    /** A way in one line, e.g. {@code "清波门社区 (信息不全) ×2 → 指挥中心裁定"}. */
    private static String way(OpenCase open) {
        var steps = new ArrayList<String>();
        int times = 1;
        String last = "";
        for (CaseEvent event : open.events()) {
            if (event.kind() == CaseEventKind.RETURNED && event.body() != null && event.reason() != null) {
                String step = event.body().label() + " (" + event.reason().label() + ")";
                times = step.equals(last) ? times + 1 : 1;
                if (times > 1) {
                    steps.set(steps.size() - 1, step + " ×" + times);
                } else {
                    steps.add(step);
                }
                last = step;
            } else if (event.kind() == CaseEventKind.CENTRE_DECIDED) {
                steps.add(event.kind().label());
                last = "";
            }
        }
        return String.join(" → ", steps);
    }

    /** All ways from one beginning. Belongs to one thread. */
    private final class Ways {
        private final Map<String, Problem> problems = new LinkedHashMap<>();
        /** By row that refuses without end, the shortest way. */
        private final Map<Row, String> endless = new LinkedHashMap<>();

        private int steps;
        private int mostBodies;
        private boolean calendarEnded;

        /** Whether the other beginnings of its kind are to be walked as well: not for a row that refuses them all alike. */
        boolean isForAll() {
            return calendarEnded || !problems.isEmpty();
        }

        /** Whether each row that refuses without end can do so in another case, too. */
        boolean isLikewise(OpenCase other) {
            Table<ReturnRow> table = policy.table(ReturnRow.class);
            return endless.isEmpty()
                    || (table != null
                            && endless.keySet().stream()
                                    .allMatch(row -> ReturnKinds.mayHold(table, other)
                                            .get(table.rows().indexOf(row))));
        }

        Ways walk(OpenCase beginning) {
            Queue<Held> ways = new ArrayDeque<>();
            var seen = new HashSet<Place>();
            ways.add(new Held(beginning, null));
            while (!ways.isEmpty()) {
                Held held = ways.remove();
                for (ReturnReason reason : policy.vocabulary().all(ReturnReason.class)) {
                    for (boolean late : new boolean[] {false, true}) {
                        Held next = returned(held, reason, late);
                        if (next != null && seen.add(place(next.open()))) {
                            ways.add(next);
                        }
                    }
                }
            }
            return this;
        }

        private static Place place(OpenCase open) {
            return new Place(open.lead(), open.holders(), open.returns(), open.decided());
        }

        /**
         * The case after one more return and what became of it; null when somebody has decided who does not ask to be asked again,
         * or when it went wrong. Once the centre has ruled it may be returned again, and that must end as well.
         */
        private @Nullable Held returned(Held held, ReturnReason reason, boolean late) {
            OpenCase open = held.open();
            if (open.returns() >= MOST_RETURNS) {
                Row row = held.refusedBy();
                if (row == null) {
                    tell(Code.ENDLESS_RETURNS, open, way(open), "—");
                } else {
                    endless.putIfAbsent(row, way(open));
                }
                return null;
            }
            OffsetDateTime last = open.moments().get(open.moments().size() - 1);
            OffsetDateTime at = late ? last.plusDays(14) : last.plusHours(1);
            OpenCase back = then(open, CaseEventKind.RETURNED, at, open.lead(), reason);
            steps++;
            List<Action> actions;
            try {
                actions = engine.decide(
                                policy,
                                (tables, clock) -> CountedEvents.of(back, tables, clock),
                                at.toInstant(),
                                false,
                                Escalation.GLOBALS,
                                (counted, findings, clock) ->
                                        EscalationDecision.of(counted, List.of(), centre, findings))
                        .decision()
                        .actions();
            } catch (CalendarEndedException e) {
                calendarEnded = true;
                return null; // so late that there is no calendar: a later start would see it
            }
            mostBodies = Math.max(mostBodies, back.holders().size());
            for (Action action : actions) {
                switch (action.kind()) {
                    case CENTRE_DECIDES, ACTIVATE_CONFERENCE, RAISE_LEVEL -> {
                        if (action.to().isEmpty()) {
                            tell(Code.RETURN_WITHOUT_OWNER, back, way(back));
                        }
                        boolean many = tooMany(back);
                        boolean ruled = action.kind() == ActionKind.CENTRE_DECIDES
                                && !action.to().isEmpty();
                        return ruled && !many && asksForRulings && !back.decided()
                                ? new Held(then(back, CaseEventKind.CENTRE_DECIDED, at, null, null), null)
                                : null;
                    }
                    case REFUSE_RETURN -> {
                        return new Held(then(back, CaseEventKind.RETURN_REFUSED, at, null, null), refusing(action));
                    }
                    case REASSIGN -> {
                        Body to = action.to().get(0);
                        if (back.holders().stream().anyMatch(to::isOneWith)) {
                            tell(Code.RETURNED_TO_SENDER, back, way(back) + " → " + to.label());
                            return null;
                        }
                        OpenCase passed = then(back, CaseEventKind.REASSIGNED, at, to, null);
                        OpenCase taken = with(passed, passed.matter(), to, passed.events());
                        return tooMany(taken) ? null : new Held(taken, null);
                    }
                    default -> {
                        // presses somebody, but moves nothing
                    }
                }
            }
            tell(Code.RETURN_WITHOUT_ANSWER, back, way(back));
            return null;
        }

        /** The row of 退单处理 that refuses. */
        private @Nullable Row refusing(Action action) {
            Table<ReturnRow> table = policy.table(ReturnRow.class);
            return table == null
                    ? null
                    : table.rows().stream()
                            .filter(row -> action.rows().contains(row.ref()))
                            .findFirst()
                            .orElse(null);
        }

        private boolean tooMany(OpenCase open) {
            int most = policy.tables(open.assignedAt().toLocalDate()).match(CirculationRow.class, open).stream()
                    .mapToInt(CirculationRow::most)
                    .min()
                    .orElse(Integer.MAX_VALUE);
            boolean many = open.holders().size() > most;
            if (many) {
                tell(Code.TOO_MANY_BODIES, open, way(open), open.holders().size(), most);
            }
            return many;
        }

        /** Tells the first, and so the shortest, way of each kind of fault of an event type. */
        private void tell(Code code, OpenCase open, Object... args) {
            String label = label(open);
            var all = new ArrayList<Object>();
            all.add(label);
            all.addAll(List.of(args));
            problems.putIfAbsent(code + label, Problem.of(code, new FileRef(ESCALATION), all.toArray()));
        }
    }
}
