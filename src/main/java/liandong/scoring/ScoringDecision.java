package liandong.scoring;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import liandong.engine.Clash;
import liandong.engine.Concluded;
import liandong.engine.Evidence;
import liandong.engine.Finding;
import liandong.engine.Reason;
import liandong.escalation.Lateness;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import liandong.policy.RuleRef;
import org.jspecify.annotations.Nullable;

/**
 * The score of one case, every point of it accounted for (个案得分).
 *
 * <p>Folded from findings; the order in which rules fired has no part in it.
 *
 * @param outcome how it ends; never null
 * @param score the points; null unless {@code SCORED}
 * @param outOf the most there could have been; null unless {@code SCORED}
 * @param grade how good that is; null when no row says so
 * @param lines every point gained or lost; they add up to the score
 * @param ifAppealsAreUpheld what it would be if every appeal were upheld; null when nothing is contested
 * @param lateness how late it was; null unless the case was given as escalation was asked about it
 * @param because every reason, by rule code and row id; never empty
 * @param unconfirmed ids of the rows among the reasons whose source is not confirmed
 */
public record ScoringDecision(
        @Member(label = "结果 Outcome", meaning = "how it ends", role = Role.OUTCOME)
        ScoringOutcome outcome,

        @Member(label = "得分 Score", meaning = "the points; only with SCORED", example = "95.00") @Nullable
        BigDecimal score,

        @Member(label = "满分 Out of", meaning = "the most there could have been; only with SCORED", example = "100.00")
        @Nullable
        BigDecimal outOf,

        @Member(label = "等次 Grade", meaning = "how good that is; absent when no row gives one") @Nullable
        Grade grade,

        @Member(meaning = "every point gained or lost; they add up to the score", trace = true)
        List<ScoreLine> lines,

        @Member(
                meaning = "what it would be if every appeal were upheld; absent when nothing is contested",
                prefix = "申诉后")
        @Nullable
        Appeal ifAppealsAreUpheld,

        @Member(
                meaning =
                        "how late it was by the limits of the body and of the citizen; when the case was given as escalation was"
                                + " asked about it",
                trace = true)
        @Nullable
        Lateness lateness,

        List<Reason> because,
        List<String> unconfirmed)
        implements Concluded {

    /** What is said when the tables leave the score open, so that even a faulty policy never answers with silence. */
    private static final RuleRef NO_TOTAL = new RuleRef("SCO-999", "各表定不出分数的，由人评分", "服务兜底");

    /** What is said of a body whose period is empty or faulty, among others that are scored. */
    private static final RuleRef NOT_SCORED = new RuleRef("SCO-998", "没有案件或者数据有误的单位不评分，其余单位照常评分", "服务兜底");

    /** The answer about a body whose period is empty or faulty. */
    static ScoringDecision notScored() {
        List<Reason> because = List.of(Reason.of(NOT_SCORED));
        return new ScoringDecision(
                ScoringOutcome.NOT_SCORED,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                because,
                Reason.unconfirmed(because));
    }

    /** Folds findings into the decision. */
    public static ScoringDecision of(Collection<Evidence<Finding>> findings) {
        var clashes = Evidence.only(Clash.class, findings);
        var lines = Evidence.only(ScoreLine.class, findings);
        var totals = Evidence.only(Total.class, findings);
        if (!clashes.isEmpty() || totals.size() != 1) {
            List<Reason> because = clashes.isEmpty() ? List.of(Reason.of(NO_TOTAL)) : Reason.all(clashes);
            return new ScoringDecision(
                    ScoringOutcome.MANUAL_SCORING,
                    null,
                    null,
                    null,
                    List.of(),
                    null,
                    null,
                    because,
                    Reason.unconfirmed(because));
        }
        var awards = Evidence.only(GradeAwarded.class, findings);
        Total total = totals.get(0).finding();
        var all = new ArrayList<ScoreLine>();
        lines.forEach(each -> all.add(each.finding()));
        all.addAll(total.limits());
        all.sort(ScoreLine.ORDER);
        var why = new ArrayList<Evidence<? extends Finding>>(lines);
        Evidence.only(Cap.class, findings).stream()
                .filter(cap -> total.isCappedBy(cap.finding()))
                .forEach(why::add);
        Evidence.only(PeriodCap.class, findings).stream()
                .filter(cap -> total.isCappedBy(cap.finding()))
                .forEach(why::add);
        why.addAll(totals);
        why.addAll(Evidence.only(SmallNumber.class, findings));
        why.addAll(Evidence.only(TooFew.class, findings));
        why.addAll(Evidence.only(Banded.class, findings));
        why.addAll(awards);
        List<Reason> because = Reason.all(why);
        return new ScoringDecision(
                ScoringOutcome.SCORED,
                total.score(),
                total.outOf(),
                awards.isEmpty() ? null : awards.get(0).finding().row().grade(),
                List.copyOf(all),
                null,
                null,
                because,
                Reason.unconfirmed(because));
    }

    /** The same with what it would be if every appeal were upheld. */
    public ScoringDecision appealed(ScoringDecision upheld) {
        if (score == null || upheld.score == null) {
            return this;
        }
        return new ScoringDecision(
                outcome,
                score,
                outOf,
                grade,
                lines,
                new Appeal(
                        upheld.score,
                        upheld.score.subtract(score),
                        upheld.grade,
                        without(lines, upheld.lines),
                        without(upheld.lines, lines)),
                lateness,
                because,
                unconfirmed);
    }

    /** The same with how late the case was. */
    ScoringDecision late(@Nullable Lateness how) {
        return new ScoringDecision(outcome, score, outOf, grade, lines, ifAppealsAreUpheld, how, because, unconfirmed);
    }

    /** The lines that are not among others, each taken away as often as it stands there. */
    private static List<ScoreLine> without(List<ScoreLine> lines, List<ScoreLine> others) {
        var rest = new ArrayList<>(lines);
        others.forEach(rest::remove);
        return List.copyOf(rest);
    }
}
