package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
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
import liandong.console.ConsoleRoutes.Kind;
import liandong.console.ConsoleRoutes.Route;
import liandong.web.WebConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Every address of the console with every role, once there are keys. */
@SpringBootTest(
        classes = {WebConfiguration.class, ConsoleConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ConsoleServer.class)
@DirtiesContext // keys stay for ever
class ConsoleAccessTest {
    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private Keys keys;

    @Autowired
    private MovingClock clock;

    private final Map<Role, String> secrets = new EnumMap<>(Role.class);

    @BeforeEach
    void everybody_has_a_key() {
        for (Role role : Role.values()) {
            secrets.put(role, keys.add("有" + role.typed() + "的人", Set.of(role), "运维"));
        }
    }

    private Visitor signedIn(Role role) throws Exception {
        return Visitor.signedIn(port, Objects.requireNonNull(secrets.get(role)));
    }

    private static String path(Route route) {
        return route.pattern().getPatternString().replaceAll("\\{[^}]*}", "999");
    }

    /** Every mapping of the console, as the method and pattern of its route; the one that says no has no method. */
    private Set<String> mapped() {
        var mapped = new TreeSet<String>();
        for (var mapping :
                context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values()) {
            for (var handler : mapping.getHandlerMethods().entrySet()) {
                RequestMappingInfo info = handler.getKey();
                if (handler.getValue().getBeanType().getPackageName().equals("liandong.console")) {
                    for (String pattern : info.getPatternValues()) {
                        info.getMethodsCondition().getMethods().forEach(method -> mapped.add(method + " " + pattern));
                    }
                }
            }
        }
        return mapped;
    }

    @Test
    void every_address_there_is_has_its_rule_and_every_rule_its_address() {
        Set<String> ruled = ConsoleRoutes.ALL.stream()
                .map(route -> route.method() + " " + route.pattern().getPatternString())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(ruled).isEqualTo(mapped());
    }

    @Test
    void each_address_is_open_to_those_its_rule_names_and_to_nobody_else() throws Exception {
        var wrong = new ArrayList<String>();
        for (Route route : ConsoleRoutes.ALL) {
            if (route.kind() == Kind.FREE || route.pattern().getPatternString().equals("/console/sign-out")) {
                continue;
            }
            for (Role role : Role.values()) {
                Visitor visitor = signedIn(role);
                HttpResponse<String> answer =
                        route.method().equals("GET") ? visitor.get(path(route)) : visitor.post(path(route), Map.of());
                boolean open = route.roles().contains(role);
                int status = answer.statusCode();
                // Let in, it is answered as it deserves, which for these empty requests is often a fault of theirs.
                if (open ? List.of(401, 403, 405, 500).contains(status) : status != 403) {
                    wrong.add(role + " " + route.method() + " " + path(route) + " " + status);
                }
            }
            var stranger = new Visitor(port);
            int status = stranger.send(route.method(), path(route), "").statusCode();
            if (status != 401) {
                wrong.add("stranger " + route.method() + " " + path(route) + " " + status);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void what_changes_something_wants_the_sessions_own_token() throws Exception {
        for (Route route : ConsoleRoutes.ALL) {
            if (!route.method().equals("POST") || route.kind() == Kind.FREE) {
                continue;
            }
            Visitor visitor = signedIn(route.roles().iterator().next());
            Visitor other = signedIn(route.roles().iterator().next());

            assertThat(visitor.post(path(route), Map.of("token", "")).statusCode())
                    .as(path(route))
                    .isEqualTo(403);
            assertThat(visitor.post(path(route), Map.of("token", other.token())).statusCode())
                    .as(path(route))
                    .isEqualTo(403);
            assertThat(visitor.post(path(route), Map.of("token", visitor.token()), "Sec-Fetch-Site", "cross-site")
                            .body())
                    .as(path(route))
                    .contains("cross-site");
            assertThat(visitor.post(path(route), Map.of(), "Origin", "https://elsewhere.example")
                            .statusCode())
                    .as(path(route))
                    .isEqualTo(403);
        }
        Visitor still = signedIn(Role.TESTER);
        assertThat(still.get("/console").statusCode()).isEqualTo(200);
    }

    @Test
    void a_key_is_exchanged_for_a_session_which_ends_when_one_signs_out() throws Exception {
        var visitor = new Visitor(port);
        HttpResponse<String> wrong = visitor.post("/console/sign-in", Map.of("key", "ld_nonsense"));
        HttpResponse<String> in =
                visitor.post("/console/sign-in", Map.of("key", secrets.get(Role.TESTER), "to", "/console?a=1"));

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("没有这把密钥").doesNotContain("ld_nonsense");
        assertThat(in.statusCode()).isEqualTo(302);
        assertThat(in.headers().firstValue("Location")).hasValue("/console?a=1");
        assertThat(in.headers().firstValue("Set-Cookie").orElse(""))
                .contains("Path=/console; HttpOnly; SameSite=Strict")
                .doesNotContain("Secure");
        assertThat(visitor.get("/console").body()).contains("有tester的人").contains("测试");
        String secret = visitor.cookie("liandong-session");
        assertThat(visitor.post("/console/sign-out", Map.of()).statusCode()).isEqualTo(302);
        visitor.take("liandong-session", secret);
        assertThat(visitor.get("/console").statusCode()).isEqualTo(401);
    }

    @Test
    void behind_tls_the_cookie_is_for_tls_alone() throws Exception {
        HttpResponse<String> in = new Visitor(port)
                .post(
                        "/console/sign-in",
                        Map.of("key", secrets.get(Role.TESTER)),
                        "Origin",
                        "https://127.0.0.1:" + port);

        assertThat(in.headers().firstValue("Set-Cookie").orElse("")).contains("; Secure");
    }

    @Test
    void nobody_is_sent_elsewhere_after_signing_in() throws Exception {
        for (String to : List.of(
                "https://elsewhere.example/",
                "//elsewhere.example",
                "/\\elsewhere.example",
                "/v1/policies",
                "/consoles",
                "/console/\r\nA: b",
                "/console/sign-in")) {
            HttpResponse<String> in =
                    new Visitor(port).post("/console/sign-in", Map.of("key", secrets.get(Role.TESTER), "to", to));

            assertThat(in.headers().firstValue("Location")).as(to).hasValue("/console");
        }
    }

    @Test
    void a_session_ends_with_its_key_with_silence_and_with_the_day() throws Exception {
        Visitor visitor = signedIn(Role.TESTER);
        clock.putForward(Duration.ofMinutes(59));
        assertThat(visitor.get("/console").statusCode()).isEqualTo(200);
        clock.putForward(Duration.ofMinutes(59));
        assertThat(visitor.get("/console").statusCode()).isEqualTo(200);
        clock.putForward(Duration.ofMinutes(61));
        assertThat(visitor.get("/console").statusCode()).isEqualTo(401);

        Visitor busy = signedIn(Role.TESTER);
        for (int i = 0; i < 23; i++) {
            clock.putForward(Duration.ofMinutes(30));
            assertThat(busy.get("/console").statusCode()).isEqualTo(200);
        }
        clock.putForward(Duration.ofMinutes(31));
        assertThat(busy.get("/console").statusCode()).isEqualTo(401);

        Visitor revoked = signedIn(Role.EDITOR);
        keys.revoke(Objects.requireNonNull(secrets.get(Role.EDITOR)).substring(3, 11), "运维");
        assertThat(revoked.get("/console").statusCode()).isEqualTo(401);
    }

    @Test
    void of_one_key_only_so_many_sessions_are_kept() throws Exception {
        Visitor first = signedIn(Role.AUDITOR);
        for (int i = 0; i < 20; i++) {
            signedIn(Role.AUDITOR);
        }
        assertThat(first.get("/console").statusCode()).isEqualTo(401);
    }

    @Test
    void what_was_typed_when_the_session_ended_is_sent_after_signing_in_again() throws Exception {
        Visitor visitor = signedIn(Role.TESTER);
        visitor.take("liandong-session", "");
        HttpResponse<String> ended =
                visitor.post("/console/sign-out", Map.of("reason", "<b>写了\"很久\"</b>\n第二行", "token", "old"));

        assertThat(ended.statusCode()).isEqualTo(401);
        assertThat(ended.body())
                .contains("name=\"kept.reason\" value=\"&lt;b&gt;写了&quot;很久&quot;&lt;/b&gt;\n第二行\"")
                .doesNotContain("kept.token")
                .contains("name=\"to\" value=\"/console/sign-out\"")
                .contains("name=\"sent\" value=\"true\"");

        HttpResponse<String> again = visitor.post(
                "/console/sign-in",
                Map.of(
                        "key",
                        secrets.get(Role.TESTER),
                        "to",
                        "/console/sign-out",
                        "sent",
                        "true",
                        "kept.reason",
                        "写了很久"));

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("action=\"/console/sign-out\"").contains("name=\"reason\" value=\"写了很久\"");
    }

    @Test
    void what_cannot_be_read_is_told_as_a_fault_of_the_request() throws Exception {
        assertThat(new Visitor(port).get("/console/sign-in?to=%ff").statusCode())
                .isEqualTo(400);
        assertThat(new Visitor(port)
                        .send("POST", "/console/sign-in", "%zz", "Content-Type", "application/x-www-form-urlencoded")
                        .statusCode())
                .isEqualTo(400);
        assertThat(signedIn(Role.TESTER)
                        .send(
                                "POST",
                                "/console/try/routing",
                                "text=" + "x".repeat(3 << 20),
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void who_is_refused_reads_why_on_a_page_in_their_language() throws Exception {
        Visitor visitor = signedIn(Role.TESTER);

        HttpResponse<String> unknown = visitor.get("/console/nothing", "Accept-Language", "en-GB");
        HttpResponse<String> wrong = visitor.send("DELETE", "/console", "");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(unknown.body()).contains("<html lang=\"en\">").contains("There is no such page");
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.body()).contains("<html lang=\"zh-CN\">");
        assertThat(visitor.get("/console/nothing", "HX-Request", "true").body())
                .doesNotContain("<html")
                .contains("没有这一页");
    }

    @Test
    void the_language_is_the_browsers_until_somebody_chooses() throws Exception {
        Visitor visitor = signedIn(Role.TESTER);

        assertThat(visitor.get("/console").body()).contains("lang=\"zh-CN\"");
        assertThat(visitor.get("/console", "Accept-Language", "fr, en;q=0.5").body())
                .contains("<html lang=\"en\">");
        assertThat(visitor.get("/console/language/en?to=/console").statusCode()).isEqualTo(302);
        assertThat(visitor.get("/console", "Accept-Language", "zh-CN").body()).contains("<html lang=\"en\">");
        assertThat(visitor.get("/console/language/fr").statusCode()).isEqualTo(404);
    }

    @Test
    void pages_allow_no_script_or_style_but_our_own_and_nobody_to_frame_them() throws Exception {
        HttpResponse<String> page = signedIn(Role.TESTER).get("/console");

        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
                        + " 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
    }
}
