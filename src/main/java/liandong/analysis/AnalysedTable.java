package liandong.analysis;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.table.Row;
import liandong.table.SheetReader;
import liandong.table.Table;

/**
 * A table and what looking at its rows together has shown.
 *
 * @param table the table
 * @param analysis what its rows say together
 * @param dead the numbers of the rows that can never apply from the day on for which it was looked at
 */
public record AnalysedTable(Table<? extends Row> table, TableAnalysis analysis, BitSet dead) {
    /**
     * Looks at all tables of a policy.
     *
     * @param today the day from which on rows must be able to apply
     * @param problems gets everything that is found
     */
    public static List<AnalysedTable> all(Policy policy, LocalDate today, Consumer<Problem> problems) {
        var all = new ArrayList<AnalysedTable>();
        for (Table<? extends Row> table : policy.tables()) {
            var analysis = new TableAnalysis(table, policy.vocabulary(), today, problems);
            all.add(new AnalysedTable(table, analysis, analysis.tell()));
            if (!table.rows().isEmpty() && analysis.living().isEmpty()) {
                problems.accept(Problem.of(Code.NO_LIVING_ROW, table.header(SheetReader.ID), table.sheet()));
            }
        }
        RowsInTime.tell(policy, today, problems);
        return List.copyOf(all);
    }
}
