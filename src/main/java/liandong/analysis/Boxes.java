package liandong.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Boxes of facts: of each axis some parts, written as runs.
 *
 * <p>A row holds for a box, for none of it, or for some of it; a box is cut until every row that matters is one or the other.
 */
public final class Boxes {
    /** So many boxes are cut anew at most: each cut looks at all of them. */
    private static final int MOST_SIMPLIFIED = 5_000;

    private Boxes() {}

    /** Whether some facts lie in both. */
    public static boolean touch(int[][] one, int[][] other) {
        for (int axis = 0; axis < one.length; axis++) {
            if (one[axis] != other[axis] && !FirstMatchSolver.touch(one[axis], other[axis])) {
                return false;
            }
        }
        return true;
    }

    /** Whether all of a box lies in another. */
    public static boolean covers(int[][] outer, int[][] box) {
        for (int axis = 0; axis < outer.length; axis++) {
            if (outer[axis] != box[axis] && !FirstMatchSolver.contains(outer[axis], box[axis])) {
                return false;
            }
        }
        return true;
    }

    /** Whether two rows hold for the same facts of a box. */
    public static boolean sameWithin(int[][] one, int[][] other, int[][] box) {
        for (int axis = 0; axis < box.length; axis++) {
            if (one[axis] != other[axis]
                    && !Arrays.equals(
                            ConditionSpace.meet(one[axis], box[axis]), ConditionSpace.meet(other[axis], box[axis]))) {
                return false;
            }
        }
        return true;
    }

    /** The axis that most rows hold for some of but not for all of; -1 when there is none. */
    public static int mostConstrained(List<int[][]> rows, int[][] box) {
        int[] constrained = new int[box.length];
        for (int[][] row : rows) {
            for (int axis = 0; axis < box.length; axis++) {
                if (row[axis] != box[axis] && !FirstMatchSolver.contains(row[axis], box[axis])) {
                    constrained[axis]++;
                }
            }
        }
        int most = -1;
        for (int axis = 0; axis < box.length; axis++) {
            if (constrained[axis] > 0 && (most < 0 || constrained[axis] > constrained[most])) {
                most = axis;
            }
        }
        return most;
    }

    /** An axis of a box, cut so that each row holds for all of a piece or for none of it; a piece may have gaps. */
    public static List<int[]> pieces(List<int[][]> rows, int axis, int[] within) {
        var holding = new HashMap<Integer, BitSet>();
        for (int i = 0; i < within.length; i += 2) {
            for (int part = within[i]; part <= within[i + 1]; part++) {
                holding.put(part, new BitSet());
            }
        }
        for (int row = 0; row < rows.size(); row++) {
            int[] met = ConditionSpace.meet(rows.get(row)[axis], within);
            for (int i = 0; i < met.length; i += 2) {
                for (int part = met[i]; part <= met[i + 1]; part++) {
                    Objects.requireNonNull(holding.get(part)).set(row);
                }
            }
        }
        var pieces = new LinkedHashMap<BitSet, BitSet>();
        for (int i = 0; i < within.length; i += 2) {
            for (int part = within[i]; part <= within[i + 1]; part++) {
                pieces.computeIfAbsent(holding.get(part), each -> new BitSet()).set(part);
            }
        }
        return pieces.values().stream().map(ConditionSpace::runs).toList();
    }

    /** A box with one axis replaced. */
    public static int[][] with(int[][] box, int axis, int[] runs) {
        int[][] changed = box.clone();
        changed[axis] = runs;
        return changed;
    }

    /** The first part of each axis. */
    public static int[] example(int[][] box) {
        int[] example = new int[box.length];
        for (int axis = 0; axis < box.length; axis++) {
            example[axis] = box[axis][0];
        }
        return example;
    }

    /** The parts that lie in either. */
    public static int[] join(int[] one, int[] other) {
        var both = new BitSet();
        for (int[] runs : List.of(one, other)) {
            for (int i = 0; i < runs.length; i += 2) {
                both.set(runs[i], runs[i + 1] + 1);
            }
        }
        return ConditionSpace.runs(both);
    }

    /** Whether they are the same parts. */
    public static boolean isSame(int[] one, int[] other) {
        return Arrays.equals(one, other);
    }

    /** A box by its content. */
    private record Key(List<List<Integer>> axes) {
        static Key of(int[][] box, int but) {
            var axes = new ArrayList<List<Integer>>();
            for (int axis = 0; axis < box.length; axis++) {
                axes.add(
                        axis == but
                                ? List.of()
                                : Arrays.stream(box[axis]).boxed().toList());
            }
            return new Key(axes);
        }
    }

    /**
     * Several boxes joined into one.
     *
     * @param of the numbers of those it was joined of, in their order
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Joined(int[][] box, List<Integer> of) {}

    /** Joins boxes that differ in one axis only, as long as there are any, so that as few are left as can easily be had. */
    public static List<Joined> joined(List<int[][]> boxes) {
        var groups = new ArrayList<Joined>();
        for (int i = 0; i < boxes.size(); i++) {
            groups.add(new Joined(boxes.get(i), List.of(i)));
        }
        int axes = boxes.isEmpty() ? 0 : boxes.get(0).length;
        var stale = new HashSet<Integer>();
        for (int axis = 0; stale.size() < axes; axis = (axis + 1) % axes) {
            var byOthers = new LinkedHashMap<Key, Joined>();
            int at = axis;
            for (Joined group : groups) {
                byOthers.merge(Key.of(group.box(), at), group, (one, other) -> {
                    var of = new ArrayList<>(one.of());
                    of.addAll(other.of());
                    return new Joined(with(one.box(), at, join(one.box()[at], other.box()[at])), of);
                });
            }
            if (byOthers.size() == groups.size()) {
                stale.add(axis);
            } else {
                stale.clear();
                groups = new ArrayList<>(byOthers.values());
            }
        }
        return List.copyOf(groups);
    }

    private static List<int[][]> asFew(Collection<int[][]> boxes) {
        return joined(List.copyOf(boxes)).stream().map(Joined::box).toList();
    }

    /**
     * The same facts in boxes that are easier to tell: cut anew, first where the most is settled by one cut.
     *
     * @param boxes no two of which have a fact in common
     * @param open facts that may be counted in or out, as it is easier; none of them in one of the boxes
     * @param within all the facts there are
     */
    public static List<int[][]> simplest(Collection<int[][]> boxes, Collection<int[][]> open, int[][] within) {
        if (boxes.size() > MOST_SIMPLIFIED || boxes.isEmpty()) {
            return asFew(boxes);
        }
        int[] axes = IntStream.range(0, within.length)
                .filter(axis -> boxes.stream().anyMatch(box -> !Arrays.equals(box[axis], within[axis])))
                .toArray();
        var found = new ArrayList<int[][]>();
        try {
            simplify(List.copyOf(boxes), List.copyOf(open), within, axes, found);
        } catch (ArithmeticException e) {
            return asFew(boxes); // more facts than can be counted
        }
        return asFew(found);
    }

    private static void simplify(
            List<int[][]> boxes, List<int[][]> open, int[][] within, int[] axes, List<int[][]> found) {
        List<int[][]> in = meeting(boxes, within, axes);
        if (in.isEmpty()) {
            return;
        }
        List<int[][]> either = meeting(open, within, axes);
        if (Math.addExact(size(in, axes), size(either, axes)) == size(within, axes)) {
            found.add(within);
            return;
        }
        int best = -1;
        double most = -1;
        Map<List<Long>, BitSet> pieces = Map.of();
        for (int axis : axes) {
            Map<List<Long>, BitSet> cut = cut(in, either, within, axis, axes);
            if (cut.size() > 1) {
                double settled = 0;
                for (Map.Entry<List<Long>, BitSet> piece : cut.entrySet()) {
                    settled += isSettled(piece.getKey()) ? piece.getValue().cardinality() : 0;
                }
                double share = settled / JointSpace.count(within[axis]) - cut.size() / 1e6;
                if (share > most) {
                    most = share;
                    best = axis;
                    pieces = cut;
                }
            }
        }
        if (best < 0) {
            found.addAll(in);
            return;
        }
        for (BitSet piece : pieces.values()) {
            simplify(in, either, with(within, best, ConditionSpace.runs(piece)), axes, found);
        }
    }

    /** The parts of an axis, together by how many of the facts with them are in a box; nothing, or all, is settled. */
    private static Map<List<Long>, BitSet> cut(
            List<int[][]> in, List<int[][]> either, int[][] within, int axis, int[] axes) {
        var counts = new LinkedHashMap<Integer, long[]>();
        for (int i = 0; i < within[axis].length; i += 2) {
            for (int part = within[axis][i]; part <= within[axis][i + 1]; part++) {
                counts.put(part, new long[2]);
            }
        }
        count(in, axis, axes, counts, 0);
        count(either, axis, axes, counts, 1);
        long slice = size(within, axes) / JointSpace.count(within[axis]);
        var pieces = new LinkedHashMap<List<Long>, BitSet>();
        counts.forEach((part, count) -> {
            List<Long> key = count[0] == 0
                    ? List.of(0L)
                    : count[0] + count[1] == slice ? List.of(1L) : List.of(count[0], count[1]);
            pieces.computeIfAbsent(key, each -> new BitSet()).set(part);
        });
        return pieces;
    }

    private static boolean isSettled(List<Long> key) {
        return key.size() == 1;
    }

    private static void count(List<int[][]> boxes, int axis, int[] axes, Map<Integer, long[]> counts, int which) {
        for (int[][] box : boxes) {
            long slice = size(box, axes) / JointSpace.count(box[axis]);
            for (int i = 0; i < box[axis].length; i += 2) {
                for (int part = box[axis][i]; part <= box[axis][i + 1]; part++) {
                    Objects.requireNonNull(counts.get(part))[which] += slice;
                }
            }
        }
    }

    private static List<int[][]> meeting(List<int[][]> boxes, int[][] within, int[] axes) {
        var meeting = new ArrayList<int[][]>();
        for (int[][] box : boxes) {
            int[][] met = within.clone();
            boolean empty = false;
            for (int axis : axes) {
                met[axis] = ConditionSpace.meet(box[axis], within[axis]);
                empty |= met[axis].length == 0;
            }
            if (!empty) {
                meeting.add(met);
            }
        }
        return meeting;
    }

    private static long size(List<int[][]> boxes, int[] axes) {
        long size = 0;
        for (int[][] box : boxes) {
            size = Math.addExact(size, size(box, axes));
        }
        return size;
    }

    private static long size(int[][] box, int[] axes) {
        long size = 1;
        for (int axis : axes) {
            size = Math.multiplyExact(size, JointSpace.count(box[axis]));
        }
        return size;
    }
}
