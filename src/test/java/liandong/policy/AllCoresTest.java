package liandong.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AllCoresTest {
    private static final List<Integer> THOUSAND =
            IntStream.range(0, 1000).boxed().toList();

    @Test
    void results_come_in_the_order_of_the_elements() {
        assertThat(AllCores.map(THOUSAND, i -> "a" + i))
                .isEqualTo(THOUSAND.stream().map(i -> "a" + i).toList());
        assertThat(AllCores.map(List.of(), i -> i)).isEmpty();
    }

    @Test
    void every_core_works_and_its_thread_finds_what_the_program_finds() {
        // No thread gets on before each has begun.
        var begun = new CountDownLatch(AllCores.count());
        Set<ClassLoader> loaders = ConcurrentHashMap.newKeySet();

        List<Boolean> together = AllCores.map(THOUSAND.subList(0, AllCores.count()), i -> {
            loaders.add(Thread.currentThread().getContextClassLoader());
            begun.countDown();
            try {
                return begun.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(together).containsOnly(true);
        assertThat(loaders).containsExactly(AllCores.class.getClassLoader());
    }

    @Test
    void the_first_failure_is_thrown_and_nothing_more_is_begun() {
        var begun = new AtomicInteger();

        assertThatThrownBy(() -> AllCores.map(THOUSAND, i -> {
                    begun.incrementAndGet();
                    throw new IllegalStateException("no " + i);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("no ");
        assertThat(begun).hasValueLessThanOrEqualTo(AllCores.count());
    }

    @Test
    void an_interrupt_of_the_caller_is_kept_for_it_and_loses_no_result() {
        Thread.currentThread().interrupt();

        List<Integer> doubled = AllCores.map(THOUSAND, i -> 2 * i);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(doubled).hasSize(1000).doesNotContainNull();
    }
}
