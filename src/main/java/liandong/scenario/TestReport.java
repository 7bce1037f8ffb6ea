package liandong.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
 * What came of running scenarios against a policy.
 *
 * @param policy the policy
 * @param results each scenario that could be run
 * @param broken those that could not
 * @param problems everything wrong with the workbooks, that of the broken ones included
 */
public record TestReport(Policy policy, List<Result> results, List<Broken> broken, List<Problem> problems) {
    /** How many scenarios passed. */
    public long passed() {
        return results.stream().filter(Result::passed).count();
    }

    /** How many were answered otherwise than expected. */
    public long failed() {
        return results.size() - passed();
    }

    /** How many expect what no person stands for yet. */
    public long unconfirmed() {
        return results.stream().filter(result -> !result.scenario().confirmed()).count();
    }

    /** Whether every scenario could be run and passed. */
    public boolean good() {
        return failed() == 0
                && broken.isEmpty()
                && problems.stream().noneMatch(problem -> problem.code().isError());
    }

    /** The report as JUnit XML, which every build server shows: a suite for each sheet, a test case for each scenario. */
    public String junit(Locale locale) {
        var suites = new TreeMap<String, List<Case>>();
        results.forEach(result -> suites.computeIfAbsent(result.scenario().at().section(), sheet -> new ArrayList<>())
                .add(test(result, locale)));
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

    private static Case test(Result result, Locale locale) {
        String name = name(result.scenario().id(), result.scenario().title());
        if (result.passed()) {
            return new Case(name, null);
        }
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
