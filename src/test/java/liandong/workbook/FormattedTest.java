package liandong.workbook;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import liandong.District;
import liandong.decision.Decisions;
import liandong.incident.Vocabulary;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyLoader;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.sheet.GeneratedSheets;
import liandong.table.Workbooks;
import liandong.workbook.Formatted.Change;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.util.CellRangeAddressList;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormattedTest {
    private static final Vocabulary WORDS = PolicyLoader.vocabulary(District.files());
    private static final String FILE = "routing.xlsx";
    private static final String[] HEADER = {
        "编号 Id",
        "事项 Event type",
        "人数 People",
        "牵头 Lead",
        "配合 Assisting",
        "路径 Route",
        "依据 Basis",
        "状态 Status",
        "生效 From",
        "失效 Until"
    };

    private static Formatted format(String file, byte[] workbook, boolean renew) {
        var problems = new ArrayList<Problem>();
        Formatted formatted = Formatted.of(file, workbook, Decisions.schema(), WORDS, renew, problems::add);
        assertThat(problems).isEmpty();
        return requireNonNull(formatted);
    }

    /** A duty sheet as somebody types it, with nothing but cells. */
    private static byte[] plain(String[]... rows) {
        var all = new ArrayList<String[]>();
        all.add(new String[] {"派单目录"});
        all.add(HEADER);
        all.addAll(List.of(rows));
        return Parts.edited(
                Workbooks.xlsx(Map.of("派单目录", all.toArray(String[][]::new))),
                (part, text) -> text.replaceAll("<cols>.*?</cols>", ""));
    }

    private static String[] row(String... cells) {
        return cells;
    }

    private static final byte[] TYPED = plain(
            row("DUTY-0007", "私搭乱建", "≥10", "社区", "", "社区", "默认值，推定", "待确认", "'2026-01-31", "２０２６年３月１日"),
            row("", "暴露垃圾", "", "社区", "", "社区", "默认值，推定", "待确认", "2026-05-01", "'不知道"),
            row("DUTY-0002", "积存垃圾渣土", "", "社区", "", "社区", "默认值，推定", "待确认"),
            row("", "道路不洁", "", "社区", "", "社区", "默认值，推定", "待确认"));

    private static void look(byte[] workbook, Consumer<XSSFWorkbook> look) {
        try (var open = new XSSFWorkbook(new ByteArrayInputStream(workbook))) {
            look.accept(open);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] edited(byte[] workbook, Consumer<XSSFWorkbook> edit) {
        try (var open = new XSSFWorkbook(new ByteArrayInputStream(workbook))) {
            edit.accept(open);
            return Editable.bytes(open);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> column(XSSFSheet sheet, int column) {
        var cells = new ArrayList<String>();
        for (int i = 2; i <= sheet.getLastRowNum(); i++) {
            XSSFCell cell = sheet.getRow(i).getCell(column);
            cells.add(cell == null ? "" : cell.toString());
        }
        return cells;
    }

    private static Map<String, String> lists(XSSFSheet sheet) {
        var lists = new LinkedHashMap<String, String>();
        sheet.getDataValidations()
                .forEach(each -> lists.put(
                        each.getRegions().getCellRangeAddress(0).formatAsString(),
                        each.getValidationConstraint().getFormula1()));
        return lists;
    }

    @Test
    void a_sheet_of_nothing_but_cells_becomes_pleasant_to_edit() {
        Formatted formatted = format(FILE, TYPED, false);

        assertThat(formatted.changes())
                .isEqualTo(Map.of(
                        Change.HEADER,
                        10,
                        Change.FROZEN,
                        1,
                        Change.FILTER,
                        1,
                        Change.PRINT,
                        1,
                        Change.WIDTH,
                        10,
                        Change.LIST,
                        6,
                        Change.ID,
                        2,
                        Change.DATE,
                        2));
        look(formatted.workbook(), workbook -> {
            XSSFSheet sheet = workbook.getSheet("派单目录");
            assertThat(sheet.getPaneInformation().isFreezePane()).isTrue();
            assertThat(sheet.getCTWorksheet().getAutoFilter().getRef()).startsWith("A2:");
            assertThat(sheet.getFitToPage()).isTrue();
            assertThat(sheet.getPrintSetup().getLandscape()).isTrue();
            assertThat(sheet.getPrintSetup().getFitHeight()).isZero();
            assertThat(sheet.getRepeatingRows().formatAsString()).isEqualTo("1:2");
            assertThat(sheet.getFooter().getCenter()).contains("&P");
            assertThat(sheet.getPaneInformation().getHorizontalSplitPosition()).isEqualTo((short) 2);
            assertThat(sheet.getRow(1).getCell(3).getCellStyle().getFillPattern())
                    .isEqualTo(FillPatternType.SOLID_FOREGROUND);
            assertThat(column(sheet, 0)).containsExactly("DUTY-0007", "DUTY-0008", "DUTY-0002", "DUTY-0009");
            assertThat(column(sheet, 1)).containsExactly("私搭乱建", "暴露垃圾", "积存垃圾渣土", "道路不洁");
            assertThat(sheet.getColumnWidth(6) / 256).isEqualTo(15); // 默认值，推定: twelve half-widths
            XSSFCell from = sheet.getRow(2).getCell(8);
            assertThat(DateUtil.isCellDateFormatted(from)).isTrue();
            assertThat(from.getLocalDateTimeCellValue()).isEqualTo("2026-01-31T00:00:00");
            assertThat(sheet.getRow(2).getCell(9).getLocalDateTimeCellValue()).isEqualTo("2026-03-01T00:00:00");
            assertThat(sheet.getRow(3).getCell(9).getCellType()).isEqualTo(CellType.STRING);
            assertThat(lists(sheet))
                    .containsEntry("B3:B506", "标签!$C$2:$C$191")
                    .containsEntry("D3:D506", "标签!$D$2:$D$61")
                    .containsEntry("E3:E506", "标签!$D$2:$D$61")
                    .containsEntry("F3:F506", "\"社区,街道,部门,平台,牵头配合,联席会议,紧急转接\"")
                    .containsEntry("H3:H506", "\"已确认,待确认\"")
                    .hasSize(5);
            XSSFSheet labels = workbook.getSheet(GeneratedSheets.LABELS);
            assertThat(workbook.isSheetHidden(workbook.getSheetIndex(labels))).isTrue();
            assertThat(labels.getRow(0).getCell(2).getStringCellValue()).isEqualTo("事项");
            assertThat(labels.getRow(190).getCell(2).getStringCellValue()).isNotEmpty();
            assertThat(labels.getRow(1).getCell(0) + " " + labels.getRow(1).getCell(1))
                    .isEqualTo("DUTY- 9.0");
        });
    }

    @Test
    void twice_is_once() {
        byte[] once = format(FILE, TYPED, false).workbook();

        Formatted twice = format(FILE, once, false);

        assertThat(twice.changes()).isEmpty();
        assertThat(twice.workbook()).isSameAs(once);
    }

    @Test
    void an_id_is_never_given_again() {
        byte[] once = format(FILE, TYPED, false).workbook();
        byte[] deleted = edited(once, workbook -> {
            XSSFSheet sheet = workbook.getSheet("派单目录");
            sheet.removeRow(sheet.getRow(5)); // DUTY-0009
            sheet.getRow(4).getCell(0).setBlank();
        });

        look(
                format(FILE, deleted, false).workbook(),
                workbook -> assertThat(column(workbook.getSheet("派单目录"), 0))
                        .containsExactly("DUTY-0007", "DUTY-0008", "DUTY-0010"));
    }

    @Test
    void a_sheet_without_any_id_is_given_none() {
        Formatted formatted = format(FILE, plain(row("", "私搭乱建", "", "社区")), false);

        assertThat(formatted.changes()).doesNotContainKey(Change.ID);
    }

    @Test
    void what_somebody_has_chosen_stays() {
        byte[] chosen = edited(TYPED, workbook -> {
            XSSFSheet sheet = workbook.getSheet("派单目录");
            sheet.setColumnWidth(3, 5 * 256);
            var helper = sheet.getDataValidationHelper();
            sheet.addValidationData(helper.createValidation(
                    helper.createExplicitListConstraint(new String[] {"社区", "街道"}),
                    new CellRangeAddressList(2, 99, 5, 6)));
        });

        look(format(FILE, chosen, false).workbook(), workbook -> {
            XSSFSheet sheet = workbook.getSheet("派单目录");
            assertThat(sheet.getColumnWidth(3)).isEqualTo(5 * 256);
            assertThat(lists(sheet)).containsEntry("F3:G100", "\"社区,街道\"");
        });
        look(
                format(FILE, chosen, true).workbook(),
                workbook -> assertThat(lists(workbook.getSheet("派单目录")))
                        .containsEntry("G3:G100", "\"社区,街道\"")
                        .containsEntry("F3:F100", "\"社区,街道,部门,平台,牵头配合,联席会议,紧急转接\""));
    }

    @Test
    void a_drop_down_that_offers_an_unknown_label_or_ends_too_soon_is_made_anew() {
        byte[] stale = edited(TYPED, workbook -> {
            XSSFSheet sheet = workbook.getSheet("派单目录");
            var helper = sheet.getDataValidationHelper();
            sheet.addValidationData(helper.createValidation(
                    helper.createExplicitListConstraint(new String[] {"社区", "乡镇"}),
                    new CellRangeAddressList(2, 99, 5, 5)));
            sheet.addValidationData(helper.createValidation(
                    helper.createExplicitListConstraint(new String[] {"已确认"}), new CellRangeAddressList(2, 3, 7, 7)));
        });

        look(
                format(FILE, stale, false).workbook(),
                workbook -> assertThat(lists(workbook.getSheet("派单目录")))
                        .containsEntry("F3:F100", "\"社区,街道,部门,平台,牵头配合,联席会议,紧急转接\"")
                        .containsEntry("H3:H506", "\"已确认,待确认\"")
                        .hasSize(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"routing.xlsx", "closure.xlsx", "scoring.xlsx", "vocabulary.xlsx", "calendar.xlsx"})
    void a_whole_workbook_loses_nothing_and_renewing_its_lists_is_idempotent_too(String file) throws IOException {
        byte[] districts = Files.readAllBytes(District.TABLES.resolve(file));

        byte[] once = format(file, districts, true).workbook();
        Formatted twice = format(file, once, true);

        assertThat(twice.changes()).isEmpty();
        Map<String, List<String>> was = cells(districts);
        Map<String, List<String>> is = cells(once);
        is.remove(GeneratedSheets.LABELS);
        assertThat(is).isEqualTo(was);
    }

    /** Every cell as its place, content and style. */
    private static Map<String, List<String>> cells(byte[] workbook) {
        var sheets = new LinkedHashMap<String, List<String>>();
        look(
                workbook,
                open -> open.sheetIterator().forEachRemaining(sheet -> {
                    var cells = new ArrayList<String>();
                    sheet.forEach(row -> row.forEach(cell -> cells.add(cell.getAddress() + " " + cell + " "
                            + cell.getCellStyle().getIndex())));
                    sheets.put(sheet.getSheetName(), cells);
                }));
        return sheets;
    }

    @Test
    void the_policy_passes_over_the_sheets_that_are_ours() throws Exception {
        PolicyFiles district = District.files();
        byte[] routing = requireNonNull(district.tables().get(FILE));
        byte[] renewed = format(FILE, routing, true).workbook();
        var at = Problem.of(Code.MISSING_ID, new CellRef(FILE, "派单目录", 88, 0));
        byte[] annotated = requireNonNull(Annotated.copy(FILE, renewed, List.of(at), Locale.CHINESE, problem -> {}));

        var policy = Decisions.policy(
                Objects.requireNonNull(district.replacing(Map.of(FILE, annotated), problem -> {})),
                LocalDate.of(2026, 11, 20));

        assertThat(policy.notes()).extracting(Problem::code).containsOnly(Code.ABSENT_SHEET); // the district's are few
        assertThat(format(FILE, annotated, true).changes()).containsOnlyKeys(Change.MARKS);
    }

    @Test
    void a_file_with_more_elements_than_can_be_edited_is_told_and_not_opened() {
        // A blank cell costs its reader as much as a filled one, and three bytes of the file.
        String blank = "<row>" + "<c s=\"0\"/>".repeat(200) + "</row>";
        byte[] bomb = Parts.edited(
                plain(row("D-1")),
                (part, text) -> part.startsWith("xl/worksheets/")
                        ? text.replace("</sheetData>", blank.repeat(9_990) + "</sheetData>")
                        : text);
        var problems = new ArrayList<Problem>();

        assertThat(Formatted.of(FILE, bomb, Decisions.schema(), WORDS, false, problems::add))
                .isNull();
        assertThat(Annotated.copy(FILE, bomb, List.of(), Locale.CHINESE, problem -> {}))
                .isNull();
        assertThat(problems)
                .containsExactly(Problem.of(Code.TOO_LARGE, new FileRef(FILE), FILE, "2000000 XML, 128 MiB"));
    }
}
