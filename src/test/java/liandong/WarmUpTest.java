package liandong;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.stock.Stock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WarmUpTest {
    /** The stock policy, which counts what its tables are asked. */
    private static Policy counting(AtomicInteger asked) {
        return Stock.shangcheng().watched((table, fact, on, singly) -> asked.incrementAndGet());
    }

    @Test
    void scenarios_are_decided_for_as_long_as_is_said() throws InterruptedException {
        var asked = new AtomicInteger();
        long begun = System.nanoTime();

        WarmUp.begin(counting(asked), Duration.ofMillis(300)).await();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(asked).hasPositiveValue();
    }

    @Test
    void none_is_decided_when_there_is_no_time_for_it() throws InterruptedException {
        var asked = new AtomicInteger();

        WarmUp.begin(counting(asked), Duration.ZERO).await();

        assertThat(asked).hasValue(0);
    }

    @Test
    @Timeout(60) // not the day that it might last
    void a_policy_without_scenarios_is_not_waited_for() throws InterruptedException {
        WarmUp.begin(TinyPolicy.withOneRule().load(), Duration.ofDays(1)).await();
    }
}
