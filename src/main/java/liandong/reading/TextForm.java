package liandong.reading;

import com.ibm.icu.text.Transliterator;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The one form that texts and words are compared in: half-width, lower case, simplified characters.
 *
 * <p>Of the same length as before, so that a place in it is the same place in the text. Characters outside the basic plane
 * stay as they are.
 */
public final class TextForm {
    /** Letters by their kind, blanks to the eye. */
    private static final String HANGUL_FILLERS = "\u115F\u1160\u3164\uFFA0";

    /** So many single characters with blanks between them are one word, or several. */
    private static final int SPACED = 3;

    /** The form of a character, once somebody has asked; 0 before that. */
    private static final char[] FORMS = new char[1 << 16];

    private TextForm() {}

    /** A text in the one form. */
    public static String of(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            chars[i] = form(chars[i]);
        }
        return new String(chars);
    }

    private static char form(char c) {
        char form = FORMS[c]; // of two threads that write it, both write the same
        if (form == 0) {
            form = of(c);
            FORMS[c] = form;
        }
        return form;
    }

    private static char of(char c) {
        if (c < 0x80) {
            return Character.toLowerCase(c);
        }
        if (isIdeograph(c)) {
            return Simplified.of(c);
        }
        if (Character.isSurrogate(c)) {
            return c;
        }
        String folded = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC);
        char first = folded.length() == 1 ? folded.charAt(0) : c;
        // A character of compatibility may stand for a traditional one.
        return isIdeograph(first) ? Simplified.of(first) : Character.toLowerCase(first);
    }

    private static boolean isIdeograph(char c) {
        return c >= 0x4E00 && c <= 0x9FFF;
    }

    /**
     * What a reader sees of a text, in the one form.
     *
     * <p>Characters that show nothing, or only mark the one before them, are left out: a word with a zero-width space in it is
     * the same word. So are the blanks of words that are written with a blank after each of their characters.
     */
    public static final class Visible {
        private final String form;
        private final int[] places;

        private Visible(String form, int[] places) {
            this.form = form;
            this.places = places;
        }

        /** The text without what nobody sees. */
        public String form() {
            return form;
        }

        /** Of a place in the form, or of its end, the place in the text as it was written. */
        public int place(int inForm) {
            return places[inForm];
        }
    }

    /** What a reader sees of a text, in the one form. */
    public static Visible visible(String text) {
        char[] form = new char[text.length()];
        int[] places = new int[text.length() + 1];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isUnseen(c)) {
                places[length] = i;
                form[length++] = form(c);
            }
        }
        length = joined(form, places, length);
        places[length] = text.length();
        return new Visible(new String(form, 0, length), Arrays.copyOf(places, length + 1));
    }

    /**
     * Leaves out the blanks within what is written character by character.
     *
     * @return the length without them
     */
    private static int joined(char[] form, int[] places, int length) {
        int to = 0;
        int from = 0;
        while (from < length) {
            int end = spacedFrom(form, from, length);
            for (int i = from; i < end; i++) {
                if (form[i] != ' ' || end - from == 1) {
                    places[to] = places[i];
                    form[to++] = form[i];
                }
            }
            from = end;
        }
        return to;
    }

    /**
     * Where what is written character by character ends, if it begins at a place: single Chinese characters, three of them or
     * more, with one blank between each two. Otherwise the next place.
     */
    private static int spacedFrom(char[] form, int from, int length) {
        int end = from + 1;
        if (from == 0 || !isIdeograph(form[from - 1])) {
            for (int i = from; isSingle(form, i, length); i += 2) {
                end = i + 1;
                if (end < length && form[end] != ' ') {
                    break;
                }
            }
        }
        return end - from >= 2 * SPACED - 1 ? end : from + 1;
    }

    private static boolean isSingle(char[] form, int at, int length) {
        return at < length && isIdeograph(form[at]) && (at + 1 == length || !isIdeograph(form[at + 1]));
    }

    /** Whether a character shows nothing by itself: formats such as zero-width spaces, marks upon another character, fillers. */
    private static boolean isUnseen(char c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            case Character.CONTROL -> !Character.isWhitespace(c);
            default -> HANGUL_FILLERS.indexOf(c) >= 0;
        };
    }

    /** Whether a character carries meaning: a letter or a digit; everything else divides. */
    public static boolean isWord(char c) {
        return Character.isLetterOrDigit(c);
    }

    /** Traditional characters; only loaded when a text has one. */
    private static final class Simplified {
        /** The characters of GB 2312, none of which has a simpler form. */
        static final BitSet COMMON = common();

        private static final class Converter {
            static final Transliterator TO_SIMPLIFIED = Transliterator.getInstance("Traditional-Simplified");
        }

        private static BitSet common() {
            var common = new BitSet(0x10000);
            CharsetEncoder encoder = Charset.forName("GB2312").newEncoder();
            for (char c = 0x4E00; c <= 0x9FFF; c++) {
                common.set(c, encoder.canEncode(c));
            }
            return common;
        }

        static char of(char c) {
            if (COMMON.get(c)) {
                return c;
            }
            String simple = Converter.TO_SIMPLIFIED.transliterate(String.valueOf(c));
            return simple.length() == 1 ? simple.charAt(0) : c;
        }
    }
}
