package liandong.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which decisions are wanted: those that meet every condition.
 *
 * @param from kept at this moment or later; null for all
 * @param to kept before this moment; null for all
 * @param subject of this incident; null for all
 * @param marks with all of these, see {@link SearchTerms}
 * @param either with at least one of each of these groups besides
 */
public record DecisionQuery(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String subject,
        List<String> marks,
        List<List<String>> either) {
    /** Decisions with all of some marks. */
    public DecisionQuery(@Nullable Instant from, @Nullable Instant to, @Nullable String subject, List<String> marks) {
        this(from, to, subject, marks, List.of());
    }

    /** All decisions. */
    public static final DecisionQuery ALL = new DecisionQuery(null, null, null, List.of());

    /**
     * Of these decisions, those asked for by a caller.
     *
     * @param caller null for all callers
     */
    public DecisionQuery askedBy(@Nullable String caller) {
        if (caller == null) {
            return this;
        }
        var all = new ArrayList<String>(marks);
        all.add(SearchTerms.caller(caller));
        return new DecisionQuery(from, to, subject, List.copyOf(all), either);
    }
}
