package liandong.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import liandong.journal.Entry;
import liandong.replay.Effect.Count;
import liandong.replay.Effect.Hit;
import liandong.replay.Effect.Result;
import liandong.replay.Effect.Word;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a draft would have changed about many decisions: counts, and ten examples of each.
 *
 * <p>Its size depends on the words of the policies, not on how many decisions there are. Not safe for use by many threads.
 */
public final class ImpactReport implements Progress {
    /** Examples of each line of a count. */
    static final int EXAMPLES = 10;

    private final Map<Result, Long> results = new EnumMap<>(Result.class);
    private final Map<Count, Map<Pair, Line>> counts = new EnumMap<>(Count.class);
    private final Map<String, Example> examples = new LinkedHashMap<>();
    private final Shifts byClock = new Shifts();
    private final Shifts inOfficeHours = new Shifts();

    private record Pair(String first, String second) {}

    /** A line of a count. */
    public static final class Line {
        private final Word first;
        private final Word second;
        private long count;
        private final List<String> examples = new ArrayList<>();

        Line(Word first, Word second) {
            this.first = first;
            this.second = second;
        }

        /** The first word of the pair. */
        public Word first() {
            return first;
        }

        /** The second word; {@link Word#code} is empty when there is none. */
        public Word second() {
            return second;
        }

        /** How many decisions. */
        public long count() {
            return count;
        }

        /** Ids of the first decisions that it counts. */
        public List<String> examples() {
            return List.copyOf(examples);
        }
    }

    /**
     * A decision that the draft would have changed.
     *
     * @param id the decision
     * @param kind its kind
     * @param subject the incident
     * @param keptAt when it was given
     * @param result what the draft would have changed, in a word
     * @param differences where
     */
    public record Example(
            String id, String kind, String subject, String keptAt, Result result, Difference.All differences) {}

    /** No decisions yet. */
    public ImpactReport() {
        for (Count count : Count.values()) {
            counts.put(count, new LinkedHashMap<>());
        }
    }

    /** Looks at one more decision. */
    public void add(Entry entry, Effect effect) {
        results.merge(effect.result(), 1L, Long::sum);
        boolean shown = false;
        for (Hit hit : effect.hits()) {
            Line line = line(hit.count(), hit.first(), hit.second());
            line.count++;
            if (effect.result() != Result.SAME
                    && line.examples.size() < EXAMPLES
                    && !line.examples.contains(entry.id())) {
                line.examples.add(entry.id());
                shown = true;
            }
        }
        if (shown) {
            examples.putIfAbsent(
                    entry.id(),
                    new Example(
                            entry.id(),
                            entry.kind().code(),
                            entry.subject(),
                            entry.keptAt().toString(),
                            effect.result(),
                            effect.differences()));
        }
        effect.shifts().forEach(shift -> {
            byClock.add(shift.minutes());
            inOfficeHours.add(shift.office());
        });
    }

    private Line line(Count count, Word first, Word second) {
        return lines(count).computeIfAbsent(new Pair(first.code(), second.code()), pair -> new Line(first, second));
    }

    private Map<Pair, Line> lines(Count count) {
        return Objects.requireNonNull(counts.get(count));
    }

    @Override
    public long looked() {
        return results.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many decisions have a result. */
    public long of(Result result) {
        return results.getOrDefault(result, 0L);
    }

    /** How many decisions could be compared with what the draft says. */
    public long compared() {
        return looked() - of(Result.NOT_COMPARABLE);
    }

    /** How many would have been decided otherwise, or not at all. */
    public long changed() {
        return of(Result.CHANGED) + of(Result.REFUSED);
    }

    /** How many a person would have to judge though none had to. */
    public long unroutable() {
        return lines(Count.UNROUTABLE).values().stream().mapToLong(Line::count).sum();
    }

    /** The lines of a count, those with the most decisions first. */
    public List<Line> sorted(Count count) {
        return lines(count).values().stream()
                .sorted(Comparator.comparingLong(Line::count)
                        .reversed()
                        .thenComparing(line -> line.first().code())
                        .thenComparing(line -> line.second().code()))
                .toList();
    }

    /**
     * How much a body would get more to lead, or less.
     *
     * @param body the body; of no code where nobody is in the lead
     * @param more decisions whose lead it would become
     * @param fewer decisions whose lead it would be no more
     */
    public record Load(Word body, long more, long fewer) {
        /** More than before, or, below zero, less. */
        public long net() {
            return more - fewer;
        }
    }

    /** Who would lead more and who less: the bodies with the most changes first. */
    public List<Load> loads() {
        var loads = new LinkedHashMap<String, Load>();
        lines(Count.LEADS).values().forEach(line -> {
            loads.merge(line.first().code(), new Load(line.first(), 0, line.count()), ImpactReport::sum);
            loads.merge(line.second().code(), new Load(line.second(), line.count(), 0), ImpactReport::sum);
        });
        return loads.values().stream()
                .sorted(Comparator.comparingLong((Load load) -> load.more() + load.fewer())
                        .reversed()
                        .thenComparing(load -> load.body().code()))
                .toList();
    }

    private static Load sum(Load one, Load other) {
        return new Load(one.body(), one.more() + other.more(), one.fewer() + other.fewer());
    }

    /** A decision that a line names as an example. */
    public Example example(String id) {
        return Objects.requireNonNull(examples.get(id));
    }

    /** All examples, in the order of the decisions. */
    public List<Example> examples() {
        return List.copyOf(examples.values());
    }

    /** How far due times move by the clock. */
    Shifts byClock() {
        return byClock;
    }

    /** How far due times move in office hours. */
    Shifts inOfficeHours() {
        return inOfficeHours;
    }

    /** The report as programs read it. */
    public ObjectNode report() {
        ObjectNode json = totals();
        ObjectNode shifts = json.putObject("shifts");
        shifts.set("byClock", byClock.summaries());
        shifts.set("inOfficeHours", inOfficeHours.summaries());
        lines(json);
        return json;
    }

    @Override
    public ObjectNode json() {
        ObjectNode json = totals();
        ObjectNode shifts = json.putObject("shifts");
        byClock.json(shifts.putArray("byClock"));
        inOfficeHours.json(shifts.putArray("inOfficeHours"));
        lines(json);
        return json;
    }

    private ObjectNode totals() {
        ObjectNode json = Json.object();
        json.put("looked", looked());
        json.put("compared", compared());
        ObjectNode totals = json.putObject("results");
        for (Result result : Result.values()) {
            totals.put(result.name(), of(result));
        }
        return json;
    }

    private void lines(ObjectNode json) {
        for (Count count : Count.values()) {
            ArrayNode lines = json.putArray(count.member());
            for (Line line : sorted(count)) {
                ObjectNode each = lines.addObject();
                put(each, count.first(), line.first());
                put(each, count.second(), line.second());
                each.put("count", line.count());
                ArrayNode ids = each.putArray("examples");
                line.examples.forEach(ids::add);
            }
        }
        ArrayNode all = json.putArray("examples");
        for (Example example : examples.values()) {
            ObjectNode each = all.addObject();
            each.put("decisionId", example.id());
            each.put("kind", example.kind());
            each.put("subject", example.subject());
            each.put("keptAt", example.keptAt());
            each.put("result", example.result().name());
            ArrayNode differences = each.putArray("differences");
            example.differences().first().forEach(difference -> differences.add(Json.object(difference)));
            if (example.differences().more() > 0) {
                each.put("more", example.differences().more());
            }
        }
    }

    private static void put(ObjectNode json, String name, Word word) {
        if (!name.isEmpty()) {
            ObjectNode each = json.putObject(name).put("code", word.code());
            if (!word.label().isEmpty()) {
                each.put("label", word.label());
            }
        }
    }

    /** What was found before, as {@link #json} gave it. */
    public static ImpactReport of(JsonNode json) {
        var report = new ImpactReport();
        json.path("results").properties().forEach(each -> {
            if (each.getValue().asLong() > 0) {
                report.results.put(
                        Result.valueOf(each.getKey()), each.getValue().asLong());
            }
        });
        report.byClock.read(json.path("shifts").path("byClock"));
        report.inOfficeHours.read(json.path("shifts").path("inOfficeHours"));
        for (Count count : Count.values()) {
            for (JsonNode each : json.path(count.member())) {
                Line line = report.line(count, word(each.get(count.first())), word(each.get(count.second())));
                line.count = each.path("count").asLong();
                each.path("examples").forEach(id -> line.examples.add(id.stringValue()));
            }
        }
        for (JsonNode each : json.path("examples")) {
            var differences = new ArrayList<Difference>();
            each.path("differences").forEach(difference -> differences.add(Difference.of(difference)));
            String id = each.path("decisionId").stringValue();
            report.examples.put(
                    id,
                    new Example(
                            id,
                            each.path("kind").stringValue(),
                            each.path("subject").stringValue(),
                            each.path("keptAt").stringValue(),
                            Result.valueOf(each.path("result").stringValue()),
                            new Difference.All(
                                    List.copyOf(differences), each.path("more").asInt(0))));
        }
        return report;
    }

    private static Word word(@Nullable JsonNode node) {
        return node == null
                ? Word.NONE
                : new Word(node.path("code").stringValue(""), node.path("label").stringValue(""));
    }
}
