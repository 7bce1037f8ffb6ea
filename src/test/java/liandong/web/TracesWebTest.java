package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import liandong.District;
import liandong.policy.PolicyHistory;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.trace.Traces;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/** What a collector of traces is told of requests: a real one of OTLP over HTTP, which reads what it gets. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(TracesWebTest.Given.class)
@DirtiesContext
class TracesWebTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:30:00Z");
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final List<Span> SPANS = new CopyOnWriteArrayList<>();
    private static final List<String> LOGGED = new CopyOnWriteArrayList<>();
    private static final HttpServer COLLECTOR = collector();

    @TestConfiguration(proxyBeanMethods = false)
    static class Given {
        @Bean
        PolicyHistory policy() {
            return new OnePolicy(() -> {
                LOGGED.add(String.valueOf(MDC.get(TraceFilter.FIELD)));
                return District.policy();
            });
        }

        @Bean
        Clock clock() {
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }

        @Bean
        Database database() {
            return Stores.SQLITE.open();
        }

        @Bean
        Traces traces() {
            return new Traces(
                    URI.create("http://127.0.0.1:" + COLLECTOR.getAddress().getPort()), "test");
        }
    }

    private static HttpServer collector() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/traces", exchange -> {
                InputStream body = exchange.getRequestBody();
                boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
                ExportTraceServiceRequest.parseFrom(packed ? new GZIPInputStream(body) : body)
                        .getResourceSpansList()
                        .forEach(resource ->
                                resource.getScopeSpansList().forEach(scope -> SPANS.addAll(scope.getSpansList())));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private Traces traces;

    @AfterAll
    static void stop() {
        COLLECTOR.stop(0);
    }

    private String sent(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static Map<String, String> attributes(Span span) {
        var attributes = new TreeMap<String, String>();
        for (KeyValue each : span.getAttributesList()) {
            attributes.put(
                    each.getKey(),
                    each.getValue().hasIntValue()
                            ? String.valueOf(each.getValue().getIntValue())
                            : each.getValue().getStringValue());
        }
        return attributes;
    }

    @Test
    void a_request_is_a_span_of_the_trace_that_it_names_and_its_parts_are_spans_beneath_it() throws Exception {
        String answer = sent(at("/v1/routing")
                .header("Content-Type", "application/json")
                .header("traceparent", "00-" + TRACE + "-" + PARENT + "-01")
                .POST(BodyPublishers.ofString("{\"incident\":{\"id\":\"A-1\","
                        + "\"reportedAt\":\"2026-11-20T16:00:00+08:00\",\"source\":\"GRID\",\"area\":\"330102001051\","
                        + "\"text\":\"路灯坏了\",\"eventType\":\"STREET_LIGHT\"}}")));
        String decision = answer.replaceFirst(".*?\"decisionId\":\"([^\"]+)\".*", "$1");
        String found = sent(at("/v1/decisions?trace=" + TRACE));
        String nothing = sent(at("/v1/decisions?trace=" + TRACE.replace('4', '5')));
        sent(at("/actuator/health"));
        traces.close(); // sends what it has

        assertThat(found).contains(decision);
        assertThat(nothing).isEqualTo("{\"decisions\":[]}");
        assertThat(LOGGED).contains(TRACE);
        assertThat(MDC.get(TraceFilter.FIELD)).isNull();
        List<Span> ours = SPANS.stream()
                .filter(span -> hex(span.getTraceId()).equals(TRACE))
                .toList();
        Span request = ours.stream()
                .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
                .findFirst()
                .orElseThrow();
        assertThat(request.getName()).isEqualTo("POST /v1/routing");
        assertThat(hex(request.getParentSpanId())).isEqualTo(PARENT);
        assertThat(attributes(request))
                .isEqualTo(Map.of(
                        "http.request.method",
                        "POST",
                        "http.response.status_code",
                        "200",
                        "http.route",
                        "/v1/routing",
                        "liandong.decision.id",
                        decision,
                        "liandong.kind",
                        "ROUTING",
                        "liandong.outcome",
                        "ASSIGNED",
                        "liandong.policy.version",
                        District.policy().version()));
        List<Span> parts = ours.stream().filter(span -> !span.equals(request)).toList();
        assertThat(parts)
                .allSatisfy(part -> {
                    assertThat(part.getParentSpanId()).isEqualTo(request.getSpanId());
                    assertThat(attributes(part)).isEqualTo(Map.of("liandong.kind", "ROUTING"));
                    assertThat(part.getEndTimeUnixNano()).isGreaterThanOrEqualTo(part.getStartTimeUnixNano());
                })
                .extracting(Span::getName)
                .containsExactlyInAnyOrder("read", "decide", "keep");
        assertThat(SPANS)
                .extracting(Span::getName)
                .contains("GET /v1/decisions")
                .noneMatch(name -> name.contains("actuator"));
    }
}
