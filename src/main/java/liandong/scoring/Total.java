package liandong.scoring;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import liandong.incident.Column;
import liandong.table.RowRef;
import org.jspecify.annotations.Nullable;

/**
 * What the lines come to (合计).
 *
 * @param of what it is a score of
 * @param score the points, within floor and ceiling
 * @param outOf the most there could have been
 * @param complete whether everything has been scored, so that it can be graded
 * @param limits the lines that keep it within floors, ceilings and caps; empty when it lies there by itself
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

    /** The total of a case that nothing caps. */
    public static Total ofCase(CaseBaseRow base, Collection<?> lines) {
        return ofCase(base, lines, List.of());
    }

    /** The total of a case: within floor and ceiling, then under the lowest cap, but never below the floor. */
    public static Total ofCase(CaseBaseRow base, Collection<?> lines, Collection<?> caps) {
        BigDecimal sum = ScoreLine.sum(lines(lines));
        var limits = new ArrayList<ScoreLine>();
        ScoreLine limit = ScoreLine.limit(null, sum, base.floor(), base.ceiling(), base.ref());
        if (limit != null) {
            limits.add(limit);
            sum = sum.add(limit.points());
        }
        Cap lowest = lowest(caps);
        ScoreLine capped =
                lowest == null ? null : ScoreLine.capped(sum, most(lowest).max(base.floor()), lowest);
        if (capped != null) {
            limits.add(capped);
            sum = sum.add(capped.points());
        }
        return new Total(ScoreSubject.CASE, sum, base.ceiling(), true, List.copyOf(limits));
    }

    /** Whether a cap is the one that keeps it where it is. */
    boolean isCappedBy(Cap cap) {
        return limits.stream()
                .anyMatch(line -> line.of() == ScoreLineKind.CAP
                        && cap.event().equals(line.event())
                        && cap.row().ref().equals(line.row()));
    }

    /** Whether a cap is the one that keeps it where it is. */
    boolean isCappedBy(PeriodCap cap) {
        return limits.stream()
                .anyMatch(line -> line.of() == ScoreLineKind.CAP
                        && cap.measured().equals(line.measured())
                        && cap.row().ref().equals(line.row()));
    }

    /** The cap that allows least; of several that allow as little the one of the earliest event. */
    private static @Nullable Cap lowest(Collection<?> caps) {
        return caps.stream()
                .map(Cap.class::cast)
                .min(Comparator.comparing((Cap cap) -> most(cap))
                        .thenComparing(cap -> cap.event().at().toInstant())
                        .thenComparing(cap -> cap.row().ref().id())
                        .thenComparing(Cap::toString))
                .orElse(null);
    }

    /** The same of a period; of several that allow as little the one of the row whose id comes first. */
    private static @Nullable PeriodCap lowestOfPeriod(Collection<?> caps) {
        return caps.stream()
                .map(PeriodCap.class::cast)
                .min(Comparator.comparing((PeriodCap cap) -> most(cap))
                        .thenComparing(cap -> cap.row().ref().id())
                        .thenComparing(PeriodCap::toString))
                .orElse(null);
    }

    private static BigDecimal most(PeriodCap cap) {
        return Objects.requireNonNull(cap.row().cap());
    }

    private static BigDecimal most(Cap cap) {
        return Objects.requireNonNull(cap.row().cap());
    }

    /** The total of a period that nothing caps. */
    public static Total ofPeriod(Collection<?> items, Collection<?> lines) {
        return ofPeriod(items, lines, List.of());
    }

    /**
     * The total of a period, under the lowest cap; items that nobody has given points for are left out of it. A cap never goes
     * below what the items come to at least.
     */
    public static Total ofPeriod(Collection<?> items, Collection<?> lines, Collection<?> caps) {
        var limits = new ArrayList<ScoreLine>();
        BigDecimal score = ScoreLine.sum(List.of());
        BigDecimal outOf = score;
        BigDecimal least = score;
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
            least = least.add(item.floor());
        }
        PeriodCap lowest = lowestOfPeriod(caps);
        ScoreLine capped =
                lowest == null ? null : ScoreLine.capped(score, most(lowest).max(least), lowest);
        if (capped != null) {
            limits.add(capped);
            score = score.add(capped.points());
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
