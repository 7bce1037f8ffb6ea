package liandong.web;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether answers can be kept, in the health and the metrics of this process.
 *
 * <p>One that cannot keep them, and so gives none, is down: another may reach the store.
 */
@Component("journalHealthIndicator")
class JournalHealth implements HealthIndicator {
    private final Journal journal;

    JournalHealth(Journal journal, MeterRegistry registry) {
        this.journal = journal;
        FunctionCounter.builder("liandong.journal.kept", journal, Journal::kept)
                .description("Answers that were kept")
                .register(registry);
        FunctionCounter.builder("liandong.journal.not.kept", journal, Journal::notKept)
                .description(
                        "Answers that could not be kept: refused where keeping is required, else given all the same")
                .register(registry);
        Gauge.builder("liandong.journal.waiting", journal, Journal::waiting)
                .description("Answers that wait to be kept")
                .register(registry);
        Gauge.builder(
                        "liandong.journal.lag",
                        journal,
                        each -> each.lag().toNanos()
                                / (double) Duration.ofSeconds(1).toNanos())
                .description("For how long the answer has waited to be kept that waits the longest")
                .baseUnit("seconds")
                .register(registry);
    }

    @Override
    public Health health() {
        return journal.isWriting() || journal.keeping() != Keeping.REQUIRED
                ? Health.up().build()
                : Health.down().build();
    }
}
