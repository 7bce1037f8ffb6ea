package liandong.table;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a cell asks of an attribute. Closed: there is no other way to state a condition.
 *
 * <p>Which form one has is found out by {@link #fold} and {@link #handle} only, which take something for every form. So
 * another form does not compile until each of its uses says what to do with it.
 */
public sealed interface Condition {
    /** Empty cell: anything, even nothing known. */
    record Any() implements Condition {
        @Override
        public <T extends @Nullable Object> T fold(
                Supplier<? extends T> any,
                Function<? super OneOf, ? extends T> oneOf,
                Function<? super NoneOf, ? extends T> noneOf,
                Function<? super Within, ? extends T> within) {
            return any.get();
        }

        @Override
        public void handle(
                Runnable any,
                Consumer<? super OneOf> oneOf,
                Consumer<? super NoneOf> noneOf,
                Consumer<? super Within> within) {
            any.run();
        }
    }

    /** {@code A、B}: one of these; of a text, that it contains one of these. */
    record OneOf(List<Object> values) implements Condition {
        @Override
        public <T extends @Nullable Object> T fold(
                Supplier<? extends T> any,
                Function<? super OneOf, ? extends T> oneOf,
                Function<? super NoneOf, ? extends T> noneOf,
                Function<? super Within, ? extends T> within) {
            return oneOf.apply(this);
        }

        @Override
        public void handle(
                Runnable any,
                Consumer<? super OneOf> oneOf,
                Consumer<? super NoneOf> noneOf,
                Consumer<? super Within> within) {
            oneOf.accept(this);
        }
    }

    /** {@code 非 A、B}: something else than these; of a text, that it contains none of these. */
    record NoneOf(List<Object> values) implements Condition {
        @Override
        public <T extends @Nullable Object> T fold(
                Supplier<? extends T> any,
                Function<? super OneOf, ? extends T> oneOf,
                Function<? super NoneOf, ? extends T> noneOf,
                Function<? super Within, ? extends T> within) {
            return noneOf.apply(this);
        }

        @Override
        public void handle(
                Runnable any,
                Consumer<? super OneOf> oneOf,
                Consumer<? super NoneOf> noneOf,
                Consumer<? super Within> within) {
            noneOf.accept(this);
        }
    }

    /**
     * {@code 5}, {@code ≥5}, {@code 3~9}, {@code 1、3、7~9}, {@code 非 5}…: a number, or a date as days since 1970, within
     * one of some ranges.
     *
     * @param ranges at least one, in order; no two of them overlap
     */
    record Within(List<Range> ranges) implements Condition {
        public Within {
            ranges = List.copyOf(ranges);
        }

        /** One range alone. */
        public Within(@Nullable BigDecimal from, boolean fromIncluded, @Nullable BigDecimal to, boolean toIncluded) {
            this(List.of(new Range(from, fromIncluded, to, toIncluded)));
        }

        /** Whether a value lies within one of the ranges. */
        public boolean holds(BigDecimal value) {
            return ranges.stream().anyMatch(range -> range.holds(value));
        }

        /** All the bounds there are, in order. */
        public Stream<BigDecimal> bounds() {
            return ranges.stream()
                    .flatMap(range -> Stream.of(range.from(), range.to()).flatMap(Stream::ofNullable));
        }

        @Override
        public <T extends @Nullable Object> T fold(
                Supplier<? extends T> any,
                Function<? super OneOf, ? extends T> oneOf,
                Function<? super NoneOf, ? extends T> noneOf,
                Function<? super Within, ? extends T> within) {
            return within.apply(this);
        }

        @Override
        public void handle(
                Runnable any,
                Consumer<? super OneOf> oneOf,
                Consumer<? super NoneOf> noneOf,
                Consumer<? super Within> within) {
            within.accept(this);
        }
    }

    /**
     * What lies between two bounds.
     *
     * @param from lower bound; null for none
     * @param fromIncluded whether the lower bound itself counts
     * @param to upper bound; null for none
     * @param toIncluded whether the upper bound itself counts
     */
    record Range(
            @Nullable BigDecimal from,
            boolean fromIncluded,
            @Nullable BigDecimal to,
            boolean toIncluded) {
        private static final Comparator<Range> BY_LOWER_BOUND = Comparator.comparing(
                        Range::from, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Range::fromIncluded, Comparator.reverseOrder());

        /** Whether a value lies within. */
        public boolean holds(BigDecimal value) {
            int low = from == null ? 1 : value.compareTo(from);
            int high = to == null ? -1 : value.compareTo(to);
            return (low > 0 || (low == 0 && fromIncluded)) && (high < 0 || (high == 0 && toIncluded));
        }

        /** The same numbers in ranges of which no two overlap or touch, in order. */
        static List<Range> union(List<Range> ranges) {
            var union = new ArrayList<Range>();
            for (Range next : ranges.stream().sorted(BY_LOWER_BOUND).toList()) {
                Range last = union.isEmpty() ? null : union.get(union.size() - 1);
                if (last == null || last.endsBefore(next)) {
                    union.add(next);
                } else if (last.endsSooner(next)) {
                    union.set(union.size() - 1, new Range(last.from, last.fromIncluded, next.to, next.toIncluded));
                }
            }
            return List.copyOf(union);
        }

        /** All numbers that lie in none of some ranges; empty when there are none. */
        static List<Range> complement(List<Range> ranges) {
            var gaps = new ArrayList<Range>();
            BigDecimal after = null;
            boolean included = false;
            for (Range range : union(ranges)) {
                if (range.from != null) {
                    gaps.add(new Range(after, included, range.from, !range.fromIncluded));
                }
                if (range.to == null) {
                    return List.copyOf(gaps);
                }
                after = range.to;
                included = !range.toIncluded;
            }
            gaps.add(new Range(after, included, null, false));
            return List.copyOf(gaps);
        }

        /** Whether a number lies between this one and another that begins no earlier. */
        private boolean endsBefore(Range next) {
            if (to == null || next.from == null) {
                return false;
            }
            int order = to.compareTo(next.from);
            return order < 0 || (order == 0 && !toIncluded && !next.fromIncluded);
        }

        /** Whether this one ends before another that it overlaps or touches does. */
        private boolean endsSooner(Range next) {
            if (to == null || next.to == null) {
                return to != null;
            }
            int order = to.compareTo(next.to);
            return order < 0 || (order == 0 && !toIncluded && next.toIncluded);
        }
    }

    /** The empty cell. */
    Condition ANY = new Any();

    /**
     * A value that depends on the form.
     *
     * @param any gives it for the empty cell
     * @param oneOf gives it where one of some values is asked for
     * @param noneOf gives it where some values are excluded
     * @param within gives it where numbers or dates are stated
     */
    <T extends @Nullable Object> T fold(
            Supplier<? extends T> any,
            Function<? super OneOf, ? extends T> oneOf,
            Function<? super NoneOf, ? extends T> noneOf,
            Function<? super Within, ? extends T> within);

    /** Does what depends on the form; see {@link #fold}. */
    void handle(
            Runnable any,
            Consumer<? super OneOf> oneOf,
            Consumer<? super NoneOf> noneOf,
            Consumer<? super Within> within);
}
