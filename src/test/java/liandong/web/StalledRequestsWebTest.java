package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import liandong.access.Keys;
import liandong.access.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Callers who begin a request and do not go on, more of them than there are threads; over real sockets. */
@SpringBootTest(
        classes = WebConfiguration.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "server.tomcat.threads.max=40")
@Import(WebTest.Given.class)
@DirtiesContext // keys stay for ever
@Tag("slow") // waits until a revoked key ends
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class StalledRequestsWebTest {
    private static final int PLACES = 32;
    private static final int MANY = 60;
    private static final DocumentedHttp HTTP = new DocumentedHttp();
    private static final String REPORT = "{\"incident\":{\"id\":\"A-1\",\"reportedAt\":\"2026-11-20T16:30:00+08:00\","
            + "\"source\":\"GRID\",\"area\":\"330102001051\",\"text\":\"路灯不亮\"}}";

    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    private final List<Socket> sockets = new ArrayList<>();
    private String secret = "";

    @BeforeEach
    void somebody_has_a_key() {
        secret = keys.add("有密钥的人", Role.ALL, "运维");
    }

    @AfterEach
    void everybody_hangs_up() throws IOException {
        for (Socket each : sockets) {
            each.close();
        }
    }

    private Socket begun(String path, String type, String... headers) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\nContent-Type: " + type
                + "\r\n" + String.join("\r\n", headers) + (headers.length > 0 ? "\r\n" : "") + "\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void begin(int many, String path, String type, String... headers) throws IOException {
        for (int i = 0; i < many; i++) {
            begun(path, type, headers).getOutputStream().write("{\"inci".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private String bearer() {
        return "Authorization: Bearer " + secret;
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> decided() throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/routing"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + secret)
                        .POST(BodyPublishers.ofString(REPORT))
                        .build(),
                BodyHandlers.ofString());
    }

    /** The answers that have come so far, once there are so many. */
    private List<RawHttp.Answer> answered(int many) throws Exception {
        var answers = new ArrayList<RawHttp.Answer>();
        var open = new ArrayList<>(sockets);
        while (answers.size() < many) {
            for (Socket each : List.copyOf(open)) {
                if (each.getInputStream().available() > 0) {
                    open.remove(each);
                    answers.add(RawHttp.read(each));
                }
            }
            Thread.sleep(20);
        }
        return answers;
    }

    @Test
    void who_shows_no_key_and_does_not_go_on_is_refused_and_holds_up_nobody() throws Exception {
        begin(MANY, "/v1/routing", "application/json", "Content-Length: 1000");

        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(decided().statusCode()).isEqualTo(200);
        // The connection ends with the answer, or else it could not be read to its end.
        assertThat(answered(MANY)).allMatch(each -> each.problem().equals("401 NO_KEY") && each.closes());
    }

    @Test
    void a_form_that_might_show_a_key_and_does_not_go_on_holds_up_nobody_either() throws Exception {
        String form = "application/x-www-form-urlencoded";
        for (String path : List.of("requests.json", "requests/1.json", "nothing.json")) {
            begin(MANY, "/open311/v2/" + path, form, "Content-Length: 60000");
        }

        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(decided().statusCode()).isEqualTo(200);
        List<RawHttp.Answer> answers = answered(3 * MANY);
        assertThat(answers).allMatch(RawHttp.Answer::closes);
        // A few of those are waited for, who then are too slow; where no form is taken, none is read.
        assertThat(answers.stream().filter(each -> each.body().contains("[NO_KEY]")))
                .hasSize(2 * MANY);
        assertThat(answers.stream().filter(each -> each.body().contains("[TOO_SLOW]")))
                .hasSizeBetween(1, MANY - 1);
        assertThat(answers.stream().filter(each -> each.body().contains("[BUSY]")))
                .isNotEmpty()
                .allMatch(each ->
                        each.head().startsWith("HTTP/1.1 503") && each.head().contains("Retry-After: 5"));
    }

    @Test
    void a_body_in_pieces_that_do_not_come_holds_up_nobody_either() throws Exception {
        for (int i = 0; i < MANY; i++) {
            begun("/v1/nothing", "application/json", "Transfer-Encoding: chunked")
                    .getOutputStream()
                    .write("3e8\r\n{".getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(answered(MANY)).allMatch(each -> each.problem().equals("401 NO_KEY") && each.closes());
    }

    @Test
    void who_shows_a_key_and_does_not_go_on_leaves_threads_for_health_and_for_saying_no() throws Exception {
        begin(MANY, "/v1/routing", "application/json", "Content-Length: 1000", bearer());

        List<RawHttp.Answer> refused = answered(MANY - PLACES);
        assertThat(refused)
                .hasSize(MANY - PLACES)
                .allMatch(each ->
                        each.problem().equals("503 BUSY") && each.head().contains("Retry-After: 5") && each.closes());
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        HttpResponse<String> busy = decided();
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(busy.headers().firstValue("Retry-After")).hasValue("5");

        everybody_hangs_up();
        while (decided().statusCode() != 200) {
            Thread.sleep(20);
        }
    }

    @Test
    void uploads_that_do_not_go_on_take_the_places_of_heavy_work_and_none_of_decisions() throws Exception {
        begin(20, "/v1/check", "multipart/form-data; boundary=x", "Content-Length: 1000", bearer());

        assertThat(answered(20 - HeavyWork.LET_IN))
                .hasSize(20 - HeavyWork.LET_IN)
                .allMatch(each -> each.problem().equals("503 BUSY"));
        assertThat(decided().statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    }

    @Test
    void who_is_refused_in_the_middle_of_a_large_body_still_learns_why() throws Exception {
        Socket socket = begun("/v1/check", "multipart/form-data; boundary=x", "Content-Length: 20000000");
        byte[] piece = new byte[100_000];
        for (int i = 0; i < 200; i++) {
            socket.getOutputStream().write(piece);
        }

        RawHttp.Answer answer = RawHttp.read(socket);
        assertThat(answer.problem()).isEqualTo("401 NO_KEY");
        assertThat(answer.closes()).isTrue();
    }

    @Test
    void a_small_body_that_is_refused_leaves_the_connection_open() throws Exception {
        Socket socket = begun("/v1/routing", "application/json", "Content-Length: 2", bearer());
        socket.getOutputStream().write("{}".getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream()
                .write(RawHttp.request("GET", "/actuator/health").getBytes(StandardCharsets.US_ASCII));

        String answers = RawHttp.read(socket).head() + RawHttp.read(socket).body();
        assertThat(answers).startsWith("HTTP/1.1 422").doesNotContainIgnoringCase("connection: close");
    }

    @Test
    void a_stream_ends_with_the_key_that_began_it() throws Exception {
        String own = keys.add("将离职的人", Role.ALL, "运维");
        Socket socket = begun(
                "/v1/routing", "application/x-ndjson", "Transfer-Encoding: chunked", "Authorization: Bearer " + own);
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        send(socket.getOutputStream(), REPORT + "\n");
        assertThat(next(in).path("outcome").asString("")).isEqualTo("ASSIGNED");

        keys.revoke(own.substring(3, 11), "运维");
        Thread.sleep(Duration.ofSeconds(2).toMillis());
        send(socket.getOutputStream(), REPORT + "\n");

        JsonNode refused = next(in);
        assertThat(refused.path("title").asString("")).isEqualTo("UNKNOWN_KEY");
        assertThat(refused.path("line").intValue()).isEqualTo(2);
    }

    private static void send(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var chunk = new ByteArrayOutputStream();
        chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(bytes);
        chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.write(chunk.toByteArray());
    }

    private static JsonNode next(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("{")) {
                return new JsonMapper().readTree(line);
            }
        }
        throw new AssertionError("the connection ended without an answer");
    }
}
