package liandong.problem;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One thing that is wrong, with its place and a way to mend it.
 *
 * <p>Holds no sentence, only what a sentence needs: the words are chosen when it is shown, in the reader's language.
 *
 * @param code what kind of problem
 * @param at where
 * @param args what the message quotes, in the order of its {@code {0}}, {@code {1}}…
 */
public record Problem(Code code, Location at, List<String> args) {
    /** By file, then sheet, row and column, so that a reader goes through each file from top to bottom. */
    public static final Comparator<Problem> BY_PLACE = Comparator.comparing(Problem::placeKey);

    private static final Phrasebook PHRASES = new Phrasebook("liandong.problem.messages");

    /** A problem whose message quotes the given values; characters that steer a screen are written out in them. */
    public static Problem of(Code code, Location at, Object... args) {
        return new Problem(
                code,
                at,
                Arrays.stream(args).map(String::valueOf).map(Problem::visible).toList());
    }

    /** A text in which what cannot be seen can be: a cell could otherwise turn the message that quotes it around. */
    public static String visible(String text) {
        if (text.codePoints().noneMatch(c -> steers(c) || c == '\r')) {
            return text;
        }
        var visible = new StringBuilder();
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean ofLineEnd = c == '\r' && text.startsWith("\r\n", i);
            if (steers(c) || (c == '\r' && !ofLineEnd)) {
                visible.append(String.format("‹U+%04X›", c));
            } else {
                visible.appendCodePoint(c);
            }
        }
        return visible.toString();
    }

    private static boolean steers(int c) {
        return Character.getType(c) == Character.FORMAT
                || (Character.getType(c) == Character.CONTROL && c != '\n' && c != '\r' && c != '\t');
    }

    private static String placeKey(Problem problem) {
        if (problem.at instanceof CellRef cell) {
            return String.format("%s\0%s\0%08d%04d", cell.file(), cell.sheet(), cell.row(), cell.column());
        }
        if (problem.at instanceof LineRef line) {
            return String.format("%s\0%08d", line.file(), line.line());
        }
        return problem.at.toString();
    }

    /** What is wrong, in one sentence, in Chinese or, for any other language, English. */
    public String message(Locale locale) {
        return PHRASES.text(code.name(), locale, args);
    }

    /** How to mend it; empty when the message says all. */
    public String help(Locale locale) {
        return PHRASES.text(code.name() + ".help", locale, args);
    }

    /** The problem as one line: place, code, message and help. */
    public String line(Locale locale) {
        String help = help(locale);
        return at + ": " + code + ": " + message(locale) + (help.isEmpty() ? "" : " " + help);
    }
}
