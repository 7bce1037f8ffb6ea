package liandong.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import liandong.scenario.Cases;
import liandong.scenario.Coverage;
import liandong.scenario.Coverage.RowState;
import liandong.scenario.Mutants;
import liandong.scenario.Scenario;
import liandong.scenario.ScenarioReader;
import liandong.scenario.Scenarios;
import liandong.scenario.StoryRun;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** The scenarios of the stock policy, one test each, and what they show of it. */
class ScenariosTest {
    private static final Scenarios SCENARIOS =
            ScenarioReader.read(Stock.shangcheng(), Stock.shangcheng().files().scenarios());

    /** Where the sheet 说明 of a scenario workbook begins to list rows that no case can show whole: id, reason. */
    private static final String EXCUSED = "无需情景的行";

    /**
     * The sheets by which texts are read, which are measured with thousands of reports that were written without knowing them.
     */
    private static final Set<String> MEASURED = Set.of("关键词", "词语", "语境", "写法", "性质词", "危险筛查", "例句", "研读门槛");

    private static Map<String, String> excused() {
        var excused = new TreeMap<String, String>();
        Stock.shangcheng().files().scenarios().forEach((file, bytes) -> {
            for (SheetData sheet : WorkbookReader.read(file, bytes, problem -> {})) {
                if (sheet.name().equals("说明")) {
                    sheet.lines().stream()
                            .dropWhile(line -> !line.cell(0).text().startsWith(EXCUSED))
                            .skip(1)
                            .filter(line -> !line.cell(0).isEmpty())
                            .forEach(line -> excused.put(
                                    line.cell(0).text(), line.cell(1).text()));
                }
            }
        });
        return excused;
    }

    @Test
    void every_scenario_can_be_understood() {
        assertThat(SCENARIOS.problems()).isEmpty();
        assertThat(SCENARIOS.broken()).isEmpty();
        assertThat(SCENARIOS.cases()).isNotEmpty();
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

    @TestFactory
    Stream<DynamicTest> each_story_comes_out_as_expected_at_every_step() {
        return SCENARIOS.stories().stream()
                .map(story -> DynamicTest.dynamicTest(story.id() + " " + story.title(), () -> {
                    StoryRun run = Cases.run(Stock.shangcheng(), story);

                    assertThat(run.results()).allSatisfy(result -> {
                        assertThat(result.problems()).isEmpty();
                        assertThat(result.checks().stream().filter(check -> !check.held()))
                                .as("%s", result.scenario().at())
                                .isEmpty();
                    });
                    assertThat(run.notRun()).isEmpty();
                }));
    }

    @Test
    void every_row_decides_somewhere_and_every_condition_is_put_to_the_test_unless_its_workbook_says_why_not() {
        var coverage = new Coverage(Stock.shangcheng());
        SCENARIOS.cases().forEach(coverage::run);

        var unshown = new TreeSet<String>();
        coverage.tables().stream()
                .filter(table -> !MEASURED.contains(table.table().sheet()))
                .flatMap(table -> table.rows().stream())
                .filter(row -> coverage.state(row) != RowState.DECIDED
                        || !Coverage.untested(row).isEmpty())
                .forEach(row -> unshown.add(row.row().id()));
        Map<String, String> excused = excused();

        assertThat(unshown).isEqualTo(excused.keySet());
        assertThat(excused.values()).noneMatch(String::isBlank);
        assertThat(coverage.always()).isEmpty();
    }

    /** The last day of the year that has been announced, and the first of the next year's long holiday, which only the law tells. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-12-31T16:00:00+08:00", "2027-02-05T10:00:00+08:00"})
    void every_report_of_the_scenarios_is_answered_at_the_end_of_the_announced_calendar_and_after(String now) {
        List<Scenario> reports = SCENARIOS.cases().stream()
                .filter(scenario -> scenario.kind().code().equals("ROUTING")
                        && scenario.expected().stream()
                                .noneMatch(each -> each.header().equals("预期拒收")))
                .toList();
        List<String> unanswered = reports.stream()
                .filter(scenario -> {
                    ObjectNode request = scenario.request().deepCopy();
                    request.put("now", now);
                    ((ObjectNode) request.path("incident")).put("reportedAt", now);
                    var moved = new Scenario(
                            scenario.id(),
                            scenario.title(),
                            scenario.kind(),
                            request,
                            List.of(),
                            scenario.at(),
                            scenario.source(),
                            scenario.confirmed());
                    return Cases.run(Stock.shangcheng(), moved)
                            .answer()
                            .path("outcome")
                            .isMissingNode();
                })
                .map(Scenario::id)
                .toList();

        assertThat(reports).isNotEmpty();
        assertThat(unanswered).isEmpty();
    }

    @Tag("slow") // every mutant is put to every scenario that comes near it
    @Test
    void a_fault_seeded_into_any_table_is_noticed() {
        Map<String, List<Mutants.Mutant>> bySheet = Mutants.score(Stock.shangcheng(), SCENARIOS.cases(), 3, of -> {})
                .bySheet();

        assertThat(Stock.shangcheng().tables())
                .isNotEmpty()
                .filteredOn(table -> !table.rows().isEmpty() && !MEASURED.contains(table.sheet()))
                .allSatisfy(table -> assertThat(bySheet.getOrDefault(table.sheet(), List.of()))
                        .as(table.sheet())
                        .anyMatch(Mutants.Mutant::noticed));
    }
}
