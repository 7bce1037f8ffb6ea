package liandong.meaning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import liandong.analysis.Boxes;
import liandong.analysis.JointSpace;
import liandong.table.Condition;
import liandong.table.HitPolicy;
import liandong.table.Row;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The questions that deciding puts to the tables of one policy, as far as they have been seen, for facts that are the same but
 * for what tables are asked about.
 *
 * <p>Rules learn of such facts from the answers of tables alone: so the next question follows from the answers before, and facts
 * that get the same answers get the same decision. Once the engine has decided one of them, all others that go the same way
 * are known without it. Not safe for use by many threads.
 */
final class Course {
    private final JointSpace space;
    private final int side;
    private final Map<Class<? extends Row>, Integer> pairs;
    private final Set<String> constant;
    private final int[][][] content;
    private final int[][] around;
    private @Nullable Node root;

    /** Where a way through the questions leads. */
    sealed interface Step {}

    /**
     * Facts of a box get different answers to a question: it has to be cut.
     *
     * @param rows the rows that do not hold for all of it
     */
    record Cut(List<int[][]> rows) implements Step {}

    /** Nobody has gone this way. */
    record Unknown() implements Step {}

    /** All facts of a box go this way to its end, and are decided alike. */
    record Known(Leaf leaf) implements Step {}

    /** The end of a way. */
    static final class Leaf {}

    /** A question put to a table while something was decided. */
    record Question(Table<? extends Row> table, Object fact, boolean singly) {}

    private static final class Node {
        /** The question; null once there is none. */
        private @Nullable Question question;

        /** What the columns have that are the same for all the facts. */
        private List<@Nullable Object> given = List.of();

        private int pair;
        private List<Integer> candidates = List.of();
        private final Map<Object, Node> next = new HashMap<>();
        private @Nullable Leaf leaf;
    }

    /**
     * A course that nothing is known of yet.
     *
     * @param constant the columns that are the same for all the facts, or follow from the answers before
     * @param around all the facts
     * @param content by pair, version and row, what the row concludes: the same number for the same
     */
    Course(
            JointSpace space,
            int side,
            int[][] around,
            Map<Class<? extends Row>, Integer> pairs,
            Set<String> constant,
            int[][][] content) {
        this.space = space;
        this.side = side;
        this.around = around;
        this.pairs = pairs;
        this.constant = constant;
        this.content = content;
    }

    /** Goes as far as all facts of a box go together. */
    Step walk(int[][] box) {
        Node node = root;
        while (node != null) {
            if (node.leaf != null) {
                return new Known(node.leaf);
            }
            if (node.question == null) {
                return new Unknown();
            }
            var partial = new ArrayList<int[][]>();
            Object answer = answer(node, box, partial);
            if (answer == null) {
                return new Cut(partial);
            }
            node = node.next.get(answer);
        }
        return new Unknown();
    }

    /**
     * Learns the way of one point: what was asked in turn, and what came of it.
     *
     * @return false when something that ought to be the same for all the facts is not, so that nothing was learnt
     */
    boolean learn(int[][] point, List<Question> questions) {
        if (root == null) {
            root = new Node();
        }
        Node node = root;
        for (Question question : questions) {
            if (!pairs.containsKey(question.table().type())) {
                continue; // asked about something else, which these facts do not vary
            }
            if (node.question == null) {
                if (node.leaf != null) {
                    return false;
                }
                ask(node, question);
            } else if (node.question.table() != question.table() || !node.given.equals(given(question))) {
                return false;
            }
            Object said = Objects.requireNonNull(answer(node, point, new ArrayList<>()));
            node = node.next.computeIfAbsent(said, each -> new Node());
        }
        if (node.question != null) {
            return false;
        }
        node.leaf = node.leaf == null ? new Leaf() : node.leaf;
        return true;
    }

    private List<@Nullable Object> given(Question question) {
        var given = new ArrayList<@Nullable Object>();
        for (Table.ConditionColumn column : question.table().columns()) {
            if (constant.contains(column.attribute().chinese()) && isAsked(column)) {
                given.add(column.attribute().of().apply(question.fact()));
            }
        }
        return given;
    }

    private static boolean isAsked(Table.ConditionColumn column) {
        return column.conditions().stream().anyMatch(condition -> condition != Condition.ANY);
    }

    private void ask(Node node, Question question) {
        node.question = question;
        node.given = given(question);
        node.pair = Objects.requireNonNull(pairs.get(question.table().type()));
        RoaringBitmap holding = null;
        for (Table.ConditionColumn column : question.table().columns()) {
            if (constant.contains(column.attribute().chinese()) && isAsked(column)) {
                RoaringBitmap rows = column.index().rows(column.attribute().of().apply(question.fact()));
                holding = holding == null ? rows : RoaringBitmap.and(holding, rows);
            }
        }
        var candidates = new ArrayList<Integer>();
        for (int row = 0; row < question.table().rows().size(); row++) {
            if ((holding == null || holding.contains(row)) && Boxes.touch(space.runs(node.pair, side, row), around)) {
                candidates.add(row);
            }
        }
        node.candidates = candidates;
    }

    /** What all facts of a box are answered; null when not all the same, and then the rows that are to blame. */
    private @Nullable Object answer(Node node, int[][] box, List<int[][]> partial) {
        Table<? extends Row> table = Objects.requireNonNull(node.question).table();
        boolean first = table.hitPolicy() == HitPolicy.FIRST && !node.question.singly();
        var holding = new ArrayList<Object>();
        for (int row : node.candidates) {
            int[][] runs = space.runs(node.pair, side, row);
            if (Boxes.touch(runs, box)) {
                if (!Boxes.covers(runs, box)) {
                    partial.add(runs);
                    if (first) {
                        return null;
                    }
                } else if (first) {
                    // What else a row says, its place and id, is a reason and no decision.
                    return content[node.pair][side][row];
                } else {
                    holding.add(row);
                }
            }
        }
        return partial.isEmpty() ? holding : null;
    }
}
