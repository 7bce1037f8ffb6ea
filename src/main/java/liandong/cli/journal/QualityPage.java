package liandong.cli.journal;

import java.util.List;
import java.util.stream.Collectors;
import liandong.explain.Page;
import liandong.explain.Phrases;
import liandong.quality.QualityReport;
import liandong.quality.QualityReport.CaseInTrouble;
import liandong.quality.QualityReport.Figure;
import liandong.quality.QualityReport.Judgement;
import liandong.quality.QualityReport.State;

/** Which rows are to be mended, as a person reads it. */
final class QualityPage {
    private final QualityReport report;
    private final Phrases say;
    private final Page page = new Page();

    private QualityPage(QualityReport report, Phrases say) {
        this.report = report;
        this.say = say;
    }

    static String of(QualityReport report, Phrases say) {
        return new QualityPage(report, say).text();
    }

    private String text() {
        page.heading(say.of(
                "quality.heading",
                report.cases(),
                report.decisions(),
                report.policy().label(),
                report.policy().version().substring(0, 12)));
        if (report.cases() == 0) {
            page.paragraph(2, say.of("quality.none"));
            return page.toString();
        }
        if (!report.complete()) {
            page.paragraph(2, say.of("quality.incomplete"));
        }
        report.all().forEach(figure -> page.entry(2, "• ", figure(figure)));
        if (report.cases() > 0 && report.all().size() == 1) {
            page.paragraph(2, say.of("quality.unfollowed"));
        }
        List<Judgement> toMend = toMend(report.rows());
        page.heading(say.of("quality.rows", report.toMend()));
        toMend.forEach(this::judgement);
        if (report.toMend() == 0) {
            page.paragraph(2, say.of("quality.noRows"));
        } else if (report.toMend() > toMend.size()) {
            page.paragraph(2, say.of("quality.more", report.toMend() - toMend.size()));
        }
        List<Judgement> rules = toMend(report.rules());
        page.heading(say.of("quality.rules", rules.size()));
        rules.forEach(this::judgement);
        if (rules.isEmpty()) {
            page.paragraph(2, say.of("quality.noRules"));
        }
        return page.toString();
    }

    private static List<Judgement> toMend(List<Judgement> all) {
        return all.stream().filter(each -> each.surplus().signum() > 0).toList();
    }

    private void judgement(Judgement each) {
        String place = each.at() == null ? each.id() : each.id() + "  " + each.at();
        page.entry(2, "• ", say.of("quality.row", place, each.surplus(), each.cases()));
        if (each.state() != State.CURRENT) {
            page.paragraph(4, say.of("quality.state." + each.state()));
        }
        page.paragraph(4, each.says());
        each.figures().stream()
                .filter(figure -> figure.answersFor() && figure.count() > 0)
                .forEach(figure -> page.paragraph(4, figure(figure)));
        if (!each.examples().isEmpty()) {
            page.paragraph(
                    4,
                    say.of(
                            "quality.examples",
                            say.list(each.examples().stream()
                                    .map(CaseInTrouble::incidentId)
                                    .toList())));
        }
    }

    private String figure(Figure figure) {
        String told = say.of(
                "quality.figure",
                say.word(figure.trouble()),
                figure.count(),
                figure.of(),
                figure.rate(),
                figure.low(),
                figure.high());
        if (figure.others() != null && figure.answersFor()) {
            told = say.join(told, say.of("quality.others", figure.others()));
        }
        return figure.because().isEmpty()
                ? told
                : say.join(
                        told,
                        say.of(
                                "quality.because",
                                figure.because().stream()
                                        .map(cause -> cause.why() + " " + cause.count())
                                        .collect(Collectors.joining(say.chinese() ? "、" : ", "))));
    }
}
