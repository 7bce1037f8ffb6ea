package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import liandong.store.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Decisions asked for again under their keys, over a real socket. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(WebTest.Given.class)
class IdempotencyWebTest {
    private static final DocumentedHttp HTTP = new DocumentedHttp();
    private static final JsonMapper JSON = new JsonMapper();

    @LocalServerPort
    private int port;

    @Autowired
    private Database database;

    private HttpResponse<String> post(String type, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/routing"))
                .header("Content-Type", type)
                .header("Accept-Language", "en")
                .POST(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> route(String body, String... headers) throws Exception {
        return post("application/json", body, headers);
    }

    private static String report(String id) {
        return "{\"incident\":{\"id\":\"" + id + "\",\"reportedAt\":\"2026-11-20T16:30:00+08:00\",\"source\":\"GRID\","
                + "\"area\":\"330102001051\",\"text\":\"路灯不亮\"}}";
    }

    private long kept(String id) {
        return database.sql()
                .sql("SELECT count(*) FROM decision WHERE subject = ?")
                .param(id)
                .query(Long.class)
                .single();
    }

    /** Nobody else's: the tests share their store. */
    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    private static JsonNode problems(HttpResponse<String> response) {
        return JSON.readTree(response.body()).get("problems");
    }

    @Test
    void an_answer_that_was_given_before_says_so_in_a_header_and_is_the_same_to_the_byte() throws Exception {
        String key = fresh();
        HttpResponse<String> first = route(report(key), "Idempotency-Key", '"' + key + '"');
        HttpResponse<String> again = route(report(key), "Idempotency-Key", '"' + key + '"');
        HttpResponse<String> bare = route(report(key), "Idempotency-Key", key);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(List.of(again, bare)).allSatisfy(each -> {
            assertThat(each.statusCode()).isEqualTo(200);
            assertThat(each.headers().firstValue("Idempotent-Replayed")).contains("true");
            assertThat(each.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(each.body()).isEqualTo(first.body());
        });
        assertThat(kept(key)).isEqualTo(1);
        assertThat(route(report(key)).headers().firstValue("Idempotent-Replayed"))
                .isEmpty();
        assertThat(kept(key)).as("without a key").isEqualTo(2);
    }

    @Test
    void another_request_under_the_key_is_refused_and_so_is_the_same_at_another_address() throws Exception {
        String key = fresh();
        route(report(key), "Idempotency-Key", key);
        HttpResponse<String> other = route(report(key) + " ", "Idempotency-Key", key);
        HttpResponse<String> elsewhere = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/escalation"))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(report(key)))
                        .build(),
                BodyHandlers.ofString());

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(problems(other).toString())
                .isEqualTo("[{\"pointer\":\"\",\"code\":\"KEY_REUSED\","
                        + "\"message\":\"Under this Idempotency-Key something else was asked before.\","
                        + "\"help\":\"Send each new request under a new key. Only the same request, to the byte, may be sent"
                        + " again under its key.\"}]");
        assertThat(problems(elsewhere).findValuesAsString("message")).containsExactly("此前用同一个 Idempotency-Key 问过别的内容。");
        assertThat(kept(key)).isEqualTo(1);
    }

    @Test
    void keys_belong_to_the_person_who_sends_them() throws Exception {
        String key = fresh();
        route(report(key), "Idempotency-Key", key, "Liandong-Person", "zhang");

        HttpResponse<String> other = route(report(key), "Idempotency-Key", key, "Liandong-Person", "li");

        assertThat(other.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(kept(key)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"\"",
                "\"  \"",
                "\"a",
                "\"a\"b",
                "\"\\a\"",
                "\"a\\\"",
                "\"",
                "\"a\"b\"",
                "\"a\";p=1",
                "钥匙",
                "a\tb"
            })
    void what_is_no_key_is_refused(String key) throws Exception {
        // As a program sends it that writes UTF-8 into its headers.
        String sent = new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        RawHttp.Answer refused = RawHttp.send(
                port,
                RawHttp.request(
                                "POST",
                                "/v1/routing",
                                "Host: localhost",
                                "Content-Type: application/json",
                                "Content-Length: 2",
                                "Idempotency-Key: " + sent)
                        + "{}");

        assertThat(refused.problem()).isEqualTo("400 BAD_REQUEST_KEY");
    }

    @Test
    void a_key_has_255_characters_at_most_and_is_one() throws Exception {
        String longest = "k".repeat(255);
        assertThat(route(report(fresh()), "Idempotency-Key", longest).statusCode())
                .isEqualTo(200);
        HttpResponse<String> longer = route(report(fresh()), "Idempotency-Key", longest + "k");
        assertThat(longer.statusCode()).isEqualTo(400);
        assertThat(problems(longer).toString())
                .isEqualTo("[{\"pointer\":\"\",\"code\":\"BAD_REQUEST_KEY\","
                        + "\"message\":\"The header Idempotency-Key holds no key.\","
                        + "\"help\":\"Send one key of 1 to 255 printable ASCII characters, such as a new UUID, in quotation"
                        + " marks or not.\"}]");
        assertThat(route(report(fresh()), "Idempotency-Key", '"' + "\\\"".repeat(255) + '"')
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> muchLonger = route(report(fresh()), "Idempotency-Key", '"' + "k".repeat(7_000) + '"');
        assertThat(muchLonger.statusCode()).isEqualTo(400);
        assertThat(problems(muchLonger)).isEqualTo(problems(longer));
        assertThat(route(report(fresh()), "Idempotency-Key", "a", "Idempotency-Key", "b")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("application/x-ndjson", report(fresh()), "Idempotency-Key", "\"\"")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void of_a_stream_that_is_sent_again_no_line_is_decided_twice_and_a_mended_one_for_the_first_time()
            throws Exception {
        String key = fresh();
        String lines = report(key + "-1") + "\n\n{\"incident\":\n" + report(key + "-4") + "\n";
        HttpResponse<String> first = post("application/x-ndjson", lines, "Idempotency-Key", key);
        List<String> before = first.body().lines().toList();
        // As if the connection had gone before the fifth line was answered.
        String mended = report(key + "-1") + "\n\n" + report(key + "-3") + "\n" + report(key + "-4") + "\n"
                + report(key + "-5");
        List<String> after = post("application/x-ndjson", mended, "Idempotency-Key", key)
                .body()
                .lines()
                .toList();

        assertThat(before).hasSize(3);
        assertThat(JSON.readTree(before.get(1)).path("title").stringValue()).isEqualTo("BAD_JSON");
        assertThat(after).hasSize(4);
        assertThat(after.get(0)).isEqualTo(before.get(0));
        assertThat(JSON.readTree(after.get(1)).path("incidentId").stringValue()).isEqualTo(key + "-3");
        assertThat(after.get(2)).isEqualTo(before.get(2));
        for (int line : List.of(1, 3, 4, 5)) {
            assertThat(kept(key + "-" + line)).as("line " + line).isEqualTo(1);
        }
        // A line in another place is another request.
        JsonNode moved = JSON.readTree(post("application/x-ndjson", report(key + "-4"), "Idempotency-Key", key)
                .body());
        assertThat(moved.path("status").intValue()).isEqualTo(422);
        assertThat(moved.path("line").intValue()).isEqualTo(1);
        assertThat(moved.path("title").stringValue()).isEqualTo("KEY_REUSED");
        // And what is no stream has a key of its own.
        assertThat(route(report(key + "-1"), "Idempotency-Key", key).headers().firstValue("Idempotent-Replayed"))
                .isEmpty();
    }
}
