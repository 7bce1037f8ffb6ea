package liandong.open311;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import liandong.wire.Json;
import tools.jackson.databind.JsonNode;

/**
 * A document in XML and JSON (the Spark convention of Open311): what is a list in JSON is in XML an element for each of its
 * elements within one that bears the list's name.
 *
 * @param root what the document is called in XML
 * @param content an object or a list
 */
public record Spark(String root, JsonNode content) {
    /** What one of a list is called. */
    private static final Map<String, String> ONE_OF = Map.of(
            "services", "service",
            "service_requests", "request",
            "attributes", "attribute",
            "values", "value",
            "endpoints", "endpoint",
            "formats", "format",
            "errors", "error");

    /** Written by the JDK's own writer, whatever else is there. */
    private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();

    private static final char REPLACEMENT = '\uFFFD';

    /** A document of a record. */
    public static Spark of(String root, Record content) {
        return new Spark(root, Json.object(content));
    }

    /** A document of a list of records. */
    public static Spark of(String root, Collection<? extends Record> content) {
        return new Spark(root, Json.of(content));
    }

    /** The document as JSON, in UTF-8. */
    public byte[] json() {
        return Json.write(content).getBytes(StandardCharsets.UTF_8);
    }

    /** The document as XML, in UTF-8. */
    public byte[] xml() {
        var text = new StringWriter();
        try {
            XMLStreamWriter to = XML.createXMLStreamWriter(text);
            to.writeStartDocument("UTF-8", "1.0");
            write(root, content, to);
            to.writeEndDocument();
            to.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a text takes what is written to it", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(String name, JsonNode content, XMLStreamWriter to) throws XMLStreamException {
        to.writeStartElement(name);
        if (content.isArray()) {
            for (JsonNode each : content) {
                write(ONE_OF.getOrDefault(name, "item"), each, to);
            }
        } else if (content.isObject()) {
            for (Map.Entry<String, JsonNode> each : content.properties()) {
                write(each.getKey(), each.getValue(), to);
            }
        } else if (!content.isNull()) {
            to.writeCharacters(written(content.asString("")));
        }
        to.writeEndElement();
    }

    /** A text without what XML has no way to write: most control characters, and half characters. */
    private static String written(String text) {
        if (text.codePoints().allMatch(Spark::isWritten)) {
            return text;
        }
        return text.codePoints()
                .map(c -> isWritten(c) ? c : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isWritten(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= ' ' && c < Character.MIN_SURROGATE)
                || (c > Character.MAX_SURROGATE && c <= REPLACEMENT)
                || c >= Character.MIN_SUPPLEMENTARY_CODE_POINT;
    }
}
