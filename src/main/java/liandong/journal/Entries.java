package liandong.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import liandong.decision.Decisions;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.store.Database;
import liandong.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Entries as rows of the table {@code decision}. Safe for use by many threads.
 *
 * <p>Request, answer, marks and policy are packed ({@link Packing}); entries of earlier programs have them in columns of their own.
 */
final class Entries {
    private static final List<String> COLUMNS = List.of(
            "no",
            "id",
            "kept_at",
            "kind",
            "subject",
            "outcome",
            "policy",
            "caller",
            "personal",
            "request",
            "answer",
            "marks");

    private static final int REQUEST = COLUMNS.indexOf("request");
    private static final int ANSWER = COLUMNS.indexOf("answer");
    private static final int POLICY = COLUMNS.indexOf("policy");
    static final int MARKS = COLUMNS.indexOf("marks");

    private static final Packing.Texts NOT_PACKED = new Packing.Texts("", "", "", "");

    static final String INSERT =
            "INSERT INTO decision (no, id, kept_at, kind, subject, outcome, policy, caller, personal,"
                    + " request, answer, marks, packed, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** To be followed by {@code FROM}; the table is called {@code d}. */
    static final String COLUMNS_OF_D = "SELECT d.no, d.id, d.kept_at, d.kind, d.subject, d.outcome, d.policy, d.caller,"
            + " d.personal, d.request, d.answer, d.marks, d.packed, d.hash";

    /** To be followed by conditions. */
    static final String SELECT = COLUMNS_OF_D + " FROM decision d ";

    private final Database database;
    private final SharedTexts shared = new SharedTexts();

    /** Those of a store. */
    Entries(Database database) {
        this.database = database;
    }

    /** An entry in its place. */
    static Entry at(long no, Entry entry) {
        return new Entry(
                no,
                entry.id(),
                entry.keptAt(),
                entry.kind(),
                entry.subject(),
                entry.outcome(),
                entry.policy(),
                entry.caller(),
                entry.personal(),
                entry.request(),
                entry.answer(),
                entry.marks());
    }

    /** What an entry says, field by field as it is written, for its hash. */
    static List<String> fields(Entry entry) {
        return List.of(
                String.valueOf(entry.no()),
                entry.id(),
                String.valueOf(entry.keptAt().toEpochMilli()),
                entry.kind().code(),
                entry.subject(),
                entry.outcome(),
                entry.policy(),
                entry.caller(),
                entry.personal().name(),
                entry.request(),
                entry.answer(),
                String.join("\n", entry.marks()));
    }

    /** The same of a row of {@link #SELECT}, which may have been tampered with. */
    List<String> fields(ResultSet row) throws SQLException {
        var fields = new ArrayList<String>(COLUMNS.size());
        for (String column : COLUMNS) {
            fields.add(String.valueOf(row.getString(column)));
        }
        Packing.Texts texts;
        try {
            texts = unpacked(row.getBytes("packed"));
        } catch (IllegalArgumentException e) {
            texts = NOT_PACKED; // which no entry has: its hash shows that it was changed
        }
        // What stands in the columns beside it, where nothing should, shows as well.
        fields.set(REQUEST, fields.get(REQUEST) + texts.request());
        fields.set(ANSWER, fields.get(ANSWER) + texts.answer());
        fields.set(MARKS, fields.get(MARKS) + texts.marks());
        fields.set(POLICY, fields.get(POLICY) + texts.policy());
        return fields;
    }

    /** The marks of a row with these columns and {@code packed}, a line each; none of an entry that cannot be read. */
    String marks(ResultSet row) throws SQLException {
        try {
            return row.getString("marks") + unpacked(row.getBytes("packed")).marks();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private Packing.Texts unpacked(byte @Nullable [] packed) {
        return packed == null ? NOT_PACKED : Packing.unpacked(packed, number -> shared.text(database, number));
    }

    /** @param packed its texts; null when they stand in their columns */
    static Object[] row(Entry entry, byte @Nullable [] packed, String hash) {
        var row = new ArrayList<@Nullable Object>(fields(entry));
        row.set(COLUMNS.indexOf("no"), entry.no());
        row.set(COLUMNS.indexOf("kept_at"), entry.keptAt().toEpochMilli());
        if (packed != null) {
            row.set(REQUEST, "");
            row.set(ANSWER, "");
            row.set(MARKS, "");
            row.set(POLICY, "");
        }
        row.add(packed);
        row.add(hash);
        return row.toArray();
    }

    /**
     * An entry of a row of {@link #SELECT}, read within a transaction: its connection serves for the texts that are shared, too.
     *
     * @throws StoreException if it holds values that no journal writes
     */
    Entry entry(ResultSet row, int number) throws SQLException {
        return kept(row, number).get();
    }

    /**
     * The same, to be had only once the rows have been read and their connection is free: the texts that are shared may want
     * one of their own, and as many readers at once as there are connections would wait for each other.
     */
    Supplier<Entry> kept(ResultSet row, int number) throws SQLException {
        long no = row.getLong("no");
        String id = row.getString("id");
        Instant keptAt = Instant.ofEpochMilli(row.getLong("kept_at"));
        String kind = row.getString("kind");
        String subject = row.getString("subject");
        String outcome = row.getString("outcome");
        String policy = row.getString("policy");
        String caller = row.getString("caller");
        String personal = row.getString("personal");
        String request = row.getString("request");
        String answer = row.getString("answer");
        String marks = row.getString("marks");
        byte[] packed = row.getBytes("packed");
        return () -> {
            try {
                Packing.Texts texts = unpacked(packed);
                return new Entry(
                        no,
                        id,
                        keptAt,
                        Decisions.named(kind),
                        subject,
                        outcome,
                        policy + texts.policy(),
                        caller,
                        Personal.How.valueOf(personal),
                        request + texts.request(),
                        answer + texts.answer(),
                        List.of((marks + texts.marks()).split("\n")));
            } catch (IllegalArgumentException e) {
                throw new StoreException(
                        Problem.of(Code.DECISION_TAMPERED, new FileRef("decision " + no), kind, personal), e);
            }
        };
    }
}
