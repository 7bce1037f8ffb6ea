package liandong.closure;

import java.time.OffsetDateTime;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Member;
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
        @Member(label = "回访时间 Followed up at", meaning = "when")
        OffsetDateTime at,

        @Member(label = "回访单位 By", meaning = "who asked") Body by,

        @Member(label = "回访方式 How", meaning = "by which channel")
        Channel how,

        @Member(meaning = "what the citizen said") @Column("满意度 Satisfaction")
        Satisfaction satisfaction,

        @Member(meaning = "where the cause of dissatisfaction lies; absent when there is none, or nobody has said")
        @Column("原因 Cause")
        @Nullable
        Cause cause,

        @Member(label = "此前回访 Tries before", meaning = "follow-ups of this handling before this one")
        @Bounds(max = 1_000)
        int triesBefore) {}
