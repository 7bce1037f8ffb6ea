package liandong;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import liandong.policy.TinyPolicy;
import liandong.store.Database;
import liandong.store.Stores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers see while the service stops, over real connections to a process that is told to (SIGTERM). */
@Tag("slow") // starts the program as a process
class DrainingTest {
    private static final int CLIENTS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    private Path folder;

    private static String report(String id) {
        return "{\"incident\":{\"id\":\"" + id + "\",\"reportedAt\":\"2026-11-20T16:00:00+08:00\",\"source\":\"GRID\","
                + "\"area\":\"330102\",\"settled\":true},\"now\":\"2026-11-20T16:30:00+08:00\"}";
    }

    /** A folder with a policy of its own, under which every report is answered. */
    private String policy() throws IOException {
        for (var file : TinyPolicy.withOneRule().files().files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return folder.toString();
    }

    private static long kept(String store) {
        try (Database database = Database.open(store, null, null)) {
            return database.sql()
                    .sql("SELECT count(*) FROM decision")
                    .query(Long.class)
                    .single();
        }
    }

    /** Asks again and again on one connection, until it is told that the connection ends; how often it was answered. */
    private static Callable<Integer> client(Served service, int number, CountDownLatch begun) {
        return () -> {
            HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            URI routing = service.at("/v1/routing");
            for (int asked = 1; ; asked++) {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(routing)
                                .header("Content-Type", "application/json")
                                .timeout(Duration.ofSeconds(20))
                                .POST(BodyPublishers.ofString(report("C" + number + "-" + asked)))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                begun.countDown();
                if (answer.headers().firstValue("Connection").orElse("").equals("close")) {
                    return asked;
                }
            }
        };
    }

    @Test
    void no_caller_that_keeps_its_connection_loses_a_request_when_the_service_stops() throws Exception {
        String store = Stores.SQLITE.fresh();
        var clients = Executors.newFixedThreadPool(CLIENTS);
        long answered = 0;
        try (Served service = Served.on(store, "--drain", "3", "--policy", policy())) {
            var begun = new CountDownLatch(CLIENTS * 20);
            var running = new ArrayList<Future<Integer>>();
            for (int number = 0; number < CLIENTS; number++) {
                running.add(clients.submit(client(service, number, begun)));
            }
            begun.await();

            service.signal("TERM");

            for (Future<Integer> each : running) {
                answered += each.get();
            }
            int readiness = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(service.at("/actuator/health/readiness"))
                                    .build(),
                            BodyHandlers.ofString())
                    .statusCode();
            assertThat(readiness).isEqualTo(503);
            service.ended(PATIENCE);
        } finally {
            clients.shutdownNow();
        }
        assertThat(kept(store)).isEqualTo(answered);
    }

    @Test
    void a_stream_ends_behind_a_line_says_so_and_what_it_answered_is_kept() throws Exception {
        String store = Stores.SQLITE.fresh();
        List<String> rest;
        try (Served service = Served.on(store, "--drain", "3", "--policy", policy());
                var socket = new Socket(
                        InetAddress.getLoopbackAddress(), service.at("/").getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(String.join(
                            "\r\n",
                            "POST /v1/routing HTTP/1.1",
                            "Host: localhost",
                            "Content-Type: application/x-ndjson",
                            "Transfer-Encoding: chunked",
                            "",
                            "")
                    .getBytes(StandardCharsets.US_ASCII));
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            write(out, report("S1") + "\n");
            awaited(in, "S1");
            service.signal("TERM");
            service.awaited(Pattern.compile("goes on answering"));

            // A line that has begun to come is taken whole; the next one is not.
            String second = report("S2");
            write(out, second.substring(0, 40));
            Thread.sleep(300);
            write(out, second.substring(40) + "\n");
            awaited(in, "S2");
            try {
                write(out, report("S3") + "\n");
            } catch (SocketException e) {
                // It hung up already.
            }

            rest = in.lines().filter(line -> line.startsWith("{")).toList();
            service.ended(PATIENCE);
        }
        assertThat(rest).hasSize(1);
        assertThat(rest.get(0))
                .startsWith("{\"type\":\"about:blank\",\"title\":\"STREAM_STOPPED\",\"status\":503,")
                .contains("第 3 行及其后的没有读到")
                .endsWith("\"line\":3}");
        assertThat(kept(store)).isEqualTo(2);
    }

    private static void write(OutputStream out, String piece) throws Exception {
        byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void awaited(BufferedReader in, String words) throws Exception {
        String line = in.readLine();
        while (!line.contains(words)) {
            line = in.readLine();
        }
    }
}
