package liandong.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import liandong.access.Caller;
import liandong.access.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Every address of the console, and who may open it. What is not named here does not exist for anybody, whatever a
 * controller says; {@code ConsoleAccessTest} holds the two together.
 */
final class ConsoleRoutes {
    /** Where the console begins. */
    static final String HOME = "/console";

    static final String SIGN_IN = "/console/sign-in";

    /** Signs in beneath a page that goes on. */
    static final String SIGN_IN_AGAIN = "/console/sign-in/again";

    /** What says no; only ever reached from within. */
    static final String REFUSED = "/console/refused";

    static final String DOCS = "/console/docs";
    static final String DOCS_OPERATION = "/console/docs/{operation}";
    static final String DOCS_SCHEMA = "/console/docs/schemas/{name}";

    private static final Set<Role> READERS =
            Set.copyOf(EnumSet.of(Role.TESTER, Role.EDITOR, Role.APPROVER, Role.AUDITOR));

    // The duty desk, the archive, the watch, the scenarios
    static final String DESK = "/console/desk";
    static final String DESK_ROWS = "/console/desk/rows";
    static final String DESK_LEARNED = "/console/desk/learned.xlsx";
    static final String DESK_REPORT = "/console/desk/{id}";
    static final String DESK_PREVIEW = "/console/desk/{id}/preview";
    static final String DESK_JUDGE = "/console/desk/{id}/judge";

    static final String ARCHIVE = "/console/archive";
    static final String ARCHIVE_INCIDENT = "/console/archive/incident";
    static final String ARCHIVE_REPLAY = "/console/archive/replay";
    static final String ARCHIVE_VERIFY = "/console/archive/verify";
    static final String ARCHIVE_VERIFY_PROGRESS = "/console/archive/verify/progress";

    /** What a change would have changed. */
    static final String IMPACT = "/console/changes/{n}/impact";

    static final String IMPACT_STOP = "/console/changes/{n}/impact/stop";

    static final String WATCH = "/console/watch";

    /** What bodies score for a period. */
    static final String SCORES = "/console/watch/scores";

    static final String ARCHIVE_SCENARIO = "/console/archive/scenario.xlsx";
    static final String SCENARIOS = "/console/scenarios";
    static final String SCENARIOS_PROGRESS = "/console/scenarios/progress";
    static final String SCENARIOS_RUN = "/console/scenarios/run";
    static final String SCENARIO = "/console/scenarios/case";
    static final String SCENARIOS_REPORT = "/console/scenarios/report.html";

    /** Rows that no scenario proves, and cases that would. */
    static final String WEAK = "/console/scenarios/weak";

    static final String WEAK_TAKE = "/console/scenarios/weak/take";
    static final String WEAK_CASES = "/console/scenarios/weak/cases.xlsx";

    /** What came of the rows of a table. */
    static final String FATES = "/console/policy/table/fates";

    static final String WHY_NOT = "/console/try/{decision}/why-not";

    static final Set<Role> WORKERS = Set.copyOf(EnumSet.of(Role.TESTER, Role.EDITOR, Role.APPROVER));

    /** Those who see how it goes, no word of a report. */
    private static final Set<Role> WATCHERS = EnumSet.of(Role.AUDITOR, Role.OFFICER, Role.EDITOR, Role.APPROVER);

    private static final Set<Role> SEEKERS = EnumSet.of(Role.CALLER, Role.AUDITOR, Role.OFFICER);
    private static final Set<Role> AUDITORS = EnumSet.of(Role.AUDITOR);
    private static final Set<Role> OFFICERS = EnumSet.of(Role.OFFICER);

    /** All of them. */
    static final List<Route> ALL = List.of(
            free("GET", "/"),
            free("GET", "/docs"),
            free("GET", "/console/assets/{hash}/{name}"),
            free("GET", SIGN_IN),
            free("POST", SIGN_IN),
            free("POST", SIGN_IN_AGAIN),
            free("GET", "/console/language/{language}"),
            new Route("POST", "/console/sign-out", Role.ALL, Kind.READS),
            new Route("GET", HOME, Role.ALL, Kind.READS),
            // As with the document itself: whoever has a key.
            new Route("GET", DOCS, Role.ALL, Kind.READS),
            new Route("GET", DOCS_OPERATION, Role.ALL, Kind.READS),
            new Route("GET", DOCS_SCHEMA, Role.ALL, Kind.READS),
            new Route("GET", "/console/try", READERS, Kind.READS),
            new Route("GET", "/console/try/{decision}", READERS, Kind.READS),
            new Route("POST", "/console/try/{decision}", READERS, Kind.READS),
            new Route("POST", "/console/try/{decision}/scenario", READERS, Kind.READS),
            new Route("POST", WHY_NOT, READERS, Kind.READS),
            new Route("GET", "/console/policy", READERS, Kind.READS),
            new Route("GET", "/console/policy/table", READERS, Kind.READS),
            new Route("GET", FATES, READERS, Kind.READS),
            new Route("GET", "/console/policy/graph", READERS, Kind.READS),
            new Route("GET", "/console/policy/row", READERS, Kind.READS),
            new Route("GET", "/console/policy/search", READERS, Kind.READS),
            new Route("GET", "/console/policy/files/{name}", READERS, Kind.READS),
            new Route("GET", "/console/changes", READERS, Kind.READS),
            new Route("POST", "/console/changes", EnumSet.of(Role.EDITOR), Kind.CHANGES),
            new Route("GET", "/console/changes/{n}", READERS, Kind.READS),
            new Route("GET", "/console/changes/{n}/findings", READERS, Kind.READS),
            new Route("GET", "/console/changes/{n}/difference", READERS, Kind.READS),
            new Route("GET", "/console/changes/{n}/marked/{name}", READERS, Kind.READS),
            new Route("GET", IMPACT, READERS, Kind.READS),
            new Route("POST", IMPACT, WORKERS, Kind.READS),
            new Route("POST", IMPACT_STOP, WORKERS, Kind.READS),
            new Route("POST", "/console/changes/{n}/put", EnumSet.of(Role.EDITOR), Kind.CHANGES),
            new Route("POST", "/console/changes/{n}/mend", EnumSet.of(Role.EDITOR), Kind.CHANGES),
            new Route("GET", "/console/changes/{n}/meanwhile", READERS, Kind.READS),
            new Route("POST", "/console/changes/{n}/merge", EnumSet.of(Role.EDITOR), Kind.CHANGES),
            new Route("POST", "/console/changes/{n}/remark", WORKERS, Kind.CHANGES),
            new Route("POST", "/console/changes/{n}/send-back", EnumSet.of(Role.APPROVER), Kind.CHANGES),
            new Route("POST", "/console/changes/{n}/check", WORKERS, Kind.CHANGES),
            new Route("POST", "/console/changes/{n}/approve", EnumSet.of(Role.APPROVER), Kind.CHANGES),
            new Route("POST", "/console/changes/{n}/withdraw", EnumSet.of(Role.EDITOR, Role.APPROVER), Kind.CHANGES),
            new Route("POST", "/console/changes/{n}/publish", EnumSet.of(Role.APPROVER), Kind.CHANGES),
            new Route("GET", "/console/changes/{n}/back", EnumSet.of(Role.APPROVER), Kind.READS),
            new Route("POST", "/console/changes/{n}/back", EnumSet.of(Role.APPROVER), Kind.CHANGES),
            // The duty desk, the archive, the watch, the scenarios
            new Route("GET", DESK, OFFICERS, Kind.READS),
            new Route("GET", DESK_ROWS, OFFICERS, Kind.READS),
            new Route("GET", DESK_LEARNED, OFFICERS, Kind.READS),
            new Route("GET", DESK_REPORT, OFFICERS, Kind.READS),
            new Route("POST", DESK_PREVIEW, OFFICERS, Kind.READS),
            new Route("POST", DESK_JUDGE, OFFICERS, Kind.CHANGES),
            new Route("GET", ARCHIVE, SEEKERS, Kind.READS),
            new Route("GET", ARCHIVE_INCIDENT, SEEKERS, Kind.READS),
            new Route("POST", ARCHIVE_REPLAY, AUDITORS, Kind.READS),
            new Route("GET", ARCHIVE_VERIFY, AUDITORS, Kind.READS),
            new Route("POST", ARCHIVE_VERIFY, AUDITORS, Kind.READS),
            new Route("GET", ARCHIVE_VERIFY_PROGRESS, AUDITORS, Kind.READS),
            new Route("GET", ARCHIVE_SCENARIO, SEEKERS, Kind.READS),
            new Route("GET", WATCH, WATCHERS, Kind.READS),
            new Route("GET", SCORES, WATCHERS, Kind.READS),
            new Route("POST", SCORES, WATCHERS, Kind.READS),
            new Route("GET", SCENARIOS, WORKERS, Kind.READS),
            new Route("GET", SCENARIOS_PROGRESS, WORKERS, Kind.READS),
            new Route("POST", SCENARIOS_RUN, WORKERS, Kind.READS),
            new Route("GET", SCENARIO, WORKERS, Kind.READS),
            new Route("GET", SCENARIOS_REPORT, WORKERS, Kind.READS),
            new Route("GET", WEAK, WORKERS, Kind.READS),
            new Route("POST", WEAK, WORKERS, Kind.READS),
            new Route("POST", WEAK_CASES, WORKERS, Kind.READS),
            new Route("POST", WEAK_TAKE, EnumSet.of(Role.EDITOR), Kind.CHANGES));

    private ConsoleRoutes() {}

    /** What opening an address does. */
    enum Kind {
        /** It shows what anybody may see. */
        FREE,
        /** It shows something. */
        READS,
        /** It changes something, so it must be known who does. */
        CHANGES
    }

    /**
     * An address.
     *
     * @param method as in a request
     * @param pattern of its path
     * @param roles one of which a person must have
     */
    record Route(String method, PathPattern pattern, Set<Role> roles, Kind kind) {
        Route(String method, String pattern, Set<Role> roles, Kind kind) {
            this(method, PathPatternParser.defaultInstance.parse(pattern), roles, kind);
        }

        /** Whether a person may open it. */
        boolean isFor(Caller caller) {
            return caller.roles().stream().anyMatch(roles::contains);
        }
    }

    private static Route free(String method, String pattern) {
        return new Route(method, pattern, Set.of(), Kind.FREE);
    }

    /** The address as it was sent; that of nothing when it cannot be decoded. */
    private static PathContainer path(String uri) {
        try {
            return PathContainer.parsePath(uri);
        } catch (IllegalArgumentException e) {
            return PathContainer.parsePath("");
        }
    }

    /** The route of a request; null when there is none. */
    static @Nullable Route of(HttpServletRequest request) {
        return of(request.getMethod(), request.getRequestURI());
    }

    /** The route of an address; null when there is none. */
    static @Nullable Route of(String method, String uri) {
        // What answers GET answers HEAD.
        String asked = HttpMethod.HEAD.matches(method) ? "GET" : method;
        PathContainer path = path(uri);
        return ALL.stream()
                .filter(route -> route.method().equals(asked) && route.pattern().matches(path))
                .findFirst()
                .orElse(null);
    }

    /** The methods that would do at the path of a request; empty when nothing is there. */
    static Set<String> methodsOf(HttpServletRequest request) {
        PathContainer path = path(request.getRequestURI());
        var methods = new TreeSet<String>();
        ALL.stream().filter(route -> route.pattern().matches(path)).forEach(route -> methods.add(route.method()));
        return methods;
    }

    /** Whether a page asks again and again without anybody sitting before it. */
    static boolean asksByItself(HttpServletRequest request) {
        return request.getRequestURI().equals(DESK_ROWS);
    }

    /** Whether a person may open a page, for what leads to it. */
    static boolean mayOpen(Caller caller, String uri) {
        Route route = of("GET", uri);
        return route != null && (route.kind() == Kind.FREE || route.isFor(caller));
    }
}
