package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
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

/** What surrounds every page, in a browser. */
@Tag("slow") // starts a browser
@SpringBootTest(
        classes = {WebConfiguration.class, ConsoleConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ConsoleServer.class)
@DirtiesContext // keys stay for ever
class FrameBrowserTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    @Test
    void each_role_signs_in_sees_its_places_and_signs_out() {
        for (Role role : Role.values()) {
            String key = keys.add(role.typed(), Set.of(role), "运维");
            try (var browser = new Browser(port, "zh-CN")) {
                browser.signIn(key);

                assertThat(browser.page().locator(".roles span").allInnerTexts())
                        .hasSize(1);
                browser.look("home-" + role.typed());
                browser.page().locator("header form button").click();
                assertThat(browser.page().locator("h1").innerText()).isEqualTo("登录");
            }
        }
    }

    @Test
    void the_interface_is_read_page_by_page_by_whoever_has_a_key_and_its_example_copied() {
        String key = keys.add("对接系统", Set.of(Role.CALLER), "运维");
        for (String language : List.of("zh-CN", "en")) {
            try (var browser = new Browser(port, language)) {
                browser.signIn(key);
                Page page = browser.open("/docs");
                assertThat(page.url()).endsWith("/console/docs");
                browser.look("docs");
                page.locator("a[href='/console/docs/decideRouting']").click();
                assertThat(page.locator("#curl").innerText()).startsWith("curl -s -X POST \"$LIANDONG/v1/routing\"");
                browser.look("docs-operation");
                page.locator("button[data-copy]").click();
                page.locator("a[href='/console/docs/schemas/RoutingRequest']")
                        .first()
                        .click();
                assertThat(page.locator("h1").innerText()).isEqualTo("RoutingRequest");
                browser.look("docs-object");
            }
        }
    }

    @Test
    void a_wrong_key_a_missing_page_and_a_page_of_another_role_are_told_in_words() {
        String key = keys.add("调用", Set.of(Role.CALLER), "运维");
        for (String language : List.of("zh-CN", "en")) {
            try (var browser = new Browser(port, language)) {
                Page page = browser.open("/console/sign-in");
                page.locator("#key").fill("ld_wrong");
                page.locator("main button.first").click();
                assertThat(page.locator("#wrong").isVisible()).isTrue();
                browser.look("sign-in-wrong");
                browser.forgive("401");
                browser.signIn(key);
                browser.open("/console/nothing");
                browser.look("refused-404");
                browser.forgive("404");
            }
        }
    }

    @Test
    void the_keyboard_alone_leads_to_the_content() {
        String key = keys.add("键盘", Set.of(Role.TESTER), "运维");
        try (var browser = new Browser(port, "zh-CN")) {
            browser.signIn(key);
            Page page = browser.page();
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.className")).isEqualTo("skip");
            page.keyboard().press("Enter");
            assertThat(page.evaluate("document.activeElement.id")).isEqualTo("main");
        }
    }

    @Test
    void the_language_is_switched_and_stays() {
        String key = keys.add("语言", Set.of(Role.TESTER), "运维");
        try (var browser = new Browser(port, "zh-CN")) {
            browser.signIn(key);
            Page page = browser.page();
            page.locator("a[data-language=en]").click();
            assertThat(page.locator("h1").innerText()).isEqualTo("Home");
            browser.look("home-tester");
            page.locator("a[data-language=zh]").click();
            assertThat(page.locator("h1").innerText()).isEqualTo("首页");
        }
    }
}
