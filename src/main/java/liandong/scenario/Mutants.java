package liandong.scenario;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import liandong.policy.AllCores;
import liandong.policy.Policy;
import liandong.scenario.Coverage.Question;
import liandong.scenario.TableMutations.Variant;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import liandong.table.Condition;
import liandong.table.Row;
import liandong.table.RowRef;
import liandong.table.Table;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How well scenarios guard a policy: its tables are changed one cell at a time, and it is seen whether any scenario
 * notices.
 *
 * <p>A scenario is asked again only where a table answers one of its questions otherwise than before: rules know the
 * tables by those answers alone, so that without such a difference its decision is the same.
 */
public final class Mutants {
    private final Policy policy;
    private final List<Scenario> passing = new ArrayList<>();
    /** What each table was asked, and by which scenarios. */
    private final Map<Class<? extends Row>, Map<Question, Asked>> asked = new HashMap<>();

    /**
     * What a question led to.
     *
     * @param answer ids of the rows the table answered with
     * @param scenarios those whose decision asked it
     */
    private record Asked(List<String> answer, Set<Scenario> scenarios) {}

    private Mutants(Policy policy) {
        this.policy = policy;
    }

    /**
     * What came of one changed table.
     *
     * @param variant the change
     * @param sheet the sheet it is in
     * @param reached how many scenarios got another answer from the table
     * @param noticedBy id of a scenario that fails because of it; null when none does
     */
    public record Mutant(
            Variant variant,
            String sheet,
            int reached,
            @Nullable String noticedBy) {
        /** Whether a scenario notices the change. */
        public boolean noticed() {
            return noticedBy != null;
        }
    }

    /**
     * What came of all.
     *
     * @param mutants each change that could be read, in the order of files, sheets, rows and columns
     * @param scenarios how many scenarios stood guard: those that pass as the policy is
     * @param possible how many changes there are, those left out included
     */
    public record Score(List<Mutant> mutants, int scenarios, int possible) {
        /** How many changes were noticed. */
        public long noticed() {
            return mutants.stream().filter(Mutant::noticed).count();
        }

        /** Changes nobody noticed by row, the row with most of them first. */
        public Map<String, List<Mutant>> unnoticed() {
            Map<String, List<Mutant>> byRow = mutants.stream()
                    .filter(mutant -> !mutant.noticed())
                    .collect(Collectors.groupingBy(
                            mutant -> mutant.variant().row(), LinkedHashMap::new, Collectors.toList()));
            var sorted = new LinkedHashMap<String, List<Mutant>>();
            byRow.entrySet().stream()
                    .sorted(Comparator.comparing((Map.Entry<String, List<Mutant>> row) ->
                            -row.getValue().size()))
                    .forEach(row -> sorted.put(row.getKey(), row.getValue()));
            return sorted;
        }

        /** The changes by sheet. */
        public Map<String, List<Mutant>> bySheet() {
            return mutants.stream().collect(Collectors.groupingBy(Mutant::sheet, TreeMap::new, Collectors.toList()));
        }

        /** All of it as JSON; of the changes, those nobody noticed. */
        public ObjectNode json() {
            ObjectNode json = Json.object()
                    .put("scenarios", scenarios)
                    .put("possible", possible)
                    .put("mutants", mutants.size())
                    .put("noticed", noticed());
            ArrayNode tables = json.putArray("tables");
            bySheet()
                    .forEach((sheet, own) -> tables.addObject()
                            .put("sheet", sheet)
                            .put("mutants", own.size())
                            .put("noticed", own.stream().filter(Mutant::noticed).count()));
            ArrayNode rows = json.putArray("unnoticed");
            unnoticed().forEach((row, own) -> {
                ArrayNode changes = rows.addObject().put("row", row).putArray("changes");
                own.forEach(mutant -> changes.addObject()
                        .put("change", mutant.variant().change().name())
                        .put("at", mutant.variant().at().toString())
                        .put("column", mutant.variant().column())
                        .put("was", mutant.variant().was())
                        .put("now", mutant.variant().now())
                        .put("reached", mutant.reached()));
            });
            return json;
        }
    }

    /** Told of each change that has been tried, in any thread. */
    @FunctionalInterface
    public interface Progress {
        /** So many of so many have been tried. */
        void tried(int of);
    }

    /**
     * Tries changes.
     *
     * @param most at most so many of each table, spread evenly over it
     * @param progress told of each
     */
    public static Score score(Policy policy, List<Scenario> scenarios, int most, Progress progress) {
        var mutants = new Mutants(policy);
        scenarios.forEach(mutants::watch);
        Map<String, List<SheetData>> sheets = new HashMap<>();
        policy.files()
                .tables()
                .forEach((file, bytes) -> sheets.put(file, WorkbookReader.read(file, bytes, problem -> {})));
        var work = new ArrayList<Try>();
        int possible = 0;
        List<Table<? extends Row>> tables = policy.tables().stream()
                .sorted(Comparator.<Table<? extends Row>, String>comparing(Table::file)
                        .thenComparing(Table::sheet))
                .toList();
        for (Table<? extends Row> table : tables) {
            SheetData sheet = sheets.getOrDefault(table.file(), List.of()).stream()
                    .filter(each -> each.name().equals(table.sheet()))
                    .findFirst()
                    .orElseThrow();
            List<Variant> variants = TableMutations.of(sheet, table, policy.vocabulary());
            possible += variants.size();
            int count = Math.min(most, variants.size());
            for (int i = 0; i < count; i++) {
                work.add(new Try(sheet, table, variants.get((int) ((long) i * variants.size() / count))));
            }
        }
        // Mixed, so that no processor gets all of the largest table.
        var order = new ArrayList<Integer>();
        for (int i = 0; i < work.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(work.size()));
        @Nullable Mutant[] tried = new Mutant[work.size()];
        AllCores.map(order, i -> {
            tried[i] = mutants.result(work.get(i));
            progress.tried(work.size());
            return i;
        });
        List<Mutant> results = Arrays.stream(tried).filter(Objects::nonNull).toList();
        return new Score(results, mutants.passing.size(), possible);
    }

    /** A change to be tried. */
    private record Try(SheetData sheet, Table<? extends Row> table, Variant variant) {}

    /** Takes note of what a scenario asks, if it passes. */
    private void watch(Scenario scenario) {
        var questions = new LinkedHashSet<Question>();
        Policy watched =
                policy.watched((table, fact, on, singly) -> questions.add(new Question(table, fact, on, singly)));
        if (Cases.passes(watched, scenario)) {
            passing.add(scenario);
            questions.forEach(question -> asked.computeIfAbsent(question.table().type(), type -> new LinkedHashMap<>())
                    .computeIfAbsent(
                            question,
                            each -> new Asked(ids(each.table().match(each.fact(), each.on())), new LinkedHashSet<>()))
                    .scenarios()
                    .add(scenario));
        }
    }

    private @Nullable Mutant result(Try attempt) {
        Variant variant = attempt.variant();
        TableMutations.Touched touched =
                TableMutations.touched(attempt.sheet(), attempt.table(), policy.vocabulary(), variant);
        if (touched == null) {
            return null;
        }
        var near = new LinkedHashMap<Question, Asked>();
        asked.getOrDefault(attempt.table().type(), Map.of()).forEach((question, by) -> {
            if (dated(variant, touched) || touched.by(variant, question.fact(), question.on())) {
                near.put(question, by);
            }
        });
        if (near.isEmpty()) {
            return new Mutant(variant, attempt.sheet().name(), 0, null);
        }
        Table<? extends Row> changed =
                TableMutations.table(attempt.sheet(), attempt.table(), policy.vocabulary(), variant);
        if (changed == null) {
            return null;
        }
        boolean differs = differs(touched.before(), touched.after(), variant.row());
        var reached = new LinkedHashSet<Scenario>();
        near.forEach((question, by) -> {
            List<String> now = ids(changed.match(question.fact(), question.on()));
            boolean otherwise = !by.answer().equals(now) || (differs && now.contains(variant.row()));
            if (otherwise || question.singly() || dated(variant, touched)) {
                reached.addAll(by.scenarios());
            }
        });
        Policy trying = policy.trying(changed);
        String noticedBy = reached.stream()
                .filter(scenario -> !Cases.passes(trying, scenario))
                .map(Scenario::id)
                .findFirst()
                .orElse(null);
        return new Mutant(variant, attempt.sheet().name(), reached.size(), noticedBy);
    }

    /** Whether a dated row goes, which changes the day on which anything may change next, whatever the row covers. */
    private static boolean dated(Variant variant, TableMutations.Touched touched) {
        return variant.change() == TableMutations.Change.ROW_DELETED
                && !touched.before().inForce(0).equals(Condition.ANY);
    }

    private static List<String> ids(List<? extends Row> rows) {
        return rows.stream().map(row -> row.ref().id()).toList();
    }

    /** Whether a row concludes otherwise than before. */
    private static boolean differs(Table<? extends Row> before, Table<? extends Row> now, String id) {
        return !conclusions(before, id).equals(conclusions(now, id));
    }

    private static List<Object> conclusions(Table<? extends Row> table, String id) {
        return table.rows().stream()
                .filter(row -> row.ref().id().equals(id))
                .findFirst()
                .map(Mutants::conclusions)
                .orElse(List.of());
    }

    /** What a row concludes, leaving out where it stands and how it reads. */
    private static List<Object> conclusions(Row row) {
        var values = new ArrayList<Object>();
        for (RecordComponent component : row.getClass().getRecordComponents()) {
            if (component.getType() != RowRef.class) {
                try {
                    values.add(String.valueOf(component.getAccessor().invoke(row)));
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("cannot read " + component, e);
                }
            }
        }
        return values;
    }
}
