package liandong.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import liandong.analysis.ConditionSpace.Axis;
import liandong.analysis.FirstMatchSolver.SpentException;
import org.jspecify.annotations.Nullable;

/** Finds the rows above a row that may hold for the same facts, by whichever axis tells most rows apart. */
final class Neighbours {
    /** An axis whose rows hold for more parts than this in all is not indexed. */
    private static final long MAX_ENTRIES = 5_000_000;

    private final int[][][] runs;
    private final BitSet dead;
    private final List<@Nullable Index> indexes = new ArrayList<>();
    private final boolean[] texts;

    /**
     * The rows of an axis, by part.
     *
     * @param open rows that hold for all parts
     * @param byPart the others
     */
    private record Index(List<Integer> open, List<List<Integer>> byPart) {
        long cost(int[] parts) {
            long cost = open.size();
            for (int i = 0; i < parts.length; i += 2) {
                for (int part = parts[i]; part <= parts[i + 1]; part++) {
                    cost += byPart.get(part).size();
                }
            }
            return cost;
        }
    }

    Neighbours(List<Axis> axes, int[][][] runs, BitSet dead) {
        this.runs = runs;
        this.dead = dead;
        this.texts = new boolean[axes.size()];
        for (int axis = 0; axis < axes.size(); axis++) {
            texts[axis] = axes.get(axis).isText();
            indexes.add(texts[axis] ? null : index(axes.get(axis), axis));
        }
    }

    private @Nullable Index index(Axis axis, int at) {
        long entries = axis.size();
        for (int[][] row : runs) {
            if (row[at] != axis.whole()) {
                for (int i = 0; i < row[at].length; i += 2) {
                    entries += row[at][i + 1] - row[at][i] + 1;
                }
            }
        }
        if (entries > MAX_ENTRIES) {
            return null;
        }
        var open = new ArrayList<Integer>();
        List<List<Integer>> byPart = new ArrayList<>();
        for (int part = 0; part < axis.size(); part++) {
            byPart.add(new ArrayList<>(0));
        }
        for (int row = 0; row < runs.length; row++) {
            int[] own = runs[row][at];
            if (own == axis.whole()) {
                open.add(row);
            } else {
                for (int i = 0; i < own.length; i += 2) {
                    for (int part = own[i]; part <= own[i + 1]; part++) {
                        byPart.get(part).add(row);
                    }
                }
            }
        }
        return open.size() == runs.length ? null : new Index(open, byPart);
    }

    /** The rows above a row, in their order, that may hold for the same facts; of texts only whether they can be told apart. */
    List<Integer> before(int row, FirstMatchSolver search) throws SpentException {
        Index best = null;
        int[] parts = {};
        long least = row;
        for (int axis = 0; axis < indexes.size(); axis++) {
            Index index = indexes.get(axis);
            if (index != null) {
                long cost = index.cost(runs[row][axis]);
                search.spend(1);
                if (cost < least) {
                    least = cost;
                    best = index;
                    parts = runs[row][axis];
                }
            }
        }
        search.spend(least * runs[row].length);
        var candidates = new BitSet();
        if (best == null) {
            candidates.set(0, row);
        } else {
            best.open().forEach(candidates::set);
            for (int i = 0; i < parts.length; i += 2) {
                for (int part = parts[i]; part <= parts[i + 1]; part++) {
                    best.byPart().get(part).forEach(candidates::set);
                }
            }
        }
        candidates.andNot(dead);
        return candidates.stream()
                .takeWhile(other -> other < row)
                .filter(other -> IntStream.range(0, texts.length)
                        .allMatch(axis -> texts[axis] || FirstMatchSolver.touch(runs[other][axis], runs[row][axis])))
                .boxed()
                .toList();
    }
}
