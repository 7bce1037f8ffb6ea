package liandong.problem;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a problem says should stand in its cell instead (改法).
 *
 * <p>Only where it quotes what stands there and what to write, word for word; all else is for a person to write.
 *
 * @param from what stands there, or in a part of the cell
 * @param to what is to stand there
 */
public record Mend(String from, String to) {
    /** Which of the values that a message quotes is to be written; the first one is always what stands there. */
    private static final Map<Code, Integer> WRITTEN = new EnumMap<>(Map.of(
            Code.READ_AS, 1,
            Code.UNUSUAL_CHARACTERS, 1,
            Code.INVERTED_RANGE, 1,
            Code.LOOKALIKE_CHARACTERS, 2,
            Code.DIVIDED_WORD, 2,
            Code.LABEL_IN_OTHER_WIDTH, 2,
            Code.MISTYPED_LABEL, 2,
            Code.MISTYPED_COLUMN, 1,
            Code.NUMBER_IN_DATES, 2));

    /** What stands between the words of a cell. */
    private static final String BETWEEN = "、，,；;/ \n\u3000";

    /** The mend of a problem; null when it has none that can be written without a person's judgement. */
    public static @Nullable Mend of(Problem problem) {
        Integer written = WRITTEN.get(problem.code());
        return written == null
                        || !(problem.at() instanceof CellRef)
                        || problem.args().size() <= written
                ? null
                : new Mend(problem.args().get(0), problem.args().get(written));
    }

    /**
     * What a cell is to hold.
     *
     * @param text what it holds
     * @return null when what the problem quotes is not all of it, nor one of its words, or stands there twice
     */
    public @Nullable String in(String text) {
        if (text.strip().equals(from.strip())) {
            return to;
        }
        int at = from.isEmpty() ? -1 : text.indexOf(from);
        int end = at + from.length();
        boolean word = at >= 0
                && (at == 0 || BETWEEN.indexOf(text.charAt(at - 1)) >= 0)
                && (end == text.length() || BETWEEN.indexOf(text.charAt(end)) >= 0);
        return word && text.indexOf(from, at + 1) < 0 ? text.substring(0, at) + to + text.substring(end) : null;
    }
}
