package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private static final long MINUTE = 60_000_000_000L;

    @Test
    void a_bucket_is_full_at_first_and_fills_again_one_by_one() {
        var now = new AtomicLong(Long.MAX_VALUE - MINUTE / 2); // the clock may run over
        var buckets = new Buckets(3, 10, now::get);

        assertThat(List.of(buckets.take("a"), buckets.take("a"), buckets.take("a"), buckets.take("a")))
                .containsExactly(
                        new Buckets.Taken(true, 2, 20, 0),
                        new Buckets.Taken(true, 1, 40, 0),
                        new Buckets.Taken(true, 0, 60, 0),
                        new Buckets.Taken(false, 0, 60, 20));
        assertThat(buckets.take("b").granted()).isTrue();
        now.addAndGet(MINUTE / 3 - 1);
        assertThat(buckets.take("a")).isEqualTo(new Buckets.Taken(false, 0, 41, 1));
        now.addAndGet(1);
        assertThat(buckets.take("a")).isEqualTo(new Buckets.Taken(true, 0, 60, 0));
        now.addAndGet(10 * MINUTE);
        assertThat(buckets.take("a")).isEqualTo(new Buckets.Taken(true, 2, 20, 0));
    }

    @Property(tries = 300)
    void nobody_gets_more_than_a_bucket_and_what_time_brings_and_who_waits_as_told_gets_one(
            @ForAll @IntRange(min = 1, max = 1_000) int perMinute,
            @ForAll @Size(max = 200) List<@LongRange(min = 0, max = 20_000_000_000L) Long> steps) {
        var now = new AtomicLong(-MINUTE);
        var buckets = new Buckets(perMinute, 10, now::get);
        long interval = MINUTE / perMinute;
        var granted = new ArrayList<Long>();
        for (long step : steps) {
            now.addAndGet(step);
            Buckets.Taken taken = buckets.take("a");
            if (taken.granted()) {
                granted.add(now.get());
                assertThat(taken.left()).isBetween(0, perMinute - 1);
            } else {
                assertThat(taken.left()).isZero();
                now.addAndGet(taken.retry() * 1_000_000_000L);
                assertThat(buckets.take("a").granted()).isTrue();
                granted.add(now.get());
            }
        }
        for (int i = 0; i < granted.size(); i++) {
            for (int j = i; j < granted.size(); j++) {
                assertThat((long) (j - i + 1))
                        .isLessThanOrEqualTo(perMinute + (granted.get(j) - granted.get(i)) / interval);
            }
        }
    }

    @Property(tries = 100)
    void who_keeps_to_the_pace_is_never_refused(@ForAll @IntRange(min = 1, max = 100_000) int perMinute) {
        var now = new AtomicLong();
        var buckets = new Buckets(perMinute, 10, now::get);
        for (int i = 0; i < 500; i++) {
            assertThat(buckets.take("a").granted()).isTrue();
            now.addAndGet(MINUTE / perMinute);
        }
    }

    @Test
    void however_many_there_are_memory_is_bounded_and_the_last_share_one_bucket() {
        var now = new AtomicLong();
        var buckets = new Buckets(2, 100, now::get);
        for (int i = 0; i < 100; i++) {
            assertThat(buckets.take("early " + i).granted()).isTrue();
        }

        assertThat(buckets.take("late 1").left()).isEqualTo(1);
        assertThat(buckets.take("late 2").left()).isZero();
        assertThat(buckets.take("late 3").granted()).isFalse();
        assertThat(buckets.take("early 7").granted())
                .as("who was there has their own")
                .isTrue();
        assertThat(buckets.size()).isEqualTo(101);
        now.addAndGet(MINUTE);
        assertThat(buckets.take("late 3").left())
                .as("once others are full again")
                .isEqualTo(1);
        assertThat(buckets.size()).isEqualTo(101);
    }
}
