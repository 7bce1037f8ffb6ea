package liandong.closure;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.calendar.Limit;
import liandong.incident.Body;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import liandong.incident.Presented;
import liandong.table.RowRef;
import org.jspecify.annotations.Nullable;

/**
 * The citizen is to be asked (回访计划).
 *
 * @param by who asks
 * @param row the row that says who, how and how soon
 * @param due when it must be done at the latest
 * @param provisional whether that rests on a year that has not been announced (暂定)
 * @param triesBefore how often the citizen has been asked about this handling before; null under a policy of an earlier format
 * @param late whether it should have been done by now
 */
public record FollowUpPlan(
        Body by,
        FollowUpRow row,
        OffsetDateTime due,
        boolean provisional,
        @Nullable Integer triesBefore,
        boolean late) implements ClosureFinding, Presented {
    /** A plan whose due time is certain. */
    public FollowUpPlan(Body by, FollowUpRow row, OffsetDateTime due) {
        this(by, row, due, false, null, false);
    }

    /** The same with a due time that is provisional, or not. */
    FollowUpPlan provisional(boolean whether) {
        return new FollowUpPlan(by, row, due, whether, triesBefore, late);
    }

    /** The same, late or not at a moment. */
    FollowUpPlan at(OffsetDateTime now) {
        return new FollowUpPlan(by, row, due, provisional, triesBefore, due.isBefore(now));
    }

    /** The same with how often the citizen has been asked before. */
    FollowUpPlan after(int tries) {
        return new FollowUpPlan(by, row, due, provisional, tries, late);
    }

    /** Who is to ask the citizen, as callers get it. */
    record Ordered(
            @Member(label = "回访单位 Follow-up by", meaning = "who asks")
            Body by,

            @Member(label = "回访方式 Follow-up how", meaning = "by which channel")
            Channel how,

            @Member(
                    label = "回访时限 Follow-up limit",
                    meaning = "how long it may take, with its clock",
                    example = "\"1 工作日\"")
            Limit limit,

            @Member(
                    label = "回访到期 Follow-up due",
                    meaning = "when it must be done at the latest; it does not move when it is late",
                    role = Role.DUE)
            OffsetDateTime due,

            @Member(
                    label = "回访逾期 Follow-up late",
                    meaning = "whether that moment is over: whoever asks should have followed up by now",
                    leftOutWhenEmpty = true)
            boolean late,

            @Member(label = "回访行 Follow-up row", meaning = "id of the row", role = Role.ROW)
            String row,

            @Member(
                    label = "回访暂定 Follow-up provisional",
                    meaning = "whether the due time rests on a year whose days off have not been announced",
                    role = Role.WHY,
                    leftOutWhenEmpty = true)
            boolean provisional,

            @Member(
                    meaning =
                            "how often the citizen has been asked about this handling before, as the next question wants"
                                    + " it; absent under a policy of an earlier format",
                    role = Role.WHY)
            @Nullable
            Integer triesBefore) {}

    @Override
    public Ordered presented() {
        return new Ordered(by, row.how(), row.limit(), due, late, row.ref().id(), provisional, triesBefore);
    }

    /** As a row says, by the body of the territory the matter lies in where the row means one. */
    public static FollowUpPlan of(Closing closing, FollowUpRow row, OffsetDateTime due) {
        return new FollowUpPlan(row.by().in(closing.matter().report().area()), row, due);
    }

    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
