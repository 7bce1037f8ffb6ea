package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import liandong.policy.Policy;
import liandong.policy.PolicyHistory;
import liandong.policy.TinyPolicy;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/** What was ruled about whose a matter is, made a row over a real socket. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(RulingWebTest.Given.class)
@DirtiesContext
class RulingWebTest {
    private static final DocumentedHttp HTTP = new DocumentedHttp();

    @TestConfiguration(proxyBeanMethods = false)
    static class Given {
        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2026-03-02T02:00:00Z"), ZoneOffset.UTC);
        }

        @Bean
        Database database() {
            return Stores.SQLITE.open();
        }

        @Bean
        PolicyHistory policy() {
            Policy policy = TinyPolicy.complete().load();
            return new OnePolicy(() -> policy);
        }
    }

    @LocalServerPort
    private int port;

    private HttpResponse<byte[]> made(String query, String more) throws Exception {
        return made(query, more, "");
    }

    private HttpResponse<byte[]> made(String query, String more, String beside, String... headers) throws Exception {
        String body = """
                {"incident": {"id": "C-1", "reportedAt": "2026-03-02T09:00:00+08:00", "source": "热线", "area": "东市社区",
                  "text": "路上有个坑", "eventType": "路面坑洞"%s}%s}""".formatted(more, beside);
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/routing/duty-row" + query))
                        .header("Content-Type", "application/json")
                        .header("Accept-Language", "en")
                        .headers(headers.length == 0 ? new String[] {"X-Nothing", ""} : headers)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private static final String RULED = """
            , "choice": {"by": "主办局", "lead": "协办局", "assisting": ["主办局"], "reason": "路面归协办局"}""";

    @Test
    void a_ruling_is_told_as_the_row_it_becomes_and_given_as_the_workbook_with_it() throws Exception {
        HttpResponse<byte[]> told = made("", RULED);
        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(Json.read(new String(told.body(), StandardCharsets.UTF_8))).isEqualTo(Json.read("""
                        {"file": "routing.xlsx", "sheet": "派单目录", "row": "D-4", "from": "2026-03-02", "above": "D-1", "ends": true}"""));

        HttpResponse<byte[]> workbook = made("?format=xlsx", RULED);
        assertThat(workbook.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("attachment; filename=\"routing.xlsx\"");
        SheetData.Line row = WorkbookReader.read("routing.xlsx", workbook.body(), problem -> {}).stream()
                .filter(sheet -> sheet.name().equals("派单目录"))
                .findFirst()
                .orElseThrow()
                .lines()
                .get(2);
        assertThat(row.cell(0).text()).isEqualTo("D-4");
        assertThat(row.cell(2).text()).isEqualTo("协办局");
    }

    @Test
    void a_ruling_that_is_sent_again_under_its_key_gets_the_very_same_workbook() throws Exception {
        String[] key = {"Idempotency-Key", "ruling-1"};
        HttpResponse<byte[]> first = made("?format=xlsx", RULED, "", key);
        HttpResponse<byte[]> again = made("?format=xlsx", RULED, "", key);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        for (String header : new String[] {"Content-Type", "Content-Disposition"}) {
            assertThat(again.headers().firstValue(header))
                    .isPresent()
                    .isEqualTo(first.headers().firstValue(header));
        }
        HttpResponse<byte[]> other = made("", RULED, "", key);
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(new String(other.body(), StandardCharsets.UTF_8)).contains("KEY_REUSED");
        // What was refused is not kept: mended, it may be sent under the same key.
        assertThat(made("", "", "", "Idempotency-Key", "ruling-2").statusCode()).isEqualTo(422);
        assertThat(made("", RULED, "", "Idempotency-Key", "ruling-2").statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_workbook_of_an_old_policy_which_would_undo_what_has_changed_since_is_refused() throws Exception {
        HttpResponse<byte[]> old = made("", RULED, ", \"options\": {\"asOf\": \"2026-01-02T09:00:00+08:00\"}");

        assertThat(old.statusCode()).isEqualTo(422);
        assertThat(Json.read(new String(old.body(), StandardCharsets.UTF_8)).path("problems"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path("code").stringValue()).isEqualTo("CONTRADICTION");
                    assertThat(problem.path("pointer").stringValue()).isEqualTo("/options/asOf");
                });
        assertThat(made("", RULED, ", \"options\": {\"asOf\": null}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_nobody_has_ruled_and_what_cannot_be_asked_is_refused() throws Exception {
        HttpResponse<byte[]> nothing = made("", "");
        assertThat(nothing.statusCode()).isEqualTo(422);
        assertThat(new String(nothing.body(), StandardCharsets.UTF_8))
                .contains("NOTHING_RULED")
                .contains("/incident/choice");

        HttpResponse<byte[]> odd = made("?format=pdf&everywhere=yes", RULED);
        assertThat(odd.statusCode()).isEqualTo(422);
        assertThat(new String(odd.body(), StandardCharsets.UTF_8))
                .contains("UNKNOWN_CHOICE")
                .contains("false, true");
        assertThat(made("?everywhere=true", RULED).statusCode()).isEqualTo(200);
    }

    private HttpResponse<byte[]> whyNot(String path, String query, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path + "/why-not" + query))
                        .header("Content-Type", "application/json")
                        .header("Accept-Language", "en")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    @Test
    void why_an_answer_is_not_another_is_told_with_what_would_give_it() throws Exception {
        var answer = whyNot("/v1/routing", "?want=outcome%3DRELAYED&most=500", """
                {"incident": {"id": "C-1", "reportedAt": "2026-03-02T09:00:00+08:00", "source": "热线", "area": "东市社区",
                  "text": "路上有个坑", "eventType": "路面坑洞"}}""");

        assertThat(answer.statusCode()).isEqualTo(200);
        var json = Json.read(new String(answer.body(), StandardCharsets.UTF_8));
        assertThat(json.path("actual").stringValue()).isEqualTo("交办");
        assertThat(json.path("changes").path(0).path("facts")).isEqualTo(Json.read("""
                [{"member": "/incident/lifeInDanger", "label": "危及生命 Life in danger", "from": "否", "to": "是"}]"""));
        assertThat(json.path("gate").path("sheet").stringValue()).isEqualTo("转接");
    }

    @Test
    void what_cannot_be_wanted_and_what_cannot_be_asked_are_refused_at_their_places() throws Exception {
        String incident = """
                {"incident": {"id": "C-1", "reportedAt": "2026-03-02T09:00:00+08:00", "source": "热线", "area": "东市社区",
                  "text": "路上有个坑"}}""";

        var unknown = whyNot("/v1/routing", "?want=lead%3D没有这个局&most=0", incident);
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(new String(unknown.body(), StandardCharsets.UTF_8))
                .contains("\"at\":\"most\",\"code\":\"OUT_OF_RANGE\"")
                .contains("\"at\":\"want\",\"code\":\"UNKNOWN_CODE\"");
        var nothing = whyNot("/v1/routing", "?want=+", incident);
        assertThat(nothing.statusCode()).isEqualTo(422);
        assertThat(new String(nothing.body(), StandardCharsets.UTF_8))
                .contains("\"at\":\"want\",\"code\":\"MISSING_FIELD\"")
                .contains("want=outcome=ANSWER");
        assertThat(whyNot("/v1/routing", "", incident).statusCode()).isEqualTo(422);
        assertThat(whyNot("/v1/routing", "?want=outcome%3DASSIGNED", "{").statusCode())
                .isEqualTo(400);
        assertThat(whyNot("/v1/escalation", "?want=outcome%3DWAIT", incident).statusCode())
                .isEqualTo(422);
    }
}
