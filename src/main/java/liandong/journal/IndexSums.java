package liandong.journal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import liandong.journal.Chains.State;
import liandong.store.Database;
import org.jspecify.annotations.Nullable;

/**
 * Compares the table {@code decision_mark}, by which decisions are found, with the marks that the decisions themselves have.
 *
 * <p>What a decision has and what a row says are read in different orders, so neither is kept: all that is said of a stretch
 * of entries is added up on one side and subtracted on the other. The numbers added are drawn anew each time, so that
 * nobody can think out changes whose numbers cancel out.
 */
final class IndexSums {
    /** So many entries share a sum: few enough to remember the sums of any store. */
    private static final int STRETCH_BITS = 10;

    private static final int MOST_MARKS = 10_000;

    private final String key = UUID.randomUUID().toString();
    private final Map<String, Long> marks = new HashMap<>();
    private final Map<Long, Long> sums = new HashMap<>();

    /** An entry has these marks, a line each. */
    void has(long no, long keptAt, String lines) {
        Postings.marks(lines).forEach(mark -> add(no, number(mark, keptAt, no)));
    }

    private void add(long no, long number) {
        sums.merge(no >> STRETCH_BITS, number, Long::sum);
    }

    private long number(String mark, long keptAt, long no) {
        if (marks.size() > MOST_MARKS) {
            marks.clear();
        }
        long number = marks.computeIfAbsent(
                mark,
                each -> Long.parseUnsignedLong(Chain.next(key, List.of(each)).substring(0, 16), 16));
        return mixed(mixed(number + keptAt) + no);
    }

    /** Every bit of the result depends on every bit given (the finalizer of SplitMix64). */
    private static long mixed(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /**
     * The chains of which the index says something else than their entries.
     *
     * @param walked every chain as it was before its entries were read: what was written since is not judged
     * @param progress told how many rows have been read
     */
    Set<Long> wrong(Database database, List<State> walked, LongConsumer progress) {
        Map<Long, State> chains = byNumber(walked);
        var wrong = new TreeSet<Long>();
        var beyond = new TreeMap<Long, Long>();
        long read = 0;
        List<IndexRow> page = IndexRow.page(database, null);
        while (!page.isEmpty()) {
            for (IndexRow row : page) {
                List<Long> entries = row.entries();
                if (entries.isEmpty()) {
                    wrong.add(row.chain());
                }
                State chain = chains.get(row.chain());
                for (long no : entries) {
                    if (chain == null || no > Entry.no(chain.no(), chain.length())) {
                        beyond.merge(row.chain(), no, Math::max);
                    } else if (no > Entry.no(chain.no(), chain.pruned())) {
                        add(no, -number(String.valueOf(row.mark()), row.moment(), no));
                    }
                }
            }
            read += page.size();
            progress.accept(read);
            page = IndexRow.page(database, page.get(page.size() - 1));
        }
        Map<Long, State> now = byNumber(Chains.all(database));
        beyond.forEach((chain, no) -> {
            if (!isKept(database, now.get(chain), no)) {
                wrong.add(chain);
            }
        });
        sums.forEach((stretch, sum) -> {
            long chain = stretch >> (Entry.CHAIN_BITS - STRETCH_BITS);
            State before = chains.get(chain);
            State after = now.get(chain);
            // What retention has taken away since, and the stretch it has got to, was read before or after.
            boolean pruned = before != null
                    && after != null
                    && after.pruned() > before.pruned()
                    && stretch <= Entry.no(chain, after.pruned()) >> STRETCH_BITS;
            if (sum != 0 && !pruned) {
                wrong.add(chain);
            }
        });
        return wrong;
    }

    private static Map<Long, State> byNumber(List<State> chains) {
        return chains.stream().collect(Collectors.toMap(State::no, Function.identity()));
    }

    /** Whether there is such an entry, if only one that nobody should have written, which is told of by itself. */
    private static boolean isKept(Database database, @Nullable State chain, long no) {
        return (chain != null && no <= Entry.no(chain.no(), chain.length()))
                || database.ask(() -> database.sql()
                                .sql("SELECT count(*) FROM decision WHERE no = ?")
                                .param(no)
                                .query(Long.class)
                                .single())
                        > 0;
    }
}
