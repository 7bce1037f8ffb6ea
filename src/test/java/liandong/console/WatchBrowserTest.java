package liandong.console;

import com.microsoft.playwright.Page;
import java.util.Set;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.web.WebConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/** The watch and the scenarios in a browser. */
@Tag("slow") // starts a browser
@SpringBootTest(
        classes = {WebConfiguration.class, ConsoleConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ReadingServer.class)
@DirtiesContext // reports and keys stay
class WatchBrowserTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    @Test
    void figures_and_charts_lead_to_their_lists() throws Exception {
        String hotline = keys.add("热线平台", Set.of(Role.CALLER), "运维");
        String key = keys.add("审计员", Set.of(Role.AUDITOR), "运维");
        try (var browser = new Browser(port, "zh-CN")) {
            browser.signIn(key);
            browser.open("/console/watch");
            browser.look("watch-empty");
        }
        for (int i = 0; i < 12; i++) {
            String text = i % 4 == 0 ? ReadingServer.TIE : i % 5 == 0 ? ReadingServer.DANGER : ReadingServer.HOLE;
            ReadingServer.report(port, hotline, "SC-2026-" + (1000 + i), text);
        }
        for (String language : new String[] {"zh-CN", "en-GB"}) {
            try (var browser = new Browser(port, language)) {
                browser.signIn(key);
                Page page = browser.open("/console/watch");
                browser.look("watch");
                browser.open("/console/watch?period=DAY");
                browser.look("watch-day");
                page.locator(".worry a").first().click();
                page.locator("tbody tr").first().waitFor();
            }
        }
    }

    @Test
    void a_tester_runs_the_scenarios_leaves_and_finds_the_result() {
        String key = keys.add("测试员", Set.of(Role.TESTER), "运维");
        for (String language : new String[] {"zh-CN", "en-GB"}) {
            try (var browser = new Browser(port, language)) {
                browser.signIn(key);
                Page page = browser.open("/console/scenarios");
                page.locator("main button.first").click();
                page.locator("#progress .tag").waitFor();
                browser.open("/console");
                browser.open("/console/scenarios");
                browser.look("scenarios");
                page.locator("#progress a").click();
                page.locator("td a").first().click();
                page.locator("tr.wrong").waitFor();
                browser.look("scenario");
            }
        }
    }
}
