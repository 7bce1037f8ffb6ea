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
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/escalation} over a real socket, under the policy of the district. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(WebTest.Given.class)
class EscalationWebTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final DocumentedHttp HTTP = new DocumentedHttp();

    @LocalServerPort
    private int port;

    /** With the stage and the terms as the routing answer in docs/callers.md has them; asked on Friday 20 November, 16:30. */
    private static String quarrel(String events, String more) {
        return """
                {"incident": {"id": "SC-2026-000123", "reportedAt": "2026-11-12T16:30:00+08:00", "source": "GRID", \
                "area": "330102001051", "text": "楼上漏水，与邻居争执三个月", "residentsOnly": true, "eventType": "NEIGHBOUR_DISPUTE"}, \
                "severity": {"code": "GENERAL", "label": "一般"}, "urgency": {"code": "NORMAL", "label": "一般"}, \
                "assignedAt": "2026-11-12T16:30:00+08:00", \
                "lead": {"code": "330102001051", "label": "清波门社区"}, "assisting": ["区司法局"], \
                "stages": [{"order": 1, "name": "调解", "limit": "7 工作日", "start": "2026-11-12T16:30:00+08:00", \
                "due": "2026-11-23T17:30:00+08:00", "row": "STG-0085"}], \
                "events": [%s]%s}""".formatted(events, more);
    }

    private static String event(String kind, String at, String more) {
        return "{\"kind\": \"" + kind + "\", \"at\": \"2026-11-" + at + "+08:00\"" + more + "}";
    }

    private static final String ACCEPTED = event("ACCEPTED", "12T17:00:00", "");

    private HttpResponse<String> post(String contentType, String body) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/escalation"))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode answer(String body) {
        HttpResponse<String> response = post("application/json", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    @Test
    void what_was_done_and_has_to_be_done_again_may_be_done_twice() {
        String done = event("STAGE_DONE", "18T10:00:00", ", \"stage\": \"调解\"");
        String redo = event("REDO", "19T09:00:00", "");
        String again = event("STAGE_DONE", "20T10:00:00", ", \"stage\": \"调解\"");

        JsonNode open = answer(quarrel(String.join(", ", ACCEPTED, done, redo), ""));
        JsonNode twice = answer(quarrel(String.join(", ", ACCEPTED, done, redo, again), ""));
        HttpResponse<String> without = post("application/json", quarrel(String.join(", ", ACCEPTED, done, again), ""));

        assertThat(open.at("/openStages/0/name").stringValue()).isEqualTo("调解");
        assertThat(open.has("nextReviewAt")).isTrue();
        assertThat(twice.get("reason").stringValue()).isEqualTo("DONE");
        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(without.body()).contains("\"code\":\"EVENT_OUT_OF_TURN\"", "重办");
    }

    @Test
    void a_case_in_progress_gets_its_whole_answer() {
        var answer = (ObjectNode) answer(quarrel(ACCEPTED, ""));
        answer.put("decisionId", "…");
        ((ObjectNode) answer.get("policy")).put("version", "…");

        assertThat(answer).isEqualTo(JSON.readTree("""
                { "decisionId": "…",
                  "incidentId": "SC-2026-000123",
                  "outcome": "ACT",
                  "actions": [ {
                    "action": "BLUE_CARD", "label": "蓝牌",
                    "to": [{"code": "330102001051", "label": "清波门社区"}],
                    "stage": "调解", "since": "2026-11-20T14:18:00+08:00", "rows": ["LIM-0002"] } ],
                  "openStages": [{"name": "调解", "due": "2026-11-23T17:30:00+08:00"}],
                  "nextReviewAt": "2026-11-23T17:30:00+08:00",
                  "policy": {"version": "…", "label": "stock"},
                  "decidedAt": "2026-11-20T16:30:00+08:00",
                  "because": [
                  {"rule": "ESC-100", "title": "已用时限达到时限督办表所列比例、尚未采取措施的，采取表列措施；暂停期间不作到期之前的提醒；表扬感谢的只提醒转达，不催办、不亮牌、不提级，特急的除外", "source": "到期前提醒 fsou.com 17273310_2；50% 为推定", "row": "LIM-0001", "at": "escalation.xlsx 时限督办!A3", "says": "其余 → 已用时限 50，措施 提醒，对象 牵头", "confirmed": false},
                  {"rule": "ESC-100", "title": "已用时限达到时限督办表所列比例、尚未采取措施的，采取表列措施；暂停期间不作到期之前的提醒；表扬感谢的只提醒转达，不催办、不亮牌、不提级，特急的除外", "source": "蓝牌＝提醒催促 红黄蓝牌（tjxzf.gov.cn 2023-03-17）；80% 为推定", "row": "LIM-0002", "at": "escalation.xlsx 时限督办!A4", "says": "其余 → 已用时限 80，措施 蓝牌，对象 牵头", "confirmed": false},
                  {"rule": "ESC-500", "title": "提醒、催办、亮牌、挂账、告知、重新研判的，向表列对象发出", "source": "到期前提醒 fsou.com 17273310_2；50% 为推定", "row": "LIM-0001", "at": "escalation.xlsx 时限督办!A3", "says": "其余 → 已用时限 50，措施 提醒，对象 牵头", "confirmed": false},
                  {"rule": "ESC-500", "title": "提醒、催办、亮牌、挂账、告知、重新研判的，向表列对象发出", "source": "蓝牌＝提醒催促 红黄蓝牌（tjxzf.gov.cn 2023-03-17）；80% 为推定", "row": "LIM-0002", "at": "escalation.xlsx 时限督办!A4", "says": "其余 → 已用时限 80，措施 蓝牌，对象 牵头", "confirmed": false} ],
                  "unconfirmed": ["LIM-0001", "LIM-0002"] }
                """));
    }

    @Test
    void the_same_question_gets_the_same_answer_byte_for_byte() {
        String body = quarrel(ACCEPTED, ", \"options\": {\"explain\": \"full\"}");

        assertThat(post("application/json", body).body())
                .isEqualTo(post("application/json", body).body())
                .contains("\"nearMisses\":[");
    }

    @Test
    void a_stream_answers_line_by_line_and_a_bad_line_alone_is_refused() {
        String bad = quarrel(event("RESUMED", "13T09:00:00", ""), "");
        HttpResponse<String> response =
                post("application/x-ndjson", quarrel(ACCEPTED, "") + "\n" + bad + "\n" + quarrel(ACCEPTED, ""));

        List<JsonNode> lines = response.body().lines().map(JSON::readTree).toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).path("outcome").stringValue()).isEqualTo("ACT");
        assertThat(lines.get(1).path("problems").get(0).path("code").stringValue())
                .isEqualTo("EVENT_OUT_OF_TURN");
        assertThat(lines.get(2)).isEqualTo(lines.get(0));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(event("ACCEPTED", "12T16:00:00", ""), "", "/events/0/at EVENT_TOO_EARLY"),
                fault(event("LEADER_NOTED", "12T16:00:00", ""), "", "/events/0/at EVENT_TOO_EARLY"),
                fault(event("ACCEPTED", "21T09:00:00", ""), "", "/events/0/at IN_FUTURE"),
                fault(
                        ACCEPTED + "," + ACCEPTED + "," + event("ACCEPTED", "12T17:00:00", ", \"contested\": true"),
                        "",
                        "/events/2 CONTRADICTION"),
                fault(
                        event("RETURN_REFUSED", "13T09:00:00", "") + ","
                                + event("ACCEPTED", "13T09:00:00", "") + ","
                                + event("RETURNED", "13T09:00:00", ", \"reason\": \"信息不全\", \"body\": \"区司法局\""),
                        "",
                        "/events/2 CONTRADICTION"),
                fault(event("RESUMED", "13T09:00:00", ""), "", "/events/0 EVENT_OUT_OF_TURN"),
                fault(
                        event("PAUSED", "13T09:00:00", "") + "," + event("PAUSED", "13T10:00:00", ""),
                        "",
                        "/events/1 EVENT_OUT_OF_TURN"),
                fault(
                        event("EXTENSION_GRANTED", "13T09:00:00", ", \"stage\": \"调解\""),
                        "",
                        "/events/0/until MISSING_FIELD",
                        "/events/0 EVENT_OUT_OF_TURN"),
                fault(event("STAGE_DONE", "13T09:00:00", ", \"stage\": \"拆除\""), "", "/events/0/stage UNKNOWN_STAGE"),
                fault(event("STAGE_DONE", "13T09:00:00", ""), "", "/events/0/stage MISSING_FIELD"),
                fault(
                        event("STAGE_DONE", "13T09:00:00", ", \"stage\": \"调解\"") + ","
                                + event("STAGE_DONE", "13T10:00:00", ", \"stage\": \"调解\""),
                        "",
                        "/events/1 EVENT_OUT_OF_TURN"),
                fault(
                        event("RETURNED", "13T09:00:00", ""),
                        "",
                        "/events/0/reason MISSING_FIELD",
                        "/events/0/body MISSING_FIELD"),
                fault(
                        event("RETURNED", "13T09:00:00", ", \"body\": \"区城管剧\", \"reason\": \"不想办\""),
                        "",
                        "/events/0/body UNKNOWN_CODE",
                        "/events/0/reason UNKNOWN_CODE"),
                fault(event("REASSIGNED", "13T09:00:00", ", \"body\": \"区司法局\""), "", "/lead CONTRADICTION"),
                fault(event("SHOUTED_AT", "13T09:00:00", ""), "", "/events/0/kind UNKNOWN_CODE"),
                fault(
                        ACCEPTED,
                        ", \"similar\": {\"count\": -1, \"days\": 7, \"area\": \"330102\"}",
                        "/similar/count OUT_OF_RANGE"),
                fault(ACCEPTED, ", \"asignedAt\": \"2026-11-12T16:30:00+08:00\"", "/asignedAt UNKNOWN_FIELD"));
    }

    private static Arguments fault(String events, String more, String... problems) {
        return Arguments.of(quarrel(events, more), List.of(problems));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void what_cannot_be_is_refused_with_its_place(String body, List<String> problems) {
        HttpResponse<String> response = post("application/json", body);

        assertThat(response.statusCode()).isEqualTo(422);
        var lines = new ArrayList<String>();
        JSON.readTree(response.body())
                .get("problems")
                .forEach(each -> lines.add(each.get("pointer").stringValue() + " "
                        + each.get("code").stringValue()));
        assertThat(lines).isEqualTo(problems);
    }

    @Test
    void more_stages_than_any_assignment_has_are_refused_at_once() {
        String stages = IntStream.rangeClosed(1, 201)
                .mapToObj(i ->
                        "{\"order\": " + i + ", \"name\": \"第" + i + "步\", \"due\": \"2026-11-23T17:30:00+08:00\"}")
                .collect(Collectors.joining(",", "\"stages\": [", "]"));
        String body = quarrel("", "").replaceFirst("\"stages\": \\[[^\\]]*\\]", stages);

        HttpResponse<String> response = post("application/json", body);

        assertThat(response.statusCode()).isEqualTo(422);
        JsonNode problems = JSON.readTree(response.body()).get("problems");
        assertThat(problems.findValuesAsString("pointer")).containsExactly("/stages");
        assertThat(problems.findValuesAsString("code")).containsExactly("OUT_OF_RANGE");
    }

    @Test
    void an_event_that_was_delivered_twice_is_one() {
        String paused = event("PAUSED", "13T09:00:00", "") + "," + event("RESUMED", "16T09:00:00", "");

        JsonNode once = answer(quarrel(ACCEPTED + "," + paused, ""));
        JsonNode twice = answer(quarrel(ACCEPTED + "," + paused + "," + ACCEPTED + "," + paused, ""));

        assertThat(twice).isEqualTo(once);
        assertThat(problems(quarrel(ACCEPTED + "," + ACCEPTED + "," + event("RESUMED", "13T09:00:00", ""), "")))
                .as("places are those of what was sent")
                .containsExactly("/events/2 EVENT_OUT_OF_TURN");
    }

    @Test
    void a_pause_may_end_in_the_minute_in_which_it_began_and_begin_again_in_which_it_ended() {
        String short1 = event("PAUSED", "13T09:00:00", "") + "," + event("RESUMED", "13T09:00:00", "");
        String short2 = event("RESUMED", "13T09:00:00", "") + "," + event("PAUSED", "13T09:00:00", "");
        String again = event("PAUSED", "13T08:00:00", "") + "," + short2;

        JsonNode untouched = answer(quarrel(ACCEPTED, ""));
        assertThat(answer(quarrel(ACCEPTED + "," + short1, "")).path("actions")).isEqualTo(untouched.path("actions"));
        assertThat(answer(quarrel(ACCEPTED + "," + short2, "")).path("actions")).isEqualTo(untouched.path("actions"));
        assertThat(answer(quarrel(ACCEPTED + "," + again, "")).path("reason").stringValue())
                .isEqualTo("PAUSED");
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void ten_thousand_events_that_contradict_each_other_get_a_short_answer_at_once() {
        String first = event("ACCEPTED", "12T17:00:00", "");
        String events = IntStream.range(0, 9_000)
                .mapToObj(i -> event("ACCEPTED", "12T17:00:00", ", \"stage\": \"" + (i % 3) + i + "\""))
                .collect(Collectors.joining(","));
        String others = IntStream.range(0, 6_000)
                .mapToObj(i ->
                        event("ACCEPTED", "12T17:00:00", ", \"until\": \"2026-11-20T16:30:00." + (i + 1000) + "Z\""))
                .collect(Collectors.joining(","));

        HttpResponse<String> unknown = post("application/json", quarrel(events, ""));
        HttpResponse<String> contradicting = post("application/json", quarrel(first + "," + others, ""));

        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(unknown.body()).hasSizeLessThan(1 << 16).contains("UNKNOWN_STAGE");
        assertThat(contradicting.statusCode()).isEqualTo(422);
        assertThat(contradicting.body()).hasSizeLessThan(1 << 16).contains("还有 5900 处没有列出");
    }

    private List<String> problems(String body) {
        var lines = new ArrayList<String>();
        JSON.readTree(post("application/json", body).body())
                .get("problems")
                .forEach(each -> lines.add(each.get("pointer").stringValue() + " "
                        + each.get("code").stringValue()));
        return lines;
    }

    @Test
    void a_stage_or_a_time_that_cannot_be_is_refused() {
        String body = quarrel(ACCEPTED, "")
                .replace("\"limit\": \"7 工作日\"", "\"limit\": \"七天\"")
                .replace("\"due\": \"2026-11-23", "\"due\": \"2026-11-11")
                .replace("\"assignedAt\": \"2026-11-12", "\"assignedAt\": \"2026-11-11");
        HttpResponse<String> response = post("application/json", body);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body())
                .contains(
                        "\"/assignedAt\",\"code\":\"TOO_EARLY\"",
                        "\"/stages/0/limit\",\"code\":\"BAD_LIMIT\"",
                        "\"/stages/0/due\",\"code\":\"TOO_EARLY\"");
    }
}
