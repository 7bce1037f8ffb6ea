package liandong.problem;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * One thing that is wrong, with its place and a way to mend it.
 *
 * <p>Holds no sentence, only what a sentence needs: the words are chosen when it is shown, in the reader's language.
 *
 * @param code what kind of problem
 * @param at where
 * @param args what the message quotes, in the order of its {@code {0}}, {@code {1}}…
 */
public record Problem(Code code, At at, List<String> args) {
    private static final String BUNDLE = "liandong.problem.messages";

    /** A problem whose message quotes the given values. */
    public static Problem of(Code code, At at, Object... args) {
        return new Problem(code, at, Arrays.stream(args).map(String::valueOf).toList());
    }

    /** What is wrong, in one sentence, in Chinese or, for any other language, English. */
    public String message(Locale locale) {
        return text(code.name(), locale);
    }

    /** How to mend it; empty when the message says all. */
    public String help(Locale locale) {
        return text(code.name() + ".help", locale);
    }

    /** The problem as one line: place, code, message and help. */
    public String line(Locale locale) {
        String help = help(locale);
        return at + ": " + code + ": " + message(locale) + (help.isEmpty() ? "" : " " + help);
    }

    private String text(String key, Locale locale) {
        String pattern;
        try {
            pattern = bundle(locale).getString(key);
        } catch (MissingResourceException e) {
            return "";
        }
        // Not MessageFormat: its quoting of apostrophes and braces would bite translators and quoted cell texts.
        var text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '{' && i + 2 < pattern.length() && pattern.charAt(i + 2) == '}') {
                int n = pattern.charAt(i + 1) - '0';
                text.append(n >= 0 && n < args.size() ? args.get(n) : "");
                i += 2;
            } else {
                text.append(c);
            }
        }
        return text.toString().strip();
    }

    private static ResourceBundle bundle(Locale locale) {
        boolean chinese = locale.getLanguage().equals(Locale.CHINESE.getLanguage());
        return ResourceBundle.getBundle(BUNDLE, chinese ? Locale.CHINESE : Locale.ROOT, CONTROL);
    }

    private static final ResourceBundle.Control CONTROL =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
}
