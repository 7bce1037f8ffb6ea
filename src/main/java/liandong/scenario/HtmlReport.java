package liandong.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.explain.Phrases;
import liandong.explain.Visible;
import liandong.policy.RuleRef;
import liandong.problem.Problem;
import liandong.scenario.Cases.Check;
import liandong.scenario.Cases.Result;
import liandong.scenario.Scenarios.Broken;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A test report as one HTML file that needs nothing else: no script, no font, no other file.
 *
 * <p>What is wrong stands first. Whatever comes from a workbook is escaped.
 */
public final class HtmlReport {
    /** As many failed scenarios as are told whole; the others are counted. */
    private static final int MOST_FAILED = 500;

    private static final int VERSION_SHOWN = 12;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private final TestReport report;
    private final @Nullable Ahead ahead;
    private final Phrases say;
    private final StringBuilder html = new StringBuilder();

    private HtmlReport(TestReport report, @Nullable Ahead ahead, Phrases say) {
        this.report = report;
        this.ahead = ahead;
        this.say = say;
    }

    /**
     * The page.
     *
     * @param coverage what was shown of the tables; null when only some scenarios were run
     * @param ahead what would fail from which day on; null when that was not asked
     * @param now when they were run
     */
    public static String of(
            TestReport report, @Nullable Coverage coverage, @Nullable Ahead ahead, OffsetDateTime now, Phrases say) {
        return new HtmlReport(report, ahead, say).page(coverage, now);
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ———— Pieces of HTML ————

    /** Escaped; line ends stay, other characters that nobody sees are written out. */
    private static String text(String text) {
        var escaped = new StringBuilder();
        String visible = Stream.of(text.split("\n", -1)).map(Visible::of).collect(Collectors.joining("\n"));
        for (int i = 0; i < visible.length(); i++) {
            char c = visible.charAt(i);
            escaped.append(
                    switch (c) {
                        case '&' -> "&amp;";
                        case '<' -> "&lt;";
                        case '>' -> "&gt;";
                        case '"' -> "&quot;";
                        case '\'' -> "&#39;";
                        default -> String.valueOf(c);
                    });
        }
        return escaped.toString();
    }

    private String said(String key, Object... args) {
        return text(say.of(key, args));
    }

    private HtmlReport add(String... parts) {
        for (String part : parts) {
            html.append(part);
        }
        return this;
    }

    private static String tag(boolean good, String word) {
        return "<span class=\"tag " + (good ? "good" : "bad") + "\">" + word + "</span>";
    }

    private void head(String... titles) {
        add("<thead><tr>");
        for (String title : titles) {
            add("<th scope=\"col\">", title, "</th>");
        }
        add("</tr></thead>\n");
    }

    // ———— The page ————

    private String page(@Nullable Coverage coverage, OffsetDateTime now) {
        boolean good = report.good() && (ahead == null || ahead.good());
        String title = said("html.title", report.policy().label());
        add("<!DOCTYPE html>\n<html lang=\"", say.chinese() ? "zh-CN" : "en", "\">\n<head><meta charset=\"utf-8\">");
        add("<meta name=\"viewport\" content=\"width=device-width\">");
        add("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        add("<title>", title, "</title>\n<style>\n", style(), "</style></head>\n<body>\n");
        add("<header><h1>", title, " ", tag(good, said(good ? "html.good" : "html.bad")), "</h1>\n");
        add("<p>", said("html.by", report.policy().version().substring(0, VERSION_SHOWN)), " · ");
        add(text(MINUTE.format(now)), "</p></header>\n<main>\n");
        totals();
        failed();
        problems();
        blamed();
        if (ahead != null) {
            ahead(ahead);
        }
        stories();
        if (coverage != null) {
            coverage(coverage);
        }
        passed();
        return add("</main>\n</body>\n</html>\n").html.toString();
    }

    private void totals() {
        add("<section class=\"tiles\">\n");
        tile("html.passed", report.passed(), "good");
        tile("html.failed", report.failed(), report.failed() > 0 ? "bad" : "");
        int broken = report.brokenScenarios().size();
        tile("html.broken", broken, broken > 0 ? "bad" : "");
        int brokenStories = report.brokenStories().size();
        if (!report.stories().isEmpty() || brokenStories > 0) {
            tile("html.storiesPassed", report.storiesPassed(), "good");
            tile("html.storiesFailed", report.storiesFailed(), report.storiesFailed() > 0 ? "bad" : "");
            tile("html.storiesBroken", brokenStories, brokenStories > 0 ? "bad" : "");
        }
        tile("html.unconfirmed", report.unconfirmed(), report.unconfirmed() > 0 ? "warn" : "");
        add("</section>\n");
    }

    private void tile(String key, long number, String kind) {
        add(
                "<div class=\"tile ",
                kind,
                "\"><b>",
                String.format(Locale.ROOT, "%,d", number),
                "</b> ",
                said(key),
                "</div>\n");
    }

    private void failed() {
        List<Result> failed =
                report.results().stream().filter(result -> !result.passed()).toList();
        if (failed.isEmpty()) {
            return;
        }
        add("<section><h2>", said("html.failedOnes"), "</h2>\n");
        failed.stream().limit(MOST_FAILED).forEach(result -> {
            Scenario scenario = result.scenario();
            add("<article class=\"wrong\"><h3>", text(scenario.id() + " " + scenario.title()), "</h3>\n");
            add("<p class=\"small\">", text(scenario.kind().label() + " · " + scenario.at()), "</p>\n");
            answer(result);
            add("</article>\n");
        });
        if (failed.size() > MOST_FAILED) {
            add("<p>", said("html.more", failed.size() - MOST_FAILED), "</p>\n");
        }
        add("</section>\n");
    }

    /** Expected and actual side by side, the rows behind the answer, and what was asked. */
    private void answer(Result result) {
        problems(result.problems());
        if (!result.checks().isEmpty()) {
            add("<table class=\"checks\">");
            head(said("html.what"), said("html.expected"), said("html.actual"));
            add("<tbody>\n");
            List<Check> order = Stream.concat(
                            result.checks().stream().filter(check -> !check.held()),
                            result.checks().stream().filter(Check::held))
                    .toList();
            for (Check check : order) {
                add("<tr class=\"", check.held() ? "held" : "not", "\"><th scope=\"row\">");
                add(text(say.half(check.expectation().header())), "</th><td>");
                add(text(check.expectation().text()), "</td><td>", text(check.actual()), "</td></tr>\n");
            }
            add("</tbody></table>\n");
        }
        JsonNode because = result.answer().path("because");
        if (!result.passed() && !because.isEmpty()) {
            add("<table class=\"because\">");
            head(said("html.rule"), said("html.row"), said("html.says"), said("html.at"));
            add("<tbody>\n");
            because.forEach(reason -> {
                String row = reason.path("row").asString("");
                add("<tr><td>", text(reason.path("rule").asString("")), "</td><td>", text(row), "</td><td>");
                String title = reason.path("title").asString("");
                add(text(row.isEmpty() ? title : reason.path("says").asString(title)), "</td><td class=\"small\">");
                add(text(reason.path("at").asString("")), "</td></tr>\n");
            });
            add("</tbody></table>\n");
        }
        if (!result.passed()) {
            add("<details><summary>", said("html.asked"), "</summary><pre>");
            add(text(Json.writeIndented(result.scenario().request())), "</pre></details>\n");
        }
    }

    private void problems() {
        if (!report.problems().isEmpty()) {
            add("<section><h2>", said("test.problems"), "</h2>\n");
            if (!report.broken().isEmpty()) {
                List<String> ids = report.broken().stream().map(Broken::id).toList();
                add("<p>", said("html.notRun", say.list(ids)), "</p>\n");
            }
            problems(report.problems());
            add("</section>\n");
        }
    }

    private void problems(List<Problem> problems) {
        if (!problems.isEmpty()) {
            add("<ul class=\"problems\">\n");
            problems.forEach(problem -> {
                add("<li><b>", text(problem.message(say.locale())), "</b> ", text(problem.help(say.locale())));
                add(" <span class=\"small\">", text(problem.code() + " · " + problem.at()), "</span></li>\n");
            });
            add("</ul>\n");
        }
    }

    private void blamed() {
        List<TestReport.Blame> blamed = report.blamed();
        if (!blamed.isEmpty()) {
            add("<section><h2>", said("test.blamed"), "</h2>\n<ul>\n");
            blamed.forEach(row -> add("<li>", said("test.blame", row.row(), row.failed(), row.passed()), "</li>\n"));
            add("</ul></section>\n");
        }
    }

    private void ahead(Ahead ahead) {
        add("<section><h2>", said("ahead.heading", ahead.from(), ahead.to()), "</h2>\n<pre>");
        add(text(AheadPage.days(ahead, say)), "</pre></section>\n");
    }

    private void stories() {
        if (report.stories().isEmpty()) {
            return;
        }
        add("<section><h2>", said("html.stories"), "</h2>\n");
        report.stories().stream().sorted(Comparator.comparing(StoryRun::passed)).forEach(this::story);
        add("</section>\n");
    }

    private void story(StoryRun run) {
        add("<article", run.passed() ? "" : " class=\"wrong\"", "><h3>");
        add(text(run.story().id() + " " + run.story().title()), " ");
        add(tag(run.passed(), said(run.passed() ? "html.held" : "html.notHeld")), "</h3>\n");
        add("<p class=\"small\">", text(run.story().at().toString()), "</p>\n<ol class=\"steps\">\n");
        for (Result result : run.results()) {
            Scenario asked = result.scenario();
            add("<li class=\"", result.passed() ? "held" : "not", "\"><p><b>");
            add(said("html.step", TestReport.step(asked), asked.kind().label()), "</b> <span class=\"when\">");
            add(text(TestReport.when(asked, report.policy())), "</span> ", text(asked.title()), "</p>\n");
            if (result.passed()) {
                List<String> held = result.checks().stream()
                        .map(check -> say.half(check.expectation().header()) + " " + check.actual())
                        .toList();
                add("<p class=\"small\">", text(String.join(say.chinese() ? "；" : "; ", held)), "</p>");
            } else {
                answer(result);
            }
            add("</li>\n");
        }
        add("</ol>\n");
        if (!run.notRun().isEmpty()) {
            add("<p>", said("test.story.notRun", say.list(run.notRun())), "</p>\n");
        }
        add("</article>\n");
    }

    private void coverage(Coverage coverage) {
        add("<section><h2>", said("test.coverage"), "</h2>\n<table class=\"coverage\">");
        head(
                said("html.table"),
                said("html.rows"),
                said("html.decided"),
                said("html.lost"),
                said("html.never"),
                "",
                said("html.conditions"),
                said("html.deciding"),
                "");
        add("<tbody>\n");
        for (TableCoverage table : coverage.tables()) {
            Coverage.Sum sum = coverage.sum(table);
            line(text(table.table().file() + " " + table.table().sheet()), sum, "");
        }
        line(said("html.all"), coverage.sum(), " class=\"sum\"");
        add("</tbody></table>\n");
        List<String> silent = coverage.silent().stream().map(RuleRef::code).toList();
        if (!silent.isEmpty()) {
            add("<p>", said("test.silent", say.list(silent)), "</p>\n");
        }
        add("</section>\n");
    }

    private void line(String name, Coverage.Sum sum, String kind) {
        int never = sum.rows() - sum.decided() - sum.lost();
        add("<tr", kind, "><th scope=\"row\">", name, "</th>");
        for (int number : new int[] {sum.rows(), sum.decided(), sum.lost(), never}) {
            add("<td class=\"num\">", String.valueOf(number), "</td>");
        }
        bar(sum.decided(), sum.rows());
        add("<td class=\"num\">", String.valueOf(sum.conditions()), "</td><td class=\"num\">");
        add(String.valueOf(sum.deciding()), "</td>");
        bar(sum.deciding(), sum.conditions());
        add("</tr>\n");
    }

    private void bar(int part, int whole) {
        String percent = Phrases.percent(part, whole);
        int width = whole == 0 ? 0 : (int) (100L * part / whole);
        add("<td class=\"meter\">");
        add(whole == 0 ? "" : "<i style=\"width:" + width + "px\"></i> " + text(percent), "</td>");
    }

    private void passed() {
        Map<String, List<Result>> bySheet = new LinkedHashMap<>();
        report.results().stream()
                .filter(Result::passed)
                .forEach(result -> bySheet.computeIfAbsent(
                                result.scenario().at().section(), section -> new ArrayList<>())
                        .add(result));
        if (bySheet.isEmpty()) {
            return;
        }
        add("<section><h2>", said("html.passedOnes"), "</h2>\n");
        bySheet.forEach((section, results) -> {
            add("<details><summary>", text(section), " (", String.valueOf(results.size()), ")</summary>\n<ul>\n");
            results.forEach(result -> {
                Scenario scenario = result.scenario();
                add("<li>", text(scenario.id() + " " + scenario.title()));
                add(scenario.confirmed() ? "" : " " + tag(false, said("html.unconfirmed")), "</li>\n");
            });
            add("</ul></details>\n");
        });
        add("</section>\n");
    }
}
