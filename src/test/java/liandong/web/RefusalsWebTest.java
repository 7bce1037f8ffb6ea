package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Whatever is wrong with a request, and whoever finds it, the answer is a problem; over a real socket. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(WebTest.Given.class)
class RefusalsWebTest {
    private static final DocumentedHttp HTTP = new DocumentedHttp();

    @LocalServerPort
    private int port;

    private String refused(String method, String target, String... headers) throws IOException {
        return RawHttp.send(port, RawHttp.request(method, target, headers)).problem();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/incidents/%ZZ, 400 BAD_REQUEST",
        "GET, /v1/incidents/a%, 400 BAD_REQUEST",
        "GET, /v1/incidents/%80, 400 BAD_REQUEST",
        "GET, /v1/incidents/a%00b, 400 BAD_REQUEST",
        "GET, /v1/incidents/a\\b, 400 BAD_REQUEST",
        "GET, /v1/incidents/{x}, 400 BAD_REQUEST",
        "GET, /v1/incidents/ä, 400 BAD_REQUEST",
        "GET, http://elsewhere/v1/vocabulary, 400 BAD_REQUEST",
        "GET, /v1/decisions?incident=%ZZ, 400 BAD_REQUEST",
        "GET, /v1/decisions?%ZZ=1, 400 BAD_REQUEST",
        "GET, /actuator/health?=, 400 BAD_REQUEST",
        "GET, /v1/decisions?incident=%80, 400 BAD_REQUEST",
        "GET, /v1/decisions?incident=a%00b, 422 NUL_CHARACTER",
        "GET, /v1/incidents/%2E%2E, 404 NOTHING_DECIDED",
        "GET, /v1/incidents/..%2F..%2Fopenapi.yaml, 404 NOTHING_DECIDED",
        "GET, /v1/incidents/../vocabulary, 404 NOT_FOUND",
        "GET, /v1//vocabulary, 404 NOT_FOUND",
        "GET, /v1/nothing;jsessionid=1, 404 NOT_FOUND",
        "GET, /actuator/health/nothing, 404 NOT_FOUND",
        "GET, /actuator/health/, 404 NOT_FOUND",
        "GET, /actuator/health/%2E%2E/prometheus, 404 NOT_FOUND",
        "GET, /error, 404 NOT_FOUND",
        "GET, /v1/policies/abc, 404 UNKNOWN_POLICY",
        "GET, /v1/policies/99999999999999999999, 404 UNKNOWN_POLICY",
        "GET, /v1/policies/%EF%BC%91, 404 UNKNOWN_POLICY",
        "GET, /v1/policies/1/diff?against=abc, 404 UNKNOWN_POLICY",
        "GET, /v1/policies?page=2, 422 UNKNOWN_FIELD",
        "GET, /v1/policies/1?x, 422 UNKNOWN_FIELD",
        "GET, /v1/vocabulary?shceme=a, 422 UNKNOWN_FIELD",
        "GET, /v1/incidents/A?limit=1, 422 UNKNOWN_FIELD",
        "GET, /v1/incidents/A?cursor=x, 422 BAD_CURSOR",
        "GET, /v1/decisions?limit=1&limit=2, 422 DUPLICATE_FIELD",
        "GET, /v1/decisions?=, 422 UNKNOWN_FIELD",
        "GET, /v1/decisions?incident%3Dx=foo, 422 UNKNOWN_FIELD",
        "GET, /openapi.yaml?v=3, 422 UNKNOWN_FIELD",
        "POST, /v1/test?only=RTE-1, 422 UNKNOWN_FIELD",
        "POST, /v1/test?%ZZ, 400 BAD_REQUEST",
        "FROB, /v1/routing, 405 METHOD_NOT_ALLOWED",
        "get, /v1/vocabulary, 405 METHOD_NOT_ALLOWED",
        "TRACE, /v1/routing, 405 METHOD_NOT_ALLOWED",
        "TRACK, /v1/routing, 405 METHOD_NOT_ALLOWED",
        "OPTIONS, /v1/routing, 405 METHOD_NOT_ALLOWED",
        "POST, /actuator/health, 405 METHOD_NOT_ALLOWED",
        "G@T, /v1/vocabulary, 400 BAD_REQUEST",
        "CONNECT, localhost:80, 501 BAD_REQUEST",
    })
    void an_address_or_method_that_cannot_be_is_a_problem(String method, String target, String problem)
            throws IOException {
        assertThat(refused(method, target)).isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Host: lo cal<host>| 400 BAD_REQUEST",
                "Host: localhost:x| 400 BAD_REQUEST",
                "Host: a_b| 400 BAD_REQUEST",
                "Host-: none| 400 BAD_REQUEST",
                "Host: localhost¶Host: localhost| 400 BAD_REQUEST",
                "Host: evil.example| 403 FOREIGN_HOST",
                "X A: b| 400 BAD_REQUEST",
                "XA| 400 BAD_REQUEST",
                "Accept: image/png| 406 UNSUPPORTED_MEDIA_TYPE",
                "Accept: ;;;| 406 UNSUPPORTED_MEDIA_TYPE",
                "Expect: miracles| 417 BAD_REQUEST",
                "Content-Length: abc| 400 BAD_REQUEST",
                "Content-Length: -1| 400 BAD_REQUEST",
                "Content-Length: 2¶Content-Length: 3| 400 BAD_REQUEST",
                "Transfer-Encoding: foo| 501 BAD_REQUEST",
                "Liandong-Person: %E5%BC| 400 BAD_NAME",
            })
    void a_header_that_cannot_be_is_a_problem(String header, String problem) throws IOException {
        assertThat(refused("GET", "/v1/vocabulary", header.replace("¶", "\r\n")))
                .isEqualTo(problem);
    }

    @Test
    void a_head_that_is_too_long_or_no_http_is_a_problem() throws IOException {
        String control = "XA: a" + (char) 1 + "b";

        assertThat(refused("GET", "/v1/vocabulary", control)).isEqualTo("400 BAD_REQUEST");
        assertThat(refused("GET", "/v1/vocabulary", "X-A: " + "a".repeat(20_000)))
                .isEqualTo("400 BAD_REQUEST");
        assertThat(refused("GET", "/v1/vocabulary?a=" + "a".repeat(20_000))).isEqualTo("400 BAD_REQUEST");
        assertThat(refused("GET", "/v1/vocabulary", "X-A: b\r\n".repeat(200) + "X-A: b"))
                .isEqualTo("400 BAD_REQUEST");
        assertThat(RawHttp.send(port, "GET /v1/vocabulary HTTP/9.9\r\nHost: localhost\r\n\r\n")
                        .problem())
                .isEqualTo("505 BAD_REQUEST");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/routing, text/plain, 415 UNSUPPORTED_MEDIA_TYPE",
        "/v1/routing, ;;, 415 UNSUPPORTED_MEDIA_TYPE",
        "/v1/routing, '', 415 MISSING_MEDIA_TYPE",
        "/v1/check, application/json, 415 UNSUPPORTED_MEDIA_TYPE",
        "/v1/check, multipart/form-data, 400 MISSING_PART",
        "/v1/check?annotated=maybe, multipart/form-data; boundary=x, 400 MISSING_PART",
    })
    void a_body_of_another_kind_is_a_problem(String target, String type, String problem) throws IOException {
        RawHttp.Answer answer = RawHttp.send(
                port, RawHttp.request("POST", target, "Content-Type: " + type, "Content-Length: 2") + "{}");

        assertThat(answer.problem()).isEqualTo(problem);
    }

    @Test
    void a_body_of_another_kind_is_told_which_are_possible() throws IOException {
        RawHttp.Answer answer = RawHttp.send(
                port, RawHttp.request("POST", "/v1/routing", "Content-Type: text/plain", "Content-Length: 0"));

        assertThat(answer.json().at("/problems").toString())
                .startsWith(
                        "[{\"pointer\":\"\",\"code\":\"UNSUPPORTED_MEDIA_TYPE\",\"message\":\"Content-Type: text/plain"
                                + " is not understood here.\",\"help\":\"Possible here: application/")
                .contains("application/json", "application/x-ndjson");
    }

    @Test
    void a_compressed_body_is_refused_and_not_taken_for_broken_json() throws IOException {
        RawHttp.Answer answer = RawHttp.send(
                port,
                RawHttp.request(
                                "POST",
                                "/v1/routing",
                                "Content-Type: application/json",
                                "Content-Encoding: gzip",
                                "Content-Length: 2")
                        + "\u001f\u008b");

        assertThat(answer.problem()).isEqualTo("415 CONTENT_ENCODING");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NYC/2026-1",
                "/",
                "a//b",
                "NYC\\2026-1",
                "NYC%2026-1",
                "100%",
                "%2F",
                "%252F",
                "NYC;2026=1",
                ";",
                ".",
                "..",
                "../..",
                "a.b",
                "a.json",
                "a b",
                "+",
                "a+b",
                "?",
                "#",
                "&",
                "：／",
                "事件1",
                "*",
                "{id}",
                "a~b",
                "~"
            })
    void an_incident_is_found_by_its_id_whatever_is_in_it(String id) throws Exception {
        String base = "http://localhost:" + port;
        String report = "{\"incident\":{\"id\":\"" + id.replace("\\", "\\\\")
                + "\",\"reportedAt\":\"2026-11-20T16:30:00+08:00\",\"source\":\"GRID\",\"area\":\"330102001051\","
                + "\"text\":\"路灯不亮\"}}";
        assertThat(HTTP.send(
                                HttpRequest.newBuilder(URI.create(base + "/v1/routing"))
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString(report))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);

        String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
        RawHttp.Answer found = RawHttp.send(port, RawHttp.request("GET", "/v1/incidents/" + encoded));

        assertThat(found.status()).as(found.body()).isEqualTo(200);
        assertThat(found.json().get("incidentId").stringValue()).isEqualTo(id);
    }

    @Test
    void a_connection_goes_on_behind_a_body_that_nobody_asked_for() throws Exception {
        RawHttp.Answer answer = RawHttp.send(
                port,
                "GET /actuator/health/liveness HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"
                        + RawHttp.request("GET", "/actuator/health/liveness"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("HTTP/1.1 200");
    }
}
