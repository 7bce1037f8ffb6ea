package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.policy.PolicyHistory;
import liandong.publication.PolicyLifecycle;
import liandong.scenario.Cases;
import liandong.scenario.ScenarioReader;
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
    private static final String DUTY = "派单目录";

    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    @Autowired
    private MovingClock clock;

    @Autowired
    private PolicyHistory policy;

    @Autowired
    private PolicyLifecycle life;

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
        clock.putForward(Duration.ofMinutes(2)); // what was counted before is old
        for (String language : new String[] {"zh-CN", "en-GB"}) {
            try (var browser = new Browser(port, language)) {
                browser.signIn(key);
                Page page = browser.open("/console/watch");
                browser.look("watch");
                browser.open("/console/watch?period=DAY");
                browser.look("watch-day");
                page.locator(".worry a").first().click();
                page.locator("tbody tr").first().waitFor();

                // Each row of a table with how often it decided, and what came of its cases.
                browser.open("/console/policy/table?sheet=" + DUTY);
                page.waitForSelector("#fates:not([hx-get])");
                List<String> fared = page.locator("td.fate").allInnerTexts();
                assertThat(fared)
                        .hasSize(page.locator("tbody tr").count())
                        .anyMatch(each -> each.matches(
                                language.startsWith("zh")
                                        ? "决定 7 次\\s+退回 0 件\\s+改定 0 件"
                                        : "decided 7\\s+returned 0\\s+overruled 0"))
                        .contains(language.startsWith("zh") ? "未用到" : "not used");
                browser.look("table-fates");
                page.locator("td.fate a").first().click();
                page.locator("tbody tr").first().waitFor();
            }
        }
    }

    @Test
    void scenarios_are_run_left_and_found_again_given_away_and_completed() throws Exception {
        for (String language : new String[] {"zh-CN", "en-GB"}) {
            boolean chinese = language.startsWith("zh");
            String key = keys.add("编制员" + language, Set.of(Role.EDITOR), "运维");
            try (var browser = new Browser(port, language)) {
                browser.signIn(key);
                Page page = browser.open("/console/scenarios");
                page.locator("main button.first").click();
                page.locator("#progress .tag").waitFor();
                browser.open("/console");
                browser.open("/console/scenarios");
                browser.look("scenarios");

                Download report = page.waitForDownload(
                        () -> page.locator("main a[download]").click());
                assertThat(report.suggestedFilename()).matches("scenarios-\\d{8}-\\d{4}\\.html");
                assertThat(Files.readString(Objects.requireNonNull(report.path())))
                        .contains(
                                "T-2",
                                "水务公司",
                                chinese ? "不符的情景" : "Not as expected",
                                chinese ? "从未命中" : "Never matched")
                        .doesNotContain("<script", "src=", "http:", "https:");

                page.locator("#progress a").click();
                page.locator("td a").first().click();
                page.locator("tr.wrong").waitFor();
                browser.look("scenario");

                // What scenarios have shown of each row is painted on its table.
                browser.open("/console/policy/table?sheet=" + DUTY);
                assertThat(page.locator("td.proof .tag").allInnerTexts())
                        .contains(chinese ? "有证" : "proven")
                        .contains(chinese ? "无情景" : "no scenario");
                page.waitForSelector("#fates:not([hx-get])");
                browser.look("table-painted");

                // A case is proposed for what none proves, ticked, and put into a change.
                browser.open("/console/scenarios/weak");
                browser.look("weak");
                page.locator("tbody a", new Page.LocatorOptions().setHasText(DUTY))
                        .click();
                page.locator("form.strip button.first").click();
                page.waitForSelector(".proposals li");
                browser.look("weak-found");
                page.locator("[name=case]").first().check();
                page.locator("form[data-busy] button.first").click();
                page.waitForURL(Pattern.compile(".*/console/changes/\\d+"));
                long no = Long.parseLong(page.url().replaceAll(".*/", ""));
                var before =
                        ScenarioReader.read(policy.get(), policy.get().files().scenarios());
                var after = ScenarioReader.read(policy.get(), life.files(no).scenarios());
                assertThat(after.cases()).hasSize(before.cases().size() + 1);
                assertThat(after.problems()).hasSameSizeAs(before.problems());
                assertThat(after.cases().stream()
                                .filter(each ->
                                        !each.confirmed() && each.title().contains("命中")))
                        .singleElement()
                        .satisfies(
                                each -> assertThat(Cases.run(policy.get(), each).passed())
                                        .isTrue());
                life.withdraw(no, "编制员" + language);
            }
        }
    }
}
