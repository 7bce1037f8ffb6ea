package liandong.cli;

import static java.util.Objects.requireNonNull;
import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import liandong.cli.Commands.Run;
import liandong.cli.terminal.Findings;
import liandong.policy.TinyPolicy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("slow") // analyses whole policies
class CheckCommandTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String BAD_CELL = "routing.xlsx 派单目录!C3";

    @TempDir
    private Path folder = Path.of("");

    private Path written(TinyPolicy policy) throws IOException {
        Path my = folder.resolve("my");
        for (Map.Entry<String, byte[]> file : policy.files().files().entrySet()) {
            Path path = my.resolve(file.getKey());
            Files.createDirectories(requireNonNull(path.getParent()));
            Files.write(path, file.getValue());
        }
        return my;
    }

    private Path mistyped() throws IOException {
        return written(TinyPolicy.complete().cell(BAD_CELL, "主办剧"));
    }

    private static Run check(Object... args) {
        var all = new ArrayList<Object>(List.of("check", "--today", "2026-03-02"));
        all.addAll(List.of(args));
        return run(all.toArray());
    }

    @Test
    void a_sound_policy_has_notes_only_and_exits_with_0() throws IOException {
        Run run = check(written(TinyPolicy.complete()), "--lang", "en", "--fail-on", "error");

        assertThat(run.err()).isEmpty();
        assertThat(run.next()).containsExactly("Next: test my");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("""
                        == routing.xlsx 关键词
                        routing.xlsx 关键词!A3: note UNCONFIRMED_ROWS
                            What the rows rest on has not been confirmed: 3–6 (4 in all).
                            → Compare them with their source, then write 已确认 into the column 状态.
                        """, "The policy can be used (my, ");
    }

    @Test
    void every_fault_is_told_at_its_cell_in_the_language_asked_for() throws IOException {
        Path my = mistyped();

        Run chinese = check(my, "--lang", "zh", "--min-severity", "error");
        Run english = check(my, "--lang", "en", "--min-severity", "error");

        assertThat(chinese.exitCode()).isEqualTo(1);
        assertThat(chinese.out()).contains("""
                == routing.xlsx 派单目录
                routing.xlsx 派单目录!C3: 错误 MISTYPED_LABEL
                    “主办剧”不在“牵头”的名录中。
                    → 是否为“主办局”？

                共 1 条：错误 1，警告 0，提示 0。
                改正错误之前，政策不能使用（my，""");
        assertThat(english.out()).contains("""
                    There is no "主办剧" in the vocabulary (牵头).
                    → Is "主办局" meant?

                1 findings: 1 errors, 0 warnings, 0 notes.
                The policy cannot be used until the errors are mended (my,\s""");
    }

    @Test
    void what_counts_as_a_failure_can_be_chosen() throws IOException {
        Path my = written(TinyPolicy.complete());

        assertThat(check(my, "--fail-on", "error").exitCode()).isZero();
        assertThat(check(my, "--fail-on", "note", "--min-severity", "error").exitCode())
                .isEqualTo(1);
    }

    @Test
    void a_file_is_checked_with_the_policy_it_lies_in_and_a_lone_one_in_the_place_of_its_like() throws IOException {
        Path my = mistyped();
        Path lone = Files.copy(my.resolve("decision-tables/routing.xlsx"), folder.resolve("派单（新）.xlsx"));

        Run within = check(my.resolve("decision-tables/routing.xlsx"), "--format", "json", "--min-severity", "error");
        Run alone = check(lone, "--policy", my, "--format", "json", "--min-severity", "error");

        assertThat(JSON.readTree(within.out()).at("/problems/0/at").stringValue())
                .isEqualTo(BAD_CELL);
        assertThat(JSON.readTree(alone.out()).at("/problems/0/at").stringValue())
                .isEqualTo("派单（新）.xlsx 派单目录!C3");
        assertThat(JSON.readTree(alone.out()).at("/counts/error").intValue()).isEqualTo(1);
    }

    @Test
    void a_zip_of_a_policy_is_a_policy() throws IOException {
        Path zip = folder.resolve("my.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (var file :
                    TinyPolicy.complete().cell(BAD_CELL, "主办剧").files().files().entrySet()) {
                out.putNextEntry(new ZipEntry("my/" + file.getKey()));
                out.write(file.getValue());
            }
        }

        Run run = check(zip, "--format", "json", "--min-severity", "error");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(JSON.readTree(run.out()).at("/problems/0/at").stringValue()).isEqualTo(BAD_CELL);
    }

    @Test
    void sarif_names_rule_file_and_cell() throws IOException {
        Run run = check(mistyped(), "--format", "sarif", "--lang", "en", "--min-severity", "error");

        JsonNode log = JSON.readTree(run.out());
        assertThat(log.get("version").stringValue()).isEqualTo("2.1.0");
        assertThat(log.get("$schema").stringValue()).contains("sarif-2.1.0");
        assertThat(log.at("/runs/0/tool/driver/rules").toString()).isEqualTo("""
                [{"id":"MISTYPED_LABEL","shortDescription":{"text":"There is no \\"…\\" in the vocabulary (…)."},\
                "help":{"text":"Is \\"…\\" meant?"},"defaultConfiguration":{"level":"error"}}]""");
        assertThat(log.at("/runs/0/results").toString()).isEqualTo("""
                [{"ruleId":"MISTYPED_LABEL","ruleIndex":0,"level":"error","message":{"text":\
                "routing.xlsx 派单目录!C3: There is no \\"主办剧\\" in the vocabulary (牵头). Is \\"主办局\\" meant?"},\
                "locations":[{"physicalLocation":{"artifactLocation":{"uri":"decision-tables/routing.xlsx"},\
                "region":{"startLine":3,"startColumn":3,"message":{"text":"派单目录!C3"}}},\
                "logicalLocations":[{"name":"C3","fullyQualifiedName":"routing.xlsx 派单目录!C3","kind":"cell"}]}]}]""");
    }

    @Test
    void sarif_has_one_result_for_one_cause_with_the_other_places_related_to_it() throws IOException {
        var policy = written(TinyPolicy.complete()
                .cell("routing.xlsx 派单目录!C3", "主办剧")
                .cell("routing.xlsx 派单目录!C4", "主办剧")
                .cell("routing.xlsx 派单目录!C5", "主办句")
                .row("routing.xlsx", "派单目录", "D-9", "邻里纠纷", "主办局", "", "部门", "", "三定方案", "已确认"));
        Run run = check(policy, "--format", "sarif", "--lang", "en", "--min-severity", "error");

        assertThat(JSON.readTree(run.out()).at("/runs/0/results").toString()).isEqualTo("""
                [{"ruleId":"MISTYPED_LABEL","ruleIndex":0,"level":"error","message":{"text":\
                "routing.xlsx 派单目录!C3: There is no \\"主办剧\\" in the vocabulary (牵头). Is \\"主办局\\" meant?"},\
                "locations":[{"physicalLocation":{"artifactLocation":{"uri":"decision-tables/routing.xlsx"},\
                "region":{"startLine":3,"startColumn":3,"message":{"text":"派单目录!C3"}}},\
                "logicalLocations":[{"name":"C3","fullyQualifiedName":"routing.xlsx 派单目录!C3","kind":"cell"}]}],\
                "relatedLocations":[{"physicalLocation":{"artifactLocation":{"uri":"decision-tables/routing.xlsx"},\
                "region":{"startLine":4,"startColumn":3,"message":{"text":"派单目录!C4"}}},\
                "logicalLocations":[{"name":"C4","fullyQualifiedName":"routing.xlsx 派单目录!C4","kind":"cell"}]}]},\
                {"ruleId":"MISTYPED_LABEL","ruleIndex":0,"level":"error","message":{"text":\
                "routing.xlsx 派单目录!C5: There is no \\"主办句\\" in the vocabulary (牵头). Is \\"主办局\\" meant?"},\
                "locations":[{"physicalLocation":{"artifactLocation":{"uri":"decision-tables/routing.xlsx"},\
                "region":{"startLine":5,"startColumn":3,"message":{"text":"派单目录!C5"}}},\
                "logicalLocations":[{"name":"C5","fullyQualifiedName":"routing.xlsx 派单目录!C5","kind":"cell"}]}]}]""");
    }

    @Test
    void junit_has_a_suite_for_each_file_and_a_failure_for_each_finding() throws Exception {
        Run run = check(
                written(TinyPolicy.complete().cell(BAD_CELL, "主办\u000b剧<")),
                "--format",
                "junit",
                "--lang",
                "en",
                "--min-severity",
                "error");

        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(run.out().getBytes(StandardCharsets.UTF_8)));
        Element suites = document.getDocumentElement();
        assertThat(suites.getTagName()).isEqualTo("testsuites");
        assertThat(suites.getAttribute("failures")).isEqualTo("1");
        assertThat(suites.getAttribute("tests"))
                .isEqualTo(
                        String.valueOf(document.getElementsByTagName("testcase").getLength()));
        var failure = (Element) document.getElementsByTagName("failure").item(0);
        assertThat(failure.getTextContent()).contains(BAD_CELL, "<");
        assertThat(((Element) failure.getParentNode()).getAttribute("classname"))
                .isEqualTo("decision-tables/routing.xlsx");
    }

    @Test
    void annotated_copies_are_written_beside_and_never_over_the_originals() throws IOException {
        Path my = mistyped();
        byte[] before = Files.readAllBytes(my.resolve("decision-tables/routing.xlsx"));

        Run over = check(my, "--annotated", my.resolve("decision-tables"));
        Run beside = check(my, "--annotated", folder.resolve("marked"), "--min-severity", "error", "--lang", "en");

        assertThat(over.exitCode()).isEqualTo(2);
        assertThat(Files.readAllBytes(my.resolve("decision-tables/routing.xlsx")))
                .isEqualTo(before);
        assertThat(beside.exitCode()).isEqualTo(1);
        assertThat(beside.err()).isEqualTo("Written: " + folder.resolve("marked/routing.xlsx") + "\n");
        try (var copies = Files.list(folder.resolve("marked"))) {
            assertThat(copies).hasSize(1);
        }
    }

    @Test
    void what_cannot_be_read_at_all_exits_with_2() throws IOException {
        Path png = Files.write(folder.resolve("图.xlsx"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});
        Path zip = Files.write(folder.resolve("x.zip"), new byte[] {1, 2, 3});

        assertThat(check(folder.resolve("nowhere")).err()).contains("nowhere");
        assertThat(check(folder.resolve("nowhere")).exitCode()).isEqualTo(2);
        assertThat(check(folder, "--lang", "en").err()).contains("this is no policy folder");
        assertThat(check(folder).exitCode()).isEqualTo(2);
        assertThat(check(zip, "--lang", "en").err()).contains("UNREADABLE_ARCHIVE");
        assertThat(check(zip).exitCode()).isEqualTo(2);
        Run unreadable = check(png, "--lang", "en", "--min-severity", "error");
        assertThat(unreadable.out()).contains("图.xlsx: error NOT_A_WORKBOOK");
        assertThat(unreadable.exitCode()).isEqualTo(2);
        assertThat(check(png, zip).exitCode()).isEqualTo(2);
    }

    @Test
    void characters_that_would_steer_a_terminal_are_written_out() {
        assertThat(Findings.visible("红\u001b[31m\u202e局\u200b")).isEqualTo("红\\u001b[31m\\u202e局\\u200b");
        assertThat(Findings.visible("区城管局 😀")).isEqualTo("区城管局 😀");
    }
}
