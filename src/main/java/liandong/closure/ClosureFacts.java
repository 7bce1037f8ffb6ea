package liandong.closure;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.escalation.ReportedRow;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.CaseEvents;
import liandong.incident.EventType;
import liandong.incident.HandledStage;
import liandong.incident.Matter;
import liandong.incident.Member;
import liandong.incident.Nature;
import liandong.incident.Report;
import liandong.incident.Severity;
import liandong.incident.StageCourse;
import liandong.incident.Urgency;
import liandong.routing.TextReader;
import liandong.table.Asks;
import org.jspecify.annotations.Nullable;

/**
 * What closure is asked about.
 *
 * @param incident the report
 * @param eventType what it is about, as settled since; null when the report says it
 * @param nature what the reporter wants, as settled since; null when the report says it, or nobody knows
 * @param severity how grave, as routed
 * @param urgency how soon, as routed
 * @param lead the body that leads, as routed
 * @param stages the stages as routed, and when each was done where the events do not say it
 * @param events what has happened since it was assigned, in any order: when stages were done, what had to be done again
 * @param handling what the body did
 * @param followUp what came of asking the citizen; null while nobody has
 * @param excluded why what is asked for cannot be done or is unreasonable, as a person has found and explained (剔除), 1–200
 *     characters; null when it can be done
 * @param excludedBy on whose behalf that person found so; null when it can be done, and when not told
 */
@Asks(value = ReportedRow.class, by = TextReader.class)
public record ClosureFacts(
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

        @Member(label = "牵头 Lead", meaning = "the body that leads, as routed")
        Body lead,

        @Member(
                label = "阶段 Stages",
                meaning = "the stages as routed, and when each was done where the events do not say it")
        @Bounds(max = HandledStage.MOST)
        List<HandledStage> stages,

        @Member(
                label = "情形 Events",
                meaning =
                        "what has happened since it was assigned, in any order: when stages were done, what had to be done"
                                + " again or supplemented; with them neither `doneAt` nor `redos` nor `supplements` is needed")
        List<CaseEvent> events,

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
        String excluded,

        @Member(
                label = "剔除认定 Excluded by",
                meaning = "on whose behalf that person found so; absent when it can be done")
        @Nullable
        Body excludedBy) {

    /** The same as the rules start from it. */
    Closing closing() {
        Report report = incident.settled(eventType, nature);
        var matter = new Matter(report, report.eventType(), severity, urgency, report.nature(), null);
        OffsetDateTime since = followUp == null ? handling.concludedAt() : followUp.at();
        List<CaseEvent> answers =
                events.stream().filter(event -> isAnswer(event, since)).toList();
        List<CaseEvent> happened = CaseEvents.inOrder(
                events.stream().filter(event -> !isAnswer(event, since)).toList());
        List<CaseEvent> ofNow = CaseEvents.ofStagesNow(incident.reportedAt(), stages, happened);
        List<HandledStage> gone = stages.stream()
                .map(stage -> stage.done(StageCourse.of(stage, stages, ofNow).doneAt()))
                .toList();
        var told = new Handling(
                handling.concludedAt(),
                handling.proofs(),
                Math.max(handling.redos(), count(happened, CaseEventKind.REDO)),
                Math.max(handling.supplements(), count(happened, CaseEventKind.SUPPLEMENT)));
        List<String> again = stages.stream()
                .filter(stage -> StageCourse.of(stage, stages, ofNow).again() != null)
                .map(HandledStage::name)
                .toList();
        return new Closing(
                matter,
                lead,
                gone,
                told,
                followUp,
                excluded,
                answers,
                CaseEvents.inOrder(events),
                again,
                List.of(),
                null);
    }

    /**
     * Whether an event is what this very question came to when it was asked before: once it has been done again or proofs were
     * handed in, the body says anew that it is done. No event tells of that, and others may follow an order that nobody has
     * answered, so that nothing but {@link Handling#concludedAt} can tell the two apart.
     */
    private static boolean isAnswer(CaseEvent event, OffsetDateTime since) {
        return (event.kind() == CaseEventKind.REDO || event.kind() == CaseEventKind.SUPPLEMENT)
                && !event.at().isBefore(since);
    }

    private static int count(List<CaseEvent> events, CaseEventKind kind) {
        return (int) events.stream().filter(event -> event.kind() == kind).count();
    }

    /** The same with each event once. */
    ClosureFacts once() {
        return with(CaseEvents.once(events));
    }

    /** The same with other events. */
    ClosureFacts with(List<CaseEvent> others) {
        return new ClosureFacts(
                incident,
                eventType,
                nature,
                severity,
                urgency,
                lead,
                stages,
                others,
                handling,
                followUp,
                excluded,
                excludedBy);
    }
}
