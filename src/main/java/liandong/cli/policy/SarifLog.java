package liandong.cli.policy;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import liandong.cli.terminal.Findings;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.LineRef;
import liandong.problem.Problem;
import liandong.problem.Siblings;
import liandong.wire.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Findings as SARIF 2.1.0, which code hosts and editors read. A cell is a region: its row the line, its column the column. */
final class SarifLog {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final Object[] ELLIPSES = {"…", "…", "…", "…", "…"};

    private SarifLog() {}

    static ObjectNode of(Findings findings, Locale locale) {
        ObjectNode log = Json.object();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "liandong");
        List<Code> codes = new ArrayList<>(
                new TreeSet<>(findings.shown().stream().map(Problem::code).toList()));
        ArrayNode rules = driver.putArray("rules");
        codes.forEach(code -> rule(rules.addObject(), code, locale));
        run.put("language", locale.getLanguage().equals("zh") ? "zh-CN" : "en");
        run.put("columnKind", "utf16CodeUnits");
        run.putObject("properties")
                .put("policyVersion", findings.files().version())
                .put("usable", findings.usable());
        ArrayNode results = run.putArray("results");
        Siblings.of(findings.shown())
                .forEach(each -> result(
                        results.addObject(), each, codes.indexOf(each.get(0).code()), locale));
        return log;
    }

    private static void rule(ObjectNode rule, Code code, Locale locale) {
        // A rule is a kind of problem: what it would quote stands open.
        Problem any = Problem.of(code, new FileRef("…"), Arrays.copyOf(ELLIPSES, ELLIPSES.length));
        String help = any.help(locale);
        rule.put("id", code.name());
        rule.putObject("shortDescription").put("text", any.message(locale));
        rule.putObject("help").put("text", help.isEmpty() ? any.message(locale) : help);
        rule.putObject("defaultConfiguration").put("level", level(code));
    }

    /** One cause is one result: where else it shows is related to it. */
    private static void result(ObjectNode result, List<Problem> siblings, int rule, Locale locale) {
        Problem problem = siblings.get(0);
        String help = problem.help(locale);
        result.put("ruleId", problem.code().name());
        result.put("ruleIndex", rule);
        result.put("level", level(problem.code()));
        result.putObject("message")
                .put("text", problem.at() + ": " + problem.message(locale) + (help.isEmpty() ? "" : " " + help));
        location(result.putArray("locations").addObject(), problem);
        if (siblings.size() > 1) {
            ArrayNode related = result.putArray("relatedLocations");
            siblings.stream().skip(1).forEach(each -> location(related.addObject(), each));
        }
    }

    private static void location(ObjectNode location, Problem problem) {
        ObjectNode physical = location.putObject("physicalLocation");
        physical.putObject("artifactLocation").put("uri", uri(Findings.path(problem)));
        if (problem.at() instanceof CellRef cell) {
            physical.putObject("region")
                    .put("startLine", cell.row())
                    .put("startColumn", cell.column() + 1)
                    .putObject("message")
                    .put("text", cell.inFile());
            location.putArray("logicalLocations")
                    .addObject()
                    .put("name", cell.cell())
                    .put("fullyQualifiedName", cell.toString())
                    .put("kind", "cell");
        } else if (problem.at() instanceof LineRef line) {
            physical.putObject("region").put("startLine", line.line());
        }
    }

    private static String level(Code code) {
        return code.severity().name().toLowerCase(Locale.ROOT);
    }

    private static String uri(String path) {
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("every path can be quoted: " + path, e);
        }
    }
}
