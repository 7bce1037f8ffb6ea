package liandong.incident;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a case: what escalation and scoring go by.
 *
 * @param kind what happened
 * @param at when
 * @param stage the stage it is about; null unless the kind is about one
 * @param body whom it concerns; null for the body that is scored, or that has the case in hand
 * @param contested whether that body has appealed against it (申诉)
 * @param reason why the body returned it; null unless the kind is a return
 * @param until when the stage is due instead; null unless the kind is a granted extension
 */
public record CaseEvent(
        @Column("情形 Event") CaseEventKind kind,
        OffsetDateTime at,

        @Column("阶段 Stage") @Bounds(min = 1, max = 64) @Nullable
        String stage,

        @Nullable Body body,
        boolean contested,
        @Nullable ReturnReason reason,
        @Nullable OffsetDateTime until) {}
