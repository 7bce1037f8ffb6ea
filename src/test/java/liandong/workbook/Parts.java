package liandong.workbook;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The parts of a workbook as they lie in the file, beneath any library's notion of them. */
public final class Parts {
    private Parts() {}

    static Map<String, byte[]> of(byte[] workbook) {
        var parts = new TreeMap<String, byte[]>();
        // The writer of the tests' workbooks leaves sizes to the end, which the JDK's streaming reader does not bear.
        try (ZipFile zip = ZipFile.builder().setByteArray(workbook).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parts;
    }

    /** The workbook with its parts rewritten. */
    public static byte[] edited(byte[] workbook, BiFunction<String, String, String> edit) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var part : of(workbook).entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                String text = new String(part.getValue(), StandardCharsets.UTF_8);
                zip.write(edit.apply(part.getKey(), text).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Document xml(byte @Nullable [] part) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(Objects.requireNonNull(part)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sheet parts by the name of their sheet. */
    static Map<String, Document> sheets(byte[] workbook) {
        Map<String, byte[]> parts = of(workbook);
        var targets = new TreeMap<String, String>();
        for (Element each : elements(xml(parts.get("xl/_rels/workbook.xml.rels")), "Relationship")) {
            String target = each.getAttribute("Target");
            targets.put(each.getAttribute("Id"), target.startsWith("/") ? target.substring(1) : "xl/" + target);
        }
        var sheets = new TreeMap<String, Document>();
        for (Element each : elements(xml(parts.get("xl/workbook.xml")), "sheet")) {
            String id =
                    each.getAttributeNS("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "id");
            sheets.put(each.getAttribute("name"), xml(parts.get(targets.get(id))));
        }
        return sheets;
    }

    static List<Element> elements(Document document, String localName) {
        var found = new ArrayList<Element>();
        var nodes = document.getElementsByTagNameNS("*", localName);
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    /** An element without its namespace prefixes, its attributes in order, so that equal content gives equal text. */
    static String canonical(Node node) {
        var text = new StringBuilder();
        write(node, text);
        return text.toString();
    }

    private static void write(Node node, StringBuilder text) {
        if (node instanceof Element element) {
            text.append('<').append(element.getLocalName());
            var attributes = new TreeMap<String, String>();
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                Node attribute = element.getAttributes().item(i);
                String name = attribute.getNodeName();
                if (!name.startsWith("xmlns") && !name.endsWith("Ignorable")) {
                    attributes.put(attribute.getLocalName(), truth(attribute.getNodeValue()));
                }
            }
            attributes.forEach((name, value) ->
                    text.append(' ').append(name).append("=\"").append(value).append('"'));
            text.append('>');
            for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
                write(child, text);
            }
            text.append("</>\n");
        } else if (node.getNodeType() == Node.TEXT_NODE && !node.getNodeValue().isBlank()) {
            text.append(node.getNodeValue());
        }
    }

    /** XML has two ways to write yes and no, and more to write a number. */
    private static String truth(String value) {
        if (value.matches("\\d+\\.\\d+")) {
            return new BigDecimal(value)
                    .round(new MathContext(9))
                    .stripTrailingZeros()
                    .toPlainString();
        }
        return value.equals("true") ? "1" : value.equals("false") ? "0" : value;
    }
}
