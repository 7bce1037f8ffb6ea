package liandong.routing;

import java.util.List;
import liandong.problem.Problem;
import liandong.table.RowRef;

/**
 * The stages of an assignment with their due times (排期).
 *
 * @param stages in their order, without those that the calendar does not reach
 * @param rows the rows that say so, in the same order
 * @param warnings why stages are left out; empty when none is
 */
public record Schedule(List<PlannedStage> stages, List<RowRef> rows, List<Problem> warnings) implements RoutingFinding {
    /** The stages of an assignment, none of them left out. */
    public Schedule(List<PlannedStage> stages, List<RowRef> rows) {
        this(stages, rows, List.of());
    }
}
