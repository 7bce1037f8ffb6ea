package liandong.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import liandong.incident.Term;
import liandong.problem.Phrasebook;

/** What the commands say, in the language of whoever reads it. */
public final class Phrases {
    private static final Phrasebook BOOK = new Phrasebook("liandong.cli.messages");

    private final Locale locale;

    Phrases(Locale locale) {
        this.locale = locale;
    }

    Locale locale() {
        return locale;
    }

    /** Whether the reader reads Chinese. */
    boolean chinese() {
        return locale.getLanguage().equals(Locale.CHINESE.getLanguage());
    }

    /** The phrase of a key, with its values filled in. */
    public String of(String key, Object... args) {
        return BOOK.text(key, locale, Arrays.stream(args).map(String::valueOf).toList());
    }

    /** A word of a closed set; words of open sets are shown by their label in every language. */
    <T extends Enum<T> & Term> String word(T word) {
        return chinese() ? word.label() : word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Several things in a row. */
    String list(Collection<String> items) {
        return String.join(chinese() ? "、" : ", ", items);
    }

    /** Two sentences, one after the other. */
    String join(String first, String second) {
        return chinese() ? first + second : first + " " + second;
    }

    /** The labels of several terms in a row. */
    String labels(Collection<? extends Term> terms) {
        return list(terms.stream().map(Term::label).collect(Collectors.toList()));
    }

    /** A share in percent; a dash when there is nothing to take a share of. */
    static String percent(long part, long whole) {
        return whole == 0 ? "–" : String.format(Locale.ROOT, "%.1f%%", 100.0 * part / whole);
    }
}
