package liandong.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.scenario.CoverageGoal.Shows;
import liandong.scenario.Suggestions.Outcome;
import liandong.scenario.Suggestions.Why;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
    private static final Policy POLICY =
            TinyPolicy.complete().cell("routing.xlsx 分级!B3", "≥5").load();
    private static final String[] HEADER = {"编号", "时刻", "来源", "区域", "事项", "死亡人数", "预期等级"};
    private static final List<Scenario> CASES = ScenarioReaderTest.read(
                    "研判交办", HEADER, ScenarioReaderTest.row("T-1", "2026-11-20 16:30", "网格员", "东市社区", "路面坑洞", "", "一般"))
            .cases();

    @Test
    void a_bound_gets_a_case_on_it_and_one_on_either_side() {
        Outcome outcome = Suggestions.find(POLICY, CASES, 600, () -> true, (number, of) -> {});

        assertThat(outcome.cases().stream()
                        .filter(each -> each.aim().of().ref().id().equals("S-1")))
                .extracting(
                        each -> each.aim().shows(),
                        each -> each.row().cells().get("标题"),
                        each -> each.row().cells().get("死亡人数 Deaths"),
                        each -> each.row().cells().get("预期等级"))
                .containsExactly(
                        tuple(Shows.EDGE, "S-1 边上：死亡人数 4（≥5）", "4", "一般"),
                        tuple(Shows.EDGE, "S-1 边上：死亡人数 5（≥5）", "5", "重大"),
                        tuple(Shows.EDGE, "S-1 边上：死亡人数 6（≥5）", "6", "重大"));
        assertThat(outcome.unreached())
                .extracting(each -> each.aim().of().ref().id())
                .doesNotContain("S-1", "S-2");
        assertThat(outcome.after().deciding()).isGreaterThan(outcome.before().deciding());
    }

    @Test
    void the_same_policy_and_scenarios_give_the_same_suggestions() {
        Outcome once = Suggestions.find(POLICY, CASES, 600, () -> true, (number, of) -> {});
        Outcome again = Suggestions.find(POLICY, CASES, 600, () -> true, (number, of) -> {});

        assertThat(again).isEqualTo(once);
    }

    @Test
    void what_no_scenario_asks_and_what_time_does_not_allow_is_said() {
        Outcome none = Suggestions.find(POLICY, List.of(), 600, () -> true, (number, of) -> {});
        Outcome late = Suggestions.find(POLICY, CASES, 600, () -> false, (number, of) -> {});

        assertThat(none.cases()).isEmpty();
        assertThat(none.unreached()).isNotEmpty().allMatch(each -> each.why() == Why.NEVER_ASKED);
        assertThat(late.cases()).isEmpty();
        assertThat(late.unreached()).isNotEmpty().allMatch(each -> each.why() == Why.NOT_TRIED);
    }
}
