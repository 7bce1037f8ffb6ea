package liandong.scenario;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.explain.JunitXml;
import liandong.explain.JunitXml.Case;
import liandong.explain.JunitXml.Remark;
import liandong.explain.JunitXml.Suite;
import liandong.explain.JunitXml.Verdict;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.scenario.Cases.Result;
import liandong.scenario.Scenarios.Broken;
import tools.jackson.databind.JsonNode;

/**
 * What came of running scenarios and stories against a policy.
 *
 * @param policy the policy
 * @param results each scenario that could be run
 * @param stories each story that could be run
 * @param broken those that could not
 * @param problems everything wrong with the workbooks, that of the broken ones included
 */
public record TestReport(
        Policy policy, List<Result> results, List<StoryRun> stories, List<Broken> broken, List<Problem> problems) {
    /** As many rows as are named behind failures. */
    private static final int MOST_BLAMED = 5;

    /** How many scenarios passed. */
    public long passed() {
        return results.stream().filter(Result::passed).count();
    }

    /** How many were answered otherwise than expected. */
    public long failed() {
        return results.size() - passed();
    }

    /** How many stories passed. */
    public long storiesPassed() {
        return stories.stream().filter(StoryRun::passed).count();
    }

    /** How many stories were answered otherwise than expected at one of their steps. */
    public long storiesFailed() {
        return stories.size() - storiesPassed();
    }

    /** The scenarios that could not be run. */
    public List<Broken> brokenScenarios() {
        return broken.stream().filter(each -> !each.story()).toList();
    }

    /** The stories that could not be run. */
    public List<Broken> brokenStories() {
        return broken.stream().filter(Broken::story).toList();
    }

    /** How many expect what no person stands for yet. */
    public long unconfirmed() {
        return results.stream().filter(result -> !result.scenario().confirmed()).count()
                + stories.stream().filter(run -> !run.story().confirmed()).count();
    }

    /** Every question that was asked, by scenarios and by stories. */
    public List<Result> asked() {
        return Stream.concat(results.stream(), stories.stream().flatMap(run -> run.results().stream()))
                .toList();
    }

    /** Whether nothing was run, and nothing was there that could not be. */
    public boolean isEmpty() {
        return results.isEmpty() && stories.isEmpty() && broken.isEmpty();
    }

    /** Whether every scenario and story could be run and passed. */
    public boolean good() {
        return failed() == 0
                && storiesFailed() == 0
                && broken.isEmpty()
                && problems.stream().noneMatch(problem -> problem.code().isError());
    }

    /**
     * A row behind failures.
     *
     * @param row its id and place
     * @param failed how many of the failing cases rest on it
     * @param passed how many of those that passed do
     */
    public record Blame(String row, int failed, int passed) {}

    /** The rows that failing cases have in common, and passing ones have not. */
    public List<Blame> blamed() {
        var failed = new TreeMap<String, Integer>();
        var passed = new HashMap<String, Integer>();
        for (Result result : asked()) {
            var rows = new TreeSet<String>();
            result.answer().path("because").forEach(reason -> {
                String row = reason.path("row").asString("");
                if (!row.isEmpty()) {
                    rows.add(row + " (" + reason.path("at").asString("") + ")");
                }
            });
            rows.forEach(row -> (result.passed() ? passed : failed).merge(row, 1, Integer::sum));
        }
        return failed.entrySet().stream()
                .map(row -> new Blame(row.getKey(), row.getValue(), passed.getOrDefault(row.getKey(), 0)))
                .filter(row -> row.failed() > 1 && row.failed() >= row.passed())
                .sorted(Comparator.comparingInt((Blame row) -> row.passed() - row.failed()))
                .limit(MOST_BLAMED)
                .toList();
    }

    /** The report as JUnit XML, which every build server shows: a suite for each sheet, a test case for each scenario and story. */
    public String junit(Locale locale) {
        var suites = new TreeMap<String, List<Case>>();
        results.forEach(result -> suites.computeIfAbsent(result.scenario().at().section(), sheet -> new ArrayList<>())
                .add(test(result, locale)));
        stories.forEach(run -> suites.computeIfAbsent(run.story().at().section(), sheet -> new ArrayList<>())
                .add(test(run, locale)));
        broken.forEach(each -> suites.computeIfAbsent(each.at().section(), sheet -> new ArrayList<>())
                .add(new Case(
                        name(each.id(), each.title()),
                        new Remark(
                                Verdict.BROKEN,
                                "",
                                each.problems().get(0).code().name(),
                                problems(each.problems(), locale)))));
        return JunitXml.of(
                "liandong test",
                suites.entrySet().stream()
                        .map(suite -> new Suite(suite.getKey(), suite.getValue()))
                        .toList());
    }

    private static String name(String id, String title) {
        return (id + " " + title).strip();
    }

    private static Case test(StoryRun run, Locale locale) {
        Result failed = run.failed();
        String name = name(run.story().id(), run.story().title());
        return failed == null ? new Case(name, null) : test(name, failed, locale);
    }

    private static Case test(Result result, Locale locale) {
        String name = name(result.scenario().id(), result.scenario().title());
        return result.passed() ? new Case(name, null) : test(name, result, locale);
    }

    private static Case test(String name, Result result, Locale locale) {
        String wrong = result.checks().stream()
                .filter(check -> !check.held())
                .map(check -> check.expectation().header() + ": "
                        + check.expectation().text() + " ≠ " + check.actual() + " ("
                        + check.expectation().at() + ")")
                .collect(Collectors.joining("\n"));
        return new Case(
                name,
                new Remark(
                        Verdict.FAILED,
                        "",
                        wrong.isEmpty()
                                ? "no answer"
                                : wrong.lines().findFirst().orElse(""),
                        wrong + "\n" + problems(result.problems(), locale) + reasons(result.answer())));
    }

    private static String problems(List<Problem> problems, Locale locale) {
        return problems.stream().map(problem -> problem.line(locale) + "\n").collect(Collectors.joining());
    }

    /** The number of the step of a story that a question was asked at. */
    public static String step(Scenario asked) {
        return asked.id().substring(asked.id().lastIndexOf('/') + 1);
    }

    /** When something was asked, as a tester would write it; empty for a step whose time could not be told. */
    public static String when(Scenario asked, Policy policy) {
        String now = asked.request().path("now").asString("");
        return now.startsWith("-")
                ? ""
                : Expectation.shown(OffsetDateTime.parse(now), policy.calendar().zone());
    }

    /** The reasons of an answer, one a line, as a person reads them. */
    public static String reasons(JsonNode answer) {
        var lines = new StringBuilder();
        answer.path("because").forEach(reason -> {
            lines.append(reason.path("rule").asString("")).append(' ');
            String row = reason.path("row").asString("");
            lines.append(
                            row.isEmpty()
                                    ? reason.path("title").asString("")
                                    : row + " " + reason.path("says").asString("") + " ("
                                            + reason.path("at").asString("") + ")")
                    .append('\n');
        });
        return lines.toString();
    }
}
