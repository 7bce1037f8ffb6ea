package liandong.journal;

import java.util.List;
import liandong.store.Database;
import org.springframework.jdbc.core.RowMapper;

/**
 * What an entry is found by.
 *
 * @param no the entry's number
 * @param keptAt in milliseconds since 1970
 * @param terms each once
 */
record Indexed(long no, long keptAt, List<String> terms) {
    /** The columns that {@link #of} reads, from the table {@code decision}. */
    static final String SELECT = "SELECT no, kept_at, marks, packed FROM decision ";

    /** Reads them from rows of {@link #SELECT}, within a transaction; an entry that cannot be read has no terms. */
    static RowMapper<Indexed> of(Database database) {
        var entries = new Entries(database);
        return (row, number) ->
                new Indexed(row.getLong("no"), row.getLong("kept_at"), IndexTerm.terms(entries.marks(row)));
    }

    static Indexed of(Entry entry) {
        return new Indexed(entry.no(), entry.keptAt().toEpochMilli(), entry.marks());
    }

    boolean has(IndexTerm row) {
        return row.isPossible() && row.moment() == keptAt && terms.contains(String.valueOf(row.name()));
    }
}
