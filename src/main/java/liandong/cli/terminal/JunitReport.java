package liandong.cli.terminal;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import liandong.problem.CellRef;
import liandong.problem.Problem;

/**
 * Findings as the XML that build servers read as test results: a suite for each file, a case for each finding.
 *
 * <p>A finding that does not make the check fail is a case that passes and says what it has to say.
 */
public final class JunitReport {
    private JunitReport() {}

    public static void write(Findings findings, Locale locale, OutputStream out) {
        var suites = new LinkedHashMap<String, List<Problem>>();
        findings.files().files().keySet().forEach(file -> suites.put(file, new ArrayList<>()));
        findings.shown()
                .forEach(each -> suites.computeIfAbsent(Findings.path(each), file -> new ArrayList<>())
                        .add(each));
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "liandong check");
            counts(
                    xml,
                    suites.values().stream().mapToInt(JunitReport::cases).sum(),
                    findings.shown().stream().filter(findings::fails).count());
            for (Map.Entry<String, List<Problem>> suite : suites.entrySet()) {
                suite(xml, suite.getKey(), suite.getValue(), findings, locale);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the report cannot be written", e);
        }
    }

    /** A file without findings passes. */
    private static int cases(List<Problem> problems) {
        return Math.max(problems.size(), 1);
    }

    private static void counts(XMLStreamWriter xml, long tests, long failures) throws XMLStreamException {
        xml.writeAttribute("tests", String.valueOf(tests));
        xml.writeAttribute("failures", String.valueOf(failures));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", "0");
    }

    private static void suite(
            XMLStreamWriter xml, String file, List<Problem> problems, Findings findings, Locale locale)
            throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", text(file));
        counts(xml, cases(problems), problems.stream().filter(findings::fails).count());
        if (problems.isEmpty()) {
            start(xml, "check", file);
            xml.writeEndElement();
        }
        for (Problem problem : problems) {
            String place = problem.at() instanceof CellRef cell
                    ? cell.sheet() + "!" + cell.cell()
                    : problem.at().toString();
            start(xml, place + " " + problem.code(), file);
            boolean fails = findings.fails(problem);
            xml.writeStartElement(fails ? "failure" : "system-out");
            if (fails) {
                xml.writeAttribute("type", problem.code().name());
                xml.writeAttribute("message", text(problem.message(locale)));
            }
            xml.writeCharacters(text(problem.line(locale)));
            xml.writeEndElement();
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void start(XMLStreamWriter xml, String name, String file) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", text(name));
        xml.writeAttribute("classname", text(file));
    }

    /** XML has no way to write most control characters. */
    private static String text(String text) {
        return Findings.visible(text);
    }
}
