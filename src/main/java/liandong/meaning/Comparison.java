package liandong.meaning;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import liandong.analysis.Boxes;
import liandong.analysis.JointSpace;
import liandong.analysis.JointSpace.Axis;
import liandong.analysis.JointSpace.Pair;
import liandong.analysis.RowContent;
import liandong.analysis.TableDifference;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.engine.Concluded;
import liandong.incident.Vocabulary;
import liandong.meaning.Meaning.Change;
import liandong.meaning.Meaning.DecisionMeaning;
import liandong.meaning.Meaning.Result;
import liandong.meaning.Meaning.RowAt;
import liandong.meaning.Meaning.TableMeaning;
import liandong.meaning.Meaning.TableRegion;
import liandong.meaning.Meaning.Where;
import liandong.policy.Policy;
import liandong.table.Row;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Compares what two policies mean.
 *
 * @param day the first day that matters
 * @param limit how long the comparison of a decision may take; what it has not reached by then it says
 * @param threads how many classes are decided at once
 * @param progress told how far it is
 */
public record Comparison(LocalDate day, Duration limit, int threads, Progress progress) {
    private static final long ALLOWANCE = 20_000_000;
    private static final int REGIONS = 100;
    private static final int ROWS_NAMED = 5;

    /** Told how far a comparison is. */
    @FunctionalInterface
    public interface Progress {
        /** So many parts of the comparison of a decision are done. */
        void at(String decision, int done, int of);
    }

    /** A comparison on all processors. */
    public static Comparison of(LocalDate day, Duration limit, Progress progress) {
        return new Comparison(day, limit, Runtime.getRuntime().availableProcessors(), progress);
    }

    /** What two policies mean differently. */
    public Meaning between(Policy before, Policy after) {
        List<Policy> policies = List.of(before, after);
        List<TableMeaning> tables = tables(policies);
        var decisions = new ArrayList<DecisionMeaning>();
        for (Decision<?, ?> decision : Decisions.all()) {
            DecisionMeaning meaning = of(decision, policies);
            if (meaning != null) {
                decisions.add(meaning);
            }
        }
        boolean complete = tables.stream().allMatch(TableMeaning::complete)
                && decisions.stream()
                        .noneMatch(each -> each.result() == Result.UNFINISHED
                                || each.bounds().stream().anyMatch(Meaning.Bound::leavesOut));
        return new Meaning(
                before.files().content(), after.files().content(), day, complete, tables, List.copyOf(decisions));
    }

    private <F extends Record, D extends Record & Concluded> @Nullable DecisionMeaning of(
            Decision<F, D> decision, List<Policy> policies) {
        if (!policies.stream().allMatch(policy -> policy.decides(decision.part()))) {
            return null;
        }
        long end = System.nanoTime() + limit.toNanos();
        BooleanSupplier stopped =
                () -> System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted();
        return DecisionDifference.of(
                decision, policies, day, threads, stopped, (done, of) -> progress.at(decision.label(), done, of));
    }

    // ———— Tables by themselves ————

    private List<TableMeaning> tables(List<Policy> policies) {
        var types = new LinkedHashSet<Class<? extends Row>>();
        policies.forEach(policy -> policy.tables().stream()
                .sorted(Comparator.comparing((Table<? extends Row> table) -> table.file())
                        .thenComparing(Table::sheet))
                .forEach(table -> types.add(table.type())));
        var found = new ArrayList<TableMeaning>();
        List<Vocabulary> vocabularies =
                policies.stream().map(Policy::vocabulary).toList();
        boolean sameWords = isSame(policies, "vocabulary.xlsx");
        for (Class<? extends Row> type : types) {
            Table<? extends Row> either = policies.get(0).table(type);
            if (sameWords && either != null && isSame(policies, either.file())) {
                continue;
            }
            var pair = new Pair(policies.get(0).table(type), policies.get(1).table(type));
            var difference = TableDifference.of(pair, vocabularies, day, ALLOWANCE);
            if (!difference.regions().isEmpty() || !difference.isComplete()) {
                found.add(table(pair, difference));
            }
        }
        return List.copyOf(found);
    }

    /** Whether both policies have the very same workbook. */
    static boolean isSame(List<Policy> policies, String workbook) {
        return Arrays.equals(
                policies.get(0).files().tables().get(workbook),
                policies.get(1).files().tables().get(workbook));
    }

    private static TableMeaning table(Pair pair, TableDifference difference) {
        List<TableRegion> regions = regions(difference);
        return new TableMeaning(
                pair.either().file(),
                pair.either().sheet(),
                difference.classes(),
                difference.isComplete(),
                regions.subList(0, Math.min(REGIONS, regions.size())),
                Math.max(0, regions.size() - REGIONS));
    }

    private static List<TableRegion> regions(TableDifference difference) {
        var byRows = new LinkedHashMap<List<Object>, List<TableDifference.Region>>();
        difference
                .regions()
                .forEach(each -> byRows.computeIfAbsent(
                                List.of(changes(each), ids(each.before()), ids(each.after())), key -> new ArrayList<>())
                        .add(each));
        var regions = new ArrayList<TableRegion>();
        byRows.values().forEach(group -> {
            TableDifference.Region one = group.get(0);
            Boxes.joined(group.stream().map(TableDifference.Region::box).toList())
                    .forEach(joined -> regions.add(new TableRegion(
                            where(difference.space(), joined.box()),
                            changes(one),
                            rows(one.before()),
                            rows(one.after()))));
        });
        return regions;
    }

    private static List<String> ids(Collection<? extends Row> rows) {
        return rows.stream().map(row -> row.ref().id()).toList();
    }

    private static List<Where> where(JointSpace space, int[][] box) {
        var where = new ArrayList<Where>();
        int[][] whole = space.common();
        for (int axis = 0; axis < box.length; axis++) {
            if (!Boxes.isSame(box[axis], whole[axis])) {
                Axis of = space.axes().get(axis);
                where.add(new Where(of.name(), of.words(box[axis])));
            }
        }
        return where;
    }

    /** What one row concludes and the other does not; all that one concludes where there is but one. */
    private static List<Change> changes(TableDifference.Region region) {
        if (region.before().size() > 1 || region.after().size() > 1) {
            return List.of();
        }
        Map<String, String> was = region.before().isEmpty()
                ? Map.of()
                : RowContent.words(region.before().get(0));
        Map<String, String> is = region.after().isEmpty()
                ? Map.of()
                : RowContent.words(region.after().get(0));
        var names = new LinkedHashSet<>(was.keySet());
        names.addAll(is.keySet());
        return names.stream()
                .map(name -> new Change(name, was.getOrDefault(name, ""), is.getOrDefault(name, "")))
                .filter(change -> !change.before().equals(change.after()))
                .toList();
    }

    private static List<RowAt> rows(List<? extends Row> rows) {
        return rows.stream()
                .limit(ROWS_NAMED)
                .map(row -> new RowAt(row.ref().id(), row.ref().at(), row.ref().says()))
                .toList();
    }
}
