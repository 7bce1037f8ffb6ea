package liandong.escalation;

import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import liandong.analysis.AnalysedTable;
import liandong.analysis.FactKinds;
import liandong.analysis.LivingRows;
import liandong.calendar.CalendarEndedException;
import liandong.calendar.Limit;
import liandong.engine.Timetable;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.EventType;
import liandong.incident.HandledStage;
import liandong.incident.Matter;
import liandong.incident.PauseGround;
import liandong.incident.Report;
import liandong.incident.Severity;
import liandong.incident.Source;
import liandong.incident.Urgency;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.routing.PlannedStage;
import liandong.routing.StagePlan;
import liandong.routing.StageRow;
import liandong.table.Row;
import liandong.table.Tables;
import org.jspecify.annotations.Nullable;

/**
 * Looks for tables by which somebody can delay, pass on or be pressed without measure: clocks without end, windows wider than
 * the limit, conferences that nobody convenes, cards out of turn (公平性检查).
 *
 * <p>Asks the tables about cases of every event type and urgency; a policy that has no such table is told nothing about it.
 */
final class FairnessAnalysis {
    private static final String URGENCY = "紧急程度";

    private static final FactKinds.Order RANK =
            value -> value instanceof Urgency urgency ? Double.valueOf(urgency.rank()) : null;

    /** So many kinds of facts that have no row are kept: enough to see which row is too narrow. */
    private static final int KEPT = 2_000;

    private final Policy policy;
    private final List<AnalysedTable> analysed;
    private final Consumer<Problem> problems;
    private final Tables tables;
    private final OffsetDateTime morning;
    private final @Nullable Duration shortest;

    FairnessAnalysis(Policy policy, List<AnalysedTable> analysed, LocalDate today, Consumer<Problem> problems) {
        this.policy = policy;
        this.analysed = analysed;
        this.problems = problems;
        this.tables = policy.tables(today);
        this.morning = today.atTime(9, 0).atZone(policy.calendar().zone()).toOffsetDateTime();
        this.shortest = shortest();
    }

    void tell() {
        clockChanges();
        extensions();
        returns();
        conferences();
        cards();
        levels();
        citizens();
        actions();
        rulings();
        ledger();
    }

    private <R extends Row> @Nullable LivingRows<R> rows(Class<R> type) {
        return LivingRows.of(type, policy, analysed);
    }

    private ZonedDateTime start() {
        return morning.atZoneSameInstant(policy.calendar().zone());
    }

    /** How long a limit takes that begins in the morning; null when the calendar does not tell. */
    private @Nullable Duration length(Limit limit) {
        try {
            return Duration.between(start(), policy.calendar().due(start(), limit));
        } catch (CalendarEndedException e) {
            return null;
        }
    }

    private boolean isLonger(@Nullable Limit limit, @Nullable Duration than) {
        Duration length = limit == null ? null : length(limit);
        return length != null && than != null && length.compareTo(than) > 0;
    }

    /** The shortest limit of a first stage; null when the policy has none. */
    private @Nullable Duration shortest() {
        var lengths = new ArrayList<Duration>();
        LivingRows<StageRow> stages = rows(StageRow.class);
        if (stages != null) {
            stages.each((row, number) -> {
                Duration length = row.order() == 1 ? length(row.limit()) : null;
                if (length != null) {
                    lengths.add(length);
                }
            });
        }
        return lengths.stream().min(Comparator.naturalOrder()).orElse(null);
    }

    /** A case in somebody's hands; null when the vocabulary lacks what every case has. */
    private @Nullable OpenCase open(EventType type, @Nullable Urgency urgency, Body lead, @Nullable Source source) {
        Severity severity = first(policy.vocabulary().all(Severity.class));
        Area area = policy.vocabulary().all(Area.class).stream()
                .max(Comparator.comparingInt(each -> each.level().rank()))
                .orElse(null);
        if (source == null || severity == null || urgency == null || area == null) {
            return null;
        }
        Report report = Report.of("F", morning, source, area, "", type);
        var matter = new Matter(report, type, severity, urgency, report.nature(), null);
        var stage = new HandledStage(1, "…", null, morning, morning.plusDays(30), null, null);
        return new OpenCase(matter, lead.in(area), List.of(), null, morning, List.of(stage), List.of(), null, false);
    }

    private static <T> @Nullable T first(List<T> all) {
        return all.isEmpty() ? null : all.get(0);
    }

    /** Cases of every event type and urgency, in the hands of a body. */
    private Stream<OpenCase> cases(Body lead) {
        return cases(lead, first(policy.vocabulary().all(Source.class)));
    }

    private Stream<OpenCase> cases(Body lead, @Nullable Source source) {
        return policy.vocabulary().all(EventType.class).stream()
                .flatMap(type -> policy.vocabulary().all(Urgency.class).stream()
                        .map(urgency -> open(type, urgency, lead, source)))
                .filter(Objects::nonNull);
    }

    private @Nullable Body anyLead() {
        return first(policy.vocabulary().bodies(BodyKind.DEPARTMENT));
    }

    // ———— Clocks ————

    private void clockChanges() {
        LivingRows<ClockChangeRow> rows = rows(ClockChangeRow.class);
        if (rows == null) {
            return;
        }
        Body lead = anyLead();
        Body centre = first(policy.vocabulary().bodies(BodyKind.CENTRE));
        if (lead == null) {
            return;
        }
        Set<ClockChangeRow> own = new LinkedHashSet<>();
        Set<ClockChangeRow> pausing = new LinkedHashSet<>();
        List<Body> deciding = Stream.of(BodyKind.values())
                .map(kind -> first(policy.vocabulary().bodies(kind)))
                .filter(Objects::nonNull)
                .toList();
        var extended = new ArrayList<ClockChangeRow>();
        cases(lead).forEach(open -> {
            grounds().forEach(ground -> {
                own.addAll(allowing(open, CaseEventKind.PAUSED, lead, ground));
                deciding.forEach(by -> pausing.addAll(allowing(open, CaseEventKind.PAUSED, by, ground)));
            });
            if (centre != null) {
                extended.addAll(allowing(open, CaseEventKind.EXTENSION_GRANTED, centre, null));
            }
        });
        rows.each((row, number) -> {
            if (row.longest() == null && pausing.contains(row)) {
                problems.accept(Problem.of(Code.PAUSE_WITHOUT_END, rows.at(number, "最长")));
            }
            if (own.contains(row)) {
                problems.accept(Problem.of(Code.OWN_CLOCK, rows.at(number, "准许"), lead.label()));
            }
        });
        if (centre != null && extended.isEmpty()) {
            problems.accept(Problem.of(Code.EXTENSION_NEVER, rows.at(0, "准许")));
        }
    }

    private Stream<@Nullable PauseGround> grounds() {
        return Stream.concat(Stream.of((PauseGround) null), policy.vocabulary().all(PauseGround.class).stream());
    }

    private List<ClockChangeRow> allowing(OpenCase open, CaseEventKind kind, Body by, @Nullable PauseGround ground) {
        var event = new CaseEvent(
                kind,
                morning,
                kind.isOfStage() ? open.stages().get(0).name() : null,
                null,
                false,
                null,
                kind.isOfStage() ? morning.plusDays(31) : null,
                by,
                ground,
                null,
                null);
        return tables.match(ClockChangeRow.class, new ClockChange(open, event, 1)).stream()
                .filter(ClockChangeRow::allowed)
                .toList();
    }

    private void extensions() {
        LivingRows<ExtensionRow> rows = rows(ExtensionRow.class);
        if (rows != null && !rows.table().rows().isEmpty()) {
            var granting = new ArrayList<ExtensionRow>();
            rows.each((row, number) -> {
                if (row.grants()) {
                    granting.add(row);
                }
            });
            if (granting.isEmpty()) {
                problems.accept(Problem.of(Code.EXTENSION_NEVER, rows.at(0, "同意")));
            }
        }
    }

    // ———— Returns ————

    private void returns() {
        LivingRows<ReturnRow> rows = rows(ReturnRow.class);
        LivingRows<CirculationRow> most = rows(CirculationRow.class);
        if (rows == null) {
            return;
        }
        var wide = new ArrayList<Integer>();
        var passing = new ArrayList<Integer>();
        rows.each((row, number) -> {
            if (row.share() == null && isLonger(row.within(), shortest)) {
                wide.add(number);
            }
            if (row.ruling() == ReturnRuling.REASSIGN) {
                passing.add(number);
            }
        });
        if (!wide.isEmpty()) {
            problems.accept(Problem.of(
                    Code.RETURN_WINDOW_TOO_LONG,
                    rows.at(wide.get(0), "退单时限"),
                    Objects.requireNonNull(rows.row(wide.get(0)).within()).label(),
                    wide.size()));
        }
        if (most != null && !passing.isEmpty()) {
            most.each((row, number) -> {
                if (row.most() < 2) {
                    problems.accept(Problem.of(Code.REASSIGN_NEVER, most.at(number, "最多单位数")));
                }
            });
        }
    }

    // ———— Conferences ————

    private void conferences() {
        LivingRows<ConferenceRow> rows = rows(ConferenceRow.class);
        if (rows == null || rows.table().rows().isEmpty()) {
            return;
        }
        rows.each((row, number) -> {
            if (row.lead().kind() == BodyKind.CONFERENCE) {
                problems.accept(Problem.of(
                        Code.CONFERENCE_CONVENES_ITSELF,
                        rows.at(number, "召集"),
                        row.lead().label()));
            }
        });
        Body lead = anyLead();
        if (lead == null || !areConvened()) {
            return;
        }
        var without = new LinkedHashSet<String>();
        cases(lead)
                .filter(open -> tables.match(ConferenceRow.class, open).isEmpty())
                .forEach(open -> without.add(label(open)));
        if (!without.isEmpty()) {
            problems.accept(Problem.of(Code.CONFERENCE_MISSING, rows.at(0, "联席会议"), LivingRows.named(without)));
        }
    }

    private static String label(OpenCase open) {
        EventType type = open.matter().eventType();
        return type == null ? "" : type.label();
    }

    private boolean areConvened() {
        var convened = new ArrayList<Object>();
        for (Class<? extends Row> type : List.of(
                ConditionActionRow.class, OverdueActionRow.class, WaitingActionRow.class, CitizenLimitRow.class)) {
            LivingRows<? extends Row> rows = rows(type);
            if (rows != null) {
                rows.each((row, number) -> {
                    if (((ActionTrigger) row).step() == TriggerableAction.ACTIVATE_CONFERENCE) {
                        convened.add(row);
                    }
                });
            }
        }
        LivingRows<ReturnRow> returns = rows(ReturnRow.class);
        if (returns != null) {
            returns.each((row, number) -> {
                if (row.ruling() == ReturnRuling.ACTIVATE_CONFERENCE) {
                    convened.add(row);
                }
            });
        }
        return !convened.isEmpty();
    }

    // ———— Cards and levels ————

    private void cards() {
        LivingRows<OverdueActionRow> rows = rows(OverdueActionRow.class);
        if (rows == null) {
            return;
        }
        Map<FactKinds.TooNarrow, Set<String>> narrow = new LinkedHashMap<>();
        rows.each((row, number) -> {
            if (row.step() == TriggerableAction.RED_CARD) {
                BitSet before = before(rows, row, number);
                if (before.isEmpty()) {
                    problems.accept(Problem.of(Code.LADDER_HOLE, rows.at(number, "措施")));
                } else {
                    Gap gap = gap(rows.kinds(), kind -> kind.holding().get(number), before::get);
                    if (gap != null && gap.narrow() != null) {
                        narrow.computeIfAbsent(gap.narrow(), each -> new LinkedHashSet<>())
                                .add(row.ref().id());
                    }
                }
            }
            if (row.withinShare() == null && isLonger(row.within(), shortest)) {
                problems.accept(Problem.of(
                        Code.ANSWER_TOO_LONG,
                        rows.at(number, "限期"),
                        Objects.requireNonNull(row.within()).label()));
            }
        });
        narrow.forEach((yellow, reds) -> problems.accept(Problem.of(
                Code.LADDER_TOO_NARROW,
                rows.at(yellow.row(), yellow.column()),
                yellow.says(),
                LivingRows.named(reds))));
    }

    /** The yellow cards that come before a red one. */
    private static BitSet before(LivingRows<OverdueActionRow> rows, OverdueActionRow red, int number) {
        var before = new BitSet();
        rows.each((row, other) -> {
            boolean earlier =
                    row.used() < red.used() || (row.used() == red.used() && row.then() == null && red.then() != null);
            if (row.step() == TriggerableAction.YELLOW_CARD
                    && earlier
                    && rows.analysis().mayBothApply(number, other)) {
                before.set(other);
            }
        });
        return before;
    }

    /**
     * Facts that some rows should cover and do not.
     *
     * @param narrow the row that is too narrow; null when none is by one condition alone
     */
    private record Gap(FactKinds.@Nullable TooNarrow narrow) {}

    /** The facts of routed cases that satisfy something and for which none of some rows holds; null when there are none. */
    private static @Nullable Gap gap(FactKinds kinds, Predicate<FactKinds.Kind> wanted, IntPredicate among) {
        FactKinds routed = kinds.where("事项", Objects::nonNull)
                .where("等级", Objects::nonNull)
                .where(URGENCY, Objects::nonNull);
        var uncovered = new ArrayList<FactKinds.Kind>();
        routed.each(kind -> {
            if (uncovered.size() < KEPT && wanted.test(kind) && !kind.holdsAny(among)) {
                uncovered.add(kind);
            }
        });
        return uncovered.isEmpty() ? null : new Gap(routed.tooNarrow(uncovered, among));
    }

    /**
     * Tells of facts that no row of a table covers, at the row that is too narrow, and names what that leaves out; otherwise of rows
     * that give the more urgent longer.
     */
    private <R extends Row> void uncovered(LivingRows<R> rows, Code code, String column, Function<R, Limit> limit) {
        Gap gap = gap(rows.kinds(), kind -> true, row -> true);
        if (gap != null) {
            FactKinds.TooNarrow narrow = gap.narrow();
            problems.accept(
                    narrow == null
                            ? Problem.of(code, rows.at(0, column), "…")
                            : Problem.of(code, rows.at(narrow.row(), narrow.column()), narrow.says()));
        } else { // what has no row for the urgent is slower for them by that alone: one fault is told once
            rows.tellGrowing(URGENCY, RANK, limit, column, problems);
        }
    }

    /** Tells of actions that nothing ever asks for, where limits ask for any. */
    private void actions() {
        LivingRows<OverdueActionRow> overdue = rows(OverdueActionRow.class);
        if (overdue == null || overdue.table().rows().isEmpty()) {
            return;
        }
        Set<TriggerableAction> called = EnumSet.noneOf(TriggerableAction.class);
        for (Class<? extends Row> type : List.of(
                ConditionActionRow.class, OverdueActionRow.class, WaitingActionRow.class, CitizenLimitRow.class)) {
            LivingRows<? extends Row> rows = rows(type);
            if (rows != null) {
                rows.each((row, number) -> called.add(((ActionTrigger) row).step()));
            }
        }
        LivingRows<ReturnRow> returns = rows(ReturnRow.class);
        if (returns != null) {
            returns.each((row, number) -> {
                if (row.ruling() == ReturnRuling.ACTIVATE_CONFERENCE) {
                    called.add(TriggerableAction.ACTIVATE_CONFERENCE);
                } else if (row.ruling() == ReturnRuling.CENTRE_DECIDES) {
                    called.add(TriggerableAction.CENTRE_DECIDES);
                }
            });
        }
        LivingRows<RulingLimitRow> rulings = rows(RulingLimitRow.class);
        if (rulings != null) {
            rulings.each((row, number) -> {
                if (row.late() != null) {
                    called.add(row.late());
                }
            });
        }
        LivingRows<LowerBodyRow> lower = rows(LowerBodyRow.class);
        if (lower == null || lower.table().rows().isEmpty()) {
            called.add(TriggerableAction.LOWER_LEVEL); // a policy that names no body to lower to means to lower nothing
        }
        List<String> never = Stream.of(TriggerableAction.values())
                .filter(action -> !called.contains(action))
                .map(TriggerableAction::label)
                .toList();
        if (!never.isEmpty()) {
            problems.accept(Problem.of(Code.ACTION_NEVER, overdue.table().header("措施"), LivingRows.named(never)));
        }
    }

    /** How high a body of a kind stands; those that stand beside each other alike. */
    private static int height(BodyKind kind) {
        return switch (kind) {
            case GRID, SOCIAL -> 0;
            case COMMUNITY -> 1;
            case SUB_DISTRICT -> 2;
            case DEPARTMENT, PLATFORM, EMERGENCY -> 3;
            case CENTRE, CONFERENCE -> 4;
        };
    }

    private void levels() {
        LivingRows<HigherBodyRow> rows = rows(HigherBodyRow.class);
        EventType type = first(policy.vocabulary().all(EventType.class));
        Urgency urgency = first(policy.vocabulary().all(Urgency.class));
        if (rows == null || type == null) {
            return;
        }
        Map<HigherBodyRow, Body> same = new LinkedHashMap<>();
        Map<HigherBodyRow, Body> lower = new LinkedHashMap<>();
        for (Body lead : policy.vocabulary().all(Body.class)) {
            OpenCase open = open(type, urgency, lead, first(policy.vocabulary().all(Source.class)));
            if (open != null) {
                tables.match(HigherBodyRow.class, open).stream()
                        .filter(row -> open.isLedBy(row.to()))
                        .forEach(row -> same.putIfAbsent(row, lead));
                tables.match(HigherBodyRow.class, open).stream()
                        .filter(row -> !open.isLedBy(row.to())
                                && height(row.to().kind()) <= height(lead.kind())
                                && height(lead.kind()) < height(BodyKind.CENTRE))
                        .forEach(row -> lower.putIfAbsent(row, lead));
            }
        }
        rows.each((row, number) -> {
            Body lead = same.get(row);
            Body above = lower.get(row);
            if (lead != null && above == null) {
                problems.accept(Problem.of(Code.RAISED_TO_ITSELF, rows.at(number, "提至"), lead.label()));
            }
            if (above != null) { // what comes back to the one body is told with it: the level is none
                problems.accept(Problem.of(
                        Code.RAISED_DOWN,
                        rows.at(number, "提至"),
                        above.label(),
                        above.kind().label(),
                        row.to().label(),
                        row.to().kind().label()));
            }
        });
    }

    // ———— Citizens ————

    private void citizens() {
        LivingRows<CitizenLimitRow> rows = rows(CitizenLimitRow.class);
        Body lead = anyLead();
        if (rows == null || rows.table().rows().isEmpty() || lead == null) {
            return;
        }
        Map<CitizenLimitRow, Set<String>> shorter = new LinkedHashMap<>();
        cases(lead).forEach(open -> {
            List<CitizenLimitRow> limits = tables.match(CitizenLimitRow.class, open);
            Duration stages = stages(open);
            for (CitizenLimitRow limit : limits) {
                Duration length = length(limit.limit());
                if (stages != null && length != null && length.compareTo(stages) < 0) {
                    shorter.computeIfAbsent(limit, each -> new LinkedHashSet<>())
                            .add(label(open));
                }
            }
        });
        uncovered(rows, Code.NO_CITIZEN_LIMIT, "时限", CitizenLimitRow::limit);
        rows.each((row, number) -> {
            Set<String> types = shorter.get(row);
            if (types != null) {
                problems.accept(Problem.of(
                        Code.CITIZEN_LIMIT_TOO_SHORT,
                        rows.at(number, "时限"),
                        row.limit().label(),
                        LivingRows.named(types)));
            }
        });
    }

    /** How long the stages of a case take together; null when it has none, or when the calendar does not tell. */
    private @Nullable Duration stages(OpenCase open) {
        List<StageRow> rows = tables.match(StageRow.class, open.matter());
        if (rows.isEmpty()) {
            return null;
        }
        return new StagePlan(new Timetable(policy.calendar(), start()))
                .schedule(rows).stages().stream()
                        .map(PlannedStage::due)
                        .max(OffsetDateTime.timeLineOrder())
                        .map(due -> Duration.between(morning, due))
                        .orElse(null);
    }

    // ———— The centre, and the ledger ————

    private void rulings() {
        LivingRows<RulingLimitRow> rows = rows(RulingLimitRow.class);
        Body lead = anyLead();
        if (rows == null || rows.table().rows().isEmpty() || lead == null) {
            return;
        }
        var slow = new LinkedHashSet<RulingLimitRow>();
        cases(lead).forEach(open -> {
            List<RulingLimitRow> limits = tables.match(RulingLimitRow.class, open);
            if (!limits.isEmpty()
                    && limits.stream().allMatch(row -> row.share() == null && isLonger(row.within(), shortest))) {
                slow.addAll(limits);
            }
        });
        uncovered(rows, Code.RULING_WITHOUT_LIMIT, "限期", RulingLimitRow::within);
        rows.each((row, number) -> {
            if (slow.contains(row)) {
                problems.accept(Problem.of(
                        Code.RULING_TOO_LONG,
                        rows.at(number, "限期"),
                        row.within().label()));
            }
        });
    }

    /** Whatever is put on the ledger must be looked through again and again. */
    private void ledger() {
        LivingRows<WaitingActionRow> waits = rows(WaitingActionRow.class);
        LivingRows<ConditionActionRow> rows = rows(ConditionActionRow.class);
        if (waits == null || rows == null) {
            return;
        }
        var reviewed = new ArrayList<WaitingActionRow>();
        waits.each((row, number) -> {
            if (row.since() == Waiting.LEDGER && row.every() != null) {
                reviewed.add(row);
            }
        });
        rows.each((row, number) -> {
            if (row.step() == TriggerableAction.LEDGER && reviewed.isEmpty()) {
                problems.accept(Problem.of(Code.LEDGER_WITHOUT_REVIEW, rows.at(number, "措施")));
            }
        });
    }
}
