package liandong.analysis;

import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import liandong.calendar.Limit;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.table.HitPolicy;
import liandong.table.Row;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that can apply, for whoever looks at what they say together.
 *
 * @param table the table
 * @param analysis what looking at its rows has shown
 * @param dead the numbers of the rows that can never apply
 * @param <R> what its rows conclude
 */
public record LivingRows<R extends Row>(Table<R> table, TableAnalysis analysis, BitSet dead) {
    private static final int NAMED = 5;

    /** The rows of a kind; null when the policy has no such table. */
    public static <R extends Row> @Nullable LivingRows<R> of(Class<R> type, Policy policy, List<AnalysedTable> tables) {
        Table<R> table = policy.table(type);
        return table == null
                ? null
                : tables.stream()
                        .filter(each -> each.table() == table)
                        .findFirst()
                        .map(each -> new LivingRows<>(table, each.analysis(), each.dead()))
                        .orElse(null);
    }

    /** Gives each row with its number, in the order of the sheet. */
    public void each(ObjIntConsumer<R> then) {
        for (int row = 0; row < table.rows().size(); row++) {
            if (!dead.get(row)) {
                then.accept(table.rows().get(row), row);
            }
        }
    }

    /** Tells of words of a set that no row concludes, so that they can never come about, at the header of their column. */
    public <T extends Term> void tellNever(
            String column, List<T> all, Function<R, T> concluded, Consumer<Problem> problems) {
        var words = new HashSet<T>();
        each((row, number) -> words.add(concluded.apply(row)));
        List<String> never = all.stream()
                .filter(word -> !words.contains(word))
                .map(Term::label)
                .toList();
        if (!never.isEmpty() && !words.isEmpty()) {
            problems.accept(Problem.of(Code.NEVER_CONCLUDED, table.header(column), named(never), table.sheet()));
        }
    }

    /** The kinds of facts that the table can tell apart. */
    public FactKinds kinds() {
        return new FactKinds(this);
    }

    /** Tells, at the limit of each row that is graver, that it takes longer than a lesser row; once for each row. */
    public void tellGrowing(
            String column, FactKinds.Order order, Function<R, Limit> limit, String cell, Consumer<Problem> problems) {
        var told = new BitSet();
        kinds().compare(column, order, (less, more) -> {
            int shorter = shortest(less, limit);
            int longer = shortest(more, limit);
            if (shorter >= 0
                    && longer >= 0
                    && !told.get(longer)
                    && limit.apply(row(longer)).aboutDays()
                            > limit.apply(row(shorter)).aboutDays()) {
                told.set(longer);
                problems.accept(Problem.of(
                        Code.GRAVER_SLOWER,
                        at(longer, cell),
                        column + " " + LivingRows.named(more.labels(column)),
                        limit.apply(row(longer)).label(),
                        LivingRows.named(less.labels(column)),
                        limit.apply(row(shorter)).label(),
                        row(shorter).ref().id()));
            }
        });
    }

    /** The row that counts for a kind of facts: the first or, where all count, the one whose limit is the shortest; -1 for none. */
    private int shortest(FactKinds.Kind kind, Function<R, Limit> limit) {
        return table.hitPolicy() == HitPolicy.FIRST
                ? kind.first()
                : kind.holding().stream()
                        .boxed()
                        .min(Comparator.comparingDouble(
                                row -> limit.apply(row(row)).aboutDays()))
                        .orElse(-1);
    }

    /** The row of a number. */
    public R row(int number) {
        return table.rows().get(number);
    }

    /** A cell of a row, by the Chinese name of its column. */
    public CellRef at(int number, String column) {
        return table.at(row(number), column);
    }

    /** The first of some things in one line, and how many there are when these are not all. */
    public static String named(Collection<String> things) {
        String first = things.stream().limit(NAMED).collect(Collectors.joining("、"));
        return things.size() > NAMED ? first + "… (" + things.size() + ")" : first;
    }
}
