package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import liandong.console.ConsoleConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Callers who never quite stop, where the service speaks TLS itself: they are no better off than others. */
@SpringBootTest(
        classes = {WebConfiguration.class, ConsoleConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"liandong.longest-silence=2s", "server.tomcat.connection-timeout=2s"})
@Import({WebTest.Given.class, SlowCallersWebTest.SmallBuffers.class})
@DirtiesContext
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@Tag("slow") // waits for callers, and makes a key
class SlowTlsCallersWebTest {
    private static final String SECRET = "changeit";
    private static final int SMALL = 1 << 12;
    private static final String REPORT = "{\"incident\":{\"id\":\"A-1\",\"reportedAt\":\"2026-11-20T16:30:00+08:00\","
            + "\"source\":\"GRID\",\"area\":\"330102001051\",\"text\":\"路灯不亮\"}}";
    private static Path keys = Path.of("");

    @DynamicPropertySource
    static void tls(DynamicPropertyRegistry registry) throws Exception {
        keys = Files.createTempDirectory("tls").resolve("keys.p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "service",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        SECRET,
                        "-keystore",
                        keys.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(made.waitFor()).as(said).isZero();
        registry.add("server.ssl.key-store", keys::toUri);
        registry.add("server.ssl.key-store-password", () -> SECRET);
    }

    @LocalServerPort
    private int port;

    private SSLSocket begun(String type, String length) throws Exception {
        KeyStore store = KeyStore.getInstance(keys.toFile(), SECRET.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var socket = (SSLSocket) context.getSocketFactory().createSocket();
        socket.setReceiveBufferSize(SMALL);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(("POST /v1/routing HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\nConnection: close\r\n"
                                + "Content-Type: " + type + "\r\n" + length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** All that comes until the connection ends, in whatever way. */
    private static String rest(SSLSocket socket) {
        var all = new ByteArrayOutputStream();
        try {
            socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
            socket.getInputStream().transferTo(all);
        } catch (IOException e) {
            // cut off
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_body_that_comes_letter_by_letter_is_told_so() throws Exception {
        try (SSLSocket socket = begun("application/json", "Content-Length: 100000")) {
            socket.setSoTimeout(100);
            OutputStream out = socket.getOutputStream();
            long begun = System.nanoTime();
            int first = -1;
            while (first < 0) {
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
                out.write(' ');
                out.flush();
                try {
                    first = socket.getInputStream().read();
                } catch (SocketTimeoutException e) {
                    // not answered yet
                }
            }
            assertThat(rest(socket)).startsWith("TTP/1.1 408").contains("TOO_SLOW");
        }
    }

    @Test
    void who_never_reads_loses_the_rest_of_the_answer_and_who_reads_has_all_of_it() throws Exception {
        try (SSLSocket reads = asked(100);
                SSLSocket never = asked(1000)) {
            assertThat(rest(reads)).endsWith("\r\n0\r\n\r\n");

            Thread.sleep(Duration.ofSeconds(8).toMillis());
            assertThat(rest(never)).isNotEmpty().doesNotEndWith("\r\n0\r\n\r\n");
        }
    }

    private SSLSocket asked(int lines) throws Exception {
        SSLSocket socket = begun("application/x-ndjson", "Transfer-Encoding: chunked");
        OutputStream out = socket.getOutputStream();
        for (int i = 0; i < lines; i += 100) {
            byte[] some = (REPORT + "\n").repeat(100).getBytes(StandardCharsets.UTF_8);
            out.write((Integer.toHexString(some.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(some);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return socket;
    }
}
