package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/** Streams of callers who read late, or fall silent, over a real socket that is patient for two seconds only. */
@SpringBootTest(
        classes = WebConfiguration.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "liandong.longest-silence=2s")
@Import(WebTest.Given.class)
class StreamWebTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String HEAD = """
            POST /v1/routing HTTP/1.1
            Host: localhost
            Content-Type: application/x-ndjson
            Transfer-Encoding: chunked
            Connection: close

            """;

    @LocalServerPort
    private int port;

    private static String report(int n) {
        return "{\"incident\":{\"id\":\"A-" + n + "\",\"reportedAt\":\"2026-11-20T16:30:00+08:00\",\"source\":\"GRID\","
                + "\"area\":\"330102001051\",\"text\":\"路灯不亮\"}}\n";
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** The lines of the answer, and last whether it ended as a whole answer does. */
    private static List<String> answers(Socket socket) throws IOException {
        byte[] all = socket.getInputStream().readAllBytes();
        String text = new String(all, StandardCharsets.ISO_8859_1);
        var body = new StringBuilder();
        int at = text.indexOf("\r\n\r\n") + 4;
        int size = -1;
        while (size != 0 && text.indexOf("\r\n", at) >= 0) {
            int line = text.indexOf("\r\n", at);
            size = Integer.parseInt(text.substring(at, line), 16);
            body.append(text, line + 2, Math.min(line + 2 + size, text.length()));
            at = line + 2 + size + 2;
        }
        var lines = new ArrayList<String>();
        new String(body.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                .lines()
                .map(JSON::readTree)
                .forEach(json -> lines.add(
                        json.has("outcome")
                                ? json.path("incidentId").stringValue()
                                : json.path("title").stringValue() + " "
                                        + json.path("line").intValue()));
        lines.add(size == 0 ? "end" : "cut");
        return lines;
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void a_caller_may_send_all_of_a_stream_before_reading_any_of_its_answers() throws IOException {
        int lines = 3_000;
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(1 << 12); // so that little of it waits outside
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            OutputStream out = socket.getOutputStream();
            out.write(HEAD.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            for (int n = 0; n < lines; n++) {
                chunk(out, report(n));
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();

            List<String> answers = answers(socket);

            assertThat(answers).hasSize(lines + 1).startsWith("A-0", "A-1").endsWith("A-" + (lines - 1), "end");
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void a_stream_that_falls_silent_is_ended_with_a_word_about_it() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(HEAD.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunk(out, report(0) + report(1) + "{\"incident\":");

            assertThat(answers(socket)).containsExactly("A-0", "A-1", "SILENT_STREAM 3", "end");
        }
    }
}
