package liandong.reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which of many sentences a text is like, and to which group of them it leans, by the characters and pairs of neighbouring
 * characters they share; numbers as long as those of telephones and orders say nothing, and are passed over.
 *
 * <p>A character or pair weighs the more the fewer sentences have it ({@code ln((sentences + 1) / (sentences with it + ½))}).
 * Each sentence is a vector of these weights of length 1; likeness is the cosine of the angle between two of them: 1 for the
 * same sentence, 0 when nothing is shared. The arithmetic is that of {@link StrictMath}, in a fixed order: the same on every
 * machine. Immutable and safe for use by many threads; the time to look up a text grows with the sentences that share something
 * with it.
 *
 * @param <S> a sentence
 */
public final class Likeness<S> {
    /** Digits in a row that make a number of a telephone, an order or the like. */
    private static final int LONG_NUMBER = 7;

    private final List<S> sentences;
    private final Numbered features = new Numbered();
    private final int[][] postings;
    private final float[][] parts;
    private final double[] weights;

    /** A text compared with all sentences. */
    public static final class Compared {
        /** A text compared with no sentence. */
        public static final Compared NOTHING = new Compared(new Vector(new int[0], new double[0]), new float[0]);

        private final Vector vector;
        private final float[] likeness;

        private Compared(Vector vector, float[] likeness) {
            this.vector = vector;
            this.likeness = likeness;
        }

        /** How like a sentence it is, 0–1, by the sentence's place. */
        public float to(int place) {
            return likeness[place];
        }
    }

    /**
     * Sentences to compare with.
     *
     * @param text what a sentence says
     */
    public Likeness(List<S> sentences, Function<S, String> text) {
        this.sentences = List.copyOf(sentences);
        var texts = new ArrayList<int[]>();
        for (S sentence : this.sentences) {
            texts.add(features(TextForm.of(text.apply(sentence)), true));
        }
        int[] count = new int[features.size()];
        for (int[] each : texts) {
            Arrays.sort(each);
            for (int i = 0; i < each.length; i++) {
                if (i == 0 || each[i] != each[i - 1]) {
                    count[each[i]]++;
                }
            }
        }
        weights = new double[features.size()];
        postings = new int[features.size()][];
        parts = new float[features.size()][];
        for (int feature = 0; feature < weights.length; feature++) {
            weights[feature] = StrictMath.log((this.sentences.size() + 1.0) / (count[feature] + 0.5));
            postings[feature] = new int[count[feature]];
            parts[feature] = new float[count[feature]];
        }
        Arrays.fill(count, 0);
        for (int i = 0; i < texts.size(); i++) {
            Vector vector = vector(texts.get(i));
            for (int k = 0; k < vector.features.length; k++) {
                int feature = vector.features[k];
                postings[feature][count[feature]] = i;
                parts[feature][count[feature]++] = (float) vector.parts[k];
            }
        }
    }

    /** The sentences, in their order. */
    public List<S> sentences() {
        return sentences;
    }

    /** Some features and their parts, each once. */
    private static final class Vector {
        private final int[] features;
        private final double[] parts;

        private Vector(int[] features, double[] parts) {
            this.features = features;
            this.parts = parts;
        }
    }

    /** The features of a text in their order, repeated ones too; those that no sentence has are left out unless added. */
    private int[] features(String text, boolean add) {
        var found = new int[2 * text.length()];
        int count = 0;
        char before = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digits = digits(text, i);
            if (digits >= LONG_NUMBER) {
                i += digits - 1;
                before = 0;
                continue;
            }
            if (!TextForm.isWord(c)) {
                before = 0;
                continue;
            }
            count = put(found, count, c, add);
            if (before != 0) {
                count = put(found, count, before << 16 | c, add);
            }
            before = c;
        }
        return Arrays.copyOf(found, count);
    }

    /** How many digits a number has that begins at a place; 0 where none does. */
    private static int digits(String text, int from) {
        if (from > 0 && Character.isDigit(text.charAt(from - 1))) {
            return 0;
        }
        int to = from;
        while (to < text.length() && Character.isDigit(text.charAt(to))) {
            to++;
        }
        return to - from;
    }

    private int put(int[] found, int count, int key, boolean add) {
        found[count] = add ? features.add(key) : features.get(key);
        return count + 1;
    }

    /** Numbers from 0 for keys other than 0, in the order in which they come: a hash table without an object for each. */
    private static final class Numbered {
        /** Twice as many places as keys at least; 0 where there is none. */
        private int[] keys = new int[1 << 10];

        private int[] numbers = new int[keys.length];
        private int size;

        int size() {
            return size;
        }

        /** The number of a key; -1 when it has none. */
        int get(int key) {
            int at = place(key, keys);
            return keys[at] == 0 ? -1 : numbers[at];
        }

        /** The number of a key, which it gets if it has none. */
        int add(int key) {
            int at = place(key, keys);
            if (keys[at] != 0) {
                return numbers[at];
            }
            if (2 * size >= keys.length) {
                grow();
                at = place(key, keys);
            }
            keys[at] = key;
            numbers[at] = size;
            return size++;
        }

        private void grow() {
            var larger = new int[2 * keys.length];
            var moved = new int[larger.length];
            for (int i = 0; i < keys.length; i++) {
                if (keys[i] != 0) {
                    int at = place(keys[i], larger);
                    larger[at] = keys[i];
                    moved[at] = numbers[i];
                }
            }
            keys = larger;
            numbers = moved;
        }

        /** Where a key stands, else the free place where it would. */
        private static int place(int key, int[] in) {
            int hash = key * 0x9E3779B9; // spreads neighbouring keys, by the golden ratio
            int at = (hash ^ hash >>> 15) & in.length - 1;
            while (in[at] != 0 && in[at] != key) {
                at = at + 1 & in.length - 1;
            }
            return at;
        }
    }

    /** The vector of some features: each once, by the logarithm of how often it stands; of length 1. */
    private Vector vector(int[] features) {
        int[] sorted = features.clone();
        Arrays.sort(sorted);
        var once = new int[sorted.length];
        var parts = new double[sorted.length];
        int size = 0;
        double square = 0;
        for (int i = 0; i < sorted.length; ) {
            int from = i;
            while (i < sorted.length && sorted[i] == sorted[from]) {
                i++;
            }
            if (sorted[from] >= 0) {
                double often = i - from == 1 ? 1 : 1 + StrictMath.log(i - from);
                double part = often * weights[sorted[from]];
                once[size] = sorted[from];
                parts[size++] = part;
                square += part * part;
            }
        }
        double length = Math.sqrt(square);
        for (int i = 0; i < size && length > 0; i++) {
            parts[i] /= length;
        }
        return new Vector(Arrays.copyOf(once, size), Arrays.copyOf(parts, size));
    }

    /** Compares a text with every sentence. */
    public Compared compare(String text) {
        Vector vector = vector(features(TextForm.of(text), false));
        var likeness = new float[sentences.size()];
        compare(vector, likeness);
        return new Compared(vector, likeness);
    }

    private void compare(Vector vector, float[] likeness) {
        for (int k = 0; k < vector.features.length; k++) {
            int[] rows = postings[vector.features[k]];
            float[] values = parts[vector.features[k]];
            float part = (float) vector.parts[k];
            for (int i = 0; i < rows.length; i++) {
                likeness[rows[i]] += part * values[i];
            }
        }
    }

    /** The groups of sentences, each with the length of the sum of its vectors, which likeness to the group is measured by. */
    public <G> Groups<G> groups(Function<S, @Nullable G> group) {
        var places = new LinkedHashMap<G, Integer>();
        int[] groupOf = new int[sentences.size()];
        for (int i = 0; i < groupOf.length; i++) {
            G key = group.apply(sentences.get(i));
            groupOf[i] = key == null ? -1 : places.computeIfAbsent(key, each -> places.size());
        }
        var squares = new double[places.size()];
        var sums = new double[places.size()];
        for (int feature = 0; feature < postings.length; feature++) {
            int[] rows = postings[feature];
            for (int i = 0; i < rows.length; i++) {
                if (groupOf[rows[i]] >= 0) {
                    sums[groupOf[rows[i]]] += parts[feature][i];
                }
            }
            for (int row : rows) {
                int at = groupOf[row];
                if (at >= 0 && sums[at] != 0) {
                    squares[at] += sums[at] * sums[at];
                    sums[at] = 0;
                }
            }
        }
        var lengths = new double[squares.length];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = Math.sqrt(squares[i]);
        }
        return new Groups<>(
                List.copyOf(places.keySet()), groupOf, lengths, new Leanings(postings, groupOf, places.size()));
    }

    /**
     * What the other sentences say of each: see {@link Others}.
     *
     * @param groups groups of these sentences
     */
    public <G> Others<G> others(Groups<G> groups) {
        return new Others<>(this, groups);
    }

    /**
     * Compares sentences with all the others, as if each were not there; what features weigh stays.
     *
     * <p>Far quicker than {@link #compare} for every sentence: each is compared with sums of groups, and with single sentences
     * only where somebody asks. Belongs to one thread.
     *
     * @param <G> what a group's sentences are examples of
     */
    public static final class Others<G> {
        private final Likeness<?> all;
        private final Groups<G> groups;
        /** By sentence, its features and their parts. */
        private final int[][] features;

        private final float[][] parts;
        /** By feature, the groups that have it, the sums of its parts in them, and the largest of these. */
        private final int[][] having;

        private final float[][] sums;
        private final float[][] largest;
        private final int[][] members;
        /** Of the text in hand, the parts by feature. */
        private final float[] own;

        private Vector vector = new Vector(new int[0], new double[0]);
        private int place;
        /** By group, what the likeness to its most like sentence cannot exceed. */
        private final double[] nearestAtMost;
        /** How like each sentence the text in hand is, once somebody has asked. */
        private final float[] single;

        private boolean compared;

        private Others(Likeness<?> all, Groups<G> groups) {
            this.all = all;
            this.groups = groups;
            this.own = new float[all.postings.length];
            int[] sizes = new int[all.sentences.size()];
            for (int[] rows : all.postings) {
                for (int row : rows) {
                    sizes[row]++;
                }
            }
            this.features = Arrays.stream(sizes).mapToObj(int[]::new).toArray(int[][]::new);
            this.parts = Arrays.stream(sizes).mapToObj(float[]::new).toArray(float[][]::new);
            this.having = new int[all.postings.length][];
            this.sums = new float[all.postings.length][];
            this.largest = new float[all.postings.length][];
            Arrays.fill(sizes, 0);
            this.nearestAtMost = new double[groups.keys.size()];
            var sum = new float[groups.keys.size()];
            var most = new float[groups.keys.size()];
            var found = new int[groups.keys.size()];
            for (int feature = 0; feature < all.postings.length; feature++) {
                int[] rows = all.postings[feature];
                int count = 0;
                for (int i = 0; i < rows.length; i++) {
                    int row = rows[i];
                    float part = all.parts[feature][i];
                    features[row][sizes[row]] = feature;
                    parts[row][sizes[row]++] = part;
                    int group = groups.groupOf[row];
                    if (group >= 0) {
                        if (sum[group] == 0) {
                            found[count++] = group;
                        }
                        sum[group] += part;
                        most[group] = Math.max(most[group], part);
                    }
                }
                having[feature] = Arrays.copyOf(found, count);
                sums[feature] = new float[count];
                largest[feature] = new float[count];
                for (int i = 0; i < count; i++) {
                    sums[feature][i] = sum[found[i]];
                    largest[feature][i] = most[found[i]];
                    sum[found[i]] = 0;
                    most[found[i]] = 0;
                }
            }
            this.members = members(groups);
            this.single = new float[features.length];
        }

        private static int[][] members(Groups<?> groups) {
            int[] sizes = new int[groups.keys.size()];
            for (int group : groups.groupOf) {
                if (group >= 0) {
                    sizes[group]++;
                }
            }
            int[][] members = Arrays.stream(sizes).mapToObj(int[]::new).toArray(int[][]::new);
            Arrays.fill(sizes, 0);
            for (int i = 0; i < groups.groupOf.length; i++) {
                int group = groups.groupOf[i];
                if (group >= 0) {
                    members[group][sizes[group]++] = i;
                }
            }
            return members;
        }

        /**
         * Takes a text in hand.
         *
         * @param without the place of the sentence that is left out
         * @param text what that sentence says, as texts are read
         * @return how like each group without it the text is, 0–1, in the order of the groups' keys
         */
        public double[] take(int without, String text) {
            for (int feature : vector.features) {
                own[feature] = 0;
            }
            place = without;
            compared = false;
            vector = all.vector(all.features(TextForm.of(text), false));
            for (int i = 0; i < vector.features.length; i++) {
                own[vector.features[i]] = (float) vector.parts[i];
            }
            double[] likeness = dots(vector.features, own);
            int group = groups.groupOf[without];
            if (group >= 0) {
                double shared = 0;
                double sum = 0;
                for (int i = 0; i < features[without].length; i++) {
                    float part = parts[without][i];
                    shared += part * own[features[without][i]];
                    sum += part * sum(features[without][i], group);
                }
                double length = groups.lengths[group];
                likeness[group] -= shared;
                likeness[group] *= length / Math.sqrt(Math.max(Float.MIN_NORMAL, length * length - 2 * sum + 1));
            }
            for (int i = 0; i < likeness.length; i++) {
                likeness[i] = groups.lengths[i] == 0 ? 0 : Math.min(1, Math.max(0, likeness[i] / groups.lengths[i]));
            }
            return likeness;
        }

        private double[] dots(int[] of, float[] values) {
            var dots = new double[groups.keys.size()];
            Arrays.fill(nearestAtMost, 0);
            for (int feature : of) {
                int[] with = having[feature];
                float[] sum = sums[feature];
                float[] most = largest[feature];
                float value = values[feature];
                for (int i = 0; i < with.length; i++) {
                    dots[with[i]] += value * sum[i];
                    nearestAtMost[with[i]] += value * most[i];
                }
            }
            return dots;
        }

        private float sum(int feature, int group) {
            for (int i = 0; i < having[feature].length; i++) {
                if (having[feature][i] == group) {
                    return sums[feature][i];
                }
            }
            return 0;
        }

        /** How like the most like sentence of a group the text in hand is, 0–1; the sentence that is left out does not count. */
        public double nearest(int group) {
            if (!compared) {
                Arrays.fill(single, 0);
                all.compare(vector, single);
                single[place] = 0;
                compared = true;
            }
            float most = 0;
            for (int member : members[group]) {
                most = Math.max(most, single[member]);
            }
            return most;
        }

        /** How the text in hand leans to each group without the sentence that is left out: see {@link Groups#leanings}. */
        public double[] leanings(double ofSize) {
            return groups.leanings.of(vector.features, vector.parts, ofSize, features[place], groups.groupOf[place]);
        }

        /** What {@link #nearest} cannot exceed, at little cost. */
        public double nearestAtMost(int group) {
            return Math.min(1, nearestAtMost[group]);
        }
    }

    /**
     * Groups of sentences.
     *
     * @param <G> what a group's sentences are examples of
     */
    public static final class Groups<G> {
        private final List<G> keys;
        private final int[] groupOf;
        private final double[] lengths;
        private final Leanings leanings;

        private Groups(List<G> keys, int[] groupOf, double[] lengths, Leanings leanings) {
            this.keys = keys;
            this.groupOf = groupOf;
            this.lengths = lengths;
            this.leanings = leanings;
        }

        /** What the groups are examples of, in the order of their first sentences. */
        public List<G> keys() {
            return keys;
        }

        /**
         * How a text leans to each group, in the order of the keys: the mean, over the characters and pairs of it that sentences
         * of any group have, by their weights, of the natural logarithm of how many times more often the group's sentences have
         * them than all sentences; 0 where nothing is known. See {@link Leanings}.
         *
         * @param ofSize how much is added of the logarithm of how many times larger a group is than the mean
         */
        public double[] leanings(Compared text, double ofSize) {
            return leanings.of(text.vector.features, text.vector.parts, ofSize);
        }

        /** Compares a text with the groups. */
        public Nearness compare(Compared text) {
            var sums = new double[keys.size()];
            var nearest = new int[keys.size()];
            Arrays.fill(nearest, -1);
            float[] each = text.likeness;
            for (int i = 0; i < each.length; i++) {
                int group = groupOf[i];
                if (each[i] > 0 && group >= 0) {
                    sums[group] += each[i];
                    if (nearest[group] < 0 || each[i] > each[nearest[group]]) {
                        nearest[group] = i;
                    }
                }
            }
            for (int i = 0; i < sums.length; i++) {
                sums[i] = lengths[i] == 0 ? 0 : sums[i] / lengths[i];
            }
            return new Nearness(sums, nearest);
        }
    }

    /** How like each of several groups a text is, by the place of the group among the {@link Groups#keys}. */
    public static final class Nearness {
        private final double[] together;
        private final int[] nearest;

        private Nearness(double[] together, int[] nearest) {
            this.together = together;
            this.nearest = nearest;
        }

        /** How like the group as a whole it is, 0–1. */
        public double together(int group) {
            return together[group];
        }

        /** The place of the group's sentence that it is most like, the first of several; -1 when it shares nothing with any. */
        public int nearest(int group) {
            return nearest[group];
        }
    }

    /** The places of the sentences a text is most like, the most like first, then by place; never those it shares nothing with. */
    public static int[] nearest(Compared text, int most) {
        float[] likeness = text.likeness;
        var best = new int[most];
        int size = 0;
        for (int i = 0; i < likeness.length; i++) {
            float value = likeness[i];
            if (value > 0 && (size < most || value > likeness[best[size - 1]])) {
                int at = size < most ? size++ : size - 1;
                while (at > 0 && likeness[best[at - 1]] < value) {
                    best[at] = best[at - 1];
                    at--;
                }
                best[at] = i;
            }
        }
        return Arrays.copyOf(best, size);
    }
}
