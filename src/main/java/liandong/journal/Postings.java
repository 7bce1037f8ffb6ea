package liandong.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
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

    private static final Pattern DISTANCE = Pattern.compile("0|[1-9]\\d{0,2}");

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
     * An entry as far as it is to be found by its marks.
     *
     * @param keptAt in milliseconds since 1970
     * @param marks each once
     */
    record Indexed(long no, long keptAt, List<String> marks) {
        static Indexed of(Entry entry) {
            return new Indexed(entry.no(), entry.keptAt().toEpochMilli(), entry.marks());
        }
    }

    /**
     * The rows of entries that are written together.
     *
     * @param entries at least one, of one chain, at one moment, in their places
     */
    static List<Object[]> rows(Collection<Indexed> entries) {
        // In the order of the index, they go into it side by side.
        Map<String, List<Indexed>> marked = new TreeMap<>();
        for (Indexed entry : entries) {
            entry.marks()
                    .forEach(mark -> marked.computeIfAbsent(mark, none -> new ArrayList<>())
                            .add(entry));
        }
        var rows = new ArrayList<Object[]>(marked.size());
        marked.forEach((mark, having) -> {
            Indexed last = having.get(having.size() - 1);
            var distances = new StringBuilder("0");
            for (int i = having.size() - 2; i >= 0; i--) {
                distances.append(',').append(last.no() - having.get(i).no());
            }
            rows.add(new Object[] {mark, last.keptAt(), last.no(), distances.toString()});
        });
        return rows;
    }

    /**
     * The entries that a row speaks of.
     *
     * @param no the row's
     * @param distances the row's
     * @return their numbers, the last first; none when it is not as a journal writes it
     */
    static List<Long> entries(long no, String distances) {
        var entries = new ArrayList<Long>();
        long before = -1;
        for (String each : distances.split(",", -1)) {
            if (!DISTANCE.matcher(each).matches()) {
                return List.of();
            }
            long distance = Long.parseLong(each);
            boolean first = entries.isEmpty();
            if (first ? distance != 0 : distance <= before || distance >= Journal.BATCH) {
                return List.of();
            }
            entries.add(no - distance);
            before = distance;
        }
        boolean oneChain = entries.get(entries.size() - 1) > Entry.no(no >> Entry.CHAIN_BITS, 0);
        return oneChain ? entries : List.of();
    }

    /** The marks in the column of an entry, each once. */
    static List<String> marks(String lines) {
        return Stream.of(lines.split("\n"))
                .filter(mark -> !mark.isEmpty())
                .distinct()
                .toList();
    }
}
