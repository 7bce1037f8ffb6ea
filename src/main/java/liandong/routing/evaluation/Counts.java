package liandong.routing.evaluation;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The figures of some rows. */
final class Counts {
    private int rows;
    private final Map<Figure, Share> figures = new EnumMap<>(Figure.class);
    private final Map<Part, Share> rightOfAnswered = new EnumMap<>(Part.class);
    private final Map<Part, Share> rightOfLabelled = new EnumMap<>(Part.class);
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final Map<String, Word> outcomeWords = new TreeMap<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();

    void add(Measured row) {
        rows++;
        for (Figure figure : Figure.values()) {
            count(figures, figure, figure.isOf(row), figure.counts(row));
        }
        row.row().wanted().keySet().forEach(part -> {
            boolean right = row.isRight(part);
            count(rightOfAnswered, part, !row.answered(part).isEmpty(), right);
            count(rightOfLabelled, part, true, right);
        });
        outcomeWords.put(row.outcome().code(), row.outcome());
        outcomes.merge(row.outcome().code(), 1, Integer::sum);
        if (row.triaged()) {
            reasons.merge(row.reason(), 1, Integer::sum);
        }
    }

    private static <K> void count(Map<K, Share> shares, K key, boolean isOf, boolean counts) {
        Share before = shares.getOrDefault(key, new Share(0, 0));
        shares.put(key, new Share(before.count() + (counts ? 1 : 0), before.of() + (isOf ? 1 : 0)));
    }

    int rows() {
        return rows;
    }

    Share of(Figure figure) {
        return figures.getOrDefault(figure, new Share(0, 0));
    }

    /** How many of the rows of which something is wanted and answered are right. */
    Share rightOfAnswered(Part part) {
        return rightOfAnswered.getOrDefault(part, new Share(0, 0));
    }

    /** How many of the rows of which something is wanted are right. */
    Share rightOfLabelled(Part part) {
        return rightOfLabelled.getOrDefault(part, new Share(0, 0));
    }

    /** How often a person has to judge, by the code of the reason. */
    Map<String, Integer> reasons() {
        return reasons;
    }

    /** How often each outcome was. */
    Map<Word, Integer> outcomes() {
        var counts = new LinkedHashMap<Word, Integer>();
        outcomeWords.forEach((code, word) -> counts.put(word, outcomes.getOrDefault(code, 0)));
        return counts;
    }
}
