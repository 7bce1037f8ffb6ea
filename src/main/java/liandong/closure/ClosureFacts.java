package liandong.closure;

import java.util.List;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.HandledStage;
import liandong.incident.Matter;
import liandong.incident.Member;
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
 * @param excluded why what is asked for cannot be done or is unreasonable, as a person has found and explained (剔除), 1–200
 *     characters; null when it can be done
 */
public record ClosureFacts(
        @Member(meaning = "the report, its event type settled")
        Report incident,

        @Member(label = "等级 Severity", meaning = "how grave, as routed")
        Severity severity,

        @Member(label = "紧急程度 Urgency", meaning = "how soon, as routed")
        Urgency urgency,

        @Member(label = "牵头 Lead", meaning = "the body that leads, as routed")
        Body lead,

        @Member(label = "阶段 Stages", meaning = "the stages as routed, and when each was done")
        List<HandledStage> stages,

        @Member(meaning = "what the body did") Handling handling,

        @Member(meaning = "what came of asking the citizen; absent while nobody has") @Nullable
        FollowUp followUp,

        @Member(
                label = "剔除理由 Excluded",
                meaning =
                        "why what is asked for cannot be done or is unreasonable, as a person has found and explained:"
                                + " then it is closed without redo once the stages are done; absent when it can be done",
                example = "\"诉求超出政策规定，已当面说明\"")
        @Bounds(min = 1, max = 200)
        @Nullable
        String excluded) {

    /** The same as the rules start from it. */
    Closing closing() {
        var matter = new Matter(incident, incident.eventType(), severity, urgency, incident.nature(), null);
        return new Closing(matter, lead, stages, handling, followUp, excluded);
    }
}
