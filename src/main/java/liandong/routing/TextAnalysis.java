package liandong.routing;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import liandong.analysis.AnalysedTable;
import liandong.analysis.LivingRows;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.problem.Problems;

/** What is wrong with the tables by which texts are read, and with the duties and limits that follow. */
final class TextAnalysis {
    /** How many findings of a kind in one sheet are told one by one. */
    private static final int TOLD = 20;

    private TextAnalysis() {}

    static void tell(Policy policy, List<AnalysedTable> tables, LocalDate today, Consumer<Problem> problems) {
        var found = new Problems(TOLD);
        LivingRows<CueRow> cues = LivingRows.of(CueRow.class, policy, tables);
        if (cues != null) {
            new CueAnalysis(cues, found).tell();
        }
        new SoughtWordAnalysis(policy, tables, found).tell();
        LivingRows<ExampleRow> examples = LivingRows.of(ExampleRow.class, policy, tables);
        if (examples != null) {
            new ExampleAnalysis(policy, tables, examples, today, found).tell();
        }
        new DutyAnalysis(policy, tables, today, found).tell();
        new DispatchAnalysis(policy, tables, found).tell();
        found.all().forEach(problems);
    }
}
