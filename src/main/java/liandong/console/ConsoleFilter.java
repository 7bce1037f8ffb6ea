package liandong.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import liandong.access.Caller;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.console.ConsoleRoutes.Kind;
import liandong.console.ConsoleRoutes.Route;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.store.StoreException;
import liandong.web.Callers;
import liandong.web.LocalRequests;
import liandong.wire.FactReader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who asks for a page, and lets in whom {@link ConsoleRoutes} names.
 *
 * <p>Who is not let in gets a page that says why, or the one to sign in at, with what they had typed. While there are no
 * keys, everybody on this machine is signed in without a name, as in the REST face.
 */
final class ConsoleFilter extends OncePerRequestFilter {
    private static final RequestPointer ROOT = new RequestPointer("");
    private static final String LET_IN = ConsoleFilter.class.getName();
    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    private final Keys keys;
    private final Sessions sessions;
    private final Frames frames;

    ConsoleFilter(Keys keys, Sessions sessions, Frames frames) {
        this.keys = keys;
        this.frames = frames;
        this.sessions = sessions;
    }

    /** Whether a request was let in. */
    static boolean isLetIn(HttpServletRequest request) {
        return request.getAttribute(LET_IN) != null;
    }

    /** The session of a request; null when nobody is signed in. */
    static @Nullable Session session(HttpServletRequest request) {
        return request.getAttribute(LET_IN) instanceof Session session ? session : null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Refusal refusal;
        try {
            refusal = refusal(request, response);
        } catch (StoreException e) {
            frames.put(request, null, false);
            refusal = Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, Problem.of(Code.STORE_GONE, ROOT));
        }
        if (refusal == null) {
            chain.doFilter(request, response);
            return;
        }
        refusal.put(request);
        if (!isLetIn(request)) {
            request.setAttribute(LET_IN, refusal);
        }
        request.getRequestDispatcher(ConsoleRoutes.REFUSED).forward(request, response);
    }

    /** Why a request is not let in; null when it is, and then it is known whose it is. */
    private @Nullable Refusal refusal(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Route route = ConsoleRoutes.of(request);
        boolean open = !keys.configured();
        frames.put(request, null, open);
        LocalRequests.Refusal elsewhere = open ? LocalRequests.refusal(request) : otherSite(request);
        if (elsewhere != null) {
            return Refusal.of(HttpStatus.FORBIDDEN, Problem.of(elsewhere.code(), ROOT, elsewhere.shown()));
        }
        Session session = sessions.of(
                Cookies.read(request, Cookies.SESSION), request.getRemoteAddr(), !ConsoleRoutes.asksByItself(request));
        boolean page = route != null && route.kind() != Kind.FREE && SAFE.contains(request.getMethod());
        if (session == null && open && page && LocalRequests.isFromHere(request)) {
            session = sessions.begin(new Caller("", null, Role.ALL), request.getRemoteAddr());
            Cookies.signIn(request, response, session.secret());
        }
        if (session != null) {
            Callers.put(request, session.caller());
            request.setAttribute(LET_IN, session);
            frames.put(request, session, open);
        }
        if (route != null && route.kind() == Kind.FREE) {
            request.setAttribute(LET_IN, session == null ? route : session);
            return null;
        }
        if (session == null) {
            return new Refusal(HttpStatus.UNAUTHORIZED, List.of(), true);
        }
        return refusal(request, route, session.caller());
    }

    private static @Nullable Refusal refusal(HttpServletRequest request, @Nullable Route route, Caller caller) {
        Set<String> methods = ConsoleRoutes.methodsOf(request);
        if (route == null && methods.isEmpty()) {
            return Refusal.of(
                    HttpStatus.NOT_FOUND,
                    Problem.of(Code.NOT_FOUND, ROOT, FactReader.shortened(request.getRequestURI())));
        }
        if (route == null) {
            return Refusal.of(
                    HttpStatus.METHOD_NOT_ALLOWED,
                    Problem.of(Code.METHOD_NOT_ALLOWED, ROOT, request.getMethod(), String.join(", ", methods)));
        }
        if (!route.isFor(caller)) {
            return Refusal.of(
                    HttpStatus.FORBIDDEN, Problem.of(Code.NOT_ALLOWED, ROOT, caller.name(), Role.typed(route.roles())));
        }
        // Who changes something says who they are.
        return route.kind() == Kind.CHANGES && caller.name().isEmpty()
                ? new Refusal(HttpStatus.UNAUTHORIZED, List.of(), true)
                : null;
    }

    /** What a browser says of a page from elsewhere that wants to change something; null when nothing of the kind. */
    private static LocalRequests.@Nullable Refusal otherSite(HttpServletRequest request) {
        if (SAFE.contains(request.getMethod())) {
            return null;
        }
        String site = request.getHeader(FETCH_SITE);
        if (site != null) {
            return site.equalsIgnoreCase("same-origin") ? null : new LocalRequests.Refusal(Code.CROSS_SITE, site);
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        String host = String.valueOf(request.getHeader(HttpHeaders.HOST)).toLowerCase(Locale.ROOT);
        boolean own =
                origin == null || Set.of("http://" + host, "https://" + host).contains(origin.toLowerCase(Locale.ROOT));
        return own ? null : new LocalRequests.Refusal(Code.CROSS_SITE, FactReader.shortened(origin));
    }

    /** Whether a method changes nothing. */
    static boolean isSafe(HttpServletRequest request) {
        return SAFE.contains(request.getMethod()) || HttpMethod.OPTIONS.matches(request.getMethod());
    }
}
