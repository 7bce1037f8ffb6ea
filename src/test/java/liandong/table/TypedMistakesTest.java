package liandong.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liandong.calendar.Limit;
import liandong.incident.Body;
import liandong.incident.Column;
import liandong.incident.Source;
import liandong.incident.Weekday;
import liandong.problem.CellRef;
import liandong.problem.Problem;
import liandong.sheet.Cell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type where nothing of the kind belongs is told with what is to be typed instead. */
class TypedMistakesTest {
    record Asked(
            @Column("人数 People") int people,
            @Column("来源 Source") Source source) {}

    private static final Map<String, Attribute> ATTRIBUTES = Attribute.of(Asked.class);
    private static final CellRef HERE = new CellRef("routing.xlsx", "派单目录", 14, 3);

    private final List<Problem> problems = new ArrayList<>();
    private final Grammar grammar = new Grammar(Facts.VOCABULARY, problems::add);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10<x<30 | (10..30)",
                "10＜x＜30 | (10..30)",
                "10≤x<30 | [10..30)",
                "30>x≥10 | [10..30)",
                "10<=人数<=30 | 10~30",
                "10人<人数<30人 | (10..30)",
                "人数≥10 | ≥10",
                "x>5 | >5",
                "≥10。 | ≥10",
                "3~9； | 3~9",
            })
    void a_range_as_in_mathematics_is_read_and_told_in_the_form_of_cells(String typed, String form) {
        assertThat(grammar.condition(attribute("人数"), cell(typed), HERE))
                .isEqualTo(new Grammar(Facts.VOCABULARY, problem -> {}).condition(attribute("人数"), cell(form), HERE));
        assertThat(problems)
                .extracting(problem -> problem.code() + " " + problem.args())
                .containsExactly("READ_AS [" + typed + ", " + form + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"30<x<10", "10<x>30", "x", "10<x", "10<路面<30", "<x<30"})
    void what_is_no_range_is_not_read_as_one(String typed) {
        assertThat(grammar.condition(attribute("人数"), cell(typed), HERE)).isNull();
        assertThat(problems)
                .isNotEmpty()
                .allMatch(problem ->
                        problem.code().isError() || problem.code().name().startsWith("LOOKALIKE"));
    }

    @Test
    void a_letter_for_a_digit_is_told_with_the_number() {
        grammar.condition(attribute("人数"), cell("1O"), HERE);
        grammar.conclusion(Limit.class, false, "时限", cell("5个工作曰"), HERE);

        assertThat(lines(Locale.CHINESE))
                .filteredOn(line -> line.contains("LOOKALIKE"))
                .containsExactly(
                        "LOOKALIKE_CHARACTERS: “1O”中有只是看起来相像的字符：U+004F LATIN CAPITAL LETTER O。 请重新输入为“10”。",
                        "LOOKALIKE_CHARACTERS: “5个工作曰”中有只是看起来相像的字符：U+66F0 CJK UNIFIED IDEOGRAPHS 66F0。 请重新输入为“5个工作日”。");
    }

    @Test
    void the_rest_of_the_cases_is_not_asked_for_by_name() {
        grammar.condition(attribute("来源"), cell("其他"), HERE);
        grammar.condition(attribute("人数"), cell("其余"), HERE);

        assertThat(lines(Locale.ENGLISH).get(0))
                .isEqualTo(
                        "THE_REST: \"其他\" in the column \"来源 Source\" would be a name; the rest of the cases is not asked for by"
                                + " name. Where the first row that fits counts, leave the cell empty and put the row last. Where every row"
                                + " counts, write 非 before what the other rows name, such as 非 A、B.");
        assertThat(lines(Locale.CHINESE))
                .containsExactly(
                        "THE_REST: “来源 Source”列的“其他”会当作一个名称；“其余情形”不靠名称来写。"
                                + " 首行命中的表，把这一格留空，并把这一行放在最后；全部适用的表，用“非”排除别的行已写的，如 非 甲、乙。",
                        "THE_REST: “人数 People”列的“其余”会当作一个名称；“其余情形”不靠名称来写。"
                                + " 首行命中的表，把这一格留空，并把这一行放在最后；全部适用的表，用“非”排除别的行已写的，如 非 甲、乙。");
    }

    @Test
    void what_is_not_known_yet_has_no_row_yet() {
        grammar.conclusion(Body.class, false, "牵头", cell("待定"), HERE);
        grammar.condition(attribute("来源"), cell("？"), HERE);

        assertThat(lines(Locale.ENGLISH).get(0))
                .isEqualTo(
                        "NOT_YET_KNOWN: \"待定\" cannot be written into the column \"牵头\": a row decides from the day it is in the"
                                + " table. Leave the row out until it is known; what has no row is left to a person.");
        assertThat(lines(Locale.CHINESE).get(0))
                .isEqualTo("NOT_YET_KNOWN: “牵头”列不能写“待定”：表中的行从生效起就用来作决定。" + " 没有定下来的，请先不写这一行；没有行可依的转人工研判，定了再补上。");
        assertThat(problems).hasSize(2);
    }

    @Test
    void a_conclusion_is_one_name_and_neither_a_run_of_them_nor_what_it_is_not() {
        grammar.conclusion(Weekday.class, false, "星期", cell("周一至周五"), HERE);
        grammar.conclusion(Source.class, false, "来源", cell("非热线"), HERE);

        assertThat(lines(Locale.ENGLISH))
                .containsExactly(
                        "RUN_OF_LABELS: The column \"星期\" takes one name, but \"周一至周五\" stands for all from 周一 to 周五. Write a row"
                                + " for each.",
                        "CONCLUDES_NOT: The column \"来源\" says what is decided; \"非热线\" says only what is not. Write the one name that"
                                + " is to be decided; what is excluded belongs into a column of conditions.");
        assertThat(lines(Locale.CHINESE))
                .containsExactly(
                        "RUN_OF_LABELS: “星期”列一格只填一个，“周一至周五”是从周一到周五的好几个。 请每个各写一行。",
                        "CONCLUDES_NOT: “来源”列写的是决定成什么，“非热线”只说了不是什么。 请写明决定成的那一个；要排除的，写在条件列里。");
    }

    @Test
    void a_cell_of_a_date_holds_one_day_there_is() {
        for (String typed : List.of("2026/10/1-10/7", "2026-10-01~2026-10-07", "2026年10月1日至7日", "2026-13-1")) {
            assertThat(grammar.conclusion(LocalDate.class, false, "日期", cell(typed), HERE))
                    .isNull();
        }

        assertThat(lines(Locale.CHINESE))
                .containsExactly(
                        "SEVERAL_DAYS: “日期”列一格只填一天，“2026/10/1-10/7”有好几天。 请每天各写一行，第一行写 2026-10-01。",
                        "SEVERAL_DAYS: “日期”列一格只填一天，“2026-10-01~2026-10-07”有好几天。 请每天各写一行，第一行写 2026-10-01。",
                        "SEVERAL_DAYS: “日期”列一格只填一天，“2026年10月1日至7日”有好几天。 请每天各写一行，第一行写 2026-10-01。",
                        "NO_SUCH_MONTH: 没有“2026-13-1”这一天：一年里没有 13 月。 请按年、月、日的次序写，如 2027-01-31。");
        assertThat(problems.get(0).line(Locale.ENGLISH))
                .endsWith(
                        "SEVERAL_DAYS: The column \"日期\" takes one day, but \"2026/10/1-10/7\" has several. Write a row for each day;"
                                + " the first is 2026-10-01.");
        assertThat(problems.get(3).line(Locale.ENGLISH))
                .endsWith(
                        "NO_SUCH_MONTH: There is no day \"2026-13-1\": no year has a month 13. Write year, month and day in this order,"
                                + " as 2027-01-31.");
    }

    @Test
    void a_limit_is_a_length_and_nothing_else() {
        Cell time = new Cell("0.0833333333333333", new BigDecimal("0.0833333333333333"), null, false);
        assertThat(grammar.conclusion(Limit.class, false, "时限", time, HERE)).isNull();
        assertThat(grammar.conclusion(Limit.class, false, "时限", cell("3个工作日（可延长2天）"), HERE))
                .isNull();
        assertThat(grammar.conclusion(Limit.class, false, "时限", cell("次日"), HERE))
                .isNull();
        assertThat(grammar.conclusion(Limit.class, false, "时限", cell("当日"), HERE))
                .isEqualTo(Limit.parse("0 工作日"));

        assertThat(lines(Locale.ENGLISH))
                .containsExactly(
                        "LIMIT_IS_A_TIME: 02:00 in this cell is a time of day, as the spreadsheet program has it, and not how long"
                                + " something takes. Format the cell as text, then write the length: 2 小时.",
                        "LIMIT_WITH_REMARK: \"3个工作日（可延长2天）\" holds more than a limit. Write \"3 工作日\" alone. Remarks belong into the"
                                + " column 备注; how far a limit may be extended is for the tables of extensions.",
                        "LIMIT_IS_NEXT_DAY: \"次日\" does not say until when on the next day. Write 1 工作日 for by the close of business of"
                                + " the next working day, 1 天 for by the same time of the next day.");
        assertThat(lines(Locale.CHINESE))
                .containsExactly(
                        "LIMIT_IS_A_TIME: 这一格里的 02:00 在电子表格中是钟点，不是多长时间。 请先把单元格格式设为文本，再写时长，如 2 小时。",
                        "LIMIT_WITH_REMARK: “3个工作日（可延长2天）”除了时限还写了别的话。 这里只写“3 工作日”；说明写在“备注”列，可延长多久由延期的表规定。",
                        "LIMIT_IS_NEXT_DAY: “次日”没有说到第二天什么时候为止。 下一个工作日下班前的写 1 工作日；第二天同一时刻之前的写 1 天。");
    }

    @Test
    void a_number_that_must_be_there_is_no_word_for_none_or_any() {
        grammar.conclusion(int.class, false, "最多次数", cell("不限"), HERE);

        assertThat(lines(Locale.ENGLISH))
                .containsExactly(
                        "NUMBER_NEEDED: The column \"最多次数\" must have a number; \"不限\" is none. Write 0 for none. If there is"
                                + " to be no limit, write a number that is never reached, such as 99.");
        assertThat(lines(Locale.CHINESE))
                .containsExactly("NUMBER_NEEDED: “最多次数”列必须填一个数，“不限”不是。 一个也没有的写 0；不想限制的，写一个不会达到的数，如 99。");
    }

    private List<String> lines(Locale locale) {
        return problems.stream()
                .map(problem -> problem.line(locale).substring(HERE.toString().length() + 2))
                .toList();
    }

    private static Attribute attribute(String name) {
        return java.util.Objects.requireNonNull(ATTRIBUTES.get(name));
    }

    private static Cell cell(String text) {
        return new Cell(text, null, null, false);
    }
}
