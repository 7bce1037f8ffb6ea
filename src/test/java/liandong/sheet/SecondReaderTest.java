package liandong.sheet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import liandong.table.Workbooks;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What we read, and what fastexcel reads, must be the same. */
class SecondReaderTest {
    static List<Path> stock() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("decision-tables"))) {
            return files.filter(file -> file.toString().endsWith(".xlsx"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("stock")
    void the_stock_workbooks_read_the_same(Path file) throws IOException {
        mustAgree(Files.readAllBytes(file));
    }

    @Property(tries = 200)
    void any_workbook_reads_the_same(@ForAll("sheets") List<List<String>> rows) throws IOException {
        String[][] cells = rows.stream().map(row -> row.toArray(String[]::new)).toArray(String[][]::new);
        mustAgree(Workbooks.xlsx(Map.of("表", cells)));
    }

    @Provide
    Arbitrary<List<List<String>>> sheets() {
        Arbitrary<String> cell = Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "5",
                        "-0.25",
                        "901234567890",
                        "TRUE",
                        "'007",
                        "=A1 → 5",
                        "=A1 → 文",
                        " 空 ",
                        "#REF!",
                        "a<b&c"),
                Arbitraries.strings()
                        .withChars('甲', '乙', 'x', ' ', '<', '&', '"')
                        .ofMaxLength(6),
                Arbitraries.integers().map(String::valueOf));
        return cell.list().ofMinSize(1).ofMaxSize(8).list().ofMinSize(1).ofMaxSize(8);
    }

    private static void mustAgree(byte[] workbook) throws IOException {
        assertThat(ours(workbook)).isEqualTo(theirs(workbook)).isNotEmpty();
    }

    private static Map<String, String> ours(byte[] workbook) {
        var cells = new LinkedHashMap<String, String>();
        for (SheetData sheet : WorkbookReader.read("x.xlsx", workbook, problem -> {})) {
            cells.put(sheet.name(), "");
            for (SheetData.Line line : sheet.lines()) {
                for (int column = 0; column < line.cells().size(); column++) {
                    Cell cell = line.cell(column);
                    if (!cell.isEmpty()) {
                        cells.put(
                                sheet.name() + " " + line.number() + " " + column,
                                cell.date() == null
                                        ? cell.text()
                                        : requireNonNull(cell.number()).toPlainString());
                    }
                }
            }
        }
        return cells;
    }

    private static Map<String, String> theirs(byte[] workbook) throws IOException {
        var cells = new LinkedHashMap<String, String>();
        try (var opened = new ReadableWorkbook(new ByteArrayInputStream(workbook))) {
            for (Sheet sheet : opened.getSheets().toList()) {
                cells.put(sheet.getName(), "");
                for (Row row : sheet.read()) {
                    for (var cell : row) {
                        String text = cell == null ? "" : text(cell);
                        if (cell != null && !text.isEmpty()) {
                            cells.put(sheet.getName() + " " + row.getRowNum() + " " + cell.getColumnIndex(), text);
                        }
                    }
                }
            }
        }
        return cells;
    }

    private static String text(org.dhatim.fastexcel.reader.Cell cell) {
        Object value = cell.getValue();
        if (value instanceof Boolean yes) {
            return yes ? "是" : "否";
        }
        if (value instanceof java.math.BigDecimal number) {
            return number.round(new java.math.MathContext(15))
                    .stripTrailingZeros()
                    .toPlainString();
        }
        return value == null ? "" : value.toString().strip();
    }
}
