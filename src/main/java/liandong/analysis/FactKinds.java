package liandong.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import liandong.analysis.ConditionSpace.Axis;
import liandong.incident.Term;
import liandong.table.HitPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of facts that a table can tell apart: two facts are of one kind when the same rows hold for them, column by column.
 *
 * <p>Where there are more than {@value #MOST} kinds none is looked at, so that the work is bounded. Immutable.
 */
public final class FactKinds {
    private static final int MOST = 300_000;

    private final LivingRows<?> rows;
    private final List<Axis> axes;
    /** By axis, the parts that are looked at. */
    private final List<List<Integer>> parts;

    FactKinds(LivingRows<?> rows) {
        this.rows = rows;
        this.axes = rows.analysis().space().axes();
        this.parts = axes.stream()
                .map(axis -> IntStream.range(0, axis.size()).boxed().toList())
                .toList();
    }

    private FactKinds(FactKinds of, List<List<Integer>> parts) {
        this.rows = of.rows;
        this.axes = of.axes;
        this.parts = parts;
    }

    /**
     * What facts may have in the columns of one axis so that the same rows hold for all of them.
     *
     * @param values each by the Chinese names of the columns; what is not known is missing
     * @param holding the numbers of the rows that hold
     */
    record Alike(List<Map<String, Object>> values, BitSet holding) {}

    /** A kind of facts. */
    public static final class Kind {
        private final List<Alike> parts;
        private final BitSet holding;

        private Kind(List<Alike> parts, BitSet holding) {
            this.parts = parts;
            this.holding = holding;
        }

        /** The numbers of the rows that hold for it. */
        public BitSet holding() {
            return (BitSet) holding.clone();
        }

        /** The first row that holds for it; -1 when none does. */
        public int first() {
            return holding.nextSetBit(0);
        }

        /** Whether a row holds for it that satisfies something. */
        public boolean holdsAny(IntPredicate of) {
            return holding.stream().anyMatch(of);
        }

        /** What one fact of this kind has in a column; null when that is not known, or there is no such column. */
        public @Nullable Object value(String column) {
            return parts.stream()
                    .map(part -> part.values().get(0).get(column))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }

        /** What facts of this kind may have in a column, in words. */
        public Set<String> labels(String column) {
            return parts.stream()
                    .flatMap(part -> part.values().stream())
                    .map(values -> values.get(column))
                    .filter(Objects::nonNull)
                    .map(FactKinds::label)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
    }

    /**
     * A row that leaves something out by one of its conditions alone.
     *
     * @param row its number
     * @param column the Chinese name of the column
     * @param left what it leaves out, in words
     */
    public record TooNarrow(int row, String column, Set<String> left) {
        /** The column and what is left out, in one line. */
        public String says() {
            return column + " " + LivingRows.named(left);
        }
    }

    private static String label(Object value) {
        return value instanceof Term term
                ? term.label()
                : value instanceof Boolean yes ? (yes ? "是" : "否") : value.toString();
    }

    /** Only the facts that have something in a column; all of them when there is no such column. */
    public FactKinds where(String column, Predicate<@Nullable Object> wanted) {
        var left = new ArrayList<List<Integer>>();
        for (int i = 0; i < axes.size(); i++) {
            Axis axis = axes.get(i);
            left.add(
                    axis.columns().contains(column)
                            ? parts.get(i).stream()
                                    .filter(part ->
                                            wanted.test(axis.values(part).get(column)))
                                    .toList()
                            : parts.get(i));
        }
        return new FactKinds(this, left);
    }

    /** Gives one kind after the other; none when there are too many. */
    public void each(Consumer<Kind> then) {
        List<List<Alike>> all = IntStream.range(0, axes.size())
                .mapToObj(axis -> alike(axis, parts.get(axis)))
                .toList();
        if (isBounded(all, 1)) {
            walk(all, new ArrayList<>(), living(), then);
        }
    }

    /** Gets two kinds of facts that differ in one column only. */
    public interface Comparison {
        /** The lesser and the graver. */
        void of(Kind less, Kind more);
    }

    /**
     * Compares facts that differ in one column only, each with the next that is more.
     *
     * @param order orders what may stand in that column; what it gives null for is left out
     */
    public void compare(String column, Order order, Comparison then) {
        for (int i = 0; i < axes.size(); i++) {
            if (axes.get(i).columns().equals(List.of(column))) {
                compare(i, column, order, then);
            }
        }
    }

    /** How much something is. */
    public interface Order {
        /** The rank of a value; null when it has none. */
        @Nullable
        Double of(@Nullable Object value);
    }

    private void compare(int varied, String column, Order order, Comparison then) {
        var ranked = new ArrayList<Integer>();
        for (int part : parts.get(varied)) {
            if (order.of(axes.get(varied).values(part).get(column)) != null) {
                ranked.add(part);
            }
        }
        ranked.sort(Comparator.comparing(part ->
                Objects.requireNonNull(order.of(axes.get(varied).values(part).get(column)))));
        List<Alike> steps =
                ranked.stream().map(part -> alike(varied, List.of(part)).get(0)).toList();
        List<List<Alike>> others = IntStream.range(0, axes.size())
                .filter(axis -> axis != varied)
                .mapToObj(axis -> alike(axis, parts.get(axis)))
                .toList();
        if (!isBounded(others, Math.max(1, steps.size()))) {
            return;
        }
        walk(others, new ArrayList<>(), living(), kind -> {
            Kind before = null;
            for (Alike step : steps) {
                var chosen = new ArrayList<>(kind.parts);
                chosen.add(step);
                BitSet holding = kind.holding();
                holding.and(step.holding());
                var here = new Kind(chosen, holding);
                if (before != null && !before.holding.equals(holding)) {
                    then.of(before, here);
                }
                before = here;
            }
        });
    }

    private static boolean isBounded(List<List<Alike>> axes, int times) {
        long count = times;
        for (List<Alike> axis : axes) {
            count *= axis.size();
            if (count > MOST) {
                return false;
            }
        }
        return true;
    }

    private BitSet living() {
        var living = new BitSet();
        living.set(0, rows.table().rows().size());
        living.andNot(rows.dead());
        return living;
    }

    private static void walk(List<List<Alike>> axes, List<Alike> chosen, BitSet holding, Consumer<Kind> then) {
        if (chosen.size() == axes.size()) {
            then.accept(new Kind(List.copyOf(chosen), holding));
            return;
        }
        for (Alike part : axes.get(chosen.size())) {
            var left = (BitSet) holding.clone();
            left.and(part.holding());
            chosen.add(part);
            walk(axes, chosen, left, then);
            chosen.remove(chosen.size() - 1);
        }
    }

    /** Some parts of an axis, those together for which the same rows hold. */
    private List<Alike> alike(int number, List<Integer> some) {
        Axis axis = axes.get(number);
        var holding = new LinkedHashMap<Integer, BitSet>();
        some.forEach(part -> holding.put(part, new BitSet()));
        for (int row = 0; row < rows.table().rows().size(); row++) {
            int[] runs = axis.row(row);
            for (int run = 0; run < runs.length; run += 2) {
                for (int part = runs[run]; part <= runs[run + 1]; part++) {
                    BitSet held = holding.get(part);
                    if (held != null) {
                        held.set(row);
                    }
                }
            }
        }
        var alike = new LinkedHashMap<BitSet, Alike>();
        holding.forEach((part, held) -> alike.computeIfAbsent(held, rows -> new Alike(new ArrayList<>(), rows))
                .values()
                .add(axis.values(part)));
        return List.copyOf(alike.values());
    }

    /**
     * The row that one condition keeps from covering the most of what is left uncovered; of several, where the first row counts, the
     * last, which is the one for what is left, otherwise the one that leaves the least out.
     *
     * @param uncovered kinds that these gave
     * @param among which rows are meant to cover them
     * @return null when every row lacks more than one condition
     */
    public @Nullable TooNarrow tooNarrow(List<Kind> uncovered, IntPredicate among) {
        boolean first = rows.table().hitPolicy() == HitPolicy.FIRST;
        TooNarrow best = null;
        int most = 0;
        for (int row = 0; row < rows.table().rows().size(); row++) {
            if (rows.dead().get(row) || !among.test(row)) {
                continue;
            }
            for (int axis = 0; axis < axes.size(); axis++) {
                for (String column : axes.get(axis).columns()) {
                    var left = new LinkedHashSet<String>();
                    int closed = 0;
                    for (Kind kind : uncovered) {
                        if (lacksOnly(kind, row, axis) && axes.get(axis).constrains(column, row)) {
                            closed++;
                            left.addAll(kind.labels(column));
                        }
                    }
                    boolean narrower = best != null
                            && (first
                                    ? row > best.row()
                                    : left.size() <= best.left().size());
                    if (!left.isEmpty() && (closed > most || (closed == most && narrower))) {
                        most = closed;
                        best = new TooNarrow(row, column, left);
                    }
                }
            }
        }
        return best;
    }

    /** Whether a row would cover a kind but for one axis. */
    private static boolean lacksOnly(Kind kind, int row, int axis) {
        for (int other = 0; other < kind.parts.size(); other++) {
            if (kind.parts.get(other).holding().get(row) == (other == axis)) {
                return false;
            }
        }
        return true;
    }
}
