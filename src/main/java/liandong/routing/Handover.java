package liandong.routing;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.incident.Body;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.EventType;
import liandong.incident.Member;
import liandong.incident.Nature;
import liandong.incident.Severity;
import liandong.incident.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * The members of every later question about a report that has been assigned, ready to be sent beside the incident (移交下一环节).
 *
 * @param eventType what it is about
 * @param nature what the reporter wants; null when nobody knows
 * @param severity how grave
 * @param urgency how soon
 * @param lead the body that leads
 * @param assisting the bodies that assist
 * @param conference the joint conference in view; null for none
 * @param assignedAt when it was assigned: the moment of the decision
 * @param stages the stages with their times
 * @param events what has happened so far: that it was assigned
 */
public record Handover(
        @Member(meaning = "what it is about") EventType eventType,

        @Member(meaning = "what the reporter wants; absent when nobody knows") @Nullable
        Nature nature,

        @Member(meaning = "how grave") Severity severity,
        @Member(meaning = "how soon") Urgency urgency,
        @Member(meaning = "the body that leads") Body lead,
        @Member(meaning = "the bodies that assist") List<Body> assisting,

        @Member(meaning = "the joint conference in view; absent for none") @Nullable
        Body conference,

        @Member(meaning = "when it was assigned: the moment of the decision")
        OffsetDateTime assignedAt,

        @Member(meaning = "the stages with their times", trace = true)
        List<PlannedStage> stages,

        @Member(meaning = "what has happened so far: that it was assigned", trace = true)
        List<CaseEvent> events) {

    /** What an assignment hands over; null when nobody knows what it is about, how grave or how urgent it is. */
    static @Nullable Handover of(RoutingDecision decision, OffsetDateTime now) {
        Assignment assignment = decision.assignment();
        Classification about = assignment == null ? null : assignment.about();
        if (assignment == null || about == null || about.severity() == null || about.urgency() == null) {
            return null;
        }
        var assigned = new CaseEvent(CaseEventKind.ASSIGNED, now, null, assignment.lead(), false, null, null);
        return new Handover(
                about.eventType(),
                decision.nature(),
                about.severity(),
                about.urgency(),
                assignment.lead(),
                assignment.assisting(),
                assignment.conference(),
                now,
                assignment.stages(),
                List.of(assigned));
    }
}
