package liandong.explain;

import java.util.ArrayList;
import java.util.List;

/** Measures and breaks text by the columns it takes on a terminal, where a Chinese character takes two. */
public final class Columns {
    private static final String CLOSING = "，。、；：！？”’）】》〉」』…,.;:!?)]}%";
    private static final String OPENING = "“‘（【《〈「『([{";

    private Columns() {}

    /** How many columns a text takes. */
    public static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return isWide(c) ? 2 : 1;
    }

    /** Whether a character is wide or full-width (Unicode Standard Annex 11, by blocks). */
    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE4F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1F64F)
                || (c >= 0x1F900 && c <= 0x1F9FF)
                || (c >= 0x20000 && c <= 0x3FFFD);
    }

    /** The text, with blanks after it up to a width. */
    public static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /** The text, with blanks before it up to a width. */
    public static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - width(text))) + text;
    }

    /** Text from elsewhere, made fit to be shown: on one line, and without signs that would steer the terminal. */
    public static String shown(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\s]+", " ").strip();
    }

    /** Text from elsewhere, made fit to be shown, up to so many characters. */
    public static String shortened(String text, int characters) {
        String shown = shown(text);
        return shown.codePointCount(0, shown.length()) <= characters
                ? shown
                : shown.substring(0, shown.offsetByCodePoints(0, characters)) + "…";
    }

    /** Text in lines no wider than asked: broken at blanks and beside wide characters, never before a closing sign. */
    public static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String piece : pieces(text)) {
            if (!line.isEmpty() && width(line.toString()) + width(piece.stripTrailing()) > width) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
            String rest = piece;
            while (width(rest.stripTrailing()) > width) {
                int end = fitting(rest, width);
                lines.add(rest.substring(0, end));
                rest = rest.substring(end);
            }
            line.append(rest);
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    /** Where to cut a text so that what is before takes no more than a width, but at least one character. */
    private static int fitting(String text, int width) {
        int taken = 0;
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            taken += width(c);
            if (taken > width && at > 0) {
                return at;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    /** What must stay together, each with the blanks after it. */
    private static List<String> pieces(String text) {
        var pieces = new ArrayList<String>();
        int start = 0;
        int before = -1;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int c = text.codePointAt(at);
            boolean joined = CLOSING.indexOf(c) >= 0 || OPENING.indexOf(before) >= 0 || c == ' ';
            if (before >= 0 && !joined && (before == ' ' || isWide(before) || isWide(c))) {
                pieces.add(text.substring(start, at));
                start = at;
            }
            before = c;
        }
        pieces.add(text.substring(start));
        return pieces;
    }
}
