package liandong.closure;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.Column;
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
 * @param stages the stages it was given, in their order; at least one
 * @param handling what it did
 * @param followUp what came of asking the citizen; null while nobody has
 * @param excluded why what is asked for cannot be done or is unreasonable, as a person has found; null when it can be done
 * @param answers the redos and supplements that this very question came to when it was asked before; empty when it was not
 */
public record Closing(
        Matter matter,
        @Column("牵头 Lead") Body lead,
        List<HandledStage> stages,
        Handling handling,
        @Nullable FollowUp followUp,
        @Nullable String excluded,
        List<CaseEvent> answers) {
    /** A closing that is asked about for the first time. */
    public Closing(
            Matter matter,
            Body lead,
            List<HandledStage> stages,
            Handling handling,
            @Nullable FollowUp followUp,
            @Nullable String excluded) {
        this(matter, lead, stages, handling, followUp, excluded, List.of());
    }

    /** What its due times count from: when the body said it was done or, once the citizen has been asked, when that was. */
    public OffsetDateTime since() {
        return followUp == null ? handling.concludedAt() : followUp.at();
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
     * Whether nothing but proofs can be at fault: every stage is done, and the citizen is not dissatisfied with what the
     * body did.
     */
    public boolean isSoundButForProofs() {
        return undone().isEmpty() && cause() != Cause.SUBJECTIVE;
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

    /** What the citizen says; null while nobody has asked. */
    public @Nullable Satisfaction satisfaction() {
        return followUp == null ? null : followUp.satisfaction();
    }

    /** Where the cause of dissatisfaction lies; null when there is none, or nobody has said. */
    public @Nullable Cause cause() {
        return followUp == null ? null : followUp.cause();
    }
}
