package liandong.analysis;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
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
