package liandong.web;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** Who is refused because there is too much, and what waits for its turn, in the metrics of this process. */
@Component
class LimitMeters {
    LimitMeters(Admission admission, HeavyWork heavyWork, RateLimits rates, MeterRegistry registry) {
        refused(registry, "places", admission, Admission::refused);
        refused(registry, "heavy", heavyWork, HeavyWork::refused);
        refused(registry, "rate", rates, RateLimits::refused);
        Gauge.builder("liandong.heavy.running", heavyWork, HeavyWork::running)
                .description("Checks, scenarios and policies that are put, which run now")
                .register(registry);
        Gauge.builder("liandong.heavy.waiting", heavyWork, HeavyWork::waiting)
                .description("Checks, scenarios and policies that are put, which wait for their turn")
                .register(registry);
    }

    private static <T> void refused(MeterRegistry registry, String limit, T by, ToDoubleFunction<T> count) {
        FunctionCounter.builder("liandong.refused", by, count)
                .description(
                        "Requests that were refused, by the limit: places for all, those for heavy work, a caller's rate")
                .tag("limit", limit)
                .register(registry);
    }
}
