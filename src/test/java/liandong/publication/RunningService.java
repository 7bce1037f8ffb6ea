package liandong.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import liandong.Served;
import liandong.web.DocumentedHttp;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What callers and staff do with a service that runs in a process of its own. */
final class RunningService implements AutoCloseable {
    private static final DocumentedHttp HTTP = new DocumentedHttp();

    private final Served served;

    private RunningService(Served served) {
        this.served = served;
    }

    /** Starts one on a store, and waits until it answers. */
    static RunningService on(String store) throws Exception {
        return new RunningService(Served.on(store));
    }

    /** Lets it do nothing, as when its machine is too busy for it, until {@link #resume}. */
    void pause() throws Exception {
        served.signal("STOP");
    }

    void resume() throws Exception {
        served.signal("CONT");
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(served.at(path))
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
        return posted("/v1/policies/" + no + "/publish", "{\"because\": \"换\"}", "li")
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
        served.close();
    }
}
