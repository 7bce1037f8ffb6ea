package liandong.scenario;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
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
        var text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            counts(xml, results, broken);
            var suites = results.stream()
                    .map(result -> suite(result.scenario().at()))
                    .collect(Collectors.toCollection(java.util.TreeSet::new));
            broken.forEach(each -> suites.add(suite(each.at())));
            for (String suite : suites) {
                List<Result> own = results.stream()
                        .filter(result -> suite(result.scenario().at()).equals(suite))
                        .toList();
                List<Broken> ownBroken = broken.stream()
                        .filter(each -> suite(each.at()).equals(suite))
                        .toList();
                xml.writeStartElement("testsuite");
                xml.writeAttribute("name", suite);
                counts(xml, own, ownBroken);
                for (Result result : own) {
                    test(xml, suite, result, locale);
                }
                for (Broken each : ownBroken) {
                    open(xml, suite, each.id(), each.title());
                    lines(xml, "error", each.problems().get(0).code().name(), problems(each.problems(), locale));
                    xml.writeEndElement();
                }
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string takes all that is written", e);
        }
        return text.append('\n').toString();
    }

    private static String suite(liandong.problem.CellRef at) {
        return at.file() + " " + at.sheet();
    }

    private static void counts(XMLStreamWriter xml, List<Result> results, List<Broken> broken)
            throws XMLStreamException {
        long failed = results.stream().filter(result -> !result.passed()).count();
        xml.writeAttribute("tests", String.valueOf(results.size() + broken.size()));
        xml.writeAttribute("failures", String.valueOf(failed));
        xml.writeAttribute("errors", String.valueOf(broken.size()));
    }

    private static void open(XMLStreamWriter xml, String suite, String id, String title) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", printable(suite));
        xml.writeAttribute("name", printable((id + " " + title).strip()));
    }

    private static void test(XMLStreamWriter xml, String suite, Result result, Locale locale)
            throws XMLStreamException {
        open(xml, suite, result.scenario().id(), result.scenario().title());
        if (!result.passed()) {
            String wrong = result.checks().stream()
                    .filter(check -> !check.held())
                    .map(check -> check.expectation().header() + ": "
                            + check.expectation().text() + " ≠ " + check.actual() + " ("
                            + check.expectation().at() + ")")
                    .collect(Collectors.joining("\n"));
            String because = reasons(result.answer());
            lines(
                    xml,
                    "failure",
                    wrong.isEmpty() ? "no answer" : wrong.lines().findFirst().orElse(""),
                    wrong + "\n" + problems(result.problems(), locale) + because);
        }
        xml.writeEndElement();
    }

    private static void lines(XMLStreamWriter xml, String element, String message, String text)
            throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("message", printable(message));
        xml.writeCharacters(printable(text));
        xml.writeEndElement();
    }

    /** XML 1.0 has no way to write control characters, and a cell may hold some. */
    private static String printable(String text) {
        return text.codePoints()
                .map(c -> c == '\n' || c == '\t' || (c >= ' ' && (c < 0xD800 || c > 0xDFFF) && c < 0xFFFE) || c > 0xFFFF
                        ? c
                        : ' ')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
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
