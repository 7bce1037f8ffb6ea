package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import liandong.District;
import liandong.journal.Verification;
import liandong.policy.PolicyHistory;
import liandong.store.Database;
import liandong.store.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was answered, found again over a real socket. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(DecisionWebTest.Given.class)
class DecisionWebTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:30:00Z");
    private static final JsonMapper JSON = new JsonMapper();
    private static final DocumentedHttp HTTP = new DocumentedHttp();

    /** A clock that goes on a second whenever it is asked. */
    private static final class Ticking extends Clock {
        private Instant now = NOW;

        @Override
        public synchronized Instant instant() {
            now = now.plusSeconds(1);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Given {
        @Bean
        PolicyHistory policy() {
            return new OnePolicy(District::policy);
        }

        @Bean
        Clock clock() {
            return new Ticking();
        }

        @Bean
        Database database() {
            return Stores.SQLITE.open();
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private Database database;

    @BeforeEach
    void empty() {
        database.sql().sql("DELETE FROM decision").update();
        database.sql().sql("DELETE FROM decision_term").update();
        database.sql()
                .sql("UPDATE indexed SET place = (SELECT length FROM chain WHERE no = indexed.chain)")
                .update();
        database.sql()
                .sql("UPDATE chain SET pruned = length, pruned_head = head")
                .update();
    }

    private static String report(int n) {
        return "{\"incident\":{\"id\":\"SC-" + n
                + "\",\"reportedAt\":\"2026-11-20T16:00:00+08:00\",\"source\":\"GRID\",\"area\":\"330102001051\","
                + "\"text\":\"路灯坏了\",\"eventType\":\"" + (n % 2 == 0 ? "STREET_LIGHT" : "NEIGHBOUR_DISPUTE") + "\"}}";
    }

    private HttpResponse<String> post(String path, String type, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Content-Type", type)
                        .header("Liandong-Person", "grid")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                BodyHandlers.ofString());
    }

    private JsonNode found(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    @Test
    void a_decision_run_again_comes_out_the_same() throws Exception {
        String answer = post("/v1/routing", "application/json", report(4)).body();
        String id = JSON.readTree(answer).path("decisionId").stringValue();

        HttpResponse<String> response = post("/v1/decisions/" + id + "/replay", "application/json", "");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode replay = JSON.readTree(response.body()).path("replays").get(0);
        assertThat(replay.path("result").stringValue()).isEqualTo("SAME");
        assertThat(replay.path("subject").stringValue()).isEqualTo("SC-4");
        assertThat(replay.has("differences")).isFalse();
        assertThat(post("/v1/decisions/nobody/replay", "application/json", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void an_answer_is_found_by_its_id_as_it_was_given() throws Exception {
        String answer = post("/v1/routing", "application/json", report(2)).body();
        String id = JSON.readTree(answer).path("decisionId").stringValue();

        String body = get("/v1/decisions/" + id).body();

        JsonNode json = JSON.readTree(body);
        assertThat(body).contains("\"answer\":" + answer);
        assertThat(json.path("kind").stringValue()).isEqualTo("ROUTING");
        assertThat(json.path("caller").stringValue()).isEqualTo("grid");
        assertThat(json.path("policy").stringValue())
                .isEqualTo(District.policy().version());
        assertThat(json.path("request").path("incident").path("text").stringValue())
                .isEqualTo("路灯坏了");
        assertThat(json.path("request").path("now").stringValue()).startsWith("2026-11-20T16:30:");
        assertThat(json.path("given")).hasSize(1);
        assertThat(id.charAt(14)).as("UUID version").isEqualTo('7');
    }

    @Test
    void every_line_of_a_stream_is_kept_before_it_leaves() throws Exception {
        var lines = new StringBuilder();
        for (int n = 0; n < 600; n++) {
            lines.append(n == 300 ? "{\"incident\":{}}" : report(n)).append('\n');
        }

        String[] answers = post("/v1/routing", "application/x-ndjson", lines.toString())
                .body()
                .split("\n");

        assertThat(answers).hasSize(600);
        assertThat(JSON.readTree(answers[300]).path("line").intValue()).isEqualTo(301);
        assertThat(JSON.readTree(answers[599]).path("incidentId").stringValue()).isEqualTo("SC-599");
        assertThat(database.sql()
                        .sql("SELECT count(*) FROM decision")
                        .query(Integer.class)
                        .single())
                .isEqualTo(599);
        assertThat(Verification.of(database, Map.of(), read -> {}).faults()).isEmpty();
    }

    @Test
    void a_case_is_found_whole_across_the_decisions() throws Exception {
        JsonNode routed =
                JSON.readTree(post("/v1/routing", "application/json", report(4)).body());
        String closure = "{\"incident\":" + JSON.readTree(report(4)).path("incident") + ",\"severity\":"
                + routed.path("assignment").path("severity") + ",\"urgency\":"
                + routed.path("assignment").path("urgency") + ",\"lead\":"
                + routed.path("assignment").path("lead") + ",\"stages\":"
                + routed.path("assignment").path("stages").toString()
                + ",\"handling\":{\"concludedAt\":\"2026-11-20T16:20:00+08:00\"}}";
        HttpResponse<String> closed = post("/v1/closure", "application/json", closure);
        assertThat(closed.statusCode()).as(closed.body()).isEqualTo(200);
        post("/v1/routing", "application/json", report(5));

        JsonNode trail = found("/v1/incidents/SC-4");

        assertThat(trail.path("incidentId").stringValue()).isEqualTo("SC-4");
        assertThat(trail.path("decisions"))
                .extracting(each -> each.path("kind").stringValue())
                .containsExactly("ROUTING", "CLOSURE");
        assertThat(get("/v1/incidents/SC-4").body()).contains("\"answer\":" + closed.body());
    }

    @Test
    void another_text_under_the_same_id_is_told_in_the_trail() throws Exception {
        post("/v1/routing", "application/json", report(6));
        post("/v1/routing", "application/json", report(6).replace("路灯坏了", "水管爆了"));
        post(
                "/v1/routing",
                "application/json",
                report(6).replace("路灯坏了", "水管爆了").replace("16:00:00", "15:59:00"));
        post(
                "/v1/routing",
                "application/json",
                report(6).replace("路灯坏了", "水管爆了").replace("16:00:00", "15:59:00"));
        post("/v1/routing", "application/json", report(7));

        assertThat(found("/v1/incidents/SC-6").path("warnings").toString())
                .isEqualTo("[{\"code\":\"OTHER_TEXT\",\"pointer\":\"/decisions/1\","
                        + "\"message\":\"第 2 次决策所报的正文与此前同一编号的不同。\","
                        + "\"messageEn\":\"Decision 2 was asked for with another text than before under the same id.\"},"
                        + "{\"code\":\"OTHER_REPORT_TIME\",\"pointer\":\"/decisions/2\","
                        + "\"message\":\"第 3 次决策所报的上报时间 2026-11-20T15:59+08:00 与此前同一编号的 2026-11-20T16:00+08:00 不同。\","
                        + "\"messageEn\":\"Decision 3 was asked for with another time of the report,"
                        + " 2026-11-20T15:59+08:00, than before, 2026-11-20T16:00+08:00, under the same id.\"},"
                        + "{\"code\":\"ASKED_AGAIN\",\"pointer\":\"/decisions/3\","
                        + "\"message\":\"第 4 次决策与第 3 次所报相同，相隔只有几分钟，似为重试。\","
                        + "\"messageEn\":\"Decision 4 was asked for as decision 3 was, minutes apart:"
                        + " it seems to be a second try.\"}]");
        assertThat(found("/v1/incidents/SC-7").has("warnings")).isFalse();
    }

    @Test
    void what_was_asked_a_little_ahead_of_the_clock_comes_out_the_same_when_it_is_run_again() throws Exception {
        JsonNode answer = JSON.readTree(post(
                        "/v1/routing",
                        "application/json",
                        report(8)
                                .replace("16:00:00", "16:33:00")
                                .replace("}}", "},\"now\":\"2026-11-20T16:30:00+08:00\"}"))
                .body());
        assertThat(answer.path("warnings").path(0).path("code").stringValue()).isEqualTo("AHEAD_OF_CLOCK");

        HttpResponse<String> again =
                post("/v1/decisions/" + answer.path("decisionId").stringValue() + "/replay", "application/json", "");

        assertThat(JSON.readTree(again.body())
                        .path("replays")
                        .get(0)
                        .path("result")
                        .stringValue())
                .isEqualTo("SAME");
    }

    @Test
    void extremes_of_time_are_told_of_where_decisions_are_looked_for() throws Exception {
        for (String time : List.of(
                "0001-01-01",
                "9999-12-31",
                "%2B999999999-12-31",
                "%2B999999999-12-31T23:59:59-18:00",
                "-999999999-01-01T00:00:00%2B18:00")) {
            HttpResponse<String> response = get("/v1/decisions?from=" + time + "&to=" + time);
            assertThat(response.statusCode()).as(time).isEqualTo(422);
            assertThat(JSON.readTree(response.body()).path("problems"))
                    .extracting(each -> each.path("at").stringValue() + " "
                            + each.path("code").stringValue())
                    .containsExactly("from OUT_OF_RANGE", "to OUT_OF_RANGE");
        }
        assertThat(get("/v1/decisions?from=2026-02-30").statusCode()).isEqualTo(422);
    }

    @Test
    void decisions_are_found_by_body_row_rule_outcome_policy_type_and_time() throws Exception {
        JsonNode answer = JSON.missingNode();
        for (int n = 0; n < 10; n++) {
            answer = JSON.readTree(
                    post("/v1/routing", "application/json", report(n)).body());
        }
        JsonNode last = answer;
        JsonNode lead = last.path("assignment").path("lead");
        String label = URLEncoder.encode(lead.path("label").stringValue(), StandardCharsets.UTF_8);
        JsonNode byBody = found("/v1/decisions?body=" + lead.path("code").stringValue());
        assertThat(found("/v1/decisions?body=" + label)).isEqualTo(byBody);
        assertThat(byBody.path("decisions"))
                .extracting(each -> each.path("incidentId").stringValue())
                .contains("SC-9", "SC-7", "SC-5", "SC-3", "SC-1");
        List<String> searches = List.of(
                "eventType=NEIGHBOUR_DISPUTE", "eventType=" + URLEncoder.encode("邻里纠纷", StandardCharsets.UTF_8));
        for (String search : searches) {
            assertThat(found("/v1/decisions?" + search).path("decisions"))
                    .as(search)
                    .extracting(each -> each.path("incidentId").stringValue())
                    .containsExactly("SC-9", "SC-7", "SC-5", "SC-3", "SC-1");
        }
        for (String all : List.of(
                "",
                "outcome=ASSIGNED",
                "kind=ROUTING",
                "caller=grid",
                "from=2026-11-20&to=2026-11-20",
                "policy=" + District.policy().version().substring(0, 16))) {
            assertThat(found("/v1/decisions?" + all).path("decisions")).as(all).hasSize(10);
        }
        for (String none : List.of(
                "outcome=MERGED", "kind=CLOSURE", "caller=nobody", "from=2026-11-21", "to=2026-11-19", "row=NO-1")) {
            JsonNode page = found("/v1/decisions?" + none);
            assertThat(page.path("decisions")).as(none).isEmpty();
            assertThat(page.has("next")).isFalse();
        }
        last.path("because").forEach(reason -> {
            try {
                assertThat(found("/v1/decisions?rule=" + reason.path("rule").stringValue())
                                .path("decisions"))
                        .extracting(each -> each.path("incidentId").stringValue())
                        .contains("SC-9");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void pages_follow_each_other_without_gap_or_repetition() throws Exception {
        for (int n = 0; n < 10; n++) {
            post("/v1/routing", "application/json", report(n));
        }
        var seen = new ArrayList<String>();
        String next = "";
        while (next != null) {
            JsonNode page = found("/v1/decisions?order=oldest&limit=3" + (next.isEmpty() ? "" : "&cursor=" + next));
            page.path("decisions")
                    .forEach(each -> seen.add(each.path("incidentId").stringValue()));
            next = page.has("next") ? page.path("next").stringValue() : null;
        }
        assertThat(seen)
                .containsExactly("SC-0", "SC-1", "SC-2", "SC-3", "SC-4", "SC-5", "SC-6", "SC-7", "SC-8", "SC-9");
        String cursor = found("/v1/decisions?limit=3").path("next").stringValue();
        assertThat(found("/v1/decisions?order=newest&limit=5&cursor=" + cursor).path("decisions"))
                .hasSize(5);
        for (String other : List.of(
                "/v1/decisions?order=oldest&cursor=" + cursor,
                "/v1/decisions?kind=ROUTING&cursor=" + cursor,
                "/v1/decisions?cursor=" + cursor.substring(0, cursor.length() - 1),
                "/v1/incidents/SC-1?cursor=" + cursor)) {
            assertThat(get(other).body()).as(other).contains("\"code\":\"BAD_CURSOR\"");
        }
    }

    @Test
    void all_of_them_are_had_as_lines_or_as_a_table() throws Exception {
        for (int n = 0; n < 3; n++) {
            post("/v1/routing", "application/json", report(n));
        }
        post("/v1/routing", "application/json", report(2).replace("SC-2", "=1+1"));

        String[] lines = get("/v1/decisions?format=ndjson").body().split("\n");
        assertThat(lines).hasSize(4);
        assertThat(JSON.readTree(lines[1]).path("answer").path("incidentId").stringValue())
                .isEqualTo("SC-1");

        HttpResponse<String> csv = get("/v1/decisions?format=csv&eventType=STREET_LIGHT");
        assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        String[] rows = csv.body().split("\r\n");
        assertThat(rows).hasSize(4);
        assertThat(rows[0]).startsWith("\uFEFFdecisionId,keptAt,kind,incidentId,outcome,eventType,bodies,rules,rows");
        assertThat(rows[1]).contains(",ROUTING,SC-0,ASSIGNED,STREET_LIGHT 路灯故障,");
        assertThat(rows[3]).contains(",ROUTING,'=1+1,ASSIGNED,");
    }

    @Test
    void what_cannot_be_understood_is_told_of_all_at_once() throws Exception {
        HttpResponse<String> response =
                get("/v1/decisions?from=yesterday&limit=0&cursor=x&kind=ROUTE&policy=abc&format=xml&order=up"
                        + "&row=D%001");

        assertThat(response.statusCode()).isEqualTo(422);
        // Each at the parameter, by the parameter's own name.
        assertThat(JSON.readTree(response.body()).path("problems"))
                .extracting(each -> each.path("at").stringValue() + " "
                        + each.path("code").stringValue() + each.path("pointer").stringValue(""))
                .containsExactlyInAnyOrder(
                        "from BAD_MOMENT",
                        "limit OUT_OF_RANGE",
                        "cursor BAD_CURSOR",
                        "kind UNKNOWN_CHOICE",
                        "policy SHORT_VERSION",
                        "row NUL_CHARACTER",
                        "format UNKNOWN_CHOICE",
                        "order UNKNOWN_CHOICE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            outcome=ASIGNED     | outcome    | UNKNOWN_CHOICE | 这里不能写“ASIGNED”。 | 可以写：ASSIGNED? ACCEPT
            outcome=assigned    | outcome    | UNKNOWN_CHOICE | 这里不能写“assigned”。 | 可以写：ASSIGNED? ACCEPT
            outcome=已办结束     | outcome    | UNKNOWN_CHOICE | 这里不能写“已办结束”。 | 可以写：
            kind=ROUTNG         | kind       | UNKNOWN_CHOICE | 这里不能写“ROUTNG”。 | 可以写：ROUTING? ROUTING 研判交办,
            desk=lef            | desk       | UNKNOWN_CHOICE | 这里不能写“lef”。 | 可以写：left? left, judged, danger。
            event=RETURN        | event      | UNKNOWN_CHOICE | 这里不能写“RETURN”。 | 可以写：RETURNED?
            eventType=邻里纠粉   | eventType  | UNKNOWN_CODE | “邻里纠粉”不是“事项”的代码或名称。 | 可用：邻里纠纷?
            category=NOPE       | category   | UNKNOWN_CODE | “NOPE”不是“类别”的代码或名称。 | 可用：
            body=区司法所        | body       | UNKNOWN_CODE | “区司法所”不是“单位”的代码或名称。 | 可用：区司法局?
            area=清波门社去       | area       | UNKNOWN_CODE | “清波门社去”不是“区域”的代码或名称。 | 可用：清波门社区?
            incidentId=A-1      | incidentId | UNKNOWN_FIELD | 这里没有“incidentId”字段。 | 可用的字段：incident? from, to, incident, kind,
            format=jsn          | format     | UNKNOWN_CHOICE | 这里不能写“jsn”。 | 可以写：json? json, ndjson, csv。
            """)
    void a_word_that_nobody_knows_is_told_at_its_parameter_with_the_nearest(
            String query, String at, String code, String message, String help) throws Exception {
        int sign = query.indexOf('=');
        HttpResponse<String> response = get("/v1/decisions?" + query.substring(0, sign + 1)
                + URLEncoder.encode(query.substring(sign + 1), StandardCharsets.UTF_8));

        assertThat(response.statusCode()).isEqualTo(422);
        JsonNode problems = JSON.readTree(response.body()).path("problems");
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).path("at").stringValue()).isEqualTo(at);
        assertThat(problems.get(0).has("pointer")).isFalse();
        assertThat(problems.get(0).path("code").stringValue()).isEqualTo(code);
        assertThat(problems.get(0).path("message").stringValue()).isEqualTo(message);
        assertThat(problems.get(0).path("help").stringValue()).startsWith(help);
    }

    @Test
    void words_of_former_policies_and_the_widest_area_find_what_they_mean() throws Exception {
        JsonNode answer =
                JSON.readTree(post("/v1/routing", "application/json", report(1)).body());
        long no = database.sql()
                .sql("SELECT max(no) FROM decision")
                .query(Long.class)
                .single();
        assertThat(found("/v1/decisions?kind=ROUTING").path("decisions")).hasSize(1); // it is in the index now
        // As a policy named it whose words nobody serves any more.
        database.sql().sql("INSERT INTO term (name) VALUES ('body FORMER')").update();
        database.sql()
                .sql(
                        "INSERT INTO decision_term (term, kept_at, no) SELECT t.no, d.kept_at, d.no FROM term t, decision d"
                                + " WHERE t.name = 'body FORMER' AND d.no = ?")
                .param(no)
                .update();

        assertThat(found("/v1/decisions?body=FORMER").path("decisions"))
                .extracting(each -> each.path("decisionId"))
                .containsExactly(answer.path("decisionId"));
        // Everything lies in the district.
        assertThat(found("/v1/decisions?area=330102").path("decisions")).hasSize(1);
        assertThat(found("/v1/decisions?area=330102001").path("decisions")).hasSize(1);
    }

    @Test
    void a_request_may_ask_for_the_policy_of_another_moment() throws Exception {
        String then = report(6).replace("}}", "},\"options\":{\"asOf\":\"2026-11-20T16:10:00+08:00\"}}");
        JsonNode answer =
                JSON.readTree(post("/v1/routing", "application/json", then).body());
        assertThat(answer.path("decidedAt").stringValue()).isEqualTo("2026-11-20T16:10:00+08:00");
        JsonNode kept = found("/v1/decisions/" + answer.path("decisionId").stringValue());
        assertThat(kept.path("request").path("now").stringValue()).isEqualTo("2026-11-20T16:10:00+08:00");

        HttpResponse<String> before =
                post("/v1/routing", "application/json", then.replace("2026-11-20T16:10", "1969-11-20T16:10"));
        assertThat(before.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(before.body())
                        .path("problems")
                        .get(0)
                        .path("code")
                        .stringValue())
                .isEqualTo("NO_POLICY_THEN");

        HttpResponse<String> none =
                post("/v1/routing", "application/json", then.replace("2026-11-20T16:10:00+08:00", "last week"));
        assertThat(none.statusCode()).isEqualTo(422);
        JsonNode problem = JSON.readTree(none.body()).path("problems").get(0);
        assertThat(problem.path("code").stringValue()).isEqualTo("MISSING_OFFSET");
        assertThat(problem.path("pointer").stringValue()).isEqualTo("/options/asOf");
        assertThat(problem.path("message").stringValue()).isEqualTo("“last week”不是带时区偏移的时间。");

        HttpResponse<String> others = post(
                "/v1/routing",
                "application/json",
                then.replace("\"2026-11-20T16:10:00+08:00\"}", "20261120, \"explain\": \"everything\"}"));
        assertThat(JSON.readTree(others.body()).path("problems").findValuesAsString("message"))
                .containsExactlyInAnyOrder("20261120 的类型不对，应为 \"…\"。", "这里不能写“everything”。");
    }

    @Test
    void what_nobody_decided_is_not_there() throws Exception {
        assertThat(get("/v1/decisions/0193b3f0-0000-7000-8000-000000000000").statusCode())
                .isEqualTo(404);
        assertThat(get("/v1/incidents/SC-0").statusCode()).isEqualTo(404);
    }
}
