package liandong.engine;

import java.util.List;
import liandong.table.NearMiss;
import org.jspecify.annotations.Nullable;

/**
 * A decision, what it was made of, and what nearly changed it.
 *
 * @param decision the decision
 * @param evidence every finding with its rule, in the order the rules fired
 * @param nearMisses rows that nearly applied; empty unless asked for
 * @param <D> the kind of decision
 */
public record EngineResult<D>(D decision, List<Evidence<Finding>> evidence, List<NearMiss> nearMisses) {
    /** The first finding of a kind; null when no rule made one. */
    public <F extends Finding> @Nullable F finding(Class<F> kind) {
        return evidence.stream()
                .map(Evidence::finding)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElse(null);
    }
}
