package liandong.decision;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import liandong.incident.Measured;
import liandong.incident.Period;
import liandong.incident.PeriodItem;

/**
 * The scores of one or several bodies for a period, the best first (期间考核与排名).
 *
 * @param scores one for each body, by rank, then by the body's code; those without a score last
 * @param because every reason, by rule code and row id; never empty
 * @param unconfirmed ids of the rows among the reasons whose source is not confirmed
 */
public record PeriodDecision(List<PeriodScore> scores, List<Reason> because, List<String> unconfirmed) {

    /**
     * The score of one body.
     *
     * @param period what it is a score of
     * @param rank its place; those with the same score share one, and the places after them are left out (1, 2, 2, 4); 0
     *     without a score
     * @param items its items, in their order; items nobody has given points for are missing
     * @param measures what it was measured by
     * @param result score, grade and lines
     */
    public record PeriodScore(
            Period period, int rank, List<ItemScore> items, List<Measured> measures, ScoringDecision result) {}

    /**
     * The score of one item.
     *
     * @param item the item
     * @param points what its lines come to
     * @param lines every point gained or lost
     */
    public record ItemScore(PeriodItem item, BigDecimal points, List<ScoreLine> lines) {}

    /** Folds the findings about one body's period. */
    public static PeriodScore of(Period period, Collection<Evidence<Finding>> findings) {
        ScoringDecision result = ScoringDecision.of(findings);
        var items = new ArrayList<ItemScore>();
        for (PeriodItem item : PeriodItem.values()) {
            List<ScoreLine> lines =
                    result.lines().stream().filter(line -> line.item() == item).toList();
            if (!lines.isEmpty()) {
                items.add(new ItemScore(item, ScoreLine.sum(lines), lines));
            }
        }
        return new PeriodScore(period, 0, List.copyOf(items), period.measures(), result);
    }

    /** Ranks bodies by their scores; the order they are given in has no part in it. */
    public static PeriodDecision ranked(Collection<PeriodScore> bodies) {
        var scores = bodies.stream()
                .map(each -> new PeriodScore(
                        each.period(), rank(each, bodies), each.items(), each.measures(), each.result()))
                .sorted(Comparator.comparing((PeriodScore each) -> each.rank() == 0)
                        .thenComparing(PeriodScore::rank)
                        .thenComparing(PeriodDecision::name))
                .toList();
        List<Reason> because = Reason.merged(
                scores.stream().map(each -> each.result().because()).toList());
        return new PeriodDecision(scores, because, Reason.unconfirmed(because));
    }

    private static String name(PeriodScore score) {
        return score.period().body() == null ? "" : score.period().body().code();
    }

    private static int rank(PeriodScore one, Collection<PeriodScore> bodies) {
        BigDecimal score = one.result().score();
        if (score == null) {
            return 0;
        }
        return 1
                + (int) bodies.stream()
                        .map(each -> each.result().score())
                        .filter(other -> other != null && other.compareTo(score) > 0)
                        .count();
    }
}
