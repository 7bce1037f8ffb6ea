package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
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

/** The scores of a month by the cases that were kept, in a browser, as an auditor looks at them. */
@Tag("slow") // starts a browser
@SpringBootTest(
        classes = {WebConfiguration.class, ConsoleConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(StockConsole.class)
@DirtiesContext // keys and cases stay
class ScoresBrowserTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    private static String event(String kind, int daysAgo, String more) {
        OffsetDateTime at =
                OffsetDateTime.now(ZoneOffset.ofHours(8)).minusDays(daysAgo).withNano(0);
        return "{\"kind\":\"" + kind + "\",\"at\":\"" + at + "\"" + more + "}";
    }

    private void scored(String caller, String id, String body, String... events) throws Exception {
        OffsetDateTime at =
                OffsetDateTime.now(ZoneOffset.ofHours(8)).minusDays(20).withNano(0);
        HttpResponse<String> answer = ReadingServer.rest(
                port,
                caller,
                "POST",
                "/v1/scoring",
                "{\"incident\":{\"id\":\"" + id + "\",\"reportedAt\":\"" + at + "\",\"body\":\"" + body
                        + "\",\"events\":[" + String.join(",", events) + "]}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void every_point_of_a_month_is_told_with_its_row_and_the_cases_behind_it_and_nobody_is_ranked_unasked()
            throws Exception {
        String key = keys.add("审计员", Set.of(Role.AUDITOR), "运维");
        String address = "/console/watch/scores?period="
                + OffsetDateTime.now(ZoneOffset.ofHours(8)).getYear() + "-Q"
                + ((OffsetDateTime.now(ZoneOffset.ofHours(8)).getMonthValue() + 2) / 3);
        try (var browser = new Browser(port, "zh-CN")) {
            browser.signIn(key);
            browser.open("/console/watch");
            browser.page().locator("a[href='/console/watch/scores']").click();
            browser.page().locator("#count").click();
            browser.page().locator(".empty-state").waitFor();
            assertThat(browser.page().locator(".empty-state h2").innerText()).isEqualTo("这段时间没有作过个案考核的案件");
            browser.look("scores-empty");
        }
        String caller = keys.add("热线", Set.of(Role.CALLER), "运维");
        String assigned = event("ASSIGNED", 15, "");
        String onTime = event("STAGE_ON_TIME", 5, ",\"stage\":\"处置\"");
        scored(caller, "K-1", "JUSTICE", assigned, onTime);
        scored(caller, "K-2", "JUSTICE", assigned, event("SHIRKED", 9, ""), event("REDO", 8, ""));
        scored(caller, "K-3", "JUSTICE", assigned);
        scored(
                caller,
                "K-3",
                "JUSTICE",
                assigned,
                event("STAGE_DONE", 5, ",\"stage\":\"处置\""),
                event("STAGE_LATE", 6, ",\"stage\":\"处置\""));
        scored(caller, "K-4", "CIVIL_AFFAIRS", assigned, onTime);
        for (String language : new String[] {"zh-CN", "en"}) {
            try (var browser = new Browser(port, language)) {
                browser.signIn(key);
                Page page = browser.open(address);
                page.locator("#count").click();
                page.locator(".flips summary").first().waitFor();
                browser.look("scores");
                List<String> names = page.locator("summary.score b").allInnerTexts();
                assertThat(names).contains("区司法局", "区民政局");
                assertThat(page.locator("summary .tag:has-text('No.')").count()).isZero();
                Locator justice = page.locator(".flips > li", new Page.LocatorOptions().setHasText("区司法局"));
                justice.locator("summary").click();
                browser.look("scores-body");
                assertThat(justice.locator("tr", new Locator.LocatorOptions().setHasText("1 / 3"))
                                .first()
                                .isVisible())
                        .isTrue();
                Locator closure = justice.locator("tr", new Locator.LocatorOptions().setHasText("K-2"));
                assertThat(closure.count()).isPositive();
                assertThat(justice.locator("td:has-text('K-1')").count()).isZero();
                justice.locator("a:has-text('K-2')").first().click();
                page.waitForURL("**/console/archive/incident?id=K-2");
                browser.open(address + "&ranking=yes");
                page.locator("#count").click();
                page.locator(".flips summary").first().waitFor();
                assertThat(page.locator("summary.score .tag").first().innerText())
                        .as("a body of so few cases is not ranked, even if ranks are asked for")
                        .isIn("小样本", "small number");
            }
        }
        Visitor editor = Visitor.signedIn(port, keys.add("编制员", Set.of(Role.EDITOR), "运维"));
        editor.post("/console/watch/scores", Map.of("period", address.substring(address.indexOf('=') + 1)));
        String page = editor.get(address).body();
        for (int i = 0; i < 100 && !page.contains("K-2"); i++) {
            Thread.sleep(100);
            page = editor.get(address).body();
        }
        assertThat(page).contains("<code class=\"nowrap\">K-2</code>").doesNotContain("/console/archive");
    }
}
