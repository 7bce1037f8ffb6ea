package liandong.scenario;

import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.decision.Decision;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionService;
import liandong.engine.DecisionFailedException;
import liandong.incident.Column;
import liandong.policy.Policy;
import liandong.policy.RuleRef;
import liandong.scenario.FactChanges.Change;
import liandong.scenario.WhyNotAnswer.Altered;
import liandong.scenario.WhyNotAnswer.Gate;
import liandong.scenario.WhyNotAnswer.Lacking;
import liandong.scenario.WhyNotAnswer.Later;
import liandong.scenario.WhyNotAnswer.Nearest;
import liandong.scenario.WhyNotAnswer.Reached;
import liandong.scenario.WhyNotAnswer.Why;
import liandong.table.Attribute;
import liandong.table.NearMiss;
import liandong.table.Row;
import liandong.table.RowRef;
import liandong.table.Table;
import liandong.table.TableQuery;
import liandong.table.Tables;
import liandong.wire.BadRequestException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why an answer does not say what somebody would have it say, and what would have to be otherwise that it did.
 *
 * <p>What is proposed has been decided by the service: nothing is said that was not seen to come true. The changes that are
 * tried, and their order, depend on request and policy alone, so that the same question gets the same answer.
 */
public final class WhyNot {
    /** How many of the nearest changes, and of the rows that would say so, are told. */
    private static final int TOLD = 3;

    private static final int AIMED_AT = 8;
    private static final int AIMED_STEPS = 4;
    private static final int LATER_STEPS = 60;

    /** So many changes that tell something are paired, the nearest: a long list has more than memory has room for pairs. */
    private static final int MOST_PAIRED = 1_000;

    private static final int RULES_TOLD = 3;
    private static final String NOW = "now";
    private static final String REVIEW = "复核时间";

    private final DecisionService service;
    private final Policy policy;
    private final Decision<?, ?> kind;
    private final ObjectNode request;
    private final Wanted wanted;
    private final int most;
    private final BooleanSupplier goOn;
    private final boolean named;
    private int tried;

    private WhyNot(
            DecisionService service, DecisionRecord<?, ?> record, Wanted wanted, int most, BooleanSupplier goOn) {
        this.service = service.untold();
        this.policy = record.policy();
        this.kind = record.decision();
        this.request = record.request().request();
        this.wanted = wanted;
        this.most = most;
        this.goOn = goOn;
        this.named = named(policy, wanted.part());
    }

    /**
     * What a table was asked, and what it said.
     *
     * @param table the table
     * @param fact what it was asked about
     * @param on the day
     * @param rows the ids of the rows that counted
     */
    private record Step(Table<? extends Row> table, Object fact, LocalDate on, List<String> rows) {}

    /**
     * A request that was decided.
     *
     * @param answer its answer, with the rows and rules behind it; null when it was refused
     * @param steps what the tables were asked, each once, in the order in which they were asked
     * @param rules the rules that fired
     */
    private record Asked(@Nullable ObjectNode answer, List<Step> steps, Set<RuleRef> rules) {}

    /** A set of changes that has been seen to give what is wanted. */
    private record Found(List<Change> changes, Asked asked) {
        double distance() {
            return WhyNot.distance(changes);
        }
    }

    private static double distance(Collection<Change> changes) {
        return changes.stream().mapToDouble(Change::distance).sum();
    }

    /**
     * Asks why not.
     *
     * @param service decides
     * @param record the answer that does not say so
     * @param most how many changed requests are decided at most, besides those of later moments
     * @param goOn asked before each; once it says no, the rest is left
     * @throws BadRequestException if the request itself is no longer taken
     */
    public static WhyNotAnswer ask(
            DecisionService service, DecisionRecord<?, ?> record, Wanted wanted, int most, BooleanSupplier goOn)
            throws BadRequestException {
        return new WhyNot(service, record, wanted, most, goOn).answer();
    }

    private boolean isOver() {
        return tried >= most || !goOn.getAsBoolean();
    }

    private WhyNotAnswer answer() throws BadRequestException {
        Asked as = decided(request);
        ObjectNode answer = Objects.requireNonNull(as.answer());
        String has = wanted.isReason() ? "" : shown(answer);
        String value = wanted.label();
        List<Target> targets = targets(as);
        List<Lacking> rows = targets.stream()
                .limit(TOLD)
                .map(target -> target.told(as.steps()))
                .toList();
        if (wanted.holds(answer)) {
            return new WhyNotAnswer(
                    wanted.part().name(),
                    value,
                    true,
                    has,
                    List.of(),
                    null,
                    List.of(),
                    null,
                    tried,
                    Reached.NOTHING,
                    List.of());
        }
        var search = new Search(as, targets);
        List<Found> found = search.run();
        Later later = later(answer);
        List<Nearest> nearest = found.stream().map(each -> told(each, as)).toList();
        Gate gate = nearest.isEmpty() ? null : nearest.get(0).gate();
        return new WhyNotAnswer(
                wanted.part().name(),
                value,
                false,
                has,
                rows,
                gate,
                nearest,
                later,
                tried,
                search.reached,
                FactChanges.kept(kind));
    }

    private String shown(JsonNode answer) {
        return Expectation.shown(
                wanted.part(), answer, policy.vocabulary(), policy.calendar().zone());
    }

    // ———— Deciding ————

    /** Takes down what tables are asked for a decision itself, and not to see when it may change. */
    private static final class Notes implements Tables.Watcher {
        private final Map<List<Object>, Step> steps = new LinkedHashMap<>();
        private boolean ahead;

        @Override
        public void asked(Table<? extends Row> table, Object fact, LocalDate on, boolean singly) {
            if (!ahead && !singly) {
                steps.computeIfAbsent(
                        List.of(table.type(), fact),
                        each -> new Step(
                                table,
                                fact,
                                on,
                                table.match(fact, on).stream()
                                        .map(row -> row.ref().id())
                                        .toList()));
            }
        }

        @Override
        public void ahead() {
            ahead = true;
        }
    }

    private Asked decide(ObjectNode changed) {
        try {
            return decided(changed);
        } catch (BadRequestException | DecisionFailedException e) {
            return new Asked(null, List.of(), Set.of()); // nobody could ask so
        }
    }

    private Asked decided(ObjectNode asked) throws BadRequestException {
        var notes = new Notes();
        DecisionRecord<?, ?> record = service.decide(kind, policy.watched(notes), asked);
        Set<RuleRef> rules = record.result().evidence().stream()
                .map(each -> each.rule())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new Asked(Cases.answer(record), List.copyOf(notes.steps.values()), rules);
    }

    private boolean holds(Asked asked) {
        return asked.answer() != null && wanted.holds(asked.answer());
    }

    // ———— The rows that would say so ————

    /**
     * A row that would say what is wanted, and the question that came nearest to it.
     *
     * @param step null when its table was not asked
     */
    private record Target(
            Table<? extends Row> table, int row, @Nullable Step step, int order, List<NearMiss.Failed> failed) {
        /** Rows that count although the answer does not say so are of other tables than the one that settles it. */
        static final Comparator<Target> FIRST = Comparator.<Target>comparingInt(target -> target.step == null
                        ? 2
                        : target.why() == Why.OUTWEIGHED || target.why() == Why.NOT_FOLLOWED ? 1 : 0)
                .thenComparingInt(target -> target.failed.size())
                .thenComparingInt(Target::order)
                .thenComparingInt(Target::row);

        Lacking told(List<Step> steps) {
            RowRef ref = table.rows().get(row).ref();
            return new Lacking(ref.id(), ref.at(), ref.says(), order, steps.size(), why(), failed, above());
        }

        private Why why() {
            if (step == null) {
                return Why.NOT_ASKED;
            }
            if (!failed.isEmpty()) {
                return failed.stream().allMatch(each -> each.expected().isEmpty()) ? Why.NOT_IN_FORCE : Why.CONDITIONS;
            }
            return step.rows().contains(table.rows().get(row).ref().id())
                    ? step.rows().size() > 1 ? Why.OUTWEIGHED : Why.NOT_FOLLOWED
                    : Why.ROW_ABOVE;
        }

        private List<String> above() {
            return switch (why()) {
                case ROW_ABOVE -> step == null ? List.of() : step.rows();
                default -> List.of();
            };
        }
    }

    private List<Target> targets(Asked as) {
        var targets = new ArrayList<Target>();
        Class<? extends Row> own = kind.part().rows();
        for (Table<? extends Row> table : policy.tables()) {
            List<Step> steps = as.steps().stream()
                    .filter(step -> step.table().type() == table.type())
                    .toList();
            if (steps.isEmpty() && !own.isAssignableFrom(table.type())) {
                continue;
            }
            for (int row = 0; row < table.rows().size(); row++) {
                if (says(table.rows().get(row))) {
                    targets.add(target(table, row, steps, as.steps()));
                }
            }
        }
        targets.sort(Target.FIRST.thenComparing(target -> target.table().sheet()));
        return targets;
    }

    private static Target target(Table<? extends Row> table, int row, List<Step> steps, List<Step> all) {
        Target nearest = new Target(table, row, null, 0, List.of());
        for (Step step : steps) {
            List<NearMiss.Failed> failed = table.lacking(row, step.fact(), step.on());
            if (nearest.step() == null || failed.size() < nearest.failed().size()) {
                nearest = new Target(table, row, step, all.indexOf(step) + 1, failed);
            }
        }
        return nearest;
    }

    private boolean says(Row row) {
        if (wanted.isReason()) {
            return row.ref().id().equals(wanted.value());
        }
        if (wanted.term() == null && wanted.part().type() != String.class) {
            return false; // a number or a moment is counted by rules, whatever a row has that is equal
        }
        Object sought = wanted.term() == null ? wanted.value() : wanted.term();
        for (RecordComponent component : row.getClass().getRecordComponents()) {
            if (!named || isNamed(component)) {
                Object value = read(component, row);
                if (sought.equals(value) || (value instanceof Collection<?> list && list.contains(sought))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether any table has a column that is called as the part that is asked about: then no other column says it. */
    private static boolean named(Policy policy, Part part) {
        return policy.tables().stream()
                .flatMap(table -> Stream.of(table.type().getRecordComponents()))
                .anyMatch(component -> isNamed(component, part));
    }

    private boolean isNamed(RecordComponent component) {
        return isNamed(component, wanted.part());
    }

    private static boolean isNamed(RecordComponent component, Part part) {
        Column column = component.getAccessor().getAnnotation(Column.class);
        return column != null && Attribute.chinese(column.value()).equals(part.name());
    }

    private static @Nullable Object read(RecordComponent component, Row row) {
        try {
            return component.getAccessor().invoke(row);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    // ———— The facts that would have to be otherwise ————

    /** Tries changes: of one fact, of two, and those that the nearest rows ask for together. */
    private final class Search {
        private final Asked as;
        private final List<Target> targets;
        private final List<Change> singles;
        /** Changes of one fact after which a table or the answer says something else. */
        private final Set<Change> telling = new HashSet<>();

        private final Set<Change> refused = new HashSet<>();
        private Reached reached = Reached.NOTHING;

        Search(Asked as, List<Target> targets) {
            this.as = as;
            this.targets = targets;
            var words = new LinkedHashSet<String>();
            targets.stream()
                    .limit(AIMED_AT)
                    .forEach(target -> words.addAll(target.table().words(target.row())));
            this.singles = FactChanges.of(kind, policy, request, wanted, words);
        }

        List<Found> run() {
            var found = new ArrayList<Found>();
            for (Change single : singles) {
                if (isOver()) {
                    return found;
                }
                if (found.stream()
                        .anyMatch(each -> each.changes().get(0).column().equals(single.column()))) {
                    continue; // a nearer change of the same fact does
                }
                Asked asked = attempt(List.of(single));
                if (holds(asked)) {
                    found.add(new Found(List.of(single), asked));
                    if (found.size() == TOLD) {
                        return found;
                    }
                }
                if (asked.answer() == null) {
                    refused.add(single);
                } else if (!said(asked).equals(said(as))) {
                    telling.add(single);
                }
            }
            reached = Reached.ONE_FACT;
            if (!found.isEmpty()) {
                return found;
            }
            Found aimed = aimed();
            Found pair = aimed != null && aimed.changes().size() == 1 ? null : pair(aimed);
            Found best = pair == null ? aimed : pair;
            return best == null ? List.of() : List.of(best);
        }

        private Asked attempt(List<Change> changes) {
            tried++;
            return decide(applied(changes));
        }

        private ObjectNode applied(List<Change> changes) {
            ObjectNode changed = request;
            for (Change change : changes) {
                changed = change.in(changed);
            }
            return changed;
        }

        /** What tables and rules said, without the facts. */
        private List<Object> said(Asked asked) {
            return List.of(
                    asked.steps().stream()
                            .map(step -> step.table().sheet() + step.rows())
                            .toList(),
                    asked.rules(),
                    asked.answer() == null ? "" : shown(asked.answer()));
        }

        /** Two facts at once, those that tell something by themselves first; nearer than what was found already. */
        private @Nullable Found pair(@Nullable Found aimed) {
            // Where each change by itself is taken, both may be; one that is refused by itself may need the other.
            record Pair(Change one, Change other, int silent, double distance) {}
            var pairs = new ArrayList<Pair>();
            List<Change> useful = singles.stream()
                    .filter(single -> telling.contains(single) || refused.contains(single))
                    .limit(MOST_PAIRED)
                    .toList();
            boolean all = (long) singles.size() * singles.size() / 2 <= 4L * most;
            List<Change> from = all ? singles : useful;
            for (int i = 0; i < from.size(); i++) {
                for (int j = i + 1; j < from.size(); j++) {
                    Change one = from.get(i);
                    Change other = from.get(j);
                    double far = one.distance() + other.distance();
                    boolean nearer = aimed == null || aimed.changes().size() > 2 || far < aimed.distance();
                    if (nearer && !one.column().equals(other.column())) {
                        int silent = (telling.contains(one) ? 0 : 1) + (telling.contains(other) ? 0 : 1);
                        pairs.add(new Pair(one, other, silent, far));
                    }
                }
            }
            pairs.sort(Comparator.comparingInt(Pair::silent).thenComparingDouble(Pair::distance));
            Found best = null;
            for (Pair pair : pairs) {
                if (best != null && pair.distance() >= best.distance()) {
                    continue;
                }
                if (isOver()) {
                    return best;
                }
                Asked asked = attempt(List.of(pair.one(), pair.other()));
                if (holds(asked)) {
                    best = new Found(List.of(pair.one(), pair.other()), asked);
                }
            }
            if (all) {
                reached = Reached.TWO_FACTS;
            }
            return best;
        }

        /** What the nearest rows ask for, all together, and then no more of it than it takes. */
        private @Nullable Found aimed() {
            Found best = null;
            for (Target target : targets.stream()
                    .filter(target -> target.step() != null)
                    .limit(AIMED_AT)
                    .toList()) {
                Found found = towards(target);
                if (found != null
                        && (best == null
                                || found.changes().size() < best.changes().size()
                                || (found.changes().size() == best.changes().size()
                                        && found.distance() < best.distance()))) {
                    best = found;
                }
            }
            return best;
        }

        private @Nullable Found towards(Target target) {
            var aim = new CoverageGoal(target.table(), target.row(), CoverageGoal.Shows.DECIDES, -1, null);
            Map<GivenColumn, Change> made = new LinkedHashMap<>();
            Asked at = as;
            for (int step = 0; step < AIMED_STEPS && !isOver(); step++) {
                TableQuery asked = at.steps().stream()
                        .filter(each -> each.table().type() == target.table().type())
                        .map(each -> new TableQuery(each.table(), each.fact(), each.on()))
                        .min(Comparator.comparingDouble(aim::distance))
                        .orElse(null);
                if (asked == null) {
                    return null;
                }
                boolean more = false;
                for (CoverageGoal.Want want : aim.wants(asked, policy.vocabulary())) {
                    GivenColumn column = FactChanges.direct(kind, want.attribute());
                    if (column != null
                            && !made.containsKey(column)
                            && !want.attribute().isText()) {
                        made.put(
                                column,
                                FactChanges.to(
                                        policy, request, column, want.values().get(0)));
                        more = true;
                    }
                }
                if (!more) {
                    return null;
                }
                at = attempt(List.copyOf(made.values()));
                if (holds(at)) {
                    return fewest(new Found(List.copyOf(made.values()), at));
                }
            }
            return null;
        }

        /** The same without what it does not take. */
        private Found fewest(Found found) {
            Found least = found;
            for (Change change : found.changes()) {
                var fewer = new ArrayList<>(least.changes());
                fewer.remove(change);
                if (!fewer.isEmpty() && !isOver()) {
                    Asked asked = attempt(fewer);
                    if (holds(asked)) {
                        least = new Found(List.copyOf(fewer), asked);
                    }
                }
            }
            return least;
        }
    }

    private Nearest told(Found found, Asked as) {
        List<Altered> facts = found.changes().stream()
                .map(change ->
                        new Altered(change.column().pointer(), change.column().header(), change.from(), change.to()))
                .toList();
        ObjectNode answer = found.asked().answer();
        return new Nearest(facts, gate(as, found.asked()), answer == null ? "" : outcome(answer));
    }

    /** The outcome of an answer, as staff write it; empty when answers of the decision have none by that name. */
    private String outcome(ObjectNode answer) {
        Part part = Part.of(kind).get("结果");
        return part == null
                ? ""
                : Expectation.shown(
                        part, answer, policy.vocabulary(), policy.calendar().zone());
    }

    /** The first table, in the order in which they are asked, that says something else; null when rules alone do. */
    private static Gate gate(Asked as, Asked then) {
        var used = new HashSet<Step>();
        int order = 0;
        for (Step step : then.steps()) {
            order++;
            Step before = as.steps().stream()
                    .filter(each -> each.table().type() == step.table().type() && !used.contains(each))
                    .findFirst()
                    .orElse(null);
            if (before != null) {
                used.add(before);
            }
            if (before == null || !before.rows().equals(step.rows())) {
                return gate(order, as, before, step, rules(as, then));
            }
        }
        Step left = as.steps().stream()
                .filter(step -> !used.contains(step))
                .findFirst()
                .orElse(null);
        return left == null
                ? new Gate(0, as.steps().size(), "", List.of(), List.of(), List.of(), rules(as, then))
                : new Gate(
                        as.steps().indexOf(left) + 1,
                        as.steps().size(),
                        left.table().sheet(),
                        left.rows(),
                        List.of(),
                        List.of(),
                        rules(as, then));
    }

    private static Gate gate(int order, Asked as, @Nullable Step before, Step step, List<String> rules) {
        var lacking = new ArrayList<Lacking>();
        Table<? extends Row> table = step.table();
        for (int row = 0; row < table.rows().size() && before != null && lacking.size() < TOLD; row++) {
            String id = table.rows().get(row).ref().id();
            if (step.rows().contains(id) && !before.rows().contains(id)) {
                List<NearMiss.Failed> failed = table.lacking(row, before.fact(), before.on());
                lacking.add(new Target(table, row, before, order, failed).told(as.steps()));
            }
        }
        return new Gate(
                order,
                as.steps().size(),
                table.sheet(),
                before == null ? List.of() : before.rows(),
                step.rows(),
                List.copyOf(lacking),
                rules);
    }

    /** Rules that fire now and did not, each with its title. */
    private static List<String> rules(Asked as, Asked then) {
        var rules = new TreeSet<String>();
        then.rules().stream()
                .filter(rule -> !as.rules().contains(rule))
                .forEach(rule -> rules.add(rule.code() + " " + rule.title()));
        return rules.stream().limit(RULES_TOLD).toList();
    }

    // ———— Waiting ————

    /** From when on an answer says so if nothing happens; null when it does not, or not before the calendar or our steps end. */
    private @Nullable Later later(ObjectNode answer) {
        // Asked later, a routing plans anew from then on: its own review never comes to the day on which a row begins.
        Later byRows = later(answer, this::nextDay);
        Later byItself = later(answer, this::nextReview);
        return byRows == null || (byItself != null && byItself.from().isBefore(byRows.from())) ? byItself : byRows;
    }

    /** The next moment to look at; null for none. */
    @FunctionalInterface
    private interface NextMoment {
        @Nullable
        OffsetDateTime after(OffsetDateTime moment, ObjectNode answer);
    }

    private @Nullable Later later(ObjectNode answer, NextMoment next) {
        JsonNode sent = request.get(NOW);
        if (sent == null || !sent.isString()) {
            return null;
        }
        OffsetDateTime before = OffsetDateTime.parse(sent.stringValue());
        ObjectNode last = answer;
        for (int step = 0; step < LATER_STEPS && goOn.getAsBoolean(); step++) {
            OffsetDateTime moment = next.after(before, last);
            if (moment == null || !moment.isAfter(before)) {
                return null;
            }
            Asked asked = at(moment);
            if (asked.answer() == null) {
                return null; // the calendar ends there
            }
            if (wanted.holds(asked.answer())) {
                return new Later(first(before, moment), outcome(asked.answer()));
            }
            before = moment;
            last = asked.answer();
        }
        return null;
    }

    private Asked at(OffsetDateTime moment) {
        tried++;
        ObjectNode later = request.deepCopy();
        later.put(NOW, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment));
        return decide(later);
    }

    /** When an answer tells to ask again. */
    private @Nullable OffsetDateTime nextReview(OffsetDateTime after, ObjectNode answer) {
        Part review = Part.of(kind).get(REVIEW);
        return review == null
                ? null
                : review.in(answer).stream()
                        .filter(JsonNode::isString)
                        .map(node -> OffsetDateTime.parse(node.stringValue()))
                        .findFirst()
                        .orElse(null);
    }

    /** The first later day on which a row begins or ends. */
    private @Nullable OffsetDateTime nextDay(OffsetDateTime after, ObjectNode answer) {
        ZoneId zone = policy.calendar().zone();
        LocalDate day = after.atZoneSameInstant(zone).toLocalDate();
        return policy.tables().stream()
                .map(table -> table.changeAfter(day))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(change -> change.atStartOfDay(zone).toOffsetDateTime())
                .orElse(null);
    }

    /** The first minute after one moment at which it is so, up to another at which it is. */
    private OffsetDateTime first(OffsetDateTime not, OffsetDateTime so) {
        OffsetDateTime low = not;
        OffsetDateTime high = so;
        while (ChronoUnit.MINUTES.between(low, high) > 1) {
            OffsetDateTime middle = low.plusMinutes(ChronoUnit.MINUTES.between(low, high) / 2);
            if (holds(at(middle))) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }
}
