package liandong.explain;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * What a page draws of an answer besides its members: the words of the text that had a part in it, and what is to be done by
 * when.
 *
 * @param told what was decided, in sentences, the most important first; at least one
 * @param text the text that was read; empty when there was none
 * @param marks the words of it that had a part, by where they begin; of two that overlap both are here
 * @param spans what is to be done, in order; empty for nothing
 */
public record Story(List<String> told, String text, List<Mark> marks, List<Span> spans) {
    /** What a word of a text did. */
    public enum Part {
        /** It names the matter, and that counted. */
        DECIDES,
        /** It speaks for the matter, and that counted. */
        SUPPORTS,
        /** It tells of danger. */
        DANGER,
        /** It tells what the reporter wants. */
        NATURE,
        /** It changes what others mean, or is no evidence. */
        CONTEXT,
        /** It would have counted, had it not been denied, or told as over. */
        NEGATED
    }

    /**
     * A word of a text.
     *
     * @param start where it begins, from 0, in the text as it was sent
     * @param end where it ends, exclusive
     * @param part what it did
     * @param row the row by which it is
     * @param says what that row says in one line
     */
    public record Mark(int start, int end, Part part, String row, String says) {}

    /**
     * Something to be done.
     *
     * @param name what
     * @param limit how long it may take, with its clock
     * @param start what that counts from
     * @param due when it must be done at the latest
     * @param row the row by which it is
     * @param provisional whether its due time rests on a year that has not been announced
     */
    public record Span(
            String name, String limit, OffsetDateTime start, OffsetDateTime due, String row, boolean provisional) {}
}
