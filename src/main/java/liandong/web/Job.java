package liandong.web;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import liandong.problem.Problem;
import liandong.wire.BadRequestException;
import org.jspecify.annotations.Nullable;

/**
 * Work that takes long, under way or ended, which whoever began it may leave and find again: in the console and over HTTP.
 * Safe for use by many threads.
 */
public final class Job implements Watch {
    /** There are only so many jobs that wait for a turn, and each is waited for by nobody who holds a connection. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final String by;
    private final Instant begun;
    private volatile long total;
    private volatile long done;
    private volatile boolean stopped;
    private volatile boolean interrupted;
    private volatile boolean cancelled;
    private volatile @Nullable Object result;
    private volatile List<Problem> problems = List.of();
    private volatile @Nullable Instant ended;
    /** The thread that waits for a turn. Guarded by this. */
    private @Nullable Thread waits;

    private Job(String by, Instant begun, long total) {
        this.by = by;
        this.begun = begun;
        this.total = total;
    }

    /** What is to be done. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does it.
         *
         * @param job told how far it has got
         * @return what came of it
         */
        Object done(Job job) throws IOException, BadRequestException;
    }

    /**
     * Begins work in a thread of its own.
     *
     * @param name of the thread
     * @param by who wants it
     * @param total how much there is to do, in the unit that the work tells; 0 where nobody knows yet
     * @param then run when the work has ended, however it did, just before the job says so
     */
    public static Job begin(String name, String by, long total, Clock clock, Work work, Runnable then) {
        var job = new Job(by, clock.instant(), total);
        var thread = new Thread(
                () -> {
                    try {
                        job.run(work);
                    } finally {
                        try {
                            then.run();
                        } finally {
                            job.ended = clock.instant();
                        }
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return job;
    }

    private void run(Work work) {
        try {
            result = work.done(this);
        } catch (StoppedException e) {
            cancelled = true;
        } catch (Exception | Error e) {
            if (interrupted) { // the store may be closed under it by then
                cancelled = true;
                return;
            }
            // Whatever it is, who waits for it must be told.
            problems = Refusal.of(e).problems();
        }
    }

    /** Who began it. */
    public String by() {
        return by;
    }

    public Instant begun() {
        return begun;
    }

    /** When it ended; null while it is under way. */
    public @Nullable Instant ended() {
        return ended;
    }

    /** How far it has got, in percent. */
    public int percent() {
        return ended != null ? 100 : total <= 0 ? 0 : (int) Math.min(99, done * 100 / total);
    }

    /** How much is done. */
    long done() {
        return done;
    }

    /** How much there is to do; 0 where nobody knows. */
    long total() {
        return total;
    }

    /** Is told how much is done, in the unit of the whole. */
    public void done(long much) {
        done = much;
    }

    /** Is told how much is done, and what has come of it so far, which does not change any more. */
    public void done(long much, Object soFar) {
        done = much;
        result = soFar;
    }

    @Override
    public void done(long much, long whole) {
        total = whole;
        done = much;
    }

    @Override
    public boolean stopped() {
        return stopped;
    }

    @Override
    public Duration patience() {
        return interrupted ? Duration.ZERO : PATIENCE;
    }

    @Override
    public synchronized void waiting(boolean begins) {
        if (begins && stopped) {
            throw new StoppedException();
        }
        waits = begins ? Thread.currentThread() : null;
        if (!begins && stopped) {
            // It may have got its turn just when it was stopped; the thread is this job's own.
            boolean unused = Thread.interrupted();
        }
    }

    /** Ends it as soon as it asks whether anybody wants it; at once while it waits for a turn. */
    public synchronized void stop() {
        stopped = true;
        if (waits != null) {
            waits.interrupt();
        }
    }

    /** The same, because the service stops: whatever goes wrong with it from now on is nobody's fault. */
    public void interrupt() {
        if (ended == null) {
            interrupted = true;
            stop();
        }
    }

    /** Whether it ended because the service stops, and nothing has come of it. */
    boolean interrupted() {
        return interrupted && cancelled;
    }

    /** Whether it ended because nobody wanted it any more, and nothing has come of it. */
    public boolean cancelled() {
        return cancelled;
    }

    /** What came of it, or has come so far; null when nothing did. */
    public @Nullable Object result() {
        return result;
    }

    /** Why nothing came of it. */
    public List<Problem> problems() {
        return problems;
    }
}
