package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.policy.PolicyFiles;
import liandong.publication.PolicyLifecycle;
import liandong.web.WebConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/** The archive in a browser. */
@Tag("slow") // starts a browser
@SpringBootTest(
        classes = {WebConfiguration.class, ConsoleConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ReadingServer.class)
@DirtiesContext // reports and keys stay
class ArchiveBrowserTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    @Autowired
    private PolicyLifecycle life;

    @Test
    void an_auditor_finds_an_incident_reads_its_story_runs_it_again_and_verifies_the_journal() throws Exception {
        String hotline = keys.add("热线平台", Set.of(Role.CALLER), "运维");
        String key = keys.add("审计员", Set.of(Role.AUDITOR), "运维");
        ReadingServer.report(port, hotline, "SC-2026-000101", ReadingServer.HOLE);
        ReadingServer.report(port, hotline, "SC-2026-000102", ReadingServer.TIE);
        for (String language : new String[] {"zh-CN", "en-GB"}) {
            try (var browser = new Browser(port, language)) {
                browser.signIn(key);
                Page page = browser.open("/console/archive?outcome=ASSIGNED");
                browser.look("archive");
                page.locator("#q").fill("SC-2026-000101");
                page.locator("form button.first").first().click();
                page.locator(".chapter").waitFor();
                page.locator(".chapter .acts button").click();
                page.locator(".chapter .box.good").waitFor();
                browser.look("archive-incident");
                browser.open("/console/archive?q=SC-1");
                browser.look("archive-none");
                page = browser.open("/console/archive/verify");
                page.locator("main button.first").click();
                page.locator("#progress .box.good").waitFor();
                browser.look("archive-verify");
            }
        }
    }

    @Test
    void what_a_change_would_have_changed_is_counted_and_found_again_by_somebody_else() throws Exception {
        String hotline = keys.add("平台", Set.of(Role.CALLER), "运维");
        for (int i = 0; i < 3; i++) {
            ReadingServer.report(port, hotline, "IMPACT-" + i, ReadingServer.HOLE);
        }
        PolicyFiles draft = ReadingServer.tiny()
                .cell("routing.xlsx 派单目录!C3", "水务公司")
                .files()
                .labelled("坑洞归水务");
        String address = "/console/changes/" + life.propose(draft, "编制").no();
        try (var browser = new Browser(port, "zh-CN")) {
            browser.signIn(keys.add("批准兼审计", Set.of(Role.APPROVER, Role.AUDITOR), "运维"));
            Page page = browser.open(address);
            page.locator("#impact-begin").click();
            page.locator("#impact .big").waitFor();
            page.locator("#impact-begin").waitFor();

            assertThat(page.locator(".loads tbody tr").allInnerTexts())
                    .anyMatch(line -> line.matches("(?s)主办局\\s+\\d+\\s+0\\s+-\\d+"))
                    .anyMatch(line -> line.matches("(?s)水务公司\\s+0\\s+\\d+\\s+\\+\\d+"));
            page.locator(".flips summary", new Page.LocatorOptions().setHasText("主办局 → 水务公司"))
                    .click();
            assertThat(page.locator(".flips details[open]").innerText()).contains("IMPACT-2", "牵头", "主办局 → 水务公司");
            page.waitForSelector(".diff ins");
            browser.look("change-impact");
            page.locator(".flips details[open] a").first().click();
            assertThat(page.locator("h1").innerText()).contains("IMPACT-2");
        }
        try (var browser = new Browser(port, "en-GB")) {
            browser.signIn(keys.add("测试员", Set.of(Role.TESTER), "运维"));
            Page page = browser.open(address);
            page.locator("#impact .big").waitFor();
            page.waitForSelector(".diff ins");
            assertThat(page.locator("#impact .strip").innerText()).contains("批准兼审计");
            assertThat(page.locator("#impact a").count()).isZero();
            browser.look("change-impact");
        }
    }

    @Test
    void a_trail_fits_on_a_page_of_paper() throws Exception {
        String hotline = keys.add("热线", Set.of(Role.CALLER), "运维");
        ReadingServer.report(port, hotline, "SC-1", ReadingServer.HOLE);
        try (var browser = new Browser(port, "zh-CN")) {
            browser.signIn(hotline);
            Page page = browser.open("/console/archive/incident?id=SC-1");
            byte[] pdf = page.pdf(new Page.PdfOptions().setFormat("A4").setPreferCSSPageSize(true));

            String text = new String(pdf, StandardCharsets.ISO_8859_1);
            assertThat(text.split("/Type */Page[^s]", -1).length - 1).isEqualTo(1);
        }
    }
}
