package liandong.wire;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.incident.Body;
import liandong.incident.CaseEvent;
import liandong.incident.HandledStage;
import liandong.incident.Matter;
import liandong.incident.OpenCase;
import liandong.incident.Report;
import liandong.incident.Severity;
import liandong.incident.Similar;
import liandong.incident.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * What escalation is asked about.
 *
 * @param incident the report, its event type settled
 * @param severity how grave, as routed
 * @param urgency how soon, as routed
 * @param assignedAt when it was first assigned
 * @param lead the body that has it in hand now
 * @param assisting the bodies that assist, as routed
 * @param conference the joint conference in view, as routed; null for none
 * @param stages the stages as routed or, once reassigned, as that answer gave them
 * @param events what has happened since it was assigned, in any order
 * @param similar open incidents about the like matter; null when not counted
 * @param noClearLaw whether no law or rule says whose it is or what is to be done
 */
public record EscalationFacts(
        Report incident,
        Severity severity,
        Urgency urgency,
        OffsetDateTime assignedAt,
        Body lead,
        List<Body> assisting,
        @Nullable Body conference,
        List<HandledStage> stages,
        List<CaseEvent> events,
        @Nullable Similar similar,
        boolean noClearLaw) {

    /** The same as the rules start from it. */
    OpenCase open() {
        var matter = new Matter(incident, incident.eventType(), severity, urgency);
        return new OpenCase(matter, lead, assisting, conference, assignedAt, stages, events, similar, noClearLaw);
    }
}
