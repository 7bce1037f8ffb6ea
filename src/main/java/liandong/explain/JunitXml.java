package liandong.explain;

import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Results as the XML that build servers read as test results (JUnit). */
public final class JunitXml {
    private JunitXml() {}

    /**
     * Test cases that belong together.
     *
     * @param name the file or sheet they are in
     */
    public record Suite(String name, List<Case> cases) {}

    /**
     * A test case.
     *
     * @param remark what is to be said of it; null when it passed and there is nothing to say
     */
    public record Case(String name, @Nullable Remark remark) {}

    /**
     * What is to be said of a test case.
     *
     * @param type what kind of fault it is, e.g. a problem's code; empty for none
     * @param message the fault in a line
     * @param text everything
     */
    public record Remark(Verdict verdict, String type, String message, String text) {}

    /** What a remark makes of its test case. */
    public enum Verdict {
        PASSED("system-out"),
        FAILED("failure"),
        /** It could not be run. */
        BROKEN("error");

        private final String element;

        Verdict(String element) {
            this.element = element;
        }
    }

    /**
     * The document.
     *
     * @param name what was tested
     */
    public static String of(String name, List<Suite> suites) {
        var text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            start(
                    xml,
                    "testsuites",
                    name,
                    suites.stream().flatMap(suite -> suite.cases().stream()).toList());
            for (Suite suite : suites) {
                start(xml, "testsuite", suite.name(), suite.cases());
                for (Case each : suite.cases()) {
                    write(xml, suite, each);
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

    private static void start(XMLStreamWriter xml, String element, String name, List<Case> cases)
            throws XMLStreamException {
        xml.writeStartElement(element);
        attribute(xml, "name", name);
        attribute(xml, "tests", String.valueOf(cases.size()));
        attribute(xml, "failures", count(cases, Verdict.FAILED));
        attribute(xml, "errors", count(cases, Verdict.BROKEN));
        attribute(xml, "skipped", "0");
    }

    private static String count(List<Case> cases, Verdict verdict) {
        return String.valueOf(cases.stream()
                .filter(each -> each.remark() != null && each.remark().verdict() == verdict)
                .count());
    }

    private static void write(XMLStreamWriter xml, Suite suite, Case each) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute(xml, "classname", suite.name());
        attribute(xml, "name", each.name());
        Remark remark = each.remark();
        if (remark != null) {
            xml.writeStartElement(remark.verdict().element);
            if (remark.verdict() != Verdict.PASSED) {
                if (!remark.type().isEmpty()) {
                    attribute(xml, "type", remark.type());
                }
                attribute(xml, "message", remark.message());
            }
            xml.writeCharacters(printable(remark.text()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, printable(value));
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
}
