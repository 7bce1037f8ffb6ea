package liandong.decision;

import java.util.List;
import liandong.incident.EventType;

/**
 * An event type the text speaks for, for the person who has to choose.
 *
 * @param eventType the event type
 * @param points its points
 * @param rows ids of the keyword rows that voted for it
 */
public record Candidate(EventType eventType, int points, List<String> rows) {}
