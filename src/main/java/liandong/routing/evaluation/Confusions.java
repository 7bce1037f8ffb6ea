package liandong.routing.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liandong.explain.Columns;
import liandong.routing.evaluation.Measured.Vote;

/**
 * How the answers of one part compare with its labels.
 *
 * <p>Keeps counts and a few examples, never the rows, so that its size does not grow with the file.
 */
final class Confusions {
    private static final int EXAMPLES = 3;
    private static final int TEXT_SHOWN = 40;

    private final Part part;
    private final Map<String, Label> labels = new LinkedHashMap<>();

    Confusions(Part part) {
        this.part = part;
    }

    /** The rows of one label. */
    static final class Label {
        private final String name;
        private final Map<String, Integer> answers = new LinkedHashMap<>();
        private final Map<String, List<Example>> wrong = new LinkedHashMap<>();
        private int triage;
        private int silent;

        private Label(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        /** How often each answer was given to rows of the label; one that is acceptable counts as the label. */
        Map<String, Integer> answers() {
            return answers;
        }

        int answered(String answer) {
            return answers.getOrDefault(answer, 0);
        }

        int answered() {
            return answers.values().stream().mapToInt(Integer::intValue).sum();
        }

        int right() {
            return answered(name);
        }

        /** How many rows were left to a person. */
        int triage() {
            return triage;
        }

        /** How many rows got an answer that says nothing of the part. */
        int silent() {
            return silent;
        }

        int count() {
            return answered() + triage + silent;
        }
    }

    /**
     * A row that was answered wrongly.
     *
     * @param row the row as a spreadsheet program numbers it
     * @param text the beginning of its text
     * @param votes the rows that decided, most points first
     */
    record Example(int row, String text, List<Vote> votes) {}

    /**
     * A label that was answered as another.
     *
     * @param label the label
     * @param answer the answer
     * @param count how often
     * @param examples some of the rows
     */
    record Confusion(String label, String answer, int count, List<Example> examples) {}

    void add(Measured row) {
        Wanted wanted = row.row().wanted(part);
        if (wanted == null) {
            return;
        }
        Label own = labels.computeIfAbsent(wanted.label().label(), Label::new);
        List<Word> answered = row.answered(part);
        if (row.isRight(part)) {
            own.answers.merge(own.name, 1, Integer::sum);
        } else if (!answered.isEmpty()) {
            String answer = answered.get(0).label();
            own.answers.merge(answer, 1, Integer::sum);
            List<Example> examples = own.wrong.computeIfAbsent(answer, each -> new ArrayList<>());
            if (examples.size() < EXAMPLES) {
                examples.add(new Example(
                        row.row().number(), Columns.shortened(row.row().text(), TEXT_SHOWN), row.votes()));
            }
        } else if (row.triaged()) {
            own.triage++;
        } else {
            own.silent++;
        }
    }

    Part part() {
        return part;
    }

    /** The labels, most rows first, then by name. */
    List<Label> labels() {
        return labels.values().stream()
                .sorted(Comparator.comparingInt((Label label) -> -label.count()).thenComparing(Label::name))
                .toList();
    }

    /** The answers that are no row's label, by name. */
    List<String> furtherAnswers() {
        Set<String> answers = new LinkedHashSet<>();
        labels.values().forEach(label -> answers.addAll(label.answers.keySet()));
        answers.removeAll(labels.keySet());
        return answers.stream().sorted().toList();
    }

    /** How often an answer was given to any row of which something is wanted. */
    int given(String answer) {
        return labels.values().stream()
                .mapToInt(label -> label.answered(answer))
                .sum();
    }

    /** The most frequent confusions, then by name. */
    List<Confusion> worst(int most) {
        var confusions = new ArrayList<Confusion>();
        labels.values()
                .forEach(label -> label.wrong.forEach((answer, examples) -> confusions.add(
                        new Confusion(label.name, answer, label.answered(answer), List.copyOf(examples)))));
        return confusions.stream()
                .sorted(Comparator.comparingInt((Confusion each) -> -each.count())
                        .thenComparing(Confusion::label)
                        .thenComparing(Confusion::answer))
                .limit(most)
                .toList();
    }
}
