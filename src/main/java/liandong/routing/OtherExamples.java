package liandong.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import liandong.incident.EventType;
import liandong.incident.Matter;
import liandong.reading.Likeness;
import org.jspecify.annotations.Nullable;

/**
 * Reads examples as if each were not among them: by words and by all the others.
 *
 * <p>The points are those of {@link TextReader}; danger is left aside. Belongs to one thread.
 */
final class OtherExamples {
    private final TextReader reader;
    private final Likeness.Hand others;
    private final List<Optional<EventType>> keys;
    private final Map<EventType, Integer> groups = new HashMap<>();

    OtherExamples(TextIndex index, Likeness.Others<?> others, TextReader reader) {
        this.reader = reader;
        this.others = others.hand();
        this.keys = index.types().keys();
        for (int group = 0; group < keys.size(); group++) {
            int place = group;
            keys.get(group).ifPresent(type -> groups.put(type, place));
        }
    }

    /**
     * What an example is read as.
     *
     * @param place its place among the examples
     * @param own what it is an example of
     * @param matter a matter whose text it is
     * @return the event type that would be decided for when that is another; null when it is its own, or when a person would
     *     have to look
     */
    @Nullable
    EventType otherwise(int place, EventType own, Matter matter) {
        ReadingRow threshold = reader.threshold(matter);
        if (threshold == null || !threshold.findsType()) {
            return null;
        }
        double[] together = others.take(place, reader.spelt(matter));
        double[] leanings = threshold.typeLeaning() == null
                ? new double[together.length]
                : others.leanings(TextReader.LEANING_TO_SIZE);
        var ofWords = new int[keys.size()];
        var wordless = new HashMap<EventType, Integer>();
        reader.pointsOfWords(matter, threshold).forEach((type, points) -> {
            Integer group = groups.get(type);
            if (group == null) {
                wordless.put(type, points);
            } else {
                ofWords[group] = points;
            }
        });
        int ownGroup = groups.getOrDefault(own, -1);
        var most = new int[keys.size()];
        int highest = 0;
        for (int group = 0; group < most.length; group++) {
            if (group != ownGroup) {
                most[group] = TextReader.pointsOfExamples(
                                together[group], others.nearestAtMost(group), leanings[group], threshold)
                        + ofWords[group];
                highest = Math.max(highest, most[group]);
            }
        }
        for (int points : wordless.values()) {
            highest = Math.max(highest, points);
        }
        if (ownGroup < 0
                || highest
                        <= TextReader.pointsOfExamples(together[ownGroup], 0, leanings[ownGroup], threshold)
                                + ofWords[ownGroup]) {
            return null; // as nearly all are, without a look at single sentences
        }
        int rivals = highest;
        double ownTogether = together[ownGroup];
        double ownLeaning = leanings[ownGroup];
        int ownWords = ofWords[ownGroup];
        double nearest = others.nearest(
                ownGroup,
                likeness ->
                        rivals <= TextReader.pointsOfExamples(ownTogether, likeness, ownLeaning, threshold) + ownWords);
        int ownPoints = TextReader.pointsOfExamples(ownTogether, nearest, ownLeaning, threshold) + ownWords;
        if (highest <= ownPoints) {
            return null;
        }
        for (int group = 0; group < most.length; group++) {
            if (most[group] > ownPoints) {
                most[group] = TextReader.pointsOfExamples(
                                together[group], others.nearestAtMostSifted(group), leanings[group], threshold)
                        + ofWords[group];
            }
        }
        var search = new Search(own, ownPoints, threshold);
        wordless.forEach(search::rival);
        // The most promising first: most groups then need not be looked at sentence by sentence.
        for (int group = next(most); group >= 0 && search.matters(most[group]); group = next(most)) {
            most[group] = 0;
            EventType type = keys.get(group).orElse(null);
            search.rival(type, points(group, together, leanings, ofWords[group], threshold));
        }
        return search.otherwise();
    }

    private int points(int group, double[] together, double[] leanings, int ofWords, ReadingRow threshold) {
        return TextReader.pointsOfExamples(together[group], others.nearest(group), leanings[group], threshold)
                + ofWords;
    }

    /** The group that can still have most points; -1 when none can have any. */
    private static int next(int[] most) {
        int next = -1;
        for (int group = 0; group < most.length; group++) {
            if (most[group] > 0 && (next < 0 || most[group] > most[next])) {
                next = group;
            }
        }
        return next;
    }

    /** The two event types with most points so far, and whether the first is decided for. */
    private static final class Search {
        private final EventType own;
        private final ReadingRow threshold;
        private final int ownPoints;
        private @Nullable EventType rival;
        private int best;
        private int second;

        Search(EventType own, int ownPoints, ReadingRow threshold) {
            this.own = own;
            this.ownPoints = ownPoints;
            this.threshold = threshold;
        }

        void rival(@Nullable EventType type, int points) {
            if (own.equals(type)) {
                return;
            }
            if (points > best) {
                second = best;
                best = points;
                rival = type;
            } else {
                second = Math.max(second, points);
            }
        }

        /** Whether a rival of so many points would change what comes out. */
        boolean matters(int points) {
            return points > ownPoints && points > best - (long) best * (threshold.lead() + 1) / 100;
        }

        @Nullable
        EventType otherwise() {
            int next = Math.max(second, ownPoints);
            boolean decides = best > ownPoints
                    && best >= threshold.minimum()
                    && (long) (best - next) * 100 / best >= threshold.lead();
            return decides ? rival : null;
        }
    }
}
