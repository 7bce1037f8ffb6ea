package liandong.routing.evaluation;

import java.util.List;
import liandong.incident.EventType;
import liandong.incident.Topic;
import liandong.incident.Vocabulary;
import org.jspecify.annotations.Nullable;

/**
 * A text whose event type is known.
 *
 * @param type the event type
 * @param text the text
 * @param row the row it stands in
 */
record TypedText(EventType type, String text, int row) {
    /** A labelled text with the event type of its label, or the general one of its topic; null when neither is known. */
    static @Nullable TypedText of(LabelledText row, Vocabulary vocabulary) {
        Wanted type = row.wanted(Part.EVENT_TYPE);
        Wanted topic = row.wanted(Part.TOPIC);
        EventType found = null;
        if (type != null) {
            found = vocabulary.find(EventType.class, type.label().code());
        } else if (topic != null) {
            Topic named = vocabulary.find(Topic.class, topic.label().code());
            List<EventType> generals = named == null ? List.of() : vocabulary.generals(named);
            found = generals.isEmpty() ? null : generals.get(0);
        }
        return found == null || row.text().isBlank() ? null : new TypedText(found, row.text(), row.number());
    }
}
