package liandong.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liandong.incident.Body;
import liandong.incident.Vocabulary;
import liandong.problem.Problem;
import liandong.routing.DutyRow;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import org.junit.jupiter.api.Test;

/** A header row that is not where it should be is one finding, whatever follows from it. */
class HeaderRowTest {
    private static final String[] TITLE = {"派单目录"};
    private static final String[] HEADER = {
        "编号 Id", "事项 Event type", "牵头 Lead", "路径 Route", "依据 Source", "状态 Status", "备注"
    };
    private static final String[] ROW = {"D-1", "路面坑洞", "主办局", "部门", "方案", "已确认"};
    private static final String[] FAULTY = {"D-2", "路面坑洞", "主办局", "部们", "方案", "已确认"};

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void a_title_above_the_header_is_one_finding_and_the_rows_are_read_all_the_same() {
        Table<DutyRow> table = duties(TITLE, cells("2027 年修订稿"), HEADER, ROW, FAULTY);

        assertThat(table.rows()).extracting(row -> row.ref().at()).containsExactly("routing.xlsx 派单目录!A4");
        assertThat(lines(Locale.ENGLISH))
                .containsExactly(
                        "routing.xlsx 派单目录!A2: ROWS_ABOVE_HEADER: The header of this sheet is in row 3, not in row 2: \"2027 年修订稿\""
                                + " stands above it. Only the title belongs above the header, in row 1. Delete row 2; rows that are"
                                + " meant to count go below the header.",
                        "routing.xlsx 派单目录!D5: MISTYPED_LABEL: There is no \"部们\" in the vocabulary (路径). Is \"部门\" meant?");
        assertThat(lines(Locale.CHINESE).get(0))
                .isEqualTo("routing.xlsx 派单目录!A2: ROWS_ABOVE_HEADER: 这张表的表头在第 3 行，不在第 2 行：它上面多了“2027 年修订稿”。"
                        + " 表头上面只留第 1 行的标题。请删去第 2 行；其中要生效的行，请移到表头以下。");
    }

    @Test
    void blank_rows_above_the_header_and_a_title_over_several_rows_are_told_by_their_number() {
        duties(TITLE, cells(), cells("", ""), HEADER, ROW);

        assertThat(lines(Locale.ENGLISH))
                .containsExactly(
                        "routing.xlsx 派单目录!A2: BLANKS_ABOVE_HEADER: The header of this sheet is in row 4, not in row 2: above it"
                                + " rows are blank. Delete row 2–3, so that the header is in row 2, below the title.");
        assertThat(lines(Locale.CHINESE))
                .containsExactly("routing.xlsx 派单目录!A2: BLANKS_ABOVE_HEADER: 这张表的表头在第 4 行，不在第 2 行：它上面多了空行。"
                        + " 请删去第 2–3 行，使表头回到第 2 行（第 1 行是标题）。");
    }

    @Test
    void data_pasted_above_the_header_is_not_read_and_told_to_go_below() {
        Table<DutyRow> table = duties(TITLE, ROW, FAULTY, HEADER, cells("D-3", "路面坑洞", "主办局", "部门", "方案", "已确认"));

        assertThat(table.rows()).extracting(row -> row.ref().id()).containsExactly("D-3");
        assertThat(lines(Locale.CHINESE))
                .containsExactly("routing.xlsx 派单目录!A2: ROWS_ABOVE_HEADER: 这张表的表头在第 4 行，不在第 2 行：它上面多了“D-1”。"
                        + " 表头上面只留第 1 行的标题。请删去第 2–3 行；其中要生效的行，请移到表头以下。");
    }

    @Test
    void a_header_in_the_row_of_the_title_wants_a_row_above_it() {
        Table<DutyRow> table = duties(HEADER, ROW);

        assertThat(table.rows()).extracting(row -> row.ref().id()).containsExactly("D-1");
        assertThat(lines(Locale.ENGLISH))
                .containsExactly(
                        "routing.xlsx 派单目录!A1: HEADER_IN_FIRST_ROW: The header of this sheet (\"编号 Id\" and others) is in row 1,"
                                + " not in row 2. Insert a row above it, for the title.");
        assertThat(lines(Locale.CHINESE))
                .containsExactly("routing.xlsx 派单目录!A1: HEADER_IN_FIRST_ROW: 这张表的表头（“编号 Id”等）在第 1 行，不在第 2 行。"
                        + " 请在它上面插入一行，写标题。");
    }

    @Test
    void a_sheet_without_any_header_is_not_read_and_told_once() {
        duties(TITLE, ROW, FAULTY);

        assertThat(lines(Locale.ENGLISH))
                .containsExactly(
                        "routing.xlsx 派单目录!A2: HEADER_LOST: Row 2 must name the columns; \"D-1\" names none of this sheet's, and no"
                                + " other row does. Write the header back into row 2: 路径、编号、依据、状态, and the columns of"
                                + " conditions. If row 2 is data, first insert a row above it.");
        assertThat(lines(Locale.CHINESE))
                .containsExactly("routing.xlsx 派单目录!A2: HEADER_LOST: 第 2 行应是表头，写明各列的名称；“D-1”不是这张表的列名，别的行也都不是表头。"
                        + " 请在第 2 行补上表头：路径、编号、依据、状态，以及用作条件的各列。第 2 行若是数据，请先在它上面插入一行。");
    }

    @Test
    void a_second_header_in_either_language_is_no_row_of_data() {
        Table<DutyRow> table = duties(
                TITLE, HEADER, cells("Id", "Event type", "Lead", "Route", "Source", "Status"), ROW, HEADER, FAULTY);

        assertThat(table.rows()).extracting(row -> row.ref().id()).containsExactly("D-1");
        assertThat(lines(Locale.ENGLISH))
                .containsExactly(
                        "routing.xlsx 派单目录!A3: REPEATED_HEADER: The header stands once more among the rows: row 3、5. Delete it:"
                                + " there is one header, in row 2; its names may have the English name beside the Chinese one, in the"
                                + " same cell.",
                        "routing.xlsx 派单目录!D6: MISTYPED_LABEL: There is no \"部们\" in the vocabulary (路径). Is \"部门\" meant?");
        assertThat(lines(Locale.CHINESE).get(0))
                .isEqualTo("routing.xlsx 派单目录!A3: REPEATED_HEADER: 表头在数据行中又出现了：第 3、5 行。"
                        + " 请删去：一张表只有第 2 行一行表头；英文名称可以写在同一格里中文名称的后面。");
    }

    @Test
    void an_english_header_above_the_chinese_one_is_a_row_above_the_header() {
        duties(
                TITLE,
                cells("Id", "Event type", "Lead", "Route", "Source", "Status"),
                cells("编号", "事项", "牵头", "路径", "依据", "状态"),
                ROW);

        assertThat(problems)
                .extracting(problem -> problem.code() + " " + problem.args())
                .containsExactly("ROWS_ABOVE_HEADER [3, Id, 2]");
    }

    @Test
    void headers_one_column_beside_their_cells_are_told_once_and_no_cell_is_read() {
        duties(TITLE, cells("", "编号", "事项", "牵头", "路径", "依据", "状态"), ROW, FAULTY);

        assertThat(lines(Locale.ENGLISH))
                .containsExactly(
                        "routing.xlsx 派单目录!A2: SHIFTED_HEADER: The headers stand one column to the right of their cells: column A has"
                                + " no header, and the last header no cells. Delete the empty cell A2 and move the cells on its right to"
                                + " the left.");
        assertThat(lines(Locale.CHINESE))
                .containsExactly("routing.xlsx 派单目录!A2: SHIFTED_HEADER: 表头比各列的内容向右错了一列：A 列没有表头，最后一个表头下没有内容。"
                        + " 请删去空单元格 A2，让它右边的单元格左移。");
    }

    @Test
    void a_table_that_begins_in_the_second_column_is_read() {
        Table<DutyRow> table = duties(
                TITLE,
                cells("", "编号", "事项", "牵头", "路径", "依据", "状态"),
                cells("", "D-1", "路面坑洞", "主办局", "部门", "方案", "已确认"));

        assertThat(table.rows()).extracting(row -> row.ref().id()).containsExactly("D-1");
        assertThat(lines(Locale.ENGLISH)).isEmpty();
    }

    @Test
    void a_header_that_holds_the_name_of_a_missing_column_is_told_to_be_renamed() {
        duties(TITLE, cells("编号", "事项", "牵头", "处置路径", "依据", "状态"), ROW);

        assertThat(lines(Locale.CHINESE))
                .containsExactly("routing.xlsx 派单目录!D2: MISTYPED_COLUMN: 没有名为“处置路径”的列。 是否为“路径”？");
    }

    @Test
    void words_of_a_vocabulary_whose_header_is_displaced_are_known_and_those_of_a_lost_one_are_not_asked_for() {
        Vocabulary displaced =
                bodies(cells("单位"), cells("本表由编办核定"), cells("代码", "名称", "单位类别"), cells("B", "主办局", "部门"));
        Vocabulary lost = bodies(cells("单位"), cells("B", "主办局", "部门"));

        assertThat(displaced.find(Body.class, "主办局")).isNotNull();
        assertThat(lost.isUnread(Body.class, "主办局")).isTrue();
        assertThat(problems)
                .extracting(problem -> problem.code() + " " + problem.args())
                .containsExactly("ROWS_ABOVE_HEADER [3, 本表由编办核定, 2]", "HEADER_LOST [B, 代码、名称、单位类别]");
    }

    private Vocabulary bodies(String[]... rows) {
        return SheetReader.terms(sheet("单位", rows), Body.class, Facts.VOCABULARY, new HashMap<>(), problems::add);
    }

    private Table<DutyRow> duties(String[]... rows) {
        return new SheetReader(Facts.VOCABULARY, LocalDate.EPOCH, problems::add)
                .table(sheet("派单目录", rows), DutyRow.class, new TableContract(HitPolicy.FIRST, false), new HashMap<>());
    }

    private SheetData sheet(String name, String[]... rows) {
        return WorkbookReader.read("routing.xlsx", Workbooks.xlsx(Map.of(name, rows)), problems::add)
                .get(0);
    }

    private List<String> lines(Locale locale) {
        return problems.stream().map(problem -> problem.line(locale)).toList();
    }

    private static String[] cells(String... cells) {
        return cells;
    }
}
