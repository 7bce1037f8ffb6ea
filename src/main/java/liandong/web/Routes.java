package liandong.web;

import static liandong.access.Role.APPROVER;
import static liandong.access.Role.AUDITOR;
import static liandong.access.Role.CALLER;
import static liandong.access.Role.EDITOR;
import static liandong.access.Role.TESTER;

import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import liandong.access.Caller;
import liandong.access.Role;
import liandong.decision.Decisions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Every route there is, and who may take it. What is not named here does not exist for any caller, whatever a controller
 * says: a new route needs its line, and {@code AccessWebTest} says so.
 */
final class Routes {
    private static final Set<Role> READERS = EnumSet.of(TESTER, EDITOR, APPROVER, AUDITOR);
    private static final Set<Role> WORKERS = EnumSet.of(TESTER, EDITOR, APPROVER);

    private static final List<Route> OTHERS = List.of(
            // Whether it is alive, and nothing else, is for whatever watches over processes, which has no key.
            new Route("GET", "/actuator/health", Set.of(), Kind.FREE),
            new Route("GET", "/actuator/health/**", Set.of(), Kind.FREE),
            new Route("GET", "/actuator/prometheus", EnumSet.of(AUDITOR), Kind.READS),
            new Route("GET", "/openapi.yaml", Role.ALL, Kind.READS),
            new Route("GET", "/v1/vocabulary", Role.ALL, Kind.READS),
            new Route("GET", "/v1/decisions", EnumSet.of(AUDITOR), Kind.READS),
            new Route("GET", "/v1/decisions/{id}", EnumSet.of(AUDITOR), Kind.READS),
            new Route("POST", "/v1/decisions/{id}/replay", EnumSet.of(AUDITOR), Kind.READS),
            new Route("GET", "/v1/incidents/{id}", EnumSet.of(AUDITOR), Kind.READS),
            new Route("POST", "/v1/check", WORKERS, Kind.READS),
            new Route("POST", "/v1/test", WORKERS, Kind.READS),
            new Route("GET", "/v1/policies", READERS, Kind.READS),
            new Route("GET", "/v1/policies/{n}", READERS, Kind.READS),
            new Route("GET", "/v1/policies/{n}/diff", READERS, Kind.READS),
            new Route("GET", "/v1/policies/{n}/files.zip", READERS, Kind.READS),
            new Route("POST", "/v1/policies", EnumSet.of(EDITOR), Kind.CHANGES),
            new Route("PUT", "/v1/policies/{n}", EnumSet.of(EDITOR), Kind.CHANGES),
            new Route("POST", "/v1/policies/{n}/check", WORKERS, Kind.CHANGES),
            new Route("POST", "/v1/policies/{n}/withdraw", EnumSet.of(EDITOR, APPROVER), Kind.CHANGES),
            new Route("POST", "/v1/policies/{n}/approve", EnumSet.of(APPROVER), Kind.CHANGES),
            new Route("POST", "/v1/policies/{n}/publish", EnumSet.of(APPROVER), Kind.CHANGES),
            new Route("POST", "/v1/policies/rollback", EnumSet.of(APPROVER), Kind.CHANGES));

    static final List<Route> ALL = Stream.concat(
                    Decisions.all().stream()
                            .map(decision -> new Route(
                                    "POST", DecisionEndpoints.path(decision), EnumSet.of(CALLER), Kind.READS)),
                    OTHERS.stream())
            .toList();

    private Routes() {}

    /** What a route does besides answering. */
    enum Kind {
        /** Tells nothing worth a key. */
        FREE,
        /** Answers. */
        READS,
        /** Changes what is served, so it must be known who asks. */
        CHANGES
    }

    /**
     * A route.
     *
     * @param method as in a request
     * @param pattern of its path
     * @param roles one of which a caller must have
     */
    record Route(String method, PathPattern pattern, Set<Role> roles, Kind kind) {
        Route(String method, String pattern, Set<Role> roles, Kind kind) {
            this(method, PathPatternParser.defaultInstance.parse(pattern), roles, kind);
        }

        /** Whether a caller may take it. */
        boolean isFor(Caller caller) {
            return caller.roles().stream().anyMatch(roles::contains);
        }
    }

    /** The route of a request; null when there is none. */
    static @Nullable Route of(HttpServletRequest request) {
        // What answers GET answers HEAD.
        String method = HttpMethod.HEAD.matches(request.getMethod()) ? "GET" : request.getMethod();
        PathContainer path = PathContainer.parsePath(request.getRequestURI());
        return ALL.stream()
                .filter(route ->
                        route.method().equals(method) && route.pattern().matches(path))
                .findFirst()
                .orElse(null);
    }

    /** The methods that would do at the path of a request; empty when nothing is there. */
    static Set<String> methodsOf(HttpServletRequest request) {
        PathContainer path = PathContainer.parsePath(request.getRequestURI());
        var methods = new TreeSet<String>();
        ALL.stream().filter(route -> route.pattern().matches(path)).forEach(route -> methods.add(route.method()));
        return methods;
    }
}
