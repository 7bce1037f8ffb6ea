package liandong.scenario;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.Decide;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.policy.TinyPolicy;
import liandong.problem.Problem;
import liandong.scenario.Cases.Check;
import liandong.scenario.Cases.Result;
import liandong.table.Workbooks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow") // loads policies for nearly every test
class ScenarioReaderTest {
    private static final Policy POLICY = TinyPolicy.complete().load();
    private static final String[] HEADER = {
        "编号 Id",
        "标题 Title",
        "时刻 Now",
        "来源 Source",
        "区域 Area",
        "事项 Event type",
        "死亡人数 Deaths",
        "预期牵头 Lead",
        "预期等级 Severity",
        "命中 Fires",
        "未命中 Fires not",
        "状态 Status"
    };

    @Test
    void a_row_is_asked_of_the_service_and_compared_with_its_answer() {
        Scenarios read = read(
                row("T-1", "坑洞归主办局", "2026-11-20 16:30", "网格员", "东市社区", "路面坑洞", "", "主办局", "一般", "D-1、S-2", "S-1"));

        assertThat(read.problems()).isEmpty();
        Scenario scenario = read.cases().get(0);
        assertThat(scenario.request().toString())
                .isEqualTo("{\"incident\":{\"source\":\"GRID\",\"area\":\"330102001001\",\"eventType\":\"HOLE\","
                        + "\"id\":\"T-1\",\"reportedAt\":\"2026-11-20T16:30:00+08:00\"},"
                        + "\"now\":\"2026-11-20T16:30:00+08:00\"}");
        assertThat(Cases.run(POLICY, scenario).passed()).isTrue();
    }

    @Test
    void an_answer_that_differs_is_shown_beside_what_was_expected() {
        Result result = run(row("T-1", "", "2026-11-20 16:30", "网格员", "东市社区", "路面坑洞", "1", "水务公司", "一般", "S-2", "D-1"));

        assertThat(result.passed()).isFalse();
        assertThat(result.checks())
                .extracting(
                        check -> check.expectation().header(),
                        check -> check.expectation().text(),
                        Check::held)
                .containsExactly(
                        tuple("预期牵头", "水务公司", false),
                        tuple("预期等级", "一般", false),
                        tuple("命中", "S-2", false),
                        tuple("未命中", "D-1", false));
        assertThat(result.checks()).extracting(Check::actual).startsWith("主办局", "重大");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C3 | 昨天 | BAD_TIME: \"昨天\" is not a time in the column \"时刻\".",
                "C3 | '' | MISSING_VALUE: The cell of \"时刻\" is empty.",
                "D3 | 网格圆 | MISTYPED_LABEL: There is no \"网格圆\" in the vocabulary (来源). Is \"网格员\" meant?",
                "G3 | 三 | NOT_A_NUMBER: The column \"死亡人数\" wants a number, which \"三\" is not.",
                "G3 | -1 | OUT_OF_RANGE: -1",
                "H3 | 主办局、水务公司 | IMPOSSIBLE_EXPECTATION: No answer can be as the column \"预期牵头\" expects: 主办局、水务公司",
                "H3 | 主办菊 | MISTYPED_LABEL: There is no \"主办菊\" in the vocabulary (预期牵头). Is \"主办局\" meant?",
                "J3 | D-9 | UNKNOWN_ROW: The policy has no row and no rule \"D-9\".",
                "K3 | D-1 | IMPOSSIBLE_EXPECTATION: No answer can be as the column \"未命中\" expects: D-1",
                "L3 | 也许 | UNKNOWN_CHOICE: \"也许\" cannot be given here. Possible: 已确认、待确认."
            })
    void a_fault_is_told_at_its_cell_and_the_other_cases_run(String cell, String typed, String line) {
        String[] bad = row("T-1", "", "2026-11-20 16:30", "网格员", "东市社区", "路面坑洞", "", "主办局", "一般", "D-1", "", "");
        bad[cell.charAt(0) - 'A'] = typed;
        String[] good = row("T-2", "", "2026-11-20 16:30", "网格员", "东市社区", "路面坑洞", "", "主办局", "", "", "");

        Scenarios read = read(bad, good);

        assertThat(lines(read)).singleElement().asString().startsWith("s.xlsx 研判交办!" + cell + ": " + line);
        assertThat(read.broken()).extracting(Scenarios.Broken::id).containsExactly("T-1");
        assertThat(read.cases()).extracting(Scenario::id).containsExactly("T-2");
    }

    @Test
    void a_case_that_expects_nothing_or_has_a_taken_id_is_told() {
        String[] nothing = row("T-1", "", "2026-11-20 16:30", "网格员", "东市社区", "路面坑洞");
        String[] twice = row("T-1", "", "2026-11-20 16:30", "网格员", "东市社区", "路面坑洞", "", "主办局");

        assertThat(lines(read(nothing, twice)))
                .containsExactly(
                        "s.xlsx 研判交办!A3: NO_EXPECTATION: The scenario \"T-1\" expects nothing, so it would always pass."
                                + " Fill in a column whose header begins with 预期, or 命中 or 未命中.",
                        "s.xlsx 研判交办!A4: DUPLICATE_ID: The id \"T-1\" is taken by s.xlsx 研判交办!A3."
                                + " Give this row an id that no row has or ever had.");
    }

    @Test
    void a_given_that_contradicts_itself_is_told_at_the_cell_that_says_so() {
        String[] header = {"编号", "时刻", "来源", "区域", "事项", "类别", "预期结果"};

        Scenarios read = read("研判交办", header, row("T-1", "2026-11-20 16:30", "网格员", "东市社区", "路面坑洞", "生活", "交办"));

        assertThat(lines(read)).singleElement().asString().startsWith("s.xlsx 研判交办!F3: CONTRADICTION: ");
        assertThat(read.cases()).isEmpty();
    }

    @Test
    void a_refusal_can_be_what_is_expected() {
        String[] header = {"编号", "时刻", "来源", "区域", "事项", "类别", "预期拒收"};

        Scenarios read =
                read("研判交办", header, row("T-1", "2026-11-20 16:30", "网格员", "东市社区", "路面坑洞", "生活", "CONTRADICTION"));

        assertThat(read.problems()).isEmpty();
        assertThat(Cases.run(POLICY, read.cases().get(0)).passed()).isTrue();
    }

    @Test
    void a_row_above_the_header_is_one_finding_and_the_cases_are_read() {
        String[] header = {"编号", "时刻", "来源", "区域", "事项", "预期结果"};

        Scenarios read = read(
                "研判交办",
                row("区司法局送来的例子", "", "", "", "", ""),
                header,
                row("T-1", "2026-11-20 16:30", "网格员", "东市社区", "路面坑洞", "交办"));

        assertThat(read.cases()).extracting(Scenario::id).containsExactly("T-1");
        assertThat(lines(read))
                .containsExactly(
                        "s.xlsx 研判交办!A2: ROWS_ABOVE_HEADER: The header of this sheet is in row 3, not in row 2:"
                                + " \"区司法局送来的例子\" stands above it. Only the title belongs above the header, in row 1. Delete row 2;"
                                + " rows that are meant to count go below the header.");
    }

    @Test
    void a_column_nobody_knows_is_told_and_only_cases_that_use_it_are_left_out() {
        String[] header = {"编号", "时刻", "来源", "区域", "事项", "预期结果", "事象 Event", "天气 Weather"};

        Scenarios read = read(
                "研判交办",
                header,
                row("T-1", "2026-11-20 16:30", "网格员", "东市社区", "路面坑洞", "交办", "", ""),
                row("T-2", "2026-11-20 16:30", "网格员", "东市社区", "路面坑洞", "交办", "", "晴"));

        assertThat(lines(read))
                .containsExactly(
                        "s.xlsx 研判交办!G2: MISTYPED_COLUMN: Nothing is known as \"事象 Event\". Is \"事项\" meant?",
                        "s.xlsx 研判交办!H2: UNKNOWN_COLUMN: Nothing is known as \"天气 Weather\"."
                                + " The sheet 说明 lists the columns there can be.");
        assertThat(read.cases()).extracting(Scenario::id).containsExactly("T-1");
        assertThat(read.broken()).extracting(Scenarios.Broken::id).containsExactly("T-2");
    }

    @Test
    void a_sheet_that_is_no_decision_is_told() {
        assertThat(lines(read("天气", new String[] {"编号"}, row("T-1"))))
                .containsExactly(
                        "s.xlsx 天气!A1: UNKNOWN_SHEET: No rule asks for a sheet \"天气\", so its rows would not count."
                                + " Give it one of these names: "
                                + Decisions.all().stream().map(Decision::label).collect(Collectors.joining("、"))
                                + "、故事.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "预期结果 | 交办 | true",
                "预期结果 | 非 归档、并单 | true",
                "预期结果 | 非 交办 | false",
                "预期原因 | 无 | true",
                "预期原因 | 有 | false",
                "预期阶段 | 围护、修复 | true",
                "预期阶段 | 修复、围护 | false",
                "预期阶段 | 含 修复 | true",
                "预期阶段 | 含 验收 | false",
                "预期到期 | 2026-11-20 19:30、2026-11-27 17:30 | true",
                "预期复核时间 | 2026-11-20T19:30:00+08:00 | true",
                "预期复核时间 | 2026-11-20 19:31 | false",
                "预期序 | 1、2 | true",
                "预期配合 | 协办局、东街道 | true",
                "预期assignment.lead | 主办局 | true"
            })
    void an_expectation_says_how_it_is_meant(String column, String text, boolean holds) {
        String[] header = {"编号", "时刻", "来源", "区域", "事项", column};

        Scenarios read = read("研判交办", header, row("T-1", "2026-11-20 16:30", "网格员", "东市社区", "路面坑洞", text));

        assertThat(read.problems()).isEmpty();
        assertThat(Cases.run(POLICY, read.cases().get(0)).passed()).isEqualTo(holds);
    }

    @Test
    void a_list_is_written_part_by_part_or_as_json() {
        var column = requireNonNull(GivenColumn.of(Decide.SCORING.facts()).get("情形"));
        var problems = new java.util.ArrayList<Problem>();
        var words = new CellJson(POLICY.vocabulary(), POLICY.calendar().zone(), problems::add);
        var at = new liandong.problem.CellRef("s.xlsx", "个案考核", 3, 1);
        String expected = "[{\"kind\":\"ASSIGNED\",\"at\":\"2026-11-02T09:00:00+08:00\"},"
                + "{\"kind\":\"STAGE_LATE\",\"at\":\"2026-11-03T10:00:00+08:00\",\"stage\":\"清理\",\"contested\":true}]";

        var parts = words.of(column, cell("交办，2026-11-02 09:00；\n阶段逾期，2026-11-03 10:00，清理，申诉"), at);
        var named = requireNonNull(
                words.of(column, cell("时间 2026-11-02 09:00，情形 交办；阶段 清理，情形 阶段逾期，时间 2026-11-03 10:00，申诉 是"), at));
        var json = words.of(column, cell(expected), at);
        var bad = words.of(column, cell("交办，2026-11-02 09:00，清理，又一个"), at);

        assertThat(String.valueOf(parts)).isEqualTo(expected);
        assertThat(named.get(1).get("stage").stringValue()).isEqualTo("清理");
        assertThat(String.valueOf(json)).isEqualTo(expected);
        assertThat(bad).isNull();
        assertThat(problems)
                .extracting(problem -> problem.line(Locale.ENGLISH))
                .containsExactly(
                        "s.xlsx 个案考核!B3: BAD_ELEMENT: What \"又一个\" is cannot be seen. Write one element a line,"
                                + " its parts separated by ，, each a value or one of these names, a blank and its value: 情形、时间、阶段、单位、申诉、退单理由、延期至、决定单位、暂停事由、凭证、剔除理由.");
    }

    @ParameterizedTest
    @MethodSource("liandong.decision.Decisions#all")
    void no_two_columns_of_a_sheet_have_the_same_name(Decision<?, ?> kind) {
        List<String> names = GivenColumn.of(kind.facts()).values().stream()
                .distinct()
                .map(GivenColumn::name)
                .toList();

        assertThat(names).doesNotHaveDuplicates().doesNotContainAnyElementsOf(List.of("编号", "标题", "时刻", "命中", "未命中"));
        assertThat(names).allMatch(name -> !name.matches("\\w+"));
    }

    @Test
    void scenarios_travel_with_the_policy_but_are_not_what_decides() {
        PolicyFiles plain = TinyPolicy.complete().files();
        var files = new TreeMap<>(plain.files());
        files.put("decision-tables/scenarios/s.xlsx", workbook("研判交办", HEADER));
        files.put("decision-tables/scenarios/t.xlsx", workbook("研判交办", HEADER));
        var tested = new PolicyFiles(plain.label(), files);

        assertThat(tested.scenarios()).containsOnlyKeys("s.xlsx", "t.xlsx");
        assertThat(tested.version()).isEqualTo(plain.version());
        assertThat(tested.tables())
                .containsOnlyKeys("calendar.xlsx", "reading.xlsx", "routing.xlsx", "vocabulary.xlsx");
    }

    private static liandong.sheet.Cell cell(String text) {
        return new liandong.sheet.Cell(text, null, null, false);
    }

    static String[] row(String... cells) {
        return cells;
    }

    static Scenarios read(String[]... rows) {
        return read("研判交办", HEADER, rows);
    }

    static Scenarios read(String sheet, String[] header, String[]... rows) {
        return ScenarioReader.read(POLICY, new TreeMap<>(Map.of("s.xlsx", workbook(sheet, header, rows))));
    }

    static byte[] workbook(String sheet, String[] header, String[]... rows) {
        // A time stays as it was typed: the helper would make a date of nothing but a whole one.
        String[][] all = Stream.concat(Stream.of(new String[] {"情景"}, header), Arrays.stream(rows))
                .toArray(String[][]::new);
        var sheets = new LinkedHashMap<String, String[][]>();
        sheets.put(sheet, all);
        return Workbooks.xlsx(sheets);
    }

    private static Result run(String[] row) {
        Scenarios read = read(row);
        assertThat(read.problems()).isEmpty();
        return Cases.run(POLICY, read.cases().get(0));
    }

    private static List<String> lines(Scenarios read) {
        return read.problems().stream()
                .map(problem -> problem.line(Locale.ENGLISH))
                .toList();
    }
}
