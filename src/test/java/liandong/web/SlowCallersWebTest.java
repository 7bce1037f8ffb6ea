package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import liandong.console.ConsoleConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Callers who never quite stop: who send a byte now and then, or take their answers as slowly, or not at all; over real
 * sockets, of a service that is patient for two seconds only and has four places.
 */
@SpringBootTest(
        classes = {WebConfiguration.class, ConsoleConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "liandong.longest-silence=2s",
            "server.tomcat.connection-timeout=2s",
            "server.tomcat.threads.max=5"
        })
@Import({WebTest.Given.class, SlowCallersWebTest.SmallBuffers.class})
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SlowCallersWebTest {
    private static final int PLACES = 4;
    private static final int SMALL = 1 << 12;
    private static final Duration PACE = Duration.ofMillis(100);
    private static final String REPORT = "{\"incident\":{\"id\":\"A-1\",\"reportedAt\":\"2026-11-20T16:30:00+08:00\","
            + "\"source\":\"GRID\",\"area\":\"330102001051\",\"text\":\"路灯不亮\"}}";

    /** So that little of an answer waits in the machine. */
    @TestConfiguration(proxyBeanMethods = false)
    static class SmallBuffers {
        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> smallBuffers() {
            return factory -> factory.addConnectorCustomizers(
                    connector -> connector.setProperty("socket.txBufSize", String.valueOf(SMALL)));
        }
    }

    @LocalServerPort
    private int port;

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void everybody_hangs_up() throws IOException {
        for (Socket each : sockets) {
            each.close();
        }
    }

    private Socket begun(String path, String type, String length) throws IOException {
        var socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(SMALL);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\nContent-Type: " + type
                + "\r\n" + length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Sends a piece again and again until an answer begins to come, as it must in good time. */
    private static void drip(Socket socket, String piece) throws Exception {
        long begun = System.nanoTime();
        while (socket.getInputStream().available() == 0) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
            socket.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(PACE.toMillis());
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    # one letter after the other, in one piece, in pieces, and in what stands before a piece
                    /v1/routing | application/json              | Content-Length: 100000       | -
                    /v1/routing | application/json              | Transfer-Encoding: chunked   | CHUNKS
                    /v1/routing | application/json              | Transfer-Encoding: chunked   | EXTENSION
                    /v1/test    | application/zip               | Content-Length: 100000       | -
                    # what the server takes apart by itself
                    /v1/check   | multipart/form-data;boundary=x| Content-Length: 100000       | -
                    /console/sign-in | application/x-www-form-urlencoded | Content-Length: 100000 | -
                    # nothing any more
                    /v1/routing | application/json              | Content-Length: 100000       | NOTHING
                    /v1/check   | multipart/form-data;boundary=x| Content-Length: 100000       | NOTHING
                    """)
    void a_body_that_comes_too_slowly_is_told_so_and_ends_the_connection(
            String path, String type, String length, String how) throws Exception {
        Socket socket = begun(path, type, length);
        if (type.startsWith("multipart")) {
            String part = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\nPK";
            socket.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
        }

        switch (how) {
            case "CHUNKS" -> drip(socket, "1\r\n \r\n");
            case "EXTENSION" -> {
                socket.getOutputStream().write("1;x=".getBytes(StandardCharsets.US_ASCII));
                drip(socket, "y");
            }
            case "NOTHING" -> drip(socket, "");
            default -> drip(socket, " ");
        }

        RawHttp.Answer answer = RawHttp.read(socket);
        assertThat(answer.problem()).isEqualTo("408 TOO_SLOW");
        assertThat(answer.json().path("detail").stringValue())
                .isEqualTo(
                        "The request came too slowly: it was waited for 2 seconds, and a second more for every 16 KiB"
                                + " that came.");
        assertThat(answer.closes()).isTrue();
    }

    @Test
    void a_line_that_has_begun_and_does_not_end_ends_its_stream() throws Exception {
        Socket socket = begun("/v1/routing", "application/x-ndjson", "Transfer-Encoding: chunked");
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        chunk(socket.getOutputStream(), REPORT + "\n");
        assertThat(next(in).path("outcome").stringValue()).isEqualTo("ASSIGNED");

        drip(socket, "1\r\n \r\n");

        JsonNode silent = next(in);
        assertThat(silent.path("title").stringValue()).isEqualTo("SILENT_STREAM");
        assertThat(silent.path("line").intValue()).isEqualTo(2);
        assertThat(in.lines().toList()).containsExactly("", "0", "");
    }

    @Test
    void a_stream_whose_lines_come_slowly_goes_on() throws Exception {
        Socket socket = begun("/v1/routing", "application/x-ndjson", "Transfer-Encoding: chunked");
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

        for (int i = 0; i < 5; i++) {
            Thread.sleep(700);
            chunk(socket.getOutputStream(), REPORT + "\n");
            assertThat(next(in).path("outcome").stringValue()).isEqualTo("ASSIGNED");
        }
    }

    private static JsonNode next(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("{")) {
                return new JsonMapper().readTree(line);
            }
        }
        throw new AssertionError("the connection ended without an answer");
    }

    /** A stream that asks for more than anything between here and there holds. */
    private Socket asked() throws IOException {
        return asked(1000);
    }

    private Socket asked(int lines) throws IOException {
        Socket socket = begun("/v1/routing", "application/x-ndjson", "Transfer-Encoding: chunked\r\nConnection: close");
        for (int i = 0; i < lines; i += 100) {
            chunk(socket.getOutputStream(), (REPORT + "\n").repeat(100));
        }
        socket.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void who_never_reads_loses_the_rest_of_the_answer_and_others_are_let_in() throws Exception {
        var never = new ArrayList<Socket>();
        for (int i = 0; i < PLACES; i++) {
            never.add(asked());
        }

        // Each of them holds a place, and gives it back once the service has been patient: all are free at the same
        // time.
        long begun = System.nanoTime();
        while (!everyPlaceIsFree()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(60));
            Thread.sleep(PACE.toMillis());
        }
        for (Socket each : never) {
            assertThat(rest(each)).as("of some megabytes").isLessThan(200_000).isPositive();
        }
    }

    /** Whether as many streams as there are places can be open at once. */
    private boolean everyPlaceIsFree() throws IOException {
        var open = new ArrayList<Socket>();
        try {
            for (int i = 0; i < PLACES; i++) {
                open.add(begun("/v1/routing", "application/x-ndjson", "Transfer-Encoding: chunked"));
            }
            for (Socket each : open) {
                var in = new BufferedReader(new InputStreamReader(each.getInputStream(), StandardCharsets.UTF_8));
                String status = in.readLine();
                if (status == null || !status.contains(" 200 ")) {
                    return false;
                }
            }
            return true;
        } finally {
            for (Socket each : open) {
                each.close();
            }
        }
    }

    /** How much of an answer is still to be had, which does not have its end. */
    private static int rest(Socket socket) {
        var all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (IOException e) {
            // cut off
        }
        assertThat(all.toString(StandardCharsets.UTF_8)).doesNotEndWith("\r\n0\r\n\r\n");
        return all.size();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json     | Content-Length: 100        | {"incident":
            application/json     | Transfer-Encoding: chunked | zz
            """)
    void a_body_that_breaks_off_is_blamed_and_not_the_head(String type, String length, String sent) throws Exception {
        Socket socket = begun("/v1/routing", type, length);
        socket.getOutputStream().write((sent + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.shutdownOutput();

        RawHttp.Answer answer = RawHttp.read(socket);

        assertThat(answer.problem()).isEqualTo("400 BODY_BROKEN_OFF");
        assertThat(answer.json().path("detail").stringValue())
                .isEqualTo("The body of the request broke off, or its pieces are not as HTTP has them.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # a piece that has no length, one that is shorter than it says, one without anything, half a line
            Transfer-Encoding: chunked | zz~
            Transfer-Encoding: chunked | 50~{"inc
            Transfer-Encoding: chunked | ~
            Content-Length: 4000       | {"incident":
            """)
    void a_stream_that_breaks_off_is_answered_as_far_as_it_came_and_then_told_so(String length, String last)
            throws Exception {
        Socket socket = begun("/v1/routing", "application/x-ndjson", length);
        OutputStream out = socket.getOutputStream();
        String lines = (REPORT + "\n").repeat(2);
        if (length.startsWith("Transfer")) {
            chunk(out, lines);
        } else {
            out.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        out.write(last.replace("~", "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.shutdownOutput();

        List<JsonNode> answers = RawHttp.read(socket)
                .body()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(new JsonMapper()::readTree)
                .toList();

        assertThat(answers)
                .extracting(each -> each.path("outcome").stringValue(null))
                .containsExactly("ASSIGNED", "ASSIGNED", null);
        assertThat(answers.get(2).toString())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"STREAM_BROKEN_OFF\",\"status\":400,"
                        + "\"detail\":\"The stream broke off, or its pieces are not as HTTP has them; line 3 and those after"
                        + " it have not been read.\",\"problems\":[{\"pointer\":\"\",\"code\":\"STREAM_BROKEN_OFF\","
                        + "\"message\":\"The stream broke off, or its pieces are not as HTTP has them; line 3 and those after"
                        + " it have not been read.\",\"help\":\"What was answered before this counts. Send the rest as a new"
                        + " stream: as many bytes as Content-Length says, or in chunks each with its length and an empty one"
                        + " at the end.\"}],\"line\":3}");
    }

    @Test
    void who_reads_in_gulps_and_fast_enough_gets_it_all() throws Exception {
        Socket socket = asked(100);
        var all = new ByteArrayOutputStream();

        byte[] gulp = new byte[40_000];
        for (int read = 0; read >= 0; ) {
            Thread.sleep(1200);
            for (int left = gulp.length; left > 0 && read >= 0; left -= Math.max(0, read)) {
                read = socket.getInputStream().read(gulp, 0, left);
                all.write(gulp, 0, Math.max(0, read));
            }
        }

        assertThat(all.size()).as("more than goes out at once").isGreaterThan(160_000);
        assertThat(all.toString(StandardCharsets.UTF_8)).endsWith("\r\n0\r\n\r\n");
    }

    @Test
    void who_reads_a_little_now_and_then_loses_the_connection() throws Exception {
        Socket socket = asked();
        long begun = System.nanoTime();

        byte[] some = new byte[SMALL / 2];
        int read = 0;
        long all = 0;
        while (read >= 0) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
            Thread.sleep(500);
            try {
                read = socket.getInputStream().read(some);
                all += Math.max(0, read);
            } catch (java.net.SocketException e) {
                read = -1;
            }
        }
        assertThat(all).as("of some megabytes").isLessThan(200_000);
    }
}
