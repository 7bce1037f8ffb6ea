package liandong.console;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import liandong.problem.BusyException;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.store.StoreException;
import liandong.web.HeavyWork;
import liandong.wire.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Work that takes minutes, which whoever began it may leave and find again: one of each kind at a time, the last of each kind
 * remembered until the process ends or many others were begun after it. Safe for use by many threads.
 */
@Component
class Jobs {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    /** So many kinds are remembered: there is one for each change whose impact somebody counts. */
    private static final int KINDS = 16;

    private final HeavyWork heavyWork;
    private final Clock clock;
    /** Guarded by itself. */
    private final Map<String, Job> jobs = new LinkedHashMap<>();

    Jobs(HeavyWork heavyWork, Clock clock) {
        this.heavyWork = heavyWork;
        this.clock = clock;
    }

    /** What is to be done. */
    @FunctionalInterface
    interface Work {
        /**
         * Does it.
         *
         * @param watch told how far it has got
         * @return what came of it
         */
        Object done(Watch watch) throws IOException, BadRequestException;
    }

    /** Whoever waits for some work. */
    interface Watch {
        /** Is told how much is done, in the unit of the whole. */
        void done(long done);

        /** Is told how much is done, and what has come of it so far, which does not change any more. */
        void done(long done, Object soFar);

        /** Whether they want no more of it: what was found so far is the result. */
        boolean stopped();
    }

    /** Some work, under way or done. */
    static final class Job implements Watch {
        private final String by;
        private final Instant begun;
        private final long total;
        private volatile long done;
        private volatile boolean stopped;
        private volatile @Nullable Object result;
        private volatile List<Problem> problems = List.of();
        private volatile @Nullable Instant ended;

        private Job(String by, Instant begun, long total) {
            this.by = by;
            this.begun = begun;
            this.total = total;
        }

        /** Who began it. */
        String by() {
            return by;
        }

        Instant begun() {
            return begun;
        }

        /** When it ended; null while it is under way. */
        @Nullable
        Instant ended() {
            return ended;
        }

        /** How far it has got, in percent. */
        int percent() {
            return ended != null ? 100 : total <= 0 ? 0 : (int) Math.min(99, done * 100 / total);
        }

        @Override
        public void done(long much) {
            done = much;
        }

        @Override
        public void done(long much, Object soFar) {
            done = much;
            result = soFar;
        }

        @Override
        public boolean stopped() {
            return stopped;
        }

        /** Ends it soon; what was found so far stays. */
        void stop() {
            stopped = true;
        }

        /** What came of it, or has come so far; null when nothing did. */
        @Nullable
        Object result() {
            return result;
        }

        /** Why nothing came of it. */
        List<Problem> problems() {
            return problems;
        }
    }

    /** The last work of a kind; null when there was none. */
    @Nullable
    Job last(String kind) {
        synchronized (jobs) {
            return jobs.get(kind);
        }
    }

    /**
     * Begins work; that of the same kind which is under way counts instead.
     *
     * @param by who wants it
     * @param total how much there is to do, in the unit that the work tells
     */
    Job begin(String kind, String by, long total, Work work) {
        synchronized (jobs) {
            Job under = jobs.get(kind);
            if (under != null && under.ended() == null) {
                return under;
            }
            var job = new Job(by, clock.instant(), total);
            jobs.remove(kind); // the latest comes last
            jobs.put(kind, job);
            forgetOld();
            var thread = new Thread(() -> run(job, work), "console " + kind);
            thread.setDaemon(true);
            thread.start();
            return job;
        }
    }

    private void forgetOld() {
        Iterator<Job> old = jobs.values().iterator();
        while (jobs.size() > KINDS && old.hasNext()) {
            if (old.next().ended() != null) {
                old.remove();
            }
        }
    }

    private void run(Job job, Work work) {
        try {
            job.result = heavyWork.runLong(() -> work.done(job));
        } catch (BadRequestException e) {
            job.problems = e.problems();
        } catch (BusyException e) {
            job.problems = List.of(e.told());
        } catch (StoreException e) {
            job.problems = List.of(e.told());
        } catch (Exception | Error e) {
            // Whatever it is, who waits for it must be told.
            LOG.error("work for the console failed", e);
            job.problems = List.of(Problem.of(Code.INTERNAL, new RequestPointer("")));
        } finally {
            job.ended = clock.instant();
        }
    }
}
