package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The language a caller wants. */
final class Locales {
    private Locales() {}

    /** What {@code Accept-Language} says; see {@link #of(String)}. */
    static Locale of(HttpServletRequest request) {
        return of(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }

    /**
     * Of the two languages that there are, the one a caller likes better.
     *
     * @param accepted a header {@code Accept-Language}; null when there is none
     * @return Chinese, the staff's own, when it names no language, none in particular, or cannot be read; English when it names
     *     others only. Never what this machine happens to speak.
     */
    static Locale of(@Nullable String accepted) {
        if (accepted == null || accepted.isBlank()) {
            return Locale.CHINESE;
        }
        try {
            for (LanguageRange range : LanguageRange.parse(accepted)) { // the best liked first
                String language = range.getRange().replaceFirst("-.*", "");
                if (range.getWeight() > 0 && (language.equals("zh") || language.equals("*"))) {
                    return Locale.CHINESE;
                }
                if (range.getWeight() > 0 && language.equals("en")) {
                    return Locale.ENGLISH;
                }
            }
        } catch (IllegalArgumentException e) {
            return Locale.CHINESE;
        }
        return Locale.ENGLISH;
    }
}
