package liandong.web;

import java.time.Instant;
import java.util.function.Supplier;
import liandong.policy.Policy;
import liandong.policy.PolicyHistory;
import org.jspecify.annotations.Nullable;

/**
 * A history of one policy, which has been live since 1970.
 *
 * @param policy the policy
 */
record OnePolicy(Supplier<Policy> policy) implements PolicyHistory {
    @Override
    public Policy get() {
        return policy.get();
    }

    @Override
    public @Nullable Policy asOf(Instant moment) {
        return moment.isBefore(Instant.EPOCH) ? null : get();
    }

    @Override
    public @Nullable Policy version(String version) {
        return version.equals(get().version()) ? get() : null;
    }
}
