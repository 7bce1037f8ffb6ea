package liandong.escalation;

import java.time.OffsetDateTime;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.Column;
import org.jspecify.annotations.Nullable;

/**
 * A request for more time that nobody has answered yet (延期申请).
 *
 * @param stage the stage it is for
 * @param requestedAt when it was made
 * @param ahead how many whole working days before the stage is due it was made: 0 on the last day and when it is late; at
 *     most 30
 * @param asker who made it; null when that is not known
 * @param until until when more time was asked for; null when not told
 * @param byHolder whether a body made it that has, or had, the case in hand: one that only assists has no stage to extend
 */
public record ExtensionRequest(
        OpenStage stage,
        OffsetDateTime requestedAt,

        @Column("提前工作日 Working days ahead") @Bounds(max = 30)
        int ahead,

        @Nullable Body asker,
        @Nullable OffsetDateTime until,

        @Column("承办单位提出 Asked by holder") boolean byHolder) {}
