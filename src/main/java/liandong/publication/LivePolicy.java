package liandong.publication;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyHistory;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.store.Database;
import liandong.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy that the store says is live. A thread of its own looks every second; what is live from then on is made whole
 * beside the old one and swapped in atomically, so that no request waits, and none gets some of each.
 *
 * <p>What cannot be made, or a store that does not answer, leaves the old one where it is; {@link #state} says so.
 */
public final class LivePolicy implements PolicyHistory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LivePolicy.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private final Publications publications;
    private final PolicyRepository shelf;
    private final StoredPolicies stored;
    private final Clock clock;
    /** Written by one thread at a time. */
    private volatile State state;

    private final Object bell = new Object();
    private final Thread thread;
    private final List<Consumer<State>> listeners = new CopyOnWriteArrayList<>();
    private boolean rung;
    private volatile boolean closed;
    /** When to try again what failed, by {@link System#nanoTime}, and how long to rest if it fails again. */
    private long retryAt;

    private Duration rest = LOOK;

    /**
     * What is served.
     *
     * @param publication the publication it is of
     * @param policy the policy
     * @param since when it was put in place in this process
     * @param trouble what keeps the process from serving what it should, or from knowing; null when nothing does
     * @param failures how often that happened since the process started
     */
    public record State(
            Publication publication,
            Policy policy,
            Instant since,
            @Nullable Trouble trouble,
            long failures) {}

    /**
     * What keeps a process from serving what it should.
     *
     * @param publication the publication that cannot be served; null when the store does not say which it should be
     * @param problem why
     */
    public record Trouble(@Nullable Publication publication, Problem problem) {}

    private LivePolicy(Database database, Clock clock) {
        this.publications = new Publications(database);
        this.shelf = new PolicyRepository(database, clock);
        this.stored = new StoredPolicies(shelf, clock);
        this.clock = clock;
        Publication live = publications.begun(clock.instant());
        if (live == null) {
            throw new IllegalStateException("a life begins with a publication");
        }
        this.state = new State(live, made(live), clock.instant(), null, 0);
        this.thread = new Thread(this::look, "live-policy");
        thread.setDaemon(true);
    }

    /**
     * The live policy of a store. An empty store gets the stock policy first.
     *
     * @param database the store
     * @param clock says which publications have come into force
     * @throws StoreException if the store is gone, or what is live cannot be used
     */
    public static LivePolicy open(Database database, Clock clock) {
        new PolicyLifecycle(database, clock, Gate.OPEN).begin();
        var live = new LivePolicy(database, clock);
        live.thread.start();
        return live;
    }

    private void look() {
        while (!closed) {
            try {
                converge();
            } catch (RuntimeException | Error e) { // whatever it is, the old policy stays and the next second comes
                LOG.error("the live policy cannot be looked for", e);
                trouble(null, Problem.of(Code.INTERNAL, new FileRef("policy")));
            }
            try {
                synchronized (bell) {
                    if (!rung && !closed) {
                        bell.wait(Math.max(1, untilNext().toMillis()));
                    }
                    rung = false;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Duration untilNext() {
        try {
            Instant now = clock.instant();
            Instant next = publications.next(now);
            Duration until = next == null ? LOOK : Duration.between(now, next);
            return until.compareTo(LOOK) < 0 ? until : LOOK;
        } catch (StoreException e) {
            return LOOK;
        }
    }

    /** Serves what the store says is live, or says why not. */
    synchronized void converge() {
        Publication due;
        try {
            due = publications.begun(clock.instant());
        } catch (StoreException e) {
            trouble(null, e.problem());
            return;
        }
        State current = state;
        if (due == null || Publication.ORDER.compare(due, current.publication()) <= 0) {
            // Never back to an older one because of a clock: going back is a publication of its own.
            settled(new State(current.publication(), current.policy(), current.since(), null, current.failures()));
            return;
        }
        Trouble trouble = current.trouble();
        Publication failed = trouble == null ? null : trouble.publication();
        if (failed != null && failed.no() == due.no() && System.nanoTime() < retryAt) {
            return;
        }
        if (failed == null || failed.no() != due.no()) {
            rest = LOOK;
        }
        try {
            Policy policy = made(due);
            settled(new State(due, policy, clock.instant(), null, current.failures()));
        } catch (StoreException e) {
            retryAt = System.nanoTime() + rest.toNanos();
            rest = rest.multipliedBy(2).compareTo(LONGEST_REST) < 0 ? rest.multipliedBy(2) : LONGEST_REST;
            trouble(due, e.problem());
        }
    }

    private void settled(State next) {
        State before = state;
        state = next;
        if (before.publication().no() != next.publication().no()) {
            if (next.publication().kind() == Publication.Kind.ROLLBACK) {
                LOG.warn(
                        "publication {}: {} went back to policy {} alone, without a check, the gate or a second person",
                        next.publication().no(),
                        Problem.visible(next.publication().person()),
                        next.publication().policy());
            }
            listeners.forEach(told -> told.accept(next));
        }
    }

    private synchronized void trouble(@Nullable Publication publication, Problem problem) {
        State current = state;
        if (current.trouble() == null) {
            LOG.error(
                    "serving {} although {}: {}",
                    current.policy().version(),
                    publication == null ? "the store does not say what is live" : "publication " + publication.no(),
                    problem.line(Locale.ENGLISH));
        }
        state = new State(
                current.publication(),
                current.policy(),
                current.since(),
                new Trouble(publication, problem),
                current.failures() + 1);
    }

    private Policy made(Publication publication) {
        String label = Objects.requireNonNullElse(shelf.label(publication.version()), "");
        PolicyFiles files = shelf.files(publication.content(), label);
        Policy policy = StoredPolicies.load(files, clock);
        stored.remember(policy);
        return policy;
    }

    /** Has it look at once, not within a second. */
    public void ring() {
        synchronized (bell) {
            rung = true;
            bell.notifyAll();
        }
    }

    /** Has somebody told of every publication that is put in place, in the thread that does it. */
    public void listen(Consumer<State> told) {
        listeners.add(told);
        told.accept(state);
    }

    /** What is served, and whether it is what should be. */
    public State state() {
        return state;
    }

    @Override
    public Policy get() {
        return state.policy();
    }

    @Override
    public @Nullable Policy asOf(Instant moment) {
        Publication publication = publications.at(moment);
        if (publication == null) {
            return null;
        }
        State current = state;
        return publication.version().equals(current.policy().version())
                ? current.policy()
                : version(publication.version());
    }

    @Override
    public @Nullable Policy version(String version) {
        State current = state;
        return version.equals(current.policy().version()) ? current.policy() : stored.version(version);
    }

    @Override
    public void close() {
        closed = true;
        ring();
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
