package liandong.wire;

import java.util.List;
import java.util.Locale;
import liandong.policy.PolicyFiles;
import liandong.problem.CellRef;
import liandong.problem.FileRef;
import liandong.problem.LineRef;
import liandong.problem.Problem;
import liandong.problem.ProblemSeverity;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a check has found, as JSON. */
public final class CheckJson {
    private CheckJson() {}

    /**
     * The findings of a check.
     *
     * @param files what was checked
     * @param findings by place
     * @param usable whether the policy could be served as it is
     * @param locale the language of messages
     */
    public static ObjectNode of(PolicyFiles files, List<Problem> findings, boolean usable, Locale locale) {
        ObjectNode json = Json.object();
        json.putObject("policy").put("version", files.version()).put("label", files.label());
        json.put("usable", usable);
        ObjectNode counts = json.putObject("counts");
        for (ProblemSeverity severity : ProblemSeverity.values()) {
            counts.put(
                    severity.name().toLowerCase(Locale.ROOT),
                    findings.stream()
                            .filter(each -> each.code().severity() == severity)
                            .count());
        }
        ArrayNode problems = json.putArray("problems");
        findings.forEach(each -> finding(problems.addObject(), each, locale));
        return json;
    }

    private static void finding(ObjectNode json, Problem problem, Locale locale) {
        json.put("severity", problem.code().severity().name());
        json.put("code", problem.code().name());
        json.put("at", problem.at().toString());
        if (problem.at() instanceof CellRef cell) {
            json.put("file", cell.file()).put("sheet", cell.sheet()).put("cell", cell.cell());
        } else if (problem.at() instanceof LineRef line) {
            json.put("file", line.file()).put("line", line.line());
        } else if (problem.at() instanceof FileRef file) {
            json.put("file", file.file());
        }
        json.put("message", problem.message(locale));
        String help = problem.help(locale);
        if (!help.isEmpty()) {
            json.put("help", help);
        }
    }
}
