package liandong.sheet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import liandong.policy.PolicyFiles;
import liandong.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedSheetsTest {
    private static final List<SheetData> SHEETS = List.of(
            new SheetData(
                    "any.xlsx",
                    "表",
                    true,
                    List.of(
                            new SheetData.Line(1, false, true, List.of(Cell.ofText("题"), Cell.EMPTY)),
                            new SheetData.Line(
                                    7,
                                    true,
                                    false,
                                    List.of(
                                            Cell.ofText(" 空白 "),
                                            new Cell("1.50", new BigDecimal("1.50"), null, false),
                                            new Cell(
                                                    "2026-11-20",
                                                    new BigDecimal("46346"),
                                                    LocalDate.of(2026, 11, 20),
                                                    false),
                                            Cell.ofPercent(new BigDecimal("80")),
                                            new Cell("#REF!", null, null, true),
                                            Cell.ofText("𠮷题")))),
                    List.of(new SheetData.Block(3, 1, 5, 2)),
                    List.of(new SheetData.Block(2, 0, 9, 7)),
                    Set.of(4, 2)),
            new SheetData("any.xlsx", "", false, List.of(), List.of(), List.of(), Set.of()));

    @Test
    void sheets_are_the_same_as_they_were_before_they_were_written() {
        assertThat(PreparedSheets.read("any.xlsx", PreparedSheets.write(SHEETS)))
                .isEqualTo(SHEETS);
    }

    @Test
    void whatever_little_is_damaged_it_is_as_good_as_none() {
        byte[] form = PreparedSheets.write(SHEETS);
        for (int i = 0; i < form.length; i++) {
            byte[] damaged = form.clone();
            damaged[i] ^= 1;
            assertThat(PreparedSheets.read("any.xlsx", damaged)).isNull();
            assertThat(PreparedSheets.read("any.xlsx", Arrays.copyOf(form, i))).isNull();
        }
    }

    @Test
    void the_program_brings_every_stock_workbook_as_it_is_read_now() {
        for (Map.Entry<String, byte[]> file : PolicyFiles.stock().files().entrySet()) {
            if (file.getKey().endsWith(".xlsx")) {
                var told = new ArrayList<Problem>();
                List<SheetData> read = WorkbookReader.parse("a.xlsx", file.getValue(), told::add);
                List<SheetData> prepared = PreparedSheets.of("a.xlsx", file.getValue());

                assertThat(told).as(file.getKey()).isEmpty();
                assertThat(requireNonNull(prepared, file.getKey() + " made by mvn process-classes"))
                        .as(file.getKey())
                        .isEqualTo(read);
            }
        }
    }

    @Test
    void a_workbook_that_differs_by_a_byte_is_not_among_them() {
        byte[] workbook = requireNonNull(PolicyFiles.stock().tables().get("calendar.xlsx"))
                .clone();
        workbook[workbook.length - 1] ^= 1;

        assertThat(PreparedSheets.of("calendar.xlsx", workbook)).isNull();
    }

    @Test
    void those_that_are_no_longer_wanted_go_and_those_of_which_something_is_told_never_come(@TempDir Path root)
            throws IOException {
        byte[] calendar = requireNonNull(PolicyFiles.stock().tables().get("calendar.xlsx"));
        byte[] closure = requireNonNull(PolicyFiles.stock().tables().get("closure.xlsx"));
        byte[] none = "no workbook".getBytes(StandardCharsets.UTF_8);

        PreparedSheets.prepare(root, List.of(calendar, none));
        assertThat(count(root)).isEqualTo(2); // one, and what names the classes
        PreparedSheets.prepare(root, List.of(closure, none));
        assertThat(count(root)).isEqualTo(2);
        PreparedSheets.prepare(root, List.of(closure, calendar));
        assertThat(count(root)).isEqualTo(3);
    }

    private static long count(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("liandong/sheet/prepared"))) {
            return files.count();
        }
    }
}
