package liandong.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import liandong.analysis.AnalysedTable;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.problem.Code;
import liandong.problem.Problem;
import org.junit.jupiter.api.Test;

/** Unfair tables, seeded one by one: each is told at its cell. */
class FairnessAnalysisTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
    private static final String FILE = "escalation.xlsx ";

    /** A policy that nothing is said of. */
    private static TinyPolicy clean() {
        return TinyEscalation.fair()
                .cell(FILE + "退单处理!K2", "时限比例 Share of limit")
                .cell(FILE + "退单处理!K4", "40")
                .cell(FILE + "退单处理!K5", "40")
                .cell(FILE + "流转上限!C4", "2")
                .row(FILE.strip(), "联席会议", "M2", "", "道路联席会议", "协办局", "水务公司", "试行", "待确认")
                .cell(FILE + "时限督办!L2", "限期比例 Within share")
                .cell(FILE + "时限督办!L4", "50")
                .cell(FILE + "总时限!C3", "30 天");
    }

    private static List<String> told(TinyPolicy tiny) {
        return lines(problems(tiny));
    }

    private static List<Problem> problems(TinyPolicy tiny) {
        Policy policy = tiny.load();
        var problems = new ArrayList<Problem>();
        List<AnalysedTable> tables = AnalysedTable.all(policy, TODAY, problem -> {});
        new FairnessAnalysis(policy, tables, TODAY, problems::add).tell();
        return problems.stream()
                // A small policy takes few of the actions there are; SeededFaultsTest asks what is never taken.
                .filter(problem -> problem.code() != Code.ACTION_NEVER)
                .toList();
    }

    private static List<String> lines(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.at() + " " + problem.code())
                .sorted()
                .toList();
    }

    @Test
    void fair_tables_are_silent() {
        assertThat(told(clean())).isEmpty();
    }

    @Test
    void a_pause_without_an_end() {
        assertThat(told(clean().cell(FILE + "时限变动!H4", ""))).containsExactly(FILE + "时限变动!H4 PAUSE_WITHOUT_END");
    }

    @Test
    void a_body_that_may_stop_its_own_clock() {
        assertThat(told(clean().cell(FILE + "时限变动!D3", "否").cell(FILE + "时限变动!E4", "")))
                .contains(FILE + "时限变动!G4 OWN_CLOCK");
    }

    @Test
    void extensions_that_nobody_may_grant() {
        assertThat(told(clean().cell(FILE + "延期审批!D3", "否").cell(FILE + "延期审批!E3", "")))
                .containsExactly(FILE + "延期审批!D3 EXTENSION_NEVER");
        assertThat(told(clean().cell(FILE + "时限变动!G6", "否"))).containsExactly(FILE + "时限变动!G3 EXTENSION_NEVER");
    }

    @Test
    void a_return_window_wider_than_the_limit() {
        assertThat(told(clean().cell(FILE + "退单处理!K4", ""))).containsExactly(FILE + "退单处理!E4 RETURN_WINDOW_TOO_LONG");
    }

    @Test
    void reassignments_that_the_limit_of_bodies_forbids() {
        assertThat(told(clean().cell(FILE + "流转上限!C4", "1"))).containsExactly(FILE + "流转上限!C4 REASSIGN_NEVER");
    }

    @Test
    void conferences_that_nobody_convenes() {
        assertThat(told(clean().cell(FILE + "联席会议!D4", "道路联席会议")))
                .containsExactly(FILE + "联席会议!D4 CONFERENCE_CONVENES_ITSELF");
        assertThat(told(clean().cell(FILE + "联席会议!B4", "井盖破损"))).containsExactly(FILE + "联席会议!C3 CONFERENCE_MISSING");
    }

    @Test
    void a_red_card_without_a_yellow_one_before() {
        assertThat(told(clean().cell(FILE + "时限督办!F3", "红牌"))).containsExactly(FILE + "时限督办!F3 LADDER_HOLE");
    }

    @Test
    void a_yellow_card_for_some_only_while_the_red_one_is_for_all_is_told_at_its_condition_with_what_it_leaves_out() {
        TinyPolicy some = clean().cell(FILE + "时限督办!M2", "来源 Source")
                .row(FILE.strip(), "时限督办", "L3", "", "100", "", "", "黄牌", "牵头", "", "", "试行", "待确认", "", "网格员")
                .row(FILE.strip(), "时限督办", "L4", "", "200", "", "", "红牌", "牵头", "", "", "试行", "待确认", "", "");
        List<Problem> problems = problems(some);

        assertThat(lines(problems)).containsExactly(FILE + "时限督办!M5 LADDER_TOO_NARROW");
        assertThat(problems.get(0).message(Locale.CHINESE)).isEqualTo("来源 热线的，红牌（L4）之前没有这张黄牌。");
        assertThat(told(some.cell(FILE + "时限督办!M6", "网格员"))).isEmpty();
    }

    @Test
    void an_answer_that_may_take_longer_than_the_matter() {
        assertThat(told(clean().cell(FILE + "时限督办!L4", ""))).containsExactly(FILE + "时限督办!I4 ANSWER_TOO_LONG");
    }

    @Test
    void a_level_above_that_is_the_body_itself() {
        assertThat(told(clean().cell(FILE + "提级对象!B3", "街道").cell(FILE + "提级对象!C3", "属地街道")))
                .containsExactly(FILE + "提级对象!C3 RAISED_TO_ITSELF");
    }

    @Test
    void a_level_above_that_is_no_higher_though_it_is_one_of_them() {
        assertThat(told(clean().cell(FILE + "提级对象!C3", "主办局"))).containsExactly(FILE + "提级对象!C3 RAISED_DOWN");
        assertThat(told(clean().cell(FILE + "提级对象!C3", "属地街道"))).containsExactly(FILE + "提级对象!C3 RAISED_DOWN");
    }

    @Test
    void citizens_whom_no_limit_protects_and_limits_shorter_than_the_stages() {
        assertThat(told(clean().cell(FILE + "总时限!B4", "路面坑洞"))).containsExactly(FILE + "总时限!B4 NO_CITIZEN_LIMIT");
        assertThat(told(clean().cell(FILE + "总时限!C4", "1 小时")))
                .containsExactly(FILE + "总时限!C4 CITIZEN_LIMIT_TOO_SHORT");
    }

    @Test
    void a_centre_that_nobody_waits_for_and_one_that_may_take_longer_than_the_matter() {
        TinyPolicy some = clean().cell(FILE + "裁定限期!J2", "事项 Event type")
                .cell(FILE + "裁定限期!J3", "井盖破损")
                .cell(FILE + "裁定限期!J4", "井盖破损");
        assertThat(told(some)).containsExactly(FILE + "裁定限期!J3 RULING_WITHOUT_LIMIT");
        assertThat(told(clean().cell(FILE + "裁定限期!D3", "")))
                .containsExactly(FILE + "裁定限期!C3 RULING_TOO_LONG", FILE + "裁定限期!C4 RULING_TOO_LONG");
    }

    @Test
    void a_ledger_that_nobody_looks_through() {
        TinyPolicy ledger = clean().cell(FILE + "升级条件!E3", "挂账");
        assertThat(told(ledger)).isEmpty();
        assertThat(told(ledger.cell(FILE + "等候督办!E4", ""))).containsExactly(FILE + "升级条件!E3 LEDGER_WITHOUT_REVIEW");
    }

    @Test
    void what_is_told_is_told_in_both_languages() {
        Policy policy = clean().cell(FILE + "时限变动!H4", "").load();
        var problems = new ArrayList<Problem>();
        new FairnessAnalysis(policy, AnalysedTable.all(policy, TODAY, problem -> {}), TODAY, problems::add).tell();

        assertThat(problems.get(0).message(Locale.CHINESE)).isEqualTo("这一行准许的暂停没有尽头。");
        assertThat(problems.get(0).message(Locale.ENGLISH)).isEqualTo("A pause that this row allows never ends.");
    }
}
