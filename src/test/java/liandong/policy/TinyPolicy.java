package liandong.policy;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.decision.Decisions;
import liandong.incident.Column;
import liandong.problem.Problem;
import liandong.table.Row;
import liandong.table.Sheet;
import liandong.table.Workbooks;

/** A complete policy of a few rows in the words of {@code Facts}, of which each test changes what it is about. */
public final class TinyPolicy {
    /** The day the policy is loaded on. */
    public static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    /** What every rule file begins with; the rules of a test stand from line {@value #FIRST_LINE} on. */
    public static final String PREAMBLE = """
            package liandong.rules
            import liandong.decision.*
            import liandong.incident.*
            import java.util.List
            global liandong.table.Tables tables
            global liandong.incident.Vocabulary vocabulary
            global liandong.engine.Timetable timetable
            """;

    public static final int FIRST_LINE = 8;

    /** The least that is a rule. */
    public static final String ONE_RULE = """
            rule "TST-001 无论何事，都转人工研判"
            @source("测试")
            when
                Report()
            then
                insert( new Triage( TriageReason.LOW_CONFIDENCE ) );
            end
            """;

    /** The workbook by which texts are read. */
    public static final String READING = "reading.xlsx";

    private static final Set<String> FIRST_ROW_ONLY = Set.of("研读门槛", "直办", "告知途径");

    private static final Pattern CELL = Pattern.compile("(\\S+\\.xlsx) (.+)!([A-Z])(\\d+)");

    private final Map<String, Map<String, String[][]>> workbooks = new LinkedHashMap<>();
    private final Map<String, byte[]> rules = new TreeMap<>();
    private final Map<String, byte[]> others = new TreeMap<>();

    private TinyPolicy() {}

    /** The whole policy with the stock rules. */
    public static TinyPolicy complete() {
        var policy = new TinyPolicy();
        PolicyFiles.stock().rules().forEach(policy.rules::put);
        vocabulary(policy);
        calendar(policy);
        routing(policy);
        unread(policy);
        return policy;
    }

    /** The whole policy with only one rule, which is quicker to compile. */
    public static TinyPolicy withOneRule() {
        return complete().rules(ONE_RULE);
    }

    private static void vocabulary(TinyPolicy policy) {
        String file = "vocabulary.xlsx";
        String[] header = {"代码 Code", "名称 Label"};
        String[] ranked = {"代码 Code", "名称 Label", "次序 Rank"};
        policy.sheet(file, "类别", header, cells("SAFETY", "安全"), cells("LIFE", "生活"));
        policy.sheet(file, "小类", header, cells("PUBLIC", "公共"));
        policy.sheet(file, "主题", header, cells("ROADS", "道路"), cells("NEIGHBOURS", "邻里"));
        policy.sheet(
                file,
                "事项",
                cells("代码 Code", "名称 Label", "类别 Category", "小类 Class", "主题 Topic", "性质 Kind", "笼统 General"),
                cells("HOLE", "路面坑洞", "安全", "公共", "道路", "事件", "否"),
                cells("LID", "井盖破损", "安全", "公共", "道路", "部件", "否"),
                cells("OTHER_ROAD", "其他道路问题", "安全", "公共", "道路", "事件", "是"),
                cells("QUARREL", "邻里纠纷", "生活", "公共", "邻里", "事件", "否"));
        policy.sheet(file, "来源", header, cells("GRID", "网格员"), cells("HOTLINE", "热线"));
        policy.sheet(file, "诉求性质", header, cells("REQUEST", "求助"), cells("QUESTION", "咨询"));
        policy.sheet(
                file,
                "层级",
                ranked,
                cells("DISTRICT", "区", "1"),
                cells("SUB_DISTRICT", "街道", "2"),
                cells("COMMUNITY", "社区", "3"));
        policy.sheet(
                file,
                "区域",
                cells("代码 Code", "名称 Label", "层级 Level", "上级 Parent"),
                cells("330102", "本区", "区", ""),
                cells("330102001", "东街道", "街道", "本区"),
                cells("330102001001", "东市社区", "社区", "东街道"),
                cells("330102001002", "东山社区", "社区", "东街道"),
                cells("330102002", "西街道", "街道", "本区"),
                cells("330102002001", "西湖社区", "社区", "西街道"));
        policy.sheet(
                file,
                "单位",
                cells("代码 Code", "名称 Label", "单位类别 Kind"),
                cells("LEAD", "主办局", "部门"),
                cells("HELPER", "协办局", "部门"),
                cells("PLATFORM", "水务公司", "平台"),
                cells("COMMUNITY", "属地社区", "社区"),
                cells("SUB_DISTRICT", "属地街道", "街道"),
                cells("MEETING", "道路联席会议", "联席会议"),
                cells("LINE", "急救专线", "紧急救援"));
        policy.sheet(file, "等级", ranked, cells("SMALL", "一般", "1"), cells("GRAVE", "重大", "2"));
        policy.sheet(file, "紧急程度", ranked, cells("NORMAL", "普通", "1"), cells("URGENT", "紧急", "2"));
    }

    private static void calendar(TinyPolicy policy) {
        String file = "calendar.xlsx";
        policy.sheet(file, "时区", cells("时区 Zone"), cells("Asia/Shanghai"));
        policy.sheet(
                file,
                "办公时间",
                cells("星期 Weekday", "上班 Opens", "下班 Closes"),
                cells("周一", "08:30", "17:30"),
                cells("周二", "08:30", "17:30"),
                cells("周三", "08:30", "17:30"),
                cells("周四", "08:30", "17:30"),
                cells("周五", "08:30", "17:30"));
        policy.sheet(
                file,
                "节假日",
                cells("年度 Year", "日期 Date", "名称 Name", "类型 Type"),
                cells("2026", "2026-10-01", "国庆节", "休"));
    }

    private static void routing(TinyPolicy policy) {
        String file = "routing.xlsx";
        policy.raw(
                file,
                "说明",
                cells("测试用"),
                cells("工作表 Sheet", "命中方式 Hit policy"),
                cells("转接", "全部适用"),
                cells("关键词", "全部适用"),
                cells("分拣门槛", "首行命中"),
                cells("分级", "首行命中"),
                cells("紧急程度", "首行命中"),
                cells("派单目录", "首行命中"),
                cells("阶段时限", "全部适用"));
        policy.sheet(
                file,
                "转接",
                cells("编号 Id", "危及生命 Life in danger", "转接单位 Relay to", "依据 Source", "状态 Status"),
                cells("R-1", "是", "急救专线", "热线办法", "已确认"));
        policy.sheet(
                file,
                "关键词",
                cells("编号 Id", "正文含 Text contains", "事项 Event type", "分值 Points", "依据 Source", "状态 Status"),
                cells("K-1", "坑洞、塌陷", "路面坑洞", "8", "试行", "待确认"),
                cells("K-2", "井盖", "井盖破损", "8", "试行", "待确认"),
                cells("K-3", "道路", "其他道路问题", "6", "试行", "待确认"),
                cells("K-4", "争吵", "邻里纠纷", "8", "试行", "待确认"));
        policy.sheet(
                file,
                "分拣门槛",
                cells(
                        "编号 Id",
                        "最低票数 Minimum points",
                        "最低领先 Minimum lead",
                        "具体票数 Specific points",
                        "依据 Source",
                        "状态 Status"),
                cells("T-1", "5", "20", "5", "试行", "已确认"));
        policy.sheet(
                file,
                "分级",
                cells("编号 Id", "死亡人数 Deaths", "等级 Severity", "知会 Notify", "依据 Source", "状态 Status"),
                cells("S-1", "≥1", "重大", "急救专线", "分级标准", "已确认"),
                cells("S-2", "", "一般", "", "分级标准", "已确认"));
        policy.sheet(
                file,
                "紧急程度",
                cells("编号 Id", "等级 Severity", "紧急程度 Urgency", "依据 Source", "状态 Status"),
                cells("U-1", "重大", "紧急", "分级标准", "已确认"),
                cells("U-2", "", "普通", "分级标准", "已确认"));
        policy.sheet(
                file,
                "派单目录",
                cells(
                        "编号 Id",
                        "事项 Event type",
                        "牵头 Lead",
                        "配合 Assisting",
                        "路径 Route",
                        "联席会议 Conference",
                        "依据 Source",
                        "状态 Status",
                        "生效 From",
                        "失效 Until",
                        "知会 Notify"),
                cells("D-1", "路面坑洞", "主办局", "协办局、属地街道", "牵头配合", "道路联席会议", "三定方案", "已确认", "", ""),
                cells("D-2", "井盖破损", "水务公司", "", "平台", "", "三定方案", "待确认", "", ""),
                cells("D-3", "邻里纠纷", "主办局", "", "社区", "", "三定方案", "已确认", "", ""));
        policy.sheet(
                file,
                "阶段时限",
                cells(
                        "编号 Id",
                        "紧急程度 Urgency",
                        "序 Order",
                        "阶段 Stage",
                        "时限 Limit",
                        "起算 Counts from",
                        "依据 Source",
                        "状态 Status"),
                cells("L-1", "", "1", "围护", "3 小时", "交办", "办法", "已确认"),
                cells("L-2", "普通", "2", "修复", "5 工作日", "上一阶段", "办法", "已确认"));
    }

    /** The same written by format 3: rows that are there so far have the status words of that format. */
    public TinyPolicy ofFormat3() {
        workbooks.values().forEach(sheets -> sheets.values().forEach(TinyPolicy::renameStatuses));
        return raw("vocabulary.xlsx", "说明", cells("测试用"), cells("政策格式 Policy format", "3"));
    }

    private static String[] headers(Class<? extends Row> type) {
        var headers = new ArrayList<String>(List.of("编号 Id"));
        for (RecordComponent component : type.getRecordComponents()) {
            Column column = component.getAccessor().getAnnotation(Column.class);
            if (column != null) {
                headers.add(column.value());
            }
        }
        headers.addAll(List.of("依据 Source", "状态 Status"));
        return headers.toArray(String[]::new);
    }

    private static void renameStatuses(String[][] rows) {
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = switch (row[i]) {
                    case "已确认" -> "有出处";
                    case "待确认" -> "推定";
                    default -> row[i];
                };
            }
        }
    }

    /** The sheets that came with format 3, without a row: no text is read, and texts are voted about by keywords. */
    private static void unread(TinyPolicy policy) {
        var guide = new ArrayList<String[]>(List.of(cells("测试用"), cells("工作表 Sheet", "命中方式 Hit policy")));
        for (PolicyPart part : Decisions.schema().parts()) {
            for (Class<? extends Row> type : part.tables()) {
                Sheet sheet = PolicyPart.sheet(type);
                if (part.required() && sheet.since() == 3 && !sheet.optional()) {
                    guide.add(cells(sheet.value(), FIRST_ROW_ONLY.contains(sheet.value()) ? "首行命中" : "全部适用"));
                    policy.sheet(READING, sheet.value(), headers(type));
                }
            }
        }
        policy.raw(READING, "说明", guide.toArray(String[][]::new));
    }

    private static String[] cells(String... cells) {
        return cells;
    }

    /** Adds the days that are off by law since 2025, and says that the policy is of the format that has them. */
    public TinyPolicy byLaw() {
        sheet(
                "calendar.xlsx",
                "法定假日",
                cells(
                        "编号 Id",
                        "名称 Name",
                        "历法 Calendar",
                        "月 Month",
                        "日 Day",
                        "天数 Days",
                        "依据 Basis",
                        "状态 Status",
                        "生效 From"),
                cells("H-1", "元旦", "公历", "1", "1", "1", "办法", "待确认", "2025-01-01"),
                cells("H-2", "春节", "农历", "12", "除夕", "4", "办法", "待确认", "2025-01-01"),
                cells("H-3", "清明节", "节气", "", "清明", "1", "办法", "待确认", "2025-01-01"),
                cells("H-4", "劳动节", "公历", "5", "1", "2", "办法", "待确认", "2025-01-01"),
                cells("H-5", "端午节", "农历", "5", "5", "1", "办法", "待确认", "2025-01-01"),
                cells("H-6", "中秋节", "农历", "8", "15", "1", "办法", "待确认", "2025-01-01"),
                cells("H-7", "国庆节", "公历", "10", "1", "3", "办法", "待确认", "2025-01-01"));
        return ofFormat3();
    }

    /**
     * Adds the arrangement of a year: each holiday on one day.
     *
     * @param days the first days of the seven holidays, in the order of the year
     */
    public TinyPolicy announced(int year, String... days) {
        String[] names = {"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"};
        for (int i = 0; i < names.length; i++) {
            row("calendar.xlsx", "节假日", String.valueOf(year), days[i], names[i], "休");
        }
        return this;
    }

    /** Replaces or adds a sheet: its title row is added, its header row comes first. */
    public TinyPolicy sheet(String file, String sheet, String[]... headerAndRows) {
        String[][] rows = new String[headerAndRows.length + 1][];
        rows[0] = cells(sheet);
        System.arraycopy(headerAndRows, 0, rows, 1, headerAndRows.length);
        return raw(file, sheet, rows);
    }

    /** Replaces or adds a sheet, every row given. */
    public TinyPolicy raw(String file, String sheet, String[]... rows) {
        workbooks.computeIfAbsent(file, name -> new LinkedHashMap<>()).put(sheet, rows);
        return this;
    }

    /** Adds a row below the last of a sheet. */
    public TinyPolicy row(String file, String sheet, String... cells) {
        String[][] rows = rows(file, sheet);
        String[][] more = Arrays.copyOf(rows, rows.length + 1);
        more[rows.length] = cells;
        return raw(file, sheet, more);
    }

    /** Types over one cell, e.g. {@code "routing.xlsx 派单目录!C3"}; cells to its left may be missing so far. */
    public TinyPolicy cell(String at, String typed) {
        Matcher place = CELL.matcher(at);
        if (!place.matches()) {
            throw new IllegalArgumentException(at);
        }
        int row = Integer.parseInt(place.group(4)) - 1;
        int column = place.group(3).charAt(0) - 'A';
        String[][] rows = rows(place.group(1), place.group(2));
        int before = rows[row].length;
        if (before <= column) {
            rows[row] = Arrays.copyOf(rows[row], column + 1);
            Arrays.fill(rows[row], before, column, "");
        }
        rows[row][column] = typed;
        return this;
    }

    private String[][] rows(String file, String sheet) {
        return Objects.requireNonNull(workbooks.getOrDefault(file, Map.of()).get(sheet), file + " " + sheet);
    }

    /** Takes a sheet away. */
    public TinyPolicy without(String file, String sheet) {
        Objects.requireNonNull(workbooks.get(file)).remove(sheet);
        return this;
    }

    /** Takes a workbook away. */
    public TinyPolicy without(String file) {
        workbooks.remove(file);
        return this;
    }

    /** Puts another file in, or in place of a workbook: the path is relative to the policy folder. */
    public TinyPolicy file(String path, byte[] bytes) {
        others.put(path, bytes);
        return this;
    }

    /** Replaces all rules by one file {@code rules/test.drl}, made of the preamble and these. */
    public TinyPolicy rules(String drl) {
        return noRules().file("rules/test.drl", (PREAMBLE + drl).getBytes(StandardCharsets.UTF_8));
    }

    /** Takes all rules away. */
    public TinyPolicy noRules() {
        rules.clear();
        return this;
    }

    public PolicyFiles files() {
        var files = new TreeMap<String, byte[]>();
        rules.forEach((name, drl) -> files.put("rules/" + name, drl));
        workbooks.forEach((name, sheets) -> files.put("decision-tables/" + name, Workbooks.xlsx(sheets)));
        files.putAll(others);
        return new PolicyFiles("tiny", files);
    }

    /** The policy; a test that gets here wants it to be sound. */
    public Policy load() {
        try {
            return Decisions.policy(files(), TODAY);
        } catch (BadPolicyException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** Everything that keeps the policy from being used, and what else is worth knowing; empty when it can be used. */
    public List<Problem> problems() {
        try {
            Decisions.policy(files(), TODAY);
            return List.of();
        } catch (BadPolicyException e) {
            return e.problems();
        }
    }

    /** The same as the lines that staff read. */
    public List<String> lines(Locale locale) {
        return problems().stream().map(problem -> problem.line(locale)).toList();
    }

    public List<String> lines() {
        return lines(Locale.ENGLISH);
    }
}
