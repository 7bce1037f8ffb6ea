package liandong.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import liandong.policy.TinyPolicy;
import liandong.problem.Code;
import org.junit.jupiter.api.Test;

/**
 * Faults by which a report comes to nobody, to the wrong line, too late or not at all, put one by one into a policy that has
 * none: each is found, at its cell, and what is like it but sound is not.
 */
class SeededReportsTest {
    private static final String ROUTING = "routing.xlsx";
    private static final String READING = TinyPolicy.READING;
    private static final String WORDS = "vocabulary.xlsx";
    private static final String DAYS = "calendar.xlsx";

    /** What this class is about. */
    private static final Set<Code> CODES = Set.of(
            Code.RELAY_NARROWED,
            Code.RELAY_ELSEWHERE,
            Code.HARM_LESS_URGENT,
            Code.HARM_NOT_URGENT,
            Code.URGENCY_FALLS,
            Code.SEVERITY_FALLS,
            Code.LIMIT_GROWS,
            Code.URGENCIES_TURNED,
            Code.WITHDRAWN_FROM_ALL,
            Code.REFERS_EVERYTHING,
            Code.ANSWERS_MOST,
            Code.DESK_MISSING,
            Code.THRESHOLD_NEVER,
            Code.THRESHOLD_ALWAYS,
            Code.AREA_OF_ANOTHER,
            Code.SHORT_WEEKDAY,
            Code.YEAR_NOT_MADE_UP_FOR);

    private final TinyPolicy policy = sound();

    private static String[] cells(String... cells) {
        return cells;
    }

    private static TinyPolicy sound() {
        var policy = TinyPolicy.withOneRule()
                .ofFormat3()
                .row(WORDS, "单位", "FIRE", "消防专线", "紧急救援")
                .row(WORDS, "单位", "TRAFFIC", "交通专线", "紧急救援")
                .row(WORDS, "诉求性质", "COMPLAINT", "投诉")
                .row(WORDS, "事项", "PIPE", "水管爆裂", "安全", "公共", "道路", "事件", "否")
                .row(WORDS, "事项", "TREE", "大树倒伏", "安全", "公共", "道路", "事件", "否")
                .row(ROUTING, "说明", "履职清单", "首行命中")
                .cell("routing.xlsx 派单目录!E3", "紧急转接")
                .row(ROUTING, "派单目录", "D-4", "其他道路问题", "", "", "街道", "", "三定方案", "有出处", "", "", "");
        policy.sheet(
                ROUTING,
                "转接",
                cells("编号 Id", "危及生命 Life in danger", "事项 Event type", "转接单位 Relay to", "依据 Source", "状态 Status"),
                cells("R-1", "是", "", "急救专线", "办法", "有出处"),
                cells("R-2", "", "路面坑洞", "消防专线", "办法", "有出处"));
        policy.sheet(
                ROUTING,
                "紧急程度",
                cells(
                        "编号 Id",
                        "危及生命 Life in danger",
                        "危险 Danger",
                        "死亡人数 Deaths",
                        "重伤人数 Injured",
                        "隐患等级 Hazard level",
                        "等级 Severity",
                        "紧急程度 Urgency",
                        "依据 Source",
                        "状态 Status"),
                cells("U-1", "是", "", "", "", "", "", "紧急", "办法", "有出处"),
                cells("U-2", "", "现在、可能", "", "", "", "", "紧急", "办法", "有出处"),
                cells("U-3", "", "", "≥1", "", "", "", "紧急", "办法", "有出处"),
                cells("U-4", "", "", "", "≥1", "", "", "紧急", "办法", "有出处"),
                cells("U-5", "", "", "", "", "重大", "", "紧急", "办法", "有出处"),
                cells("U-6", "", "", "", "", "", "重大", "紧急", "办法", "有出处"),
                cells("U-7", "", "", "", "", "", "", "普通", "办法", "有出处"));
        policy.sheet(
                ROUTING,
                "履职清单",
                cells("编号 Id", "区域 Area", "事项 Event type", "清单类别 Listed as", "依据 Source", "状态 Status"),
                cells("F-1", "东街道", "路面坑洞", "收回", "清单", "有出处"),
                cells("F-2", "", "其他道路问题", "基本", "清单", "有出处"));
        stages(policy);
        texts(policy);
        return policy;
    }

    private static void stages(TinyPolicy policy) {
        policy.sheet(
                ROUTING,
                "阶段时限",
                cells(
                        "编号 Id",
                        "事项 Event type",
                        "紧急程度 Urgency",
                        "序 Order",
                        "阶段 Stage",
                        "时限 Limit",
                        "起算 Counts from",
                        "依据 Source",
                        "状态 Status"),
                cells("L-0", "", "紧急", "1", "围护", "3 小时", "交办", "办法", "有出处"));
        for (String type : List.of("路面坑洞", "井盖破损", "其他道路问题", "邻里纠纷", "水管爆裂", "大树倒伏")) {
            policy.row(ROUTING, "阶段时限", "L-" + type, type, "普通", "1", "处理", "5 天", "交办", "办法", "有出处");
        }
    }

    private static void texts(TinyPolicy policy) {
        for (String what : List.of("起火", "冒烟", "爆炸", "明火")) {
            policy.row(READING, "危险筛查", "N-" + what, "", what, "分句", "现在", "消防专线", "路面坑洞", "", "用语", "推定");
        }
        policy.cell("reading.xlsx 危险筛查!F3", "消防专线、交通专线");
        for (int i = 0; i < 8; i++) {
            String nature = i == 0 ? "咨询" : i < 4 ? "投诉" : "求助";
            policy.row(READING, "例句", "E-" + i, "坑洞之" + i, "路面坑洞", "无", nature, "自编", "推定");
        }
        policy.row(
                READING, "研读门槛", "RD-1", "是", "200", "100", "40", "300", "180", "3", "12", "22", "70", "15", "", "", "",
                "", "", "", "", "", "", "试算", "推定");
        policy.sheet(
                READING,
                "直办",
                cells(
                        "编号 Id",
                        "诉求性质 Nature",
                        "事项 Event type",
                        "答复单位 Answered by",
                        "知识条目 Knowledge entry",
                        "时限 Limit",
                        "依据 Source",
                        "状态 Status"),
                cells("A-1", "咨询", "", "", "", "2 工作日", "办法", "有出处"));
        policy.sheet(
                READING,
                "告知途径",
                cells(
                        "编号 Id",
                        "诉求性质 Nature",
                        "事项 Event type",
                        "正文含 Text contains",
                        "受理单位 Channel",
                        "告知用语 Words to say",
                        "保护举报人 Protect informant",
                        "依据 Source",
                        "状态 Status"),
                cells("W-1", "投诉", "邻里纠纷", "", "协办局", "请向协办局反映。", "否", "办法", "有出处"));
        policy.sheet(
                READING,
                "研判分派",
                cells(
                        "编号 Id",
                        "来源 Source",
                        "原因 Reason",
                        "队列 Queue",
                        "研判单位 Judged by",
                        "紧急程度 Urgency",
                        "时限 Limit",
                        "依据 Source",
                        "状态 Status"),
                cells("P-1", "", "不属本辖区", "转办外区", "主办局", "普通", "4 工作时", "办法", "有出处"),
                cells("P-2", "", "", "疑难研判", "主办局", "普通", "2 工作时", "办法", "有出处"));
    }

    private List<String> found() {
        CheckResult checked = PolicyCheck.of(policy.files(), TinyPolicy.TODAY);
        assertThat(checked.policy()).as(checked.problems()::toString).isNotNull();
        return checked.problems().stream()
                .filter(problem -> CODES.contains(problem.code()))
                .map(problem -> problem.at() + " " + problem.code() + " " + problem.args())
                .toList();
    }

    private void seeded(String at, String typed) {
        policy.cell(at, typed);
    }

    @Test
    void a_policy_without_faults_is_silent() {
        assertThat(found()).isEmpty();
    }

    // ———— Whom it is passed to ————

    @Test
    void what_is_passed_on_at_once_is_so_whatever_else_is_reported() {
        seeded("routing.xlsx 转接!B4", "是");

        assertThat(found()).containsExactly("routing.xlsx 转接!B4 RELAY_NARROWED [路面坑洞, D-1, 紧急转接, 危及生命 是]");

        seeded("routing.xlsx 派单目录!E3", "部门");

        assertThat(found()).isEmpty();
    }

    @Test
    void what_is_passed_on_at_once_and_no_row_names_is_told_at_its_duty() {
        seeded("routing.xlsx 派单目录!E4", "紧急转接");

        assertThat(found()).containsExactly("routing.xlsx 派单目录!E4 RELAY_NARROWED [井盖破损, D-2, 紧急转接, 危及生命 是]");
    }

    @Test
    void a_danger_is_told_to_the_line_that_all_others_of_its_kind_call() {
        seeded("reading.xlsx 危险筛查!F6", "交通专线");

        assertThat(found()).containsExactly("reading.xlsx 危险筛查!F6 RELAY_ELSEWHERE [路面坑洞, 交通专线, 消防专线]");

        seeded("reading.xlsx 危险筛查!F6", "急救专线、消防专线");

        assertThat(found()).isEmpty();
    }

    // ———— How urgent and how grave it is ————

    @Test
    void a_death_is_never_ordinary_nor_an_injury_nor_what_may_be_danger() {
        seeded("routing.xlsx 紧急程度!D5", "≥3");

        // A death is grave by 分级, so that a row of 紧急程度 that asks for severity makes up for it.
        assertThat(found()).isEmpty();

        seeded("routing.xlsx 分级!B3", "≥3");

        assertThat(found())
                .containsExactly(
                        "routing.xlsx 紧急程度!D5 HARM_NOT_URGENT [死亡人数 1、2, 普通, 路面坑洞、井盖破损、其他道路问题、邻里纠纷、水管爆裂… (6)]");
    }

    @Test
    void possible_danger_is_never_ordinary() {
        seeded("routing.xlsx 紧急程度!C4", "现在");

        assertThat(found())
                .containsExactly("routing.xlsx 紧急程度!C4 HARM_NOT_URGENT [危险 可能, 普通, 路面坑洞、井盖破损、其他道路问题、邻里纠纷、水管爆裂… (6)]");
    }

    @Test
    void a_graver_hazard_is_not_less_urgent() {
        seeded("routing.xlsx 紧急程度!F7", "一般");

        assertThat(found()).containsExactly("routing.xlsx 紧急程度!H9 HARM_LESS_URGENT [路面坑洞, 隐患等级 重大, 普通, 紧急, U-5 (7)]");
    }

    @Test
    void a_row_for_the_rest_that_grades_higher_than_harm_is_the_one_to_look_at() {
        seeded("routing.xlsx 分级!C4", "重大");
        policy.row(ROUTING, "分级", "S-3", "", "一般", "", "标准", "有出处");
        seeded("routing.xlsx 分级!C3", "一般");

        assertThat(found()).containsExactly("routing.xlsx 分级!C4 SEVERITY_FALLS [路面坑洞, 死亡人数 1, 一般, 重大, S-1 (3)]");
    }

    @Test
    void ranks_that_have_been_exchanged_are_told_once_where_they_stand() {
        seeded("vocabulary.xlsx 紧急程度!C3", "2");
        seeded("vocabulary.xlsx 紧急程度!C4", "1");

        assertThat(found()).containsExactly("vocabulary.xlsx 紧急程度!B3 URGENCIES_TURNED [普通, 紧急, 6, 6]");
    }

    @Test
    void one_limit_that_is_too_long_does_not_turn_the_ranks_round() {
        seeded("routing.xlsx 阶段时限!F3", "6 天");

        assertThat(found()).containsExactly("routing.xlsx 阶段时限!F3 LIMIT_GROWS [路面坑洞/一般/紧急, 6 天]");
    }

    @Test
    void a_limit_in_working_time_is_compared_over_a_weekend() {
        seeded("routing.xlsx 阶段时限!F3", "4 工作时");
        seeded("routing.xlsx 阶段时限!F4", "1 天");

        assertThat(found()).containsExactly("routing.xlsx 阶段时限!F3 LIMIT_GROWS [路面坑洞/一般/紧急, 4 工作时]");
    }

    // ———— Who takes it ————

    @Test
    void what_is_kept_from_those_on_the_spot_has_somebody_else_in_charge() {
        seeded("routing.xlsx 履职清单!C3", "其他道路问题");

        assertThat(found()).containsExactly("routing.xlsx 履职清单!D3 WITHDRAWN_FROM_ALL [收回, 其他道路问题, D-4, 6]");

        seeded("routing.xlsx 派单目录!C6", "主办局");

        assertThat(found()).isEmpty();
    }

    @Test
    void a_referral_says_what_is_referred() {
        seeded("reading.xlsx 告知途径!C3", "");

        assertThat(found()).containsExactly("reading.xlsx 告知途径!C3 REFERS_EVERYTHING [投诉]");

        seeded("reading.xlsx 告知途径!D3", "法院");

        assertThat(found()).isEmpty();
    }

    @Test
    void what_makes_up_much_of_what_comes_in_is_not_only_answered() {
        seeded("reading.xlsx 直办!B3", "咨询、投诉");

        assertThat(found()).containsExactly("reading.xlsx 直办!B3 ANSWERS_MOST [咨询、投诉, 50]");

        seeded("reading.xlsx 直办!C3", "邻里纠纷");

        assertThat(found()).isEmpty();
    }

    @Test
    void a_desk_for_some_sources_leaves_the_others_to_another() {
        seeded("reading.xlsx 研判分派!B4", "网格员");

        assertThat(found())
                .containsExactly("reading.xlsx 研判分派!B4 DESK_MISSING [依据不足、表中无此情形、难以区分、可能有生命危险、未反映具体事项, 来源 热线]");

        seeded("reading.xlsx 研判分派!B4", "");
        seeded("reading.xlsx 研判分派!B3", "网格员");

        assertThat(found()).isEmpty();
    }

    @Test
    void a_threshold_can_be_reached_and_can_be_missed() {
        seeded("reading.xlsx 研读门槛!I3", "100");
        seeded("reading.xlsx 研读门槛!J3", "0");
        seeded("reading.xlsx 研读门槛!G3", "1501");

        assertThat(found())
                .containsExactly(
                        "reading.xlsx 研读门槛!G3 THRESHOLD_NEVER [最低得分, 1501]",
                        "reading.xlsx 研读门槛!I3 THRESHOLD_NEVER [转接占比, 100]",
                        "reading.xlsx 研读门槛!J3 THRESHOLD_ALWAYS [危险占比, 0]");

        seeded("reading.xlsx 研读门槛!I3", "99");
        seeded("reading.xlsx 研读门槛!J3", "1");
        seeded("reading.xlsx 研读门槛!G3", "1500");

        assertThat(found()).isEmpty();
    }

    // ———— Where and when ————

    @Test
    void an_area_lies_where_its_code_says() {
        seeded("vocabulary.xlsx 区域!D8", "东街道");

        assertThat(found())
                .containsExactly("vocabulary.xlsx 区域!B8 AREA_OF_ANOTHER [西湖社区, 330102002001, 西街道, 330102002, 东街道]");

        seeded("vocabulary.xlsx 区域!A8", "LAKE"); // a code that says nothing

        assertThat(found()).isEmpty();
    }

    @Test
    void half_a_weekday_without_office_hours_is_told() {
        seeded("calendar.xlsx 办公时间!C7", "11:00");

        assertThat(found()).containsExactly("calendar.xlsx 办公时间!A7 SHORT_WEEKDAY [周五, 2.5, 9]");

        seeded("calendar.xlsx 办公时间!C7", "13:30");

        assertThat(found()).isEmpty();
    }

    @Test
    void a_year_whose_days_off_nobody_makes_up_for_is_told_when_all_others_are_made_up_for() {
        for (int year = 2022; year < 2026; year++) {
            policy.row(DAYS, "节假日", String.valueOf(year), year + "-10-01", "国庆节", "休")
                    .row(DAYS, "节假日", String.valueOf(year), year + "-10-08", "国庆节", "班");
        }

        assertThat(found()).containsExactly("calendar.xlsx 节假日!A3 YEAR_NOT_MADE_UP_FOR [2026, 4]");

        policy.row(DAYS, "节假日", "2026", "2026-10-10", "国庆节", "班");

        assertThat(found()).isEmpty();
    }
}
