package liandong.reading;

import java.util.Arrays;

/**
 * To which of several groups of sentences a text leans: by how much more often than all sentences those of the group have what
 * the text has.
 *
 * <p>Of one feature this is the natural logarithm of the ratio of the two shares of sentences that have it. Shares are counted
 * as if each group had {@value #MORE} of a sentence more, with every feature in {@value #SEEN} of it: a feature that a group
 * does not have speaks against it, but does not rule it out. Of a text it is the mean over its features, by their weights: a
 * naive Bayes classifier whose result does not grow with the length of the text. Where size counts, a group of more
 * sentences is leant to more, by a part of the logarithm of how many times larger it is than the mean. The arithmetic is that of
 * {@link StrictMath}, in a fixed order.
 */
final class Leanings {
    private static final double MORE = 0.1;
    private static final double SEEN = 0.02;

    /** By feature, where the groups that have it begin in the two arrays below; one more, where the last ones end. */
    private final int[] begin;
    /** Groups, and how many of their sentences have the feature. */
    private final int[] having;

    private final int[] counts;
    /** By feature, how many sentences of all groups have it. */
    private final int[] all;
    /** By group, and of all, how many sentences there are. */
    private final int[] sizes;

    private final int size;
    /** The logarithm of a count of sentences, for every count there is. */
    private final double[] logarithms;

    /**
     * The leanings of a text to groups.
     *
     * @param from by feature, where the sentences that have it begin among the next; one more, where the last ones end
     * @param rows sentences
     * @param groupOf by sentence, its group; -1 for none
     * @param groups how many groups there are
     */
    Leanings(int[] from, int[] rows, int[] groupOf, int groups) {
        int features = from.length - 1;
        begin = new int[features + 1];
        all = new int[features];
        sizes = new int[groups];
        int grouped = 0;
        for (int group : groupOf) {
            if (group >= 0) {
                sizes[group]++;
                grouped++;
            }
        }
        size = grouped;
        var count = new int[groups];
        var found = new int[Math.max(groups, rows.length / 4)];
        var counted = new int[found.length];
        int end = 0;
        for (int feature = 0; feature < features; feature++) {
            if (end + groups > found.length) {
                found = Arrays.copyOf(found, 2 * found.length);
                counted = Arrays.copyOf(counted, found.length);
            }
            for (int i = from[feature]; i < from[feature + 1]; i++) {
                int group = groupOf[rows[i]];
                if (group >= 0) {
                    if (count[group]++ == 0) {
                        found[end++] = group;
                    }
                    all[feature]++;
                }
            }
            for (int i = begin[feature]; i < end; i++) {
                counted[i] = count[found[i]];
                count[found[i]] = 0;
            }
            begin[feature + 1] = end;
        }
        having = Arrays.copyOf(found, end);
        counts = Arrays.copyOf(counted, end);
        logarithms = new double[size + 1];
        for (int i = 0; i <= size; i++) {
            logarithms[i] = StrictMath.log(i + MORE * SEEN);
        }
    }

    /**
     * To each group.
     *
     * @param features those of the text, each once
     * @param weights how much each weighs
     * @param ofSize how much the logarithm of a group's size counts; 0 for not at all
     * @return 0 to all when no group has anything of the text
     */
    double[] of(int[] features, double[] weights, double ofSize) {
        return of(features, weights, ofSize, new int[0], -1);
    }

    /**
     * To each group, as if one sentence were in none.
     *
     * @param without the features of that sentence, in ascending order
     * @param group the group of that sentence; -1 for none
     */
    double[] of(int[] features, double[] weights, double ofSize, int[] without, int group) {
        var leanings = new double[sizes.length];
        double known = 0;
        double ofAll = 0;
        for (int k = 0; k < features.length; k++) {
            int feature = features[k];
            double weight = weights[k];
            int left = group >= 0 && Arrays.binarySearch(without, feature) >= 0 ? 1 : 0;
            if (all[feature] == left) {
                continue;
            }
            known += weight;
            ofAll += weight * logarithms[all[feature] - left];
            for (int i = begin[feature]; i < begin[feature + 1]; i++) {
                int count = counts[i] - (having[i] == group ? left : 0);
                leanings[having[i]] += weight * (logarithms[count] - logarithms[0]);
            }
        }
        if (known == 0) {
            return leanings; // of zeros
        }
        int left = group >= 0 ? 1 : 0;
        double shareOfAll = ofAll / known - StrictMath.log(size - left + MORE);
        double meanSize = StrictMath.log((size - left) / (double) sizes.length + MORE);
        for (int i = 0; i < leanings.length; i++) {
            double ofGroup = StrictMath.log(sizes[i] - (i == group ? left : 0) + MORE);
            leanings[i] = leanings[i] / known + logarithms[0] - ofGroup - shareOfAll + ofSize * (ofGroup - meanSize);
        }
        return leanings;
    }
}
