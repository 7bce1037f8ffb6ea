package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import liandong.store.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Decisions asked for by CloudEvents, in all three modes, over a real socket. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(WebTest.Given.class)
class EventsWebTest {
    private static final DocumentedHttp HTTP = new DocumentedHttp();
    private static final JsonMapper JSON = new JsonMapper();
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    @LocalServerPort
    private int port;

    @Autowired
    private Database database;

    private HttpResponse<String> post(String path, String type, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", type)
                .header("Accept-Language", "en")
                .POST(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> structured(String event) throws Exception {
        return post("/v1/routing", STRUCTURED + "; charset=utf-8", event);
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    private static String report(String id) {
        return "{\"incident\":{\"id\":\"" + id + "\",\"reportedAt\":\"2026-11-20T16:30:00+08:00\",\"source\":\"GRID\","
                + "\"area\":\"330102001051\",\"eventType\":\"STREET_LIGHT\",\"text\":\"路灯不亮\"},"
                + "\"now\":\"2026-11-20T16:30:00+08:00\"}";
    }

    private static String event(String id, String members) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/hotline\",\"type\":\"incident.reported\""
                + members + "}";
    }

    private static String of(String id) {
        return event(id, ",\"data\":" + report(id));
    }

    private long kept(String id) {
        return database.sql()
                .sql("SELECT count(*) FROM decision WHERE subject = ?")
                .param(id)
                .query(Long.class)
                .single();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static List<String> problems(JsonNode problem) {
        var problems = new ArrayList<String>();
        problem.path("problems")
                .forEach(each -> problems.add((each.has("pointer") ? each.get("pointer") : each.get("at")).stringValue()
                        + " "
                        + each.get("code").stringValue()));
        return problems;
    }

    @Test
    void a_structured_event_is_answered_by_a_structured_event_that_holds_the_answer_to_the_byte() throws Exception {
        String id = "事件-" + fresh();
        String plain = post("/v1/routing", "application/json", report(id)).body();
        HttpResponse<String> response = structured(event(
                id,
                ",\"subject\":\"清波门\",\"time\":\"2026-11-20T08:30:00Z\",\"dataschema\":\"https://x.example/s\","
                        + "\"datacontenttype\":\"Application/JSON;charset=utf-8\",\"unset\":null,\"retries\":5,\"late\":true,"
                        + "\"data\":" + report(id)));
        JsonNode answer = JSON.readTree(response.body());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo(STRUCTURED);
        assertThat(response.body())
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":"
                        + JSON.readTree(plain).get("decisionId")
                        + ",\"source\":\"/v1/routing\",\"type\":\"liandong.routing.decided\",\"subject\":\"" + id
                        + "\",\"time\":\"2026-11-20T16:30:00+08:00\",\"causationid\":\"" + id
                        + "\",\"datacontenttype\":\"application/json\",\"data\":" + plain + "}");
        assertThat(answer.at("/data/outcome").stringValue()).isEqualTo("ASSIGNED");
    }

    @Test
    void a_binary_event_is_answered_by_a_binary_event_and_a_chinese_subject_survives() throws Exception {
        String id = "事件 " + fresh() + " 100%";
        String encoded = "%E4%BA%8B%E4%BB%B6%20" + id.substring(3, 39) + "%20100%25";
        HttpResponse<String> response = post(
                "/v1/routing",
                "application/json",
                report(id),
                "ce-specversion",
                "1.0",
                "CE-Id",
                encoded.toLowerCase(java.util.Locale.ROOT),
                "ce-source",
                "\"/hot\\line\"",
                "ce-type",
                "incident%2ereported",
                "ce-subject",
                encoded);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(response.body())
                .isEqualTo(post("/v1/routing", "application/json", report(id)).body());
        assertThat(List.of("ce-specversion", "ce-source", "ce-type", "ce-subject", "ce-time", "ce-causationid"))
                .extracting(name -> header(response, name))
                .containsExactly(
                        "1.0",
                        "/v1/routing",
                        "liandong.routing.decided",
                        encoded,
                        "2026-11-20T16:30:00+08:00",
                        encoded);
        assertThat(header(response, "ce-id"))
                .isEqualTo(JSON.readTree(response.body()).get("decisionId").stringValue());
        assertThat(response.headers().firstValue("ce-datacontenttype")).isEmpty();
    }

    @Test
    void an_event_that_comes_twice_is_decided_once_in_whatever_mode() throws Exception {
        String id = fresh();
        String unmoored = "{\"incident\":{\"id\":\"" + id + "\",\"reportedAt\":\"2026-11-20T16:30:00+08:00\","
                + "\"source\":\"GRID\",\"area\":\"330102001051\",\"eventType\":\"STREET_LIGHT\"}}";
        HttpResponse<String> first = structured(event(id, ",\"data\":" + unmoored));
        HttpResponse<String> again =
                structured(event(id, ", \"subject\":\"x\",\"data\" :  " + unmoored.replace(":{", ": {")));
        HttpResponse<String> binary = post(
                "/v1/routing",
                "application/json",
                unmoored,
                "ce-specversion",
                "1.0",
                "ce-id",
                id,
                "ce-source",
                "/hotline",
                "ce-type",
                "x");
        HttpResponse<String> other = structured(event(id, ",\"data\":" + report(id)));
        HttpResponse<String> elsewhere =
                structured(event(id, ",\"data\":" + unmoored).replace("/hotline", "/grid"));

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(header(first, "Idempotent-Replayed")).isEmpty();
        assertThat(header(again, "Idempotent-Replayed")).isEqualTo("true");
        assertThat(header(binary, "Idempotent-Replayed")).isEqualTo("true");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(problems(JSON.readTree(other.body()))).containsExactly("/id EVENT_REUSED");
        assertThat(header(elsewhere, "Idempotent-Replayed")).isEmpty();
        assertThat(kept(id)).as("once for each source").isEqualTo(2);
    }

    @Test
    void a_key_that_comes_with_an_event_counts_in_its_place() throws Exception {
        String id = fresh();
        post("/v1/routing", STRUCTURED, of(id), "Idempotency-Key", "k-" + id);
        HttpResponse<String> again = post(
                "/v1/routing",
                STRUCTURED,
                of(id).replace("\"1.0\",\"id\":\"", "\"1.0\",\"id\":\"other-"),
                "Idempotency-Key",
                "k-" + id);

        assertThat(header(again, "Idempotent-Replayed")).isEqualTo("true");
        assertThat(kept(id)).isEqualTo(1);
    }

    @Test
    void a_batch_is_answered_event_by_event_in_its_order_and_the_same_twice_is_one() throws Exception {
        String id = fresh();
        HttpResponse<String> response = post(
                "/v1/routing",
                BATCH,
                "[" + of(id) + "," + event(id + "b", ",\"data\":{\"incident\":{}}") + ",5," + of(id) + ","
                        + event(id + "c", ",\"time\":\"today\",\"data\":{}") + "]");
        JsonNode answers = JSON.readTree(response.body());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo(BATCH);
        assertThat(answers).hasSize(5);
        assertThat(answers.get(0)).isEqualTo(answers.get(3));
        assertThat(answers.at("/0/data/incidentId").stringValue()).isEqualTo(id);
        assertThat(answers.get(1).get("type").stringValue()).isEqualTo("liandong.problem");
        assertThat(answers.get(1).get("causationid").stringValue()).isEqualTo(id + "b");
        assertThat(answers.get(1).get("datacontenttype").stringValue()).isEqualTo("application/problem+json");
        assertThat(answers.at("/1/data/status").intValue()).isEqualTo(422);
        assertThat(answers.at("/1/data/line").intValue()).isEqualTo(2);
        assertThat(problems(answers.at("/1/data"))).contains("/data/incident/id MISSING_FIELD");
        assertThat(problems(answers.at("/2/data"))).containsExactly(" WRONG_JSON_TYPE");
        assertThat(answers.get(2).has("causationid")).isFalse();
        assertThat(answers.get(4).get("causationid").stringValue()).isEqualTo(id + "c");
        assertThat(kept(id)).isEqualTo(1);
        assertThat(post("/v1/routing", BATCH, "[]").body()).isEqualTo("[]");
    }

    @Test
    void batches_that_are_none_or_too_large_are_refused_whole() throws Exception {
        HttpResponse<String> many = post("/v1/routing", BATCH, "[" + "1,".repeat(100) + "1]");
        HttpResponse<String> none = post("/v1/routing", BATCH, "{}");

        assertThat(many.statusCode()).isEqualTo(422);
        assertThat(problems(JSON.readTree(many.body()))).containsExactly(" OUT_OF_RANGE");
        assertThat(problems(JSON.readTree(none.body()))).containsExactly(" WRONG_JSON_TYPE");
    }

    @Test
    void every_decision_takes_events() throws Exception {
        for (String decision : List.of("routing", "escalation", "closure", "scoring", "scoring/period")) {
            HttpResponse<String> response = post("/v1/" + decision, STRUCTURED, event(fresh(), ",\"data\":{}"));

            assertThat(response.statusCode()).as(decision).isEqualTo(422);
            assertThat(response.body()).contains("MISSING_FIELD");
        }
        HttpResponse<String> period = post(
                "/v1/scoring/period",
                STRUCTURED,
                event(
                        fresh(),
                        ",\"data\":{\"periods\":[{\"body\":\"JUSTICE\",\"counts\":{\"due\":9,\"closed\":9,\"onTime\":9}}],"
                                + "\"now\":\"2026-11-20T16:30:00+08:00\"}"));
        assertThat(JSON.readTree(period.body()).get("type").stringValue()).isEqualTo("liandong.scoring.period.decided");
        assertThat(JSON.readTree(period.body()).has("subject")).isFalse();
    }

    @Test
    void data_may_be_packed_when_it_is_said_what_it_is() throws Exception {
        String id = fresh();
        String packed = Base64.getEncoder().encodeToString(report(id).getBytes(StandardCharsets.UTF_8));
        String data = ",\"datacontenttype\":\"application/vnd.report+json\",\"data_base64\":\"" + packed + "\"";

        assertThat(JSON.readTree(structured(event(id, data)).body())
                        .get("subject")
                        .stringValue())
                .isEqualTo(id);
        assertThat(problems(JSON.readTree(structured(event(id, ",\"data_base64\":\"" + packed + "\""))
                        .body())))
                .containsExactly("/datacontenttype MISSING_FIELD");
        assertThat(problems(JSON.readTree(
                        structured(event(id, data + ",\"data\":1")).body())))
                .containsExactly("/data_base64 BAD_EVENT_ATTRIBUTE");
        HttpResponse<String> broken = structured(event(id, data.replace(packed, "e30x")));
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(problems(JSON.readTree(broken.body()))).containsExactly("/data_base64 BAD_JSON");
    }

    @Test
    void what_is_wrong_with_the_data_is_told_where_it_was_sent() throws Exception {
        String missing = "{\"incident\":{}}";
        HttpResponse<String> none = structured(event(fresh(), ",\"data\":null"));
        HttpResponse<String> binary = post(
                "/v1/routing",
                "application/json",
                missing,
                "ce-specversion",
                "1.0",
                "ce-id",
                fresh(),
                "ce-source",
                "/x",
                "ce-type",
                "x");

        assertThat(problems(JSON.readTree(
                        structured(event(fresh(), ",\"data\":" + missing)).body())))
                .contains("/data/incident/id MISSING_FIELD");
        assertThat(problems(JSON.readTree(none.body()))).containsExactly("/data WRONG_JSON_TYPE");
        assertThat(problems(JSON.readTree(binary.body()))).contains("/incident/id MISSING_FIELD");
    }

    @Test
    void everything_that_is_wrong_with_an_event_is_told_at_once() throws Exception {
        HttpResponse<String> response = structured("{\"specversion\":\"0.3\",\"source\":\"http://a b\",\"type\":\"\","
                + "\"subject\":\"\",\"time\":\"today\",\"dataschema\":\"x\",\"datacontenttype\":\"text/xml\","
                + "\"comExample\":\"x\",\"list\":[1],\"real\":1.5,\"control\":\"\\u0007\",\"half\":\"\\ud800\","
                + "\"long\":\"" + "x".repeat(1_001) + "\"}");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(problems(JSON.readTree(response.body())))
                .containsExactlyInAnyOrder(
                        "/specversion BAD_EVENT_ATTRIBUTE",
                        "/source BAD_EVENT_ATTRIBUTE",
                        "/subject BAD_EVENT_ATTRIBUTE",
                        "/time BAD_EVENT_ATTRIBUTE",
                        "/dataschema BAD_EVENT_ATTRIBUTE",
                        "/datacontenttype BAD_EVENT_ATTRIBUTE",
                        "/comExample BAD_EVENT_ATTRIBUTE",
                        "/list BAD_EVENT_ATTRIBUTE",
                        "/real BAD_EVENT_ATTRIBUTE",
                        "/control BAD_EVENT_ATTRIBUTE",
                        "/half BAD_EVENT_ATTRIBUTE",
                        "/long TOO_LONG",
                        "/id MISSING_FIELD",
                        "/type MISSING_FIELD",
                        "/data MISSING_FIELD");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ce-subject          | %C0%A0              | ce-subject BAD_EVENT_ATTRIBUTE",
                "ce-subject          | 100%                | ce-subject BAD_EVENT_ATTRIBUTE",
                "ce-subject          | %07                 | ce-subject BAD_EVENT_ATTRIBUTE",
                "ce-datacontenttype  | application/json    | ce-datacontenttype BAD_EVENT_ATTRIBUTE",
                "ce-data             | x                   | ce-data BAD_EVENT_ATTRIBUTE",
                "ce-time             | today               | ce-time BAD_EVENT_ATTRIBUTE",
                "ce-specversion      | 1.0                 | ce-specversion BAD_EVENT_ATTRIBUTE",
            })
    void headers_that_are_none_of_an_event_are_refused(String name, String value, String told) throws Exception {
        String id = fresh();
        HttpResponse<String> response = post(
                "/v1/routing",
                "application/json",
                report(id),
                "ce-specversion",
                "1.0",
                "ce-id",
                id,
                "ce-source",
                "/x",
                "ce-type",
                "x",
                name,
                value);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(problems(JSON.readTree(response.body()))).contains(told);
        assertThat(kept(id)).isZero();
    }

    @Test
    void headers_of_an_event_that_are_not_all_there_are_refused_and_a_stream_takes_none() throws Exception {
        HttpResponse<String> none = post("/v1/routing", "application/json", report(fresh()), "ce-id", "1");
        HttpResponse<String> stream = post("/v1/routing", "application/x-ndjson", report(fresh()), "ce-id", "1");
        HttpResponse<String> alone = post("/v1/routing", "application/json", report(fresh()), "ce-specversion", "1.0");

        assertThat(problems(JSON.readTree(none.body())))
                .containsExactly("ce-specversion MISSING_FIELD", "ce-source MISSING_FIELD", "ce-type MISSING_FIELD");
        assertThat(stream.statusCode()).isEqualTo(422);
        assertThat(problems(JSON.readTree(stream.body()))).containsExactly("ce-id NO_EVENT_OF_LINES");
        assertThat(problems(JSON.readTree(alone.body())))
                .containsExactly("ce-id MISSING_FIELD", "ce-source MISSING_FIELD", "ce-type MISSING_FIELD");
    }
}
