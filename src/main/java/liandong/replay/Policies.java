package liandong.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.replay.ReplayBlocker.Why;
import liandong.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The policies that decisions were made by, each made once as long as it is among those asked for last. Safe for use by
 * many threads.
 */
final class Policies {
    /** Decisions go by in the order of time, so that few policies are wanted at once; each takes tens of megabytes. */
    private static final int KEPT = 4;

    private final Function<String, @Nullable Policy> source;
    private final Map<String, Found> found = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Found> eldest) {
            return size() > KEPT;
        }
    };

    /** A policy, or why there is none. */
    private record Found(@Nullable Policy policy, ReplayBlocker otherwise) {}

    Policies(Function<String, @Nullable Policy> source) {
        this.source = source;
    }

    /**
     * The policy of a version.
     *
     * @throws ReplayBlockedException if it is not kept, or cannot be used
     * @throws StoreException if the store is gone
     */
    synchronized Policy version(String version) throws ReplayBlockedException {
        Found known = found.get(version);
        if (known == null) {
            known = find(version);
            found.put(version, known);
        }
        if (known.policy() == null) {
            throw new ReplayBlockedException(known.otherwise());
        }
        return known.policy();
    }

    private Found find(String version) {
        try {
            return new Found(source.apply(version), ReplayBlocker.of(Why.NO_POLICY));
        } catch (StoreException e) {
            if (e.problem().code() == Code.STORE_UNREACHABLE) {
                throw e; // another time it may be there
            }
            return new Found(null, new ReplayBlocker(Why.UNUSABLE_POLICY, List.of(e.problem())));
        }
    }
}
