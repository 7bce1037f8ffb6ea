package liandong.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Finds merged cells, which the reader of rows does not tell of.
 *
 * <p>They matter: of a merged block only the first cell has a value, and in a condition column the others would read as
 * empty, that is, as "anything".
 */
final class MergedCells {
    private static final int LONGEST = 16 << 20;
    private static final Pattern RANGE = Pattern.compile("([A-Z]{1,3})(\\d{1,7}):([A-Z]{1,3})(\\d{1,7})");
    /** Where the rows of a sheet end; merged cells are listed behind. */
    private static final Pattern END_OF_ROWS = Pattern.compile("</(?:\\w{1,20}:)?sheetData>");

    private static final int LONGEST_TAG = 40;

    private static final Pattern MERGED = Pattern.compile("mergeCell\\s[^>]*?ref=\"([^\"]+)\"");

    private MergedCells() {}

    /**
     * The first cell of a merged block.
     *
     * @param row the row, from 1
     * @param column the column, from 0
     * @param lastRow the block's last row
     */
    record Block(int row, int column, int lastRow) {}

    /**
     * The merged blocks of every sheet.
     *
     * @return by relationship id, as the workbook names its sheets; nothing for sheets without any
     * @throws IOException if the file is no workbook
     */
    static Map<String, List<Block>> bySheet(byte[] workbook) throws IOException {
        var bySheet = new HashMap<String, List<Block>>();
        try (ZipFile zip = ZipFile.builder().setByteArray(workbook).get()) {
            ZipArchiveEntry relationships = zip.getEntry("xl/_rels/workbook.xml.rels");
            if (relationships == null) {
                return Map.of();
            }
            for (Map.Entry<String, String> part :
                    parts(zip.getInputStream(relationships)).entrySet()) {
                ZipArchiveEntry entry = zip.getEntry(part.getValue());
                if (entry != null && part.getValue().startsWith("xl/worksheets/")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        bySheet.put(part.getKey(), blocks(in));
                    }
                }
            }
        }
        return bySheet;
    }

    private static Map<String, String> parts(InputStream in) throws IOException {
        var parts = new HashMap<String, String>();
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("Relationship")) {
                    String target = String.valueOf(xml.getAttributeValue(null, "Target"));
                    parts.put(
                            String.valueOf(xml.getAttributeValue(null, "Id")),
                            target.startsWith("/") ? target.substring(1) : "xl/" + target);
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException("the workbook's relationships cannot be read", e);
        }
        return parts;
    }

    private static List<Block> blocks(InputStream in) throws IOException {
        var blocks = new ArrayList<Block>();
        Matcher merged = MERGED.matcher(behindRows(in));
        while (merged.find()) {
            Matcher range = RANGE.matcher(merged.group(1));
            if (range.matches()) {
                int first = Integer.parseInt(range.group(2));
                blocks.add(new Block(first, column(range.group(1)), Integer.parseInt(range.group(4))));
            }
        }
        return blocks;
    }

    /** The part of a sheet behind its rows, without ever holding the rows. */
    private static String behindRows(InputStream in) throws IOException {
        var behind = new StringBuilder();
        boolean ended = false;
        byte[] chunk = new byte[1 << 16];
        for (int read = in.read(chunk); read >= 0 && behind.length() < LONGEST; read = in.read(chunk)) {
            behind.append(new String(chunk, 0, read, StandardCharsets.ISO_8859_1));
            if (!ended) {
                Matcher end = END_OF_ROWS.matcher(behind);
                ended = end.find();
                behind.delete(0, ended ? end.end() : Math.max(0, behind.length() - LONGEST_TAG));
            }
        }
        return ended ? behind.toString() : "";
    }

    private static int column(String letters) {
        int column = 0;
        for (int i = 0; i < letters.length(); i++) {
            column = column * 26 + letters.charAt(i) - 'A' + 1;
        }
        return column - 1;
    }
}
