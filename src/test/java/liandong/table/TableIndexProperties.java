package liandong.table;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import liandong.Seeds;
import liandong.incident.Area;
import liandong.incident.Column;
import liandong.incident.Source;
import liandong.incident.Term;
import liandong.problem.CellRef;
import liandong.problem.Problem;
import liandong.routing.UrgencyRow;
import liandong.sheet.Cell;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** The index against a reading of the same cells that knows nothing of it: one row and one cell after the other. */
@Tag("slow") // thousands of random tables
class TableIndexProperties {
    private static final List<Source> SOURCES =
            List.of(new Source("A", "甲"), new Source("B", "乙"), new Source("C", "丙"), new Source("D", "丁"));
    private static final List<Area> AREAS = Facts.VOCABULARY.all(Area.class);
    private static final LocalDate DAY_0 = LocalDate.parse("2025-12-30");

    /** A fact with an attribute of every kind, any of which may be unknown. */
    record Asked(
            @Column("来源 Source") @Nullable Source source,
            @Column("区域 Area") @Nullable Area area,
            @Column("夜间 At night") @Nullable Boolean night,
            @Column("人数 People") int people,
            @Column("损失 Loss") @Nullable BigDecimal loss,
            @Column("日期 Day") @Nullable LocalDate day,
            @Column("正文含 Text") @Nullable String text) {
        @Nullable
        Object value(int column) {
            return switch (column) {
                case 0 -> source;
                case 1 -> area;
                case 2 -> night;
                case 3 -> people;
                case 4 -> loss;
                case 5 -> day;
                default -> text;
            };
        }
    }

    private static final List<String> HEADERS = List.of("来源", "区域", "夜间", "人数", "损失", "日期", "正文含");
    private static final int TEXT = 6;

    /** A cell and, independently of how main code reads it, which values it holds for. */
    record Asks(String cell, Predicate<@Nullable Object> holds) {
        @Override
        public String toString() {
            return cell;
        }
    }

    /** A row's cells, one for each header, and the days on which it counts. */
    record Line(
            List<Asks> cells,
            @Nullable Integer fromDay,
            @Nullable Integer untilDay) {
        boolean countsOn(LocalDate on) {
            return (fromDay == null || !on.isBefore(DAY_0.plusDays(fromDay)))
                    && (untilDay == null || !on.isAfter(DAY_0.plusDays(untilDay)));
        }

        boolean covers(Asked fact, List<Integer> columns, LocalDate on) {
            return countsOn(on)
                    && columns.stream()
                            .allMatch(column -> cells.get(column).holds().test(fact.value(column)));
        }
    }

    /** Rows, and which columns a table has of them, in which order. */
    record Rows(List<Line> lines, List<Integer> columns) {
        List<String> covering(Asked fact, LocalDate on) {
            return IntStream.range(0, lines.size())
                    .filter(row -> lines.get(row).covers(fact, columns, on))
                    .mapToObj(TableIndexProperties::id)
                    .toList();
        }
    }

    @Property
    void where_all_rows_apply_every_covering_row_is_given_in_its_order(
            @ForAll("rows") Rows rows, @ForAll("facts") Asked fact, @ForAll @IntRange(max = 5) int day) {
        assertThat(ids(table(rows, HitPolicy.ALL), fact, day)).isEqualTo(rows.covering(fact, DAY_0.plusDays(day)));
    }

    @Property
    void where_the_first_row_counts_the_first_covering_row_is_given(
            @ForAll("rows") Rows rows, @ForAll("facts") Asked fact, @ForAll @IntRange(max = 5) int day) {
        assertThat(ids(table(rows, HitPolicy.FIRST), fact, day))
                .isEqualTo(rows.covering(fact, DAY_0.plusDays(day)).stream()
                        .limit(1)
                        .toList());
    }

    @Property
    void near_misses_fail_one_or_two_conditions_and_meet_one(
            @ForAll("rows") Rows rows,
            @ForAll("facts") Asked fact,
            @ForAll @IntRange(max = 5) int day,
            @ForAll @IntRange(max = 6) int limit) {
        LocalDate on = DAY_0.plusDays(day);
        record Near(int failed, int met, NearMiss miss) {}
        var near = new ArrayList<Near>();
        for (int row = 0; row < rows.lines().size(); row++) {
            Line line = rows.lines().get(row);
            var failed = new ArrayList<NearMiss.Failed>();
            int met = 0;
            for (int column : rows.columns()) {
                Asks asks = line.cells().get(column);
                if (!asks.holds().test(fact.value(column))) {
                    failed.add(new NearMiss.Failed(HEADERS.get(column), asks.cell(), shown(column, fact)));
                } else if (!asks.cell().isEmpty()) {
                    met++;
                }
            }
            if (!line.countsOn(on)) {
                failed.add(new NearMiss.Failed("生效/失效", "", ""));
            }
            if (!failed.isEmpty() && failed.size() <= 2 && met >= 1) {
                near.add(new Near(failed.size(), met, new NearMiss(id(row), "t.xlsx 表!A" + (row + 3), failed)));
            }
        }
        near.sort(Comparator.comparingInt(Near::failed)
                .thenComparing(Comparator.comparingInt(Near::met).reversed()));

        assertThat(table(rows, HitPolicy.FIRST).nearMisses(fact, on, limit))
                .isEqualTo(near.stream().map(Near::miss).limit(limit).toList());
    }

    private static String shown(int column, Asked fact) {
        Object value = fact.value(column);
        if (value == null || column == TEXT) {
            return "";
        }
        if (value instanceof Boolean yes) {
            return yes ? "是" : "否";
        }
        return value instanceof Term term ? term.label() : value.toString();
    }

    @Example
    void the_first_of_many_rows_is_found_behind_many_that_nearly_cover() {
        // Each condition alone holds for thousands of rows, so that trying the candidates one by one is given up.
        var random = Seeds.random();
        Asks few = new Asks("<3", value -> number(value).intValue() < 3);
        Asks many = new Asks("≥3", value -> number(value).intValue() >= 3);
        Asks here = new Asks("东街道", value -> within(value, Facts.EAST));
        Asks there = new Asks("西街道", value -> within(value, Facts.WEST));
        for (int last : new int[] {0, 200, 1_999}) {
            var lines = new ArrayList<Line>();
            for (int row = 0; row < 2_000; row++) {
                boolean covers = row >= last;
                boolean either = random.nextBoolean();
                Asks people = covers || either ? few : many;
                Asks area = covers || !either ? here : there;
                lines.add(new Line(List.of(any(), area, any(), people, any(), any(), any()), null, null));
            }
            var rows = new Rows(lines, List.of(1, 3));

            assertThat(ids(table(rows, HitPolicy.FIRST), asked(Facts.EAST_HILL, 2), 0))
                    .containsExactly(id(last));
            assertThat(ids(table(rows, HitPolicy.FIRST), asked(Facts.WEST_LAKE, 5), 0))
                    .isEmpty();
        }
    }

    @Example
    void an_area_that_the_vocabulary_lacks_lies_within_those_around_it() {
        var inTheEast = new Area("330102001999", "新社区", Facts.COMMUNITY_LEVEL, Facts.EAST);
        Asks here = new Asks("东街道", value -> within(value, Facts.EAST));
        Asks notHere = new Asks("非 东街道", value -> !within(value, Facts.EAST));
        var lines = new ArrayList<Line>();
        for (Asks area : List.of(here, notHere, any())) {
            lines.add(new Line(List.of(any(), area, any(), any(), any(), any(), any()), null, null));
        }

        assertThat(ids(table(new Rows(lines, List.of(1)), HitPolicy.ALL), asked(inTheEast, 0), 0))
                .containsExactly(id(0), id(2));
    }

    private static Asked asked(Area area, int people) {
        return new Asked(SOURCES.get(0), area, false, people, BigDecimal.ZERO, DAY_0, "");
    }

    // ———— Columns so large that not every bitmap is kept ————

    @Example
    void a_number_column_of_a_hundred_thousand_different_bounds_answers_as_each_condition_does() {
        int count = 100_000;
        var conditions = new ArrayList<Condition>(count);
        for (int row = 0; row < count; row++) {
            BigDecimal bound = BigDecimal.valueOf((long) row * 7919 % count); // each once, in no order
            conditions.add(
                    switch (row % 6) {
                        case 0 -> new Condition.Within(bound, true, null, false);
                        case 1 -> new Condition.Within(null, false, bound, false);
                        case 2 -> new Condition.Within(bound, false, null, false);
                        case 3 -> new Condition.Within(bound, true, bound.add(BigDecimal.TEN), true);
                        case 4 ->
                            new Condition.Within(Condition.Range.complement(
                                    new Condition.Within(bound, row % 2 == 0, bound.add(BigDecimal.TEN), true)
                                            .ranges()));
                        default -> row % 12 == 5 ? Condition.ANY : new Condition.Within(bound, true, bound, true);
                    });
        }
        long slots = 2L * count + 1;
        assertThat(slots * count / 8).as("bytes, were every bitmap kept").isGreaterThan(ColumnIndex.MEMORY_BYTES);
        var index = new ColumnIndex.Interval(conditions);

        assertThat(index.rows(null).toArray()).isEqualTo(rowsWhere(conditions, Condition.Any.class::isInstance));
        var random = Seeds.random();
        for (int i = 0; i < 100; i++) {
            // Whole numbers lie on a bound, halves between two; both may lie outside all of them.
            BigDecimal value =
                    BigDecimal.valueOf(random.nextInt(2 * count + 40) - 20).divide(BigDecimal.valueOf(2));
            assertThat(index.rows(value).toArray())
                    .as("rows for %s", value)
                    .isEqualTo(rowsWhere(conditions, condition -> holds(condition, value)));
        }
    }

    private static int[] rowsWhere(List<Condition> conditions, Predicate<Condition> holds) {
        return IntStream.range(0, conditions.size())
                .filter(row -> holds.test(conditions.get(row)))
                .toArray();
    }

    private static boolean holds(Condition condition, BigDecimal value) {
        if (!(condition instanceof Condition.Within within)) {
            return condition instanceof Condition.Any;
        }
        return within.ranges().stream().anyMatch(range -> {
            BigDecimal from = range.from();
            BigDecimal to = range.to();
            return (from == null || value.compareTo(from) > (range.fromIncluded() ? -1 : 0))
                    && (to == null || value.compareTo(to) < (range.toIncluded() ? 1 : 0));
        });
    }

    @Example
    void a_label_column_of_many_thousand_labels_answers_as_each_condition_does() {
        int count = 27_000;
        var terms = new ArrayList<Source>();
        for (int i = 0; i < count; i++) {
            terms.add(new Source("S" + i, "源" + i));
        }
        var conditions = new ArrayList<Condition>();
        for (int row = 0; row < count; row++) {
            Source one = terms.get((int) ((long) row * 7919 % count));
            conditions.add(
                    switch (row % 4) {
                        case 0 -> row % 3 == 0 ? Condition.ANY : new Condition.OneOf(List.of(one));
                        case 1 -> new Condition.OneOf(List.of(one, terms.get(row)));
                        case 2 -> new Condition.OneOf(List.of(terms.get(row / 2), one));
                        default ->
                            row % 97 == 0 ? new Condition.NoneOf(List.of(one)) : new Condition.OneOf(List.of(one));
                    });
        }
        var index = new ColumnIndex.Labels(conditions, terms);
        long labels = conditions.stream()
                .flatMap(condition -> values(condition).stream())
                .distinct()
                .count();
        assertThat(labels * count / 8).as("bytes, were every bitmap kept").isGreaterThan(ColumnIndex.MEMORY_BYTES);

        assertThat(index.rows(null).toArray()).isEqualTo(rowsWhere(conditions, Condition.Any.class::isInstance));
        var random = Seeds.random();
        for (int i = 0; i < 100; i++) {
            Source value = i == 0 ? new Source("?", "不在词表") : terms.get(random.nextInt(count));
            assertThat(index.rows(value).toArray())
                    .as("rows for %s", value)
                    .isEqualTo(rowsWhere(
                            conditions,
                            condition -> condition instanceof Condition.Any
                                    || condition instanceof Condition.OneOf
                                            == values(condition).contains(value)));
        }
    }

    private static List<Object> values(Condition condition) {
        if (condition instanceof Condition.OneOf one) {
            return one.values();
        }
        return condition instanceof Condition.NoneOf none ? none.values() : List.of();
    }

    // ———— Random tables and facts ————

    @Provide
    Arbitrary<Rows> rows() {
        return Combinators.combine(
                        line().list().ofMaxSize(40),
                        Arbitraries.shuffle(0, 1, 2, 3, 4, 5, 6),
                        Arbitraries.integers().between(0, 7))
                .as((lines, columns, count) -> new Rows(lines, columns.subList(0, count)));
    }

    private static Arbitrary<Line> line() {
        Arbitrary<List<Asks>> cells = Combinators.combine(
                        orAny(labels(SOURCES, Object::equals)),
                        orAny(labels(AREAS, (value, area) -> within(value, (Area) area))),
                        orAny(yesNo()),
                        orAny(people()),
                        orAny(losses()),
                        orAny(days()),
                        orAny(words()))
                .as((a, b, c, d, e, f, g) -> List.of(a, b, c, d, e, f, g));
        Arbitrary<Integer> day = Arbitraries.integers().between(0, 5);
        return Combinators.combine(cells, day.injectNull(0.8), day.injectNull(0.8))
                .as((asks, from, until) -> new Line(
                        asks, from, from != null && until != null ? Integer.valueOf(Math.max(from, until)) : until));
    }

    private static Arbitrary<Asks> orAny(Arbitrary<Asks> asks) {
        return Arbitraries.oneOf(Arbitraries.just(any()), asks);
    }

    private static Asks any() {
        return new Asks("", value -> true);
    }

    private interface Meets {
        boolean test(Object value, Term term);
    }

    private static Arbitrary<Asks> labels(List<? extends Term> terms, Meets meets) {
        return Combinators.combine(
                        Arbitraries.of(terms).list().ofMinSize(1).ofMaxSize(3).uniqueElements(),
                        Arbitraries.of(false, true),
                        Arbitraries.of(false, true))
                .as((some, none, byCode) -> new Asks(
                        (none ? "非 " : "")
                                + some.stream()
                                        .map(term -> byCode ? term.code() : term.label())
                                        .collect(Collectors.joining("、")),
                        value -> value != null && none != some.stream().anyMatch(term -> meets.test(value, term))));
    }

    /** By the code alone: a community's begins with its sub-district's. */
    private static boolean within(@Nullable Object value, Area area) {
        return value != null && ((Area) value).code().startsWith(area.code());
    }

    private static Arbitrary<Asks> yesNo() {
        return Arbitraries.of(
                new Asks("是", Boolean.TRUE::equals),
                new Asks("否", Boolean.FALSE::equals),
                new Asks("非 是", Boolean.FALSE::equals),
                new Asks("是、否", value -> value != null));
    }

    private static Arbitrary<Asks> people() {
        return compared(Arbitraries.integers().between(-2, 6).map(String::valueOf), BigDecimal::new);
    }

    private static Arbitrary<Asks> losses() {
        return compared(Arbitraries.of("0", "0.0", "0.1", "0.10", "0.3", "1", "1.0", "1.000001", "2"), BigDecimal::new);
    }

    private static Arbitrary<Asks> days() {
        return compared(
                Arbitraries.integers()
                        .between(0, 5)
                        .map(day -> DAY_0.plusDays(day).toString()),
                day -> BigDecimal.valueOf(LocalDate.parse(day).toEpochDay()));
    }

    private interface Reads {
        BigDecimal number(String bound);
    }

    private static Arbitrary<Asks> compared(Arbitrary<String> bounds, Reads reads) {
        Arbitrary<Asks> one = range(bounds, reads);
        // What is open below is left out: with what is open above it may leave no number out, which is refused.
        Arbitrary<Asks> several = Combinators.combine(
                        one.filter(asks -> !asks.cell().matches("[≤<＜].*"))
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(3),
                        Arbitraries.of(false, true))
                .as((some, none) -> new Asks(
                        (none ? "非 " : "")
                                + String.join("、", some.stream().map(Asks::cell).toList()),
                        value -> value != null
                                && none
                                        != some.stream()
                                                .anyMatch(asks -> asks.holds().test(value))));
        return Arbitraries.oneOf(one, several);
    }

    private static Arbitrary<Asks> range(Arbitrary<String> bounds, Reads reads) {
        return Combinators.combine(Arbitraries.of("", "=", "≥", ">", "≤", "<", "~", ">=", "＜"), bounds, bounds)
                .as((sign, one, other) -> {
                    BigDecimal a = reads.number(one);
                    BigDecimal b = reads.number(other);
                    if (sign.equals("~")) {
                        boolean inOrder = a.compareTo(b) <= 0;
                        BigDecimal from = inOrder ? a : b;
                        BigDecimal to = inOrder ? b : a;
                        return new Asks(
                                (inOrder ? one : other) + "~" + (inOrder ? other : one),
                                value -> value != null
                                        && number(value).compareTo(from) >= 0
                                        && number(value).compareTo(to) <= 0);
                    }
                    Predicate<Integer> meets = switch (sign) {
                        case "≥", ">=" -> order -> order >= 0;
                        case ">" -> order -> order > 0;
                        case "≤" -> order -> order <= 0;
                        case "<", "＜" -> order -> order < 0;
                        default -> order -> order == 0;
                    };
                    return new Asks(
                            sign + one,
                            value -> value != null && meets.test(number(value).compareTo(a)));
                });
    }

    private static BigDecimal number(@Nullable Object value) {
        if (value instanceof LocalDate date) {
            return BigDecimal.valueOf(date.toEpochDay());
        }
        return new BigDecimal(requireNonNull(value).toString());
    }

    private static final String LETTERS = "aAＡb漏水";

    private static Arbitrary<Asks> words() {
        Arbitrary<String> word =
                Arbitraries.strings().withChars(LETTERS).ofMinLength(1).ofMaxLength(3);
        return Combinators.combine(word.list().ofMinSize(1).ofMaxSize(3), Arbitraries.of(false, true))
                .as((some, none) -> new Asks(
                        (none ? "非 " : "") + String.join("、", some),
                        value -> value != null
                                && !value.equals("")
                                && none
                                        != some.stream()
                                                .anyMatch(each -> plain(value).contains(plain(each)))));
    }

    private static String plain(Object text) {
        return text.toString().replace('A', 'a').replace('Ａ', 'a');
    }

    @Provide
    Arbitrary<Asked> facts() {
        return Combinators.combine(
                        Arbitraries.of(SOURCES).injectNull(0.2),
                        Arbitraries.of(AREAS).injectNull(0.2),
                        Arbitraries.of(true, false).injectNull(0.2),
                        Arbitraries.integers().between(-3, 7),
                        Arbitraries.of("-1", "0.00", "0.1", "0.2", "0.30", "1", "1.000001", "3")
                                .map(BigDecimal::new)
                                .injectNull(0.2),
                        Arbitraries.integers()
                                .between(-1, 6)
                                .map(DAY_0::plusDays)
                                .injectNull(0.2),
                        Arbitraries.strings().withChars(LETTERS).ofMaxLength(8).injectNull(0.1))
                .as(Asked::new);
    }

    // ———— Helpers ————

    private static List<String> ids(Table<UrgencyRow> table, Asked fact, int day) {
        return table.match(fact, DAY_0.plusDays(day)).stream()
                .map(row -> row.ref().id())
                .toList();
    }

    private static String id(int row) {
        return "X-" + row;
    }

    private static Table<UrgencyRow> table(Rows rows, HitPolicy hitPolicy) {
        var problems = new ArrayList<Problem>();
        var grammar = new Grammar(Facts.VOCABULARY.with(Source.class, SOURCES), problems::add);
        Map<String, Attribute> attributes = Attribute.of(Asked.class);
        var columns = new ArrayList<Table.ConditionColumn>();
        for (int column : rows.columns()) {
            Attribute attribute = requireNonNull(attributes.get(HEADERS.get(column)));
            var conditions = new ArrayList<Condition>();
            var texts = new ArrayList<String>();
            for (int row = 0; row < rows.lines().size(); row++) {
                String text = rows.lines().get(row).cells().get(column).cell();
                conditions.add(requireNonNull(grammar.condition(
                        attribute, new Cell(text, null, null, false), new CellRef("t.xlsx", "表", row + 3, column))));
                texts.add(text);
            }
            List<? extends Term> terms = column == 0 ? SOURCES : column == 1 ? AREAS : List.of();
            columns.add(new Table.ConditionColumn(
                    attribute, conditions, ColumnIndex.of(attribute, conditions, terms), texts));
        }
        assertThat(problems).noneMatch(problem -> problem.code().isError());
        List<Condition> validity = rows.lines().stream()
                .<Condition>map(line -> line.fromDay() == null && line.untilDay() == null
                        ? Condition.ANY
                        : new Condition.Within(epochDay(line.fromDay()), true, epochDay(line.untilDay()), true))
                .toList();
        List<UrgencyRow> conclusions = IntStream.range(0, rows.lines().size())
                .mapToObj(row -> new UrgencyRow(
                        Facts.NORMAL, new RowRef(id(row), "t.xlsx", "表", row + 3, "", "", RowStatus.CONFIRMED)))
                .toList();
        return new Table<>(
                UrgencyRow.class,
                "t.xlsx",
                "表",
                new TableContract(hitPolicy, false),
                conclusions,
                columns,
                validity,
                Map.of());
    }

    private static @Nullable BigDecimal epochDay(@Nullable Integer day) {
        return day == null ? null : BigDecimal.valueOf(DAY_0.plusDays(day).toEpochDay());
    }
}
