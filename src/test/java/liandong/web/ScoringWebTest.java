package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Scoring over a real socket, under the policy of the district; now is 2026-11-20T16:30+08:00. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(WebTest.Given.class)
class ScoringWebTest {
    private static final JsonMapper JSON = new JsonMapper();

    @LocalServerPort
    private int port;

    private HttpResponse<String> post(String path, String type, String body) throws Exception {
        return new DocumentedHttp()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofString(body.replace('\'', '"')))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static String scored(String events) {
        return "{'incident':{'id':'C-1','reportedAt':'2026-11-02T09:00:00+08:00','body':'JUSTICE','events':[" + events
                + "]}}";
    }

    private static String event(String kind, String day, String more) {
        return "{'kind':'" + kind + "','at':'2026-11-" + day + "T09:00:00+08:00'" + more + "}";
    }

    private static String period(String members) {
        return "{'periods':[{" + members + "}]}";
    }

    private static String counts(String members) {
        return period("'counts':{" + members + "}");
    }

    /** The answer without what changes with every edit of any table, and without the reasons. */
    private static JsonNode plain(String body) {
        var json = (ObjectNode) JSON.readTree(body);
        assertThat(json.get("because")).isNotEmpty();
        return json.without(List.of("decisionId", "policy", "because"));
    }

    @Test
    void who_takes_something_out_says_so_and_no_body_does_it_for_itself() throws Exception {
        String assigned = event("ASSIGNED", "02", "") + ",";
        HttpResponse<String> nobody = post(
                "/v1/scoring", "application/json", scored(assigned + event("RED_CARD", "09", ",'excluded':'下雨停工'")));
        HttpResponse<String> centre = post(
                "/v1/scoring",
                "application/json",
                scored(assigned + event("RED_CARD", "09", ",'excluded':'下雨停工','by':'COMMAND_CENTRE'")));
        HttpResponse<String> itself = post(
                "/v1/scoring",
                "application/json",
                scored(assigned + event("RED_CARD", "09", ",'excluded':'下雨停工','by':'JUSTICE'")));

        JsonNode warning = JSON.readTree(nobody.body()).path("warnings").path(0);
        assertThat(warning.path("code").stringValue()).isEqualTo("EXCLUDED_BY_NOBODY");
        assertThat(warning.path("pointer").stringValue()).isEqualTo("/incident/events/1/excluded");
        assertThat(JSON.readTree(centre.body()).has("warnings")).isFalse();
        assertThat(JSON.readTree(centre.body()).path("score"))
                .isEqualTo(JSON.readTree(nobody.body()).path("score"));
        assertThat(itself.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(itself.body()).path("problems").findValuesAsString("code"))
                .containsExactly("EXCLUDED_BY_ITSELF");
    }

    @Test
    void a_case_that_a_body_takes_out_of_a_period_itself_is_counted_and_named() throws Exception {
        String one = "{'id':'%s','closed':true,'onTime':true%s}";
        HttpResponse<String> response = post(
                "/v1/scoring/period",
                "application/json",
                "{'periods':[{'body':'JUSTICE','cases':["
                        + one.formatted("1", "") + ","
                        + one.formatted("2", ",'excluded':'下雨停工','excludedBy':'JUSTICE'")
                        + "]},{'body':'CIVIL_AFFAIRS','cases':["
                        + one.formatted("3", "") + ","
                        + one.formatted("4", ",'excluded':'下雨停工'")
                        + "]}]}");

        JsonNode answer = JSON.readTree(response.body());
        assertThat(answer.path("scores").findValuesAsString("outcome")).containsExactly("SCORED", "SCORED");
        for (JsonNode score : answer.path("scores")) {
            boolean itself = score.path("body").path("code").stringValue("").equals("JUSTICE");
            assertThat(score.path("measures").path(0).path("of").asInt()).isEqualTo(itself ? 2 : 1);
            assertThat(score.path("excluded").size()).isEqualTo(itself ? 0 : 1);
        }
        assertThat(answer.path("warnings").findValuesAsString("code"))
                .containsExactly("EXCLUSION_REFUSED", "EXCLUDED_BY_NOBODY");
        assertThat(answer.path("warnings").findValuesAsString("pointer"))
                .containsExactly("/periods/0/cases/1/excluded", "/periods/1/cases/1/excluded");
        assertThat(answer.path("warnings").path(0).path("messageEn").stringValue())
                .isEqualTo("区司法局 has taken out its own case 2; it is counted all the same.");
    }

    @Test
    void a_case_is_answered_with_every_line_and_what_an_appeal_would_change() throws Exception {
        HttpResponse<String> response = post(
                "/v1/scoring",
                "application/json",
                scored(event("ASSIGNED", "02", "") + "," + event("SHIRKED", "05", ",'contested':true")));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        String shirked = """
                {"for":"EVENT","event":"SHIRKED","at":"2026-11-05T09:00:00+08:00","contested":true,"points":-10.00,
                 "row":"SCC-110","says":"情形 推诿 → 加减分 -10","source":"默认值，推定","confirmed":false}""";
        assertThat(plain(response.body())).isEqualTo(JSON.readTree("""
                {"incidentId":"C-1","body":{"code":"JUSTICE","label":"区司法局"},
                 "outcome":"SCORED","score":80.00,"outOf":100.00,"grade":"GOOD",
                 "lines":[
                   {"for":"BASE","points":90.00,"row":"SCC-001","says":"其余 → 基准分 90，下限 0，上限 100",
                    "source":"默认值，推定","confirmed":false},
                   %1$s],
                 "ifAppealsAreUpheld":{"score":90.00,"difference":10.00,"grade":"EXCELLENT","dropped":[%1$s],"added":[]},
                 "decidedAt":"2026-11-20T16:30:00+08:00","unconfirmed":["GRD-002","SCC-001","SCC-110"]}
                """.formatted(shirked)));
    }

    @Test
    void a_period_is_answered_with_rates_items_lines_and_rank() throws Exception {
        HttpResponse<String> response =
                post("/v1/scoring/period", "application/json", counts("'due':972,'closed':911,'onTime':737"));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode score = plain(response.body()).at("/scores/0");
        assertThat(score.get("rank").intValue()).isEqualTo(1);
        assertThat(score.get("measures").get(0)).isEqualTo(JSON.readTree("""
                {"measure":"ON_TIME_RATE","count":737,"of":972,"rate":75.82}"""));
        assertThat(score.get("measures").get(1)).isEqualTo(JSON.readTree("""
                {"measure":"CLOSURE_RATE","count":911,"of":972,"rate":93.72}"""));
        assertThat(score.at("/items/0")).isEqualTo(JSON.readTree("""
                {"item":"ON_TIME","points":50.00,"lines":[
                  {"for":"BASE","points":50.00,"row":"SCP-001","says":"其余 → 项目 按期结案，满分 50，下限 0",
                   "source":"金华市区数字化城市管理工作考核细则（试行）（m.wenke99.com/p-414460）","confirmed":true}]}"""));
        assertThat(score.at("/items/1/points").toString()).isEqualTo("20.0");
        assertThat(response.body()).contains("\"score\":90.00,\"outOf\":90.00");
        assertThat(score.get("notGiven").toString()).isEqualTo("[\"ORGANISATION\",\"SUPERVISION\"]");
        assertThat(score.has("grade")).isFalse();
    }

    @Test
    void a_stream_is_answered_line_by_line() throws Exception {
        String good = counts("'due':10,'closed':10,'onTime':10");
        String bad = counts("'due':10,'closed':11,'onTime':10");

        HttpResponse<String> periods =
                post("/v1/scoring/period", "application/x-ndjson", good + "\n" + bad + "\n" + good);
        HttpResponse<String> cases = post("/v1/scoring", "application/x-ndjson", scored("") + "\n{}\n");

        List<String> lines = periods.body().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isEqualTo(lines.get(2)).contains("\"score\":90.00");
        assertThat(lines.get(1)).contains("IMPOSSIBLE_COUNT", "\"line\":2");
        assertThat(cases.body().lines().toList().get(1)).contains("MISSING_FIELD");
    }

    static Stream<Arguments> faults() {
        String one = "'due':10,'closed':10,'onTime':10";
        String late = event("STAGE_LATE", "05", ",'stage':'调解'");
        return Stream.of(
                Arguments.of(counts("'due':-1"), List.of("/periods/0/counts/due OUT_OF_RANGE")),
                Arguments.of(
                        counts("'due':10,'deferred':11,'closed':1"),
                        List.of("/periods/0/counts/deferred IMPOSSIBLE_COUNT")),
                Arguments.of(
                        counts("'due':10,'closed':11,'onTime':12"),
                        List.of(
                                "/periods/0/counts/closed IMPOSSIBLE_COUNT",
                                "/periods/0/counts/onTime IMPOSSIBLE_COUNT")),
                Arguments.of(
                        counts(one + ",'urgentDue':2,'urgentClosed':3,'urgentOnTime':4"),
                        List.of(
                                "/periods/0/counts/urgentClosed IMPOSSIBLE_COUNT",
                                "/periods/0/counts/urgentOnTime IMPOSSIBLE_COUNT")),
                Arguments.of(
                        counts(one + ",'faults':{'failedChecks':5,'casesWithThreeFailedChecks':2}"),
                        List.of("/periods/0/counts/faults/casesWithThreeFailedChecks IMPOSSIBLE_COUNT")),
                Arguments.of(counts("'due':3,'deferred':3"), List.of("/periods/0/counts/due EMPTY_PERIOD")),
                Arguments.of(counts(""), List.of("/periods/0/counts/due EMPTY_PERIOD")),
                Arguments.of(period("'cases':[]"), List.of("/periods/0/cases EMPTY_PERIOD")),
                Arguments.of(period(""), List.of("/periods/0/counts MISSING_FIELD")),
                Arguments.of(period("'counts':{" + one + "},'cases':[]"), List.of("/periods/0/cases CONTRADICTION")),
                Arguments.of(
                        period("'cases':[{'id':'1','onTime':true},{'id':'1','closed':true,'deferred':true}]"),
                        List.of(
                                "/periods/0/cases/0/onTime CONTRADICTION",
                                "/periods/0/cases/1/id CONTRADICTION",
                                "/periods/0/cases/1/closed CONTRADICTION")),
                Arguments.of(
                        period("'from':'2026-11-02T00:00:00+08:00','to':'2026-11-01T00:00:00+08:00','counts':{" + one
                                + "}"),
                        List.of("/periods/0/from INVERTED_PERIOD")),
                Arguments.of(
                        period("'from':'2026-12-01T00:00:00+08:00','counts':{" + one + "}"),
                        List.of("/periods/0/from IN_FUTURE")),
                Arguments.of(period("'body':'NOBODY','counts':{" + one + "}"), List.of("/periods/0/body UNKNOWN_CODE")),
                Arguments.of(
                        "{'periods':[{'body':'JUSTICE','organisation':5,'counts':{" + one + "}},{'counts':{" + one
                                + "}}]}",
                        List.of("/periods/1/body MISSING_FIELD", "/periods/1/organisation CONTRADICTION")),
                Arguments.of("{'periods':[]}", List.of("/periods MISSING_FIELD")),
                Arguments.of(scored(event("REMINDED", "01", "")), List.of("/incident/events/0/at EVENT_TOO_EARLY")),
                Arguments.of(
                        scored(event("REMINDED", "03", "") + "," + event("ASSIGNED", "04", "")),
                        List.of("/incident/events/0/at EVENT_TOO_EARLY")),
                Arguments.of(scored(event("REMINDED", "21", "")), List.of("/incident/events/0/at IN_FUTURE")),
                Arguments.of(scored(event("STAGE_LATE", "05", "")), List.of("/incident/events/0/stage MISSING_FIELD")),
                Arguments.of(
                        scored(event("STAGE_ON_TIME", "04", ",'stage':'调解'") + "," + late),
                        List.of("/incident/events/1 CONTRADICTION")),
                Arguments.of(
                        scored(event("CITIZEN_SATISFIED", "04", "") + "," + event("CITIZEN_DISSATISFIED", "04", "")),
                        List.of("/incident/events/1 CONTRADICTION")),
                Arguments.of(
                        scored(late + "," + event("STAGE_LATE", "05", ",'stage':'调解','contested':true")),
                        List.of("/incident/events/1 CONTRADICTION")),
                Arguments.of(
                        scored(event("PRAISED", "04", ",'body':'NOBODY'")),
                        List.of("/incident/events/0/kind UNKNOWN_CODE", "/incident/events/0/body UNKNOWN_CODE")));
    }

    @Test
    void an_event_that_was_delivered_twice_counts_once() throws Exception {
        String shirked = event("SHIRKED", "05", "");
        String byName = event("SHIRKED", "05", ",'body':'区司法局'");

        String once = post("/v1/scoring", "application/json", scored(shirked)).body();

        assertThat(post("/v1/scoring", "application/json", scored(shirked + "," + shirked + "," + byName))
                        .body())
                .isEqualTo(once)
                .contains("SHIRKED");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void what_cannot_be_is_named_at_its_place(String request, List<String> faults) throws Exception {
        String path = request.contains("incident") ? "/v1/scoring" : "/v1/scoring/period";

        HttpResponse<String> response = post(path, "application/json", request);

        var told = new ArrayList<String>();
        JSON.readTree(response.body())
                .path("problems")
                .forEach(each -> told.add(each.get("pointer").stringValue() + " "
                        + each.get("code").stringValue()));
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(told).containsExactlyElementsOf(faults);
    }
}
