package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyHistory;
import liandong.policy.TinyPolicy;
import liandong.publication.LivePolicies;
import liandong.publication.LivePolicy;
import liandong.store.Database;
import liandong.store.Stores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The life of a policy over a real socket, while it is served. */
@Tag("slow") // publishes policies, each tested by its scenarios
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(PolicyWebTest.Given.class)
@DirtiesContext
class PolicyWebTest {
    private static final DocumentedHttp HTTP = new DocumentedHttp();

    @TestConfiguration(proxyBeanMethods = false)
    static class Given {
        @Bean
        Database database() {
            return Stores.SQLITE.open();
        }

        @Bean
        PolicyHistory policy(Database database) {
            return LivePolicies.beginning(TinyPolicy.withOneRule().files().labelled("first"), database);
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private LivePolicy live;

    @Autowired
    private Database database;

    private HttpResponse<String> send(HttpRequest.Builder request, String person) throws Exception {
        request.header("Accept-Language", "en");
        if (!person.isEmpty()) {
            request.header("Liandong-Person", person);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(at(path).GET(), "");
    }

    private HttpResponse<String> post(String path, String json, String person) throws Exception {
        return send(at(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)), person);
    }

    private HttpResponse<String> upload(String method, String path, String name, byte[] file, String person)
            throws Exception {
        var body = new ByteArrayOutputStream();
        body.writeBytes(("--x7x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--x7x--\r\n".getBytes(StandardCharsets.UTF_8));
        return send(
                at(path).header("Content-Type", "multipart/form-data; boundary=x7x")
                        .method(method, BodyPublishers.ofByteArray(body.toByteArray())),
                person);
    }

    private static byte[] zip(PolicyFiles policy) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : policy.files().entrySet()) {
                zip.putNextEntry(new ZipEntry("my/" + file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] routing(String source) {
        return Objects.requireNonNull(TinyPolicy.withOneRule()
                .cell("routing.xlsx 派单目录!G3", source)
                .files()
                .tables()
                .get("routing.xlsx"));
    }

    private static JsonNode json(HttpResponse<String> response) {
        return new JsonMapper().readTree(response.body());
    }

    private static String code(HttpResponse<String> response) {
        return response.statusCode() + " "
                + json(response).at("/problems/0/code").stringValue();
    }

    private void awaitLive(String version) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(3);
        while (!live.get().version().equals(version)) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(10);
        }
    }

    @Test
    void a_workbook_becomes_the_live_policy_and_is_gone_back_from() throws Exception {
        String first = live.get().version();
        HttpResponse<String> proposed =
                upload("POST", "/v1/policies", "routing.xlsx", routing("新方案"), "%E5%BC%A0%E4%B8%89");
        assertThat(proposed.statusCode()).isEqualTo(201);
        String n = json(proposed).get("policy").toString();
        String path = "/v1/policies/" + n;
        assertThat(json(proposed).get("state").stringValue()).isEqualTo("DRAFT");
        assertThat(json(proposed).at("/authors/0").stringValue()).isEqualTo("张三");
        assertThat(json(get(path + "/diff"))
                        .at("/files/0/sheets/0/rows/0/cells")
                        .toString())
                .isEqualTo("[{\"column\":\"依据 Source\",\"at\":\"routing.xlsx 派单目录!G3\",\"from\":\"三定方案\","
                        + "\"to\":\"新方案\"}]");

        HttpResponse<String> checked = post(path + "/check", "", "%E5%BC%A0%E4%B8%89");
        assertThat(json(checked).get("good").booleanValue()).isTrue();
        assertThat(json(checked).get("check").findValuesAsString("code")).contains("NO_SCENARIOS");
        String content = json(checked).at("/policy/content").stringValue();
        assertThat(code(post(path + "/approve", "{\"content\":\"" + content + "\"}", "%E5%BC%A0%E4%B8%89")))
                .isEqualTo("403 OWN_POLICY");
        assertThat(code(post(path + "/publish", "", "li"))).isEqualTo("409 NOT_APPROVED");
        assertThat(json(post(path + "/approve", "{\"content\":\"" + content + "\"}", "li"))
                        .get("state")
                        .stringValue())
                .isEqualTo("APPROVED");
        HttpResponse<String> published = keyed(path + "/publish", "{\"because\":\"换成本区的\"}", "publish-2");
        assertThat(published.statusCode()).isEqualTo(200);
        awaitLive(json(published).get("version").stringValue());
        toldAgain(published, keyed(path + "/publish", "{\"because\":\"换成本区的\"}", "publish-2"));
        assertThat(json(get(path)).get("state").stringValue()).isEqualTo("LIVE");
        // Listeners hear of it after it is served.
        String served =
                "liandong_policy_info{label=\"first\",version=\"" + live.get().version() + "\"} 1";
        for (int tries = 0; tries < 300 && !get("/actuator/prometheus").body().contains(served); tries++) {
            Thread.sleep(10);
        }
        assertThat(get("/actuator/prometheus").body())
                .contains(served)
                .contains("liandong_policy_publication "
                        + live.state().publication().no() + ".0");

        HttpResponse<String> rolledBack = keyed("/v1/policies/rollback", "{}", "rollback-2");
        assertThat(rolledBack.statusCode()).isEqualTo(200);
        awaitLive(first);
        toldAgain(rolledBack, keyed("/v1/policies/rollback", "{}", "rollback-2")); // done anew it would be refused
        assertThat(live.get().version()).isEqualTo(first);
        assertThat(json(get("/v1/policies")).at("/live/kind").stringValue()).isEqualTo("ROLLBACK");
        assertThat(code(post("/v1/policies/rollback", "", "li"))).isEqualTo("409 NOTHING_BEFORE");
    }

    private static void toldAgain(HttpResponse<String> once, HttpResponse<String> again) {
        assertThat(again.statusCode()).isEqualTo(once.statusCode());
        assertThat(again.body()).isEqualTo(once.body());
        assertThat(once.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    private HttpResponse<String> keyed(String path, String json, String key) throws Exception {
        return keyed(at(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)), key);
    }

    private HttpResponse<String> keyed(HttpRequest.Builder request, String key) throws Exception {
        return send(request.header("Idempotency-Key", key), "wang");
    }

    private static BodyPublisher form(String boundary, String name, byte[] file) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return BodyPublishers.ofByteArray(body.toByteArray());
    }

    private HttpRequest.Builder form(String method, String path, String boundary, byte[] file) {
        return at(path).header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .method(method, form(boundary, "routing.xlsx", file));
    }

    private long policies() throws Exception {
        return json(get("/v1/policies")).get("policies").size();
    }

    @Test
    void every_step_of_a_policy_that_is_sent_again_under_its_key_is_taken_once_and_told_twice() throws Exception {
        byte[] workbook = routing("键");
        byte[] following = routing("键二");
        HttpResponse<String> proposed = keyed(form("POST", "/v1/policies", "x7x", workbook), "propose-1");
        long before = policies();
        // A program that sends a form again makes a boundary of its own.
        HttpResponse<String> again = keyed(form("POST", "/v1/policies", "y8y", workbook), "propose-1");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(proposed.body());
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(policies()).isEqualTo(before);
        assertThat(code(keyed(form("POST", "/v1/policies", "x7x", routing("别的")), "propose-1")))
                .isEqualTo("422 KEY_REUSED");

        String path = "/v1/policies/" + json(proposed).get("policy");
        for (int time = 0; time < 2; time++) {
            assertThat(keyed(form("PUT", path, "x7x", following), "put-1").statusCode())
                    .isEqualTo(200);
            assertThat(keyed(at(path + "/check").POST(BodyPublishers.noBody()), "check-1")
                            .statusCode())
                    .isEqualTo(200);
        }
        String content = json(get(path)).get("content").stringValue();
        // What was refused is not kept: it is looked at anew.
        assertThat(code(keyed(at(path + "/publish").POST(BodyPublishers.noBody()), "publish-1")))
                .isEqualTo("409 NOT_APPROVED");
        assertThat(code(keyed(at(path + "/approve").POST(BodyPublishers.ofString("{}")), "approve-1")))
                .isEqualTo("422 MISSING_FIELD");
        for (int time = 0; time < 2; time++) {
            HttpResponse<String> approved = send(
                    at(path + "/approve")
                            .header("Idempotency-Key", "approve-1")
                            .POST(BodyPublishers.ofString("{\"content\":\"" + content + "\"}")),
                    "li");
            assertThat(json(approved).get("state").stringValue()).isEqualTo("APPROVED");
            HttpResponse<String> withdrawn =
                    keyed(at(path + "/withdraw").POST(BodyPublishers.noBody()), "withdraw-" + time / 2);
            assertThat(json(withdrawn).get("state").stringValue()).isEqualTo("WITHDRAWN");
        }
        assertThat(json(get(path)).get("log").findValuesAsString("what"))
                .containsExactly("PUT", "PUT", "CHECKED", "APPROVED", "WITHDRAWN");
        assertThat(code(keyed(at("/v1/policies/rollback").POST(BodyPublishers.ofString("{\"to\":77}")), "rollback-1")))
                .isEqualTo("404 UNKNOWN_POLICY");
        assertThat(code(keyed(at("/v1/policies/rollback").POST(BodyPublishers.noBody()), "\"\"")))
                .isEqualTo("400 BAD_REQUEST_KEY");
    }

    @Test
    void who_changes_what_is_served_says_who_it_is() throws Exception {
        assertThat(code(post("/v1/policies/rollback", "", ""))).isEqualTo("401 NAMELESS");
        assertThat(code(upload("POST", "/v1/policies", "routing.xlsx", routing("x"), "")))
                .isEqualTo("401 NAMELESS");
    }

    @Test
    void rules_are_not_taken_over_http() throws Exception {
        PolicyFiles other = TinyPolicy.withOneRule()
                .rules(TinyPolicy.ONE_RULE.replace("TST-001", "TST-002"))
                .files();

        assertThat(code(upload("POST", "/v1/policies", "my.zip", zip(other), "li")))
                .isEqualTo("403 RULES_NOT_TAKEN");
        assertThat(code(upload("POST", "/v1/policies", "test.drl", "package x".getBytes(StandardCharsets.UTF_8), "li")))
                .isEqualTo("403 RULES_NOT_TAKEN");
        var tables = new TreeMap<>(other.files());
        tables.remove("rules/test.drl");
        HttpResponse<String> proposed =
                upload("POST", "/v1/policies", "my.zip", zip(new PolicyFiles("my", tables)), "li");
        assertThat(proposed.statusCode()).isEqualTo(201);
        assertThat(json(proposed).get("label").stringValue()).isEqualTo("my");
        assertThat(json(proposed).get("kept").toString()).isEqualTo("[\"rules\",\"scenarios\"]");
        HttpResponse<byte[]> zip = HTTP.send(
                at("/v1/policies/" + json(proposed).get("policy") + "/files.zip")
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(Objects.requireNonNull(PolicyFiles.zip("my", zip.body(), problem -> {}))
                        .rules())
                .containsOnlyKeys("test.drl")
                .containsEntry("test.drl", live.get().files().rules().get("test.drl"));
    }

    @Test
    void a_second_workbook_joins_the_first_in_a_draft_and_both_come_back_as_a_zip() throws Exception {
        String n = json(upload("POST", "/v1/policies", "routing.xlsx", routing("一"), "li"))
                .get("policy")
                .toString();
        byte[] calendar =
                Objects.requireNonNull(TinyPolicy.withOneRule().files().tables().get("calendar.xlsx"));
        HttpResponse<String> unseen = upload("PUT", "/v1/policies/" + n, "calendar.xlsx", calendar, "wang");
        String seen = json(get("/v1/policies/" + n)).get("content").stringValue();
        HttpResponse<String> put =
                upload("PUT", "/v1/policies/" + n + "?over=" + seen, "calendar.xlsx", calendar, "wang");

        assertThat(code(unseen)).isEqualTo("409 PUT_MEANWHILE");
        assertThat(json(put).get("authors").toString()).isEqualTo("[\"li\",\"wang\"]");
        HttpResponse<byte[]> zip =
                HTTP.send(at("/v1/policies/" + n + "/files.zip").build(), BodyHandlers.ofByteArray());
        PolicyFiles back = Objects.requireNonNull(PolicyFiles.zip(
                "first", zip.body(), problem -> assertThat(problem).isNull()));
        assertThat(back.content()).isEqualTo(json(put).get("content").stringValue());
        assertThat(post("/v1/policies/" + n + "/withdraw", "", "li").body()).contains("\"state\":\"WITHDRAWN\"");
        assertThat(code(upload("PUT", "/v1/policies/" + n, "calendar.xlsx", calendar, "li")))
                .isEqualTo("409 NOT_ITS_TURN");
    }

    @Test
    void what_cannot_be_understood_is_told_of_at_once() throws Exception {
        HttpResponse<String> bad =
                post("/v1/policies/1/publish", "{\"effectiveAt\":\"soon\",\"over\":\"1\",\"why\":1}", "li");

        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(json(bad).get("problems").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder("/effectiveAt", "/over", "/why");
        assertThat(code(post("/v1/policies/1/approve", "{}", "li"))).isEqualTo("422 MISSING_FIELD");
        assertThat(code(post("/v1/policies/1/approve", "{", "li"))).isEqualTo("400 BAD_JSON");
        assertThat(code(get("/v1/policies/77"))).isEqualTo("404 UNKNOWN_POLICY");
        assertThat(code(get("/v1/policies/seven"))).isEqualTo("404 UNKNOWN_POLICY");
        assertThat(code(upload("POST", "/v1/policies", "my.zip", new byte[] {1}, "li")))
                .isEqualTo("422 UNREADABLE_ARCHIVE");
    }

    @Test
    void a_process_that_cannot_serve_what_is_live_says_so_in_its_health_and_goes_on() throws Exception {
        assertThat(get("/actuator/health").body()).contains("\"status\":\"UP\"");
        long no = LivePolicies.publishUnreadable(database, Clock.systemUTC());
        Instant end = Instant.now().plusSeconds(3);
        while (live.state().trouble() == null) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(10);
        }

        HttpResponse<String> health = get("/actuator/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"status\":\"STALE\"");
        assertThat(get("/actuator/prometheus").body()).contains("liandong_policy_stale 1.0");
        assertThat(get("/v1/vocabulary").statusCode()).isEqualTo(200);
        assertThat(no).isPositive();
        post("/v1/policies/rollback", "", "li");
        end = Instant.now().plusSeconds(3);
        while (live.state().trouble() != null) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(10);
        }
        assertThat(get("/actuator/health").body()).contains("\"status\":\"UP\"");
    }
}
