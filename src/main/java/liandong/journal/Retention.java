package liandong.journal;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import liandong.journal.Chains.State;
import liandong.store.AuditLog;
import liandong.store.AuditLog.Watched;
import liandong.store.Database;
import liandong.store.StoreException;

/** Deletes old decisions, so that what is left of each chain can still be verified. */
public final class Retention implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Retention.class.getName());
    private static final int PAGE = 500;
    /** Who prunes when nobody does: the program. */
    private static final String PROGRAM = "liandong";

    private final ScheduledExecutorService hourly;

    private Retention(ScheduledExecutorService hourly) {
        this.hourly = hourly;
    }

    /**
     * Deletes decisions that are too old, once an hour, until it is closed.
     *
     * @param days how old they may get
     */
    public static Retention hourly(Database database, int days, Clock clock) {
        return every(Duration.ofHours(1), Duration.ofMinutes(1), database, days, clock);
    }

    /**
     * See {@link #hourly}.
     *
     * @param rest between the end of one run and the next
     * @param first how long until the first one
     */
    static Retention every(Duration rest, Duration first, Database database, int days, Clock clock) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "retention");
            thread.setDaemon(true);
            return thread;
        });
        // Errors are logged inside the task; nothing reads the future.
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        long pruned = prune(
                                database, clock.instant().minus(days, ChronoUnit.DAYS), clock, PROGRAM, count -> {});
                        if (pruned > 0) {
                            LOG.log(Level.INFO, pruned + " decisions older than " + days + " days were deleted");
                        }
                    } catch (StoreException e) {
                        LOG.log(Level.WARNING, "old decisions could not be deleted; next try in " + rest, e);
                    } catch (RuntimeException e) { // what is thrown here would end the timer without a word
                        LOG.log(Level.ERROR, "old decisions could not be deleted; next try in " + rest, e);
                    }
                },
                first.toMillis(),
                rest.toMillis(),
                TimeUnit.MILLISECONDS);
        return new Retention(timer);
    }

    @Override
    public void close() {
        hourly.shutdownNow();
    }

    /**
     * Deletes every decision kept before a moment, from the beginning of each chain; stops at the first one that is kept.
     *
     * @param clock gives the time at which it is done, for the audit log
     * @param person who does it, for the audit log
     * @param progress told how many have been deleted
     * @return how many were
     */
    public static long prune(Database database, Instant before, Clock clock, String person, LongConsumer progress) {
        long pruned = 0;
        for (State chain : Chains.all(database)) {
            int page = PAGE;
            while (page == PAGE) {
                page = prune(database, chain.no(), before, clock, person);
                pruned += page;
                progress.accept(pruned);
            }
        }
        return pruned;
    }

    /** Deletes the next ones of a chain and records in the same transaction where it begins now. */
    private static int prune(Database database, long chain, Instant before, Clock clock, String person) {
        var audit = new AuditLog(database);
        var entries = new Entries(database);
        return audit.transact(() -> {
            // First of all, so that other deletions, and what puts entries into the index, wait: see TermIndex.lock.
            long found = TermIndex.lock(database, chain);
            var terms = new ArrayList<Indexed>();
            long last = 0;
            String hash = "";
            int count = 0;
            List<Old> old = database.sql()
                    .sql(Entries.SELECT + "WHERE d.no > ? AND d.no < ? ORDER BY d.no LIMIT " + PAGE)
                    .params(Entry.no(chain, 0), Entry.no(chain + 1, 0))
                    .query((row, number) -> new Old(
                            row.getLong("no"), row.getLong("kept_at"), entries.marks(row), row.getString("hash")))
                    .list();
            for (Old each : old) {
                if (each.keptAt() >= before.toEpochMilli()) {
                    break;
                }
                count++;
                last = each.no();
                hash = each.hash();
                terms.add(new Indexed(each.no(), each.keptAt(), IndexTerm.terms(each.marks())));
            }
            if (count > 0) {
                database.sql()
                        .sql("UPDATE chain SET pruned = ?, pruned_head = ? WHERE no = ?")
                        .params(last - Entry.no(chain, 0), hash, chain)
                        .update();
                IndexTerm.delete(database, terms);
                if (found < last - Entry.no(chain, 0)) {
                    TermIndex.reached(database, chain, last - Entry.no(chain, 0));
                }
                database.sql()
                        .sql("DELETE FROM decision WHERE no > ? AND no <= ?")
                        .params(Entry.no(chain, 0), last)
                        .update();
                // What a receiver of webhooks would not take names the incident, and cannot be sent any more.
                database.sql()
                        .sql("DELETE FROM webhook_event WHERE no > ? AND no <= ?")
                        .params(Entry.no(chain, 0), last)
                        .update();
                audit.enter(Watched.PRUNE, AuditLog.chain(chain), clock.instant(), person, "PRUNED");
            }
            return count;
        });
    }

    /** An entry that may be old enough, and its hash. */
    private record Old(long no, long keptAt, String marks, String hash) {}
}
