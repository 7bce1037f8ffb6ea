package liandong.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import liandong.decision.Decision;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionWatch;
import org.jspecify.annotations.Nullable;

/**
 * Tells a collector what requests are made of: a span for each request, in the trace that its {@code traceparent} names (W3C
 * Trace Context) or one of its own, and beneath it one for each part of each decision.
 *
 * <p>Spans are sent behind the requests, by a thread of their own (OTLP over HTTP); while the collector takes none, those that
 * there is no room for are dropped. No answer waits for it, and none tells anything that a citizen said.
 */
public final class Traces implements DecisionWatch, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String PATH = "/v1/traces";

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> KIND = AttributeKey.stringKey("liandong.kind");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("liandong.outcome");
    private static final AttributeKey<String> DECISION = AttributeKey.stringKey("liandong.decision.id");
    private static final AttributeKey<String> POLICY = AttributeKey.stringKey("liandong.policy.version");

    private static final int SERVER_ERROR = 500;

    private static final TextMapGetter<UnaryOperator<@Nullable String>> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(UnaryOperator<@Nullable String> headers) {
            return List.of();
        }

        @Override
        public @Nullable String get(@Nullable UnaryOperator<@Nullable String> headers, String name) {
            return headers == null ? null : headers.apply(name);
        }
    };

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /**
     * Traces for a collector.
     *
     * @param collector where it takes OTLP over HTTP, such as {@code http://collector:4318}; a path is taken as it is
     * @param program name and version of what answers
     */
    public Traces(URI collector, String program) {
        String path = collector.getPath();
        String endpoint = path == null || path.isEmpty() || path.equals("/")
                ? collector.resolve(PATH).toString()
                : collector.toString();
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.builder()
                        .put("service.name", "liandong")
                        .put("service.version", program)
                        .build()))
                .addSpanProcessor(BatchSpanProcessor.builder(new CollectorLog(OtlpHttpSpanExporter.builder()
                                .setEndpoint(endpoint)
                                .build()))
                        .build())
                .build();
        this.tracer = provider.get("liandong");
    }

    /** A request that is under way in this thread. */
    public static final class Request implements AutoCloseable {
        private final String method;
        private final Span span;
        private final Scope scope;
        private String route = "";
        private int status = SERVER_ERROR; // until it is answered

        @SuppressWarnings("MustBeClosedChecker") // close() does, and who begins a request closes it
        private Request(String method, Span span) {
            this.method = method;
            this.span = span;
            this.scope = span.makeCurrent();
        }

        /** The id of the trace it belongs to: 32 hexadecimal digits. */
        public String trace() {
            return span.getSpanContext().getTraceId();
        }

        /**
         * It was answered.
         *
         * @param route the pattern of its address, with names where ids stand; empty when it has none
         */
        public void answered(int status, String route) {
            this.status = status;
            this.route = route;
        }

        @Override
        public void close() {
            scope.close();
            if (!route.isEmpty()) {
                span.updateName(method + " " + route);
                span.setAttribute(ROUTE, route);
            }
            span.setAttribute(STATUS, (long) status);
            if (status >= SERVER_ERROR) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }

    /**
     * A request begins in this thread.
     *
     * @param method of HTTP
     * @param headers gives a header by its name; null when it was not sent
     */
    public Request begin(String method, UnaryOperator<@Nullable String> headers) {
        Context parent = W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, HEADERS);
        return new Request(
                method,
                tracer.spanBuilder(method)
                        .setParent(parent)
                        .setSpanKind(SpanKind.SERVER)
                        .setAttribute(METHOD, method)
                        .startSpan());
    }

    @Override
    public @Nullable String trace() {
        Span span = Span.current();
        return span.getSpanContext().isValid() ? span.getSpanContext().getTraceId() : null;
    }

    @Override
    public void took(Decision<?, ?> decision, Part part, long begun) {
        if (!Span.current().isRecording()) {
            return;
        }
        long took = System.nanoTime() - begun;
        Instant now = Instant.now();
        long end = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        tracer.spanBuilder(part.code())
                .setStartTimestamp(end - took, TimeUnit.NANOSECONDS)
                .setAttribute(KIND, decision.code())
                .startSpan()
                .end(end, TimeUnit.NANOSECONDS);
    }

    /** Of a stream, the last one stays. */
    @Override
    public void answered(DecisionRecord<?, ?> decided, String outcome, boolean left, boolean danger) {
        Span span = Span.current();
        if (span.isRecording()) {
            span.setAttribute(KIND, decided.decision().code());
            span.setAttribute(OUTCOME, outcome);
            span.setAttribute(DECISION, decided.whole().decisionId());
            span.setAttribute(POLICY, decided.policy().version());
        }
    }

    /** Sends what was not sent yet, and ends. */
    @Override
    public void close() {
        provider.shutdown().join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
