package liandong.wire;

import java.util.List;
import java.util.Locale;
import liandong.incident.Member;
import liandong.policy.PolicyFiles;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.LineRef;
import liandong.problem.Location;
import liandong.problem.Problem;
import liandong.problem.ProblemSeverity;
import liandong.problem.Siblings;
import org.jspecify.annotations.Nullable;

/** What a check has found, as JSON. */
public record CheckJson(
        @Member(meaning = "what was checked") PolicyRef policy,

        @Member(meaning = "whether the policy could be served as it is")
        boolean usable,

        @Member(meaning = "how many findings there are") Counts counts,

        @Member(meaning = "the findings, by file, sheet, row and column; those that say the same of one sheet are one")
        List<Finding> problems) {

    /** How many findings there are, each place counted. */
    public record Counts(
            @Member(meaning = "of these, errors: the policy cannot be used with them", example = "0")
            long error,

            @Member(meaning = "of these, warnings", example = "2")
            long warning,

            @Member(meaning = "of these, notes", example = "5")
            long note) {}

    /** One finding. */
    public record Finding(
            @Member(meaning = "how much it matters") ProblemSeverity severity,
            @Member(meaning = "what kind of finding") Code code,

            @Member(meaning = "where, in one line", example = "\"routing.xlsx 派单目录!D14\"")
            Location at,

            @Member(meaning = "the file; absent when it is in none", example = "\"routing.xlsx\"") @Nullable
            String file,

            @Member(meaning = "the sheet; absent when it is in none", example = "\"派单目录\"") @Nullable
            String sheet,

            @Member(meaning = "the cell; absent when it is in none", example = "\"D14\"") @Nullable
            String cell,

            @Member(meaning = "the line of a rule file; absent otherwise", example = "12") @Nullable
            Integer line,

            @Member(
                    meaning = "what is wrong, in the language asked for",
                    example = "\"The sheet lacks the column \\\"编号\\\".\"")
            String message,

            @Member(meaning = "how to mend it", example = "\"Add it to the row of headers.\"") @Nullable
            String help,

            @Member(
                    meaning = "where else the same is wrong in this sheet or file",
                    example = "\"routing.xlsx 派单目录!D15\"",
                    leftOutWhenEmpty = true)
            List<Location> alsoAt) {}

    /**
     * The findings of a check.
     *
     * @param files what was checked
     * @param findings by place
     * @param usable whether the policy could be served as it is
     * @param locale the language of messages
     */
    public static CheckJson of(PolicyFiles files, List<Problem> findings, boolean usable, Locale locale) {
        return new CheckJson(
                PolicyRef.of(files),
                usable,
                new Counts(
                        count(findings, ProblemSeverity.ERROR),
                        count(findings, ProblemSeverity.WARNING),
                        count(findings, ProblemSeverity.NOTE)),
                Siblings.of(findings).stream()
                        .map(each -> finding(each, locale))
                        .toList());
    }

    private static long count(List<Problem> findings, ProblemSeverity severity) {
        return findings.stream()
                .filter(each -> each.code().severity() == severity)
                .count();
    }

    private static Finding finding(List<Problem> siblings, Locale locale) {
        Problem problem = siblings.get(0);
        CellRef cell = problem.at() instanceof CellRef at ? at : null;
        LineRef line = problem.at() instanceof LineRef at ? at : null;
        FileRef whole = problem.at() instanceof FileRef at ? at : null;
        String help = problem.help(locale);
        return new Finding(
                problem.code().severity(),
                problem.code(),
                problem.at(),
                cell != null ? cell.file() : line != null ? line.file() : whole != null ? whole.file() : null,
                cell == null ? null : cell.sheet(),
                cell == null ? null : cell.cell(),
                line == null ? null : line.line(),
                problem.message(locale),
                help.isEmpty() ? null : help,
                siblings.stream().skip(1).map(Problem::at).toList());
    }
}
