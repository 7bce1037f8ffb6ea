package liandong.sheet;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import liandong.problem.Code;
import liandong.problem.FileRef;
import org.jspecify.annotations.Nullable;

/**
 * One part of a workbook, element by element.
 *
 * <p>Refuses what no spreadsheet program writes and what only serves to exhaust a reader: document types, entities, deep
 * nesting, endless names and texts.
 */
final class Xml implements AutoCloseable {
    /** Bytes of one tag, text or comment: 80 times what a cell can hold. */
    static final int LONGEST = 8 << 20;
    /** Levels of elements: sheets have 10, drawings have 20. */
    static final int DEEPEST = 100;
    /** Different names of elements, attributes and prefixes in one part: the standard has some 2,000. */
    static final int MOST_NAMES = 5_000;

    private final PackageParts.Unpacking in;
    private final XMLStreamReader reader;
    private final FileRef file;
    private final String part;
    private final Set<String> names = new HashSet<>();
    private int depth;
    private boolean start;
    private boolean end;
    private String name = "";

    Xml(XMLInputFactory factory, PackageParts.Unpacking in, String file, String part) throws IOException {
        this.in = in;
        this.file = new FileRef(file);
        this.part = part;
        try {
            this.reader = factory.createXMLStreamReader(in);
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    /** Goes to where the next element begins or ends; false at the end of the part. */
    boolean next() throws IOException {
        while (true) {
            int event = event();
            if (event == XMLStreamConstants.END_DOCUMENT) {
                return false;
            }
            if (start || end) {
                return true;
            }
        }
    }

    /** Whether an element begins here. */
    boolean starts(String element) {
        return start && name.equals(element);
    }

    /** Whether any element begins here. */
    boolean starts() {
        return start;
    }

    /** Whether an element ends here. */
    boolean ends(String element) {
        return end && name.equals(element);
    }

    /** The name of the element that begins or ends here, without a prefix. */
    String name() {
        return name;
    }

    /** An attribute of the element that begins here, in whatever namespace; null when it has none of that name. */
    @Nullable
    String attribute(String wanted) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(wanted)) {
                return reader.getAttributeValue(i);
            }
        }
        return null;
    }

    /** Whether an attribute of the element that begins here says yes. */
    boolean says(String attribute) {
        String value = attribute(attribute);
        return "1".equals(value) || "true".equals(value);
    }

    /** The text of the element that begins here, up to its end; the elements within it count only for their texts. */
    String text() throws IOException {
        int within = depth;
        String text = "";
        StringBuilder more = null;
        while (true) {
            int event = event();
            if (event == XMLStreamConstants.CHARACTERS
                    || event == XMLStreamConstants.CDATA
                    || event == XMLStreamConstants.SPACE) {
                // Nearly always there is one piece only.
                if (more == null && text.isEmpty()) {
                    text = reader.getText();
                } else {
                    if (more == null) {
                        more = new StringBuilder(text);
                    }
                    more.append(reader.getText());
                    mustBeWithin(more.length());
                }
            } else if (event == XMLStreamConstants.END_DOCUMENT || (end && depth < within)) {
                return more == null ? text : more.toString();
            }
        }
    }

    /** Refuses a text that was put together from pieces and has grown too long. */
    void mustBeWithin(int length) throws UnreadableWorkbookException {
        if (length > LONGEST) {
            throw odd("> " + (LONGEST >> 20) + " MB");
        }
    }

    private int event() throws IOException {
        in.understood();
        int event;
        try {
            if (!reader.hasNext()) {
                return XMLStreamConstants.END_DOCUMENT;
            }
            event = reader.next();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        start = event == XMLStreamConstants.START_ELEMENT;
        end = event == XMLStreamConstants.END_ELEMENT;
        if (start) {
            started();
        } else if (end) {
            depth--;
            name = reader.getLocalName();
        } else if (event == XMLStreamConstants.DTD) {
            throw odd("<!DOCTYPE");
        } else if (event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw odd("&" + reader.getLocalName() + ";");
        } else if (event == XMLStreamConstants.PROCESSING_INSTRUCTION) {
            remember(reader.getPITarget());
        }
        return event;
    }

    private void started() throws UnreadableWorkbookException {
        name = reader.getLocalName();
        if (++depth > DEEPEST) {
            throw odd("<" + name + "> > " + DEEPEST);
        }
        remember(name);
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            remember(reader.getAttributeLocalName(i));
        }
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            remember("xmlns:" + reader.getNamespacePrefix(i));
        }
    }

    /** The parser below keeps every name for good. */
    private void remember(String name) throws UnreadableWorkbookException {
        if (names.add(name) && names.size() > MOST_NAMES) {
            throw odd(name);
        }
    }

    private UnreadableWorkbookException odd(String what) {
        return new UnreadableWorkbookException(Code.ODD_XML, file, part, what);
    }

    @Override
    public void close() throws IOException {
        try {
            reader.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        } finally {
            in.close();
        }
    }
}
