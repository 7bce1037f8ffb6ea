package liandong.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import liandong.policy.TinyPolicy;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import org.junit.jupiter.api.Test;

/**
 * Faults that somebody makes who means well, put one by one into a policy that has none: each is found, at its cell. Each table
 * by itself looks whole; what is wrong shows only when they are read one after the other, or as time goes on.
 */
class SeededFaultsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    /** What this class is about. */
    private static final Set<Code> CODES = Set.of(
            Code.ROW_NEVER_REACHED,
            Code.LIMIT_MISSING,
            Code.OWNER_MISSING,
            Code.STAGES_OF_ONE_NUMBER,
            Code.STAGE_WITHOUT_PREDECESSOR,
            Code.DUTY_WITHOUT_CONFERENCE,
            Code.DUTY_WITHOUT_LEAD,
            Code.RELAY_MISSING,
            Code.URGENCY_FALLS,
            Code.SEVERITY_FALLS,
            Code.LIMIT_GROWS,
            Code.NEVER_CONCLUDED,
            Code.NO_LIVING_ROW,
            Code.ROW_ENDS_SOON,
            Code.VERSION_GAP,
            Code.VERSION_HIDDEN,
            Code.VERSIONS_OVERLAP,
            Code.CALENDAR_ENDS_SOON,
            Code.ACCEPTED_NOTHING);

    private static final String GRADES = "分级";
    private static final String URGENCIES = "紧急程度";
    private static final String DUTIES = "派单目录";
    private static final String STAGES = "阶段时限";
    private static final String RELAYS = "转接";
    private static final String FROM = "生效";
    private static final String UNTIL = "失效";

    /** A policy's tables, that a fault is put into. */
    private static final class Draft {
        private final Map<String, List<String>> headers = new LinkedHashMap<>();
        private final Map<String, List<String[]>> rows = new LinkedHashMap<>();
        private final List<String[]> accepted = new ArrayList<>();
        private LocalDate today = TODAY;

        Draft() {
            table(RELAYS, "编号", "危及生命", "事项", "转接单位");
            add(RELAYS, "R-1", "是", "", "急救专线");
            table(GRADES, "编号", "事项", "死亡人数", "等级", "知会");
            add(GRADES, "S-0", "邻里纠纷", "", "一般", "");
            add(GRADES, "S-1", "", "≥1", "重大", "");
            add(GRADES, "S-2", "", "", "一般", "");
            table(URGENCIES, "编号", "事项", "危及生命", "等级", "紧急程度");
            add(URGENCIES, "U-0", "井盖破损", "是", "", "紧急");
            add(URGENCIES, "U-1", "", "", "重大", "紧急");
            add(URGENCIES, "U-2", "", "", "", "普通");
            table(DUTIES, "编号", "事项", "等级", "紧急程度", "牵头", "配合", "路径", "联席会议", "知会");
            add(DUTIES, "D-1", "路面坑洞", "", "", "主办局", "", "部门", "", "");
            add(DUTIES, "D-2", "井盖破损", "", "", "水务公司", "", "平台", "", "");
            add(DUTIES, "D-3", "其他道路问题", "", "", "主办局", "", "部门", "", "");
            add(DUTIES, "D-4", "邻里纠纷", "", "", "主办局", "", "部门", "", "");
            table(STAGES, "编号", "事项", "等级", "紧急程度", "序", "阶段", "时限", "起算");
            add(STAGES, "L-1", "路面坑洞", "", "", "1", "围护", "3 小时", "交办");
            add(STAGES, "L-2", "路面坑洞", "", "", "2", "修复", "5 工作日", "上一阶段");
            add(STAGES, "L-3", "井盖破损", "", "紧急", "1", "围护", "1 小时", "交办");
            add(STAGES, "L-4", "井盖破损", "", "普通", "1", "围护", "4 小时", "交办");
            add(STAGES, "L-5", "井盖破损", "", "", "2", "更换", "3 工作日", "上一阶段");
            add(STAGES, "L-6", "其他道路问题", "", "", "1", "处理", "20 小时", "交办");
            add(STAGES, "L-7", "邻里纠纷", "", "", "1", "调解", "9 工作日", "交办");
        }

        private void table(String sheet, String... header) {
            var all = new ArrayList<>(List.of(header));
            all.addAll(List.of("依据", "状态", FROM, UNTIL));
            headers.put(sheet, all);
            rows.put(sheet, new ArrayList<>());
        }

        /** The rows of a sheet. */
        final List<String[]> rows(String sheet) {
            return Objects.requireNonNull(rows.get(sheet), sheet);
        }

        private List<String> header(String sheet) {
            return Objects.requireNonNull(headers.get(sheet), sheet);
        }

        final void add(String sheet, String... cells) {
            rows(sheet).add(filled(sheet, cells));
        }

        void insert(String sheet, int at, String... cells) {
            rows(sheet).add(at, filled(sheet, cells));
        }

        private String[] filled(String sheet, String... cells) {
            String[] row = Arrays.copyOf(cells, header(sheet).size());
            row[cells.length] = "试行";
            row[cells.length + 1] = "已确认";
            row[cells.length + 2] = "";
            row[cells.length + 3] = "";
            return row;
        }

        int column(String sheet, String column) {
            return header(sheet).indexOf(column);
        }

        void set(String sheet, int row, String column, String value) {
            rows(sheet).get(row)[column(sheet, column)] = value;
        }

        String[] copy(String sheet, int row, String id) {
            String[] copy = rows(sheet).get(row).clone();
            copy[0] = id;
            return copy;
        }

        List<String> found() {
            TinyPolicy policy = TinyPolicy.withOneRule();
            rows.forEach((sheet, lines) -> sheet(policy, sheet, header(sheet), lines));
            if (!accepted.isEmpty()) {
                sheet(policy, "认可", List.of("问题", "工作表", "行", "理由", "认可人", UNTIL), accepted);
            }
            CheckResult checked = PolicyCheck.of(policy.files(), today);
            assertThat(checked.policy()).as(checked.problems()::toString).isNotNull();
            return checked.problems().stream()
                    .filter(problem -> CODES.contains(problem.code()))
                    .map(SeededFaultsTest::placed)
                    .toList();
        }
    }

    private static void sheet(TinyPolicy policy, String sheet, List<String> header, List<String[]> rows) {
        var all = new ArrayList<String[]>();
        all.add(header.toArray(String[]::new));
        all.addAll(rows);
        policy.sheet("routing.xlsx", sheet, all.toArray(String[][]::new));
    }

    private static String placed(Problem problem) {
        return problem.code() + " "
                + (problem.at() instanceof CellRef cell
                        ? cell.sheet() + " " + cell.row() + " " + cell.column()
                        : problem.at());
    }

    /** A fault, and what must be found. */
    private record Fault(String name, String finding, Draft draft) {}

    private final List<Fault> faults = new ArrayList<>();

    /** Puts a fault in that is to be found at a cell, the row given by its place in the table afterwards. */
    private void fault(String name, Code code, String sheet, int row, String column, Consumer<Draft> change) {
        var draft = new Draft();
        change.accept(draft);
        faults.add(new Fault(name, code + " " + sheet + " " + (row + 3) + " " + draft.column(sheet, column), draft));
    }

    private void narrowed() {
        String[] words = {"等级", "重大", "紧急程度", "紧急"};
        for (int duty = 0; duty < 3; duty++) {
            for (int word = 0; word < words.length; word += 2) {
                int row = duty;
                String column = words[word];
                String value = words[word + 1];
                fault(
                        "an owner only for " + value,
                        Code.OWNER_MISSING,
                        DUTIES,
                        row,
                        column,
                        draft -> draft.set(DUTIES, row, column, value));
            }
        }
        for (int word = 0; word < words.length; word += 2) {
            String column = words[word];
            String value = words[word + 1];
            fault(
                    "a limit only for " + value,
                    Code.LIMIT_MISSING,
                    STAGES,
                    5,
                    column,
                    draft -> draft.set(STAGES, 5, column, value));
            fault(
                    "a first stage only for " + value,
                    Code.STAGE_WITHOUT_PREDECESSOR,
                    STAGES,
                    1,
                    "序",
                    draft -> draft.set(STAGES, 0, column, value));
        }
        fault(
                "a limit only for 普通",
                Code.LIMIT_MISSING,
                STAGES,
                5,
                "紧急程度",
                draft -> draft.set(STAGES, 5, "紧急程度", "普通"));
        fault(
                "an owner only for 普通",
                Code.OWNER_MISSING,
                DUTIES,
                2,
                "紧急程度",
                draft -> draft.set(DUTIES, 2, "紧急程度", "普通"));
        fault(
                "the quick limit gone",
                Code.STAGE_WITHOUT_PREDECESSOR,
                STAGES,
                3,
                "序",
                draft -> draft.rows(STAGES).remove(2));
        fault(
                "the usual limit gone",
                Code.STAGE_WITHOUT_PREDECESSOR,
                STAGES,
                3,
                "序",
                draft -> draft.rows(STAGES).remove(3));
        for (String type : List.of("路面坑洞", "井盖破损", "其他道路问题", "邻里纠纷")) {
            fault(
                    "relayed only when " + type,
                    Code.RELAY_MISSING,
                    RELAYS,
                    0,
                    "事项",
                    draft -> draft.set(RELAYS, 0, "事项", type));
        }
    }

    private void neverReached() {
        fault(
                "an urgency behind 分级",
                Code.ROW_NEVER_REACHED,
                URGENCIES,
                0,
                "等级",
                draft -> draft.insert(URGENCIES, 0, "U-9", "邻里纠纷", "", "重大", "紧急"));
        fault(
                "an owner behind 分级",
                Code.ROW_NEVER_REACHED,
                DUTIES,
                0,
                "等级",
                draft -> draft.insert(DUTIES, 0, "D-9", "邻里纠纷", "重大", "", "协办局", "", "部门", "", ""));
        fault(
                "an owner behind 紧急程度",
                Code.ROW_NEVER_REACHED,
                DUTIES,
                0,
                "紧急程度",
                draft -> draft.insert(DUTIES, 0, "D-9", "邻里纠纷", "", "紧急", "协办局", "", "部门", "", ""));
        fault(
                "a limit behind 分级",
                Code.ROW_NEVER_REACHED,
                STAGES,
                7,
                "等级",
                draft -> draft.add(STAGES, "L-9", "邻里纠纷", "重大", "", "2", "复查", "2 小时", "上一阶段"));
        fault(
                "a limit behind 紧急程度",
                Code.ROW_NEVER_REACHED,
                STAGES,
                7,
                "紧急程度",
                draft -> draft.add(STAGES, "L-9", "邻里纠纷", "", "紧急", "2", "复查", "2 小时", "上一阶段"));
        for (String type : List.of("路面坑洞", "井盖破损", "其他道路问题")) {
            fault(
                    "an owner for grave and usual " + type,
                    Code.ROW_NEVER_REACHED,
                    DUTIES,
                    0,
                    "紧急程度",
                    draft -> draft.insert(DUTIES, 0, "D-9", type, "重大", "普通", "协办局", "", "部门", "", ""));
            fault(
                    "a limit for grave and usual " + type,
                    Code.ROW_NEVER_REACHED,
                    STAGES,
                    7,
                    "紧急程度",
                    draft -> draft.add(STAGES, "L-9", type, "重大", "普通", "3", "复查", "2 小时", "上一阶段"));
        }
    }

    private void inTime() {
        var clean = new Draft();
        clean.rows.forEach((sheet, rows) -> {
            for (int at = 0; at < rows.size(); at++) {
                int row = at;
                String id = rows.get(at)[0];
                fault(
                        id + " ends tomorrow",
                        Code.ROW_ENDS_SOON,
                        sheet,
                        row,
                        UNTIL,
                        draft -> draft.set(sheet, row, UNTIL, "2026-03-03"));
                fault(id + " has a gap between versions", Code.VERSION_GAP, sheet, row, UNTIL, draft -> {
                    draft.set(sheet, row, UNTIL, "2026-06-30");
                    String[] next = draft.copy(sheet, row, id + "b");
                    next[draft.column(sheet, FROM)] = "2026-08-01";
                    next[draft.column(sheet, UNTIL)] = "";
                    draft.rows(sheet).add(row + 1, next);
                });
                boolean all = sheet.equals(STAGES) || sheet.equals(RELAYS);
                fault(
                        id + " counts twice from next month",
                        all ? Code.VERSIONS_OVERLAP : Code.VERSION_HIDDEN,
                        sheet,
                        row + 1,
                        FROM,
                        draft -> {
                            String[] next = draft.copy(sheet, row, id + "b");
                            next[draft.column(sheet, FROM)] = "2026-04-01";
                            draft.rows(sheet).add(row + 1, next);
                        });
            }
        });
        fault("a stage at once with another from next month", Code.VERSIONS_OVERLAP, STAGES, 7, FROM, draft -> {
            draft.add(STAGES, "L-9", "路面坑洞", "", "", "1", "围护", "9 小时", "交办");
            draft.set(STAGES, 7, FROM, "2026-04-01");
        });
        fault(
                "nobody is called any more",
                Code.NO_LIVING_ROW,
                RELAYS,
                -1,
                "编号",
                draft -> draft.set(RELAYS, 0, UNTIL, "2026-03-01"));
    }

    private void numbers() {
        fault("stage 2 is 3", Code.STAGE_WITHOUT_PREDECESSOR, STAGES, 1, "序", draft -> draft.set(STAGES, 1, "序", "3"));
        fault(
                "stage 2 is 3 too",
                Code.STAGE_WITHOUT_PREDECESSOR,
                STAGES,
                4,
                "序",
                draft -> draft.set(STAGES, 4, "序", "3"));
        fault(
                "the only stage is 2",
                Code.STAGE_WITHOUT_PREDECESSOR,
                STAGES,
                5,
                "序",
                draft -> draft.set(STAGES, 5, "序", "2"));
        fault("stage 2 is 1", Code.STAGES_OF_ONE_NUMBER, STAGES, 1, "序", draft -> draft.set(STAGES, 1, "序", "1"));
        fault("stage 2 is 1 too", Code.STAGES_OF_ONE_NUMBER, STAGES, 4, "序", draft -> draft.set(STAGES, 4, "序", "1"));
        fault("two quick limits", Code.STAGES_OF_ONE_NUMBER, STAGES, 3, "序", draft -> draft.set(STAGES, 3, "紧急程度", ""));
    }

    private void ranks() {
        fault(
                "what is urgent takes longer",
                Code.LIMIT_GROWS,
                STAGES,
                2,
                "时限",
                draft -> draft.set(STAGES, 2, "时限", "20 小时"));
        fault(
                "what is urgent takes days",
                Code.LIMIT_GROWS,
                STAGES,
                2,
                "时限",
                draft -> draft.set(STAGES, 2, "时限", "3 天"));
        fault(
                "what is usual is quicker",
                Code.LIMIT_GROWS,
                STAGES,
                2,
                "时限",
                draft -> draft.set(STAGES, 3, "时限", "10 分钟"));
        fault("urgencies turned round", Code.URGENCY_FALLS, URGENCIES, 1, "紧急程度", draft -> {
            draft.set(URGENCIES, 1, "紧急程度", "普通");
            draft.set(URGENCIES, 2, "紧急程度", "紧急");
        });
        for (String type : List.of("路面坑洞", "井盖破损", "其他道路问题")) {
            fault("less grave " + type + " is urgent", Code.URGENCY_FALLS, URGENCIES, 2, "紧急程度", draft -> {
                draft.insert(URGENCIES, 0, "U-8", type, "", "一般", "紧急");
                draft.set(URGENCIES, 2, "紧急程度", "普通");
            });
        }
        fault("severities turned round", Code.SEVERITY_FALLS, GRADES, 2, "等级", draft -> {
            draft.set(GRADES, 1, "等级", "一般");
            draft.set(GRADES, 2, "等级", "重大");
        });
        fault(
                "up to three dead are grave, more are not",
                Code.SEVERITY_FALLS,
                GRADES,
                2,
                "等级",
                draft -> draft.set(GRADES, 1, "死亡人数", "1~3"));
        fault("nothing is urgent", Code.NEVER_CONCLUDED, URGENCIES, -1, "紧急程度", draft -> {
            draft.set(URGENCIES, 0, "紧急程度", "普通");
            draft.set(URGENCIES, 1, "紧急程度", "普通");
        });
        fault(
                "nothing is usual",
                Code.NEVER_CONCLUDED,
                URGENCIES,
                -1,
                "紧急程度",
                draft -> draft.set(URGENCIES, 2, "紧急程度", "紧急"));
        fault("nothing is grave", Code.NEVER_CONCLUDED, GRADES, -1, "等级", draft -> draft.set(GRADES, 1, "等级", "一般"));
    }

    private void owners() {
        for (int duty = 0; duty < 4; duty++) {
            int row = duty;
            fault(
                    "a conference without a name",
                    Code.DUTY_WITHOUT_CONFERENCE,
                    DUTIES,
                    row,
                    "联席会议",
                    draft -> draft.set(DUTIES, row, "路径", "联席会议"));
            fault("the community alone, led by nobody", Code.DUTY_WITHOUT_LEAD, DUTIES, row, "牵头", draft -> {
                draft.set(DUTIES, row, "路径", "社区");
                draft.set(DUTIES, row, "牵头", "");
            });
        }
    }

    @Test
    void a_policy_without_faults_is_silent() {
        assertThat(new Draft().found()).isEmpty();
    }

    @Test
    void each_of_more_than_eighty_faults_is_found_at_its_cell() {
        narrowed();
        neverReached();
        inTime();
        numbers();
        ranks();
        owners();

        var missed = new ArrayList<String>();
        for (Fault fault : faults) {
            List<String> found = fault.draft().found();
            if (!found.contains(fault.finding())) {
                missed.add(fault.name() + ": " + fault.finding() + " not in " + found);
            }
        }

        assertThat(missed).isEmpty();
        assertThat(faults).hasSizeGreaterThan(80);
    }

    @Test
    void a_calendar_about_to_end_is_told() {
        var draft = new Draft();
        draft.today = LocalDate.of(2026, 11, 15);

        assertThat(draft.found()).containsExactly("CALENDAR_ENDS_SOON calendar.xlsx");
    }

    @Test
    void a_finding_that_is_meant_is_accepted_by_row_until_its_day_and_told_when_nothing_finds_it_any_more() {
        var draft = new Draft();
        draft.set(GRADES, 0, UNTIL, "2026-03-31");
        String[] meant = {"ROW_ENDS_SOON", GRADES, "S-0", "试点到期", "张三", "2026-03-15"};
        draft.accepted.add(meant);

        assertThat(draft.found()).isEmpty();
        draft.today = LocalDate.of(2026, 3, 16);
        assertThat(draft.found()).containsExactly("ROW_ENDS_SOON 分级 3 8");
        meant[5] = "";
        meant[2] = "S-2";
        assertThat(draft.found()).containsExactly("ROW_ENDS_SOON 分级 3 8", "ACCEPTED_NOTHING 认可 3 0");
    }

    @Test
    void an_error_is_never_accepted() {
        TinyPolicy policy = TinyPolicy.withOneRule();
        String[] meant = {"ENDLESS_RETURNS", DUTIES, "", "算了", "张三", ""};
        sheet(policy, "认可", List.of("问题", "工作表", "行", "理由", "认可人", UNTIL), List.<String[]>of(meant));

        assertThat(PolicyCheck.of(policy.files(), TODAY).problems())
                .extracting(SeededFaultsTest::placed)
                .contains("NOT_ACCEPTABLE 认可 3 0");
    }
}
