package liandong.scoring;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.Column;
import liandong.incident.EventType;
import liandong.incident.FalseReports;
import liandong.incident.Member;
import liandong.incident.Source;
import org.jspecify.annotations.Nullable;

/**
 * One case to be scored: who handled it, and what happened to it (个案考核).
 *
 * <p>The order of the events has no part in the score.
 *
 * @param id the caller's reference, opaque, 1–64 characters
 * @param reportedAt when the centre received the report
 * @param body the body that is scored
 * @param eventType what it is about; null when not given
 * @param source who brought it; null when not given
 * @param events what happened; of those that name another body, or are taken out, none counts
 */
public record ScoredCase(
        @Member(
                label = "事件编号 Incident id",
                meaning = "the caller's reference, opaque, 1–64 characters",
                example = "\"SC-2026-000123\"")
        @Bounds(min = 1, max = 64)
        String id,

        @Member(label = "上报时间 Reported at", meaning = "when the centre received the report")
        OffsetDateTime reportedAt,

        @Member(meaning = "the body that is scored") @Column("单位 Body")
        Body body,

        @Member(meaning = "what it is about; absent when not given") @Column("事项 Event type") @Nullable
        EventType eventType,

        @Member(meaning = "who brought it; absent when not given") @Column("来源 Source") @Nullable
        Source source,

        @Member(
                label = "情形 Events",
                meaning = "what happened; of those that name another body, or are taken out (excluded), none counts")
        List<CaseEvent> events) {

    /** An event, which concerns the body that is scored where it names none. */
    CaseEvent named(CaseEvent event) {
        return event.body() == null ? event.of(body) : event;
    }

    /** The same with each event once, whether or not it names the body. */
    ScoredCase once() {
        var told = new HashSet<CaseEvent>();
        return new ScoredCase(
                id,
                reportedAt,
                body,
                eventType,
                source,
                events.stream().filter(event -> told.add(named(event))).toList());
    }

    /** The same with further events. */
    ScoredCase with(List<CaseEvent> more) {
        var all = new ArrayList<>(events);
        all.addAll(more);
        return new ScoredCase(id, reportedAt, body, eventType, source, List.copyOf(all));
    }

    /** The same without what tells that one of some stages was late. */
    ScoredCase withoutDelayOf(Set<String> stages) {
        return new ScoredCase(
                id,
                reportedAt,
                body,
                eventType,
                source,
                events.stream()
                        .filter(event -> event.kind() != CaseEventKind.STAGE_LATE
                                || event.stage() == null
                                || !stages.contains(event.stage()))
                        .toList());
    }

    /** The events that concern the body that is scored and count: those that are not taken out. */
    public List<CaseEvent> own() {
        return concerning().filter(event -> event.excluded() == null).toList();
    }

    /** The same without stages said to have been done on time of which it was found afterwards that they were not done. */
    public List<CaseEvent> counted() {
        List<CaseEvent> own = own();
        var falsely = new FalseReports(own);
        return own.stream().filter(event -> !falsely.have(event)).toList();
    }

    /** Which events of the body tell that a stage was done on time though it was not. */
    FalseReports falseReports() {
        return new FalseReports(own());
    }

    /** The events that concern the body that is scored and that a person has found not to be its fault. */
    public List<CaseEvent> takenOut() {
        return concerning().filter(event -> event.excluded() != null).toList();
    }

    private Stream<CaseEvent> concerning() {
        return events.stream()
                .filter(event -> event.body() == null || event.body().equals(body));
    }

    /** Whether leaders or the media have taken notice. */
    @Column("领导媒体 Leader or media")
    public boolean leaderOrMedia() {
        return own().stream().anyMatch(event -> event.kind().drawsLeadersOrMedia());
    }

    /** Whether anything that counts is contested. */
    public boolean contested() {
        return own().stream().anyMatch(CaseEvent::contested);
    }

    /** The case if every appeal is upheld: as though what is contested had not happened. */
    public ScoredCase ifAppealsAreUpheld() {
        return new ScoredCase(
                id,
                reportedAt,
                body,
                eventType,
                source,
                events.stream().filter(event -> !event.contested()).toList());
    }
}
