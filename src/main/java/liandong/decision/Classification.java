package liandong.decision;

import liandong.incident.Category;
import liandong.incident.EventType;
import liandong.incident.Severity;
import liandong.incident.Topic;
import liandong.incident.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * What a report is about, as far as the rules know.
 *
 * @param category its category
 * @param topic its topic
 * @param eventType its event type
 * @param by who settled it
 * @param severity how grave; null when not graded
 * @param urgency how soon; null when not graded
 */
public record Classification(
        Category category,
        Topic topic,
        EventType eventType,
        ClassifiedBy by,
        @Nullable Severity severity,
        @Nullable Urgency urgency) {}
