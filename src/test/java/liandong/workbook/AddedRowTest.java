package liandong.workbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import liandong.problem.Problem;
import liandong.workbook.AddedRow.NewRow;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

/** A row that is added to a table has what it inherits as the row below has it. */
class AddedRowTest {
    private static final List<String> HEADERS = List.of("行号 Row", "人数 People", "自 From", "倍数 Times", "区域 Area");

    /** A table of one row: a number, a date, a formula that comes to a number, and a text that spreadsheets write with a mark. */
    private static byte[] table() {
        return Editable.make(workbook -> {
            XSSFSheet sheet = workbook.createSheet("表");
            XSSFRow header = sheet.createRow(Formatted.HEADER_ROW);
            HEADERS.forEach(each -> header.createCell(HEADERS.indexOf(each)).setCellValue(each));
            XSSFRow row = sheet.createRow(Formatted.HEADER_ROW + 1);
            row.createCell(0).setCellValue("D-7");
            row.createCell(1).setCellValue(17);
            CellStyle date = workbook.createCellStyle();
            date.setDataFormat(workbook.createDataFormat().getFormat("yyyy-mm-dd"));
            row.createCell(2).setCellValue(LocalDate.of(2026, 11, 20));
            row.getCell(2).setCellStyle(date);
            row.createCell(3).setCellFormula("B3*2");
            row.getCell(3).setCellValue(34);
            Editable.text(row.createCell(4), "东街道_x0041_");
            return Editable.bytes(workbook);
        });
    }

    private static List<String> told(XSSFRow row) {
        var told = new ArrayList<String>();
        row.forEach(cell -> told.add(cell.getCellType() + " " + cell));
        return told;
    }

    @Test
    void what_is_inherited_stays_the_number_and_the_date_that_it_is_and_a_formula_what_it_came_to() {
        var problems = new ArrayList<Problem>();

        AddedRow.Added added = Objects.requireNonNull(AddedRow.of(
                "t.xlsx",
                table(),
                new NewRow("表", Formatted.HEADER_ROW + 2, Set.of("人数", "自", "倍数", "区域"), Map.of(), null),
                problems::add));

        assertThat(problems).isEmpty();
        assertThat(added.id()).isEqualTo("D-8");
        XSSFWorkbook workbook = Objects.requireNonNull(Editable.open("t.xlsx", added.bytes(), problems::add));
        XSSFSheet sheet = workbook.getSheet("表");
        XSSFRow row = sheet.getRow(Formatted.HEADER_ROW + 1);
        assertThat(told(row))
                .containsExactly(
                        "STRING D-8", "NUMERIC 17.0", "NUMERIC 2026-11-20", "NUMERIC 34.0", "STRING 东街道_x0041_");
        assertThat(row.getCell(2).getLocalDateTimeCellValue().toLocalDate()).isEqualTo(LocalDate.of(2026, 11, 20));
        assertThat(row.getCell(2).getCellStyle().getDataFormatString()).isEqualTo("yyyy-mm-dd");
        XSSFRow below = sheet.getRow(Formatted.HEADER_ROW + 2);
        assertThat(below.getCell(0).getStringCellValue()).isEqualTo("D-7");
        assertThat(below.getCell(3).getCellType()).isEqualTo(CellType.FORMULA);
    }
}
