package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Who is let in while no key was ever made, over a real socket. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(WebTest.Given.class)
class OpenAccessWebTest {
    private static final DocumentedHttp HTTP = new DocumentedHttp();

    @LocalServerPort
    private int port;

    private HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    /** The first line and the body of the answer to a request that names a host, whatever the client thinks of it. */
    private String toHost(String host) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET /v1/vocabulary HTTP/1.1\r\nHost: " + host
                                    + "\r\nAccept-Language: en\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String status = in.readLine();
            String last = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                last = line;
            }
            return status.strip() + " " + last;
        }
    }

    @Test
    void anybody_on_this_machine_is_answered() throws Exception {
        assertThat(send("GET", "/v1/vocabulary").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/actuator/health").body())
                .contains("\"status\":\"UP\"")
                .doesNotContain("components");
        assertThat(send("GET", "/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
    }

    @Test
    void a_page_whose_name_was_made_to_point_here_is_not() throws Exception {
        assertThat(toHost("evil.example"))
                .startsWith("HTTP/1.1 403 {")
                .contains("FOREIGN_HOST", "not to \\\"evil.example\\\"");
        assertThat(toHost("localhost.evil.example:" + port)).startsWith("HTTP/1.1 403 ");
        assertThat(toHost("127.0.0.1.evil.example")).startsWith("HTTP/1.1 403 ");
        assertThat(toHost("localhost:" + port)).startsWith("HTTP/1.1 200");
        assertThat(toHost("[::1]:" + port)).startsWith("HTTP/1.1 200");
        assertThat(toHost("127.0.0.2")).startsWith("HTTP/1.1 200");
    }

    @Test
    void other_endpoints_and_the_list_of_them_are_not_there() throws Exception {
        for (String path : new String[] {"/actuator", "/actuator/env", "/actuator/beans", "/error", "/login", "/"}) {
            assertThat(send("GET", path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void a_page_of_another_site_is_refused_whatever_it_asks() throws Exception {
        HttpResponse<String> other =
                send("GET", "/v1/vocabulary", "Sec-Fetch-Site", "cross-site", "Accept-Language", "en");

        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.body())
                .contains(
                        "\"code\":\"CROSS_SITE\",\"message\":\"While there are no keys the service does not answer what a page"
                                + " of another site asks for (Sec-Fetch-Site: cross-site).\"");
        // Another port of this machine is another site's too.
        assertThat(send("GET", "/v1/vocabulary", "Sec-Fetch-Site", "same-site").statusCode())
                .isEqualTo(403);
        assertThat(send("OPTIONS", "/v1/routing", "Origin", "http://evil.example")
                        .body())
                .contains("CROSS_SITE");
        assertThat(send("POST", "/v1/policies/rollback", "Origin", "null").body())
                .contains("CROSS_SITE");
        assertThat(send("GET", "/v1/vocabulary", "Sec-Fetch-Site", "same-origin", "Origin", "http://127.0.0.1:" + port)
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("GET", "/v1/vocabulary", "Sec-Fetch-Site", "none").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For",
                "x-forwarded-host",
                "X-Forwarded-Proto",
                "Forwarded",
                "Via",
                "X-Real-IP",
                "CF-Connecting-IP",
                "True-Client-IP",
                "X-Envoy-External-Address",
                "X-ProxyUser-Ip",
                "X-Original-URL",
                "X-Azure-ClientIP",
                "X-Amzn-Trace-Id",
                "X-Varnish"
            })
    void what_comes_through_a_proxy_on_this_machine_is_refused(String header) throws Exception {
        HttpResponse<String> passed = send("GET", "/v1/vocabulary", header, "127.0.0.1", "Accept-Language", "en");

        assertThat(passed.statusCode()).isEqualTo(403);
        assertThat(passed.body())
                .containsIgnoringCase(
                        "\"code\":\"THROUGH_PROXY\",\"message\":\"While there are no keys the service answers only programs on"
                                + " this machine; this request came through a proxy (" + header + ").\"");
        // Whether it is alive, a proxy may ask.
        assertThat(send("GET", "/actuator/health", header, "127.0.0.1").statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_name_that_is_none_is_refused() throws Exception {
        assertThat(send("GET", "/v1/vocabulary", "Liandong-Person", "%E5%BC%A0%E4%B8%89")
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("GET", "/v1/vocabulary", "Liandong-Person", "%E5%BC").statusCode())
                .isEqualTo(400);
        assertThat(send("GET", "/v1/vocabulary", "Liandong-Person", "a%0ab").statusCode())
                .isEqualTo(400);
        assertThat(send("GET", "/v1/vocabulary", "Liandong-Person", "x".repeat(65))
                        .body())
                .contains("BAD_NAME");
    }
}
