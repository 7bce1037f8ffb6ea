package liandong.incident;

import java.time.OffsetDateTime;

/**
 * A stage that is not done (在办阶段).
 *
 * @param of the case
 * @param stage the stage as it was assigned
 * @param name what is done in it
 * @param start what its limit counts from
 * @param due when it must be done at the latest, with extensions granted and pauses counted
 */
public record OpenStage(
        OpenCase of, HandledStage stage, @Column("阶段 Stage") String name, OffsetDateTime start, OffsetDateTime due) {}
