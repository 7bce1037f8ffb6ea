package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
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

/** What asks what in the stock policy, in a browser, as a tester looks at it. */
@Tag("slow") // starts a browser
@SpringBootTest(
        classes = {WebConfiguration.class, ConsoleConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(StockConsole.class)
@DirtiesContext // keys stay for ever
class GraphBrowserTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    @Test
    void tables_and_rules_are_drawn_and_lead_on_by_mouse_and_keyboard() {
        String key = keys.add("张测", Set.of(Role.TESTER), "运维");
        for (String language : new String[] {"zh-CN", "en"}) {
            try (var browser = new Browser(port, language)) {
                browser.signIn(key);
                Page page = browser.open("/console/policy");
                page.locator("a[href='/console/policy/graph']").click();
                page.waitForLoadState();
                assertThat(page.locator(".graph .n-rule").count()).isGreaterThan(30);
                browser.look("graph");
                browser.open("/console/policy/graph?decision=ESCALATION");
                browser.look("graph-escalation");
                Locator rule = page.locator(".graph .n-rule").first();
                rule.focus();
                assertThat(rule.locator(".own").evaluate("own => getComputedStyle(own).visibility"))
                        .isEqualTo("visible");
                page.keyboard().press("Enter");
                assertThat(page.url()).contains("#rule-ESC-");
                assertThat((Boolean) page.evaluate("document.querySelector(':target') !== null"))
                        .isTrue();
                Locator table = page.locator(".graph .n-table").first();
                String sheet = table.locator("title").textContent();
                table.locator("rect").click();
                assertThat(page.locator("h1").innerText()).isEqualTo(sheet);
                page.locator(".asking summary").click();
                browser.look("table-rules");
                page.locator(".asking a").first().click();
                assertThat(page.url())
                        .contains("/console/policy/graph?decision=")
                        .contains("#rule-");
            }
        }
    }
}
