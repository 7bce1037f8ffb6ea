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
 * Compares the table {@code decision_term}, by which decisions are found, with the terms that the decisions themselves have.
 *
 * <p>What a decision has and what a row says are read in different orders, so neither is kept: all that is said of a stretch
 * of entries is added up on one side and subtracted on the other. The numbers depend on a random key of each run, so that
 * changes cannot be constructed whose numbers cancel out.
 */
final class IndexSums {
    /** So many entries share a sum: few enough to remember the sums of any store. */
    private static final int STRETCH_BITS = 10;

    private static final int MOST_TERMS = 10_000;

    private final String key = UUID.randomUUID().toString();
    private final Map<String, Long> terms = new HashMap<>();
    private final Map<Long, Long> sums = new HashMap<>();

    /** An entry has these terms, a line each. */
    void has(long no, long keptAt, String lines) {
        IndexTerm.terms(lines).forEach(term -> add(no, number(term, keptAt, no)));
    }

    private void add(long no, long number) {
        sums.merge(no >> STRETCH_BITS, number, Long::sum);
    }

    private long number(String term, long keptAt, long no) {
        if (terms.size() > MOST_TERMS) {
            terms.clear();
        }
        long number = terms.computeIfAbsent(
                term,
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
        // What is kept from now on would never get there.
        walked.stream().filter(chain -> chain.indexed() > chain.length()).forEach(chain -> wrong.add(chain.no()));
        var beyond = new TreeMap<Long, Long>();
        long read = 0;
        List<IndexTerm> page = IndexTerm.page(database, null);
        while (!page.isEmpty()) {
            for (IndexTerm row : page) {
                long no = row.number();
                State chain = chains.get(row.chain());
                if (!row.isPossible()) {
                    wrong.add(row.chain());
                } else if (chain == null || no > Entry.no(chain.no(), chain.judged())) {
                    beyond.merge(row.chain(), no, Math::max);
                } else if (no > Entry.no(chain.no(), chain.pruned())) {
                    add(no, -number(String.valueOf(row.name()), row.moment(), no));
                }
            }
            read += page.size();
            progress.accept(read);
            page = IndexTerm.page(database, page.get(page.size() - 1));
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
            // What retention has deleted since, and the stretch it has reached, was read on one side only.
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

    /** Whether there is such an entry, even one outside its chain, which is a fault of its own. */
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
