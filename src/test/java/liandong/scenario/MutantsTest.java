package liandong.scenario;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.scenario.Mutants.Mutant;
import liandong.scenario.TableMutations.Change;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import liandong.table.Table;
import org.junit.jupiter.api.Test;

class MutantsTest {
    private static final Policy POLICY = TinyPolicy.complete().load();
    private static final String NOW = "2026-11-20 16:30";
    private static final String[] HEADER = {"编号", "时刻", "来源", "区域", "事项", "正文", "死亡人数", "预期牵头", "预期等级", "预期紧急程度"};
    private static final List<Scenario> CASES = ScenarioReaderTest.read(
                    "研判交办",
                    HEADER,
                    ScenarioReaderTest.row("T-1", NOW, "网格员", "东市社区", "路面坑洞", "", "", "主办局", "一般", ""),
                    ScenarioReaderTest.row("T-2", NOW, "网格员", "东市社区", "井盖破损", "", "1", "水务公司", "重大", "紧急"),
                    ScenarioReaderTest.row("T-3", NOW, "热线", "西湖社区", "", "门前坑洞", "", "主办局", "", ""))
            .cases();

    @Test
    void a_bound_is_guarded_on_the_side_that_a_scenario_stands_on() {
        List<Mutant> bounds = Mutants.score(POLICY, CASES, 1000, of -> {}).mutants().stream()
                .filter(mutant -> mutant.variant().row().equals("S-1"))
                .filter(mutant -> mutant.variant().column().startsWith("死亡人数"))
                .toList();

        assertThat(bounds)
                .extracting(
                        mutant -> mutant.variant().change() + " "
                                + mutant.variant().now(),
                        Mutant::noticedBy)
                .containsExactly(
                        tuple("CONDITION_EMPTIED ", "T-1"),
                        tuple("BOUND ≥2", "T-2"),
                        tuple("BOUND ≥0", "T-1"),
                        tuple("COMPARISON >1", "T-2"));
    }

    @Test
    void what_no_scenario_asks_about_goes_unnoticed_and_its_row_comes_first() {
        var score = Mutants.score(POLICY, CASES, 1000, of -> {});

        assertThat(score.unnoticed().keySet()).contains("D-3", "K-4").doesNotContain("S-2");
        assertThat(score.unnoticed().values().stream().map(List::size).toList())
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(score.mutants())
                .extracting(mutant -> mutant.variant().change())
                .contains(Change.values());
    }

    @Test
    void rows_change_places_only_where_one_fact_may_fall_under_both() {
        var swapped = Mutants.score(POLICY, CASES, 1000, of -> {}).mutants().stream()
                .map(Mutant::variant)
                .filter(variant -> variant.change() == Change.ROWS_SWAPPED);

        // Of the duty rows each names another event type, so that their order says nothing.
        assertThat(swapped)
                .extracting(variant -> variant.was() + " " + variant.now())
                .containsExactly("S-1 S-2", "U-1 U-2");
    }

    /** Scenarios are left out only where they could not have noticed: asked all again, none notices more. */
    @Test
    void a_scenario_that_was_left_out_would_not_have_noticed() {
        Map<String, List<SheetData>> sheets = new HashMap<>();
        POLICY.files().tables().forEach((file, bytes) -> sheets.put(file, WorkbookReader.read(file, bytes, p -> {})));
        var score = Mutants.score(POLICY, CASES, 1000, of -> {});

        assertThat(score.mutants()).hasSizeGreaterThan(50).allSatisfy(mutant -> {
            var at = mutant.variant().at();
            Table<?> table = POLICY.tables().stream()
                    .filter(each -> each.sheet().equals(at.sheet()))
                    .findFirst()
                    .orElseThrow();
            SheetData sheet = sheets.getOrDefault(at.file(), List.of()).stream()
                    .filter(each -> each.name().equals(at.sheet()))
                    .findFirst()
                    .orElseThrow();
            Table<?> changed =
                    requireNonNull(TableMutations.table(sheet, table, POLICY.vocabulary(), mutant.variant()));
            Policy trying = POLICY.trying(changed);
            assertThat(CASES.stream().anyMatch(scenario -> !Cases.passes(trying, scenario)))
                    .as("%s", mutant)
                    .isEqualTo(mutant.noticed());
        });
    }

    @Test
    void a_policy_on_trial_is_not_the_published_one() {
        assertThat(POLICY.trying(POLICY.tables().get(0)).version()).isEqualTo(POLICY.version() + "~");
        assertThat(POLICY.watched((table, fact, on, singly) -> {}).version()).isEqualTo(POLICY.version());
    }
}
