package liandong.cli.scenarios;

import java.util.List;
import liandong.explain.Columns;
import liandong.explain.Page;
import liandong.explain.Phrases;
import liandong.policy.RuleRef;
import liandong.problem.Problem;
import liandong.scenario.Cases.Check;
import liandong.scenario.Cases.Result;
import liandong.scenario.Coverage;
import liandong.scenario.StoryRun;
import liandong.scenario.TableCoverage;
import liandong.scenario.TestReport;
import org.jspecify.annotations.Nullable;

/** A test report as a person reads it. */
public final class TestPage {
    private TestPage() {}

    /** Only what is wrong. */
    public static String failures(TestReport report, Phrases say) {
        var page = new Page();
        failures(page, report, say);
        return page.toString();
    }

    private static void failures(Page page, TestReport report, Phrases say) {
        for (Result result : report.results()) {
            if (!result.passed()) {
                failed(page, result, say);
            }
        }
        for (StoryRun run : report.stories()) {
            Result failed = run.failed();
            if (failed != null) {
                failed(page, run, failed, report, say);
            }
        }
        if (!report.problems().isEmpty()) {
            page.heading(say.of("test.problems"));
            for (Problem problem : report.problems()) {
                page.entry(2, "• ", problem.line(say.locale()));
            }
        }
    }

    /**
     * The report.
     *
     * @param coverage what the cases have shown; null when only some were run, which shows little
     */
    static String of(TestReport report, @Nullable Coverage coverage, Phrases say) {
        var page = new Page();
        failures(page, report, say);
        if (coverage != null) {
            coverage(page, coverage, say);
        }
        blamed(page, report, say);
        page.line("");
        page.paragraph(
                0,
                say.of(
                        "test.summary",
                        report.results().size() + report.brokenScenarios().size(),
                        report.passed(),
                        report.failed(),
                        report.brokenScenarios().size(),
                        report.unconfirmed(),
                        report.policy().label(),
                        report.policy().version().substring(0, 12)));
        int broken = report.brokenStories().size();
        if (!report.stories().isEmpty() || broken > 0) {
            page.paragraph(
                    0,
                    say.of(
                            "test.stories",
                            report.stories().size() + broken,
                            report.storiesPassed(),
                            report.storiesFailed(),
                            broken));
        }
        return page.toString();
    }

    private static void coverage(Page page, Coverage coverage, Phrases say) {
        page.heading(say.of("test.coverage"));
        coverage.tables().forEach(table -> line(page, table, coverage.sum(table), say));
        Coverage.Sum sum = coverage.sum();
        page.entry(
                2,
                "= ",
                say.of(
                        "test.sum",
                        sum.decided(),
                        sum.rows(),
                        Phrases.percent(sum.decided(), sum.rows()),
                        sum.deciding(),
                        sum.conditions(),
                        Phrases.percent(sum.deciding(), sum.conditions())));
        List<RuleRef> silent = coverage.silent();
        if (!silent.isEmpty()) {
            page.paragraph(
                    2,
                    say.of(
                            "test.silent",
                            say.list(silent.stream().map(RuleRef::code).toList())));
        }
    }

    /** Which rows are behind what failed, the most often first. */
    private static void blamed(Page page, TestReport report, Phrases say) {
        List<TestReport.Blame> blamed = report.blamed();
        if (!blamed.isEmpty()) {
            page.heading(say.of("test.blamed"));
            blamed.forEach(row -> page.entry(2, "• ", say.of("test.blame", row.row(), row.failed(), row.passed())));
        }
    }

    private static void line(Page page, TableCoverage table, Coverage.Sum sum, Phrases say) {
        page.entry(
                2,
                "• ",
                say.of(
                        "test.table",
                        table.table().sheet(),
                        sum.rows(),
                        sum.decided(),
                        sum.lost(),
                        sum.rows() - sum.decided() - sum.lost(),
                        sum.conditions(),
                        sum.held(),
                        sum.failed(),
                        sum.deciding()));
    }

    /** A story whose answers were as expected up to one of its steps. */
    private static void failed(Page page, StoryRun run, Result failed, TestReport report, Phrases say) {
        page.entry(
                0,
                "✗ ",
                run.story().id() + " " + run.story().title() + " ("
                        + run.story().at() + ")");
        List<String> passed = run.results().stream()
                .filter(Result::passed)
                .map(each -> TestReport.step(each.scenario()))
                .toList();
        if (!passed.isEmpty()) {
            page.entry(4, "✓ ", say.of("test.story.passed", say.list(passed)));
        }
        page.entry(
                4,
                "✗ ",
                say.of(
                        "test.story.failed",
                        TestReport.step(failed.scenario()),
                        failed.scenario().kind().label(),
                        TestReport.when(failed.scenario(), report.policy())));
        difference(page, failed, say);
        if (!run.notRun().isEmpty()) {
            page.entry(4, "· ", say.of("test.story.notRun", say.list(run.notRun())));
        }
        page.line("");
    }

    private static void failed(Page page, Result result, Phrases say) {
        page.entry(
                0,
                "✗ ",
                result.scenario().id() + " " + result.scenario().title() + " ("
                        + result.scenario().at() + ")");
        difference(page, result, say);
        page.line("");
    }

    private static void difference(Page page, Result result, Phrases say) {
        result.problems().forEach(problem -> page.entry(4, "• ", problem.line(say.locale())));
        int width = result.checks().stream()
                .mapToInt(check -> Columns.width(check.expectation().header()))
                .max()
                .orElse(0);
        for (Check check : result.checks()) {
            if (!check.held()) {
                page.entry(
                        4,
                        Columns.left(check.expectation().header(), width) + "  ",
                        say.of("test.wanted", check.expectation().text()));
                page.entry(4, Columns.left("", width) + "  ", say.of("test.got", check.actual()));
            }
        }
        String reasons = TestReport.reasons(result.answer());
        if (!reasons.isEmpty()) {
            page.paragraph(4, say.of("test.because"));
            reasons.lines().forEach(reason -> page.entry(6, "← ", reason));
        }
    }
}
