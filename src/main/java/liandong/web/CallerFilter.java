package liandong.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import liandong.access.Caller;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.problem.Code;
import liandong.store.StoreException;
import liandong.web.Routes.Kind;
import liandong.web.Routes.Route;
import liandong.wire.FactReader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/**
 * Finds out who makes a request: by its key, or, while no key was ever made, by what it says itself.
 *
 * <p>While there are no keys anybody on this machine may do anything, and that includes every web page that is open in a
 * browser on it. So a request must name this machine as its host: a page whose own name was made to point here
 * (DNS rebinding) names itself. And what changes anything must carry {@value #PERSON}: a page of another origin cannot
 * add a header of its own without asking first, and nobody here says yes (cross-site request forgery). A proxy on this
 * machine would bring in everybody who reaches it, so what says that it came through one is refused, and so is what a
 * browser says another site has asked for.
 *
 * <p>Whether the process is alive, anybody may ask: that takes neither a key nor the store.
 */
final class CallerFilter extends OncePerRequestFilter {
    /** The header that names the person while there are no keys: UTF-8, or percent-encoded UTF-8. */
    static final String PERSON = "Liandong-Person";

    private static final Pattern BEARER = Pattern.compile("(?i)Bearer +(\\S+)\\s*");
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "[::1]");
    private static final Pattern LOOPBACK_ADDRESS = Pattern.compile("127(\\.\\d{1,3}){3}");
    private static final Pattern PORT = Pattern.compile(":\\d*$");
    private static final int LONGEST_NAME = 64;

    /** What proxies add; with everything that begins with {@link #FORWARDED}. */
    private static final Set<String> PROXY_HEADERS = Set.of(
            "forwarded",
            "via",
            "x-real-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "x-originating-ip",
            "x-original-host",
            "x-envoy-external-address",
            "client-ip",
            "true-client-ip",
            "cf-connecting-ip",
            "fastly-client-ip",
            "proxy-authorization");

    private static final String FORWARDED = "x-forwarded";
    private static final String FETCH_SITE = "Sec-Fetch-Site";
    /** What a browser says of a page of our own, and of an address that was typed. */
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final Keys keys;

    CallerFilter(Keys keys) {
        this.keys = keys;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        Route route = Routes.of(request);
        return route != null && route.kind() == Kind.FREE;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Caller caller = null;
        try {
            if (keys.configured()) {
                String header = request.getHeader(HttpHeaders.AUTHORIZATION);
                var shown = BEARER.matcher(header == null ? "" : header);
                caller = shown.matches() ? keys.caller(shown.group(1), request.getRemoteAddr()) : null;
                if (header != null && caller == null) {
                    ErrorResponses.write(request, response, HttpStatus.UNAUTHORIZED, Code.UNKNOWN_KEY);
                    return;
                }
            } else {
                String host = String.valueOf(request.getHeader(HttpHeaders.HOST));
                if (!isLoopback(host)) {
                    ErrorResponses.write(request, response, HttpStatus.FORBIDDEN, Code.FOREIGN_HOST, host);
                    return;
                }
                String proxy = proxy(request);
                if (proxy != null) {
                    ErrorResponses.write(request, response, HttpStatus.FORBIDDEN, Code.THROUGH_PROXY, proxy);
                    return;
                }
                String site = otherSite(request, host);
                if (site != null) {
                    ErrorResponses.write(request, response, HttpStatus.FORBIDDEN, Code.CROSS_SITE, site);
                    return;
                }
                String name = name(request.getHeader(PERSON));
                if (name == null) {
                    ErrorResponses.write(
                            request, response, HttpStatus.BAD_REQUEST, Code.BAD_NAME, PERSON, LONGEST_NAME);
                    return;
                }
                // Somebody elsewhere who gets through to here after all, by a setting that serve does not see, is
                // nobody.
                caller = InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()
                        ? new Caller(name, null, Role.ALL)
                        : null;
            }
        } catch (StoreException e) {
            ErrorResponses.write(request, response, HttpStatus.SERVICE_UNAVAILABLE, Code.STORE_GONE);
            return;
        }
        if (caller != null) {
            Callers.put(request, caller);
            var context = SecurityContextHolder.createEmptyContext();
            var token = new PreAuthenticatedAuthenticationToken(
                    caller,
                    "",
                    AuthorityUtils.createAuthorityList(
                            caller.roles().stream().map(Role::name).toList()));
            context.setAuthentication(token);
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }

    private static boolean isLoopback(String host) {
        String name = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
        return LOOPBACK_NAMES.contains(name) || LOOPBACK_ADDRESS.matcher(name).matches();
    }

    /** The header by which a proxy gives itself away; null when there is none. */
    private static @Nullable String proxy(HttpServletRequest request) {
        return Collections.list(request.getHeaderNames()).stream()
                .filter(name -> {
                    String plain = name.toLowerCase(Locale.ROOT);
                    return PROXY_HEADERS.contains(plain) || plain.startsWith(FORWARDED);
                })
                .findFirst()
                .orElse(null);
    }

    /** The header by which a browser says that a page from elsewhere asks; null when it says no such thing. */
    private static @Nullable String otherSite(HttpServletRequest request, String host) {
        String site = request.getHeader(FETCH_SITE);
        if (site != null && !OWN_SITE.contains(site.toLowerCase(Locale.ROOT))) {
            return FETCH_SITE + ": " + FactReader.shortened(site);
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || origin.equalsIgnoreCase("http://" + host)
                ? null
                : HttpHeaders.ORIGIN + ": " + FactReader.shortened(origin);
    }

    /** The name in a header; empty when there is none, null when it cannot be one. */
    private static @Nullable String name(@Nullable String header) {
        if (header == null) {
            return "";
        }
        // Servers hand on the bytes of headers as Latin-1, whatever they are.
        byte[] bytes = header.getBytes(StandardCharsets.ISO_8859_1);
        String name;
        try {
            String sent = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            name = UriUtils.decode(sent, StandardCharsets.UTF_8).strip();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return null;
        }
        boolean good = name.length() <= LONGEST_NAME
                && name.codePoints().noneMatch(c -> c == 0xFFFD || Character.isISOControl(c) || isFormat(c));
        return good ? name : null;
    }

    private static boolean isFormat(int c) {
        return Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.SURROGATE;
    }
}
