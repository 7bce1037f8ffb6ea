package liandong.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import liandong.journal.Chains.State;
import liandong.store.Database;

/** Takes old decisions away, so that what is left of each chain can still be verified. */
public final class Retention {
    private static final int PAGE = 500;

    private Retention() {}

    /**
     * Takes away every decision kept before a moment, from the beginning of each chain; those after one that stays stay too.
     *
     * @param progress told how many have been taken away
     * @return how many were
     */
    public static long prune(Database database, Instant before, LongConsumer progress) {
        long pruned = 0;
        for (State chain : Chains.all(database)) {
            int page = PAGE;
            while (page == PAGE) {
                page = prune(database, chain.no(), before);
                pruned += page;
                progress.accept(pruned);
            }
        }
        return pruned;
    }

    /** Takes away the next ones of a chain, and notes in the same breath where it begins now. */
    private static int prune(Database database, long chain, Instant before) {
        return database.transact(() -> {
            var marks = new ArrayList<Object[]>();
            long last = 0;
            String hash = "";
            int count = 0;
            List<Old> old = database.sql()
                    .sql(Entries.SELECT + "WHERE d.no > ? AND d.no < ? ORDER BY d.no LIMIT " + PAGE)
                    .params(Entry.no(chain, 0), Entry.no(chain + 1, 0))
                    .query((row, number) -> new Old(Entries.entry(row, number), row.getString("hash")))
                    .list();
            for (Old each : old) {
                if (!each.entry().keptAt().isBefore(before)) {
                    break;
                }
                count++;
                last = each.entry().no();
                hash = each.hash();
                each.entry()
                        .marks()
                        .forEach(mark -> marks.add(new Object[] {
                            mark,
                            each.entry().keptAt().toEpochMilli(),
                            each.entry().no()
                        }));
            }
            if (count > 0) {
                database.batches()
                        .batchUpdate("DELETE FROM decision_mark WHERE mark = ? AND kept_at = ? AND no = ?", marks);
                database.sql()
                        .sql("DELETE FROM decision WHERE no > ? AND no <= ?")
                        .params(Entry.no(chain, 0), last)
                        .update();
                database.sql()
                        .sql("UPDATE chain SET pruned = ?, pruned_head = ? WHERE no = ?")
                        .params(last - Entry.no(chain, 0), hash, chain)
                        .update();
            }
            return count;
        });
    }

    /** An entry that may be old enough, and its hash. */
    private record Old(Entry entry, String hash) {}
}
