package liandong.incident;

import java.time.OffsetDateTime;
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
 */
public record HandledStage(
        @Bounds(max = 10_000) int order,
        @Bounds(min = 1, max = 64) String name,
        @Bounds(max = 64) @Nullable String limit,
        @Nullable OffsetDateTime start,
        OffsetDateTime due,
        @Bounds(max = 64) @Nullable String row,
        @Nullable OffsetDateTime doneAt) {

    /** Whether it was done after it was due. */
    boolean late() {
        return doneAt != null && doneAt.isAfter(due);
    }
}
