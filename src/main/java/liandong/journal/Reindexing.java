package liandong.journal;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import liandong.store.Database;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/**
 * Rebuilds the index by which decisions are found from what they say themselves.
 *
 * <p>First what is missing is added, then what is wrong is deleted, each in small transactions: the service may run
 * meanwhile, no search finds less than before, and a run that was interrupted is simply repeated.
 *
 * @param entries how many entries there were
 * @param strays how many rows belonged to entries that do not exist, or do not have the term
 */
public record Reindexing(long entries, long strays) {
    /**
     * Rebuilds the index of a store. Entries that are written meanwhile get their rows as ever.
     *
     * @param progress told how many rows have been dealt with, of {@link Verification#rows} about
     */
    public static Reindexing of(Database database, LongConsumer progress) {
        RowMapper<Indexed> indexed = Indexed.of(database);
        long entries = 0;
        for (long last : ends(database)) {
            List<Indexed> step = step(database, indexed, Entry.no(last >> Entry.CHAIN_BITS, 0), last);
            while (!step.isEmpty()) {
                entries += step.size();
                progress.accept(entries);
                step = step(database, indexed, step.get(step.size() - 1).no(), last);
            }
            reached(database, last);
        }
        long before = entries;
        return new Reindexing(entries, strays(database, indexed, read -> progress.accept(before + read)));
    }

    /** The last entry of each chain. */
    private static List<Long> ends(Database database) {
        return database.ask(() -> database.sql()
                .sql("SELECT max(no) FROM decision GROUP BY no / " + (1L << Entry.CHAIN_BITS) + " ORDER BY 1")
                .query(Long.class)
                .list());
    }

    /** Adds what is missing of the next entries of a chain. */
    private static List<Indexed> step(Database database, RowMapper<Indexed> indexed, long after, long last) {
        return database.transact(() -> {
            // Without the lock retention could delete an entry between its reading and the adding of its rows.
            TermIndex.lock(database, last >> Entry.CHAIN_BITS);
            List<Indexed> entries = database.sql()
                    .sql(Indexed.SELECT + "WHERE no > ? AND no <= ? ORDER BY no LIMIT " + TermIndex.STEP)
                    .params(after, last)
                    .query(indexed)
                    .list();
            IndexTerm.add(database, entries);
            return entries;
        });
    }

    /** A chain is found up to there: what its own record says may be less, or more than there is. */
    private static void reached(Database database, long last) {
        long chain = last >> Entry.CHAIN_BITS;
        long place = last - Entry.no(chain, 0);
        database.transact(() -> {
            long said = TermIndex.lock(database, chain);
            long length = database.sql()
                    .sql("SELECT coalesce(max(length), 0) FROM chain WHERE no = ?")
                    .param(chain)
                    .query(Long.class)
                    .single();
            if (said < place || said > length) {
                TermIndex.reached(database, chain, place);
            }
            return place;
        });
    }

    /** Deletes what belongs to entries that do not exist, or do not have the term. */
    private static long strays(Database database, RowMapper<Indexed> indexed, LongConsumer progress) {
        long strays = 0;
        long read = 0;
        List<IndexTerm> page = IndexTerm.page(database, null);
        while (!page.isEmpty()) {
            Map<Long, Indexed> entries = entries(database, indexed, page);
            List<IndexTerm> wrong = page.stream()
                    .filter(row -> !belongs(row, entries.get(row.number())))
                    .toList();
            if (!wrong.isEmpty()) {
                IndexTerm.deleteRows(database, wrong);
            }
            strays += wrong.size();
            read += page.size();
            progress.accept(read);
            page = IndexTerm.page(database, page.get(page.size() - 1));
        }
        return strays;
    }

    /** The entries that rows belong to, by number. Read after the rows, so that those just written are among them. */
    private static Map<Long, Indexed> entries(Database database, RowMapper<Indexed> indexed, List<IndexTerm> rows) {
        List<Long> numbers = rows.stream().map(IndexTerm::number).distinct().toList();
        return database
                .ask(() -> database.sql()
                        .sql(Indexed.SELECT + "WHERE no IN (:numbers)")
                        .param("numbers", numbers)
                        .query(indexed)
                        .list())
                .stream()
                .collect(Collectors.toMap(Indexed::no, Function.identity()));
    }

    private static boolean belongs(IndexTerm row, @Nullable Indexed entry) {
        return entry != null && entry.has(row);
    }
}
