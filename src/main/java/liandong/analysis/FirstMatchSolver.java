package liandong.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for facts whose first covering row is one that is sought, or which no row covers: exactly, by cutting the space into
 * boxes in which the same row comes first.
 *
 * <p>Takes as long as the table is intricate, in the worst case exponentially long; so it has an allowance, and says when it
 * is spent.
 */
final class FirstMatchSolver {
    /** Up to so many rows, boxes in which the same rows hold are looked into once only. */
    private static final int FEW = 4_096;

    private long allowance;

    /** A search that may look at so many rows, each as often as it must. */
    FirstMatchSolver(long allowance) {
        this.allowance = allowance;
    }

    /** The allowance is spent, and nothing is known. */
    static final class SpentException extends Exception {
        private static final long serialVersionUID = 1;

        SpentException() {
            super("the search was ended", null, false, false);
        }
    }

    /**
     * A row in the search.
     *
     * @param runs the parts it holds for, axis by axis
     * @param sought whether facts of which it is the first covering row are sought
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record SearchedRow(int[][] runs, boolean sought) {}

    /** Takes from the allowance for work done outside. */
    void spend(long work) throws SpentException {
        allowance -= work;
        if (allowance < 0) {
            throw new SpentException();
        }
    }

    /**
     * Facts within a box whose first covering row is sought.
     *
     * @param rows in their order
     * @param box the parts to look in, axis by axis; none of them empty
     * @param uncovered whether facts that no row covers are sought too
     * @return a part of each axis; null when there are no such facts
     */
    int @Nullable [] first(List<SearchedRow> rows, int[][] box, boolean uncovered) throws SpentException {
        var found = new ArrayList<int[]>();
        each(rows, box.clone(), new BitSet(), uncovered, point -> {
            found.add(point);
            return false;
        });
        return found.isEmpty() ? null : found.get(0);
    }

    /** As {@link #first}, several that differ, as long as the reader wants more. */
    void each(List<SearchedRow> rows, int[][] box, boolean uncovered, Predicate<int[]> wantsMore)
            throws SpentException {
        each(rows, box.clone(), new BitSet(), uncovered, wantsMore);
    }

    private boolean each(
            List<SearchedRow> rows, int[][] box, BitSet decided, boolean uncovered, Predicate<int[]> wantsMore)
            throws SpentException {
        spend((long) rows.size() * box.length + 1);
        int length = rows.size();
        int[] constrained = new int[box.length];
        boolean ends = false;
        for (int row = 0; row < rows.size() && !ends; row++) {
            boolean covers = true;
            for (int axis = decided.nextClearBit(0); axis < box.length; axis = decided.nextClearBit(axis + 1)) {
                if (!contains(rows.get(row).runs()[axis], box[axis])) {
                    constrained[axis]++;
                    covers = false;
                }
            }
            if (covers) {
                ends = true;
                length = row + 1;
            }
        }
        List<SearchedRow> relevant = rows.subList(0, length);
        boolean first = relevant.isEmpty() ? uncovered : relevant.get(0).sought();
        if (relevant.stream().allMatch(entry -> entry.sought() == first) && (ends || uncovered == first)) {
            return !first || wantsMore.test(example(box));
        }
        int axis = 0;
        for (int i = 1; i < box.length; i++) {
            axis = constrained[i] > constrained[axis] ? i : axis;
        }
        decided.set(axis);
        int[] whole = box[axis];
        boolean more = true;
        var seen = new HashSet<BitSet>();
        var holding = new BitSet();
        long[] turns = turns(relevant, axis, whole);
        for (int at = 0; at < turns.length && more; ) {
            int part = part(turns[at]);
            for (; at < turns.length && part(turns[at]) == part; at++) {
                int row = (int) turns[at] - 1;
                if (row >= 0) {
                    holding.flip(row);
                }
            }
            var segment = new int[] {part, part};
            if (contains(whole, segment) && (relevant.size() > FEW || seen.add((BitSet) holding.clone()))) {
                var inside = new ArrayList<SearchedRow>(holding.cardinality());
                for (int row = holding.nextSetBit(0); row >= 0; row = holding.nextSetBit(row + 1)) {
                    inside.add(relevant.get(row));
                }
                spend(inside.size() + relevant.size() / 64);
                box[axis] = segment;
                more = each(inside, box, decided, uncovered, wantsMore);
            }
        }
        box[axis] = whole;
        decided.clear(axis);
        return more;
    }

    /** Where along an axis rows begin and end to hold, as the part and the row's number from 1; 0 for the axis itself. */
    private long[] turns(List<SearchedRow> rows, int axis, int[] whole) throws SpentException {
        int count = whole.length / 2;
        for (SearchedRow row : rows) {
            count += row.runs()[axis].length;
        }
        spend(count);
        var turns = new long[count];
        int at = 0;
        for (int i = 0; i < whole.length; i += 2) {
            turns[at++] = (long) whole[i] << 32;
        }
        for (int row = 0; row < rows.size(); row++) {
            int[] runs = rows.get(row).runs()[axis];
            for (int i = 0; i < runs.length; i += 2) {
                turns[at++] = (long) runs[i] << 32 | row + 1;
                turns[at++] = (long) (runs[i + 1] + 1) << 32 | row + 1;
            }
        }
        Arrays.sort(turns);
        return turns;
    }

    private static int part(long turn) {
        return (int) (turn >> 32);
    }

    private static int[] example(int[][] box) {
        var point = new int[box.length];
        for (int axis = 0; axis < box.length; axis++) {
            point[axis] = box[axis][0];
        }
        return point;
    }

    /** Whether one set of parts contains another. */
    static boolean contains(int[] runs, int[] other) {
        int at = 0;
        for (int i = 0; i < other.length; i += 2) {
            while (at < runs.length && runs[at + 1] < other[i]) {
                at += 2;
            }
            if (at == runs.length || runs[at] > other[i] || runs[at + 1] < other[i + 1]) {
                return false;
            }
        }
        return true;
    }

    /** Whether two sets of parts have one in common. */
    static boolean touch(int[] one, int[] other) {
        for (int i = 0, j = 0; i < one.length && j < other.length; ) {
            if (one[i + 1] < other[j]) {
                i += 2;
            } else if (other[j + 1] < one[i]) {
                j += 2;
            } else {
                return true;
            }
        }
        return false;
    }
}
