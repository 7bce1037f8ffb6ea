package liandong.routing.evaluation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liandong.problem.Problem;
import liandong.routing.RoutingOutcome;
import liandong.routing.TriageReason;
import org.jspecify.annotations.Nullable;

/**
 * How answers compare with labels, counted row by row.
 *
 * <p>Keeps counts and a few examples, never the rows, so that its size does not grow with the file.
 */
final class Evaluation {
    private static final int WORST = 5;
    private static final int EXAMPLES = 3;
    private static final int PROBLEMS = 20;

    private final Map<String, Label> labels = new LinkedHashMap<>();
    private final Map<TriageReason, Integer> triage = new EnumMap<>(TriageReason.class);
    private final Map<RoutingOutcome, Integer> other = new EnumMap<>(RoutingOutcome.class);
    private final List<Problem> problems = new ArrayList<>();
    private int moreProblems;
    private int unusable;
    private int decidedEarlier;
    private @Nullable LocalDate earlier;

    /** The rows of one label. */
    static final class Label {
        private final String name;
        private final Map<String, Integer> answers = new LinkedHashMap<>();
        private final Map<String, List<Example>> wrong = new LinkedHashMap<>();
        private int triage;
        private int other;

        private Label(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        /** How often each answer was given to rows of the label. */
        Map<String, Integer> answers() {
            return answers;
        }

        int answered(String answer) {
            return answers.getOrDefault(answer, 0);
        }

        int right() {
            return answered(name);
        }

        int triage() {
            return triage;
        }

        int other() {
            return other;
        }

        int count() {
            return sum(answers) + triage + other;
        }
    }

    /**
     * A row that was answered wrongly.
     *
     * @param row the row as a spreadsheet program numbers it
     * @param text the beginning of its text
     * @param votes the keyword rows that decided, most points first
     */
    record Example(int row, String text, List<Vote> votes) {}

    /**
     * A keyword row that voted for the answer.
     *
     * @param row its id
     * @param words the words of it that the text has
     * @param points its points
     */
    record Vote(String row, List<String> words, int points) {}

    /**
     * A label that was answered as another.
     *
     * @param label the label
     * @param answer the answer
     * @param count how often
     * @param examples some of the rows
     */
    record Confusion(String label, String answer, int count, List<Example> examples) {}

    /** Makes an example; only asked when one is wanted. */
    @FunctionalInterface
    interface ExampleMaker {
        /** Makes it. */
        Example make();
    }

    /** A row got an answer. */
    void answered(String label, String answer, ExampleMaker example) {
        Label own = label(label);
        own.answers.merge(answer, 1, Integer::sum);
        if (!answer.equals(label)) {
            List<Example> examples = own.wrong.computeIfAbsent(answer, each -> new ArrayList<>());
            if (examples.size() < EXAMPLES) {
                examples.add(example.make());
            }
        }
    }

    /** A row is for a person to judge. */
    void triaged(String label, @Nullable TriageReason reason) {
        label(label).triage++;
        triage.merge(reason == null ? TriageReason.NO_ROW : reason, 1, Integer::sum);
    }

    /** A row ended without saying what is asked for. */
    void ended(String label, RoutingOutcome outcome) {
        label(label).other++;
        other.merge(outcome, 1, Integer::sum);
    }

    /** A row was decided as of another day than the others. */
    void decidedAsOf(LocalDate day) {
        earlier = day;
        decidedEarlier++;
    }

    /** A row could not be used. */
    void unusable(List<Problem> why) {
        unusable++;
        why.forEach(this::problem);
    }

    /** Something is wrong, but no row is lost by it. */
    void problem(Problem problem) {
        if (problems.size() < PROBLEMS) {
            problems.add(problem);
        } else {
            moreProblems++;
        }
    }

    private Label label(String name) {
        return labels.computeIfAbsent(name, Label::new);
    }

    private static int sum(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    int rows() {
        return usable() + unusable;
    }

    int unusable() {
        return unusable;
    }

    int usable() {
        return labels.values().stream().mapToInt(Label::count).sum();
    }

    int answered() {
        return labels.values().stream().mapToInt(label -> sum(label.answers)).sum();
    }

    int right() {
        return labels.values().stream().mapToInt(Label::right).sum();
    }

    int triaged() {
        return sum(triage);
    }

    Map<TriageReason, Integer> triageReasons() {
        return triage;
    }

    /** How many rows were decided as of another day. */
    int decidedEarlier() {
        return decidedEarlier;
    }

    /** The day that rows were decided as of that could not be decided now; null when there were none. */
    @Nullable
    LocalDate earlier() {
        return earlier;
    }

    int ended() {
        return sum(other);
    }

    Map<RoutingOutcome, Integer> otherOutcomes() {
        return other;
    }

    /** The first problems. */
    List<Problem> problems() {
        return problems;
    }

    /** How many problems there were beyond the first. */
    int moreProblems() {
        return moreProblems;
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

    /** How often an answer was given to any row. */
    int given(String answer) {
        return labels.values().stream()
                .mapToInt(label -> label.answered(answer))
                .sum();
    }

    /** The most frequent confusions, then by name. */
    List<Confusion> worst() {
        var confusions = new ArrayList<Confusion>();
        labels.values()
                .forEach(label -> label.wrong.forEach((answer, examples) -> confusions.add(
                        new Confusion(label.name, answer, label.answered(answer), List.copyOf(examples)))));
        return confusions.stream()
                .sorted(Comparator.comparingInt((Confusion each) -> -each.count())
                        .thenComparing(Confusion::label)
                        .thenComparing(Confusion::answer))
                .limit(WORST)
                .toList();
    }
}
