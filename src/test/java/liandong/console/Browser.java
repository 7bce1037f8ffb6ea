package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Chromium, the machine's own, which all tests of the console share. Whatever a page writes to the browser's console,
 * and whatever its content security policy refuses, is remembered and makes {@link #close} fail.
 *
 * <p>Where there is no Chromium, a test that asks for one is skipped with a line about it.
 */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of(System.getProperty("chromium", "/usr/bin/chromium"));
    private static final Path SHOTS = Path.of("target/console");
    /** What of which pages the documents show; {@code -Ddocs.pictures=true} renews the pictures in {@code docs/images}. */
    private static final Map<String, String> PICTURED = Map.of(
            "change-mend", "article.found",
            "change-impact", "#impact",
            "change-meanwhile", ".meanwhile",
            "policy-row", "article.card");

    private static final Set<String> SERIOUS = Set.of("serious", "critical");
    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private static com.microsoft.playwright.@Nullable Browser chromium;

    private final BrowserContext context;
    private final Page page;
    private final String origin;
    private final List<String> complaints = new ArrayList<>();

    /** The sizes that pages are looked at in. */
    enum Size {
        OFFICE(1366, 768),
        PHONE(390, 844),
        WIDE(1920, 1080);

        private final int width;
        private final int height;

        Size(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    /**
     * A browser of its own, with no cookies.
     *
     * @param language as in {@code Accept-Language}, e.g. {@code zh-CN}
     */
    Browser(int port, String language) {
        origin = "http://127.0.0.1:" + port;
        context = chromium()
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setLocale(language)
                        .setTimezoneId("Asia/Shanghai")
                        .setViewportSize(Size.OFFICE.width, Size.OFFICE.height));
        context.setDefaultTimeout(15_000);
        page = context.newPage();
        page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
        page.onPageError(error -> complaints.add("error: " + error));
    }

    private static synchronized com.microsoft.playwright.Browser chromium() {
        if (!Files.isExecutable(CHROMIUM)) {
            System.err.println("SKIPPED: there is no " + CHROMIUM + ", so the console was not looked at in a browser."
                    + " Debian: apt-get install chromium fonts-noto-cjk");
        }
        Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), "no browser: " + CHROMIUM);
        if (chromium == null) {
            // Nothing is downloaded: the driver comes with the library, the browser with the machine.
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            chromium = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(CHROMIUM)
                            .setArgs(List.of(
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--disable-background-networking",
                                    "--disable-component-update",
                                    "--disable-sync",
                                    "--no-first-run")));
        }
        return chromium;
    }

    Page page() {
        return page;
    }

    /** Opens an address of the console. */
    Page open(String path) {
        page.navigate(origin + path);
        return page;
    }

    /** Signs in with a key. */
    void signIn(String key) {
        open("/console/sign-in");
        page.locator("#key").fill(key);
        page.locator("main button.first").click();
        page.waitForURL(origin + "/console");
    }

    /** What is to be complained of is expected here: forgets it. */
    void forgive(String containing) {
        complaints.removeIf(each -> each.contains(containing));
    }

    /** Looks at the page as it is: no serious finding of axe, nothing wider than the window; pictures in all sizes. */
    void look(String name) {
        String language = page.locator("html").getAttribute("lang").substring(0, 2);
        var serious = new ArrayList<String>();
        for (Rule rule : new AxeBuilder(page).withTags(WCAG).analyze().getViolations()) {
            if (SERIOUS.contains(rule.getImpact())) {
                rule.getNodes().forEach(node -> serious.add(rule.getId() + ": " + node.getHtml()));
            }
        }
        assertThat(serious).as("axe on %s", name).isEmpty();
        for (Size size : Size.values()) {
            page.setViewportSize(size.width, size.height);
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                    .as("%s is wider than a window of %s", name, size)
                    .isLessThanOrEqualTo(0);
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(SHOTS.resolve(
                            name + "-" + language + "-" + size.name().toLowerCase(java.util.Locale.ROOT) + ".png")));
        }
        page.setViewportSize(Size.OFFICE.width, Size.OFFICE.height);
        String pictured = PICTURED.get(name);
        if (pictured != null && Boolean.getBoolean("docs.pictures")) {
            page.locator(pictured)
                    .screenshot(new Locator.ScreenshotOptions()
                            .setPath(Path.of("docs/images").resolve(name + "-" + language + ".png")));
        }
    }

    /** Ends it; whatever pages complained of, and nobody forgave, is a failure. */
    @Override
    public void close() {
        context.close();
        assertThat(complaints).isEmpty();
    }
}
