package liandong.incident;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a case, as it counts for its score.
 *
 * @param kind what happened
 * @param at when
 * @param stage the stage it is about; null unless the kind is about one
 * @param body whom it concerns; null for the body that is scored
 * @param contested whether that body has appealed against it (申诉)
 */
public record CaseEvent(
        @Column("情形 Event") CaseEventKind kind,
        OffsetDateTime at,

        @Column("阶段 Stage") @Bounds(min = 1, max = 64) @Nullable
        String stage,

        @Nullable Body body,
        boolean contested) {}
