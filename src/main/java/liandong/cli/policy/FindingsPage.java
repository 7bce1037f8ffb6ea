package liandong.cli.policy;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import liandong.cli.terminal.Findings;
import liandong.explain.Phrases;
import liandong.problem.CellRef;
import liandong.problem.Problem;
import liandong.problem.ProblemSeverity;
import liandong.problem.Siblings;

/** Findings as a person reads them: by file and sheet, then the counts. */
final class FindingsPage {
    /** As many places as are named of findings that say the same. */
    private static final int PLACES = 10;

    private FindingsPage() {}

    static String of(Findings findings, Phrases say) {
        var page = new StringBuilder();
        String group = "";
        for (List<Problem> siblings : Siblings.of(findings.shown())) {
            Problem problem = siblings.get(0);
            String own = problem.at() instanceof CellRef cell ? cell.section() : CheckTarget.fileOf(problem);
            if (!own.equals(group)) {
                page.append(page.isEmpty() ? "" : "\n")
                        .append("== ")
                        .append(own)
                        .append('\n');
                group = own;
            }
            page.append(Findings.visible(problem.at().toString()))
                    .append(": ")
                    .append(word(problem.code().severity(), say))
                    .append(' ')
                    .append(problem.code())
                    .append("\n    ")
                    .append(Findings.visible(problem.message(say.locale())))
                    .append('\n');
            String help = problem.help(say.locale());
            if (!help.isEmpty()) {
                page.append("    → ").append(Findings.visible(help)).append('\n');
            }
            if (siblings.size() > 1) {
                page.append("    + ")
                        .append(say.of("check.alsoAt", siblings.size() - 1, places(siblings)))
                        .append('\n');
            }
        }
        page.append(page.isEmpty() ? "" : "\n")
                .append(say.of(
                        "check.counts",
                        findings.shown().size(),
                        findings.count(ProblemSeverity.ERROR),
                        findings.count(ProblemSeverity.WARNING),
                        findings.count(ProblemSeverity.NOTE)))
                .append('\n')
                .append(say.of(
                        findings.usable() ? "check.usable" : "check.unusable",
                        findings.files().label(),
                        findings.files().version().substring(0, 12)))
                .append('\n');
        return page.toString();
    }

    /** Where the siblings of the first are, without the sheet, which stands above them. */
    private static String places(List<Problem> siblings) {
        String places = siblings.stream()
                .skip(1)
                .limit(PLACES)
                .map(each -> each.at().toString())
                .map(at -> at.substring(at.lastIndexOf('!') + 1))
                .collect(Collectors.joining("、"));
        return siblings.size() - 1 > PLACES ? places + "…" : places;
    }

    private static String word(ProblemSeverity severity, Phrases say) {
        return say.of("check." + severity.name().toLowerCase(Locale.ROOT));
    }
}
