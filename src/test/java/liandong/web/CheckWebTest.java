package liandong.web;

import static java.util.Objects.requireNonNull;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import liandong.District;
import liandong.workbook.Parts;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checking over a real socket, beside the policy that is served. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(WebTest.Given.class)
class CheckWebTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    @LocalServerPort
    private int port;

    private HttpResponse<byte[]> send(String part, String name, byte[] file, String query, String... headers) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(("--x7x\r\nContent-Disposition: form-data; name=\"" + part + "\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--x7x--\r\n".getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/check" + query))
                .header("Content-Type", "multipart/form-data; boundary=x7x")
                .POST(BodyPublishers.ofByteArray(body.toByteArray()));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return new DocumentedHttp().send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] district(String file) throws IOException {
        return Files.readAllBytes(District.TABLES.resolve(file));
    }

    /** The district's routing tables with one label mistyped. */
    private static byte[] mistyped() throws IOException {
        try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(district("routing.xlsx")))) {
            XSSFRow row = workbook.getSheet("派单目录").getRow(13);
            row.removeCell(row.getCell(1));
            row.createCell(1).setCellValue("私搭乱件");
            var bytes = new ByteArrayOutputStream();
            workbook.write(bytes);
            return bytes.toByteArray();
        }
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> policy() throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        for (String name : List.of("routing", "closure", "scoring", "vocabulary", "calendar")) {
            files.put("my/decision-tables/" + name + ".xlsx", district(name + ".xlsx"));
        }
        return files;
    }

    /** What is more than a note, as severity, code and place. */
    private static List<String> problems(HttpResponse<byte[]> response) {
        var lines = new ArrayList<String>();
        JSON.readTree(response.body()).get("problems").forEach(each -> {
            if (!each.path("severity").asString("").equals("NOTE")) {
                lines.add(each.path("severity").asString("-") + " "
                        + each.get("code").stringValue() + " "
                        + each.path("at").asString(each.path("pointer").asString("")));
            }
        });
        return lines;
    }

    @Test
    void a_workbook_is_checked_in_the_place_of_its_like() throws IOException {
        HttpResponse<byte[]> response = send("file", "routing (2).xlsx", mistyped(), "", "Accept-Language", "en");

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode json = JSON.readTree(response.body());
        assertThat(json.get("usable").booleanValue()).isFalse();
        assertThat(json.at("/counts/error").intValue()).isEqualTo(1);
        assertThat(json.at("/policy/version").stringValue()).hasSize(64);
        assertThat(problems(response)).containsExactly("ERROR MISTYPED_LABEL routing (2).xlsx 派单目录!B14");
        JsonNode problem = json.get("problems")
                .valueStream()
                .filter(each -> each.get("severity").stringValue().equals("ERROR"))
                .findFirst()
                .orElseThrow();
        assertThat(problem.toString()).isEqualTo("""
                {"severity":"ERROR","code":"MISTYPED_LABEL","at":"routing (2).xlsx 派单目录!B14",\
                "file":"routing (2).xlsx","sheet":"派单目录","cell":"B14",\
                "message":"There is no \\"私搭乱件\\" in the vocabulary (事项).","help":"Is \\"私搭乱建\\" meant?"}""");
    }

    @Test
    void a_zip_of_a_sound_policy_is_usable() throws IOException {
        HttpResponse<byte[]> response = send("file", "my.zip", zip(policy()), "");

        assertThat(JSON.readTree(response.body()).get("usable").booleanValue())
                .as(new String(response.body(), StandardCharsets.UTF_8))
                .isTrue();
        assertThat(JSON.readTree(response.body()).at("/counts/error").intValue())
                .isZero();
        assertThat(JSON.readTree(response.body()).at("/policy/label").stringValue())
                .isEqualTo("my.zip");
    }

    @Test
    void rules_of_a_caller_are_neither_compiled_nor_used() throws IOException {
        Map<String, byte[]> files = policy();
        files.put("my/rules/evil.drl", "this would not compile".getBytes(StandardCharsets.UTF_8));
        files.put("my/rules/routing.drl", Files.readAllBytes(Path.of("rules/routing.drl")));

        HttpResponse<byte[]> response = send("file", "my.zip", zip(files), "");

        assertThat(problems(response)).contains("WARNING RULES_NOT_CHECKED rules/evil.drl");
        assertThat(problems(response)).noneMatch(line -> line.contains("BAD_RULE") || line.contains("routing.drl"));
        assertThat(JSON.readTree(response.body()).get("usable").booleanValue()).isTrue();
    }

    @Test
    void the_annotated_workbook_is_asked_for_by_type_or_by_parameter() throws IOException {
        for (var response : List.of(
                send("file", "routing.xlsx", mistyped(), "", "Accept", WORKBOOK),
                send("file", "routing.xlsx", mistyped(), "?annotated=true"))) {
            assertThat(response.headers().firstValue("Content-Type")).hasValue(WORKBOOK);
            assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
                    .contains("attachment", "routing.xlsx");
            try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(response.body()))) {
                assertThat(workbook.getSheetName(0)).isEqualTo("检查结果");
                assertThat(workbook.getSheet("派单目录")
                                .getCellComment(new CellAddress("B14"))
                                .getString()
                                .getString())
                        .contains("“私搭乱件”不在“事项”的名录中。", "是否为“私搭乱建”？");
            }
        }
    }

    @Test
    void the_annotated_copy_of_scenarios_is_theirs_though_a_table_has_their_name() throws IOException {
        HttpResponse<byte[]> response =
                send("file", "routing.xlsx", district("scenarios/routing.xlsx"), "?annotated=true");

        assertThat(response.statusCode()).isEqualTo(200);
        try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(response.body()))) {
            assertThat(workbook.getSheet("研判交办")).isNotNull();
            assertThat(workbook.getSheet("派单目录")).isNull();
        }
    }

    @Test
    void of_a_zip_the_annotated_copy_is_a_zip() throws IOException {
        Map<String, byte[]> files = policy();
        files.put("my/decision-tables/routing.xlsx", mistyped());

        HttpResponse<byte[]> response = send("file", "my.zip", zip(files), "?annotated=true");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/zip");
        var names = new ArrayList<String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(response.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                byte[] content = zip.readAllBytes();
                if (entry.getName().endsWith("calendar.xlsx")) {
                    assertThat(content).isEqualTo(district("calendar.xlsx"));
                } else if (entry.getName().endsWith("routing.xlsx")) {
                    try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(content))) {
                        assertThat(workbook.getSheetName(0)).isEqualTo("检查结果");
                    }
                }
            }
        }
        assertThat(names)
                .containsExactly(
                        "decision-tables/calendar.xlsx",
                        "decision-tables/closure.xlsx",
                        "decision-tables/routing.xlsx",
                        "decision-tables/scoring.xlsx",
                        "decision-tables/vocabulary.xlsx");
    }

    /** A workbook of which POI does not bear the date in its properties. */
    private static byte[] unmarkable(byte[] workbook) {
        return Parts.edited(workbook, (part, xml) -> xml.replaceAll("(<dcterms:created[^>]*>)[^<]*", "$1yesterday"));
    }

    @Test
    void what_cannot_be_marked_is_told_and_the_others_of_a_zip_are_marked() throws IOException {
        Map<String, byte[]> files = policy();
        files.put("my/decision-tables/routing.xlsx", mistyped());
        byte[] odd = unmarkable(mistyped());

        HttpResponse<byte[]> one = send("file", "routing.xlsx", odd, "?annotated=true");
        files.put("my/decision-tables/routing.xlsx", odd);
        HttpResponse<byte[]> all = send("file", "my.zip", zip(files), "?annotated=true", "Accept-Language", "en");

        assertThat(one.statusCode()).isEqualTo(422);
        assertThat(problems(one)).containsExactly("- UNEDITABLE_WORKBOOK routing.xlsx");
        assertThat(all.statusCode()).isEqualTo(200);
        var parts = new HashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(all.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), zip.readAllBytes());
            }
        }
        assertThat(parts.get("decision-tables/routing.xlsx")).isEqualTo(odd);
        assertThat(new String(requireNonNull(parts.get("unmarked.txt")), StandardCharsets.UTF_8))
                .startsWith("routing.xlsx: UNEDITABLE_WORKBOOK: The workbook can be read, but")
                .hasLineCount(1);
    }

    @Test
    void what_is_no_workbook_is_a_finding_and_has_no_annotated_copy() {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

        HttpResponse<byte[]> findings = send("file", "../../etc/routing.xlsx", png, "");
        HttpResponse<byte[]> copy = send("file", "routing.xlsx", png, "?annotated=true");

        assertThat(findings.statusCode()).isEqualTo(200);
        assertThat(problems(findings)).containsExactly("ERROR NOT_A_WORKBOOK routing.xlsx");
        assertThat(copy.statusCode()).isEqualTo(422);
        assertThat(problems(copy)).containsExactly("- NOT_A_WORKBOOK routing.xlsx");
    }

    @Test
    void a_zip_without_a_policy_a_missing_part_and_too_large_a_file_are_problems() throws IOException {
        HttpResponse<byte[]> empty = send("file", "my.zip", zip(Map.of("notes.txt", new byte[3])), "");
        HttpResponse<byte[]> broken = send("file", "my.zip", new byte[] {'P', 'K', 3, 4, 0}, "");
        HttpResponse<byte[]> missing = send("other", "routing.xlsx", new byte[3], "");
        HttpResponse<byte[]> large = send("file", "routing.xlsx", new byte[(16 << 20) + 1], "");

        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(problems(empty)).containsExactly("- UNREADABLE_ARCHIVE my.zip");
        assertThat(problems(broken)).containsExactly("- UNREADABLE_ARCHIVE my.zip");
        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(problems(missing)).containsExactly("- MISSING_PART ");
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(problems(large)).containsExactly("- TOO_LARGE ");
    }

    @Test
    void a_second_file_and_a_part_that_nobody_asked_for_are_refused_and_not_left_out() throws Exception {
        String part = "--x7x\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n\r\nx\r\n";
        String form = part.formatted("file", "a.xlsx") + part.formatted("file", "b.xlsx") + part.formatted("lable", "c")
                + "--x7x--\r\n";

        HttpResponse<byte[]> response = new DocumentedHttp()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/check"))
                                .header("Content-Type", "multipart/form-data; boundary=x7x")
                                .POST(BodyPublishers.ofString(form))
                                .build(),
                        BodyHandlers.ofByteArray());

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(problems(response)).containsExactly("- DUPLICATE_FIELD file", "- UNKNOWN_FIELD lable");
    }

    @Test
    void whether_it_is_to_be_annotated_is_a_yes_or_a_no() throws IOException {
        HttpResponse<byte[]> response =
                send("file", "routing.xlsx", district("routing.xlsx"), "?annotated=perhaps", "Accept-Language", "en");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(response.body()).get("problems").toString())
                .isEqualTo(
                        "[{\"at\":\"annotated\",\"code\":\"UNKNOWN_CHOICE\","
                                + "\"message\":\"\\\"perhaps\\\" cannot be given here.\",\"help\":\"Possible: true, false.\"}]");
    }
}
