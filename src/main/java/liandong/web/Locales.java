package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.http.HttpHeaders;

/** The language a caller wants. */
final class Locales {
    private Locales() {}

    /** What {@code Accept-Language} says; Chinese, the staff's own, when it says nothing. */
    static Locale of(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null ? Locale.CHINESE : request.getLocale();
    }
}
