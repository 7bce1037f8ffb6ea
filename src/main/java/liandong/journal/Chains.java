package liandong.journal;

import java.util.List;
import liandong.store.Database;

/** The chains of a store. */
final class Chains {
    private Chains() {}

    /**
     * A chain.
     *
     * @param no its number
     * @param follows the one begun before it; 0 for the first
     * @param host where it was written
     * @param program what wrote it
     * @param startedAt when it was begun, in milliseconds since 1970
     * @param startHash what its first entry follows
     * @param length how many entries it has
     * @param head the last one's hash
     * @param pruned how many at its beginning retention has deleted
     * @param prunedHead the hash of the last of those; the start's when there are none
     * @param indexed how many of its entries can be found by their terms; the others are still to be put there
     */
    record State(
            long no,
            long follows,
            String host,
            String program,
            long startedAt,
            String startHash,
            long length,
            String head,
            long pruned,
            String prunedHead,
            long indexed) {
        /** How many of its entries are to be found by their terms: no more than it has. */
        long judged() {
            return Math.min(length, indexed);
        }
    }

    private static final String SELECT = "SELECT no, follows, host, program, started_at, start_hash, length, head,"
            + " pruned, pruned_head, coalesce((SELECT i.place FROM indexed i WHERE i.chain = chain.no), 0) AS indexed FROM chain ";

    /** Begins a chain; gives its number. */
    static long begin(Database database, String host, String program, long now) {
        return database.transact(() -> {
            State before = database.sql()
                    .sql(SELECT + "ORDER BY no DESC LIMIT 1")
                    .query(State.class)
                    .optional()
                    .orElse(null);
            String start = Chain.start(before == null ? "" : before.startHash(), host, program, now);
            long no = database.sql()
                    .sql("INSERT INTO chain (follows, host, program, started_at, start_hash, length, head, pruned,"
                            + " pruned_head) VALUES (?, ?, ?, ?, ?, 0, ?, 0, ?) RETURNING no")
                    .params(before == null ? 0 : before.no(), host, program, now, start, start, start)
                    .query(Long.class)
                    .single();
            TermIndex.lock(database, no);
            return no;
        });
    }

    static State state(Database database, long no) {
        return database.ask(() -> database.sql()
                .sql(SELECT + "WHERE no = ?")
                .param(no)
                .query(State.class)
                .single());
    }

    /** All chains, by number. */
    static List<State> all(Database database) {
        return database.ask(() ->
                database.sql().sql(SELECT + "ORDER BY no").query(State.class).list());
    }
}
