package liandong.sheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A workbook put together part by part, so that a test can show the one part that is odd. */
public final class Packed {
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";

    private final Map<String, Content> parts = new LinkedHashMap<>();

    /** Writes a part, however long it is. */
    @FunctionalInterface
    interface Content {
        void to(OutputStream out) throws IOException;
    }

    private Packed() {}

    /** A sound workbook of one sheet, named 派单目录, without shared strings and styles. */
    public static Packed workbook(String sheetData) {
        return new Packed()
                .part(
                        "[Content_Types].xml",
                        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                                + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-"
                                + "officedocument.spreadsheetml.sheet.main+xml\"/></Types>")
                .part(
                        "xl/workbook.xml",
                        "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + OFFICE
                                + "\"><sheets><sheet name=\"派单目录\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>")
                .relationships(
                        "xl/_rels/workbook.xml.rels",
                        relationship("rId1", "worksheet", "worksheets/sheet1.xml"),
                        relationship("rId2", "sharedStrings", "sharedStrings.xml"),
                        relationship("rId3", "styles", "styles.xml"))
                .part("xl/sharedStrings.xml", "<sst xmlns=\"" + MAIN + "\"><si><t>共享</t></si></sst>")
                .part("xl/styles.xml", "<styleSheet xmlns=\"" + MAIN + "\"/>")
                .sheet("<sheetData>" + sheetData + "</sheetData>");
    }

    public Packed sheet(String content) {
        return part("xl/worksheets/sheet1.xml", "<worksheet xmlns=\"" + MAIN + "\">" + content + "</worksheet>");
    }

    public Packed part(String name, String text) {
        return part(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    public Packed part(String name, Content content) {
        parts.put(name, content);
        return this;
    }

    /** A part of one text many times over between two others. */
    public Packed part(String name, String before, String often, int times, String after) {
        byte[] one = often.getBytes(StandardCharsets.UTF_8);
        return part(name, out -> {
            out.write(before.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < times; i++) {
                out.write(one);
            }
            out.write(after.getBytes(StandardCharsets.UTF_8));
        });
    }

    public Packed relationships(String name, String... each) {
        return part(name, "<Relationships xmlns=\"" + PACKAGE + "\">" + String.join("", each) + "</Relationships>");
    }

    public static String relationship(String id, String type, String target) {
        return "<Relationship Id=\"" + id + "\" Type=\"" + OFFICE + "/" + type + "\" Target=\"" + target + "\"/>";
    }

    static String external(String id, String type, String target) {
        return relationship(id, type, target).replace("/>", " TargetMode=\"External\"/>");
    }

    public byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.BEST_SPEED);
            for (Map.Entry<String, Content> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                part.getValue().to(zip);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
