package liandong.scoring;

import java.util.ArrayList;
import java.util.List;
import liandong.decision.DecisionPage;
import liandong.decision.DecisionRecord;
import liandong.explain.Phrases;

/** Scores as a person reads them. */
final class ScoringPage {
    private final Phrases say;
    private final List<String> told = new ArrayList<>();

    private ScoringPage(Phrases say) {
        this.say = say;
    }

    /** The score of a case. */
    static String of(DecisionRecord<ScoringFacts, ScoringDecision> record, Phrases say) {
        var page = new ScoringPage(say);
        page.scoring(record.decided());
        return DecisionPage.of(record, page.told, say);
    }

    /** The scores of bodies for a period. */
    static String ofPeriods(DecisionRecord<PeriodFacts, PeriodDecision> record, Phrases say) {
        var page = new ScoringPage(say);
        record.decided().scores().forEach(score -> {
            String body =
                    score.period().body() == null ? "" : score.period().body().label() + " ";
            page.told.add(body + page.scored(score.result()));
        });
        return DecisionPage.of(record, page.told, say);
    }

    private void scoring(ScoringDecision decision) {
        told.add(scored(decision));
        decision.lines().forEach(this::line);
        if (decision.ifAppealsAreUpheld() != null) {
            told.add(say.of(
                    "explain.appeal",
                    decision.ifAppealsAreUpheld().score().toPlainString(),
                    decision.ifAppealsAreUpheld().difference().toPlainString()));
        }
    }

    private String scored(ScoringDecision decision) {
        if (decision.score() == null) {
            return say.of("explain.notScored", say.word(decision.outcome()));
        }
        String score = say.of("explain.scored", decision.score().toPlainString(), String.valueOf(decision.outOf()));
        return decision.grade() == null ? score : say.join(score, say.of("explain.graded", say.word(decision.grade())));
    }

    private void line(ScoreLine line) {
        String says = line.row().says();
        if (line.event() != null && line.event().excluded() != null) {
            says = say.of("explain.excluded", says, line.event().excluded());
        }
        told.add(say.of(
                "explain.scoreLine", line.points().toPlainString(), line.row().id(), says));
    }
}
