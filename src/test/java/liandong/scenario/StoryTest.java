package liandong.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import liandong.District;
import liandong.escalation.TinyEscalation;
import liandong.policy.Policy;
import liandong.scenario.Cases.Check;
import liandong.scenario.Cases.Result;
import liandong.table.Workbooks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stories: one case through several questions, each with what the answers before have said. */
@Tag("slow") // loads a policy
class StoryTest {
    private static final Policy POLICY = TinyEscalation.tiny().ofFormat3().load();
    private static final String[] HEADER = {
        "故事 Story",
        "步骤 Step",
        "标题 Title",
        "时刻 Now",
        "决策 Decision",
        "来源 Source",
        "区域 Area",
        "事项 Event type",
        "情形 Events",
        "照办 Carried out",
        "预期结果 Outcome",
        "预期牵头 Lead",
        "预期措施 Actions",
        "命中 Fires",
        "标签 Tags",
        "状态 Status"
    };

    /** The report of every story here. */
    private static String[] report(String id) {
        return row(id, "", "坑洞", "2026-11-20 09:00", "研判交办", "网格员", "东市社区", "路面坑洞", "", "", "交办", "主办局");
    }

    private static String[] row(String... cells) {
        return Arrays.copyOf(cells, HEADER.length);
    }

    private static String[] step(String time, String kind, String events, String done, String outcome, String action) {
        return row("", "", "", time, kind, "", "", "", events, done, outcome, "", action);
    }

    private static Scenarios read(String[]... rows) {
        return read(POLICY, HEADER, rows);
    }

    private static Scenarios read(Policy policy, String[] header, String[]... rows) {
        String[][] filled = Stream.concat(Stream.of(new String[] {"故事"}, header), Arrays.stream(rows))
                .map(row ->
                        Arrays.stream(row).map(cell -> cell == null ? "" : cell).toArray(String[]::new))
                .toArray(String[][]::new);
        return ScenarioReader.read(policy, new TreeMap<>(Map.of("s.xlsx", Workbooks.xlsx(Map.of("故事", filled)))));
    }

    private static StoryRun run(String[]... rows) {
        Scenarios read = read(rows);
        assertThat(lines(read)).isEmpty();
        return Cases.run(POLICY, read.stories().get(0));
    }

    private static List<String> lines(Scenarios read) {
        return read.problems().stream()
                .map(problem -> problem.line(Locale.ENGLISH))
                .toList();
    }

    /** What came otherwise than expected. */
    private static List<String> wrong(StoryRun run) {
        var lines = new ArrayList<String>(problems(run));
        run.results().stream()
                .flatMap(result -> result.checks().stream())
                .filter(check -> !check.held())
                .forEach(check -> lines.add(check.expectation().at().cell() + " " + check.actual()));
        return lines;
    }

    private static List<String> moments(StoryRun run) {
        return run.results().stream()
                .map(result -> TestReport.step(result.scenario()) + " " + TestReport.when(result.scenario(), POLICY))
                .toList();
    }

    @Test
    void each_step_is_asked_with_what_the_answers_before_have_said() {
        StoryRun run = run(
                report("G-1"),
                step("+10 分钟", "督办升级", "退单，不归我管", "", "采取措施", "改派"),
                step("+20 分钟", "督办升级", "接收", "", "暂不督办", "无"));

        assertThat(wrong(run)).isEmpty();
        assertThat(moments(run)).containsExactly("1 2026-11-20 09:00", "2 2026-11-20 09:10", "3 2026-11-20 09:30");
        var last = run.results().get(2).scenario().request();
        assertThat(last.path("lead").path("code").asString(last.path("lead").asString("")))
                .isNotEqualTo("LEAD");
        assertThat(last.path("events").findValuesAsString("at"))
                .contains("2026-11-20T09:10:00+08:00", "2026-11-20T09:30:00+08:00");
        assertThat(last.path("incident").path("id").stringValue()).isEqualTo("G-1");
        assertThat(last.path("stages")).isNotEmpty();
    }

    @Test
    void what_is_to_be_done_is_done_at_once_unless_the_row_says_no_and_then_it_is_asked_for_again() {
        StoryRun done = run(
                report("G-1"), step("+4 工作时", "督办升级", "", "", "", "含 提醒"), step("+1 分钟", "督办升级", "", "", "暂不督办", "无"));
        StoryRun not = run(
                report("G-1"),
                step("+4 工作时", "督办升级", "", "否", "", "含 提醒"),
                step("+1 分钟", "督办升级", "", "", "采取措施", "含 提醒"));

        assertThat(wrong(done)).isEmpty();
        assertThat(wrong(not)).isEmpty();
    }

    @Test
    void a_step_that_is_not_as_expected_ends_the_story_and_the_rest_is_not_run() {
        StoryRun run = run(
                report("G-1"), step("+10 分钟", "督办升级", "接收", "", "采取措施", "催办"), step("+1 天", "督办升级", "", "", "", ""));

        assertThat(run.passed()).isFalse();
        assertThat(run.results()).extracting(Result::passed).containsExactly(true, false);
        assertThat(run.results().get(1).checks()).extracting(Check::actual).containsExactly("暂不督办", "无");
        assertThat(run.notRun()).containsExactly("3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+30 分钟 | 2026-11-20 09:30",
                "+2小时 | 2026-11-20 11:00",
                "＋3 工作日 | 2026-11-25 09:00",
                "+1 工作日 10:30 | 2026-11-23 10:30",
                "+2 天 8:05 | 2026-11-22 08:05",
                "+1 个月 | 2026-12-20 09:00",
                "2026-11-21 12:00 | 2026-11-21 12:00",
                "到期 | 2026-11-20 12:00",
                "到期 +1 小时 | 2026-11-20 13:00"
            })
    void time_passes_as_staff_count_it_or_until_a_time_that_an_answer_told(String time, String moment) {
        assertThat(moments(run(report("G-1"), step(time, "督办升级", "", "否", "", ""))))
                .endsWith("2 " + moment);
    }

    @Test
    void the_next_review_after_something_was_done_is_the_one_that_is_told_when_it_has_been_done() {
        StoryRun run = run(
                report("G-1"), step("+4 工作时", "督办升级", "", "", "", "含 提醒"), step("复核时间", "督办升级", "", "", "采取措施", "有"));

        assertThat(wrong(run)).isEmpty();
        assertThat(moments(run)).endsWith("3 2026-11-25 10:15");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A3 | '' | s.xlsx 故事!A3: MISSING_ID: This row has no id.",
                "B4 | 三 | s.xlsx 故事!B4: NOT_A_NUMBER: The column \"步骤\" wants a number, which \"三\" is not.",
                "B4 | 0 | s.xlsx 故事!B4: STEP_OUT_OF_TURN: Step 0 does not come after step 1.",
                "D3 | +1 天 | s.xlsx 故事!D3: NO_STEP_BEFORE: The first step of a story has none before it from which its"
                        + " time could be counted. Give it a moment, such as 2026-11-20 16:30.",
                "D3 | '' | s.xlsx 故事!D3: MISSING_VALUE: The cell of \"时刻\" is empty.",
                "D4 | 改天 | s.xlsx 故事!D4: NO_TIME_TOLD: No answer before this step tells a time \"改天\".",
                "D4 | +3 工日 | s.xlsx 故事!D4: BAD_STEP_TIME: \"+3 工日\" does not say when the step is.",
                "D4 | +2 小时 10:00 | s.xlsx 故事!D4: BAD_STEP_TIME: \"+2 小时 10:00\" does not say when the step is.",
                "D4 | 2026-11-20 08:59 | s.xlsx 故事!D4: STEP_TOO_EARLY: The step is at 2026-11-20 08:59, before the one it"
                        + " follows, which is at 2026-11-20 09:00. Put the steps of a story in the order of time.",
                "D4 | +9999 工作日 | s.xlsx 故事!D4: CALENDAR_ENDED: A due time would fall on or after",
                "E4 | 督办升及 | s.xlsx 故事!E4: UNKNOWN_DECISION: A step of a story cannot ask for \"督办升及\".",
                "E4 | 期间考核 | s.xlsx 故事!E4: UNKNOWN_DECISION: A step of a story cannot ask for \"期间考核\".",
                "E4 | '' | s.xlsx 故事!E4: NOTHING_ASKED: The step expects an answer, and asks for no decision.",
                "E3 | '' | s.xlsx 故事!E3: NOTHING_ASKED: The step expects an answer, and asks for no decision.",
                "F3 | 网格圆 | s.xlsx 故事!F3: MISTYPED_LABEL: There is no \"网格圆\" in the vocabulary (来源).",
                "G3 | '' | s.xlsx 故事!D3: MISSING_FIELD: The field \"area\" is missing.",
                "I4 | 接收，又一个，再一个 | s.xlsx 故事!I4: BAD_ELEMENT: ",
                "J4 | 也许 | s.xlsx 故事!J4: ",
                "L4 | 主办局 | s.xlsx 故事!L4: NOT_OF_DECISION: An answer of 督办升级 has no \"牵头\".",
                "N4 | E-99 | s.xlsx 故事!N4: UNKNOWN_ROW: The policy has no row and no rule \"E-99\".",
                "I4 | 接收了 | s.xlsx 故事!I4: MISTYPED_LABEL: There is no \"接收了\" in the vocabulary (情形). Is"
                        + " \"接收\" meant?",
                "I4 | 收到吗，经办人 | s.xlsx 故事!I4: UNKNOWN_CHOICE: \"收到吗\" cannot be given here. Possible: 交办、接收、",
                "P4 | 已确认了 | s.xlsx 故事!P4: MISTYPED_LABEL: There is no \"已确认了\" in the vocabulary (状态). Is"
                        + " \"已确认\" meant?",
                "P4 | 也许 | s.xlsx 故事!P4: UNKNOWN_CHOICE: \"也许\" cannot be given here. Possible: 已确认、待确认."
            })
    void a_fault_is_told_at_its_cell_and_the_other_stories_run(String cell, String typed, String line) {
        String[][] rows = {
            report("G-1"), step("+10 分钟", "督办升级", "接收", "", "暂不督办", ""), report("G-2"),
        };
        rows[cell.charAt(1) - '3'][cell.charAt(0) - 'A'] = typed;

        Scenarios read = read(rows);

        assertThat(lines(read)).isNotEmpty().first().asString().startsWith(line);
        assertThat(read.broken()).hasSize(1);
        assertThat(read.stories()).extracting(CaseStory::id).containsExactly("G-2");
    }

    @Test
    void a_story_that_asks_before_anything_was_reported_or_expects_nothing_is_told() {
        String[] silent = row("G-2", "", "", "2026-11-20 09:00", "研判交办", "网格员", "东市社区", "路面坑洞");

        assertThat(lines(read(row("G-1", "", "", "2026-11-20 09:00", "督办升级", "", "", "", "", "", "有"), silent)))
                .containsExactly(
                        "s.xlsx 故事!E3: NO_REPORT: The story \"G-1\" asks before anything has been reported."
                                + " Say in its first row what is reported: source, area, and text or event type.",
                        "s.xlsx 故事!A4: NO_EXPECTATION: The scenario \"G-2\" expects nothing, so it would always pass."
                                + " Fill in a column whose header begins with 预期, or 命中 or 未命中.");
    }

    @Test
    void the_rows_of_a_story_stand_together() {
        String[] again = report("G-1");

        assertThat(lines(read(report("G-1"), report("G-2"), again)))
                .singleElement()
                .asString()
                .startsWith("s.xlsx 故事!A5: DUPLICATE_ID: The id \"G-1\" is taken by s.xlsx 故事!A3.");
    }

    @Test
    void a_time_that_only_the_answers_tell_is_found_too_early_when_it_comes() {
        StoryRun run = run(
                report("G-1"), step("2026-11-20 14:00", "督办升级", "接收", "", "", ""), step("到期", "督办升级", "", "", "", ""));
        StoryRun never = run(report("G-1"), step("研判期限", "督办升级", "", "", "", ""));

        assertThat(problems(run))
                .containsExactly(
                        "s.xlsx 故事!D5: STEP_TOO_EARLY: The step is at 2026-11-20 12:00, before the one it follows, which"
                                + " is at 2026-11-20 14:00. Put the steps of a story in the order of time.");
        assertThat(problems(never)).singleElement().asString().startsWith("s.xlsx 故事!D4: NO_TIME_TOLD: ");
    }

    private static List<String> problems(StoryRun run) {
        Result failed = run.failed();
        var lines = new ArrayList<String>();
        if (failed != null) {
            failed.problems().forEach(problem -> lines.add(problem.line(Locale.ENGLISH)));
        }
        return lines;
    }

    @Test
    void a_question_that_is_refused_is_told_at_the_cell_and_what_was_refused_as_expected_does_not_count() {
        String[] header =
                Stream.concat(Arrays.stream(HEADER), Stream.of("预期拒收")).toArray(String[]::new);
        String[] refused = Arrays.copyOf(step("+10 分钟", "督办升级", "阶段办结，验收", "", "", ""), header.length);
        StoryRun told = run(report("G-1"), Arrays.copyOf(refused, HEADER.length));
        refused[header.length - 1] = "UNKNOWN_STAGE";

        Scenarios read = read(POLICY, header, report("G-1"), refused, step("+5 分钟", "督办升级", "接收", "", "暂不督办", "无"));
        StoryRun expected = Cases.run(POLICY, read.stories().get(0));

        assertThat(problems(told)).singleElement().asString().startsWith("s.xlsx 故事!I4: UNKNOWN_STAGE: ");
        assertThat(lines(read)).isEmpty();
        assertThat(wrong(expected)).isEmpty();
    }

    @Test
    void what_happened_as_it_cannot_have_is_told_at_its_own_cell_even_if_a_later_step_asks_or_none() {
        String[] happened = step("+10 分钟", "", "阶段办结，验收", "", "", "");

        StoryRun later = run(report("G-1"), happened, step("+10 分钟", "督办升级", "接收", "", "", ""));
        StoryRun never = run(report("G-1"), step("+5 分钟", "督办升级", "接收", "", "", ""), happened);

        assertThat(problems(later)).singleElement().asString().startsWith("s.xlsx 故事!I4: UNKNOWN_STAGE: ");
        assertThat(problems(never)).singleElement().asString().startsWith("s.xlsx 故事!I5: UNKNOWN_STAGE: ");
    }

    @Test
    void what_is_said_of_a_follow_up_is_told_where_no_question_hears_it() {
        String[] header = Stream.concat(Arrays.stream(HEADER), Stream.of("满意度")).toArray(String[]::new);
        String[] said = Arrays.copyOf(step("+10 分钟", "", "接收", "", "", ""), header.length);
        said[header.length - 1] = "满意";

        assertThat(lines(read(POLICY, header, report("G-1"), said)))
                .containsExactly(
                        "s.xlsx 故事!Q4: UNHEARD_FOLLOW_UP: What \"满意度\" says of the follow-up goes with the question of"
                                + " its step, and this one asks for no decision. Choose the decision that is asked with"
                                + " it, or clear the cell.");
    }

    @Test
    void stories_are_chosen_by_id_or_tag_and_counted_beside_scenarios() {
        String[] tagged = report("G-2");
        tagged[14] = "夜间、坑洞";
        String[] wrong = report("G-3");
        wrong[11] = "水务公司";
        Scenarios read = read(report("G-1"), tagged, wrong);

        assertThat(read.has("夜间")).isTrue();
        assertThat(read.only(Set.of("夜间")).stories()).extracting(CaseStory::id).containsExactly("G-2");
        assertThat(read.only(Set.of("G-1")).stories()).extracting(CaseStory::id).containsExactly("G-1");
        TestReport report = new Coverage(POLICY).run(read, () -> {});
        assertThat(report.results()).isEmpty();
        assertThat(report.storiesPassed()).isEqualTo(2);
        assertThat(report.storiesFailed()).isEqualTo(1);
        assertThat(report.good()).isFalse();
        assertThat(report.junit(Locale.ENGLISH)).contains("tests=\"3\"", "failures=\"1\"", "G-3 坑洞");
        TestReportJson json = TestReportJson.of(report, null, Locale.ENGLISH);
        assertThat(json.stories()).isNotNull().satisfies(stories -> {
            assertThat(stories.count()).isEqualTo(3);
            assertThat(stories.results().get(2).verdict()).isEqualTo(TestReportJson.Verdict.FAILED);
            assertThat(stories.results().get(2).steps().get(0).id()).isEqualTo("G-3/1");
        });
    }

    @Test
    void a_story_that_is_not_understood_is_counted_among_the_stories() {
        String[] wrong = report("G-2");
        wrong[5] = "网格圆";
        TestReportJson json =
                TestReportJson.of(new Coverage(POLICY).run(read(report("G-1"), wrong), () -> {}), null, Locale.ENGLISH);

        assertThat(json.cases()).isZero();
        assertThat(json.broken()).isZero();
        assertThat(json.stories()).isNotNull().satisfies(stories -> {
            assertThat(stories.count()).isEqualTo(2);
            assertThat(stories.passed()).isEqualTo(1);
            assertThat(stories.broken()).isEqualTo(1);
            assertThat(stories.results().get(1).verdict()).isEqualTo(TestReportJson.Verdict.BROKEN);
            assertThat(stories.results().get(1).problems()).hasSize(1);
        });
    }

    @Test
    void a_policy_whose_answers_hand_nothing_over_is_told_once() {
        assertThat(lines(read(District.policy(), HEADER, report("G-1"), report("G-2"))))
                .containsExactly(
                        "s.xlsx 故事!A1: NO_STORIES: Stories cannot be run under this policy: its format is 1, and answers"
                                + " hand over what the next question needs from format 3 on. Raise its format, or test it"
                                + " with scenarios.");
    }
}
