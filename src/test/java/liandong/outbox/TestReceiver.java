package liandong.outbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who takes events over a real socket, or does not. */
public final class TestReceiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private volatile Answer answer = event -> 204;
    private volatile int retryAfter;

    /**
     * What came.
     *
     * @param status what was answered
     */
    public record Event(
            String path, String contentType, String id, String timestamp, String signature, String body, int status) {
        public JsonNode json() {
            return new JsonMapper().readTree(body);
        }

        /** The answer's id, which in the tests of this package is its number. */
        public String decision() {
            return json().at("/data/decisionId").asString();
        }
    }

    /** What to answer. */
    @FunctionalInterface
    public interface Answer {
        int to(Event event) throws IOException, InterruptedException;
    }

    public TestReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var head = exchange.getRequestHeaders();
            var event = new Event(
                    exchange.getRequestURI().getPath(),
                    head.getFirst("Content-Type"),
                    head.getFirst("webhook-id"),
                    head.getFirst("webhook-timestamp"),
                    head.getFirst("webhook-signature"),
                    body,
                    0);
            int status = answer.to(event);
            events.add(new Event(
                    event.path, event.contentType, event.id, event.timestamp, event.signature, event.body, status));
            if (retryAfter > 0) {
                exchange.getResponseHeaders().add("Retry-After", String.valueOf(retryAfter));
            }
            if (status == 302) {
                exchange.getResponseHeaders().add("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(status, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            atOnce.decrementAndGet();
        }
    }

    public void answers(Answer what) {
        answer = what;
    }

    /** For how many seconds it wants to be left alone; 0 for not at all. */
    public void retryAfter(int seconds) {
        retryAfter = seconds;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/events");
    }

    /** All that came, in the order in which it was answered. */
    public List<Event> events() {
        return new ArrayList<>(events);
    }

    /** What was taken. */
    public List<Event> taken() {
        return events.stream().filter(each -> each.status() < 300).toList();
    }

    /** How many events were on their way at once, at most. */
    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
