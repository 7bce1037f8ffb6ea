package liandong.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Which entries have a mark, as rows of the table {@code decision_mark}.
 *
 * <p>Two dozen marks an entry cost more to write than the entry itself. Those of entries that are written together are
 * mostly the same, so they share a row: the more there is to write at once, the less each entry costs.
 */
final class Postings {
    static final String INSERT = "INSERT INTO decision_mark (mark, kept_at, no, entries) VALUES (?, ?, ?, ?)";

    /** What is kept within it counts as kept at one moment: only then can entries share rows that are sorted by time. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    private Postings() {}

    /** Entries, in their order, with each as many of those behind it as count as kept at the same moment. */
    static List<List<Entry>> together(List<Entry> entries) {
        var all = new ArrayList<List<Entry>>();
        List<Entry> together = List.of();
        for (Entry entry : entries) {
            if (together.isEmpty()
                    || Duration.between(together.get(0).keptAt(), entry.keptAt())
                                    .abs()
                                    .compareTo(MOMENT)
                            >= 0) {
                together = new ArrayList<>();
                all.add(together);
            }
            together.add(entry);
        }
        return all;
    }

    /**
     * The rows of entries that are written together.
     *
     * @param entries at least one, of one chain, at one moment, in their places
     */
    static List<Object[]> rows(Collection<Entry> entries) {
        // In the order of the index, they go into it side by side.
        Map<String, List<Entry>> marked = new TreeMap<>();
        for (Entry entry : entries) {
            entry.marks()
                    .forEach(mark -> marked.computeIfAbsent(mark, none -> new ArrayList<>())
                            .add(entry));
        }
        var rows = new ArrayList<Object[]>(marked.size());
        marked.forEach((mark, having) -> {
            Entry last = having.get(having.size() - 1);
            var distances = new StringBuilder("0");
            for (int i = having.size() - 2; i >= 0; i--) {
                distances.append(',').append(last.no() - having.get(i).no());
            }
            rows.add(new Object[] {mark, last.keptAt().toEpochMilli(), last.no(), distances.toString()});
        });
        return rows;
    }

    /**
     * The entries that a row speaks of.
     *
     * @param no the row's
     * @param distances the row's
     * @return their numbers, the last first
     */
    static LongStream entries(long no, String distances) {
        return Stream.of(distances.split(",")).mapToLong(distance -> no - Long.parseLong(distance));
    }
}
