package liandong.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import liandong.problem.Code;
import liandong.problem.FileRef;
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

        PolicyFiles files = placed("routing.xlsx", Objects.requireNonNull(table), BASE);

        assertThat(files.tables().get("routing.xlsx")).isEqualTo(table);
        assertThat(files.scenarios().get("routing.xlsx")).isEqualTo(SCENARIOS);
    }

    @Test
    void scenarios_take_the_place_of_scenarios_though_a_table_has_their_name() {
        byte[] scenarios = Workbooks.xlsx(Map.of("研判交办", new String[][] {{"情景"}, {"编号", "标题"}, {"T-1", "新"}}));

        PolicyFiles files = placed("routing.xlsx", scenarios, BASE);

        assertThat(files.scenarios().get("routing.xlsx")).isEqualTo(scenarios);
        assertThat(files.tables().get("routing.xlsx")).isEqualTo(BASE.tables().get("routing.xlsx"));
    }

    @Test
    void scenarios_under_a_name_of_their_own_are_scenarios_all_the_same() {
        byte[] scenarios = Workbooks.xlsx(Map.of("研判交办", new String[][] {{"情景"}, {"编号", "标题"}, {"T-1", "新"}}));

        PolicyFiles files = placed("夜间.xlsx", scenarios, BASE);

        assertThat(files.scenarios()).containsOnlyKeys("夜间.xlsx");
        assertThat(files.tables()).isEqualTo(BASE.tables());
    }

    @Test
    void one_more_workbook_of_scenarios_is_added_where_several_are_like_it() {
        var several = new TreeMap<>(BASE.files());
        several.put("decision-tables/scenarios/夜间.xlsx", SCENARIOS);
        byte[] scenarios = Workbooks.xlsx(Map.of("研判交办", new String[][] {{"情景"}, {"编号", "标题"}, {"T-1", "新"}}));

        PolicyFiles files = placed("雨季.xlsx", scenarios, new PolicyFiles("base", several));

        assertThat(files.scenarios()).containsOnlyKeys("routing.xlsx", "夜间.xlsx", "雨季.xlsx");
    }

    @Test
    void of_a_table_that_two_workbooks_have_it_is_asked_which_one_is_meant() {
        byte[] table = Objects.requireNonNull(BASE.tables().get("routing.xlsx"));
        var several = new TreeMap<>(BASE.files());
        several.put("decision-tables/routing 副本.xlsx", table);
        var problems = new ArrayList<Problem>();

        assertThat(sent("派单.xlsx", table).onto(new PolicyFiles("base", several), problems::add))
                .isNull();

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.AMBIGUOUS_WORKBOOK);
            assertThat(problem.line(Locale.CHINESE))
                    .startsWith("派单.xlsx: AMBIGUOUS_WORKBOOK: 不能确定 派单.xlsx 替换哪一个工作簿："
                            + "decision-tables/routing 副本.xlsx, decision-tables/routing.xlsx 都有其中的工作表（");
        });
    }

    @Test
    void a_vocabulary_keeps_its_name_and_no_other_workbook_is_overwritten() {
        byte[] vocabulary = Objects.requireNonNull(BASE.tables().get("vocabulary.xlsx"));
        byte[] routing = Objects.requireNonNull(BASE.tables().get("routing.xlsx"));

        assertThat(placed("vocabulary (1).xlsx", vocabulary.clone(), BASE).content())
                .isEqualTo(BASE.content());
        assertThat(placed("calendar.xlsx", routing.clone(), BASE).content()).isEqualTo(BASE.content());
    }

    @Test
    void what_is_no_workbook_and_no_rules_is_told_and_no_draft_is_made_of_it() {
        for (String name : List.of("Thumbs.db", "~$routing.xlsx", "routing.xls", "说明", ".DS_Store")) {
            var problems = new ArrayList<Problem>();

            assertThat(sent(name, new byte[] {1, 2, 3}).onto(BASE, problems::add))
                    .isNull();
            assertThat(problems).containsExactly(Problem.of(Code.PASSED_OVER_FILE, new FileRef(name)));
        }
    }

    @Test
    void a_table_of_rules_takes_the_place_of_rules() {
        PolicyFiles files = placed("people.drl.XLSX", new byte[] {1}, BASE);

        assertThat(files.rules()).containsKey("people.drl.xlsx");
        assertThat(files.tables()).isEqualTo(BASE.tables());
    }

    private static PolicyFiles placed(String name, byte[] bytes, PolicyFiles base) {
        return Objects.requireNonNull(sent(name, bytes).onto(base, problem -> {}));
    }

    @Test
    void a_whole_policy_gets_the_rules_and_scenarios_that_it_lacks_and_says_which() {
        PolicyFiles tables = new PolicyFiles(
                "sent", new TreeMap<>(TinyPolicy.complete().noRules().files().files()));

        SentPolicy sent = SentPolicy.whole(tables);

        assertThat(sent.lacking()).containsExactly("rules", "scenarios");
        assertThat(Objects.requireNonNull(sent.onto(BASE, problem -> {})).rules())
                .isEqualTo(BASE.rules());
        assertThat(Objects.requireNonNull(sent.onto(BASE, problem -> {})).scenarios())
                .isEqualTo(BASE.scenarios());
        assertThat(Objects.requireNonNull(sent.onto(BASE, problem -> {})).label())
                .isEqualTo("sent");
    }

    @Test
    void a_zip_that_is_none_is_told_and_nothing_is_made_of_it() {
        var problems = new ArrayList<Problem>();

        assertThat(SentPolicy.of("my.ZIP", new byte[] {1, 2, 3}, problems::add)).isNull();
        assertThat(problems).extracting(Problem::code).containsExactly(Code.UNREADABLE_ARCHIVE);
    }
}
