package liandong.analysis;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import liandong.decision.KeywordRow;
import liandong.decision.Row;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyLoader;
import liandong.problem.Problem;
import liandong.table.Table;

/** Checks a policy whole: every file, row and cell first, then, if it can be used, what its tables say together. */
public final class Check {
    private Check() {}

    /**
     * Checks a policy.
     *
     * @param today the day on which rows that have ended are told of
     */
    public static Checked of(PolicyFiles files, LocalDate today) {
        try {
            Policy policy = PolicyLoader.load(files, today);
            return new Checked(found(policy, today), policy);
        } catch (BadPolicyException e) {
            return new Checked(e.problems(), null);
        }
    }

    private static List<Problem> found(Policy policy, LocalDate today) {
        var found = new ArrayList<Problem>(policy.notes());
        var tables = new ArrayList<TableAnalysis>();
        for (Table<? extends Row> table : policy.tables()) {
            var analysis = new TableAnalysis(table, policy.vocabulary(), today, found::add);
            BitSet dead = analysis.tell();
            tables.add(analysis);
            keywords(table, dead, found::add);
        }
        found.addAll(ReturnPaths.of(policy, today).problems());
        found.addAll(Unconfirmed.of(policy));
        new WordAnalysis(policy, tables, found::add).tell();
        found.sort(Problem.BY_PLACE);
        return List.copyOf(found);
    }

    @SuppressWarnings("unchecked") // the type of its rows was just looked at
    private static void keywords(Table<? extends Row> table, BitSet dead, Consumer<Problem> problems) {
        if (table.type() == KeywordRow.class) {
            new KeywordAnalysis((Table<KeywordRow>) table, dead, problems).tell();
        }
    }
}
