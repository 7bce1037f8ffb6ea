package liandong.routing;

import java.util.List;
import liandong.incident.EventType;
import liandong.incident.Member;
import liandong.incident.Member.Role;

/**
 * An event type the text speaks for, for the person who has to choose.
 *
 * @param eventType the event type
 * @param points its points
 * @param rows ids of the keyword rows that voted for it
 */
public record KeywordCandidate(
        @Member(label = "候选 Candidate", meaning = "the event type", trace = true)
        EventType eventType,

        @Member(label = "候选票数 Candidate points", meaning = "its points", trace = true)
        int points,

        @Member(label = "候选行 Candidate rows", meaning = "ids of the keyword rows that voted for it", role = Role.ROW)
        List<String> rows) {}
