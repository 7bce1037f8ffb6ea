package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import liandong.policy.Policy;
import liandong.policy.PolicyHistory;
import liandong.policy.TinyPolicy;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.Json;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.databind.JsonNode;

@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(QualityWebTest.Given.class)
@DirtiesContext
class QualityWebTest {
    private static final DocumentedHttp HTTP = new DocumentedHttp();

    @TestConfiguration(proxyBeanMethods = false)
    static class Given {
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

    private void report(String id, String more) throws Exception {
        String body = """
                {"incident": {"id": "%s", "reportedAt": "2026-03-02T10:00:00+08:00", "source": "GRID",
                  "area": "330102001001", "text": "路面坑洞"%s}, "now": "2026-03-02T10:00:00+08:00"}""".formatted(id, more);
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/routing"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
    }

    private HttpResponse<byte[]> quality(String query) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/quality" + query))
                        .header("Accept-Language", "en")
                        .build(),
                BodyHandlers.ofByteArray());
    }

    @Test
    void rows_are_judged_over_http() throws Exception {
        JsonNode nothing = Json.read(new String(quality("").body(), StandardCharsets.UTF_8));
        assertThat(nothing.path("cases").intValue()).isZero();
        assertThat(nothing.path("rows")).isEmpty();

        report("A-1", "");
        report("A-2", "");
        report("A-2", ", \"eventType\": \"LID\"");

        JsonNode judged = Json.read(new String(quality("?most=1").body(), StandardCharsets.UTF_8));
        assertThat(judged.path("cases").intValue()).isEqualTo(2);
        assertThat(judged.path("decisions").intValue()).isEqualTo(3);
        assertThat(judged.path("complete").booleanValue()).isTrue();
        assertThat(judged.path("all").toString())
                .isEqualTo(
                        "[{\"trouble\":\"OVERRULED\",\"count\":1,\"of\":2,\"rate\":50.00,\"low\":9.45,\"high\":90.55,"
                                + "\"answersFor\":false,\"because\":[{\"why\":\"水务公司\",\"count\":1}]}]");
        assertThat(judged.at("/rows/0/id").stringValue()).isEqualTo("D-1");
        assertThat(judged.at("/rows/0/examples/0/incidentId").stringValue()).isEqualTo("A-2");
        assertThat(judged.path("rows")).hasSize(1);
        HttpResponse<byte[]> workbook = quality("?format=xlsx&from=2026-01-01");
        assertThat(workbook.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"quality.xlsx\"");
        try (var book = new XSSFWorkbook(new ByteArrayInputStream(workbook.body()))) {
            assertThat(book.getSheet("概要").getRow(6).getCell(1).getNumericCellValue())
                    .isEqualTo(2);
        }
    }

    @Test
    void what_cannot_be_understood_is_refused_with_every_fault() throws Exception {
        HttpResponse<byte[]> refused = quality("?from=soon&most=0&format=pdf");

        assertThat(refused.statusCode()).isEqualTo(422);
        JsonNode problems =
                Json.read(new String(refused.body(), StandardCharsets.UTF_8)).path("problems");
        assertThat(problems)
                .extracting(problem -> problem.path("code").stringValue())
                .containsExactlyInAnyOrder("BAD_MOMENT", "UNKNOWN_CHOICE", "OUT_OF_RANGE");
    }

    @Test
    void a_period_that_ends_before_it_begins_is_no_empty_one() throws Exception {
        HttpResponse<byte[]> refused = quality("?from=2026-11-20&to=2026-11-19");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Json.read(new String(refused.body(), StandardCharsets.UTF_8)).path("problems"))
                .extracting(problem -> problem.path("code").stringValue())
                .containsExactly("ENDS_BEFORE_IT_BEGINS");
        assertThat(quality("?from=2026-11-20&to=2026-11-20").statusCode()).isEqualTo(200);
    }
}
