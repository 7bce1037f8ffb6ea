package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.policy.PolicyHistory;
import liandong.problem.Problem;
import liandong.publication.PolicyLifecycle;
import liandong.scenario.ScenarioReader;
import liandong.web.WebConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/** Trying a report and reading the policy, in a browser, as a tester does. */
@Tag("slow") // starts a browser
@SpringBootTest(
        classes = {WebConfiguration.class, ConsoleConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(StockConsole.class)
@DirtiesContext // keys stay for ever
class TryBrowserTest {
    private static final String TRY = "/console/try/routing";

    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    @Autowired
    private PolicyHistory policy;

    @Autowired
    private PolicyLifecycle life;

    @Autowired
    private Sessions sessions;

    private String key() {
        return keys.add("张测", Set.of(Role.TESTER), "运维");
    }

    private static Locator field(Page page, String name) {
        return page.locator("[id='" + name + "']");
    }

    private static void fill(Page page, Map<String, String> fields) {
        fields.forEach((name, value) -> {
            Locator field = field(page, name);
            switch (String.valueOf(field.evaluate("each => each.tagName + each.type"))) {
                case "SELECTselect-one" ->
                    field.evaluate(
                            "(each, wanted) => { const own = [...each.options].find(option => option.value === wanted"
                                    + " || option.text.startsWith(wanted)); if (own) each.value = own.value; }",
                            value);
                case "INPUTcheckbox" -> field.setChecked(value.equals("true"));
                default -> field.fill(value);
            }
        });
    }

    private static void submit(Page page) {
        page.locator("#try button.first").click();
        page.waitForSelector("#answer .outcome");
    }

    @Test
    void a_report_is_tried_its_way_is_gone_step_by_step_and_a_change_is_told() {
        Map<String, String> report = StockConsole.report(policy.get());
        for (String language : new String[] {"zh-CN", "en"}) {
            try (var browser = new Browser(port, language)) {
                browser.signIn(key());
                Page page = browser.open(TRY);
                browser.look("try-empty");
                fill(page, report);
                submit(page);

                assertThat(page.locator(".read").innerText()).isEqualTo(report.get("incident.text"));
                assertThat(page.locator(".read mark").count()).isPositive();
                assertThat(page.locator("svg.line .bar").count()).isGreaterThan(1);
                assertThat(page.locator("[data-steps] > li").count()).isGreaterThan(3);
                Locator steps = page.locator("[data-steps] summary");
                steps.first().focus();
                page.keyboard().press("ArrowDown");
                assertThat(steps.nth(1).evaluate("each => each === document.activeElement && each.parentElement.open"))
                        .isEqualTo(true);
                browser.look("try");

                // Why another body does not get it: what would give it, and the first table that stands against it.
                String lead = "上城区消防救援大队";
                page.locator("#want-part").selectOption("lead");
                page.locator("#want-value").fill(lead);
                page.locator(".want button").click();
                page.waitForSelector("#why-not h3", new Page.WaitForSelectorOptions().setTimeout(60_000));
                assertThat(page.locator("#why-not h3").innerText()).contains(lead);
                assertThat(page.locator("#why-not .ways-there li, #why-not .rows li")
                                .count())
                        .isPositive();
                browser.look("try-why-not");
                page.locator("#want-part").selectOption("row");
                page.locator("#want-value").fill("DUTY-9Z");
                page.locator(".want button").click();
                page.waitForSelector("#why-not .problems");

                field(page, "incident.settled").check();
                page.waitForSelector("#answer .box.warn ins");
                assertThat(page.locator("#answer .box.warn del").first().innerText())
                        .isNotEqualTo(
                                page.locator("#answer .box.warn ins").first().innerText());
                browser.look("try-changed");
            }
        }
    }

    @Test
    void what_is_wrong_is_told_at_its_field_and_what_was_typed_stays() {
        try (var browser = new Browser(port, "zh-CN")) {
            browser.signIn(key());
            Page page = browser.open(TRY);
            field(page, "incident.text").fill("说了什么");
            field(page, "incident.people").fill("许多");
            page.locator("#try button.first").click();
            page.waitForSelector("#answer .problems");

            assertThat(page.locator("#answer .problems a").getAttribute("href")).isEqualTo("#incident.people");
            assertThat(field(page, "incident.text").inputValue()).isEqualTo("说了什么");
            browser.look("try-wrong");
        }
    }

    @Test
    void a_session_that_ends_in_the_middle_of_typing_costs_nothing_that_was_typed() {
        Map<String, String> report = StockConsole.report(policy.get());
        String key = key();
        try (var browser = new Browser(port, "zh-CN")) {
            browser.signIn(key);
            Page page = browser.open(TRY);
            fill(page, report);
            page.context().cookies().stream()
                    .filter(cookie -> cookie.name.equals(Cookies.SESSION))
                    .forEach(cookie -> sessions.end(cookie.value));
            page.locator("#try button.first").click();
            page.waitForSelector("#sign-in-again[open]");
            browser.look("try-signed-out");
            page.locator("#sign-in-again input[name=key]").fill(key);
            page.keyboard().press("Enter");
            page.waitForSelector("#answer .outcome");

            assertThat(field(page, "incident.text").inputValue()).isEqualTo(report.get("incident.text"));
            browser.forgive("401");
        }
    }

    @Test
    void what_was_typed_outlives_another_language_and_not_the_signing_out() {
        try (var browser = new Browser(port, "zh-CN")) {
            browser.signIn(key());
            Page page = browser.open(TRY);
            field(page, "incident.text").fill("写到一半");
            page.locator("a[data-language=en]").click();
            page.waitForURL(Pattern.compile(".*" + TRY));
            page.waitForSelector("html[lang=en]");
            assertThat(field(page, "incident.text").inputValue()).isEqualTo("写到一半");

            page.locator("header form button").click();
            browser.signIn(key());
            browser.open(TRY);
            assertThat(field(page, "incident.text").inputValue()).isEmpty();
        }
    }

    @Test
    void a_draft_is_compared_and_a_case_saved_as_a_scenario() throws Exception {
        long no = life.propose(policy.get().files().labelled("草案"), "编制").no();
        try (var browser = new Browser(port, "zh-CN")) {
            browser.signIn(key());
            Page page = browser.open(TRY);
            fill(page, StockConsole.report(policy.get()));
            page.locator("#against").selectOption(String.valueOf(no));
            submit(page);
            page.waitForSelector("#answer p.good");
            browser.look("try-compared");

            Download saved = page.waitForDownload(
                    () -> page.locator("#try button[data-plain]").click());
            var problems = new ArrayList<Problem>();
            var files = new TreeMap<String, byte[]>(
                    Map.of("cases.xlsx", Files.readAllBytes(Objects.requireNonNull(saved.path()))));
            var read = ScenarioReader.read(policy.get(), files);
            problems.addAll(read.problems());
            assertThat(read.cases()).hasSize(1);
            assertThat(problems).noneMatch(each -> each.code().isError());
        } finally {
            life.withdraw(no, "编制");
        }
    }

    @Test
    void the_policy_is_read_filtered_and_searched() {
        var longest = policy.get().tables().stream()
                .max(Comparator.comparingInt(table -> table.rows().size()))
                .orElseThrow();
        String row = longest.rows().get(longest.rows().size() - 1).ref().id();
        for (String language : new String[] {"zh-CN", "en"}) {
            try (var browser = new Browser(port, language)) {
                browser.signIn(key());
                Page page = browser.open("/console/policy");
                browser.look("policy");
                page.locator("a", new Page.LocatorOptions().setHasText(Pattern.compile("^" + longest.sheet() + "$")))
                        .click();
                assertThat(page.locator("tbody tr").count()).isEqualTo(50);
                browser.look("table");
                page.locator(".pager a").last().click();
                assertThat(page.locator("tbody tr").count()).isPositive();
                page.locator("#q").fill(row);
                page.waitForSelector("#rows tbody tr:only-child");
                assertThat(page.locator("tbody th").innerText()).startsWith(row);
                assertThat(page.url()).contains("q=" + row);
                page.locator("#q").fill("没有这样的行xyz");
                page.waitForSelector("#rows .empty");
                browser.look("table-empty");

                browser.open("/console/policy/search?q=" + row);
                assertThat(page.locator(".rows li").count()).isPositive();
                browser.look("search");
                browser.open("/console/policy/search?q=qqzz");
                assertThat(page.locator(".empty").innerText()).contains("qqzz");
            }
        }
    }
}
