package liandong.reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the clauses of a text lie: a clause ends at a punctuation mark or at a line's end.
 *
 * <p>A pause mark ({@code 、}) and brackets do not end a clause; nor does a full stop between two digits.
 */
public final class Clauses {
    private static final String ENDS = ",，。.;；!！?？:：\n\r\t…~～|";
    /** What ends a sentence, be it ever so short. */
    private static final String SENTENCE_ENDS = "。;；!！?？\n\r";
    /** Characters after which a sentence that does not end is divided: many write with commas or blanks alone. */
    private static final int SENTENCE = 20;
    /** A shorter sentence is taken with the next: it says little by itself. */
    private static final int SHORTEST = 4;
    /** A text has no more sentences than about these; those of a very long one are longer. */
    private static final int MOST = 200;

    /** The end of each clause, exclusive, rising. */
    private final int[] ends;

    private Clauses(int[] ends) {
        this.ends = ends;
    }

    /** The clauses of a text. */
    public static Clauses of(String text) {
        var ends = new int[text.length() + 1];
        int count = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (endsAt(text, i)) {
                if (i > from) {
                    ends[count++] = i;
                }
                from = i + 1;
            }
        }
        if (text.length() > from || count == 0) {
            ends[count++] = text.length();
        }
        return new Clauses(Arrays.copyOf(ends, count));
    }

    /** Whether the character at a place ends a clause. */
    public static boolean endsAt(String text, int place) {
        return ENDS.indexOf(text.charAt(place)) >= 0 && !withinNumber(text, place);
    }

    /** Whether a character ends a sentence, however short it is. */
    public static boolean endsSentence(char mark) {
        return SENTENCE_ENDS.indexOf(mark) >= 0;
    }

    private static boolean withinNumber(String text, int at) {
        char c = text.charAt(at);
        return (c == '.' || c == ':' || c == ',')
                && at > 0
                && at + 1 < text.length()
                && Character.isDigit(text.charAt(at - 1))
                && Character.isDigit(text.charAt(at + 1));
    }

    /**
     * The sentences of a text, in their order, without the marks that end them; a long one is divided where a clause or a word
     * before a blank ends.
     */
    public static List<String> sentences(String text) {
        var sentences = new ArrayList<String>();
        int shortest = Math.max(SHORTEST, text.length() / MOST);
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean last = i == text.length();
            if (last || endsAt(text, i) || text.charAt(i) == ' ') {
                boolean ends = last || (i - from >= shortest && (i - from >= SENTENCE || endsSentence(text.charAt(i))));
                if (i > from && ends) {
                    sentences.add(text.substring(from, i));
                }
                if (i == from || ends) {
                    from = i + 1;
                }
            }
        }
        return sentences;
    }

    /** How many there are; at least one. */
    public int count() {
        return ends.length;
    }

    /** The clause that a place lies in, from 0; a mark that ends a clause belongs to it. */
    public int at(int place) {
        int found = Arrays.binarySearch(ends, place);
        return Math.min(found >= 0 ? found : -found - 1, ends.length - 1);
    }

    /** Where a clause begins. */
    public int from(int clause) {
        return clause == 0 ? 0 : Math.min(ends[clause - 1] + 1, ends[clause]);
    }

    /** Where a clause ends, without the mark that ends it; exclusive. */
    public int to(int clause) {
        return ends[clause];
    }

    /** The texts of the clauses, in their order, without the marks that end them. */
    public List<String> texts(String text) {
        var texts = new ArrayList<String>(ends.length);
        int from = 0;
        for (int end : ends) {
            int start = from;
            while (start < end && (ENDS.indexOf(text.charAt(start)) >= 0 || text.charAt(start) == ' ')) {
                start++;
            }
            texts.add(text.substring(start, end));
            from = end;
        }
        return texts;
    }
}
