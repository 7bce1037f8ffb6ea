package liandong.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import liandong.scenario.Cases;
import liandong.scenario.Coverage;
import liandong.scenario.Coverage.RowState;
import liandong.scenario.Mutants;
import liandong.scenario.ScenarioReader;
import liandong.scenario.Scenarios;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The scenarios of the stock policy, one test each, and what they show of it. */
class ScenariosTest {
    private static final Scenarios SCENARIOS =
            ScenarioReader.read(Stock.shangcheng(), Stock.shangcheng().files().scenarios());

    @Test
    void every_scenario_can_be_understood() {
        assertThat(SCENARIOS.problems()).isEmpty();
        assertThat(SCENARIOS.broken()).isEmpty();
        assertThat(SCENARIOS.cases()).hasSizeGreaterThan(200);
    }

    @TestFactory
    Stream<DynamicTest> each_scenario_comes_out_as_expected() {
        return SCENARIOS.cases().stream()
                .map(scenario -> DynamicTest.dynamicTest(scenario.id() + " " + scenario.title(), () -> {
                    Cases.Result result = Cases.run(Stock.shangcheng(), scenario);

                    assertThat(result.problems()).isEmpty();
                    assertThat(result.checks().stream().filter(check -> !check.held()))
                            .as("%s", scenario.at())
                            .isEmpty();
                }));
    }

    @Test
    void they_let_nearly_every_row_decide_and_put_nearly_every_condition_to_the_test() {
        var coverage = new Coverage(Stock.shangcheng());
        SCENARIOS.cases().forEach(coverage::run);

        // General keywords that always come with a more specific one are never themselves a reason.
        assertThat(coverage.tables().stream()
                        .filter(table -> !table.table().sheet().equals("关键词"))
                        .flatMap(table -> table.rows().stream())
                        .filter(row -> coverage.state(row) != RowState.DECIDED))
                .isEmpty();
        assertThat(coverage.tables().stream()
                        .flatMap(table -> table.rows().stream())
                        .filter(row -> coverage.state(row) != RowState.DECIDED))
                .hasSizeLessThan(70);
        // No event type of the two classes lies in another category than EVI-0003 names.
        assertThat(coverage.tables().stream()
                        .flatMap(table -> table.rows().stream())
                        .filter(row -> !Coverage.untested(row).isEmpty())
                        .map(row -> row.row().id()))
                .containsExactly("EVI-0003");
        // No row of the stock tables leads to these. RoutingRulesTest, ClosureTest and EscalationTest fire each with
        // rows of their own, and have near cases that do not.
        assertThat(coverage.silent())
                .extracting(rule -> rule.code())
                .containsExactly(
                        "CLO-130", "CLO-140", "CLO-320", "CLO-410", "ESC-250", "ESC-280", "ESC-290", "ESC-420",
                        "ESC-540", "ESC-550", "RTE-370", "RTE-380", "RTE-900", "RTE-910");
        assertThat(coverage.always()).isEmpty();
    }

    @Test
    void a_fault_seeded_into_any_table_is_noticed() {
        Map<String, List<Mutants.Mutant>> bySheet = Mutants.score(Stock.shangcheng(), SCENARIOS.cases(), 3, of -> {})
                .bySheet();

        assertThat(Stock.shangcheng().tables().stream().map(table -> table.sheet()))
                .hasSize(25)
                .allSatisfy(sheet ->
                        assertThat(bySheet.getOrDefault(sheet, List.of())).anyMatch(Mutants.Mutant::noticed));
    }
}
