package liandong.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.table.Workbooks;
import org.junit.jupiter.api.Test;

class SentPolicyTest {
    private static final byte[] SCENARIOS =
            Workbooks.xlsx(Map.of("研判交办", new String[][] {{"情景"}, {"编号", "标题"}, {"T-1", "旧"}}));

    private static final PolicyFiles BASE = TinyPolicy.complete()
            .file("decision-tables/scenarios/routing.xlsx", SCENARIOS)
            .files();

    private static SentPolicy sent(String name, byte[] bytes) {
        return Objects.requireNonNull(SentPolicy.of(name, bytes, problem -> {
            throw new AssertionError(problem);
        }));
    }

    @Test
    void a_table_takes_the_place_of_the_table_though_a_scenario_workbook_has_its_name() {
        byte[] table = TinyPolicy.complete()
                .cell("routing.xlsx 阶段时限!E4", "9 工作日")
                .files()
                .tables()
                .get("routing.xlsx");

        PolicyFiles files = sent("routing.xlsx", Objects.requireNonNull(table)).onto(BASE);

        assertThat(files.tables().get("routing.xlsx")).isEqualTo(table);
        assertThat(files.scenarios().get("routing.xlsx")).isEqualTo(SCENARIOS);
    }

    @Test
    void scenarios_take_the_place_of_scenarios_though_a_table_has_their_name() {
        byte[] scenarios = Workbooks.xlsx(Map.of("研判交办", new String[][] {{"情景"}, {"编号", "标题"}, {"T-1", "新"}}));

        PolicyFiles files = sent("routing.xlsx", scenarios).onto(BASE);

        assertThat(files.scenarios().get("routing.xlsx")).isEqualTo(scenarios);
        assertThat(files.tables().get("routing.xlsx")).isEqualTo(BASE.tables().get("routing.xlsx"));
    }

    @Test
    void a_whole_policy_gets_the_rules_and_scenarios_that_it_lacks_and_says_which() {
        PolicyFiles tables = new PolicyFiles(
                "sent", new TreeMap<>(TinyPolicy.complete().noRules().files().files()));

        SentPolicy sent = SentPolicy.whole(tables);

        assertThat(sent.lacking()).containsExactly("rules", "scenarios");
        assertThat(sent.onto(BASE).rules()).isEqualTo(BASE.rules());
        assertThat(sent.onto(BASE).scenarios()).isEqualTo(BASE.scenarios());
        assertThat(sent.onto(BASE).label()).isEqualTo("sent");
    }

    @Test
    void a_zip_that_is_none_is_told_and_nothing_is_made_of_it() {
        var problems = new ArrayList<Problem>();

        assertThat(SentPolicy.of("my.ZIP", new byte[] {1, 2, 3}, problems::add)).isNull();
        assertThat(problems).extracting(Problem::code).containsExactly(Code.UNREADABLE_ARCHIVE);
    }
}
