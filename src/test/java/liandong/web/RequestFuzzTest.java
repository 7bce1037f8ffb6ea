package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import liandong.District;
import liandong.Seeds;
import liandong.decision.Decisions;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyHistory;
import liandong.publication.LivePolicies;
import liandong.store.Database;
import liandong.store.Stores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests made from the OpenAPI document, many of them damaged, against the service: whatever is sent, the answer is one that
 * the document names, soon and not long.
 *
 * <p>Runs for 20 seconds, or as long as {@code -Dfuzz.seconds} says; the profile {@code fuzz-requests} runs it for longer.
 */
@Tag("slow")
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(RequestFuzzTest.Given.class)
@DirtiesContext
class RequestFuzzTest {
    private static final long SECONDS = Long.getLong("fuzz.seconds", 20);
    private static final int LONGEST = 1 << 20;
    private static final Duration SOON = Duration.ofSeconds(5);
    /** A whole policy is looked through, or all its scenarios run: as long as a proxy waits, on the slowest machine. */
    private static final Duration SOON_FOR_A_POLICY = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_KINDS = 25;
    private static final JsonMapper JSON = new JsonMapper();

    @TestConfiguration(proxyBeanMethods = false)
    static class Given {
        @Bean
        Database database() {
            return Stores.SQLITE.open();
        }

        @Bean
        PolicyHistory policy(Database database) {
            return LivePolicies.beginning(District.files().labelled("first"), database);
        }
    }

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<byte[]> send(RequestGenerator.Sent sent) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + sent.path()))
                .timeout(PATIENCE)
                .method(
                        sent.method(),
                        sent.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(sent.body()));
        for (int i = 0; i < sent.headers().size(); i += 2) {
            request.header(sent.headers().get(i), sent.headers().get(i + 1));
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static byte[] zip(PolicyFiles policy) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : policy.files().entrySet()) {
                zip.putNextEntry(new ZipEntry("my/" + file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static List<RequestGenerator.Sent.Upload> uploads() throws IOException {
        var uploads = new ArrayList<RequestGenerator.Sent.Upload>();
        for (String name : List.of("closure.xlsx", "scoring.xlsx", "calendar.xlsx")) {
            uploads.add(new RequestGenerator.Sent.Upload(name, Files.readAllBytes(District.TABLES.resolve(name))));
        }
        uploads.add(new RequestGenerator.Sent.Upload("my.zip", zip(District.files())));
        uploads.add(new RequestGenerator.Sent.Upload("x.zip", new byte[] {'P', 'K', 3, 4}));
        uploads.add(new RequestGenerator.Sent.Upload("甲.xlsx", new byte[0]));
        return uploads;
    }

    /** What is not as the document says, or too long, or too late; empty when all is well. */
    private List<String> faults(RequestGenerator.Sent sent, HttpResponse<byte[]> response, Duration took)
            throws Exception {
        String body = new String(response.body(), StandardCharsets.UTF_8);
        var faults = new ArrayList<String>();
        try {
            faults.addAll(DocumentedResponses.check(
                    sent.method(),
                    response.uri().getRawPath(),
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    body));
        } catch (JacksonException e) {
            faults.add("the body is no JSON");
        }
        if (response.statusCode() == 500 || body.contains("\"status\":500")) {
            faults.add("500");
        }
        if (sent.asSaid() && sent.body() != null && !sent.path().contains("?")) {
            for (String code : List.of("WRONG_JSON_TYPE", "UNKNOWN_FIELD")) {
                if (body.contains("\"code\":\"" + code + "\"")) {
                    faults.add(code + " of what the document allows");
                }
            }
        }
        // What comes of every scenario of the policy is as long as they are many; so is the stream of all that was
        // decided.
        boolean all =
                sent.path().startsWith("/v1/test") || sent.path().matches("/v1/decisions\\?.*format=(ndjson|csv).*");
        if (response.body().length > LONGEST && !all) {
            faults.add("more than 1 MB");
        }
        boolean policy = sent.path().matches("/v1/(check|policies|test).*|/v1/.+/why-not.*");
        Duration soon = policy ? SOON_FOR_A_POLICY : SOON;
        if (took.compareTo(soon) > 0) { // a machine that does much else is no fault of the service: once more
            long again = System.nanoTime();
            send(sent);
            if (Duration.ofNanos(System.nanoTime() - again).compareTo(soon) > 0) {
                faults.add("more than " + soon.toSeconds() + " s, twice");
            }
        }
        return faults;
    }

    @Test
    void whatever_is_sent_is_answered_as_the_document_says() throws Exception {
        var requests = new RequestGenerator(Routes.document(Decisions.all()), Seeds.random(), uploads());
        Map<String, String> wrong = new LinkedHashMap<>();
        Map<Integer, Integer> statuses = new TreeMap<>();
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        int number = 0;
        while (System.nanoTime() < end && wrong.size() < MOST_KINDS) {
            number++;
            RequestGenerator.Sent sent = requests.next();
            long begun = System.nanoTime();
            List<String> faults;
            String answer = "";
            try {
                HttpResponse<byte[]> response = send(sent);
                faults = faults(sent, response, Duration.ofNanos(System.nanoTime() - begun));
                statuses.merge(response.statusCode(), 1, Integer::sum);
                String text = new String(response.body(), StandardCharsets.UTF_8);
                answer = response.statusCode() + " " + text.substring(0, Math.min(400, text.length()));
                if (response.statusCode() < 300 && text.startsWith("{") && text.length() < LONGEST) {
                    requests.learn(JSON.readTree(text.lines().findFirst().orElse("{}")));
                }
            } catch (IOException e) {
                faults = List.of("no answer: " + e.getMessage());
            }
            if (!faults.isEmpty()) {
                String kind = sent.method() + " "
                        + sent.path().replaceAll("\\?.*", "").replaceAll("/[^/]*\\d[^/]*", "/…") + " "
                        + faults.get(0).replaceAll("\\d+", "#");
                wrong.putIfAbsent(kind, told(number, sent, faults, answer));
            }
        }
        System.out.println("Request fuzzing: " + number + " requests from seed " + Seeds.SEED + " in " + SECONDS
                + " s, answered " + statuses);

        assertThat(wrong.values()).isEmpty();
        assertThat(statuses).containsKeys(200, 400, 404, 422);
    }

    private String told(int number, RequestGenerator.Sent sent, List<String> faults, String answer) throws IOException {
        Path file = Files.createDirectories(Path.of("target", "fuzz-requests")).resolve(number + ".body");
        if (sent.body() != null) {
            Files.write(file, sent.body());
        }
        String told =
                "request " + number + " of seed " + Seeds.SEED + ": " + faults.subList(0, Math.min(5, faults.size()))
                        + "\n  " + sent.curl("http://127.0.0.1:8080", file.toString()) + "\n  " + answer;
        System.out.println(told);
        return told;
    }
}
