package liandong.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liandong.Seeds;
import liandong.analysis.TableAnalysis;
import liandong.policy.TinyPolicy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.routing.SeverityRow;
import liandong.sheet.WorkbookReader;
import liandong.table.Facts;
import liandong.table.HitPolicy;
import liandong.table.SheetReader;
import liandong.table.TableContract;
import liandong.table.Workbooks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One finding at a time, each beside the near miss that is none. */
@Tag("slow") // analyses tables up to the limits
class CheckTest {
    private static final String FILE = "routing.xlsx";

    private static List<String> lines(TinyPolicy policy, Code code) {
        return problems(policy).stream()
                .filter(problem -> problem.code() == code)
                .map(problem -> problem.at() + ": " + problem.message(Locale.ENGLISH))
                .toList();
    }

    private static List<Problem> problems(TinyPolicy policy) {
        CheckResult checked = PolicyCheck.of(policy.files(), TinyPolicy.TODAY);
        return checked.problems();
    }

    private static TinyPolicy tiny() {
        return TinyPolicy.withOneRule();
    }

    @Test
    void a_sound_policy_has_only_what_its_tables_leave_out() {
        assertThat(problems(tiny()).stream().map(problem -> problem.line(Locale.ENGLISH)))
                .containsExactly(
                        "routing.xlsx 关键词!A3: UNCONFIRMED_ROWS: What the rows rest on has not been confirmed: 3–6 (4 in all)."
                                + " Compare them with their source, then write 已确认 into the column 状态.",
                        "routing.xlsx 派单目录!A4: UNCONFIRMED_ROWS: What the rows rest on has not been confirmed: 4 (1 in all)."
                                + " Compare them with their source, then write 已确认 into the column 状态.",
                        "vocabulary.xlsx 事项!B5: EVENT_TYPE_WITHOUT_ROW: No row of \"派单目录\" can apply to the event type"
                                + " \"其他道路问题\", so it always needs a person. Add a row for it, or a last row without conditions.");
    }

    @Test
    void a_last_row_without_conditions_is_a_duty_row_for_every_event_type() {
        var policy = tiny().row(FILE, "派单目录", "D-4", "", "主办局", "", "部门", "", "三定方案", "已确认", "", "");

        assertThat(lines(policy, Code.EVENT_TYPE_WITHOUT_ROW)).isEmpty();
    }

    @Test
    void rows_that_have_ended_are_no_duty_rows() {
        var policy = tiny().cell("routing.xlsx 派单目录!J4", "2026-03-01");

        assertThat(lines(policy, Code.EVENT_TYPE_WITHOUT_ROW))
                .contains("vocabulary.xlsx 事项!B4: No row of \"派单目录\" can apply to the event type \"井盖破损\","
                        + " so it always needs a person.");
    }

    @Test
    void a_row_that_says_what_another_says_is_told_whatever_the_order_of_its_words() {
        var policy = tiny().row(FILE, "关键词", "K-5", "塌陷、坑洞", "路面坑洞", "8", "试行", "待确认")
                .row(FILE, "关键词", "K-6", "塌陷", "路面坑洞", "8", "试行", "待确认");

        assertThat(lines(policy, Code.DUPLICATE_ROW))
                .containsExactly("routing.xlsx 关键词!A7: This row says the same as K-1 in row 3.");
    }

    @Test
    void where_the_first_row_wins_a_row_with_the_same_conditions_is_told_unless_its_days_differ() {
        var policy = tiny().row(FILE, "派单目录", "D-4", "路面坑洞", "协办局", "", "部门", "", "三定方案", "已确认", "", "");

        assertThat(lines(policy, Code.SAME_CONDITIONS))
                .containsExactly(
                        "routing.xlsx 派单目录!A6: This row has the same conditions as D-1 in row 3, but another conclusion.");
        assertThat(lines(policy.cell("routing.xlsx 派单目录!J3", "2026-12-31"), Code.SAME_CONDITIONS))
                .isEmpty();
    }

    @Test
    void a_row_is_told_that_several_rows_above_it_cover_together() {
        String[] header = {"编号 Id", "等级 Severity", "死亡人数 Deaths", "紧急程度 Urgency", "依据 Source", "状态 Status"};
        var policy = tiny().sheet(
                        FILE,
                        "紧急程度",
                        header,
                        new String[] {"U-1", "重大", "", "紧急", "标准", "已确认"},
                        new String[] {"U-2", "一般", "≥1", "紧急", "标准", "已确认"},
                        new String[] {"U-3", "一般", "≤1", "普通", "标准", "已确认"},
                        new String[] {"U-4", "", "0~5", "普通", "标准", "已确认"});

        assertThat(lines(policy, Code.UNREACHABLE_ROW))
                .containsExactly("routing.xlsx 紧急程度!A6: This row never applies, because rows above it cover all that it"
                        + " covers: U-1 (3)、U-2 (4)、U-3 (5).");
        assertThat(lines(policy.cell("routing.xlsx 紧急程度!C4", "≥3"), Code.UNREACHABLE_ROW))
                .isEmpty();
    }

    @Test
    void lists_and_exclusions_of_numbers_are_compared_number_by_number() {
        String[] header = {"编号 Id", "等级 Severity", "死亡人数 Deaths", "紧急程度 Urgency", "依据 Source", "状态 Status"};
        var policy = tiny().sheet(
                        FILE,
                        "紧急程度",
                        header,
                        new String[] {"U-1", "", "0、2~3", "紧急", "标准", "已确认"},
                        new String[] {"U-2", "", "非 0、2~4", "普通", "标准", "已确认"},
                        new String[] {"U-3", "", "1、3", "紧急", "标准", "已确认"});

        assertThat(lines(policy, Code.UNREACHABLE_ROW))
                .containsExactly("routing.xlsx 紧急程度!A5: This row never applies, because rows above it cover all that it"
                        + " covers: U-1 (3)、U-2 (4).");
        var exclusive = policy.cell("routing.xlsx 紧急程度!C5", "1、4")
                .cell("routing.xlsx 说明!C2", "完整 Complete")
                .cell("routing.xlsx 说明!C7", "是");
        assertThat(lines(exclusive, Code.UNREACHABLE_ROW)).isEmpty();
        assertThat(lines(exclusive, Code.UNCOVERED_FACTS)).isEmpty();
        assertThat(lines(exclusive.cell("routing.xlsx 紧急程度!C5", "1"), Code.UNCOVERED_FACTS))
                .singleElement()
                .asString()
                .contains("死亡人数 4");
        assertThat(lines(exclusive.cell("routing.xlsx 说明!B7", "唯一命中"), Code.OVERLAPPING_ROWS))
                .singleElement()
                .asString()
                .contains("U-2 (4)", "死亡人数 1");
    }

    @Test
    void a_row_without_conditions_that_stands_first_is_one_finding_and_no_column_is_called_idle() {
        String[] header = {"编号 Id", "等级 Severity", "死亡人数 Deaths", "紧急程度 Urgency", "依据 Source", "状态 Status"};
        var policy = tiny().sheet(
                        FILE,
                        "紧急程度",
                        header,
                        new String[] {"U-1", "", "", "普通", "标准", "已确认"},
                        new String[] {"U-2", "重大", "", "紧急", "标准", "已确认"},
                        new String[] {"U-3", "一般", "", "普通", "标准", "已确认"},
                        new String[] {"U-4", "重大", "≥1", "紧急", "标准", "已确认"});

        assertThat(lines(policy, Code.COVERS_ROWS))
                .containsExactly("routing.xlsx 紧急程度!A3: This row covers 3 rows below it, so they never apply:"
                        + " U-2 (4)、U-3 (5)、U-4 (6).");
        assertThat(lines(policy, Code.UNREACHABLE_ROW)).isEmpty();
        assertThat(lines(policy, Code.IDLE_CONDITION)).isEmpty();
    }

    @Test
    void a_condition_that_nothing_meets_is_told_at_its_cell() {
        assertThat(lines(tiny().cell("routing.xlsx 分级!B3", "<0"), Code.IMPOSSIBLE_CONDITION))
                .containsExactly("routing.xlsx 分级!B3: Nothing can meet \"死亡人数 <0\", so this row never applies.");
        assertThat(lines(tiny().cell("routing.xlsx 分级!B3", "<1"), Code.IMPOSSIBLE_CONDITION))
                .isEmpty();
    }

    @Test
    void an_event_type_of_another_category_is_impossible() {
        String[] header = {"编号 Id", "事项 Event type", "类别 Category", "等级 Severity", "依据 Source", "状态 Status"};
        var policy = tiny().sheet(
                        FILE,
                        "分级",
                        header,
                        new String[] {"S-1", "邻里纠纷", "安全", "重大", "标准", "已确认"},
                        new String[] {"S-2", "井盖破损", "安全", "重大", "标准", "已确认"},
                        new String[] {"S-3", "", "", "一般", "标准", "已确认"});

        assertThat(lines(policy, Code.IMPOSSIBLE_CONDITION))
                .containsExactly("routing.xlsx 分级!C3: Nothing can meet \"事项 邻里纠纷，类别 安全\", so this row never applies.");
        assertThat(lines(policy, Code.IDLE_CONDITION)).isEmpty(); // without it the first row would come alive
    }

    @Test
    void where_exactly_one_row_may_match_two_that_do_are_shown_with_facts() {
        var policy = tiny().cell("routing.xlsx 说明!B7", "唯一命中");

        assertThat(lines(policy, Code.OVERLAPPING_ROWS))
                .containsExactly("routing.xlsx 紧急程度!A4: Exactly one row may match, but this one and U-1 (3) both do,"
                        + " for example: 等级 重大.");
        assertThat(lines(policy.cell("routing.xlsx 紧急程度!B4", "非 重大"), Code.OVERLAPPING_ROWS))
                .isEmpty();
    }

    @Test
    void what_no_row_covers_of_a_table_that_promises_to_be_complete_is_shown_with_facts() {
        var policy = tiny().cell("routing.xlsx 说明!C2", "完整 Complete").cell("routing.xlsx 分级!B4", "≥2");

        assertThat(lines(policy, Code.UNCOVERED_FACTS)).isEmpty();
        assertThat(lines(policy.cell("routing.xlsx 说明!C6", "是"), Code.UNCOVERED_FACTS))
                .containsExactly("routing.xlsx 分级!A2: \"分级\" promises to be complete, but no row covers for example:"
                        + " 死亡人数 0.");
        assertThat(lines(policy.cell("routing.xlsx 分级!B4", "0"), Code.UNCOVERED_FACTS))
                .isEmpty();
        assertThat(lines(policy.cell("routing.xlsx 说明!C6", "也许"), Code.NOT_YES_OR_NO))
                .containsExactly("routing.xlsx 说明!C6: The column \"完整 Complete\" wants 是 or 否, not \"也许\".");
    }

    @Test
    void a_column_without_cells_and_one_that_decides_nothing_are_told_apart() {
        assertThat(lines(tiny().cell("routing.xlsx 分级!B3", ""), Code.UNUSED_CONDITION))
                .containsExactly("routing.xlsx 分级!B2: No row asks anything of \"死亡人数\".");
        assertThat(lines(tiny().cell("routing.xlsx 紧急程度!C3", "普通"), Code.IDLE_CONDITION))
                .containsExactly("routing.xlsx 紧急程度!B2: \"等级\" never changes the outcome: without this column all facts"
                        + " would be concluded the same.");
        assertThat(lines(tiny(), Code.IDLE_CONDITION)).isEmpty();
    }

    @Test
    void labels_and_bodies_that_no_row_comes_to_are_told_where_the_vocabulary_names_them() {
        var policy = tiny().row("vocabulary.xlsx", "主题", "NOISE", "噪声")
                .row("vocabulary.xlsx", "单位", "IDLE", "闲置局", "部门")
                .row("vocabulary.xlsx", "单位", "OTHER_STREET", "另一街道", "街道")
                .row("vocabulary.xlsx", "来源", "PRESS", "媒体");

        assertThat(lines(policy, Code.UNUSED_LABEL))
                .containsExactly("vocabulary.xlsx 主题!B5: No row of a table and no other word uses \"噪声\".");
        assertThat(lines(policy, Code.UNREACHED_BODY))
                .containsExactly(
                        "vocabulary.xlsx 单位!B10: No row that can apply names \"闲置局\", so it never gets a matter"
                                + " and is never informed.");
    }

    @Test
    void a_finding_about_a_word_is_accepted_in_the_vocabulary_by_its_code_and_the_others_of_the_sheet_stay() {
        var policy = tiny().row("vocabulary.xlsx", "主题", "NOISE", "噪声").row("vocabulary.xlsx", "主题", "DUST", "扬尘");
        String noise = "vocabulary.xlsx 主题!B5: No row of a table and no other word uses \"噪声\".";
        String dust = "vocabulary.xlsx 主题!B6: No row of a table and no other word uses \"扬尘\".";
        assertThat(lines(policy, Code.UNUSED_LABEL)).containsExactly(noise, dust);

        policy.sheet("vocabulary.xlsx", "认可", new String[] {"问题", "工作表", "行", "理由", "认可人"}, new String[] {
            "UNUSED_LABEL", "主题", "NOISE", "明年启用", "张三"
        });

        assertThat(lines(policy, Code.UNUSED_LABEL)).containsExactly(dust);
        assertThat(lines(policy, Code.ACCEPTED_NOTHING)).isEmpty();
    }

    @Test
    void a_keyword_within_another_is_told_with_both_cells_and_again_when_it_turns_the_outcome() {
        var policy = tiny().row(FILE, "关键词", "K-5", "井盖噪声", "井盖破损", "5", "试行", "待确认");

        assertThat(lines(policy, Code.KEYWORD_WITHIN))
                .containsExactly("routing.xlsx 关键词!B7: The keyword 井盖噪声 → 井盖破损 5 contains 井盖 → 井盖破损 8 B4,"
                        + " and a text that says it gets the points of both.");
        assertThat(lines(policy, Code.KEYWORD_OUTVOTED)).isEmpty();
        assertThat(lines(policy.cell("routing.xlsx 关键词!C7", "邻里纠纷"), Code.KEYWORD_OUTVOTED))
                .containsExactly("routing.xlsx 关键词!B7: A text that only says \"井盖噪声\" goes to the topic 道路 (8) instead"
                        + " of 邻里 (5), because of shorter keywords within it: B4 井盖 8.");
        assertThat(lines(policy.cell("routing.xlsx 关键词!D7", "9"), Code.KEYWORD_OUTVOTED))
                .isEmpty();
    }

    @Test
    void a_keyword_that_shorter_ones_outvote_is_told_only_where_a_text_so_short_is_counted() {
        var policy = tiny().row(FILE, "关键词", "K-5", "井盖噪声", "邻里纠纷", "5", "试行", "待确认");

        assertThat(lines(longFrom(policy, "≥4"), Code.KEYWORD_OUTVOTED)).hasSize(1);
        assertThat(lines(longFrom(policy, "≥5"), Code.KEYWORD_OUTVOTED)).isEmpty();
    }

    /** With keywords counted in texts of this length alone. */
    private static TinyPolicy longFrom(TinyPolicy policy, String length) {
        return policy.sheet(
                FILE, "分拣门槛", new String[] {"编号", "正文字数", "最低票数", "最低领先", "具体票数", "依据", "状态"}, new String[] {
                    "T-1", length, "5", "20", "5", "试行", "已确认"
                });
    }

    @Test
    void many_keywords_within_others_are_told_in_one_sentence() {
        TinyPolicy policy = tiny();
        for (int i = 0; i < 60; i++) {
            policy.row(FILE, "关键词", "K-1" + i, "井盖" + (char) ('一' + i), "井盖破损", "5", "试行", "待确认");
        }

        assertThat(lines(policy, Code.KEYWORD_WITHIN)).isEmpty();
        assertThat(lines(policy, Code.KEYWORDS_WITHIN))
                .singleElement()
                .asString()
                .startsWith(
                        "routing.xlsx 关键词!B2: 60 keywords of this table contain another with other points, and a text"
                                + " that says one gets both; the first: B7 井盖一 ⊃ B4 井盖");
    }

    @Test
    void a_table_too_intricate_to_decide_ends_in_a_note() {
        var random = Seeds.random();
        var rows = new ArrayList<String[]>();
        rows.add(new String[] {"分级"});
        rows.add(new String[] {"编号", "死亡人数", "重伤人数", "损失（百万元）", "人数", "等级", "依据", "状态"});
        for (int row = 0; row < 2_000; row++) {
            var cells = new ArrayList<String>(List.of("S-" + row));
            for (int column = 0; column < 4; column++) {
                int from = random.nextInt(10_000);
                cells.add(from + "~" + (from + 8_000));
            }
            cells.addAll(List.of(row % 2 == 0 ? "一般" : "重大", "测试", "已确认"));
            rows.add(cells.toArray(String[]::new));
        }
        var problems = new ArrayList<Problem>();
        var sheet = WorkbookReader.read(
                        "t.xlsx", Workbooks.xlsx(Map.of("分级", rows.toArray(String[][]::new))), problems::add)
                .get(0);
        var table = new SheetReader(Facts.VOCABULARY, TinyPolicy.TODAY, problems::add)
                .table(sheet, SeverityRow.class, new TableContract(HitPolicy.FIRST, false), new HashMap<>());
        new TableAnalysis(table, Facts.VOCABULARY, TinyPolicy.TODAY, problems::add).tell();

        assertThat(problems.stream().map(problem -> problem.line(Locale.ENGLISH)))
                .contains("t.xlsx 分级!A2: UNDECIDED_TABLE: \"分级\" has 2000 rows that are too intricate to compare all of"
                        + " them, so something may not have been found. Split rows that overlap much, or put part of them"
                        + " into a table of its own.");
    }
}
