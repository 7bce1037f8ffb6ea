package liandong.routing.evaluation;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row of the file of labelled texts.
 *
 * @param line the line of the file it begins on, from 1
 * @param number the row as a spreadsheet program numbers it; the header is 1
 * @param text the text
 * @param facts what else the row says of the report, as members of the incident
 * @param group what the row is counted by besides the whole; empty when the file does not say
 * @param matter whether there is a matter in it: an event type is wanted of it, or, where the file labels none, a lead,
 *     category or topic
 * @param wanted what the labels want, by part; a part of which nothing is wanted is left out
 */
record LabelledText(
        int line, int number, String text, ObjectNode facts, String group, boolean matter, Map<Part, Wanted> wanted) {
    /** What the labels want of a part; null when nothing. */
    @Nullable
    Wanted wanted(Part part) {
        return wanted.get(part);
    }

    /** The same row, counted by a group. */
    LabelledText in(String another) {
        return new LabelledText(line, number, text, facts, another, matter, wanted);
    }
}
