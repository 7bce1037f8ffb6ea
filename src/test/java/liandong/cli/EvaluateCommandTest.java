package liandong.cli;

import static liandong.cli.Commands.DISTRICT;
import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import liandong.explain.Columns;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFHyperlink;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

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

    private static final String ONE_RIGHT = "\\n  (topic|eventType|lead) +1 +1 +1 +100\\.0% +100\\.0%\n";

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
                        %s，政策 stock VERSION
                          topic 对照“label”列

                        行数                          5
                        有诉求的，直接作出决定      4/5  80.0%%
                        直接作出的决定中，错而自信  2/4  50.0%%
                        全部信息中，转人工研判      1/5  20.0%%
                        无须人工的，转了人工研判    1/5  20.0%%
                        结果：交办 4、人工研判 1
                        转人工研判的原因：依据不足 1

                        按答复的各部分
                          部分   有标签  已答复  正确  占已答复  占有标签
                          topic       5       4     2     50.0%%     40.0%%

                        topic 按标签（召回率：占该标签全部行；准确率：占该答复全部行）
                          标签            行数  已答复  正确  召回率  准确率
                          劳动和社会保障     2       2     1   50.0%%  100.0%%
                          城乡建设           2       1     1   50.0%%   33.3%%
                          市容               1       1     0    0.0%%       –

                        混淆矩阵（每行一个标签，每列一个答复，按编号）
                                            1  2  3  人工  其他
                          1 劳动和社会保障  1  1  ·     ·     ·
                          2 城乡建设        ·  1  ·     1     ·
                          3 市容            ·  1  ·     ·     ·

                        最常见的混淆：topic
                          • 劳动和社会保障 答成 城乡建设：1
                            第 4 行：楼下的路灯不亮， 问了几次
                          • 市容 答成 城乡建设：1
                            第 6 行：这家店占道经营""".formatted(messages));
        assertThat(run.out()).containsPattern("\n      KW-\\d+ 路灯\\S*，\\d+ 分").containsPattern("KW-\\d+ 占道经营，\\d+ 分");
        assertThat(run.out().lines()).allMatch(line -> Columns.width(line) <= 100 || line.contains("m.csv"));
        assertThat(run.err())
                .startsWith(messages + ":7: UNKNOWN_CODE: “市容”不是“主题”的代码或名称。 可用：")
                .contains("城乡建设");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void the_same_is_told_as_one_json_document() throws IOException, BadRequestException {
        var run = run("evaluate", file(MESSAGES), "--text", "text", "--label", "label", "--against", "topic", "--json");

        var json = Json.read(run.out());
        assertThat(json.at("/rows").asInt()).isEqualTo(5);
        assertThat(json.at("/figures/answered").toString()).isEqualTo("{\"count\":4,\"of\":5,\"share\":0.8}");
        assertThat(json.at("/figures/wrongAndConfident").toString()).isEqualTo("{\"count\":2,\"of\":4,\"share\":0.5}");
        assertThat(json.at("/figures/needlessTriage").toString()).isEqualTo("{\"count\":1,\"of\":5,\"share\":0.2}");
        assertThat(json.at("/rightOfAnswered/topic").toString()).isEqualTo("{\"count\":2,\"of\":4,\"share\":0.5}");
        assertThat(json.at("/rightOfLabelled/topic").toString()).isEqualTo("{\"count\":2,\"of\":5,\"share\":0.4}");
        assertThat(json.at("/triageReasons/LOW_CONFIDENCE").asInt()).isEqualTo(1);
        assertThat(json.at("/parts/0/labels/0/answers/城乡建设").asInt()).isEqualTo(1);
        assertThat(json.at("/parts/0/worst/0/examples/0/row").asInt()).isEqualTo(4);
        assertThat(json.at("/parts/0/worst/0/examples/0/votes/0/words/0").asString())
                .startsWith("路灯");
        assertThat(json.at("/problems/0/code").asString()).isEqualTo("UNKNOWN_CODE");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(1);
    }

    /** A street light, labelled thrice; a call for help; a greeting, which is no matter. */
    private static final String PARTS = """
            正文,事项,可接受,类别,结果,险情,来源,事实
            巷口路灯不亮,路灯故障,,公共服务,交办,无,网格,
            楼下路灯不亮,拖欠工资,路灯故障、占道经营,,交办|人工研判,NO,网格,
            街上路灯不亮,拖欠工资,,,人工研判,NO,公开受理,
            楼上有人说话,火灾,,,RELAYED,现在,公开受理,lifeInDanger=true
            嗯嗯,,,,,NO,公开受理,
            =1+1路灯不亮,,,,,NO,公开受理,
            """;

    private static Object[] parts(Path file, Object... more) {
        return Stream.concat(
                        Stream.of(
                                "evaluate",
                                file,
                                "--text",
                                "正文",
                                "--against",
                                "eventType=事项,可接受,category=类别",
                                "--against",
                                "outcome=结果,danger=险情",
                                "--source",
                                "来源",
                                "--facts",
                                "事实",
                                "--by",
                                "来源"),
                        Stream.of(more))
                .toArray();
    }

    @Test
    void several_parts_are_compared_at_once_and_an_empty_label_expects_nothing()
            throws IOException, BadRequestException {
        var run = run(parts(file(PARTS), "--json"));
        var json = Json.read(run.out());

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(shares(json, "/figures"))
                .isEqualTo("{answered=4/4, wrongAndConfident=3/5, triage=1/6, needlessTriage=0/2,"
                        + " dangerRelayed=1/1, dangerTopUrgency=1/1, dangerBeforePerson=0/1, dangerSeen=1/1,"
                        + " possibleDangerSeen=0/0, noDangerSeen=0/5, noDangerRelayed=0/5}");
        assertThat(shares(json, "/rightOfAnswered"))
                .isEqualTo("{eventType=2/4, category=1/1, outcome=3/4, danger=5/6}");
        assertThat(json.at("/by").asString()).isEqualTo("来源");
        assertThat(json.at("/groups/0/group").asString()).isEqualTo("公开受理");
        assertThat(shares(json.at("/groups/1"), "/rightOfAnswered"))
                .isEqualTo("{eventType=2/2, category=1/1, outcome=2/2, danger=2/2}");
    }

    private static String shares(JsonNode json, String at) {
        var shares = new LinkedHashMap<String, String>();
        json.at(at)
                .properties()
                .forEach(each -> shares.put(
                        each.getKey(),
                        each.getValue().path("count").asInt() + "/"
                                + each.getValue().path("of").asInt()));
        return shares.toString();
    }

    @Test
    void the_groups_and_parts_are_told_in_either_language() throws IOException {
        for (String language : List.of("zh", "en")) {
            var run = run(parts(file(PARTS), "--lang", language));

            assertThat(run.out())
                    .contains("eventType", "category", "outcome", "danger", "公开受理", "网格")
                    .doesNotContain("evaluate.", "{0}");
            assertThat(run.out().lines()).allMatch(line -> Columns.width(line) <= 100 || line.contains("m.csv"));
        }
    }

    @Test
    void a_workbook_has_figures_with_charts_a_sheet_for_each_part_and_every_row() throws IOException {
        Path out = folder.resolve("figures.xlsx");

        var run = run(parts(file(PARTS), "--xlsx", out, "--lang", "en"));

        assertThat(run.err()).isEqualTo("Written: " + out + "\n");
        try (InputStream in = Files.newInputStream(out);
                var book = new XSSFWorkbook(in)) {
            assertThat(IntStream.range(0, book.getNumberOfSheets()).mapToObj(book::getSheetName))
                    .containsExactly("概况", "分组", "事项", "类别", "结果", "险情", "明细");
            assertThat(book.getSheet("概况").createDrawingPatriarch().getCharts()).hasSize(1);
            assertThat(book.getSheet("事项").createDrawingPatriarch().getCharts()).hasSize(1);
            XSSFSheet rows = book.getSheet("明细");
            assertThat(texts(rows.getRow(4)))
                    .startsWith("4", "街上路灯不亮", "是 yes", "交办", "", "拖欠工资", "路灯故障", "错 wrong", "", "公共服务");
            XSSFCell formula = rows.getRow(7).getCell(1);
            assertThat(formula.getCellType()).isEqualTo(CellType.STRING);
            assertThat(formula.getStringCellValue()).isEqualTo("=1+1路灯不亮");
            assertThat(formula.getCellStyle().getQuotePrefixed()).isTrue();
            XSSFSheet types = book.getSheet("事项");
            assertThat(types.getHyperlinkList())
                    .extracting(XSSFHyperlink::getLocation)
                    .containsExactly("'明细'!A5", "'明细'!A6");
        }
    }

    private static List<String> texts(XSSFRow row) {
        var format = new DataFormatter();
        var texts = new ArrayList<String>();
        row.forEach(cell -> texts.add(format.formatCellValue(cell)));
        return texts;
    }

    @Test
    void a_body_that_stands_for_any_community_is_right_for_each_of_them() throws IOException, BadRequestException {
        String report = "{\"id\":\"1\",\"reportedAt\":\"2026-11-20T16:00:00+08:00\",\"source\":\"GRID\","
                + "\"area\":\"清波门社区\",\"text\":\"邻居吵架\",\"eventType\":\"邻里纠纷\",\"residentsOnly\":true}";
        String lead = Json.read(Commands.piped(report, "route", "-").out())
                .at("/assignment/lead/label")
                .asString();
        assertThat(lead).isEqualTo("清波门社区");
        Path labelled = file("text,lead,area,facts\n邻居吵架,社区,清波门社区,eventType=邻里纠纷;residentsOnly=true\n");

        var run = run(
                "evaluate",
                labelled,
                "--text",
                "text",
                "--against",
                "lead=lead",
                "--area",
                "area",
                "--facts",
                "facts",
                "--json");

        assertThat(Json.read(run.out()).at("/rightOfAnswered/lead/count").asInt())
                .as(run.out())
                .isEqualTo(1);
    }

    @Test
    void rows_of_the_policy_that_are_texts_of_the_file_are_left_out_with_their_fold()
            throws IOException, BadRequestException {
        var word = DISTRICT.tables().stream()
                .filter(table -> table.sheet().equals("关键词"))
                .map(table -> table.text(0, "正文含"))
                .findFirst()
                .orElseThrow();
        Path labelled = file("text,label\n" + word + ",城乡建设\n嗯嗯,城乡建设\n");
        Object[] plain = {"evaluate", labelled, "--text", "text", "--against", "topic=label", "--json"};

        assertThat(Json.read(run(plain).out()).at("/figures/triage/count").asInt())
                .isEqualTo(1);
        var folds = Json.read(
                run(Stream.concat(Stream.of(plain), Stream.of("--folds", "2")).toArray())
                        .out());
        assertThat(folds.at("/figures/triage/count").asInt()).isEqualTo(2);
        assertThat(folds.at("/folds/rowsLeftOut").asInt()).isPositive();
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
                .containsPattern(ONE_RIGHT);
        var run = run("evaluate", messages, "--text", "text", "--label", "lead", "--against", "lead", "--lang", "en");
        assertThat(run.out()).containsPattern(ONE_RIGHT);
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
        Path messages = file("text,label,area\n,城乡建设,\n巷口路灯不亮,城乡建设,月球\n巷口路灯不亮\n巷口路灯不亮,城乡建设,\n");

        var run = run(
                "evaluate",
                messages,
                "--text",
                "text",
                "--label",
                "label",
                "--against",
                "topic",
                "--area",
                "area",
                "--lang",
                "en");

        assertThat(run.out())
                .containsPattern("Rows +4 +3 of them could not be used")
                .containsPattern("Decided without a person, of what is a matter +1/1 +100\\.0%");
        assertThat(run.err().lines())
                .extracting(line -> line.substring(messages.toString().length()).replaceAll("(:\\d+: [A-Z_]+).*", "$1"))
                .containsExactly(":2: MISSING_FIELD", ":3: UNKNOWN_CODE", ":4: BAD_CSV");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void a_file_of_a_header_alone_has_no_shares() throws IOException {
        var run = run("evaluate", file("text,label\n"), "--text", "text", "--against", "topic=label", "--lang", "en");

        assertThat(run.out()).containsPattern("Rows +0").containsPattern("Left to a person, of all +0/0 +–");
        assertThat(run.exitCode()).isZero();
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
        assertThat(run.out()).containsPattern(ONE_RIGHT);
    }

    @Test
    void a_column_that_is_not_there_is_a_usage_error_and_names_those_that_are() throws IOException {
        var run = run(
                "evaluate", file("a,b\n1,2\n"), "--text", "text", "--label", "b", "--against", "topic", "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("there is no column \"text\". The header has: a, b");
    }

    @Test
    void what_is_compared_must_be_a_part_with_a_column() throws IOException {
        for (String typed : List.of("colour", "topic", "topic=", "topic=b,c,d", "topic=b,topic=b")) {
            var run = run("evaluate", file("a,b,c\n"), "--text", "a", "--against", typed, "--lang", "en");

            assertThat(run.exitCode()).as(typed).isEqualTo(2);
            assertThat(run.err()).contains("The parts: eventType, lead, category, topic, urgency, nature, outcome");
        }
    }

    @Test
    void folds_need_enough_texts_and_learning_needs_folds() throws IOException {
        Path messages = file("text,label\n路灯不亮,城乡建设\n路灯不亮,城乡建设\n");
        Object[] common = {"evaluate", messages, "--text", "text", "--against", "topic=label", "--lang", "en"};

        assertThat(run(Stream.concat(Stream.of(common), Stream.of("--folds", "2"))
                                .toArray())
                        .err())
                .isEqualTo("The file has 1 different texts that can be used, fewer than 2 folds.\n");
        var learn = run(Stream.concat(Stream.of(common), Stream.of("--learn")).toArray());
        assertThat(learn.err()).startsWith("--learn needs --folds");
        assertThat(learn.exitCode()).isEqualTo(2);
        assertThat(run(Stream.concat(Stream.of(common), Stream.of("--folds", "1"))
                                .toArray())
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void a_workbook_that_cannot_be_written_is_told_before_anything_is_decided() throws IOException {
        var run = run(parts(file(PARTS), "--xlsx", folder.resolve("no/figures.xlsx"), "--lang", "en"));

        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("cannot be written");
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
