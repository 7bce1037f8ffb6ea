package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.store.Database;
import liandong.web.WebConfiguration;
import liandong.wire.Json;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.databind.JsonNode;

/** The duty desk: what waits, and what becomes of what a person finds. */
@SpringBootTest(
        classes = {WebConfiguration.class, ConsoleConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ReadingServer.class)
@DirtiesContext // keys stay for ever
class DeskTest {
    private static final Pattern REPORT = Pattern.compile("href=\"/console/desk/([0-9a-f-]{36})\">([^<]*)</a>");
    private static final Pattern SEEN = Pattern.compile("name=\"seen\" value=\"(\\d+)\"");

    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    @Autowired
    private Database database;

    @Autowired
    private MovingClock clock;

    private String hotline = "";
    private Visitor officer = new Visitor(0);

    @BeforeEach
    void a_hotline_and_an_officer() throws Exception {
        ReadingServer.forget(database);
        hotline = keys.add("热线平台", Set.of(Role.CALLER), "运维");
        officer = Visitor.signedIn(port, keys.add("王芳", Set.of(Role.OFFICER), "运维"));
    }

    private String report(String id, String text) throws Exception {
        HttpResponse<String> answer = ReadingServer.report(port, hotline, id, text);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body()).path("decisionId").stringValue("");
    }

    private List<String> waiting(Visitor who) throws Exception {
        Matcher found = REPORT.matcher(who.get("/console/desk").body());
        return found.results().map(each -> each.group(2)).toList();
    }

    private String seen(Visitor who, String id) throws Exception {
        Matcher found = SEEN.matcher(who.get("/console/desk/" + id).body());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    /** What the hotline reads of an incident: outcome and lead of each decision. */
    private List<String> trail(String incident) throws Exception {
        HttpResponse<String> answer = ReadingServer.rest(port, hotline, "GET", "/v1/incidents/" + incident, "");
        assertThat(answer.statusCode()).isEqualTo(200);
        return StreamSupport.stream(Json.read(answer.body()).path("decisions").spliterator(), false)
                .map(each -> each.path("outcome").stringValue("") + " "
                        + each.path("answer")
                                .path("assignment")
                                .path("lead")
                                .path("label")
                                .stringValue("-") + " "
                        + each.path("caller").stringValue(""))
                .toList();
    }

    @Test
    void what_waits_is_listed_danger_first_then_the_urgent_then_the_oldest() throws Exception {
        assertThat(officer.get("/console/desk").body()).contains("没有待研判的信息");
        report("A-1", ReadingServer.TIE);
        report("A-2", ReadingServer.HOLE);
        report("A-3", ReadingServer.THANKS);
        report("A-4", ReadingServer.DANGER);

        assertThat(waiting(officer)).containsExactly("A-4", "A-1", "A-3");
        assertThat(officer.get("/console/desk?queue=%E9%99%A9%E6%83%85%E6%A0%B8%E5%AE%9E")
                        .body())
                .contains("A-4")
                .doesNotContain("A-1");
        assertThat(officer.get("/console/desk").body()).doesNotContain("已超时");
        clock.putForward(Duration.ofDays(5));
        officer = Visitor.signedIn(port, keys.add("李强", Set.of(Role.OFFICER), "运维"));
        assertThat(officer.get("/console/desk").body()).contains("已超时").contains("等候 5 天");
        clock.putForward(Duration.ofDays(60));
        officer = Visitor.signedIn(port, keys.add("赵敏", Set.of(Role.OFFICER), "运维"));
        assertThat(waiting(officer)).isEmpty();
    }

    @Test
    void a_report_waits_though_another_caller_used_its_id_for_one_that_was_assigned() throws Exception {
        String ours = hotline;
        String id = report("A-1", ReadingServer.TIE);
        hotline = keys.add("网格应用", Set.of(Role.CALLER), "运维");
        report("A-1", ReadingServer.HOLE);

        assertThat(waiting(officer)).containsExactly("A-1");

        officer.post("/console/desk/" + id + "/judge", Map.of("seen", seen(officer, id), "candidate", "LID"));
        assertThat(waiting(officer)).isEmpty();
        assertThat(trail("A-1")).containsExactly("ASSIGNED 主办局 网格应用");
        hotline = ours;
        assertThat(trail("A-1")).containsExactly("MANUAL_TRIAGE - 热线平台", "ASSIGNED 水务公司 王芳");
    }

    @Test
    void a_list_that_renews_itself_does_not_keep_its_session_alive() throws Exception {
        clock.putForward(Duration.ofMinutes(59));
        assertThat(officer.get("/console/desk/rows").statusCode()).isEqualTo(200);
        clock.putForward(Duration.ofMinutes(2));
        assertThat(officer.get("/console/desk/rows").statusCode()).isEqualTo(401);
    }

    @Test
    void one_click_on_a_candidate_decides_and_the_caller_finds_it_under_the_officers_name() throws Exception {
        String id = report("A-1", ReadingServer.TIE);
        String page = officer.get("/console/desk/" + id).body();
        assertThat(page).contains("坑洞和井盖").contains("路面坑洞").contains("井盖破损").contains("W-1");

        HttpResponse<String> judged =
                officer.post("/console/desk/" + id + "/judge", Map.of("seen", seen(officer, id), "candidate", "HOLE"));

        assertThat(judged.statusCode()).isEqualTo(302);
        String done = judged.headers().firstValue("Location").orElse("");
        assertThat(done).startsWith("/console/desk?done=");
        assertThat(officer.get(done).body()).contains("A-1 已研判").contains("主办局");
        assertThat(waiting(officer)).isEmpty();
        assertThat(trail("A-1")).containsExactly("MANUAL_TRIAGE - 热线平台", "ASSIGNED 主办局 王芳");
        JsonNode last = Json.read(ReadingServer.rest(port, hotline, "GET", "/v1/incidents/A-1", "")
                        .body())
                .path("decisions")
                .path(1);
        assertThat(Json.write(last.path("request").path("options")))
                .isEqualTo("{\"settles\":\"" + id + "\",\"because\":\"经人工核定，采用候选事项\"}");
        assertThat(last.path("request").path("incident").path("eventType").stringValue(""))
                .isEqualTo("HOLE");
    }

    @Test
    void of_two_officers_at_one_report_the_second_is_told_and_nothing_of_hers_is_kept() throws Exception {
        String id = report("A-1", ReadingServer.TIE);
        Visitor other = Visitor.signedIn(port, keys.add("李强", Set.of(Role.OFFICER), "运维"));
        String mine = seen(officer, id);
        String theirs = seen(other, id);
        assertThat(other.get("/console/desk/" + id).body()).contains("王芳也打开了这条信息");
        assertThat(other.get("/console/desk").body()).contains("王芳在看");

        assertThat(other.post(
                                "/console/desk/" + id + "/judge",
                                Map.of("seen", theirs, "way", "CHOOSE", "eventType", "井盖破损", "because", "看过照片"))
                        .statusCode())
                .isEqualTo(302);
        HttpResponse<String> late = officer.post(
                "/console/desk/" + id + "/judge",
                Map.of("seen", mine, "way", "CHOOSE", "eventType", "路面坑洞", "because", "打过电话"));

        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("李强已于");
        assertThat(trail("A-1")).containsExactly("MANUAL_TRIAGE - 热线平台", "ASSIGNED 水务公司 李强");
        assertThat(officer.get("/console/desk/" + id).body()).contains("由李强决定").doesNotContain("name=\"because\"");
    }

    @Test
    void it_is_merged_settled_passed_on_or_answered_by_the_same_service() throws Exception {
        Map<String, Map<String, String>> ways = Map.of(
                "MERGED", Map.of("way", "MERGE", "into", "A-0"),
                "ARCHIVED", Map.of("way", "SETTLE"),
                "RELAYED", Map.of("way", "DANGER"),
                "ANSWER", Map.of("way", "CHOOSE", "eventType", "其他道路问题", "nature", "QUESTION"),
                "REFERRED", Map.of("way", "CHOOSE", "eventType", "LAWSUIT"));
        for (String outcome : ways.keySet()) {
            String id = report("B-" + outcome, ReadingServer.TIE);
            var fields = new TreeMap<>(ways.getOrDefault(outcome, Map.of()));
            assertThat(officer.post("/console/desk/" + id + "/preview", fields, "HX-Request", "true")
                            .body())
                    .as(outcome)
                    .contains("这样研判的结果")
                    .doesNotContain("<html");
            fields.put("seen", seen(officer, id));
            fields.put("because", "核实过");

            assertThat(officer.post("/console/desk/" + id + "/judge", fields).statusCode())
                    .as(outcome)
                    .isEqualTo(302);
            assertThat(trail("B-" + outcome)).containsExactly("MANUAL_TRIAGE - 热线平台", outcome + " - 王芳");
        }
        assertThat(waiting(officer)).isEmpty();
    }

    @Test
    void an_officer_names_another_lead_than_the_table_and_the_answer_says_whose_choice_it_was() throws Exception {
        String id = report("A-1", ReadingServer.TIE);
        HttpResponse<String> judged = officer.post(
                "/console/desk/" + id + "/judge",
                Map.of(
                        "seen",
                        seen(officer, id),
                        "way",
                        "CHOOSE",
                        "eventType",
                        "HOLE",
                        "lead",
                        "水务公司",
                        "because",
                        "管线单位的坑，" + "长".repeat(300)));

        assertThat(judged.statusCode()).isEqualTo(302);
        assertThat(trail("A-1")).containsExactly("MANUAL_TRIAGE - 热线平台", "ASSIGNED 水务公司 王芳");
        JsonNode last = Json.read(ReadingServer.rest(port, hotline, "GET", "/v1/incidents/A-1", "")
                        .body())
                .path("decisions")
                .path(1);
        assertThat(last.path("answer").path("assignment").path("by").stringValue(""))
                .isEqualTo("PERSON");
        assertThat(last.path("request")
                        .path("incident")
                        .path("choice")
                        .path("by")
                        .stringValue(""))
                .isEqualTo("协办局");
        assertThat(last.path("request").path("options").path("because").stringValue(""))
                .hasSize(307);
    }

    @Test
    void several_matters_become_reports_of_their_own_each_decided_by_itself() throws Exception {
        String id = report("A-1", ReadingServer.TIE);

        HttpResponse<String> judged = officer.send(
                "POST",
                "/console/desk/" + id + "/judge",
                "token=" + officer.token() + "&seen=" + seen(officer, id)
                        + "&way=SPLIT&because=two&part=%E5%9D%91%E6%B4%9E&part=%E4%BA%95%E7%9B%96&part=",
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertThat(judged.statusCode()).isEqualTo(302);
        assertThat(trail("A-1")).containsExactly("MANUAL_TRIAGE - 热线平台", "ASSIGNED 主办局 王芳");
        assertThat(trail("A-1-2")).containsExactly("ASSIGNED 水务公司 王芳");
    }

    @Test
    void what_is_left_out_or_leads_nowhere_is_told_and_nothing_is_kept() throws Exception {
        String id = report("A-1", ReadingServer.TIE);
        String path = "/console/desk/" + id + "/judge";
        String seen = seen(officer, id);
        Map<Map<String, String>, String> faulty = Map.of(
                Map.of("way", "CHOOSE", "eventType", "HOLE", "because", " "), "这里只有空白或不可见字符",
                Map.of("way", "CHOOSE", "because", "核实过"), "没有写明研判结果。",
                Map.of("way", "MERGE", "because", "核实过"), "没有写明研判结果。",
                Map.of("way", "SPLIT", "part", "一件", "because", "核实过"), "没有写明研判结果。",
                Map.of("way", "CHOOSE", "eventType", "没有的事项", "because", "核实过"), "没有的事项",
                Map.of("way", "CHOOSE", "nature", "REQUEST", "because", "仍难区分"), "这样仍须转人工：表中没有对应的行。");
        for (var each : faulty.entrySet()) {
            var fields = new TreeMap<>(each.getKey());
            fields.put("seen", seen);
            HttpResponse<String> answer = officer.post(path, fields);
            assertThat(answer.statusCode()).as(fields.toString()).isEqualTo(422);
            assertThat(answer.body()).contains("没有做成", each.getValue());
        }
        assertThat(trail("A-1")).hasSize(1);
        assertThat(officer.get("/console/desk/" + "0".repeat(8)).statusCode()).isEqualTo(404);
        String decided = report("A-2", ReadingServer.HOLE);
        assertThat(officer.get("/console/desk/" + decided).statusCode()).isEqualTo(404);
    }

    @Test
    void corrections_are_proposed_as_unconfirmed_example_rows() throws Exception {
        String id = report("A-1", ReadingServer.TIE);
        officer.post(
                "/console/desk/" + id + "/judge",
                Map.of("seen", seen(officer, id), "way", "CHOOSE", "eventType", "井盖破损", "because", "看过照片"));

        HttpResponse<byte[]> book = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/console/desk/learned.xlsx"))
                                .header("Cookie", "liandong-session=" + officer.cookie("liandong-session"))
                                .build(),
                        BodyHandlers.ofByteArray());

        assertThat(book.statusCode()).isEqualTo(200);
        try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(book.body()))) {
            var row = workbook.getSheet("例句").getRow(2);
            assertThat(List.of(
                            row.getCell(0).getStringCellValue(),
                            row.getCell(1).getStringCellValue(),
                            row.getCell(2).getStringCellValue(),
                            row.getCell(3).getStringCellValue(),
                            row.getCell(6).getStringCellValue()))
                    .containsExactly("EX-00001", ReadingServer.TIE, "井盖破损", "无", "推定");
            assertThat(row.getCell(5).getStringCellValue())
                    .startsWith("人工研判 A-1，王芳，")
                    .endsWith("：看过照片");
            assertThat(workbook.getSheet("例句").getLastRowNum()).isEqualTo(2);
        }
    }
}
