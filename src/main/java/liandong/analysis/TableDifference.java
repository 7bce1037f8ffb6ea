package liandong.analysis;

import java.nio.IntBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import liandong.analysis.JointSpace.Pair;
import liandong.incident.Vocabulary;
import liandong.table.HitPolicy;
import liandong.table.Row;
import liandong.table.Table;

/**
 * Which facts two versions of a table treat differently: exactly, by cutting the space of both until in each box the same rows
 * count.
 *
 * <p>Only boxes that a row which differs touches are looked into: elsewhere the versions are the same row by row. The worst
 * case takes exponentially long, so there is an allowance; {@link #isComplete} tells whether it was enough.
 */
public final class TableDifference {
    private final JointSpace space;
    private final List<Region> regions = new ArrayList<>();
    private final int[][] conclusions = new int[2][];
    private final boolean[][] changed;
    private final HitPolicy[] hitPolicies = new HitPolicy[2];
    private long allowance;
    private long classes;
    private boolean complete = true;

    /**
     * Facts that the versions treat differently, each in one way.
     *
     * @param box the facts
     * @param before the rows that count in the former version; empty for none
     * @param after the rows that count in the later version
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Region(int[][] box, List<? extends Row> before, List<? extends Row> after) {}

    private TableDifference(Pair pair, List<Vocabulary> vocabularies, LocalDate from, long allowance) {
        this.allowance = allowance;
        this.space = JointSpace.of(List.of(pair), vocabularies, from, Set.of(), Map.of(), List.of(), false);
        var ids = new HashMap<Object, Integer>();
        List<List<Object>> content = new ArrayList<>();
        for (int side = JointSpace.BEFORE; side <= JointSpace.AFTER; side++) {
            Table<? extends Row> table = pair.side(side);
            List<? extends Row> rows = table == null ? List.of() : table.rows();
            hitPolicies[side] = table == null ? pair.either().hitPolicy() : table.hitPolicy();
            conclusions[side] = new int[rows.size()];
            var of = new ArrayList<Object>();
            for (int row = 0; row < rows.size(); row++) {
                conclusions[side][row] = ids.computeIfAbsent(RowContent.of(rows.get(row)), each -> ids.size());
                of.add(List.of(
                        Stream.of(space.runs(0, side, row)).map(IntBuffer::wrap).toList(), conclusions[side][row]));
            }
            content.add(of);
        }
        boolean samePolicy = hitPolicies[0] == hitPolicies[1];
        this.changed = samePolicy ? changed(content) : all(content);
        boolean unordered = samePolicy && hitPolicies[0] == HitPolicy.ALL;
        var lists = new ArrayList<int[]>();
        for (int side = JointSpace.BEFORE; side <= JointSpace.AFTER; side++) {
            int of = side;
            // Where all rows count, those of both versions are no difference.
            lists.add(IntStream.range(0, conclusions[side].length)
                    .filter(row -> !unordered || changed[of][row])
                    .toArray());
        }
        int[][] box = space.common();
        if (Stream.of(box).allMatch(parts -> parts.length > 0)) {
            explore(lists.get(0), lists.get(1), box);
        }
    }

    /**
     * Compares two versions of a table.
     *
     * @param vocabularies the words of the two versions
     * @param from the first day that matters
     * @param allowance how many rows may be looked at, each as often as it must
     */
    public static TableDifference of(Pair pair, List<Vocabulary> vocabularies, LocalDate from, long allowance) {
        return new TableDifference(pair, vocabularies, from, allowance);
    }

    private boolean[][] changed(List<List<Object>> content) {
        if (hitPolicies[0] == HitPolicy.FIRST) {
            return RowContent.changed(content.get(0), content.get(1));
        }
        var order = new HashMap<Object, Integer>();
        content.forEach(side -> side.forEach(each -> order.computeIfAbsent(each, key -> order.size())));
        // Their order plays no part: both are put in the same.
        List<List<Integer>> sorted = content.stream()
                .map(side -> IntStream.range(0, side.size())
                        .boxed()
                        .sorted(Comparator.comparing(row -> order.get(side.get(row))))
                        .toList())
                .toList();
        boolean[][] found = RowContent.changed(
                sorted.get(0).stream().map(content.get(0)::get).toList(),
                sorted.get(1).stream().map(content.get(1)::get).toList());
        var byRow = new boolean[][] {new boolean[found[0].length], new boolean[found[1].length]};
        for (int side = 0; side < 2; side++) {
            for (int i = 0; i < found[side].length; i++) {
                byRow[side][sorted.get(side).get(i)] = found[side][i];
            }
        }
        return byRow;
    }

    private static boolean[][] all(List<List<Object>> content) {
        var all = new boolean[][] {
            new boolean[content.get(0).size()], new boolean[content.get(1).size()]
        };
        Arrays.fill(all[0], true);
        Arrays.fill(all[1], true);
        return all;
    }

    private void explore(int[] before, int[] after, int[][] box) {
        allowance -= before.length + after.length + 1L;
        if (allowance < 0) {
            complete = false;
            return;
        }
        int[][] rows = {relevant(JointSpace.BEFORE, before, box), relevant(JointSpace.AFTER, after, box)};
        boolean touched = false;
        for (int side = 0; side < 2 && !touched; side++) {
            int of = side;
            touched = IntStream.of(rows[side]).anyMatch(row -> changed[of][row]);
        }
        if (!touched || isSame(rows, box)) {
            return;
        }
        var runs = new ArrayList<int[][]>();
        boolean uniform = true;
        for (int side = 0; side < 2; side++) {
            for (int row : rows[side]) {
                runs.add(space.runs(0, side, row));
                uniform &= Boxes.covers(space.runs(0, side, row), box);
            }
        }
        if (uniform) {
            classes++;
            List<Integer> was = counting(JointSpace.BEFORE, rows[0]);
            List<Integer> is = counting(JointSpace.AFTER, rows[1]);
            if (!concluded(JointSpace.BEFORE, was).equals(concluded(JointSpace.AFTER, is))) {
                regions.add(new Region(box, rows(JointSpace.BEFORE, was), rows(JointSpace.AFTER, is)));
            }
            return;
        }
        int axis = Boxes.mostConstrained(runs, box);
        for (int[] piece : Boxes.pieces(runs, axis, box[axis])) {
            explore(rows[0], rows[1], Boxes.with(box, axis, piece));
        }
    }

    /** The rows that hold for some of a box; where the first counts, none behind one that holds for all of it. */
    private int[] relevant(int side, int[] rows, int[][] box) {
        var relevant = IntStream.builder();
        for (int row : rows) {
            int[][] runs = space.runs(0, side, row);
            if (Boxes.touch(runs, box)) {
                relevant.add(row);
                if (hitPolicies[side] == HitPolicy.FIRST && Boxes.covers(runs, box)) {
                    break;
                }
            }
        }
        return relevant.build().toArray();
    }

    private boolean isSame(int[][] rows, int[][] box) {
        if (rows[0].length != rows[1].length || hitPolicies[0] != hitPolicies[1]) {
            return false;
        }
        for (int i = 0; i < rows[0].length; i++) {
            int was = rows[0][i];
            int is = rows[1][i];
            if (conclusions[0][was] != conclusions[1][is]
                    || !Boxes.sameWithin(
                            space.runs(0, JointSpace.BEFORE, was), space.runs(0, JointSpace.AFTER, is), box)) {
                return false;
            }
        }
        return true;
    }

    /** Of rows that all hold, those that count. */
    private List<Integer> counting(int side, int[] rows) {
        if (hitPolicies[side] == HitPolicy.FIRST) {
            return rows.length == 0 ? List.of() : List.of(rows[0]);
        }
        return IntStream.of(rows).boxed().toList();
    }

    /** What some rows conclude together, the order left out; several where one may, count for nothing. */
    private List<Integer> concluded(int side, List<Integer> rows) {
        if (hitPolicies[side] == HitPolicy.UNIQUE && rows.size() > 1) {
            return List.of(-1);
        }
        return rows.stream().map(row -> conclusions[side][row]).sorted().toList();
    }

    private List<? extends Row> rows(int side, List<Integer> rows) {
        Table<? extends Row> table = space.pairs().get(0).side(side);
        return table == null ? List.of() : rows.stream().map(table.rows()::get).toList();
    }

    /** What it can be asked about. */
    public JointSpace space() {
        return space;
    }

    /** The facts that are treated differently; no two have a fact in common. */
    public List<Region> regions() {
        return List.copyOf(regions);
    }

    /** How many boxes were decided one by one, those included in which nothing differs. */
    public long classes() {
        return classes;
    }

    /** Whether all of it was looked at, and every difference is seen. */
    public boolean isComplete() {
        return complete && space.isExact();
    }
}
