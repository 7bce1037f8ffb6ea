package liandong.quality;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import liandong.decision.Trouble;
import liandong.quality.QualityReport.CaseInTrouble;
import liandong.quality.QualityReport.Cause;
import liandong.quality.QualityReport.Figure;
import liandong.quality.QualityReport.Judgement;
import liandong.workbook.ReportBook;
import liandong.workbook.ReportBook.Page;
import org.jspecify.annotations.Nullable;

/** Which rows and rules are to be mended, as a workbook for those who mend them: figures, charts, cases. */
public final class QualityWorkbook {
    private static final double HUNDRED = 100;
    private static final int CASES_COLUMN = 4;
    private static final int SURPLUS_COLUMN = 5;

    private final ReportBook book;
    private final QualityReport report;

    private QualityWorkbook(ReportBook book, QualityReport report) {
        this.book = book;
        this.report = report;
    }

    /** Writes the workbook. */
    public static void write(QualityReport report, OutputStream out) throws IOException {
        try (var book = new ReportBook()) {
            var made = new QualityWorkbook(book, report);
            made.summary();
            made.toMend();
            made.all("各行", "本期用到的行，最差在前 Rows that had a part, worst first", report.rows());
            made.all("各规则", "本期用到的规则，最差在前 Rules that had a part, worst first", report.rules());
            made.cases();
            book.write(out);
        }
    }

    private static String both(Trouble trouble) {
        return trouble.label() + " " + trouble;
    }

    private static Object share(@Nullable BigDecimal percent) {
        return percent == null ? "" : (Object) (percent.doubleValue() / HUNDRED);
    }

    private void summary() {
        var page = book.page("概要", 40, 30, 14, 14, 14, 14);
        page.title("行的质量 What came of what rows decided");
        page.header("项 Item", "值 Value");
        page.row("自 From", report.from() == null ? "最早 the first" : report.from());
        page.row("至 To", report.to());
        page.row("对照的政策 Policy", report.policy().label());
        page.row("政策版本 Version", report.policy().version());
        page.row("案件 Cases", report.cases());
        page.row("决定 Decisions", report.decisions());
        page.row("待修订的行 Rows to mend", report.toMend());
        page.row("是否看完 Complete", report.complete() ? "是 yes" : "否，请缩短期间 no, choose a shorter period");
        page.title("全部案件 All cases");
        page.header("情形 Trouble", "比率 Share", "件数 Count", "基数 Of", "下限 Low", "上限 High");
        int first = page.next();
        for (Figure figure : report.all()) {
            page.row(
                    both(figure.trouble()),
                    share(figure.rate()),
                    figure.count(),
                    figure.of(),
                    share(figure.low()),
                    share(figure.high()));
        }
        if (report.all().isEmpty()) {
            page.none();
        } else {
            page.shares("全部案件 All cases", first, page.next() - 1, 1, 7, 0);
        }
    }

    private List<Judgement> mended() {
        return report.rows().stream().filter(row -> row.surplus().signum() > 0).toList();
    }

    private void toMend() {
        var page = book.page("待修订", 16, 30, 60, 10, 10, 14, 46, 46);
        page.title(
                "待修订的行，最差在前：比同表其余行更常出问题，且不是偶然（95%）"
                        + " Rows to mend, worst first: more trouble than with the other rows of their sheet, and more than chance");
        page.header(
                "编号 Id", "位置 At", "内容 Says", "现状 State", "案件 Cases", "至少多出 At least more", "依据 Because", "案例 Cases");
        int first = page.next();
        for (Judgement row : mended()) {
            page.row(
                    row.id(),
                    String.valueOf(row.at()),
                    row.says(),
                    row.state().label() + " " + row.state(),
                    row.cases(),
                    row.surplus(),
                    row.figures().stream()
                            .filter(Figure::answersFor)
                            .filter(figure -> figure.count() > 0)
                            .map(QualityWorkbook::told)
                            .collect(Collectors.joining("\n")),
                    row.examples().stream().map(CaseInTrouble::incidentId).collect(Collectors.joining(" ")));
        }
        if (mended().isEmpty()) {
            page.none();
        } else {
            int last = first + Math.min(ReportBook.MOST_BARS, mended().size()) - 1;
            page.chart("最该修订的行 The worst rows", first, last, List.of(CASES_COLUMN, SURPLUS_COLUMN), 9, 0);
        }
    }

    private static String told(Figure figure) {
        String causes = figure.because().stream().map(QualityWorkbook::told).collect(Collectors.joining("、"));
        return figure.trouble().label() + " " + figure.count() + "/" + figure.of() + "（" + figure.rate() + "%，区间 "
                + figure.low() + "–" + figure.high() + "，其余 "
                + (figure.others() == null ? "–" : figure.others() + "%") + "）" + causes;
    }

    private static String told(Cause cause) {
        return cause.why() + " " + cause.count();
    }

    private void all(String sheet, String title, List<Judgement> all) {
        var page = book.page(sheet, 16, 30, 60, 18, 10, 12, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10);
        page.title(title);
        var header = new ArrayList<String>(
                List.of("编号 Id", "位置 At", "内容 Says", "现状 State", "案件 Cases", "至少多出 At least more"));
        for (Trouble trouble : Trouble.values()) {
            header.add(both(trouble));
            header.add(trouble.label() + "基数 of");
            header.add(trouble.label() + "比率 share");
        }
        page.header(header.toArray(String[]::new));
        for (Judgement each : all) {
            var row = new ArrayList<Object>(List.of(
                    each.id(),
                    each.at() == null ? "" : each.at(),
                    each.says(),
                    each.state().label() + " " + each.state(),
                    each.cases(),
                    each.surplus()));
            Map<Trouble, Figure> figures =
                    each.figures().stream().collect(Collectors.toMap(Figure::trouble, figure -> figure));
            for (Trouble trouble : Trouble.values()) {
                Figure figure = figures.get(trouble);
                row.add(figure == null ? "" : (Object) figure.count());
                row.add(figure == null ? "" : (Object) figure.of());
                row.add(share(figure == null ? null : figure.rate()));
            }
            page.row(row.toArray());
        }
        page.filter();
        more(page, all);
    }

    private void more(Page page, List<Judgement> all) {
        if (report.moreRows() > 0 && all.equals(report.rows())) {
            page.row("另有 " + report.moreRows() + " 行 more rows");
        }
    }

    private void cases() {
        var page = book.page("案例", 16, 30, 26, 40, 26, 40);
        page.title("出问题的案件，每行最多五件 Cases in which something went wrong, at most five a row");
        page.header("编号 Id", "位置 At", "事件 Incident", "决定 Decision", "存档时间 Kept at", "情形 Trouble");
        for (Judgement row : report.rows()) {
            for (CaseInTrouble each : row.examples()) {
                page.row(
                        row.id(),
                        String.valueOf(row.at()),
                        each.incidentId(),
                        each.decisionId(),
                        each.at(),
                        each.troubles().stream().map(QualityWorkbook::both).collect(Collectors.joining("、")));
            }
        }
        page.filter();
    }
}
