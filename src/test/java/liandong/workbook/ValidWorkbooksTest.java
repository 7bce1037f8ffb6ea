package liandong.workbook;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import liandong.District;
import liandong.decision.Decisions;
import liandong.incident.Vocabulary;
import liandong.policy.PolicyLoader;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.sheet.Cell;
import liandong.sheet.GeneratedSheets;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a spreadsheet program may write, and some other programs do, is read, marked and formatted. */
class ValidWorkbooksTest {
    private static final String FILE = "closure.xlsx";
    private static final String SHEET = "xl/worksheets/sheet2.xml";
    private static final Vocabulary WORDS = PolicyLoader.vocabulary(District.files());

    /** The parts of a workbook by name. */
    private static final class Book {
        private final Map<String, String> parts = new TreeMap<>();

        Book(byte[] workbook) {
            Parts.of(workbook).forEach((name, bytes) -> parts.put(name, new String(bytes, StandardCharsets.UTF_8)));
        }

        void replace(String part, String regex, String by) {
            String before = requireNonNull(parts.get(part), part);
            String after = before.replaceAll("(?s)" + regex, by);
            assertThat(after).as(part).isNotEqualTo(before);
            parts.put(part, after);
        }

        void everywhere(String text, String by) {
            parts.replaceAll((name, content) -> content.replace(text, by));
        }

        void rename(String part, String name) {
            parts.put(name, requireNonNull(parts.remove(part)));
        }

        void relationship(String part, String attributes) {
            parts.merge(
                    part,
                    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
                            + attributes + "/></Relationships>",
                    (before, one) ->
                            before.replace("</Relationships>", "<Relationship " + attributes + "/></Relationships>"));
        }

        byte[] packed() {
            var bytes = new ByteArrayOutputStream();
            try (var zip = new ZipOutputStream(bytes)) {
                for (var part : parts.entrySet()) {
                    zip.putNextEntry(new ZipEntry(part.getKey()));
                    zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }
    }

    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    static Map<String, Consumer<Book>> variants() {
        var all = new LinkedHashMap<String, Consumer<Book>>();
        all.put("as it is", book -> {});
        for (String list :
                List.of("fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "numFmts")) {
            all.put(
                    "styles without " + list,
                    book -> book.parts.computeIfPresent(
                            "xl/styles.xml",
                            (name, xml) -> xml.replaceAll("(?s)<" + list + "\\b.*</" + list + ">", "")
                                    .replaceAll("<" + list + "[^>]*/>", "")));
            all.put(
                    "styles with empty " + list,
                    book -> book.parts.computeIfPresent(
                            "xl/styles.xml",
                            (name, xml) -> xml.replaceAll(
                                    "(?s)<" + list + "\\b.*</" + list + ">", "<" + list + " count=\"0\"/>")));
        }
        all.put("empty styles", book -> book.replace("xl/styles.xml", "(<styleSheet[^>]*>).*", "$1</styleSheet>"));
        all.put(
                "styles of one bare format",
                book -> book.replace(
                        "xl/styles.xml",
                        "(<styleSheet[^>]*>).*",
                        "$1<cellXfs count=\"1\"><xf/></cellXfs></styleSheet>"));
        all.put("no styles part", book -> {
            book.parts.remove("xl/styles.xml");
            book.replace("xl/_rels/workbook.xml.rels", "<Relationship [^>]*/styles\"[^>]*>", "");
            book.replace("[Content_Types].xml", "<Override PartName=\"/xl/styles.xml\"[^>]*>", "");
        });
        all.put("a relationship to a styles part that is not there", book -> book.parts.remove("xl/styles.xml"));
        all.put("a relationship to a theme that is not there", book -> book.parts.remove("xl/theme/theme1.xml"));
        all.put(
                "a relationship to shared strings that are not there",
                book -> book.relationship(
                        "xl/_rels/workbook.xml.rels",
                        "Id=\"rId99\" Type=\"" + OFFICE + "/sharedStrings\" Target=\"sharedStrings.xml\""));
        for (String type : List.of(
                "drawing", "vmlDrawing", "comments", "printerSettings", "table", "image", "hyperlink", "pivotTable")) {
            all.put(
                    "a sheet's relationship to a " + type + " that is not there",
                    book -> book.relationship(
                            "xl/worksheets/_rels/sheet2.xml.rels",
                            "Id=\"rId99\" Type=\"" + OFFICE + "/" + type + "\" Target=\"../nowhere/no.xml\""));
        }
        all.put(
                "a relationship to NULL",
                book -> book.relationship(
                        "xl/worksheets/_rels/sheet2.xml.rels",
                        "Id=\"rId99\" Type=\"" + OFFICE + "/image\" Target=\"NULL\""));
        all.put(
                "a hyperlink that is no address",
                book -> book.relationship(
                        "xl/worksheets/_rels/sheet2.xml.rels",
                        "Id=\"rId99\" Type=\"" + OFFICE
                                + "/hyperlink\" Target=\"mailto:a b %zz 甲\" TargetMode=\"External\""));
        all.put("a drawing and notes that are not there", book -> {
            book.relationship(
                    "xl/worksheets/_rels/sheet2.xml.rels",
                    "Id=\"rId98\" Type=\"" + OFFICE + "/drawing\" Target=\"../drawings/drawing1.xml\"");
            book.relationship(
                    "xl/worksheets/_rels/sheet2.xml.rels",
                    "Id=\"rId99\" Type=\"" + OFFICE + "/vmlDrawing\" Target=\"../drawings/vmlDrawing1.vml\"");
            book.replace(
                    SHEET,
                    "</worksheet>",
                    "<drawing xmlns:r=\"" + OFFICE + "\" r:id=\"rId98\"/><legacyDrawing xmlns:r=\"" + OFFICE
                            + "\" r:id=\"rId99\"/></worksheet>");
        });
        all.put(
                "a legacy drawing without relationship",
                book -> book.replace(
                        SHEET,
                        "</worksheet>",
                        "<legacyDrawing xmlns:r=\"" + OFFICE + "\" r:id=\"rId77\"/></worksheet>"));
        all.put(
                "a drawing without relationship",
                book -> book.replace(
                        SHEET, "</worksheet>", "<drawing xmlns:r=\"" + OFFICE + "\" r:id=\"rId77\"/></worksheet>"));
        all.put("absolute targets", book -> book.everywhere("Target=\"worksheets/", "Target=\"/xl/worksheets/"));
        all.put("relative targets", book -> book.everywhere("Target=\"/xl/worksheets/", "Target=\"worksheets/"));
        all.put(
                "targets by way of their folder",
                book -> book.everywhere("Target=\"/xl/worksheets/", "Target=\"./../xl/worksheets/"));
        all.put("part names in another case", book -> {
            book.rename("xl/workbook.xml", "xl/Workbook.xml");
            book.rename(SHEET, "xl/Worksheets/Sheet2.XML");
            book.rename("xl/styles.xml", "xl/Styles.xml");
        });
        all.put("relationships in another case", book -> {
            book.rename("xl/_rels/workbook.xml.rels", "xl/_Rels/Workbook.xml.RELS");
            book.rename("[Content_Types].xml", "[content_types].xml");
        });
        all.put("part names with a slash before them", book -> {
            for (String name : List.copyOf(book.parts.keySet())) {
                if (!name.startsWith("[")) {
                    book.rename(name, "/" + name);
                }
            }
        });
        all.put("part names with backslashes", book -> {
            for (String name : List.copyOf(book.parts.keySet())) {
                book.rename(name, name.replace('/', '\\'));
            }
        });
        all.put("a part name that is written in percents", book -> {
            book.rename(SHEET, "xl/worksheets/表 2.xml");
            book.everywhere("worksheets/sheet2.xml", "worksheets/%E8%A1%A8%202.xml");
        });
        all.put("a part name in percents", book -> {
            book.rename(SHEET, "xl/worksheets/sheet%202.xml");
            book.everywhere("worksheets/sheet2.xml", "worksheets/sheet%202.xml");
        });
        all.put("a main part of another name", book -> {
            book.rename("xl/workbook.xml", "xl/book.xml");
            book.rename("xl/_rels/workbook.xml.rels", "xl/_rels/book.xml.rels");
            book.everywhere("xl/workbook.xml", "xl/book.xml");
        });
        all.put("a main part by default", book -> {
            book.replace("[Content_Types].xml", "<Override PartName=\"/xl/workbook.xml\"[^>]*>", "");
            book.replace(
                    "[Content_Types].xml",
                    "ContentType=\"application/xml\"",
                    "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"");
        });
        all.put("strict namespaces", book -> {
            book.everywhere(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships");
            book.everywhere(
                    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    "http://purl.oclc.org/ooxml/spreadsheetml/main");
            book.everywhere(
                    "http://schemas.openxmlformats.org/drawingml/2006/main",
                    "http://purl.oclc.org/ooxml/drawingml/main");
        });
        all.put("prefixed elements", book -> {
            book.parts.computeIfPresent(
                    SHEET,
                    (name, xml) -> xml.replaceAll("<(/?)(\\w+)", "<$1x:$2").replace("xmlns=", "xmlns:x="));
        });
        all.put(
                "cells and rows without places",
                book -> book.parts.computeIfPresent(SHEET, (name, xml) -> xml.replaceAll("<row r=\"\\d+\"", "<row")));
        all.put(
                "cells with a style that is not there",
                book -> book.replace(SHEET, "<c ([^>]*?)s=\"\\d+\"", "<c $1s=\"999\""));
        all.put(
                "coloured cells far out",
                book -> book.replace(SHEET, "(<row r=\"3\".*?)</row>", "$1<c r=\"XFD3\" s=\"1\"/></row>"));
        all.put(
                "a coloured row at the end",
                book -> book.replace(
                        SHEET,
                        "</sheetData>",
                        "<row r=\"1048576\" s=\"1\" customFormat=\"1\"><c r=\"A1048576\" s=\"1\"/></row></sheetData>"));
        all.put("no properties", book -> {
            book.parts.remove("docProps/core.xml");
            book.parts.remove("docProps/app.xml");
        });
        all.put("two main parts, of which one counts", book -> {
            book.parts.put(
                    "xl/other.xml",
                    requireNonNull(book.parts.get("xl/workbook.xml")).replaceAll("(<sheet [^>]*name=\")", "$1假"));
            book.replace(
                    "[Content_Types].xml",
                    "</Types>",
                    "<Override PartName=\"/xl/other.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>");
        });
        all.put("texts that are shared", book -> shareTexts(book));
        all.put(
                "texts of pieces with readings",
                book -> book.replace(
                        SHEET,
                        "<is><t[^>]*>([^<&]{2})([^<]*)</t></is>",
                        "<is><r><t>$1</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">$2</t></r><rPh sb=\"0\" eb=\"1\"><t>よみ</t></rPh></is>"));
        all.put("letters that are escaped", book -> book.replace(SHEET, "EVI", "_x0045_VI"));
        all.put(
                "texts that formulas gave",
                book -> book.replace(
                        SHEET,
                        "<c r=\"(\\w+)\"([^>]*?) t=\"inlineStr\"([^>]*)><is><t[^>]*>([^<]*)</t></is></c>",
                        "<c r=\"$1\"$2 t=\"str\"$3><f t=\"shared\" ref=\"$1\" si=\"0\">T(\"x\")</f><v>$4</v></c>"));
        all.put(
                "names of nothing",
                book -> book.replace(
                        "xl/workbook.xml",
                        "<sheets>(.*)</sheets>(<definedNames>.*?</definedNames>)?",
                        "<sheets>$1</sheets><definedNames><definedName name=\"_xlnm.Print_Area\" localSheetId=\"1\">#REF!</definedName><definedName name=\"空\"/><definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"99\" hidden=\"1\">x!\\$A\\$1</definedName><definedName name=\"f\">_xlfn.LAMBDA(_xlpm.x,_xlpm.x+1)</definedName></definedNames>"));
        return all;
    }

    /** The texts of a sheet into a part of their own, as most programs keep them. */
    private static void shareTexts(Book book) {
        var texts = new ArrayList<String>();
        book.parts.computeIfPresent(
                SHEET,
                (name, xml) -> Pattern.compile("t=\"inlineStr\"([^>]*)><is>(.*?)</is>", Pattern.DOTALL)
                        .matcher(xml)
                        .replaceAll(cell -> {
                            texts.add(cell.group(2));
                            return "t=\"s\"" + cell.group(1) + "><v>" + (texts.size() - 1) + "</v>";
                        }));
        assertThat(texts).isNotEmpty();
        book.parts.put(
                "xl/texts.xml",
                "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si>"
                        + String.join("</si><si>", texts) + "</si></sst>");
        book.relationship(
                "xl/_rels/workbook.xml.rels",
                "Id=\"rId99\" Type=\"" + OFFICE + "/sharedStrings\" Target=\"texts.xml\"");
        book.replace(
                "[Content_Types].xml",
                "</Types>",
                "<Override PartName=\"/xl/texts.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/></Types>");
    }

    static List<String> names() {
        return List.copyOf(variants().keySet());
    }

    private static Map<String, List<SheetData.Line>> cells(byte[] workbook) {
        var problems = new ArrayList<Problem>();
        var sheets = new LinkedHashMap<String, List<SheetData.Line>>();
        for (SheetData sheet : WorkbookReader.read(FILE, workbook, problems::add)) {
            if (!GeneratedSheets.NAMES.contains(sheet.name())) {
                sheets.put(sheet.name(), sheet.lines());
            }
        }
        problems.removeIf(each -> !each.code().isError());
        assertThat(problems).isEmpty();
        return sheets;
    }

    @ParameterizedTest
    @MethodSource("names")
    void it_is_read_marked_and_formatted(String name) throws IOException {
        byte[] plain = Files.readAllBytes(District.TABLES.resolve(FILE));
        var book = new Book(plain);
        requireNonNull(variants().get(name)).accept(book);
        byte[] workbook = book.packed();

        assertThat(cells(workbook)).isEqualTo(cells(plain));
        var problems = new ArrayList<Problem>();
        String sheet = cells(plain).keySet().stream().skip(1).findFirst().orElseThrow();
        byte[] copy = Annotated.copy(
                FILE,
                workbook,
                List.of(Problem.of(Code.MISSING_ID, new CellRef(FILE, sheet, 3, 0))),
                Locale.CHINESE,
                problems::add);
        assertThat(problems).isEmpty();
        assertThat(cells(requireNonNull(copy))).isEqualTo(cells(plain));
        Formatted formatted = Formatted.of(FILE, workbook, Decisions.schema(), WORDS, true, problems::add);
        assertThat(problems).isEmpty();
        assertThat(cells(requireNonNull(formatted).workbook())).isEqualTo(cells(plain));
    }

    @Test
    void what_is_written_in_texts_of_iso_8601_is_a_date_with_its_time_and_keeps_showing_it() throws IOException {
        byte[] plain = Files.readAllBytes(District.TABLES.resolve(FILE));
        var book = new Book(plain);
        String style = "s=\"0\"";
        book.replace(
                SHEET,
                "</sheetData>",
                "<row r=\"900\"><c r=\"A900\" " + style
                        + " t=\"d\"><v>2026-10-01</v></c><c r=\"B900\" t=\"d\"><v>2026-10-01T08:30:00Z</v></c>"
                        + "<c r=\"C900\" t=\"d\"><v>08:30:00</v></c><c r=\"D900\" t=\"d\"><v>2026-10-01T00:00:00</v></c></row></sheetData>");
        byte[] workbook = book.packed();

        List<Cell> read = last(workbook);
        var problems = new ArrayList<Problem>();
        byte[] copy = Annotated.copy(FILE, workbook, List.of(), Locale.CHINESE, problems::add);

        assertThat(read)
                .extracting(Cell::moment)
                .containsExactly(
                        LocalDateTime.parse("2026-10-01T00:00"),
                        LocalDateTime.parse("2026-10-01T08:30"),
                        null,
                        LocalDateTime.parse("2026-10-01T00:00"));
        assertThat(read.get(2).number()).isEqualByComparingTo("0.354166666666667");
        assertThat(last(requireNonNull(copy)))
                .extracting(Cell::text)
                .containsExactly("2026-10-01", "2026-10-01 08:30:00Z", "08:30:00", "2026-10-01");
        assertThat(problems).isEmpty();
    }

    private static List<Cell> last(byte[] workbook) {
        List<SheetData.Line> lines =
                cells(workbook).values().stream().skip(1).findFirst().orElseThrow();
        return lines.get(lines.size() - 1).cells();
    }

    @Test
    void what_cannot_be_given_back_is_told_with_what_to_do_and_never_as_damaged() throws IOException {
        var book = new Book(Files.readAllBytes(District.TABLES.resolve(FILE)));
        book.replace("docProps/core.xml", "(<dcterms:created[^>]*>)[^<]*", "$1yesterday");
        byte[] workbook = book.packed();

        var marking = new ArrayList<Problem>();
        byte[] copy = Annotated.copy(FILE, workbook, List.of(), Locale.CHINESE, marking::add);
        var formatting = new ArrayList<Problem>();
        Formatted formatted = Formatted.of(FILE, workbook, Decisions.schema(), WORDS, false, formatting::add);

        assertThat(copy).isNull();
        assertThat(formatted).isNull();
        assertThat(marking).isEqualTo(formatting);
        assertThat(marking)
                .extracting(problem -> problem.line(Locale.ENGLISH))
                .containsExactly(
                        "closure.xlsx: UNEDITABLE_WORKBOOK: The workbook can be read, but it is put together in a way in which"
                                + " nothing can be marked or changed in it. Open it in Excel or WPS, save it as a new Excel"
                                + " workbook (.xlsx), and use that file; a check without marks needs nothing of this.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"_x0041_", "a_x005F_x0041_b", "\u0001\r\n\t", "甲\uD83D\uDE00乙", "\uFFFE", "_x00", "__x0041__"})
    void a_text_that_is_written_is_read_as_it_is(String text) {
        byte[] workbook = Editable.make(made -> {
            Editable.text(made.createSheet("表").createRow(0).createCell(0), "[" + text + "]");
            return Editable.bytes(made);
        });

        assertThat(cells(workbook).values().iterator().next().get(0).cell(0).text())
                .isEqualTo("[" + text + "]");
    }
}
