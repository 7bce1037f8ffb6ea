package liandong.replay;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import liandong.journal.Entry;
import liandong.replay.ReplayBlocker.Why;
import liandong.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How many decisions came out the same when they were run again. Not safe for use by many threads. */
public final class ReplayCount implements Progress {
    private static final int EXAMPLES = 10;

    private long same;
    private long different;
    private final Map<Why, Long> impossible = new EnumMap<>(Why.class);
    private final Map<String, Long> policiesMissing = new TreeMap<>();
    private final List<ObjectNode> examples = new ArrayList<>();

    /** No decisions yet. */
    public ReplayCount() {}

    /** What was counted before, as {@link #json} gave it. */
    public static ReplayCount of(JsonNode json) {
        var count = new ReplayCount();
        count.same = json.path("same").asLong();
        count.different = json.path("different").asLong();
        json.path("impossible")
                .properties()
                .forEach(each -> count.impossible.put(
                        Why.valueOf(each.getKey()), each.getValue().asLong()));
        json.path("policiesMissing")
                .properties()
                .forEach(each ->
                        count.policiesMissing.put(each.getKey(), each.getValue().asLong()));
        json.path("examples").forEach(each -> count.examples.add((ObjectNode) each));
        return count;
    }

    /**
     * Counts one.
     *
     * @param locale the language of an example's problems
     */
    public void add(Entry entry, Replayed replayed, Locale locale) {
        if (replayed.isAmiss() && examples.size() < EXAMPLES) {
            examples.add(Json.object(replayed.told(entry, locale)));
        }
        ReplayBlocker obstacle = replayed.obstacle();
        if (obstacle != null) {
            impossible.merge(obstacle.why(), 1L, Long::sum);
            if (obstacle.why() == Why.NO_POLICY || obstacle.why() == Why.UNUSABLE_POLICY) {
                policiesMissing.merge(entry.policy(), 1L, Long::sum);
            }
        } else if (replayed.difference() != null) {
            different++;
        } else {
            same++;
        }
    }

    @Override
    public long looked() {
        return same + different + impossible();
    }

    /** How many came out the same, byte for byte. */
    public long same() {
        return same;
    }

    /** How many came out otherwise. */
    public long different() {
        return different;
    }

    /** How many could not be run again. */
    public long impossible() {
        return impossible.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Why they could not. */
    public Map<Why, Long> obstacles() {
        var obstacles = new EnumMap<Why, Long>(Why.class);
        obstacles.putAll(impossible);
        return obstacles;
    }

    /** The versions of policies that are not there, or cannot be used, and how many decisions each made. */
    public Map<String, Long> policiesMissing() {
        return new TreeMap<>(policiesMissing);
    }

    /** The first ones that came out otherwise, or not at all though nothing is missing; see {@link Replayed#told}. */
    public List<ObjectNode> examples() {
        return List.copyOf(examples);
    }

    /** Whether all that is not masked or sealed came out the same. */
    public boolean good() {
        return different == 0 && impossible.keySet().stream().allMatch(Why::isByChoice);
    }

    @Override
    public ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("looked", looked());
        json.put("same", same);
        json.put("different", different);
        ObjectNode obstacles = json.putObject("impossible");
        impossible.forEach((why, count) -> obstacles.put(why.name(), count));
        ObjectNode missing = json.putObject("policiesMissing");
        policiesMissing.forEach(missing::put);
        ArrayNode first = json.putArray("examples");
        examples.forEach(first::add);
        return json;
    }
}
