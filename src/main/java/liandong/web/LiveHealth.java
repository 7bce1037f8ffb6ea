package liandong.web;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import liandong.policy.PolicyHistory;
import liandong.publication.LivePolicy;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether this process serves what is live, in its health and its metrics.
 *
 * <p>One that does not is {@code STALE}, which is answered with 200: it goes on serving the last good policy, and were it
 * taken for dead, a policy that no process can make would take all of them away at once.
 */
@Component("policyHealthIndicator")
class LiveHealth implements HealthIndicator {
    /** What a process is that serves an older policy than it should, or cannot find out. */
    static final String STALE = "STALE";

    private final PolicyHistory history;

    LiveHealth(PolicyHistory history, MeterRegistry registry) {
        this.history = history;
        if (history instanceof LivePolicy live) {
            measure(live, registry);
        }
    }

    private static void measure(LivePolicy live, MeterRegistry registry) {
        Gauge.builder(
                        "liandong.policy.publication",
                        live,
                        each -> each.state().publication().no())
                .description("The number of the publication that this process serves")
                .register(registry);
        Gauge.builder(
                        "liandong.policy.swapped",
                        live,
                        each -> each.state().since().toEpochMilli() / 1000.0)
                .description("When this process began to serve it")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("liandong.policy.stale", live, each -> each.state().trouble() == null ? 0 : 1)
                .description("Whether this process cannot serve what it should, or find out what that is")
                .register(registry);
        FunctionCounter.builder(
                        "liandong.policy.failures", live, each -> each.state().failures())
                .description("How often this process could not serve what it should, or find out")
                .register(registry);
        var info = MultiGauge.builder("liandong.policy.info")
                .description("The policy that this process serves")
                .register(registry);
        live.listen(state -> info.register(
                List.of(MultiGauge.Row.of(
                        Tags.of(
                                "version",
                                state.policy().version(),
                                "label",
                                state.policy().label()),
                        () -> 1)),
                true));
    }

    @Override
    public Health health() {
        return history instanceof LivePolicy live && live.state().trouble() != null
                ? Health.status(STALE).build()
                : Health.up().build();
    }
}
