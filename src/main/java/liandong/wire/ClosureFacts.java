package liandong.wire;

import java.util.List;
import liandong.incident.Body;
import liandong.incident.Closing;
import liandong.incident.FollowUp;
import liandong.incident.HandledStage;
import liandong.incident.Handling;
import liandong.incident.Matter;
import liandong.incident.Report;
import liandong.incident.Severity;
import liandong.incident.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * What closure is asked about.
 *
 * @param incident the report, its event type settled
 * @param severity how grave, as routed
 * @param urgency how soon, as routed
 * @param lead the body that leads, as routed
 * @param stages the stages as routed, and when each was done
 * @param handling what the body did
 * @param followUp what came of asking the citizen; null while nobody has
 */
public record ClosureFacts(
        Report incident,
        Severity severity,
        Urgency urgency,
        Body lead,
        List<HandledStage> stages,
        Handling handling,
        @Nullable FollowUp followUp) {

    /** The same as the rules start from it. */
    Closing closing() {
        var matter = new Matter(incident, incident.eventType(), severity, urgency);
        return new Closing(matter, lead, stages, handling, followUp);
    }
}
