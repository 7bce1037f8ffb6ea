package liandong.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import liandong.escalation.TinyEscalation;
import liandong.policy.TinyPolicy;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import org.junit.jupiter.api.Test;

/**
 * Faults that show only when the tables of escalation, closure or scoring are read together, each with its innocent neighbour: what
 * never ends, what never comes, what is graver and yet slower or milder.
 */
class JointFaultsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    /** What this class is about. */
    private static final Set<Code> CODES = Set.of(
            Code.LADDER_TOO_NARROW,
            Code.GRAVER_SLOWER,
            Code.PAUSE_NEVER,
            Code.CLOCK_WITHOUT_END,
            Code.WAIT_NEVER,
            Code.COUNT_NEVER_REACHED,
            Code.STAGE_NEVER_HAD,
            Code.EXTENSION_NOT_COUNTED,
            Code.EXTENSION_TOO_LATE,
            Code.PROOF_ALWAYS_WAIVED,
            Code.FOLLOW_UP_MISSING,
            Code.FOLLOW_UP_WITHOUT_END,
            Code.RATE_FALLS,
            Code.REDO_NEVER,
            Code.DEDUCTION_NEVER,
            Code.GRADE_NEVER,
            Code.FRAUD_PASSES,
            Code.FAULT_EARNS_POINTS,
            Code.MERIT_COSTS_POINTS,
            Code.GRAVER_COSTS_LESS);

    private static String[] cells(String... cells) {
        return cells;
    }

    /** What is told, in Chinese, each with its cell. */
    private static List<String> told(TinyPolicy tiny) {
        CheckResult checked = PolicyCheck.of(tiny.files(), TODAY);
        assertThat(checked.policy()).as(checked.problems()::toString).isNotNull();
        var told = new ArrayList<String>();
        for (Problem problem : checked.problems()) {
            if (CODES.contains(problem.code())) {
                assertThat(problem.at()).isInstanceOf(CellRef.class);
                assertThat(problem.message(Locale.ENGLISH)).doesNotContain("{").isNotBlank();
                told.add(problem.at() + " " + problem.code() + " " + problem.message(Locale.CHINESE));
            }
        }
        return told;
    }

    // ———— Escalation ————

    private static final String CHANGES = "escalation.xlsx 时限变动!";
    private static final String GRANTS = "escalation.xlsx 延期审批!";

    /** Pauses of five days, two extensions and one explanation. */
    private static TinyPolicy escalation() {
        return TinyEscalation.fair()
                .cell(CHANGES + "F6", "≤2")
                .cell(GRANTS + "C4", "")
                .cell(GRANTS + "C3", "≤1");
    }

    @Test
    void sound_escalation_is_silent() {
        assertThat(told(escalation())).isEmpty();
    }

    @Test
    void explanations_extensions_and_pauses_that_count_however_often() {
        assertThat(told(escalation().cell(CHANGES + "F7", "")))
                .containsExactly(CHANGES + "F7 CLOCK_WITHOUT_END 按这一行，“说明原因”不论第几次都有效，没有尽头。");
        assertThat(told(escalation().cell(CHANGES + "F6", "≥2")))
                .containsExactly(CHANGES + "F6 CLOCK_WITHOUT_END 按这一行，“同意延期”不论第几次都有效，没有尽头。");
        assertThat(told(escalation().cell(CHANGES + "F4", "")))
                .containsExactly(CHANGES + "F4 CLOCK_WITHOUT_END 按这一行，“暂停”不论第几次都有效，没有尽头。");
    }

    @Test
    void pauses_that_rows_tell_of_and_none_allows() {
        assertThat(told(escalation().cell(CHANGES + "B3", "暂停").cell(CHANGES + "D3", "")))
                .containsExactly(CHANGES + "G3 PAUSE_NEVER 任何暂停都不准许，不论由谁决定、为何事由：本行在准许暂停的各行之前一概不准。");
        assertThat(told(escalation().cell(CHANGES + "G4", "否"))).isEmpty(); // nobody means to allow any
    }

    @Test
    void a_reminder_later_than_the_longest_pause() {
        TinyPolicy late =
                escalation().row("escalation.xlsx", "等候督办", "W3", "", "暂停", "6 天", "", "提醒", "牵头", "", "", "试行", "待确认");
        assertThat(told(late)).containsExactly("escalation.xlsx 等候督办!D5 WAIT_NEVER 永远不会提醒：须满 6 天，而暂停最长 5 天（G2）。");
        assertThat(told(late.cell("escalation.xlsx 等候督办!D5", "5 天"))).isEmpty();
    }

    @Test
    void a_ledger_after_more_extensions_than_anybody_is_given() {
        TinyPolicy counting =
                escalation().cell("escalation.xlsx 升级条件!K2", "延期次数 Extensions").cell("escalation.xlsx 升级条件!K3", "≥3");
        assertThat(told(counting))
                .containsExactly("escalation.xlsx 升级条件!K3 COUNT_NEVER_REACHED 这一行永远不会适用（延期次数 ≥3）："
                        + "按“延期审批”“时限变动”，一个阶段至多 2 次，所以永远不会“提级办理”。");
        assertThat(told(counting.cell("escalation.xlsx 升级条件!K3", "≥2"))).isEmpty();
    }

    @Test
    void extensions_that_are_granted_and_not_counted_or_asked_for_too_late() {
        TinyPolicy some = escalation()
                .cell(CHANGES + "K2", "紧急程度 Urgency")
                .cell(CHANGES + "K6", "紧急")
                .row("escalation.xlsx", "时限变动", "G6", "同意延期", "", "", "", "", "否", "", "试行", "待确认", "");
        assertThat(told(some)).containsExactly(CHANGES + "G8 EXTENSION_NOT_COUNTED “延期审批”X1 同意的延期，这一行一概不认。");
        assertThat(told(some.cell(CHANGES + "K6", ""))).isEmpty();
        TinyPolicy late = escalation().cell(GRANTS + "B3", "≥6").cell(GRANTS + "B4", "≤5");
        assertThat(told(late))
                .containsExactly(
                        GRANTS + "B4 EXTENSION_TOO_LATE 按这一行，多数阶段永远来不及申请延期：开始当天就已经晚了。" + "包括：路面坑洞、井盖破损、其他道路问题、邻里纠纷。");
    }

    @Test
    void what_is_done_about_stages_that_no_matter_has() {
        TinyPolicy waiting = escalation().cell("escalation.xlsx 时限督办!L2", "法定程序 Procedure");
        assertThat(told(waiting.cell("escalation.xlsx 时限督办!L4", "否"))).isEmpty();
        assertThat(told(waiting.cell("escalation.xlsx 时限督办!L4", "是")))
                .containsExactly("escalation.xlsx 时限督办!L4 STAGE_NEVER_HAD 这一行永远不会适用：“阶段时限”没有这样的阶段" + "（阶段 修复，法定程序 是）。");
    }

    @Test
    void a_citizen_who_waits_longer_the_more_urgent_it_is() {
        TinyPolicy slow = escalation()
                .cell("escalation.xlsx 总时限!L2", "紧急程度 Urgency")
                .cell("escalation.xlsx 总时限!L3", "紧急")
                .cell("escalation.xlsx 总时限!B3", "");
        assertThat(told(slow)).isEmpty();
        assertThat(told(slow.cell("escalation.xlsx 总时限!C3", "30 天")))
                .containsExactly(
                        "escalation.xlsx 总时限!C3 GRAVER_SLOWER 紧急程度 紧急的，按这一行为 30 天；" + "其余相同而为普通的，只有 20 天（Z2）。");
    }

    // ———— Closure ————

    private static final String FILE = "closure.xlsx";

    private static TinyPolicy closure() {
        return TinyPolicy.complete()
                .raw(
                        FILE,
                        "说明",
                        cells("工作表 Sheet", "命中方式 Hit policy"),
                        cells("办结佐证", "全部适用"),
                        cells("免交佐证", "全部适用"),
                        cells("回访抽样", "首行命中"),
                        cells("回访方式", "首行命中"),
                        cells("归档类别", "首行命中"),
                        cells("重办", "首行命中"))
                .sheet(
                        FILE,
                        "办结佐证",
                        cells("编号 Id", "来源 Source", "佐证 Proofs", "任一 Any one", "依据 Basis", "状态 Status"),
                        cells("E-1", "热线", "联系群众", "", "试行", "待确认"),
                        cells("E-2", "", "现场照片、核查记录", "是", "试行", "待确认"))
                .sheet(
                        FILE,
                        "免交佐证",
                        cells("编号 Id", "来源 Source", "免交 Waived", "依据 Basis", "状态 Status"),
                        cells("V-1", "网格员", "联系群众、现场照片", "试行", "待确认"))
                .sheet(
                        FILE,
                        "回访抽样",
                        cells(
                                "编号 Id",
                                "逾期 Late",
                                "弄虚作假次数 Frauds",
                                "紧急程度 Urgency",
                                "诉求性质 Nature",
                                "抽样比例 Rate",
                                "依据 Basis",
                                "状态 Status"),
                        cells("M-0", "", "", "", "咨询", "0", "试行", "待确认"),
                        cells("M-1", "", "≥1", "", "", "100", "试行", "待确认"),
                        cells("M-2", "是", "", "", "", "100", "试行", "待确认"),
                        cells("M-3", "", "", "紧急", "", "60", "试行", "待确认"),
                        cells("M-4", "", "", "", "", "30", "试行", "待确认"))
                .sheet(
                        FILE,
                        "回访方式",
                        cells(
                                "编号 Id",
                                "回访次数 Follow-ups",
                                "满意度 Satisfaction",
                                "来源 Source",
                                "诉求性质 Nature",
                                "回访单位 By",
                                "方式 How",
                                "时限 Limit",
                                "依据 Basis",
                                "状态 Status"),
                        cells("F-1", "≤2", "倾向不满意", "", "", "主办局", "电话", "1 工作日", "试行", "待确认"),
                        cells("F-2", "0", "", "网格员", "", "主办局", "现场核查", "1 工作日", "试行", "待确认"),
                        cells("F-3", "0", "", "", "非 咨询", "主办局", "电话", "1 工作日", "试行", "待确认"),
                        cells("F-4", "0", "", "", "", "主办局", "电话", "1 工作日", "试行", "待确认"))
                .sheet(
                        FILE,
                        "重办",
                        cells("编号 Id", "紧急程度 Urgency", "时限 Limit", "最多次数 Most redos", "依据 Basis", "状态 Status"),
                        cells("O-1", "紧急", "4 小时", "1", "试行", "待确认"),
                        cells("O-2", "", "2 工作日", "1", "试行", "待确认"))
                .sheet(
                        FILE,
                        "归档类别",
                        cells("编号 Id", "归档类别 Archive class", "依据 Basis", "状态 Status"),
                        cells("A-1", "总库", "试行", "待确认"));
    }

    @Test
    void sound_closure_is_silent() {
        assertThat(told(closure())).isEmpty();
    }

    @Test
    void a_proof_that_is_asked_for_and_always_waived() {
        assertThat(told(closure().cell(FILE + " 免交佐证!B3", "")))
                .containsExactly(FILE + " 免交佐证!C3 PROOF_ALWAYS_WAIVED 凡要求“联系群众、现场照片”的，这一行一律免交：“办结佐证”E-1 要了等于没要。");
        assertThat(told(closure().cell(FILE + " 免交佐证!B3", "网格员、热线")))
                .containsExactly(FILE + " 免交佐证!C3 PROOF_ALWAYS_WAIVED 凡要求“联系群众、现场照片”的，这一行一律免交：“办结佐证”E-1 要了等于没要。");
    }

    @Test
    void cases_that_are_taken_and_that_nobody_is_to_ask_about() {
        assertThat(told(closure()
                        .cell(FILE + " 回访方式!B4", "1")
                        .cell(FILE + " 回访方式!D5", "网格员")
                        .cell(FILE + " 回访方式!D6", "网格员")))
                .containsExactly(FILE + " 回访方式!D6 FOLLOW_UP_MISSING “回访抽样”抽中的，有的没有回访方式的行：来源 热线。");
        // What is never taken needs no way of asking.
        assertThat(told(closure().cell(FILE + " 回访方式!E6", "求助"))).isEmpty();
    }

    @Test
    void a_citizen_who_is_asked_again_and_again() {
        assertThat(told(closure().cell(FILE + " 回访方式!B3", "≥1")))
                .containsExactly(FILE + " 回访方式!B3 FOLLOW_UP_WITHOUT_END 按这一行，不论回访过几次都再回访，案件永远不会结案：倾向不满意。");
        assertThat(told(closure().cell(FILE + " 回访方式!C3", "满意").cell(FILE + " 回访方式!B3", "")))
                .isEmpty();
    }

    @Test
    void what_is_late_or_more_urgent_or_was_fraud_is_followed_up_no_less() {
        assertThat(told(closure().cell(FILE + " 回访抽样!F5", "20")))
                .containsExactly(FILE + " 回访抽样!F5 RATE_FALLS 越该查的越不查：逾期 是的，按这一行回访 20%；较轻的反而 30%（M-4）。");
        assertThat(told(closure().cell(FILE + " 回访抽样!F6", "20")))
                .containsExactly(FILE + " 回访抽样!F6 RATE_FALLS 越该查的越不查：紧急程度 紧急的，按这一行回访 20%；较轻的反而 30%（M-4）。");
        assertThat(told(closure().cell(FILE + " 回访抽样!F4", "90"))).hasSize(1);
    }

    @Test
    void a_redo_that_is_slower_when_urgent_and_one_that_never_comes() {
        assertThat(told(closure().cell(FILE + " 重办!C3", "4 天")))
                .containsExactly(FILE + " 重办!C3 GRAVER_SLOWER 紧急程度 紧急的，按这一行为 4 天；其余相同而为普通的，只有 2 工作日（O-2）。");
        assertThat(told(closure().cell(FILE + " 重办!D4", "0")))
                .containsExactly(FILE + " 重办!D4 REDO_NEVER 按这一行永远不会重办：不予认可的一律由指挥中心裁定。");
    }

    // ———— Scoring ————

    private static final String SCORES = "scoring.xlsx";

    private static TinyPolicy scoring() {
        return TinyPolicy.complete()
                .raw(
                        SCORES,
                        "说明",
                        cells("工作表 Sheet", "命中方式 Hit policy"),
                        cells("期间项目", "全部适用"),
                        cells("期间扣分", "首行命中"),
                        cells("小样本", "首行命中"),
                        cells("个案基准", "首行命中"),
                        cells("个案加减分", "首行命中"),
                        cells("等次", "首行命中"))
                .sheet(
                        SCORES,
                        "个案基准",
                        cells("编号 Id", "基准分 Base", "下限 Floor", "上限 Ceiling", "依据 Basis", "状态 Status"),
                        cells("EB-1", "90", "0", "100", "试行", "待确认"))
                .sheet(
                        SCORES,
                        "个案加减分",
                        cells("编号 Id", "情形 Event", "加减分 Points", "最高 Cap", "依据 Basis", "状态 Status"),
                        cells("EV-1", "弄虚作假", "-20", "59", "试行", "待确认"),
                        cells("EV-2", "阶段逾期", "-5", "", "试行", "待确认"),
                        cells("EV-3", "群众满意", "5", "", "试行", "待确认"),
                        cells("EV-4", "黄牌", "-5", "", "试行", "待确认"),
                        cells("EV-5", "红牌", "-10", "", "试行", "待确认"))
                .sheet(
                        SCORES,
                        "期间项目",
                        cells("编号 Id", "项目 Item", "满分 Full mark", "下限 Floor", "依据 Basis", "状态 Status"),
                        cells("PI-1", "按期结案", "100", "0", "试行", "待确认"))
                .sheet(
                        SCORES,
                        "期间扣分",
                        cells(
                                "编号 Id",
                                "指标 Measure",
                                "项目 Item",
                                "达标值 Threshold",
                                "每点扣 Each",
                                "倍数 Times",
                                "尾数 Rounding",
                                "依据 Basis",
                                "状态 Status"),
                        cells("PD-1", "按期结案率", "按期结案", "70", "1", "1", "按比例", "试行", "待确认"),
                        cells("PD-2", "弄虚作假率", "按期结案", "0", "1", "1", "按比例", "试行", "待确认"))
                .sheet(
                        SCORES,
                        "小样本",
                        cells("编号 Id", "少于 Fewer than", "依据 Basis", "状态 Status"),
                        cells("PS-1", "30", "试行", "待确认"))
                .sheet(
                        SCORES,
                        "等次",
                        cells("编号 Id", "得分 Score", "等次 Grade", "依据 Basis", "状态 Status"),
                        cells("PG-1", "≥90", "优秀", "试行", "待确认"),
                        cells("PG-2", "≥60", "合格", "试行", "待确认"),
                        cells("PG-3", "", "不合格", "试行", "待确认"));
    }

    @Test
    void sound_scoring_is_silent() {
        assertThat(told(scoring())).isEmpty();
    }

    @Test
    void deductions_that_nothing_costs() {
        assertThat(told(scoring().cell(SCORES + " 期间扣分!D3", "0")))
                .containsExactly(SCORES + " 期间扣分!D3 DEDUCTION_NEVER 这一行从不扣分：“按期结案率”不会达不到 0。");
        assertThat(told(scoring().cell(SCORES + " 期间扣分!D4", "100")))
                .containsExactly(SCORES + " 期间扣分!D4 DEDUCTION_NEVER 这一行从不扣分：“弄虚作假率”不会达不到 100。");
    }

    @Test
    void grades_that_nothing_scores() {
        assertThat(told(scoring().cell(SCORES + " 个案基准!D3", "85")))
                .containsExactly(SCORES + " 个案基准!D3 GRADE_NEVER “个案”的得分在 0 至 85 之间，所以永远评不上：优秀。");
        assertThat(told(scoring().cell(SCORES + " 个案基准!D3", "90"))).isEmpty();
        assertThat(told(scoring().cell(SCORES + " 期间项目!C3", "80")))
                .containsExactly(SCORES + " 期间项目!C3 GRADE_NEVER “期间”的得分在 0 至 80 之间，所以永远评不上：优秀。");
    }

    @Test
    void fraud_that_passes() {
        assertThat(told(scoring().cell(SCORES + " 个案加减分!D3", "79")))
                .containsExactly(SCORES + " 个案加减分!D3 FRAUD_PASSES 弄虚作假的仍可评为“合格”：可得 79 分。");
        assertThat(told(scoring().cell(SCORES + " 个案加减分!D3", "")))
                .containsExactly(SCORES + " 个案加减分!D3 FRAUD_PASSES 弄虚作假的仍可评为“优秀”：可得 100 分。");
    }

    @Test
    void points_the_wrong_way_round() {
        assertThat(told(scoring().cell(SCORES + " 个案加减分!C4", "5")))
                .containsExactly(SCORES + " 个案加减分!C4 FAULT_EARNS_POINTS “阶段逾期”是不好的情形，却加 5 分。");
        assertThat(told(scoring().cell(SCORES + " 个案加减分!C5", "-5")))
                .containsExactly(SCORES + " 个案加减分!C5 MERIT_COSTS_POINTS “群众满意”是好的情形，却扣分（-5）。");
        assertThat(told(scoring().cell(SCORES + " 个案加减分!C7", "-1")))
                .containsExactly(SCORES + " 个案加减分!C7 GRAVER_COSTS_LESS “红牌”（-1）比较轻的“黄牌”（-5）扣得还少。");
    }
}
