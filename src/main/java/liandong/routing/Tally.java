package liandong.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import liandong.incident.Category;
import liandong.incident.EventType;
import liandong.incident.Matter;
import liandong.incident.Topic;
import liandong.table.RowRef;
import org.jspecify.annotations.Nullable;

/**
 * How the keywords in a text vote (计票).
 *
 * <p>A topic's points are the sum of its event types'. Independent of the order of the rows it is made from.
 *
 * @param matter the matter the text belongs to
 * @param topics the topics voted for, most points first, then by code
 * @param candidates the event types voted for, most points first, then by code
 * @param threshold how sure the keywords must be before they decide
 * @param threshold how sure the keywords must be before they decide
 */
public record Tally(Matter matter, List<Votes<Topic>> topics, List<Votes<EventType>> candidates, ThresholdRow threshold)
        implements RoutingFinding {

    /**
     * The points one topic or event type has.
     *
     * @param of the topic or event type
     * @param points its points
     * @param rows the rows that voted for it, most points first, then by id
     */
    public record Votes<T>(T of, int points, List<KeywordRow> rows) {}

    /** Counts the votes; of a caller who named the category, only those within it. */
    public static Tally of(Matter matter, Collection<?> keywordRows, ThresholdRow threshold) {
        Category category = matter.category();
        var byTopic = new TreeMap<String, List<KeywordRow>>();
        var byType = new TreeMap<String, List<KeywordRow>>();
        for (Object each : keywordRows) {
            var row = (KeywordRow) each;
            EventType type = row.eventType();
            if (category == null || type.category().equals(category)) {
                byTopic.computeIfAbsent(type.topic().code(), code -> new ArrayList<>())
                        .add(row);
                byType.computeIfAbsent(type.code(), code -> new ArrayList<>()).add(row);
            }
        }
        var topics = new ArrayList<Votes<Topic>>();
        byTopic.values()
                .forEach(rows -> topics.add(votes(rows.get(0).eventType().topic(), rows)));
        var types = new ArrayList<Votes<EventType>>();
        byType.values().forEach(rows -> types.add(votes(rows.get(0).eventType(), rows)));
        topics.sort(Comparator.comparingInt(votes -> -votes.points()));
        types.sort(Comparator.comparingInt(votes -> -votes.points()));
        return new Tally(matter, List.copyOf(topics), List.copyOf(types), threshold);
    }

    private static <T> Votes<T> votes(T of, List<KeywordRow> rows) {
        rows.sort(Comparator.comparingInt((KeywordRow row) -> -row.points())
                .thenComparing(row -> row.ref().id()));
        return new Votes<>(of, rows.stream().mapToInt(KeywordRow::points).sum(), List.copyOf(rows));
    }

    /** Points of the leading topic; 0 when no keyword was found. */
    public int points() {
        return topics.isEmpty() ? 0 : topics.get(0).points();
    }

    /** By how many percent of its own points the leading topic leads the next, 0–100; 100 when it stands alone, 0 when there is none. */
    public int lead() {
        if (topics.isEmpty()) {
            return 0;
        }
        int next = topics.size() == 1 ? 0 : topics.get(1).points();
        return (points() - next) * 100 / points();
    }

    /** The leading topic; null when no keyword was found. */
    public @Nullable Topic topic() {
        return topics.isEmpty() ? null : topics.get(0).of();
    }

    /** The specific event type of the leading topic with most points; null when there is none or two share the first place. */
    public @Nullable EventType specific() {
        Votes<EventType> first = nextSpecific(0);
        if (first == null) {
            return null;
        }
        Votes<EventType> second = nextSpecific(candidates.indexOf(first) + 1);
        return second == null || second.points() < first.points() ? first.of() : null;
    }

    /** Points of the first specific event type of the leading topic; 0 when there is none. */
    public int specificPoints() {
        Votes<EventType> first = nextSpecific(0);
        return first == null ? 0 : first.points();
    }

    private @Nullable Votes<EventType> nextSpecific(int from) {
        Topic topic = topic();
        for (int i = from; topic != null && i < candidates.size(); i++) {
            EventType type = candidates.get(i).of();
            if (!type.general() && type.topic().code().equals(topic.code())) {
                return candidates.get(i);
            }
        }
        return null;
    }

    /** The rows that voted for the leading topic. */
    @Override
    public List<RowRef> rows() {
        return topics.isEmpty()
                ? List.of()
                : topics.get(0).rows().stream().map(KeywordRow::ref).toList();
    }

    /**
     * What the report is about, if the event type is the one the votes speak for.
     *
     * @param type the event type: with votes of its own, or its topic's general one
     * @return with the rows that voted for the type, or for its topic when none voted for the type itself
     */
    public Classified classified(EventType type) {
        var rows = new ArrayList<RowRef>();
        candidates.stream()
                .filter(votes -> votes.of().equals(type))
                .forEach(votes -> votes.rows().forEach(row -> rows.add(row.ref())));
        if (rows.isEmpty()) {
            rows.addAll(rows());
        }
        rows.add(threshold.ref());
        return new Classified(matter.classified(type), ClassifiedBy.KEYWORDS, List.copyOf(rows));
    }
}
