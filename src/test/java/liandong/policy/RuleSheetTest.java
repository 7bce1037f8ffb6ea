package liandong.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.routing.Triage;
import liandong.routing.TriageReason;
import liandong.table.Facts;
import liandong.table.Workbooks;
import liandong.workbook.Parts;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decision tables of Drools among the rules: what they do, and at which cell their author is told what is wrong. */
class RuleSheetTest {
    private static final String FILE = "rules/people.drl.xlsx";

    /** A sound rule table: the rule table begins in B5, its code stands in row 8, its rows from row 10 on. */
    private static String[][] sound() {
        return new String[][] {
            {"人多的转人工"},
            {"", "RuleSet", "liandong.rules"},
            {"", "Import", "liandong.routing.Triage, liandong.routing.TriageReason, liandong.incident.Report"},
            {},
            {"", "RuleTable 人多"},
            {"", "NAME", "METADATA", "CONDITION", "CONDITION", "ACTION"},
            {"", "", "", "Report", "$other : Report"},
            {
                "",
                "",
                "source(\"$param\")",
                "people >= $param",
                "settled == $param",
                "insert( new Triage( TriageReason.$param ) );"
            },
            {"给人看的", "编号", "依据", "人数", "已处置", "结论"},
            {"第一行", "SHT-001 百人以上的，转人工", "测试", "'100", "'false", "TIE"},
            {"第二行", "SHT-002 千人以上的，转人工", "测试", "'1000", "'false", "LOW_CONFIDENCE"},
        };
    }

    private static TinyPolicy policy(String[][] sheet) {
        return policy(Map.of("规则", sheet));
    }

    private static TinyPolicy policy(Map<String, String[][]> sheets) {
        return TinyPolicy.withOneRule().file(FILE, Workbooks.xlsx(sheets));
    }

    /** The sound table with one cell typed over, and the lines it is refused with. */
    private static List<String> told(String cell, String typed) {
        String[][] sheet = sound();
        int row = Integer.parseInt(cell.substring(1)) - 1;
        int column = cell.charAt(0) - 'A';
        if (sheet[row].length <= column) {
            int before = sheet[row].length;
            sheet[row] = Arrays.copyOf(sheet[row], column + 1);
            Arrays.fill(sheet[row], before, column, "");
        }
        sheet[row][column] = typed;
        return places(policy(sheet));
    }

    private static List<String> places(TinyPolicy policy) {
        return policy.problems().stream()
                .map(problem -> problem.at() + " " + problem.code())
                .distinct()
                .toList();
    }

    @Test
    void its_rows_are_rules_beside_the_others_with_code_title_and_source() {
        Policy policy = policy(sound()).load();

        assertThat(policy.rules().refs())
                .containsExactly(
                        new RuleRef("SHT-001", "百人以上的，转人工", "测试"),
                        new RuleRef("SHT-002", "千人以上的，转人工", "测试"),
                        new RuleRef("TST-001", "无论何事，都转人工研判", "测试"));
        var session = policy.rules().newSession(Map.of());
        try {
            session.insert(Facts.report().people(500).done());
            session.fireAllRules();
            assertThat(session.getObjects(Triage.class::isInstance))
                    .extracting(triage -> ((Triage) triage).reason())
                    .containsExactlyInAnyOrder(TriageReason.TIE, TriageReason.LOW_CONFIDENCE);
        } finally {
            session.dispose();
        }
    }

    @Test
    void every_sheet_with_a_rule_table_counts_and_others_are_for_people() {
        String[][] second = sound();
        second[9][1] = "SHT-003 又一百人";
        second[10][1] = "SHT-004 又一千人";
        var sheets = new LinkedHashMap<String, String[][]>();
        sheets.put("说明", new String[][] {{"这里什么都可以写"}});
        sheets.put("一", sound());
        sheets.put("二", second);

        assertThat(policy(sheets).load().rules().refs())
                .extracting(RuleRef::code)
                .containsExactly("SHT-001", "SHT-002", "SHT-003", "SHT-004", "TST-001");
    }

    @ParameterizedTest
    @CsvSource({"HIDDEN, true", "VERY_HIDDEN, true", "VISIBLE, false"})
    void a_rule_table_that_nobody_sees_is_told_at_its_cell_and_a_hidden_guide_is_not(
            SheetVisibility visibility, boolean told) throws IOException {
        var sheets = new LinkedHashMap<String, String[][]>();
        sheets.put("说明", new String[][] {{"这里什么都可以写"}});
        sheets.put("规则", sound());
        sheets.put("备注", new String[][] {{"只给人看"}});

        TinyPolicy policy = TinyPolicy.withOneRule().file(FILE, hidden(Workbooks.xlsx(sheets), visibility, 1, 2));

        assertThat(policy.lines())
                .isEqualTo(
                        told
                                ? List.of(FILE + " 规则!B5: HIDDEN_RULE_TABLE: The sheet \"规则\" has a rule table and is"
                                        + " hidden. Show the sheet, or delete it: what decides must be seen.")
                                : List.of());
    }

    private static byte[] hidden(byte[] bytes, SheetVisibility visibility, int... sheets) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
            for (int sheet : sheets) {
                workbook.setSheetVisibility(sheet, visibility);
            }
            workbook.write(out);
        }
        return out.toByteArray();
    }

    @Test
    void what_does_not_compile_is_told_at_its_cell() {
        assertThat(told("D10", "'100 >> )")).contains(FILE + " 规则!D10 BAD_RULE");
        assertThat(told("F11", "NONE_SUCH")).containsExactly(FILE + " 规则!F11 BAD_RULE");
        assertThat(told("E11", "noSuchThing")).containsExactly(FILE + " 规则!E11 BAD_RULE");
        assertThat(told("C3", "liandong.routing.Triage, liandong.routing.TriageReason, liandong.incident.Reprot"))
                .containsExactly(FILE + " 规则!C3 UNKNOWN_RULE_NAME");
    }

    @Test
    void what_is_no_rule_table_is_told_at_its_cell() {
        assertThat(told("F6", "WHATEVER")).containsExactly(FILE + " 规则!F6 BAD_RULE_TABLE");
        assertThat(told("G10", "x")).containsExactly(FILE + " 规则!G10 BAD_RULE_TABLE");
    }

    @Test
    void a_date_among_the_rows_is_told_at_its_cell() {
        assertThat(told("D10", "2026-03-09")).contains(FILE + " 规则!D10 DATE_IN_RULE_TABLE");
    }

    @Test
    void a_rule_needs_a_code_and_a_source_in_a_table_too() {
        assertThat(told("B10", "没有编号")).containsExactly(FILE + " 规则!B10 BAD_RULE_NAME");
        assertThat(told("C11", "")).containsExactly(FILE + " 规则!B11 RULE_WITHOUT_SOURCE");
    }

    @Test
    void rows_below_a_blank_one_are_not_lost_in_silence() {
        String[][] sheet = Arrays.copyOf(sound(), 13);
        sheet[11] = new String[] {"只给人看"};
        sheet[12] = new String[] {"", "SHT-009 落在空行之下", "测试", "'1", "'false", "TIE"};

        assertThat(policy(sheet).lines())
                .containsExactly(
                        FILE + " 规则!B13: ROWS_LOST: Row 12 is blank and ends the rule table, so the rows below it"
                                + " would not count. Delete the blank row.");
    }

    @Test
    void a_workbook_without_a_rule_table_is_told() {
        assertThat(policy(new String[][] {{"什么都没有"}}).lines(Locale.CHINESE))
                .containsExactly(FILE + ": BAD_RULE_TABLE: Drools 无法把它读作决策表：no cell says RuleTable.");
        assertThat(TinyPolicy.withOneRule()
                        .file(FILE, "x".getBytes(StandardCharsets.UTF_8))
                        .lines())
                .containsExactly(FILE + ": UNREADABLE_WORKBOOK: This is not a workbook that can be read: it is damaged,"
                        + " or was cut off. Fetch it again from where it comes from, or save it again as an Excel workbook"
                        + " (.xlsx).");
    }

    @Test
    void a_rule_table_counts_among_the_rules_alone_and_by_its_own_name_alone() {
        byte[] workbook = Workbooks.xlsx(Map.of("规则", sound()));
        var policy = TinyPolicy.withOneRule()
                .file("decision-tables/people.drl.xlsx", workbook)
                .file("rules/people.xlsx", workbook);

        assertThat(policy.problems())
                .extracting(Problem::code, problem -> problem.at().toString())
                .containsExactly(
                        tuple(Code.MISPLACED_RULE_TABLE, "people.drl.xlsx"),
                        tuple(Code.MISNAMED_RULE_TABLE, "rules/people.xlsx"));
    }

    @Test
    void the_limit_on_zip_bombs_stays_as_it_was() {
        double before = ZipSecureFile.getMinInflateRatio();
        try {
            ZipSecureFile.setMinInflateRatio(0.005);
            policy(sound()).load();
            assertThat(ZipSecureFile.getMinInflateRatio()).isEqualTo(0.005);
        } finally {
            ZipSecureFile.setMinInflateRatio(before);
        }
    }

    @Test
    void a_strict_workbook_and_one_of_bare_styles_are_read_like_any_other() {
        byte[] plain = Workbooks.xlsx(Map.of("规则", sound()));
        byte[] strict = Parts.edited(
                plain,
                (part, xml) -> xml.replaceAll(
                        "http://schemas.openxmlformats.org/(officeDocument|spreadsheetml)/2006",
                        "http://purl.oclc.org/ooxml/$1"));
        byte[] bare = Parts.edited(
                plain,
                (part, xml) -> part.equals("xl/styles.xml")
                        ? xml.replaceAll("(?s)(<styleSheet[^>]*>).*", "$1<cellXfs><xf/></cellXfs></styleSheet>")
                        : xml);

        for (byte[] workbook : List.of(plain, strict, bare)) {
            assertThat(TinyPolicy.withOneRule().file(FILE, workbook).problems()).isEmpty();
        }
    }
}
