package liandong.replay;

import java.util.Locale;
import liandong.journal.Entry;
import liandong.replay.ReplayBlocker.Why;
import liandong.wire.Json;
import liandong.wire.ProblemJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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

    /**
     * The same as JSON.
     *
     * @param entry what was run again
     * @param locale the language of problems
     */
    public ObjectNode json(Entry entry, Locale locale) {
        ObjectNode json = Json.object();
        json.put("decisionId", entry.id());
        json.put("no", entry.no());
        json.put("subject", entry.subject());
        json.put("kind", entry.kind().code());
        json.put("keptAt", entry.keptAt().toString());
        json.put("policy", entry.policy());
        json.put("result", result().name());
        if (difference != null) {
            ArrayNode differences = json.putArray("differences");
            difference.first().forEach(each -> differences.add(each.json()));
            if (difference.more() > 0) {
                json.put("more", difference.more());
            }
        }
        if (obstacle != null) {
            json.put("reason", obstacle.why().name());
            if (!obstacle.problems().isEmpty()) {
                json.set("problems", ProblemJson.list(obstacle.problems(), locale));
            }
        }
        return json;
    }
}
