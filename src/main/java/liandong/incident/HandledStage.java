package liandong.incident;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.incident.Member.Role;
import org.jspecify.annotations.Nullable;

/**
 * A stage of an assignment as its body reports it.
 *
 * <p>Has the members of a stage in a routing answer, so that it can be sent back with nothing but {@code doneAt} added;
 * only name, due time and {@code doneAt} have a part in closure.
 *
 * @param order its place among the stages
 * @param name what is done in it; no two stages of an assignment share it
 * @param limit how long it might take
 * @param start what the limit counted from
 * @param due when it had to be done at the latest
 * @param row id of the row that said so
 * @param doneAt when it was done; null when it has not been
 * @param procedure whether the law prescribes what is done in it and how long that takes (法定程序)
 * @param provisional whether its due time rested on a year that had not been announced (暂定)
 */
public record HandledStage(
        @Member(label = "序 Order", meaning = "its place among the stages", trace = true) @Bounds(max = 10_000)
        int order,

        @Member(
                label = "阶段 Stage",
                meaning = "what is done in it; no two stages of an assignment share it",
                example = "\"抢修\"")
        @Bounds(min = 1, max = 64)
        String name,

        @Member(
                label = "时限 Limit",
                meaning = "how long it may take, with its clock",
                example = "\"7 工作日\"",
                trace = true)
        @Bounds(max = 64)
        @Nullable
        String limit,

        @Member(label = "起算 Start", meaning = "what the limit counts from", trace = true) @Nullable
        OffsetDateTime start,

        @Member(label = "到期 Due", meaning = "when it must be done at the latest", role = Role.DUE)
        OffsetDateTime due,

        @Member(label = "行 Row", meaning = "id of the row", role = Role.ROW) @Bounds(max = 64) @Nullable
        String row,

        @Member(label = "办毕 Done at", meaning = "when it was done; absent when it has not been") @Nullable
        OffsetDateTime doneAt,

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
    /** More stages than these no assignment has; thousands of them would take a decision longer than it may. */
    public static final int MOST = 200;

    /** A stage that is no procedure of the law, and whose due time is certain. */
    public HandledStage(
            int order,
            String name,
            @Nullable String limit,
            @Nullable OffsetDateTime start,
            OffsetDateTime due,
            @Nullable String row,
            @Nullable OffsetDateTime doneAt) {
        this(order, name, limit, start, due, row, doneAt, false, false);
    }

    private static final String BEFORE = "（重新研判前）";
    private static final int FORMER = -1;

    /**
     * A stage of the assignment before routing was asked again, which was late then.
     *
     * @param stages those of the assignment since: one of them may have its name
     * @param doneAt when what it was for had been done; null when it has not been
     */
    public static HandledStage former(
            String name, OffsetDateTime due, List<HandledStage> stages, @Nullable OffsetDateTime doneAt) {
        boolean taken = stages.stream().anyMatch(stage -> stage.name().equals(name));
        return new HandledStage(FORMER, taken ? before(name) : name, null, null, due, null, doneAt);
    }

    /** Whether it is a stage of the assignment before routing was asked again. */
    public boolean isFormer() {
        return order == FORMER;
    }

    /** What a stage of the assignment before is called of which one since has the name. */
    static String before(String name) {
        return name + BEFORE;
    }

    /** Whether a former stage is called so, where its own name was another. */
    static boolean isFormerName(String name, String own) {
        return name.equals(own) || name.equals(before(own));
    }

    /** The same, done at a moment. */
    public HandledStage done(@Nullable OffsetDateTime at) {
        return new HandledStage(order, name, limit, start, due, row, at, procedure, provisional);
    }

    /** Whether it was done after it was due. */
    public boolean late() {
        return doneAt != null && doneAt.isAfter(due);
    }
}
