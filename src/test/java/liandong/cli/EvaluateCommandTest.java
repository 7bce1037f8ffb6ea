package liandong.cli;

import static liandong.cli.Commands.DISTRICT;
import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import liandong.explain.Columns;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    /** Invented messages: right, right, wrong, too little said, and one whose label is no topic. */
    private static final String MESSAGES = """
            no,text,label
            1,巷口路灯不亮,城乡建设
            2,老板拖欠工资,劳动和社会保障
            3,"楼下的路灯不亮，
            问了几次",劳动和社会保障
            4,嗯嗯,城乡建设
            5,这家店占道经营,市容
            """;

    @TempDir
    private Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("m.csv"), content);
    }

    /** The report without what depends on the rows of the policy: its version, and the keywords' ids and points. */
    private static String steady(String report) {
        return report.lines()
                .filter(line -> !line.startsWith("      KW-"))
                .collect(Collectors.joining("\n"))
                .replace(DISTRICT.version().substring(0, 12), "VERSION");
    }

    @Test
    void the_whole_is_told_for_people() throws IOException {
        Path messages = file(MESSAGES);

        var run = run("evaluate", messages, "--text", "text", "--label", "label", "--against", "topic", "--lang", "zh");

        assertThat(steady(run.out())).isEqualTo("""
                        %s：label 对照 topic，政策 stock VERSION

                        行数                  5
                        已答复                4（80.0%%）
                        正确                  2
                        已答复中的正确率      50.0%%
                        全部可用行中的正确率  40.0%%
                        转人工研判            1（20.0%%）：依据不足 1
                        其他结果              0（0.0%%）

                        按标签（召回率：占该标签全部行；准确率：占该答复全部行）
                          标签            行数  已答复  正确  召回率  准确率
                          劳动和社会保障     2       2     1   50.0%%  100.0%%
                          城乡建设           2       1     1   50.0%%   33.3%%
                          市容               1       1     0    0.0%%       –

                        混淆矩阵（每行一个标签，每列一个答复，按编号）
                                            1  2  3  人工  其他
                          1 劳动和社会保障  1  1  ·     ·     ·
                          2 城乡建设        ·  1  ·     1     ·
                          3 市容            ·  1  ·     ·     ·

                        最常见的混淆
                          • 劳动和社会保障 答成 城乡建设：1
                            第 4 行：楼下的路灯不亮， 问了几次
                          • 市容 答成 城乡建设：1
                            第 6 行：这家店占道经营""".formatted(messages));
        assertThat(run.out()).containsPattern("\n      KW-\\d+ 路灯\\S*，\\d+ 分").containsPattern("KW-\\d+ 占道经营，\\d+ 分");
        assertThat(run.out().lines()).allMatch(line -> Columns.width(line) <= 100 || line.contains("m.csv"));
        assertThat(run.err())
                .startsWith(messages + ":7: UNKNOWN_CODE: “市容”不是词表 topic 中的代码或名称。 可用：")
                .contains("城乡建设");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void the_same_is_told_as_one_json_document() throws IOException, BadRequestException {
        var run = run("evaluate", file(MESSAGES), "--text", "text", "--label", "label", "--against", "topic", "--json");

        var json = Json.read(run.out());
        assertThat(json.at("/rows").asInt()).isEqualTo(5);
        assertThat(json.at("/answered").asInt()).isEqualTo(4);
        assertThat(json.at("/accuracy").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/rightOfAll").asDouble()).isEqualTo(0.4);
        assertThat(json.at("/manualTriage/reasons/LOW_CONFIDENCE").asInt()).isEqualTo(1);
        assertThat(json.at("/labels/0/answers/城乡建设").asInt()).isEqualTo(1);
        assertThat(json.at("/worst/0/examples/0/row").asInt()).isEqualTo(4);
        assertThat(json.at("/worst/0/examples/0/votes/0/words/0").asString()).startsWith("路灯");
        assertThat(json.at("/problems/0/code").asString()).isEqualTo("UNKNOWN_CODE");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void leads_and_event_types_are_compared_by_code_or_label() throws IOException {
        String lead = leadOf("路灯故障");
        Path messages = file("text,type,lead\n巷口路灯不亮,路灯故障," + lead + "\n");

        assertThat(run(
                                "evaluate",
                                messages,
                                "--text",
                                "text",
                                "--label",
                                "type",
                                "--against",
                                "eventType",
                                "--lang",
                                "en")
                        .out())
                .containsPattern("Right +1\n");
        var run = run("evaluate", messages, "--text", "text", "--label", "lead", "--against", "lead", "--lang", "en");
        assertThat(run.out()).containsPattern("Right +1\n");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    /** The code of the body that leads an event type. */
    private static String leadOf(String eventType) {
        String report =
                "{\"id\":\"1\",\"reportedAt\":\"2026-11-20T16:00:00+08:00\",\"source\":\"GRID\",\"area\":\"330102\",\"eventType\":\""
                        + eventType + "\"}";
        try {
            return Json.read(Commands.piped(report, "route", "-").out())
                    .at("/assignment/lead/code")
                    .asString();
        } catch (BadRequestException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void rows_that_cannot_be_used_are_told_and_left_out_of_every_share() throws IOException {
        Path messages = file("text,label\n,城乡建设\n巷口路灯不亮,\n巷口路灯不亮\n巷口路灯不亮,城乡建设\n");

        var run = run("evaluate", messages, "--text", "text", "--label", "label", "--against", "topic", "--lang", "en");

        assertThat(run.out())
                .containsPattern("Rows +4, of which 3 could not be used")
                .containsPattern("Answered +1 \\(100\\.0%\\)");
        assertThat(run.err().lines())
                .extracting(line -> line.substring(messages.toString().length()).replaceAll("(:\\d+: [A-Z_]+).*", "$1"))
                .containsExactly(":2: MISSING_FIELD", ":3: MISSING_FIELD", ":4: BAD_CSV");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void the_end_of_the_calendar_costs_no_row() throws IOException {
        var run = run(
                "evaluate",
                file("text,label\n巷口路灯不亮,城乡建设\n"),
                "--text",
                "text",
                "--label",
                "label",
                "--against",
                "topic",
                "--now",
                "2031-05-01T10:00:00+08:00",
                "--lang",
                "en");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).containsPattern("Right +1\n").containsPattern("Decided as of \\d{4}-01-01, .* 1 ");
    }

    @Test
    void a_column_that_is_not_there_is_a_usage_error_and_names_those_that_are() throws IOException {
        var run = run(
                "evaluate", file("a,b\n1,2\n"), "--text", "text", "--label", "b", "--against", "topic", "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("there is no column \"text\". The header has: a, b");
    }

    @Test
    void what_is_compared_must_be_one_of_four() throws IOException {
        var run = run("evaluate", file("a,b\n"), "--text", "a", "--label", "b", "--against", "colour");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'colour' is none of topic, category, lead, eventType");
    }
}
