package liandong.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import liandong.journal.Archive;
import liandong.journal.Archive.Place;
import liandong.journal.Entry;
import liandong.journal.Personal;
import liandong.outbox.Outbox.Event;
import liandong.outbox.Outbox.LostException;
import liandong.outbox.Outbox.Status;
import liandong.outbox.Outbox.Turn;
import liandong.store.Database;
import liandong.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one receiver what it has still to be sent, by turns, for as long as it is open. It has threads of its own: a receiver that
 * is slow or gone holds up nobody else.
 *
 * <p>A turn takes what is next from the journal, and what is to be tried again; sends several incidents at once and each
 * incident's decisions one after the other; and writes down what came of it in one transaction. What ends before that is sent
 * again.
 */
final class Sender implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Sender.class.getName());

    /** So many decisions are looked at in a turn. */
    static final int PAGE = 64;
    /** So many incidents are sent at once. */
    private static final int AT_ONCE = 8;
    /** So many decisions wait beside the journal for a receiver that took nothing; then nothing new is taken from it. */
    static final int MOST_WAITING = 1_000;
    /** After so many failures that are not of one event, without a success between them, the receiver as a whole is left alone for a while. */
    private static final int DOWN = 3;

    /** How long a decision waits after it was not taken the first time, the second time, …; after the last it is given up. */
    static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1));

    /** What a receiver refuses for itself is given up sooner: it would say the same tomorrow, and what follows waits behind it. */
    static final int WAITS_OF_REFUSED = 5;

    /** By a tenth more or less, so that what failed together does not come back together. */
    private static final double JITTER = 0.1;

    private static final Duration LONGEST_REST = Duration.ofMinutes(1);
    /** A receiver that wants to be left alone for longer is asked after that all the same. */
    private static final Duration LONGEST_WANTED = Duration.ofDays(1);

    private static final int MOST_DOUBLED = 6;

    /** After that nothing more is begun in a turn: what came of it must be written while this process may still send. */
    static final Duration LONGEST_TURN = Outbox.LEASE.dividedBy(4);
    /** With no less of the lease a turn is begun; what is left of it after the longest turn is for the store, and for clocks that differ. */
    static final Duration LEAST_LEFT = Outbox.LEASE.multipliedBy(2).dividedBy(3);

    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    /**
     * How a sender goes about it.
     *
     * @param patience how long an event may take
     * @param idle how long to wait when there is nothing to send
     * @param firstRest how long a receiver is left alone when it takes nothing; twice as long each time
     */
    record Pace(Duration patience, Duration idle, Duration firstRest) {
        static final Pace USUAL = new Pace(Duration.ofSeconds(15), Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    private final Receiver receiver;
    private final Outbox outbox;
    private final Archive archive;
    private final Post post;
    private final Clock clock;
    private final String holder;
    private final Pace pace;
    private final ThreadPoolExecutor pool;
    private final Thread thread;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    private volatile boolean open = true;
    private volatile @Nullable Status status;

    /** Failures without a success between them. */
    private final AtomicInteger inARow = new AtomicInteger();
    /** Turns that ended with the receiver down, one after the other. */
    private int downs;

    private Instant restUntil = Instant.EPOCH;
    private Instant heldUntil = Instant.EPOCH;
    private long asked;
    private long looked;
    private boolean told;

    /** @param holder what this process is called among those of the store */
    Sender(Receiver receiver, Database database, Personal personal, Clock clock, String holder, Pace pace) {
        this.receiver = receiver;
        this.outbox = new Outbox(database);
        this.archive = new Archive(database);
        this.clock = clock;
        this.holder = holder;
        this.pace = pace;
        this.post = new Post(receiver, personal, clock, pace.patience());
        this.pool =
                new ThreadPoolExecutor(AT_ONCE, AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    var each = new Thread(work, "webhook " + receiver.name());
                    each.setDaemon(true);
                    return each;
                });
        pool.allowCoreThreadTimeOut(true);
        this.thread = new Thread(this::run, "webhooks " + receiver.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    String name() {
        return receiver.name();
    }

    /** How many events this process has sent that were taken. */
    long delivered() {
        return delivered.get();
    }

    /** How often an event of this process was not taken. */
    long failed() {
        return failed.get();
    }

    /** How the receiver stood a few seconds ago; null while nobody has looked. */
    @Nullable
    Status status() {
        return status;
    }

    private void run() {
        boolean reachable = true;
        while (open) {
            Duration rest = pace.idle();
            try {
                Instant now = clock.instant();
                look();
                // While the receiver is left alone this process keeps it, or another would not.
                if (holds(now) && !now.isBefore(restUntil) && turn()) {
                    rest = Duration.ZERO;
                }
                if (!reachable) {
                    LOG.log(System.Logger.Level.INFO, "webhook " + receiver.name() + ": the store answers again");
                    reachable = true;
                }
            } catch (LostException e) {
                heldUntil = Instant.EPOCH;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "webhook " + receiver.name()
                                + ": another process has taken over; what was just sent may be sent" + " again");
            } catch (StoreException e) {
                if (reachable) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "webhook " + receiver.name() + " waits for the store: "
                                    + e.problem().line(Locale.ENGLISH));
                }
                reachable = false;
                rest = LOOK;
            } catch (InterruptedException e) {
                return; // only close() interrupts
            } catch (RuntimeException | Error e) {
                // Whatever it is, the thread must go on: without it nothing is sent any more.
                LOG.log(System.Logger.Level.ERROR, "webhook " + receiver.name(), e);
                rest = LOOK;
            }
            try {
                Thread.sleep(rest.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Whether this process sends; asks the store now and then only, as that is a write. */
    private boolean holds(Instant now) {
        if (now.isBefore(heldUntil.minus(LEAST_LEFT))) {
            return true;
        }
        if (heldUntil.equals(Instant.EPOCH) && asked != 0 && System.nanoTime() - asked < LOOK.toNanos()) {
            return false; // another does, or it is sent nothing
        }
        asked = System.nanoTime();
        heldUntil = outbox.hold(receiver.name(), holder, now) ? now.plus(Outbox.LEASE) : Instant.EPOCH;
        return !heldUntil.equals(Instant.EPOCH);
    }

    private void look() {
        if (status == null || System.nanoTime() - looked > LOOK.toNanos()) {
            status = outbox.status(receiver.name());
            looked = System.nanoTime();
        }
    }

    /** A decision on its way, and what becomes of it. */
    private static final class Letter {
        private final long no;
        private final Instant keptAt;
        private final String subject;
        private final int tries;
        private final Supplier<@Nullable Entry> entry;
        private Post.@Nullable Result result;
        private boolean gone;

        Letter(long no, Instant keptAt, String subject, int tries, Supplier<@Nullable Entry> entry) {
            this.no = no;
            this.keptAt = keptAt;
            this.subject = subject;
            this.tries = tries;
            this.entry = entry;
        }
    }

    /** Sends for a while; whether there may be more to send at once. */
    private boolean turn() throws InterruptedException {
        String name = receiver.name();
        Instant now = clock.instant();
        List<Event> due = outbox.due(name, now, PAGE);
        int waiting = outbox.waiting(name);
        boolean more = waiting < MOST_WAITING || outbox.heldUp(name) < MOST_WAITING;
        // Of a receiver that took nothing one decision shows whether it is back: a new one, else any, for one alone may
        // be at fault.
        boolean probe = downs > 0;
        List<Place> next = more ? outbox.next(name, probe ? 1 : PAGE) : List.of();
        if (probe && !due.isEmpty()) {
            due = next.isEmpty() ? List.of(due.get(ThreadLocalRandom.current().nextInt(due.size()))) : List.of();
        }
        if (due.isEmpty() && next.isEmpty()) {
            return false;
        }
        // What is new comes first: what the receiver has never taken must not keep it from what it would take.
        Map<String, List<Letter>> incidents = new LinkedHashMap<>();
        var fresh = new ArrayList<Letter>();
        for (Place each : next) {
            Entry entry = each.entry();
            var letter = new Letter(each.no(), each.keptAt(), entry == null ? "" : entry.subject(), 0, () -> entry);
            fresh.add(letter);
            // Behind what waits of the same incident it waits, too.
            if (waiting == 0 || !outbox.waits(name, letter.subject)) {
                incidents
                        .computeIfAbsent(letter.subject, subject -> new ArrayList<>())
                        .add(letter);
            }
        }
        var again = new ArrayList<Letter>();
        for (Event each : due) {
            var letter =
                    new Letter(each.no(), each.keptAt(), each.subject(), each.tries(), () -> archive.entry(each.no()));
            again.add(letter);
            incidents
                    .computeIfAbsent(each.subject(), subject -> new ArrayList<>())
                    .add(letter);
        }
        Throwable fault = send(List.copyOf(incidents.values()));
        write(next, again, fresh); // in any case: what was sent was sent
        if (fault instanceof StoreException store) {
            throw store;
        }
        if (fault != null) {
            throw new IllegalStateException("a decision could not be sent", fault);
        }
        return open
                && clock.instant().isAfter(restUntil)
                && (!next.isEmpty() || again.stream().anyMatch(Sender::isDone));
    }

    private static boolean isDone(Letter letter) {
        return letter.gone || (letter.result != null && letter.result.taken());
    }

    /** Sends, and returns when nothing is on its way any more: what went wrong besides, if anything did. */
    private @Nullable Throwable send(List<List<Letter>> incidents) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_TURN.toNanos();
        var enough = new AtomicBoolean();
        List<Future<?>> sent = new ArrayList<>();
        for (List<Letter> incident : incidents) {
            sent.add(pool.submit(() -> {
                for (Letter letter : incident) {
                    if (!open || enough.get() || inARow.get() >= DOWN || System.nanoTime() > end) {
                        return; // what follows waits
                    }
                    try {
                        Entry entry = letter.entry.get();
                        if (entry == null) {
                            letter.gone = true;
                            continue;
                        }
                        Post.Result result = post.send(entry);
                        letter.result = result;
                        if (result.ended() || isLeftAlone(result)) {
                            enough.set(true);
                        }
                        if (result.taken()) {
                            inARow.set(0);
                        } else {
                            inARow.addAndGet(result.ofEvent() ? 0 : 1);
                            return;
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return;
                    }
                }
            }));
        }
        Throwable fault = null;
        for (Future<?> each : sent) {
            try {
                each.get();
            } catch (ExecutionException e) {
                fault = fault == null ? e.getCause() : fault;
            }
        }
        return fault;
    }

    /** Whether the receiver wants to be left alone for a while. */
    private static boolean isLeftAlone(Post.Result result) {
        return !result.ofEvent() && result.rest().compareTo(Duration.ZERO) > 0;
    }

    private void write(List<Place> next, List<Letter> again, List<Letter> fresh) {
        Instant now = clock.instant();
        boolean down = inARow.get() >= DOWN;
        var waiting = new ArrayList<Event>();
        var taken = new ArrayList<Long>();
        long good = 0;
        long bad = 0;
        boolean ended = false;
        String fault = null;
        Duration rest = Duration.ZERO;
        for (Letter letter : again) {
            if (isDone(letter)) {
                taken.add(letter.no);
            } else if (letter.result != null) {
                waiting.add(failed(letter, letter.result, down, now));
            }
        }
        for (Letter letter : fresh) {
            if (letter.gone) {
                // What no journal writes is nobody's decision; verify tells of it.
                waiting.add(new Event(letter.no, letter.keptAt, letter.subject, 0, now, "UNREADABLE", now));
            } else if (letter.result == null) {
                waiting.add(new Event(letter.no, letter.keptAt, letter.subject, 0, now, "", null));
            } else if (!letter.result.taken()) {
                waiting.add(failed(letter, letter.result, down, now));
            }
        }
        var all = new ArrayList<>(again);
        all.addAll(fresh);
        for (Letter letter : all) {
            Post.Result result = letter.result;
            if (result != null) {
                good += result.taken() ? 1 : 0;
                bad += result.taken() ? 0 : 1;
                ended |= result.ended();
                fault = result.taken() ? fault : result.fault();
                rest = isLeftAlone(result) && rest.compareTo(result.rest()) < 0 ? result.rest() : rest;
            }
        }
        if (good > 0) {
            fault = "";
        }
        outbox.write(receiver.name(), holder, new Turn(next, waiting, taken, good, bad, fault, ended), now);
        heldUntil = ended ? Instant.EPOCH : now.plus(Outbox.LEASE);
        delivered.addAndGet(good);
        failed.addAndGet(bad);
        tell(fault, ended, waiting);
        rest = shorter(rest, LONGEST_WANTED);
        if (down) {
            downs++;
            Duration alone = pace.firstRest().multipliedBy(1L << Math.min(MOST_DOUBLED, downs - 1));
            alone = shorter(alone, LONGEST_REST);
            rest = alone.compareTo(rest) < 0 ? rest : alone;
            inARow.set(DOWN - 1); // the next one shows whether it is back
        } else if (good + bad > 0) {
            downs = 0; // else nothing was sent, which shows nothing
        }
        restUntil = rest.isZero() ? Instant.EPOCH : now.plus(rest);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * A decision that was not taken, as it waits now or is given up. That the receiver takes nothing at all, or wants to be left
     * alone, is no try of the decision: it waits for the receiver, for as long as that lasts.
     */
    private static Event failed(Letter letter, Post.Result result, boolean down, Instant now) {
        if (!result.ofEvent() && (down || isLeftAlone(result))) {
            return new Event(letter.no, letter.keptAt, letter.subject, letter.tries, now, result.fault(), null);
        }
        int tries = letter.tries + 1;
        if (tries > (result.ofEvent() ? WAITS_OF_REFUSED : WAITS.size())) {
            return new Event(letter.no, letter.keptAt, letter.subject, tries, now, result.fault(), now);
        }
        Duration wait = WAITS.get(tries - 1);
        double jitter = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        Instant nextAt = now.plusMillis((long) (wait.toMillis() * jitter));
        Instant wanted = now.plus(shorter(result.rest(), LONGEST_WANTED));
        nextAt = wanted.isAfter(nextAt) ? wanted : nextAt;
        return new Event(letter.no, letter.keptAt, letter.subject, tries, nextAt, result.fault(), null);
    }

    /** Tells the operator what is new, once. */
    private void tell(@Nullable String fault, boolean ended, List<Event> waiting) {
        if (ended) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "webhook " + receiver.name() + " answers 410 and is sent nothing more, until: webhooks resume "
                            + receiver.name());
        } else if (fault != null && fault.isEmpty() && told) {
            LOG.log(System.Logger.Level.INFO, "webhook " + receiver.name() + " takes events again");
            told = false;
        } else if (fault != null && !fault.isEmpty() && !told) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "webhook " + receiver.name() + " does not take events: " + fault + "; it is tried again");
            told = true;
        }
        long dead = waiting.stream().filter(each -> each.deadAt() != null).count();
        if (dead > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "webhook " + receiver.name() + ": " + dead + " decisions were given up; see: webhooks dead "
                            + receiver.name());
        }
    }

    /** Ends what is under way, and lets another process go on. */
    @Override
    public void close() {
        open = false;
        try {
            thread.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        pool.shutdownNow();
        try {
            outbox.letGo(receiver.name(), holder);
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.DEBUG, "the store is gone; its lease runs out", e);
        }
    }
}
