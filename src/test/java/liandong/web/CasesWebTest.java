package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import liandong.sheet.GeneratedSheets;
import liandong.table.Workbooks;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Inputs that were once answered wrongly, as {@code src/test/resources/cases/README.md} lists them, over HTTP. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(WebTest.Given.class)
class CasesWebTest {
    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final JsonMapper JSON = new JsonMapper();

    @LocalServerPort
    private int port;

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return new DocumentedHttp().send(request.build(), handler);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> post(String path, String type, String file) throws IOException {
        return send(
                to(path).header("Content-Type", type).POST(BodyPublishers.ofFile(CASES.resolve(file))),
                BodyHandlers.ofString());
    }

    @Test
    void g03_a_number_beyond_all_limits_is_the_fault_of_its_line_alone() throws IOException {
        HttpResponse<String> response = post("/v1/routing", "application/x-ndjson", "g03-huge-exponent/reports.ndjson");

        assertThat(response.statusCode()).isEqualTo(200);
        var lines = response.body().lines().<JsonNode>map(JSON::readTree).toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).path("incidentId").asString()).isEqualTo("L1");
        assertThat(lines.get(1).path("status").asInt()).isBetween(400, 499);
        assertThat(lines.get(2).path("incidentId").asString()).isEqualTo("L3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"g11-thin-styles", "g16-strict"})
    void g11_g16_a_workbook_of_bare_styles_and_a_strict_one_are_marked(String name) throws IOException {
        var form = new ByteArrayOutputStream();
        String head = String.join(
                "\r\n",
                "--x7x",
                "Content-Disposition: form-data; name=\"file\"; filename=\"closure.xlsx\"",
                "Content-Type: application/octet-stream",
                "",
                "");
        form.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        form.writeBytes(Files.readAllBytes(CASES.resolve(name).resolve("closure.xlsx")));
        form.writeBytes("\r\n--x7x--\r\n".getBytes(StandardCharsets.UTF_8));

        HttpResponse<byte[]> response = send(
                to("/v1/check?annotated=true")
                        .header("Content-Type", "multipart/form-data; boundary=x7x")
                        .POST(BodyPublishers.ofByteArray(form.toByteArray())),
                BodyHandlers.ofByteArray());

        assertThat(response.statusCode()).isEqualTo(200);
        try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(response.body()))) {
            assertThat(workbook.getSheetName(0)).isEqualTo(GeneratedSheets.FINDINGS);
            assertThat(workbook.getSheet("回访抽样")).isNotNull();
        }
    }

    @Test
    void a_workbook_of_scenarios_without_one_is_told_as_that() {
        byte[] none = Workbooks.xlsx(Map.of("研判交办", new String[][] {{"情景"}, {"编号", "时刻", "来源", "区域", "事项", "预期牵头"}}));

        HttpResponse<String> response = send(
                to("/v1/test")
                        .header("Accept-Language", "en")
                        .header("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
                        .POST(BodyPublishers.ofByteArray(none)),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(response.body()).path("title").asString()).isEqualTo("NO_SCENARIO");
        assertThat(JSON.readTree(response.body()).path("detail").asString())
                .isEqualTo("The workbook holds no scenario.");
    }

    @Test
    void g15_a_mark_before_the_json_is_read_over() throws IOException {
        HttpResponse<String> response = post("/v1/routing", "application/json", "g15-bom/request.json");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(response.body()).path("incidentId").asString()).isEqualTo("B-1");
    }

    @Test
    void g13_an_id_with_a_slash_is_found_by_its_encoded_name() throws IOException {
        HttpResponse<String> routed = post("/v1/routing", "application/json", "g13-id-slash/request.json");

        HttpResponse<String> found = send(to("/v1/incidents/NYC%2F2026-1"), BodyHandlers.ofString());

        assertThat(routed.statusCode()).isEqualTo(200);
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(found.body()).findValuesAsString("incidentId")).contains("NYC/2026-1");
    }

    @Test
    void g14_what_has_to_be_done_again_after_it_was_done_is_open_again() throws IOException {
        HttpResponse<String> response = post("/v1/escalation", "application/json", "g14-redo-after-done/request.json");

        JsonNode answer = JSON.readTree(response.body());
        boolean waitsForEver = answer.path("outcome").asString("").equals("WAIT")
                && answer.path("nextReviewAt").isMissingNode();
        assertThat(response.statusCode()).isIn(200, 422);
        assertThat(waitsForEver).isFalse();
        assertThat(response.body()).doesNotContain("\"DONE\"");
    }
}
