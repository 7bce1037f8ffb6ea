package liandong.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Collects problems, all of them, but of one kind in one sheet or file only the first ones, {@value #MOST} unless told otherwise, and then their number.
 *
 * <p>Nobody reads ten thousand lines about one mistake, and a file made to have a million must not fill the memory.
 */
public final class Problems implements Consumer<Problem> {
    /** How many of one kind in one sheet or file are kept one by one. */
    public static final int MOST = 1_000;

    private final List<Problem> first = new ArrayList<>();
    private final Map<Kind, Integer> counts = new LinkedHashMap<>();

    private final int most;

    /** Keeps the first {@value #MOST} of a kind in a place. */
    public Problems() {
        this(MOST);
    }

    /**
     * Keeps fewer.
     *
     * @param most how many of one kind in one sheet or file are kept one by one
     */
    public Problems(int most) {
        this.most = most;
    }

    private record Kind(String place, Code code) {}

    @Override
    public void accept(Problem problem) {
        int count = counts.merge(new Kind(problem.at().section(), problem.code()), 1, Integer::sum);
        if (count <= most) {
            first.add(problem);
        }
    }

    /** All problems so far, in the order they were found, those that are only counted last. Never the collector's own list. */
    public List<Problem> all() {
        var all = new ArrayList<>(first);
        counts.forEach((kind, count) -> {
            if (count > most) {
                all.add(Problem.of(Code.MORE_PROBLEMS, new FileRef(kind.place()), kind.code(), count - most));
            }
        });
        return all;
    }
}
