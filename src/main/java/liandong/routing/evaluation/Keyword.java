package liandong.routing.evaluation;

import java.util.List;
import liandong.incident.EventType;

/**
 * A word that speaks for an event type.
 *
 * @param word the word, as words are compared
 * @param type the event type
 * @param points how much it speaks for it
 * @param own in how many texts of the event type it stands
 * @param others in how many texts of other event types it stands
 * @param examples where it stands, the first ones
 */
record Keyword(String word, EventType type, int points, int own, int others, List<Example> examples) {
    /**
     * A place where a word stands.
     *
     * @param row the row of the text
     * @param excerpt the word with what is right beside it
     */
    record Example(int row, String excerpt) {}
}
