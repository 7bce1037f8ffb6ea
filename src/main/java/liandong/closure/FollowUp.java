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
 * @param limit how long it might take, as closure said; plays no part, like the three after it
 * @param due when it had to be done, as closure said
 * @param row the row that said so
 * @param provisional whether that rested on a year that had not been announced (暂定)
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
        int triesBefore,

        @Member(
                label = "所定回访时限 Planned limit",
                meaning = "as closure's followUp had it, which can be sent back as it came; plays no part",
                example = "\"1 工作日\"",
                trace = true)
        @Bounds(max = 64)
        @Nullable
        String limit,

        @Member(label = "所定回访到期 Planned due", meaning = "as closure's followUp had it; plays no part", trace = true)
        @Nullable
        OffsetDateTime due,

        @Member(
                label = "所定回访行 Planned row",
                meaning = "as closure's followUp had it; plays no part",
                example = "\"FUP-0010\"",
                trace = true)
        @Bounds(max = 64)
        @Nullable
        String row,

        @Member(
                label = "所定回访暂定 Planned provisional",
                meaning = "as closure's followUp had it; plays no part",
                trace = true)
        boolean provisional) {
    /** A follow-up of which no more is said than what came of it. */
    public FollowUp(
            OffsetDateTime at,
            Body by,
            Channel how,
            Satisfaction satisfaction,
            @Nullable Cause cause,
            int triesBefore) {
        this(at, by, how, satisfaction, cause, triesBefore, null, null, null, false);
    }
}
