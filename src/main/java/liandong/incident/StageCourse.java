package liandong.incident;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a stage has gone (阶段经过).
 *
 * @param doneAt when it was done; null when it has not been, or has to be done again since
 * @param again the latest event since which it has to be done again; null when it never was. Of one that was not done yet
 *     nothing begins anew: its limit runs on
 */
public record StageCourse(
        @Nullable OffsetDateTime doneAt, @Nullable CaseEvent again) {
    /**
     * How a stage has gone, by what it says itself and what has happened.
     *
     * @param stages all stages of the assignment
     * @param events what has happened, in the order of their times
     */
    public static StageCourse of(HandledStage stage, List<HandledStage> stages, List<CaseEvent> events) {
        OffsetDateTime done = stage.doneAt();
        CaseEvent again = null;
        boolean told = false; // whether the events have said themselves that it was done
        for (CaseEvent event : events) {
            boolean wasDone = told || (done != null && !done.isAfter(event.at()));
            if (wasDone && stage.name().equals(openedAgain(event, stages))) {
                again = event;
                done = stage.doneAt() != null && stage.doneAt().isAfter(event.at()) ? stage.doneAt() : null;
                told = false;
            } else if (event.kind() == CaseEventKind.STAGE_DONE && stage.name().equals(event.stage()) && !told) {
                done = done == null ? event.at() : done;
                told = true;
            }
        }
        return new StageCourse(done, again);
    }

    /**
     * The name of the stage that an event opens again; null when it opens none. A redo or reopening that names no stage is of
     * the last one: the work itself, not what was done to prepare it.
     */
    public static @Nullable String openedAgain(CaseEvent event, List<HandledStage> stages) {
        if (event.kind() != CaseEventKind.REDO && event.kind() != CaseEventKind.REOPENED) {
            return null;
        }
        return event.stage() == null && !stages.isEmpty()
                ? stages.get(stages.size() - 1).name()
                : event.stage();
    }
}
