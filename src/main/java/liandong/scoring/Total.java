package liandong.scoring;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import liandong.incident.Column;
import liandong.table.RowRef;

/**
 * What the lines come to (合计).
 *
 * @param of what it is a score of
 * @param score the points, within floor and ceiling
 * @param outOf the most there could have been
 * @param complete whether everything has been scored, so that it can be graded
 * @param limits the lines that keep it within floors and ceilings; empty when it lies there by itself
 */
public record Total(
        @Column("评分 Score of") ScoreSubject of,
        @Column("得分 Score") BigDecimal score,
        BigDecimal outOf,
        boolean complete,
        List<ScoreLine> limits)
        implements ScoringFinding {

    /** Brings the points to their decimals. */
    public Total {
        score = score.setScale(ScoreLine.DECIMALS, RoundingMode.HALF_UP);
        outOf = outOf.setScale(ScoreLine.DECIMALS, RoundingMode.HALF_UP);
    }

    /** The total of a case. */
    public static Total ofCase(CaseBaseRow base, Collection<?> lines) {
        BigDecimal sum = ScoreLine.sum(lines(lines));
        ScoreLine limit = ScoreLine.limit(null, sum, base.floor(), base.ceiling(), base.ref());
        return new Total(
                ScoreSubject.CASE,
                limit == null ? sum : sum.add(limit.points()),
                base.ceiling(),
                true,
                limit == null ? List.of() : List.of(limit));
    }

    /** The total of a period; items that nobody has given points for are left out of it. */
    public static Total ofPeriod(Collection<?> items, Collection<?> lines) {
        var limits = new ArrayList<ScoreLine>();
        BigDecimal score = ScoreLine.sum(List.of());
        BigDecimal outOf = score;
        boolean complete = true;
        for (Object each : items) {
            var item = (ItemRow) each;
            List<ScoreLine> own = lines(lines).stream()
                    .filter(line -> line.item() == item.item())
                    .toList();
            if (own.isEmpty()) {
                complete = false;
                continue;
            }
            BigDecimal sum = ScoreLine.sum(own);
            ScoreLine limit = ScoreLine.limit(item.item(), sum, item.floor(), item.full(), item.ref());
            if (limit != null) {
                limits.add(limit);
                sum = sum.add(limit.points());
            }
            score = score.add(sum);
            outOf = outOf.add(item.full());
        }
        limits.sort(ScoreLine.ORDER);
        return new Total(ScoreSubject.PERIOD, score, outOf, complete, List.copyOf(limits));
    }

    private static List<ScoreLine> lines(Collection<?> lines) {
        return lines.stream().map(ScoreLine.class::cast).toList();
    }

    @Override
    public List<RowRef> rows() {
        return limits.stream().map(ScoreLine::row).toList();
    }
}
