package liandong.web;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import liandong.problem.BusyException;
import liandong.wire.BadRequestException;
import org.springframework.stereotype.Component;

/**
 * Turns for what takes seconds and a lot of memory: checks, scenarios, policies that are put. Decisions must not wait for
 * many of them, nor may their bodies, of up to 16 MiB each, fill the memory while they wait.
 *
 * <p>So only a few are let in, of which a few run at once, in the order in which they came. Whoever is one too many is told
 * at once ({@link BusyException}).
 */
@Component
public class HeavyWork {
    /** So many are let in: their bodies are read, they wait, or they run. */
    static final int LET_IN = 12;

    private static final int AT_ONCE = 2;
    private final Semaphore places = new Semaphore(LET_IN);
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    /** The check of a policy runs all its scenarios and compares months of decisions: a turn of its own, one at a time. */
    private final Semaphore longTurn = new Semaphore(1, true);

    private final AtomicLong refused = new AtomicLong();

    /** What is to be done. */
    @FunctionalInterface
    public interface Work<T> {
        T done() throws IOException, BadRequestException;
    }

    /** Whether there was a place; whoever got it gives it back by {@link #leave}. */
    boolean enter() {
        boolean entered = places.tryAcquire();
        if (!entered) {
            refused.incrementAndGet();
        }
        return entered;
    }

    /** Is told that a job was refused, though there was a place. */
    void refuse() {
        refused.incrementAndGet();
    }

    void leave() {
        places.release();
    }

    /** How many run now. */
    int running() {
        return AT_ONCE - turns.availablePermits() + 1 - longTurn.availablePermits();
    }

    /** How many wait for their turn. */
    int waiting() {
        return turns.getQueueLength() + longTurn.getQueueLength();
    }

    /** How many were told that there was no place for them, or no turn. */
    long refused() {
        return refused.get();
    }

    /**
     * Does something that takes seconds, when its turn comes.
     *
     * @throws BusyException if it does not come soon
     */
    public <T> T run(Work<T> work) throws IOException, BadRequestException {
        return run(turns, Watch.CALLER, work);
    }

    /**
     * The same for somebody who may wait longer, and may want it no more when its turn comes.
     *
     * @throws StoppedException if they do not
     */
    <T> T run(Watch watch, Work<T> work) throws IOException, BadRequestException {
        return run(turns, watch, work);
    }

    /**
     * Does something that may take minutes, when its turn comes.
     *
     * @throws BusyException if it does not come soon
     */
    public <T> T runLong(Work<T> work) throws IOException, BadRequestException {
        return run(longTurn, Watch.CALLER, work);
    }

    /**
     * The same for somebody who may wait longer, and may want it no more when its turn comes.
     *
     * @throws StoppedException if they do not
     */
    public <T> T runLong(Watch watch, Work<T> work) throws IOException, BadRequestException {
        return run(longTurn, watch, work);
    }

    private <T> T run(Semaphore turn, Watch watch, Work<T> work) throws IOException, BadRequestException {
        watch.waiting(true);
        try {
            if (!turn.tryAcquire(watch.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                refused.incrementAndGet();
                throw new BusyException();
            }
        } catch (InterruptedException e) {
            if (watch.stopped()) {
                throw new StoppedException();
            }
            Thread.currentThread().interrupt();
            throw new BusyException();
        } finally {
            watch.waiting(false);
        }
        try {
            if (watch.stopped()) {
                throw new StoppedException();
            }
            return work.done();
        } finally {
            turn.release();
        }
    }
}
