package liandong.publication;

import java.lang.ref.SoftReference;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import liandong.decision.Decisions;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.problem.BusyException;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Policies made of what the repository holds. Safe for use by many threads.
 *
 * <p>Those that were asked for last are kept, and others for as long as there is memory for them, so that who goes through
 * many publications makes each once. One is made at a time, so that many who ask for old ones cost no more memory than one
 * who does; whoever asks for one that is there waits for nobody, and whoever asks for one that is being made only for that.
 */
public final class StoredPolicies {
    /** Kept in any case. A policy of ten thousand rows takes some tens of megabytes. */
    private static final int KEPT = 4;

    /** Kept as long as nothing else needs the memory. */
    private static final int KEPT_SOFTLY = 64;

    /** So many wait for policies to be made; more are told at once, else they would soon be everybody. */
    private static final int MOST_WAITING = 32;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final PolicyRepository repository;
    private final Clock clock;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final Semaphore turn = new Semaphore(1, true);

    // All three are guarded by known.
    private final Map<String, Policy> known = new Latest<>(KEPT);
    private final Map<String, SoftReference<Policy>> remembered = new Latest<>(KEPT_SOFTLY);
    private final Map<String, CompletableFuture<@Nullable Policy>> underWay = new HashMap<>();

    /** What was asked for last, up to some number. */
    private static final class Latest<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1L;

        private final int most;

        Latest(int most) {
            super(most, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > most;
        }
    }

    /**
     * The policies of a repository.
     *
     * @param clock gives the moment at which a policy is made: rows that ended before its day are noted
     */
    public StoredPolicies(PolicyRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * A version that decisions were made by.
     *
     * @return null when none was
     * @throws StoreException if the store is gone, or what it holds cannot be used
     * @throws BusyException if many wait already for policies to be made
     */
    public @Nullable Policy version(String version) {
        var made = new CompletableFuture<@Nullable Policy>();
        CompletableFuture<@Nullable Policy> others;
        synchronized (known) {
            Policy policy = known(version);
            if (policy != null) {
                return policy;
            }
            others = underWay.putIfAbsent(version, made);
        }
        if (others == null) {
            return make(version, made);
        }
        return awaited(others);
    }

    private @Nullable Policy make(String version, CompletableFuture<@Nullable Policy> made) {
        try {
            Policy policy = inTurn(version);
            made.complete(policy);
            return policy;
        } catch (RuntimeException | Error e) {
            made.completeExceptionally(e);
            throw e;
        } finally {
            synchronized (known) {
                underWay.remove(version);
            }
        }
    }

    private @Nullable Policy inTurn(String version) {
        enter();
        try {
            if (!turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BusyException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException();
        } finally {
            waiting.release();
        }
        try {
            PolicyFiles files = repository.version(version);
            if (files == null) {
                return null;
            }
            Policy policy = load(files, clock);
            remember(policy);
            return policy;
        } finally {
            turn.release();
        }
    }

    private @Nullable Policy awaited(CompletableFuture<@Nullable Policy> others) {
        enter();
        try {
            return others.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException store) {
                throw new StoreException(store.problem(), store);
            }
            if (e.getCause() instanceof BusyException) {
                throw new BusyException();
            }
            throw new IllegalStateException("the policy could not be made", e);
        } catch (TimeoutException e) {
            throw new BusyException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException();
        } finally {
            waiting.release();
        }
    }

    private void enter() {
        if (!waiting.tryAcquire()) {
            throw new BusyException();
        }
    }

    /** Guarded by {@link #known}. */
    private @Nullable Policy known(String version) {
        Policy policy = known.get(version);
        if (policy == null) {
            SoftReference<Policy> soft = remembered.get(version);
            policy = soft == null ? null : soft.get();
            if (policy != null) {
                known.put(version, policy);
            }
        }
        return policy;
    }

    /** Remembers a policy that was made elsewhere. */
    void remember(Policy policy) {
        synchronized (known) {
            known.put(policy.version(), policy);
            remembered.put(policy.version(), new SoftReference<>(policy));
        }
    }

    /**
     * Makes a policy of its files.
     *
     * @throws StoreException if it cannot be used, which once it could: the program has changed since
     */
    static Policy load(PolicyFiles files, Clock clock) {
        try {
            return Decisions.policy(files, clock.instant());
        } catch (BadPolicyException e) {
            Problem first = e.problems().get(0);
            throw new StoreException(
                    Problem.of(
                            Code.UNUSABLE_POLICY,
                            new FileRef(files.label()),
                            files.version(),
                            e.problems().size(),
                            first.at() + " " + first.code()),
                    e);
        }
    }
}
