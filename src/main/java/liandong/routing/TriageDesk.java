package liandong.routing;

import java.time.OffsetDateTime;
import liandong.incident.Body;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import liandong.incident.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * Who judges what is left to a person, and by when.
 *
 * @param queue the queue it is put in
 * @param by the body whose people judge
 * @param urgency how urgent the judging is
 * @param due by when they judge; null beyond the calendar
 * @param row id of the row
 */
public record TriageDesk(
        @Member(label = "研判队列 Queue", meaning = "the queue it is put in", example = "\"疑难研判\"")
        String queue,

        @Member(label = "研判单位 Judged by", meaning = "the body whose people judge")
        Body by,

        @Member(label = "研判紧急程度 Judging urgency", meaning = "how urgent the judging is")
        Urgency urgency,

        @Member(
                label = "研判期限 Judged by when",
                meaning = "when it must be judged at the latest; absent beyond the calendar",
                role = Role.DUE)
        @Nullable
        OffsetDateTime due,

        @Member(label = "研判行 Desk row", meaning = "id of the row", role = Role.ROW)
        String row) {}
