package liandong.cli;

import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import liandong.cli.Commands.Run;
import liandong.incident.Body;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyLoader;
import liandong.policy.TinyPolicy;
import liandong.table.Workbooks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenameCommandTest {
    @TempDir
    private Path temp = Path.of("");

    private Path policy = Path.of("");

    @BeforeEach
    void write() throws IOException {
        policy = temp.resolve("my");
        byte[] scenarios = Workbooks.xlsx(Map.of("研判交办", new String[][] {
            {"研判交办"},
            {"编号", "标题", "时刻", "incident.id", "incident.reportedAt", "来源", "区域", "事项", "正文", "预期牵头", "预期配合"},
            {
                "C-1",
                "主办局的事",
                "2026-03-02 10:00",
                "A-1",
                "2026-03-02 09:00",
                "网格员",
                "东市社区",
                "路面坑洞",
                "主办局门口路面有坑洞",
                "主办局",
                "协办局、东街道"
            }
        }));
        PolicyFiles files = TinyPolicy.complete()
                .file("decision-tables/scenarios/day.xlsx", scenarios)
                .files();
        for (var file : files.files().entrySet()) {
            Path path = policy.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.write(path, file.getValue());
        }
    }

    private PolicyFiles contents() throws IOException {
        return PolicyFiles.onlyFolder(policy);
    }

    @Test
    void a_body_has_its_new_name_in_every_table_and_scenario_and_is_still_found_by_the_old_one() throws IOException {
        Run shown = run("rename", "单位", "主办局", "综合执法局", "--policy", policy, "--dry-run", "--lang", "zh");
        PolicyFiles before = contents();
        Run done = run("rename", "单位", "主办局", "综合执法局", "--policy", policy, "--lang", "zh");

        assertThat(shown.exitCode()).isZero();
        assertThat(shown.out()).isEqualTo(done.out());
        assertThat(done.out().lines())
                .contains(
                        "vocabulary.xlsx 单位!B3：“主办局”→“综合执法局”",
                        "vocabulary.xlsx 单位!D2：“”→“又名 Also known as”",
                        "vocabulary.xlsx 单位!D3：“”→“主办局”",
                        "routing.xlsx 派单目录!C3：“主办局”→“综合执法局”",
                        "day.xlsx 研判交办!J3：“主办局”→“综合执法局”")
                .noneMatch(line -> line.contains("研判交办!B3") || line.contains("研判交办!I3"));
        assertThat(shown.err()).contains("尚未改动（--dry-run）");
        assertThat(Files.readAllBytes(policy.resolve("decision-tables/routing.xlsx.bak")))
                .isEqualTo(before.files().get("decision-tables/routing.xlsx"));
        Body body = PolicyLoader.vocabulary(PolicyFiles.folder(policy)).find(Body.class, "主办局");
        assertThat(Objects.requireNonNull(body).label()).isEqualTo("综合执法局");
        Run check = run("check", policy, "--min-severity", "error", "--fail-on", "error", "--lang", "en");
        assertThat(check.exitCode()).as(check.out()).isZero();
        assertThat(run("test", policy, "--lang", "en").exitCode()).isZero();
        assertThat(run("rename", "单位", "主办局", "再改局", "--policy", policy, "--lang", "zh")
                        .err())
                .contains("“单位”表中没有“主办局”。是否为“综合执法局”？");
    }

    @Test
    void a_rule_that_quotes_the_name_is_told_and_left_as_it_is() throws IOException {
        Path rules = Files.createDirectories(policy.resolve("rules"));
        String rule = "// 主办局\nlead.label == \"主办局\" || label == \"主办局处\"\n";
        Files.writeString(rules.resolve("own.drl"), rule);

        Run run = run("rename", "单位", "主办局", "新局", "--policy", policy, "--dry-run", "--lang", "zh");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).startsWith("rules/own.drl:2 也引用了“主办局”：规则是代码，没有改动，请手工修改。\n");
        assertThat(rules.resolve("own.drl")).hasContent(rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"新局，老局", "新局,老局", "新局；老局", "新\n局", "新\u200B局", " "})
    void a_name_that_would_be_read_as_two_or_cannot_be_seen_is_none(String name) throws IOException {
        assertThat(run("rename", "单位", "主办局", name, "--policy", policy, "--lang", "en")
                        .err())
                .contains("cannot be a name: it is empty, or holds what divides names");
    }

    @Test
    void what_is_no_word_or_is_another_ones_name_changes_nothing() throws IOException {
        String before = contents().content();

        assertThat(run("rename", "单位", "协办局", "主办局", "--policy", policy, "--lang", "en")
                        .err())
                .startsWith("\"主办局\" already names \"主办局\".");
        assertThat(run("rename", "单位", "主办处", "新局", "--policy", policy, "--lang", "en")
                        .err())
                .startsWith("There is no \"主办处\" in the sheet 单位. Is \"主办局\" meant?");
        assertThat(run("rename", "机构", "主办局", "新局", "--policy", policy, "--lang", "en")
                        .exitCode())
                .isEqualTo(2);
        assertThat(run("rename", "单位", "主办局", "新局、老局", "--policy", policy, "--lang", "en")
                        .exitCode())
                .isEqualTo(1);
        Files.write(policy.resolve("decision-tables/scenarios/broken.xlsx"), new byte[] {'P', 'K', 3, 4});
        Run broken = run("rename", "单位", "主办局", "新局", "--policy", policy, "--lang", "en");
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.err()).contains("Nothing has been changed", "broken.xlsx: UNREADABLE_WORKBOOK");
        Files.delete(policy.resolve("decision-tables/scenarios/broken.xlsx"));
        assertThat(contents().content()).isEqualTo(before);
    }
}
