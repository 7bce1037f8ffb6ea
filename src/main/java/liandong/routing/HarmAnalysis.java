package liandong.routing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.analysis.AnalysedTable;
import liandong.analysis.LivingRows;
import liandong.incident.Body;
import liandong.incident.Danger;
import liandong.incident.EventType;
import liandong.incident.Matter;
import liandong.incident.Report;
import liandong.incident.Severity;
import liandong.incident.Term;
import liandong.incident.Urgency;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.table.Condition;
import liandong.table.Row;
import liandong.table.Table;
import liandong.table.Tables;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of matters in which somebody is hurt or in danger: whom they are passed to, and how urgent they are.
 *
 * <p>Of each event type the tables are asked about one fact after the other, from none to the most; each other fact is absent.
 */
final class HarmAnalysis {
    private static final String TYPE = "事项";
    private static final String URGENCY = "紧急程度";
    private static final String DEATHS = "死亡人数";
    private static final String INJURED = "重伤人数";

    /** So many rows that call a line show that it is meant to be called. */
    private static final int SEVERAL = 3;

    private final Policy policy;
    private final Consumer<Problem> problems;
    private final Tables tables;
    private final Set<ChainAnalysis.Degrees> turned;
    private final @Nullable PlainReport plain;
    private final List<EventType> types;
    private final @Nullable LivingRows<SeverityRow> severities;
    private final @Nullable LivingRows<UrgencyRow> urgencies;
    private final @Nullable LivingRows<RelayRow> relays;
    private final @Nullable LivingRows<DutyRow> duties;
    private final @Nullable LivingRows<DangerRow> screen;

    /**
     * Looks at a policy.
     *
     * @param turned degrees of urgency that seem to have each other's rank, of which enough has been told
     */
    HarmAnalysis(
            Policy policy,
            List<AnalysedTable> analysed,
            LocalDate today,
            Set<ChainAnalysis.Degrees> turned,
            Consumer<Problem> problems) {
        this.policy = policy;
        this.turned = turned;
        this.problems = problems;
        this.tables = policy.tables(today);
        this.plain = PlainReport.of(
                policy, today.atTime(9, 0).atZone(policy.calendar().zone()).toOffsetDateTime());
        this.types = policy.vocabulary().all(EventType.class);
        this.severities = LivingRows.of(SeverityRow.class, policy, analysed);
        this.urgencies = LivingRows.of(UrgencyRow.class, policy, analysed);
        this.relays = LivingRows.of(RelayRow.class, policy, analysed);
        this.duties = LivingRows.of(DutyRow.class, policy, analysed);
        this.screen = LivingRows.of(DangerRow.class, policy, analysed);
    }

    void tell() {
        if (relays != null && duties != null && plain != null) {
            relayed(relays, duties, plain);
        }
        if (relays != null && screen != null) {
            screened(relays, screen);
        }
        if (severities != null && urgencies != null && plain != null) {
            harmed(urgencies, plain);
        }
    }

    private static boolean asks(Table<? extends Row> table, int row, String column) {
        return table.columns().stream()
                .anyMatch(each -> each.attribute().chinese().equals(column)
                        && each.conditions().get(row) != Condition.ANY);
    }

    private static List<String> asked(Table<? extends Row> table, int row) {
        return table.columns().stream()
                .filter(each -> each.conditions().get(row) != Condition.ANY)
                .map(each -> each.attribute().chinese())
                .toList();
    }

    // ———— Whom it is passed to ————

    /** The rows of 转接 that name an event type. */
    private static List<Integer> naming(LivingRows<RelayRow> relays, EventType type) {
        var naming = new ArrayList<Integer>();
        relays.each((row, number) -> {
            if (asks(relays.table(), number, TYPE) && relays.analysis().mayApply(number, Map.of(TYPE, type))) {
                naming.add(number);
            }
        });
        return naming;
    }

    /** What the duty catalogue has passed on at once is passed on whatever else is reported. */
    private void relayed(LivingRows<RelayRow> relays, LivingRows<DutyRow> duties, PlainReport plain) {
        for (EventType type : types) {
            var passed = new ArrayList<Integer>();
            duties.each((row, number) -> {
                if (row.route() == RoutingPath.RELAY && duties.analysis().mayCount(number, Map.of(TYPE, type))) {
                    passed.add(number);
                }
            });
            boolean relayed =
                    !tables.match(RelayRow.class, Matter.of(plain.about(type))).isEmpty();
            if (!passed.isEmpty() && !relayed && !relays.table().rows().isEmpty()) {
                int duty = passed.get(0);
                List<Integer> naming = naming(relays, type);
                int near = naming.isEmpty() ? 0 : naming.get(0);
                String column = asked(relays.table(), near).stream()
                        .filter(each -> !each.equals(TYPE))
                        .findFirst()
                        .orElse(TYPE);
                problems.accept(Problem.of(
                        Code.RELAY_NARROWED,
                        naming.isEmpty() ? duties.at(duty, "路径") : relays.at(near, column),
                        type.label(),
                        duties.row(duty).ref().id(),
                        duties.row(duty).route().label(),
                        column + " " + relays.table().text(near, column)));
            }
        }
    }

    /** Of each event type, the lines that every row calls but this one, or that others call and this one none of. */
    private void screened(LivingRows<RelayRow> relays, LivingRows<DangerRow> screen) {
        var called = new HashMap<EventType, List<List<Body>>>();
        screen.each((row, number) -> {
            EventType type = row.eventType();
            if (type != null && !row.relayTo().isEmpty()) {
                called.computeIfAbsent(type, each -> new ArrayList<>()).add(row.relayTo());
            }
        });
        screen.each((row, number) -> {
            EventType type = row.eventType();
            if (type != null && !row.relayTo().isEmpty()) {
                var others = new ArrayList<>(called.getOrDefault(type, List.of()));
                others.remove(row.relayTo());
                Set<Body> any = new LinkedHashSet<>();
                naming(relays, type).forEach(each -> any.add(relays.row(each).relayTo()));
                others.forEach(any::addAll);
                Set<Body> all = others.size() < SEVERAL ? new LinkedHashSet<>() : new LinkedHashSet<>(any);
                others.forEach(all::retainAll);
                row.relayTo().forEach(all::remove);
                Set<Body> missing = all;
                if (missing.isEmpty() && row.relayTo().stream().noneMatch(any::contains)) {
                    missing = any;
                }
                if (!missing.isEmpty()) {
                    problems.accept(Problem.of(
                            Code.RELAY_ELSEWHERE,
                            screen.at(number, "转接单位"),
                            type.label(),
                            labels(row.relayTo()),
                            labels(missing)));
                }
            }
        });
    }

    private static String labels(Iterable<? extends Term> terms) {
        var labels = new ArrayList<String>();
        terms.forEach(each -> labels.add(each.label()));
        return String.join("、", labels);
    }

    // ———— How urgent it is ————

    /**
     * A fact from none to the most.
     *
     * @param column the column that asks for it
     * @param harm whether whatever is more than none means that somebody is hurt, or may be
     * @param values its values
     * @param matter what is known of an event type with a value, before it is graded
     */
    private record Fact(
            String column, boolean harm, List<String> values, Function<String, Function<EventType, Matter>> matter) {}

    private static PlainReport.Told told(boolean life, int deaths, int injured, @Nullable Severity hazard) {
        return new PlainReport.Told(life, deaths, injured, BigDecimal.ZERO, 0, 0, hazard);
    }

    private List<Fact> facts(LivingRows<UrgencyRow> urgencies, PlainReport plain) {
        var rated = new LinkedHashMap<String, @Nullable Severity>();
        rated.put("", null);
        policy.vocabulary().all(Severity.class).stream()
                .sorted(Comparator.comparingInt(Severity::rank))
                .forEach(each -> rated.put(each.label(), each));
        var dangers = Stream.of(Danger.NO, Danger.POSSIBLE, Danger.NOW)
                .collect(Collectors.toMap(Danger::label, each -> each, (one, other) -> one, LinkedHashMap::new));
        return Stream.of(
                        new Fact(
                                "危及生命",
                                true,
                                List.of("否", "是"),
                                value -> type -> matter(plain.about(type, told(value.equals("是"), 0, 0, null)))),
                        new Fact(
                                "危险",
                                true,
                                List.copyOf(dangers.keySet()),
                                value -> type -> Matter.of(plain.about(type))
                                        .endangered(dangers.getOrDefault(value, Danger.NO))),
                        new Fact(
                                DEATHS,
                                true,
                                numbers(urgencies, DEATHS),
                                value -> type ->
                                        matter(plain.about(type, told(false, Integer.parseInt(value), 0, null)))),
                        new Fact(
                                INJURED,
                                true,
                                numbers(urgencies, INJURED),
                                value -> type ->
                                        matter(plain.about(type, told(false, 0, Integer.parseInt(value), null)))),
                        new Fact(
                                "隐患等级",
                                false,
                                List.copyOf(rated.keySet()),
                                value -> type -> matter(plain.about(type, told(false, 0, 0, rated.get(value))))))
                .filter(fact -> urgencies.table().columns().stream()
                                .anyMatch(each -> each.attribute().chinese().equals(fact.column()))
                        && urgencies.table().isUsed(fact.column()))
                .toList();
    }

    private static Matter matter(Report report) {
        return Matter.of(report).endangered(Danger.NO);
    }

    /** None, one, and the numbers about which the tables turn. */
    private List<String> numbers(LivingRows<UrgencyRow> urgencies, String column) {
        var numbers = new TreeSet<Integer>(Set.of(0, 1));
        for (Table<? extends Row> table : Stream.of(urgencies, severities)
                .flatMap(Stream::ofNullable)
                .map(LivingRows::table)
                .toList()) {
            for (Table.ConditionColumn each : table.columns()) {
                if (each.attribute().chinese().equals(column)) {
                    each.conditions()
                            .forEach(condition -> condition.handle(
                                    () -> {},
                                    one -> {},
                                    none -> {},
                                    within -> within.bounds().forEach(bound -> {
                                        numbers.add(Math.max(bound.intValue() - 1, 0));
                                        numbers.add(bound.intValue());
                                        numbers.add(bound.intValue() + 1);
                                    })));
                }
            }
        }
        return numbers.stream().map(String::valueOf).toList();
    }

    /** Harm makes nothing less urgent, and whoever is hurt or may be is never the least urgent. */
    private void harmed(LivingRows<UrgencyRow> urgencies, PlainReport plain) {
        Urgency least = policy.vocabulary().all(Urgency.class).stream()
                .min(Comparator.comparingInt(Urgency::rank))
                .orElse(null);
        var fallen = new HashSet<Row>();
        for (Fact fact : facts(urgencies, plain)) {
            var ordinary = new LinkedHashMap<String, Set<String>>();
            for (EventType type : types) {
                UrgencyRow before = null;
                for (String value : fact.values()) {
                    UrgencyRow row = urgency(fact.matter().apply(value).apply(type));
                    if (row == null) {
                        continue;
                    }
                    if (before != null
                            && row.urgency().rank() < before.urgency().rank()
                            && !turned.contains(new ChainAnalysis.Degrees(row.urgency(), before.urgency()))
                            && fallen.add(row)) {
                        problems.accept(Problem.of(
                                Code.HARM_LESS_URGENT,
                                urgencies.table().at(row, URGENCY),
                                type.label(),
                                fact.column() + " " + value,
                                row.urgency().label(),
                                before.urgency().label(),
                                before.ref().id() + " (" + before.ref().row() + ")"));
                    }
                    boolean some = !value.equals(fact.values().get(0));
                    if (fact.harm() && some && row.urgency().equals(least)) {
                        ordinary.computeIfAbsent(value, each -> new LinkedHashSet<>())
                                .add(type.label());
                    }
                    before = row;
                }
            }
            if (least != null
                    && !ordinary.isEmpty()
                    && turned.stream().noneMatch(pair -> pair.less().equals(least))) {
                ordinary(urgencies, fact, least, ordinary);
            }
        }
    }

    private @Nullable UrgencyRow urgency(Matter matter) {
        List<SeverityRow> graded = tables.match(SeverityRow.class, matter);
        List<UrgencyRow> rows = graded.isEmpty()
                ? List.of()
                : tables.match(UrgencyRow.class, matter.graded(graded.get(0).severity()));
        return rows.isEmpty() ? null : rows.get(0);
    }

    /** Tells, at the row that asks for the fact and for the least besides, of values that stay the least urgent. */
    private void ordinary(
            LivingRows<UrgencyRow> urgencies, Fact fact, Urgency least, Map<String, Set<String>> byValue) {
        var asking = new ArrayList<Integer>();
        urgencies.each((row, number) -> {
            if (asks(urgencies.table(), number, fact.column())) {
                asking.add(number);
            }
        });
        if (asking.isEmpty()) {
            return;
        }
        int near = asking.stream()
                .min(Comparator.comparingInt(
                        row -> asked(urgencies.table(), row).size()))
                .orElseThrow();
        String column = asked(urgencies.table(), near).stream()
                .filter(each -> !each.equals(fact.column()))
                .findFirst()
                .orElse(fact.column());
        var named = new LinkedHashSet<String>();
        byValue.values().forEach(named::addAll);
        problems.accept(Problem.of(
                Code.HARM_NOT_URGENT,
                urgencies.at(near, column),
                fact.column() + " " + String.join("、", byValue.keySet()),
                least.label(),
                LivingRows.named(named)));
    }
}
