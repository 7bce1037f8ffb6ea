package liandong.routing;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.analysis.AnalysedTable;
import liandong.analysis.LivingRows;
import liandong.analysis.TableAnalysis;
import liandong.calendar.CalendarEndedException;
import liandong.engine.Timetable;
import liandong.incident.EventType;
import liandong.incident.Matter;
import liandong.incident.Report;
import liandong.incident.Severity;
import liandong.incident.Term;
import liandong.incident.Urgency;
import liandong.policy.Policy;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.table.Condition;
import liandong.table.Row;
import liandong.table.RowRef;
import liandong.table.Table;
import liandong.table.Tables;
import org.jspecify.annotations.Nullable;

/**
 * What the tables of routing say one after the other: 分级, then 紧急程度, then 派单目录 and 阶段时限.
 *
 * <p>Each event type is carried through with every severity, and every urgency, that the tables before can give it; what no
 * table can give is not looked at. So a row is told that waits for what never comes, and a class of facts for which a table
 * has nothing though each table by itself looks whole.
 */
final class ChainAnalysis {
    private static final String TYPE = "事项";
    private static final String SEVERITY = "等级";
    private static final String URGENCY = "紧急程度";
    private static final String ORDER = "序";
    private static final String LIMIT = "时限";

    /** So many rows whose limits are turned round are one fault. */
    private static final int MANY = 5;

    /** The numbers of a report by which severity may be judged, by the Chinese names of their columns. */
    private static final List<String> COUNTS = List.of("死亡人数", "重伤人数", "损失", "人数", "聚集人数");

    private final Policy policy;
    private final Consumer<Problem> problems;
    private final Tables tables;
    private final @Nullable PlainReport plain;
    private final List<ZonedDateTime> starts;
    private final @Nullable LivingRows<SeverityRow> severities;
    private final @Nullable LivingRows<UrgencyRow> urgencies;
    private final @Nullable LivingRows<DutyRow> duties;
    private final @Nullable LivingRows<StageRow> stages;
    private final @Nullable LivingRows<RelayRow> relays;
    /** What has been found of the stages of some rows. */
    private final Map<List<StageRow>, Optional<Planned>> planned = new HashMap<>();
    /** By table and event type, the rows that may apply, once somebody has asked. */
    private final Map<TableAnalysis, Map<EventType, List<Integer>>> touching = new HashMap<>();

    ChainAnalysis(Policy policy, List<AnalysedTable> analysed, LocalDate today, Consumer<Problem> problems) {
        this.policy = policy;
        this.problems = problems;
        this.tables = policy.tables(today);
        ZoneId zone = policy.calendar().zone();
        this.plain = PlainReport.of(policy, today.atTime(9, 0).atZone(zone).toOffsetDateTime());
        this.starts = WorstCase.starts(today, zone);
        this.severities = LivingRows.of(SeverityRow.class, policy, analysed);
        this.urgencies = LivingRows.of(UrgencyRow.class, policy, analysed);
        this.duties = LivingRows.of(DutyRow.class, policy, analysed);
        this.stages = LivingRows.of(StageRow.class, policy, analysed);
        this.relays = LivingRows.of(RelayRow.class, policy, analysed);
    }

    /** Tells everything, and which degrees of urgency seem to have each other's rank: of those nothing more need be told. */
    Set<Degrees> tell() {
        if (severities == null || urgencies == null || duties == null || stages == null) {
            return Set.of();
        }
        List<Graded> reached = reached(severities, urgencies);
        waiting(duties, reached);
        waiting(stages, reached);
        uncovered(stages, reached, Code.LIMIT_MISSING);
        uncovered(duties, reached, Code.OWNER_MISSING);
        orders(stages, reached);
        owners(duties);
        Set<Degrees> turned = growing(reached);
        falling(severities, urgencies, turned);
        relays();
        severities.tellNever(SEVERITY, policy.vocabulary().all(Severity.class), SeverityRow::severity, problems);
        urgencies.tellNever(URGENCY, policy.vocabulary().all(Urgency.class), UrgencyRow::urgency, problems);
        return turned;
    }

    /** An event type with what the tables before can make of it. */
    private record Graded(EventType type, Severity severity, Urgency urgency) {
        Map<String, Term> facts() {
            return Map.of(TYPE, type, SEVERITY, severity, URGENCY, urgency);
        }

        String label() {
            return type.label() + "/" + severity.label() + "/" + urgency.label();
        }
    }

    /** Every grading that can come about; tells of rows of 紧急程度 that wait for a severity which never does. */
    private List<Graded> reached(LivingRows<SeverityRow> grading, LivingRows<UrgencyRow> pressing) {
        var reached = new ArrayList<Graded>();
        var used = new BitSet();
        for (EventType type : policy.vocabulary().all(EventType.class)) {
            List<Integer> rows = touching(pressing, type);
            for (Severity severity : severities(grading, type)) {
                Map<String, Term> facts = Map.of(TYPE, type, SEVERITY, severity);
                var degrees = new LinkedHashSet<Urgency>();
                for (int row : rows) {
                    if (pressing.analysis().mayCount(row, facts)) {
                        used.set(row);
                        degrees.add(pressing.row(row).urgency());
                    }
                }
                degrees.forEach(urgency -> reached.add(new Graded(type, severity, urgency)));
            }
        }
        unused(pressing, used, List.of(SEVERITY));
        return reached;
    }

    private Set<Severity> severities(LivingRows<SeverityRow> grading, EventType type) {
        var severities = new LinkedHashSet<Severity>();
        for (int row : touching(grading, type)) {
            if (grading.analysis().mayCount(row, Map.of(TYPE, type))) {
                severities.add(grading.row(row).severity());
            }
        }
        return severities;
    }

    /** The numbers of the rows that may apply to an event type. */
    private List<Integer> touching(LivingRows<? extends Row> rows, EventType type) {
        return touching.computeIfAbsent(rows.analysis(), each -> new HashMap<>())
                .computeIfAbsent(type, each -> {
                    var touching = new ArrayList<Integer>();
                    rows.each((row, number) -> {
                        if (rows.analysis().mayApply(number, Map.of(TYPE, type))) {
                            touching.add(number);
                        }
                    });
                    return List.copyOf(touching);
                });
    }

    /** Rows that wait for a severity or an urgency which no event type that they are about can have. */
    private void waiting(LivingRows<? extends Row> rows, List<Graded> reached) {
        var used = new BitSet();
        EventType type = null;
        List<Integer> touching = List.of();
        for (Graded graded : reached) {
            if (!graded.type().equals(type)) {
                type = graded.type();
                touching = touching(rows, type);
            }
            for (int row : touching) {
                if (!used.get(row) && rows.analysis().mayCount(row, graded.facts())) {
                    used.set(row);
                }
            }
        }
        unused(rows, used, List.of(URGENCY, SEVERITY));
    }

    private void unused(LivingRows<? extends Row> rows, BitSet used, List<String> columns) {
        rows.each((row, number) -> {
            if (!used.get(number)) {
                String column = columns.stream()
                        .filter(each -> asks(rows.table(), number, each))
                        .findFirst()
                        .orElse(TYPE);
                problems.accept(Problem.of(Code.ROW_NEVER_REACHED, rows.at(number, column), column));
            }
        });
    }

    private static boolean asks(Table<? extends Row> table, int row, String column) {
        return table.columns().stream()
                .anyMatch(each -> each.attribute().chinese().equals(column)
                        && each.conditions().get(row) != Condition.ANY);
    }

    /** Classes of facts that reach a table and for which it has no row, told at the row that comes nearest. */
    private void uncovered(LivingRows<? extends Row> rows, List<Graded> reached, Code code) {
        var told = new LinkedHashMap<Integer, List<Graded>>();
        var says = new LinkedHashMap<Integer, String>();
        for (Graded graded : reached) {
            List<Integer> near = touching(rows, graded.type());
            String gap = near.isEmpty() ? null : rows.analysis().uncovered(graded.facts());
            if (gap != null) {
                int at = near.stream()
                        .filter(row -> asks(rows.table(), row, TYPE))
                        .findFirst()
                        .orElse(near.get(0));
                told.computeIfAbsent(at, row -> new ArrayList<>()).add(graded);
                says.putIfAbsent(at, gap);
            }
        }
        told.forEach((row, classes) -> problems.accept(Problem.of(
                code,
                rows.at(row, narrowing(rows, row)),
                LivingRows.named(labels(classes, reached)),
                says.getOrDefault(row, ""))));
    }

    /** Some classes of facts in words: an event type alone when however it is graded makes no difference. */
    private static Set<String> labels(List<Graded> classes, List<Graded> reached) {
        Map<EventType, Long> all = reached.stream().collect(Collectors.groupingBy(Graded::type, Collectors.counting()));
        Map<EventType, Long> some =
                classes.stream().collect(Collectors.groupingBy(Graded::type, Collectors.counting()));
        var labels = new LinkedHashSet<String>();
        classes.forEach(each -> labels.add(
                Objects.equals(some.get(each.type()), all.get(each.type()))
                        ? each.type().label()
                        : each.label()));
        return labels;
    }

    /** The column in which a row asks for more than its event type; that of the event type when it asks for nothing else. */
    private static String narrowing(LivingRows<? extends Row> rows, int row) {
        return Stream.concat(
                        Stream.of(URGENCY, SEVERITY),
                        rows.table().columns().stream()
                                .map(column -> column.attribute().chinese()))
                .filter(column -> !column.equals(TYPE) && asks(rows.table(), row, column))
                .findFirst()
                .orElse(TYPE);
    }

    // ———— Stages ————

    /** Whether a row is for event types that it names: a stage that comes before those of nearly all stands beside their first. */
    private static boolean names(Table<? extends Row> table, int row) {
        return table.columns().stream()
                .filter(column -> column.attribute().chinese().equals(TYPE))
                .anyMatch(column ->
                        column.conditions().get(row).fold(() -> false, one -> true, none -> false, within -> false));
    }

    private void orders(LivingRows<StageRow> rows, List<Graded> reached) {
        var doubled = new HashSet<Integer>();
        var alone = new HashSet<Integer>();
        for (Graded graded : reached) {
            List<Integer> touching = touching(rows, graded.type());
            for (int row : touching) {
                StageRow stage = rows.row(row);
                for (int other : touching) {
                    if (other < row
                            && rows.row(other).order() == stage.order()
                            && !doubled.contains(row)
                            && names(rows.table(), row)
                            && names(rows.table(), other)
                            && rows.analysis().mayBothApply(row, other, graded.facts())) {
                        doubled.add(row);
                        RowRef ref = rows.row(other).ref();
                        problems.accept(Problem.of(
                                Code.STAGES_OF_ONE_NUMBER,
                                rows.at(row, ORDER),
                                stage.order(),
                                ref.id(),
                                ref.row(),
                                graded.label()));
                    }
                }
                if (stage.order() > 1 && !alone.contains(row)) {
                    String gap = rows.analysis()
                            .uncovered(
                                    row,
                                    graded.facts(),
                                    other -> rows.row(other).order() == stage.order() - 1);
                    if (gap != null) {
                        alone.add(row);
                        problems.accept(
                                Problem.of(Code.STAGE_WITHOUT_PREDECESSOR, rows.at(row, ORDER), stage.order(), gap));
                    }
                }
            }
        }
    }

    // ———— Owners ————

    private void owners(LivingRows<DutyRow> rows) {
        rows.each((row, number) -> {
            if (row.route() == RoutingPath.CONFERENCE && row.conference() == null) {
                problems.accept(Problem.of(
                        Code.DUTY_WITHOUT_CONFERENCE,
                        rows.at(number, "联席会议"),
                        row.route().label()));
            }
            if (row.lead() == null && row.route() == RoutingPath.COMMUNITY) {
                problems.accept(Problem.of(
                        Code.DUTY_WITHOUT_LEAD,
                        rows.at(number, "牵头"),
                        row.route().label()));
            }
        });
    }

    /** Event types of which nobody is told though a life is in danger. */
    private void relays() {
        if (relays == null || relays.table().rows().isEmpty()) {
            return;
        }
        var without = new ArrayList<String>();
        for (EventType type : policy.vocabulary().all(EventType.class)) {
            Report report = report(type, true, Map.of());
            if (report != null
                    && tables.match(RelayRow.class, Matter.of(report)).isEmpty()) {
                without.add(type.label());
            }
        }
        int total = policy.vocabulary().all(EventType.class).size();
        if (!without.isEmpty() && without.size() < total) {
            int narrow = 0;
            for (int row = relays.table().rows().size() - 1; row >= 0; row--) {
                narrow = asks(relays.table(), row, "危及生命") ? row : narrow;
            }
            problems.accept(Problem.of(
                    Code.RELAY_MISSING, relays.at(narrow, narrowingRelay(relays, narrow)), LivingRows.named(without)));
        } else if (!without.isEmpty()) {
            problems.accept(Problem.of(Code.RELAY_MISSING, relays.table().header("危及生命"), LivingRows.named(without)));
        }
    }

    private static String narrowingRelay(LivingRows<RelayRow> rows, int row) {
        return rows.table().columns().stream()
                .map(column -> column.attribute().chinese())
                .filter(column -> !column.equals("危及生命") && asks(rows.table(), row, column))
                .findFirst()
                .orElse("危及生命");
    }

    // ———— More that counts for less ————

    /** What is graver must not be less urgent, and more dead, injured, lost or concerned must not be less grave. */
    private void falling(LivingRows<SeverityRow> grading, LivingRows<UrgencyRow> pressing, Set<Degrees> turned) {
        var told = new HashSet<Row>();
        List<Severity> ranked = policy.vocabulary().all(Severity.class).stream()
                .sorted(Comparator.comparingInt(Severity::rank))
                .toList();
        Map<String, NavigableSet<BigDecimal>> counts = counts(grading.table());
        for (EventType type : policy.vocabulary().all(EventType.class)) {
            Report plain = report(type, false, Map.of());
            if (plain == null) {
                return;
            }
            UrgencyRow before = null;
            Set<Severity> possible = severities(grading, type);
            for (Severity severity : ranked) {
                UrgencyRow row = possible.contains(severity)
                        ? only(tables.match(UrgencyRow.class, Matter.of(plain).graded(severity)))
                        : null;
                if (row != null
                        && before != null
                        && row.urgency().rank() < before.urgency().rank()
                        && !turned.contains(new Degrees(row.urgency(), before.urgency()))
                        && told.add(row)) {
                    problems.accept(Problem.of(
                            Code.URGENCY_FALLS,
                            pressing.table().at(row, URGENCY),
                            type.label(),
                            severity.label(),
                            row.urgency().label(),
                            before.urgency().label()));
                }
                before = row == null ? before : row;
            }
            counts.forEach((count, values) -> {
                SeverityRow less = null;
                for (BigDecimal value : values) {
                    Report report = Objects.requireNonNull(report(type, false, Map.of(count, value)));
                    SeverityRow row = only(tables.match(SeverityRow.class, Matter.of(report)));
                    if (row != null
                            && less != null
                            && row.severity().rank() < less.severity().rank()) {
                        // A row that asks nothing and grades higher than one that asks is the one to look at.
                        boolean everything = asksNothing(grading.table(), less);
                        SeverityRow at = everything ? less : row;
                        RowRef other = everything ? row.ref() : less.ref();
                        if (told.add(at)) {
                            problems.accept(Problem.of(
                                    Code.SEVERITY_FALLS,
                                    grading.table().at(at, SEVERITY),
                                    type.label(),
                                    count + " " + value.toPlainString(),
                                    row.severity().label(),
                                    less.severity().label(),
                                    other.id() + " (" + other.row() + ")"));
                        }
                    }
                    less = row == null ? less : row;
                }
            });
        }
    }

    private static boolean asksNothing(Table<? extends Row> table, Row row) {
        int number = table.rows().indexOf(row);
        return table.columns().stream().allMatch(each -> each.conditions().get(number) == Condition.ANY);
    }

    private static <T> @Nullable T only(List<T> rows) {
        return rows.isEmpty() ? null : rows.get(0);
    }

    /** The numbers about which a table turns, with those just below and above, by column. */
    private static Map<String, NavigableSet<BigDecimal>> counts(Table<? extends Row> table) {
        var counts = new LinkedHashMap<String, NavigableSet<BigDecimal>>();
        for (Table.ConditionColumn column : table.columns()) {
            String name = column.attribute().chinese();
            if (COUNTS.stream().anyMatch(name::startsWith)) {
                var values = new TreeSet<BigDecimal>(Set.of(BigDecimal.ZERO));
                for (Condition condition : column.conditions()) {
                    condition.handle(
                            () -> {},
                            one -> {},
                            none -> {},
                            within -> within.bounds().forEach(bound -> {
                                values.add(bound);
                                values.add(bound.add(BigDecimal.ONE));
                                values.add(bound.subtract(BigDecimal.ONE).max(BigDecimal.ZERO));
                            }));
                }
                counts.put(COUNTS.stream().filter(name::startsWith).findFirst().orElseThrow(), values);
            }
        }
        return counts;
    }

    private @Nullable Report report(EventType type, boolean lifeInDanger, Map<String, BigDecimal> counts) {
        return plain == null
                ? null
                : plain.about(
                        type,
                        new PlainReport.Told(
                                lifeInDanger,
                                counts.getOrDefault(COUNTS.get(0), BigDecimal.ZERO)
                                        .intValue(),
                                counts.getOrDefault(COUNTS.get(1), BigDecimal.ZERO)
                                        .intValue(),
                                counts.getOrDefault(COUNTS.get(2), BigDecimal.ZERO),
                                counts.getOrDefault(COUNTS.get(3), BigDecimal.ZERO)
                                        .intValue(),
                                counts.getOrDefault(COUNTS.get(4), BigDecimal.ZERO)
                                        .intValue(),
                                null));
    }

    /**
     * Two degrees of urgency.
     *
     * @param less the less urgent of the two
     * @param more the more urgent, by the ranks of the vocabulary
     */
    record Degrees(Urgency less, Urgency more) {}

    /** What is more urgent must not be given longer; two degrees of which that is so nearly always have each other's rank. */
    private Set<Degrees> growing(List<Graded> reached) {
        var byMatter = new LinkedHashMap<List<Term>, List<Graded>>();
        reached.forEach(
                each -> byMatter.computeIfAbsent(List.of(each.type(), each.severity()), key -> new ArrayList<>())
                        .add(each));
        var longer = new LinkedHashMap<Degrees, Map<Integer, String>>();
        var compared = new HashMap<Degrees, Integer>();
        var grown = new HashMap<Degrees, Integer>();
        for (List<Graded> degrees : byMatter.values()) {
            degrees.sort(Comparator.comparingInt(each -> each.urgency().rank()));
            Planned before = null;
            Urgency less = null;
            for (Graded graded : degrees) {
                Planned planned = planned(graded);
                if (planned != null && before != null && less != null) {
                    var pair = new Degrees(less, graded.urgency());
                    int order = planned.length().compareTo(before.length());
                    compared.merge(pair, order == 0 ? 0 : 1, Integer::sum);
                    if (order > 0) {
                        grown.merge(pair, 1, Integer::sum);
                        longer.computeIfAbsent(pair, each -> new LinkedHashMap<>())
                                .putIfAbsent(planned.row(), graded.label());
                    }
                }
                before = planned == null ? before : planned;
                less = planned == null ? less : graded.urgency();
            }
        }
        LivingRows<StageRow> rows = Objects.requireNonNull(stages);
        var told = new HashSet<Integer>();
        var turned = new HashSet<Degrees>();
        longer.forEach((pair, byRow) -> {
            int of = compared.getOrDefault(pair, 0);
            int so = grown.getOrDefault(pair, 0);
            CellRef rank = policy.at(pair.more());
            if (rank != null && byRow.size() >= MANY && so * 2 > of) {
                turned.add(pair);
                problems.accept(Problem.of(
                        Code.URGENCIES_TURNED,
                        rank,
                        pair.more().label(),
                        pair.less().label(),
                        so,
                        of));
            } else {
                byRow.forEach((row, graded) -> {
                    if (told.add(row)) {
                        problems.accept(Problem.of(
                                Code.LIMIT_GROWS,
                                rows.at(row, LIMIT),
                                graded,
                                rows.row(row).limit().label()));
                    }
                });
            }
        });
        return turned;
    }

    /** How long the stage takes at most that is due first, and its row. */
    private record Planned(Duration length, int row) {}

    private @Nullable Planned planned(Graded graded) {
        Report report = report(graded.type(), false, Map.of());
        if (report == null) {
            return null;
        }
        var matter = new Matter(report, graded.type(), graded.severity(), graded.urgency(), null, null);
        List<StageRow> rows = tables.match(StageRow.class, matter);
        if (rows.isEmpty()) {
            return null;
        }
        return planned.computeIfAbsent(
                        rows,
                        each -> starts.stream()
                                .map(start -> planned(each, start))
                                .flatMap(Optional::stream)
                                .max(Comparator.comparing(Planned::length)))
                .orElse(null);
    }

    private Optional<Planned> planned(List<StageRow> rows, ZonedDateTime start) {
        try {
            PlannedStage first = new StagePlan(new Timetable(policy.calendar(), start))
                    .schedule(rows).stages().stream()
                            .min(Comparator.comparing(PlannedStage::due, OffsetDateTime.timeLineOrder()))
                            .orElse(null);
            if (first == null) {
                return Optional.empty();
            }
            return rows.stream()
                    .filter(each ->
                            each.order() == first.order() && each.stage().equals(first.name()))
                    .findFirst()
                    .map(row -> new Planned(
                            Duration.between(start, first.due()),
                            Objects.requireNonNull(stages).table().rows().indexOf(row)));
        } catch (CalendarEndedException e) {
            return Optional.empty();
        }
    }
}
