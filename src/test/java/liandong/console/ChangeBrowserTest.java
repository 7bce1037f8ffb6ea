package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyHistory;
import liandong.policy.TinyPolicy;
import liandong.publication.PolicyLifecycle;
import liandong.publication.Proposal;
import liandong.sheet.WorkbookReader;
import liandong.web.WebConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/** A change from a faulty workbook to what is live, and back, in the browsers of those who take part. */
@Tag("slow") // starts a browser
@SpringBootTest(
        classes = {WebConfiguration.class, ConsoleConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ConsoleServer.class)
@DirtiesContext // keys and publications stay for ever
class ChangeBrowserTest {
    private static final String CELL = "routing.xlsx 派单目录!B3";
    private static final String SOURCE = "routing.xlsx 派单目录!G3";

    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    @Autowired
    private PolicyHistory policy;

    @Autowired
    private PolicyLifecycle life;

    private Browser as(String name, Role role) {
        return as(name, role, "zh-CN");
    }

    private Browser as(String name, Role role, String language) {
        var browser = new Browser(port, language);
        browser.signIn(keys.add(name, Set.of(role), "运维"));
        return browser;
    }

    private static FilePayload routing(String at, String typed) {
        byte[] workbook = Objects.requireNonNull(
                TinyPolicy.withOneRule().cell(at, typed).files().tables().get("routing.xlsx"));
        return new FilePayload("routing.xlsx", "application/octet-stream", workbook);
    }

    private static String propose(Browser editor, FilePayload file, String label, String reason) {
        Page page = editor.open("/console/changes");
        page.locator("#files").setInputFiles(file);
        page.locator("#label").fill(label);
        page.locator("#reason").fill(reason);
        page.locator(".drop button.first").click();
        page.waitForSelector("article.found");
        return page.url().substring(page.url().indexOf("/console"));
    }

    private static void check(Page page) {
        page.locator("form[action$='/check'] button").click();
        page.waitForSelector("ol.log li:nth-of-type(2)");
    }

    @Test
    void a_faulty_workbook_is_mended_agreed_to_by_somebody_else_published_and_gone_back_from() throws Exception {
        String address;
        try (Browser editor = as("赵编", Role.EDITOR)) {
            editor.open("/console/changes");
            editor.look("changes");
            address = propose(editor, routing(CELL, "没有这件事"), "修订一", "改派单");
            Page page = editor.page();
            assertThat(page.locator(".sheet td.framed").first().innerText()).isEqualTo("没有这件事");
            assertThat(page.locator(".finding h3").first().innerText()).contains("没有这件事");
            editor.look("change-faulty");

            Download marked = page.waitForDownload(
                    () -> page.locator("a[download]").first().click());
            byte[] copy = Files.readAllBytes(Objects.requireNonNull(marked.path()));
            assertThat(WorkbookReader.read("routing.xlsx", copy, problem -> {})
                            .get(0)
                            .lines())
                    .anyMatch(line ->
                            line.cells().stream().anyMatch(cell -> cell.text().contains("没有这件事")));

            check(page);
            assertThat(page.locator("h1 .tag").innerText()).isEqualTo("草案");
            assertThat(page.locator("form[action$='/approve']").count()).isZero();

            page.locator("form[action$='/put'] summary").click();
            page.locator("#files").setInputFiles(routing(SOURCE, "新方案"));
            page.locator("form[action$='/put'] button.first").click();
            page.waitForSelector("ol.log li:nth-of-type(3)");
            page.waitForSelector(".diff ins");
            assertThat(page.locator(".diff .cells").innerText())
                    .contains("三定方案")
                    .contains("新方案");
            page.locator("form[action$='/check'] button").click();
            page.waitForSelector("ol.log li:nth-of-type(4)");
            assertThat(page.locator("h1 .tag").innerText()).isEqualTo("已检查");
            page.waitForSelector(".diff ins");
            editor.look("change-checked");
        }
        try (Browser approver = as("钱批", Role.APPROVER)) {
            Page page = approver.open(address);
            page.waitForSelector(".diff ins");
            assertThat(page.locator(".log").innerText()).contains("改派单");
            page.locator("#agree").fill("同意，注意告知");
            page.locator("form[action$='/approve'] button").click();
            page.waitForSelector("form[action$='/publish']");
            assertThat(page.locator(".log").innerText()).contains("同意，注意告知");
            approver.look("change-approved");
            page.locator("form[action$='/publish'] button").click();
            page.waitForSelector("h1 .tag.good");
            assertThat(policy.get().label()).isEqualTo("修订一");

            approver.open("/console/policy/table?sheet=派单目录");
            page.locator("th a", new Page.LocatorOptions().setHasText("D-1")).click();
            assertThat(page.locator("article.card").first().innerText())
                    .contains("修订一", "三定方案", "新方案", "赵编", "钱批", "改派单");
            approver.look("policy-row");

            approver.open("/console/changes/1");
            page.locator("a[href$='/back']").click();
            assertThat(page.locator(".diff .cells").innerText())
                    .contains("三定方案")
                    .contains("新方案");
            approver.look("back");
            page.locator("form[action$='/back'] button").click();
            page.waitForSelector("h1 .tag.good");
            assertThat(policy.get().label()).isEqualTo("tiny");
            approver.open("/console/changes");
            approver.look("changes-after");
        }
    }

    @Test
    void a_mend_that_is_certain_is_written_by_a_click_and_what_was_written_is_told() {
        try (Browser editor = as("庚编", Role.EDITOR)) {
            propose(editor, routing(CELL, "路面坑洞洞"), "错字", "");
            Page page = editor.page();
            Locator write = page.locator("form[action$='/mend'] button");
            assertThat(write.allInnerTexts()).containsExactly("把“路面坑洞”写进这一格");
            editor.look("change-mend");
            write.click();
            page.waitForSelector("ol.log li:nth-of-type(2)");
            page.waitForSelector("article.found");

            assertThat(page.locator("ol.log li").last().innerText())
                    .contains("庚编")
                    .contains("routing.xlsx 派单目录!B3: 路面坑洞洞 → 路面坑洞");
            assertThat(page.locator(".finding.s-error").count()).isZero();
            page.waitForSelector("text=只有样式或说明不同");
        }
    }

    @Test
    void of_two_mends_of_one_cell_the_one_that_was_clicked_is_written_and_no_other() {
        try (Browser editor = as("辛编", Role.EDITOR)) {
            propose(editor, routing(CELL, "路面坑洞洞、井盖破损损"), "两处错字", "");
            Page page = editor.page();
            Locator write = page.locator("form[action$='/mend'] button");
            assertThat(write.allInnerTexts()).containsExactlyInAnyOrder("把“路面坑洞、井盖破损损”写进这一格", "把“路面坑洞洞、井盖破损”写进这一格");

            page.getByText("把“路面坑洞洞、井盖破损”写进这一格").click();
            page.waitForSelector("ol.log li:nth-of-type(2)");
            page.waitForSelector("article.found");

            assertThat(page.locator("ol.log li").last().innerText())
                    .contains("routing.xlsx 派单目录!B3: 路面坑洞洞、井盖破损损 → 路面坑洞洞、井盖破损");
            assertThat(write.allInnerTexts()).containsExactly("把“路面坑洞、井盖破损”写进这一格");

            page.locator("form[action$='/mend'] input[name=mended]").evaluate("field => { field.value = '井盖破损'; }");
            write.click();
            page.waitForURL("**/mend");

            assertThat(page.locator("ol.log").count()).isZero();
            editor.forgive("404");
        }
    }

    @Test
    void two_editors_at_once_are_told_of_each_other() {
        try (Browser one = as("甲编", Role.EDITOR);
                Browser other = as("乙编", Role.EDITOR)) {
            String address = propose(one, routing(SOURCE, "甲的"), "两人", "");
            Page page = one.page();
            String seen = String.valueOf(
                    page.locator("form[action$='/put'] input[name=content]").getAttribute("value"));
            other.open(address);
            other.page().locator("form[action$='/put'] summary").click();
            other.page().locator("#files").setInputFiles(routing(SOURCE, "乙的"));
            other.page().locator("form[action$='/put'] button.first").click();
            other.page().waitForSelector("ol.log li:nth-of-type(2)");

            page.locator("form[action$='/put'] summary").click();
            page.locator("#files").setInputFiles(routing(SOURCE, "甲再改"));
            page.locator("form[action$='/put'] button.first").click();
            page.waitForURL("**/put");

            assertThat(seen).hasSize(64);
            assertThat(page.locator("h1").innerText()).isEqualTo("情况已有变化");
            one.look("change-collision");
            one.forgive("409");
        }
    }

    /** Puts a change of another editor through its life, so that it is live. */
    private void published(FilePayload file, String label) throws Exception {
        var files = new TreeMap<>(life.liveFiles().files());
        files.put("decision-tables/routing.xlsx", file.buffer);
        long no = life.propose(new PolicyFiles(label, files), "子编").no();
        Proposal checked = life.check(no, "子编", (done, of) -> {}).proposal();
        life.approve(no, checked.content(), "丑批");
        life.publish(no, null, null, "丑批", "");
    }

    @Test
    void what_was_published_meanwhile_is_told_and_merged_row_by_row_or_both_are_shown() throws Exception {
        try (Browser editor = as("寅编", Role.EDITOR)) {
            String apart = propose(editor, routing("routing.xlsx 派单目录!G4", "寅的"), "另一行", "");
            String same = propose(editor, routing(SOURCE, "寅的"), "同一行", "");
            published(routing(SOURCE, "子的"), "抢先");

            Page page = editor.open(same);
            page.waitForSelector(".meanwhile table");
            assertThat(page.locator(".meanwhile tbody").innerText()).contains("D-1", "子的", "寅的");
            assertThat(page.locator(".meanwhile button").count()).isZero();
            page.waitForSelector("#difference");
            editor.look("change-collides");

            editor.open(apart);
            page.waitForSelector(".meanwhile button");
            assertThat(page.locator(".meanwhile").innerText()).contains("D-1", "子的");
            page.waitForSelector("#difference");
            editor.look("change-meanwhile");
            page.locator(".meanwhile button").click();
            page.waitForSelector("ol.log li:nth-of-type(2)");
            page.waitForSelector(".diff ins");
            assertThat(page.locator("ol.log").innerText()).contains("合并");
            assertThat(page.locator(".meanwhile").count()).isZero();
            assertThat(page.locator(".diff .cells").allInnerTexts())
                    .singleElement()
                    .asString()
                    .contains("寅的");
        } finally {
            life.rollback(1L, "丑批"); // the other tests begin with it
        }
    }

    @Test
    void who_disagrees_says_why_and_an_author_cannot_agree_to_their_own() {
        String address;
        String both = keys.add("丙两", Set.of(Role.EDITOR, Role.APPROVER), "运维");
        try (var browser = new Browser(port, "en")) {
            browser.signIn(both);
            address = propose(browser, routing(SOURCE, "丙的"), "own", "because");
            check(browser.page());
            assertThat(browser.page().locator(".note").innerText()).contains("somebody else must agree");
            assertThat(browser.page().locator("form[action$='/approve']").count())
                    .isZero();
            browser.page().waitForSelector(".diff ins");
            browser.look("change-own");
        }
        try (Browser approver = as("丁批", Role.APPROVER, "en")) {
            Page page = approver.open(address);
            page.locator("form[action$='/withdraw'] summary").click();
            page.locator("#why").fill("The source is not named.");
            page.locator("form[action$='/withdraw'] button").click();
            page.waitForSelector("ol.log li:nth-of-type(3)");
            assertThat(page.locator(".log").innerText()).contains("The source is not named.");
            approver.open("/console/changes");
            approver.look("changes");
        }
    }

    @Test
    void what_an_approver_says_of_a_row_goes_back_with_it_and_is_read_there_by_its_author() {
        String author = keys.add("辛编", Set.of(Role.EDITOR), "运维");
        String address;
        try (var browser = new Browser(port, "zh-CN")) {
            browser.signIn(author);
            address = propose(browser, routing(SOURCE, "辛的"), "留言", "");
            check(browser.page());
        }
        try (Browser approver = as("壬批", Role.APPROVER)) {
            Page page = approver.open(address);
            page.waitForSelector(".diff ins");
            page.locator(".remark summary").click();
            page.locator(".remark textarea").fill("依据要写文号");
            page.locator(".remark button").click();
            page.waitForSelector(".remarks");
            approver.look("change-remark");
            page.locator("form[action$='/send-back'] summary").click();
            page.locator("#what").fill("见各行留言");
            page.locator("form[action$='/send-back'] button").click();
            page.waitForSelector("ol.log li:nth-of-type(4)");
            assertThat(page.locator("form[action$='/approve']").count()).isZero();
        }
        try (var browser = new Browser(port, "en-GB")) {
            browser.signIn(author);
            Page page = browser.open(address);
            page.waitForSelector(".remarks");
            assertThat(page.locator("h1 .tag").innerText()).isEqualTo("draft");
            assertThat(page.locator(".diff > li")
                            .filter(new Locator.FilterOptions().setHasText("D-1"))
                            .locator(".remarks")
                            .innerText())
                    .contains("壬批")
                    .contains("依据要写文号");
            assertThat(page.locator("ol.log").innerText()).contains("sent back").contains("见各行留言");

            page.locator("form[action$='/put'] summary").click();
            page.locator("#files").setInputFiles(routing(SOURCE, "辛的〔2026〕1号"));
            page.locator("form[action$='/put'] button.first").click();
            page.waitForSelector("ol.log li:nth-of-type(5)");
            page.waitForSelector(".remarks");
            assertThat(page.locator(".remarks .tag").innerText()).isEqualTo("before the last change");
            browser.look("change-remark");
        }
    }

    @Test
    void what_is_no_zip_is_refused_with_words_and_a_tester_has_no_form() {
        try (Browser editor = as("戊编", Role.EDITOR)) {
            Page page = editor.open("/console/changes");
            page.locator("#files")
                    .setInputFiles(new FilePayload("letter.zip", "application/octet-stream", new byte[] {1, 2, 3}));
            page.locator(".drop button.first").click();
            page.waitForSelector(".problems");
            assertThat(page.locator("h1").innerText()).contains("没有做成");
            editor.look("change-refused");
            editor.forgive("422");
        }
        var names = new ArrayList<String>();
        try (Browser tester = as("己测", Role.TESTER)) {
            Page page = tester.open("/console/changes");
            page.locator("form[action]").all().forEach(form -> names.add(String.valueOf(form.getAttribute("action"))));
            assertThat(names).containsExactly("/console/sign-out");
        }
    }
}
