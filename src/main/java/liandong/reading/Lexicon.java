package liandong.reading;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ahocorasick.trie.Trie;

/**
 * Words, each with what it means to somebody, found in a text all at once.
 *
 * <p>Immutable and safe for use by many threads. The time to look through a text does not depend on how many words there are.
 *
 * @param <U> what a word means
 */
public final class Lexicon<U> {
    private final Trie trie;
    private final Map<String, List<U>> uses;

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
        this.uses = uses;
        this.trie = Trie.builder().addKeywords(uses.keySet()).build();
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
            var copies = new HashMap<String, List<U>>();
            uses.forEach((word, each) -> copies.put(word, List.copyOf(each)));
            return new Lexicon<>(copies);
        }
    }

    /** How many words it has. */
    public int size() {
        return uses.size();
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
        if (uses.isEmpty()) {
            return hits;
        }
        trie.parseText(text, emit -> {
            String word = emit.getKeyword();
            int end = emit.getEnd() + 1;
            if (!dividesNumber(text, emit.getStart()) && !dividesNumber(text, end)) {
                hits.add(new Hit<>(emit.getStart(), end, word, uses.getOrDefault(word, List.of())));
            }
            return true;
        });
        hits.sort(Comparator.<Hit<U>>comparingInt(Hit::start).thenComparingInt(hit -> -hit.end()));
        return hits;
    }

    private static boolean dividesNumber(String text, int place) {
        return place > 0
                && place < text.length()
                && Character.isDigit(text.charAt(place - 1))
                && Character.isDigit(text.charAt(place));
    }
}
