package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import liandong.access.Keys;
import liandong.access.Role;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Callers who ask for more than one caller may, over a real socket: five requests a minute. */
@SpringBootTest(
        classes = WebConfiguration.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "liandong.rate-limit=5")
@Import(WebTest.Given.class)
@DirtiesContext // keys stay for ever
class RateLimitWebTest {
    private static final DocumentedHttp HTTP = new DocumentedHttp();
    private static final JsonMapper JSON = new JsonMapper();

    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    private HttpResponse<String> send(HttpRequest.Builder request, String key) throws Exception {
        request.header("Accept-Language", "en");
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> vocabulary(String key) throws Exception {
        return send(at("/v1/vocabulary"), key);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** On a slow machine a request or two have come back meanwhile. */
    private void isRefusedSoon(String key) throws Exception {
        HttpResponse<String> response = vocabulary(key);
        for (int tries = 0; response.statusCode() != 429 && tries < 10; tries++) {
            response = vocabulary(key);
        }
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(header(response, "Retry-After"))).isBetween(1, 12);
        assertThat(header(response, "RateLimit")).startsWith("\"caller\";r=0;t=");
        JsonNode problem = JSON.readTree(response.body()).at("/problems/0");
        assertThat(problem.path("code").stringValue()).isEqualTo("RATE_LIMITED");
        assertThat(problem.path("message").stringValue())
                .isEqualTo("One caller may make 5 requests a minute, and you have made them.");
        assertThat(problem.path("help").stringValue())
                .isEqualTo("Send the same request again in " + header(response, "Retry-After") + " seconds.");
    }

    private static String reports(int many) {
        return String.join("", IntStream.range(0, many).mapToObj(n -> report(n)).toList());
    }

    private List<String> keyedStream(String key, String reports) throws Exception {
        return send(
                        at("/v1/routing")
                                .header("Content-Type", "application/x-ndjson")
                                .header("Idempotency-Key", "0b0f5bd8-8a5c-4f4e-8c39-6f6d0f6c2b51")
                                .POST(BodyPublishers.ofString(reports)),
                        key)
                .body()
                .lines()
                .toList();
    }

    private static String report(int n) {
        return "{\"incident\":{\"id\":\"A-" + n + "\",\"reportedAt\":\"2026-11-20T16:30:00+08:00\",\"source\":\"GRID\","
                + "\"area\":\"330102001051\",\"text\":\"路灯不亮\"}}\n";
    }

    /** Forms are counted before anybody knows whether they can be read. */
    private void formsCount() throws Exception {
        String key = keys.add("市民应用", Set.of(Role.CALLER), "运维");
        for (String form : List.of("a=%ZZ", "a=1", "api_key=nobody", "api_key=" + key)) {
            int status = 0;
            for (int i = 0; status != 429 && i < 15; i++) {
                status = send(
                                at("/open311/v2/requests.json")
                                        .header("Content-Type", "application/x-www-form-urlencoded")
                                        .POST(BodyPublishers.ofString(form)),
                                "")
                        .statusCode();
            }
            assertThat(status).as(form).isEqualTo(429);
        }
        // Who shows the key where it can be seen is not asked to wait with those.
        assertThat(send(at("/open311/v2/requests.json?api_key=" + key), "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void one_caller_may_make_so_many_requests_and_no_other_pays_for_it() throws Exception {
        // While there are no keys, whoever is at one address.
        HttpResponse<String> first = vocabulary("");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(header(first, "RateLimit-Policy")).isEqualTo("\"caller\";q=5;w=60");
        assertThat(header(first, "RateLimit")).isEqualTo("\"caller\";r=4;t=12");
        for (int i = 0; i < 4; i++) {
            assertThat(vocabulary("").statusCode()).isEqualTo(200);
        }
        isRefusedSoon("");

        // Then each key by itself, wherever it comes from.
        String one = keys.add("热线平台", Set.of(Role.CALLER), "运维");
        String other = keys.add("信访系统", Set.of(Role.CALLER), "运维");
        while (vocabulary("").statusCode() == 200) {
            Thread.sleep(100); // until it is known that there are keys
        }
        HttpResponse<String> stream = send(
                at("/v1/routing")
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofString(reports(6))),
                one);
        assertThat(header(stream, "RateLimit")).isEqualTo("\"caller\";r=4;t=12");
        List<JsonNode> lines = stream.body().lines().map(JSON::readTree).toList();
        assertThat(lines)
                .extracting(line -> line.path("incidentId").asString("")
                        + line.path("title").asString("") + line.path("status").asString("") + " "
                        + line.path("line").asString(""))
                .containsExactly("A-0 ", "A-1 ", "A-2 ", "A-3 ", "RATE_LIMITED429 5", "RATE_LIMITED429 6");
        isRefusedSoon(one);

        // A stream under a key is completed by sending it again: what is only told again is no request.
        String third = keys.add("社区平台", Set.of(Role.CALLER), "运维");
        List<String> before = keyedStream(third, reports(2));
        List<String> again = keyedStream(third, reports(6));
        assertThat(before).hasSize(2);
        assertThat(again).hasSize(6).startsWith(before.toArray(String[]::new));
        assertThat(again.get(2)).contains("\"incidentId\":\"A-2\"");
        assertThat(again.get(5)).contains("RATE_LIMITED");

        // What is refused under a key is a request: it costs as much.
        String fourth = keys.add("物业平台", Set.of(Role.CALLER), "运维");
        assertThat(keyedStream(fourth, reports(1))).hasSize(1);
        List<String> refused = keyedStream(fourth, report(7) + reports(5));
        assertThat(refused.get(0)).contains("KEY_REUSED");
        assertThat(refused.get(5)).contains("RATE_LIMITED");
        assertThat(keyedStream(fourth, report(9)).get(0)).contains("RATE_LIMITED");

        assertThat(vocabulary(other).statusCode()).isEqualTo(200);

        // Who guesses keys is limited by their address, and nobody who has one by that.
        isRefusedSoon("ld_00000000_" + "A".repeat(43));
        isRefusedSoon("");
        assertThat(vocabulary(other).statusCode()).isEqualTo(200);

        // Whoever watches over the process is always answered.
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> health = send(at("/actuator/health"), "");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(header(health, "RateLimit")).isEmpty();
        }
        formsCount();
    }

    @Test
    void of_ipv6_a_network_is_one_caller() {
        assertThat(RateLimits.network("2001:db8::1"))
                .isEqualTo(RateLimits.network("2001:db8::ffff:1"))
                .isNotEqualTo(RateLimits.network("2001:db8:0:1::1"));
        assertThat(RateLimits.network("10.2.0.7")).isEqualTo("10.2.0.7");
    }
}
