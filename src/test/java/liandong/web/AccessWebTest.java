package liandong.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.access.TestIssuer;
import liandong.access.Tokens;
import liandong.web.Routes.Kind;
import liandong.web.Routes.Route;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every route with every role, by key and by token, over a real socket. */
@SpringBootTest(
        classes = WebConfiguration.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "liandong.public-address=https://311.example.org/")
@Import({WebTest.Given.class, AccessWebTest.Issued.class})
@DirtiesContext // keys stay for ever
class AccessWebTest {
    private static final DocumentedHttp HTTP = new DocumentedHttp();

    /** What nobody may ask for, though Spring has a handler for it: its own page for errors. */
    private static final Set<String> FOR_NOBODY = Set.of("/error");

    private static final String AUDIENCE = "联动";

    @TestConfiguration(proxyBeanMethods = false)
    static class Issued {
        @Bean
        TestIssuer testIssuer() {
            return new TestIssuer();
        }

        @Bean
        Tokens tokens(TestIssuer issuer, Clock clock) {
            return new Tokens(issuer.issuer(AUDIENCE), clock);
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private TestIssuer issuer;

    @Autowired
    private Clock clock;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private Keys keys;

    private final Map<Role, String> secrets = new EnumMap<>(Role.class);
    private String revoked = "";
    private int asked;

    @BeforeEach
    void everybody_has_a_key() {
        for (Role role : Role.values()) {
            secrets.put(role, keys.add("有" + role.typed() + "的人", Set.of(role), "运维"));
        }
        revoked = keys.add("离职的人", Role.ALL, "运维");
        keys.revoke(revoked.substring(3, 11), "运维");
    }

    private String secret(Role role) {
        return Objects.requireNonNull(secrets.get(role));
    }

    private String token(String name, Role... roles) {
        return issuer.token(issuer.claims(name, AUDIENCE, clock.instant(), Set.of(roles)));
    }

    /** What a route makes of whoever shows this, if it is not what its rule says. */
    private String wrong(Route route, Role role, String secret) throws Exception {
        int status = send(route.method(), path(route), secret).statusCode();
        boolean open = route.kind() == Kind.FREE
                || route.kind() == Kind.OPEN
                || route.roles().contains(role);
        // Let in, it is answered as it deserves, which for these empty requests is often a fault of theirs.
        return (open ? List.of(401, 403, 405, 500, 503).contains(status) : status != 403)
                ? role + " " + route.method() + " " + path(route) + " " + status
                : "";
    }

    private HttpResponse<String> send(String method, String path, String secret) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept-Language", "en")
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("nothing"));
        if (!secret.isEmpty()) {
            request.header("Authorization", "Bearer " + secret);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static String path(Route route) {
        return route.pattern()
                .getPatternString()
                .replace("{n}", "999")
                .replace("{id}", "no-such-id")
                .replace("{code}", "no-such-code")
                .replace("{format}", "xml")
                .replace("/**", "/liveness");
    }

    /** Every mapping of every handler mapping, as the method and pattern of its route. */
    private Set<String> mapped() {
        var mapped = new TreeSet<String>();
        for (var mapping :
                context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values()) {
            for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
                Set<String> methods = info.getMethodsCondition().getMethods().stream()
                        .map(Enum::name)
                        .collect(Collectors.toSet());
                for (String pattern : info.getPatternValues()) {
                    if (!FOR_NOBODY.contains(pattern)) {
                        (methods.isEmpty() ? Set.of("*") : methods)
                                .forEach(method -> mapped.add(method + " " + pattern));
                    }
                }
            }
        }
        return mapped;
    }

    @Test
    void every_route_there_is_has_its_rule_and_every_rule_its_route() throws IOException {
        Set<String> ruled = Routes.ALL.stream()
                .map(route -> route.method() + " " + route.pattern().getPatternString())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(ruled).isEqualTo(mapped());
        assertThat(context.getResources("classpath*:/static/**/*.*")).isEmpty();
    }

    @Test
    void each_route_is_open_to_those_its_rule_names_and_to_nobody_else() throws Exception {
        var wrong = new ArrayList<String>();
        for (Route route : Routes.ALL) {
            for (Role role : Role.values()) {
                wrong.add(wrong(route, role, secret(role)));
                wrong.add(wrong(route, role, token("令牌上的" + role.typed(), role)));
            }
            for (String secret : List.of("", revoked, "nonsense", "no.such.token")) {
                int status = send(route.method(), path(route), secret).statusCode();
                // Whether it is alive, anybody may ask, whatever they show; what is open, who shows nothing false.
                boolean open = route.kind() == Kind.FREE || (route.kind() == Kind.OPEN && secret.isEmpty());
                int refused = path(route).startsWith(GeoReport.PATH) ? 403 : 401;
                if (open ? status == refused || status >= 500 : status != refused) {
                    wrong.add("'" + secret + "' " + route.method() + " " + path(route) + " " + status);
                }
            }
        }
        assertThat(wrong).containsOnly("");
    }

    @Test
    void a_token_is_its_owner_wherever_a_key_would_be() throws Exception {
        String ours = token("热线令牌", Role.CALLER);
        String theirs = token("网格令牌", Role.CALLER);
        String id = routed(ours);

        assertThat(callers(json(send("GET", "/v1/incidents/SHARED-1", ours)).get("decisions")))
                .containsExactly("热线令牌");
        assertThat(send("GET", "/v1/decisions/" + id, theirs).statusCode()).isEqualTo(404);
        assertThat(send("GET", "/v1/decisions/" + id, token("审计令牌", Role.AUDITOR))
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> none = send("GET", "/v1/vocabulary", token("没有角色的人"));
        assertThat(none.statusCode()).isEqualTo(403);
        assertThat(detail(none)).isEqualTo("The key of \"没有角色的人\" does not allow this.");
    }

    @Test
    void a_token_that_does_not_count_is_refused_with_its_reason() throws Exception {
        var late = issuer.claims("迟到的人", AUDIENCE, clock.instant().minusSeconds(7_200), Role.ALL);
        HttpResponse<String> expired = send("GET", "/v1/vocabulary", issuer.token(late));
        HttpResponse<String> other =
                send("GET", "/v1/vocabulary", issuer.token(issuer.claims("张三", "别的服务", clock.instant(), Role.ALL)));
        HttpResponse<String> unsigned = send("GET", "/v1/vocabulary", token("张三", Role.CALLER) + "x");

        for (HttpResponse<String> each : List.of(expired, other, unsigned)) {
            assertThat(each.statusCode()).isEqualTo(401);
            assertThat(each.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
        }
        assertThat(detail(expired))
                .isEqualTo("The token that the request shows counts from … to 2026-11-20T07:30:00Z; it is"
                        + " 2026-11-20T08:30:00Z.");
        assertThat(detail(other)).endsWith("and is made out to: 别的服务.");
        assertThat(detail(unsigned)).endsWith("is not one that " + issuer.uri() + " has signed.");
        assertThat(RawHttp.send(
                                port,
                                RawHttp.request(
                                        "GET", "/v1/vocabulary", "Authorization: Bearer a.b." + "c".repeat(20_000)))
                        .problem())
                .isEqualTo("400 BAD_REQUEST");
        // Proxies log what stands in an address: a token there is none.
        assertThat(send("GET", "/open311/v2/requests.json?api_key=" + token("张三", Role.CALLER), "")
                        .body())
                .contains("[UNKNOWN_KEY]");
        assertThat(send("GET", "/open311/v2/requests.json", token("张三", Role.CALLER))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_has_no_rule_is_not_there_for_anybody() throws Exception {
        for (String path :
                List.of("/error", "/actuator", "/actuator/env", "/v1/nothing", "/", "/static/openapi.yaml")) {
            assertThat(send("GET", path, secret(Role.AUDITOR)).statusCode())
                    .as(path)
                    .isEqualTo(404);
            assertThat(send("GET", path, "").statusCode()).as(path).isEqualTo(401);
        }
        HttpResponse<String> wrong = send("DELETE", "/v1/policies/1", secret(Role.EDITOR));
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.headers().firstValue("Allow")).hasValue("GET, PUT");
    }

    @Test
    void whoever_is_not_let_in_is_told_why() throws Exception {
        HttpResponse<String> none = send("GET", "/v1/vocabulary", "");
        HttpResponse<String> unknown = send("GET", "/v1/vocabulary", revoked);
        HttpResponse<String> other = send("POST", "/v1/policies/rollback", secret(Role.EDITOR));

        assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(none.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(detail(none)).isEqualTo("The request shows no key.");
        assertThat(detail(unknown))
                .isEqualTo(
                        "The key that the request shows is not known, does not count any more, or does not count from this"
                                + " address.");
        assertThat(detail(other)).isEqualTo("The key of \"有editor的人\" does not allow this.");
        assertThat(json(other).at("/problems/0/help").stringValue())
                .isEqualTo("It takes one of these roles: approver. The operator of the service gives them with a new"
                        + " key; to a token, its issuer does.");
    }

    @Test
    void a_caller_reads_what_it_asked_for_itself_and_nothing_of_others() throws Exception {
        String ours = keys.add("热线平台", Set.of(Role.CALLER), "运维");
        String oursToo = keys.add("热线平台", Set.of(Role.CALLER), "运维");
        String theirs = keys.add("网格应用", Set.of(Role.CALLER), "运维");
        String id = routed(ours);
        routed(theirs);

        for (String secret : List.of(ours, oursToo)) {
            assertThat(callers(json(send("GET", "/v1/decisions?incident=SHARED-1", secret))
                            .get("decisions")))
                    .containsExactly("热线平台");
            assertThat(callers(
                            json(send("GET", "/v1/incidents/SHARED-1", secret)).get("decisions")))
                    .containsExactly("热线平台");
            assertThat(send("GET", "/v1/decisions/" + id, secret).statusCode()).isEqualTo(200);
        }
        assertThat(send("GET", "/v1/decisions/" + id, theirs).statusCode()).isEqualTo(404);
        assertThat(json(send("GET", "/v1/decisions?caller=" + URLEncoder.encode("热线平台", UTF_8), theirs))
                        .get("decisions"))
                .isEmpty();
        assertThat(callers(json(send("GET", "/v1/incidents/SHARED-1", secret(Role.AUDITOR)))
                        .get("decisions")))
                .containsExactly("热线平台", "网格应用");
    }

    /** The id of a decision asked for with a key, at a moment of its own. */
    private String routed(String secret) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/routing"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + secret)
                        .POST(BodyPublishers.ofString("{\"now\":\"2026-11-20T16:30:0" + ++asked
                                + "+08:00\",\"incident\":{\"id\":\"SHARED-1\",\"reportedAt\":\"2026-11-20T16:00:00+08:00\","
                                + "\"source\":\"GRID\",\"area\":\"330102001051\",\"eventType\":\"STREET_LIGHT\"}}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).get("decisionId").stringValue();
    }

    private static List<String> callers(JsonNode decisions) {
        var callers = new ArrayList<String>();
        decisions.forEach(each -> callers.add(each.get("caller").stringValue()));
        return callers;
    }

    @Test
    void who_speaks_open311_shows_the_key_in_a_field_and_reads_its_own_requests_only() throws Exception {
        String ours = keys.add("市民应用", Set.of(Role.CALLER), "运维");
        String theirs = keys.add("另一应用", Set.of(Role.CALLER), "运维");
        String form = "service_code=STREET_LIGHT&address_id=330102001051&attribute[source]=GRID&description="
                + URLEncoder.encode("路灯不亮", UTF_8) + "&api_key=";
        HttpResponse<String> sent = form("requests.json", form + ours);
        String id = json(sent).at("/0/service_request_id").stringValue();
        String at = "/open311/v2/requests/" + id + ".json";

        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
        assertThat(json(send("GET", at + "?api_key=" + ours, ""))
                        .at("/0/description")
                        .stringValue())
                .isEqualTo("路灯不亮");
        assertThat(send("GET", at, ours).statusCode()).isEqualTo(200);
        assertThat(send("GET", at + "?api_key=" + theirs, "").statusCode()).isEqualTo(404);
        assertThat(json(send("GET", at, secret(Role.AUDITOR)))
                        .at("/0/description")
                        .stringValue())
                .isEqualTo("路灯不亮");
        assertThat(json(send("GET", "/open311/v2/requests.json?service_request_id=" + id, theirs)))
                .isEmpty();
        assertThat(json(send("GET", "/open311/v2/requests.json", theirs))).isEmpty();
        assertThat(json(send("GET", "/open311/v2/requests.json", ours))).hasSize(1);
        // The system that has the case in hand was told the id, and decides with a key of its own.
        String report = "{\"incident\":{\"id\":\"" + id + "\",\"reportedAt\":\"2026-11-20T16:30:00+08:00\","
                + "\"source\":\"GRID\",\"area\":\"330102001051\",\"text\":\"另一系统的话\","
                + "\"sameAs\":\"SC-2026-000101\"}}";
        HttpResponse<String> merged = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/routing"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + theirs)
                        .POST(BodyPublishers.ofString(report))
                        .build(),
                BodyHandlers.ofString());
        assertThat(merged.statusCode()).as(merged.body()).isEqualTo(200);
        JsonNode closed = json(send("GET", at, ours)).get(0);
        assertThat(closed.get("status").stringValue()).isEqualTo("closed");
        assertThat(closed.get("description").stringValue()).isEqualTo("路灯不亮");
    }

    @Test
    void who_shows_no_good_key_to_open311_is_told_so_in_its_words() throws Exception {
        String form = "service_code=STREET_LIGHT&address_id=330102001051&attribute[source]=GRID";

        for (HttpResponse<String> none : List.of(
                form("requests.json", form),
                send("GET", "/open311/v2/requests.json", ""),
                send("GET", "/open311/v2/requests/1.json?api_key=", ""))) {
            assertThat(none.statusCode()).isEqualTo(403);
            assertThat(json(none).at("/0/code").intValue()).isEqualTo(403);
            assertThat(json(none).at("/0/description").stringValue())
                    .startsWith("The request shows no key.")
                    .endsWith("[NO_KEY]");
            assertThat(none.headers().firstValue("WWW-Authenticate")).isEmpty();
        }
        HttpResponse<String> wrong = form("requests.xml", form + "&api_key=" + revoked);
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(wrong.headers().firstValue("Content-Type")).hasValue("text/xml;charset=utf-8");
        assertThat(wrong.body())
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?><errors><error><code>403</code>")
                .contains("[UNKNOWN_KEY]")
                .doesNotContain(revoked);
        assertThat(form("requests.json", form + "&api_key=" + secret(Role.AUDITOR))
                        .body())
                .contains("[NOT_ALLOWED]");
        assertThat(send("GET", "/open311/v2/services.json", "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/open311/v2/services.json?api_key=" + revoked, "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(form("requests.json", "a=1&".repeat(300)).body()).contains("[BAD_FORM]");
    }

    @Test
    void discovery_announces_the_public_address_where_there_is_one() throws Exception {
        assertThat(json(send("GET", "/open311/v2/discovery.json", ""))
                        .at("/endpoints/0/url")
                        .stringValue())
                .isEqualTo("https://311.example.org/open311/v2");
    }

    private HttpResponse<String> form(String path, String form) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/open311/v2/" + path))
                        .header("Accept-Language", "en")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String detail(HttpResponse<String> response) {
        return json(response).get("detail").stringValue();
    }

    private static JsonNode json(HttpResponse<String> response) {
        return new JsonMapper().readTree(response.body());
    }
}
