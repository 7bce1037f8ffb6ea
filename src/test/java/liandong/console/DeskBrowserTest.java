package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The duty desk in a browser. */
@Tag("slow") // starts a browser
@SpringBootTest(
        classes = {WebConfiguration.class, ConsoleConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ReadingServer.class)
@DirtiesContext // reports and keys stay
class DeskBrowserTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    @Test
    void an_officer_sees_what_comes_of_a_choice_before_she_makes_it() throws Exception {
        String hotline = keys.add("热线平台", Set.of(Role.CALLER), "运维");
        String key = keys.add("王芳", Set.of(Role.OFFICER), "运维");
        String english = keys.add("Tom", Set.of(Role.OFFICER), "运维");
        try (var browser = new Browser(port, "zh-CN")) {
            browser.signIn(key);
            browser.open("/console/desk");
            browser.look("desk-empty");
            ReadingServer.report(port, hotline, "SC-2026-000101", ReadingServer.TIE + "，门口一直没人管，请尽快派人来看看");
            ReadingServer.report(port, hotline, "SC-2026-000102", ReadingServer.DANGER);
            ReadingServer.report(port, hotline, "SC-2026-000103", ReadingServer.THANKS);
            Page page = browser.open("/console/desk");
            browser.look("desk");

            page.locator("a.big-link", new Page.LocatorOptions().setHasText("SC-2026-000101"))
                    .click();
            browser.look("desk-report");
            page.locator("#eventType").fill("井盖破损");
            page.locator("#because").fill("看过照片");
            page.locator("#preview .box").waitFor();
            assertThat(page.locator("#preview").innerText()).contains("水务公司");
            browser.look("desk-preview");
            page.locator("input[value=SPLIT]").check();
            browser.look("desk-split");
            page.locator("input[value=CHOOSE]").check();
            page.locator("form.judge button.first").click();
            page.locator(".box.good").waitFor();
            browser.look("desk-done");
            assertThat(page.locator("ol.desk li").count()).isEqualTo(2);
        }
        try (var browser = new Browser(port, "en-GB")) {
            browser.signIn(english);
            Page page = browser.open("/console/desk");
            browser.look("desk");
            page.locator("a.big-link", new Page.LocatorOptions().setHasText("SC-2026-000103"))
                    .click();
            browser.look("desk-report");
            page.locator("input[value=SETTLE]").check();
            page.locator("#because").fill("Thanks only");
            page.locator("form.judge button.first").click();
            page.locator(".box.good").waitFor();
            assertThat(page.locator("ol.desk li").count()).isEqualTo(1);
        }
    }
}
