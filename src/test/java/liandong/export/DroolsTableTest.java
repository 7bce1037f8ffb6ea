package liandong.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.problem.Problem;
import liandong.routing.DutyRow;
import liandong.routing.KeywordRow;
import liandong.table.Row;
import liandong.table.Table;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

class DroolsTableTest {
    private static Table<? extends Row> table(Policy policy, Class<? extends Row> type) {
        return policy.tables().stream()
                .filter(table -> table.type() == type)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] workbook(Table<? extends Row> table) {
        return DroolsTable.workbook(table, problem -> {
            throw new AssertionError(problem);
        });
    }

    @Test
    void a_row_becomes_a_rule_that_reads_as_the_row() {
        Policy policy = TinyPolicy.withOneRule().load();

        String drl = SecondEngine.drl(workbook(table(policy, DutyRow.class)));

        assertThat(drl).startsWith("package liandong.tables.duty_rows;");
        assertThat(drl.lines().map(String::strip))
                .containsSequence(
                        "rule \"D-1\"",
                        "salience 4",
                        "when",
                        "$fact : Matter(this != null , eventType != null, eventType == \"HOLE\")",
                        "not Answer( fact == $fact )",
                        "then",
                        "Answer answer = new Answer(); answer.setFact( $fact ); answer.setRow( \"D-1\" );",
                        "answer.setLead( \"LEAD\" );",
                        "answer.setAssisting( List.of( \"HELPER\", \"SUB_DISTRICT\" ) );",
                        "answer.setRoute( \"LEAD_AND_ASSIST\" );",
                        "answer.setConference( \"MEETING\" );",
                        "insert( answer );",
                        "end");
        assertThat(drl).contains("area : List", "people : BigDecimal", "lifeInDanger : Boolean", "assisting : List");
    }

    @Test
    void what_a_person_reads_stands_beside_it_and_the_headers_are_kept() throws IOException {
        Policy policy = TinyPolicy.withOneRule().load();
        try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(workbook(table(policy, KeywordRow.class))))) {
            XSSFSheet sheet = workbook.getSheetAt(0);
            int header = IntStream.rangeClosed(0, sheet.getLastRowNum())
                    .filter(row -> texts(sheet, row).contains("编号 Id"))
                    .findFirst()
                    .orElseThrow();

            assertThat(texts(sheet, header))
                    .containsExactly(
                            "编号 Id",
                            "这一行说的是 What the row says",
                            "依据 Basis",
                            "编号 Id",
                            "任何 Any",
                            "正文含 Text contains",
                            "行 Row",
                            "事项 Event type",
                            "分值 Points",
                            "得出 Conclude");
            assertThat(texts(sheet, header + 1))
                    .startsWith("K-1", "正文含 坑洞、塌陷 → 事项 路面坑洞，分值 8", "试行（待确认 unconfirmed）", "K-1")
                    .contains("contains \"坑洞\" || text contains \"塌陷\"", "\"HOLE\"", "8");
            assertThat(sheet.getPaneInformation().getHorizontalSplitPosition()).isEqualTo((short) (header + 1));
            assertThat(sheet.getColumnWidth(1)).isGreaterThan(30 * 256);
            assertThat(sheet.getLastRowNum()).isEqualTo(header + 4);
        }
    }

    private static List<String> texts(XSSFSheet sheet, int row) {
        var texts = new ArrayList<String>();
        if (sheet.getRow(row) != null) {
            for (Cell cell : sheet.getRow(row)) {
                texts.add(cell.getStringCellValue());
            }
        }
        return texts;
    }

    @Test
    void a_literal_holds_nothing_that_could_end_it() {
        assertThat(Literal.of("漏水 A-1")).isEqualTo("\"漏水 A-1\"");
        assertThat(Literal.of("\"\\$('\n9")).isEqualTo("\"\\042\\134\\044\\050\\047\\0129\"");
        assertThat(Literal.of("\u2028\u202e\ud83d\ude00")).isEqualTo("\"\\u2028\\u202E\\uD83D\\uDE00\"");
        assertThat(Stream.iterate(0, c -> c < 0x10000, c -> c + 1)
                        .map(c -> Literal.of(String.valueOf((char) c.intValue())))
                        .map(literal -> literal.substring(1, literal.length() - 1))
                        .filter(inner -> inner.contains("\"")
                                || (inner.contains("\\") && !inner.matches("\\\\([0-7]{3}|u[0-9A-F]{4})"))))
                .isEmpty();
    }

    @Test
    void a_cell_that_is_too_long_as_code_is_told_at_its_row() {
        String words = String.join(
                "、", IntStream.range(0, 1_500).mapToObj(i -> "第" + i + "个词").toList());
        Policy policy =
                TinyPolicy.withOneRule().cell("routing.xlsx 关键词!B4", words).load();
        var problems = new ArrayList<Problem>();

        DroolsTable.workbook(table(policy, KeywordRow.class), problems::add);

        assertThat(problems.stream().map(problem -> problem.line(Locale.ENGLISH)))
                .singleElement()
                .asString()
                .matches(
                        "routing.xlsx 关键词!A4: TOO_LONG_TO_EXPORT: The cell of \"正文含 Text contains\" takes \\d+ characters"
                                + " as code; a cell holds 32767. Split the row into several with fewer words each.");
    }
}
