package liandong.routing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import liandong.Decide;
import liandong.check.PolicyCheck;
import liandong.engine.Reason;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.EventType;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.problem.Code;
import liandong.table.Facts;
import org.junit.jupiter.api.Test;

/** What may go down to sub-districts and communities: what is on the list of their duties, and nothing else. */
class DutyListTest {
    private static final String ROUTING = "routing.xlsx";
    private static final String DUTY = "派单目录";
    private static final String LIST = "履职清单";
    private static final Body EAST = new Body("330102001", "东街道", BodyKind.SUB_DISTRICT);
    private static final Body EAST_MARKET = new Body("330102001001", "东市社区", BodyKind.COMMUNITY);

    private static String[] cells(String... cells) {
        return cells;
    }

    /** A policy whose catalogue sends things down in every way there is. */
    private static TinyPolicy tiny() {
        return TinyPolicy.complete()
                .row("vocabulary.xlsx", "事项", "SNOW", "积雪", "安全", "公共", "道路", "事件", "否")
                .row("vocabulary.xlsx", "事项", "HALL", "活动室", "生活", "公共", "邻里", "事件", "否")
                .row("vocabulary.xlsx", "事项", "ORPHAN", "无主物", "生活", "公共", "道路", "事件", "否")
                .row("vocabulary.xlsx", "事项", "LAMP", "路灯", "生活", "公共", "道路", "部件", "否")
                .row(ROUTING, DUTY, "D-4", "积雪", "主办局", "", "街道", "", "方案", "已确认", "", "")
                .row(ROUTING, DUTY, "D-5", "活动室", "属地社区", "", "社区", "", "方案", "已确认", "", "")
                .row(ROUTING, DUTY, "D-6", "无主物", "", "", "部门", "", "方案", "已确认", "", "")
                .row(ROUTING, DUTY, "D-7", "路灯", "主办局", "", "部门", "", "方案", "已确认", "", "")
                .ofFormat3();
    }

    private static TinyPolicy listing(String[]... rows) {
        String[][] sheet = new String[rows.length + 1][];
        sheet[0] = cells("编号 Id", "区域 Area", "事项 Event type", "清单类别 Listed as", "依据 Source", "状态 Status");
        for (int i = 0; i < rows.length; i++) {
            sheet[i + 1] = cells("F-" + (i + 1), rows[i][0], rows[i][1], rows[i][2], "街道公布的清单", "推定");
        }
        return tiny().sheet("lists.xlsx", LIST, sheet)
                .raw("lists.xlsx", "说明", cells("清单"), cells("工作表 Sheet", "命中方式 Hit policy"), cells(LIST, "首行命中"));
    }

    private static RoutingDecision decided(Policy policy, String type, boolean residentsOnly, Area area) {
        Facts.Draft draft = report(policy, type).in(area);
        var report = (residentsOnly ? draft.residentsOnly() : draft).done();
        return Decide.route(policy, report, report.reportedAt().toInstant(), false)
                .decision();
    }

    private static Facts.Draft report(Policy policy, String type) {
        return Facts.report().about(Objects.requireNonNull(policy.vocabulary().find(EventType.class, type)));
    }

    /** Who leads whom by which route, or that a person judges, and for which reasons of the catalogue and the list. */
    private static String told(Policy policy, String type, boolean residentsOnly, Area area) {
        RoutingDecision decision = decided(policy, type, residentsOnly, area);
        Assignment assignment = decision.assignment();
        List<String> rows = decision.because().stream()
                .filter(reason -> reason.rule().startsWith("RTE-3"))
                .map(DutyListTest::reason)
                .toList();
        String what = assignment == null
                ? decision.outcome() + " " + decision.reason()
                : assignment.route() + " " + assignment.lead().label() + " "
                        + assignment.assisting().stream().map(Body::label).toList();
        return what + " " + rows;
    }

    private static String told(Policy policy, String type) {
        return told(policy, type, false, Facts.EAST_MARKET);
    }

    private static String reason(Reason reason) {
        return reason.rule() + " " + reason.row();
    }

    private static List<String> offList(TinyPolicy policy) {
        return PolicyCheck.of(policy.files(), TinyPolicy.TODAY).problems().stream()
                .filter(problem -> problem.code() == Code.DUTY_OFF_LIST)
                .map(problem -> problem.at() + ": " + problem.message(Locale.ENGLISH))
                .toList();
    }

    @Test
    void without_a_list_the_catalogue_alone_says_what_goes_down() {
        Policy policy = tiny().load();

        assertThat(told(policy, "邻里纠纷", true, Facts.EAST_MARKET)).isEqualTo("COMMUNITY 东市社区 [主办局] [RTE-310 D-3]");
        assertThat(told(policy, "积雪")).isEqualTo("SUB_DISTRICT 东街道 [主办局] [RTE-340 D-4]");
        assertThat(told(policy, "活动室")).isEqualTo("COMMUNITY 东市社区 [] [RTE-320 D-5]");
        assertThat(told(policy, "无主物")).isEqualTo("SUB_DISTRICT 东街道 [] [RTE-370 D-6]");
        assertThat(told(policy, "路灯")).isEqualTo("DEPARTMENT 主办局 [东街道] [RTE-350 D-7]");
        assertThat(offList(tiny())).isEmpty();
    }

    @Test
    void a_basic_duty_goes_down_and_the_answer_names_its_row() {
        Policy policy = listing(cells("", "邻里纠纷、积雪、活动室、无主物、路灯", "基本")).load();

        assertThat(told(policy, "邻里纠纷", true, Facts.EAST_MARKET))
                .isEqualTo("COMMUNITY 东市社区 [主办局] [RTE-310 D-3, RTE-310 F-1]");
        assertThat(told(policy, "积雪")).isEqualTo("SUB_DISTRICT 东街道 [主办局] [RTE-340 D-4, RTE-340 F-1]");
        assertThat(told(policy, "活动室")).isEqualTo("COMMUNITY 东市社区 [] [RTE-320 D-5, RTE-320 F-1]");
        assertThat(told(policy, "无主物")).isEqualTo("SUB_DISTRICT 东街道 [] [RTE-370 D-6, RTE-370 F-1]");
        assertThat(told(policy, "路灯")).isEqualTo("DEPARTMENT 主办局 [东街道] [RTE-350 D-7, RTE-350 F-1]");
    }

    @Test
    void what_is_not_on_the_list_is_led_by_the_department_of_the_catalogue() {
        Policy policy = listing(cells("", "井盖破损", "基本")).load();

        assertThat(told(policy, "邻里纠纷", true, Facts.EAST_MARKET)).isEqualTo("DEPARTMENT 主办局 [] [RTE-345 D-3]");
        assertThat(told(policy, "积雪")).isEqualTo("DEPARTMENT 主办局 [] [RTE-345 D-4]");
        assertThat(told(policy, "路灯")).isEqualTo("DEPARTMENT 主办局 [] [RTE-350 D-7]");
        assertThat(told(policy, "路面坑洞")).isEqualTo("LEAD_AND_ASSIST 主办局 [协办局] [RTE-360 D-1]");
    }

    @Test
    void what_is_not_on_the_list_and_has_no_department_is_left_to_a_person() {
        Policy policy = listing(cells("", "活动室", "收回")).load();

        assertThat(decided(policy, "活动室", false, Facts.EAST_MARKET).because())
                .extracting(DutyListTest::reason)
                .contains("RTE-375 D-5", "RTE-375 F-1");
        assertThat(told(policy, "活动室")).isEqualTo("MANUAL_TRIAGE NO_ROW [RTE-375 D-5, RTE-375 F-1]");
        assertThat(told(policy, "无主物")).isEqualTo("MANUAL_TRIAGE NO_ROW [RTE-375 D-6]");
    }

    @Test
    void a_supporting_duty_may_be_assisted_in_but_not_led() {
        Policy policy = listing(cells("", "积雪、路灯、路面坑洞", "配合")).load();

        assertThat(told(policy, "积雪")).isEqualTo("DEPARTMENT 主办局 [] [RTE-345 D-4, RTE-345 F-1]");
        assertThat(told(policy, "路灯")).isEqualTo("DEPARTMENT 主办局 [东街道] [RTE-350 D-7, RTE-350 F-1]");
        assertThat(requireNonNull(decided(policy, "路面坑洞", false, Facts.EAST_MARKET)
                                .assignment())
                        .assisting())
                .containsExactly(Facts.HELPER, EAST);
    }

    @Test
    void a_duty_that_was_taken_back_is_not_even_assisted_in() {
        Policy policy = listing(cells("", "路灯", "收回")).load();

        assertThat(told(policy, "路灯")).isEqualTo("DEPARTMENT 主办局 [] [RTE-350 D-7, RTE-350 F-1]");
    }

    @Test
    void each_sub_district_has_a_list_of_its_own() {
        Policy policy = listing(cells("西街道", "积雪", "收回"), cells("", "积雪", "基本")).load();

        assertThat(told(policy, "积雪", false, Facts.EAST_MARKET))
                .isEqualTo("SUB_DISTRICT 东街道 [主办局] [RTE-340 D-4, RTE-340 F-2]");
        assertThat(told(policy, "积雪", false, Facts.WEST_LAKE))
                .isEqualTo("DEPARTMENT 主办局 [] [RTE-345 D-4, RTE-345 F-1]");
    }

    @Test
    void a_check_tells_of_rows_that_send_down_what_is_on_no_list() {
        assertThat(offList(listing(cells("东街道", "积雪", "基本"), cells("", "无主物", "配合"))))
                .containsExactly(
                        "routing.xlsx 派单目录!E5: This row sends down to the sub-district or community what no list of duties"
                                + " (履职清单) has as 基本: 邻里纠纷.",
                        "routing.xlsx 派单目录!E7: This row sends down to the sub-district or community what no list of duties"
                                + " (履职清单) has as 基本: 活动室.",
                        "routing.xlsx 派单目录!E8: This row sends down to the sub-district or community what no list of duties"
                                + " (履职清单) has as 基本: 无主物.");
        assertThat(offList(listing(cells("", "邻里纠纷、积雪、活动室、无主物", "基本")))).isEmpty();
    }

    @Test
    void the_community_of_the_area_is_the_one_that_leads() {
        Policy policy = listing(cells("", "活动室", "基本")).load();

        assertThat(requireNonNull(
                                decided(policy, "活动室", false, Facts.EAST_MARKET).assignment())
                        .lead())
                .isEqualTo(EAST_MARKET);
    }
}
