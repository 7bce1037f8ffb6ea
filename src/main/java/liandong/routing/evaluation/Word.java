package liandong.routing.evaluation;

import java.util.Collection;
import liandong.incident.Term;

/**
 * A word that labels and answers use.
 *
 * @param code its code
 * @param label its name for people
 */
record Word(String code, String label) {
    static Word of(Term term) {
        return new Word(term.code(), term.label());
    }

    /** Whether it is among some words, by its code or its label. */
    boolean isAmong(Collection<Word> words) {
        return words.stream()
                .anyMatch(word -> word.code.equals(code) || word.label.equals(label) || word.label.equals(code));
    }
}
