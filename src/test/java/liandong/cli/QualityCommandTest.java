package liandong.cli;

import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import liandong.District;
import liandong.cli.Commands.Run;
import liandong.journal.Personal;
import liandong.quality.CaseHistory;
import liandong.store.Database;
import liandong.wire.Json;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("slow") // loads a whole policy for each run
class QualityCommandTest {
    @TempDir
    private static Path folder;

    private static Path store;
    private static Path policy;

    @BeforeAll
    static void decide() throws Exception {
        store = folder.resolve("liandong.db");
        policy = KeptStore.written(District.files(), folder.resolve("district"));
        try (Database database = Database.open(store.toString(), null, null);
                var history = new CaseHistory(database, Personal.kept())) {
            history.write();
        }
    }

    @Test
    void rows_to_mend_are_told_worst_first_in_both_languages() {
        Run english = run("quality", "--store", store, "--policy", policy, "--to", "2026-11-30", "--lang", "en");
        Run chinese = run("quality", "--store", store, "--policy", policy, "--to", "2026-11-30", "--lang", "zh");

        assertThat(english.err()).isEmpty();
        assertThat(english.exitCode()).isZero();
        assertThat(english.out().replaceAll("\\([0-9a-f]{12}\\)", "(…)")).isEqualTo("""
                What came of what rows decided: 32 cases, 128 decisions; compared with district (…)
                  • returned: 7 of 32 (21.88 %, 95 % between 11.02 and 38.76). Why: 职责有争议 4, 不属本单位职责 3.
                  • overruled: 12 of 32 (37.50 %, 95 % between 22.93 and 54.75). Why: 市生态环境局上城分局 7, 清波门
                    社区 5.
                  • redone: 1 of 25 (4.00 %, 95 % between 0.71 and 19.54). Why: 主观原因不满意 1.
                  • late: 8 of 25 (32.00 %, 95 % between 17.20 and 51.59). Why: 修复 8.
                  • dissatisfied: 1 of 1 (100.00 %, 95 % between 20.65 and 100.00). Why: 主观原因 1.

                Rows to mend, worst first: 5
                  • DUTY-0010 routing.xlsx 派单目录!A12: at least 5.3 more than usual, in 10 cases
                    事项 油烟污染 → 牵头 区综合行政执法局(区城市管理局)，配合 市生态环境局上城分局、区市场监督管理
                    局，路径 牵头配合，联席会议 城建城管联席会议
                    returned: 7 of 10 (70.00 %, 95 % between 39.68 and 89.22). Others: 0.00 %. Why: 职责有争议 4, 不
                    属本单位职责 3.
                    overruled: 7 of 10 (70.00 %, 95 % between 39.68 and 89.22). Others: 18.52 %. Why: 市生态环境局上
                    城分局 7.
                    Cases: FUMES-07, FUMES-06, FUMES-05, FUMES-04, FUMES-03
                  • STG-0052 routing.xlsx 阶段时限!A54: at least 4.2 more than usual, in 12 cases
                    事项 路灯故障 → 序 1，阶段 修复，时限 3 工作日，起算 交办
                    late: 8 of 12 (66.67 %, 95 % between 39.06 and 86.19). Others: 0.00 %. Why: 修复 8.
                    Cases: LAMP-08, LAMP-07, LAMP-06, LAMP-05, LAMP-04
                  • KW-00106 routing.xlsx 关键词!A110: at least 2.7 more than usual, in 10 cases
                    正文含 餐馆油烟 → 事项 油烟污染，分值 49
                    returned: 7 of 10 (70.00 %, 95 % between 39.68 and 89.22). Others: 14.58 %. Why: 职责有争议 4,
                    不属本单位职责 3.
                    overruled: 7 of 10 (70.00 %, 95 % between 39.68 and 89.22). Others: 35.42 %. Why: 市生态环境局上
                    城分局 7.
                    Cases: FUMES-07, FUMES-06, FUMES-05, FUMES-04, FUMES-03
                  • KW-00108 routing.xlsx 关键词!A112: at least 2.7 more than usual, in 10 cases
                    正文含 油烟 → 事项 油烟污染，分值 46
                    returned: 7 of 10 (70.00 %, 95 % between 39.68 and 89.22). Others: 14.58 %. Why: 职责有争议 4,
                    不属本单位职责 3.
                    overruled: 7 of 10 (70.00 %, 95 % between 39.68 and 89.22). Others: 35.42 %. Why: 市生态环境局上
                    城分局 7.
                    Cases: FUMES-07, FUMES-06, FUMES-05, FUMES-04, FUMES-03
                  • KW-04285 routing.xlsx 关键词!A115: at least 2.7 more than usual, in 10 cases
                    正文含 油烟直排 → 事项 油烟污染，分值 39
                    returned: 7 of 10 (70.00 %, 95 % between 39.68 and 89.22). Others: 14.58 %. Why: 职责有争议 4,
                    不属本单位职责 3.
                    overruled: 7 of 10 (70.00 %, 95 % between 39.68 and 89.22). Others: 35.42 %. Why: 市生态环境局上
                    城分局 7.
                    Cases: FUMES-07, FUMES-06, FUMES-05, FUMES-04, FUMES-03

                Rules to look at, worst first: 2
                  • RTE-360: at least 4.7 more than usual, in 10 cases
                    目录列明部门、平台或牵头配合的事件，由牵头单位办理
                    returned: 7 of 10 (70.00 %, 95 % between 39.68 and 89.22). Others: 0.00 %. Why: 职责有争议 4, 不
                    属本单位职责 3.
                    overruled: 7 of 10 (70.00 %, 95 % between 39.68 and 89.22). Others: 22.73 %. Why: 市生态环境局上
                    城分局 7.
                    Cases: FUMES-07, FUMES-06, FUMES-05, FUMES-04, FUMES-03
                  • RTE-350: at least 3.7 more than usual, in 12 cases
                    部件先属主后属地：责任单位牵头，属地街道末位配合
                    redone: 1 of 12 (8.33 %, 95 % between 1.49 and 35.39). Others: 0.00 %. Why: 主观原因不满意 1.
                    late: 8 of 12 (66.67 %, 95 % between 39.06 and 86.19). Others: 0.00 %. Why: 修复 8.
                    dissatisfied: 1 of 1 (100.00 %, 95 % between 20.65 and 100.00). Why: 主观原因 1.
                    Cases: LAMP-09, LAMP-08, LAMP-07, LAMP-06, LAMP-05
                """);
        assertThat(chinese.out().replaceAll("（[0-9a-f]{12}）", "（…）")).isEqualTo("""
                各行所定案件的办理情况：案件 32 件，决定 128 件；对照政策 district（…）
                  • 退单：32 件中 7 件（21.88%，95% 区间 11.02 至 38.76）。原因：职责有争议 4、不属本单位职责 3。
                  • 人工改定：32 件中 12 件（37.50%，95% 区间 22.93 至 54.75）。原因：市生态环境局上城分局 7、清波门
                    社区 5。
                  • 重办：25 件中 1 件（4.00%，95% 区间 0.71 至 19.54）。原因：主观原因不满意 1。
                  • 逾期：25 件中 8 件（32.00%，95% 区间 17.20 至 51.59）。原因：修复 8。
                  • 不满意：1 件中 1 件（100.00%，95% 区间 20.65 至 100.00）。原因：主观原因 1。

                待修订的行，最差在前：5
                  • DUTY-0010 routing.xlsx 派单目录!A12：比通常至少多出 5.3 件，共 10 件案件
                    事项 油烟污染 → 牵头 区综合行政执法局(区城市管理局)，配合 市生态环境局上城分局、区市场监督管理
                    局，路径 牵头配合，联席会议 城建城管联席会议
                    退单：10 件中 7 件（70.00%，95% 区间 39.68 至 89.22）。其余为 0.00%。原因：职责有争议 4、不属本
                    单位职责 3。
                    人工改定：10 件中 7 件（70.00%，95% 区间 39.68 至 89.22）。其余为 18.52%。原因：市生态环境局上城
                    分局 7。
                    案例：FUMES-07、FUMES-06、FUMES-05、FUMES-04、FUMES-03
                  • STG-0052 routing.xlsx 阶段时限!A54：比通常至少多出 4.2 件，共 12 件案件
                    事项 路灯故障 → 序 1，阶段 修复，时限 3 工作日，起算 交办
                    逾期：12 件中 8 件（66.67%，95% 区间 39.06 至 86.19）。其余为 0.00%。原因：修复 8。
                    案例：LAMP-08、LAMP-07、LAMP-06、LAMP-05、LAMP-04
                  • KW-00106 routing.xlsx 关键词!A110：比通常至少多出 2.7 件，共 10 件案件
                    正文含 餐馆油烟 → 事项 油烟污染，分值 49
                    退单：10 件中 7 件（70.00%，95% 区间 39.68 至 89.22）。其余为 14.58%。原因：职责有争议 4、不属本
                    单位职责 3。
                    人工改定：10 件中 7 件（70.00%，95% 区间 39.68 至 89.22）。其余为 35.42%。原因：市生态环境局上城
                    分局 7。
                    案例：FUMES-07、FUMES-06、FUMES-05、FUMES-04、FUMES-03
                  • KW-00108 routing.xlsx 关键词!A112：比通常至少多出 2.7 件，共 10 件案件
                    正文含 油烟 → 事项 油烟污染，分值 46
                    退单：10 件中 7 件（70.00%，95% 区间 39.68 至 89.22）。其余为 14.58%。原因：职责有争议 4、不属本
                    单位职责 3。
                    人工改定：10 件中 7 件（70.00%，95% 区间 39.68 至 89.22）。其余为 35.42%。原因：市生态环境局上城
                    分局 7。
                    案例：FUMES-07、FUMES-06、FUMES-05、FUMES-04、FUMES-03
                  • KW-04285 routing.xlsx 关键词!A115：比通常至少多出 2.7 件，共 10 件案件
                    正文含 油烟直排 → 事项 油烟污染，分值 39
                    退单：10 件中 7 件（70.00%，95% 区间 39.68 至 89.22）。其余为 14.58%。原因：职责有争议 4、不属本
                    单位职责 3。
                    人工改定：10 件中 7 件（70.00%，95% 区间 39.68 至 89.22）。其余为 35.42%。原因：市生态环境局上城
                    分局 7。
                    案例：FUMES-07、FUMES-06、FUMES-05、FUMES-04、FUMES-03

                要看一看的规则，最差在前：2
                  • RTE-360：比通常至少多出 4.7 件，共 10 件案件
                    目录列明部门、平台或牵头配合的事件，由牵头单位办理
                    退单：10 件中 7 件（70.00%，95% 区间 39.68 至 89.22）。其余为 0.00%。原因：职责有争议 4、不属本
                    单位职责 3。
                    人工改定：10 件中 7 件（70.00%，95% 区间 39.68 至 89.22）。其余为 22.73%。原因：市生态环境局上城
                    分局 7。
                    案例：FUMES-07、FUMES-06、FUMES-05、FUMES-04、FUMES-03
                  • RTE-350：比通常至少多出 3.7 件，共 12 件案件
                    部件先属主后属地：责任单位牵头，属地街道末位配合
                    重办：12 件中 1 件（8.33%，95% 区间 1.49 至 35.39）。其余为 0.00%。原因：主观原因不满意 1。
                    逾期：12 件中 8 件（66.67%，95% 区间 39.06 至 86.19）。其余为 0.00%。原因：修复 8。
                    不满意：1 件中 1 件（100.00%，95% 区间 20.65 至 100.00）。原因：主观原因 1。
                    案例：LAMP-09、LAMP-08、LAMP-07、LAMP-06、LAMP-05
                """);
    }

    @Test
    void programs_get_the_same_as_json_and_only_as_many_rows_as_wanted() throws Exception {
        Run run = run(
                "quality",
                "--store",
                store,
                "--policy",
                policy,
                "--from",
                "2026-09-21",
                "--to",
                "2026-09-21",
                "--most",
                "2",
                "--format",
                "json");

        JsonNode json = Json.read(run.out());
        assertThat(json.path("cases").intValue()).isEqualTo(32);
        assertThat(json.path("toMend").intValue()).isEqualTo(5);
        assertThat(json.path("rows")).hasSize(2);
        assertThat(json.path("moreRows").intValue()).isEqualTo(19);
        assertThat(json.at("/rows/0/figures/0").toString())
                .isEqualTo(
                        "{\"trouble\":\"RETURNED\",\"count\":7,\"of\":10,\"rate\":70.00,\"low\":39.68,\"high\":89.22,"
                                + "\"others\":0.00,\"answersFor\":true,\"because\":[{\"why\":\"职责有争议\",\"count\":4},"
                                + "{\"why\":\"不属本单位职责\",\"count\":3}]}");
    }

    @Test
    void a_workbook_is_written_to_a_file() throws Exception {
        Path out = folder.resolve("quality.xlsx");

        Run run = run("quality", "--store", store, "--policy", policy, "--format", "xlsx", "--out", out);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        try (InputStream in = Files.newInputStream(out);
                var book = new XSSFWorkbook(in)) {
            assertThat(book.getSheet("待修订").getRow(2).getCell(0).getStringCellValue())
                    .isEqualTo("DUTY-0010");
        }
    }

    @Test
    void a_time_without_cases_says_so() {
        Run run = run("quality", "--store", store, "--policy", policy, "--to", "2026-09-20", "--lang", "en");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().skip(1))
                .containsExactly(
                        "  No case was assigned in this time: there is nothing to judge. Choose another with --from and --to.");
    }

    @Test
    void what_is_called_wrongly_is_told() {
        assertThat(run("quality", "--store", folder.resolve("none.db")).exitCode())
                .isEqualTo(2);
        assertThat(run("quality", "--store", store, "--policy", "99").exitCode())
                .isEqualTo(2);
        assertThat(run("quality", "--store", store, "--from", "soon").exitCode())
                .isEqualTo(2);
        assertThat(run("quality", "--store", store, "--most", "0").exitCode()).isEqualTo(2);
        Run run = run("quality", "--store", store, "--policy", policy, "--format", "xlsx", "--lang", "en");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("A workbook is written to a file: name it with --out.\n");
    }
}
