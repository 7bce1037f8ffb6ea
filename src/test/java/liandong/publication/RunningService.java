package liandong.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import liandong.Liandong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code serve} in a process of its own. */
final class RunningService implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;
    private final Path said;

    private RunningService(Process process, int port, Path said) {
        this.process = process;
        this.port = port;
        this.said = said;
    }

    /** Starts some on one store at once, and waits until all of them answer. */
    static List<RunningService> on(String store, int count) throws Exception {
        var services = new ArrayList<RunningService>();
        for (int port : freePorts(count)) {
            Path said = Files.createTempFile("serve", ".log");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Xshare:auto",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Liandong.class.getName(),
                            "serve",
                            "--port",
                            String.valueOf(port),
                            "--store",
                            store)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            services.add(new RunningService(process, port, said));
        }
        try {
            for (RunningService service : services) {
                service.awaitStart();
            }
        } catch (Exception | AssertionError e) {
            services.forEach(RunningService::close);
            throw e;
        }
        return services;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        var taken = new ArrayList<ServerSocket>();
        for (int i = 0; i < count; i++) {
            taken.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        for (ServerSocket each : taken) {
            each.close();
        }
        return taken.stream().map(ServerSocket::getLocalPort).toList();
    }

    private void awaitStart() throws Exception {
        Instant end = Instant.now().plus(START);
        while (true) {
            try {
                health();
                return;
            } catch (ConnectException e) {
                assertThat(process.isAlive()).as(Files.readString(said)).isTrue();
                assertThat(Instant.now()).as(Files.readString(said)).isBefore(end);
                Thread.sleep(50);
            }
        }
    }

    /** Lets it do nothing, as when its machine is too busy for it, until {@link #resume}. */
    void pause() throws Exception {
        signal("STOP");
    }

    void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept-Language", "en")
                .timeout(Duration.ofSeconds(30));
    }

    private static String sent(HttpRequest.Builder request, int status) throws Exception {
        HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response.body();
    }

    /** What it answers to a request for a decision. */
    JsonNode decided(String request) throws Exception {
        return new JsonMapper()
                .readTree(sent(
                        at("/v1/routing")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(request)),
                        200));
    }

    /** What it says of itself in a word, such as {@code UP}. */
    String health() throws Exception {
        return new JsonMapper()
                .readTree(sent(at("/actuator/health").GET(), 200))
                .get("status")
                .stringValue();
    }

    /** The value of one of its metrics. */
    double metric(String name) throws Exception {
        return sent(at("/actuator/prometheus").GET(), 200)
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow();
    }

    /** Takes one workbook, in the place of its like in the live policy, all the way to its approval; its number. */
    long approved(String workbook, byte[] bytes, String label) throws Exception {
        var body = new ByteArrayOutputStream();
        body.writeBytes(("--x7x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + workbook
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(bytes);
        body.writeBytes("\r\n--x7x--\r\n".getBytes(StandardCharsets.UTF_8));
        JsonNode proposed = new JsonMapper()
                .readTree(sent(
                        at("/v1/policies?label=" + label)
                                .header("Liandong-Person", "zhang")
                                .header("Content-Type", "multipart/form-data; boundary=x7x")
                                .POST(BodyPublishers.ofByteArray(body.toByteArray())),
                        201));
        long no = proposed.get("policy").longValue();
        assertThat(posted("/v1/policies/" + no + "/check", "", "zhang")
                        .get("good")
                        .booleanValue())
                .isTrue();
        posted(
                "/v1/policies/" + no + "/approve",
                "{\"content\":\"" + proposed.get("content").stringValue() + "\"}",
                "li");
        return no;
    }

    /** Makes an approved policy live at once; the version that its decisions name. */
    String published(long no) throws Exception {
        return posted("/v1/policies/" + no + "/publish", "", "li")
                .get("version")
                .stringValue();
    }

    private JsonNode posted(String path, String json, String person) throws Exception {
        return new JsonMapper()
                .readTree(sent(
                        at(path).header("Liandong-Person", person)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(json)),
                        200));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
