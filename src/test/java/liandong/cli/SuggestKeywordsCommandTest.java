package liandong.cli;

import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import liandong.District;
import liandong.incident.EventType;
import liandong.routing.evaluation.ReadingPolicy;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A city's own labelled orders: words that the policy has never heard of, in sentences that say the same around them. */
class SuggestKeywordsCommandTest {
    private static final String HEADER =
            "编号 Id,正文含 Text contains,事项 Event type,分值 Points,依据 Basis,状态 Status,生效 From,失效 Until,备注 Note";
    private static final List<String> AROUND = List.of(
            "今天上班路上看到%s有问题",
            "%s又出事了没人管", "请来看看%s怎么办", "我反映%s，谢谢", "关于%s的情况", "巷子里%s影响大家", "隔壁%s两个月了", "昨晚%s吵得很", "这边%s谁负责", "门口%s不对");

    @TempDir
    private Path folder;

    private final List<String> types = new ArrayList<>();

    @BeforeEach
    void chooseEventTypes() {
        District.policy().vocabulary().all(EventType.class).stream()
                .filter(type -> !type.general())
                .limit(3)
                .forEach(type -> types.add(type.label()));
    }

    private String texts(int from, int to) {
        var csv = new StringBuilder("正文,事项\n");
        List<String> words = List.of("蓝晶椰", "呱嗒筐", "翡翠橛");
        for (int i = from; i < to; i++) {
            for (int type = 0; type < 3; type++) {
                csv.append(AROUND.get(i).formatted(words.get(type)))
                        .append(',')
                        .append(types.get(type))
                        .append('\n');
            }
        }
        return csv.toString();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void a_file_of_labelled_texts_gives_rows_for_a_person_to_take_or_leave() throws IOException {
        Path labelled = file("orders.csv", texts(0, 8));

        var run = run("suggest-keywords", labelled, "--text", "正文", "--label", "事项", "--lang", "zh");

        assertThat(run.err()).isEqualTo("由 24 条已标注信息得出 3 个词，涉及 3 个事项。政策没有改动。\n");
        assertThat(run.exitCode()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).isEqualTo(HEADER);
        assertThat(lines.subList(1, lines.size()))
                .hasSize(3)
                .allSatisfy(
                        line -> assertThat(line).contains(",由 orders.csv 的 24 条已标注信息统计得出,待确认,,,本事项 8 条，其他事项 0 条；例：第 "));
        assertThat(lines.subList(1, lines.size()))
                .extracting(line -> List.of(line.split(",", -1)).subList(1, 4))
                .containsExactlyInAnyOrder(
                        List.of("蓝晶椰", types.get(0), "30"),
                        List.of("呱嗒筐", types.get(1), "30"),
                        List.of("翡翠橛", types.get(2), "30"));
    }

    @Test
    void the_rows_make_the_policy_answer_better() throws IOException, BadRequestException {
        Path labelled = file("orders.csv", texts(0, 8));
        Path others = file("others.csv", texts(8, 10));
        Path rows = folder.resolve("rows.xlsx");
        assertThat(run("suggest-keywords", labelled, "--text", "正文", "--label", "事项", "--out", rows)
                        .exitCode())
                .isZero();
        Path tried = policyWith(rows);

        assertThat(right(others, District.TABLES.resolve(".."))).isEqualTo("0/6");
        assertThat(right(others, tried)).isEqualTo("6/6");
    }

    private static String right(Path file, Path policy) throws BadRequestException {
        JsonNode right = Json.read(
                        run("evaluate", file, "--text", "正文", "--against", "eventType=事项", "--policy", policy, "--json")
                                .out())
                .at("/rightOfLabelled/eventType");
        return right.path("count").asInt() + "/" + right.path("of").asInt();
    }

    /** The district's policy, by its own rules, with rows copied to the end of its keywords, as staff would. */
    private Path policyWith(Path rows) throws IOException {
        Path policy = folder.resolve("my");
        Path tables = policy.resolve("decision-tables");
        for (Path from : List.of(District.TABLES, District.TABLES.resolveSibling("rules"))) {
            Path to = Files.createDirectories(policy.resolve(from.getFileName()));
            try (Stream<Path> files = Files.list(from)) {
                for (Path each : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(each, to.resolve(each.getFileName()));
                }
            }
        }
        Path routing = tables.resolve("routing.xlsx");
        try (InputStream from = Files.newInputStream(rows);
                InputStream to = Files.newInputStream(routing);
                var suggested = new XSSFWorkbook(from);
                var book = new XSSFWorkbook(to)) {
            XSSFSheet sheet = Objects.requireNonNull(book.getSheet("关键词"));
            XSSFSheet own = Objects.requireNonNull(suggested.getSheet("关键词"));
            Map<Boolean, List<Integer>> byKind = Map.of(true, List.of(3), false, List.of(0, 1, 2, 4, 5));
            for (int row = 2; row <= own.getLastRowNum(); row++) {
                XSSFRow added = sheet.createRow(sheet.getLastRowNum() + 1);
                XSSFRow one = own.getRow(row);
                byKind.getOrDefault(true, List.of())
                        .forEach(column -> added.createCell(column)
                                .setCellValue(one.getCell(column).getNumericCellValue()));
                byKind.getOrDefault(false, List.of())
                        .forEach(column -> added.createCell(column)
                                .setCellValue(one.getCell(column).getStringCellValue()));
            }
            try (var out = Files.newOutputStream(routing)) {
                book.write(out);
            }
        }
        return policy;
    }

    @Test
    void its_figures_can_be_repeated_by_folds() throws IOException, BadRequestException {
        Path labelled = file("orders.csv", texts(0, 10));
        Object[] learned = {
            "evaluate", labelled, "--text", "正文", "--against", "eventType=事项", "--folds", "5", "--learn", "--json"
        };

        var once = run(learned);
        JsonNode json = Json.read(once.out());

        assertThat(json.at("/rightOfLabelled/eventType/count").asInt()).isEqualTo(30);
        assertThat(json.at("/folds").toString())
                .isEqualTo("{\"count\":5,\"seed\":1,\"keywordsLearned\":true,\"rowsLeftOut\":0}");
        assertThat(json.at("/groups")).hasSize(5);
        assertThat(run(learned).out()).isEqualTo(once.out());
        assertThat(once.exitCode()).as(once.err()).isZero();
    }

    @Test
    void words_that_the_policy_has_are_not_proposed_again() throws IOException {
        Path labelled = file("orders.csv", texts(0, 8));
        Path rows = folder.resolve("rows.xlsx");
        run("suggest-keywords", labelled, "--text", "正文", "--label", "事项", "--out", rows);
        Path tried = policyWith(rows);

        var again = run("suggest-keywords", labelled, "--text", "正文", "--label", "事项", "--policy", tried);
        var all = run("suggest-keywords", labelled, "--text", "正文", "--label", "事项", "--policy", tried, "--all");

        assertThat(again.out()).isEqualTo(HEADER + "\n");
        assertThat(all.out().lines()).hasSize(4);
    }

    @Test
    void what_cannot_be_used_is_told() throws IOException {
        Path labelled = file("orders.csv", "正文,事项\n路灯不亮,没有这个事项\n路灯不亮\n");
        Object[] columns = {"--text", "正文", "--label", "事项", "--lang", "en"};

        var run = run(with("suggest-keywords", labelled, columns));
        assertThat(run.err())
                .startsWith(labelled + ":2: UNKNOWN_CODE: ")
                .contains(labelled + ":3: BAD_CSV: ")
                .endsWith("0 words for 0 event types, from 0 labelled texts. Nothing in the policy was changed.\n");
        assertThat(run.out()).isEqualTo(HEADER + "\n");
        assertThat(run.exitCode()).isEqualTo(1);

        var column = run(with("suggest-keywords", file("b.csv", "text,label\n"), columns));
        assertThat(column.err()).contains("there is no column \"正文\". The header has: text, label");
        assertThat(column.exitCode()).isEqualTo(2);

        var empty = run(with("suggest-keywords", file("c.csv", ""), columns));
        assertThat(empty.err()).contains("BAD_CSV").contains("it is empty");
        assertThat(empty.exitCode()).isEqualTo(1);

        Path bytes = Files.write(folder.resolve("d.csv"), new byte[] {'a', ',', (byte) 0xFF, (byte) 0xFF, '\n'});
        assertThat(run(with("suggest-keywords", bytes, columns)).err())
                .contains("bytes that are no character of GB18030");

        var out =
                run("suggest-keywords", labelled, "--text", "a", "--label", "b", "--out", folder.resolve("no/x.xlsx"));
        assertThat(out.exitCode()).isEqualTo(2);
    }

    /** A small policy that reads texts, in a folder. */
    private Path reading() throws IOException {
        Path policy = folder.resolve("reading");
        for (Map.Entry<String, byte[]> file : ReadingPolicy.with("桥头那块地凹下去一大截", "路面坑洞", "窨井的铁板翘起来了", "井盖破损")
                .files()
                .files()
                .entrySet()) {
            Path path = policy.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.write(path, file.getValue());
        }
        return policy;
    }

    @Test
    void texts_that_a_policy_reads_otherwise_than_a_duty_desk_become_example_sentences() throws IOException {
        Path labelled = file("desk.csv", """
                正文,事项,危险,性质
                桥头那块地凹下去一大截,路面坑洞,NO,
                "井盖的铁板翘起来了，打我13800001111",路面坑洞,POSSIBLE,投诉
                有人落水,路面坑洞,NOW,求助
                谢谢,,,
                """);
        Path out = folder.resolve("examples.xlsx");

        var run = run(
                "suggest-keywords",
                labelled,
                "--text",
                "正文",
                "--label",
                "事项",
                "--danger",
                "危险",
                "--nature",
                "性质",
                "--examples",
                out,
                "--policy",
                reading(),
                "--lang",
                "zh");

        assertThat(run.out())
                .isEqualTo("编号 Id,词语 Words,同句另含 And in the clause,间隔 Distance,除非 Unless,事项 Event type,作用 Role,"
                        + "依据 Basis,状态 Status,生效 From,失效 Until,备注 Note\n");
        assertThat(run.err()).isEqualTo("""
                由 3 条已标注信息得出 0 个词，涉及 0 个事项。政策没有改动。
                提出例句 2 条。并入政策前，请隐去姓名、住址。
                已写入：%s
                """.formatted(out));
        assertThat(run.exitCode()).isZero();
        try (InputStream from = Files.newInputStream(out);
                var book = new XSSFWorkbook(from)) {
            XSSFSheet sheet = book.getSheetAt(0);
            assertThat(sheet.getSheetName()).isEqualTo("例句");
            assertThat(cells(sheet.getRow(1)))
                    .containsExactly(
                            "编号 Id",
                            "例句 Sentence",
                            "事项 Event type",
                            "危险 Danger",
                            "诉求性质 Nature",
                            "依据 Basis",
                            "状态 Status",
                            "生效 From",
                            "失效 Until",
                            "备注 Note");
            assertThat(cells(sheet.getRow(2)))
                    .containsExactly(
                            "EX-3",
                            "井盖的铁板翘起来了，打我＊",
                            "路面坑洞",
                            "可能",
                            "投诉",
                            "取自 desk.csv 的 3 条已标注信息",
                            "推定",
                            "",
                            "",
                            "第 3 行，研读为“井盖破损”");
            assertThat(cells(sheet.getRow(3)))
                    .containsExactly(
                            "EX-4",
                            "有人落水",
                            "路面坑洞",
                            "现在",
                            "求助",
                            "取自 desk.csv 的 3 条已标注信息",
                            "推定",
                            "",
                            "",
                            "第 4 行，人工研判（可能有生命危险）");
            assertThat(sheet.getLastRowNum()).isEqualTo(3);
        }
    }

    private static List<String> cells(XSSFRow row) {
        var cells = new ArrayList<String>();
        row.forEach(cell -> cells.add(cell.getStringCellValue()));
        return cells;
    }

    @Test
    void a_policy_that_has_keywords_voted_on_has_no_examples() throws IOException {
        var run = run(
                "suggest-keywords",
                file("orders.csv", texts(0, 8)),
                "--text",
                "正文",
                "--label",
                "事项",
                "--examples",
                folder.resolve("x.xlsx"),
                "--lang",
                "zh");

        assertThat(run.err()).isEqualTo("--examples 须用按例句研读正文的政策（有“例句”“研读门槛”表，政策格式 3）。\n");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private static Object[] with(String command, Path file, Object... more) {
        return Stream.concat(Stream.of(command, file), Stream.of(more)).toArray();
    }
}
