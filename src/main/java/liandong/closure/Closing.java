package liandong.closure;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.CaseEvents;
import liandong.incident.Column;
import liandong.incident.Danger;
import liandong.incident.HandledStage;
import liandong.incident.Matter;
import org.jspecify.annotations.Nullable;

/**
 * A matter whose body says it is done, and what the citizen says of it once asked (办结).
 *
 * <p>Immutable. Closure tables are asked about it, so that every attribute of the matter can be a condition too.
 *
 * @param matter the matter, classified and graded
 * @param lead the body that leads
 * @param stages the stages it was given, in their order; none of a matter that nobody had to do anything about
 * @param handling what it did
 * @param followUp what came of asking the citizen; null while nobody has
 * @param excluded why what is asked for cannot be done or is unreasonable, as a person has found; null when it can be done
 * @param answers the redos and supplements that this very question came to when it was asked before; empty when it was not
 * @param events all that has happened since it was assigned, by time; empty where nothing was told
 * @param again the names of the stages that had to be done again before this question
 * @param uncounted what was told of stages by somebody whose word does not count
 * @param askedAt when the question is asked; null where that has no part in it
 */
public record Closing(
        Matter matter,
        @Column("牵头 Lead") Body lead,
        List<HandledStage> stages,
        Handling handling,
        @Nullable FollowUp followUp,
        @Nullable String excluded,
        List<CaseEvent> answers,
        List<CaseEvent> events,
        List<String> again,
        List<Uncounted> uncounted,
        @Nullable OffsetDateTime askedAt) {
    /** A closing of stages that never had to be done again. */
    public Closing(
            Matter matter,
            Body lead,
            List<HandledStage> stages,
            Handling handling,
            @Nullable FollowUp followUp,
            @Nullable String excluded,
            List<CaseEvent> answers,
            List<CaseEvent> events) {
        this(matter, lead, stages, handling, followUp, excluded, answers, events, List.of(), List.of(), null);
    }

    /** A closing that is asked about for the first time. */
    public Closing(
            Matter matter,
            Body lead,
            List<HandledStage> stages,
            Handling handling,
            @Nullable FollowUp followUp,
            @Nullable String excluded) {
        this(matter, lead, stages, handling, followUp, excluded, List.of(), List.of());
    }

    /** What its due times count from: when the body said it was done or, once the citizen has been asked, when that was. */
    public OffsetDateTime since() {
        return followUp == null ? handling.concludedAt() : followUp.at();
    }

    /**
     * What the due time of a redo or a ruling counts from: from when fraud was found or people were hurt, where that is what it
     * is about and it came later.
     */
    public OffsetDateTime ordersFrom() {
        OffsetDateTime from = since();
        OffsetDateTime fraud = fraudulent() ? lastOf(CaseEventKind.FRAUD) : null;
        OffsetDateTime harm = harmed() ? lastOf(CaseEventKind.HARM) : null;
        from = fraud != null && fraud.isAfter(from) ? fraud : from;
        return harm != null && harm.isAfter(from) ? harm : from;
    }

    /** When a redo or supplement was ordered that this very question came to before; null when none was. */
    public @Nullable OffsetDateTime orderedAt(CaseEventKind kind) {
        CaseEvent order = ordered(kind);
        return order == null ? null : order.at();
    }

    /** The redo or supplement that this very question came to before, the first of several; null when none was ordered. */
    @Nullable
    CaseEvent ordered(CaseEventKind kind) {
        return answers.stream()
                .filter(event -> event.kind() == kind)
                .min(Comparator.comparing(CaseEvent::at, OffsetDateTime.timeLineOrder())
                        .thenComparing(CaseEvent::toString))
                .orElse(null);
    }

    /** Whether a person has found that what is asked for cannot be done or is unreasonable. */
    @Column("剔除 Taken out")
    public boolean takenOut() {
        return excluded != null;
    }

    /** The names of the stages that are not done, in their order. */
    public List<String> undone() {
        return stages.stream()
                .filter(stage -> stage.doneAt() == null)
                .map(HandledStage::name)
                .toList();
    }

    /**
     * Whether all that is not done are procedures of the law, such as a hearing, the time in which one may appeal, a petition:
     * they take their time whatever the body does.
     */
    public boolean awaitsProcedure() {
        return !undone().isEmpty()
                && stages.stream().filter(stage -> stage.doneAt() == null).allMatch(HandledStage::procedure);
    }

    /**
     * Whether it is only too early: all that is not done are procedures of the law, or stages that are not due yet and never had
     * to be done again.
     */
    public boolean tooEarly() {
        return !undone().isEmpty()
                && stages.stream()
                        .filter(stage -> stage.doneAt() == null)
                        .allMatch(stage -> stage.procedure() || runs(stage));
    }

    private boolean runs(HandledStage stage) {
        return askedAt != null && !stage.due().isBefore(askedAt) && !again.contains(stage.name());
    }

    /** When the first of the stages that are not done is due; null when all are done. */
    @Nullable
    OffsetDateTime firstDue() {
        return stages.stream()
                .filter(stage -> stage.doneAt() == null)
                .map(HandledStage::due)
                .min(OffsetDateTime.timeLineOrder())
                .orElse(null);
    }

    /** The same with what its text tells of danger. */
    Closing endangered(Danger told) {
        return new Closing(
                matter.endangered(told),
                lead,
                stages,
                handling,
                followUp,
                excluded,
                answers,
                events,
                again,
                uncounted,
                askedAt);
    }

    /**
     * The same, asked at a moment.
     *
     * @param not what was told of stages and does not count
     */
    Closing askedAt(OffsetDateTime moment, List<Uncounted> not) {
        return new Closing(
                matter, lead, stages, handling, followUp, excluded, answers, events, again, List.copyOf(not), moment);
    }

    /**
     * Whether nothing but proofs can be at fault: every stage is done, nothing was reported as done that was not, and the
     * citizen is not dissatisfied with what the body did.
     */
    public boolean isSoundButForProofs() {
        return undone().isEmpty() && !fraudulent() && cause() != Cause.SUBJECTIVE;
    }

    /**
     * Whether something was found to have been reported as done that was not, by whatever body, and nobody has done it again
     * since: no stage was done after that, and no redo that was ordered then is behind what the body says now.
     */
    public boolean fraudulent() {
        OffsetDateTime found = lastOf(CaseEventKind.FRAUD);
        return found != null
                && stages.stream()
                        .noneMatch(stage ->
                                stage.doneAt() != null && stage.doneAt().isAfter(found))
                && events.stream().noneMatch(event -> switch (event.kind()) {
                    case STAGE_DONE -> event.at().isAfter(found);
                    case REDO, REOPENED ->
                        !event.at().isBefore(found) && event.at().isBefore(handling.concludedAt());
                    default -> false;
                });
    }

    /**
     * Whether people were hurt, or came into danger, after every stage was done: nobody has done anything again since, or been
     * told to, and neither the centre nor a conference has decided.
     */
    public boolean harmed() {
        OffsetDateTime harm = lastOf(CaseEventKind.HARM);
        return harm != null
                && undone().isEmpty()
                && stages.stream()
                        .noneMatch(stage ->
                                stage.doneAt() != null && stage.doneAt().isAfter(harm))
                && events.stream().noneMatch(event -> switch (event.kind()) {
                    case STAGE_DONE -> event.at().isAfter(harm);
                    case CENTRE_DECIDED, CONFERENCE_DECIDED -> !event.at().isBefore(harm);
                    case REDO, REOPENED ->
                        !event.at().isBefore(harm) && event.at().isBefore(handling.concludedAt());
                    default -> false;
                });
    }

    private @Nullable OffsetDateTime lastOf(CaseEventKind kind) {
        return found(kind)
                .map(CaseEvent::at)
                .max(OffsetDateTime.timeLineOrder())
                .orElse(null);
    }

    /** The events of a kind that count: that nobody has taken out. */
    private Stream<CaseEvent> found(CaseEventKind kind) {
        return events.stream().filter(event -> event.kind() == kind && event.excluded() == null);
    }

    /** How often something is told of the body that leads, as escalation counts it: nobody answers for what another did. */
    private int countOfLead(CaseEventKind kind) {
        return (int) found(kind)
                .filter(event -> {
                    Body body = CaseEvents.concerned(event, events, lead);
                    return body != null && body.isOneWith(lead);
                })
                .count();
    }

    /** How often the body that leads has reported something as done that was not. */
    @Column("弄虚作假次数 Frauds")
    @Bounds(max = 1_000)
    public int frauds() {
        return countOfLead(CaseEventKind.FRAUD);
    }

    /** How often the body that leads has refused it, or passed it on, without cause. */
    @Column("推诿次数 Shirks")
    @Bounds(max = 1_000)
    public int shirks() {
        return countOfLead(CaseEventKind.SHIRKED);
    }

    /** How often the citizen has complained about how it is handled. */
    @Column("投诉次数 Complaints")
    @Bounds(max = 1_000)
    public int complaints() {
        return (int) found(CaseEventKind.CITIZEN_COMPLAINED).count();
    }

    /** Whether a stage was done after it was due. */
    @Column("逾期 Late")
    public boolean late() {
        return stages.stream().anyMatch(HandledStage::late);
    }

    /** How often the citizen has been asked, or tried, about this handling. */
    @Column("回访次数 Follow-ups")
    @Bounds(max = 1_001)
    public int followUps() {
        return followUp == null ? 0 : followUp.triesBefore() + 1;
    }

    /** Whether the body has answered the citizen in writing, as it can show. */
    @Column("已书面答复 Replied in writing")
    public boolean repliedInWriting() {
        return handling.proofs().contains(Proof.WRITTEN_REPLY);
    }

    /** What the citizen says; null while nobody has asked. */
    public @Nullable Satisfaction satisfaction() {
        return followUp == null ? null : followUp.satisfaction();
    }

    /** Where the cause of dissatisfaction lies; null when there is none, or nobody has said. */
    public @Nullable Cause cause() {
        return followUp == null ? null : followUp.cause();
    }
}
