package liandong.web;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import liandong.store.Database;
import liandong.store.RequestKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Forgets keys that were sent with requests, and jobs, once they are old: every ten minutes, so neither stays much longer. */
@Component
class KeyRetention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRetention.class);
    private static final Duration REST = Duration.ofMinutes(10);

    private final RequestKeys keys;
    private final LaterAnswers jobs;
    private final Clock clock;
    private final Duration age;
    private final ScheduledExecutorService timer;

    /**
     * Begins to forget.
     *
     * @param age for how long a key counts from when it is first sent
     */
    KeyRetention(
            Database database,
            LaterAnswers jobs,
            Clock clock,
            @Value("${liandong.idempotency-retention:24h}") Duration age) {
        this.keys = new RequestKeys(database);
        this.jobs = jobs;
        this.clock = clock;
        this.age = age;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "request keys");
            thread.setDaemon(true);
            return thread;
        });
        // Errors are logged inside the task; nothing reads the future.
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(
                this::tryToForget, REST.toMillis(), REST.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tryToForget() {
        try {
            jobs.forgetOld();
            forget();
        } catch (RuntimeException e) { // what is thrown here would end the timer without a word
            LOG.warn("old request keys could not be forgotten; next try in {}", REST, e);
        }
    }

    /** Forgets those that are old now; gives how many. */
    long forget() {
        return keys.forget(clock.instant().minus(age));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
