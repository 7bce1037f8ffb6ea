package liandong.cli;

import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import liandong.escalation.TinyEscalation;
import liandong.table.Workbooks;
import liandong.wire.Json;
import liandong.workbook.Editable;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellRangeAddressList;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow") // runs every scenario of a whole policy
class TestCommandTest {
    private static final String[] HEADER = {
        "编号 Id", "标题 Title", "时刻 Now", "来源 Source", "区域 Area", "事项 Event type", "预期牵头 Lead", "预期等级 Severity"
    };

    @TempDir
    private Path folder;

    @Test
    void the_scenarios_of_release_0_1_pass_but_for_those_that_expected_a_refusal_or_days_counted_from_the_question() {
        var run = run("test", "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("expected CALENDAR_ENDED", "112 failed, 0 cannot be understood")
                .contains("派单目录: of 190 rows 190 decided");
        assertThat(run.err()).isEmpty();
        assertThat(run.next())
                .containsExactly(
                        "Next: mend the rows or the cases; where a change was meant to alter the answer, take it with"
                                + " --accept IDS --because TEXT.");
    }

    @Test
    void what_differs_is_shown_side_by_side_with_the_reasons() throws IOException {
        var run = run("test", "--scenarios", workbook(), "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines().map(String::strip))
                .containsSubsequence("✗ X-2 下水道 (mine.xlsx 研判交办!A4)", "预期牵头  expected 区司法局", "got 市水务集团", "because:")
                .contains(
                        "• mine.xlsx 研判交办!F5: MISTYPED_LABEL: There is no \"排水管道堵色\" in the vocabulary (事项). Is \"",
                        "3 cases: 1 passed, 1 failed, 1 cannot be understood; 0 unconfirmed. Policy stock "
                                + Commands.DISTRICT.version().substring(0, 12) + ".");
    }

    @Test
    void cases_that_a_change_was_meant_to_alter_expect_what_came_of_them_from_then_on_and_say_why() throws IOException {
        Path file = workbook();
        byte[] before = Files.readAllBytes(file);

        var accepted = run("test", "--scenarios", file, "--accept", "X-2", "--because", "三定方案调整", "--lang", "zh");

        assertThat(accepted.err()).contains("X-2  mine.xlsx 研判交办!G4：“区司法局”→“市水务集团”", "mine.xlsx.bak");
        assertThat(Files.readAllBytes(file.resolveSibling("mine.xlsx.bak"))).isEqualTo(before);
        assertThat(run("test", "--scenarios", file, "--lang", "zh").out()).doesNotContain("✗ X-2");
        try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            var sheet = workbook.getSheet("研判交办");
            int note = sheet.getRow(1).getLastCellNum() - 1;
            assertThat(sheet.getRow(1).getCell(note).getStringCellValue()).isEqualTo("备注 Note");
            assertThat(sheet.getRow(3).getCell(note).getStringCellValue())
                    .isEqualTo("预期牵头由“区司法局”改为“市水务集团”；2026-11-20 三定方案调整");
        }
    }

    @Test
    void nothing_is_accepted_without_a_reason_or_by_a_name_that_no_case_has() throws IOException {
        Path file = workbook();
        byte[] before = Files.readAllBytes(file);

        assertThat(run("test", "--scenarios", file, "--accept", "X-2").exitCode())
                .isEqualTo(2);
        assertThat(run("test", "--scenarios", file, "--accept", "X-2,X-99", "--because", "x", "--lang", "en")
                        .err())
                .contains("There is no case \"X-99\"");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void as_json_each_case_has_its_verdict_and_each_expectation_its_actual() throws Exception {
        var json = Json.read(
                run("test", "--scenarios", workbook(), "--format", "json").out());

        assertThat(json.get("passed").intValue()).isEqualTo(1);
        assertThat(json.get("results").get(1).get("verdict").stringValue()).isEqualTo("FAILED");
        assertThat(json.get("results").get(1).get("checks").get(0).toString())
                .isEqualTo("{\"column\":\"预期牵头\",\"at\":\"mine.xlsx 研判交办!G4\",\"expected\":\"区司法局\","
                        + "\"actual\":\"市水务集团\",\"held\":false}");
        assertThat(json.get("results").get(2).get("verdict").stringValue()).isEqualTo("BROKEN");
        assertThat(json.get("coverage").get("rows").intValue()).isGreaterThan(4_000);
    }

    @Test
    void as_junit_it_is_xml_that_counts_the_same() throws Exception {
        String xml = run("test", "--scenarios", workbook(), "--format", "junit").out();

        var root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertThat(root.getAttribute("tests")).isEqualTo("3");
        assertThat(root.getAttribute("failures")).isEqualTo("1");
        assertThat(root.getAttribute("errors")).isEqualTo("1");
        assertThat(root.getElementsByTagName("testcase").getLength()).isEqualTo(3);
    }

    @Test
    void the_annotated_copy_has_what_came_beside_what_was_expected_and_can_be_run_again() throws IOException {
        Path out = folder.resolve("out");

        assertThat(run("test", "--scenarios", workbook(), "--annotated", out).exitCode())
                .isEqualTo(1);

        try (var copy = new XSSFWorkbook(Files.newInputStream(out.resolve("mine.xlsx")))) {
            var sheet = copy.getSheet("研判交办");
            assertThat(sheet.getRow(1).getCell(7).getStringCellValue()).isEqualTo("实际牵头 Actual");
            assertThat(sheet.getRow(2).getCell(7).getStringCellValue()).isEqualTo("市水务集团");
            assertThat(sheet.getRow(2)
                            .getCell(6)
                            .getCellStyle()
                            .getFillForegroundColorColor()
                            .getARGBHex())
                    .isEqualTo("FFC6E0B4");
            assertThat(sheet.getRow(3)
                            .getCell(6)
                            .getCellStyle()
                            .getFillForegroundColorColor()
                            .getARGBHex())
                    .isEqualTo("FFF8CBAD");
            assertThat(sheet.getRow(3).getCell(8).getStringCellValue()).isEqualTo("一般");
        }
        var again = run("test", "--scenarios", out.resolve("mine.xlsx"), "--lang", "en");
        assertThat(again.out()).contains("3 cases: 1 passed, 1 failed, 1 cannot be understood");
    }

    @Test
    void drop_downs_and_filter_move_along_with_their_columns() throws IOException {
        Path mine = workbook();
        try (var workbook = new XSSFWorkbook(Files.newInputStream(mine))) {
            var sheet = workbook.getSheet("研判交办");
            var helper = sheet.getDataValidationHelper();
            sheet.addValidationData(helper.createValidation(
                    helper.createExplicitListConstraint(new String[] {"区司法局", "市水务集团"}),
                    new CellRangeAddressList(2, 9, 5, 7)));
            sheet.setAutoFilter(CellRangeAddress.valueOf("B2:H5"));
            sheet.getRow(3).setZeroHeight(true);
            Files.write(mine, Editable.bytes(workbook));
        }

        run("test", "--scenarios", mine, "--annotated", folder.resolve("out"));

        try (var copy = new XSSFWorkbook(Files.newInputStream(folder.resolve("out/mine.xlsx")))) {
            var sheet = copy.getSheet("研判交办");
            var list = sheet.getDataValidations().get(0);
            assertThat(list.getRegions().getCellRangeAddresses())
                    .extracting(CellRangeAddress::formatAsString)
                    .containsExactly("F3:G10", "I3:I10");
            assertThat(list.getValidationConstraint().getExplicitListValues()).containsExactly("区司法局", "市水务集团");
            assertThat(sheet.getRow(1).getCell(10).getStringCellValue()).isEqualTo("结果 Result");
            assertThat(sheet.getCTWorksheet().getAutoFilter().getRef()).isEqualTo("B2:K5");
            assertThat(sheet.getRow(3).getZeroHeight()).isFalse();
        }
    }

    @Test
    void the_painted_policy_says_what_no_case_has_shown() throws IOException {
        Path out = folder.resolve("painted");

        run("test", "--scenarios", workbook(), "--coverage", out, "--lang", "en");

        try (var copy = new XSSFWorkbook(Files.newInputStream(out.resolve("routing.xlsx")))) {
            var first = copy.getSheet("分级").getRow(2).getCell(0);
            assertThat(first.getStringCellValue()).isEqualTo("SEV-001");
            assertThat(first.getCellComment().getString().getString()).isEqualTo("No case matched this row.");
        }
        assertThat(out.resolve("vocabulary.xlsx")).doesNotExist();
    }

    @Test
    void a_policy_without_scenarios_or_a_file_that_is_not_there_is_a_usage_error() throws IOException {
        var missing = run("test", "--scenarios", folder.resolve("none.xlsx"), "--lang", "en");

        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("none.xlsx: there is no such file.");
        assertThat(run("test", folder.resolve("nowhere"), "--lang", "en").exitCode())
                .isEqualTo(2);
        assertThat(run("test", "--format", "html").err()).contains("'html' is none of text, json, junit");
    }

    @Test
    void some_cases_alone_are_run_by_id_by_tag_or_because_they_did_not_pass_the_last_time() throws IOException {
        Path file = workbook("停水、夜间", "路面", "停水");
        Path kept = folder.resolve(".failed");

        var unkept = run("test", "--scenarios", file, "--only", "failed", "--lang", "en");
        assertThat(unkept.exitCode()).isZero();
        assertThat(unkept.out()).isEmpty();
        assertThat(unkept.err()).contains("there is nothing to run");

        assertThat(run("test", "--scenarios", file).exitCode()).isEqualTo(1);
        assertThat(kept).hasContent("X-2\nX-3");

        var byTag = run("test", "--scenarios", file, "--only", "停水", "--lang", "en");
        assertThat(byTag.exitCode()).isEqualTo(1);
        assertThat(byTag.out())
                .contains("2 cases: 1 passed, 0 failed, 1 cannot be understood", "F5: MISTYPED_LABEL")
                .doesNotContain("X-2", "What the cases have shown");
        var byId = run("test", "--scenarios", file, "--only", "X-1, 路面", "--lang", "en");
        assertThat(byId.out()).contains("✗ X-2", "2 cases: 1 passed, 1 failed").doesNotContain("MISTYPED_LABEL");

        assertThat(run("test", "--scenarios", file, "--only", "X-1", "--lang", "en")
                        .exitCode())
                .isZero();
        assertThat(kept).hasContent("X-2\nX-3"); // of what was not run, it stays
        run("test", "--scenarios", file, "--accept", "X-2", "--because", "三定方案调整", "--only", "X-2");
        var failed = run("test", "--scenarios", file, "--only", "failed", "--lang", "en");
        assertThat(failed.out()).contains("2 cases: 1 passed, 0 failed, 1 cannot be understood");
        assertThat(kept).hasContent("X-3");

        var unknown = run("test", "--scenarios", file, "--only", "夜间，路而,Z", "--lang", "en");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err())
                .contains("--only: no case has the id or tag \"路而\".", "--only: no case has the id or tag \"Z\".")
                .doesNotContain("夜间");
        assertThat(run("test", "--scenarios", file, "--only", "X-33", "--lang", "zh")
                        .err())
                .contains("--only：没有编号或标签是“X-33”的情景。 是否为“X-3”？");
    }

    @Test
    void an_option_that_names_no_case_runs_nothing_and_not_all() throws IOException {
        Path file = workbook("停水、夜间", "路面", "停水");

        var none = run("test", "--scenarios", file, "--only", ",", "--lang", "en");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.out()).isEmpty();
        assertThat(none.err()).contains("--only names no case: nothing was run. Leave it out to run all.");
        assertThat(run("test", "--scenarios", file, "--accept", "，", "--because", "x", "--lang", "zh")
                        .err())
                .contains("--accept 没有写出任何情景，所以什么也没有运行。要全部运行，请去掉它。");
    }

    @Test
    void what_is_known_of_a_case_that_was_taken_away_is_dropped() throws IOException {
        Path file = workbook("停水、夜间", "路面", "停水");
        Path kept = folder.resolve(".failed");
        Files.write(kept, List.of("GONE-1", "X-2"));

        run("test", "--scenarios", file, "--only", "X-1");
        assertThat(kept).hasContent("X-2");

        Files.write(kept, List.of("GONE-1"));
        assertThat(run("test", "--scenarios", file, "--only", "failed", "--lang", "en")
                        .err())
                .contains("No case failed when they were last run here, or they were never run here");
        assertThat(kept).doesNotExist();
    }

    @Test
    void a_run_of_one_of_several_workbooks_keeps_what_is_known_of_the_others() throws IOException {
        Path file = workbook("停水、夜间", "路面", "停水");
        Path kept = folder.resolve(".failed");
        Files.copy(file, folder.resolve("other.xlsx"));
        Files.write(kept, List.of("Y-7"));

        run("test", "--scenarios", file);
        assertThat(kept).hasContent("X-2\nX-3\nY-7");

        Files.delete(folder.resolve("other.xlsx"));
        run("test", "--scenarios", file);
        assertThat(kept).hasContent("X-2\nX-3"); // now it is the only one
    }

    @Test
    void a_record_of_what_failed_that_is_no_text_is_told_and_written_anew() throws IOException {
        Path file = workbook("停水、夜间", "路面", "停水");
        Path kept = folder.resolve(".failed");
        Files.write(kept, new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});

        var failed = run("test", "--scenarios", file, "--only", "failed", "--lang", "en");
        assertThat(failed.exitCode()).isEqualTo(2);
        assertThat(failed.err()).contains(".failed: cannot be read.").doesNotContain("Exception");
        var one = run("test", "--scenarios", file, "--only", "X-1", "--lang", "en");
        assertThat(one.exitCode()).isZero();
        assertThat(one.err()).contains(".failed: cannot be read.");

        run("test", "--scenarios", file);
        assertThat(kept).hasContent("X-2\nX-3");
    }

    @Test
    void a_run_of_no_or_some_cases_has_a_whole_report_and_tells_no_coverage() throws Exception {
        Path file = workbook("停水、夜间", "路面", "停水");

        var none = run("test", "--scenarios", file, "--only", "failed", "--format", "junit", "--lang", "en");
        assertThat(none.exitCode()).isZero();
        assertThat(none.out()).contains("<testsuites name=\"liandong test\"").contains("tests=\"0\"");
        assertThat(none.err()).contains("there is nothing to run");
        var nothing = Json.read(run("test", "--scenarios", file, "--only", "failed", "--format", "json")
                .out());
        assertThat(nothing.get("cases").intValue()).isZero();
        assertThat(nothing.has("coverage")).isFalse();

        var some = Json.read(run("test", "--scenarios", file, "--only", "X-1", "--format", "json")
                .out());
        assertThat(some.get("passed").intValue()).isEqualTo(1);
        assertThat(some.has("coverage")).isFalse();

        Path html = folder.resolve("none.html");
        Files.writeString(html, "of the run before");
        assertThat(run("test", "--scenarios", file, "--only", "failed", "--html", html, "--lang", "en")
                        .exitCode())
                .isZero();
        assertThat(html).content().contains("all as expected</span>", "<b>0</b> scenarios passed");

        Path painted = folder.resolve("painted");
        var english = run("test", "--scenarios", file, "--only", "X-1", "--coverage", painted, "--lang", "en");
        assertThat(english.exitCode()).isEqualTo(2);
        assertThat(english.err()).contains("--coverage shows what all cases have shown: leave --only out.");
        assertThat(run("test", "--scenarios", file, "--only", "X-1", "--coverage", painted, "--lang", "zh")
                        .err())
                .contains("不能与 --only 同用");
        assertThat(painted).doesNotExist();
    }

    @Test
    void the_record_of_what_failed_goes_when_all_pass_and_a_folder_that_cannot_be_written_is_told() throws IOException {
        Path file = workbook();
        run("test", "--scenarios", file);
        assertThat(run("test", "--scenarios", file, "--accept", "X-2", "--because", "三定方案调整")
                        .exitCode())
                .isEqualTo(1); // X-3 cannot be understood
        Files.delete(folder.resolve(".failed"));
        Files.createDirectories(folder.resolve(".failed").resolve("in the way"));

        var run = run("test", "--scenarios", file, "--lang", "en");

        assertThat(run.err()).contains(".failed: cannot be written.");
        assertThat(run.out()).contains("3 cases: 2 passed");
    }

    /** A policy folder with one story, whose third step is not as expected unless the lead is another. */
    private Path policyWithStory(String lead) throws IOException {
        Path policy = folder.resolve("my");
        var files = new TreeMap<>(TinyEscalation.tiny().ofFormat3().files().files());
        files.put("decision-tables/scenarios/stories.xlsx", Workbooks.xlsx(Map.of("故事", new String[][] {
            {"故事"},
            {"故事", "标题", "时刻", "决策", "来源", "区域", "事项", "情形", "预期结果", "预期牵头", "预期措施", "标签"},
            {"G-1", "坑洞", "2026-11-20 09:00", "研判交办", "网格员", "东市社区", "路面坑洞", "", "交办", "", "", "坑洞"},
            {"", "", "+5 分钟", "", "", "", "", "接收", "", "", "", ""},
            {"", "没到时候", "+5 分钟", "督办升级", "", "", "", "联系群众", "暂不督办", "", lead, ""},
            {"", "", "复核时间", "督办升级", "", "", "", "", "有", "", "", ""},
        })));
        for (var file : files.entrySet()) {
            Path path = policy.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return policy;
    }

    @Test
    void a_story_is_told_up_to_the_step_that_is_otherwise_kept_as_failed_and_its_answer_can_be_accepted()
            throws IOException {
        Path policy = policyWithStory("催办");
        Path kept = policy.resolve("decision-tables/scenarios/.failed");

        var run = run("test", policy, "--annotated", folder.resolve("out"), "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines().map(String::strip))
                .containsSubsequence(
                        "✗ G-1 坑洞 (stories.xlsx 故事!A3)",
                        "✓ steps as expected: 1",
                        "✗ step 3 (督办升级, 2026-11-20 09:10) is not as expected:",
                        "预期措施  expected 催办",
                        "got 无",
                        "· not run: 4",
                        "1 stories: 0 passed, 1 failed, 0 cannot be understood.");
        assertThat(kept).hasContent("G-1");
        try (var copy = new XSSFWorkbook(Files.newInputStream(folder.resolve("out/stories.xlsx")))) {
            var sheet = copy.getSheet("故事");
            int last = sheet.getRow(1).getLastCellNum() - 1;
            assertThat(sheet.getRow(2).getCell(last).getStringCellValue()).isEqualTo("passed");
            assertThat(sheet.getRow(3).getCell(last)).isNull();
            assertThat(sheet.getRow(4).getCell(last).getStringCellValue()).startsWith("failed");
            assertThat(sheet.getRow(5).getCell(last).getStringCellValue()).isEqualTo("not run");
        }

        var accepted = run("test", policy, "--accept", "G-1", "--because", "改了", "--lang", "en");
        assertThat(accepted.err()).contains("G-1/3  stories.xlsx 故事!K5: \"催办\" → \"无\"");
        var again = run("test", policy, "--only", "坑洞", "--lang", "en");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("1 stories: 1 passed, 0 failed, 0 cannot be understood.");
        assertThat(kept).doesNotExist();
    }

    @Test
    void the_html_report_is_one_page_that_needs_nothing_else_and_tells_what_is_wrong_first() throws Exception {
        Path policy = policyWithStory("催办");
        Path html = folder.resolve("out/report.html");
        Path scenarios = folder.resolve("<b>.xlsx");
        Files.write(scenarios, Workbooks.xlsx(Map.of("研判交办", new String[][] {
            {"情景"},
            {"编号", "标题", "时刻", "来源", "区域", "事项", "预期牵头"},
            {"X-1", "<script>alert('坑')</script>", "2026-11-20 16:30", "网格员", "东市社区", "路面坑洞", "水务公司"},
            {"X-2", "通过的", "2026-11-20 16:30", "网格员", "东市社区", "路面坑洞", "主办局"},
            {"X-3", "读不懂的", "2026-11-20 16:30", "网格员", "东市社区", "路面坑铜", "主办局"},
        })));

        var run = run(
                "test",
                policy,
                "--scenarios",
                scenarios,
                policy.resolve("decision-tables/scenarios/stories.xlsx"),
                "--html",
                html,
                "--lang",
                "en");

        assertThat(run.exitCode()).isEqualTo(1);
        String page = Files.readString(html);
        assertThat(page)
                .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
                .containsSubsequence(
                        "not all as expected",
                        "X-1 &lt;script&gt;alert(&#39;坑&#39;)&lt;/script&gt;",
                        "&lt;b&gt;.xlsx 研判交办!A3",
                        "<tr class=\"not\"><th scope=\"row\">预期牵头</th><td>水务公司</td><td>主办局</td></tr>",
                        "D-1",
                        "Problems with the workbooks",
                        "Not run: X-3",
                        "MISTYPED_LABEL",
                        "G-1 坑洞",
                        "Step 3: 督办升级",
                        "催办",
                        "not run: 4",
                        "What the cases have shown",
                        "routing.xlsx 派单目录",
                        "X-2 通过的")
                .contains("<pre>{\n  &quot;")
                .doesNotContain("<script", "src=", "href=", "url(", "\\u000a");
        assertThat(run("test", policy, "--html", html, "--lang", "zh").out()).contains("故事 1 个：通过 0，不符 1，无法读取 0。");
        assertThat(Files.readString(html)).contains("<html lang=\"zh-CN\">", "第 3 步 督办升级", "2026-11-20 09:10");
        Files.createDirectories(folder.resolve("taken"));
        var unwritable = run("test", policy, "--html", folder.resolve("taken"), "--lang", "en");
        assertThat(unwritable.exitCode()).isEqualTo(2);
        assertThat(unwritable.err()).contains("taken: cannot be written.");
    }

    @Test
    void what_will_fail_stands_in_the_html_report_and_is_not_looked_for_while_answers_are_accepted() throws Exception {
        Path policy = policyWithStory("无");
        Path html = folder.resolve("ahead.html");

        var run = run("test", policy, "--ahead", "30", "--html", html, "--lang", "en");
        var accept = run("test", policy, "--ahead", "30", "--accept", "G-1", "--because", "改了", "--lang", "en");

        assertThat(run.exitCode()).isZero();
        assertThat(html)
                .content()
                .contains("all as expected</span>", "<h2>Rows that begin or end from ", "0 would fail.");
        assertThat(accept.exitCode()).isEqualTo(2);
        assertThat(accept.err()).contains("--ahead looks at what passes as it is: leave --accept out.");
    }

    @Test
    void mutate_tells_the_changes_nobody_notices() throws Exception {
        var run = run("mutate", "--scenarios", workbook(), "--most", "4", "--json", "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        var json = Json.read(run.out());
        assertThat(json.get("scenarios").intValue()).isEqualTo(1);
        assertThat(json.get("noticed").intValue())
                .isLessThan(json.get("mutants").intValue());
        assertThat(json.get("unnoticed").get(0).get("changes").get(0).propertyNames())
                .containsExactly("change", "at", "column", "was", "now", "reached");
        assertThat(run.err()).contains("changes against 1 scenarios");
        assertThat(run("mutate", "--most", "0").exitCode()).isEqualTo(2);
    }

    /** The cases with a tag each. */
    private Path workbook(String... tags) throws IOException {
        var sheets = new LinkedHashMap<String, String[][]>();
        sheets.put("研判交办", new String[][] {
            {"情景"},
            {"编号", "标题", "时刻", "来源", "区域", "事项", "预期牵头", "标签"},
            {"X-1", "下水道", "2026-11-20 16:30", "网格", "清波门社区", "排水管道堵塞", "市水务集团", tags[0]},
            {"X-2", "下水道", "2026-11-20 16:30", "网格", "清波门社区", "排水管道堵塞", "区司法局", tags[1]},
            {"X-3", "下水道", "2026-11-20 16:30", "网格", "清波门社区", "排水管道堵色", "市水务集团", tags[2]},
        });
        Path file = folder.resolve("tagged.xlsx");
        Files.write(file, Workbooks.xlsx(sheets));
        return file;
    }

    private Path workbook() throws IOException {
        var sheets = new LinkedHashMap<String, String[][]>();
        sheets.put("研判交办", new String[][] {
            {"情景"},
            HEADER,
            {"X-1", "下水道", "2026-11-20 16:30", "网格", "清波门社区", "排水管道堵塞", "市水务集团", "一般"},
            {"X-2", "下水道", "2026-11-20 16:30", "网格", "清波门社区", "排水管道堵塞", "区司法局", "一般"},
            {"X-3", "下水道", "2026-11-20 16:30", "网格", "清波门社区", "排水管道堵色", "市水务集团", "一般"},
        });
        Path file = folder.resolve("mine.xlsx");
        Files.write(file, Workbooks.xlsx(sheets));
        return file;
    }
}
