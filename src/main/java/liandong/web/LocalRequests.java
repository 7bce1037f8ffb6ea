package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import liandong.problem.Code;
import liandong.wire.FactReader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Which requests may come in while no key was ever made.
 *
 * <p>Then anybody on this machine may do anything, and that includes every web page that is open in a browser on it. So a
 * request must name this machine as its host: a page whose own name was made to point here (DNS rebinding) names itself. A
 * proxy on this machine would bring in everybody who reaches it, so what says that it came through one is refused, and so is
 * what a browser says another site has asked for.
 */
public final class LocalRequests {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "[::1]");
    private static final Pattern LOOPBACK_ADDRESS = Pattern.compile("127(\\.\\d{1,3}){3}");
    private static final Pattern PORT = Pattern.compile(":\\d*$");

    /** What proxies add; with everything that begins with one of {@link #PROXIES}. */
    private static final Set<String> PROXY_HEADERS = Set.of(
            "forwarded",
            "via",
            "cdn-loop",
            "client-ip",
            "fastly-client-ip",
            "proxy-authorization",
            "proxy-connection",
            "true-client-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "x-host",
            "x-originating-ip",
            "x-real-ip",
            "x-remote-addr",
            "x-remote-ip",
            "x-varnish");

    /** Cloudflare, Azure, App Engine, Amazon and Envoy have many of their own. */
    private static final List<String> PROXIES = List.of(
            "cf-",
            "x-amz-cf-",
            "x-amzn-",
            "x-appengine-",
            "x-azure-",
            "x-envoy-",
            "x-forwarded",
            "x-original-",
            "x-proxy");

    private static final String FETCH_SITE = "Sec-Fetch-Site";
    /** What a browser says of a page of our own, and of an address that was typed. */
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private LocalRequests() {}

    /**
     * Why a request may not come in.
     *
     * @param code the kind of problem
     * @param shown what of the request gives it away
     */
    public record Refusal(Code code, String shown) {}

    /** Why a request may not come in while there are no keys; null when it may. */
    public static @Nullable Refusal refusal(HttpServletRequest request) {
        String host = String.valueOf(request.getHeader(HttpHeaders.HOST));
        if (!isLoopback(host)) {
            return new Refusal(Code.FOREIGN_HOST, host);
        }
        String proxy = proxy(request);
        if (proxy != null) {
            return new Refusal(Code.THROUGH_PROXY, proxy);
        }
        String site = otherSite(request, "http://" + host);
        return site == null ? null : new Refusal(Code.CROSS_SITE, site);
    }

    /**
     * Whether a request comes from this machine. Somebody elsewhere who gets through after all, by a setting that serve does
     * not see, is nobody.
     */
    public static boolean isFromHere(HttpServletRequest request) throws UnknownHostException {
        return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
    }

    /**
     * The header by which a browser says that a page from elsewhere asks; null when it says no such thing.
     *
     * @param own the origin of our own pages
     */
    public static @Nullable String otherSite(HttpServletRequest request, String own) {
        String site = request.getHeader(FETCH_SITE);
        if (site != null && !OWN_SITE.contains(site.toLowerCase(Locale.ROOT))) {
            return FETCH_SITE + ": " + FactReader.shortened(site);
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || origin.equalsIgnoreCase(own)
                ? null
                : HttpHeaders.ORIGIN + ": " + FactReader.shortened(origin);
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
                    return PROXY_HEADERS.contains(plain) || PROXIES.stream().anyMatch(plain::startsWith);
                })
                .findFirst()
                .orElse(null);
    }
}
