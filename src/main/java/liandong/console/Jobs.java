package liandong.console;

import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import liandong.problem.BusyException;
import liandong.web.HeavyWork;
import liandong.web.Job;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Work that takes minutes, which whoever began it may leave and find again: one of each kind at a time, the last of each kind
 * remembered until the process ends or many others were begun after it. Safe for use by many threads.
 */
@Component
class Jobs {
    /** So many kinds are remembered: there is one for each change whose impact somebody counts. */
    static final int KINDS = 16;

    private final HeavyWork heavyWork;
    private final Clock clock;
    /** Guarded by itself. */
    private final Map<String, Job> jobs = new LinkedHashMap<>();

    Jobs(HeavyWork heavyWork, Clock clock) {
        this.heavyWork = heavyWork;
        this.clock = clock;
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
     * @throws BusyException if as much is under way as is remembered
     * @param by who wants it
     * @param total how much there is to do, in the unit that the work tells
     */
    Job begin(String kind, String by, long total, Job.Work work) {
        synchronized (jobs) {
            Job under = jobs.get(kind);
            if (under != null && under.ended() == null) {
                return under;
            }
            if (jobs.values().stream().filter(each -> each.ended() == null).count() >= KINDS) {
                throw new BusyException();
            }
            Job job = Job.begin(
                    "console " + kind,
                    by,
                    total,
                    clock,
                    each -> heavyWork.runLong(each, () -> work.done(each)),
                    () -> {});
            jobs.remove(kind); // the latest comes last
            jobs.put(kind, job);
            forgetOld();
            return job;
        }
    }

    /** The service stops, and waits for none of them. */
    @EventListener(ContextClosedEvent.class)
    void interrupt() {
        synchronized (jobs) {
            jobs.values().forEach(Job::interrupt);
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
}
