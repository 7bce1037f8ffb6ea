package liandong.cli;

import static liandong.cli.Commands.piped;
import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import liandong.cli.Commands.Run;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RouteCommandTest {
    private static final String LAMP =
            "{\"id\":\"A-1\",\"reportedAt\":\"2026-11-20T16:00:00+08:00\",\"source\":\"网格\",\"area\":\"330102\",\"text\":\"巷口路灯不亮\"}";
    private static final String WAGES = LAMP.replace("A-1", "A-2").replace("巷口路灯不亮", "老板拖欠工资");

    @TempDir
    private Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static List<JsonNode> answers(Run run) {
        return run.out().lines().map(RouteCommandTest::json).toList();
    }

    private static JsonNode json(String line) {
        try {
            return Json.read(line);
        } catch (BadRequestException e) {
            throw new AssertionError(line, e);
        }
    }

    private static String eventType(JsonNode answer) {
        return answer.at("/assignment/eventType/label").asString();
    }

    @Test
    void a_broken_line_gets_its_own_problem_and_the_others_their_answers_in_their_order() throws IOException {
        Path reports = file("reports.ndjson", LAMP + "\n{\"id\":\n\n{\"incident\":" + WAGES + "}\n");

        var run = run("route", reports, "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        List<JsonNode> answers = answers(run);
        assertThat(answers).hasSize(3);
        assertThat(eventType(answers.get(0))).isEqualTo("路灯故障");
        assertThat(answers.get(1).at("/problems/0/code").asString()).isEqualTo("BAD_JSON");
        assertThat(answers.get(1).at("/line").asInt()).isEqualTo(2);
        assertThat(answers.get(2).at("/incidentId").asString()).isEqualTo("A-2");
        assertThat(run.err())
                .matches("Answered: 2 \\(assigned 2\\)\\. Problems: 1\\. Time: \\d+\\.\\d s, \\d+ lines a second\\.\n");
    }

    @Test
    void a_number_beyond_all_limits_is_a_fault_of_its_line_alone() {
        var run =
                piped(LAMP + "\n" + LAMP.replaceFirst("\\}$", ",\"loss\":1e99999999999}") + "\n" + LAMP, "route", "-");

        assertThat(answers(run)).hasSize(3);
        assertThat(answers(run).get(1).at("/problems/0/code").asString()).isEqualTo("NUMBER_TOO_LONG");
        assertThat(answers(run).get(1).at("/line").asInt()).isEqualTo(2);
    }

    @Test
    void the_summary_is_chinese_for_those_who_read_chinese() throws IOException {
        assertThat(run("route", file("r.ndjson", LAMP), "--lang", "zh").err()).startsWith("已答复 1 件 (交办 1)，有问题 0 行");
    }

    @Test
    void faults_of_an_incident_sent_alone_are_told_at_their_places_in_what_was_sent() {
        var run = piped(LAMP.replace("330102", "999999"), "route", "-");

        assertThat(answers(run).get(0).at("/problems/0/pointer").asString()).isEqualTo("/area");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void the_moment_given_counts_for_requests_that_name_none() {
        String named = "{\"incident\":" + LAMP + ",\"now\":\"2026-11-21T09:00:00+08:00\"}";

        var run = piped(LAMP + "\n" + named, "route", "-", "--now", "2026-11-20T17:00:00+08:00");

        assertThat(answers(run))
                .extracting(answer -> answer.at("/decidedAt").asString())
                .containsExactly("2026-11-20T17:00:00+08:00", "2026-11-21T09:00:00+08:00");
    }

    @Test
    void csv_may_tell_a_point_in_the_place_of_an_area_and_an_area_that_is_told_goes_before() throws IOException {
        Path reports = file("points.csv", """
                编号,上报时间,来源,区域,经度,纬度,坐标系,正文
                1,2026-11-20T16:00:00+08:00,GRID,,120.169,30.246,GCJ-02,巷口路灯不亮
                2,2026-11-20T16:00:00+08:00,GRID,330102001,120.169,30.246,GCJ-02,巷口路灯不亮
                3,2026-11-20T16:00:00+08:00,GRID,,120.169,,,巷口路灯不亮
                """);

        List<JsonNode> answers = answers(run("route", reports, "--lang", "en", "--now", "2026-11-20T18:00:00+08:00"));

        assertThat(answers.get(0).at("/warnings/0/code").stringValue()).isEqualTo("POINT_OUTSIDE");
        assertThat(answers.get(1).has("warnings")).isFalse();
        assertThat(answers.get(2).at("/problems/0/pointer").stringValue()).isEqualTo("/area/latitude");
    }

    @Test
    void near_misses_are_told_on_request_only() {
        assertThat(answers(piped(LAMP, "route", "-")).get(0).has("nearMisses")).isFalse();
        assertThat(answers(piped(LAMP, "route", "-", "--explain")).get(0).has("nearMisses"))
                .isTrue();
    }

    @Test
    void csv_times_without_an_offset_are_those_of_the_policys_zone_or_the_one_given_which_is_told() throws IOException {
        Path reports = file("local.csv", """
                id,reportedAt,source,area,text
                1,2026-11-20 16:00,GRID,330102,巷口路灯不亮
                2,2026/11/20 8:05:30,GRID,330102,巷口路灯不亮
                3,2026-11-20T16:00:00+08:00,GRID,330102,巷口路灯不亮
                4,2026-11-31 16:00,GRID,330102,巷口路灯不亮
                5,昨天,GRID,330102,巷口路灯不亮
                """);

        var run = run("route", reports, "--lang", "en", "--now", "2026-11-20T18:00:00+08:00");

        assertThat(run.err())
                .contains("Times without an offset were taken as those of Asia/Shanghai (--zone).")
                .contains("Problems: 2.");
        assertThat(answers(run).get(3).at("/problems/0/code").stringValue()).isIn("IMPOSSIBLE_TIME", "MISSING_OFFSET");
        assertThat(answers(run).get(4).at("/problems/0/code").stringValue()).isEqualTo("MISSING_OFFSET");

        var elsewhere =
                run("route", reports, "--lang", "en", "--now", "2026-11-20T18:00:00+08:00", "--zone", "Asia/Tokyo");
        assertThat(elsewhere.err()).contains("were taken as those of Asia/Tokyo (--zone).");
        // An hour earlier than in Shanghai, so the decision is another; that of the time with an offset is the same.
        assertThat(answers(elsewhere).get(0).path("decisionId"))
                .isNotEqualTo(answers(run).get(0).path("decisionId"));
        assertThat(answers(elsewhere).get(2)).isEqualTo(answers(run).get(2));

        var alone = file("whole.csv", "id,reportedAt,source,area,text\n3,2026-11-20T16:00:00+08:00,GRID,330102,路灯不亮\n");
        assertThat(run("route", alone, "--now", "2026-11-20T18:00:00+08:00").err())
                .doesNotContain("--zone");
        assertThat(run("route", alone, "--zone", "Mars/Base").exitCode()).isEqualTo(2);
    }

    @Test
    void csv_with_a_byte_order_mark_and_a_quoted_line_break_is_read() throws IOException {
        Path reports = file("reports.csv", """
                \uFEFF"id",reportedAt,source,area,text,residentsOnly,people,deaths\r
                1,2026-11-20T16:00:00+08:00,网格,330102,"巷口\r
                路灯不亮",否,12,\r
                \r
                2,2026-11-20T16:00:00+08:00,GRID,330102,老板拖欠工资,,,0\r
                """);

        var run = run("route", reports);

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(answers(run)).extracting(RouteCommandTest::eventType).containsExactly("路灯故障", "拖欠工资");
    }

    @Test
    void csv_in_gb18030_under_chinese_headers_is_read() throws IOException {
        Path reports = folder.resolve("上报.csv");
        Files.writeString(
                reports,
                "编号,上报时间,来源 Source,区域,正文,仅涉居民\n1,2026-11-20T16:00:00+08:00,网格,330102,巷口路灯不亮,是\n",
                Charset.forName("GB18030"));

        var run = run("route", reports);

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(eventType(answers(run).get(0))).isEqualTo("路灯故障");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE"})
    void csv_in_utf_16_with_its_mark_is_read(String encoding) throws IOException {
        Path reports = folder.resolve("unicode.csv");
        String mark = encoding.equals("UTF-16") ? "" : "\uFEFF"; // which Java writes by itself
        Files.write(reports, (mark + THREE).getBytes(Charset.forName(encoding)));

        var run = run("route", reports, "--lang", "en");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("unicode.csv was read as UTF-16").contains("Answered: 3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            id;reportedAt;text         ! 列与列之间用的是“;”，须用英文逗号
            id，reportedAt，text       ! 列与列之间用的是“，”，须用英文逗号
            id,reportedAt,text,        ! 第 4 列没有列名。
            id,reportedat,text         ! 这里没有“reportedat”字段。 可用的字段：reportedAt? id,
            """)
    void a_header_that_cannot_be_understood_says_what_is_wrong_with_it(String header, String told) throws IOException {
        assertThat(run("route", file("header.csv", header + "\n"), "--lang", "zh")
                        .err())
                .startsWith(folder.resolve("header.csv") + ":1: ")
                .contains(told);
        assertThat(run("route", file("tab.csv", header.replaceAll("[;，,]", "\t") + "\n"), "--lang", "en")
                        .err())
                .contains("its columns are divided by \"Tab\"");
    }

    @Test
    void an_id_that_a_spreadsheet_program_has_shortened_is_refused_as_two_would_become_one() throws IOException {
        Path reports = file("ids.csv", """
                id,reportedAt,source,area,text
                2.02612E+13,2026-11-20T16:00:00+08:00,GRID,330102,路灯不亮
                20261120000002,2026-11-20T16:00:00+08:00,GRID,330102,1.5E+3
                """);

        var run = run("route", reports, "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("Answered: 1", "Problems: 1");
        assertThat(run.out().lines().findFirst().orElseThrow())
                .contains(
                        "BAD_CSV",
                        "the id \\\"2.02612E+13\\\" is a number that a spreadsheet program has shortened, and its last digits are gone");
    }

    @Test
    void csv_and_json_lines_are_told_apart_by_their_first_character() {
        String csv = "id,reportedAt,source,area,text\n1,2026-11-20T16:00:00+08:00,GRID,330102,巷口路灯不亮\n";

        assertThat(eventType(answers(piped(csv, "route", "-")).get(0))).isEqualTo("路灯故障");
        assertThat(eventType(answers(piped("\n  " + LAMP, "route", "-")).get(0)))
                .isEqualTo("路灯故障");
        assertThat(answers(piped(csv, "route", "-", "--format", "ndjson"))).hasSize(2);
    }

    @Test
    void a_csv_row_with_faults_gets_its_own_problem_with_all_of_them_and_its_line() {
        String csv = """
                id,reportedAt,source,area,text,people
                1,2026年11月20日16时,GRID,330102,"路灯
                不亮",many
                2,2026-11-20T16:00:00+08:00,GRID,330102
                3,2026-11-20T16:00:00+08:00,GRID,330102,巷口路灯不亮,3
                """;

        var run = piped(csv, "route", "-", "--format", "csv", "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        List<JsonNode> answers = answers(run);
        assertThat(answers.get(0).at("/line").asInt()).isEqualTo(2);
        assertThat(answers.get(0).at("/problems"))
                .extracting(problem -> problem.at("/pointer").asString() + " "
                        + problem.at("/code").asString())
                .containsExactly("/reportedAt MISSING_OFFSET", "/people WRONG_JSON_TYPE");
        assertThat(answers.get(1).at("/line").asInt()).isEqualTo(4);
        assertThat(answers.get(1).at("/problems/0/code").asString()).isEqualTo("BAD_CSV");
        assertThat(answers.get(1).at("/detail").asString()).contains("the row has 4 cells and the header 6");
        assertThat(eventType(answers.get(2))).isEqualTo("路灯故障");
    }

    @Test
    void an_unknown_or_doubled_column_stops_before_any_row_is_answered() throws IOException {
        Path reports = file("r.csv", "id,colour,来源,source\n1,red,网格,网格\n");

        var run = run("route", reports, "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith(
                        reports + ":1: UNKNOWN_FIELD: There is no field \"colour\" here. Known here: id, reportedAt,")
                .contains("来源");
        assertThat(run.err()).contains("BAD_CSV").contains("two columns stand for source");
    }

    @Test
    void a_header_in_no_known_encoding_and_an_empty_file_are_named() throws IOException {
        Path broken = folder.resolve("broken.csv");
        Files.write(broken, new byte[] {'i', 'd', (byte) 0xFF, (byte) 0xFF, '\n'});

        assertThat(run("route", broken, "--lang", "en").err())
                .contains("broken.csv:1: BAD_CSV")
                .contains("bytes that are no character of GB18030");
        assertThat(run("route", file("empty.csv", ""), "--lang", "en").err())
                .contains("BAD_CSV")
                .contains("it is empty");
    }

    private static final String THREE = """
            id,reportedAt,source,area,text
            1,2026-11-20T16:00:00+08:00,GRID,330102,巷口路灯不亮
            2,2026-11-20T16:00:00+08:00,GRID,330102,老板拖欠工资
            3,2026-11-20T16:00:00+08:00,GRID,330102,巷口路灯不亮了
            """;

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030"})
    void one_damaged_character_is_told_at_its_line_and_the_other_lines_are_answered(String encoding)
            throws IOException {
        byte[] whole = THREE.getBytes(Charset.forName(encoding));
        byte[] cut = new byte[whole.length - 1];
        System.arraycopy(whole, 0, cut, 0, cut.length - 1);
        cut[cut.length - 1] = '\n'; // the last byte of the last character is gone
        Path reports = folder.resolve("cut.csv");
        Files.write(reports, cut);

        var run = run("route", reports, "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(answers(run).subList(0, 2))
                .extracting(RouteCommandTest::eventType)
                .containsExactly("路灯故障", "拖欠工资");
        assertThat(answers(run).get(2).at("/line").asInt()).isEqualTo(4);
        assertThat(answers(run).get(2).at("/detail").asString()).contains("bytes that are no character of " + encoding);
        assertThat(run.err()).contains("cut.csv was read as " + encoding + ".").contains("Problems: 1.");
    }

    @Test
    void a_damaged_character_before_a_digit_does_not_swallow_the_end_of_its_line() throws IOException {
        byte[] whole = THREE.replace("老板拖欠工资", "老板拖欠工资灯1").getBytes(Charset.forName("GB18030"));
        String latin = new String(whole, StandardCharsets.ISO_8859_1);
        int end = latin.indexOf("1\n3,");
        Path reports = folder.resolve("digit.csv");
        Files.write(
                reports, (latin.substring(0, end - 1) + latin.substring(end)).getBytes(StandardCharsets.ISO_8859_1));

        var run = run("route", reports, "--lang", "en");

        assertThat(answers(run)).hasSize(3);
        assertThat(answers(run).get(1).at("/line").asInt()).isEqualTo(3);
        assertThat(eventType(answers(run).get(2))).isEqualTo("路灯故障");
    }

    @Test
    void a_quote_in_the_next_row_does_not_end_the_cell_in_silence() throws IOException {
        String text = THREE.replace("老板拖欠工资", "\"老板拖欠工资").replace("巷口路灯不亮了", "\"巷口路灯不亮了\"");

        var run = run("route", file("next.csv", text), "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(answers(run)).extracting(RouteCommandTest::eventType).containsExactly("路灯故障");
        assertThat(run.err()).contains("next.csv:3: BAD_CSV").contains("does not end where it should");
    }

    @Test
    void the_encoding_that_is_given_counts() throws IOException {
        Path reports = folder.resolve("given.csv");
        Files.write(reports, THREE.getBytes(Charset.forName("GB18030")));

        assertThat(run("route", reports, "--encoding", "gbk").exitCode()).isZero();
        assertThat(run("route", reports, "--encoding", "utf-8").exitCode()).isEqualTo(1);
        assertThat(run("route", reports, "--encoding", "latin").exitCode()).isEqualTo(2);
    }

    @Test
    void a_quote_that_does_not_end_is_told_where_it_begins_and_swallows_nothing() throws IOException {
        var run = run("route", file("open.csv", THREE.replace("老板", "\"老板")), "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(answers(run)).extracting(RouteCommandTest::eventType).containsExactly("路灯故障");
        assertThat(run.err())
                .contains("open.csv:3: BAD_CSV")
                .contains(
                        "the quoted cell that begins here does not end where it should; from here on nothing was read.");
    }

    @Test
    void a_quote_that_ends_in_a_later_row_is_told_and_the_swallowed_text_is_not_answered() throws IOException {
        String swallowed = THREE.replace("老板", "\"老板").replace("不亮了", "不亮了\"");

        var run = run("route", file("swallowed.csv", swallowed), "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(answers(run)).hasSize(2);
        assertThat(answers(run).get(1).at("/line").asInt()).isEqualTo(3);
        assertThat(answers(run).get(1).at("/detail").asString()).contains("lines in it that look like rows");
    }

    @Test
    void a_policy_with_faults_is_refused_with_every_fault_at_its_place() throws IOException {
        Path policy = folder.resolve("policy");
        Path tables = Files.createDirectories(policy.resolve("decision-tables"));
        Files.write(tables.resolve("vocabulary.xlsx"), workbook("类别", "t", "代码", "名称"));
        Files.write(tables.resolve("routing.xlsx"), "no workbook".getBytes(StandardCharsets.UTF_8));

        var run = run("route", file("r.ndjson", LAMP), "--policy", policy, "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("calendar.xlsx: MISSING_FILE: There is no calendar.xlsx.")
                .contains("routing.xlsx: TEXT_FILE: ")
                .contains("vocabulary.xlsx: MISSING_SHEET: There is no sheet \"事项\".");
    }

    @Test
    void a_file_or_policy_folder_that_is_not_there_is_a_usage_error() throws IOException {
        assertThat(run("route", folder.resolve("none.ndjson"), "--lang", "en"))
                .isEqualTo(new Run(2, "", folder.resolve("none.ndjson") + ": there is no such file.\n"));
        assertThat(run("route", folder).exitCode()).isEqualTo(2);
        assertThat(run("route", file("r.ndjson", LAMP), "--policy", folder.resolve("none"))
                        .exitCode())
                .isEqualTo(2);
    }

    private static byte[] workbook(String sheet, String... cells) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "test", "1.0")) {
            var page = workbook.newWorksheet(sheet);
            page.value(0, 0, cells[0]);
            for (int i = 1; i < cells.length; i++) {
                page.value(1, i - 1, cells[i]);
            }
        }
        return bytes.toByteArray();
    }
}
