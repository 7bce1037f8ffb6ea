package liandong.routing.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import liandong.explain.Columns;
import liandong.explain.Page;
import liandong.explain.Phrases;
import liandong.incident.Term;
import liandong.routing.TriageReason;
import liandong.routing.evaluation.Confusions.Confusion;
import liandong.routing.evaluation.Confusions.Example;
import liandong.routing.evaluation.Confusions.Label;
import liandong.routing.evaluation.EvaluationReport.About;

/** An evaluation as text for people. */
final class EvaluationPage {
    private static final int MATRIX = 20;
    private static final int LABELS = 20;
    private static final int LABEL_WIDTH = 30;
    private static final int GROUP_WIDTH = 24;

    private final About about;
    private final Evaluation result;
    private final Phrases say;
    private final Page page = new Page();

    EvaluationPage(About about, Evaluation result, Phrases say) {
        this.about = about;
        this.result = result;
        this.say = say;
    }

    String text() {
        page.paragraph(
                0,
                say.of(
                        "evaluate.title",
                        about.file(),
                        about.policyLabel(),
                        about.policyVersion().substring(0, 12)));
        for (PartColumns each : about.parts()) {
            page.entry(
                    2,
                    each.part().json() + " ",
                    each.acceptable() == null
                            ? say.of("evaluate.column", each.column())
                            : say.of("evaluate.columns", each.column(), each.acceptable()));
        }
        if (about.folds() > 0) {
            page.entry(
                    2,
                    "",
                    say.of(
                            about.learned() ? "evaluate.learned" : "evaluate.folds",
                            about.folds(),
                            about.seed(),
                            about.heldOut()));
        }
        page.line("");
        figures();
        parts();
        groups();
        for (Confusions part : result.parts()) {
            labels(part);
            if (result.parts().size() == 1) {
                matrix(part);
            }
            worst(part);
        }
        return page.toString();
    }

    private void figures() {
        Counts all = result.all();
        var table = new ArrayList<List<String>>();
        int rows = all.rows() + result.unusable();
        table.add(List.of(
                say.of("evaluate.rows"),
                String.valueOf(rows),
                result.unusable() == 0 ? "" : say.of("evaluate.unusable", result.unusable())));
        for (Figure figure : result.figures()) {
            String name = say.of(figure.key());
            table.add(List.of(
                    result.groups().isEmpty() ? name : number(figure) + " " + name,
                    count(all.of(figure)),
                    percent(all.of(figure))));
        }
        int names = width(table, 0);
        int counts = width(table, 1);
        for (List<String> row : table) {
            page.line(Columns.left(row.get(0), names) + "  " + Columns.right(row.get(1), counts) + "  " + row.get(2));
        }
        page.paragraph(0, say.of("evaluate.outcomes", outcomes(all)));
        if (!all.reasons().isEmpty()) {
            page.paragraph(0, say.of("evaluate.reasons", reasons(all)));
        }
    }

    private static int width(List<List<String>> table, int column) {
        return table.stream()
                .mapToInt(row -> Columns.width(row.get(column)))
                .max()
                .orElse(0);
    }

    private int number(Figure figure) {
        return result.figures().indexOf(figure) + 1;
    }

    private static String count(Share share) {
        return share.count() + "/" + share.of();
    }

    private static String percent(Share share) {
        return Phrases.percent(share.count(), share.of());
    }

    private String reasons(Counts counts) {
        return say.list(counts.reasons().entrySet().stream()
                .map(each -> Arrays.stream(TriageReason.values())
                                .filter(reason -> reason.code().equals(each.getKey()))
                                .map(reason -> say.word((Term) reason))
                                .findFirst()
                                .orElse(each.getKey())
                        + " " + each.getValue())
                .toList());
    }

    private String outcomes(Counts counts) {
        return say.list(counts.outcomes().entrySet().stream()
                .map(each -> word(each.getKey()) + " " + each.getValue())
                .toList());
    }

    private String word(Word outcome) {
        return say.chinese()
                ? outcome.label()
                : outcome.code().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void parts() {
        page.heading(say.of("evaluate.parts"));
        var table = new ArrayList<List<String>>();
        table.add(List.of(
                say.of("evaluate.part"),
                say.of("evaluate.labelled"),
                say.of("evaluate.answered"),
                say.of("evaluate.right"),
                say.of("evaluate.ofAnswered"),
                say.of("evaluate.ofLabelled")));
        for (PartColumns each : about.parts()) {
            Share answered = result.all().rightOfAnswered(each.part());
            Share labelled = result.all().rightOfLabelled(each.part());
            table.add(List.of(
                    each.part().json(),
                    String.valueOf(labelled.of()),
                    String.valueOf(answered.of()),
                    String.valueOf(answered.count()),
                    percent(answered),
                    percent(labelled)));
        }
        table(table);
    }

    /** The figures by group: a column for each, by its number, and one for each part's share of right answers. */
    private void groups() {
        if (result.groups().isEmpty()) {
            return;
        }
        String of = about.by() == null ? say.of("evaluate.fold") : about.by();
        page.heading(say.of("evaluate.groups", of));
        var table = new ArrayList<List<String>>();
        var head = new ArrayList<String>(List.of(of, say.of("evaluate.count")));
        result.figures().forEach(figure -> head.add(String.valueOf(number(figure))));
        table.add(head);
        for (Map.Entry<String, Counts> group : result.groups().entrySet()) {
            var row = new ArrayList<String>();
            row.add(Columns.shortened(group.getKey(), GROUP_WIDTH));
            row.add(String.valueOf(group.getValue().rows()));
            result.figures().forEach(figure -> row.add(whole(group.getValue().of(figure))));
            table.add(row);
        }
        table(table);
        page.line("");
        table.clear();
        head.subList(2, head.size()).clear();
        about.parts().forEach(each -> head.add(each.part().json()));
        table.add(head);
        for (Map.Entry<String, Counts> group : result.groups().entrySet()) {
            var row = new ArrayList<String>();
            row.add(Columns.shortened(group.getKey(), GROUP_WIDTH));
            row.add(String.valueOf(group.getValue().rows()));
            about.parts().forEach(each -> row.add(whole(group.getValue().rightOfAnswered(each.part()))));
            table.add(row);
        }
        table(table);
    }

    private static String whole(Share share) {
        return share.of() == 0 ? "–" : Math.round(100.0 * share.count() / share.of()) + "%";
    }

    private void labels(Confusions part) {
        page.heading(say.of("evaluate.labels", part.part().json()));
        var table = new ArrayList<List<String>>();
        table.add(List.of(
                say.of("evaluate.label"),
                say.of("evaluate.count"),
                say.of("evaluate.answered"),
                say.of("evaluate.right"),
                say.of("evaluate.recall"),
                say.of("evaluate.precision")));
        List<Label> labels = part.labels();
        for (Label each : labels.subList(0, Math.min(LABELS, labels.size()))) {
            table.add(List.of(
                    Columns.shortened(each.name(), LABEL_WIDTH),
                    String.valueOf(each.count()),
                    String.valueOf(each.answered()),
                    String.valueOf(each.right()),
                    Phrases.percent(each.right(), each.count()),
                    Phrases.percent(each.right(), part.given(each.name()))));
        }
        table(table);
        if (labels.size() > LABELS) {
            page.paragraph(2, say.of("evaluate.moreLabels", LABELS, labels.size()));
        }
    }

    private void matrix(Confusions part) {
        page.heading(say.of("evaluate.confusion"));
        List<Label> labels = part.labels();
        List<Label> shown = labels.subList(0, Math.min(MATRIX, labels.size()));
        var answers = new ArrayList<>(shown.stream().map(Label::name).toList());
        List<String> further = part.furtherAnswers();
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
                Label each = shown.get(i);
                int told = 0;
                for (String answer : answers) {
                    cells.add(dotted(each.answered(answer)));
                    told += each.answered(answer);
                }
                cells.add(dotted(each.triage()));
                cells.add(dotted(each.count() - each.triage() - told));
            }
            table.add(cells);
        }
        table(table);
        if (shown.size() < labels.size()) {
            page.paragraph(2, say.of("evaluate.tooWide", shown.size(), labels.size()));
        }
    }

    private static String dotted(int count) {
        return count == 0 ? "·" : String.valueOf(count);
    }

    /** A table: the first column to the left, the others to the right, each as wide as its widest cell. */
    private void table(List<List<String>> table) {
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

    private void worst(Confusions part) {
        List<Confusion> worst = part.worst(EvaluationReport.WORST);
        if (worst.isEmpty()) {
            return;
        }
        page.heading(say.of("evaluate.worst", part.part().json()));
        for (Confusion confusion : worst) {
            page.entry(2, "• ", say.of("evaluate.pair", confusion.label(), confusion.answer(), confusion.count()));
            for (Example example : confusion.examples()) {
                page.paragraph(4, say.of("evaluate.example", example.row(), example.text()));
                page.paragraph(
                        6,
                        example.votes().isEmpty()
                                ? say.of("evaluate.noVotes")
                                : example.votes().stream()
                                        .map(vote -> say.of(
                                                vote.points() == 0 ? "evaluate.row" : "evaluate.votes",
                                                vote.row(),
                                                say.list(vote.words()),
                                                vote.points(),
                                                vote.sheet()))
                                        .collect(Collectors.joining("; ")));
            }
        }
    }
}
