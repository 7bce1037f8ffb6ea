package liandong.scenario;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import liandong.policy.AllCores;
import liandong.policy.Policy;
import liandong.policy.RuleRef;
import liandong.scenario.Cases.Result;
import liandong.scenario.TableCoverage.OfCondition;
import liandong.scenario.TableCoverage.OfRow;
import liandong.table.Row;
import liandong.table.Table;

/**
 * What scenarios have shown of a policy: which rows decided, which conditions were put to the test, which rules fired.
 *
 * <p>Belongs to one thread.
 */
public final class Coverage {
    private final Policy policy;
    private final Map<Table<? extends Row>, TableCoverage> tables = new LinkedHashMap<>();
    private final Set<String> decided = new HashSet<>();
    private final Map<String, Integer> fired = new TreeMap<>();
    private int cases;

    /** How a row has fared. */
    public enum RowState {
        /** It is among the reasons of an answer. */
        DECIDED,
        /** It covered a fact, but the answer rests on others: a row above it, or a stronger conclusion. */
        LOST,
        /** It never covered a fact. */
        NEVER
    }

    /** Nothing shown yet. */
    public Coverage(Policy policy) {
        this.policy = policy;
        policy.tables().stream()
                .sorted(Comparator.<Table<? extends Row>, String>comparing(Table::file)
                        .thenComparing(Table::sheet))
                .forEach(table -> tables.put(table, new TableCoverage(table)));
    }

    /** Runs a scenario, and takes note of what it shows. */
    public Result run(Scenario scenario) {
        return run(scenario, new LinkedHashSet<>());
    }

    /** Runs a story, and takes note of what it shows. */
    public StoryRun run(CaseStory story) {
        var trace = new LinkedHashSet<Question>();
        StoryRun run = Cases.run(watching(trace), story);
        note(trace, run.results());
        return run;
    }

    /**
     * Runs scenarios and stories on all cores, and takes note of what they show.
     *
     * @param done run after each, by whichever thread ran it
     */
    public TestReport run(Scenarios scenarios, Runnable done) {
        List<CaseStory> stories = scenarios.stories();
        List<Scenario> cases = scenarios.cases();
        var results = new Result[cases.size()];
        var runs = new StoryRun[stories.size()];
        var next = new AtomicInteger();
        List<Integer> threads = IntStream.range(0, AllCores.count()).boxed().toList();
        List<Coverage> parts = AllCores.map(threads, thread -> {
            var part = new Coverage(policy);
            for (int i = next.getAndIncrement(); i < scenarios.size(); i = next.getAndIncrement()) {
                if (i < runs.length) { // what takes longest first
                    runs[i] = part.run(stories.get(i));
                } else {
                    results[i - runs.length] = part.run(cases.get(i - runs.length));
                }
                done.run();
            }
            return part;
        });
        parts.forEach(this::add);
        return new TestReport(policy, List.of(results), List.of(runs), scenarios.broken(), scenarios.problems());
    }

    private void add(Coverage other) {
        other.tables.forEach((table, shown) ->
                tables.computeIfAbsent(table, TableCoverage::new).add(shown));
        decided.addAll(other.decided);
        other.fired.forEach((id, times) -> fired.merge(id, times, Integer::sum));
        cases += other.cases;
    }

    /**
     * Runs a scenario, and takes note of what it shows.
     *
     * @param trace given every question that its decision asked of the tables
     */
    Result run(Scenario scenario, Set<Question> trace) {
        Result result = Cases.run(watching(trace), scenario);
        note(trace, List.of(result));
        return result;
    }

    private Policy watching(Set<Question> trace) {
        return policy.watched((table, fact, on, singly) -> trace.add(new Question(table, fact, on, singly)));
    }

    private void note(Set<Question> trace, List<Result> results) {
        trace.forEach(question ->
                tables.computeIfAbsent(question.table(), TableCoverage::new).ask(question.fact(), question.on()));
        for (Result result : results) {
            result.answer().path("fired").forEach(id -> {
                decided.add(id.stringValue());
                fired.merge(id.stringValue(), 1, Integer::sum);
            });
            cases++;
        }
    }

    /**
     * What a decision asked of a table.
     *
     * @param table the table
     * @param fact what it was asked about
     * @param on the day on which rows must be in force
     * @param singly whether it was asked of one row, whatever other rows do
     */
    record Question(Table<? extends Row> table, Object fact, LocalDate on, boolean singly) {}

    /** What has been shown of the tables, by file and sheet. */
    public List<TableCoverage> tables() {
        return List.copyOf(tables.values());
    }

    /** What has not been shown of a table. */
    List<CoverageGoal> open(TableCoverage table) {
        return table.open(row -> decided.contains(row.id()));
    }

    /** Whether something has been shown. */
    boolean shown(CoverageGoal aim) {
        TableCoverage table = tables.get(aim.table());
        return aim.shows() == CoverageGoal.Shows.DECIDES
                ? decided.contains(aim.of().ref().id())
                : table != null && table.shown(aim);
    }

    /** How a row has fared. */
    public RowState state(OfRow row) {
        if (decided.contains(row.row().id())) {
            return RowState.DECIDED;
        }
        return row.covered() ? RowState.LOST : RowState.NEVER;
    }

    /**
     * What has been shown of a table, or of all.
     *
     * @param rows its rows
     * @param decided of those, how many decided
     * @param lost of those, how many covered a fact without deciding
     * @param conditions conditions stated
     * @param held of those, how many have held
     * @param failed of those, how many have failed
     * @param deciding of those, how many alone have kept their row from covering a fact
     */
    public record Sum(int rows, int decided, int lost, int conditions, int held, int failed, int deciding) {
        static final Sum NONE = new Sum(0, 0, 0, 0, 0, 0, 0);

        Sum and(Sum other) {
            return new Sum(
                    rows + other.rows,
                    decided + other.decided,
                    lost + other.lost,
                    conditions + other.conditions,
                    held + other.held,
                    failed + other.failed,
                    deciding + other.deciding);
        }
    }

    /** What has been shown of a table. */
    public Sum sum(TableCoverage table) {
        Sum sum = Sum.NONE;
        for (OfRow row : table.rows()) {
            RowState state = state(row);
            sum = sum.and(new Sum(
                    1,
                    state == RowState.DECIDED ? 1 : 0,
                    state == RowState.LOST ? 1 : 0,
                    row.conditions().size(),
                    count(row, OfCondition::held),
                    count(row, OfCondition::failed),
                    count(row, OfCondition::decided)));
        }
        return sum;
    }

    private static int count(OfRow row, java.util.function.Predicate<OfCondition> of) {
        return (int) row.conditions().stream().filter(of).count();
    }

    /** What has been shown of all tables. */
    public Sum sum() {
        return tables.values().stream().map(this::sum).reduce(Sum.NONE, Sum::and);
    }

    /** Rules that no scenario has fired, by code. */
    public List<RuleRef> silent() {
        return policy.rules().refs().stream()
                .filter(rule -> !fired.containsKey(rule.code()))
                .sorted(Comparator.comparing(RuleRef::code))
                .toList();
    }

    /** Rules that have fired in every scenario, by code: none shows where they must not. */
    public List<RuleRef> always() {
        return policy.rules().refs().stream()
                .filter(rule -> cases > 0 && fired.getOrDefault(rule.code(), 0) == cases)
                .sorted(Comparator.comparing(RuleRef::code))
                .toList();
    }

    /** The conditions of a row that have not been shown whole. */
    public static List<OfCondition> untested(OfRow row) {
        return row.conditions().stream()
                .filter(each -> !(each.held() && each.failed() && each.decided()))
                .toList();
    }
}
