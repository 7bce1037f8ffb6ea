package liandong.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import liandong.decision.Decisions;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.store.StoreException;

/** Entries as rows of the table {@code decision}. */
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

    static final String INSERT =
            "INSERT INTO decision (no, id, kept_at, kind, subject, outcome, policy, caller, personal,"
                    + " request, answer, marks, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** To be followed by {@code FROM}; the table is called {@code d}. */
    static final String COLUMNS_OF_D = "SELECT d.no, d.id, d.kept_at, d.kind, d.subject, d.outcome, d.policy, d.caller,"
            + " d.personal, d.request, d.answer, d.marks, d.hash";

    /** To be followed by conditions. */
    static final String SELECT = COLUMNS_OF_D + " FROM decision d ";

    private Entries() {}

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
    static List<String> fields(ResultSet row) throws SQLException {
        var fields = new ArrayList<String>(COLUMNS.size());
        for (String column : COLUMNS) {
            fields.add(String.valueOf(row.getString(column)));
        }
        return fields;
    }

    static Object[] row(Entry entry, String hash) {
        var row = new ArrayList<Object>(fields(entry));
        row.set(COLUMNS.indexOf("no"), entry.no());
        row.set(COLUMNS.indexOf("kept_at"), entry.keptAt().toEpochMilli());
        row.add(hash);
        return row.toArray();
    }

    /**
     * An entry of a row of {@link #SELECT}.
     *
     * @throws StoreException if it holds values that no journal writes
     */
    static Entry entry(ResultSet row, int number) throws SQLException {
        String kind = row.getString("kind");
        String personal = row.getString("personal");
        try {
            return new Entry(
                    row.getLong("no"),
                    row.getString("id"),
                    Instant.ofEpochMilli(row.getLong("kept_at")),
                    Decisions.named(kind),
                    row.getString("subject"),
                    row.getString("outcome"),
                    row.getString("policy"),
                    row.getString("caller"),
                    Personal.How.valueOf(personal),
                    row.getString("request"),
                    row.getString("answer"),
                    List.of(row.getString("marks").split("\n")));
        } catch (IllegalArgumentException e) {
            throw new StoreException(
                    Problem.of(Code.DECISION_TAMPERED, new FileRef("decision " + row.getLong("no")), kind, personal),
                    e);
        }
    }
}
