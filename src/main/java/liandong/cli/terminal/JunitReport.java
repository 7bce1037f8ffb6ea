package liandong.cli.terminal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import liandong.explain.JunitXml;
import liandong.explain.JunitXml.Case;
import liandong.explain.JunitXml.Remark;
import liandong.explain.JunitXml.Suite;
import liandong.explain.JunitXml.Verdict;
import liandong.problem.Problem;

/**
 * Findings as test results: a suite for each file, a case for each finding.
 *
 * <p>A finding that does not make the check fail is a case that passes with the finding as its output. A file without
 * findings is one case that passes.
 */
public final class JunitReport {
    private JunitReport() {}

    /** The XML of some findings. */
    public static String of(Findings findings, Locale locale) {
        var suites = new LinkedHashMap<String, List<Case>>();
        findings.files().files().keySet().forEach(file -> suites.put(file, new ArrayList<>()));
        findings.shown()
                .forEach(each -> suites.computeIfAbsent(Findings.path(each), file -> new ArrayList<>())
                        .add(test(each, findings, locale)));
        return JunitXml.of(
                "liandong check",
                suites.entrySet().stream()
                        .map(suite -> new Suite(
                                Findings.visible(suite.getKey()),
                                suite.getValue().isEmpty() ? List.of(new Case("check", null)) : suite.getValue()))
                        .toList());
    }

    private static Case test(Problem problem, Findings findings, Locale locale) {
        return new Case(
                Findings.visible(problem.at().inFile() + " " + problem.code()),
                new Remark(
                        findings.fails(problem) ? Verdict.FAILED : Verdict.PASSED,
                        problem.code().name(),
                        Findings.visible(problem.message(locale)),
                        Findings.visible(problem.line(locale))));
    }
}
