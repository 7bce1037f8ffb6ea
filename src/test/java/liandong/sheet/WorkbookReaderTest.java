package liandong.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import liandong.incident.Topic;
import liandong.incident.Vocabulary;
import liandong.problem.Problem;
import liandong.table.SheetReader;
import liandong.table.Workbooks;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkbookReaderTest {
    private static final byte[] SOUND = Workbooks.xlsx(Map.of("派单目录", new String[][] {
        {"标题"}, {"编号", "人数", "失效"}, {"D-1", "5", "2026-01-31"}, {"D-2", "≥5", "=A1 → 2026-01-31"}
    }));

    private final List<Problem> problems = new ArrayList<>();

    static List<Arguments> files() throws IOException {
        String doc = "[Content_Types].xml";
        return List.of(
                arguments("nothing", new byte[0], "EMPTY_FILE: The file is empty. Save the workbook again."),
                arguments("CSV", "编号,事项\n".getBytes(StandardCharsets.UTF_8), text("UTF-8")),
                arguments("CSV with a mark", "\uFEFF编号,事项".getBytes(StandardCharsets.UTF_8), text("UTF-8 BOM")),
                arguments("CSV of a Chinese Excel", "编号,事项\r\n".getBytes(Charset.forName("GB18030")), text("GB18030")),
                arguments("text of an Excel", "编号\t事项".getBytes(StandardCharsets.UTF_16), text("UTF-16")),
                arguments("a page", "<html><table>".getBytes(StandardCharsets.UTF_8), other("HTML")),
                arguments(
                        "XML",
                        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>"
                                .getBytes(StandardCharsets.UTF_8),
                        other("XML Spreadsheet 2003")),
                arguments("a picture", bytes("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR"), other("PNG")),
                arguments("a photo", bytes("\u00ff\u00d8\u00ff\u00e0\0"), other("JPEG")),
                arguments("a PDF", bytes("%PDF-1.7\n%\u00e2\u00e3"), other("PDF")),
                arguments(
                        "a password",
                        ole2("EncryptedPackage"),
                        "PASSWORD_PROTECTED: The workbook is protected with a"
                                + " password. Remove the password and save it again."),
                arguments(
                        "an old workbook",
                        ole2("Workbook"),
                        "OLD_WORKBOOK: This is a workbook of the old format"
                                + " (.xls). Open it and save it as an Excel workbook (.xlsx)."),
                arguments("an old text", ole2("WordDocument"), other("Word (.doc)")),
                arguments("something old", ole2("Other"), UNREADABLE),
                arguments("only a beginning", bytes("PK\u0003\u0004"), UNREADABLE),
                arguments("noughts", new byte[100], UNREADABLE),
                arguments("a zip file", zip("a.txt", "x"), other("ZIP")),
                arguments(
                        "a text",
                        zip(
                                doc,
                                types(
                                        "/word/document.xml",
                                        "openxmlformats-officedocument.wordprocessingml.document.main+xml")),
                        other("Word (.docx)")),
                arguments(
                        "slides",
                        zip(
                                doc,
                                types(
                                        "/ppt/p.xml",
                                        "openxmlformats-officedocument.presentationml.presentation.main+xml")),
                        other("PowerPoint (.pptx)")),
                arguments(
                        "a binary workbook",
                        zip(doc, types("/xl/workbook.bin", "ms-excel.sheet.binary.macroEnabled.main")),
                        other("Excel (.xlsb)")),
                arguments(
                        "an open document",
                        zip("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                        other("OpenDocument (.ods)")),
                arguments("Numbers", zip("Index/Document.iwa", "x"), other("Numbers")));
    }

    private static final String UNREADABLE =
            "UNREADABLE_WORKBOOK: This is not a workbook that can be read: it is damaged,"
                    + " or was cut off. Fetch it again from where it comes from, or save it again as an Excel workbook (.xlsx).";

    private static String text(String encoding) {
        return "TEXT_FILE: This is a text file (" + encoding + "), not a workbook. Open it in a spreadsheet program and"
                + " save it as an Excel workbook (.xlsx).";
    }

    private static String other(String kind) {
        return "NOT_A_WORKBOOK: This is a file of another kind (" + kind
                + "), not an Excel workbook. Save it as an Excel"
                + " workbook (.xlsx); another name alone does not make it one.";
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] ole2(String entry) {
        return bytes("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1" + "\0".repeat(504)
                + entry.replaceAll("(.)", "$1\0") + "\0\0");
    }

    private static String types(String part, String type) {
        return "<Types><Override PartName=\"" + part + "\" ContentType=\"application/vnd." + type + "\"/></Types>";
    }

    private static byte[] zip(String name, String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void a_file_that_only_bears_the_name_of_a_workbook_is_told(String kind, byte[] content, String line) {
        assertThat(WorkbookReader.read("routing.xlsx", content, problems::add)).isEmpty();
        assertThat(lines(Locale.ENGLISH)).containsExactly("routing.xlsx: " + line);
        assertThat(lines(Locale.CHINESE).get(0)).matches("routing\\.xlsx: [A-Z_]+: .*\\p{IsHan}.*");
    }

    @Property(tries = 300)
    void a_truncated_workbook_is_told_never_thrown(@ForAll @IntRange(max = 10_000) int length) {
        byte[] part = Arrays.copyOf(SOUND, 4 + length % (SOUND.length - 4));

        assertThat(WorkbookReader.read("routing.xlsx", part, problems::add)).isEmpty();
        assertThat(lines(Locale.ENGLISH)).containsExactly("routing.xlsx: " + UNREADABLE);
        problems.clear();
    }

    @Property(tries = 2_000)
    void a_damaged_workbook_is_told_never_thrown(@ForAll @IntRange(max = 100_000) int place, @ForAll byte damage) {
        byte[] damaged = SOUND.clone();
        damaged[place % damaged.length] ^= damage;

        List<SheetData> sheets = WorkbookReader.read("routing.xlsx", damaged, problems::add);

        assertThat(sheets.isEmpty()).isEqualTo(!problems.isEmpty());
        problems.clear();
    }

    @Test
    void merged_cells_in_the_data_are_a_fault_and_in_the_title_are_not() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("主题");
            String[][] cells = {{"主题", ""}, {"代码 Code", "名称 Label"}, {"ROADS", "道路"}, {"WATER", ""}};
            for (int row = 0; row < cells.length; row++) {
                for (int column = 0; column < 2; column++) {
                    sheet.value(row, column, cells[row][column].isEmpty() ? null : cells[row][column]);
                }
            }
            sheet.range(0, 0, 0, 1).merge();
            sheet.range(2, 1, 3, 1).merge();
        }
        var problems = new ArrayList<Problem>();

        var sheet = WorkbookReader.read("vocabulary.xlsx", bytes.toByteArray(), problems::add)
                .get(0);
        SheetReader.terms(sheet, Topic.class, Vocabulary.empty(), new HashMap<>(), problems::add);

        assertThat(problems)
                .extracting(problem -> problem.line(Locale.ENGLISH))
                .containsExactly(
                        "vocabulary.xlsx 主题!B3: MERGED_CELLS: The cells B3:B4 are merged; only the first of them has a"
                                + " value. Split them and fill in each cell.",
                        "vocabulary.xlsx 主题!B4: MISSING_VALUE: The cell of \"名称\" is empty. Fill it in.");
    }

    @Test
    void a_sheet_too_wide_to_be_meant_is_told() {
        var wide = new String[300];
        Arrays.fill(wide, "x");

        assertThat(WorkbookReader.read(
                        "routing.xlsx", Workbooks.xlsx(Map.of("派单目录", new String[][] {{"标题"}, wide})), problems::add))
                .isEmpty();
        assertThat(lines(Locale.ENGLISH))
                .containsExactly("routing.xlsx 派单目录!IW2: TOO_WIDE: The sheet goes on beyond column IV."
                        + " Delete what stands to the right of the table.");
    }

    @Test
    void cells_are_read_as_a_person_sees_them() {
        var sheet = WorkbookReader.read(
                        "routing.xlsx",
                        Workbooks.xlsx(Map.of("表", new String[][] {
                            {" 首尾空白 ", "0.1", "330102001051", "-5", "2026-01-31", "TRUE", "'007", "=1/0 → #DIV/0!"}
                        })),
                        problems::add)
                .get(0);

        assertThat(problems).isEmpty();
        assertThat(sheet.lines().get(0).cells())
                .extracting(Cell::text)
                .containsExactly("首尾空白", "0.1", "330102001051", "-5", "2026-01-31", "是", "007", "#DIV/0!");
        assertThat(sheet.lines().get(0).cells())
                .extracting(Cell::error)
                .containsExactly(false, false, false, false, false, false, false, true);
    }

    // ———— What a workbook carries beside its cells ————

    @Test
    void macros_links_and_objects_are_told_and_do_no_harm() {
        byte[] workbook = Packed.workbook("<row><c t=\"s\"><v>0</v></c></row>")
                .part("xl/vbaProject.bin", "x")
                .part("xl/macrosheets/sheet1.xml", "<xm:macrosheet xmlns:xm=\"x\"/>")
                .part("xl/embeddings/oleObject1.bin", "x")
                .part("xl/activeX/activeX1.bin", "x")
                .part("xl/connections.xml", "<connections><connection id=\"1\" name=\"q\"/></connections>")
                .part("xl/externalLinks/externalLink1.xml", "<externalLink><externalBook/></externalLink>")
                .part(
                        "xl/externalLinks/externalLink2.xml",
                        "<externalLink><ddeLink ddeService=\"cmd\"/></externalLink>")
                .relationships(
                        "xl/externalLinks/_rels/externalLink1.xml.rels",
                        Packed.external("rId1", "externalLinkPath", "file:///D:/%E8%A1%A8.xlsx"))
                .relationships(
                        "xl/worksheets/_rels/sheet1.xml.rels",
                        Packed.external("rId1", "hyperlink", "https://example.org/harmless"),
                        Packed.external("rId2", "image", "https://example.org/seen.png"))
                .bytes();

        assertThat(WorkbookReader.read("routing.xlsx", workbook, problems::add))
                .singleElement()
                .satisfies(
                        sheet -> assertThat(sheet.lines().get(0).cell(0).text()).isEqualTo("共享"));
        assertThat(problems)
                .extracting(problem -> problem.at() + ": " + problem.code() + ": " + problem.args())
                .containsExactlyInAnyOrder(
                        "routing.xlsx: MACROS: [xl/vbaProject.bin]",
                        "routing.xlsx: MACROS: [xl/macrosheets/sheet1.xml]",
                        "routing.xlsx: EMBEDDED_OBJECT: [xl/embeddings/oleObject1.bin]",
                        "routing.xlsx: EMBEDDED_OBJECT: [xl/activeX/activeX1.bin]",
                        "routing.xlsx: DATA_CONNECTION: [xl/connections.xml]",
                        "routing.xlsx: DDE_LINK: [xl/externalLinks/externalLink2.xml]",
                        "routing.xlsx: EXTERNAL_LINK: [file:///D:/%E8%A1%A8.xlsx]",
                        "routing.xlsx: EXTERNAL_LINK: [https://example.org/seen.png]");
        assertThat(problems).noneMatch(problem -> problem.code().isError());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "TODAY()+1 | VOLATILE_FORMULA | TODAY",
                "IF(A1>0,_xlfn.RANDARRAY(1),0) | VOLATILE_FORMULA | RANDARRAY",
                "SUM(OFFSET(A1,1,1)) | VOLATILE_FORMULA | OFFSET",
                "indirect(A1) | VOLATILE_FORMULA | INDIRECT",
                "[1]Sheet1!A1+1 | EXTERNAL_FORMULA | [1]Sheet1",
                "VLOOKUP(A1,'C:\\x\\[账本.xlsx]一 月'!A1:B2,2) | EXTERNAL_FORMULA | 'C:\\x\\[账本.xlsx]一 月'",
                "TODAY()+[1]S!A1 | EXTERNAL_FORMULA | [1]S",
                "_xlfn.WEBSERVICE(A1) | CALLING_FORMULA | WEBSERVICE",
                "DDE(A1,B1,C1) | CALLING_FORMULA | DDE",
                "`cmd|'/c calc'!A0` | CALLING_FORMULA | `cmd|`",
                "NOW()+CALL(A1) | CALLING_FORMULA | CALL",
            })
    void a_formula_that_looks_beyond_its_workbook_is_told_at_its_cell(String formula, String code, String by) {
        SheetData sheet = read("<c r=\"B7\"><f>" + formula.replace("<", "&lt;") + "</f><v>5</v></c>");

        assertThat(problems)
                .extracting(problem -> problem.at() + ": " + problem.code() + ": " + problem.args())
                .containsExactly("routing.xlsx 派单目录!B7: " + code + ": [=" + formula + ", " + by + "]");
        assertThat(sheet.lines().get(0).cell(1).text()).isEqualTo("5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A1+1",
                "\"TODAY() [1]S!A1 cmd|x\"&amp;A1",
                "SUM(表1[人数],表1[[#All],[a]])",
                "'a|b'!A1",
                "TODAYS(1)",
                "'it''s'!A1",
                "\"",
                "["
            })
    void a_formula_that_only_computes_is_not_told(String formula) {
        read("<c r=\"B7\"><f>" + formula + "</f><v>5</v></c>");

        assertThat(lines(Locale.ENGLISH)).isEmpty();
    }

    @Test
    void a_formula_that_cells_share_is_told_at_each() {
        read("<c r=\"A7\"><f t=\"shared\" ref=\"A7:B7\" si=\"0\">NOW()</f><v>5</v></c>"
                + "<c r=\"B7\"><f t=\"shared\" si=\"0\"/><v>5</v></c>");

        assertThat(problems)
                .extracting(problem -> problem.at() + ": " + problem.code())
                .containsExactly("routing.xlsx 派单目录!A7: VOLATILE_FORMULA", "routing.xlsx 派单目录!B7: VOLATILE_FORMULA");
    }

    @Test
    void every_type_of_cell_is_read() {
        SheetData sheet = read("<c t=\"s\"><v>0</v></c><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c>"
                + "<c t=\"d\"><v>2026-01-31T00:00:00</v></c><c><v>1E2</v></c><c t=\"str\"><f>A1</f><v></v></c>"
                + "<c><f>A1</f></c><c t=\"inlineStr\"><is><r><t>甲</t></r><r><t>乙</t></r><rPh><t>yi</t></rPh></is></c>"
                + "<c><v>0.1000000000000000055</v></c>");

        assertThat(sheet.lines().get(0).cells())
                .extracting(Cell::text)
                .containsExactly("共享", "是", "#N/A", "2026-01-31", "100", "", "=A1", "甲乙", "0.1");
        assertThat(sheet.lines().get(0).cells())
                .extracting(Cell::error)
                .containsExactly(false, false, true, false, false, false, true, false, false);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2026-01-31, 46053",
        "0, 1900-01-01, 1",
        "0, 1900-03-01, 61",
        "1, 1904-01-02, 1",
        "1, 2026-01-31, 44591"
    })
    void a_date_counts_as_its_workbook_does(String macintosh, String date, String number) {
        byte[] workbook = Packed.workbook("<row><c s=\"1\"><v>" + number + "</v></c></row>")
                .part(
                        "xl/styles.xml",
                        "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy&quot;年&quot;m\"/>"
                                + "</numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>")
                .part(
                        "xl/workbook.xml",
                        "<workbook><workbookPr date1904=\"" + macintosh
                                + "\"/><sheets><sheet name=\"表\" id=\"rId1\"/></sheets></workbook>")
                .bytes();

        assertThat(WorkbookReader.read("routing.xlsx", workbook, problems::add)
                        .get(0)
                        .lines()
                        .get(0)
                        .cell(0)
                        .date())
                .isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource({
        "9, '', 0.8, 80",
        "10, '', 1, 100",
        "9, '', 0.07, 7",
        "170, 0.0%, 0.125, 12.5",
        "170, 0\"%\", 80, 80",
        "170, '#,##0', 1200, 1200",
        "170, '¥#,##0.00', 1200.5, 1200.5",
        "0, '', 0.8, 0.8"
    })
    void a_number_that_is_shown_as_a_percentage_is_the_one_before_the_sign(
            String format, String code, String stored, String meant) {
        byte[] workbook = Packed.workbook("<row><c s=\"1\"><v>" + stored + "</v></c></row>")
                .part(
                        "xl/styles.xml",
                        "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\""
                                + code.replace("\"", "&quot;")
                                + "\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\""
                                + format + "\"/></cellXfs></styleSheet>")
                .bytes();

        Cell cell = WorkbookReader.read("routing.xlsx", workbook, problems::add)
                .get(0)
                .lines()
                .get(0)
                .cell(0);

        assertThat(cell.text()).isEqualTo(meant);
        assertThat(cell.number()).isEqualByComparingTo(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "<strike/>, 1, 1, 0, true",
        "<strike/>, 1, 0, 0, false",
        "<strike val=\"1\"/>, 1, 1, 1, true",
        "<strike val=\"0\"/>, 1, 1, 1, false",
        "<b/>, 1, 1, 1, false"
    })
    void a_row_is_struck_through_when_most_of_its_cells_are(String font, int a, int b, int c, boolean struck) {
        byte[] workbook = Packed.workbook("<row><c s=\"" + a + "\"><v>1</v></c><c s=\"" + b + "\"><v>2</v></c><c s=\""
                        + c + "\"><v>3</v></c></row>")
                .part(
                        "xl/styles.xml",
                        "<styleSheet><fonts><font/><font>" + font + "</font></fonts>"
                                + "<cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\"/></cellXfs>"
                                + "<dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>")
                .bytes();

        assertThat(WorkbookReader.read("routing.xlsx", workbook, problems::add)
                        .get(0)
                        .lines()
                        .get(0)
                        .struck())
                .isEqualTo(struck);
    }

    private SheetData read(String cells) {
        return WorkbookReader.read(
                        "routing.xlsx",
                        Packed.workbook("<row r=\"7\">" + cells + "</row>").bytes(),
                        problems::add)
                .get(0);
    }

    private List<String> lines(Locale locale) {
        return problems.stream().map(problem -> problem.line(locale)).toList();
    }
}
