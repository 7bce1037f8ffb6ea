package liandong.routing.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import liandong.explain.Columns;
import liandong.explain.Page;
import liandong.explain.Phrases;
import liandong.problem.Problem;
import liandong.routing.RoutingOutcome;
import liandong.routing.TriageReason;
import liandong.wire.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An evaluation to be shown: as text for people, or as JSON for programs. */
final class EvaluationReport {
    private static final int MATRIX = 20;

    private final String file;
    private final String label;
    private final Against against;
    private final String policyLabel;
    private final String policyVersion;
    private final Evaluation result;

    /**
     * A report.
     *
     * @param label the column the labels stand in
     */
    EvaluationReport(
            String file, String label, Against against, String policyLabel, String policyVersion, Evaluation result) {
        this.file = file;
        this.label = label;
        this.against = against;
        this.policyLabel = policyLabel;
        this.policyVersion = policyVersion;
        this.result = result;
    }

    String text(Phrases say) {
        var page = new Page();
        page.paragraph(
                0, say.of("evaluate.title", file, label, against.json(), policyLabel, policyVersion.substring(0, 12)));
        page.line("");
        totals(page, say);
        labels(page, say);
        confusion(page, say);
        worst(page, say);
        return page.toString();
    }

    private void totals(Page page, Phrases say) {
        int usable = result.usable();
        var names = new ArrayList<String>();
        var values = new ArrayList<String>();
        names.add(say.of("evaluate.rows"));
        values.add(
                result.unusable() == 0
                        ? String.valueOf(result.rows())
                        : say.of("evaluate.rowsUnusable", result.rows(), result.unusable()));
        names.add(say.of("evaluate.answered"));
        values.add(share(say, result.answered(), usable));
        names.add(say.of("evaluate.right"));
        values.add(String.valueOf(result.right()));
        names.add(say.of("evaluate.accuracy"));
        values.add(Phrases.percent(result.right(), result.answered()));
        names.add(say.of("evaluate.rightOfAll"));
        values.add(Phrases.percent(result.right(), usable));
        names.add(say.of("evaluate.triage"));
        List<String> reasons = result.triageReasons().entrySet().stream()
                .map(each -> say.word(each.getKey()) + " " + each.getValue())
                .toList();
        values.add(share(say, result.triaged(), usable, reasons));
        names.add(say.of("evaluate.other"));
        List<String> outcomes = result.otherOutcomes().entrySet().stream()
                .map(each -> say.word(each.getKey()) + " " + each.getValue())
                .toList();
        values.add(share(say, result.ended(), usable, outcomes));
        if (result.earlier() != null) {
            names.add(say.of("evaluate.asOf", result.earlier()));
            values.add(share(say, result.decidedEarlier(), usable));
        }
        int width = names.stream().mapToInt(Columns::width).max().orElse(0);
        for (int i = 0; i < names.size(); i++) {
            page.entry(0, Columns.left(names.get(i), width) + "  ", values.get(i));
        }
    }

    private static String share(Phrases say, int part, int whole) {
        return say.of("evaluate.share", part, Phrases.percent(part, whole));
    }

    private static String share(Phrases say, int part, int whole, List<String> details) {
        return details.isEmpty()
                ? share(say, part, whole)
                : say.of("evaluate.shareReasons", part, Phrases.percent(part, whole), say.list(details));
    }

    private void labels(Page page, Phrases say) {
        page.heading(say.of("evaluate.labels"));
        var table = new ArrayList<List<String>>();
        table.add(List.of(
                say.of("evaluate.label"),
                say.of("evaluate.count"),
                say.of("evaluate.answered"),
                say.of("evaluate.right"),
                say.of("evaluate.recall"),
                say.of("evaluate.precision")));
        for (Evaluation.Label each : result.labels()) {
            table.add(List.of(
                    Columns.shortened(each.name(), 30),
                    String.valueOf(each.count()),
                    String.valueOf(each.count() - each.triage() - each.other()),
                    String.valueOf(each.right()),
                    Phrases.percent(each.right(), each.count()),
                    Phrases.percent(each.right(), result.given(each.name()))));
        }
        table(page, table);
    }

    private void confusion(Page page, Phrases say) {
        page.heading(say.of("evaluate.confusion"));
        List<Evaluation.Label> labels = result.labels();
        List<Evaluation.Label> shown = labels.subList(0, Math.min(MATRIX, labels.size()));
        var answers = new ArrayList<>(shown.stream().map(Evaluation.Label::name).toList());
        List<String> further = result.furtherAnswers();
        answers.addAll(further.subList(0, Math.min(MATRIX - shown.size() + 5, further.size())));
        var table = new ArrayList<List<String>>();
        var head = new ArrayList<String>();
        head.add("");
        for (int i = 1; i <= answers.size(); i++) {
            head.add(String.valueOf(i));
        }
        head.add(say.of("evaluate.triageColumn"));
        head.add(say.of("evaluate.otherColumn"));
        table.add(head);
        for (int i = 0; i < answers.size(); i++) {
            var cells = new ArrayList<String>();
            cells.add((i + 1) + " " + Columns.shortened(answers.get(i), 16));
            if (i < shown.size()) {
                Evaluation.Label each = shown.get(i);
                int told = 0;
                for (String answer : answers) {
                    cells.add(count(each.answered(answer)));
                    told += each.answered(answer);
                }
                cells.add(count(each.triage()));
                int untold = each.count() - each.triage() - told;
                cells.add(count(untold));
            }
            table.add(cells);
        }
        table(page, table);
        if (shown.size() < labels.size()) {
            page.paragraph(2, say.of("evaluate.tooWide", shown.size(), labels.size()));
        }
    }

    private static String count(int count) {
        return count == 0 ? "·" : String.valueOf(count);
    }

    /** A table: the first column to the left, the others to the right, each as wide as its widest cell. */
    private static void table(Page page, List<List<String>> table) {
        var widths = new int[table.get(0).size()];
        for (List<String> row : table) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], Columns.width(row.get(i)));
            }
        }
        for (List<String> row : table) {
            var line = new StringBuilder("  ");
            for (int i = 0; i < row.size(); i++) {
                line.append(i == 0 ? "" : "  ")
                        .append(i == 0 ? Columns.left(row.get(i), widths[i]) : Columns.right(row.get(i), widths[i]));
            }
            page.line(line.toString());
        }
    }

    private void worst(Page page, Phrases say) {
        if (result.worst().isEmpty()) {
            return;
        }
        page.heading(say.of("evaluate.worst"));
        for (Evaluation.Confusion confusion : result.worst()) {
            page.entry(2, "• ", say.of("evaluate.pair", confusion.label(), confusion.answer(), confusion.count()));
            for (Evaluation.Example example : confusion.examples()) {
                page.paragraph(4, say.of("evaluate.example", example.row(), example.text()));
                page.paragraph(
                        6,
                        example.votes().isEmpty()
                                ? say.of("evaluate.noVotes")
                                : example.votes().stream()
                                        .map(vote -> say.of(
                                                "evaluate.votes", vote.row(), say.list(vote.words()), vote.points()))
                                        .collect(Collectors.joining("; ")));
            }
        }
    }

    ObjectNode json(Locale locale) {
        ObjectNode json = Json.object();
        json.put("file", file);
        json.put("label", label);
        json.put("against", against.json());
        json.set("policy", Json.object().put("version", policyVersion).put("label", policyLabel));
        json.put("rows", result.rows());
        json.put("unusable", result.unusable());
        json.put("answered", result.answered());
        json.put("right", result.right());
        json.put("accuracy", ratio(result.right(), result.answered()));
        json.put("rightOfAll", ratio(result.right(), result.usable()));
        ObjectNode triage = json.putObject("manualTriage");
        triage.put("count", result.triaged());
        triage.put("share", ratio(result.triaged(), result.usable()));
        ObjectNode reasons = triage.putObject("reasons");
        for (Map.Entry<TriageReason, Integer> each : result.triageReasons().entrySet()) {
            reasons.put(each.getKey().code(), each.getValue());
        }
        ObjectNode other = json.putObject("other");
        for (Map.Entry<RoutingOutcome, Integer> each : result.otherOutcomes().entrySet()) {
            other.put(each.getKey().code(), each.getValue());
        }
        if (result.earlier() != null) {
            json.putObject("decidedAsOf")
                    .put("day", result.earlier().toString())
                    .put("count", result.decidedEarlier());
        }
        ArrayNode labels = json.putArray("labels");
        for (Evaluation.Label each : result.labels()) {
            ObjectNode node = labels.addObject();
            node.put("label", each.name());
            node.put("rows", each.count());
            node.put("right", each.right());
            node.put("recall", ratio(each.right(), each.count()));
            node.put("precision", ratio(each.right(), result.given(each.name())));
            node.put("manualTriage", each.triage());
            node.put("other", each.other());
            ObjectNode answers = node.putObject("answers");
            each.answers().forEach(answers::put);
        }
        ArrayNode worst = json.putArray("worst");
        result.worst().forEach(confusion -> confusion(worst.addObject(), confusion));
        ArrayNode problems = json.putArray("problems");
        for (Problem problem : result.problems()) {
            ObjectNode node = problems.addObject();
            node.put("at", problem.at().toString());
            node.put("code", problem.code().name());
            node.put("message", problem.message(locale));
            node.put("help", problem.help(locale));
        }
        json.put("moreProblems", result.moreProblems());
        return json;
    }

    private static void confusion(ObjectNode node, Evaluation.Confusion confusion) {
        node.put("label", confusion.label());
        node.put("answer", confusion.answer());
        node.put("count", confusion.count());
        ArrayNode examples = node.putArray("examples");
        for (Evaluation.Example example : confusion.examples()) {
            ObjectNode one = examples.addObject();
            one.put("row", example.row());
            one.put("text", example.text());
            ArrayNode votes = one.putArray("votes");
            for (Evaluation.Vote vote : example.votes()) {
                ObjectNode cast = votes.addObject();
                cast.put("row", vote.row());
                ArrayNode words = cast.putArray("words");
                vote.words().forEach(words::add);
                cast.put("points", vote.points());
            }
        }
    }

    /** A share to four decimals; 0 when there is nothing to take a share of. */
    private static double ratio(int part, int whole) {
        return whole == 0 ? 0 : Math.round(10_000.0 * part / whole) / 10_000.0;
    }
}
