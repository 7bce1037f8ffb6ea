package liandong.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liandong.incident.Topic;
import liandong.incident.Vocabulary;
import liandong.problem.Problem;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;

class WorkbookReaderTest {
    private static final byte[] SOUND = Workbooks.xlsx(Map.of("派单目录", new String[][] {
        {"标题"}, {"编号", "人数", "失效"}, {"D-1", "5", "2026-01-31"}, {"D-2", "≥5", "=A1 → 2026-01-31"}
    }));

    private final List<Problem> problems = new ArrayList<>();

    @Property(tries = 300)
    void a_truncated_workbook_is_told_never_thrown(@ForAll @IntRange(max = 10_000) int length) {
        byte[] part = Arrays.copyOf(SOUND, 4 + length % (SOUND.length - 4));

        assertThat(WorkbookReader.read("routing.xlsx", part, problems::add)).isEmpty();
        assertThat(lines(Locale.ENGLISH))
                .containsExactly(
                        "routing.xlsx: UNREADABLE_WORKBOOK: This is not a workbook that can be read: it is damaged, or was"
                                + " cut off. Fetch it again from where it comes from, or save it again as an Excel workbook"
                                + " (.xlsx).");
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
        SheetReader.terms(sheet, Topic.class, Vocabulary.empty(), problems::add);

        assertThat(problems)
                .extracting(problem -> problem.line(Locale.ENGLISH))
                .containsExactly(
                        "vocabulary.xlsx 主题!B3: MERGED_CELLS: Cells are merged here down to row 4; only the first of them"
                                + " has a value. Split them and fill in each cell.",
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

    private List<String> lines(Locale locale) {
        return problems.stream().map(problem -> problem.line(locale)).toList();
    }
}
