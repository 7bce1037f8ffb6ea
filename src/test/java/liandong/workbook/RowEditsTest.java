package liandong.workbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import liandong.workbook.RowEdits.Edit;
import liandong.workbook.RowEdits.Kind;
import liandong.workbook.RowEdits.Row;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

class RowEditsTest {
    private static final String SHEET = "词语";

    private static byte[] workbook() throws Exception {
        try (var workbook = new XSSFWorkbook()) {
            XSSFSheet sheet = workbook.createSheet(SHEET);
            sheet.createRow(0).createCell(0).setCellValue("词语");
            var header = sheet.createRow(1);
            header.createCell(0).setCellValue("编号");
            header.createCell(1).setCellValue("分值");
            header.createCell(2).setCellValue("人数");
            for (int i = 2; i < 5; i++) {
                var row = sheet.createRow(i);
                row.createCell(0).setCellValue(i == 4 ? "K-2" : "K-1");
                row.createCell(1).setCellValue(i);
                row.createCell(2).setCellValue("≥" + i);
            }
            var bytes = new ByteArrayOutputStream();
            workbook.write(bytes);
            return bytes.toByteArray();
        }
    }

    private static List<String> edited(Edit edit) throws Exception {
        byte[] edited = Objects.requireNonNull(RowEdits.of("a.xlsx", workbook(), List.of(edit), problem -> {}));
        try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(edited))) {
            XSSFSheet sheet = workbook.getSheet(SHEET);
            return IntStream.rangeClosed(2, sheet.getLastRowNum())
                    .mapToObj(sheet::getRow)
                    .map(row -> row.getCell(0) + " "
                            + (row.getCell(1).getCellType() == CellType.NUMERIC ? "" : "text ")
                            + row.getCell(1) + " " + row.getCell(2))
                    .toList();
        }
    }

    @Test
    void numbers_of_a_new_row_are_numbers_where_those_of_its_neighbour_are() throws Exception {
        assertThat(edited(new Edit(
                        SHEET,
                        Kind.ADD,
                        new Row("K-9", 1),
                        Map.of("编号", "K-9", "分值", "7", "人数", "8"),
                        List.of(new Row("K-7", 1), new Row("K-1", 2)))))
                .containsExactly("K-1 2.0 ≥2", "K-1 3.0 ≥3", "K-9 7.0 8", "K-2 4.0 ≥4");
        assertThat(edited(new Edit(
                        SHEET, Kind.ADD, new Row("K-9", 1), Map.of("编号", "K-9", "分值", "≥7", "人数", "8"), List.of())))
                .containsExactly("K-9 text ≥7 8", "K-1 2.0 ≥2", "K-1 3.0 ≥3", "K-2 4.0 ≥4");
    }

    @Test
    void of_rows_with_one_id_the_one_that_is_meant_is_edited() throws Exception {
        assertThat(edited(new Edit(SHEET, Kind.CHANGE, new Row("K-1", 2), Map.of("分值", "7"), List.of())))
                .containsExactly("K-1 2.0 ≥2", "K-1 7.0 ≥3", "K-2 4.0 ≥4");
        assertThat(edited(new Edit(SHEET, Kind.REMOVE, new Row("K-1", 2), Map.of(), List.of())))
                .containsExactly("K-1 2.0 ≥2", "K-2 4.0 ≥4");
    }

    @Test
    void what_is_not_there_is_not_edited() throws Exception {
        for (Edit edit : List.of(
                new Edit(SHEET, Kind.CHANGE, new Row("K-1", 3), Map.of("分值", "7"), List.of()),
                new Edit(SHEET, Kind.REMOVE, new Row("K-3", 1), Map.of(), List.of()),
                new Edit(SHEET, Kind.CHANGE, new Row("K-1", 1), Map.of("次序", "7"), List.of()),
                new Edit("例句", Kind.CHANGE, new Row("K-1", 1), Map.of("分值", "7"), List.of()))) {
            assertThat(RowEdits.of("a.xlsx", workbook(), List.of(edit), problem -> {}))
                    .as(edit.toString())
                    .isNull();
        }
    }
}
