package liandong.scoring;

import java.math.BigDecimal;
import java.math.RoundingMode;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Member;
import liandong.incident.Presented;
import org.jspecify.annotations.Nullable;

/**
 * One measure of a period.
 *
 * <p>A rate is kept as the exact fraction it is; only {@link #rate} is rounded, for people.
 *
 * @param measure what is measured
 * @param leaderOrMedia whether it is about cases of leaders and media only
 * @param count the number, or the upper part of a rate
 * @param of the lower part of a rate; 0 when there was nothing to take a rate of, or when it is no rate
 */
public record Measured(
        @Column("指标 Measure") Measure measure,
        @Column("领导媒体 Leader or media") boolean leaderOrMedia,
        @Column("件数 Count") @Bounds(max = 10_000_000) int count,
        @Column("基数 Of") @Bounds(max = 10_000_000) int of)
        implements Presented {
    /** A measure as callers get it. */
    record Shown(
            @Member(label = "指标 Measure", meaning = "what is measured", trace = true)
            Measure measure,

            @Member(meaning = "whether it is about cases of leaders and media only; absent for a rate") @Nullable
            Boolean leaderOrMedia,

            @Member(meaning = "the number, or the upper part of a rate")
            int count,

            @Member(meaning = "the lower part of a rate; absent for a number") @Nullable
            Integer of,

            @Member(
                    label = "比率 Rate",
                    meaning = "the rate, to 2 decimals; absent for a number, and when there was nothing to take one of",
                    unit = "percent",
                    example = "80.12")
            @Nullable
            BigDecimal rate) {}

    @Override
    public Shown presented() {
        return isRate()
                ? new Shown(measure, null, count, of, rate())
                : new Shown(measure, leaderOrMedia, count, null, null);
    }

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Whether it is a share in percent. */
    public boolean isRate() {
        return measure.isRate();
    }

    /** The share in percent, to 2 decimals; null when it is none. */
    public @Nullable BigDecimal rate() {
        return isRate() && of > 0 ? hundredfold().divide(BigDecimal.valueOf(of), 2, RoundingMode.HALF_UP) : null;
    }

    private BigDecimal hundredfold() {
        return HUNDRED.multiply(BigDecimal.valueOf(count));
    }

    /**
     * By how much it misses a threshold, times what it is divided by: percentage points short times {@link #of} for a
     * rate, the number in excess for a number; 0 when it does not miss it.
     */
    public BigDecimal missTimesOf(BigDecimal threshold) {
        BigDecimal miss = isRate()
                ? threshold.multiply(BigDecimal.valueOf(of)).subtract(hundredfold())
                : BigDecimal.valueOf(count).subtract(threshold);
        return miss.max(BigDecimal.ZERO);
    }

    /** What {@link #missTimesOf} is to be divided by. */
    public BigDecimal divisor() {
        return BigDecimal.valueOf(isRate() ? Math.max(of, 1) : 1);
    }
}
