package liandong.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CollectorLogTest {
    private final Logger log = (Logger) LoggerFactory.getLogger(CollectorLog.class);
    private final ListAppender<ILoggingEvent> told = new ListAppender<>();

    @BeforeEach
    void listen() {
        told.start();
        log.addAppender(told);
    }

    @AfterEach
    void listenNoMore() {
        log.detachAppender(told);
    }

    /** A collector that takes a batch or does not, as told beforehand. */
    private record Collector(Queue<Boolean> takes) implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return takes.remove() ? CompletableResultCode.ofSuccess() : CompletableResultCode.ofFailure();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private List<String> toldOf(Boolean... takes) {
        var exporter = new CollectorLog(new Collector(new ArrayDeque<>(List.of(takes))));
        for (int i = 0; i < takes.length; i++) {
            exporter.export(List.of());
        }
        return told.list.stream().map(ILoggingEvent::toString).toList();
    }

    @Test
    void a_collector_that_is_gone_is_told_of_once_and_once_when_it_is_back() {
        assertThat(toldOf(true, false, false, false, true, true))
                .containsExactly(
                        "[WARN] the collector takes no traces, which are dropped until it does",
                        "[INFO] the collector takes traces again");
    }

    @Test
    void nothing_is_told_of_one_that_takes_all() {
        assertThat(toldOf(true, true)).isEmpty();
    }
}
