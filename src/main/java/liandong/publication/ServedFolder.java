package liandong.publication;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import liandong.check.CheckResult;
import liandong.check.PolicyCheck;
import liandong.decision.Decisions;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyHistory;
import liandong.problem.Problem;
import liandong.store.Database;
import org.jspecify.annotations.Nullable;

/**
 * A policy that is served as it lies in a folder, whatever is published: for somebody who writes one.
 *
 * <p>It is kept in the store all the same, so that what it decided can be decided again.
 */
public final class ServedFolder implements PolicyHistory {
    private final Policy policy;
    private final StoredPolicies stored;

    private ServedFolder(Policy policy, StoredPolicies stored) {
        this.policy = policy;
        this.stored = stored;
    }

    /**
     * Makes a policy of a folder's files, and keeps them.
     *
     * <p>It is held to what every published policy is held to: one error of a check keeps it from being served. It has no
     * draft's check and no second person behind it, so nothing else would see to that.
     *
     * @throws BadPolicyException if it has errors; says everything that is wrong with it
     */
    public static ServedFolder of(PolicyFiles files, Database database, Clock clock) throws BadPolicyException {
        new PolicyLifecycle(database, clock, Gate.OPEN).begin(); // policies can be proposed all the same
        var repository = new PolicyRepository(database, clock);
        // What cannot be used is not kept; what was served before under another label keeps that.
        CheckResult checked = PolicyCheck.of(files, clock.instant());
        Policy policy = checked.policy();
        List<Problem> errors = checked.problems().stream()
                .filter(problem -> problem.code().isError())
                .toList();
        if (policy == null || !errors.isEmpty()) {
            throw new BadPolicyException(policy == null ? checked.problems() : errors);
        }
        String label = repository.serve(files);
        if (!label.equals(files.label())) {
            policy = Decisions.policy(files.labelled(label), clock.instant());
        }
        return new ServedFolder(policy, new StoredPolicies(repository, clock));
    }

    @Override
    public Policy get() {
        return policy;
    }

    /** The same at every moment: nothing was published. */
    @Override
    public Policy asOf(Instant moment) {
        return policy;
    }

    @Override
    public @Nullable Policy version(String version) {
        return version.equals(policy.version()) ? policy : stored.version(version);
    }
}
