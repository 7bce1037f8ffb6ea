package liandong.escalation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import liandong.Decide;
import liandong.engine.EngineResult;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.EventType;
import liandong.incident.GroundProof;
import liandong.incident.HandledStage;
import liandong.incident.Matter;
import liandong.incident.PauseGround;
import liandong.incident.Report;
import liandong.incident.ReturnReason;
import liandong.incident.Severity;
import liandong.incident.Source;
import liandong.incident.Term;
import liandong.incident.Urgency;
import liandong.policy.Policy;
import liandong.routing.Assignment;
import liandong.routing.Classification;
import liandong.table.RowRef;
import org.jspecify.annotations.Nullable;

/** A case in progress as tests tell its story: routed for real, then one event after the other. */
final class CaseFile {

    private final Policy policy;
    private final List<CaseEvent> events = new ArrayList<>();
    private EventType eventType;
    private Severity severity;
    private Urgency urgency;
    private Source source;
    private Area area;
    private OffsetDateTime assignedAt;
    private Body lead;
    private List<Body> assisting;
    private @Nullable Body conference;
    private List<HandledStage> stages;
    private @Nullable Similar similar;
    private boolean noClearLaw;

    /** A case as routing assigns it. */
    CaseFile(Policy policy, String eventType, String source, String area, String assignedAt) {
        this.policy = policy;
        this.eventType = term(EventType.class, eventType);
        this.source = term(Source.class, source);
        this.area = term(Area.class, area);
        this.assignedAt = OffsetDateTime.parse(assignedAt);
        var routed = Decide.route(policy, report(), this.assignedAt.toInstant(), false)
                .decision();
        Assignment assignment = requireNonNull(routed.assignment(), () -> routed.outcome() + " " + routed.reason());
        Classification classified = requireNonNull(routed.about());
        this.severity = requireNonNull(classified.severity());
        this.urgency = requireNonNull(classified.urgency());
        this.lead = assignment.lead();
        this.assisting = assignment.assisting();
        this.conference = assignment.conference();
        this.stages = assignment.stages().stream()
                .map(stage -> new HandledStage(
                        stage.order(),
                        stage.name(),
                        stage.limit().label(),
                        stage.start(),
                        stage.due(),
                        stage.row(),
                        null))
                .toList();
    }

    private Report report() {
        return Report.of("SC-2026-000123", assignedAt, source, area, "", eventType);
    }

    private <T extends Term> T term(Class<T> set, String label) {
        return requireNonNull(policy.vocabulary().find(set, label), label);
    }

    Body body(String label) {
        Body body = policy.vocabulary().find(Body.class, label);
        return body == null ? requireNonNull(policy.vocabulary().territory(label), label) : body;
    }

    CaseFile urgency(String label) {
        urgency = term(Urgency.class, label);
        return this;
    }

    CaseFile assisting(String... labels) {
        assisting = Stream.of(labels).map(this::body).toList();
        return this;
    }

    CaseFile conference(@Nullable String label) {
        conference = label == null ? null : body(label);
        return this;
    }

    CaseFile similar(int count, int days, String within) {
        similar = new Similar(count, days, term(Area.class, within));
        return this;
    }

    CaseFile noClearLaw() {
        noClearLaw = true;
        return this;
    }

    CaseFile lead(String label) {
        lead = body(label);
        return this;
    }

    CaseFile event(CaseEventKind kind, String at) {
        return event(kind, at, null, null, null, null);
    }

    CaseFile event(CaseEventKind kind, String at, String concerns) {
        return event(kind, at, null, body(concerns), null, null);
    }

    CaseFile stageEvent(CaseEventKind kind, String at, String stage) {
        return event(kind, at, stage, null, null, null);
    }

    /** A body says of a stage that it is done. */
    CaseFile stageDone(String at, String stage, String by) {
        return event(CaseEventKind.STAGE_DONE, at, stage, body(by), null, null);
    }

    CaseFile returned(String at, String reason) {
        return event(CaseEventKind.RETURNED, at, null, lead, term(ReturnReason.class, reason), null);
    }

    /** Another body takes it, as the answer to the return says, with the stages counted anew. */
    CaseFile reassigned(String at, String to) {
        Action action = decision(at).actions().stream()
                .filter(each -> !each.stages().isEmpty())
                .findFirst()
                .orElse(null);
        event(CaseEventKind.REASSIGNED, at, null, body(to), null, null);
        lead = body(to);
        stages = action == null ? stages : action.stages();
        return this;
    }

    CaseFile redo(String at, String until) {
        return event(CaseEventKind.REDO, at, null, null, null, OffsetDateTime.parse(until));
    }

    CaseFile granted(String at, String stage, String until) {
        return event(CaseEventKind.EXTENSION_GRANTED, at, stage, null, null, OffsetDateTime.parse(until));
    }

    /** A pause that says who decided it and why; null for what it does not say. */
    CaseFile paused(String at, @Nullable String by, @Nullable String ground) {
        return paused(at, by, ground, null);
    }

    /** A pause that says by when it ends, too. */
    CaseFile paused(String at, @Nullable String by, @Nullable String ground, @Nullable String until) {
        return paused(at, by, ground, until, null);
    }

    /** A pause that says what shows its ground, too. */
    CaseFile paused(
            String at, @Nullable String by, @Nullable String ground, @Nullable String until, @Nullable String proof) {
        events.add(new CaseEvent(
                CaseEventKind.PAUSED,
                OffsetDateTime.parse(at),
                null,
                null,
                false,
                null,
                until == null ? null : OffsetDateTime.parse(until),
                by == null ? null : body(by),
                ground == null ? null : term(PauseGround.class, ground),
                proof == null ? null : term(GroundProof.class, proof),
                null));
        return this;
    }

    /** More time that says who granted it. */
    CaseFile granted(String at, String stage, String until, String by) {
        events.add(new CaseEvent(
                CaseEventKind.EXTENSION_GRANTED,
                OffsetDateTime.parse(at),
                stage,
                null,
                false,
                null,
                OffsetDateTime.parse(until),
                body(by),
                null,
                null,
                null));
        return this;
    }

    /** What an answer says is to be done, done. */
    CaseFile done(Action.Done done, String at) {
        events.add(new CaseEvent(
                done.kind(),
                OffsetDateTime.parse(at),
                done.stage(),
                done.body(),
                false,
                null,
                done.until(),
                done.by(),
                null,
                null,
                null));
        return this;
    }

    /** The same events told in another order. */
    CaseFile shuffled(Random random) {
        Collections.shuffle(events, random);
        return this;
    }

    private CaseFile event(
            CaseEventKind kind,
            String at,
            @Nullable String stage,
            @Nullable Body body,
            @Nullable ReturnReason reason,
            @Nullable OffsetDateTime until) {
        events.add(new CaseEvent(kind, OffsetDateTime.parse(at), stage, body, false, reason, until));
        return this;
    }

    OpenCase open() {
        var matter = new Matter(report(), eventType, severity, urgency, null, null);
        return new OpenCase(matter, lead, assisting, conference, assignedAt, stages, events, similar, noClearLaw);
    }

    EngineResult<EscalationDecision> answer(Instant now) {
        return Decide.escalate(policy, open(), now, false);
    }

    EscalationDecision decision(String now) {
        return answer(OffsetDateTime.parse(now).toInstant()).decision();
    }

    /** The actions of a moment, each as {@code KIND to stage rows}; or the reason for none. */
    List<String> actions(String now) {
        EscalationDecision decision = decision(now);
        return decision.actions().isEmpty()
                ? List.of("WAIT " + decision.reason())
                : decision.actions().stream().map(CaseFile::told).toList();
    }

    static String told(Action action) {
        return action.kind()
                + " " + String.join("、", action.to().stream().map(Body::label).toList())
                + (action.stage() == null ? "" : " " + action.stage())
                + " " + String.join(",", action.rows().stream().map(RowRef::id).toList());
    }

    /** Rule and row of each reason of a moment. */
    List<String> because(String now) {
        return decision(now).because().stream()
                .map(reason -> reason.rule() + " " + (reason.row() == null ? "-" : reason.row()))
                .toList();
    }
}
