package liandong.table;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import liandong.calendar.WorkingCalendar;
import liandong.incident.Body;
import liandong.incident.Vocabulary;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.routing.DutyRow;
import liandong.routing.KeywordRow;
import liandong.routing.StageRow;
import liandong.sheet.Cell;
import liandong.sheet.Packed;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found at a cell whose text is not what it looks like, and in what is hidden. */
class CellFindingsTest {
    private static final String[] DUTY = {"编号", "事项", "牵头", "路径", "依据", "状态", "备注"};
    private static final String[] KEYWORD = {"编号", "正文含", "事项", "分值", "依据", "状态"};

    private final List<Problem> problems = new ArrayList<>();

    // ———— Characters ————

    @ParameterizedTest
    @CsvSource({
        "路⾯坑洞, U+2FAF KANGXI RADICAL FACE, 路面坑洞",
        "路面坑\uFA05, U+FA05 CJK COMPATIBILITY IDEOGRAPH-FA05, 路面坑洞",
        "路⻅坑洞, U+2EC5 CJK RADICAL C-SIMPLIFIED SEE, 路见坑洞",
        "НOLE, U+041D CYRILLIC CAPITAL LETTER EN, HOLE",
        "ΗΟLE, U+0397 GREEK CAPITAL LETTER ETA, HOLE",
        "ＨＯＬＥ, U+FF28 FULLWIDTH LATIN CAPITAL LETTER H, HOLE",
        "HO\u00A0LE, U+00A0 NO-BREAK SPACE, HO LE",
        "𝐇OLE, U+1D407 MATHEMATICAL BOLD CAPITAL H, HOLE",
    })
    void a_label_of_lookalikes_says_what_is_meant(String typed, String character, String meant) {
        duties(cells("D-1", typed, "主办局", "部门", "方案", "已确认"));

        assertThat(lines())
                .hasSize(2)
                .element(1)
                .isEqualTo("routing.xlsx 派单目录!B3: LOOKALIKE_CHARACTERS: \"" + typed
                        + "\" holds a character that only looks like another one: " + character
                        + ". Type it again, as \"" + meant + "\".");
        assertThat(problems.get(0).code().name()).isIn("UNKNOWN_LABEL", "MISTYPED_LABEL");
    }

    @Test
    void a_label_divided_by_signs_is_taken_for_itself_and_not_for_several() {
        duties(cells("D-1", "路面坑洞", "主办局", "牵头、配合", "方案", "已确认"));

        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 派单目录!D3: MISTYPED_LABEL: There is no \"牵头、配合\" in the vocabulary (路径). Is \"牵头配合\" meant?");
    }

    @Test
    void ids_and_keywords_of_lookalikes_are_told_and_full_width_keywords_are_not() {
        duties(cells("D–１", "路面坑洞", "主办局", "部门", "方案", "已确认"));
        table(KeywordRow.class, KEYWORD, cells("K-1", "塌陷、⽔管、ＷＣ", "路面坑洞", "1", "试行", "已确认"));

        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 派单目录!A3: LOOKALIKE_CHARACTERS: \"D–１\" holds a character that only looks like another"
                                + " one: U+2013 EN DASH. Type it again, as \"D-1\".",
                        "routing.xlsx 关键词!B3: LOOKALIKE_CHARACTERS: \"⽔管\" holds a character that only looks like another one:"
                                + " U+2F54 KANGXI RADICAL WATER. Type it again, as \"水管\".");
        assertThat(problems).noneMatch(problem -> problem.code().isError());
    }

    @Test
    void a_word_of_the_vocabulary_is_looked_at_where_it_is_given() {
        SheetReader.terms(
                sheet("单位", cells("代码", "名称", "单位类别"), cells("В", "主⾯局", "部门"), cells("“C”", "“三合一”整治办", "部门")),
                Body.class,
                Facts.VOCABULARY,
                new HashMap<>(),
                problems::add);

        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 单位!A3: LOOKALIKE_CHARACTERS: \"В\" holds a character that only looks like another one:"
                                + " U+0412 CYRILLIC CAPITAL LETTER VE. Type it again, as \"B\".",
                        "routing.xlsx 单位!B3: LOOKALIKE_CHARACTERS: \"主⾯局\" holds a character that only looks like another one:"
                                + " U+2FAF KANGXI RADICAL FACE. Type it again, as \"主面局\".");
    }

    @Test
    void a_header_of_lookalikes_is_told() {
        duties(cells("编号", "事项", "⼈数", "路径", "依据", "状态"), cells("D-1", "路面坑洞", "5", "部门", "方案", "已确认"));

        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 派单目录!C2: MISTYPED_COLUMN: Nothing is known as \"⼈数\". Is \"人数\" meant?",
                        "routing.xlsx 派单目录!C2: LOOKALIKE_CHARACTERS: \"⼈数\" holds a character that only looks like another"
                                + " one: U+2F08 KANGXI RADICAL MAN. Type it again, as \"人数\".");
    }

    @ParameterizedTest
    @CsvSource({
        "\u200B, U+200B ZERO WIDTH SPACE",
        "\u200D, U+200D ZERO WIDTH JOINER",
        "\uFEFF, U+FEFF ZERO WIDTH NO-BREAK SPACE",
        "\u202E, U+202E RIGHT-TO-LEFT OVERRIDE",
        "\u2066, U+2066 LEFT-TO-RIGHT ISOLATE",
        "\u00AD, U+00AD SOFT HYPHEN",
        "\u007F, U+007F DELETE",
    })
    void what_cannot_be_seen_is_told_in_any_text_and_written_out(String character, String name) {
        duties(cells("D-1", "路面坑洞", "主办局", "部门", "方" + character + "案", "已确认", "甲" + character + "乙"));

        String shown = "‹" + name.substring(0, 6) + "›";
        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 派单目录!E3: INVISIBLE_CHARACTERS: \"方" + shown
                                + "案\" holds a character that cannot be seen: " + name
                                + ". Type it again instead of copying it.",
                        "routing.xlsx 派单目录!G3: INVISIBLE_CHARACTERS: \"甲" + shown
                                + "乙\" holds a character that cannot be seen: " + name
                                + ". Type it again instead of copying it.");
        assertThat(problems).noneMatch(problem -> problem.code().isError());
    }

    @Test
    void quotation_marks_belong_to_no_name_and_to_every_note() {
        duties(cells("D-1", "“路面坑洞”", "主办局", "部门", "《方案》“三”", "已确认", "“路面”"));
        table(KeywordRow.class, KEYWORD, cells("‘K’", "\"塌陷\"", "路面坑洞", "1", "试行", "已确认"));

        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 派单目录!B3: MISTYPED_LABEL: There is no \"“路面坑洞”\" in the vocabulary (事项)."
                                + " Is \"路面坑洞\" meant?",
                        "routing.xlsx 派单目录!B3: QUOTATION_MARKS: \"“路面坑洞”\" holds a quotation mark (“), which counts as part"
                                + " of the name. Write the name alone.",
                        "routing.xlsx 关键词!B3: QUOTATION_MARKS: \"\"塌陷\"\" holds a quotation mark (\"), which counts as part"
                                + " of the name. Write the name alone.",
                        "routing.xlsx 关键词!A3: QUOTATION_MARKS: \"‘K’\" holds a quotation mark (‘), which counts as part of"
                                + " the name. Write the name alone.");
    }

    @ParameterizedTest
    @CsvSource({
        "'漏水，停电', 漏水、停电",
        "'漏水,停电', 漏水、停电",
        "漏水。, 漏水",
        "*漏水*, 漏水",
        "漏水|停电, 漏水、停电",
        "'漏水\n停电', 漏水、停电",
        "漏水 冒水, 漏水、冒水",
        "漏水　冒水, 漏水、冒水",
        "违 建, 违建",
        "违　建 房, 违建房",
        "'漏水 ， 冒水  停电', 漏水、冒水、停电",
        "漏水/停电, 漏水、停电",
        "漏水 + 停电, 漏水、停电",
        "漏水…停电, 漏水、停电"
    })
    void a_keyword_with_a_sign_in_it_that_divides_words_is_told_with_its_mend(String word, String mend) {
        table(KeywordRow.class, KEYWORD, cells("K-1", "积水、" + word, "路面坑洞", "1", "试行", "已确认"));

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.DIVIDED_WORD);
            assertThat(problem.at()).hasToString("routing.xlsx 关键词!B3");
            assertThat(problem.args().get(0)).isEqualTo(word.strip().replaceAll("\\s", " "));
            assertThat(problem.args().get(2)).isEqualTo(mend);
        });
    }

    @Test
    void two_keywords_with_a_conjunction_between_them_are_told_with_both() {
        table(KeywordRow.class, KEYWORD, cells("K-1", "积水、违建或拆违", "路面坑洞", "1", "试行", "已确认"));

        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 关键词!B3: DIVIDED_WORD: \"违建或拆违\" is looked for as it stands, with 或 in it, so hardly"
                                + " any text holds it. Write \"违建、拆违\": 、 stands between several words, and a word is found anywhere in"
                                + " a text, without *.");
        assertThat(problems.get(0).line(Locale.CHINESE))
                .isEqualTo("routing.xlsx 关键词!B3: DIVIDED_WORD: “违建或拆违”会连同其中的 或 原样查找，几乎没有正文会这样写。"
                        + " 请写成“违建、拆违”：几个词之间用“、”分隔；词语出现在正文的任何位置都能找到，不用加 *。");
    }

    @ParameterizedTest
    @CsvSource({
        "漏水或者停电, 漏水、停电",
        "漏水以及停电, 漏水、停电",
        "漏水或停电或停气, 漏水、停电、停气",
        "漏水或多处停电, 漏水、多处停电",
        "积水和冒水, 积水、冒水",
        "积水及冒水, 积水、冒水",
        "积水与路面坑洞, 积水、路面坑洞",
        "no heat or no water, no heat、no water",
        "非 漏水或停电, 漏水、停电"
    })
    void a_conjunction_between_keywords_is_told_where_it_can_be_nothing_else(String word, String mend) {
        table(
                KeywordRow.class,
                KEYWORD,
                cells("K-1", word, "路面坑洞", "1", "试行", "已确认"),
                cells("K-2", "积水、冒水、no heat、No Water", "路面坑洞", "1", "试行", "已确认"));

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.DIVIDED_WORD);
            assertThat(problem.at()).hasToString("routing.xlsx 关键词!B3");
            assertThat(problem.args().get(2)).isEqualTo(mend);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "呼和浩特",
                "我在呼和浩特",
                "积水和浑水",
                "不可或缺",
                "间或漏水",
                "及时处理",
                "公交及地铁",
                "bed and breakfast",
                "与民同乐",
                "怀疑或许是假",
                "水压或多或少不足",
                "偶或停电",
                "或然率"
            })
    void a_conjunction_that_may_be_part_of_a_word_is_none_between_keywords(String word) {
        table(KeywordRow.class, KEYWORD, cells("K-1", word + "、积水", "路面坑洞", "1", "试行", "已确认"));

        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"WiFi 信号", "no heat", "APP 登录", "5 楼"})
    void a_blank_beside_other_letters_than_chinese_ones_is_part_of_a_word(String word) {
        table(KeywordRow.class, KEYWORD, cells("K-1", word, "路面坑洞", "1", "试行", "已确认"));

        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "不含漏水, 非 漏水",
        "不含 漏水, 非 漏水",
        "不含漏水、停电, 非 漏水、停电",
        "不包含：漏水, 非 漏水",
        "≠漏水, 非 漏水",
        "除了漏水以外, 非 漏水",
        "不含漏水 停电, 非 漏水、停电",
        "积水、不含漏水, 非 漏水"
    })
    void a_word_that_says_what_must_not_be_there_is_told_with_its_mend(String cell, String mend) {
        table(KeywordRow.class, KEYWORD, cells("K-1", cell, "路面坑洞", "1", "试行", "已确认"));

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.WORDED_EXCLUSION);
            assertThat(problem.at()).hasToString("routing.xlsx 关键词!B3");
            assertThat(problem.help(Locale.ENGLISH)).contains("write \"" + mend + "\"");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"非法集资", "非物质文化遗产", "非 漏水", "含油污水", "除雪", "不是"})
    void words_that_only_begin_like_it_are_words(String cell) {
        table(KeywordRow.class, KEYWORD, cells("K-1", cell, "路面坑洞", "1", "试行", "已确认"));

        assertThat(problems).isEmpty();
    }

    @Test
    void blanks_around_a_word_do_not_count_and_are_told_but_not_of_a_note() {
        Table<DutyRow> table = duties(cells("\u00A0D-1 ", "　路面坑洞", "主办局\t", "部门", "方案 ", "已确认", " 随手记 "));

        assertThat(table.rows()).singleElement().satisfies(row -> {
            assertThat(row.ref().id()).isEqualTo("D-1");
            assertThat(row.lead()).isEqualTo(Facts.LEAD);
        });
        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 派单目录!A3: SURROUNDING_BLANKS: \"\u00A0D-1 \" begins or ends with blanks; they do not"
                                + " count. Delete them.",
                        "routing.xlsx 派单目录!B3: SURROUNDING_BLANKS: \"　路面坑洞\" begins or ends with blanks; they do not count."
                                + " Delete them.",
                        "routing.xlsx 派单目录!C3: SURROUNDING_BLANKS: \"主办局\t\" begins or ends with blanks; they do not count."
                                + " Delete them.");
        assertThat(problems).noneMatch(problem -> problem.code().isError());
    }

    @Test
    void a_number_stored_as_text_is_read_and_told_where_only_numbers_stand() {
        table(
                StageRow.class,
                cells("编号", "事项", "人数", "序", "阶段", "时限", "起算", "依据", "状态"),
                cells("T-1", "路面坑洞", "'5", "'1", "到场", "3工作时", "交办", "方案", "已确认"));

        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 阶段时限!D3: NUMBER_AS_TEXT: The number 1 is stored as text; it is read as a number."
                                + " Change the format of the cell to a number and type it again.");
    }

    @Test
    void an_empty_conclusion_is_told() {
        duties(cells("D-1", "路面坑洞", "主办局", "", "方案", "已确认"));

        assertThat(lines())
                .containsExactly("routing.xlsx 派单目录!D3: MISSING_VALUE: The cell of \"路径\" is empty. Fill it in.");
    }

    // ———— What hides ————

    @Test
    void rows_columns_and_sheets_that_are_hidden_count_and_are_told_and_a_filter_is_told_apart() {
        String row = "<c t=\"str\"><v>%s</v></c>".repeat(4);
        byte[] workbook = Packed.workbook("")
                .part(
                        "xl/workbook.xml",
                        "<workbook><sheets><sheet name=\"单位\" state=\"hidden\" id=\"rId1\"/></sheets></workbook>")
                .sheet(
                        "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/><col min=\"9\" max=\"16384\" hidden=\"1\"/></cols><sheetData>"
                                + "<row r=\"2\">" + row.formatted("代码", "名称", "单位类别", "备注") + "</row>"
                                + "<row r=\"3\" hidden=\"1\">" + row.formatted("A", "甲局", "部门", "x") + "</row>"
                                + "<row r=\"4\">" + row.formatted("B", "乙局", "部门", "x") + "</row>"
                                + "<row r=\"5\" hidden=\"true\">" + row.formatted("C", "丙局", "部门", "x") + "</row>"
                                + "</sheetData><autoFilter ref=\"A2:D4\"><filterColumn colId=\"0\"/></autoFilter>")
                .bytes();

        var vocabulary = SheetReader.terms(
                WorkbookReader.read("routing.xlsx", workbook, problems::add).get(0),
                Body.class,
                Facts.VOCABULARY,
                new HashMap<>(),
                problems::add);

        assertThat(vocabulary.all(Body.class)).extracting(Body::label).containsExactly("甲局", "乙局", "丙局");
        assertThat(lines())
                .containsExactlyInAnyOrder(
                        "routing.xlsx 单位!A1: HIDDEN_SHEET: The sheet \"单位\" is hidden, but it counts. Show it, or delete it.",
                        "routing.xlsx 单位!B2: HIDDEN_COLUMN: The column \"名称\" is hidden, but it counts. Show it; delete it only if the table can"
                                + " do without.",
                        "routing.xlsx 单位!A3: FILTERED_ROW: What a filter hides counts all the same: row 3."
                                + " Nothing need be done: a filter changes what is shown, not what counts.",
                        "routing.xlsx 单位!A5: HIDDEN_ROW: What is hidden counts all the same: row 5. Show it, or delete it.");
    }

    @Test
    void the_filter_of_a_table_within_the_sheet_is_a_filter_too() {
        byte[] workbook = Packed.workbook("<row r=\"3\" hidden=\"1\"><c><v>1</v></c></row>")
                .relationships(
                        "xl/worksheets/_rels/sheet1.xml.rels",
                        Packed.relationship("rId1", "table", "../tables/table1.xml"))
                .part(
                        "xl/tables/table1.xml",
                        "<table ref=\"A2:B9\"><autoFilter ref=\"A2:B9\"><filterColumn colId=\"0\"/></autoFilter></table>")
                .bytes();

        SheetData sheet =
                WorkbookReader.read("routing.xlsx", workbook, problems::add).get(0);

        assertThat(sheet.filters(sheet.lines().get(0))).isTrue();
        assertThat(lines()).isEmpty();
    }

    // ———— A missing column ————

    @Test
    void a_missing_column_does_not_hide_the_faults_of_the_others() {
        Table<DutyRow> table = duties(cells("编号", "事项", "牵头", "依据", "状态"), cells("D-1", "路面坑凹", "主办剧", "", "已确认"));

        assertThat(table.rows()).isEmpty();
        assertThat(problems)
                .extracting(problem -> problem.at() + ": " + problem.code() + ": " + problem.args())
                .containsExactly(
                        "routing.xlsx 派单目录!A2: MISSING_COLUMN: [路径]",
                        "routing.xlsx 派单目录!B3: MISTYPED_LABEL: [路面坑凹, 事项, 路面坑洞]",
                        "routing.xlsx 派单目录!D3: MISSING_VALUE: [依据]",
                        "routing.xlsx 派单目录!C3: MISTYPED_LABEL: [主办剧, 牵头, 主办局]");
    }

    @Test
    void rows_without_an_id_column_are_not_told_one_by_one() {
        duties(cells("事项", "路径"), cells("路面坑洞", "部门"), cells("路面坑洞", "部门"));

        assertThat(problems)
                .extracting(problem -> problem.code() + ": " + problem.args())
                .containsExactly("MISSING_COLUMN: [编号]", "MISSING_COLUMN: [依据]", "MISSING_COLUMN: [状态]");
    }

    // ———— How cells are shown ————

    @Test
    void a_row_that_is_struck_through_counts_all_the_same_and_is_told_once_for_rows_together() throws IOException {
        String[] row = cells("D-1", "路面坑洞", "主办局", "部门", "方案", "已确认");
        String[][] all = {cells("派单目录"), DUTY, row, and(row, "D-2"), and(row, "D-3"), and(row, "D-4")};

        SheetData sheet = shown(all, workbook -> {
            var struck = workbook.createCellStyle();
            var font = workbook.createFont();
            font.setStrikeout(true);
            struck.setFont(font);
            for (int line : new int[] {2, 3, 5}) {
                workbook.getSheetAt(0).getRow(line).forEach(cell -> cell.setCellStyle(struck));
            }
        });
        Table<DutyRow> table = table(DutyRow.class, sheet);

        assertThat(table.rows()).hasSize(4);
        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 派单目录!A3: STRUCK_ROW: What is struck through counts all the same: row 3–4、6."
                                + " Delete it, or give it an end in the column 失效; if it is to count, take the line away.");
    }

    @Test
    void a_row_that_somebody_wrote_off_counts_all_the_same_and_is_told() {
        String[] row = cells("D-1", "路面坑洞", "主办局", "部门", "方案", "已确认");

        duties(
                DUTY,
                and(row, "作废 D-1"),
                cells("D-2", "路面坑洞", "主办局", "部门", "方案", "已确认", "已作废"),
                cells("D-3", "路面坑洞", "主办局", "部门", "方案", "已确认", "作废的旧版见附件"));

        assertThat(lines())
                .contains("routing.xlsx 派单目录!A3: GIVEN_UP_ROW: What is marked as given up counts all the same: row 3–4."
                        + " Delete it, or give it an end in the column 失效; if it is to count, take the mark away.");
    }

    @Test
    void a_date_with_a_time_of_day_is_told_that_the_time_is_not_read() throws IOException {
        LocalDate day = new Grammar(Vocabulary.empty(), problems::add)
                .day(
                        "生效",
                        new Cell("2027-01-01", new BigDecimal("46388.354166666664"), LocalDate.of(2027, 1, 1), false),
                        new CellRef("routing.xlsx", "派单目录", 3, 3));

        assertThat(day).isEqualTo(LocalDate.of(2027, 1, 1));
        assertThat(lines())
                .singleElement()
                .asString()
                .contains("READ_AS: \"2027-01-01 08:30\" is read as \"2027-01-01\"");
    }

    @Test
    void a_number_that_is_shown_as_a_percentage_is_read_as_it_is_shown_and_told_once_for_a_column() throws IOException {
        String[] row = cells("K-1", "积水", "路面坑洞", "1", "试行", "已确认");
        String[][] all = {cells("关键词"), KEYWORD, row, and(row, "K-2")};

        SheetData sheet = shown(all, workbook -> {
            var percent = workbook.createCellStyle();
            percent.setDataFormat(workbook.createDataFormat().getFormat("0%"));
            for (int line : new int[] {2, 3}) {
                var cell = workbook.getSheetAt(0).getRow(line).getCell(3);
                cell.setCellValue(0.7);
                cell.setCellStyle(percent);
            }
        });
        Table<KeywordRow> table = table(KeywordRow.class, sheet);

        assertThat(table.rows()).extracting(KeywordRow::points).containsExactly(70, 70);
        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 关键词!D3: PERCENT_CELL: This cell is shown as 70% and read as 70. Nothing is to be"
                                + " done where percent is meant. Where a factor is meant, such as 1.5, give the column a number"
                                + " format.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0             | 70    |
            0             | 70.4  | 70
            0.00          | 70.4  |
            #,##0         | 0.5   | 1
            General       | 70.4  |
            #,##0,        | 70    | 0
            #,##0.0,"千"  | 70000 | 70.0
            0"分"         | 70    |
            "¥"#,##0.00   | 70.4  |
            0%            | 0.704 | 70
            0.0%          | 0.704 |
            ;;;           | 70    | ''
            0;;           | 0     | ''
            0;;           | 70    |
            # ?/?         | 0.5   |
            0.00E+00      | 70.45 |
            """)
    void a_number_whose_format_shows_another_one_or_none_is_told(String format, double value, @Nullable String shown)
            throws IOException {
        String[] row = cells("K-1", "积水", "路面坑洞", "1", "试行", "已确认");

        shown(new String[][] {cells("关键词"), KEYWORD, row}, workbook -> {
            var style = workbook.createCellStyle();
            style.setDataFormat(workbook.createDataFormat().getFormat(format));
            var cell = workbook.getSheetAt(0).getRow(2).getCell(3);
            cell.setCellValue(value);
            cell.setCellStyle(style);
        });

        List<String> told = lines().stream()
                .filter(line -> line.contains("SHOWN_OTHERWISE"))
                .toList();
        if (shown == null) {
            assertThat(told).isEmpty();
        } else {
            assertThat(told)
                    .singleElement()
                    .asString()
                    .startsWith("routing.xlsx 关键词!D3: SHOWN_OTHERWISE: This cell shows \"" + shown + "\" but holds ");
        }
    }

    @Test
    void rows_and_columns_of_no_height_or_width_are_hidden() throws IOException {
        String[] row = cells("K-1", "积水", "路面坑洞", "1", "试行", "已确认");

        SheetData sheet = shown(new String[][] {cells("关键词"), KEYWORD, row}, workbook -> {
            workbook.getSheetAt(0).setColumnWidth(2, 0);
            workbook.getSheetAt(0).getRow(2).setHeight((short) 0);
        });
        table(KeywordRow.class, sheet);

        assertThat(lines()).anyMatch(line -> line.contains("!C2: HIDDEN_COLUMN"));
        assertThat(lines()).anyMatch(line -> line.contains("HIDDEN_ROW"));
    }

    @Test
    void a_word_that_means_either_of_two_opposites_is_taken_for_neither() {
        Object day = new Grammar(Vocabulary.empty(), problems::add)
                .conclusion(
                        WorkingCalendar.DayType.class,
                        false,
                        "类型",
                        new Cell("调休", null, null, false),
                        new CellRef("calendar.xlsx", "节假日", 3, 3));

        assertThat(day).isNull();
        assertThat(lines())
                .containsExactly("calendar.xlsx 节假日!D3: UNKNOWN_CHOICE: \"调休\" cannot be given here. Possible: 休、班.");
    }

    @Test
    void a_percentage_is_refused_where_something_is_counted_as_one_that_is_typed_is() {
        var at = new CellRef("routing.xlsx", "分级", 3, 5);
        var percent = new Cell("30", new BigDecimal("30"), null, false, null, true);

        Object read = new Grammar(Vocabulary.empty(3), problems::add)
                .conclusion(BigDecimal.class, false, "最多次数 Most redos", percent, at);
        Object money = new Grammar(Vocabulary.empty(3), problems::add)
                .conclusion(BigDecimal.class, false, "损失（百万元） Loss (million yuan)", percent, at);
        Object rate = new Grammar(Vocabulary.empty(3), problems::add)
                .conclusion(BigDecimal.class, false, "抽样比例 Rate", percent, at);

        assertThat(read).isNull();
        assertThat(money).isNull();
        assertThat(rate).isEqualTo(new BigDecimal("30"));
        assertThat(problems)
                .extracting(Problem::code, problem -> problem.args().get(0))
                .containsExactly(tuple(Code.NOT_A_NUMBER, "30%"), tuple(Code.NOT_A_NUMBER, "30%"));
    }

    @Test
    void a_percentage_in_a_policy_of_an_earlier_format_is_read_as_it_was() {
        var at = new CellRef("routing.xlsx", "分级", 3, 5);
        var percent = new Cell("30", new BigDecimal("30"), null, false, null, true);
        var thirty = new BigDecimal("30");
        for (int format = 1; format <= 2; format++) {
            var grammar = new Grammar(Vocabulary.empty(format), problems::add);

            assertThat(grammar.conclusion(BigDecimal.class, false, "最多次数 Most redos", percent, at))
                    .isEqualTo(thirty);
            assertThat(grammar.conclusion(BigDecimal.class, false, "损失（百万元） Loss (million yuan)", percent, at))
                    .isEqualTo(thirty);
            assertThat(grammar.conclusion(
                            BigDecimal.class,
                            false,
                            "损失（百万元） Loss (million yuan)",
                            new Cell("30%", null, null, false),
                            at))
                    .isEqualTo(thirty);
        }
        assertThat(problems).extracting(Problem::code).containsExactly(Code.READ_AS, Code.READ_AS);
    }

    @Test
    void a_percentage_that_is_typed_where_money_is_counted_is_refused() {
        var at = new CellRef("routing.xlsx", "分级", 3, 5);

        assertThat(new Grammar(Vocabulary.empty(3), problems::add)
                        .conclusion(
                                BigDecimal.class,
                                false,
                                "损失（百万元） Loss (million yuan)",
                                new Cell("30％", null, null, false),
                                at))
                .isNull();

        assertThat(problems)
                .extracting(Problem::code, problem -> problem.args().get(0))
                .containsExactly(tuple(Code.NOT_A_NUMBER, "30％"));
    }

    private static String[] and(String[] row, String id) {
        String[] other = row.clone();
        other[0] = id;
        return other;
    }

    /** Rows as a workbook shows them. */
    private SheetData shown(String[][] rows, Consumer<XSSFWorkbook> look) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(Workbooks.xlsx(Map.of(rows[0][0], rows))))) {
            look.accept(workbook);
            workbook.write(out);
        }
        return WorkbookReader.read("routing.xlsx", out.toByteArray(), problems::add)
                .get(0);
    }

    // ———— Helpers ————

    private Table<DutyRow> duties(String[] row) {
        return duties(DUTY, row);
    }

    private Table<DutyRow> duties(String[]... headerAndRows) {
        return table(DutyRow.class, headerAndRows);
    }

    private <R extends Row> Table<R> table(Class<R> type, String[]... headerAndRows) {
        String name =
                requireNonNull(type.getAnnotation(liandong.table.Sheet.class)).value();
        return table(type, sheet(name, headerAndRows));
    }

    private <R extends Row> Table<R> table(Class<R> type, SheetData sheet) {
        return new SheetReader(Facts.VOCABULARY, LocalDate.parse("2026-01-01"), problems::add)
                .table(sheet, type, new TableContract(HitPolicy.FIRST, false), new HashMap<String, CellRef>());
    }

    private SheetData sheet(String name, String[]... headerAndRows) {
        String[][] rows = new String[headerAndRows.length + 1][];
        rows[0] = cells(name);
        System.arraycopy(headerAndRows, 0, rows, 1, headerAndRows.length);
        return WorkbookReader.read("routing.xlsx", Workbooks.xlsx(Map.of(name, rows)), problems::add)
                .get(0);
    }

    private List<String> lines() {
        return problems.stream().map(problem -> problem.line(Locale.ENGLISH)).toList();
    }

    private static String[] cells(String... cells) {
        return cells;
    }
}
