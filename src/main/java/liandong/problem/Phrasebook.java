package liandong.problem;

import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** Sentences for people, in Chinese or, for any other language, English. */
public final class Phrasebook {
    private static final ResourceBundle.Control CONTROL =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final String bundle;

    /**
     * The sentences of a pair of property files.
     *
     * @param bundle their common name, e.g. {@code "liandong.problem.messages"}
     */
    public Phrasebook(String bundle) {
        this.bundle = bundle;
    }

    /** The sentence of a key with {@code {0}}, {@code {1}}… filled in; empty when there is none. */
    public String text(String key, Locale locale, List<String> args) {
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

    private ResourceBundle bundle(Locale locale) {
        boolean chinese = locale.getLanguage().equals(Locale.CHINESE.getLanguage());
        return ResourceBundle.getBundle(bundle, chinese ? Locale.CHINESE : Locale.ROOT, CONTROL);
    }
}
