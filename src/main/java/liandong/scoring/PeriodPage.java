package liandong.scoring;

import java.util.ArrayList;
import java.util.List;
import liandong.engine.Reason;
import liandong.explain.Columns;
import liandong.explain.Page;
import liandong.explain.Phrases;
import liandong.explain.ReasonsSection;
import liandong.policy.Policy;
import liandong.scoring.PeriodDecision.ItemScore;
import liandong.scoring.PeriodDecision.PeriodScore;

/** The score of a period as a person reads it. */
final class PeriodPage {
    private static final int NAMES = 30;

    private PeriodPage() {}

    static String of(PeriodScore score, Policy policy, Phrases say) {
        var page = new Page();
        page.heading(say.of("score.rates"));
        for (Measured measured : score.measures()) {
            if (measured.rate() != null) {
                page.line("  " + Columns.left(say.word(measured.measure()), NAMES)
                        + Columns.right(measured.rate() + " %", 9) + "  "
                        + say.of("score.share", whole(measured.count()), whole(measured.of())));
            }
        }
        page.heading(say.of("score.points"));
        for (ItemScore item : score.items()) {
            page.line("  " + Columns.left(say.word(item.item()), NAMES)
                    + Columns.right(item.points().toPlainString(), 7));
            for (ScoreLine line : item.lines()) {
                if (line.of() != ScoreLineKind.BASE) {
                    page.line("    " + Columns.right(line.points().toPlainString(), 7) + "  " + say.word(line.of())
                            + "  " + line.row().id() + " " + line.row().says());
                }
            }
        }
        for (ScoreLine cap : score.caps()) {
            page.line("  " + Columns.left(say.word(cap.of()), NAMES)
                    + Columns.right(cap.points().toPlainString(), 7) + "  "
                    + cap.row().id() + " "
                    + cap.row().says());
        }
        if (score.result().score() == null) {
            page.line("  " + say.of("score.open"));
        } else {
            page.line("  " + Columns.left(say.of("score.total"), NAMES)
                    + Columns.right(score.result().score().toPlainString(), 7) + "  "
                    + say.of("score.outOf", String.valueOf(score.result().outOf())));
        }
        List<String> notGiven = score.notGiven().stream().map(say::word).toList();
        if (!notGiven.isEmpty()) {
            page.paragraph(2, say.of("score.notGiven", say.list(notGiven)));
        } else if (score.result().grade() != null) {
            page.paragraph(2, say.of("score.grade", say.word(score.result().grade())));
        }
        page.paragraph(2, say.of("score.asZero"));
        page.heading(say.of("explain.because"));
        for (Reason reason : score.result().because()) {
            String row = reason.row() == null ? "" : " " + reason.row() + " " + reason.says();
            var parts = new ArrayList<String>(List.of(say.of("explain.source", reason.source())));
            if (!reason.confirmed()) {
                parts.add(ReasonsSection.unconfirmed(policy, say));
            }
            page.paragraph(2, reason.rule() + " " + reason.title());
            page.paragraph(4, (row + " " + String.join(" ", parts)).strip());
        }
        page.heading(say.of("score.footer", policy.label(), policy.version().substring(0, 12)));
        return page.toString();
    }

    private static String whole(int number) {
        return Integer.toString(number);
    }
}
