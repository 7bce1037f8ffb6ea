package liandong.scoring;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import liandong.decision.Proportion;
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
 * @param small whether it is a rate of so few that it says little
 * @param band the band in which it lies; null for none
 */
public record Measured(
        @Column("指标 Measure") Measure measure,
        @Column("领导媒体 Leader or media") boolean leaderOrMedia,
        @Column("件数 Count") @Bounds(max = 10_000_000) int count,
        @Column("基数 Of") @Bounds(max = 10_000_000) int of,
        boolean small,
        @Nullable String band)
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
            BigDecimal rate,

            @Member(
                    meaning =
                            "true when the rate is one of so few that it says little; then the interval says how little")
            @Nullable
            Boolean small,

            @Member(
                    meaning =
                            "between which rates the true one lies with 95 % confidence (Wilson); absent unless small")
            @Nullable
            Interval interval,

            @Member(
                    label = "档次 Band",
                    meaning = "the band in which the rate lies; absent when no row gives one, and for a rate of few",
                    example = "\"第一档\"")
            @Nullable
            String band) {}

    /** Between which rates the true one lies, as callers get it. */
    record Interval(
            @Member(label = "区间下限 Low", meaning = "the lower bound, to 2 decimals", unit = "percent", example = "34.24")
            BigDecimal low,

            @Member(
                    label = "区间上限 High",
                    meaning = "the upper bound, to 2 decimals",
                    unit = "percent",
                    example = "100.00")
            BigDecimal high) {}

    /** A measure that is not known to be one of few. */
    public Measured(Measure measure, boolean leaderOrMedia, int count, int of) {
        this(measure, leaderOrMedia, count, of, false, null);
    }

    /** The same, of few. */
    Measured ofFew() {
        return new Measured(measure, leaderOrMedia, count, of, true, band);
    }

    /** The same, in a band. */
    Measured in(String which) {
        return new Measured(measure, leaderOrMedia, count, of, small, which);
    }

    @Override
    public Shown presented() {
        return isRate()
                ? new Shown(
                        measure, null, count, of, rate(), small ? Boolean.TRUE : null, small ? interval() : null, band)
                : new Shown(measure, leaderOrMedia, count, null, null, null, null, null);
    }

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Whether it is a share in percent. */
    public boolean isRate() {
        return measure.isRate();
    }

    /** The share in percent, to 2 decimals; null when it is none. */
    @Column("比率 Rate")
    @Bounds(max = 100)
    public @Nullable BigDecimal rate() {
        return isRate() && of > 0 ? hundredfold().divide(BigDecimal.valueOf(of), 2, RoundingMode.HALF_UP) : null;
    }

    private BigDecimal hundredfold() {
        return HUNDRED.multiply(BigDecimal.valueOf(count));
    }

    /**
     * By how much it misses a threshold, times what it is divided by: percentage points short, or in excess where one
     * wants little, times {@link #of} for a rate, the number in excess for a number; 0 when it does not miss it.
     */
    public BigDecimal missTimesOf(BigDecimal threshold) {
        BigDecimal miss = isRate()
                ? threshold.multiply(BigDecimal.valueOf(of)).subtract(hundredfold())
                : threshold.subtract(BigDecimal.valueOf(count));
        return (measure.isBad() ? miss.negate() : miss).max(BigDecimal.ZERO);
    }

    /** The Wilson score interval at 95 %; of a rate that is one of some. */
    private Interval interval() {
        Proportion.Interval interval = Objects.requireNonNull(new Proportion(count, of).interval());
        return new Interval(interval.low(), interval.high());
    }

    /** What {@link #missTimesOf} is to be divided by. */
    public BigDecimal divisor() {
        return BigDecimal.valueOf(isRate() ? Math.max(of, 1) : 1);
    }
}
