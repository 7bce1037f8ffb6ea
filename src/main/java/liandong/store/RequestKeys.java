package liandong.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys that callers sent with their requests, and what came of each. Safe for use by many threads and processes: of
 * several that bring the same key at once, the database lets one have it.
 */
public final class RequestKeys {
    /** How long somebody may be at a request before another takes it for given up: its process has died. */
    public static final Duration LEASE = Duration.ofMinutes(5);

    /** So many are forgotten in one transaction, so that answers that are to be kept do not wait for long. */
    private static final int PAGE = 1_000;

    private final Database database;

    /** Those of a store. */
    public RequestKeys(Database database) {
        this.database = database;
    }

    /**
     * What is known of a key.
     *
     * @param request a hash of what was asked under it
     * @param decision the number of the entry that was kept with it; null for another request
     * @param until until when somebody is at it; null when nobody ever was
     * @param done when it was done; null when it was not, or does nothing
     * @param status what was answered; null while nothing was
     * @param mediaType of the answer; null without one
     * @param disposition of the answer, the header of this name; null without one
     * @param answer as it was sealed; null while there is none
     */
    public record Kept(
            String request,
            @Nullable Long decision,
            @Nullable Long until,
            @Nullable Long done,
            @Nullable Integer status,
            @Nullable String mediaType,
            @Nullable String disposition,
            @Nullable String answer) {}

    /** What is known of a key; null when it is new. */
    public @Nullable Kept find(String id) {
        return database.ask(() -> database.sql()
                .sql("SELECT request, decision, until, done, status, media_type, disposition, answer"
                        + " FROM request_key WHERE id = ?")
                .param(id)
                .query(Kept.class)
                .optional()
                .orElse(null));
    }

    /**
     * Writes down keys together with the decisions that were made under them; within the transaction that keeps those.
     *
     * @param at when they were sent
     * @param keys each with the number of its entry
     * @return the ids of those that somebody else has already; then nothing of the transaction must stay
     */
    public static Set<String> keep(Database database, Instant at, Map<RequestKey, Long> keys) {
        if (keys.isEmpty()) {
            return Set.of();
        }
        // In one order everywhere, so that no two processes wait for each other.
        var sorted = new TreeMap<String, Map.Entry<RequestKey, Long>>();
        keys.entrySet().forEach(each -> sorted.put(each.getKey().id(), each));
        var params = new ArrayList<Object>(4 * sorted.size());
        sorted.values().forEach(each -> {
            params.add(each.getKey().id());
            params.add(each.getKey().request());
            params.add(at.toEpochMilli());
            params.add(each.getValue());
        });
        Set<String> written = database
                .sql()
                .sql("INSERT INTO request_key (id, request, at, decision) VALUES "
                        + String.join(", ", Collections.nCopies(sorted.size(), "(?, ?, ?, ?)"))
                        + " ON CONFLICT DO NOTHING RETURNING id")
                .params(params)
                .query(String.class)
                .list()
                .stream()
                .collect(Collectors.toSet());
        return sorted.keySet().stream().filter(id -> !written.contains(id)).collect(Collectors.toSet());
    }

    /**
     * Takes a key for a request that is about to be done, unless somebody has it. One whose holder has been at it for longer
     * than {@link #LEASE}, and has not done it, is taken over.
     *
     * @return what its holder is called from now on; null when somebody has it
     */
    public @Nullable String take(RequestKey key, Instant now) {
        String holder = UUID.randomUUID().toString();
        long until = now.plus(LEASE).toEpochMilli();
        int taken = database.transact(() -> {
            int added = database.sql()
                    .sql("INSERT INTO request_key (id, request, at, holder, until) VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT DO NOTHING")
                    .params(key.id(), key.request(), now.toEpochMilli(), holder, until)
                    .update();
            return added > 0
                    ? added
                    : database.sql()
                            .sql("UPDATE request_key SET holder = ?, until = ? WHERE id = ? AND request = ?"
                                    + " AND until < ? AND done IS NULL AND status IS NULL")
                            .params(holder, until, key.id(), key.request(), now.toEpochMilli())
                            .update();
        });
        return taken > 0 ? holder : null;
    }

    /** Lets a holder that is still at it have its key for another {@link #LEASE}; nothing if it has it no longer. */
    public void renew(RequestKey key, String holder, Instant now) {
        database.transact(() -> database.sql()
                .sql("UPDATE request_key SET until = ? WHERE id = ? AND holder = ? AND done IS NULL AND status IS NULL")
                .params(now.plus(LEASE).toEpochMilli(), key.id(), holder)
                .update());
    }

    /**
     * Writes down that the request was done; within the transaction that does it.
     *
     * @return whether the holder still has the key; if not, nothing of the transaction must stay
     */
    public boolean done(RequestKey key, String holder, Instant now) {
        return database.sql()
                        .sql("UPDATE request_key SET done = ? WHERE id = ? AND holder = ?")
                        .params(now.toEpochMilli(), key.id(), holder)
                        .update()
                > 0;
    }

    /**
     * Writes down what was answered.
     *
     * @param answer sealed: a store that keeps no personal words must not get them this way
     */
    public void answered(
            RequestKey key,
            String holder,
            int status,
            @Nullable String mediaType,
            @Nullable String disposition,
            String answer) {
        database.transact(() -> database.sql()
                .sql("UPDATE request_key SET status = ?, media_type = ?, disposition = ?, answer = ?"
                        + " WHERE id = ? AND holder = ?")
                .param(status)
                .param(mediaType)
                .param(disposition)
                .params(answer, key.id(), holder)
                .update());
    }

    /** Gives a key back whose request was refused, or failed before anything was done. */
    public void giveBack(RequestKey key, String holder) {
        database.transact(() -> database.sql()
                .sql("DELETE FROM request_key WHERE id = ? AND holder = ? AND done IS NULL")
                .params(key.id(), holder)
                .update());
    }

    /** Forgets a key whose decision is gone. */
    public void forget(String id, long decision) {
        database.transact(() -> database.sql()
                .sql("DELETE FROM request_key WHERE id = ? AND decision = ?")
                .params(id, decision)
                .update());
    }

    /**
     * Forgets every key that was first sent before a moment.
     *
     * @return how many
     */
    public long forget(Instant before) {
        long forgotten = 0;
        int last = PAGE;
        while (last == PAGE) {
            last = forgetSome(before);
            forgotten += last;
        }
        return forgotten;
    }

    private int forgetSome(Instant before) {
        return database.transact(() -> database.sql()
                .sql("DELETE FROM request_key WHERE id IN"
                        + " (SELECT id FROM request_key WHERE at < ? ORDER BY at LIMIT " + PAGE + ")")
                .param(before.toEpochMilli())
                .update());
    }
}
