package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.policy.PolicyHistory;
import liandong.scenario.Cases;
import liandong.scenario.ScenarioReader;
import liandong.web.WebConfiguration;
import liandong.wire.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/** The scenarios of the live policy: listed, run, seen side by side, made of answers. */
@SpringBootTest(
        classes = {WebConfiguration.class, ConsoleConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ReadingServer.class)
@DirtiesContext // keys stay for ever
class ScenarioTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    @Autowired
    private PolicyHistory policy;

    private Visitor tester = new Visitor(0);

    @BeforeEach
    void a_tester() throws Exception {
        tester = Visitor.signedIn(port, keys.add("测试员", Set.of(Role.TESTER), "运维"));
    }

    private String ran(String which) throws Exception {
        assertThat(tester.post("/console/scenarios/run", Map.of("which", which)).statusCode())
                .isEqualTo(302);
        for (int i = 0; i < 200; i++) {
            String page = tester.get("/console/scenarios").body();
            if (!page.contains("hx-get=\"/console/scenarios/progress\"")) {
                return page;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the run does not end");
    }

    @Test
    void they_are_listed_filtered_and_run_and_what_failed_is_run_again_alone() throws Exception {
        assertThat(tester.get("/console/scenarios").body())
                .contains("T-1")
                .contains("T-4")
                .contains("未运行")
                .contains("不能运行")
                .contains("共 5 个，符合条件 5 个");
        assertThat(tester.get("/console/scenarios?q=t-2").body())
                .contains("坑洞归水务")
                .doesNotContain("井盖归水务");
        assertThat(tester.get("/console/scenarios?state=UNCONFIRMED").body())
                .contains("井盖归水务")
                .doesNotContain("坑洞归水务");
        assertThat(tester.get("/console/scenarios?q=nothing&page=99").body()).contains("没有符合条件的情景");

        assertThat(ran("all")).contains("4 个中有 2 个未通过").contains("只运行未通过的 2 个");
        assertThat(tester.get("/console/scenarios?state=FAILED").body())
                .contains("T-2")
                .contains("主办局")
                .contains("坑洞又来一次")
                .doesNotContain("坑洞归主办局");
        assertThat(ran("failed")).contains("4 个中有 2 个未通过");
        assertThat(tester.get("/console/scenarios?kind=%E6%95%85%E4%BA%8B").body())
                .contains("S-1")
                .doesNotContain("T-1");
    }

    @Test
    void expected_and_actual_stand_side_by_side() throws Exception {
        assertThat(tester.get("/console/scenarios/case?id=T-2").body())
                .contains("水务公司")
                .contains("主办局")
                .contains("不符")
                .contains("东市社区");
        assertThat(tester.get("/console/scenarios/case?id=T-1").body())
                .contains("相符")
                .doesNotContain("不符<");
        assertThat(tester.get("/console/scenarios/case?id=T-4").statusCode()).isEqualTo(404);
    }

    @Test
    void why_an_answer_is_not_another_is_asked_without_a_script_too() throws Exception {
        String asked = """
                {"incident":{"id":"W-1","reportedAt":"2026-11-20T16:30:00+08:00","source":"GRID","area":"330102001",\
                "eventType":"%s"},"now":"2026-11-20T16:30:00+08:00"}""".formatted("邻里纠纷");
        String path = "/console/try/routing/why-not";

        String page = tester.post(path, Map.of("asked", asked, "part", "lead", "value", "水务公司"))
                .body();
        assertThat(page).contains("为何不是", "水务公司", "怎样才会", "事项", "井盖破损", "第一道关", "派单目录");
        assertThat(tester.post(path, Map.of("asked", asked, "part", "lead", "value", "主办局"))
                        .body())
                .contains("答复正是如此")
                .doesNotContain("第一道关");
        assertThat(tester.post(path, Map.of("asked", asked, "part", "row", "value", "D-99"))
                        .body())
                .contains("D-99")
                .doesNotContain("第一道关");
    }

    @Test
    void a_story_is_told_step_by_step_up_to_the_one_that_is_otherwise() throws Exception {
        assertThat(tester.get("/console/scenarios/case?id=S-1").body())
                .containsSubsequence(
                        "第 1 步 研判交办，2026-11-20 16:30",
                        "相符",
                        "第 2 步 研判交办，2026-11-20 17:30",
                        "不符",
                        "第二次",
                        "水务公司",
                        "主办局",
                        "前一步不符，以下各步未运行：3");
    }

    @Test
    void an_answer_becomes_a_scenario_that_passes() throws Exception {
        String hotline = keys.add("热线平台", Set.of(Role.CALLER), "运维");
        String id = Json.read(ReadingServer.report(port, hotline, "A-1", ReadingServer.HOLE)
                        .body())
                .path("decisionId")
                .stringValue("");
        Visitor caller = Visitor.signedIn(port, hotline);
        byte[] book = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + port + "/console/archive/scenario.xlsx?id=" + id))
                                .header("Cookie", "liandong-session=" + caller.cookie("liandong-session"))
                                .build(),
                        BodyHandlers.ofByteArray())
                .body();

        var read = ScenarioReader.read(policy.get(), new TreeMap<>(Map.of("made.xlsx", book)));
        assertThat(read.problems()).isEmpty();
        assertThat(read.cases()).singleElement().satisfies(each -> {
            assertThat(each.confirmed()).isFalse();
            assertThat(Cases.run(policy.get(), each).passed()).isTrue();
        });
        Visitor other = Visitor.signedIn(port, keys.add("信访系统", Set.of(Role.CALLER), "运维"));
        assertThat(other.get("/console/archive/scenario.xlsx?id=" + id).statusCode())
                .isEqualTo(404);
    }
}
