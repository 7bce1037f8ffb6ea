package liandong.routing.evaluation;

import java.util.List;

/**
 * What a row's labels want of one part.
 *
 * @param words the label first, then all else that is right too; never empty
 */
record Wanted(List<Word> words) {
    /** The label, by which rows are counted. */
    Word label() {
        return words.get(0);
    }

    /** Whether one of some words is right. */
    boolean accepts(List<Word> said) {
        return said.stream().anyMatch(word -> word.isAmong(words));
    }

    /** Whether it wants this word, perhaps among others. */
    boolean has(String code) {
        return words.stream().anyMatch(word -> word.code().equals(code));
    }
}
