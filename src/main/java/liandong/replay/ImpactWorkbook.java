package liandong.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import liandong.decision.Decisions;
import liandong.replay.Effect.Count;
import liandong.replay.Effect.Result;
import liandong.replay.Effect.Word;
import liandong.replay.ImpactReport.Example;
import liandong.replay.ImpactReport.Line;
import liandong.workbook.ReportBook;
import liandong.workbook.ReportBook.OneLine;
import liandong.workbook.ReportBook.Page;
import org.jspecify.annotations.Nullable;

/** What a draft would change, as a workbook for those who decide on it: numbers, charts, examples. */
public final class ImpactWorkbook {
    private static final String DECISIONS = "决定数 Decisions";
    private static final String EXAMPLES = "例子 Examples";
    private static final int MINUTES = 60;

    private final ReportBook book;
    private final ImpactReport report;

    private ImpactWorkbook(ReportBook book, ImpactReport report) {
        this.book = book;
        this.report = report;
    }

    /**
     * Writes the workbook.
     *
     * @param about what the report is about: names, in both languages, and values, in the order they are to be shown
     */
    public static void write(ImpactReport report, Map<String, String> about, OutputStream out) throws IOException {
        try (var book = new ReportBook()) {
            var made = new ImpactWorkbook(book, report);
            made.summary(about);
            made.outcomes();
            made.bodies();
            made.eventTypes();
            made.dues();
            made.responsible();
            made.examples();
            book.write(out);
        }
    }

    private static String shown(Word word) {
        return word.label().isEmpty() ? word.code().isEmpty() ? ReportBook.NONE : word.code() : word.label();
    }

    /** A word of a closed set, for readers of either language. */
    private static String both(Word word) {
        return word.label().isEmpty() ? shown(word) : word.label() + " " + word.code();
    }

    private static OneLine ids(Line line) {
        return new OneLine(String.join(" ", line.examples()));
    }

    private void summary(Map<String, String> about) {
        var page = book.page("概要", 44, 26, 14, 14, 16, 16);
        page.title("草案影响 What the draft would change");
        page.header("项 Item", "值 Value", "占可比较的 Share");
        about.forEach(page::row);
        page.row("看过的决定 Decisions looked at", report.looked());
        page.row("可比较的 Comparable", report.compared());
        for (Result result : Result.values()) {
            boolean comparable = result != Result.NOT_COMPARABLE;
            page.row(
                    result.label() + " " + result,
                    report.of(result),
                    comparable ? ReportBook.share(report.of(result), report.compared()) : "");
        }
        page.row(
                "变为无处可派 Becomes unroutable",
                report.unroutable(),
                ReportBook.share(report.unroutable(), report.compared()));

        page.title("按决策种类 By kind of decision");
        String[] names = Stream.concat(
                        Stream.of("决策 Kind"), Stream.of(Result.values()).map(result -> result.label() + " " + result))
                .toArray(String[]::new);
        page.header(names);
        Map<String, Object[]> kinds = new LinkedHashMap<>();
        for (Line line : report.sorted(Count.KINDS)) {
            Object[] row = kinds.computeIfAbsent(line.first().code(), code -> {
                var values = new Object[names.length];
                values[0] = both(line.first());
                for (int i = 1; i < values.length; i++) {
                    values[i] = 0L;
                }
                return values;
            });
            row[column(Result.valueOf(line.second().code()))] = line.count();
        }
        int first = page.next();
        kinds.values().forEach(page::row);
        if (!kinds.isEmpty()) {
            var series = new ArrayList<Integer>();
            for (Result result : List.of(Result.CHANGED, Result.REFUSED, Result.OTHER_REASONS)) {
                series.add(column(result));
            }
            page.chart("按决策种类的变化 Changes by kind", first, page.next() - 1, series, 7, 0);
        }
        table(page, "变为无处可派 Becomes unroutable", Count.UNROUTABLE, "原结果 From", "原因 Reason");
        table(page, "草案无法作答 The draft has no answer", Count.REFUSED, "问题 Problem", "位置 At");
        table(page, "无法比较 Not comparable", Count.NOT_COMPARABLE, "原因 Reason", "决策 Kind");
        table(
                page,
                "结论变而理由未变：日历、词表或规则文本所致 Changed, though no reason is: calendar, vocabulary or a rule's text",
                Count.UNEXPLAINED,
                "决策 Kind",
                "");
    }

    /** Where the table of kinds counts a result. */
    private static int column(Result result) {
        return 1 + List.of(Result.values()).indexOf(result);
    }

    /** A table of a count, if it has lines. */
    private void table(Page page, String title, Count count, String first, String second) {
        List<Line> lines = report.sorted(count);
        if (!lines.isEmpty()) {
            page.title(title);
            page.header(first, second, DECISIONS, "占比 Share", EXAMPLES);
            lines(page, lines);
        }
    }

    private void lines(Page page, List<Line> lines) {
        for (Line line : lines) {
            page.row(
                    both(line.first()),
                    line.second().equals(Word.NONE) ? "" : both(line.second()),
                    line.count(),
                    ReportBook.share(line.count(), report.compared()),
                    ids(line));
        }
        if (lines.isEmpty()) {
            page.none();
        }
    }

    private void outcomes() {
        var page = book.page("去向变化", 24, 24, 12, 10, 36, 40);
        page.title("结果变了的决定 Decisions whose outcome changes");
        page.header("原结果 From", "新结果 To", DECISIONS, "占比 Share", "变化 Change", EXAMPLES);
        List<Line> lines = report.sorted(Count.OUTCOMES);
        int first = page.next();
        for (Line line : lines) {
            page.row(
                    both(line.first()),
                    both(line.second()),
                    line.count(),
                    ReportBook.share(line.count(), report.compared()),
                    shown(line.first()) + " → " + shown(line.second()),
                    ids(line));
        }
        if (lines.isEmpty()) {
            page.none();
        }
        if (!lines.isEmpty()) {
            page.chart(
                    "去向变化 Changes of outcome",
                    first,
                    first + Math.min(ReportBook.MOST_BARS, lines.size()) - 1,
                    List.of(2),
                    7,
                    4);
        }
    }

    private void bodies() {
        var page = book.page("单位", 26, 26, 12, 10, 40);
        page.title("各单位牵头的增减 Who loses and gains the lead");
        page.header("单位 Body", "转出 Loses", "转入 Gains", "净增 Net");
        List<Line> lines = report.sorted(Count.LEADS);
        Map<String, long[]> bodies = new TreeMap<>();
        for (Line line : lines) {
            bodies.computeIfAbsent(shown(line.first()), body -> new long[2])[0] += line.count();
            bodies.computeIfAbsent(shown(line.second()), body -> new long[2])[1] += line.count();
        }
        int first = page.next();
        bodies.entrySet().stream()
                .sorted((one, other) ->
                        Long.compare(other.getValue()[0] + other.getValue()[1], one.getValue()[0] + one.getValue()[1]))
                .forEach(body -> page.row(
                        body.getKey(),
                        body.getValue()[0],
                        body.getValue()[1],
                        body.getValue()[1] - body.getValue()[0]));
        if (bodies.isEmpty()) {
            page.none();
        } else {
            page.chart(
                    "牵头单位的增减 Leads lost and gained",
                    first,
                    first + Math.min(ReportBook.MOST_BARS, bodies.size()) - 1,
                    List.of(1, 2),
                    6,
                    0);
        }
        page.title("牵头单位变了的决定 Decisions whose lead changes");
        page.header("原牵头 From", "新牵头 To", DECISIONS, "占比 Share", EXAMPLES);
        lines(page, lines);
    }

    private void eventTypes() {
        var page = book.page("事项", 30, 30, 12, 10, 40);
        page.title("结论变了的决定，按事项 Changed decisions by event type");
        page.header("原事项 From", "新事项 To", DECISIONS, "占比 Share", EXAMPLES);
        lines(page, report.sorted(Count.EVENT_TYPES));
    }

    private void dues() {
        var page = book.page("时限", 24, 30, 12, 18, 40);
        page.title("到期时间的移动 How due times move");
        page.header("移动 Move", "什么到期 What is due", DECISIONS, "占比 Share", EXAMPLES);
        lines(page, report.sorted(Count.DUES));
        page.title("移动多少（小时） How far, in hours");
        page.header("移动 Move", "钟 Clock", "个数 Count", "中位 Median", "最大 Largest");
        shift(page, "提前 EARLIER", "自然时 round the clock", report.byClock().earlier());
        shift(page, "提前 EARLIER", "办公时 office hours", report.inOfficeHours().earlier());
        shift(page, "推后 LATER", "自然时 round the clock", report.byClock().later());
        shift(page, "推后 LATER", "办公时 office hours", report.inOfficeHours().later());
    }

    private static void shift(Page page, String move, String clock, Shifts.@Nullable Summary summary) {
        if (summary != null) {
            page.row(move, clock, summary.count(), hours(summary.median()), hours(summary.largest()));
        }
    }

    private static Object hours(long minutes) {
        return minutes % MINUTES == 0
                ? (Object) (minutes / MINUTES)
                : minutes / MINUTES + ":" + String.format("%02d", minutes % MINUTES);
    }

    private void responsible() {
        var page = book.page("责任行", 10, 18, 18, 12, 70, 40);
        page.title("结论变了的决定里，理由变了的行与规则 Rows and rules whose part in changed decisions is another");
        page.header("种类 Sort", "编号 Id", "变为 Became", DECISIONS, "内容 Says", EXAMPLES);
        for (Line line : report.sorted(Count.ROWS)) {
            page.row(
                    "行 row",
                    line.first().code(),
                    both(line.second()),
                    line.count(),
                    line.first().label(),
                    ids(line));
        }
        for (Line line : report.sorted(Count.RULES)) {
            page.row("规则 rule", line.first().code(), both(line.second()), line.count(), "", ids(line));
        }
        page.filter();
    }

    private void examples() {
        var page = book.page("例子", 40, 14, 24, 24, 24, 40, 34, 34);
        page.title("例子 Examples");
        page.header(
                "决定 Decision",
                "决策 Kind",
                "事件 Incident",
                "存档时间 Kept at",
                "结果 Result",
                "哪里 Where",
                "原为 Before",
                "现为 After");
        for (Example example : report.examples()) {
            List<Difference> differences = example.differences().first();
            Object[] about = {
                example.id(),
                Decisions.named(example.kind()).label(),
                example.subject(),
                example.keptAt(),
                both(Word.of(example.result()))
            };
            if (differences.isEmpty()) {
                page.row(about);
            }
            for (Difference difference : differences) {
                page.row(Stream.concat(
                                Stream.of(about),
                                Stream.of(
                                        difference.at(),
                                        difference.before() == null ? "" : difference.before(),
                                        difference.after() == null ? "" : difference.after()))
                        .toArray());
            }
        }
        page.filter();
    }
}
