package liandong.escalation;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import liandong.analysis.AnalysedTable;
import liandong.analysis.FactKinds;
import liandong.analysis.LivingRows;
import liandong.calendar.CalendarEndedException;
import liandong.calendar.Limit;
import liandong.calendar.LimitClock;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.EventType;
import liandong.incident.HandledStage;
import liandong.incident.Matter;
import liandong.incident.Report;
import liandong.incident.Severity;
import liandong.incident.Source;
import liandong.incident.Term;
import liandong.incident.Urgency;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.routing.StageRow;
import liandong.table.Condition;
import liandong.table.Row;
import liandong.table.Table;
import liandong.table.Tables;
import org.jspecify.annotations.Nullable;

/**
 * Looks for rows of escalation that wait for what its other tables never let come about, and for time that is given without an
 * end (督办可达性检查): a reminder later than the longest pause, an extension that never counts, a ledger after more extensions than
 * anybody is given, explanations again and again.
 */
final class ReachAnalysis {
    private static final String EVENT = "情形";
    private static final String TIME = "第几次";
    private static final String EXTENSIONS = "延期次数";
    private static final String AHEAD = "提前工作日";
    private static final String PROCEDURE = "法定程序";
    private static final String ALLOWED = "准许";
    private static final String URGENCY = "紧急程度";

    /** So many extensions of one stage are as good as any number. */
    private static final int MANY = 20;

    private static final int MOST_AHEAD = 30;

    private final Policy policy;
    private final List<AnalysedTable> analysed;
    private final Consumer<Problem> problems;
    private final Tables tables;
    private final ZonedDateTime morning;

    ReachAnalysis(Policy policy, List<AnalysedTable> analysed, LocalDate today, Consumer<Problem> problems) {
        this.policy = policy;
        this.analysed = analysed;
        this.problems = problems;
        this.tables = policy.tables(today);
        this.morning = today.atTime(9, 0).atZone(policy.calendar().zone());
    }

    void tell() {
        pauses();
        withoutEnd();
        waits();
        counts();
        stages();
    }

    private <R extends Row> @Nullable LivingRows<R> rows(Class<R> type) {
        return LivingRows.of(type, policy, analysed);
    }

    // ———— Pauses, extensions and explanations ————

    private static FactKinds of(LivingRows<ClockChangeRow> rows, CaseEventKind event) {
        return rows.kinds().where(EVENT, value -> value == null || value == event);
    }

    /** Pauses of which rows tell and which no row ever allows, told at the row that refuses the most. */
    private void pauses() {
        LivingRows<ClockChangeRow> rows = rows(ClockChangeRow.class);
        if (rows == null || !tellsOfPauses(rows.table())) {
            return;
        }
        var refused = new LinkedHashMap<Integer, Integer>();
        var allowed = new BitSet();
        of(rows, CaseEventKind.PAUSED).each(kind -> {
            int row = kind.first();
            if (row >= 0 && rows.row(row).allowed()) {
                allowed.set(row);
            } else if (row >= 0) {
                refused.merge(row, 1, Integer::sum);
            }
        });
        if (allowed.isEmpty() && !refused.isEmpty()) {
            int row = refused.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            problems.accept(Problem.of(Code.PAUSE_NEVER, rows.at(row, ALLOWED)));
        }
    }

    /** Whether some row means to allow a pause, whatever stands above it. */
    private static boolean tellsOfPauses(Table<ClockChangeRow> table) {
        for (int row = 0; row < table.rows().size(); row++) {
            if (table.rows().get(row).allowed()) {
                for (Table.ConditionColumn column : table.columns()) {
                    String name = column.attribute().chinese();
                    Condition condition = column.conditions().get(row);
                    boolean ground = name.equals("暂停事由") && condition != Condition.ANY;
                    boolean pause = name.equals(EVENT)
                            && condition != Condition.ANY
                            && BitSet.valueOf(column.index().bits(CaseEventKind.PAUSED))
                                    .get(row);
                    if (ground || pause) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Rows that allow the same again however often it was allowed before. */
    private void withoutEnd() {
        LivingRows<ClockChangeRow> rows = rows(ClockChangeRow.class);
        if (rows == null) {
            return;
        }
        var told = new BitSet();
        for (CaseEventKind event :
                List.of(CaseEventKind.PAUSED, CaseEventKind.EXTENSION_GRANTED, CaseEventKind.EXPLAINED)) {
            numbered(of(rows, event), rows.table(), TIME, Integer.MAX_VALUE).each(kind -> {
                int row = kind.first();
                if (row >= 0 && rows.row(row).allowed() && !told.get(row)) {
                    told.set(row);
                    problems.accept(Problem.of(Code.CLOCK_WITHOUT_END, rows.at(row, TIME), event.label()));
                }
            });
        }
    }

    /** Only the facts for which a count is met by the same rows as a number. */
    private static FactKinds numbered(FactKinds kinds, Table<?> table, String column, int number) {
        return kinds.where(
                column, value -> value == null || isAlike(table, column, decimal(value), new BigDecimal(number)));
    }

    private static BigDecimal decimal(Object value) {
        return value instanceof BigDecimal number ? number : new BigDecimal(value.toString());
    }

    private static boolean isAlike(Table<?> table, String column, BigDecimal one, BigDecimal other) {
        return table.columns().stream()
                .filter(each -> each.attribute().chinese().equals(column))
                .flatMap(each -> each.conditions().stream())
                .allMatch(condition -> holds(condition, one) == holds(condition, other));
    }

    private static boolean holds(Condition condition, BigDecimal number) {
        return condition.fold(() -> true, one -> true, none -> true, within -> within.holds(number));
    }

    /** Reminders of a pause that come later than any pause can last. */
    private void waits() {
        LivingRows<WaitingActionRow> waits = rows(WaitingActionRow.class);
        LivingRows<ClockChangeRow> changes = rows(ClockChangeRow.class);
        if (waits == null || changes == null) {
            return;
        }
        var lasting = new ArrayList<ClockChangeRow>();
        var endless = new ArrayList<ClockChangeRow>();
        changes.each((row, number) -> {
            if (row.allowed() && changes.analysis().mayCount(number, Map.of(EVENT, CaseEventKind.PAUSED))) {
                (row.longest() == null ? endless : lasting).add(row);
            }
        });
        ClockChangeRow longest = lasting.stream()
                .max(Comparator.comparingDouble(row -> days(row.longest())))
                .orElse(null);
        if (longest == null || !endless.isEmpty()) {
            return;
        }
        waits.each((row, number) -> {
            if (row.since() == Waiting.PAUSE && row.after().aboutDays() > days(longest.longest())) {
                problems.accept(Problem.of(
                        Code.WAIT_NEVER,
                        waits.at(number, "满"),
                        row.after().label(),
                        Objects.requireNonNull(longest.longest()).label(),
                        longest.ref().id()));
            }
        });
    }

    private static double days(@Nullable Limit limit) {
        return limit == null ? 0 : limit.aboutDays();
    }

    // ———— How many extensions there can be ————

    /** Rows that wait for more extensions than a body is ever given. */
    private void counts() {
        LivingRows<ConditionActionRow> rows = rows(ConditionActionRow.class);
        LivingRows<ExtensionRow> granting = rows(ExtensionRow.class);
        if (rows == null || granting == null || granting.table().rows().isEmpty()) {
            return;
        }
        int most = mostExtensions(granting);
        if (most >= MANY) {
            return;
        }
        for (Table.ConditionColumn column : rows.table().columns()) {
            if (column.attribute().chinese().equals(EXTENSIONS)) {
                rows.each((row, number) -> {
                    boolean reached = false;
                    for (int count = 0; count <= most && !reached; count++) {
                        reached = holds(column.conditions().get(number), BigDecimal.valueOf(count));
                    }
                    if (!reached) {
                        problems.accept(Problem.of(
                                Code.COUNT_NEVER_REACHED,
                                rows.at(number, EXTENSIONS),
                                EXTENSIONS + " " + column.texts().get(number),
                                most,
                                row.step().label()));
                    }
                });
            }
        }
    }

    /** How many extensions one stage can be given at most that count. */
    private int mostExtensions(LivingRows<ExtensionRow> granting) {
        LivingRows<ClockChangeRow> changes = rows(ClockChangeRow.class);
        for (int before = 0; before < MANY; before++) {
            var granted = new BitSet();
            numbered(granting.kinds(), granting.table(), EXTENSIONS, before).each(kind -> {
                if (kind.first() >= 0 && granting.row(kind.first()).grants()) {
                    granted.set(kind.first());
                }
            });
            var counted = new BitSet();
            if (changes != null) {
                numbered(of(changes, CaseEventKind.EXTENSION_GRANTED), changes.table(), TIME, before + 1)
                        .each(kind -> {
                            if (kind.first() >= 0 && changes.row(kind.first()).allowed()) {
                                counted.set(kind.first());
                            }
                        });
            }
            if (granted.isEmpty() || (changes != null && counted.isEmpty())) {
                return before;
            }
        }
        return MANY;
    }

    // ———— Stages ————

    /** A stage that a matter can have, as it stands when it begins. */
    private record Begun(OpenStage stage, int ahead) {}

    /** Rows about stages that no matter has, and about extensions that come too late or never count. */
    private void stages() {
        LivingRows<StageRow> limits = rows(StageRow.class);
        LivingRows<OverdueActionRow> overdue = rows(OverdueActionRow.class);
        if (limits == null || limits.table().rows().isEmpty()) {
            return;
        }
        List<OffsetDateTime> workingDays = workingDays();
        var had = new BitSet();
        Extensions extensions = rows(ExtensionRow.class) == null ? null : new Extensions();
        for (OpenCase open : cases()) {
            for (StageRow row : tables.match(StageRow.class, open.matter())) {
                Begun begun = begun(open, row, workingDays);
                if (overdue != null) {
                    overdue.each((each, number) -> {
                        if (!had.get(number) && mayPress(overdue, number, begun.stage())) {
                            had.set(number);
                        }
                    });
                }
                if (extensions != null && begun.ahead() > 0) {
                    extensions.ask(open, begun);
                }
            }
        }
        if (overdue != null) {
            overdue.each((row, number) -> {
                if (!had.get(number)) {
                    problems.accept(Problem.of(
                            Code.STAGE_NEVER_HAD,
                            overdue.at(number, asked(overdue.table(), number)),
                            asks(overdue.table(), number)));
                }
            });
        }
        if (extensions != null) {
            extensions.tell();
        }
    }

    /** The column by which a row waits for a stage that is none. */
    private static String asked(Table<?> table, int row) {
        return table.columns().stream()
                .filter(column -> column.conditions().get(row) != Condition.ANY)
                .map(column -> column.attribute().chinese())
                .filter(column -> column.equals(PROCEDURE))
                .findFirst()
                .orElse(URGENCY);
    }

    /** What a row asks of a stage and its matter, in one line. */
    private static String asks(Table<?> table, int row) {
        return table.columns().stream()
                .filter(column -> !column.texts().get(row).isEmpty())
                .map(column ->
                        column.attribute().chinese() + " " + column.texts().get(row))
                .collect(Collectors.joining("，"));
    }

    /** Whether a row can come to be about a stage, as far as what never changes of it goes. */
    private static boolean mayPress(LivingRows<OverdueActionRow> rows, int number, OpenStage stage) {
        for (Table.ConditionColumn column : rows.table().columns()) {
            String name = column.attribute().chinese();
            Object value = switch (name) {
                case PROCEDURE -> stage.procedure();
                case "阶段" -> stage.name();
                case "事项" -> stage.of().matter().eventType();
                case URGENCY -> stage.of().matter().urgency();
                default -> null;
            };
            if (value != null
                    && column.conditions().get(number) != Condition.ANY
                    && !BitSet.valueOf(column.index().bits(value)).get(number)) {
                return false;
            }
        }
        return true;
    }

    /** A case of each event type and urgency, and of each source and severity that tables about stages or extensions tell apart. */
    private List<OpenCase> cases() {
        var cases = new ArrayList<OpenCase>();
        Body lead = policy.vocabulary().bodies(BodyKind.DEPARTMENT).stream()
                .findFirst()
                .orElse(null);
        Area area = policy.vocabulary().all(Area.class).stream()
                .max(Comparator.comparingInt(each -> each.level().rank()))
                .orElse(null);
        if (lead == null || area == null) {
            return cases;
        }
        for (EventType type : policy.vocabulary().all(EventType.class)) {
            for (Source source : told(Source.class)) {
                Report report = Report.of("F", morning.toOffsetDateTime(), source, area, "", type);
                for (Severity severity : told(Severity.class)) {
                    for (Urgency urgency : policy.vocabulary().all(Urgency.class)) {
                        var matter = new Matter(report, type, severity, urgency, report.nature(), null);
                        cases.add(new OpenCase(
                                matter,
                                lead.in(area),
                                List.of(),
                                null,
                                morning.toOffsetDateTime(),
                                List.of(),
                                List.of(),
                                null,
                                false));
                    }
                }
            }
        }
        return cases;
    }

    /** All terms of a set when the tables about stages or extensions ask for them, otherwise one. */
    private <T extends Term> List<T> told(Class<T> set) {
        boolean matters = false;
        for (Class<? extends Row> type : List.of(StageRow.class, ExtensionRow.class)) {
            LivingRows<? extends Row> rows = rows(type);
            matters |= rows != null
                    && rows.table().columns().stream()
                            .anyMatch(column -> column.attribute().type() == set
                                    && column.conditions().stream().anyMatch(each -> each != Condition.ANY));
        }
        return policy.vocabulary().all(set).stream()
                .limit(matters ? Long.MAX_VALUE : 1)
                .toList();
    }

    /** When so many working days from the morning on are over. */
    private List<OffsetDateTime> workingDays() {
        var ends = new ArrayList<OffsetDateTime>();
        try {
            for (int days = 1; days <= MOST_AHEAD; days++) {
                ends.add(policy.calendar()
                        .due(morning, new Limit(BigDecimal.valueOf(days), LimitClock.WORKING_DAY))
                        .toOffsetDateTime());
            }
        } catch (CalendarEndedException e) {
            return ends; // as far as the calendar tells
        }
        return ends;
    }

    private Begun begun(OpenCase open, StageRow row, List<OffsetDateTime> workingDays) {
        OffsetDateTime start = morning.toOffsetDateTime();
        OffsetDateTime due;
        try {
            due = policy.calendar().due(morning, row.limit()).toOffsetDateTime();
        } catch (CalendarEndedException e) {
            due = start.plus(Duration.ofDays((long) row.limit().aboutDays()));
        }
        OffsetDateTime end = due;
        boolean procedure = Boolean.TRUE.equals(row.procedure());
        var stage = new HandledStage(
                row.order(),
                row.stage(),
                row.limit().label(),
                start,
                due,
                row.ref().id(),
                null,
                procedure,
                false);
        int ahead =
                (int) workingDays.stream().filter(each -> !each.isAfter(end)).count();
        return new Begun(new OpenStage(open, stage, row.stage(), start, due, false), ahead);
    }

    /** What becomes of extensions that are asked for as early as can be. */
    private final class Extensions {
        /** By row that lets a grant count for nothing, the rows that grant. */
        private final Map<ClockChangeRow, Set<String>> vain = new LinkedHashMap<>();
        /** By row that refuses what is asked for too late, the event types. */
        private final Map<ExtensionRow, Set<String>> late = new LinkedHashMap<>();

        private int extendable;
        private int tooLate;

        void ask(OpenCase open, Begun begun) {
            OffsetDateTime start = morning.toOffsetDateTime();
            ExtensionRow row = only(tables.match(
                    ExtensionRow.class, new ExtensionRequest(begun.stage(), start, begun.ahead(), null, null, true)));
            ExtensionRow early = only(tables.match(
                    ExtensionRow.class, new ExtensionRequest(begun.stage(), start, MOST_AHEAD, null, null, true)));
            if (early != null && early.grants()) {
                extendable++;
                if (row != null && !row.grants()) {
                    tooLate++;
                    EventType type = open.matter().eventType();
                    late.computeIfAbsent(row, each -> new LinkedHashSet<>()).add(type == null ? "" : type.label());
                }
            }
            Body centre = policy.vocabulary().bodies(BodyKind.CENTRE).stream()
                    .findFirst()
                    .orElse(null);
            if (row == null || !row.grants() || centre == null || rows(ClockChangeRow.class) == null) {
                return;
            }
            var event = new CaseEvent(
                    CaseEventKind.EXTENSION_GRANTED,
                    start,
                    begun.stage().name(),
                    null,
                    false,
                    null,
                    start.plusDays(31),
                    centre,
                    null,
                    null,
                    null);
            ClockChangeRow change = only(tables.match(ClockChangeRow.class, new ClockChange(open, event, 1)));
            if (change != null && !change.allowed()) {
                vain.computeIfAbsent(change, each -> new LinkedHashSet<>())
                        .add(row.ref().id());
            }
        }

        void tell() {
            LivingRows<ClockChangeRow> changes = rows(ClockChangeRow.class);
            LivingRows<ExtensionRow> rows = rows(ExtensionRow.class);
            // Where none counts at all, EXTENSION_NEVER says so.
            if (changes != null && countsAny(changes)) {
                vain.forEach((change, ids) -> problems.accept(Problem.of(
                        Code.EXTENSION_NOT_COUNTED, changes.table().at(change, ALLOWED), LivingRows.named(ids))));
            }
            // A few short stages that cannot be extended may be meant; that most of them cannot is not.
            if (rows != null && tooLate * 2 > extendable) {
                late.forEach((row, types) -> problems.accept(
                        Problem.of(Code.EXTENSION_TOO_LATE, rows.table().at(row, AHEAD), LivingRows.named(types))));
            }
        }
    }

    private static boolean countsAny(LivingRows<ClockChangeRow> changes) {
        var counting = new BitSet();
        changes.each((row, number) -> {
            if (row.allowed() && changes.analysis().mayCount(number, Map.of(EVENT, CaseEventKind.EXTENSION_GRANTED))) {
                counting.set(number);
            }
        });
        return !counting.isEmpty();
    }

    private static <T> @Nullable T only(List<T> rows) {
        return rows.isEmpty() ? null : rows.get(0);
    }
}
