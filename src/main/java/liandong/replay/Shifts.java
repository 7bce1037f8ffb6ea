package liandong.replay;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far due times move, as counts of minutes: to the minute below two days, beyond that to the hour, so that there are
 * only so many different ones.
 */
final class Shifts {
    private static final long EXACT = 2 * 24 * 60;
    private static final long HOUR = 60;

    private final NavigableMap<Long, Long> counts = new TreeMap<>();

    void add(long minutes) {
        long rounded = Math.abs(minutes) < EXACT ? minutes : Math.round((double) minutes / HOUR) * HOUR;
        counts.merge(rounded, 1L, Long::sum);
    }

    /**
     * Some of the moves.
     *
     * @param count how many
     * @param median the middle one, in minutes, without sign; of two in the middle the smaller
     * @param largest the largest, in minutes, without sign
     */
    record Summary(long count, long median, long largest) {}

    /** Those that fall due earlier; null when none does. */
    @Nullable
    Summary earlier() {
        return summary(minutes -> minutes < 0);
    }

    /** Those that fall due later; null when none does. */
    @Nullable
    Summary later() {
        return summary(minutes -> minutes > 0);
    }

    private @Nullable Summary summary(LongPredicate wanted) {
        var sizes = new TreeMap<Long, Long>();
        counts.forEach((minutes, count) -> {
            if (wanted.test(minutes)) {
                sizes.put(Math.abs(minutes), count);
            }
        });
        long count = sizes.values().stream().mapToLong(Long::longValue).sum();
        if (count == 0) {
            return null;
        }
        long below = 0;
        long median = 0;
        for (Map.Entry<Long, Long> size : sizes.entrySet()) {
            median = size.getKey();
            below += size.getValue();
            if (2 * below >= count) {
                break;
            }
        }
        return new Summary(count, median, sizes.lastKey());
    }

    ArrayNode json(ArrayNode array) {
        counts.forEach(
                (minutes, count) -> array.addArray().add(minutes.longValue()).add(count.longValue()));
        return array;
    }

    void read(JsonNode array) {
        array.forEach(each -> counts.merge(each.path(0).asLong(), each.path(1).asLong(), Long::sum));
    }

    /** For readers: counts, medians and the largest, in minutes. */
    ObjectNode summaries() {
        ObjectNode json = Json.object();
        put(json, "earlier", earlier());
        put(json, "later", later());
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable Summary summary) {
        if (summary != null) {
            json.putObject(name)
                    .put("count", summary.count())
                    .put("medianMinutes", summary.median())
                    .put("largestMinutes", summary.largest());
        }
    }
}
