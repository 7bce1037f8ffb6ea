package liandong.table;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import liandong.calendar.Limit;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.Column;
import liandong.incident.MatterKind;
import liandong.incident.Source;
import liandong.problem.CellRef;
import liandong.problem.Problem;
import liandong.routing.RoutingPath;
import liandong.sheet.Cell;
import liandong.table.Condition.NoneOf;
import liandong.table.Condition.OneOf;
import liandong.table.Condition.Within;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GrammarTest {
    /** A fact with an attribute of every kind. */
    record Asked(
            @Column("人数 People") int people,
            @Column("损失 Loss") BigDecimal loss,
            @Column("日期 Day") LocalDate day,
            @Column("夜间 At night") boolean night,
            @Column("来源 Source") Source source,
            @Column("区域 Area") Area area,
            @Column("性质 Kind") MatterKind kind,
            @Column("正文含 Text contains") String text) {}

    private static final Map<String, Attribute> ATTRIBUTES = Attribute.of(Asked.class);
    private static final CellRef HERE = new CellRef("routing.xlsx", "派单目录", 14, 3);

    private final List<Problem> problems = new ArrayList<>();
    private final Grammar grammar = new Grammar(Facts.VOCABULARY, problems::add);

    static Stream<List<Object>> conditions() {
        return Stream.of(
                List.of("人数", "", Condition.ANY),
                List.of("人数", "5", within("5", "5")),
                List.of("人数", "=5", within("5", "5")),
                List.of("人数", "-5", within("-5", "-5")),
                List.of("人数", "≥5", new Within(number("5"), true, null, false)),
                List.of("人数", ">5", new Within(number("5"), false, null, false)),
                List.of("人数", "≤5", new Within(null, false, number("5"), true)),
                List.of("人数", "<5", new Within(null, false, number("5"), false)),
                List.of("人数", "3~9", within("3", "9")),
                List.of("人数", "3~3", within("3", "3")),
                List.of("人数", "-9~-3", within("-9", "-3")),
                List.of("损失", "≥0.5", new Within(number("0.5"), true, null, false)),
                List.of("损失", "0.1~999999999999999.999999", within("0.1", "999999999999999.999999")),
                List.of("日期", "2026-01-31", within(day("2026-01-31"), day("2026-01-31"))),
                List.of("日期", "≥2026-01-31", new Within(number(day("2026-01-31")), true, null, false)),
                List.of("日期", "2026-01-01~2026-01-31", within(day("2026-01-01"), day("2026-01-31"))),
                List.of("夜间", "是", new OneOf(List.of(true))),
                List.of("夜间", "否", new OneOf(List.of(false))),
                List.of("夜间", "No", new OneOf(List.of(false))),
                List.of("夜间", "非 是", new NoneOf(List.of(true))),
                List.of("夜间", "是、否", new OneOf(List.of(true, false))),
                List.of("来源", "热线", new OneOf(List.of(Facts.HOTLINE))),
                List.of("来源", "HOTLINE", new OneOf(List.of(Facts.HOTLINE))),
                List.of("来源", "热线、网格员", new OneOf(List.of(Facts.HOTLINE, Facts.GRID))),
                List.of("来源", "热线 、 网格员", new OneOf(List.of(Facts.HOTLINE, Facts.GRID))),
                List.of("来源", "非 热线、网格员", new NoneOf(List.of(Facts.HOTLINE, Facts.GRID))),
                List.of("来源", "非　热线", new NoneOf(List.of(Facts.HOTLINE))),
                List.of("区域", "东街道、330102002001", new OneOf(List.of(Facts.EAST, Facts.WEST_LAKE))),
                List.of("性质", "部件", new OneOf(List.of(MatterKind.COMPONENT))),
                List.of("正文含", "漏水、ＷＣ", new OneOf(List.of("漏水", "wc"))),
                List.of("正文含", "非 漏水", new NoneOf(List.of("漏水"))),
                List.of("正文含", "非法营运", new OneOf(List.of("非法营运"))));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void a_cell_states_a_condition(List<Object> example) {
        assertThat(condition((String) example.get(0), (String) example.get(1))).isEqualTo(example.get(2));
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "５, 5, 5, 5",
        "３～９, 3~9, 3, 9",
        "３〜９, 3~9, 3, 9",
        "3 ~ 9, 3~9, 3, 9",
        "＝５, =5, 5, 5",
        ">=5, ≥5, 5, ",
        "＞＝５, ≥5, 5, ",
        "≧5, ≥5, 5, ",
        "≥ 5, ≥5, 5, ",
        "<=5, ≤5, , 5",
        "≦５, ≤5, , 5",
    })
    void other_ways_to_write_the_same_are_understood_and_told(
            String typed, String read, @Nullable String from, @Nullable String to) {
        assertThat(condition("人数", typed))
                .isEqualTo(new Within(
                        from == null ? null : number(from), from != null, to == null ? null : number(to), to != null));
        assertThat(lines())
                .containsExactly("routing.xlsx 派单目录!D14: UNUSUAL_CHARACTERS: \"" + typed + "\" is read as \"" + read
                        + "\". Type it with half-width digits and signs.");
        assertThat(problems.get(0).code().isError()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "人数|9~3",
                "人数|3~",
                "人数|~9",
                "人数|3~5~9",
                "人数|≥",
                "人数|≥≥5",
                "人数|五",
                "人数|是",
                "人数|非 5",
                "人数|5、6",
                "人数|1,000",
                "人数|1E3",
                "人数|0.0000001",
                "人数|2026-01-31",
                "日期|5",
                "日期|2026-02-30",
                "日期|2026-1-31",
                "日期|2026-01-31~2026-01-01",
                "来源|热线、",
                "来源|、热线",
                "来源|热线、、网格员",
            })
    void whatever_is_no_condition_is_told_with_what_would_be(String column, String typed) {
        assertThat(condition(column, typed)).isNull();
        String header = requireNonNull(ATTRIBUTES.get(column)).header();
        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 派单目录!D14: BAD_CONDITION: \"" + typed + "\" is not a condition on \"" + header
                                + "\". Names are written A、B or 非 A、B; numbers 5, >10 (without 10), ≥10 (with 10) or 3~9, dates likewise; 是 or 否. Leave the cell empty for anything.");
        assertThat(lines(Locale.CHINESE))
                .containsExactly("routing.xlsx 派单目录!D14: BAD_CONDITION: “" + header + "”列不能写“" + typed
                        + "”。 名称写 A、B 或 非 A、B；数字写 5、>10（不含 10）、≥10（含 10）或区间 3~9，日期同样；也可写 是、否。不限则留空。");
    }

    @Test
    void a_superscript_is_not_a_digit() {
        assertThat(condition("人数", "≥5²")).isNull();
    }

    @Test
    void every_unknown_label_of_a_cell_is_told() {
        assertThat(condition("来源", "热钱、网格员、天外来客")).isNull();
        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 派单目录!D14: MISTYPED_LABEL: There is no \"热钱\" in the vocabulary (来源)."
                                + " Is \"热线\" meant?",
                        "routing.xlsx 派单目录!D14: UNKNOWN_LABEL: There is no \"天外来客\" in the vocabulary (来源)."
                                + " Use a name that stands in vocabulary.xlsx, or add it there.");
    }

    @Test
    void a_date_typed_in_a_number_column_is_told_as_it_stands() {
        assertThat(grammar.condition(attribute("人数"), dateCell("2026-01-31"), HERE))
                .isNull();
        assertThat(grammar.condition(attribute("来源"), dateCell("2026-01-31"), HERE))
                .isNull();
        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 派单目录!D14: BAD_CONDITION: \"2026-01-31\" is not a condition on \"人数 People\"."
                                + " Names are written A、B or 非 A、B; numbers 5, >10 (without 10), ≥10 (with 10) or 3~9, dates likewise; 是 or 否. Leave the cell empty for anything.",
                        "routing.xlsx 派单目录!D14: WRONG_TYPE: \"2026-01-31\" cannot stand in the column \"来源 Source\"."
                                + " The sheet 说明 shows what the column may hold.");
    }

    @Test
    void a_date_cell_in_a_date_column_is_that_day() {
        assertThat(grammar.condition(attribute("日期"), dateCell("2026-01-31"), HERE))
                .isEqualTo(within(day("2026-01-31"), day("2026-01-31")));
        assertThat(problems).isEmpty();
    }

    @Test
    void a_yes_or_no_is_nothing_else() {
        assertThat(condition("夜间", "有时")).isNull();
        assertThat(lines(Locale.CHINESE))
                .containsExactly("routing.xlsx 派单目录!D14: WRONG_TYPE: “有时”不能填在“夜间 At night”列。 这一列可以填什么，见说明表。");
    }

    static Stream<List<Object>> conclusions() {
        return Stream.of(
                List.of(Body.class, "主办局", Facts.LEAD),
                List.of(Body.class, "LEAD", Facts.LEAD),
                List.of(RoutingPath.class, "部门", RoutingPath.DEPARTMENT),
                List.of(String.class, "抢修", "抢修"),
                List.of(boolean.class, "是", true),
                List.of(int.class, "5", 5),
                List.of(int.class, "５", 5),
                List.of(BigDecimal.class, "0.5", number("0.5")),
                List.of(LocalDate.class, "2026-01-31", LocalDate.parse("2026-01-31")),
                List.of(LocalTime.class, "08:30", LocalTime.of(8, 30)),
                List.of(ZoneId.class, "Asia/Shanghai", ZoneId.of("Asia/Shanghai")),
                List.of(Limit.class, "4 工作时", requireNonNull(Limit.parse("4 工作时"))),
                List.of(Limit.class, "４　工作时", requireNonNull(Limit.parse("4 工作时"))));
    }

    @ParameterizedTest
    @MethodSource("conclusions")
    void a_cell_states_a_conclusion(List<Object> example) {
        assertThat(grammar.conclusion((Class<?>) example.get(0), false, "列", cell((String) example.get(1)), HERE))
                .isEqualTo(example.get(2));
        assertThat(problems.stream().filter(problem -> problem.code().isError()))
                .isEmpty();
    }

    @Test
    void full_width_digits_of_a_conclusion_are_told() {
        grammar.conclusion(Limit.class, false, "时限", cell("４ 工作时"), HERE);
        grammar.conclusion(int.class, false, "分值", cell("５"), HERE);

        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 派单目录!D14: UNUSUAL_CHARACTERS: \"４ 工作时\" is read as \"4 工作时\"."
                                + " Type it with half-width digits and signs.",
                        "routing.xlsx 派单目录!D14: UNUSUAL_CHARACTERS: \"５\" is read as \"5\"."
                                + " Type it with half-width digits and signs.");
    }

    static Stream<List<Object>> badConclusions() {
        return Stream.of(
                List.of(int.class, "5.5"),
                List.of(int.class, "99999999999"),
                List.of(int.class, "五"),
                List.of(BigDecimal.class, "半"),
                List.of(LocalDate.class, "2026-02-30"),
                List.of(LocalTime.class, "25:00"),
                List.of(ZoneId.class, "Asia/Hangzhou"),
                List.of(Limit.class, "4 个工作时"),
                List.of(boolean.class, "有时"));
    }

    @ParameterizedTest
    @MethodSource("badConclusions")
    void a_conclusion_of_another_kind_is_told(List<Object> example) {
        String typed = (String) example.get(1);

        assertThat(grammar.conclusion((Class<?>) example.get(0), false, "列", cell(typed), HERE))
                .isNull();
        assertThat(lines())
                .containsExactly("routing.xlsx 派单目录!D14: WRONG_TYPE: \"" + typed
                        + "\" cannot stand in the column \"列\"." + " The sheet 说明 shows what the column may hold.");
    }

    @Test
    void a_list_of_conclusions_tells_each_label_it_does_not_know() {
        grammar.conclusion(Body.class, true, "配合", cell("主办剧、协办局、天外来客"), HERE);

        assertThat(lines(Locale.CHINESE))
                .containsExactly(
                        "routing.xlsx 派单目录!D14: MISTYPED_LABEL: “主办剧”不在“配合”的名录中。 是否为“主办局”？",
                        "routing.xlsx 派单目录!D14: UNKNOWN_LABEL: “天外来客”不在“配合”的名录中。 请从下拉框选择；确是新的，请先在 vocabulary.xlsx 的相应表中加一行。");
    }

    private @Nullable Condition condition(String column, String typed) {
        return grammar.condition(attribute(column), cell(typed), HERE);
    }

    private static Attribute attribute(String column) {
        return requireNonNull(ATTRIBUTES.get(column));
    }

    private List<String> lines() {
        return lines(Locale.ENGLISH);
    }

    private List<String> lines(Locale locale) {
        return problems.stream().map(problem -> problem.line(locale)).toList();
    }

    private static Cell cell(String text) {
        return new Cell(text.strip(), null, null, false);
    }

    private static Cell dateCell(String date) {
        return new Cell(date, number(day(date)), LocalDate.parse(date), false);
    }

    private static Within within(String from, String to) {
        return new Within(number(from), true, number(to), true);
    }

    private static BigDecimal number(String number) {
        return new BigDecimal(number);
    }

    private static String day(String date) {
        return String.valueOf(LocalDate.parse(date).toEpochDay());
    }
}
