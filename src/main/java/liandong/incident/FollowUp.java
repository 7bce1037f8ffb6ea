package liandong.incident;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking the citizen (回访).
 *
 * @param at when
 * @param by who asked
 * @param how by which channel
 * @param satisfaction what the citizen said
 * @param cause where the cause of dissatisfaction lies; null when there is none, or nobody has said
 * @param triesBefore follow-ups of this handling before this one
 */
public record FollowUp(
        OffsetDateTime at,
        Body by,
        Channel how,
        @Column("满意度 Satisfaction") Satisfaction satisfaction,
        @Column("原因 Cause") @Nullable Cause cause,
        @Bounds(max = 1_000) int triesBefore) {}
