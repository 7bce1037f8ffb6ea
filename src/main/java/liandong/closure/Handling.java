package liandong.closure;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Member;

/**
 * What a body did about a matter, as it says itself (办理情况).
 *
 * @param concludedAt when it said it was done; later than the redo or supplement that was ordered once the body has done it
 *     again or handed something in, or it would be the same question asked again and the order would not count as answered
 * @param proofs what it can show for it; empty for nothing
 * @param redos how often it has had to do it again so far
 * @param supplements how often it has had to hand in missing proofs so far
 */
public record Handling(
        @Member(
                label = "报办结时间 Concluded at",
                meaning =
                        "when it said it was done; once it has been done again, or missing proofs were handed in, when it said so"
                                + " anew: as long as it is no later than the order among the events, this is the same"
                                + " question asked again, and the order is not counted as one before")
        OffsetDateTime concludedAt,

        @Member(label = "佐证 Proofs", meaning = "what it can show for it; empty for nothing")
        List<Proof> proofs,

        @Member(meaning = "how often it has had to do it again so far") @Column("重办次数 Redos") @Bounds(max = 1_000)
        int redos,

        @Member(meaning = "how often it has had to hand in missing proofs so far")
        @Column("补正次数 Supplements")
        @Bounds(max = 1_000)
        int supplements) {}
