package liandong.cli;

import static liandong.cli.Commands.piped;
import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import liandong.explain.Columns;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {
    private static final String LAMP =
            "{\"id\":\"A-1\",\"reportedAt\":\"2026-11-20T16:00:00+08:00\",\"source\":\"网格\",\"area\":\"330102\",\"text\":\"我家楼下那条小巷子的路灯不亮，晚上看不清台阶，请派人看看\"}";

    @Test
    void the_answer_begins_with_its_outcome_and_goes_on_from_what_was_found_to_what_nearly_applied() {
        var run = piped(LAMP, "explain", "-", "--lang", "zh");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("结果  交办：")
                .containsSubsequence(
                        "\n\n正文中找到的\n",
                        "  • 路灯不亮：路灯故障（主题 城乡建设）",
                        "    我家楼下那条小巷子的【路灯不亮】，晚上看不清台阶，请派人…",
                        "依据：",
                        "  主题合计：城乡建设 ",
                        "\n\n结论的依据\n",
                        "事项：路灯故障（由关键词定）",
                        "← RTE-120 ",
                        "关键词行 KW-",
                        "  等级：",
                        "← RTE-200 ",
                        "routing.xlsx 分级!A",
                        "  紧急程度：",
                        "routing.xlsx 紧急程度!A",
                        "  牵头：",
                        "  路径：",
                        "← RTE-3",
                        "routing.xlsx 派单目录!A",
                        "  阶段：",
                        "← RTE-400 ",
                        "routing.xlsx 阶段时限!A",
                        "\n\n阶段与时限\n",
                        "  1. ",
                        "2026-11-20 16:30 → ",
                        " 到期（行 STG-",
                        "\n\n接近符合而未适用的行\n",
                        "\n\n上报 A-1，政策 stock ")
                .endsWith("研判于 2026-11-20 16:30\n");
        assertThat(run.out().lines()).allMatch(line -> Columns.width(line) <= 100);
    }

    @Test
    void what_rests_on_an_unconfirmed_source_says_so() {
        var run = piped(LAMP, "explain", "-", "--lang", "zh");

        assertThat(run.out()).contains("依据待确认的有：").contains("（待确认）");
    }

    @Test
    void the_same_is_told_in_english() {
        var run = piped(LAMP, "explain", "-", "--lang", "en");

        assertThat(run.out())
                .startsWith("Outcome  Assigned: ")
                .containsSubsequence(
                        "Found in the text",
                        "【路灯不亮】",
                        "(unconfirmed)",
                        "What led to it",
                        "Category: ",
                        "(by keywords)",
                        "Stages and limits",
                        "What nearly applied",
                        "Report A-1, policy stock ");
        assertThat(run.out().lines()).allMatch(line -> Columns.width(line) <= 100);
    }

    @Test
    void a_text_that_says_too_little_is_for_a_person_and_what_is_open_is_said() {
        var run = piped(LAMP.replaceAll("\"text\":\".*\"", "\"text\":\"嗯嗯\""), "explain", "-", "--lang", "zh");

        assertThat(run.out())
                .startsWith("结果  人工研判（依据不足）：须由指挥中心人员判断。")
                .containsSubsequence("没有关键词。", "事项：未定", "← RTE-140 ", "分拣门槛!A", "接近符合而未适用的行", "首位主题 0 分，门槛 ");
    }

    @Test
    void what_the_grid_settled_is_archived_by_the_rule_alone() {
        var run = piped(LAMP.replace("}", ",\"settled\":true}"), "explain", "-", "--lang", "zh");

        assertThat(run.out()).startsWith("结果  归档：无须再办。").containsSubsequence("其他依据", "← RTE-010 ", "依据：");
    }

    @Test
    void a_merged_report_names_the_incident_it_joins_and_a_danger_its_emergency_line() {
        assertThat(piped(LAMP.replace("}", ",\"sameAs\":\"B-7\"}"), "explain", "-", "--lang", "en")
                        .out())
                .startsWith("Outcome  Merged into the open incident B-7.");
        assertThat(piped(LAMP.replace("}", ",\"lifeInDanger\":true}"), "explain", "-", "--lang", "zh")
                        .out())
                .startsWith("结果  紧急转接：立即转 ")
                .containsSubsequence("  转接：", "← RTE-020 ", "转接!A");
    }

    @Test
    void a_report_that_names_its_event_type_is_not_searched() {
        var run = piped(LAMP.replace("}", ",\"eventType\":\"路灯故障\"}"), "explain", "-", "--lang", "zh");

        assertThat(run.out()).contains("未研读正文").contains("（由报送人定）");
    }

    @Test
    void a_row_that_nearly_applied_is_told_with_what_it_lacked() {
        var run = piped(LAMP.replace("}", ",\"eventType\":\"危险房屋\"}"), "explain", "-", "--lang", "zh");

        assertThat(run.out())
                .containsSubsequence(
                        "接近符合而未适用的行", "  • REL-007，routing.xlsx 转接!A9：危及生命 是，事项 危险房屋 → ", "    未符合：危及生命应为 是，实为 否");
    }

    @Test
    void why_an_answer_is_not_another_is_told_with_what_would_give_it_and_what_stands_against_it() {
        String hole = LAMP.replace("}", ",\"eventType\":\"路灯故障\"}");

        assertThat(piped(hole, "explain", "-", "--why-not", "结果=紧急转接", "--lang", "zh")
                        .out())
                .startsWith("为什么不是  结果 紧急转接？\n  现在是 交办。\n")
                .containsSubsequence(
                        "\n\n怎样才会是（每一条都已实际研判，确实如此）\n",
                        "  • 危及生命 否 → 是；届时结果为 紧急转接\n",
                        "\n\n第一道关口\n",
                        "转接：现命中 无；须命中 REL-",
                        "      未符合：危及生命应为 是，实为 否\n",
                        "  • 规则 RTE-020 ",
                        "\n\n会这样说的行\n  没有哪一行这样说，由规则得出。",
                        "\n\n试过什么\n  改动后的请求 ",
                        "  保持不变的：事件编号、");
        assertThat(piped(hole, "explain", "-", "--why-not", "outcome=ASSIGNED", "--lang", "en")
                        .out())
                .isEqualTo("Why not  结果 交办?\n  The answer says so as it is.\n");
    }

    @Test
    void what_cannot_be_wanted_is_refused_with_what_can() {
        var run = piped(LAMP, "explain", "-", "--why-not", "outcme=ASSIGNED", "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("--why-not: UNKNOWN_CHOICE: \"outcme\" cannot be given here. Possible: outcome=…? ");
        assertThat(piped(LAMP, "explain", "-", "--why-not", "outcome=ASSIGNED", "--most", "0", "--lang", "en"))
                .satisfies(wrong -> assertThat(wrong.exitCode()).isEqualTo(2))
                .satisfies(wrong -> assertThat(wrong.err()).contains("--most must be 1 or more, not 0."));
    }

    @Test
    void bad_input_is_refused_with_every_fault_at_its_place() {
        var run = piped(
                "{\"incident\":{\"id\":\"\",\"source\":\"网格员\",\"area\":\"330102\",\"people\":\"two\"}}",
                "explain",
                "-",
                "--lang",
                "zh");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("无法答复，有 5 处须更正：\n")
                .contains("  /incident/id: TOO_SHORT: ")
                .contains("  /incident/reportedAt: MISSING_FIELD: 缺少“reportedAt”字段。")
                .contains("  /incident/source: UNKNOWN_CODE: ")
                .contains("  /incident/people: WRONG_JSON_TYPE: ");
        assertThat(piped("{", "explain", "-").err()).contains("/: BAD_JSON: ");
        assertThat(run("explain", "none.json").exitCode()).isEqualTo(2);
    }
}
