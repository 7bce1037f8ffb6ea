package liandong.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseCookie.ResponseCookieBuilder;

/** What the console keeps in a browser: who is signed in, and the language. */
final class Cookies {
    static final String SESSION = "liandong-session";
    static final String LANGUAGE = "liandong-language";

    private static final Duration YEAR = Duration.ofDays(365);

    private Cookies() {}

    static @Nullable String read(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(name)) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }

    /** Gone with the browser, out of reach of scripts, and never sent along by a page from elsewhere. */
    static void signIn(HttpServletRequest request, HttpServletResponse response, String secret) {
        add(response, cookie(request, SESSION, secret).httpOnly(true));
    }

    static void signOut(HttpServletRequest request, HttpServletResponse response) {
        add(response, cookie(request, SESSION, "").httpOnly(true).maxAge(0));
    }

    static void language(HttpServletRequest request, HttpServletResponse response, String language) {
        add(response, cookie(request, LANGUAGE, language).httpOnly(true).maxAge(YEAR));
    }

    private static ResponseCookieBuilder cookie(HttpServletRequest request, String name, String value) {
        return ResponseCookie.from(name, value)
                .path(ConsoleRoutes.HOME)
                .sameSite("Strict")
                .secure(isEncrypted(request));
    }

    /** Whether the browser speaks TLS, be it to a proxy before us: then it says by its origin that it does. */
    private static boolean isEncrypted(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return request.isSecure()
                || (origin != null && origin.toLowerCase(Locale.ROOT).startsWith("https://"));
    }

    private static void add(HttpServletResponse response, ResponseCookieBuilder cookie) {
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.build().toString());
    }
}
