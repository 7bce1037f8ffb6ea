package liandong.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import liandong.District;
import liandong.scenario.Suggestions.Suggestion;
import liandong.scenario.Suggestions.Unreached;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Cases found for what two thirds of the district's scenarios would have shown. */
@Tag("slow") // searches for cases for minutes
class FoundCasesTest {
    private static final Scenarios SCENARIOS =
            ScenarioReader.read(District.policy(), District.policy().files().scenarios());

    @Test
    void with_the_suggestions_a_third_of_the_scenarios_shows_as_much_as_all_of_them() {
        // Keywords stay whole: what each of 4,036 words does in company is no matter of single changes.
        List<Scenario> third = IntStream.range(0, SCENARIOS.cases().size())
                .filter(i -> i % 3 == 0 || SCENARIOS.cases().get(i).at().file().equals("keywords.xlsx"))
                .mapToObj(SCENARIOS.cases()::get)
                .toList();
        var all = new Coverage(District.policy());
        SCENARIOS.cases().forEach(all::run);

        Suggestions.Outcome outcome = Suggestions.find(District.policy(), third, 600, () -> true, (number, of) -> {});

        assertThat(outcome.before().deciding()).isLessThan(all.sum().deciding());
        assertThat(outcome.after().deciding()).isEqualTo(all.sum().deciding());
        assertThat(outcome.after().held()).isEqualTo(all.sum().held());
        // No event type of the two classes lies in another category than EVI-0003 names. The others cover facts, but
        // decide only after two changes of which neither alone shows that it leads there.
        assertThat(outcome.unreached().stream()
                        .map(Unreached::aim)
                        .filter(aim -> aim.shows() != CoverageGoal.Shows.EDGE)
                        .filter(aim -> !aim.table().sheet().equals("关键词"))
                        .map(aim -> aim.of().ref().id() + " " + aim.header()))
                .containsExactlyInAnyOrder("EVI-0003 类别", "CIR-0002 ", "SCP-102 ", "SCP-106 ");

        var files = new TreeMap<String, byte[]>();
        var ids = new HashSet<String>();
        SCENARIOS.cases().forEach(each -> ids.add(each.id()));
        District.policy().files().scenarios().forEach((file, bytes) -> {
            var rows = outcome.cases().stream()
                    .filter(each -> each.file().equals(file))
                    .map(Suggestion::row)
                    .toList();
            byte[] more =
                    ScenarioBook.with(file, bytes, rows, District.policy().vocabulary(), ids, ids::add, problem -> {});
            if (more != null) {
                files.put(file, more);
            }
        });
        Scenarios read = ScenarioReader.read(District.policy(), files);
        assertThat(read.problems()).isEmpty();
        assertThat(read.cases())
                .hasSize(SCENARIOS.cases().size() + outcome.cases().size());
        assertThat(read.cases().stream().filter(each -> !each.confirmed()))
                .hasSize(outcome.cases().size())
                .allMatch(each -> Cases.run(District.policy(), each).passed());
    }
}
