package liandong.routing;

import java.util.List;
import liandong.engine.Reason;
import liandong.incident.Body;
import liandong.incident.EventType;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import org.jspecify.annotations.Nullable;

/**
 * One of several matters in a report, as if it had been reported alone.
 *
 * @param text the part of the report that tells of it
 * @param outcome how it would end
 * @param eventType its event type
 * @param lead who would lead, or answer, or be in charge; null when nobody would
 * @param because every reason
 */
public record ReportedMatter(
        @Member(
                label = "事项正文 Matter text",
                meaning = "the part of the report that tells of it",
                example = "\"楼道灯也坏了\"",
                role = Role.WHY)
        String text,

        @Member(meaning = "how it would end if it had been reported alone")
        RoutingOutcome outcome,

        @Member(meaning = "its event type") EventType eventType,

        @Member(meaning = "the body that would lead, answer or be in charge; absent when none would") @Nullable
        Body lead,

        @Member(meaning = "every reason") List<Reason> because) {}
