package liandong.table;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
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
     * {@code 5}, {@code ≥5}, {@code 3~9}…: a number, or a date as days since 1970, within bounds.
     *
     * @param from lower bound; null for none
     * @param fromIncluded whether the lower bound itself counts
     * @param to upper bound; null for none
     * @param toIncluded whether the upper bound itself counts
     */
    record Within(
            @Nullable BigDecimal from,
            boolean fromIncluded,
            @Nullable BigDecimal to,
            boolean toIncluded) implements Condition {
        /** Whether a value lies within the bounds. */
        public boolean holds(BigDecimal value) {
            int low = from == null ? 1 : value.compareTo(from);
            int high = to == null ? -1 : value.compareTo(to);
            return (low > 0 || (low == 0 && fromIncluded)) && (high < 0 || (high == 0 && toIncluded));
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

    /** The empty cell. */
    Condition ANY = new Any();

    /**
     * A value that depends on the form.
     *
     * @param any gives it for the empty cell
     * @param oneOf gives it where one of some values is asked for
     * @param noneOf gives it where some values are excluded
     * @param within gives it where bounds are stated
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
