package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import liandong.problem.BusyException;
import liandong.web.HeavyWork;
import liandong.web.Job;
import org.junit.jupiter.api.Test;

/** Long work of the console. */
class JobsTest {
    private final Jobs jobs = new Jobs(new HeavyWork(), Clock.systemUTC());

    @Test
    void no_more_is_under_way_than_is_remembered_and_what_is_stopped_while_it_waits_ends_at_once() throws Exception {
        var go = new CountDownLatch(1);
        var turn = new AtomicReference<Job>();
        var begun = new ArrayList<Job>();
        for (int i = 0; i < Jobs.KINDS; i++) {
            begun.add(jobs.begin("impact " + i, "li", 0, job -> {
                turn.set(job);
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return "counted";
            }));
        }
        assertThatThrownBy(() -> jobs.begin("one more", "li", 0, job -> "counted"))
                .isInstanceOf(BusyException.class);
        assertThat(jobs.begin("impact 3", "wang", 0, job -> "counted")).isSameAs(begun.get(3));

        while (turn.get() == null) {
            Thread.sleep(10);
        }
        begun.stream().filter(each -> each != turn.get()).forEach(Job::stop);
        while (begun.stream().filter(each -> each.ended() != null).count() < Jobs.KINDS - 1) {
            Thread.sleep(10);
        }
        assertThat(begun.stream().filter(Job::cancelled)).hasSize(Jobs.KINDS - 1);
        go.countDown();
        assertThat(jobs.begin("one more", "li", 0, job -> "counted")).isNotNull();
    }
}
