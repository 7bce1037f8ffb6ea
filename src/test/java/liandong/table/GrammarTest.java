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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        // Of full-width signs it is enough to say so; of others the form that is wanted is shown.
        boolean wide = Grammar.normalised(typed).equals(read);
        assertThat(lines())
                .containsExactly("routing.xlsx 派单目录!D14: " + (wide ? "UNUSUAL_CHARACTERS" : "READ_AS") + ": \"" + typed
                        + "\" is read as \"" + read + "\". "
                        + (wide
                                ? "Type it with half-width digits and signs."
                                : "Write \"" + read + "\"; if that is not what is meant, correct the cell."));
        assertThat(problems.get(0).code().isError()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "人数|9~3|INVERTED_RANGE",
                "人数|3~|OPEN_RANGE",
                "人数|~9|OPEN_RANGE",
                "人数|3~5~9|NUMBER_CONDITION",
                "人数|≥|NUMBER_CONDITION",
                "人数|≥≥5|NUMBER_CONDITION",
                "人数|是|NUMBER_CONDITION",
                "人数|非 5、若干|NUMBER_CONDITION",
                "人数|≤5、>3|EVERY_NUMBER",
                "人数|1E3|NUMBER_CONDITION",
                "人数|0.0000001|NUMBER_CONDITION",
                "人数|2026-01-31|NUMBER_CONDITION",
                "人数|[9..3)|INVERTED_RANGE",
                "人数|[3..)x|NUMBER_CONDITION",
                "日期|5|DATE_CONDITION",
                "日期|2026-02-30|IMPOSSIBLE_DATE",
                "日期|2026-01-31~2026-01-01|INVERTED_RANGE",
                "来源|、|LEAVE_EMPTY",
                "来源|非 、|LEAVE_EMPTY",
            })
    void whatever_is_no_condition_is_told_as_what_it_is(String column, String typed, String code) {
        assertThat(condition(column, typed)).isNull();
        assertThat(problems).extracting(problem -> problem.code().name()).containsExactly(code);
        assertThat(problems.get(0).code().isError()).isTrue();
        assertThat(problems.get(0).help(Locale.CHINESE)).isNotEmpty();
    }

    @Test
    void a_cell_takes_a_hundred_numbers_and_no_more() {
        String hundred = IntStream.rangeClosed(1, 100).mapToObj(i -> "" + 2 * i).collect(Collectors.joining("、"));

        assertThat(condition("人数", hundred)).isInstanceOf(Within.class);
        assertThat(problems).isEmpty();
        assertThat(condition("人数", "非 " + hundred + "、202")).isNull();
        assertThat(problems)
                .extracting(problem -> problem.message(Locale.ENGLISH))
                .containsExactly("The cell of the column \"人数 People\" lists 101 numbers; it takes 100.");
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
                        "routing.xlsx 派单目录!D14: UNKNOWN_LABEL: There is no \"天外来客\" among the names of \"来源\"."
                                + " Choose one from the drop-down（网格员、热线）; if it is new, first add a row to the sheet 来源 of vocabulary.xlsx.");
    }

    @Test
    void a_date_among_numbers_or_words_is_told_with_what_it_was_made_of() {
        assertThat(grammar.condition(attribute("人数"), dateCell("2026-01-31"), HERE))
                .isNull();
        assertThat(grammar.condition(attribute("正文含"), dateCell("2026-01-31"), HERE))
                .isNull();
        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 派单目录!D14: DATE_IN_NUMBERS: The column \"人数 People\" wants a number, but this cell is the date 2026-01-31:"
                                + " a spreadsheet program has probably made it of \"1-31\". First format the cell as text, then type it again, such as 1~31.",
                        "routing.xlsx 派单目录!D14: WRONG_TYPE: The column \"正文含 Text contains\" wants words, but this cell is the date 2026-01-31."
                                + " Spreadsheet programs make a date of 3-9 and the like: format the cell as text and type it again.");
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
                .containsExactly(
                        "routing.xlsx 派单目录!D14: NOT_YES_OR_NO: “夜间 At night”列只能填 是 或 否，不能填“有时”。 请写 是 或 否；用作条件而两者都可以的，留空。");
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
                List.of(int.class, "5.5", "NOT_A_WHOLE_NUMBER"),
                List.of(int.class, "99999999999", "NOT_A_WHOLE_NUMBER"),
                List.of(BigDecimal.class, "半", "NOT_A_NUMBER"),
                List.of(LocalDate.class, "2026-02-30", "IMPOSSIBLE_DATE"),
                List.of(LocalTime.class, "25:00", "NOT_A_TIME"),
                List.of(ZoneId.class, "Asia/Hangzhou", "NOT_A_ZONE"),
                List.of(Limit.class, "4 个季度", "BAD_LIMIT"),
                List.of(Limit.class, "4", "LIMIT_WITHOUT_UNIT"),
                List.of(boolean.class, "有时", "NOT_YES_OR_NO"));
    }

    @ParameterizedTest
    @MethodSource("badConclusions")
    void a_conclusion_of_another_kind_is_told_with_what_is_wanted(List<Object> example) {
        String typed = (String) example.get(1);

        assertThat(grammar.conclusion((Class<?>) example.get(0), false, "列", cell(typed), HERE))
                .isNull();
        assertThat(problems).extracting(problem -> problem.code().name()).containsExactly((String) example.get(2));
        assertThat(problems.get(0).message(Locale.CHINESE)).contains("“" + typed + "”");
    }

    @Test
    void a_list_of_conclusions_tells_each_label_it_does_not_know() {
        grammar.conclusion(Body.class, true, "配合", cell("主办剧、协办局、天外来客"), HERE);

        assertThat(lines(Locale.CHINESE))
                .containsExactly(
                        "routing.xlsx 派单目录!D14: MISTYPED_LABEL: “主办剧”不在“配合”的名录中。 是否为“主办局”？",
                        "routing.xlsx 派单目录!D14: UNKNOWN_LABEL: “天外来客”不在“单位”名录中。 请从下拉框选择（主办局、协办局、水务公司、属地社区、属地街道、道路联席会议、急救专线）；确是新的，请先在 vocabulary.xlsx 的“单位”表中加一行。");
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
