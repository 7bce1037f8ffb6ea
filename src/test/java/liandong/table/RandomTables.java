package liandong.table;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.incident.Area;
import liandong.incident.Column;
import liandong.incident.Source;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.problem.CellRef;
import liandong.routing.UrgencyRow;
import liandong.sheet.Cell;
import org.jspecify.annotations.Nullable;

/** Small tables made at random of cells as people type them, of every kind the grammar knows. */
public final class RandomTables {
    private static final List<Source> SOURCES =
            List.of(new Source("A", "甲"), new Source("B", "乙"), new Source("C\"\\", "丙"), new Source("$param", "丁"));

    /** The words of the tables, some of them a nuisance to compilers. */
    public static final Vocabulary VOCABULARY = Facts.VOCABULARY.with(Source.class, SOURCES);

    private static final LocalDate DAY = LocalDate.of(2026, 1, 29);
    private static final List<String> NUMBERS = List.of(
            "0", "0.0", "-1", "1", "1.0", "2", "5", "0.1", "0.10", "0.3", "1.000001", "-0.5", "999999999999999.999999");
    private static final List<String> WORDS = List.of(
            "水", "漏水", "a", "AB", "Ａ", "a\"b", "\\", "\\u0022", "$param", "\");//", "'", "\t", "*/", "{x}", "😀");

    /** A fact with an attribute of every kind, any of which may be unknown. */
    public record Asked(
            @Column("来源 Source") @Nullable Source source,
            @Column("区域 Area") @Nullable Area area,
            @Column("夜间 At night") @Nullable Boolean night,
            @Column("人数 People") int people,
            @Column("损失 Loss") @Nullable BigDecimal loss,
            @Column("日期 Day") @Nullable LocalDate day,
            @Column("正文含 Text") @Nullable String text) {}

    private RandomTables() {}

    /** A table of 1 to 12 rows with some of the columns of {@link Asked}. */
    public static Table<UrgencyRow> table(Random random, HitPolicy hitPolicy) {
        var attributes = new ArrayList<>(Attribute.of(Asked.class).values());
        Collections.shuffle(attributes, random);
        int count = 1 + random.nextInt(12);
        var columns = new ArrayList<Table.ConditionColumn>();
        for (Attribute attribute : attributes.subList(0, random.nextInt(attributes.size() + 1))) {
            columns.add(column(attribute, count, random));
        }
        var rows = new ArrayList<UrgencyRow>();
        var inForce = new ArrayList<Condition>();
        boolean dated = random.nextBoolean();
        for (int row = 0; row < count; row++) {
            String id = row % 5 == 4 ? "X\\\" \"" + row : "X-" + row;
            rows.add(new UrgencyRow(
                    random.nextBoolean() ? Facts.NORMAL : Facts.URGENT,
                    new RowRef(
                            id,
                            "t.xlsx",
                            "表",
                            row + 3,
                            "RuleTable = \"x",
                            "ruletable " + row,
                            random.nextBoolean() ? RowStatus.CONFIRMED : RowStatus.UNCONFIRMED)));
            int from = random.nextInt(4);
            inForce.add(
                    dated && random.nextInt(3) > 0
                            ? new Condition.Within(
                                    random.nextInt(4) == 0 ? null : day(from),
                                    true,
                                    random.nextInt(4) == 0 ? null : day(from + random.nextInt(4)),
                                    true)
                            : Condition.ANY);
        }
        return new Table<>(
                UrgencyRow.class, "t.xlsx", "表", new TableContract(hitPolicy, false), rows, columns, inForce, Map.of());
    }

    /** Two versions of a table: the second has some rows fewer, more, or elsewhere. */
    public static List<Table<UrgencyRow>> versions(Random random, HitPolicy hitPolicy) {
        Table<UrgencyRow> pool = table(random, hitPolicy);
        var before = new ArrayList<Integer>();
        for (int row = 0; row < pool.rows().size(); row++) {
            if (random.nextInt(4) > 0) {
                before.add(row);
            }
        }
        var after = new ArrayList<>(before);
        for (int edit = random.nextInt(3); edit >= 0; edit--) {
            int kind = random.nextInt(3);
            if (kind == 0 && !after.isEmpty()) {
                after.remove(random.nextInt(after.size()));
            } else if (kind == 1) {
                after.add(
                        random.nextInt(after.size() + 1),
                        random.nextInt(pool.rows().size()));
            } else {
                Collections.shuffle(after, random);
            }
        }
        return List.of(part(pool, before), part(pool, after));
    }

    private static Table<UrgencyRow> part(Table<UrgencyRow> pool, List<Integer> rows) {
        var columns = new ArrayList<Table.ConditionColumn>();
        for (Table.ConditionColumn column : pool.columns()) {
            List<Condition> conditions =
                    rows.stream().map(column.conditions()::get).toList();
            columns.add(new Table.ConditionColumn(
                    column.attribute(),
                    conditions,
                    ColumnIndex.of(column.attribute(), conditions, terms(column.attribute())),
                    rows.stream().map(column.texts()::get).toList()));
        }
        return new Table<>(
                UrgencyRow.class,
                "t.xlsx",
                "表",
                new TableContract(pool.hitPolicy(), false),
                rows.stream().map(pool.rows()::get).toList(),
                columns,
                rows.stream().map(pool::inForce).toList(),
                Map.of());
    }

    private static List<? extends Term> terms(Attribute attribute) {
        return attribute.type() == Source.class
                ? SOURCES
                : attribute.type() == Area.class ? VOCABULARY.all(Area.class) : List.of();
    }

    /** Facts such tables can be asked about, any of which may be unknown. */
    public static Asked asked(Random random) {
        List<Area> areas = VOCABULARY.all(Area.class);
        String word = WORDS.get(random.nextInt(WORDS.size()));
        return new Asked(
                random.nextInt(5) == 0 ? null : SOURCES.get(random.nextInt(SOURCES.size())),
                random.nextInt(5) == 0 ? null : areas.get(random.nextInt(areas.size())),
                random.nextInt(5) == 0 ? null : random.nextBoolean(),
                random.nextInt(8) - 1,
                random.nextInt(5) == 0 ? null : new BigDecimal(NUMBERS.get(random.nextInt(NUMBERS.size()))),
                random.nextInt(5) == 0 ? null : DAY.plusDays(random.nextInt(8) - 1),
                random.nextInt(5) == 0
                        ? null
                        : random.nextBoolean() ? word : word + "。" + WORDS.get(random.nextInt(WORDS.size())));
    }

    /** A day on or about which such rows begin or end to count. */
    public static LocalDate someDay(Random random) {
        return DAY.plusDays(random.nextInt(9));
    }

    /** The first of these days. */
    public static LocalDate firstDay() {
        return DAY;
    }

    private static BigDecimal day(int day) {
        return Attribute.number(DAY.plusDays(day));
    }

    private static Table.ConditionColumn column(Attribute attribute, int count, Random random) {
        var grammar = new Grammar(VOCABULARY, problem -> {
            if (problem.code().isError()) {
                throw new AssertionError(problem);
            }
        });
        var conditions = new ArrayList<Condition>();
        var texts = new ArrayList<String>();
        for (int row = 0; row < count; row++) {
            String text = random.nextInt(3) == 0 ? "" : cell(attribute, random);
            conditions.add(requireNonNull(grammar.condition(
                    attribute, new Cell(text.strip(), null, null, false), new CellRef("t.xlsx", "表", row + 3, 0))));
            texts.add(text);
        }
        return new Table.ConditionColumn(
                attribute, conditions, ColumnIndex.of(attribute, conditions, terms(attribute)), texts);
    }

    private static String cell(Attribute attribute, Random random) {
        Map<Class<?>, Supplier<String>> words = Map.of(
                Source.class, () -> name(SOURCES.get(random.nextInt(SOURCES.size())), random),
                Area.class,
                        () -> {
                            List<Area> areas = VOCABULARY.all(Area.class);
                            return name(areas.get(random.nextInt(areas.size())), random);
                        },
                Boolean.class, () -> random.nextBoolean() ? "是" : "否",
                String.class, () -> WORDS.get(random.nextInt(WORDS.size())));
        Supplier<String> word = words.get(attribute.type());
        if (word == null) {
            return bounds(attribute, random);
        }
        return (random.nextInt(3) == 0 ? "非 " : "")
                + Stream.generate(word)
                        .filter(each -> !each.isBlank())
                        .limit(1 + random.nextInt(3))
                        .collect(Collectors.joining("、"));
    }

    private static String name(Term term, Random random) {
        return random.nextBoolean() ? term.label() : term.code();
    }

    private static String bounds(Attribute attribute, Random random) {
        List<String> ranges = Stream.generate(() -> range(attribute, random))
                .limit(random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1)
                .toList();
        boolean open = ranges.stream().anyMatch(range -> range.matches("[≤<＜].*"));
        // With what is open above, what is open below may leave no number out, which is refused.
        return open && ranges.size() > 1
                ? ranges.get(0)
                : (random.nextInt(6) == 0 ? "非 " : "") + String.join("、", ranges);
    }

    private static String range(Attribute attribute, Random random) {
        Supplier<String> bound = attribute.isDate()
                ? () -> DAY.plusDays(random.nextInt(6)).toString()
                : () -> NUMBERS.get(random.nextInt(NUMBERS.size()));
        String sign =
                List.of("", "=", "≥", ">", "≤", "<", "~", ">=", "<=", "＜", "≧").get(random.nextInt(11));
        String one = bound.get();
        boolean exact = sign.isEmpty() || sign.equals("=");
        while (exact
                && attribute.isWhole()
                && !attribute.isDate()
                && new BigDecimal(one).stripTrailingZeros().scale() > 0) {
            one = bound.get(); // exactly a fraction of something counted is refused: NOT_A_WHOLE_NUMBER
        }
        if (!sign.equals("~")) {
            return sign + one;
        }
        String other = bound.get();
        if (attribute.isWhole() && !attribute.isDate() && new BigDecimal(one).compareTo(new BigDecimal(other)) == 0) {
            return "≥" + one;
        }
        boolean inOrder = attribute.isDate()
                ? one.compareTo(other) <= 0
                : new BigDecimal(one).compareTo(new BigDecimal(other)) <= 0;
        return inOrder ? one + "~" + other : other + "～" + one;
    }
}
