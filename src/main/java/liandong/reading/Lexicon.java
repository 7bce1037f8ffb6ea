package liandong.reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Words, each with what it means to somebody, found in a text all at once.
 *
 * <p>A tree of characters: from each place of a text it is gone down as far as the text goes along with some word. Immutable and
 * safe for use by many threads. The time to look through a text grows with its length and with how far it goes along with words,
 * not with how many words there are.
 *
 * @param <U> what a word means
 */
public final class Lexicon<U> {
    private final Tree tree = new Tree();
    /** The words, by the number that the tree has at their ends. */
    private final List<String> words;

    private final List<List<U>> uses;

    /**
     * A word in a text.
     *
     * @param start where it begins, from 0
     * @param end where it ends, exclusive
     * @param word the word
     * @param uses what it means, in the order in which it was added
     */
    public record Hit<U>(int start, int end, String word, List<U> uses) {}

    private Lexicon(Map<String, List<U>> uses) {
        this.words = List.copyOf(uses.keySet());
        this.uses = uses.values().stream().map(List::copyOf).toList();
        for (int i = 0; i < words.size(); i++) {
            tree.add(words.get(i), i);
        }
    }

    /** Gathers words. */
    public static final class Builder<U> {
        private final Map<String, List<U>> uses = new TreeMap<>();

        /** Adds a word, in the form that texts are compared in. */
        public Builder<U> add(String word, U use) {
            if (!word.isEmpty()) {
                uses.computeIfAbsent(TextForm.of(word), each -> new ArrayList<>())
                        .add(use);
            }
            return this;
        }

        /** Adds words that mean the same. */
        public Builder<U> addAll(Collection<String> words, U use) {
            words.forEach(word -> add(word, use));
            return this;
        }

        /** All that has been added. */
        public Lexicon<U> build() {
            return new Lexicon<>(uses);
        }
    }

    /** Nodes from 0, the root, and the steps between them in one hash table, without an object for each. */
    private static final class Tree {
        private static final int NO_WORD = -1;

        /** Twice as many places as steps at least: {@code (node + 1) << 16 | character}; 0 where there is none. */
        private long[] steps = new long[1 << 10];

        private int[] to = new int[steps.length];
        /** By node, the number of the word that ends there. */
        private int[] ends = {NO_WORD};

        private int size = 1;

        void add(String word, int number) {
            int node = 0;
            for (int i = 0; i < word.length(); i++) {
                int next = next(node, word.charAt(i));
                node = next == 0 ? grow(node, word.charAt(i)) : next;
            }
            ends[node] = number;
        }

        private int grow(int node, char c) {
            if (2 * size >= steps.length) {
                long[] former = steps;
                int[] formerTo = to;
                steps = new long[2 * former.length];
                to = new int[steps.length];
                for (int i = 0; i < former.length; i++) {
                    if (former[i] != 0) {
                        int at = place(former[i]);
                        steps[at] = former[i];
                        to[at] = formerTo[i];
                    }
                }
            }
            if (size == ends.length) {
                ends = Arrays.copyOf(ends, 2 * size);
                Arrays.fill(ends, size, ends.length, NO_WORD);
            }
            int at = place(step(node, c));
            steps[at] = step(node, c);
            to[at] = size;
            return size++;
        }

        private static long step(int node, char c) {
            return ((node + 1L) << 16) | c;
        }

        /** Where a step stands, else the free place where it would. */
        private int place(long step) {
            long hash = step * 0x9E3779B97F4A7C15L; // spreads neighbouring steps, by the golden ratio
            int at = (int) (hash >>> 32) & steps.length - 1;
            while (steps[at] != 0 && steps[at] != step) {
                at = at + 1 & steps.length - 1;
            }
            return at;
        }

        /** The node that a character leads to; 0 for none. */
        int next(int node, char c) {
            return to[place(step(node, c))];
        }

        /** The number of the word that ends at a node; negative for none. */
        int word(int node) {
            return ends[node];
        }
    }

    /** How many words it has. */
    public int size() {
        return words.size();
    }

    /**
     * Every place where a word stands, words within words too; a number not within a longer one, such as 110 in that of a
     * telephone.
     *
     * @param text in the form that texts are compared in
     * @return by start, the longer first
     */
    public List<Hit<U>> find(String text) {
        var hits = new ArrayList<Hit<U>>();
        for (int start = 0; start < text.length(); start++) {
            int before = hits.size();
            int node = tree.next(0, text.charAt(start));
            for (int end = start + 1; node != 0; end++) {
                int word = tree.word(node);
                if (word >= 0 && !dividesNumber(text, start) && !dividesNumber(text, end)) {
                    hits.add(new Hit<>(start, end, words.get(word), uses.get(word)));
                }
                node = end < text.length() ? tree.next(node, text.charAt(end)) : 0;
            }
            if (hits.size() - before > 1) {
                Collections.reverse(hits.subList(before, hits.size()));
            }
        }
        return hits;
    }

    private static boolean dividesNumber(String text, int place) {
        return place > 0
                && place < text.length()
                && Character.isDigit(text.charAt(place - 1))
                && Character.isDigit(text.charAt(place));
    }
}
