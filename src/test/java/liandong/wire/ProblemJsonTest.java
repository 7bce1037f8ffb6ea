package liandong.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import liandong.policy.PolicyFiles;
import liandong.policy.TinyPolicy;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.LineRef;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import org.junit.jupiter.api.Test;

/** Problems and findings as callers get them: every member in its place. */
class ProblemJsonTest {
    private static final Problem IN_REQUEST =
            Problem.of(Code.UNKNOWN_FIELD, new RequestPointer("/incident/x"), "x", "id");
    private static final Problem IN_CELL = Problem.of(Code.RULES_NOT_CHECKED, new CellRef("a.xlsx", "表", 4, 1), "b");

    @Test
    void a_problem_says_where_what_and_how_to_mend_it() {
        assertThat(Json.write(ProblemJson.of(422, List.of(IN_REQUEST, IN_CELL), Locale.ENGLISH)))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"UNKNOWN_FIELD\",\"status\":422,"
                        + "\"detail\":\"There is no field \\\"x\\\" here.\",\"problems\":["
                        + "{\"pointer\":\"/incident/x\",\"code\":\"UNKNOWN_FIELD\","
                        + "\"message\":\"There is no field \\\"x\\\" here.\",\"help\":\"Known here: id.\"},"
                        + "{\"at\":\"a.xlsx 表!B4\",\"code\":\"RULES_NOT_CHECKED\",\"message\":"
                        + Json.text(IN_CELL.message(Locale.ENGLISH)) + help(IN_CELL) + "}]}");
        assertThat(Json.write(
                        ProblemJson.of(422, List.of(IN_REQUEST), Locale.ENGLISH).inLine(7)))
                .endsWith("],\"line\":7}");
    }

    private static String help(Problem problem) {
        String help = problem.help(Locale.ENGLISH);
        return help.isEmpty() ? "" : ",\"help\":" + Json.text(help);
    }

    @Test
    void a_finding_has_the_parts_of_its_place_one_by_one() {
        PolicyFiles files = TinyPolicy.withOneRule().files();
        Problem inLine = Problem.of(Code.BAD_RULE, new LineRef("r.drl", 12), "?");
        Problem inFile = Problem.of(Code.EMPTY_FILE, new FileRef("e.xlsx"));

        JsonParts json = JsonParts.of(CheckJson.of(files, List.of(IN_CELL, inLine, inFile), false, Locale.ENGLISH));

        assertThat(json.head())
                .isEqualTo("{\"policy\":{\"version\":\"" + files.version() + "\",\"label\":\"" + files.label()
                        + "\"},\"usable\":false,\"counts\":{\"error\":2,\"warning\":1,\"note\":0}");
        assertThat(json.places())
                .containsExactly(
                        Map.entry("RULES_NOT_CHECKED", "severity,code,at,file,sheet,cell,message" + more(IN_CELL)),
                        Map.entry("BAD_RULE", "severity,code,at,file,line,message" + more(inLine)),
                        Map.entry("EMPTY_FILE", "severity,code,at,file,message" + more(inFile)));
    }

    @Test
    void what_is_wrong_alike_in_several_cells_of_a_sheet_is_one_finding_that_names_the_others() {
        Problem one = Problem.of(Code.NOT_A_NUMBER, new CellRef("a.xlsx", "表", 3, 1), "x", "数");
        Problem other = Problem.of(Code.NOT_A_NUMBER, new CellRef("a.xlsx", "表", 5, 1), "x", "数");
        Problem elsewhere = Problem.of(Code.NOT_A_NUMBER, new CellRef("a.xlsx", "又一张", 5, 1), "x", "数");

        CheckJson check =
                CheckJson.of(TinyPolicy.withOneRule().files(), List.of(one, other, elsewhere), false, Locale.ENGLISH);

        assertThat(check.problems())
                .extracting(each -> each.at() + " " + each.alsoAt())
                .containsExactly("a.xlsx 表!B3 [a.xlsx 表!B5]", "a.xlsx 又一张!B5 []");
        assertThat(check.counts().error()).isEqualTo(3);
    }

    private static String more(Problem problem) {
        return problem.help(Locale.ENGLISH).isEmpty() ? "" : ",help";
    }

    /** What comes before the findings, and the members of each. */
    private record JsonParts(String head, List<Map.Entry<String, String>> places) {
        static JsonParts of(CheckJson check) {
            String json = Json.write(check);
            var places = new java.util.ArrayList<Map.Entry<String, String>>();
            Json.object(check)
                    .get("problems")
                    .forEach(each -> places.add(
                            Map.entry(each.get("code").stringValue(), String.join(",", each.propertyNames()))));
            return new JsonParts(json.substring(0, json.indexOf(",\"problems\"")), places);
        }
    }

    @Test
    void what_is_json_already_and_what_is_a_map_stay_as_they_are() {
        assertThat(Json.write(Json.object().set("a", Json.raw("{ \"b\" : 1.0 }"))))
                .isEqualTo("{\"a\":{ \"b\" : 1.0 }}");
        assertThat(Json.write(Json.of(new TreeMap<>(Map.of("a", 1L, "b", List.of(Code.BAD_JSON))))))
                .isEqualTo("{\"a\":1,\"b\":[\"BAD_JSON\"]}");
    }
}
