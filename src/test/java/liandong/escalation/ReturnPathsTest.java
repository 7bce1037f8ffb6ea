package liandong.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import liandong.District;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.problem.Problem;
import liandong.stock.Stock;
import org.junit.jupiter.api.Test;

class ReturnPathsTest {
    private static final LocalDate TODAY = TinyPolicy.TODAY;

    @Test
    void the_walk_counts_its_steps_and_the_bodies_a_matter_has_come_to() {
        ReturnPaths.Walk walk = ReturnPaths.of(District.policy(), TODAY);

        assertThat(walk.problems()).isEmpty();
        assertThat(walk.mostBodies()).isEqualTo(2); // 流转上限 allows 3, but the second return is the centre's
        assertThat(walk.steps()).isGreaterThan(5_000);
    }

    @Test
    void a_policy_that_does_not_escalate_has_nothing_to_walk() {
        ReturnPaths.Walk walk = ReturnPaths.of(Stock.newYork(), TODAY);

        assertThat(walk.problems()).isEmpty();
        assertThat(walk.steps()).isZero();
    }

    @Test
    void a_small_policy_ends_every_return_too() {
        assertThat(lines(TinyEscalation.tiny().load())).isEmpty();
    }

    @Test
    void a_return_that_is_always_refused_is_told_with_the_shortest_loop() {
        Policy endless =
                TinyEscalation.tiny().cell("escalation.xlsx 退单处理!B3", "≥30").load();

        assertThat(lines(endless))
                .contains("escalation.xlsx 退单处理!F4: ENDLESS_RETURNS: By this row (退单理由 不归我管，事项 井盖破损) what it"
                        + " refuses can be returned again and again and nobody ever decides: 井盖破损; 水务公司 (不归我管)"
                        + " ×12. Let this row ask for a number of returns, or put one above it that leaves the matter to"
                        + " the centre or a conference after so many.");
    }

    @Test
    void a_return_that_is_always_refused_once_the_centre_has_ruled_is_told_at_the_row_that_refuses() {
        TinyPolicy ruled = TinyEscalation.tiny()
                .sheet(
                        "escalation.xlsx",
                        "退单处理",
                        new String[] {
                            "编号 Id",
                            "退单次数 Returns",
                            "已裁定 Decided",
                            "处理 Ruling",
                            "先问配合单位 Assisting first",
                            "依据 Basis",
                            "状态 Status"
                        },
                        new String[] {"B1", "", "否", "指挥中心裁定", "否", "试行", "待确认"},
                        new String[] {"B2", "≤3", "是", "不予受理", "否", "试行", "待确认"},
                        new String[] {"B3", "", "", "指挥中心裁定", "否", "试行", "待确认"});
        assertThat(lines(ruled.load())).isEmpty();
        List<String> told = lines(ruled.cell("escalation.xlsx 退单处理!B4", "").load());

        assertThat(told).hasSize(1);
        assertThat(told.get(0)).startsWith("escalation.xlsx 退单处理!D4: ENDLESS_RETURNS: By this row (已裁定 是)");
    }

    @Test
    void a_centre_that_does_not_exist_cannot_decide() {
        Policy headless =
                TinyEscalation.tiny().cell("vocabulary.xlsx 单位!C10", "部门").load();

        assertThat(lines(headless))
                .contains(
                        "escalation.xlsx: RETURN_WITHOUT_OWNER: \"邻里纠纷\" is left to the centre, but the vocabulary has"
                                + " no body of that kind: 主办局 (不归我管). Add a body of the kind 指挥中心 to the sheet 单位.");
    }

    @Test
    void a_rule_that_sends_a_matter_back_is_told_with_the_way_it_takes() {
        Policy pingPong = escalating(passesOnTo("LEAD")).load();

        assertThat(lines(pingPong))
                .contains("escalation.xlsx: RETURNED_TO_SENDER: \"路面坑洞\" comes back to a body that has returned it:"
                        + " 主办局 (不归我管) → 主办局. A rule reassigns it without asking who has had it: use the stock rules,"
                        + " or ask for holders.");
    }

    @Test
    void a_rule_that_tries_more_bodies_than_allowed_is_told() {
        Policy generous = escalating(passesOnTo("HELPER"))
                .cell("escalation.xlsx 流转上限!C3", "1")
                .load();

        assertThat(lines(generous))
                .contains("escalation.xlsx: TOO_MANY_BODIES: \"路面坑洞\" is sent to 2 bodies, though 流转上限 allows 1:"
                        + " 主办局 (不归我管). A rule reassigns it without asking 流转上限: use the stock rules, or ask it.");
    }

    @Test
    void a_return_that_no_rule_answers_is_told() {
        Policy deaf = escalating("""
                        rule "TST-002 什么也不做"
                        @source("测试")
                        when
                            OpenCase()
                        then
                            insert( new Silence( Quiet.ON_TRACK ) );
                        end
                        """).load();

        assertThat(lines(deaf))
                .contains(
                        "escalation.xlsx: RETURN_WITHOUT_ANSWER: \"路面坑洞\" is returned and nothing happens: 主办局"
                                + " (不归我管). A return must be refused, reassigned or decided: use the stock rules, or add one that does.");
    }

    @Test
    void what_is_told_stands_in_the_order_of_the_event_types_however_many_cores_walk() {
        Policy endless =
                TinyEscalation.tiny().cell("escalation.xlsx 退单处理!B3", "≥30").load();
        List<String> told = lines(endless);

        assertThat(told).hasSizeGreaterThan(1);
        for (int again = 0; again < 5; again++) {
            assertThat(lines(endless)).isEqualTo(told);
        }
    }

    @Test
    void areas_that_no_row_tells_apart_are_walked_once_however_many_there_are() {
        TinyPolicy asking = TinyEscalation.tiny()
                .cell("escalation.xlsx 升级条件!K2", "区域 Area")
                .cell("escalation.xlsx 升级条件!K3", "东市社区");
        TinyPolicy larger = asking;
        for (int i = 0; i < 40; i++) {
            larger = larger.row("vocabulary.xlsx", "区域", "3301020019%02d".formatted(i), "第" + i + "社区", "社区", "东街道");
        }
        int steps = ReturnPaths.of(asking.load(), TODAY).steps();

        assertThat(steps)
                .isGreaterThan(
                        ReturnPaths.of(TinyEscalation.tiny().load(), TODAY).steps());
        assertThat(ReturnPaths.of(larger.load(), TODAY).steps()).isEqualTo(steps);
    }

    private static TinyPolicy escalating(String rule) {
        return TinyEscalation.tiny()
                .file("rules/escalation.drl", (TinyPolicy.PREAMBLE + rule).getBytes(StandardCharsets.UTF_8));
    }

    private static String passesOnTo(String body) {
        return """
                rule "TST-002 退回来就派给这一家"
                @source("测试")
                when
                    $open : OpenCase( $return : pendingReturn != null )
                    $row : ReturnRow() from tables.match( ReturnRow.class, $open )
                    $to : Body() from vocabulary.find( Body.class, "%s" )
                then
                    insert( Action.reassign( $to, List.of(), $return.at(), $row ) );
                end
                """.formatted(body);
    }

    private static List<String> lines(Policy policy) {
        return ReturnPaths.of(policy, TODAY).problems().stream()
                .map((Problem problem) -> problem.line(Locale.ENGLISH))
                .toList();
    }
}
