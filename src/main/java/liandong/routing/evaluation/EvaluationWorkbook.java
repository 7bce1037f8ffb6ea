package liandong.routing.evaluation;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import liandong.explain.Phrases;
import liandong.routing.evaluation.Confusions.Confusion;
import liandong.routing.evaluation.Confusions.Example;
import liandong.routing.evaluation.Confusions.Label;
import liandong.routing.evaluation.EvaluationReport.About;
import liandong.workbook.ReportBook;
import liandong.workbook.ReportBook.Link;
import liandong.workbook.ReportBook.Page;

/** An evaluation as a workbook, in both languages: figures with charts, a sheet for each part, and every row. */
final class EvaluationWorkbook {
    /** More rows are no sheet that a person goes through. */
    private static final int MOST_ROWS = 20_000;

    private static final int WORST = 100;
    private static final String ROWS = "明细";
    private static final Phrases CHINESE = new Phrases(Locale.CHINESE);
    private static final Phrases ENGLISH = new Phrases(Locale.ENGLISH);

    private final ReportBook book;
    private final About about;
    private final Evaluation result;
    private final List<Measured> rows;
    private final Map<Integer, Integer> places;

    private EvaluationWorkbook(ReportBook book, About about, Evaluation result, List<Measured> rows) {
        this.book = book;
        this.about = about;
        this.result = result;
        this.rows = rows.stream()
                .sorted(Comparator.comparingInt(row -> row.row().number()))
                .limit(MOST_ROWS)
                .toList();
        List<Measured> shown = this.rows;
        this.places = IntStream.range(0, shown.size())
                .boxed()
                .collect(Collectors.toMap(i -> shown.get(i).row().number(), i -> i + 3));
    }

    /**
     * Writes the workbook.
     *
     * @param rows the rows that were decided
     */
    static void write(About about, Evaluation result, List<Measured> rows, OutputStream out) throws IOException {
        try (var book = new ReportBook()) {
            var made = new EvaluationWorkbook(book, about, result, rows);
            made.summary();
            made.groups();
            result.parts().forEach(made::part);
            made.rows(rows.size());
            book.write(out);
        }
    }

    private static String both(String key, Object... args) {
        return CHINESE.of(key, args) + " " + ENGLISH.of(key, args);
    }

    private static String name(Part part) {
        return both("evaluate.part." + part.json());
    }

    private static String rightOf(Part part) {
        String key = "evaluate.part." + part.json();
        return CHINESE.of("evaluate.rightOf", CHINESE.of(key)) + " " + ENGLISH.of("evaluate.rightOf", ENGLISH.of(key));
    }

    private void summary() {
        var page = book.page("概况", 64, 14, 14, 14);
        page.title("研判准不准 How well reports are understood");
        page.header("项 Item", "值 Value");
        page.row("文件 File", about.file());
        page.row("政策 Policy", about.policyLabel());
        page.row("政策版本 Version", about.policyVersion());
        if (about.folds() > 0) {
            page.row("折数 Folds", about.folds());
            page.row("种子 Seed", about.seed());
            page.row("关键词由其余各折学得 Keywords learned from the other folds", about.learned() ? "是 yes" : "否 no");
            page.row("随折略去的政策行 Rows of the policy left out", about.heldOut());
        }
        page.row("可用行 Usable rows", result.all().rows());
        page.row("不能用的行 Unusable rows", result.unusable());

        page.title("指标 Figures");
        page.header("指标 Figure", "个数 Count", "其中 Of", "占比 Share");
        int first = page.next();
        for (Figure figure : result.figures()) {
            share(page, both(figure.key()), result.all().of(figure));
        }
        for (PartColumns each : about.parts()) {
            share(page, rightOf(each.part()), result.all().rightOfAnswered(each.part()));
        }
        page.shares("指标 Figures", first, page.next() - 1, 3, 5, 0);

        page.title("结果 Outcomes");
        page.header("结果 Outcome", "个数 Count", "其中 Of", "占比 Share");
        result.all()
                .outcomes()
                .forEach((outcome, count) -> share(
                        page,
                        outcome.label() + " " + outcome.code(),
                        new Share(count, result.all().rows())));
        result.all()
                .reasons()
                .forEach((reason, count) -> share(
                        page, "人工研判：" + reason, new Share(count, result.all().rows())));
    }

    private static void share(Page page, String name, Share share) {
        page.row(name, share.count(), share.of(), ReportBook.share(share.count(), share.of()));
    }

    /** The figures by group, a row for each group and figure, to be filtered. */
    private void groups() {
        if (result.groups().isEmpty()) {
            return;
        }
        var page = book.page("分组", 24, 64, 12, 12, 12);
        page.title("分组指标 Figures by group");
        page.header(about.by() == null ? "折 Fold" : about.by(), "指标 Figure", "个数 Count", "其中 Of", "占比 Share");
        for (Map.Entry<String, Counts> group : result.groups().entrySet()) {
            Counts counts = group.getValue();
            for (Figure figure : result.figures()) {
                share(page, group.getKey(), both(figure.key()), counts.of(figure));
            }
            for (PartColumns each : about.parts()) {
                share(page, group.getKey(), rightOf(each.part()), counts.rightOfAnswered(each.part()));
            }
        }
        page.filter();
    }

    private static void share(Page page, String group, String name, Share share) {
        page.row(group, name, share.count(), share.of(), ReportBook.share(share.count(), share.of()));
    }

    private void part(Confusions part) {
        var page = book.page(CHINESE.of("evaluate.part." + part.part().json()), 34, 34, 12, 12, 12, 12, 12);
        page.title(name(part.part()) + "：准确率与召回率 precision and recall");
        page.header(
                "标签 Label",
                "转人工 Left to a person",
                "行数 Rows",
                "已答复 Answered",
                "正确 Right",
                "召回率 Recall",
                "准确率 Precision");
        int first = page.next();
        List<Label> labels = part.labels();
        for (Label each : labels) {
            page.row(
                    each.name(),
                    each.triage(),
                    each.count(),
                    each.answered(),
                    each.right(),
                    ReportBook.share(each.right(), each.count()),
                    ReportBook.share(each.right(), part.given(each.name())));
        }
        if (labels.isEmpty()) {
            page.none();
        } else {
            page.chart(
                    name(part.part()),
                    first,
                    first + Math.min(ReportBook.MOST_BARS, labels.size()) - 1,
                    List.of(2, 4),
                    8,
                    0);
        }
        page.title("最常见的混淆 Most frequent confusions");
        page.header("标签 Label", "答成 Answered as", "次数 Count", "行 Row", "正文 Text");
        for (Confusion confusion : part.worst(WORST)) {
            for (Example example : confusion.examples()) {
                page.row(
                        confusion.label(),
                        confusion.answer(),
                        confusion.count(),
                        link(example.row()),
                        new ReportBook.OneLine(example.text()));
            }
        }
        page.filter();
    }

    private Object link(int row) {
        Integer place = places.get(row);
        return place == null ? (Object) row : new Link(String.valueOf(row), ROWS, place);
    }

    private void rows(int all) {
        List<Part> parts = result.parts().stream().map(Confusions::part).toList();
        var header = new ArrayList<String>(
                List.of("行 Row", "正文 Text", "错而自信 Wrong and confident", "结果 Outcome", "原因 Reason"));
        var widths = new int[5 + 3 * parts.size()];
        Arrays.fill(widths, 18);
        widths[1] = 60;
        for (Part part : parts) {
            header.add("应为 " + name(part));
            header.add("实为 " + name(part));
            header.add("对错 " + name(part));
        }
        var page = book.page(ROWS, widths);
        page.title(all > rows.size() ? "明细 Rows（前 " + rows.size() + " 行，共 " + all + " 行）" : "明细 Rows");
        page.header(header.toArray(String[]::new));
        for (Measured each : rows) {
            var cells = new ArrayList<Object>(List.of(
                    each.row().number(),
                    each.row().text(),
                    each.wrongAndConfident() ? "是 yes" : "",
                    each.outcome().label(),
                    each.reason()));
            for (Part part : parts) {
                Wanted wanted = each.row().wanted(part);
                cells.add(wanted == null ? "" : labels(wanted.words()));
                cells.add(labels(each.said().getOrDefault(part, List.of())));
                cells.add(judged(each, part));
            }
            page.row(cells.toArray());
        }
        page.filter();
    }

    private static String labels(List<Word> words) {
        return words.stream().map(Word::label).collect(Collectors.joining("、"));
    }

    private static String judged(Measured row, Part part) {
        if (row.row().wanted(part) == null) {
            return "";
        }
        if (row.isRight(part)) {
            return "对 right";
        }
        return row.isWrong(part) ? "错 wrong" : "未答 open";
    }
}
