package liandong.incident;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * What a body did about a matter, as it says itself (办理情况).
 *
 * @param concludedAt when it said it was done
 * @param proofs what it can show for it; empty for nothing
 * @param redos how often it has had to do it again so far
 */
public record Handling(
        OffsetDateTime concludedAt,
        List<Proof> proofs,
        @Column("重办次数 Redos") @Bounds(max = 1_000) int redos) {}
