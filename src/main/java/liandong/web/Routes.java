package liandong.web;

import static liandong.access.Role.APPROVER;
import static liandong.access.Role.AUDITOR;
import static liandong.access.Role.CALLER;
import static liandong.access.Role.EDITOR;
import static liandong.access.Role.METRICS;
import static liandong.access.Role.TESTER;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import liandong.access.Caller;
import liandong.access.Role;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.keyed.KeyedDecisions;
import liandong.openapi.Content;
import liandong.openapi.OpenApiDocument;
import liandong.openapi.OpenApiDocument.Path;
import liandong.openapi.OpenApiDocument.Way;
import liandong.openapi.Operation;
import liandong.problem.Code;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.JsonNode;

/**
 * Every route there is, and who may take it. What is not named here does not exist for any caller, whatever a controller
 * says: a new route needs its line, and {@code AccessWebTest} says so.
 */
final class Routes {
    private static final Set<Role> READERS = EnumSet.of(TESTER, EDITOR, APPROVER, AUDITOR);
    /** A caller sees what it asked for itself, see {@link DecisionController}. */
    private static final Set<Role> SEEKERS = EnumSet.of(CALLER, AUDITOR);

    private static final Set<Role> WORKERS = EnumSet.of(TESTER, EDITOR, APPROVER);

    /** What may be asked of health: all of it, or one of its groups. Spring has no words for a group that is not there. */
    private static final Set<String> HEALTH =
            Set.of("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness");

    /** All of them. */
    static final List<Route> ALL = of(Decisions.all());

    /** Those with one address only, by method and address as they are sent: what callers ask for all day is found at once. */
    private static final Map<String, Route> PLAIN = ALL.stream()
            .filter(route -> route.kind() != Kind.FREE && !route.pattern().hasPatternSyntax())
            .collect(Collectors.toUnmodifiableMap(
                    route -> route.method() + " " + route.pattern().getPatternString(), route -> route));

    private Routes() {}

    /** Every route there is, given the decisions. */
    private static List<Route> of(List<Decision<?, ?>> decisions) {
        var routes = new ArrayList<Route>();
        decisions.forEach(decision -> routes.add(new Route(
                "POST", KeyedDecisions.path(decision), EnumSet.of(CALLER), Kind.READS, Operations.decide(decision))));
        decisions.stream()
                .filter(decision -> decision.rulingPath() != null)
                .forEach(decision -> routes.add(new Route(
                        "POST",
                        RulingEndpoints.path(decision),
                        EnumSet.of(EDITOR),
                        Kind.READS,
                        Operations.ruled(decision))));
        decisions.forEach(decision -> routes.add(
                new Route("POST", WhyNotEndpoints.path(decision), WORKERS, Kind.READS, Operations.whyNot(decision))));
        routes.addAll(List.of(
                new Route("GET", "/v1/vocabulary", Role.ALL, Kind.READS, Operations.vocabulary()),
                new Route("GET", "/v1/decisions", SEEKERS, Kind.READS, Operations.search()),
                new Route("GET", "/v1/decisions/{id}", SEEKERS, Kind.READS, Operations.decisionOfId()),
                new Route("POST", "/v1/decisions/{id}/replay", EnumSet.of(AUDITOR), Kind.READS, Operations.replay()),
                new Route("GET", "/v1/incidents/{id}", SEEKERS, Kind.READS, Operations.incident()),
                new Route("GET", GeoReport.PATH + "discovery.{format}", Set.of(), Kind.OPEN, Operations.discovery()),
                new Route("GET", GeoReport.PATH + "services.{format}", Set.of(), Kind.OPEN, Operations.services()),
                new Route(
                        "GET",
                        GeoReport.PATH + "services/{code}.{format}",
                        Set.of(),
                        Kind.OPEN,
                        Operations.serviceDefinition()),
                new Route(
                        "GET", GeoReport.PATH + "requests.{format}", SEEKERS, Kind.READS, Operations.serviceRequests()),
                new Route(
                        "POST",
                        GeoReport.PATH + "requests.{format}",
                        EnumSet.of(CALLER),
                        Kind.READS,
                        Operations.sendServiceRequest()),
                new Route(
                        "GET",
                        GeoReport.PATH + "requests/{id}.{format}",
                        SEEKERS,
                        Kind.READS,
                        Operations.serviceRequest()),
                new Route("GET", "/v1/quality", READERS, Kind.READS, Operations.quality()),
                new Route("POST", "/v1/check", WORKERS, Kind.READS, Operations.check()),
                new Route("POST", "/v1/test", WORKERS, Kind.READS, Operations.test()),
                new Route("GET", "/v1/policies", READERS, Kind.READS, Operations.policies()),
                new Route("POST", "/v1/policies", EnumSet.of(EDITOR), Kind.CHANGES, Operations.propose()),
                new Route("GET", "/v1/policies/{n}", READERS, Kind.READS, Operations.policy()),
                new Route("PUT", "/v1/policies/{n}", EnumSet.of(EDITOR), Kind.CHANGES, Operations.put()),
                new Route("GET", "/v1/policies/{n}/diff", READERS, Kind.READS, Operations.diff()),
                new Route("GET", "/v1/policies/{n}/meaning", WORKERS, Kind.READS, Operations.meaning()),
                new Route("POST", "/v1/policies/{n}/impact", WORKERS, Kind.READS, Operations.impact()),
                new Route("GET", "/v1/policies/{n}/files.zip", READERS, Kind.READS, Operations.files()),
                new Route("POST", "/v1/policies/{n}/check", WORKERS, Kind.CHANGES, Operations.checkPolicy()),
                new Route("POST", "/v1/policies/{n}/approve", EnumSet.of(APPROVER), Kind.CHANGES, Operations.approve()),
                new Route("POST", "/v1/policies/{n}/publish", EnumSet.of(APPROVER), Kind.CHANGES, Operations.publish()),
                new Route(
                        "POST",
                        "/v1/policies/{n}/withdraw",
                        EnumSet.of(EDITOR, APPROVER),
                        Kind.CHANGES,
                        Operations.withdraw()),
                new Route("POST", "/v1/policies/rollback", EnumSet.of(APPROVER), Kind.CHANGES, Operations.rollback()),
                new Route(
                        "GET",
                        "/openapi.yaml",
                        Role.ALL,
                        Kind.READS,
                        Operations.document("getOpenApiYaml", Content.text(OpenApiController.YAML))),
                new Route(
                        "GET",
                        "/openapi.json",
                        Role.ALL,
                        Kind.READS,
                        Operations.document("getOpenApiJson", Content.object())),
                new Route("POST", McpController.PATH, Role.ALL, Kind.READS, Operations.mcp()),
                // Whether it is alive, and nothing else, is for whatever watches over processes, which has no key.
                new Route("GET", "/actuator/health", Set.of(), Kind.FREE, Operations.health()),
                new Route("GET", "/actuator/health/**", Set.of(), Kind.FREE, Operations.healthOfGroup()),
                new Route("GET", "/actuator/prometheus", EnumSet.of(METRICS), Kind.READS, Operations.metrics())));
        var later = routes.stream()
                .filter(route -> route.operation().answers(HttpStatus.ACCEPTED.value()))
                .toList();
        Set<Role> waiters = later.stream()
                .flatMap(route -> route.roles().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
        routes.addAll(List.of(
                new Route("GET", LaterAnswers.PATH + "{id}", waiters, Kind.READS, Operations.job()),
                new Route("DELETE", LaterAnswers.PATH + "{id}", waiters, Kind.READS, Operations.cancelJob()),
                new Route(
                        "GET",
                        LaterAnswers.PATH + "{id}/result",
                        waiters,
                        Kind.READS,
                        Operations.jobResult(
                                later.stream().map(Route::operation).toList()))));
        return List.copyOf(routes);
    }

    /** The OpenAPI document of the service, were these the decisions. */
    static JsonNode document(List<Decision<?, ?>> decisions) {
        return OpenApiDocument.of(
                decisions,
                Operations.TAGS,
                of(decisions).stream().map(Route::documented).toList());
    }

    /** What a route does besides answering. */
    enum Kind {
        /** Tells nothing worth a key. */
        FREE,
        /** Tells what anybody may know; a key that is shown must be good all the same, and limits count. */
        OPEN,
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
     * @param operation what callers are told of it
     */
    record Route(String method, PathPattern pattern, Set<Role> roles, Kind kind, Operation operation) {
        Route(String method, String pattern, Set<Role> roles, Kind kind, Operation operation) {
            this(method, PathPatternParser.defaultInstance.parse(pattern), roles, kind, operation);
        }

        private static final Code[] BAD_TOKENS = {
            Code.UNKNOWN_TOKEN, Code.TOKEN_FOR_OTHERS, Code.TOKEN_NOT_NOW, Code.TOKEN_INCOMPLETE
        };

        /** The route as the document has it, with what every route of its kind is refused for. */
        private Path documented() {
            var ways = new ArrayList<Way>();
            if (kind == Kind.OPEN) {
                operation
                        .refusing(401, Code.UNKNOWN_KEY)
                        .refusing(401, BAD_TOKENS)
                        .refusing(503, Code.ISSUER_SILENT)
                        .refusing(429, Code.RATE_LIMITED)
                        .refusing(403, Code.FOREIGN_HOST, Code.THROUGH_PROXY, Code.CROSS_SITE);
                ways.add(new Way("", ""));
            } else if (kind != Kind.FREE) {
                operation
                        .refusing(401, Code.NO_KEY, Code.UNKNOWN_KEY)
                        .refusing(401, BAD_TOKENS)
                        .refusing(503, Code.ISSUER_SILENT)
                        .refusing(429, Code.RATE_LIMITED)
                        .refusing(403, Code.NOT_ALLOWED, Code.FOREIGN_HOST, Code.THROUGH_PROXY, Code.CROSS_SITE);
                if (roles.equals(Role.ALL)) {
                    ways.add(new Way(OpenApiDocument.KEY, ""));
                } else {
                    roles.stream().sorted().forEach(role -> ways.add(new Way(OpenApiDocument.KEY, role.typed())));
                }
                ways.add(new Way(kind == Kind.CHANGES ? OpenApiDocument.PERSON : "", ""));
            }
            if (!pattern.getPatternString().startsWith("/actuator/")) {
                operation.refusing(422, Code.UNKNOWN_FIELD, Code.DUPLICATE_FIELD);
            }
            if (kind == Kind.CHANGES) {
                operation.refusing(401, Code.NAMELESS);
            }
            return new Path(method, pattern.getPatternString().replace("**", "{group}"), List.copyOf(ways), operation);
        }

        /** Whether it is the route of an address. */
        boolean isAt(PathContainer path) {
            return pattern.matches(path) && (kind != Kind.FREE || HEALTH.contains(path.value()));
        }

        /** Whether a caller may take it. */
        boolean isFor(Caller caller) {
            return caller.roles().stream().anyMatch(roles::contains);
        }
    }

    /** The address as it was sent; that of no route when it cannot be decoded. */
    private static PathContainer path(HttpServletRequest request) {
        try {
            return PathContainer.parsePath(request.getRequestURI());
        } catch (IllegalArgumentException e) {
            return PathContainer.parsePath("");
        }
    }

    /** The route of a request; null when there is none. */
    static @Nullable Route of(HttpServletRequest request) {
        // What answers GET answers HEAD.
        String method = HttpMethod.HEAD.matches(request.getMethod()) ? "GET" : request.getMethod();
        Route plain = PLAIN.get(method + " " + request.getRequestURI());
        if (plain != null) {
            return plain;
        }
        PathContainer path = path(request);
        return ALL.stream()
                .filter(route -> route.method().equals(method) && route.isAt(path))
                .findFirst()
                .orElse(null);
    }

    /** The methods that would do at the path of a request; empty when nothing is there. */
    static Set<String> methodsOf(HttpServletRequest request) {
        PathContainer path = path(request);
        var methods = new TreeSet<String>();
        ALL.stream().filter(route -> route.isAt(path)).forEach(route -> methods.add(route.method()));
        return methods;
    }
}
