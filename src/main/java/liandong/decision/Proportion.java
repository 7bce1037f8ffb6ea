package liandong.decision;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * So many of so many, and how sure that is.
 *
 * @param count how many; 0 or more
 * @param of of how many; as many or more
 */
public record Proportion(long count, long of) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal FOUR = BigDecimal.valueOf(4);

    /** The quantile of the normal distribution for 95 %. */
    private static final BigDecimal Z = new BigDecimal("1.96");

    /**
     * Between which shares the true one lies with 95 % confidence.
     *
     * @param low the lower bound in percent, to 2 decimals
     * @param high the upper bound in percent, to 2 decimals
     */
    public record Interval(BigDecimal low, BigDecimal high) {}

    /** In percent, to 2 decimals; null when there is nothing to take a share of. */
    public @Nullable BigDecimal percent() {
        return of == 0
                ? null
                : HUNDRED.multiply(BigDecimal.valueOf(count)).divide(BigDecimal.valueOf(of), 2, RoundingMode.HALF_UP);
    }

    /**
     * The share among the others.
     *
     * @param part what this counts too: no more of either kind than it has
     */
    public Proportion without(Proportion part) {
        return new Proportion(count - part.count, of - part.of);
    }

    /** The Wilson score interval at 95 %; null when there is nothing to take a share of. */
    public @Nullable Interval interval() {
        if (of == 0) {
            return null;
        }
        MathContext exact = MathContext.DECIMAL64;
        BigDecimal n = BigDecimal.valueOf(of);
        BigDecimal p = BigDecimal.valueOf(count).divide(n, exact);
        BigDecimal squared = Z.multiply(Z);
        BigDecimal below = BigDecimal.ONE.add(squared.divide(n, exact));
        BigDecimal middle = p.add(squared.divide(n.multiply(TWO), exact)).divide(below, exact);
        BigDecimal half = p.multiply(BigDecimal.ONE.subtract(p))
                .divide(n, exact)
                .add(squared.divide(n.multiply(n).multiply(FOUR), exact))
                .sqrt(exact)
                .multiply(Z)
                .divide(below, exact);
        return new Interval(rounded(middle.subtract(half)), rounded(middle.add(half)));
    }

    /**
     * By how much the true share is greater than another, at the least, with 95 % confidence (Newcombe's score interval of a
     * difference): in percentage points to 2 decimals, less than zero when it may be smaller.
     *
     * @return null when there is nothing to take one of the shares of
     */
    public @Nullable BigDecimal surelyAbove(Proportion other) {
        BigDecimal own = percent();
        BigDecimal others = other.percent();
        Interval interval = interval();
        Interval ofOthers = other.interval();
        if (own == null || others == null || interval == null || ofOthers == null) {
            return null;
        }
        BigDecimal below = own.subtract(interval.low());
        BigDecimal above = ofOthers.high().subtract(others);
        BigDecimal doubt = below.multiply(below).add(above.multiply(above)).sqrt(MathContext.DECIMAL64);
        return own.subtract(others).subtract(doubt).setScale(2, RoundingMode.HALF_UP);
    }

    private static BigDecimal rounded(BigDecimal share) {
        return share.max(BigDecimal.ZERO).min(BigDecimal.ONE).multiply(HUNDRED).setScale(2, RoundingMode.HALF_UP);
    }
}
