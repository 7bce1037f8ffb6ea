package liandong.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import liandong.journal.Archive;
import liandong.journal.Archive.Place;
import liandong.store.Database;
import org.jspecify.annotations.Nullable;

/**
 * Which decisions of the journal each receiver has still to be sent. Safe for use by many threads and processes.
 *
 * <p>The journal itself is the outbox: of each of its chains it is known up to which place a receiver has been sent what is
 * there. A chain has one writer and no gaps, so nothing can appear before that place later, whichever process commits first.
 * What a receiver would not take is listed beside that, so that it holds up nothing but what follows about the same incident.
 */
public final class Outbox {
    /** For so long a process sends to a receiver without any other doing so; then it must have said again that it does. */
    static final Duration LEASE = Duration.ofSeconds(90);

    private static final String HEAD = " AND dead_at IS NULL AND NOT EXISTS (SELECT 1 FROM webhook_event b"
            + " WHERE b.name = e.name AND b.subject = e.subject AND b.dead_at IS NULL"
            + " AND (b.kept_at < e.kept_at OR (b.kept_at = e.kept_at AND b.no < e.no)))";

    private static final String ROW = "SELECT name, url, delivered, failed, fault, ended_at FROM webhook";

    private final Database database;
    private final Archive archive;

    /** That of a store. */
    public Outbox(Database database) {
        this.database = database;
        this.archive = new Archive(database);
    }

    /**
     * How a receiver stands.
     *
     * @param url where it takes events, as was said last
     * @param delivered how many events it has taken
     * @param failed how often it did not take one
     * @param fault why it did not, in a word; empty when it took the last one
     * @param endedAt when it said that it wants no more; null when it never did
     * @param backlog how many decisions it has still to be sent
     * @param oldest when the first of those was kept; null when there are none
     * @param dead how many it would not take, and are sent no more
     */
    public record Status(
            String name,
            String url,
            long delivered,
            long failed,
            String fault,
            @Nullable Instant endedAt,
            long backlog,
            @Nullable Instant oldest,
            long dead) {}

    /**
     * A decision that a receiver has not taken.
     *
     * @param no the entry's number
     * @param tries how often it was sent
     * @param fault why it was not taken the last time, in a word
     * @param deadAt when it was given up; null while it is tried
     */
    public record Event(
            long no,
            Instant keptAt,
            String subject,
            int tries,
            Instant nextAt,
            String fault,
            @Nullable Instant deadAt) {}

    private record Row(
            String name,
            String url,
            long delivered,
            long failed,
            String fault,
            @Nullable Long endedAt) {}

    /** How far a chain has got, and a receiver in it. */
    private record Chain(long no, long length, long place) {}

    /** Thrown so that what was written is undone: another process sends to the receiver by now. */
    static final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LostException() {
            super("another process sends", null, false, false);
        }
    }

    /**
     * Makes a receiver known: it is sent what is decided from now on. One that is known goes on where it was; one that had said
     * that it wants no more is asked again if it is elsewhere by now.
     */
    void add(String name, String url, Instant now) {
        database.transact(() -> {
            int added = database.sql()
                    .sql("INSERT INTO webhook (name, url, added_at, holder, until, delivered, failed, fault)"
                            + " VALUES (?, ?, ?, '', 0, 0, 0, '') ON CONFLICT DO NOTHING")
                    .params(name, url, now.toEpochMilli())
                    .update();
            if (added > 0) {
                for (Chain chain : chains(name)) {
                    reach(name, chain.no(), chain.length());
                }
            } else {
                database.sql()
                        .sql("UPDATE webhook SET url = ?, ended_at = NULL WHERE name = ? AND url <> ?")
                        .params(url, name, url)
                        .update();
            }
            return added;
        });
    }

    /**
     * Takes it over, or keeps it, to send to a receiver: one process at a time.
     *
     * @return whether this one may; false also for a receiver that wants no more, or is known no more
     */
    boolean hold(String name, String holder, Instant now) {
        return database.transact(() -> database.sql()
                        .sql("UPDATE webhook SET holder = ?, until = ?"
                                + " WHERE name = ? AND (holder = ? OR until < ?) AND ended_at IS NULL")
                        .params(holder, now.plus(LEASE).toEpochMilli(), name, holder, now.toEpochMilli())
                        .update())
                > 0;
    }

    /** Lets another process send at once. */
    void letGo(String name, String holder) {
        database.transact(() -> database.sql()
                .sql("UPDATE webhook SET until = 0 WHERE name = ? AND holder = ?")
                .params(name, holder)
                .update());
    }

    /** Chains of which a receiver has something to be sent. */
    private List<Chain> chains(String name) {
        return database.ask(() -> database.sql()
                .sql("SELECT c.no, c.length,"
                        + " CASE WHEN coalesce(w.place, 0) < c.pruned THEN c.pruned ELSE coalesce(w.place, 0) END AS place"
                        + " FROM chain c LEFT JOIN webhook_cursor w ON w.chain = c.no AND w.name = ?"
                        + " WHERE c.length > coalesce(w.place, 0) ORDER BY c.no")
                .param(name)
                .query(Chain.class)
                .list());
    }

    /**
     * The next decisions that a receiver has to be sent: those of a chain in its order, of several by when they were kept.
     *
     * @param most how many at most
     */
    List<Place> next(String name, int most) {
        var heads = new ArrayList<List<Place>>();
        for (Chain chain : chains(name)) {
            List<Place> places = archive.behind(chain.no(), chain.place(), most);
            if (!places.isEmpty()) {
                heads.add(new ArrayList<>(places));
            }
        }
        var next = new ArrayList<Place>();
        while (next.size() < most && !heads.isEmpty()) {
            List<Place> first = heads.get(0);
            for (List<Place> each : heads) {
                if (each.get(0).keptAt().isBefore(first.get(0).keptAt())) {
                    first = each;
                }
            }
            next.add(first.remove(0));
            if (first.isEmpty()) { // then it was all of the chain, or there are as many as may be
                heads.remove(first);
            }
        }
        return next;
    }

    /** Of each incident of which something was not taken: the first such decision, if its time has come; the oldest first. */
    List<Event> due(String name, Instant now, int most) {
        return database.ask(() -> database.sql()
                .sql("SELECT no, kept_at, subject, tries, next_at, fault, dead_at FROM webhook_event e"
                        + " WHERE name = ? AND next_at <= ?" + HEAD + " ORDER BY kept_at, no LIMIT " + most)
                .params(name, now.toEpochMilli())
                .query((row, n) -> event(
                        row.getLong("no"),
                        row.getLong("kept_at"),
                        row.getString("subject"),
                        row.getInt("tries"),
                        row.getLong("next_at"),
                        row.getString("fault"),
                        null))
                .list());
    }

    private static Event event(
            long no, long keptAt, String subject, int tries, long nextAt, String fault, @Nullable Long deadAt) {
        return new Event(
                no,
                Instant.ofEpochMilli(keptAt),
                subject,
                tries,
                Instant.ofEpochMilli(nextAt),
                fault,
                deadAt == null ? null : Instant.ofEpochMilli(deadAt));
    }

    /** How many decisions wait to be sent to a receiver again. */
    int waiting(String name) {
        return count("SELECT count(*) FROM webhook_event WHERE dead_at IS NULL AND name = ?", name);
    }

    /**
     * How many decisions wait because the receiver took nothing, or asked to be left alone. What it refused for itself does not
     * count, nor what follows about the same incident: that is given up soon, and says nothing of the rest.
     */
    int heldUp(String name) {
        String refused = Post.FAULTS_OF_EVENT.stream().collect(Collectors.joining("', '", "('", "')"));
        return count(
                "SELECT count(*) FROM webhook_event e WHERE dead_at IS NULL AND name = ? AND NOT EXISTS"
                        + " (SELECT 1 FROM webhook_event b WHERE b.name = e.name AND b.subject = e.subject"
                        + " AND b.dead_at IS NULL AND b.fault IN " + refused + ")",
                name);
    }

    /** Whether something about an incident waits to be sent again. */
    boolean waits(String name, String subject) {
        return database.ask(() -> database.sql()
                        .sql("SELECT count(*) FROM webhook_event WHERE name = ? AND subject = ? AND dead_at IS NULL")
                        .params(name, subject)
                        .query(Long.class)
                        .single())
                > 0;
    }

    private int count(String sql, String name) {
        return database.ask(
                () -> database.sql().sql(sql).param(name).query(Integer.class).single());
    }

    /**
     * What came of a turn of sending.
     *
     * @param passed decisions that were next, in the order of {@link #next}: the receiver is behind them now
     * @param waiting those that were not taken, as they wait now, or were given up
     * @param taken numbers of those that waited and were taken, or are no more there
     * @param delivered how many were taken
     * @param failed how often one was not
     * @param fault why not, the last time; empty when the last one was taken; null when none was sent
     * @param ended whether the receiver said that it wants no more
     */
    record Turn(
            List<Place> passed,
            List<Event> waiting,
            List<Long> taken,
            long delivered,
            long failed,
            @Nullable String fault,
            boolean ended) {}

    /**
     * Writes down what came of a turn.
     *
     * @throws LostException if another process sends by now; nothing is written
     */
    void write(String name, String holder, Turn turn, Instant now) {
        database.transact(() -> {
            int held = database.sql()
                    .sql("UPDATE webhook SET until = ?, delivered = delivered + ?, failed = failed + ?,"
                            + " fault = coalesce(?, fault) WHERE name = ? AND holder = ?")
                    .params(now.plus(LEASE).toEpochMilli(), turn.delivered(), turn.failed())
                    .param(turn.fault())
                    .params(name, holder)
                    .update();
            if (held == 0) {
                throw new LostException();
            }
            if (turn.ended()) {
                database.sql()
                        .sql("UPDATE webhook SET ended_at = ? WHERE name = ?")
                        .params(now.toEpochMilli(), name)
                        .update();
            }
            turn.taken()
                    .forEach(no -> database.sql()
                            .sql("DELETE FROM webhook_event WHERE name = ? AND no = ?")
                            .params(name, no)
                            .update());
            turn.waiting().forEach(each -> put(name, each));
            Map<Long, Long> reached = new HashMap<>();
            turn.passed().forEach(place -> reached.merge(place.chain(), place.place(), Math::max));
            reached.forEach((chain, place) -> reach(name, chain, place));
            return held;
        });
    }

    private void put(String name, Event event) {
        database.sql()
                .sql("INSERT INTO webhook_event (name, no, kept_at, subject, tries, next_at, fault, dead_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name, no) DO UPDATE SET tries = excluded.tries,"
                        + " next_at = excluded.next_at, fault = excluded.fault, dead_at = excluded.dead_at")
                .params(
                        name,
                        event.no(),
                        event.keptAt().toEpochMilli(),
                        event.subject(),
                        event.tries(),
                        event.nextAt().toEpochMilli(),
                        event.fault())
                .param(event.deadAt() == null ? null : event.deadAt().toEpochMilli())
                .update();
    }

    private void reach(String name, long chain, long place) {
        database.sql()
                .sql("INSERT INTO webhook_cursor (name, chain, place) VALUES (?, ?, ?)"
                        + " ON CONFLICT (name, chain) DO UPDATE SET place = excluded.place")
                .params(name, chain, place)
                .update();
    }

    /** How every receiver stands, by name. */
    public List<Status> all() {
        return database
                .ask(() -> database.sql()
                        .sql(ROW + " ORDER BY name")
                        .query(Row.class)
                        .list())
                .stream()
                .map(this::status)
                .toList();
    }

    /** How a receiver stands; null when none is called so. */
    public @Nullable Status status(String name) {
        return database.ask(() -> database.sql()
                        .sql(ROW + " WHERE name = ?")
                        .param(name)
                        .query(Row.class)
                        .optional())
                .map(this::status)
                .orElse(null);
    }

    private Status status(Row row) {
        long backlog = waiting(row.name());
        Instant oldest = oldest(row.name());
        for (Chain chain : chains(row.name())) {
            backlog += chain.length() - chain.place();
            List<Place> first = archive.behind(chain.no(), chain.place(), 1);
            if (!first.isEmpty() && (oldest == null || first.get(0).keptAt().isBefore(oldest))) {
                oldest = first.get(0).keptAt();
            }
        }
        return new Status(
                row.name(),
                row.url(),
                row.delivered(),
                row.failed(),
                row.fault(),
                row.endedAt() == null ? null : Instant.ofEpochMilli(row.endedAt()),
                backlog,
                oldest,
                count("SELECT count(*) FROM webhook_event WHERE dead_at IS NOT NULL AND name = ?", row.name()));
    }

    private @Nullable Instant oldest(String name) {
        return database.ask(() -> database.sql()
                        .sql("SELECT kept_at FROM webhook_event WHERE name = ? AND dead_at IS NULL"
                                + " ORDER BY kept_at LIMIT 1")
                        .param(name)
                        .query(Long.class)
                        .optional())
                .map(Instant::ofEpochMilli)
                .orElse(null);
    }

    /** What a receiver would not take and was given up, the oldest first. */
    public List<Event> dead(String name, int most) {
        return database.ask(() -> database.sql()
                .sql("SELECT no, kept_at, subject, tries, next_at, fault, dead_at FROM webhook_event"
                        + " WHERE name = ? AND dead_at IS NOT NULL ORDER BY kept_at, no LIMIT " + most)
                .param(name)
                .query((row, n) -> event(
                        row.getLong("no"),
                        row.getLong("kept_at"),
                        row.getString("subject"),
                        row.getInt("tries"),
                        row.getLong("next_at"),
                        row.getString("fault"),
                        row.getLong("dead_at")))
                .list());
    }

    /** Has what was given up sent again, at once; gives how many. */
    public int again(String name, Instant now) {
        return database.transact(() -> database.sql()
                .sql("UPDATE webhook_event SET dead_at = NULL, tries = 0, next_at = ?"
                        + " WHERE name = ? AND dead_at IS NOT NULL")
                .params(now.toEpochMilli(), name)
                .update());
    }

    /** Has a receiver that said that it wants no more sent to again; whether it had said so. */
    public boolean resume(String name) {
        return database.transact(() -> database.sql()
                        .sql("UPDATE webhook SET ended_at = NULL WHERE name = ? AND ended_at IS NOT NULL")
                        .param(name)
                        .update())
                > 0;
    }

    /** Until when a running service has it that it alone sends to a receiver; null when none does. */
    public @Nullable Instant heldUntil(String name, Instant now) {
        return database.ask(() -> database.sql()
                .sql("SELECT until FROM webhook WHERE name = ? AND until >= ?")
                .params(name, now.toEpochMilli())
                .query(Long.class)
                .optional()
                .map(Instant::ofEpochMilli)
                .orElse(null));
    }

    /**
     * Forgets a receiver, and what it has not been sent.
     *
     * @return whether it did; false for one that is not known, and for one that is sent to by a service that runs
     */
    public boolean forget(String name, Instant now) {
        return database.transact(() -> {
            // First, and with the row locked by it: whoever wants to send waits, and finds no receiver.
            int forgotten = database.sql()
                    .sql("DELETE FROM webhook WHERE name = ? AND until < ?")
                    .params(name, now.toEpochMilli())
                    .update();
            if (forgotten == 0) {
                return false;
            }
            for (String table : List.of("webhook_event", "webhook_cursor")) {
                database.sql()
                        .sql("DELETE FROM " + table + " WHERE name = ?")
                        .param(name)
                        .update();
            }
            return true;
        });
    }
}
