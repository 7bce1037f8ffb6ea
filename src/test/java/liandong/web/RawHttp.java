package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests byte for byte, as no client library would send them. */
final class RawHttp {
    private static final int PATIENCE = 60_000;

    private RawHttp() {}

    /**
     * What came back.
     *
     * @param status the status; 0 when nothing came
     * @param head the lines before the blank one
     */
    record Answer(int status, String head, String body) {
        JsonNode json() {
            return new JsonMapper().readTree(body);
        }

        /** Status and code of a problem, which it must be, such as {@code 404 NOT_FOUND}. */
        String problem() {
            assertThat(head).as(body).containsIgnoringCase("Content-Type: application/problem+json");
            assertThat(json().path("status").asInt(0)).as(head + "\n" + body).isEqualTo(status);
            assertThat(json().at("/problems/0/message").stringValue()).doesNotContain("xception");
            return status + " " + json().get("title").stringValue();
        }

        boolean closes() {
            return head.toLowerCase(Locale.ROOT).contains("connection: close");
        }
    }

    /** Sends bytes, each character of the text one of them, and reads until the connection ends. */
    static Answer send(int port, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return read(socket);
        }
    }

    /** What comes until the connection ends. */
    static Answer read(Socket socket) throws IOException {
        var bytes = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        try {
            in.transferTo(bytes);
        } catch (SocketException e) {
            // reset: what came before counts
        }
        // Each byte one character, as the lengths of chunks count them.
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        String head = end < 0 ? text : text.substring(0, end);
        String body = end < 0 ? "" : text.substring(end + 4);
        boolean chunked = head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked");
        return new Answer(
                head.startsWith("HTTP/1.1 ") ? Integer.parseInt(head.substring(9, 12)) : 0,
                decoded(head),
                decoded(chunked ? joined(body) : body));
    }

    private static String decoded(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** What chunks hold: where the server divides an answer depends on when its buffer is full. */
    private static String joined(String chunks) {
        var all = new StringBuilder();
        int at = 0;
        for (int line = chunks.indexOf("\r\n"); line >= 0; line = chunks.indexOf("\r\n", at)) {
            int length =
                    Integer.parseInt(chunks.substring(at, line).split(";", 2)[0].strip(), 16);
            int to = Math.min(chunks.length(), line + 2 + length);
            all.append(chunks, line + 2, to);
            at = Math.min(chunks.length(), to + 2);
            if (length == 0) {
                all.append(chunks, at, chunks.length()); // another answer
                break;
            }
        }
        return all.toString();
    }

    /** A request without a body, after which the connection ends. */
    static String request(String method, String target, String... headers) {
        var request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (headers.length == 0 || !headers[0].toLowerCase(Locale.ROOT).startsWith("host")) {
            request.append("Host: localhost\r\n");
        }
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request.append("Accept-Language: en\r\nConnection: close\r\n\r\n")
                .toString();
    }
}
