package liandong.reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoublePredicate;
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
    private final Numbered features;
    /** By feature, where its sentences and their parts begin in the two arrays below; one more, where the last ones end. */
    private final int[] from;

    private final int[] rows;
    private final float[] parts;
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
        this(sentences, text, 1, works -> works.forEach(Runnable::run));
    }

    /**
     * The same, made by several threads; to the last bit.
     *
     * @param threads in how many pieces the work is divided
     * @param together runs pieces of work, at once or one after the other, and waits for all of them
     */
    public Likeness(List<S> sentences, Function<S, String> text, int threads, Consumer<List<Runnable>> together) {
        this.sentences = List.copyOf(sentences);
        List<Stretch> stretches = stretches(text, threads, together);
        // Features are numbered in the order in which they come, on however many cores.
        features = stretches.get(0).own;
        List<int[]> numbers = new ArrayList<>();
        stretches.forEach(each -> numbers.add(each.own == features ? new int[0] : features.addAll(each.own)));
        List<Runnable> counting = new ArrayList<>();
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            int[] own = numbers.get(i);
            counting.add(() -> stretch.count(own, features.size()));
        }
        together.accept(counting);
        from = new int[features.size() + 1];
        weights = new double[features.size()];
        for (int feature = 0; feature < weights.length; feature++) {
            int at = from[feature];
            for (Stretch each : stretches) {
                int own = each.count[feature];
                each.count[feature] = at;
                at += own;
            }
            from[feature + 1] = at;
            weights[feature] = StrictMath.log((this.sentences.size() + 1.0) / (at - from[feature] + 0.5));
        }
        rows = new int[from[weights.length]];
        parts = new float[rows.length];
        together.accept(stretches.stream().<Runnable>map(each -> each::place).toList());
    }

    private List<Stretch> stretches(Function<S, String> text, int threads, Consumer<List<Runnable>> together) {
        int size = sentences.size();
        var stretches = new ArrayList<Stretch>();
        for (int i = 0; i < threads; i++) {
            int first = (int) ((long) size * i / threads);
            int end = (int) ((long) size * (i + 1) / threads);
            stretches.add(new Stretch(
                    first, sentences.subList(first, end).stream().map(text).toList()));
        }
        together.accept(stretches.stream().<Runnable>map(each -> each::find).toList());
        return stretches;
    }

    /** Some sentences that follow each other, while the index is made. */
    private final class Stretch {
        private final int first;
        private final List<String> texts;
        private final Numbered own = new Numbered();
        /** The features of the sentences one after the other; once they have been counted, each once, in their order. */
        private int[] found = new int[1 << 12];

        private final int[] ends;
        /** How often a sentence has a feature. */
        private char[] often = new char[0];
        /** By feature, how many sentences have it; then, where the next of them stands. */
        private int[] count = new int[0];

        private Stretch(int first, List<String> texts) {
            this.first = first;
            this.texts = texts;
            this.ends = new int[texts.size()];
        }

        /** Finds the features of each sentence. */
        private void find() {
            int size = 0;
            for (int i = 0; i < ends.length; i++) {
                String form = TextForm.of(texts.get(i));
                if (size + 2 * form.length() > found.length) {
                    found = Arrays.copyOf(found, Math.max(2 * found.length, size + 2 * form.length()));
                }
                size = features(form, own, true, found, size);
                ends[i] = size;
            }
        }

        /** Counts how many sentences have each feature. */
        private void count(int[] numbers, int features) {
            count = new int[features];
            often = new char[ends.length == 0 ? 0 : ends[ends.length - 1]];
            int from = 0;
            int size = 0;
            for (int i = 0; i < ends.length; i++) {
                int end = ends[i];
                for (int k = from; k < end && numbers.length > 0; k++) {
                    found[k] = numbers[found[k]];
                }
                Arrays.sort(found, from, end);
                for (int k = from; k < end; ) {
                    int feature = found[k];
                    int times = k;
                    while (k < end && found[k] == feature) {
                        k++;
                    }
                    often[size] = (char) Math.min(k - times, Character.MAX_VALUE);
                    found[size++] = feature;
                    count[feature]++;
                }
                from = end;
                ends[i] = size;
            }
        }

        /** Puts the sentences where their features are looked up. */
        private void place() {
            var vector = new double[1 << 6];
            int from = 0;
            for (int i = 0; i < ends.length; i++) {
                int size = ends[i] - from;
                vector = size > vector.length ? new double[2 * size] : vector;
                double square = 0;
                for (int k = 0; k < size; k++) {
                    double part = often(often[from + k]) * weights[found[from + k]];
                    vector[k] = part;
                    square += part * part;
                }
                double length = Math.sqrt(square);
                for (int k = 0; k < size; k++) {
                    int at = count[found[from + k]]++;
                    rows[at] = first + i;
                    parts[at] = (float) (length > 0 ? vector[k] / length : vector[k]);
                }
                from = ends[i];
            }
        }
    }

    private static double often(int times) {
        return times == 1 ? 1 : 1 + StrictMath.log(times);
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

    /** The features of a text in their order, repeated ones too; -1 for those that no sentence has. */
    private int[] features(String text) {
        var found = new int[2 * text.length()];
        return Arrays.copyOf(found, features(text, features, false, found, 0));
    }

    private static int features(String text, Numbered numbered, boolean add, int[] found, int size) {
        int count = size;
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
            found[count++] = add ? numbered.add(c) : numbered.get(c);
            if (before != 0) {
                int pair = before << 16 | c;
                found[count++] = add ? numbered.add(pair) : numbered.get(pair);
            }
            before = c;
        }
        return count;
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

        /** Numbers the keys of another in its order; gives its numbers' numbers here. */
        int[] addAll(Numbered other) {
            var ordered = new int[other.size];
            for (int i = 0; i < other.keys.length; i++) {
                if (other.keys[i] != 0) {
                    ordered[other.numbers[i]] = other.keys[i];
                }
            }
            for (int i = 0; i < ordered.length; i++) {
                ordered[i] = add(ordered[i]);
            }
            return ordered;
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
                double part = often(i - from) * weights[sorted[from]];
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
        Vector vector = vector(features(TextForm.of(text)));
        var likeness = new float[sentences.size()];
        compare(vector, likeness);
        return new Compared(vector, likeness);
    }

    private void compare(Vector vector, float[] likeness) {
        for (int k = 0; k < vector.features.length; k++) {
            float part = (float) vector.parts[k];
            int end = from[vector.features[k] + 1];
            for (int i = from[vector.features[k]]; i < end; i++) {
                likeness[rows[i]] += part * parts[i];
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
        for (int feature = 0; feature < weights.length; feature++) {
            int end = from[feature + 1];
            for (int i = from[feature]; i < end; i++) {
                if (groupOf[rows[i]] >= 0) {
                    sums[groupOf[rows[i]]] += parts[i];
                }
            }
            for (int i = from[feature]; i < end; i++) {
                int at = groupOf[rows[i]];
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
                List.copyOf(places.keySet()), groupOf, lengths, new Leanings(from, rows, groupOf, places.size()));
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
     * only where somebody asks. Immutable and safe for use by many threads, each with a {@link Hand} of its own.
     *
     * @param <G> what a group's sentences are examples of
     */
    public static final class Others<G> {
        private final Likeness<?> all;
        private final Groups<G> groups;
        /** By sentence, where its features, and what is kept for each, begin in the three arrays below; one more for the end. */
        private final int[] begin;

        private final int[] features;
        private final float[] parts;
        /** The sums of the feature's parts in the sentence's own group. */
        private final float[] ownSums;
        /** By feature, where the groups that have it begin in the three arrays below; one more, where the last ones end. */
        private final int[] groupsBegin;
        /** Groups, the sums of the feature's parts in them, and the largest of these. */
        private int[] having;

        private float[] sums;
        private float[] largest;
        private final int[][] members;
        /** By group, how many features its sentences have together. */
        private final int[] work;

        private Others(Likeness<?> all, Groups<G> groups) {
            this.all = all;
            this.groups = groups;
            int size = all.sentences.size();
            this.begin = new int[size + 1];
            for (int row : all.rows) {
                begin[row + 1]++;
            }
            for (int row = 0; row < size; row++) {
                begin[row + 1] += begin[row];
            }
            this.features = new int[all.rows.length];
            this.parts = new float[all.rows.length];
            this.ownSums = new float[all.rows.length];
            this.groupsBegin = new int[all.weights.length + 1];
            this.having = new int[Math.max(groups.keys.size(), all.rows.length / 4)];
            this.sums = new float[having.length];
            this.largest = new float[having.length];
            int[] next = Arrays.copyOf(begin, size);
            var sum = new float[groups.keys.size()];
            var most = new float[groups.keys.size()];
            int last = 0;
            for (int feature = 0; feature < all.weights.length; feature++) {
                int end = all.from[feature + 1];
                if (last + sum.length > having.length) {
                    having = Arrays.copyOf(having, 2 * having.length);
                    sums = Arrays.copyOf(sums, having.length);
                    largest = Arrays.copyOf(largest, having.length);
                }
                for (int i = all.from[feature]; i < end; i++) {
                    int row = all.rows[i];
                    float part = all.parts[i];
                    features[next[row]] = feature;
                    parts[next[row]] = part;
                    int group = groups.groupOf[row];
                    if (group >= 0) {
                        if (sum[group] == 0) {
                            having[last++] = group;
                        }
                        sum[group] += part;
                        most[group] = Math.max(most[group], part);
                    }
                }
                for (int i = all.from[feature]; i < end; i++) {
                    int row = all.rows[i];
                    int group = groups.groupOf[row];
                    ownSums[next[row]++] = group >= 0 ? sum[group] : 0;
                }
                for (int i = groupsBegin[feature]; i < last; i++) {
                    sums[i] = sum[having[i]];
                    largest[i] = most[having[i]];
                    sum[having[i]] = 0;
                    most[having[i]] = 0;
                }
                groupsBegin[feature + 1] = last;
            }
            this.members = members(groups);
            this.work = new int[members.length];
            for (int group = 0; group < members.length; group++) {
                for (int member : members[group]) {
                    work[group] += begin[member + 1] - begin[member];
                }
            }
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

        /** What a thread takes one text after another in. */
        public Hand hand() {
            return new Hand(this);
        }
    }

    /** One text after another, each compared with the other sentences: see {@link Others}. Belongs to one thread. */
    public static final class Hand {
        /** How many features are sifted by at most, and up to which square of the length of the rest. */
        private static final int MOST_RAREST = 64;

        private static final double ENOUGH_SIFTED = 0.04;
        /** More than sums of so many rounded numbers are off. */
        private static final double ROUNDED = 1e-4;

        private final Others<?> others;
        private final Groups<?> groups;
        /** Of the text in hand, the parts by feature. */
        private final float[] own;

        private Vector vector = new Vector(new int[0], new double[0]);
        private int place;
        /** By group, what the likeness to its most like sentence cannot exceed. */
        private final double[] nearestAtMost;
        /** How like each sentence the text in hand is, once that is worth working out for all. */
        private final float[] single;

        private boolean compared;
        /** How many features of sentences have been looked at, one sentence after another. */
        private long looked;

        /** How like each sentence the text in hand is by its rarest features alone, once somebody asks. */
        private final float[] sifted;
        /** These features, so many of them. */
        private final int[] rarest = new int[MOST_RAREST];

        private int sieve;
        /** What all other features together cannot exceed in any sentence; 0 while nothing is sifted. */
        private double rest;

        private Hand(Others<?> others) {
            this.others = others;
            this.groups = others.groups;
            this.own = new float[others.all.weights.length];
            this.nearestAtMost = new double[groups.keys.size()];
            this.single = new float[others.begin.length - 1];
            this.sifted = new float[single.length];
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
            looked = 0;
            for (int i = 0; i < sieve; i++) {
                for (int at = others.all.from[rarest[i]]; at < others.all.from[rarest[i] + 1]; at++) {
                    sifted[others.all.rows[at]] = 0;
                }
            }
            sieve = 0;
            rest = 0;
            vector = others.all.vector(others.all.features(TextForm.of(text)));
            for (int i = 0; i < vector.features.length; i++) {
                own[vector.features[i]] = (float) vector.parts[i];
            }
            double[] likeness = dots();
            int group = groups.groupOf[without];
            if (group >= 0) {
                double shared = 0;
                double sum = 0;
                for (int i = others.begin[without]; i < others.begin[without + 1]; i++) {
                    float part = others.parts[i];
                    shared += part * own[others.features[i]];
                    sum += part * others.ownSums[i];
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

        private double[] dots() {
            var dots = new double[groups.keys.size()];
            Arrays.fill(nearestAtMost, 0);
            for (int feature : vector.features) {
                float value = own[feature];
                for (int i = others.groupsBegin[feature]; i < others.groupsBegin[feature + 1]; i++) {
                    int group = others.having[i];
                    dots[group] += value * others.sums[i];
                    nearestAtMost[group] += value * others.largest[i];
                }
            }
            return dots;
        }

        /** How like the most like sentence of a group the text in hand is, 0–1; the sentence that is left out does not count. */
        public double nearest(int group) {
            return nearest(group, likeness -> false);
        }

        /**
         * The same, but no further than somebody needs to know.
         *
         * @param enough whether it does not matter by how much a likeness is exceeded
         * @return how like the most like sentence it is, or any likeness that is enough
         */
        public double nearest(int group, DoublePredicate enough) {
            int[] members = others.members[group];
            if (!compared && looked + (rest > 0 ? 0 : others.work[group]) > others.all.postings(vector)) {
                Arrays.fill(single, 0);
                others.all.compare(vector, single);
                compared = true;
            }
            // Sentences that are like each other mostly stand near each other.
            int at = Arrays.binarySearch(members, place);
            int up = at >= 0 ? at + 1 : -at - 1;
            int down = at >= 0 ? at - 1 : -at - 2;
            float most = rest > 0 ? promising(members) : 0;
            while (up < members.length || down >= 0) {
                if (up < members.length) {
                    most = more(most, members[up++]);
                }
                if (down >= 0) {
                    most = more(most, members[down--]);
                }
                if (enough.test(most)) {
                    return most;
                }
            }
            return most;
        }

        /** How like the sentence is that promises most by what was sifted, so that most others need not be looked at. */
        private float promising(int[] members) {
            int best = -1;
            for (int member : members) {
                if (member != place && (best < 0 || sifted[member] > sifted[best])) {
                    best = member;
                }
            }
            return best < 0 ? 0 : likeness(best);
        }

        /** The greater of a likeness and that of one sentence, which is looked at only when it can be greater. */
        private float more(float than, int sentence) {
            return rest > 0 && sifted[sentence] + rest <= than ? than : Math.max(than, likeness(sentence));
        }

        /** How like one sentence it is: what {@link Likeness#compare} finds for all, to the last bit. */
        private float likeness(int sentence) {
            if (compared) {
                return single[sentence];
            }
            looked += others.begin[sentence + 1] - others.begin[sentence];
            float likeness = 0;
            for (int i = others.begin[sentence]; i < others.begin[sentence + 1]; i++) {
                likeness += own[others.features[i]] * others.parts[i];
            }
            return likeness;
        }

        /** How the text in hand leans to each group without the sentence that is left out: see {@link Groups#leanings}. */
        public double[] leanings(double ofSize) {
            int[] without = Arrays.copyOfRange(others.features, others.begin[place], others.begin[place + 1]);
            return groups.leanings.of(vector.features, vector.parts, ofSize, without, groups.groupOf[place]);
        }

        /** What {@link #nearest} cannot exceed, at little cost. */
        public double nearestAtMost(int group) {
            return Math.min(1, nearestAtMost[group]);
        }

        /** The same, more closely and at some cost; from the first time on {@link #nearest} passes over what cannot be nearest. */
        public double nearestAtMostSifted(int group) {
            if (rest == 0) {
                sift();
            }
            float most = 0;
            for (int member : others.members[group]) {
                most = member == place ? most : Math.max(most, sifted[member]);
            }
            return Math.min(most + rest, nearestAtMost(group));
        }

        /**
         * Works out the likeness to all sentences by the features that weigh most: these are the rarest, few sentences have them.
         * As sentences are of length 1, by the others no sentence is more like the text than these are long.
         */
        private void sift() {
            long[] byWeight = new long[vector.features.length];
            double square = 0;
            for (int i = 0; i < byWeight.length; i++) {
                // Of positive numbers the bits are in the same order as the numbers.
                byWeight[i] = (long) Float.floatToIntBits((float) vector.parts[i]) << Integer.SIZE | i;
                square += vector.parts[i] * vector.parts[i];
            }
            Arrays.sort(byWeight);
            for (int i = byWeight.length - 1; i >= 0 && sieve < MOST_RAREST && square > ENOUGH_SIFTED; i--) {
                int at = (int) byWeight[i];
                int feature = vector.features[at];
                float part = (float) vector.parts[at];
                rarest[sieve++] = feature;
                square -= vector.parts[at] * vector.parts[at];
                for (int k = others.all.from[feature]; k < others.all.from[feature + 1]; k++) {
                    sifted[others.all.rows[k]] += part * others.all.parts[k];
                }
            }
            rest = Math.sqrt(Math.max(0, square)) + ROUNDED;
        }
    }

    /** How many places in sentences a text's features have. */
    private long postings(Vector vector) {
        long places = 0;
        for (int feature : vector.features) {
            places += from[feature + 1] - from[feature];
        }
        return places;
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
