package liandong.routing.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import liandong.problem.Problem;

/** How answers compare with labels, counted row by row: over all rows, by group, and by part. */
final class Evaluation {
    private static final int PROBLEMS = 20;

    private final Counts all = new Counts();
    private final Map<String, Counts> groups = new TreeMap<>();
    private final Map<Part, Confusions> parts = new EnumMap<>(Part.class);
    private final Consumer<Measured> further;
    private final List<Problem> problems = new ArrayList<>();
    private int moreProblems;
    private int unusable;

    /**
     * An evaluation without rows.
     *
     * @param further gets each row too
     */
    Evaluation(List<PartColumns> columns, Consumer<Measured> further) {
        columns.forEach(each -> parts.put(each.part(), new Confusions(each.part())));
        this.further = further;
    }

    /** A row was decided. */
    void add(Measured row) {
        all.add(row);
        if (!row.row().group().isEmpty()) {
            groups.computeIfAbsent(row.row().group(), name -> new Counts()).add(row);
        }
        parts.values().forEach(part -> part.add(row));
        further.accept(row);
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

    /** The figures of all rows that could be used. */
    Counts all() {
        return all;
    }

    /** The figures by group, in the order of their names. */
    Map<String, Counts> groups() {
        return groups;
    }

    /** How each part compares. */
    List<Confusions> parts() {
        return List.copyOf(parts.values());
    }

    /** The figures that there is something to tell of. */
    List<Figure> figures() {
        return List.of(Figure.values()).stream()
                .filter(figure -> !figure.isAboutDanger() || parts.containsKey(Part.DANGER))
                .toList();
    }

    /** How many rows could not be used. */
    int unusable() {
        return unusable;
    }

    /** The first problems. */
    List<Problem> problems() {
        return problems;
    }

    /** How many problems there were beyond the first. */
    int moreProblems() {
        return moreProblems;
    }
}
