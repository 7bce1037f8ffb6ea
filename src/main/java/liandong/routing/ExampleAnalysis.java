package liandong.routing;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import liandong.analysis.AnalysedTable;
import liandong.analysis.LivingRows;
import liandong.incident.Area;
import liandong.incident.EventType;
import liandong.incident.Matter;
import liandong.incident.Report;
import liandong.incident.Source;
import liandong.policy.AllCores;
import liandong.policy.Policy;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.reading.Likeness;
import liandong.reading.TextForm;
import org.jspecify.annotations.Nullable;

/** Examples that contradict each other, event types that have too few, and those that are read as another. */
final class ExampleAnalysis {
    /** So many examples an event type needs to be found without a word that decides. */
    private static final int FEW = 3;
    /** Fewer examples than these that are read otherwise tell nothing; nor do less than half of those that were read. */
    private static final int STRAY = 3;
    /** So many examples of an event type are read as if they were not there, evenly spread: enough to see what it is mistaken for. */
    private static final int READ_OF_TYPE = 48;

    private static final int TYPES_TOLD = 10;
    private static final int TYPES_NAMED = 3;
    private static final String SENTENCE = "例句";

    private final Policy policy;
    private final List<AnalysedTable> tables;
    private final LivingRows<ExampleRow> examples;
    private final LocalDate today;
    private final Consumer<Problem> problems;

    ExampleAnalysis(
            Policy policy,
            List<AnalysedTable> tables,
            LivingRows<ExampleRow> examples,
            LocalDate today,
            Consumer<Problem> problems) {
        this.policy = policy;
        this.tables = tables;
        this.examples = examples;
        this.today = today;
        this.problems = problems;
    }

    void tell() {
        contradictions();
        if (findsTypes()) {
            withoutExamples();
            readOtherwise();
        }
    }

    /** Whether event types are found by examples at all, or texts only screened for danger. */
    private boolean findsTypes() {
        LivingRows<ReadingRow> thresholds = LivingRows.of(ReadingRow.class, policy, tables);
        return thresholds != null && thresholds.table().rows().stream().anyMatch(ReadingRow::findsType);
    }

    /** What of a sentence is compared. */
    private static String compared(String sentence) {
        var compared = new StringBuilder();
        TextForm.of(sentence).chars().filter(c -> TextForm.isWord((char) c)).forEach(c -> compared.append((char) c));
        return compared.toString();
    }

    private void contradictions() {
        var first = new HashMap<String, Integer>();
        examples.each((row, number) -> {
            Integer before = first.putIfAbsent(compared(row.sentence()), number);
            if (before != null
                    && !says(row).equals(says(examples.row(before)))
                    && examples.analysis().mayBothApply(before, number)) {
                problems.accept(Problem.of(
                        Code.EXAMPLE_CONTRADICTED,
                        examples.at(number, SENTENCE),
                        row.sentence(),
                        says(row),
                        says(examples.row(before)),
                        examples.at(before, SENTENCE).cell()));
            }
        });
    }

    private static String says(ExampleRow row) {
        EventType type = row.eventType();
        return (type == null ? "—" : type.label()) + "，" + row.danger().label();
    }

    private void withoutExamples() {
        var counts = new HashMap<EventType, Integer>();
        examples.each((row, number) -> add(counts, row.eventType(), 1));
        LivingRows<CueRow> cues = LivingRows.of(CueRow.class, policy, tables);
        if (cues != null) {
            cues.each((row, number) -> add(counts, row.eventType(), row.role() == CueRole.DECIDES ? FEW : 0));
        }
        LivingRows<DangerRow> screen = LivingRows.of(DangerRow.class, policy, tables);
        if (screen != null) {
            screen.each((row, number) -> add(counts, row.eventType(), FEW));
        }
        for (EventType type : policy.vocabulary().all(EventType.class)) {
            CellRef at = policy.at(type);
            int count = counts.getOrDefault(type, 0);
            if (count < FEW && at != null) {
                problems.accept(Problem.of(Code.EVENT_TYPE_WITHOUT_EXAMPLE, at, type.label(), count, FEW));
            }
        }
    }

    private static void add(Map<EventType, Integer> counts, @Nullable EventType type, int count) {
        if (type != null) {
            counts.merge(type, count, Integer::sum);
        }
    }

    /** Examples of one event type that are read as others. */
    private record Strays(EventType type, List<Integer> rows, Map<EventType, List<Integer>> as) {}

    private void readOtherwise() {
        List<Source> sources = policy.vocabulary().all(Source.class);
        List<Area> areas = policy.vocabulary().all(Area.class);
        if (sources.isEmpty() || areas.isEmpty()) {
            return;
        }
        OffsetDateTime now = today.atTime(9, 0).atZone(policy.calendar().zone()).toOffsetDateTime();
        var byType = new LinkedHashMap<EventType, List<Integer>>();
        examples.each((row, number) -> {
            EventType type = row.eventType();
            if (type != null) {
                byType.computeIfAbsent(type, each -> new ArrayList<>()).add(number);
            }
        });
        List<Integer> numbers = byType.values().stream()
                .flatMap(ExampleAnalysis::spread)
                .sorted()
                .toList();
        Map<Integer, EventType> otherwise = otherwise(
                numbers, sentence -> Matter.of(Report.of("—", now, sources.get(0), areas.get(0), sentence, null)));
        var strays = new LinkedHashMap<EventType, Strays>();
        var counts = new HashMap<EventType, Integer>();
        for (int number : numbers) {
            EventType type = requireNonNull(examples.row(number).eventType());
            counts.merge(type, 1, Integer::sum);
            EventType as = otherwise.get(number);
            if (as != null) {
                Strays of = strays.computeIfAbsent(
                        type, each -> new Strays(type, new ArrayList<>(), new LinkedHashMap<>()));
                of.rows().add(number);
                of.as().computeIfAbsent(as, each -> new ArrayList<>()).add(number);
            }
        }
        strays.values().stream()
                .filter(each ->
                        each.rows().size() >= STRAY && 2 * each.rows().size() >= counts.getOrDefault(each.type(), 0))
                .sorted(Comparator.comparing(each -> -each.rows().size()))
                .limit(TYPES_TOLD)
                .forEach(each -> problems.accept(Problem.of(
                        Code.EXAMPLES_READ_OTHERWISE,
                        examples.at(each.rows().get(0), SENTENCE),
                        each.type().label(),
                        each.rows().size(),
                        counts.getOrDefault(each.type(), 0),
                        most(each),
                        requireNonNull(byType.get(each.type())).size())));
    }

    /** Of one event type's examples those that are read, in their order: all when they are few. */
    private static Stream<Integer> spread(List<Integer> of) {
        int most = Math.min(READ_OF_TYPE, of.size());
        return IntStream.range(0, most).mapToObj(i -> of.get((int) ((long) i * of.size() / most)));
    }

    /** What examples are read as, of those that are read as another event type; on all cores. */
    private Map<Integer, EventType> otherwise(List<Integer> numbers, Function<String, Matter> matter) {
        TextIndex index = TextIndex.of(policy);
        var otherwise = new ConcurrentHashMap<Integer, EventType>();
        var next = new AtomicInteger();
        Likeness.Others<?> others = index.examples().others(index.types());
        List<Integer> threads = IntStream.range(0, AllCores.count()).boxed().toList();
        AllCores.map(threads, thread -> {
            var reader = new OtherExamples(index, others, new TextReader(index, policy.tables(today)));
            for (int i = next.getAndIncrement(); i < numbers.size(); i = next.getAndIncrement()) {
                int number = numbers.get(i);
                ExampleRow row = examples.row(number);
                EventType as = reader.otherwise(number, requireNonNull(row.eventType()), matter.apply(row.sentence()));
                if (as != null) {
                    otherwise.put(number, as);
                }
            }
            return thread;
        });
        return otherwise;
    }

    private String most(Strays strays) {
        Stream<String> named = strays.as().entrySet().stream()
                .sorted(Comparator.comparing(each -> -each.getValue().size()))
                .limit(TYPES_NAMED)
                .map(each -> each.getKey().label() + " " + each.getValue().size() + " ("
                        + LivingRows.named(each.getValue().stream()
                                .map(number -> String.valueOf(
                                        examples.row(number).ref().row()))
                                .toList())
                        + ")");
        return String.join("；", named.toList()) + (strays.as().size() > TYPES_NAMED ? "…" : "");
    }
}
