package liandong.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import liandong.digest.HashChain;
import org.jspecify.annotations.Nullable;

/**
 * Who changed what beside the decisions: one hash chain of all that was done to policies, publications and keys, and of
 * what retention has deleted (审计日志). Safe for use by many threads and processes.
 *
 * <p>An entry holds the hash of the row that it is about, as it was then. So an approval that is changed or deleted in its
 * table does not agree with its entry, and one that was never given has none.
 */
public final class AuditLog {
    private final Database database;

    /** The log of a store. */
    public AuditLog(Database database) {
        this.database = database;
    }

    /** The rows that the log watches. */
    public enum Watched {
        /** A step in the life of a policy: put, checked, approved, … */
        STEP(
                "policy_event",
                "'policy ' || policy || ' step ' || seq",
                "policy, seq, at, person, what, content, label, seen, note"),
        /** A publication, or a way back to one. */
        PUBLICATION(
                "publication",
                "'publication ' || no",
                "no, policy, content, version, effective_at, published_at, person, kind, restores"),
        /** What became of a publication. */
        FATE("publication_fate", "'fate of publication ' || no", "no, fate, at, person"),
        /** A key. */
        KEY("access_key", "'key ' || id", "id, name, roles, hash, created_at, revoked_at"),
        /** Until when, and from where, a key counts. */
        KEY_TERMS("key_terms", "'terms of key ' || id", "id, expires_at, addresses"),
        /** What retention has deleted of a chain. */
        PRUNE("chain WHERE pruned > 0", "'chain ' || no", "no, pruned, pruned_head"),
        /** A key that personal fields were encrypted with before. */
        PERSONAL_KEY("personal_key", "'personal key ' || id", "id, wrapped");

        private final String rows;
        private final String subject;
        private final String columns;

        Watched(String rows, String subject, String columns) {
            this.rows = rows;
            this.subject = subject;
            this.columns = columns;
        }

        private String select() {
            return "SELECT " + subject + " AS subject, " + columns + " FROM " + rows;
        }
    }

    /**
     * How far the log has got.
     *
     * @param length how many entries it has
     * @param hash the last one's
     */
    public record Head(long length, String hash) {}

    /**
     * Something that was done.
     *
     * @param no its number, from 1 without gaps
     * @param at when
     * @param person who did it
     * @param what in a word
     * @param subject what it was done to, as {@code policy 2 step 4}
     */
    public record Entry(long no, Instant at, String person, String what, String subject) {}

    /** What is wrong. */
    public enum What {
        /** An entry of the log is not what was written, or the one before it is gone. */
        ENTRY_CHANGED,
        /** Entries of the log are missing. */
        ENTRY_MISSING,
        /** The head that is known from before is not in the log. */
        LOG_HEAD_LOST,
        /** What an entry is about is not what it was. */
        ROW_CHANGED,
        /** What an entry is about is gone. */
        ROW_MISSING,
        /** Something was put in its table without being done. */
        ROW_ADDED
    }

    /**
     * Something that was modified, deleted or inserted.
     *
     * @param what it is
     * @param subject what it was done to; of an entry of the log {@code audit entry 5}
     * @param entry the last entry about it; null where there is none, or none to be trusted
     */
    public record Fault(What what, String subject, @Nullable Entry entry) {}

    /**
     * Whether the log, and the rows that it watches, are what was written.
     *
     * @param head how far it has got
     * @param found how many entries are of rows that were there before it was begun
     * @param since what was done since the head that is known from before, the oldest first; empty when none is known
     * @param faults what was modified, deleted or inserted
     */
    public record Verified(Head head, long found, List<Entry> since, List<Fault> faults) {}

    private record Row(String subject, String hash) {}

    private record Stored(Entry entry, String rowHash, String hash) {
        List<String> fields() {
            return List.of(
                    String.valueOf(entry.no()),
                    String.valueOf(entry.at().toEpochMilli()),
                    entry.person(),
                    entry.what(),
                    entry.subject(),
                    rowHash);
        }
    }

    /** Who begins the log, and what is done then. */
    private static final String PROGRAM = "liandong";

    private static final String BEGUN = "BEGUN";
    private static final String FOUND = "FOUND";

    /**
     * Begins the log if it has not been: what is in the tables by then is entered as it is found.
     *
     * @return how much there was; 0 when there was nothing, or the log has long been begun
     */
    long begin(Instant now) {
        if (head().length() > 0) {
            return 0;
        }
        return transact(() -> {
            if (head().length() > 0) { // another process was faster
                return 0L;
            }
            add(List.of(new Row("audit log", "")), now, PROGRAM, BEGUN);
            List<Row> there = rows();
            add(there, now, PROGRAM, FOUND);
            return (long) there.size();
        });
    }

    private Head head() {
        return database.ask(() -> database.sql()
                .sql("SELECT length, head AS hash FROM audit_head")
                .query(Head.class)
                .single());
    }

    /**
     * Does several things as one, see {@link Database#transact}, and nobody else's changes that the log watches between
     * them: the log is locked before anything is written, so that no two wait for each other (deadlock).
     */
    public <T extends @Nullable Object> T transact(Supplier<T> work) {
        return database.transact(() -> {
            lock();
            return work.get();
        });
    }

    private void lock() {
        database.sql().sql("UPDATE audit_head SET length = length").update();
    }

    /**
     * Enters what has just been done to a row; within {@link #transact}.
     *
     * @param rows the kind of row
     * @param subject the row, as {@link Entry#subject} names it
     * @param person who did it
     * @param what in a word
     * @throws IllegalStateException if there is no such row
     */
    public void enter(Watched rows, String subject, Instant at, String person, String what) {
        Row row = database.sql()
                .sql("SELECT * FROM (" + rows.select() + ") watched WHERE subject = ?")
                .param(subject)
                .query((each, n) -> row(each))
                .optional()
                .orElseThrow(() -> new IllegalStateException("nothing is there of " + subject));
        add(List.of(row), at, person, what);
    }

    private void add(List<Row> rows, Instant at, String person, String what) {
        Head head = head();
        long no = head.length();
        String hash = head.hash();
        for (Row row : rows) {
            no++;
            var entry = new Stored(
                    new Entry(no, Instant.ofEpochMilli(at.toEpochMilli()), person, what, row.subject()),
                    row.hash(),
                    "");
            hash = HashChain.next(hash, entry.fields());
            database.sql()
                    .sql("INSERT INTO audit_entry (no, at, person, what, subject, row_hash, hash)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)")
                    .params(no, at.toEpochMilli(), person, what, row.subject(), row.hash(), hash)
                    .update();
        }
        database.sql()
                .sql("UPDATE audit_head SET length = ?, head = ?")
                .params(no, hash)
                .update();
    }

    /** What the prunes of a chain are entered under. */
    public static String chain(long no) {
        return "chain " + no;
    }

    private List<Row> rows() {
        var all = new ArrayList<Row>();
        for (Watched each : Watched.values()) {
            all.addAll(database.sql()
                    .sql(each.select() + " ORDER BY subject")
                    .query((row, n) -> row(row))
                    .list());
        }
        return all;
    }

    /** The subject is the first column; what is hashed are the others. */
    private static Row row(ResultSet row) throws SQLException {
        var fields = new ArrayList<String>();
        for (int column = 2; column <= row.getMetaData().getColumnCount(); column++) {
            String field = row.getString(column);
            fields.add(field == null ? "-" : "=" + field);
        }
        return new Row(row.getString(1), HashChain.next("", fields));
    }

    /** What was done after an entry, the oldest first; of all of them, after 0. */
    public List<Entry> since(long no) {
        return database.ask(() -> database.sql()
                .sql("SELECT no, at, person, what, subject, row_hash, hash FROM audit_entry WHERE no > ? ORDER BY no")
                .param(no)
                .query((row, n) -> stored(row).entry())
                .list());
    }

    /**
     * Verifies the log and what it watches, while the store may be written to.
     *
     * @param known the head of an earlier verification; null when none is known
     */
    public Verified verify(@Nullable Head known) {
        return transact(() -> {
            Head head = head();
            var faults = new ArrayList<Fault>();
            Map<String, Stored> last = new LinkedHashMap<>();
            long found = walk(head, known, last, faults);
            for (Row row : rows()) {
                Stored entry = last.remove(row.subject());
                if (entry == null) {
                    faults.add(new Fault(What.ROW_ADDED, row.subject(), null));
                } else if (!entry.rowHash().equals(row.hash())) {
                    faults.add(new Fault(What.ROW_CHANGED, row.subject(), entry.entry()));
                }
            }
            last.values()
                    .forEach(entry ->
                            faults.add(new Fault(What.ROW_MISSING, entry.entry().subject(), entry.entry())));
            return new Verified(head, found, known == null ? List.of() : since(known.length()), List.copyOf(faults));
        });
    }

    /** Recomputes the chain; gives how many entries are of rows that were there before. */
    private long walk(Head head, @Nullable Head known, Map<String, Stored> last, List<Fault> faults) {
        List<Stored> all = database.sql()
                .sql("SELECT no, at, person, what, subject, row_hash, hash FROM audit_entry ORDER BY no")
                .query((row, n) -> stored(row))
                .list();
        long no = 0;
        long found = 0;
        String hash = "";
        boolean met = known == null || known.length() == 0;
        boolean changed = false;
        for (Stored each : all) {
            Entry entry = each.entry();
            if (entry.no() != no + 1) {
                faults.add(new Fault(What.ENTRY_MISSING, "audit entry " + (no + 1), null));
            } else if (!HashChain.next(hash, each.fields()).equals(each.hash())) {
                faults.add(new Fault(What.ENTRY_CHANGED, "audit entry " + entry.no(), entry));
                changed = true;
            }
            // What follows is judged by the hash that stands here, so that one fault is reported once.
            hash = each.hash();
            no = entry.no();
            met |= known != null && known.length() == no && known.hash().equals(hash);
            found += entry.what().equals(FOUND) ? 1 : 0;
            if (!entry.what().equals(BEGUN)) {
                last.put(entry.subject(), each);
            }
        }
        if (no < head.length()) {
            faults.add(new Fault(What.ENTRY_MISSING, "audit entry " + (no + 1), null));
        } else if (!hash.equals(head.hash()) && !changed) {
            faults.add(new Fault(What.ENTRY_CHANGED, "audit entry " + no, null));
        }
        if (!met) {
            faults.add(new Fault(What.LOG_HEAD_LOST, "audit log", null));
        }
        return found;
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                new Entry(
                        row.getLong("no"),
                        Instant.ofEpochMilli(row.getLong("at")),
                        row.getString("person"),
                        row.getString("what"),
                        row.getString("subject")),
                row.getString("row_hash"),
                row.getString("hash"));
    }
}
