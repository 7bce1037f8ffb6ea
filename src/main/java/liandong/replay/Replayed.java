package liandong.replay;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import liandong.decision.Decision;
import liandong.incident.Member;
import liandong.journal.Entry;
import liandong.replay.ReplayBlocker.Why;
import liandong.wire.ProblemJson;
import org.jspecify.annotations.Nullable;

/**
 * What came of running a decision again.
 *
 * @param difference where the answer differs from the one that was given; null when it is the same byte for byte, or
 *     there is none
 * @param obstacle why it cannot be run again; null when it can
 */
public record Replayed(
        Difference.@Nullable All difference, @Nullable ReplayBlocker obstacle) {
    static final Replayed SAME = new Replayed(null, null);

    /** What came of it, in a word. */
    public enum Result {
        /** The answer is the same, byte for byte. */
        SAME,
        /** The answer is another. */
        DIFFERENT,
        /** There is no answer. */
        IMPOSSIBLE
    }

    /** What came of it, in a word. */
    public Result result() {
        return obstacle != null ? Result.IMPOSSIBLE : difference != null ? Result.DIFFERENT : Result.SAME;
    }

    /** Whether this decision itself must be looked at: it came out otherwise, or not at all though nothing is missing. */
    public boolean isAmiss() {
        return difference != null
                || (obstacle != null && (obstacle.why() == Why.NOT_UNDERSTOOD || obstacle.why() == Why.FAILED));
    }

    /** What came of one, as JSON. */
    public record Report(
            @Member(meaning = "the decision's id (UUIDv7)", example = "\"019e2f3c-1a00-7b0e-9f3c-2d1e4f5a6b7c\"")
            String decisionId,

            @Member(meaning = "its place in the journal", example = "42")
            long no,

            @Member(meaning = "the incident's id; of a period, its bodies", example = "\"SC-2026-000123\"")
            String subject,

            @Member(meaning = "which decision it is") Decision<?, ?> kind,
            @Member(meaning = "when it was kept") Instant keptAt,

            @Member(
                    meaning = "the version of the policy it was decided by",
                    example = "\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"")
            String policy,

            @Member(meaning = "what came of it; SAME is byte for byte")
            Result result,

            @Member(meaning = "where the answer differs, the first places; only when DIFFERENT") @Nullable
            List<Difference> differences,

            @Member(meaning = "how many places there are besides; absent for none", example = "3") @Nullable
            Integer more,

            @Member(meaning = "why it cannot be run again; only when IMPOSSIBLE") @Nullable
            Why reason,

            @Member(meaning = "what exactly stands in the way, where it can be said", leftOutWhenEmpty = true)
            List<ProblemJson.Fault> problems) {}

    /**
     * The same as JSON.
     *
     * @param entry what was run again
     * @param locale the language of problems
     */
    public Report told(Entry entry, Locale locale) {
        return new Report(
                entry.id(),
                entry.no(),
                entry.subject(),
                entry.kind(),
                entry.keptAt(),
                entry.policy(),
                result(),
                difference == null ? null : difference.first(),
                difference == null || difference.more() == 0 ? null : difference.more(),
                obstacle == null ? null : obstacle.why(),
                obstacle == null ? List.of() : ProblemJson.list(obstacle.problems(), locale));
    }
}
