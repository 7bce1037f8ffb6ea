package liandong.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import liandong.journal.Chains.State;
import liandong.store.AuditLog;
import liandong.store.Database;
import liandong.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a store keeps is what was written: recomputes the hash chain of every entry, compares the index with the
 * entries, and verifies the audit log with all that it watches.
 *
 * <p>Someone who can write to the store can recompute every hash. What shows that is kept elsewhere: the heads of an
 * earlier verification, which must still be found in their chains.
 *
 * @param chains the chains as they stand
 * @param entries how many entries were read
 * @param faults what was modified, deleted or inserted, by chain and place
 * @param audit what became of policies, publications, keys and prunes
 */
public record Verification(List<Head> chains, long entries, List<Fault> faults, AuditLog.Verified audit) {
    private static final System.Logger LOG = System.getLogger(Verification.class.getName());
    private static final int PAGE = 1_000;

    /**
     * How far a chain has got.
     *
     * @param chain its number
     * @param length how many entries it has had
     * @param hash the last one's
     * @param pruned how many at its beginning retention has deleted
     * @param prunedHead the hash of the last of those; null when it is not known, as heads of earlier releases do not say it
     */
    public record Head(
            long chain,
            long length,
            String hash,
            long pruned,
            @Nullable String prunedHead) {}

    /** What is wrong. */
    public enum What {
        /** An entry is not what was written, or the one before it is gone. */
        CHANGED,
        /** Entries are missing. */
        MISSING,
        /** There are more entries than were written. */
        ADDED,
        /** The record of a chain is not what was written, or that of the one before it is gone. */
        CHAIN_CHANGED,
        /** A head that is known from before is not in its chain. */
        HEAD_LOST,
        /**
         * A head that is known from before is said to have been deleted as too old, with what came after it: whether it was
         * cannot be judged any more, and whoever can write to the store can say so of anything.
         */
        HEAD_PRUNED,
        /** What is said to have been deleted as too old is not what it was, and no prune since is in the audit log. */
        PRUNE_CHANGED,
        /** What entries of a chain are found by is not what they say: searches may miss some, or give wrong ones. */
        INDEX_CHANGED
    }

    /**
     * Something that was modified, deleted or inserted.
     *
     * @param what it is
     * @param chain the chain's number
     * @param place the entry's place in it, from 1; 0 for the chain itself
     * @param decision the entry's id; null where there is none
     */
    public record Fault(
            What what, long chain, long place, @Nullable String decision) {}

    /** Whether nothing was modified, deleted or inserted. */
    public boolean good() {
        return faults.isEmpty() && audit.faults().isEmpty();
    }

    /** See {@link #of(Database, Map, AuditLog.Head, LongConsumer)}; no head of the audit log is known. */
    public static Verification of(Database database, Map<Long, Head> known, LongConsumer progress) {
        return of(database, known, null, progress);
    }

    /**
     * Verifies a store while it may be written to.
     *
     * @param known heads of an earlier verification, by chain
     * @param knownAudit the head of the audit log then; null when none is known
     * @param progress told how many rows have been read, of {@link #rows}
     */
    public static Verification of(
            Database database, Map<Long, Head> known, AuditLog.@Nullable Head knownAudit, LongConsumer progress) {
        var faults = new ArrayList<Fault>();
        var heads = new ArrayList<Head>();
        var starts = new HashMap<Long, String>(Map.of(0L, ""));
        var index = new IndexSums();
        var rows = new Entries(database);
        long read = 0;
        try {
            TermIndex.complete(database);
        } catch (StoreException e) {
            // A disk may be full. What is not found by its terms yet is verified all the same, and no fault of the
            // index.
            LOG.log(System.Logger.Level.WARNING, "the store cannot be written to, and is verified as it is");
        }
        List<State> chains = Chains.all(database);
        for (State chain : chains) {
            String before = starts.get(chain.follows());
            if (before == null
                    || !Chain.start(before, chain.host(), chain.program(), chain.startedAt())
                            .equals(chain.startHash())) {
                faults.add(new Fault(What.CHAIN_CHANGED, chain.no(), 0, null));
            }
            starts.put(chain.no(), chain.startHash());
            var walk = new Walk(database, rows, chain, known.get(chain.no()), index);
            walk.read(read, progress);
            faults.addAll(walk.faults);
            read += walk.entries;
            heads.add(new Head(chain.no(), chain.length(), chain.head(), chain.pruned(), chain.prunedHead()));
        }
        for (Head head : known.values()) {
            if (chains.stream().noneMatch(chain -> chain.no() == head.chain())) {
                faults.add(new Fault(What.HEAD_LOST, head.chain(), head.length(), null));
            }
        }
        orphans(database, faults);
        long entries = read;
        index.wrong(database, chains, more -> progress.accept(entries + more))
                .forEach(chain -> faults.add(new Fault(What.INDEX_CHANGED, chain, 0, null)));
        // After the chains were read: the entry of every prune that they show is in the log.
        AuditLog.Verified verified = new AuditLog(database).verify(knownAudit);
        if (knownAudit != null) {
            prunes(chains, known, verified.since(), faults);
        }
        return new Verification(List.copyOf(heads), read, List.copyOf(faults), verified);
    }

    /** Prunes that are told by the chains alone. That what is told of the last one is what its entry says, the log verifies. */
    private static void prunes(
            List<State> chains, Map<Long, Head> known, List<AuditLog.Entry> since, List<Fault> faults) {
        for (State chain : chains) {
            Head head = known.get(chain.no());
            if (head == null || head.prunedHead() == null) {
                continue;
            }
            boolean same = chain.pruned() == head.pruned() && chain.prunedHead().equals(head.prunedHead());
            boolean further = chain.pruned() > head.pruned()
                    && since.stream().anyMatch(entry -> entry.subject().equals(AuditLog.chain(chain.no())));
            if (!same && !further) {
                faults.add(new Fault(What.PRUNE_CHANGED, chain.no(), 0, null));
            }
        }
    }

    /** How many rows there are to read. */
    public static long rows(Database database) {
        return database.ask(() -> database.sql()
                .sql("SELECT (SELECT count(*) FROM decision) + (SELECT count(*) FROM decision_term)")
                .query(Long.class)
                .single());
    }

    /** Entries whose chain is gone. */
    private static void orphans(Database database, List<Fault> faults) {
        database.ask(() -> database.sql()
                        .sql("SELECT DISTINCT no / " + (1L << Entry.CHAIN_BITS)
                                + " FROM decision d WHERE NOT EXISTS (SELECT 1" + " FROM chain c WHERE c.no = d.no / "
                                + (1L << Entry.CHAIN_BITS) + ")")
                        .query(Long.class)
                        .list())
                .forEach(chain -> faults.add(new Fault(What.ADDED, chain, 0, null)));
    }

    /** One chain while its entries are read. */
    private static final class Walk {
        private final Database database;
        private final State chain;
        private final @Nullable Head known;
        private final IndexSums index;
        private final Entries rows;
        private final List<Fault> faults = new ArrayList<>();
        private long entries;

        /** How much retention has deleted, as far as it mattered. */
        private long pruned;

        Walk(Database database, Entries rows, State chain, @Nullable Head known, IndexSums index) {
            this.rows = rows;
            this.database = database;
            this.chain = chain;
            this.known = known;
            this.index = index;
            this.pruned = chain.pruned();
        }

        void read(long before, LongConsumer progress) {
            String hash = pruned == 0 ? chain.startHash() : chain.prunedHead();
            long place = pruned;
            boolean known = this.known == null || meets(place, hash);
            boolean changed = false;
            while (true) {
                List<Hashed> page = page(place);
                boolean gap =
                        page.isEmpty() ? place < chain.length() : page.get(0).place() > place + 1;
                State now = gap ? Chains.state(database, chain.no()) : chain;
                if (now.pruned() > place) { // retention has been there meanwhile
                    pruned = now.pruned();
                    place = pruned;
                    hash = now.prunedHead();
                    known |= meets(place, hash);
                    continue;
                }
                if (page.isEmpty()) {
                    break;
                }
                for (Hashed each : page) {
                    entries++;
                    if (each.place() <= chain.judged()) {
                        index.has(Entry.no(chain.no(), each.place()), each.keptAt(), each.marks());
                    }
                    if (each.place() > chain.length()) {
                        faults.add(new Fault(What.ADDED, chain.no(), each.place(), each.id()));
                    } else if (each.place() != place + 1) {
                        faults.add(new Fault(What.MISSING, chain.no(), place + 1, null));
                    } else if (!Chain.next(hash, each.fields()).equals(each.hash())) {
                        faults.add(new Fault(What.CHANGED, chain.no(), each.place(), each.id()));
                        changed = true;
                    }
                    // What follows is judged by the hash that stands here, so that one fault is reported once.
                    hash = each.hash();
                    place = each.place();
                    known |= meets(place, hash);
                }
                progress.accept(before + entries);
            }
            if (place < chain.length()) {
                faults.add(new Fault(What.MISSING, chain.no(), place + 1, null));
            } else if (place == chain.length() && !hash.equals(chain.head()) && !changed) {
                faults.add(new Fault(What.CHANGED, chain.no(), place, null));
            }
            added();
            if (!known) {
                boolean overtaken = this.known != null && this.known.length() < pruned;
                faults.add(new Fault(overtaken ? What.HEAD_PRUNED : What.HEAD_LOST, chain.no(), chain.length(), null));
            }
        }

        private boolean meets(long place, String hash) {
            return known != null && known.length() == place && known.hash().equals(hash);
        }

        /** An entry as it is stored, and the hash beside it; both may have been tampered with. */
        private record Hashed(long place, String id, long keptAt, String marks, List<String> fields, String hash) {
            static Hashed of(List<String> fields, ResultSet row) throws SQLException {
                long no = row.getLong("no");
                return new Hashed(
                        no - Entry.no(no >> Entry.CHAIN_BITS, 0),
                        row.getString("id"),
                        row.getLong("kept_at"),
                        fields.get(Entries.MARKS),
                        fields,
                        row.getString("hash"));
            }
        }

        private List<Hashed> page(long after) {
            // Entries that are written meanwhile have their turn another time.
            return database.ask(() -> database.sql()
                    .sql(Entries.SELECT + "WHERE d.no > ? AND d.no <= ? ORDER BY d.no LIMIT " + PAGE)
                    .params(Entry.no(chain.no(), after), Entry.no(chain.no(), chain.length()))
                    .query((row, number) -> Hashed.of(rows.fields(row), row))
                    .list());
        }

        /** Entries behind the last one. As both are written at once, there are none at any moment. */
        private void added() {
            database.ask(() -> database.sql()
                            .sql(Entries.SELECT + "JOIN chain c ON c.no = ? WHERE d.no > ? + c.length AND d.no < ?"
                                    + " ORDER BY d.no LIMIT " + PAGE)
                            .params(chain.no(), Entry.no(chain.no(), 0), Entry.no(chain.no() + 1, 0))
                            .query(rows::entry)
                            .list())
                    .forEach(entry -> faults.add(new Fault(What.ADDED, chain.no(), entry.place(), entry.id())));
        }
    }
}
