package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.store.Database;
import liandong.web.WebConfiguration;
import liandong.wire.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/** The archive: decisions found again, told as a story, run again, verified. */
@SpringBootTest(
        classes = {WebConfiguration.class, ConsoleConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ReadingServer.class)
@DirtiesContext // keys stay for ever
class ArchiveTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    @Autowired
    private Database database;

    private String hotline = "";
    private Visitor auditor = new Visitor(0);

    @BeforeEach
    void a_hotline_and_an_auditor() throws Exception {
        ReadingServer.forget(database);
        hotline = keys.add("热线平台", Set.of(Role.CALLER), "运维");
        auditor = Visitor.signedIn(port, keys.add("审计员", Set.of(Role.AUDITOR), "运维"));
    }

    private String report(String id, String text) throws Exception {
        HttpResponse<String> answer = ReadingServer.report(port, hotline, id, text);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body()).path("decisionId").stringValue("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void decisions_are_found_by_id_time_body_event_type_outcome_area_and_row() throws Exception {
        assertThat(auditor.get("/console/archive").body()).contains("没有符合条件的决定");
        String id = report("A/1 甲", ReadingServer.HOLE);
        report("A-2", ReadingServer.TIE);

        for (String query : new String[] {
            "outcome=ASSIGNED",
            "body=" + encoded("主办局") + "&outcome=ASSIGNED",
            "eventType=HOLE",
            "row=D-1",
            "area=" + encoded("东街道") + "&row=D-1",
            "kind=ROUTING&caller=" + encoded("热线平台") + "&rule=&eventType=HOLE",
            "from=2020-01-01&to=2100-01-01&eventType=HOLE"
        }) {
            assertThat(auditor.get("/console/archive?" + query).body())
                    .as(query)
                    .contains("A/1 甲")
                    .doesNotContain("A-2");
        }
        assertThat(auditor.get("/console/archive?desk=left").body())
                .contains("A-2")
                .doesNotContain("A/1 甲");
        assertThat(auditor.get("/console/archive?q=" + id).headers().firstValue("Location"))
                .hasValue("/console/archive/incident?id=A%2F1+%E7%94%B2");
        assertThat(auditor.get("/console/archive?q=nothing").body()).contains("没有“nothing”的记录");
        assertThat(auditor.get("/console/archive?from=yesterday&policy=12").body())
                .contains("from")
                .contains("policy")
                .contains("value=\"yesterday\"");
        assertThat(auditor.get("/console/archive/incident?id=nobody").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_list_goes_on_where_the_page_ends() throws Exception {
        for (int i = 0; i < 51; i++) {
            report("A-" + (100 + i), ReadingServer.HOLE);
        }
        String first = auditor.get("/console/archive?eventType=HOLE").body();
        String next = first.substring(first.indexOf("<a class=\"button\" href=\"") + 24);
        next = next.substring(0, next.indexOf('"')).replace("&amp;", "&");

        assertThat(first).contains("A-150").contains("A-101").doesNotContain("A-100<");
        assertThat(auditor.get(next).body())
                .contains("A-100<")
                .doesNotContain("A-101<")
                .doesNotContain("更早的");
    }

    @Test
    void a_trail_is_a_story_with_why_in_words_and_comes_out_the_same_when_run_again() throws Exception {
        String id = report("A-1", ReadingServer.TIE);
        Visitor officer = Visitor.signedIn(port, keys.add("王芳", Set.of(Role.OFFICER), "运维"));
        String page = officer.get("/console/desk/" + id).body();
        String seen = page.substring(page.indexOf("name=\"seen\" value=\"") + 19);
        officer.post(
                "/console/desk/" + id + "/judge",
                Map.of(
                        "seen",
                        seen.substring(0, seen.indexOf('"')),
                        "way",
                        "CHOOSE",
                        "eventType",
                        "HOLE",
                        "because",
                        "看过<照片>"));

        String story = auditor.get("/console/archive/incident?id=A-1").body();
        assertThat(story)
                .contains(ReadingServer.TIE)
                .contains("难以区分")
                .contains("由王芳研判。理由：看过&lt;照片&gt;")
                .contains("三定方案")
                .contains("东街道");
        HttpResponse<String> again = auditor.post("/console/archive/replay", Map.of("id", id), "HX-Request", "true");
        assertThat(again.body()).contains("逐字节相同").doesNotContain("<html");
        assertThat(auditor.post("/console/archive/replay", Map.of("id", "nobody"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_caller_finds_only_what_it_asked_for_itself_and_what_was_judged_for_it() throws Exception {
        report("A-1", ReadingServer.HOLE);
        Visitor other = Visitor.signedIn(port, keys.add("信访系统", Set.of(Role.CALLER), "运维"));
        Visitor own = Visitor.signedIn(port, hotline);

        assertThat(other.get("/console/archive").body()).doesNotContain("A-1<");
        assertThat(other.get("/console/archive/incident?id=A-1").statusCode()).isEqualTo(404);
        assertThat(own.get("/console/archive").body()).contains("A-1<").doesNotContain("核验存档");
        assertThat(own.get("/console/archive/incident?id=A-1").statusCode()).isEqualTo(200);
        assertThat(own.post("/console/archive/replay", Map.of("id", "x")).statusCode())
                .isEqualTo(403);
    }

    private String verified() throws Exception {
        assertThat(auditor.post("/console/archive/verify", Map.of()).statusCode())
                .isEqualTo(302);
        for (int i = 0; i < 200; i++) {
            String page = auditor.get("/console/archive/verify").body();
            if (!page.contains("hx-get=\"/console/archive/verify/progress\"")) {
                return page;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the verification does not end");
    }

    @Test
    @DirtiesContext(methodMode = DirtiesContext.MethodMode.BEFORE_METHOD) // what others forgot would be missing
    void the_journal_is_verified_and_what_was_changed_is_named() throws Exception {
        report("A-1", ReadingServer.HOLE);
        String id = report("A-2", ReadingServer.HOLE);

        assertThat(verified()).contains("没有改动：2 件决定");
        assertThat(database.sql()
                        .sql("UPDATE decision SET outcome = 'ARCHIVED' WHERE id = ?")
                        .param(id)
                        .update())
                .isEqualTo(1);
        assertThat(verified()).contains("决定被改动").contains(id);
    }
}
