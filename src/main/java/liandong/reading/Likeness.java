package liandong.reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which of many sentences a text is like, by the characters and pairs of neighbouring characters they share.
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

    private final List<S> sentences;
    private final Map<Integer, Integer> features = new HashMap<>();
    private final int[][] postings;
    private final float[][] parts;
    private final double[] weights;

    /** A text compared with all sentences. */
    public static final class Compared {
        private final float[] likeness;

        private Compared(float[] likeness) {
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
            Arrays.stream(each).distinct().forEach(feature -> count[feature]++);
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

    private int put(int[] found, int count, int key, boolean add) {
        Integer feature = add ? features.computeIfAbsent(key, each -> features.size()) : features.get(key);
        found[count] = feature == null ? -1 : feature;
        return count + 1;
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
                double part = (1 + StrictMath.log(i - from)) * weights[sorted[from]];
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
        for (int k = 0; k < vector.features.length; k++) {
            int[] rows = postings[vector.features[k]];
            float[] values = parts[vector.features[k]];
            float part = (float) vector.parts[k];
            for (int i = 0; i < rows.length; i++) {
                likeness[rows[i]] += part * values[i];
            }
        }
        return new Compared(likeness);
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
        return new Groups<>(List.copyOf(places.keySet()), groupOf, lengths);
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

        private Groups(List<G> keys, int[] groupOf, double[] lengths) {
            this.keys = keys;
            this.groupOf = groupOf;
            this.lengths = lengths;
        }

        /** What the groups are examples of, in the order of their first sentences. */
        public List<G> keys() {
            return keys;
        }

        /** The place of the sentence of each group that a text is most like, the first of several; -1 when it shares nothing with any. */
        public int[] nearest(Compared text) {
            var best = new int[keys.size()];
            Arrays.fill(best, -1);
            float[] each = text.likeness;
            for (int i = 0; i < groupOf.length; i++) {
                int group = groupOf[i];
                if (each[i] > 0 && group >= 0 && (best[group] < 0 || each[i] > each[best[group]])) {
                    best[group] = i;
                }
            }
            return best;
        }

        /** How like each group as a whole a text is, 0–1, in the order of {@link #keys}. */
        public double[] likeness(Compared text) {
            var sums = new double[keys.size()];
            float[] each = text.likeness;
            for (int i = 0; i < groupOf.length; i++) {
                if (each[i] != 0 && groupOf[i] >= 0) {
                    sums[groupOf[i]] += each[i];
                }
            }
            for (int i = 0; i < sums.length; i++) {
                sums[i] = lengths[i] == 0 ? 0 : sums[i] / lengths[i];
            }
            return sums;
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
