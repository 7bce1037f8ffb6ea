package liandong.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has spans sent by another, and says in the log once that the collector takes none, and once that it takes them again. */
final class CollectorLog implements SpanExporter {
    private static final Logger LOG = LoggerFactory.getLogger(CollectorLog.class);

    private final SpanExporter exporter;
    private final AtomicBoolean failing = new AtomicBoolean();

    CollectorLog(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode sent = exporter.export(spans);
        return sent.whenComplete(() -> {
            if (failing.compareAndSet(sent.isSuccess(), !sent.isSuccess())) {
                if (sent.isSuccess()) {
                    LOG.info("the collector takes traces again");
                } else {
                    LOG.warn("the collector takes no traces, which are dropped until it does");
                }
            }
        });
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
