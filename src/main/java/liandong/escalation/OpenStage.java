package liandong.escalation;

import java.time.Duration;
import java.time.OffsetDateTime;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.HandledStage;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import liandong.incident.Presented;

/**
 * A stage that is not done (在办阶段).
 *
 * @param of the case
 * @param stage the stage as it was assigned
 * @param name what is done in it
 * @param start what its limit counts from
 * @param due when it must be done at the latest, with extensions granted and pauses counted
 * @param provisional whether that rests on a year that has not been announced (暂定)
 */
public record OpenStage(
        OpenCase of,
        HandledStage stage,
        @Column("阶段 Stage") String name,
        OffsetDateTime start,
        OffsetDateTime due,
        boolean provisional)
        implements Presented {
    /** Whether the law prescribes what is done in it and how long that takes. */
    @Column("法定程序 Procedure")
    public boolean procedure() {
        return stage.procedure();
    }

    /** When it was due as it was assigned or, done again since, as that was ordered. */
    OffsetDateTime assignedDue() {
        return of.openedAgain(stage) == null ? stage.due() : due;
    }

    /**
     * How many whole days lie between what its limit counts from and when it must be done, with extensions granted and pauses
     * counted.
     */
    @Column("时限天数 Limit days")
    @Bounds(max = 100_000)
    public int limitDays() {
        return (int) Math.min(100_000, Math.max(0, Duration.between(start, due).toDays()));
    }

    /** A stage that is not done, as callers get it. */
    record Open(
            @Member(label = "阶段 Stage", meaning = "what is done in it", example = "\"抢修\"")
            String name,

            @Member(
                    label = "到期 Due",
                    meaning = "when it must be done at the latest, with extensions granted and pauses counted",
                    role = Role.DUE)
            OffsetDateTime due,

            @Member(
                    label = "暂定 Provisional",
                    meaning = "whether that rests on a year whose days off have not been announced",
                    role = Role.WHY,
                    leftOutWhenEmpty = true)
            boolean provisional) {}

    @Override
    public Open presented() {
        return new Open(name, due, provisional);
    }
}
