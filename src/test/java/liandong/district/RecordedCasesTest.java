package liandong.district;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import liandong.Decide;
import liandong.District;
import liandong.decision.Decisions;
import liandong.scenario.Cases;
import liandong.scenario.RecordedCase;
import liandong.scenario.Scenario;
import liandong.scenario.ScenarioBook;
import liandong.scenario.ScenarioReader;
import liandong.scenario.Scenarios;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What the service was asked and answered, kept as scenarios. */
@Tag("slow") // answers every scenario three times
class RecordedCasesTest {
    private static final Scenarios SCENARIOS =
            ScenarioReader.read(District.policy(), District.policy().files().scenarios());

    @Test
    void every_scenario_kept_by_its_answer_asks_the_same_and_passes() throws BadRequestException {
        var asked = new ArrayList<ObjectNode>();
        var cases = new ArrayList<RecordedCase>();
        for (Scenario scenario : SCENARIOS.cases()) {
            ObjectNode answer = Cases.run(District.policy(), scenario).answer();
            if (!answer.has("problems")) {
                asked.add(answer);
                cases.add(RecordedCase.of(District.policy(), scenario.kind(), scenario.request(), answer));
            }
        }
        assertThat(cases)
                .extracting(RecordedCase::kind)
                .containsAll(Decisions.all().stream()
                        .filter(each -> District.policy().decides(each.part()))
                        .toList());

        var ids = new ArrayList<String>();
        List<Scenario> kept = read(ScenarioBook.with(
                "kept.xlsx", null, cases, District.policy().vocabulary(), new HashSet<>(), ids::add, problem -> {
                    throw new AssertionError(problem);
                }));

        assertThat(kept).hasSameSizeAs(cases).noneMatch(Scenario::confirmed);
        assertThat(ids).doesNotHaveDuplicates().contains("RR-0001", "ER-0001", "CR-0001", "SR-0001", "PR-0001");
        for (Scenario scenario : kept) {
            Cases.Result result = Cases.run(District.policy(), scenario);
            assertThat(result.checks().stream().filter(check -> !check.held())).isEmpty();
            assertThat(result.passed()).as("%s", scenario.at()).isTrue();
            // The id of a decision is made of its facts and its moment: the same id, the same question.
            assertThat(result.answer().get("decisionId"))
                    .isEqualTo(asked.get(ids.indexOf(scenario.id())).get("decisionId"));
        }
    }

    @Test
    void more_cases_follow_those_that_are_there_and_leave_them_as_they_are() throws BadRequestException {
        byte[] closures = District.policy().files().scenarios().get("closure.xlsx");
        Scenario scenario = SCENARIOS.cases().stream()
                .filter(each -> each.kind().code().equals("CLOSURE"))
                .findFirst()
                .orElseThrow();
        ObjectNode answer = Cases.run(District.policy(), scenario).answer();
        var again = RecordedCase.of(District.policy(), Decisions.named("CLOSURE"), scenario.request(), answer);

        var ids = new ArrayList<String>();
        byte[] more = ScenarioBook.with(
                "closure.xlsx",
                closures,
                List.of(again, again),
                District.policy().vocabulary(),
                new HashSet<>(),
                ids::add,
                problem -> {});

        List<Scenario> before = read(closures);
        List<Scenario> after = read(more);
        int last = Integer.parseInt(before.get(before.size() - 1).id().substring("CS-".length()));
        assertThat(after).hasSize(before.size() + 2);
        assertThat(after.subList(0, before.size()))
                .extracting(Scenario::id)
                .isEqualTo(before.stream().map(Scenario::id).toList());
        assertThat(ids)
                .isEqualTo(after.subList(before.size(), after.size()).stream()
                        .map(Scenario::id)
                        .toList())
                .containsExactly("CS-0" + (last + 1), "CS-0" + (last + 2));
        assertThat(after.get(before.size()).at().row())
                .isEqualTo(before.get(before.size() - 1).at().row() + 1);
        assertThat(after.subList(before.size(), after.size()))
                .allMatch(each -> Cases.run(District.policy(), each).passed());
    }

    @Test
    void a_text_that_looks_like_something_else_stays_the_text_it_is() throws BadRequestException {
        ObjectNode request = (ObjectNode) Json.read("""
                {"incident": {"id": "0012", "reportedAt": "2026-11-20T16:30:00.25+08:00", "source": "GRID",
                  "area": "330102001051", "text": "[图片]=1+1；楼上漏水，与邻居争执三个月", "residentsOnly": true},
                 "now": "2026-11-20T16:30:00.5+08:00"}""");
        var scenario = new Scenario(
                "X",
                "",
                Decide.ROUTING,
                request,
                List.of(),
                SCENARIOS.cases().get(0).at(),
                "",
                true);
        ObjectNode answer = Cases.run(District.policy(), scenario).answer();

        var recorded = RecordedCase.of(District.policy(), Decide.ROUTING, request, answer);
        List<Scenario> kept = read(ScenarioBook.with(
                "x.xlsx",
                null,
                List.of(recorded),
                District.policy().vocabulary(),
                new HashSet<>(),
                id -> {},
                problem -> {}));

        assertThat(recorded.cells())
                .containsEntry("标题", "0012：交办")
                .containsEntry("时刻", "2026-11-20T16:30:00.5+08:00")
                .containsEntry("正文 Text", "[图片]=1+1；楼上漏水，与邻居争执三个月")
                .containsEntry("预期牵头", "清波门社区")
                .containsEntry("状态", "待确认");
        Cases.Result result = Cases.run(District.policy(), kept.get(0));
        assertThat(result.passed()).isTrue();
        assertThat(result.answer().get("decisionId")).isEqualTo(answer.get("decisionId"));
    }

    private static List<Scenario> read(byte[] workbook) {
        var files = new TreeMap<String, byte[]>();
        files.put("kept.xlsx", workbook);
        Scenarios read = ScenarioReader.read(District.policy(), files);
        assertThat(read.problems()).isEmpty();
        assertThat(read.broken()).isEmpty();
        return read.cases();
    }
}
