package liandong.routing;

import java.time.OffsetDateTime;
import liandong.calendar.Limit;
import liandong.incident.Member;
import liandong.incident.Member.Role;

/**
 * One stage of an assignment with its times (阶段).
 *
 * @param order its place among the stages
 * @param name what is done in it
 * @param limit how long it may take
 * @param start what the limit counts from
 * @param due when it must be done at the latest
 * @param row id of the row
 * @param procedure whether the law prescribes what is done in it and how long that takes (法定程序)
 * @param provisional whether its due time rests on a year that has not been announced (暂定)
 */
public record PlannedStage(
        @Member(label = "序 Order", meaning = "its place among the stages", trace = true)
        int order,

        @Member(label = "阶段 Stage", meaning = "what is done in it", example = "\"抢修\"")
        String name,

        @Member(label = "时限 Limit", meaning = "how long it may take, with its clock", example = "\"7 工作日\"")
        Limit limit,

        @Member(label = "起算 Start", meaning = "what the limit counts from", trace = true)
        OffsetDateTime start,

        @Member(label = "到期 Due", meaning = "when it must be done at the latest", role = Role.DUE)
        OffsetDateTime due,

        @Member(label = "阶段行 Stage row", meaning = "id of the row", role = Role.ROW)
        String row,

        @Member(
                label = "法定程序 Procedure",
                meaning = "whether the law prescribes what is done in it and how long that takes",
                role = Role.WHY,
                leftOutWhenEmpty = true)
        boolean procedure,

        @Member(
                label = "暂定 Provisional",
                meaning = "whether the due time rests on a year whose days off have not been announced",
                role = Role.WHY,
                leftOutWhenEmpty = true)
        boolean provisional) {
    /** A stage whose due time is certain. */
    public PlannedStage(int order, String name, Limit limit, OffsetDateTime start, OffsetDateTime due, String row) {
        this(order, name, limit, start, due, row, false, false);
    }

    /** The same with a due time that is provisional, or not. */
    PlannedStage provisional(boolean whether) {
        return new PlannedStage(order, name, limit, start, due, row, procedure, whether);
    }
}
