package liandong.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import liandong.access.Caller;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.access.TokenException;
import liandong.access.Tokens;
import liandong.open311.Given;
import liandong.problem.BusyException;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.store.StoreException;
import liandong.web.Routes.Kind;
import liandong.web.Routes.Route;
import liandong.wire.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/**
 * Finds out who makes a request: by its key or its token, or, while no key was ever made, by what it says itself.
 *
 * <p>While there are no keys anybody on this machine may do anything ({@link LocalRequests}), and what changes anything must
 * carry {@value #PERSON}: a page of another origin cannot add a header of its own without asking first, and nobody here says
 * yes (cross-site request forgery).
 *
 * <p>Whether the process is alive, anybody may ask: that takes neither a key nor the store.
 */
final class CallerFilter extends OncePerRequestFilter {
    /** The header that names the person while there are no keys: UTF-8, or percent-encoded UTF-8. */
    static final String PERSON = "Liandong-Person";

    private static final Pattern BEARER = Pattern.compile("(?i)Bearer +(\\S+)\\s*");

    private final Keys keys;
    private final @Nullable Tokens tokens;
    private final RateLimits limits;
    private final UnknownForms forms;

    /** @param tokens those that are taken beside keys; null when none are */
    CallerFilter(Keys keys, @Nullable Tokens tokens, RateLimits limits, UnknownForms forms) {
        this.keys = keys;
        this.tokens = tokens;
        this.limits = limits;
        this.forms = forms;
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
        boolean counted = false;
        try {
            if (keys.configured()) {
                String key = key(request);
                if (key == null && GeoReport.takesForm(request)) {
                    // Before the form is read, as reading it costs the most.
                    if (!limits.admit(request, response, null)) {
                        return;
                    }
                    counted = true;
                    key = forms.read(request).first(Given.KEY);
                }
                caller = key == null || key.isEmpty() ? null : caller(key, request);
                if (key != null && caller == null) {
                    if (!counted && !limits.admit(request, response, null)) {
                        return;
                    }
                    ErrorResponses.write(request, response, HttpStatus.UNAUTHORIZED, Code.UNKNOWN_KEY);
                    return;
                }
            } else {
                LocalRequests.Refusal refusal = LocalRequests.refusal(request);
                if (refusal != null) {
                    ErrorResponses.write(request, response, HttpStatus.FORBIDDEN, refusal.code(), refusal.shown());
                    return;
                }
                String name = name(request.getHeader(PERSON));
                if (name == null) {
                    ErrorResponses.write(
                            request, response, HttpStatus.BAD_REQUEST, Code.BAD_NAME, PERSON, Caller.LONGEST_NAME);
                    return;
                }
                caller = LocalRequests.isFromHere(request) ? new Caller(name, null, Role.ALL) : null;
            }
        } catch (TokenException e) {
            if (!counted && !limits.admit(request, response, null)) {
                return;
            }
            Problem problem = e.problem();
            if (e.isPassing()) {
                response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(TokenException.SECONDS));
            }
            ErrorResponses.write(
                    request,
                    response,
                    e.isPassing() ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.UNAUTHORIZED,
                    problem.code(),
                    problem.args().toArray());
            return;
        } catch (BadRequestException e) {
            if (!counted && !limits.admit(request, response, null)) {
                return;
            }
            Problem problem = e.problems().get(0);
            ErrorResponses.write(
                    request,
                    response,
                    HttpStatus.BAD_REQUEST,
                    problem.code(),
                    problem.args().toArray());
            return;
        } catch (BusyException e) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(BusyException.SECONDS));
            ErrorResponses.write(request, response, HttpStatus.SERVICE_UNAVAILABLE, Code.BUSY, BusyException.SECONDS);
            return;
        } catch (StoreException e) {
            ErrorResponses.write(request, response, HttpStatus.SERVICE_UNAVAILABLE, Code.STORE_GONE);
            return;
        }
        // A form whose key is good counts for its key, too; one that shows none has been counted.
        if (!(counted && caller == null) && !limits.admit(request, response, caller)) {
            return;
        }
        if (caller != null) {
            Callers.put(request, caller);
        }
        chain.doFilter(request, response);
    }

    /** Whose key or token a request shows; null when nobody knows. */
    private @Nullable Caller caller(String shown, HttpServletRequest request) throws TokenException {
        // Not in the query of Open311, which proxies log: what is shown there is a key.
        if (tokens != null && Tokens.isToken(shown) && request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            return tokens.caller(shown);
        }
        return keys.caller(shown, request.getRemoteAddr());
    }

    /**
     * The key that a request shows without its body; empty when it shows something that is none, null when it shows nothing.
     *
     * @throws BadRequestException if a query that could have one cannot be read
     */
    private static @Nullable String key(HttpServletRequest request) throws BadRequestException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return GeoReport.isFor(request) ? GeoReport.query(request).first(Given.KEY) : null;
        }
        var shown = BEARER.matcher(header);
        return shown.matches() ? shown.group(1) : "";
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
        return Caller.isName(name) ? name : null;
    }
}
