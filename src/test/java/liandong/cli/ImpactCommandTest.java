package liandong.cli;

import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import liandong.cli.Commands.Run;
import liandong.journal.Personal;
import liandong.policy.TinyPolicy;
import liandong.wire.Json;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.WorkbookFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The command {@code impact}, and the gate that looks at the same before a policy is published. */
@Tag("slow") // answers a whole journal again
class ImpactCommandTest {
    @TempDir
    private Path folder;

    private Path store;
    private Path draft;

    @BeforeEach
    void keep() throws IOException {
        store = KeptStore.write(folder, TinyPolicy.complete().files(), Personal.kept(), 8);
        draft = KeptStore.written(
                TinyPolicy.complete()
                        .cell("routing.xlsx 派单目录!C3", "协办局")
                        .cell("routing.xlsx 派单目录!D3", "主办局")
                        .files(),
                folder.resolve("my"));
    }

    @Test
    void what_a_draft_would_have_changed_is_read_in_english() throws Exception {
        Run run = run("impact", "--policy", draft, "--store", store, "--lang", "en");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).matches("8 decisions in \\d+\\.\\d s, \\d+ a second\\.\n");
        JsonNode json = Json.read(run("impact", "--policy", draft, "--store", store, "--format", "json")
                .out());
        assertThat(run.out()).isEqualTo("""
                What the draft my would have changed (%s)
                  • 8 decisions looked at, 8 of them can be compared
                  • as they are: 6 (75.0%%)
                  • the same for other reasons: 0 (0.0%%)
                  • changed: 2 (25.0%%)
                  • without an answer: 0 (0.0%%)
                  • not comparable: 0

                Bodies in the lead
                         2  主办局 → 协办局

                Changed decisions by event type
                         2  路面坑洞

                Rows responsible, by changed decisions
                         2  D-1 routing.xlsx 派单目录!A3：事项 路面坑洞 → 牵头 协办局，配合 主办局，路径 牵头配合，
                            联席会议 道路联席会议 edited

                Examples
                  • T-0 %s
                    /assignment/lead/code: "LEAD" → "HELPER"
                    /assignment/assisting/0/code: "HELPER" → "LEAD"
                    /assignment/assisting/1: {"code":"330102001"} → nothing
                  • T-4 %s
                    /assignment/lead/code: "LEAD" → "HELPER"
                    /assignment/assisting/0/code: "HELPER" → "LEAD"
                    /assignment/assisting/1: {"code":"330102001"} → nothing
                """.formatted(
                        json.at("/draft/version").stringValue(),
                        json.at("/examples/0/decisionId").stringValue(),
                        json.at("/examples/1/decisionId").stringValue()));
    }

    @Test
    void and_in_chinese() {
        Run run = run("impact", "--policy", draft, "--store", store, "--lang", "zh");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("草案 my 会改变什么（")
                .containsSubsequence(
                        "  • 看过 8 件决定，其中 8 件可比较\n",
                        "  • 不变：6（75.0%）\n",
                        "  • 结论不变、依据改变：0（0.0%）\n",
                        "  • 结论改变：2（25.0%）\n",
                        "  • 得不到答复：0（0.0%）\n",
                        "  • 无法比较：0\n",
                        "\n牵头单位变化\n         2  主办局 → 协办局\n",
                        "\n结论改变的决定，按事项\n         2  路面坑洞\n",
                        "\n责任行（按涉及的结论改变的决定数）\n         2  D-1 ",
                        " 内容变\n",
                        "\n例子\n  • T-0 ",
                        "    /assignment/assisting/1: {\"code\":\"330102001\"} → （无）\n");
    }

    @Test
    void as_json_it_says_which_draft_and_until_when() throws Exception {
        Path out = folder.resolve("impact.json");

        Run run = run(
                "impact",
                "--policy",
                draft,
                "--store",
                store,
                "--from",
                "2026-03-02",
                "--format",
                "json",
                "--out",
                out);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        JsonNode json = Json.read(Files.readString(out));
        assertThat(json.at("/draft/label").stringValue()).isEqualTo("my");
        assertThat(json.get("to").stringValue()).isEqualTo("2026-11-20T08:30:00Z");
        assertThat(json.get("results").toString())
                .isEqualTo("{\"SAME\":6,\"OTHER_REASONS\":0,\"CHANGED\":2,\"REFUSED\":0,\"NOT_COMPARABLE\":0}");
        assertThat(json.at("/leads/0/from/code").stringValue()).isEqualTo("LEAD");
        assertThat(json.at("/leads/0/to/code").stringValue()).isEqualTo("HELPER");
        assertThat(json.at("/rows/0/row/code").stringValue()).isEqualTo("D-1");
    }

    @Test
    void as_a_workbook_it_is_written_whole_and_only_to_a_file() throws Exception {
        Run nowhere = run("impact", "--policy", draft, "--store", store, "--lang", "en", "--format", "xlsx");
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.err()).isEqualTo("A workbook is written to a file: name it with --out.\n");

        Path out = folder.resolve("impact.xlsx");
        Run run = run("impact", "--policy", draft, "--store", store, "--format", "xlsx", "--out", out);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        var texts = new ArrayList<String>();
        try (var workbook = WorkbookFactory.create(out.toFile(), null, true)) {
            for (Sheet sheet : workbook) {
                sheet.forEach(row -> row.forEach(cell -> texts.add(cell.toString())));
            }
            assertThat(workbook.getNumberOfSheets()).isGreaterThan(1);
        }
        assertThat(texts).contains("my", "主办局 LEAD", "协办局 HELPER", "路面坑洞 HOLE", "D-1");
    }

    @Test
    void a_policy_of_the_store_is_compared_by_its_number() {
        run("policy", "put", draft, "--store", store, "--label", "春季调整", "--as", "张三");

        Run run = run("impact", "--policy", 2, "--store", store, "--lang", "en");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("What the draft 春季调整 would have changed (")
                .contains("• changed: 2 (25.0%)");
    }

    @Test
    void a_range_with_nothing_in_it_is_nothing() {
        Run run = run("impact", "--policy", draft, "--store", store, "--lang", "en", "--from", "2026-03-03");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("""
                  • 0 decisions looked at, 0 of them can be compared
                  • as they are: 0 (–)
                """);
    }

    @Test
    void what_cannot_be_compared_with_is_told_of() throws Exception {
        Run unknown = run("impact", "--policy", 77, "--store", store, "--lang", "en");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).startsWith("policy 77: UNKNOWN_POLICY: There is no policy 77.");

        Run missing = run("impact", "--policy", folder.resolve("none"), "--store", store, "--lang", "en");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).isEqualTo(folder.resolve("none") + ": there is no such policy folder.\n");

        Path bad = KeptStore.written(
                TinyPolicy.complete().cell("routing.xlsx 派单目录!C3", "主办剧").files(), folder.resolve("bad"));
        Run faulty = run("impact", "--policy", bad, "--store", store, "--lang", "en");
        assertThat(faulty.exitCode()).isEqualTo(1);
        assertThat(faulty.err()).startsWith("routing.xlsx 派单目录!C3: MISTYPED_LABEL: ");

        assertThat(run("impact", "--policy", draft, "--store", folder.resolve("none.db"))
                        .exitCode())
                .isEqualTo(2);
        assertThat(run("impact", "--store", store).exitCode()).isEqualTo(2);
        Run soon = run("impact", "--policy", draft, "--store", store, "--lang", "en", "--from", "soon");
        assertThat(soon.exitCode()).isEqualTo(2);
        assertThat(soon.err()).startsWith("from: BAD_MOMENT: \"soon\" is no moment.");
        assertThat(run("impact", "--policy", draft, "--store", store, "--format", "pdf")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void what_the_gate_may_let_through_is_said_with_the_publication() {
        Run put = run("policy", "put", draft, "--store", store, "--as", "张三");
        run("policy", "check", 2, "--store", store, "--as", "张三");
        String content = put.out().strip().lines().skip(1).findFirst().orElseThrow();
        run("policy", "approve", 2, "--content", content, "--store", store, "--as", "李四");

        // The decisions are of March; the command runs in November.
        Run refused = run(
                "policy",
                "publish",
                "--because",
                "换成本区的",
                2,
                "--store",
                store,
                "--as",
                "李四",
                "--lang",
                "en",
                "--gate-days",
                300,
                "--gate-percent",
                24.9);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("policy 2: ANOTHER_APPROVAL: "),
                        line -> assertThat(line)
                                .startsWith("impact: IMPACT_LARGE: ")
                                .contains("25.0%", "24.9%"));
        Run wrong = run("policy", "publish", 2, "--store", store, "--as", "李四", "--gate-percent", "NaN");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(run("policy", "show", 2, "--store", store).out()).startsWith("   2  APPROVED ");

        Run published = run(
                "policy",
                "publish",
                2,
                "--store",
                store,
                "--as",
                "李四",
                "--because",
                "换成本区的",
                "--gate-days",
                300,
                "--gate-percent",
                25);
        assertThat(published.exitCode()).isZero();
        assertThat(published.out()).startsWith("   2  LIVE ");
    }
}
