package liandong.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import liandong.decision.Decision;
import liandong.incident.Member;
import liandong.problem.CellRef;
import liandong.scenario.Cases.Check;
import liandong.scenario.Cases.Result;
import liandong.scenario.Scenarios.Broken;
import liandong.wire.PolicyRef;
import liandong.wire.ProblemJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What came of running scenarios against a policy, as JSON. */
public record TestReportJson(
        @Member(meaning = "the policy they were run against")
        PolicyRef policy,

        @Member(meaning = "how many scenarios there are", example = "3")
        int cases,

        @Member(meaning = "of these, answered as expected", example = "1")
        long passed,

        @Member(meaning = "of these, answered otherwise than expected", example = "1")
        long failed,

        @Member(meaning = "of these, not understood and so not run", example = "1")
        int broken,

        @Member(meaning = "how many, stories included, expect what nobody stands for yet", example = "0")
        long unconfirmed,

        @Member(meaning = "the scenarios, those that could be run first")
        List<Case> results,

        @Member(meaning = "cases taken through several decisions, step by step; absent when there are none") @Nullable
        Stories stories,

        @Member(meaning = "everything wrong with the workbooks, by cell")
        List<ProblemJson.Fault> problems,

        @Member(meaning = "what the scenarios have shown of the policy's tables; not within a check") @Nullable
        CoverageJson coverage) {

    /** What came of stories. */
    public record Stories(
            @Member(meaning = "how many there are", example = "2")
            int count,

            @Member(meaning = "of these, answered as expected at every step", example = "1")
            long passed,

            @Member(meaning = "of these, answered otherwise at one step", example = "1")
            long failed,

            @Member(meaning = "of these, not understood and so not run", example = "0")
            int broken,

            @Member(meaning = "the stories, those that could be run first")
            List<Story> results) {

        static @Nullable Stories of(TestReport report, Locale locale) {
            List<Broken> broken = report.brokenStories();
            if (report.stories().isEmpty() && broken.isEmpty()) {
                return null;
            }
            var results = new ArrayList<Story>();
            report.stories().forEach(run -> results.add(Story.of(run, locale)));
            broken.forEach(each -> results.add(Story.of(each, locale)));
            return new Stories(
                    results.size(),
                    report.storiesPassed(),
                    report.storiesFailed(),
                    broken.size(),
                    List.copyOf(results));
        }
    }

    /** What came of one story. */
    public record Story(
            @Member(meaning = "its id", example = "\"G-01\"")
            String id,

            @Member(meaning = "its title; may be empty", example = "\"网格上报路灯不亮\"")
            String title,

            @Member(meaning = "the cell of its id", example = "\"stories.xlsx 故事!A3\"")
            CellRef at,

            @Member(meaning = "who stands for what it expects; absent when it is broken", example = "\"李\"") @Nullable
            String source,

            @Member(meaning = "whether somebody does; absent when it is broken") @Nullable
            Boolean confirmed,

            @Member(meaning = "what came of it") Verdict verdict,

            @Member(
                    meaning =
                            "each question that was asked, in its order; the id is that of the story, a slash and the step's"
                                    + " number. The first that failed is the last")
            List<Case> steps,

            @Member(
                    meaning = "the numbers of the steps that were not run, as one before them failed",
                    example = "[\"4\"]")
            List<String> notRun,

            @Member(meaning = "what kept it from being understood; absent when it was run") @Nullable
            List<ProblemJson.Fault> problems) {

        static Story of(StoryRun run, Locale locale) {
            CaseStory story = run.story();
            return new Story(
                    story.id(),
                    story.title(),
                    story.at(),
                    story.source(),
                    story.confirmed(),
                    run.passed() ? Verdict.PASSED : Verdict.FAILED,
                    run.results().stream().map(each -> Case.of(each, locale)).toList(),
                    run.notRun(),
                    null);
        }

        static Story of(Broken broken, Locale locale) {
            return new Story(
                    broken.id(),
                    broken.title(),
                    broken.at(),
                    null,
                    null,
                    Verdict.BROKEN,
                    List.of(),
                    List.of(),
                    ProblemJson.list(broken.problems(), locale));
        }
    }

    /** What came of one scenario, in a word. */
    public enum Verdict {
        /** It was answered as expected. */
        PASSED,
        /** It was answered otherwise. */
        FAILED,
        /** It could not be understood. */
        BROKEN
    }

    /** What came of one scenario. */
    public record Case(
            @Member(meaning = "its id; empty when it has none", example = "\"R-001\"")
            String id,

            @Member(meaning = "its title; may be empty", example = "\"夜间漏水\"")
            String title,

            @Member(meaning = "which decision it asks for; absent when it is broken") @Nullable
            Decision<?, ?> decision,

            @Member(meaning = "the cell of its id", example = "\"scenarios.xlsx 研判交办!A3\"")
            CellRef at,

            @Member(meaning = "who stands for what it expects; absent when it is broken", example = "\"李\"") @Nullable
            String source,

            @Member(meaning = "whether somebody does; absent when it is broken") @Nullable
            Boolean confirmed,

            @Member(meaning = "what came of it") Verdict verdict,

            @Member(meaning = "what it expects, and whether it is so; absent when it is broken") @Nullable
            List<Expected> checks,

            @Member(meaning = "the reasons of the answer, as answers have them; only when it failed") @Nullable
            List<JsonNode> because,

            @Member(meaning = "what kept it from being understood or answered; absent when it passed") @Nullable
            List<ProblemJson.Fault> problems) {

        static Case of(Result result, Locale locale) {
            Scenario scenario = result.scenario();
            var because = new ArrayList<JsonNode>();
            result.answer().path("because").forEach(because::add);
            return new Case(
                    scenario.id(),
                    scenario.title(),
                    scenario.kind(),
                    scenario.at(),
                    scenario.source(),
                    scenario.confirmed(),
                    result.passed() ? Verdict.PASSED : Verdict.FAILED,
                    result.checks().stream().map(Expected::of).toList(),
                    result.passed() ? null : List.copyOf(because),
                    result.passed() ? null : ProblemJson.list(result.problems(), locale));
        }

        static Case of(Broken broken, Locale locale) {
            return new Case(
                    broken.id(),
                    broken.title(),
                    null,
                    broken.at(),
                    null,
                    null,
                    Verdict.BROKEN,
                    null,
                    null,
                    ProblemJson.list(broken.problems(), locale));
        }
    }

    /** What came of one expectation. */
    public record Expected(
            @Member(meaning = "the header of its column", example = "\"预期牵头\"")
            String column,

            @Member(meaning = "its cell", example = "\"scenarios.xlsx 研判交办!F3\"")
            CellRef at,

            @Member(meaning = "what is expected, as it was written", example = "\"区司法局\"")
            String expected,

            @Member(meaning = "what the answer has, as it would be written", example = "\"区城管局\"")
            String actual,

            @Member(meaning = "whether the answer is so") boolean held) {

        static Expected of(Check check) {
            return new Expected(
                    check.expectation().header(),
                    check.expectation().at(),
                    check.expectation().text(),
                    check.actual(),
                    check.held());
        }
    }

    /**
     * A report as JSON.
     *
     * @param coverage what the scenarios have shown of the tables; null to leave it out
     * @param locale the language of problems
     */
    public static TestReportJson of(TestReport report, @Nullable Coverage coverage, Locale locale) {
        var results = new ArrayList<Case>();
        report.results().forEach(each -> results.add(Case.of(each, locale)));
        report.brokenScenarios().forEach(each -> results.add(Case.of(each, locale)));
        return new TestReportJson(
                PolicyRef.of(report.policy()),
                results.size(),
                report.passed(),
                report.failed(),
                report.brokenScenarios().size(),
                report.unconfirmed(),
                List.copyOf(results),
                Stories.of(report, locale),
                ProblemJson.list(report.problems(), locale),
                coverage == null ? null : CoverageJson.of(coverage));
    }
}
