package liandong.escalation;

import java.time.OffsetDateTime;
import liandong.incident.Bounds;
import liandong.incident.Column;

/**
 * A body's request for more time that nobody has answered yet (延期申请).
 *
 * @param stage the stage it is for
 * @param requestedAt when it was made
 * @param ahead how many whole working days before the stage is due it was made: 0 on the last day and when it is late; at
 *     most 30
 */
public record ExtensionRequest(
        OpenStage stage,
        OffsetDateTime requestedAt,

        @Column("提前工作日 Working days ahead") @Bounds(max = 30)
        int ahead) {}
