package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/closure} over a real socket, under the policy of the district. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(WebTest.Given.class)
class ClosureWebTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final DocumentedHttp HTTP = new DocumentedHttp();

    /** With the stage and the terms as the routing answer in docs/callers.md has them. */
    private static final String QUARREL = """
            {"incident": {"id": "SC-2026-000123", "reportedAt": "2026-11-12T16:30:00+08:00", "source": "GRID", \
            "area": "330102001051", "text": "楼上漏水，与邻居争执三个月", "residentsOnly": true, "eventType": "NEIGHBOUR_DISPUTE"}, \
            "severity": {"code": "GENERAL", "label": "一般"}, "urgency": {"code": "NORMAL", "label": "一般"}, \
            "lead": {"code": "330102001051", "label": "清波门社区"}, \
            "stages": [{"order": 1, "name": "调解", "limit": "7 工作日", "start": "2026-11-12T16:30:00+08:00", \
            "due": "2026-11-23T17:30:00+08:00", "row": "STG-0085", "doneAt": "2026-11-18T11:00:00+08:00"}], \
            "handling": {"concludedAt": "2026-11-18T15:00:00+08:00", "proofs": ["签字记录"], "redos": 0}}""";

    private static final String FOLLOW_UP =
            ", \"followUp\": {\"at\": \"2026-11-19T10:00:00+08:00\", \"by\": \"COMMAND_CENTRE\", \"how\": \"PHONE\","
                    + " \"satisfaction\": \"DISSATISFIED\", \"cause\": \"SUBJECTIVE\"}}";

    @LocalServerPort
    private int port;

    private HttpResponse<String> post(String contentType, String body) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/closure"))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> close(String body) {
        return post("application/json", body);
    }

    private static String followedUp() {
        return QUARREL.substring(0, QUARREL.length() - 1) + FOLLOW_UP;
    }

    private static List<String> problems(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(422);
        var lines = new ArrayList<String>();
        JSON.readTree(response.body())
                .get("problems")
                .forEach(each -> lines.add(each.get("pointer").stringValue() + " "
                        + each.get("code").stringValue()));
        return lines;
    }

    /** The answer without what changes with every edit of any table. */
    private static JsonNode unversioned(String json) {
        var node = (ObjectNode) JSON.readTree(json);
        node.put("decisionId", "…");
        ((ObjectNode) node.get("policy")).put("version", "…");
        return node;
    }

    @Test
    void a_concluded_case_gets_its_whole_answer() {
        HttpResponse<String> response = close(QUARREL);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(unversioned(response.body())).isEqualTo(JSON.readTree("""
                { "decisionId": "…",
                  "incidentId": "SC-2026-000123",
                  "stage": "CONCLUDING",
                  "outcome": "ACCEPT",
                  "reason": "COMPLETE",
                  "sampling": {"rate": 30, "lot": 813, "taken": true, "row": "SMP-0008"},
                  "followUp": {"by": {"code": "COMMAND_CENTRE", "label": "区社会治理中心"}, "how": "PHONE", "limit": "1 工作日", "due": "2026-11-19T17:30:00+08:00", "late": true, "row": "FUP-0007"},
                  "policy": {"version": "…", "label": "stock"},
                  "decidedAt": "2026-11-20T16:30:00+08:00",
                  "because": [
                  {"rule": "CLO-030", "title": "各阶段均已办结、佐证齐全的，认可办结", "source": "默认值，推定", "row": "EVI-0006", "at": "closure.xlsx 办结佐证!A8", "says": "小类 邻里、矛盾纠纷 → 佐证 签字记录", "confirmed": false},
                  {"rule": "CLO-100", "title": "认可办结的，按回访抽样表的比例，由编号随机抽样确定是否回访", "source": "回访抽样默认值（紧急、领导、投诉 100%，一般 30%，咨询 10%），推定", "row": "SMP-0008", "at": "closure.xlsx 回访抽样!A10", "says": "其余 → 抽样比例 30", "confirmed": false},
                  {"rule": "CLO-110", "title": "抽中的，按回访方式表安排回访", "source": "fsou.com 17273310_2（收到办结件次日回访）；上城区\\"网组片\\"联动管理研究（2014）：指挥中心回访", "row": "FUP-0007", "at": "closure.xlsx 回访方式!A9", "says": "回访次数 0 → 回访单位 区社会治理中心，方式 电话，时限 1 工作日", "confirmed": true} ],
                  "unconfirmed": ["EVI-0006", "SMP-0008"] }
                """));
    }

    @Test
    void a_followed_up_case_gets_its_whole_answer() {
        HttpResponse<String> response = close(followedUp());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(unversioned(response.body())).isEqualTo(JSON.readTree("""
                { "decisionId": "…",
                  "incidentId": "SC-2026-000123",
                  "stage": "FOLLOWED_UP",
                  "outcome": "REDO",
                  "reason": "SUBJECTIVE_CAUSE",
                  "redo": {"number": 1, "by": {"code": "330102001051", "label": "清波门社区"}, "limit": "3 工作日", "due": "2026-11-24T17:30:00+08:00", "row": "RDO-0002"},
                  "nextReviewAt": "2026-11-24T17:30:00+08:00",
                  "policy": {"version": "…", "label": "stock"},
                  "decidedAt": "2026-11-20T16:30:00+08:00",
                  "because": [
                  {"rule": "CLO-210", "title": "因主观原因不满意的，不予认可", "source": "fsou.com 17273310_2：主观原因不满意的重新办理", "confirmed": true},
                  {"rule": "CLO-300", "title": "不予认可、不能只补正、重办未达次数上限的，限期重办", "source": "shqp.gov.cn 青夏街〔2022〕22号（重办 3 工作日，单位负责人参与）；最多次数为推定", "row": "RDO-0002", "at": "closure.xlsx 重办!A4", "says": "其余 → 时限 3 工作日，最多次数 2", "confirmed": false} ],
                  "unconfirmed": ["RDO-0002"] }
                """));
    }

    @Test
    void the_same_request_gets_the_same_bytes() {
        assertThat(close(QUARREL).body()).isEqualTo(close(QUARREL).body());
    }

    @Test
    void a_stream_is_answered_line_by_line_and_a_bad_line_on_its_own() {
        HttpResponse<String> response =
                post("application/x-ndjson", QUARREL + "\n{\"incident\":{}}\n" + followedUp() + "\n");

        List<JsonNode> lines =
                response.body().lines().<JsonNode>map(JSON::readTree).toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isEqualTo(JSON.readTree(close(QUARREL).body()));
        assertThat(lines.get(1).get("line").intValue()).isEqualTo(2);
        assertThat(lines.get(2).get("outcome").stringValue()).isEqualTo("REDO");
    }

    /** Each turns one thing about a sound request bad. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"concludedAt\": \"2026-11-18 | \"concludedAt\": \"2026-11-11 | /handling/concludedAt TOO_EARLY",
                "\"doneAt\": \"2026-11-18 | \"doneAt\": \"2026-11-11 | /stages/0/doneAt TOO_EARLY",
                "\"doneAt\": \"2026-11-18 | \"doneAt\": \"2026-11-21 | /stages/0/doneAt IN_FUTURE",
                "\"at\": \"2026-11-19 | \"at\": \"2026-11-17 | /followUp/at TOO_EARLY",
                "\"at\": \"2026-11-19 | \"at\": \"2026-11-21 | /followUp/at IN_FUTURE",
                "\"satisfaction\": \"DISSATISFIED\", | `` | /followUp/satisfaction MISSING_FIELD",
                "\"DISSATISFIED\" | \"SATISFIED\" | /followUp/cause CONTRADICTION",
                "\"DISSATISFIED\" | \"UNREACHABLE\" | /followUp/cause CONTRADICTION",
                "\"DISSATISFIED\" | \"不太满意\" | /followUp/satisfaction UNKNOWN_CODE",
                "\"redos\": 0 | \"redos\": -1 | /handling/redos OUT_OF_RANGE",
                "\"签字记录\" | \"签字记绿\" | /handling/proofs/0 UNKNOWN_CODE",
                ", \"eventType\": \"NEIGHBOUR_DISPUTE\" | `` | /incident/eventType MISSING_FIELD",
                "{\"code\": \"330102001051\" | {\"code\": \"330102009999\" | /lead UNKNOWN_CODE",
                "\"severity\": {\"code\": \"GENERAL\" | \"severity\": {\"code\": \"GRAVE\" | /severity UNKNOWN_CODE",
                "\"how\": \"PHONE\" | \"how\": \"LETTER\" | /followUp/how UNKNOWN_CODE",
            })
    void what_cannot_be_is_named_by_its_pointer(String sound, String bad, String problem) {
        assertThat(followedUp()).contains(sound);

        assertThat(problems(close(followedUp().replace(sound, bad)))).containsExactly(problem);
    }

    @Test
    void a_conclusion_after_now_is_refused() {
        assertThat(problems(close(QUARREL.replace("\"concludedAt\": \"2026-11-18", "\"concludedAt\": \"2026-11-21"))))
                .containsExactly("/handling/concludedAt IN_FUTURE");
    }

    @Test
    void two_stages_of_one_name_are_refused_and_stages_that_are_not_said_too_but_not_that_there_were_none() {
        String stage = QUARREL.substring(QUARREL.indexOf("[{") + 1, QUARREL.indexOf("}]") + 1);

        assertThat(problems(close(QUARREL.replace(stage, stage + ", " + stage))))
                .containsExactly("/stages/1/name NAMED_TWICE");
        String none = QUARREL.replace(stage, "");
        assertThat(problems(close(none.replace("\"stages\": [],", "")))).containsExactly("/stages MISSING_FIELD");
        assertThat(problems(close(none.replace("[]", "null")))).containsExactly("/stages MISSING_FIELD");
        assertThat(JSON.readTree(close(none).body()).get("outcome").stringValue())
                .isEqualTo("ACCEPT");
    }

    @Test
    void every_missing_field_is_named_at_once() {
        assertThat(problems(close("{}")))
                .containsExactlyInAnyOrder(
                        "/incident MISSING_FIELD",
                        "/severity MISSING_FIELD",
                        "/urgency MISSING_FIELD",
                        "/lead MISSING_FIELD",
                        "/stages MISSING_FIELD",
                        "/handling MISSING_FIELD");
    }
}
