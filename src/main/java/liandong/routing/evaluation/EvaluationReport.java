package liandong.routing.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import liandong.explain.Phrases;
import liandong.problem.Problem;
import liandong.routing.evaluation.Confusions.Confusion;
import liandong.routing.evaluation.Confusions.Example;
import liandong.routing.evaluation.Measured.Vote;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An evaluation to be shown: as text for people, or as JSON for programs. */
final class EvaluationReport {
    /** How many confusions of a part are told. */
    static final int WORST = 5;

    private final About about;
    private final Evaluation result;

    /**
     * What was evaluated.
     *
     * @param file the file
     * @param parts what was compared with which columns
     * @param policyLabel what people call the policy
     * @param policyVersion its version
     * @param by the column that rows are counted by besides the whole; null for none
     * @param folds how many folds; 0 for none
     * @param seed what the folds were dealt by
     * @param learned whether the words were learned from the other folds
     * @param heldOut how many rows of the policy are texts of the file, and were left out with their fold
     */
    record About(
            String file,
            List<PartColumns> parts,
            String policyLabel,
            String policyVersion,
            @Nullable String by,
            int folds,
            long seed,
            boolean learned,
            int heldOut) {}

    EvaluationReport(About about, Evaluation result) {
        this.about = about;
        this.result = result;
    }

    String text(Phrases say) {
        return new EvaluationPage(about, result, say).text();
    }

    ObjectNode json(Locale locale) {
        ObjectNode json = Json.object();
        json.put("file", about.file());
        json.set("policy", Json.object().put("version", about.policyVersion()).put("label", about.policyLabel()));
        if (about.folds() > 0) {
            json.putObject("folds")
                    .put("count", about.folds())
                    .put("seed", about.seed())
                    .put("keywordsLearned", about.learned())
                    .put("rowsLeftOut", about.heldOut());
        }
        json.put("unusable", result.unusable());
        json.setAll(counts(result.all()));
        if (!result.groups().isEmpty()) {
            json.put("by", about.by() == null ? "fold" : about.by());
            ArrayNode groups = json.putArray("groups");
            for (Map.Entry<String, Counts> group : result.groups().entrySet()) {
                groups.addObject().put("group", group.getKey()).setAll(counts(group.getValue()));
            }
        }
        ArrayNode parts = json.putArray("parts");
        for (PartColumns columns : about.parts()) {
            result.parts().stream()
                    .filter(part -> part.part() == columns.part())
                    .forEach(part -> part(parts.addObject(), columns, part));
        }
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

    private ObjectNode counts(Counts counts) {
        ObjectNode json = Json.object();
        json.put("rows", counts.rows());
        ObjectNode figures = json.putObject("figures");
        result.figures().forEach(figure -> share(figures.putObject(figure.json()), counts.of(figure)));
        ObjectNode answered = json.putObject("rightOfAnswered");
        ObjectNode labelled = json.putObject("rightOfLabelled");
        for (PartColumns each : about.parts()) {
            share(answered.putObject(each.part().json()), counts.rightOfAnswered(each.part()));
            share(labelled.putObject(each.part().json()), counts.rightOfLabelled(each.part()));
        }
        ObjectNode outcomes = json.putObject("outcomes");
        counts.outcomes().forEach((outcome, count) -> outcomes.put(outcome.code(), count));
        ObjectNode reasons = json.putObject("triageReasons");
        counts.reasons().forEach(reasons::put);
        return json;
    }

    private static void share(ObjectNode node, Share share) {
        node.put("count", share.count()).put("of", share.of()).put("share", share.ratio());
    }

    private static void part(ObjectNode json, PartColumns columns, Confusions part) {
        json.put("part", columns.part().json());
        json.put("column", columns.column());
        if (columns.acceptable() != null) {
            json.put("acceptable", columns.acceptable());
        }
        ArrayNode labels = json.putArray("labels");
        for (Confusions.Label each : part.labels()) {
            ObjectNode node = labels.addObject();
            node.put("label", each.name());
            node.put("rows", each.count());
            node.put("right", each.right());
            node.put("recall", new Share(each.right(), each.count()).ratio());
            node.put("precision", new Share(each.right(), part.given(each.name())).ratio());
            node.put("manualTriage", each.triage());
            node.put("silent", each.silent());
            ObjectNode answers = node.putObject("answers");
            each.answers().forEach(answers::put);
        }
        ArrayNode worst = json.putArray("worst");
        part.worst(WORST).forEach(confusion -> confusion(worst.addObject(), confusion));
    }

    private static void confusion(ObjectNode node, Confusion confusion) {
        node.put("label", confusion.label());
        node.put("answer", confusion.answer());
        node.put("count", confusion.count());
        ArrayNode examples = node.putArray("examples");
        for (Example example : confusion.examples()) {
            ObjectNode one = examples.addObject();
            one.put("row", example.row());
            one.put("text", example.text());
            ArrayNode votes = one.putArray("votes");
            for (Vote vote : example.votes()) {
                ObjectNode cast = votes.addObject();
                cast.put("row", vote.row());
                cast.put("sheet", vote.sheet());
                ArrayNode words = cast.putArray("words");
                vote.words().forEach(words::add);
                cast.put("points", vote.points());
            }
        }
    }
}
