package liandong.journal;

import java.util.List;
import liandong.store.Database;

/** Decisions as programs before format 9 of the store kept them: their texts in columns, where a test can change them. */
public final class PlainEntries {
    private PlainEntries() {}

    /** Unpacks every decision of a store. */
    public static void of(Database database) {
        var entries = new Entries(database);
        List<Object[]> rows = database.sql().sql(Entries.SELECT).query(entries::entry).list().stream()
                .map(entry -> new Object[] {
                    entry.request(), entry.answer(), String.join("\n", entry.marks()), entry.policy(), entry.no()
                })
                .toList();
        database.transact(() -> database.batches()
                .batchUpdate(
                        "UPDATE decision SET request = ?, answer = ?, marks = ?, policy = ?, packed = NULL WHERE no = ?",
                        rows));
    }
}
