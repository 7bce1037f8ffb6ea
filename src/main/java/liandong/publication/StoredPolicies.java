package liandong.publication;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import liandong.decision.Decisions;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Policies made of what the repository holds. A few that were asked for last are kept; one is made at a time, so that many who
 * ask for old ones at once cost no more memory than one who does.
 */
public final class StoredPolicies {
    /** A policy of ten thousand rows takes some tens of megabytes. */
    private static final int KEPT = 4;

    private final PolicyRepository repository;
    private final Clock clock;
    private final Map<String, Policy> known = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Policy> eldest) {
            return size() > KEPT;
        }
    };

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
     */
    public synchronized @Nullable Policy version(String version) {
        Policy policy = known.get(version);
        if (policy == null) {
            PolicyFiles files = repository.version(version);
            if (files == null) {
                return null;
            }
            policy = load(files, clock);
            known.put(version, policy);
        }
        return policy;
    }

    /** Remembers a policy that was made elsewhere. */
    synchronized void remember(Policy policy) {
        known.put(policy.version(), policy);
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
