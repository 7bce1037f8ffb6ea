package liandong.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import liandong.journal.Archive;
import liandong.journal.Archive.Cursor;
import liandong.journal.Archive.Found;
import liandong.journal.DecisionQuery;
import liandong.journal.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the decisions of an archive on all cores, and takes what came of each in their order.
 *
 * <p>Never more than a page and a few handfuls are in memory, however many there are. As results are taken in order, the
 * place of the last one says all that has been done.
 */
public final class JournalScan {
    private static final int PAGE = 500;

    /** Large enough that handing it over costs nothing, small enough that a stop is quick. */
    private static final int HANDFUL = 50;

    /** So many are read, and handed over, first. */
    private static final int FIRST = 10;

    private final Archive archive;
    private final DecisionQuery search;
    private final boolean newestFirst;
    private final int threads;
    private final int page;
    private final int handful;

    private JournalScan(
            Archive archive, DecisionQuery search, boolean newestFirst, int threads, int page, int handful) {
        this.archive = archive;
        this.search = search;
        this.newestFirst = newestFirst;
        this.threads = threads;
        this.page = page;
        this.handful = handful;
    }

    /**
     * A sweep from the oldest decision to the newest.
     *
     * @param threads how many decide at once, at least 1
     */
    public static JournalScan oldestFirst(Archive archive, DecisionQuery search, int threads) {
        return new JournalScan(archive, search, false, threads, PAGE, HANDFUL);
    }

    /** A sweep from the newest decision to the oldest; see {@link #oldestFirst}. */
    static JournalScan newestFirst(Archive archive, DecisionQuery search, int threads) {
        return new JournalScan(archive, search, true, threads, PAGE, HANDFUL);
    }

    /** The same sweep in smaller steps. */
    JournalScan inStepsOf(int page, int handful) {
        return new JournalScan(archive, search, newestFirst, threads, page, handful);
    }

    /**
     * Takes what came of one decision after another.
     *
     * @param <R> what comes of a decision
     */
    @FunctionalInterface
    public interface Taker<R> {
        /** Takes what came of a decision; called by one thread, in the order of the decisions. */
        void take(Entry entry, R result);
    }

    /** A few decisions, and what comes of them. */
    private record Handful<R>(List<Entry> entries, Future<List<R>> results) {}

    /**
     * Goes through the decisions.
     *
     * @param after where an earlier sweep ended; null to begin
     * @param work done for each decision, by many threads at once
     * @param taker takes what came of it
     * @param reached told now and then up to which place everything has been taken
     * @param stop asked now and then whether to stop
     * @return whether all was gone through
     */
    public <R> boolean run(
            @Nullable Cursor after,
            Function<Entry, R> work,
            Taker<R> taker,
            Consumer<Cursor> reached,
            BooleanSupplier stop) {
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
            var thread = new Thread(task, "sweep");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Deque<Handful<R>> ahead = new ArrayDeque<>();
            var source = new Source(after);
            while (true) {
                while (ahead.size() < 4 * threads && source.hasNext()) {
                    List<Entry> entries = source.next();
                    Callable<List<R>> task = () -> {
                        var results = new ArrayList<R>(entries.size());
                        for (Entry entry : entries) {
                            results.add(work.apply(entry));
                        }
                        return results;
                    };
                    ahead.add(new Handful<>(entries, workers.submit(task)));
                }
                if (ahead.isEmpty()) {
                    return true;
                }
                if (stop.getAsBoolean()) {
                    return false;
                }
                reached.accept(take(ahead.remove(), taker));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            workers.shutdownNow();
        }
    }

    private static <R> Cursor take(Handful<R> handful, Taker<R> taker) throws InterruptedException {
        List<R> results;
        try {
            results = handful.results().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e.getCause());
        }
        Iterator<R> result = results.iterator();
        handful.entries().forEach(entry -> taker.take(entry, result.next()));
        Entry last = handful.entries().get(results.size() - 1);
        return new Cursor(last.keptAt().toEpochMilli(), last.no());
    }

    /** Handfuls of decisions, read page by page. */
    private final class Source {
        private List<Entry> rest = List.of();
        private @Nullable Cursor next;
        private boolean ended;
        private boolean begun;

        Source(@Nullable Cursor after) {
            next = after;
        }

        boolean hasNext() {
            if (rest.isEmpty() && !ended) {
                // Who waits for the first results gets them before a whole page is read.
                int most = begun ? page : Math.min(page, FIRST);
                begun = true;
                Found found = newestFirst ? archive.newest(search, next, most) : archive.oldest(search, next, most);
                rest = found.entries();
                next = found.next();
                ended = next == null;
            }
            return !rest.isEmpty();
        }

        List<Entry> next() {
            int most = Math.min(handful, rest.size());
            List<Entry> some = List.copyOf(rest.subList(0, most));
            rest = rest.subList(most, rest.size());
            return some;
        }
    }
}
