package liandong.cli.terminal;

import java.util.List;
import java.util.Locale;
import liandong.explain.Visible;
import liandong.policy.PolicyFiles;
import liandong.problem.CellRef;
import liandong.problem.Problem;
import liandong.problem.ProblemSeverity;

/**
 * What a check has found and is to be shown.
 *
 * @param files what was checked
 * @param shown the findings, by place
 * @param usable whether the policy could be served as it is
 * @param failing the least severity that makes the check fail
 */
public record Findings(PolicyFiles files, List<Problem> shown, boolean usable, ProblemSeverity failing) {
    public long count(ProblemSeverity severity) {
        return shown.stream().filter(each -> each.code().severity() == severity).count();
    }

    /** Whether a finding makes the check fail. */
    public boolean fails(Problem problem) {
        return problem.code().severity().compareTo(failing) <= 0;
    }

    /** The file a problem is about, as a path within the policy. */
    public static String path(Problem problem) {
        String file = problem.at().file();
        boolean isTable = problem.at() instanceof CellRef
                || (!file.contains("/") && file.toLowerCase(Locale.ROOT).endsWith(".xlsx"));
        return isTable ? "decision-tables/" + file : file;
    }

    /** Text in which characters that a reader would not see, or that would steer a terminal, are written out. */
    public static String visible(String text) {
        return Visible.of(text);
    }
}
