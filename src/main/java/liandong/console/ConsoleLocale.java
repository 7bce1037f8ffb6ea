package liandong.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.LocaleResolver;

/** The language of a page: the one that was chosen, else the browser's; Chinese when it says none. */
final class ConsoleLocale implements LocaleResolver {
    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        String chosen = Cookies.read(request, Cookies.LANGUAGE);
        if (chosen != null) {
            return of(chosen);
        }
        return request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null
                ? Locale.CHINESE
                : of(request.getLocale().getLanguage());
    }

    /** Chinese, or English for every other language. */
    static Locale of(String language) {
        return language.equals(Locale.CHINESE.getLanguage()) ? Locale.CHINESE : Locale.ENGLISH;
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("the language is chosen by its own address");
    }
}
