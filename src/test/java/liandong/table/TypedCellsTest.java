package liandong.table;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liandong.calendar.Limit;
import liandong.calendar.WorkingCalendar.DayType;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Term;
import liandong.incident.Urgency;
import liandong.incident.Vocabulary;
import liandong.problem.Problem;
import liandong.routing.RoutingPath;
import liandong.sheet.WorkbookReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * What people type into cells, and what must come of it: the value it is read as, and the finding with the words that
 * help. The table {@code typed.csv} was written from what an office worker needs, not from what the program says.
 */
class TypedCellsTest {
    /** What the table is asked about: a condition column of every kind. */
    record Asked(
            @Column("人数 People") @Bounds(max = 1_000_000) int people,

            @Column("损失（百万元） Loss") @Bounds(max = 1_000_000) BigDecimal loss,

            @Column("日期 Day") LocalDate day,
            @Column("夜间 At night") boolean night,
            @Column("紧急程度 Urgency") Urgency urgency,
            @Column("正文含 Text contains") String text) {}

    /** A row with a conclusion column of every kind. */
    @Sheet(value = "试填", about = Asked.class)
    record TypedRow(
            @Column(value = "牵头 Lead", optional = true) @Nullable
            Body lead,

            @Column(value = "配合 Assisting", optional = true) List<Body> assisting,

            @Column(value = "路径 Route", optional = true) @Nullable
            RoutingPath path,

            @Column(value = "分值 Points", optional = true) @Bounds(min = 1, max = 100) @Nullable
            Integer points,

            @Column(value = "倍数 Times", optional = true) @Nullable
            BigDecimal times,

            @Column(value = "时限 Limit", optional = true) @Nullable
            Limit limit,

            @Column(value = "上班 Opens", optional = true) @Nullable
            LocalTime opens,

            @Column(value = "起日 First day", optional = true) @Nullable
            LocalDate first,

            @Column(value = "时区 Zone", optional = true) @Nullable
            ZoneId zone,

            @Column(value = "类型 Type", optional = true) @Nullable
            DayType type,

            RowRef ref)
            implements Row {}

    private static final List<String> HEADERS = List.of(
            "人数", "损失（百万元）", "日期", "夜间", "紧急程度", "正文含", "牵头", "配合", "路径", "分值", "倍数", "时限", "上班", "起日", "时区", "类型",
            "编号", "依据", "状态", "生效", "失效");

    private static final Vocabulary WORDS = Vocabulary.empty(3)
            .with(
                    Urgency.class,
                    List.of(
                            new Urgency("NORMAL", "一般", 1),
                            new Urgency("URGENT", "紧急", 2),
                            new Urgency("TOP", "特急", 3)))
            .with(
                    Body.class,
                    List.of(
                            body("社区"),
                            body("街道办事处"),
                            body("市公安局上城区分局"),
                            body("区城市管理局"),
                            body("区财政局"),
                            body("区司法局"),
                            body("区税务局"),
                            body("区残联"),
                            body("区妇联"),
                            body("区住房和城建局"),
                            body("区市场监督管理局"),
                            body("区纪委(区监委)"),
                            body("市水务集团"),
                            body("市公交集团"),
                            body("市地铁集团")));

    private static Body body(String label) {
        return new Body(
                "B" + Integer.toHexString(label.hashCode()).toUpperCase(Locale.ROOT), label, BodyKind.DEPARTMENT);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "typed.csv", numLinesToSkip = 1)
    void what_is_typed_is_read_or_told_with_the_help_that_is_needed(
            String column, String typed, @Nullable String reads, @Nullable String code, @Nullable String words) {
        var problems = new ArrayList<Problem>();
        Table<TypedRow> table = table(column, typed, problems);
        String told = String.join(
                "\n",
                problems.stream().map(problem -> problem.line(Locale.CHINESE)).toList());

        assertThat(problems.stream().map(problem -> problem.code().name()).toList())
                .as(told)
                .isEqualTo(code == null ? List.of() : List.of(code));
        if (words != null) {
            assertThat(told).contains(words.split(" / ", -1));
        }
        assertThat(problems.stream().noneMatch(problem -> problem.code().isError()))
                .isEqualTo(reads != null);
        if (reads != null) {
            assertThat(value(table, column)).isEqualTo(reads);
        }
        assertThat(problems.stream().map(problem -> problem.message(Locale.ENGLISH)))
                .allSatisfy(sentence -> assertThat(sentence).isNotBlank());
    }

    private static Table<TypedRow> table(String column, String typed, List<Problem> problems) {
        var cells = new HashMap<String, String>(Map.of("编号", "T-1", "依据", "试填", "状态", "推定"));
        cells.put(header(column), typed);
        String[] row =
                HEADERS.stream().map(header -> cells.getOrDefault(header, "")).toArray(String[]::new);
        byte[] workbook = Workbooks.xlsx(Map.of("试填", new String[][] {{"试填"}, HEADERS.toArray(String[]::new), row}));
        var sheet = WorkbookReader.read("t.xlsx", workbook, problems::add).get(0);
        return new SheetReader(WORDS, LocalDate.parse("2026-11-20"), problems::add)
                .table(sheet, TypedRow.class, new TableContract(HitPolicy.FIRST, false), new HashMap<>());
    }

    private static String header(String column) {
        return HEADERS.stream()
                .filter(header -> header.startsWith(column))
                .findFirst()
                .orElseThrow();
    }

    /** What was read, in the form that cells are meant to have. */
    private static String value(Table<TypedRow> table, String column) {
        TypedRow row = table.rows().get(0);
        return switch (column) {
            case "牵头" -> requireNonNull(row.lead()).label();
            case "配合" ->
                String.join("、", row.assisting().stream().map(Body::label).toList());
            case "路径" -> requireNonNull(row.path()).label();
            case "分值" -> String.valueOf(row.points());
            case "倍数" -> requireNonNull(row.times()).toPlainString();
            case "时限" -> requireNonNull(row.limit()).label();
            case "上班" -> String.valueOf(row.opens());
            case "起日" -> String.valueOf(row.first());
            case "状态" -> row.ref().status().label();
            case "生效" -> form(table.inForce(0), true).replace("≥", "");
            default -> {
                Table.ConditionColumn asked = table.columns().stream()
                        .filter(each -> each.attribute().chinese().startsWith(column))
                        .findFirst()
                        .orElseThrow();
                yield form(asked.conditions().get(0), asked.attribute().isDate());
            }
        };
    }

    private static String form(Condition condition, boolean dates) {
        return condition.<String>fold(
                () -> "",
                one -> String.join(
                        "、", one.values().stream().map(TypedCellsTest::shown).toList()),
                none -> "非 "
                        + String.join(
                                "、",
                                none.values().stream()
                                        .map(TypedCellsTest::shown)
                                        .toList()),
                within -> String.join(
                        "、",
                        within.ranges().stream()
                                .map(range -> form(range, dates))
                                .toList()));
    }

    private static String form(Condition.Range within, boolean dates) {
        BigDecimal from = within.from();
        BigDecimal to = within.to();
        if (from == null) {
            return (within.toIncluded() ? "≤" : "<") + shown(requireNonNull(to), dates);
        }
        if (to == null) {
            return (within.fromIncluded() ? "≥" : ">") + shown(from, dates);
        }
        if (within.fromIncluded() && within.toIncluded()) {
            return from.compareTo(to) == 0 ? shown(from, dates) : shown(from, dates) + "~" + shown(to, dates);
        }
        return (within.fromIncluded() ? "[" : "(")
                + shown(from, dates)
                + ".."
                + shown(to, dates)
                + (within.toIncluded() ? "]" : ")");
    }

    private static String shown(BigDecimal bound, boolean dates) {
        return dates ? LocalDate.ofEpochDay(bound.longValueExact()).toString() : bound.toPlainString();
    }

    private static String shown(Object value) {
        if (value instanceof Boolean yes) {
            return yes ? "是" : "否";
        }
        return value instanceof Term term ? term.label() : value.toString();
    }
}
