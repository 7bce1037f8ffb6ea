package liandong.escalation;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEvents;
import liandong.incident.EventType;
import liandong.incident.HandledStage;
import liandong.incident.Matter;
import liandong.incident.Member;
import liandong.incident.Nature;
import liandong.incident.Report;
import liandong.incident.Severity;
import liandong.incident.Urgency;
import liandong.routing.TextReader;
import liandong.table.Asks;
import org.jspecify.annotations.Nullable;

/**
 * What escalation is asked about.
 *
 * @param incident the report
 * @param eventType what it is about, as settled since; null when the report says it
 * @param nature what the reporter wants, as settled since; null when the report says it, or nobody knows
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
@Asks(value = ReportedRow.class, by = TextReader.class)
public record EscalationFacts(
        @Member(meaning = "the report") Report incident,

        @Member(
                label = "已定事项 Settled event type",
                meaning = "what it is about, as routing's next gives it; absent when the incident says it")
        @Nullable
        EventType eventType,

        @Member(
                label = "已定诉求性质 Settled nature",
                meaning =
                        "what the reporter wants, as routing's next gives it; absent when the incident says it, and when"
                                + " nobody knows")
        @Nullable
        Nature nature,

        @Member(label = "等级 Severity", meaning = "how grave, as routed")
        Severity severity,

        @Member(label = "紧急程度 Urgency", meaning = "how soon, as routed")
        Urgency urgency,

        @Member(label = "交办时间 Assigned at", meaning = "when it was first assigned")
        OffsetDateTime assignedAt,

        @Member(label = "牵头 Lead", meaning = "the body that has it in hand now")
        Body lead,

        @Member(label = "配合 Assisting", meaning = "the bodies that assist, as routed")
        List<Body> assisting,

        @Member(
                label = "预定联席会议 Conference in view",
                meaning = "the joint conference in view, as routed; absent for none")
        @Nullable
        Body conference,

        @Member(label = "阶段 Stages", meaning = "the stages as routed or, once reassigned, as that answer gave them")
        @Bounds(max = HandledStage.MOST)
        List<HandledStage> stages,

        @Member(label = "情形 Events", meaning = "what has happened since it was assigned, in any order")
        List<CaseEvent> events,

        @Member(meaning = "open incidents about the like matter; absent when not counted") @Nullable
        Similar similar,

        @Member(label = "无明确依据 No clear law", meaning = "whether no law or rule says whose it is or what is to be done")
        boolean noClearLaw) {

    /** The same with each event once. */
    EscalationFacts once() {
        return with(CaseEvents.once(events));
    }

    /** The same with other events. */
    public EscalationFacts with(List<CaseEvent> others) {
        return new EscalationFacts(
                incident,
                eventType,
                nature,
                severity,
                urgency,
                assignedAt,
                lead,
                assisting,
                conference,
                stages,
                others,
                similar,
                noClearLaw);
    }

    /** The same as the rules start from it. */
    OpenCase open() {
        Report report = incident.settled(eventType, nature);
        var matter = new Matter(report, report.eventType(), severity, urgency, report.nature(), null);
        return new OpenCase(matter, lead, assisting, conference, assignedAt, stages, events, similar, noClearLaw);
    }
}
