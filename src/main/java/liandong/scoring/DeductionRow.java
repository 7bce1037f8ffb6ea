package liandong.scoring;

import java.math.BigDecimal;
import java.math.RoundingMode;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * What a measure that misses its threshold costs (期间扣分).
 *
 * @param item the item it is taken from
 * @param threshold the rate from which on nothing is taken, or the number up to which nothing is
 * @param each points taken for each percentage point short, or for each one in excess
 * @param times how many times over, e.g. 2 where it counts double
 * @param rounding what becomes of a part of a percentage point
 * @param cap the most a period can score whose measure misses the threshold, whatever else it scores; null for no such limit
 * @param ref the row
 */
@Sheet(value = "期间扣分", about = Measured.class)
public record DeductionRow(
        @Column("项目 Item") PeriodItem item,
        @Column("达标值 Threshold") BigDecimal threshold,
        @Column("每点扣 Each") @Bounds(max = 10_000) BigDecimal each,
        @Column("倍数 Times") @Bounds(max = 10_000) BigDecimal times,
        @Column("尾数 Rounding") Rounding rounding,

        @Column(value = "最高 Cap", optional = true, mayBeAbsent = true) @Nullable
        BigDecimal cap,

        @Override RowRef ref)
        implements ScoringRow {

    /** Whether a measure misses the threshold by so much that it costs points. */
    public boolean isMissedBy(Measured measured) {
        return points(measured).signum() < 0;
    }

    /**
     * The points that a number of failed checks costs if it is taken as a rate: so much for each percentage point of a whole.
     * Fraud and refusals are few and grave, and count one by one.
     */
    BigDecimal pointsAsRate(Measured number, int whole) {
        boolean ofChecks =
                number.measure() == Measure.FAILED_CHECKS || number.measure() == Measure.CASES_WITH_THREE_FAILED_CHECKS;
        return !ofChecks || number.leaderOrMedia() || whole <= 0
                ? points(number)
                : number.missTimesOf(threshold)
                        .movePointRight(2)
                        .multiply(each)
                        .multiply(times)
                        .divide(BigDecimal.valueOf(whole), ScoreLine.DECIMALS, RoundingMode.HALF_UP)
                        .negate();
    }

    /** The points a measure costs: negative, or zero when it does not miss the threshold. */
    public BigDecimal points(Measured measured) {
        BigDecimal miss = measured.missTimesOf(threshold);
        BigDecimal divisor = measured.divisor();
        if (rounding != Rounding.PROPORTIONAL) {
            miss = miss.divide(divisor, 0, rounding.mode());
            divisor = BigDecimal.ONE;
        }
        return miss.multiply(each)
                .multiply(times)
                .divide(divisor, ScoreLine.DECIMALS, RoundingMode.HALF_UP)
                .negate();
    }
}
