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
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xddf.usermodel.PresetColor;
import org.apache.poi.xddf.usermodel.XDDFColor;
import org.apache.poi.xddf.usermodel.XDDFSolidFillProperties;
import org.apache.poi.xddf.usermodel.chart.AxisCrossBetween;
import org.apache.poi.xddf.usermodel.chart.AxisCrosses;
import org.apache.poi.xddf.usermodel.chart.AxisOrientation;
import org.apache.poi.xddf.usermodel.chart.AxisPosition;
import org.apache.poi.xddf.usermodel.chart.BarDirection;
import org.apache.poi.xddf.usermodel.chart.ChartTypes;
import org.apache.poi.xddf.usermodel.chart.LegendPosition;
import org.apache.poi.xddf.usermodel.chart.XDDFBarChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFCategoryAxis;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSourcesFactory;
import org.apache.poi.xddf.usermodel.chart.XDDFValueAxis;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFDrawing;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/** What a draft would change, as a workbook for those who decide on it: numbers, charts, examples. */
public final class ImpactWorkbook {
    private static final String DECISIONS = "决定数 Decisions";
    private static final String EXAMPLES = "例子 Examples";
    private static final String NOBODY = "（无）";
    private static final int UNIT = 256; // of a column's width: a 256th of a character
    private static final int LONGEST = 500;
    private static final List<PresetColor> COLOURS =
            List.of(PresetColor.STEEL_BLUE, PresetColor.DARK_ORANGE, PresetColor.GRAY);
    private static final int MOST_BARS = 12;
    private static final int MINUTES = 60;

    private final XSSFWorkbook workbook = new XSSFWorkbook();
    private final XSSFCellStyle title = style(true, null);
    private final XSSFCellStyle header = style(true, new byte[] {0x1F, 0x38, 0x64});
    private final XSSFCellStyle plain = style(false, null);
    private final XSSFCellStyle share = style(false, null);
    private final XSSFCellStyle oneLine = style(false, null);
    private final ImpactReport report;

    private ImpactWorkbook(ImpactReport report) {
        this.report = report;
        oneLine.setWrapText(false);
        title.setWrapText(false); // it may be longer than its column is wide
        share.setDataFormat(workbook.createDataFormat().getFormat("0.0%"));
    }

    /**
     * Writes the workbook.
     *
     * @param about what the report is about: names, in both languages, and values, in the order they are to be shown
     */
    public static void write(ImpactReport report, Map<String, String> about, OutputStream out) throws IOException {
        var made = new ImpactWorkbook(report);
        try (XSSFWorkbook workbook = made.workbook) {
            made.summary(about);
            made.outcomes();
            made.bodies();
            made.eventTypes();
            made.dues();
            made.responsible();
            made.examples();
            workbook.write(out);
        }
    }

    private XSSFCellStyle style(boolean bold, byte @Nullable [] fill) {
        XSSFCellStyle style = workbook.createCellStyle();
        style.setVerticalAlignment(VerticalAlignment.TOP);
        style.setWrapText(true);
        if (bold) {
            XSSFFont font = workbook.createFont();
            font.setBold(true);
            if (fill != null) {
                font.setColor(new XSSFColor(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF}, null));
                style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
                style.setFillForegroundColor(new XSSFColor(fill, null));
            }
            style.setFont(font);
        }
        return style;
    }

    /** A sheet that is written from top to bottom. */
    private final class Page {
        private final XSSFSheet sheet;
        private int next;

        Page(String name, int... widths) {
            sheet = workbook.createSheet(name);
            sheet.setFitToPage(true); // as wide as a sheet of paper, as long as it takes
            sheet.getPrintSetup().setLandscape(true);
            sheet.getPrintSetup().setFitHeight((short) 0);
            for (int column = 0; column < widths.length; column++) {
                sheet.setColumnWidth(column, widths[column] * UNIT);
            }
        }

        /** A title over a table; the first one stays in sight with its header. */
        void title(String text) {
            if (next > 0) {
                next++;
            }
            XSSFCell cell = sheet.createRow(next++).createCell(0);
            cell.setCellValue(text);
            cell.setCellStyle(title);
        }

        void header(String... names) {
            XSSFRow row = sheet.createRow(next++);
            for (int column = 0; column < names.length; column++) {
                XSSFCell cell = row.createCell(column);
                cell.setCellValue(names[column]);
                cell.setCellStyle(header);
            }
            if (next == 2) {
                sheet.createFreezePane(0, 2);
            }
        }

        /** A row of texts, whole numbers, and shares. */
        int row(Object... values) {
            XSSFRow row = sheet.createRow(next);
            for (int column = 0; column < values.length; column++) {
                XSSFCell cell = row.createCell(column);
                cell.setCellStyle(plain);
                if (values[column] instanceof Double part) {
                    cell.setCellValue(part);
                    cell.setCellStyle(share);
                } else if (values[column] instanceof Ids ids) {
                    cell.setCellValue(cut(ids.text()));
                    cell.setCellStyle(oneLine);
                } else if (values[column] instanceof Number number) {
                    cell.setCellValue(number.doubleValue());
                } else {
                    cell.setCellValue(cut(String.valueOf(values[column])));
                }
            }
            return next++;
        }

        void none() {
            row(NOBODY);
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static Object share(long part, long whole) {
        return whole == 0 ? "" : (Object) ((double) part / whole);
    }

    private static String shown(Word word) {
        return word.label().isEmpty() ? word.code().isEmpty() ? NOBODY : word.code() : word.label();
    }

    /** A word of a closed set, for readers of either language. */
    private static String both(Word word) {
        return word.label().isEmpty() ? shown(word) : word.label() + " " + word.code();
    }

    /** Ids of examples, which stand on one line whatever the column's width. */
    private record Ids(String text) {}

    private static Ids ids(Line line) {
        return new Ids(String.join(" ", line.examples()));
    }

    private void summary(Map<String, String> about) {
        var page = new Page("概要", 44, 26, 14, 14, 16, 16);
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
                    comparable ? share(report.of(result), report.compared()) : "");
        }
        page.row("变为无处可派 Becomes unroutable", report.unroutable(), share(report.unroutable(), report.compared()));

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
        int first = page.next;
        kinds.values().forEach(page::row);
        if (!kinds.isEmpty()) {
            var series = new ArrayList<Integer>();
            for (Result result : List.of(Result.CHANGED, Result.REFUSED, Result.OTHER_REASONS)) {
                series.add(column(result));
            }
            chart(page, "按决策种类的变化 Changes by kind", first, page.next - 1, series, 7, 0);
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

    private int lines(Page page, List<Line> lines) {
        int first = page.next;
        for (Line line : lines) {
            page.row(
                    both(line.first()),
                    line.second().equals(Word.NONE) ? "" : both(line.second()),
                    line.count(),
                    share(line.count(), report.compared()),
                    ids(line));
        }
        if (lines.isEmpty()) {
            page.none();
        }
        return first;
    }

    private void outcomes() {
        var page = new Page("去向变化", 24, 24, 12, 10, 36, 40);
        page.title("结果变了的决定 Decisions whose outcome changes");
        page.header("原结果 From", "新结果 To", DECISIONS, "占比 Share", "变化 Change", EXAMPLES);
        List<Line> lines = report.sorted(Count.OUTCOMES);
        int first = lines(page, lines);
        for (int i = 0; i < lines.size(); i++) {
            XSSFRow row = page.sheet.getRow(first + i);
            row.getCell(4)
                    .setCellValue(shown(lines.get(i).first()) + " → "
                            + shown(lines.get(i).second()));
            XSSFCell examples = row.createCell(5);
            examples.setCellValue(cut(ids(lines.get(i)).text()));
            examples.setCellStyle(oneLine);
        }
        if (!lines.isEmpty()) {
            chart(
                    page,
                    "去向变化 Changes of outcome",
                    first,
                    first + Math.min(MOST_BARS, lines.size()) - 1,
                    List.of(2),
                    7,
                    4);
        }
    }

    private void bodies() {
        var page = new Page("单位", 26, 26, 12, 10, 40);
        page.title("各单位牵头的增减 Who loses and gains the lead");
        page.header("单位 Body", "转出 Loses", "转入 Gains", "净增 Net");
        List<Line> lines = report.sorted(Count.LEADS);
        Map<String, long[]> bodies = new TreeMap<>();
        for (Line line : lines) {
            bodies.computeIfAbsent(shown(line.first()), body -> new long[2])[0] += line.count();
            bodies.computeIfAbsent(shown(line.second()), body -> new long[2])[1] += line.count();
        }
        int first = page.next;
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
            chart(
                    page,
                    "牵头单位的增减 Leads lost and gained",
                    first,
                    first + Math.min(MOST_BARS, bodies.size()) - 1,
                    List.of(1, 2),
                    6,
                    0);
        }
        page.title("牵头单位变了的决定 Decisions whose lead changes");
        page.header("原牵头 From", "新牵头 To", DECISIONS, "占比 Share", EXAMPLES);
        lines(page, lines);
    }

    private void eventTypes() {
        var page = new Page("事项", 30, 30, 12, 10, 40);
        page.title("结论变了的决定，按事项 Changed decisions by event type");
        page.header("原事项 From", "新事项 To", DECISIONS, "占比 Share", EXAMPLES);
        lines(page, report.sorted(Count.EVENT_TYPES));
    }

    private void dues() {
        var page = new Page("时限", 24, 30, 12, 18, 40);
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
        var page = new Page("责任行", 10, 18, 18, 12, 70, 40);
        page.title("结论变了的决定里，理由变了的行与规则 Rows and rules whose part in changed decisions is another");
        page.header("种类 Sort", "编号 Id", "变为 Became", DECISIONS, "内容 Says", EXAMPLES);
        int before = page.next;
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
        if (page.next == before) {
            page.none();
        } else {
            page.sheet.setAutoFilter(new CellRangeAddress(1, page.next - 1, 0, 5));
        }
    }

    private void examples() {
        var page = new Page("例子", 40, 14, 24, 24, 24, 40, 34, 34);
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
        if (page.next == 2) {
            page.none();
        } else {
            page.sheet.setAutoFilter(new CellRangeAddress(1, page.next - 1, 0, 7));
        }
    }

    /**
     * A bar chart of rows of a table, beside it.
     *
     * @param series the columns of the numbers, whose headers stand over the first row
     * @param column where it begins
     * @param categories the column that says what each bar is of
     */
    private static void chart(
            Page page, String title, int first, int last, List<Integer> series, int column, int categories) {
        XSSFDrawing drawing = page.sheet.createDrawingPatriarch();
        int height = Math.max(14, 2 * (last - first + 1) + 8);
        XSSFChart chart = drawing.createChart(drawing.createAnchor(0, 0, 0, 0, column, 1, column + 10, 1 + height));
        chart.setTitleText(title);
        chart.setTitleOverlay(false);
        chart.getOrAddLegend().setPosition(LegendPosition.BOTTOM);
        XDDFCategoryAxis across = chart.createCategoryAxis(AxisPosition.LEFT);
        across.setOrientation(AxisOrientation.MAX_MIN);
        XDDFValueAxis along = chart.createValueAxis(AxisPosition.BOTTOM);
        along.setCrosses(AxisCrosses.MAX);
        along.setCrossBetween(AxisCrossBetween.BETWEEN); // or the bars are drawn half or not at all
        along.setNumberFormat("0");
        var data = (XDDFBarChartData) chart.createData(ChartTypes.BAR, across, along);
        data.setBarDirection(BarDirection.BAR);
        data.setVaryColors(false);
        var names = XDDFDataSourcesFactory.fromStringCellRange(
                page.sheet, new CellRangeAddress(first, last, categories, categories));
        for (int each : series) {
            var numbers = XDDFDataSourcesFactory.fromNumericCellRange(
                    page.sheet, new CellRangeAddress(first, last, each, each));
            var bars = data.addSeries(names, numbers);
            bars.setTitle(page.sheet.getRow(first - 1).getCell(each).getStringCellValue(), null);
            bars.setFillProperties(
                    new XDDFSolidFillProperties(XDDFColor.from(COLOURS.get(series.indexOf(each) % COLOURS.size()))));
        }
        chart.plot(data);
    }
}
