package liandong.table;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import liandong.incident.Nested;
import liandong.incident.Term;
import org.ahocorasick.trie.Trie;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;

/**
 * Answers which rows a value satisfies in one condition column, as a set of row numbers.
 *
 * <p>Sets are kept as {@link Bits}, one bit a row: that is little for the sizes that tables have, and columns are met word by
 * word. Sets of few rows are kept as numbers as well: a table is asked by the column that leaves fewest. The sets are shared:
 * callers never change them.
 */
public sealed interface ColumnIndex {
    /** Beyond this, a column keeps fewer sets and mends them on each question, to stay within memory. */
    long MEMORY_BYTES = 64L << 20;

    /** The rows whose condition in this column holds for a value; {@code null} is a value that is not known. */
    Held held(@Nullable Object value);

    /** The same as one bit a row. */
    default long[] bits(@Nullable Object value) {
        return held(value).bits();
    }

    /** The same as a bitmap that is the caller's own. */
    default RoaringBitmap rows(@Nullable Object value) {
        return BitSetUtil.bitmapOf(bits(value));
    }

    /** The index of a column, from its conditions row by row. */
    static ColumnIndex of(Attribute attribute, List<Condition> conditions, Collection<? extends Term> terms) {
        if (attribute.isText()) {
            return new Text(conditions);
        }
        return attribute.isNumber() ? new Interval(conditions) : new Labels(conditions, terms);
    }

    /** Rows whose condition holds. */
    final class Held {
        private final long[] bits;
        private final int @Nullable [] few;

        private Held(long[] bits, int @Nullable [] few) {
            this.bits = bits;
            this.few = few;
        }

        /** A set that is kept; its rows are few when there are no more of them than it has words. */
        static Held kept(long[] bits) {
            int count = Bits.count(bits);
            return new Held(bits, count <= bits.length ? Bits.numbers(bits, count) : null);
        }

        /** A set made for one question. */
        static Held made(long[] bits) {
            return new Held(bits, null);
        }

        /** One bit a row. */
        public long[] bits() {
            return bits;
        }

        /** Their numbers from the lowest on, where to go through these is quicker than to meet sets; null where they are more. */
        public int @Nullable [] few() {
            return few;
        }
    }

    /** Cells of a column are all read by its attribute, so that this cannot be. */
    private static void misplaced(Condition condition) {
        throw new IllegalArgumentException("no condition of this column: " + condition);
    }

    /** Labels and yes/no. */
    final class Labels implements ColumnIndex {
        private final Held any;
        private final Held unmentioned;
        private final Map<Object, Held> byValue = new HashMap<>();
        /** Where there are too many values to keep a whole set of each: the rows that hold for one besides {@link #any}. */
        private final Map<Object, RoaringBitmap> besides = new HashMap<>();

        Labels(List<Condition> conditions, Collection<? extends Term> terms) {
            int count = conditions.size();
            var anything = new RoaringBitmap();
            var named = new HashMap<Object, RoaringBitmap>();
            var excluded = new HashMap<Object, RoaringBitmap>();
            var noneOf = new RoaringBitmap();
            for (int row = 0; row < conditions.size(); row++) {
                int at = row;
                conditions
                        .get(row)
                        .handle(
                                () -> anything.add(at),
                                one -> put(named, one.values(), at),
                                none -> {
                                    noneOf.add(at);
                                    put(excluded, none.values(), at);
                                },
                                ColumnIndex::misplaced);
            }
            var mentioned = new ArrayList<Object>();
            terms.stream().filter(term -> term instanceof Nested).forEach(mentioned::add);
            mentioned.addAll(named.keySet());
            mentioned.addAll(excluded.keySet());
            for (Object value : mentioned) {
                besides.computeIfAbsent(key(value), v -> {
                    var rows = noneOf.clone();
                    for (Object wider = value; wider != null; wider = wider(wider)) {
                        rows.or(named.getOrDefault(key(wider), EMPTY));
                    }
                    for (Object wider = value; wider != null; wider = wider(wider)) {
                        rows.andNot(excluded.getOrDefault(key(wider), EMPTY));
                    }
                    return rows;
                });
            }
            any = Held.kept(Bits.of(anything, count));
            unmentioned = Held.kept(Bits.of(RoaringBitmap.or(anything, noneOf), count));
            if ((long) besides.size() * count / 8 <= MEMORY_BYTES) {
                besides.forEach((value, rows) -> byValue.put(value, Held.kept(Bits.with(any.bits(), rows))));
                besides.clear();
            }
        }

        private static void put(Map<Object, RoaringBitmap> byValue, List<Object> values, int row) {
            for (Object value : values) {
                byValue.computeIfAbsent(key(value), v -> new RoaringBitmap()).add(row);
            }
        }

        /** A term's code, whose hash is computed once, instead of the term, whose hash is computed on each question. */
        private static Object key(Object value) {
            return value instanceof Term term ? term.code() : value;
        }

        private static @Nullable Object wider(Object value) {
            return value instanceof Nested nested ? nested.parent() : null;
        }

        @Override
        public Held held(@Nullable Object value) {
            if (value == null) {
                return any;
            }
            // A term that no sheet has may still lie within one that a row names.
            for (Object wider = value; wider != null; wider = wider(wider)) {
                Object key = key(wider);
                Held whole = byValue.get(key);
                if (whole != null) {
                    return whole;
                }
                RoaringBitmap rows = besides.get(key);
                if (rows != null) {
                    return Held.made(Bits.with(any.bits(), rows));
                }
            }
            return unmentioned;
        }
    }

    RoaringBitmap EMPTY = new RoaringBitmap();

    /**
     * Numbers and dates.
     *
     * <p>The bounds cut the number line into slots: before the first bound, on it, between it and the next… Within a slot
     * the same rows hold.
     */
    final class Interval implements ColumnIndex {
        private final Held any;
        private final BigDecimal[] bounds;
        /** The same when all of them are whole, as they nearly always are; null otherwise. */
        private final long @Nullable [] whole;

        private final int[][] begins;
        private final int[][] ends;
        private final Held[] checkpoints;
        private final int step;

        Interval(List<Condition> conditions) {
            long[] anything = Bits.none(conditions.size());
            var cuts = new TreeSet<BigDecimal>();
            for (Condition condition : conditions) {
                condition.handle(
                        () -> {},
                        ColumnIndex::misplaced,
                        ColumnIndex::misplaced,
                        within -> within.bounds().forEach(cuts::add));
            }
            bounds = cuts.toArray(BigDecimal[]::new);
            whole = whole(bounds);
            int slots = 2 * bounds.length + 1;
            var beginning = new ArrayList<List<Integer>>();
            var ending = new ArrayList<List<Integer>>();
            for (int slot = 0; slot <= slots; slot++) {
                beginning.add(new ArrayList<>(0));
                ending.add(new ArrayList<>(0));
            }
            for (int row = 0; row < conditions.size(); row++) {
                int at = row;
                conditions
                        .get(row)
                        .handle(
                                () -> Bits.add(anything, at),
                                ColumnIndex::misplaced,
                                ColumnIndex::misplaced,
                                within -> within.ranges().forEach(range -> {
                                    int first = range.from() == null
                                            ? 0
                                            : 2 * find(range.from()) + (range.fromIncluded() ? 1 : 2);
                                    int last = range.to() == null
                                            ? slots - 1
                                            : 2 * find(range.to()) + (range.toIncluded() ? 1 : 0);
                                    if (first <= last) {
                                        beginning.get(first).add(at);
                                        ending.get(last + 1).add(at);
                                    }
                                }));
            }
            begins = arrays(beginning);
            ends = arrays(ending);
            step = (int) Math.max(1, slots * (long) conditions.size() / 8 / MEMORY_BYTES + 1);
            any = Held.kept(anything);
            checkpoints = new Held[slots / step + 1];
            long[] current = anything.clone();
            for (int slot = 0; slot < slots; slot++) {
                turn(current, slot);
                if (slot % step == 0) {
                    checkpoints[slot / step] = Held.kept(current.clone());
                }
            }
        }

        /** Bounds as whole numbers; null when one is none, or too large. */
        private static long @Nullable [] whole(BigDecimal[] bounds) {
            var whole = new long[bounds.length];
            for (int i = 0; i < bounds.length; i++) {
                whole[i] = bounds[i].longValue();
                if (BigDecimal.valueOf(whole[i]).compareTo(bounds[i]) != 0) {
                    return null;
                }
            }
            return whole;
        }

        private static int[][] arrays(List<List<Integer>> lists) {
            return lists.stream()
                    .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                    .toArray(int[][]::new);
        }

        private int find(BigDecimal bound) {
            return Arrays.binarySearch(bounds, bound);
        }

        /** Where a value lies among the bounds, as a binary search says it. */
        private int findValue(Object value) {
            if (whole != null) {
                if (value instanceof Integer || value instanceof Long) {
                    return Arrays.binarySearch(whole, ((Number) value).longValue());
                }
                if (value instanceof LocalDate date) {
                    return Arrays.binarySearch(whole, date.toEpochDay());
                }
            }
            return find(Attribute.number(value));
        }

        private void turn(long[] rows, int slot) {
            for (int row : ends[slot]) {
                Bits.remove(rows, row);
            }
            for (int row : begins[slot]) {
                Bits.add(rows, row);
            }
        }

        /** The first whole number after one at which other rows may hold; null when none may. */
        @Nullable
        BigDecimal nextChange(Object value) {
            BigDecimal number = Attribute.number(value);
            int at = find(number);
            if (at >= 0) {
                return number.add(BigDecimal.ONE);
            }
            int next = -at - 1;
            return next < bounds.length ? bounds[next] : null;
        }

        @Override
        public Held held(@Nullable Object value) {
            if (value == null) {
                return any;
            }
            int at = findValue(value);
            int slot = at >= 0 ? 2 * at + 1 : 2 * (-at - 1);
            Held rows = checkpoints[slot / step];
            if (slot % step == 0) {
                return rows;
            }
            long[] mended = rows.bits().clone();
            for (int next = slot - slot % step + 1; next <= slot; next++) {
                turn(mended, next);
            }
            return Held.made(mended);
        }
    }

    /** Words in a text. */
    final class Text implements ColumnIndex {
        private final RoaringBitmap any;
        private final RoaringBitmap noneOf = new RoaringBitmap();
        private final Map<String, RoaringBitmap> naming = new HashMap<>();
        private final Map<String, RoaringBitmap> excluding = new HashMap<>();
        private final Trie trie;
        private final int count;

        Text(List<Condition> conditions) {
            any = new RoaringBitmap();
            count = conditions.size();
            for (int row = 0; row < conditions.size(); row++) {
                int at = row;
                conditions
                        .get(row)
                        .handle(
                                () -> any.add(at),
                                one -> put(naming, one.values(), at),
                                none -> {
                                    noneOf.add(at);
                                    put(excluding, none.values(), at);
                                },
                                ColumnIndex::misplaced);
            }
            var words = new TreeSet<>(naming.keySet());
            words.addAll(excluding.keySet());
            trie = Trie.builder().addKeywords(words).build();
        }

        private static void put(Map<String, RoaringBitmap> byWord, List<Object> words, int row) {
            for (Object word : words) {
                byWord.computeIfAbsent((String) word, w -> new RoaringBitmap()).add(row);
            }
        }

        @Override
        public RoaringBitmap rows(@Nullable Object value) {
            var rows = any.clone();
            if (value == null || ((String) value).isEmpty()) {
                return rows;
            }
            rows.or(noneOf);
            var excluded = new RoaringBitmap();
            trie.parseText(Grammar.normalised((String) value), emit -> {
                rows.or(naming.getOrDefault(emit.getKeyword(), EMPTY));
                excluded.or(excluding.getOrDefault(emit.getKeyword(), EMPTY));
                return true;
            });
            rows.andNot(excluded);
            return rows;
        }

        @Override
        public Held held(@Nullable Object value) {
            return Held.made(Bits.of(rows(value), count));
        }
    }
}
