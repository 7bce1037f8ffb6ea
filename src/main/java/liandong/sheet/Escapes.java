package liandong.sheet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a workbook writes characters that XML cannot hold: {@code _x000D_} is a carriage return (ECMA-376, 22.9.2.19), and
 * {@code _x005F_} the underscore of a text that only looks like one of these.
 */
public final class Escapes {
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private Escapes() {}

    /** A text as people see it; half of a character stays as it is written. */
    static String decoded(String written) {
        if (!written.contains("_x")) {
            return written;
        }
        Matcher escaped = ESCAPED.matcher(written);
        var text = new StringBuilder();
        int from = 0;
        while (escaped.find(from)) {
            text.append(written, from, escaped.start());
            char c = (char) Integer.parseInt(escaped.group(1), 16);
            from = escaped.end();
            if (!Character.isSurrogate(c)) {
                text.append(c);
                continue;
            }
            Matcher low = ESCAPED.matcher(written).region(from, written.length());
            char second = low.lookingAt() ? (char) Integer.parseInt(low.group(1), 16) : 0;
            if (Character.isSurrogatePair(c, second)) {
                text.append(c).append(second);
                from = low.end();
            } else {
                text.append(escaped.group());
            }
        }
        return text.append(written, from, written.length()).toString();
    }

    /** A text as it must be written, for it to be read as it is: also what XML cannot hold, and half characters. */
    public static String encoded(String text) {
        StringBuilder written = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
            boolean unwritable =
                    (c < ' ' && c != '\n' && c != '\t') || c >= '\uFFFE' || (Character.isSurrogate(c) && !pair);
            boolean misread =
                    c == '_' && ESCAPED.matcher(text).region(i, text.length()).lookingAt();
            if (unwritable || misread) {
                written = written == null ? new StringBuilder(text.substring(0, i)) : written;
                written.append(String.format("_x%04X_", (int) c));
            } else if (written != null) {
                written.append(c);
            }
            if (pair) {
                i++;
                if (written != null) {
                    written.append(text.charAt(i));
                }
            }
        }
        return written == null ? text : written.toString();
    }
}
