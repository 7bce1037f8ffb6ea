package liandong.journal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionWatch;
import liandong.problem.Code;
import liandong.problem.KeyInUseException;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.store.Database;
import liandong.store.RequestKey;
import liandong.store.RequestKeys;
import liandong.store.StoreException;
import liandong.wire.AnswerShape;
import liandong.wire.JournalReceipt;
import liandong.wire.Json;
import liandong.wire.NotKeptException;
import liandong.wire.PendingResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps answers. Safe for use by many threads.
 *
 * <p>One thread writes: whatever has come meanwhile goes into one transaction, so that concurrent answers are committed
 * together: one fsync per batch (group commit). The entries of one run of one process form a chain. What they are found by is
 * written behind them ({@link TermIndex}): no answer waits for it.
 *
 * <p>While there is nothing to write, that thread looks every second whether it could be written, so that {@link
 * #isWriting} is true of now, and not of the last answer.
 */
public final class Journal implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Journal.class.getName());

    /** Most entries in one transaction. */
    static final int BATCH = 500;

    /** Most entries that wait; when so many do, the store is too slow and it is kinder to say so at once. */
    private static final int MOST_WAITING = 10_000;

    /** How long an answer waits to be kept. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How often the store is asked whether it is there, while nobody asks for a decision. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** A store that keeps the writer waiting for so long is gone, though it has not said so. */
    private static final Duration HANGING = Duration.ofSeconds(5);

    private static final RequestPointer ROOT = new RequestPointer("");

    private final Keeping keeping;
    private final Personal personal;
    private final Clock clock;
    private final String program;
    private final SharedTexts shared = new SharedTexts();
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong notKept = new AtomicLong();
    private final @Nullable TermIndex index;
    private final @Nullable Thread writer;
    private volatile DecisionWatch watch = DecisionWatch.NOBODY;
    private volatile boolean open = true;
    private volatile boolean writing = true;
    /** Since when the writer waits for the store, by {@link System#nanoTime}; 0 when it does not. */
    private volatile long askingSince;

    /** What could not be written last; belongs to the writer. */
    private @Nullable Waiting unwritten;

    /** The chain of this run; 0 before it has begun. Belongs to the writer. */
    private long chain;

    /** How many entries the chain has, and the last one's hash; null when they must be read from the store again. */
    private long length;

    private @Nullable String head;

    /** An entry that waits to be written, and who waits for it. */
    private static final class Waiting {
        private final Entry entry;
        private final long since = System.nanoTime();
        /** Its texts; null when they stay as they are. */
        private final byte @Nullable [] packed;
        /** Texts that are to be shared by the entries after it. */
        private final List<String> wanted = new ArrayList<>();

        /** The key that its request was sent under; null for none. */
        private final @Nullable RequestKey key;

        private final CompletableFuture<Void> done = new CompletableFuture<>();
        /** Done once whoever has to know of it before the caller does knows it. */
        private CompletableFuture<Void> told = done;

        Waiting(Entry entry, SharedTexts shared, @Nullable RequestKey key) {
            this.entry = entry;
            this.key = key;
            this.packed = Packing.packed(
                    new Packing.Texts(
                            entry.request(), entry.answer(), String.join("\n", entry.marks()), entry.policy()),
                    text -> shared.number(text, wanted));
        }
    }

    private Journal(@Nullable Database database, Keeping keeping, Personal personal, Clock clock, String program) {
        this.keeping = keeping;
        this.personal = personal;
        this.clock = clock;
        this.program = program;
        if (database == null) {
            index = null;
            writer = null;
        } else {
            index = new TermIndex(database);
            writer = new Thread(() -> write(database), "journal");
            writer.setDaemon(true);
            writer.start();
        }
    }

    /**
     * A journal.
     *
     * @param database where it is kept; stays the caller's to close, after the journal
     * @param keeping what becomes of an answer that cannot be kept
     * @param personal what is done to personal fields
     * @param clock gives the time of each entry
     * @param program name and version of what answers
     */
    public static Journal in(Database database, Keeping keeping, Personal personal, Clock clock, String program) {
        return new Journal(keeping == Keeping.OFF ? null : database, keeping, personal, clock, program);
    }

    /** A journal that keeps nothing. */
    public static Journal off() {
        return new Journal(null, Keeping.OFF, Personal.kept(), Clock.systemUTC(), "");
    }

    /**
     * Writes down an answer.
     *
     * @param caller who asked
     * @return the answer; it is returned only after it is in the journal
     * @throws NotKeptException if it is known already that it cannot be written down
     */
    public PendingResponse keep(DecisionRecord<?, ?> answered, String caller) {
        return keep(answered, caller, Set.of());
    }

    /**
     * Writes down an answer that others than who asked may read too.
     *
     * @param caller who asked
     * @param readers for whom: callers who find it among their own
     * @return the answer; it is returned only after it is in the journal
     * @throws NotKeptException if it is known already that it cannot be written down
     */
    public PendingResponse keep(DecisionRecord<?, ?> answered, String caller, Set<String> readers) {
        String answer = answered.json();
        if (keeping == Keeping.OFF) {
            tellOf(answered);
            return new PendingResponse(answer, JournalReceipt.NOTHING);
        }
        long begun = System.nanoTime();
        Entry entry = entry(answered, answer, caller, readers);
        return new PendingResponse(answer, told(answered, entry, begun, keep(entry)));
    }

    /**
     * Writes down an answer together with the key that its request was sent under: both, or neither. When somebody else has
     * had the key, waiting for it ends with a {@link KeyInUseException}, and the answer must not be returned.
     *
     * @param caller who asked
     * @param settled run once it is known what has come of it, unless this throws
     * @throws NotKeptException if it is known already that it cannot be written down
     */
    public PendingResponse keep(DecisionRecord<?, ?> answered, String caller, RequestKey key, Runnable settled) {
        String answer = answered.json();
        if (keeping == Keeping.OFF) {
            tellOf(answered);
            settled.run();
            return new PendingResponse(answer, JournalReceipt.NOTHING);
        }
        long begun = System.nanoTime();
        Entry entry = entry(answered, answer, caller, Set.of());
        return new PendingResponse(answer, told(answered, entry, begun, keep(entry, key, settled)));
    }

    /** Has somebody told what is answered from now on, and how long answers wait. */
    public void watchedBy(DecisionWatch watch) {
        this.watch = watch;
    }

    /** Tells of an answer that has no entry to say what came of it. */
    private void tellOf(DecisionRecord<?, ?> answered) {
        DecisionWatch told = watch;
        if (told != DecisionWatch.NOBODY) {
            List<String> marks = SearchTerms.desk(answered);
            told.answered(
                    answered,
                    SearchTerms.outcome(answered),
                    marks.contains(SearchTerms.LEFT),
                    marks.contains(SearchTerms.DANGER));
        }
    }

    /** The same receipt; how long it is waited for is told, and then the answer: one that is not kept is not given. */
    private JournalReceipt told(DecisionRecord<?, ?> answered, Entry entry, long begun, JournalReceipt receipt) {
        DecisionWatch told = watch;
        if (told == DecisionWatch.NOBODY) {
            return receipt;
        }
        if (receipt == JournalReceipt.NOTHING) {
            tell(told, answered, entry);
            return receipt;
        }
        var first = new AtomicBoolean(true);
        return () -> {
            try {
                receipt.await();
            } finally {
                told.took(answered.decision(), DecisionWatch.Part.KEEP, begun);
            }
            if (first.getAndSet(false)) {
                tell(told, answered, entry);
            }
        };
    }

    private static void tell(DecisionWatch watch, DecisionRecord<?, ?> answered, Entry entry) {
        watch.answered(
                answered,
                entry.outcome(),
                entry.marks().contains(SearchTerms.LEFT),
                entry.marks().contains(SearchTerms.DANGER));
    }

    /** The same of an entry. */
    JournalReceipt keep(Entry entry, RequestKey key, Runnable settled) {
        var waiting = new Waiting(entry, shared, key);
        waiting.told = waiting.done.whenComplete((done, thrown) -> settled.run());
        return keep(waiting);
    }

    private Entry entry(DecisionRecord<?, ?> answered, String answer, String caller, Set<String> readers) {
        String outcome = SearchTerms.outcome(answered);
        String id = answered.whole().decisionId();
        Instant now = Instant.ofEpochMilli(clock.millis());
        String identity = Personal.identity(id, now);
        ObjectNode request = answered.request().request();
        RowsOfText rows = personal.hidesText(request) ? RowsOfText.of(answered.policy()) : RowsOfText.NONE;
        List<String> marks = SearchTerms.of(answered, outcome, caller, readers, rows.ids(), watch.trace());
        return new Entry(
                0,
                id,
                now,
                answered.decision(),
                answered.subject(),
                outcome,
                answered.policy().version(),
                caller,
                personal.how(),
                Json.write(personal.hidden(request, identity)),
                personal.hiddenAnswer(request, answer, quotes(answered), rows.ids(), identity),
                marks);
    }

    /** The texts of an answer that may be the reporter's words: what shows why it is as it is, in no word of a set. */
    private Set<Personal.Quote> quotes(DecisionRecord<?, ?> answered) {
        var quotes = new HashSet<Personal.Quote>();
        if (personal.how() != Personal.How.KEPT) {
            AnswerShape.visit(answered.said(), (component, trace, value) -> {
                if (trace && value instanceof String text) {
                    quotes.add(new Personal.Quote(component.json(), text));
                }
            });
        }
        return quotes;
    }

    /** Keeps an entry; what it gives is to be waited for. */
    JournalReceipt keep(Entry entry) {
        return keep(new Waiting(entry, shared, null));
    }

    private JournalReceipt keep(Waiting waiting) {
        boolean taken = open && queue.offer(waiting);
        if (keeping == Keeping.BEST_EFFORT) {
            if (!taken) {
                notKept.incrementAndGet();
                waiting.done.complete(null);
            }
            // Whoever sent a key must not be told one thing, and another when they ask again.
            return taken && waiting.key != null ? () -> tryToAwait(waiting.told) : JournalReceipt.NOTHING;
        }
        if (!taken) {
            notKept.incrementAndGet();
            throw unwritable(null);
        }
        return () -> await(waiting.told);
    }

    private static void tryToAwait(CompletableFuture<Void> done) {
        try {
            await(done);
        } catch (NotKeptException e) {
            // It is given all the same.
        }
    }

    private static void await(CompletableFuture<Void> done) {
        try {
            done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KeyInUseException ? new KeyInUseException() : unwritable(e);
        } catch (TimeoutException e) {
            throw unwritable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unwritable(e);
        }
    }

    private static NotKeptException unwritable(@Nullable Throwable cause) {
        return new NotKeptException(Problem.of(Code.JOURNAL_UNWRITABLE, ROOT), cause);
    }

    private void write(Database database) {
        var batch = new ArrayList<Waiting>(BATCH);
        long looked = System.nanoTime();
        while (open || !queue.isEmpty()) {
            try {
                Waiting first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first == null && System.nanoTime() - looked < LOOK.toNanos()) {
                    continue;
                }
                long now = System.nanoTime();
                askingSince = now == 0 ? 1 : now;
                if (first == null) {
                    probe(database);
                } else {
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                    kept.addAndGet(appendFree(database, batch));
                }
                if (!writing) {
                    LOG.log(System.Logger.Level.INFO, "the journal can be written again");
                    writing = true;
                    unwritten = null;
                }
                batch.forEach(each -> each.done.complete(null));
            } catch (StoreException e) {
                failed(batch, e);
            } catch (InterruptedException e) {
                return; // only close() interrupts, and it has waited
            } catch (RuntimeException | Error e) {
                // Whatever it is, the thread must go on: without it nothing is answered any more.
                failed(batch, e);
            } finally {
                batch.clear();
                if (askingSince != 0) {
                    askingSince = 0;
                    looked = System.nanoTime();
                }
            }
        }
    }

    /** Thrown so that what was written is undone. */
    private static final class UndoneException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UndoneException() {
            super("undone", null, false, false);
        }
    }

    /** Finds out whether the journal could be written; throws what keeps it from that. */
    private void probe(Database database) {
        if (writing) {
            database.ask(() -> database.sql()
                    .sql("SELECT count(*) FROM chain WHERE no = ?")
                    .param(chain)
                    .query(Long.class)
                    .single());
            return;
        }
        Waiting again = unwritten;
        if (again != null) {
            head = null;
            var batch = new Batch(database, List.of(again));
            try {
                database.transact(() -> {
                    batch.insert(database);
                    throw new UndoneException();
                });
            } catch (UndoneException e) {
                // as it should be
            }
        }
        // What is undone does not reach the disk, which may be full.
        database.transact(() -> database.sql()
                .sql("UPDATE chain SET pruned = pruned WHERE no = ?")
                .param(chain)
                .update());
    }

    private void failed(List<Waiting> batch, Throwable thrown) {
        if (writing) {
            if (thrown instanceof StoreException store) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "the journal cannot be written: " + store.problem().line(Locale.ENGLISH));
            } else {
                LOG.log(System.Logger.Level.ERROR, "the journal cannot be written", thrown);
            }
            writing = false;
        }
        if (!batch.isEmpty()) {
            unwritten = batch.get(0);
        }
        notKept.addAndGet(batch.size());
        head = null; // whatever has been written of it, the store knows better
        batch.forEach(each -> each.done.completeExceptionally(thrown));
    }

    /** Thrown so that what was written is undone: somebody else has had keys of a batch. */
    private static final class TakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Set<String> ids;

        TakenException(Set<String> ids) {
            super("taken", null, false, false);
            this.ids = ids;
        }
    }

    /** Appends those entries whose keys, if they have any, nobody has had; gives how many. */
    private int appendFree(Database database, List<Waiting> entries) {
        var free = new ArrayList<>(entries);
        while (!free.isEmpty()) {
            try {
                append(database, List.copyOf(free));
                return free.size();
            } catch (TakenException e) {
                free.removeIf(each -> {
                    boolean taken = each.key != null && e.ids.contains(each.key.id());
                    if (taken) {
                        each.done.completeExceptionally(new KeyInUseException());
                    }
                    return taken;
                });
            }
        }
        return 0;
    }

    /** Appends entries; retries once, so that a short interruption of the store fails no request. */
    private void append(Database database, List<Waiting> entries) {
        var batch = new Batch(database, entries);
        try {
            batch.write(database);
        } catch (StoreException e) {
            if (writing) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the journal is written a second time: " + e.problem().line(Locale.ENGLISH));
            }
            head = null;
            // It may have been written all the same, if the store went while it said so.
            if (!begin(database).equals(batch.last)) {
                batch = new Batch(database, entries);
                batch.write(database);
            }
        }
        length = batch.from + entries.size();
        head = batch.last;
        shared.learnt(batch.numbered);
        if (index != null) {
            index.kept(batch.terms);
        }
    }

    /** Entries in their places of the chain, ready to be written. */
    private final class Batch {
        private final long from;
        private final List<Object[]> rows = new ArrayList<>();
        private final List<Indexed> terms = new ArrayList<>();
        private final Set<String> wanted = new HashSet<>();
        private final Map<RequestKey, Long> keys = new HashMap<>();
        private final String last;

        /** What the texts that it brings are named by. */
        private Map<String, Long> numbered = Map.of();

        Batch(Database database, List<Waiting> entries) {
            String hash = head == null ? begin(database) : head;
            from = length;
            for (Waiting each : entries) {
                Entry entry = Entries.at(Entry.no(chain, from + rows.size() + 1), each.entry);
                hash = Chain.next(hash, Entries.fields(entry));
                rows.add(Entries.row(entry, each.packed, hash));
                wanted.addAll(each.wanted);
                terms.add(Indexed.of(entry));
                if (each.key != null) {
                    keys.put(each.key, entry.no());
                }
            }
            last = hash;
        }

        private void insert(Database database) {
            database.batches().batchUpdate(Entries.INSERT, rows);
            numbered = SharedTexts.numbered(database, wanted);
        }

        void write(Database database) {
            database.transact(() -> {
                Set<String> taken = RequestKeys.keep(database, Instant.ofEpochMilli(clock.millis()), keys);
                if (!taken.isEmpty()) {
                    throw new TakenException(taken);
                }
                insert(database);
                int chains = database.sql()
                        .sql("UPDATE chain SET length = ?, head = ? WHERE no = ? AND length = ?")
                        .params(from + rows.size(), last, chain, from)
                        .update();
                if (chains != 1) {
                    throw new IllegalStateException("chain " + chain + " is not as this process left it");
                }
                return chains;
            });
        }
    }

    /** Begins the chain of this run, or finds where it has got to; gives the last hash. */
    private String begin(Database database) {
        if (chain > 0) {
            Chains.State state = Chains.state(database, chain);
            length = state.length();
            return state.head();
        }
        shared.learn(database);
        chain = Chains.begin(database, host(), program, clock.millis());
        length = 0;
        return Chains.state(database, chain).head();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName() + " "
                    + ProcessHandle.current().pid();
        } catch (UnknownHostException e) {
            return "localhost " + ProcessHandle.current().pid();
        }
    }

    /** What becomes of an answer that cannot be kept. */
    public Keeping keeping() {
        return keeping;
    }

    /** How many answers this process has kept. */
    public long kept() {
        return kept.get();
    }

    /** How many answers this process could not keep; by {@link #keeping()} they were given all the same, or not. */
    public long notKept() {
        return notKept.get();
    }

    /** How many answers wait to be kept. */
    public int waiting() {
        return queue.size();
    }

    /** For how long the answer has waited that waits the longest; zero when none does. */
    public Duration lag() {
        Waiting first = queue.peek();
        long since = askingSince;
        long now = System.nanoTime();
        long waited = Math.max(first == null ? 0 : now - first.since, since == 0 ? 0 : now - since);
        return Duration.ofNanos(Math.max(0, waited));
    }

    /** Whether it can be written: by the last write, or the last look a second ago. */
    public boolean isWriting() {
        long since = askingSince;
        return writing && (since == 0 || System.nanoTime() - since < HANGING.toNanos());
    }

    /** Writes what waits, and ends. */
    @Override
    public void close() {
        open = false;
        if (writer != null) {
            try {
                writer.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            writer.interrupt();
        }
        if (index != null) {
            index.close();
        }
    }
}
