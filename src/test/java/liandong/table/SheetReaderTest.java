package liandong.table;

import static java.util.Objects.requireNonNull;
import static liandong.table.Facts.report;
import static liandong.table.Workbooks.hidden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.Matter;
import liandong.incident.Severity;
import liandong.policy.TinyPolicy;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.routing.DutyRow;
import liandong.routing.KeywordRow;
import liandong.routing.RoutingPath;
import liandong.routing.StageRow;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import org.junit.jupiter.api.Test;

class SheetReaderTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-20");
    private static final String[] DUTY = {"编号 Id", "事项 Event type", "牵头 Lead", "路径 Route", "依据 Source", "状态 Status"};

    private final List<Problem> problems = new ArrayList<>();
    private LocalDate readOn = LocalDate.parse("2026-01-01");
    private final Map<String, CellRef> ids = new HashMap<>();

    @Test
    void a_row_becomes_a_record_that_knows_where_it_stands_and_what_it_says() {
        var table = duties(
                cells(
                        "编号 Id",
                        "事项 Event type",
                        "人数 People",
                        "牵头 Lead",
                        "配合 Assisting",
                        "路径 Route",
                        "联席会议 Conference",
                        "知会 Notify",
                        "依据 Source",
                        "状态 Status",
                        "备注 Note"),
                cells("D-1", "路面坑洞、井盖破损", "≥5", "主办局", "协办局、水务公司", "牵头配合", "道路联席会议", "急救专线", "三定方案", "待确认", "随手记"),
                cells("D-2", "", "", "", "", "街道", "", "", "城管条例", "已确认", ""));

        assertThat(lines()).isEmpty();
        assertThat(table.rows())
                .containsExactly(
                        new DutyRow(
                                Facts.LEAD,
                                List.of(Facts.HELPER, Facts.PLATFORM),
                                RoutingPath.LEAD_AND_ASSIST,
                                Facts.MEETING,
                                List.of(Facts.LINE),
                                null,
                                new RowRef(
                                        "D-1",
                                        "routing.xlsx",
                                        "派单目录",
                                        3,
                                        "事项 路面坑洞、井盖破损，人数 ≥5 → 牵头 主办局，配合 协办局、水务公司，路径 牵头配合，联席会议 道路联席会议，知会 急救专线",
                                        "三定方案",
                                        RowStatus.UNCONFIRMED)),
                        new DutyRow(
                                null,
                                List.of(),
                                RoutingPath.SUB_DISTRICT,
                                null,
                                List.of(),
                                null,
                                new RowRef(
                                        "D-2", "routing.xlsx", "派单目录", 4, "其余 → 路径 街道", "城管条例", RowStatus.CONFIRMED)));
        assertThat(table.conditions()).containsExactly("事项 Event type", "人数 People");
    }

    // ———— Free condition columns ————

    @Test
    void a_new_condition_column_just_works_wherever_it_stands() {
        for (int place : new int[] {0, 1, 3, 6}) {
            var table = duties(
                    inserted(DUTY, place, "人数 People"),
                    inserted(cells("D-1", "路面坑洞", "主办局", "部门", "方案", "已确认"), place, "≥10"),
                    inserted(cells("D-2", "路面坑洞", "协办局", "部门", "方案", "已确认"), place, ""));

            assertThat(lines()).isEmpty();
            assertThat(leads(table, report().about(Facts.HOLE).people(10).matter()))
                    .containsExactly(Facts.LEAD);
            assertThat(leads(table, report().about(Facts.HOLE).people(9).matter()))
                    .containsExactly(Facts.HELPER);
            ids.clear();
        }
    }

    @Test
    void a_header_needs_only_its_chinese_name() {
        var table = duties(cells("编号", "来源", "路径", "依据", "状态"), cells("D-1", "热线", "街道", "方案", "已确认"));

        assertThat(lines()).isEmpty();
        assertThat(ids(table, report().from(Facts.HOTLINE).matter())).containsExactly("D-1");
        assertThat(ids(table, report().from(Facts.GRID).matter())).isEmpty();
    }

    @Test
    void attributes_of_the_report_and_of_what_was_concluded_may_be_asked_about_together() {
        var table = duties(
                cells("编号", "等级", "主题", "损失（百万元）", "危及生命", "正文含", "路径", "依据", "状态"),
                cells("D-1", "重大", "道路", "≥0.5", "是", "塌、ＷＣ", "街道", "方案", "已确认"));
        var matter = report().about(Facts.HOLE)
                .loss("0.50")
                .lifeInDanger()
                .saying("路面旁的wc")
                .matter()
                .graded(Facts.GRAVE);

        assertThat(lines()).isEmpty();
        assertThat(ids(table, matter)).containsExactly("D-1");
        assertThat(ids(table, matter.graded(Facts.SMALL))).isEmpty();
    }

    @Test
    void what_is_not_known_of_a_fact_meets_only_empty_cells() {
        var table = table(
                KeywordRow.class,
                HitPolicy.ALL,
                cells("编号", "等级", "正文含", "类别", "事项", "分值", "依据", "状态"),
                cells("K-1", "非 重大", "", "", "路面坑洞", "1", "试行", "已确认"),
                cells("K-2", "一般、重大", "", "", "路面坑洞", "1", "试行", "已确认"),
                cells("K-3", "", "非 塌陷", "", "路面坑洞", "1", "试行", "已确认"),
                cells("K-4", "", "", "非 生活", "路面坑洞", "1", "试行", "已确认"),
                cells("K-5", "", "", "", "路面坑洞", "1", "试行", "已确认"));

        assertThat(lines()).isEmpty();
        assertThat(ids(table, report().matter())).containsExactly("K-5");
        assertThat(ids(table, report().about(Facts.HOLE).saying("坑").matter().graded(Facts.SMALL)))
                .containsExactly("K-1", "K-2", "K-3", "K-4", "K-5");
    }

    @Test
    void a_row_for_a_sub_district_covers_its_communities_and_a_row_against_it_excludes_them() {
        var table = table(
                KeywordRow.class,
                HitPolicy.ALL,
                cells("编号", "区域", "事项", "分值", "依据", "状态"),
                cells("K-1", "东街道", "路面坑洞", "1", "试行", "已确认"),
                cells("K-2", "非 东街道", "路面坑洞", "1", "试行", "已确认"),
                cells("K-3", "东市社区、西街道", "路面坑洞", "1", "试行", "已确认"),
                cells("K-4", "非 东市社区", "路面坑洞", "1", "试行", "已确认"),
                cells("K-5", "本区", "路面坑洞", "1", "试行", "已确认"));

        assertThat(lines()).isEmpty();
        var covering = new LinkedHashMap<Area, List<String>>();
        Facts.VOCABULARY
                .all(Area.class)
                .forEach(area -> covering.put(area, ids(table, report().in(area).matter())));
        assertThat(covering)
                .containsExactly(
                        Map.entry(Facts.DISTRICT, List.of("K-2", "K-4", "K-5")),
                        Map.entry(Facts.EAST, List.of("K-1", "K-4", "K-5")),
                        Map.entry(Facts.EAST_MARKET, List.of("K-1", "K-3", "K-5")),
                        Map.entry(Facts.EAST_HILL, List.of("K-1", "K-4", "K-5")),
                        Map.entry(Facts.WEST, List.of("K-2", "K-3", "K-4", "K-5")),
                        Map.entry(Facts.WEST_LAKE, List.of("K-2", "K-3", "K-4", "K-5")));
    }

    // ———— Hit policies and time ————

    @Test
    void each_hit_policy_gives_the_covering_rows_it_says() {
        var rows = new String[][] {
            DUTY,
            cells("D-1", "井盖破损", "主办局", "部门", "方案", "已确认"),
            cells("D-2", "路面坑洞", "主办局", "部门", "方案", "已确认"),
            cells("D-3", "", "协办局", "部门", "方案", "已确认")
        };
        var matter = report().about(Facts.HOLE).matter();

        assertThat(ids(table(DutyRow.class, HitPolicy.FIRST, rows), matter)).containsExactly("D-2");
        ids.clear();
        assertThat(ids(table(DutyRow.class, HitPolicy.ALL, rows), matter)).containsExactly("D-2", "D-3");
        ids.clear();
        var unique = tables(DutyRow.class, table(DutyRow.class, HitPolicy.UNIQUE, rows));
        assertThat(unique.match(DutyRow.class, matter)).isEmpty();
        assertThat(unique.clashes())
                .extracting(rowsOf -> rowsOf.stream().map(RowRef::id).toList())
                .containsExactly(List.of("D-2", "D-3"));
    }

    @Test
    void a_table_where_exactly_one_row_may_match_gives_that_one() {
        var tables = tables(
                DutyRow.class,
                table(
                        DutyRow.class,
                        HitPolicy.UNIQUE,
                        DUTY,
                        cells("D-1", "井盖破损", "主办局", "部门", "方案", "已确认"),
                        cells("D-2", "路面坑洞", "主办局", "部门", "方案", "已确认")));

        assertThat(tables.match(DutyRow.class, report().about(Facts.HOLE).matter()))
                .extracting(row -> row.ref().id())
                .containsExactly("D-2");
        assertThat(tables.clashes()).isEmpty();
    }

    @Test
    void a_row_that_has_ended_is_named_when_it_is_read() {
        readOn = LocalDate.parse("2026-04-01");

        var table = duties(
                cells("编号", "路径", "依据", "状态", "生效", "失效"),
                cells("D-1", "街道", "方案", "已确认", "", "2026-03-31"),
                cells("D-2", "街道", "方案", "已确认", "", "2026-04-01"));

        assertThat(lines())
                .containsExactly("routing.xlsx 派单目录!F3: EXPIRED_ROW: This row ended on 2026-03-31; it no longer counts."
                        + " Delete it, or change its date.");
        assertThat(table.rows()).hasSize(2);
        assertThat(table.live(readOn)).isEqualTo(1);
    }

    @Test
    void a_row_counts_from_its_first_to_its_last_day() {
        var table = duties(
                cells("编号", "路径", "依据", "状态", "生效", "失效"),
                cells("D-1", "街道", "方案", "已确认", "", "2026-03-31"),
                cells("D-2", "街道", "方案", "已确认", "2026-04-01", "'2026-04-30"),
                cells("D-3", "街道", "方案", "已确认", "2026-06-01", ""));

        assertThat(lines()).isEmpty();
        var counting = new LinkedHashMap<String, List<String>>();
        for (String day : new String[] {
            "1999-01-01",
            "2026-03-31",
            "2026-04-01",
            "2026-04-30",
            "2026-05-01",
            "2026-05-31",
            "2026-06-01",
            "2099-01-01"
        }) {
            counting.put(day, ids(table, report().matter(), LocalDate.parse(day)));
        }
        assertThat(counting)
                .containsExactly(
                        Map.entry("1999-01-01", List.of("D-1")),
                        Map.entry("2026-03-31", List.of("D-1")),
                        Map.entry("2026-04-01", List.of("D-2")),
                        Map.entry("2026-04-30", List.of("D-2")),
                        Map.entry("2026-05-01", List.of()),
                        Map.entry("2026-05-31", List.of()),
                        Map.entry("2026-06-01", List.of("D-3")),
                        Map.entry("2099-01-01", List.of("D-3")));
    }

    @Test
    void near_misses_say_what_each_row_lacked() {
        var table = duties(
                cells("编号", "事项", "人数", "来源", "路径", "依据", "状态", "失效"),
                cells("D-1", "路面坑洞", "≥10", "", "街道", "方案", "已确认", ""),
                cells("D-2", "路面坑洞", "≥10", "热线", "街道", "方案", "已确认", ""),
                cells("D-3", "井盖破损", "", "", "街道", "方案", "已确认", ""),
                cells("D-4", "路面坑洞", "", "", "街道", "方案", "已确认", "2025-12-31"));

        assertThat(table.nearMisses(report().about(Facts.HOLE).people(2).matter(), TODAY, 10))
                .containsExactly(
                        new NearMiss("D-1", "routing.xlsx 派单目录!A3", List.of(new NearMiss.Failed("人数", "≥10", "2"))),
                        new NearMiss("D-4", "routing.xlsx 派单目录!A6", List.of(new NearMiss.Failed("生效/失效", "", ""))),
                        new NearMiss(
                                "D-2",
                                "routing.xlsx 派单目录!A4",
                                List.of(
                                        new NearMiss.Failed("人数", "≥10", "2"),
                                        new NearMiss.Failed("来源", "热线", "网格员"))));
    }

    // ———— Every row is accounted for ————

    @Test
    void rows_below_a_gap_and_hidden_rows_count_and_are_told() {
        var table = duties(
                DUTY,
                cells("D-1", "路面坑洞", "主办局", "部门", "方案", "已确认"),
                cells(),
                cells("", "", "", ""),
                hidden("D-2", "井盖破损", "主办局", "部门", "方案", "已确认"),
                cells(),
                cells("D-3", "邻里纠纷", "主办局", "部门", "方案", "已确认"));

        assertThat(table.rows())
                .extracting(row -> row.ref().at())
                .containsExactly("routing.xlsx 派单目录!A3", "routing.xlsx 派单目录!A6", "routing.xlsx 派单目录!A8");
        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 派单目录!A4: BLANK_GAP: Row 4–5、7 is blank; the rows below count. Delete the blank rows.",
                        "routing.xlsx 派单目录!A6: HIDDEN_ROW: What is hidden counts all the same: row 6. Show it, or delete it.");
        assertThat(lines(Locale.CHINESE))
                .containsExactly(
                        "routing.xlsx 派单目录!A4: BLANK_GAP: 第 4–5、7 行是空行；其下的行仍然有效。 请删去空行。",
                        "routing.xlsx 派单目录!A6: HIDDEN_ROW: 第 6 行被隐藏，但仍然有效。 请取消隐藏，或删去。");
        assertThat(problems).noneMatch(problem -> problem.code().isError());
    }

    @Test
    void a_missing_or_taken_id_is_told_with_who_has_it() {
        ids.put("S-1", new CellRef("routing.xlsx", "分级", 3, 0));
        duties(
                DUTY,
                cells("D-1", "路面坑洞", "主办局", "部门", "方案", "已确认"),
                cells("", "井盖破损", "主办局", "部门", "方案", "已确认"),
                cells("D-1", "邻里纠纷", "主办局", "部门", "方案", "已确认"),
                cells("S-1", "邻里纠纷", "主办局", "部门", "方案", "已确认"));

        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 派单目录!A4: MISSING_ID: This row has no id. Give it an id that no row has or ever had.",
                        "routing.xlsx 派单目录!A5: DUPLICATE_ID: The id \"D-1\" is taken by routing.xlsx 派单目录!A3."
                                + " Give this row an id that no row has or ever had.",
                        "routing.xlsx 派单目录!A6: DUPLICATE_ID: The id \"S-1\" is taken by routing.xlsx 分级!A3."
                                + " Give this row an id that no row has or ever had.");
        assertThat(lines(Locale.CHINESE))
                .containsExactly(
                        "routing.xlsx 派单目录!A4: MISSING_ID: 这一行没有编号。 请给一个从未用过的编号。",
                        "routing.xlsx 派单目录!A5: DUPLICATE_ID: 编号“D-1”已被 routing.xlsx 派单目录!A3 使用。 请给这一行一个从未用过的编号。",
                        "routing.xlsx 派单目录!A6: DUPLICATE_ID: 编号“S-1”已被 routing.xlsx 分级!A3 使用。 请给这一行一个从未用过的编号。");
    }

    // ———— Headers ————

    @Test
    void every_fault_of_the_header_row_is_told_at_once() {
        duties(
                cells(
                        "编号 Id",
                        "事项 Event type",
                        "事向 Event type",
                        "",
                        "天气 Weather",
                        "事项 Event type",
                        "牵头 Lead",
                        "依据 Source"),
                cells("D-1", "", "", "x", "", "", "主办局", "方案", "", "y"));

        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 派单目录!C2: MISTYPED_COLUMN: Nothing is known as \"事向 Event type\". Is \"事项\" meant?",
                        "routing.xlsx 派单目录!E2: OWN_COLUMN: \"天气 Weather\" is no column of this table and is not read."
                                + " A column for colleagues can stay; one that is meant to count needs a header that the sheet 说明 lists.",
                        "routing.xlsx 派单目录!F2: DUPLICATE_COLUMN: A column \"事项 Event type\" stands here twice. Delete one of them.",
                        "routing.xlsx 派单目录!D2: MISSING_HEADER: Column D holds cells but has no header."
                                + " Write its header（路径、状态） into row 2, or empty the column.",
                        "routing.xlsx 派单目录!J2: MISSING_HEADER: Column J holds cells but has no header."
                                + " Write its header（路径、状态） into row 2, or empty the column.",
                        "routing.xlsx 派单目录!A2: MISSING_COLUMN: The column \"路径\" is missing. Add it to the header row (row 2).",
                        "routing.xlsx 派单目录!A2: MISSING_COLUMN: The column \"状态\" is missing. Add it to the header row (row 2).");
        assertThat(lines(Locale.CHINESE))
                .containsExactly(
                        "routing.xlsx 派单目录!C2: MISTYPED_COLUMN: 没有名为“事向 Event type”的列。 是否为“事项”？",
                        "routing.xlsx 派单目录!E2: OWN_COLUMN: “天气 Weather”列不是这张表的列，不作读取。 只给同事看的，可以不管；用作条件或结论的，请核对表头，可用的列见说明表。",
                        "routing.xlsx 派单目录!F2: DUPLICATE_COLUMN: “事项 Event type”列出现了两次。 请删去一列。",
                        "routing.xlsx 派单目录!D2: MISSING_HEADER: D 列有内容却没有表头。 请在第 2 行写上表头（路径、状态），或清空这一列。",
                        "routing.xlsx 派单目录!J2: MISSING_HEADER: J 列有内容却没有表头。 请在第 2 行写上表头（路径、状态），或清空这一列。",
                        "routing.xlsx 派单目录!A2: MISSING_COLUMN: 缺少“路径”列。 请在表头（第 2 行）加上这一列。",
                        "routing.xlsx 派单目录!A2: MISSING_COLUMN: 缺少“状态”列。 请在表头（第 2 行）加上这一列。");
    }

    @Test
    void columns_and_lines_of_ones_own_are_told_and_do_no_harm() {
        var table = duties(
                cells("编号 Id", "事项 Event type", "牵头 Lead", "路径 Route", "依据 Source", "状态 Status", "经办电话", ""),
                cells("D-1", "路面坑洞", "主办局", "部门", "方案", "已确认", "8800", "问过小王"),
                cells(),
                cells("合计", "1 项", "", "", "", ""),
                cells("备注：本表由指挥中心填写", "", "", "", "", ""));

        assertThat(table.rows()).extracting(row -> row.ref().id()).containsExactly("D-1");
        assertThat(lines(Locale.CHINESE))
                .containsExactly(
                        "routing.xlsx 派单目录!G2: OWN_COLUMN: “经办电话”列不是这张表的列，不作读取。 只给同事看的，可以不管；用作条件或结论的，请核对表头，可用的列见说明表。",
                        "routing.xlsx 派单目录!H2: OWN_COLUMN: “H”列不是这张表的列，不作读取。 只给同事看的，可以不管；用作条件或结论的，请核对表头，可用的列见说明表。",
                        "routing.xlsx 派单目录!A5: FOOTER_ROWS: 从这一行（“合计”）起不是表格的内容，不作读取。 无需处理；要生效的行，请填上编号和必填的各列。");
        assertThat(problems).noneMatch(problem -> problem.code().isError());
    }

    @Test
    void a_line_within_the_table_is_no_footer_and_neither_is_a_whole_row() {
        duties(DUTY, cells("合计", "", "", "", "", ""), cells("说明-1", "路面坑洞", "主办局", "部门", "方案", "已确认"));

        assertThat(problems).extracting(problem -> problem.code()).doesNotContain(Code.FOOTER_ROWS);
        assertThat(problems).extracting(problem -> problem.at().toString()).allMatch(at -> at.endsWith("3"));
    }

    @Test
    void the_english_name_of_a_column_is_told_with_the_name_it_has() {
        duties(cells("编号", "People", "牵头", "路径", "依据", "状态"), cells("D-1", "5", "主办局", "部门", "方案", "已确认"));

        assertThat(lines(Locale.CHINESE))
                .containsExactly("routing.xlsx 派单目录!B2: MISTYPED_COLUMN: 没有名为“People”的列。 是否为“人数”？");
    }

    @Test
    void an_empty_column_without_a_header_is_no_fault() {
        duties(cells("编号 Id", "", "路径 Route", "依据 Source", "状态 Status"), cells("D-1", "", "街道", "方案", "已确认"));

        assertThat(lines()).isEmpty();
    }

    @Test
    void a_sheet_without_any_row_lacks_its_header() {
        table(DutyRow.class, HitPolicy.FIRST);

        assertThat(problems)
                .extracting(Problem::code, Problem::args)
                .containsExactly(tuple(Code.HEADER_LOST, List.of("—", "路径、编号、依据、状态")));
    }

    @Test
    void from_format_3_on_a_conclusion_that_was_deleted_is_missing_though_its_cells_may_be_empty() {
        TinyPolicy policy = TinyPolicy.complete()
                .ofFormat3()
                .sheet(
                        "routing.xlsx",
                        "派单目录",
                        cells(
                                "编号 Id",
                                "事项 Event type",
                                "配合 Assisting",
                                "路径 Route",
                                "联席会议 Conference",
                                "知会 Notify",
                                "依据 Source",
                                "状态 Status"),
                        cells("D-1", "路面坑洞", "", "部门", "", "", "方案", "推定"));

        assertThat(policy.problems())
                .filteredOn(problem -> problem.code() == Code.MISSING_COLUMN)
                .extracting(problem -> problem.line(Locale.CHINESE))
                .containsExactly("routing.xlsx 派单目录!A2: MISSING_COLUMN: 缺少“牵头”列。 请在表头（第 2 行）加上这一列。");
    }

    // ———— Cells ————

    @Test
    void every_fault_of_every_cell_is_told_at_once() {
        var table = duties(
                cells("编号", "事项", "人数", "区域", "牵头", "路径", "依据", "状态", "生效", "失效"),
                cells("D-1", "路面坑凹", "５", "东街道", "主办剧", "部门", "方案", "已确认", "", ""),
                cells("D-2", "天外来客", "2026-01-31", "东街道、", "主办局", "", "", "", "", ""),
                cells(
                        "D-3",
                        "=VLOOKUP(1) → #N/A",
                        "9~3",
                        "#REF!",
                        "=1/0 → #DIV/0!",
                        "部门",
                        "方案",
                        "已确定",
                        "明天",
                        "2026-01-31"),
                cells("D-4", "井盖破损", "5", "西湖社区", "主办局", "部门", "方案", "待确认", "2026-02-01", "2026-01-31"),
                cells("D-5", "井盖破损", "≥0.5", "西湖社区", "主办局", "部门", "方案", "待确认", "2026-02-01", "2026-02-01"));

        assertThat(lines())
                .containsExactlyInAnyOrder(
                        "routing.xlsx 派单目录!B3: MISTYPED_LABEL: There is no \"路面坑凹\" in the vocabulary (事项). Is \"路面坑洞\" meant?",
                        "routing.xlsx 派单目录!C3: UNUSUAL_CHARACTERS: \"５\" is read as \"5\". Type it with half-width digits and signs.",
                        "routing.xlsx 派单目录!E3: MISTYPED_LABEL: There is no \"主办剧\" in the vocabulary (牵头). Is \"主办局\" meant?",
                        "routing.xlsx 派单目录!B4: UNKNOWN_LABEL: There is no \"天外来客\" among the names of \"事项\"."
                                + " Choose one from the drop-down（路面坑洞、井盖破损、其他道路问题、邻里纠纷）; if it is new, first add a row to the sheet 事项 of vocabulary.xlsx.",
                        "routing.xlsx 派单目录!C4: DATE_IN_NUMBERS: The column \"人数 People\" wants a number, but this cell is the date 2026-01-31:"
                                + " a spreadsheet program has probably made it of \"1-31\". First format the cell as text, then type it again, such as 1~31.",
                        "routing.xlsx 派单目录!D4: READ_AS: \"东街道、\" is read as \"东街道\"."
                                + " Write \"东街道\"; if that is not what is meant, correct the cell.",
                        "routing.xlsx 派单目录!F4: MISSING_VALUE: The cell of \"路径\" is empty. Fill it in.",
                        "routing.xlsx 派单目录!G4: MISSING_VALUE: The cell of \"依据\" is empty. Fill it in.",
                        "routing.xlsx 派单目录!H4: MISSING_VALUE: The cell of \"状态\" is empty. Fill it in.",
                        "routing.xlsx 派单目录!B5: FORMULA_ERROR: The formula in this cell gives #N/A. Mend the formula, or type the value.",
                        "routing.xlsx 派单目录!C5: INVERTED_RANGE: The range \"9~3\" begins with the greater one. Write 3~9.",
                        "routing.xlsx 派单目录!D5: FORMULA_ERROR: The formula in this cell gives #REF!. Mend the formula, or type the value.",
                        "routing.xlsx 派单目录!E5: FORMULA_ERROR: The formula in this cell gives #DIV/0!. Mend the formula, or type the value.",
                        "routing.xlsx 派单目录!H5: MISTYPED_LABEL: There is no \"已确定\" in the vocabulary (状态). Is \"已确认\" meant?",
                        "routing.xlsx 派单目录!I5: NOT_A_DATE: The column \"生效\" wants a date, which \"明天\" is not."
                                + " Write it as 2027-01-01, with year, month and day.",
                        "routing.xlsx 派单目录!J6: INVERTED_DATES: The row ends on 2026-01-31, before it begins on 2026-02-01."
                                + " Change one of the dates.");
        assertThat(lines(Locale.CHINESE))
                .contains(
                        "routing.xlsx 派单目录!E3: MISTYPED_LABEL: “主办剧”不在“牵头”的名录中。 是否为“主办局”？",
                        "routing.xlsx 派单目录!F4: MISSING_VALUE: “路径”没有填写。 请填写。",
                        "routing.xlsx 派单目录!E5: FORMULA_ERROR: 这一格的公式结果为 #DIV/0!。 请改正公式，或直接填写。",
                        "routing.xlsx 派单目录!J6: INVERTED_DATES: 这一行于 2026-01-31 失效，早于生效的 2026-02-01。 请改其中一个日期。");
        assertThat(table.rows()).extracting(row -> row.ref().id()).containsExactly("D-5");
    }

    @Test
    void a_number_out_of_bounds_or_of_the_wrong_kind_is_told() {
        table(
                StageRow.class,
                HitPolicy.ALL,
                cells("编号", "序", "阶段", "时限", "起算", "依据", "状态"),
                cells("L-1", "0", "围护", "3 小时", "交办", "办法", "已确认"),
                cells("L-2", "100", "围护", "3 个小时", "交办", "办法", "已确认"),
                cells("L-3", "1.5", "围护", "1.5 工作日", "昨天", "办法", "已确认"),
                cells("L-4", "2026-01-31", "围护", "3", "上一阶段", "办法", "已确认"));

        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 阶段时限!B3: OUT_OF_RANGE: 0 is not between 1 and 99. Write a number within that.",
                        "routing.xlsx 阶段时限!B4: OUT_OF_RANGE: 100 is not between 1 and 99. Write a number within that.",
                        STAGES
                                + "D4: READ_AS: \"3 个小时\" is read as \"3 小时\". Write \"3 小时\"; if that is not what is meant, correct the cell.",
                        STAGES
                                + "B5: NOT_A_WHOLE_NUMBER: The column \"序\" wants one whole number, which \"1.5\" is not. Write the number only, such as 5, without unit, range or words; a share in percent, a half as 50, all as 100.",
                        STAGES
                                + "D5: BAD_LIMIT: \"1.5 工作日\" is not a limit. A limit is a number and a unit: 4 工作时, 7 工作日, 3 小时, 2 天. Others are 30 分钟, 1 个月, 当日, and 2 小时 07:00~22:00 for hours that count between these times of each day: for 小时 and 分钟 only, to 24:00 for the end of the day, and a night, such as 22:00~06:00, is at most 12 hours. Days and months are whole (36 小时, not 1.5 天; 15 天, not 半个月), and the number is at most 10000.",
                        STAGES + "E5: UNKNOWN_CHOICE: \"昨天\" cannot be given here. Possible: 交办、上一阶段.",
                        STAGES
                                + "B6: DATE_FOR_NUMBER: The column \"序\" wants one number, but this cell is the date 2026-01-31: a spreadsheet program has probably made it of \"1-31\". A range cannot stand here. First format the cell as a number, then type one number, such as 5.",
                        STAGES
                                + "D6: LIMIT_WITHOUT_UNIT: The limit \"3\" has no unit. Write 3 小时 or 3 天 if it counts day and night, 3 工作时 or 3 工作日 if it counts working time.");
        assertThat(lines(Locale.CHINESE).get(0))
                .isEqualTo("routing.xlsx 阶段时限!B3: OUT_OF_RANGE: 0 不在 1 至 99 之间。 请改为这个范围内的数。");
    }

    private static final String STAGES = "routing.xlsx 阶段时限!";

    @Test
    void a_formula_counts_by_the_value_that_is_shown() {
        var table = duties(
                cells("编号", "事项", "人数", "路径", "依据", "状态", "生效"),
                cells("=A9 → D-1", "=B9 → 路面坑洞", "=2+3 → 5", "街道", "方案", "已确认", "=DATE(2026,1,31) → 2026-01-31"));

        assertThat(lines()).isEmpty();
        var matter = report().about(Facts.HOLE).people(5).matter();
        assertThat(ids(table, matter, LocalDate.parse("2026-01-30"))).isEmpty();
        assertThat(ids(table, matter, LocalDate.parse("2026-01-31"))).containsExactly("D-1");
    }

    @Test
    void a_formula_whose_value_was_never_computed_is_no_empty_cell() {
        duties(DUTY, cells("D-1", "=B9", "主办局", "部门", "方案", "已确认"));

        assertThat(problems)
                .extracting(Problem::code, Problem::at)
                .containsExactly(tuple(Code.UNCOMPUTED_FORMULA, new CellRef("routing.xlsx", "派单目录", 3, 1)));
    }

    @Test
    void a_formula_error_is_no_id_and_no_source() {
        var table = duties(DUTY, cells("=A9 → #REF!", "路面坑洞", "主办局", "部门", "=B9 → #N/A", "已确认"));

        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 派单目录!A3: FORMULA_ERROR: The formula in this cell gives #REF!. Mend the formula, or type the value.",
                        "routing.xlsx 派单目录!E3: FORMULA_ERROR: The formula in this cell gives #N/A. Mend the formula, or type the value.");
        assertThat(table.rows()).isEmpty();
    }

    @Test
    void numbers_and_yes_or_no_may_be_typed_as_such() {
        var table = duties(
                cells("编号", "人数", "损失（百万元）", "仅涉居民", "区域", "路径", "依据", "状态"),
                cells("1", "5", "0.1", "TRUE", "330102001001", "街道", "方案", "已确认"));

        assertThat(lines()).isEmpty();
        assertThat(ids(table, report().people(5).loss("0.10").residentsOnly().matter()))
                .containsExactly("1");
        assertThat(ids(table, report().people(5).loss("0.10").matter())).isEmpty();
    }

    // ———— Vocabulary ————

    @Test
    void a_term_may_lie_within_one_above_it() {
        var terms = SheetReader.terms(
                sheet(
                        "区域",
                        cells("代码 Code", "名称 Label", "层级 Level", "上级 Parent"),
                        cells("330102", "本区", "区", ""),
                        cells("330102001", "东街道", "街道", "本区"),
                        cells("330102001001", "东市社区", "社区", "330102001")),
                Area.class,
                Facts.VOCABULARY,
                new HashMap<>(),
                problems::add);

        assertThat(lines()).isEmpty();
        assertThat(terms.all(Area.class)).containsExactly(Facts.DISTRICT, Facts.EAST, Facts.EAST_MARKET);
    }

    @Test
    void a_term_may_not_lie_within_itself_or_one_below_it() {
        SheetReader.terms(
                sheet(
                        "区域",
                        cells("代码 Code", "名称 Label", "层级 Level", "上级 Parent"),
                        cells("1", "自环", "区", "自环"),
                        cells("330102001", "东街道", "街道", "本区"),
                        cells("330102", "本区", "区", "")),
                Area.class,
                Facts.VOCABULARY,
                new HashMap<>(),
                problems::add);

        assertThat(problems)
                .extracting(Problem::code, problem -> problem.at().toString())
                .containsExactly(
                        tuple(Code.PARENT_BELOW, "routing.xlsx 区域!D3"), tuple(Code.PARENT_BELOW, "routing.xlsx 区域!D4"));
    }

    @Test
    void a_code_or_name_that_another_term_has_is_told() {
        SheetReader.terms(
                sheet(
                        "单位",
                        cells("代码 Code", "名称 Label", "单位类别 Kind"),
                        cells("主办局", "主办局", "部门"),
                        cells("B", "协办局", "部门"),
                        cells("B", "主办局", "平台")),
                Body.class,
                Facts.VOCABULARY,
                new HashMap<>(),
                problems::add);

        assertThat(lines())
                .containsExactly(
                        "routing.xlsx 单位!A5: DUPLICATE_LABEL: \"B\" is the code or name of another row, routing.xlsx 单位!A4."
                                + " Change one of them: codes and names must be unique in their sheet.",
                        "routing.xlsx 单位!B5: DUPLICATE_LABEL: \"主办局\" is the code or name of another row, routing.xlsx 单位!A3."
                                + " Change one of them: codes and names must be unique in their sheet.");
        assertThat(lines(Locale.CHINESE).get(0))
                .isEqualTo("routing.xlsx 单位!A5: DUPLICATE_LABEL: “B”已是另一行 routing.xlsx 单位!A4 的代码或名称。"
                        + " 请改其中之一：同一张表内代码和名称不得重复。");
    }

    @Test
    void plain_records_need_their_columns_and_cells_too() {
        var severities = new SheetReader(Facts.VOCABULARY, readOn, problems::add)
                .records(
                        sheet("等级", cells("代码", "名称", "次序", "备注"), cells("A", "一级", "", "x"), cells("B", "二级", "2")),
                        Severity.class);

        assertThat(severities)
                .extracting(
                        SheetReader.Placed::record,
                        SheetReader.Placed::row,
                        placed -> placed.at("次序").toString())
                .containsExactly(tuple(new Severity("B", "二级", 2), 4, "routing.xlsx 等级!C4"));
        assertThat(lines())
                .containsExactly("routing.xlsx 等级!C3: MISSING_VALUE: The cell of \"次序\" is empty. Fill it in.");
    }

    // ———— Helpers ————

    private Table<DutyRow> duties(String[]... headerAndRows) {
        return table(DutyRow.class, HitPolicy.FIRST, headerAndRows);
    }

    private <R extends Row> Table<R> table(Class<R> type, HitPolicy hitPolicy, String[]... headerAndRows) {
        String name =
                requireNonNull(type.getAnnotation(liandong.table.Sheet.class)).value();
        return new SheetReader(Facts.VOCABULARY, readOn, problems::add)
                .table(sheet(name, headerAndRows), type, new TableContract(hitPolicy, false), ids);
    }

    private SheetData sheet(String name, String[]... headerAndRows) {
        String[][] rows = new String[headerAndRows.length + 1][];
        rows[0] = cells(name + "的标题");
        System.arraycopy(headerAndRows, 0, rows, 1, headerAndRows.length);
        return WorkbookReader.read("routing.xlsx", Workbooks.xlsx(Map.of(name, rows)), problems::add)
                .get(0);
    }

    private static <R extends Row> Tables tables(Class<R> type, Table<R> table) {
        return new Tables(Map.of(type, table), TODAY, null);
    }

    private static <R extends Row> List<String> ids(Table<R> table, Matter matter) {
        return ids(table, matter, TODAY);
    }

    private static <R extends Row> List<String> ids(Table<R> table, Matter matter, LocalDate on) {
        return table.match(matter, on).stream().map(row -> row.ref().id()).toList();
    }

    private static List<Body> leads(Table<DutyRow> table, Matter matter) {
        return table.match(matter, TODAY).stream()
                .map(row -> requireNonNull(row.lead()))
                .toList();
    }

    private List<String> lines() {
        return lines(Locale.ENGLISH);
    }

    private List<String> lines(Locale locale) {
        return problems.stream().map(problem -> problem.line(locale)).toList();
    }

    private static String[] cells(String... cells) {
        return cells;
    }

    private static String[] inserted(String[] cells, int place, String cell) {
        var more = new ArrayList<>(List.of(cells));
        more.add(place, cell);
        return more.toArray(String[]::new);
    }
}
