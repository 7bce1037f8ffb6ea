package liandong.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import liandong.journal.Postings.Indexed;
import liandong.store.Database;
import org.jspecify.annotations.Nullable;

/**
 * What decisions are found by, made anew from what they say themselves.
 *
 * <p>In small steps, each of which is done wholly or not at all: the service may go on, nothing is missed by a search
 * meanwhile, and what was stopped half way is simply begun again.
 *
 * @param entries how many entries there were
 * @param strays how many rows spoke of entries that are not there, or do not have the mark
 */
public record Reindexing(long entries, long strays) {
    /** What shares a row is never further apart than what was written at once. */
    private static final int STEP = Journal.BATCH;

    /**
     * Makes the rows of a store anew. Entries that are written meanwhile have theirs already.
     *
     * @param progress told how many rows have been dealt with, of {@link Verification#rows} about
     */
    public static Reindexing of(Database database, LongConsumer progress) {
        long entries = 0;
        for (long last : ends(database)) {
            List<Indexed> step = step(database, Entry.no(last >> Entry.CHAIN_BITS, 0), last);
            while (!step.isEmpty()) {
                entries += step.size();
                progress.accept(entries);
                step = step(database, step.get(step.size() - 1).no(), last);
            }
        }
        long before = entries;
        return new Reindexing(entries, strays(database, read -> progress.accept(before + read)));
    }

    /** The last entry of each chain. */
    private static List<Long> ends(Database database) {
        return database.ask(() -> database.sql()
                .sql("SELECT max(no) FROM decision GROUP BY no / " + (1L << Entry.CHAIN_BITS) + " ORDER BY 1")
                .query(Long.class)
                .list());
    }

    /** Makes the rows of the next entries of a chain anew. */
    private static List<Indexed> step(Database database, long after, long last) {
        return database.transact(() -> {
            Chains.lock(database, last >> Entry.CHAIN_BITS);
            List<Indexed> entries = whole(database.sql()
                    .sql("SELECT no, kept_at, marks FROM decision WHERE no > ? AND no <= ? ORDER BY no LIMIT " + STEP)
                    .params(after, last)
                    .query(Reindexing::indexed)
                    .list());
            if (!entries.isEmpty()) {
                clear(database, after, entries);
                var rows = new ArrayList<Object[]>();
                for (int from = 0, to; from < entries.size(); from = to) {
                    to = sameMoment(entries, from);
                    rows.addAll(Postings.rows(entries.subList(from, to)));
                }
                database.batches().batchUpdate(Postings.INSERT, rows);
            }
            return entries;
        });
    }

    /** Without the beginning of those that share a moment with the first one of the next step, if that can be. */
    private static List<Indexed> whole(List<Indexed> entries) {
        int end = entries.size();
        if (end == STEP) {
            while (end > 0
                    && entries.get(end - 1).keptAt() == entries.get(STEP - 1).keptAt()) {
                end--;
            }
        }
        return end == 0 ? entries : entries.subList(0, end);
    }

    /** Where the entries kept at the same moment as one end. */
    private static int sameMoment(List<Indexed> entries, int from) {
        int to = from;
        while (to < entries.size()
                && entries.get(to).keptAt() == entries.get(from).keptAt()) {
            to++;
        }
        return to;
    }

    /** Takes away the rows that stand where those of some entries belong. */
    private static void clear(Database database, long after, List<Indexed> entries) {
        var marks = new TreeSet<String>();
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (Indexed entry : entries) {
            marks.addAll(entry.marks());
            from = Math.min(from, entry.keptAt());
            to = Math.max(to, entry.keptAt());
        }
        var rows = new ArrayList<Object[]>(marks.size());
        for (String mark : marks) {
            rows.add(new Object[] {
                mark, from, to, after, entries.get(entries.size() - 1).no()
            });
        }
        database.batches()
                .batchUpdate(
                        "DELETE FROM decision_mark WHERE mark = ? AND kept_at >= ? AND kept_at <= ? AND no > ?"
                                + " AND no <= ?",
                        rows);
    }

    /** Takes away what speaks of entries that are not there, or do not have the mark. */
    private static long strays(Database database, LongConsumer progress) {
        long strays = 0;
        long read = 0;
        List<IndexRow> page = IndexRow.page(database, null);
        while (!page.isEmpty()) {
            Map<Long, Indexed> entries = entries(database, page);
            List<Object[]> wrong = page.stream()
                    .filter(row -> !belongs(row, entries.get(row.number())))
                    .map(row -> row.key().toArray())
                    .toList();
            if (!wrong.isEmpty()) {
                database.transact(() -> database.batches()
                        .batchUpdate("DELETE FROM decision_mark WHERE mark = ? AND kept_at = ? AND no = ?", wrong));
            }
            strays += wrong.size();
            read += page.size();
            progress.accept(read);
            page = IndexRow.page(database, page.get(page.size() - 1));
        }
        return strays;
    }

    /** The entries that rows stand under, by number. They are asked for after the rows, so those just written are there. */
    private static Map<Long, Indexed> entries(Database database, List<IndexRow> rows) {
        List<Long> numbers = rows.stream().map(IndexRow::number).distinct().toList();
        return database
                .ask(() -> database.sql()
                        .sql("SELECT no, kept_at, marks FROM decision WHERE no IN (:numbers)")
                        .param("numbers", numbers)
                        .query(Reindexing::indexed)
                        .list())
                .stream()
                .collect(Collectors.toMap(Indexed::no, Function.identity()));
    }

    private static boolean belongs(IndexRow row, @Nullable Indexed entry) {
        return entry != null
                && row.isPossible()
                && row.moment() == entry.keptAt()
                && entry.marks().contains(String.valueOf(row.mark()));
    }

    private static Indexed indexed(ResultSet row, int number) throws SQLException {
        return new Indexed(row.getLong("no"), row.getLong("kept_at"), Postings.marks(row.getString("marks")));
    }
}
