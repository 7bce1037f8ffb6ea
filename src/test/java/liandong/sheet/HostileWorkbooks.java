package liandong.sheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Workbooks made to exhaust a reader, each with the finding that says so. */
final class HostileWorkbooks {
    private static final int MEGABYTE = 1 << 20;
    private static final String SHEET = "xl/worksheets/sheet1.xml";
    private static final String STRINGS = "xl/sharedStrings.xml";
    private static final String STYLES = "xl/styles.xml";

    private HostileWorkbooks() {}

    /** Makes a workbook. */
    @FunctionalInterface
    interface Maker {
        byte[] make() throws IOException;
    }

    /** By a name for people: how to make it, and the line that reading it gives; an empty line for none. */
    record Bomb(Maker maker, String line) {}

    static Map<String, Bomb> all() {
        var bombs = new LinkedHashMap<String, Bomb>();
        containers(bombs);
        xml(bombs);
        sheets(bombs);
        return bombs;
    }

    private static Packed sound() {
        return Packed.workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    }

    private static void containers(Map<String, Bomb> bombs) {
        bombs.put(
                "a part of 1 GB of blanks",
                new Bomb(
                        () -> sound().part("xl/media/image1.png", " ".repeat(MEGABYTE), " ".repeat(MEGABYTE), 1_024, "")
                                .bytes(),
                        "UNPACKS_TOO_FAR: The file unpacks to more than 200 MB; it was left at its part"
                                + " \"xl/media/image1.png\"."));
        bombs.put(
                "100,000 parts",
                new Bomb(
                        () -> {
                            Packed packed = sound();
                            for (int i = 0; i < 100_000; i++) {
                                packed.part("xl/media/" + i, "");
                            }
                            return packed.bytes();
                        },
                        "TOO_MANY_PARTS: The file has more than 2000 parts."));
        bombs.put(
                "a zip file in a zip file in a zip file",
                new Bomb(
                        () -> {
                            byte[] inner = sound().bytes();
                            for (int i = 0; i < 10; i++) {
                                inner = zipped("routing.xlsx", inner);
                            }
                            return inner;
                        },
                        "NOT_A_WORKBOOK: This is a file of another kind (ZIP), not an Excel workbook."));
        bombs.put(
                "two parts of the same bytes",
                new Bomb(
                        HostileWorkbooks::overlapping,
                        "ODD_CONTAINER: The file is put together as no spreadsheet program does it, at its part"));
        bombs.put(
                "two parts of one name",
                new Bomb(
                        () -> sound().part("XL/WORKBOOK.XML", "<workbook/>").bytes(),
                        "ODD_CONTAINER: The file is put together as no spreadsheet program does it, at its part"
                                + " \"XL/WORKBOOK.XML\"."));
        bombs.put(
                "a part that says it is smaller than it is",
                new Bomb(() -> lying(10), "UNREADABLE_WORKBOOK: This is not a workbook that can be read"));
        bombs.put(
                "a part that says it has 4 GB",
                new Bomb(() -> lying(0xFFFFFFF0L), "UNREADABLE_WORKBOOK: This is not a workbook that can be read"));
        bombs.put(
                "a file of 65 MB",
                new Bomb(
                        () -> new byte[65 * MEGABYTE], "TOO_LARGE: routing.xlsx is larger than what is read (64 MB)."));
    }

    private static void xml(Map<String, Bomb> bombs) {
        String laughs = "<!DOCTYPE lolz [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
                + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
        String strings = "<sst><si><t>&c;</t></si></sst>";
        for (String part : new String[] {
            SHEET,
            STRINGS,
            STYLES,
            "xl/workbook.xml",
            "[Content_Types].xml",
            "xl/_rels/workbook.xml.rels",
            "docProps/app.xml",
            "xl/drawings/vmlDrawing1.vml",
            "_rels/.rels"
        }) {
            bombs.put(
                    "a billion laughs in " + part,
                    new Bomb(
                            () -> sound().part(part, laughs + strings).bytes(),
                            "ODD_XML: The part \"" + part + "\" holds what no spreadsheet program writes: <!DOCTYPE"));
        }
        bombs.put(
                "an entity from a file",
                new Bomb(
                        () -> sound().part(
                                        STRINGS,
                                        "<!DOCTYPE sst [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><sst><si><t>&x;</t></si></sst>")
                                .bytes(),
                        odd(STRINGS, "<!DOCTYPE")));
        bombs.put(
                "a document type at an address, in UTF-16",
                new Bomb(
                        () -> sound().part(
                                        STRINGS,
                                        out -> out.write(
                                                "\uFEFF<!DOCTYPE sst SYSTEM \"http://127.0.0.1:1/x.dtd\"><sst/>"
                                                        .getBytes(StandardCharsets.UTF_16BE)))
                                .bytes(),
                        odd(STRINGS, "<!DOCTYPE")));
        bombs.put(
                "an entity that nobody declared",
                new Bomb(
                        () -> sound().part(STRINGS, "<sst><si><t>&x;</t></si></sst>")
                                .bytes(),
                        "UNREADABLE_WORKBOOK: This is not a workbook that can be read"));
        bombs.put(
                "styles 10,000,000 levels deep",
                new Bomb(
                        () -> sound().part(STYLES, "<styleSheet>", "<a>", 10_000_000, "")
                                .bytes(),
                        odd(STYLES, "<a> > 100")));
        bombs.put(
                "a comment of 100 MB",
                new Bomb(
                        () -> sound().part(STYLES, "<styleSheet><!--", " ".repeat(MEGABYTE), 100, "--></styleSheet>")
                                .bytes(),
                        odd(STYLES, "> 8 MB")));
        bombs.put(
                "an attribute of 100 MB",
                new Bomb(
                        () -> sound().part(SHEET, "<worksheet a=\"", "x".repeat(MEGABYTE), 100, "\"/>")
                                .bytes(),
                        odd(SHEET, "> 8 MB")));
        bombs.put(
                "a cell of 100 MB in many small pieces",
                new Bomb(
                        () -> sound().part(
                                        STRINGS,
                                        "<sst><si>",
                                        "<r><t>xxxxxxxxxxxxxxxxxxxxxxxxxxxxx</t></r>",
                                        2_500_000,
                                        "</si></sst>")
                                .bytes(),
                        odd(STRINGS, "> 8 MB")));
        bombs.put(
                "3,000,000 names of elements",
                new Bomb(
                        () -> sound().part(STYLES, out -> {
                                    out.write("<styleSheet>".getBytes(StandardCharsets.UTF_8));
                                    for (int i = 0; i < 3_000_000; i++) {
                                        out.write(("<element" + i + "/>").getBytes(StandardCharsets.UTF_8));
                                    }
                                })
                                .bytes(),
                        odd(STYLES, "element4999")));
    }

    private static String odd(String part, String what) {
        return "ODD_XML: The part \"" + part + "\" holds what no spreadsheet program writes: " + what;
    }

    private static void sheets(Map<String, Bomb> bombs) {
        bombs.put(
                "a row of 1,000,000 cells",
                new Bomb(
                        () -> rows("<row r=\"1\">" + "<c><v>1</v></c>".repeat(1_000_000) + "</row>", 1),
                        "TOO_WIDE: The sheet goes on beyond column IV."));
        bombs.put(
                "a cell far to the right",
                new Bomb(
                        () -> rows("<row r=\"1\"><c r=\"ZZZZZZZ1\"><v>1</v></c></row>", 1),
                        "TOO_WIDE: The sheet goes on beyond column IV."));
        bombs.put(
                "400,000 empty rows",
                new Bomb(
                        () -> rows("<row><c><v>1</v></c></row>" + "<row/>".repeat(400_000), 1),
                        "EMPTY_ROWS: From here on 400000 rows hold nothing."));
        bombs.put(
                "more rows than there can be",
                new Bomb(
                        () -> rows("<row/>", 1_048_577),
                        "UNREADABLE_WORKBOOK: This is not a workbook that can be read"));
        bombs.put(
                "3,000,000 cells",
                new Bomb(
                        () -> rows("<row>" + "<c><v>1</v></c>".repeat(250) + "</row>", 12_000),
                        "TOO_MANY_CELLS: The workbook has more than 2000000 cells; it was left here."));
        bombs.put("1,999,000 cells of different numbers", new Bomb(HostileWorkbooks::numbers, ""));
        bombs.put(
                "100 MB of shared strings",
                new Bomb(
                        () -> sound().part(
                                        STRINGS,
                                        "<sst>",
                                        "<si><t>" + "x".repeat(1_000) + "</t></si>",
                                        100_000,
                                        "</sst>")
                                .bytes(),
                        "TOO_LARGE: xl/sharedStrings.xml is larger than what is read (30000000)."));
        bombs.put(
                "a text that the shared strings do not have",
                new Bomb(
                        () -> rows("<row><c t=\"s\"><v>2000000000</v></c></row>", 1),
                        "UNREADABLE_WORKBOOK: This is not a workbook that can be read"));
        bombs.put(
                "a cell of 40,000 characters",
                new Bomb(
                        () -> rows("<row><c t=\"str\"><v>" + "x".repeat(40_000) + "</v></c></row>", 1),
                        "TOO_LONG_CELL: This cell holds 40000 characters; it can hold 32767."));
        bombs.put(
                "a number of a thousand million digits",
                new Bomb(
                        () -> rows("<row><c><v>1E1000000000</v></c></row>", 1),
                        "UNREADABLE_WORKBOOK: This is not a workbook that can be read"));
        bombs.put(
                "1,000,000 cell formats",
                new Bomb(
                        () -> sound().part(
                                        STYLES,
                                        "<styleSheet><cellXfs>",
                                        "<xf numFmtId=\"0\"/>",
                                        1_000_000,
                                        "</cellXfs></styleSheet>")
                                .bytes(),
                        "TOO_LARGE: xl/styles.xml is larger than what is read (65536)."));
        bombs.put(
                "100,000 array formulas",
                new Bomb(
                        () -> rows("<row><c><f t=\"array\" ref=\"A1:A100000\">1+1</f><v>2</v></c></row>", 100_000),
                        ""));
        bombs.put(
                "1,000,000 formulas of the day",
                new Bomb(
                        () -> rows("<row>" + "<c><f>NOW()</f><v>2</v></c>".repeat(100) + "</row>", 10_000),
                        "VOLATILE_FORMULA: The formula =NOW() gives another value from day to day (NOW);"));
        bombs.put(
                "1,000,000 merged blocks",
                new Bomb(
                        () -> sound().part(
                                        SHEET,
                                        "<worksheet><sheetData/><mergeCells>",
                                        "<mergeCell ref=\"A1:B2\"/>",
                                        1_000_000,
                                        "</mergeCells></worksheet>")
                                .bytes(),
                        "TOO_MANY_MERGED: This sheet has more than 10000 merged blocks of cells."));
        bombs.put(
                "100,000 sheets",
                new Bomb(
                        () -> sound().part(
                                        "xl/workbook.xml",
                                        "<workbook><sheets>",
                                        "<sheet name=\"x\" id=\"rId1\"/>",
                                        100_000,
                                        "</sheets></workbook>")
                                .bytes(),
                        "TOO_MANY_SHEETS: The workbook has more than 255 sheets."));
    }

    private static byte[] rows(String row, int times) {
        return sound().part(SHEET, "<worksheet><sheetData>", row, times, "</sheetData></worksheet>")
                .bytes();
    }

    private static byte[] numbers() {
        return sound().part(SHEET, out -> {
                    out.write("<worksheet><sheetData>".getBytes(StandardCharsets.UTF_8));
                    for (int row = 0; row < 19_990; row++) {
                        var cells = new StringBuilder("<row>");
                        for (int column = 0; column < 100; column++) {
                            cells.append("<c><v>").append(row * 1_000 + column).append(".5</v></c>");
                        }
                        out.write(cells.append("</row>").toString().getBytes(StandardCharsets.UTF_8));
                    }
                    out.write("</sheetData></worksheet>".getBytes(StandardCharsets.UTF_8));
                })
                .bytes();
    }

    private static byte[] zipped(String name, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    /** A workbook whose directory gives the last part another size than it has. */
    private static byte[] lying(long size) {
        byte[] bytes = sound().bytes();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int last = -1;
        for (int i = 0; i + 4 < bytes.length; i++) {
            last = buffer.getInt(i) == 0x02014B50 ? i : last;
        }
        buffer.putInt(last + 24, (int) size);
        return bytes;
    }

    /** Two entries of the directory that name the same bytes. */
    private static byte[] overlapping() throws IOException {
        byte[] content = new byte[1_000];
        var crc = new CRC32();
        crc.update(content);
        var out = new ByteArrayOutputStream();
        header(out, 0x04034B50, "a", content.length, (int) crc.getValue(), -1);
        out.write(content);
        int directory = out.size();
        header(out, 0x02014B50, "a", content.length, (int) crc.getValue(), 0);
        header(out, 0x02014B50, "b", content.length, (int) crc.getValue(), 0);
        int length = out.size() - directory;
        out.write(ByteBuffer.allocate(22)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x06054B50)
                .putInt(0)
                .putShort((short) 2)
                .putShort((short) 2)
                .putInt(length)
                .putInt(directory)
                .array());
        return out.toByteArray();
    }

    private static void header(OutputStream out, int signature, String name, int size, int crc, int offset)
            throws IOException {
        boolean central = offset >= 0;
        ByteBuffer header = ByteBuffer.allocate(central ? 46 : 30).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(signature);
        if (central) {
            header.putShort((short) 20);
        }
        header.putShort((short) 20).putShort((short) 0).putShort((short) 0).putInt(0);
        header.putInt(crc)
                .putInt(size)
                .putInt(size)
                .putShort((short) name.length())
                .putShort((short) 0);
        if (central) {
            header.putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt(offset);
        }
        out.write(header.array());
        out.write(name.getBytes(StandardCharsets.US_ASCII));
    }
}
