package liandong.cli;

import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import liandong.cli.Commands.Run;
import liandong.policy.TinyPolicy;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has been ruled about whose a matter is becomes a row of the duty catalogue. */
class DutyRowCommandTest {
    private static final String MORNING = "2026-03-02T09:30:00+08:00";

    @TempDir
    private Path folder = Path.of("");

    private Path policy = Path.of("");
    private Path out = Path.of("");

    @BeforeEach
    void writePolicy() throws IOException {
        policy = folder.resolve("my");
        out = folder.resolve("routing.xlsx");
        write(TinyPolicy.complete());
    }

    private void write(TinyPolicy tiny) throws IOException {
        for (Map.Entry<String, byte[]> file : tiny.files().files().entrySet()) {
            Path path = policy.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private static String report(String choice) {
        return """
                {"incident": {"id": "C-1", "reportedAt": "2026-03-02T09:00:00+08:00", "source": "热线", "area": "东市社区", \
                "text": "路上有个坑", "eventType": "路面坑洞"%s}, "now": "2026-03-02T09:30:00+08:00"}""".formatted(choice);
    }

    private Run dutyRow(String choice) throws IOException {
        return dutyRow(choice, "en");
    }

    private Run dutyRow(String choice, String language) throws IOException {
        Path ruled = Files.writeString(folder.resolve("ruled.json"), report(choice));
        return run("duty-row", ruled, "--out", out, "--policy", policy, "--now", MORNING, "--lang", language);
    }

    private static List<String> cells(byte[] workbook, int row) {
        SheetData sheet = WorkbookReader.read("routing.xlsx", workbook, problem -> {}).stream()
                .filter(each -> each.name().equals("派单目录"))
                .findFirst()
                .orElseThrow();
        SheetData.Line line = sheet.lines().get(row);
        return IntStream.range(0, 10).mapToObj(i -> line.cell(i).text()).toList();
    }

    @Test
    void the_next_matter_of_the_kind_goes_where_the_ruling_says_and_the_row_before_ends() throws IOException {
        Run run = dutyRow("""
                , "choice": {"by": "主办局", "lead": "协办局", "assisting": ["主办局"], "reason": "路面归协办局"}""");

        assertThat(run.err())
                .isEqualTo("Written: " + out + "\nD-4 counts from 2026-03-02 on.\n"
                        + "D-4 takes the place of D-1, which ends on that day.\n");
        assertThat(run.exitCode()).isZero();
        byte[] workbook = Files.readAllBytes(out);
        assertThat(cells(workbook, 2))
                .containsExactly(
                        "D-4",
                        "路面坑洞",
                        "协办局",
                        "主办局",
                        "牵头配合",
                        "道路联席会议",
                        "主办局 2026-03-02 裁定（C-1）：路面归协办局",
                        "待确认",
                        "2026-03-02",
                        "");
        assertThat(cells(workbook, 3)).startsWith("D-1", "路面坑洞", "主办局").endsWith("2026-03-02");
        assertThat(cells(workbook, 4)).startsWith("D-2", "井盖破损");

        Files.write(policy.resolve("decision-tables/routing.xlsx"), workbook);
        Path next = Files.writeString(folder.resolve("next.ndjson"), report("") + "\n");
        assertThat(run("route", next, "--policy", policy).out())
                .contains("\"label\":\"协办局\"")
                .contains("D-4")
                .doesNotContain("D-1");
    }

    @Test
    void the_row_before_is_said_to_hold_on_the_day_of_the_ruling_too() throws IOException {
        Run run = dutyRow("""
                , "choice": {"by": "主办局", "lead": "协办局", "assisting": ["主办局"], "reason": "路面归协办局"}""", "zh");

        assertThat(run.err()).isEqualTo("已写入：" + out + "\nD-4 自 2026-03-02 起有效。\nD-4 取代 D-1，后者到这一天为止。\n");
    }

    @Test
    void a_row_about_several_event_types_stays_and_the_new_one_asks_what_it_asks() throws IOException {
        write(TinyPolicy.complete()
                .cell("routing.xlsx 派单目录!B3", "路面坑洞、井盖破损")
                .cell("routing.xlsx 派单目录!L2", "区域 Area")
                .cell("routing.xlsx 派单目录!L3", "东街道")
                .row("routing.xlsx", "派单目录", "D-9", "路面坑洞", "水务公司", "", "部门", "", "办法", "已确认"));

        Run run = dutyRow("""
                , "choice": {"by": "主办局", "lead": "协办局", "assisting": ["主办局"], "reason": "路面归协办局"}""");

        assertThat(run.err())
                .isEqualTo("Written: " + out
                        + "\nD-10 counts from 2026-03-02 on, for 东街道 alone; --everywhere makes it for every area of the row above.\n"
                        + "D-10 stands above D-1, which stays: it is about other event types or areas too.\n"
                        + "Also about this matter, further down: D-9\n");
        byte[] workbook = Files.readAllBytes(out);
        assertThat(cells(workbook, 2)).startsWith("D-10", "路面坑洞", "协办局", "主办局", "牵头配合");
        assertThat(area(workbook, 2)).isEqualTo("东街道");
        assertThat(cells(workbook, 3)).startsWith("D-1", "路面坑洞、井盖破损", "主办局").endsWith("");
    }

    private static String area(byte[] workbook, int row) {
        return WorkbookReader.read("routing.xlsx", workbook, problem -> {}).stream()
                .filter(each -> each.name().equals("派单目录"))
                .findFirst()
                .orElseThrow()
                .lines()
                .get(row)
                .cell(11)
                .text();
    }

    @Test
    void a_ruling_about_one_sub_district_is_a_row_for_it_alone_unless_it_is_said_to_be_for_all() throws IOException {
        write(TinyPolicy.complete().cell("routing.xlsx 派单目录!L2", "区域 Area"));
        Path ruled = Files.writeString(folder.resolve("ruled.json"), report("""
                , "choice": {"by": "主办局", "lead": "协办局", "assisting": ["主办局"], "reason": "路面归协办局"}"""));

        Run here = run("duty-row", ruled, "--out", out, "--policy", policy, "--now", MORNING, "--lang", "en");
        assertThat(here.err())
                .isEqualTo("Written: " + out
                        + "\nD-4 counts from 2026-03-02 on, for 东街道 alone; --everywhere makes it for every area of the row above.\n"
                        + "D-4 stands above D-1, which stays: it is about other event types or areas too.\n");
        assertThat(area(Files.readAllBytes(out), 2)).isEqualTo("东街道");
        assertThat(cells(Files.readAllBytes(out), 3)).startsWith("D-1").endsWith("");

        Run all = run(
                "duty-row", ruled, "--out", out, "--policy", policy, "--now", MORNING, "--lang", "en", "--everywhere");
        assertThat(all.err()).contains("D-4 counts from 2026-03-02 on.\n").contains("D-1, which ends on that day.");
        assertThat(area(Files.readAllBytes(out), 2)).isEmpty();
    }

    @Test
    void who_assists_stays_where_the_ruling_names_nobody_but_the_new_lead_does_not_assist_itself() throws IOException {
        write(TinyPolicy.complete().cell("routing.xlsx 派单目录!D3", "协办局、水务公司"));

        dutyRow("""
                , "choice": {"by": "主办局", "lead": "协办局", "reason": "路面归协办局"}""");

        assertThat(cells(Files.readAllBytes(out), 2)).startsWith("D-4", "路面坑洞", "协办局", "水务公司", "牵头配合");
    }

    @Test
    void a_row_never_counts_before_the_day_on_which_it_is_made() throws IOException {
        Path ruled = Files.writeString(folder.resolve("ruled.json"), report("""
                , "choice": {"by": "主办局", "lead": "协办局", "assisting": ["主办局"], "reason": "路面归协办局"}"""));

        Run later = run(
                "duty-row",
                ruled,
                "--out",
                out,
                "--policy",
                policy,
                "--now",
                "2026-04-20T09:00:00+08:00",
                "--lang",
                "en");

        assertThat(later.err()).contains("D-4 counts from 2026-04-20 on.\n");
        byte[] workbook = Files.readAllBytes(out);
        assertThat(cells(workbook, 2).get(8)).isEqualTo("2026-04-20");
        assertThat(cells(workbook, 3)).startsWith("D-1").endsWith("2026-04-20");
    }

    @Test
    void what_nobody_has_ruled_gives_no_row() throws IOException {
        Run run = dutyRow("");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("NOTHING_RULED")
                .contains(
                        "The incident needs a choice with a lead that the answer goes by, and the answer an event type.");
        assertThat(out).doesNotExist();
    }
}
