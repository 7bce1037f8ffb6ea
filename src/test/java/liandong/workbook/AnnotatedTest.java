package liandong.workbook;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import liandong.District;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.LineRef;
import liandong.problem.Problem;
import liandong.sheet.GeneratedSheets;
import liandong.table.Workbooks;
import org.apache.poi.ss.usermodel.ConditionalFormatting;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class AnnotatedTest {
    private static final String FILE = "routing.xlsx";

    /** What a sheet gets besides its cells when it has comments; the rest of a sheet must not change at all. */
    private static final Set<String> OURS = Set.of("legacyDrawing", "conditionalFormatting", "drawing");

    private static byte[] district(String file) throws IOException {
        return Files.readAllBytes(District.TABLES.resolve(file));
    }

    private static byte[] copy(String file, byte[] workbook, List<Problem> findings) {
        var problems = new ArrayList<Problem>();
        byte[] copy = Annotated.copy(file, workbook, findings, Locale.CHINESE, problems::add);
        assertThat(problems).isEmpty();
        return requireNonNull(copy);
    }

    private static XSSFWorkbook open(byte[] workbook) throws IOException {
        return new XSSFWorkbook(new ByteArrayInputStream(workbook));
    }

    /** A finding of each severity at the first, a middle and an empty cell of every sheet. */
    private static List<Problem> everywhere(String file, byte[] workbook) throws IOException {
        var findings = new ArrayList<Problem>();
        try (XSSFWorkbook open = open(workbook)) {
            open.sheetIterator().forEachRemaining(sheet -> {
                String name = sheet.getSheetName();
                findings.add(Problem.of(Code.MISSING_ID, new CellRef(file, name, 3, 0)));
                findings.add(Problem.of(Code.MISTYPED_LABEL, new CellRef(file, name, 4, 2), "甲局", "单位", "乙局"));
                findings.add(Problem.of(Code.BLANK_GAP, new CellRef(file, name, 4, 2), "4–5"));
                findings.add(Problem.of(Code.BLANK_GAP, new CellRef(file, name, 900_000, 30), "4–5"));
            });
        }
        return findings;
    }

    /** Everything in a sheet's part but what is ours; conditional formats by their condition and order. */
    private static String rest(Document sheet) {
        var text = new StringBuilder();
        for (var child = sheet.getDocumentElement().getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && !OURS.contains(element.getLocalName())) {
                text.append(written(element));
            } else if (child instanceof Element element
                    && element.getLocalName().equals("conditionalFormatting")
                    && !element.getTextContent().contains("ISTEXT")) {
                text.append(Parts.canonical(element).replaceAll(" priority=\"\\d+\"", ""));
            }
        }
        return text.toString();
    }

    /** An element without what POI writes out though it is what holds anyway. */
    private static String written(Element element) {
        return Parts.canonical(element)
                .replaceAll(" tabSelected=\"\\d\"", "")
                .replaceAll("(<col [^>]*?) style=\"0\"", "$1");
    }

    private static List<String> styles(byte[] workbook, String list) {
        Document styles = Parts.xml(Parts.of(workbook).get("xl/styles.xml"));
        var found = new ArrayList<String>();
        for (var child = Parts.elements(styles, list).get(0).getFirstChild();
                child != null;
                child = child.getNextSibling()) {
            if (child instanceof Element) {
                // POI writes down which parts of a style apply, where the file leaves that to be guessed.
                found.add(Parts.canonical(child).replaceAll(" (apply|pivot|quote)\\w+=\"\\d\"", ""));
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"routing.xlsx", "closure.xlsx", "scoring.xlsx", "vocabulary.xlsx", "calendar.xlsx"})
    void of_a_whole_workbook_nothing_changes_but_the_marks(String file) throws IOException {
        byte[] before = district(file);

        byte[] after = copy(file, before, everywhere(file, before));

        Map<String, Document> was = Parts.sheets(before);
        Map<String, Document> is = Parts.sheets(after);
        assertThat(is.remove(GeneratedSheets.FINDINGS)).isNotNull();
        assertThat(is.keySet()).isEqualTo(was.keySet());
        was.forEach((name, sheet) ->
                assertThat(rest(requireNonNull(is.get(name)))).as(name).isEqualTo(rest(sheet)));
        for (String list : List.of("fonts", "fills", "borders", "cellXfs", "dxfs")) {
            List<String> old = styles(before, list);
            assertThat(styles(after, list).subList(0, old.size())).as(list).isEqualTo(old);
        }
        assertThat(names(after)).containsAll(names(before));
    }

    /** Defined names with the sheet they belong to: print areas and titles. */
    private static List<String> names(byte[] workbook) throws IOException {
        try (XSSFWorkbook open = open(workbook)) {
            return open.getAllNames().stream()
                    .map(name -> name.getNameName() + " of "
                            + (name.getSheetIndex() < 0 ? "all" : open.getSheetName(name.getSheetIndex())) + " is "
                            + name.getRefersToFormula())
                    .toList();
        }
    }

    @Test
    void each_cell_is_coloured_by_the_worst_and_its_comment_says_all() throws IOException {
        byte[] before = district(FILE);
        byte[] after = copy(FILE, before, everywhere(FILE, before));

        try (XSSFWorkbook open = open(after)) {
            XSSFSheet sheet = open.getSheet("派单目录");
            assertThat(colours(sheet)).containsExactly("A3 FFFF9B9B", "C4 FFFF9B9B", "AE900000 FFCFE2F3");
            assertThat(comment(sheet, "A3")).isEqualTo("【检查】\n这一行没有编号。\n→ 请给一个从未用过的编号。");
            assertThat(comment(sheet, "C4"))
                    .isEqualTo("【检查】\n“甲局”不在“单位”的名录中。\n→ 是否为“乙局”？\n第 4–5 行是空行；其下的行仍然有效。\n→ 请删去空行。");
            assertThat(sheet.getLastRowNum()).isLessThan(1000);
        }
    }

    private static String comment(XSSFSheet sheet, String at) {
        return requireNonNull(sheet.getCellComment(new CellAddress(at)))
                .getString()
                .getString();
    }

    /** Our colours in the order in which they apply. */
    private static List<String> colours(XSSFSheet sheet) {
        var colours = new ArrayList<String>();
        var others = new ArrayList<Integer>();
        var formats = sheet.getSheetConditionalFormatting();
        for (int i = 0; i < formats.getNumConditionalFormattings(); i++) {
            ConditionalFormatting format = formats.getConditionalFormattingAt(i);
            var rule = format.getRule(0);
            if (rule.getFormula1().startsWith("ISTEXT")) {
                assertThat(rule.getPriority()).isEqualTo(1);
                for (var range : format.getFormattingRanges()) {
                    var colour = (org.apache.poi.xssf.usermodel.XSSFColor)
                            rule.getPatternFormatting().getFillBackgroundColorColor();
                    colours.add(range.formatAsString() + " " + colour.getARGBHex());
                }
            } else {
                others.add(rule.getPriority());
            }
        }
        assertThat(others).doesNotContain(colours.isEmpty() ? 0 : 1);
        return colours;
    }

    @Test
    void the_first_sheet_lists_all_findings_and_links_those_at_a_cell() throws IOException {
        byte[] before = district(FILE);
        var findings = List.of(
                Problem.of(Code.MISSING_ID, new CellRef(FILE, "派单目录", 88, 0)),
                Problem.of(Code.UNUSUAL_CHARACTERS, new CellRef(FILE, "派单目录", 4, 26), "５", "5"),
                Problem.of(Code.BAD_RULE, new LineRef("rules/routing.drl", 7), "=1+1"),
                Problem.of(Code.MISSING_FILE, new FileRef("calendar.xlsx"), "calendar.xlsx"),
                Problem.of(Code.MISSING_ID, new CellRef("closure.xlsx", "重办", 3, 0)));

        try (XSSFWorkbook open = open(copy(FILE, before, findings))) {
            assertThat(open.getActiveSheetIndex()).isZero();
            assertThat(open.getSheetName(0)).isEqualTo("检查结果");
            XSSFSheet list = open.getSheetAt(0);
            assertThat(list.getRow(0).getCell(0).getStringCellValue()).isEqualTo("检查结果：错误 4 处，警告 0 处，提示 1 处");
            var rows = new ArrayList<String>();
            for (int i = 4; i <= list.getLastRowNum(); i++) {
                var cells = new ArrayList<String>();
                list.getRow(i).forEach(cell -> cells.add(cell.getStringCellValue()));
                var link = list.getRow(i).getCell(1).getHyperlink();
                rows.add(String.join(" | ", cells) + " | " + (link == null ? "-" : link.getAddress()));
            }
            assertThat(rows)
                    .containsExactly(
                            "错误 | routing.xlsx 派单目录!A88 | MISSING_ID | 这一行没有编号。 | 请给一个从未用过的编号。 | '派单目录'!A88",
                            "提示 | routing.xlsx 派单目录!AA4 | UNUSUAL_CHARACTERS | “５”按“5”理解。 | 请改用半角数字和符号。 | '派单目录'!AA4",
                            "错误 | rules/routing.drl:7 | BAD_RULE | 规则文件无法编译：=1+1 |  | -",
                            "错误 | calendar.xlsx | MISSING_FILE | 缺少 calendar.xlsx。 | 请放入政策目录，或指定别的目录。 | -",
                            "错误 | closure.xlsx 重办!A3 | MISSING_ID | 这一行没有编号。 | 请给一个从未用过的编号。 | -");
            var selected = new ArrayList<String>();
            open.sheetIterator().forEachRemaining(sheet -> {
                if (sheet.isSelected()) {
                    selected.add(sheet.getSheetName());
                }
            });
            assertThat(selected).containsExactly("检查结果");
        }
    }

    @Test
    void an_annotated_copy_is_annotated_anew() throws IOException {
        byte[] before = district(FILE);
        byte[] first = copy(FILE, before, everywhere(FILE, before));

        byte[] second = copy(FILE, first, List.of(Problem.of(Code.MISSING_ID, new CellRef(FILE, "派单目录", 88, 0))));

        try (XSSFWorkbook open = open(second)) {
            assertThat(open.getSheet("关键词").getCellComments()).isEmpty();
            assertThat(colours(open.getSheet("关键词"))).isEmpty();
            assertThat(open.getSheet("派单目录").getCellComments()).hasSize(1);
            assertThat(colours(open.getSheet("派单目录"))).containsExactly("A88 FFFF9B9B");
            assertThat(open.getSheet("检查结果").getLastRowNum()).isEqualTo(4);
        }
        Parts.sheets(before)
                .forEach((name, sheet) -> assertThat(
                                rest(requireNonNull(Parts.sheets(second).get(name))))
                        .as(name)
                        .isEqualTo(rest(sheet)));
    }

    @Test
    void what_somebody_has_commented_stays_above_ours() throws IOException {
        byte[] commented;
        try (XSSFWorkbook open = open(district(FILE))) {
            XSSFSheet sheet = open.getSheet("派单目录");
            for (int column = 0; column < 4; column++) {
                var comment = sheet.createDrawingPatriarch()
                        .createCellComment(new XSSFClientAnchor(0, 0, 0, 0, column, 2, column + 2, 5));
                comment.setString(new XSSFRichTextString("请核对 " + column));
                comment.setAuthor("张三");
            }
            commented = Editable.bytes(open);
        }
        var findings = List.of(
                Problem.of(Code.MISSING_ID, new CellRef(FILE, "派单目录", 3, 0)),
                Problem.of(Code.MISSING_ID, new CellRef(FILE, "派单目录", 3, 4)));

        byte[] once = copy(FILE, commented, findings);
        byte[] again = copy(FILE, once, List.of());

        try (XSSFWorkbook open = open(once)) {
            XSSFSheet sheet = open.getSheet("派单目录");
            assertThat(comment(sheet, "A3")).isEqualTo("请核对 0\n\n【检查】\n这一行没有编号。\n→ 请给一个从未用过的编号。");
            assertThat(comment(sheet, "B3")).isEqualTo("请核对 1");
            assertThat(comment(sheet, "E3")).startsWith("【检查】");
        }
        try (XSSFWorkbook open = open(again)) {
            XSSFSheet sheet = open.getSheet("派单目录");
            assertThat(sheet.getCellComments().values())
                    .extracting(comment ->
                            comment.getAuthor() + " " + comment.getString().getString())
                    .containsExactlyInAnyOrder("张三 请核对 0", "张三 请核对 1", "张三 请核对 2", "张三 请核对 3");
        }
    }

    @Test
    void drop_downs_of_the_newer_kind_and_formulas_survive() throws IOException {
        String extension = "<extLst><ext uri=\"{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}\""
                + " xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\">"
                + "<x14:dataValidations count=\"1\" xmlns:xm=\"http://schemas.microsoft.com/office/excel/2006/main\">"
                + "<x14:dataValidation type=\"list\" allowBlank=\"1\"><x14:formula1><xm:f>说明!$A$71:$A$260</xm:f>"
                + "</x14:formula1><xm:sqref>B3:B600</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>";
        byte[] before = Parts.edited(
                Workbooks.xlsx(Map.of(
                        "派单目录", new String[][] {{"派单目录"}, {"编号 Id", "分值 Points"}, {"D-1", "=SUM(1,2) → 3"}})),
                (part, text) -> part.equals("xl/worksheets/sheet1.xml")
                        ? text.replace("</worksheet>", extension + "</worksheet>")
                        : text);

        byte[] after = copy(FILE, before, everywhere(FILE, before));

        Document sheet = requireNonNull(Parts.sheets(after).get("派单目录"));
        assertThat(Parts.elements(sheet, "dataValidation")).hasSize(1);
        assertThat(Parts.canonical(Parts.elements(sheet, "extLst").get(0)))
                .isEqualTo(Parts.canonical(
                        Parts.elements(requireNonNull(Parts.sheets(before).get("派单目录")), "extLst")
                                .get(0)));
        try (XSSFWorkbook open = open(after)) {
            var cell = open.getSheet("派单目录").getRow(2).getCell(1);
            assertThat(cell.getCellFormula()).isEqualTo("SUM(1,2)");
            assertThat(cell.getNumericCellValue()).isEqualTo(3);
        }
    }

    @Test
    void a_file_that_is_no_workbook_is_told_and_not_opened() {
        var problems = new ArrayList<Problem>();

        byte[] copy = Annotated.copy(
                FILE,
                "PK no".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                List.of(),
                Locale.CHINESE,
                problems::add);

        assertThat(copy).isNull();
        assertThat(problems).containsExactly(Problem.of(Code.TEXT_FILE, new FileRef(FILE), "UTF-8"));
    }
}
