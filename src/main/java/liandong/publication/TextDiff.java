package liandong.publication;

import java.util.ArrayList;
import java.util.List;

/** What differs between two texts, as lines with {@code -} and {@code +} and what stands around them. */
final class TextDiff {
    private static final int CONTEXT = 3;
    /** The largest table of lines against lines that is worth its memory; beyond, one text replaces the other. */
    private static final int LARGEST = 4_000_000;

    private TextDiff() {}

    private record Edit(char sign, String line, int from, int to) {}

    /** The difference in the unified format, without file names; empty when there is none. */
    static String unified(String before, String after) {
        List<Edit> edits = edits(before.lines().toList(), after.lines().toList());
        var text = new StringBuilder();
        for (int i = 0; i < edits.size(); i++) {
            if (edits.get(i).sign() == ' ') {
                continue;
            }
            int first = Math.max(0, i - CONTEXT);
            int last = i;
            for (int j = i; j < edits.size() && j <= last + 2 * CONTEXT; j++) {
                last = edits.get(j).sign() == ' ' ? last : j;
            }
            int end = Math.min(edits.size(), last + 1 + CONTEXT);
            hunk(edits.subList(first, end), text);
            i = end - 1;
        }
        return text.toString();
    }

    private static void hunk(List<Edit> edits, StringBuilder text) {
        long removed = edits.stream().filter(edit -> edit.sign() != '+').count();
        long added = edits.stream().filter(edit -> edit.sign() != '-').count();
        text.append("@@ -" + edits.get(0).from() + "," + removed + " +"
                + edits.get(0).to() + "," + added + " @@\n");
        edits.forEach(edit -> text.append(edit.sign()).append(edit.line()).append('\n'));
    }

    private static List<Edit> edits(List<String> before, List<String> after) {
        int start = 0;
        while (start < Math.min(before.size(), after.size())
                && before.get(start).equals(after.get(start))) {
            start++;
        }
        int endBefore = before.size();
        int endAfter = after.size();
        while (endBefore > start
                && endAfter > start
                && before.get(endBefore - 1).equals(after.get(endAfter - 1))) {
            endBefore--;
            endAfter--;
        }
        int rows = endBefore - start;
        int columns = endAfter - start;
        boolean aligned = (long) rows * columns <= LARGEST;
        int[][] common = aligned ? common(before, after, start, rows, columns) : new int[0][];
        var edits = new ArrayList<Edit>();
        for (int i = 0; i < start; i++) {
            edits.add(new Edit(' ', before.get(i), i + 1, i + 1));
        }
        int i = 0;
        int j = 0;
        while (i < rows || j < columns) {
            String old = i < rows ? before.get(start + i) : "";
            String now = j < columns ? after.get(start + j) : "";
            if (aligned && i < rows && j < columns && old.equals(now)) {
                edits.add(new Edit(' ', old, start + ++i, start + ++j));
            } else if (i < rows && (j == columns || !aligned || common[i + 1][j] >= common[i][j + 1])) {
                edits.add(new Edit('-', old, start + ++i, start + j + 1));
            } else {
                edits.add(new Edit('+', now, start + i + 1, start + ++j));
            }
        }
        for (int k = endBefore; k < before.size(); k++) {
            edits.add(new Edit(' ', before.get(k), k + 1, endAfter + k - endBefore + 1));
        }
        return edits;
    }

    /** How many lines two texts have in common from each pair of places on. */
    private static int[][] common(List<String> before, List<String> after, int start, int rows, int columns) {
        int[][] common = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                common[i][j] = before.get(start + i).equals(after.get(start + j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
