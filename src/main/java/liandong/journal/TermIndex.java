package liandong.journal;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import liandong.store.Database;
import liandong.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/**
 * What decisions are found by (table {@code decision_term}), written behind them: an answer waits for its entry only.
 *
 * <p>How far a chain has got there stands beside it (table {@code indexed}). Whoever looks for something by its terms has what
 * is behind put there first ({@link #complete}), from what the entries say: so a search finds all that was kept before it,
 * whichever process kept it, and whatever ended that process in between. The journal's own thread only sees to it that there
 * is seldom much to do.
 */
final class TermIndex implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TermIndex.class.getName());

    /** So many entries are put there at once: rows of one term lie side by side, so many are cheaper than one by one. */
    static final int STEP = 500;

    /** How long entries wait for others. */
    private static final Duration REST = Duration.ofSeconds(1);

    /** How long it may take to put there what is left at the end. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Database database;
    private final Thread thread = new Thread(this::run, "journal index");

    /** What was kept and is not there yet; the first ones are missing when {@link #behind}. */
    private List<Indexed> kept = new ArrayList<>();

    private boolean behind = true; // what processes before this one left
    private boolean open = true;
    /** Whether the last try failed, which is said once; only its own thread asks. */
    private boolean failing;

    /** That of a store; what is behind is put there. */
    TermIndex(Database database) {
        this.database = database;
        thread.setDaemon(true);
        thread.start();
    }

    /** Entries of this process that were kept, all of one chain, in their order. */
    synchronized void kept(List<Indexed> entries) {
        if (kept.size() > 4 * STEP) {
            kept.clear(); // they are in the store
            behind = true;
        }
        kept.addAll(entries);
        if (kept.size() >= STEP) {
            notifyAll();
        }
    }

    private void run() {
        while (true) {
            boolean all;
            List<Indexed> next;
            synchronized (this) {
                try {
                    if (open && !behind && kept.size() < STEP) {
                        wait(REST.toMillis());
                    }
                } catch (InterruptedException e) {
                    return; // only close() interrupts, and it has waited
                }
                if (!open && !behind && kept.isEmpty()) {
                    return;
                }
                all = behind;
                next = kept;
                behind = false;
                kept = new ArrayList<>();
            }
            try {
                if (all) {
                    complete(database);
                } else {
                    add(database, next);
                }
            } catch (RuntimeException e) { // nothing is lost: a search, or the next try, reads it from the entries
                if (!failing) {
                    String why =
                            e instanceof StoreException store ? store.problem().line(Locale.ENGLISH) : e.toString();
                    LOG.log(Level.WARNING, "what decisions are found by cannot be written, and is tried again: " + why);
                    failing = true;
                }
                if (!rest()) {
                    return;
                }
                continue;
            }
            if (failing) {
                LOG.log(Level.INFO, "what decisions are found by is written again");
                failing = false;
            }
        }
    }

    /** Rests after a failure; whether there is to be another try. */
    private synchronized boolean rest() {
        behind = true;
        try {
            long end = System.nanoTime() + REST.toNanos();
            for (long left = REST.toMillis(); open && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            return false;
        }
        return open;
    }

    /** Puts there what was kept, and ends. */
    @Override
    public void close() {
        synchronized (this) {
            open = false;
            notifyAll();
        }
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    /** A chain of which not every entry can be found, and how long it is. */
    private record Behind(long chain, long length) {}

    /** Has all that was kept so far, by whatever process, found by its terms. */
    static void complete(Database database) {
        List<Behind> chains = database.ask(() -> database.sql()
                .sql("SELECT c.no AS chain, c.length FROM chain c LEFT JOIN indexed i ON i.chain = c.no"
                        + " WHERE i.place IS NULL OR i.place < c.length ORDER BY c.no")
                .query((row, number) -> new Behind(row.getLong("chain"), row.getLong("length")))
                .list());
        if (chains.isEmpty()) {
            return;
        }
        RowMapper<Indexed> rows = Indexed.of(database);
        for (Behind each : chains) {
            long place = 0;
            while (place < each.length()) {
                place = step(database, rows, each.chain(), each.length(), null);
            }
        }
    }

    /** Puts entries of one chain there, in their order, those of each step at once. */
    private static void add(Database database, List<Indexed> entries) {
        RowMapper<Indexed> rows = Indexed.of(database);
        for (int from = 0; from < entries.size(); from += STEP) {
            List<Indexed> some = entries.subList(from, Math.min(entries.size(), from + STEP));
            long last = some.get(some.size() - 1).no();
            long chain = last >> Entry.CHAIN_BITS;
            long to = last - Entry.no(chain, 0);
            long place = 0;
            while (place < to) {
                place = step(database, rows, chain, to, some);
            }
        }
    }

    /**
     * The next step of a chain.
     *
     * @param to how far it is to get
     * @param known entries up to there, if they need not be read
     * @return how far it has got
     */
    private static long step(
            Database database, RowMapper<Indexed> rows, long chain, long to, @Nullable List<Indexed> known) {
        return database.transact(() -> {
            long from = lock(database, chain);
            if (from >= to) {
                return from;
            }
            long first = Entry.no(chain, from);
            List<Indexed> next = known != null && known.get(0).no() <= first + 1
                    ? known.stream().filter(each -> each.no() > first).toList()
                    : database.sql()
                            .sql(Indexed.SELECT + "WHERE no > ? AND no <= ? ORDER BY no LIMIT " + STEP)
                            .params(first, Entry.no(chain, to))
                            .query(rows)
                            .list();
            IndexTerm.add(database, next);
            long place = next.size() < STEP ? to : next.get(next.size() - 1).no() - Entry.no(chain, 0);
            reached(database, chain, place);
            return place;
        });
    }

    /**
     * Locks what a chain is found by until the transaction ends; gives how far that is. Whoever deletes entries takes the lock
     * too, and first: else rows could be added of entries that are gone by then.
     */
    static long lock(Database database, long chain) {
        return database.sql()
                .sql("INSERT INTO indexed (chain, place) VALUES (?, 0)"
                        + " ON CONFLICT (chain) DO UPDATE SET place = indexed.place RETURNING place")
                .param(chain)
                .query(Long.class)
                .single();
    }

    /** Says how far a chain is found; within a transaction that has {@link #lock}ed it. */
    static void reached(Database database, long chain, long place) {
        database.sql()
                .sql("UPDATE indexed SET place = ? WHERE chain = ?")
                .params(place, chain)
                .update();
    }
}
