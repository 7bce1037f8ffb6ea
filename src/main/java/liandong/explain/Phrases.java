package liandong.explain;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import liandong.incident.Term;
import liandong.problem.Phrasebook;

/** What the commands say, in the language of whoever reads it. */
public final class Phrases {
    private static final Phrasebook BOOK = new Phrasebook("liandong.explain.messages");

    private final Locale locale;

    public Phrases(Locale locale) {
        this.locale = locale;
    }

    public Locale locale() {
        return locale;
    }

    /** Whether the reader reads Chinese. */
    public boolean chinese() {
        return locale.getLanguage().equals(Locale.CHINESE.getLanguage());
    }

    /** The phrase of a key, with its values filled in. */
    public String of(String key, Object... args) {
        return BOOK.text(key, locale, Arrays.stream(args).map(String::valueOf).toList());
    }

    /** A word of a closed set; words of open sets are shown by their label in every language. */
    public String word(Term word) {
        return chinese() ? word.label() : word.code().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The half of a label in both languages ({@code "结果 Outcome"}) that the reader understands. */
    public String half(String label) {
        int blank = label.indexOf(' ');
        return blank < 0 ? label : chinese() ? label.substring(0, blank) : label.substring(blank + 1);
    }

    /** Several things in a row. */
    public String list(Collection<String> items) {
        return String.join(chinese() ? "、" : ", ", items);
    }

    /** Two sentences, one after the other. */
    public String join(String first, String second) {
        return chinese() ? first + second : first + " " + second;
    }

    /** The labels of several terms in a row. */
    public String labels(Collection<? extends Term> terms) {
        return list(terms.stream().map(Term::label).collect(Collectors.toList()));
    }

    /** A share in percent; a dash when there is nothing to take a share of. */
    public static String percent(long part, long whole) {
        return whole == 0 ? "–" : String.format(Locale.ROOT, "%.1f%%", 100.0 * part / whole);
    }
}
